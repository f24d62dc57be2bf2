"""The learner's own survey: its indices, their intervals, and whether they really changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import pandas as pd

from cxlib.charts import scores as charts
from cxlib.charts.scores import Measured
from cxlib.learning.fields import Quantity, Taken, Upload
from cxlib.learning.lab import Preset, lab
from cxlib.learning.uploads import read_tables, templates
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.intervals import Proportion, proportion, proportion_change
from cxlib.models.scores import Nps, NpsMethod, nps_change, nps_from_counts
from cxlib.own_tables import SURVEY
from cxlib.text import Lang, Text, from_to, needed_decimals, number, percent, same, signed

WAVES: Final = ("now", "before")
_FEW: Final = 5
_COUNTED: Final[Mapping[str, tuple[str, Callable[[pd.Series], pd.Series]]]] = {
    "promoters": ("nps", lambda marks: marks >= 9),
    "passives": ("nps", lambda marks: marks.between(7, 8)),
    "detractors": ("nps", lambda marks: marks <= 6),
    "satisfied": ("satisfaction", lambda marks: marks >= 8),
    "not_satisfied": ("satisfaction", lambda marks: marks < 8),
    "easy": ("effort", lambda marks: marks >= 5),
    "not_easy": ("effort", lambda marks: marks < 5),
}
_GROUPS: Final = {
    "promoters": Text("NPS · ủng hộ (9–10)", "NPS · promoters (9–10)"),
    "passives": Text("NPS · thụ động (7–8)", "NPS · passives (7–8)"),
    "detractors": Text("NPS · chưa hài lòng (0–6)", "NPS · detractors (0–6)"),
    "satisfied": Text(
        "CSAT · hài lòng (từ 4/5, từ 8/10)", "CSAT · satisfied (from 4/5, from 8/10)"
    ),
    "not_satisfied": Text("CSAT · còn lại", "CSAT · all others"),
    "easy": Text("CES · thấy dễ dàng (từ 5/7)", "CES · found it easy (from 5/7)"),
    "not_easy": Text("CES · còn lại", "CES · all others"),
}
_NAMES: Final = {"now": Text("Đợt này", "This wave"), "before": Text("Đợt trước", "Wave before")}
_EXAMPLE: Final = {
    "now": (49, 35, 16, 78, 22, 66, 34),
    "before": (42, 40, 18, 71, 29, 62, 38),
}
_HEADING: Final = Text("Số phiếu đếm được", "Answers counted")


def _take(wave: str, filename: str, content: bytes, lang: Lang) -> Taken:
    tables, told, sound = read_tables(filename, content, (SURVEY,), lang)
    answers = tables[SURVEY.name]
    values = {
        f"{group}_{wave}": float(belongs(answers[column].dropna()).sum())
        for group, (column, belongs) in _COUNTED.items()
    }
    return Taken(values, told, sound)


def _no_templates(lang: Lang) -> str:
    return ""


_FIELDS: Final[dict[str, Any]] = {
    "file_now": Upload(
        label=Text(
            "Tệp khảo sát đợt này (mỗi dòng một người)", "Survey file, this wave (a row per person)"
        ),
        take=partial(_take, "now"),
        templates_html=templates(SURVEY.title, (SURVEY,)),
    ),
    "file_before": Upload(
        label=Text("Tệp khảo sát đợt trước", "Survey file, the wave before"),
        take=partial(_take, "before"),
        templates_html=_no_templates,
    ),
    **{
        f"{group}_{wave}": Quantity(
            _NAMES[wave],
            _EXAMPLE[wave][place],
            0,
            1_000_000,
            1,
            slider=False,
            row=name,
            group=_HEADING,
        )
        for place, (group, name) in enumerate(_GROUPS.items())
        for wave in WAVES
    },
}


@lab(
    key="own-score",
    title=Text("Điểm số của công ty bạn", "Your company's scores"),
    presets={
        "clear": Preset(
            Text("Xóa trắng để nhập số của bạn", "Clear, to enter your own counts"),
            {f"{group}_{wave}": 0 for group in _GROUPS for wave in WAVES},
        ),
        "few": Preset(
            Text("Tình huống 1: mới có 20 phiếu", "Case 1: only 20 answers"),
            {"promoters_now": 10, "passives_now": 6, "detractors_now": 4},
        ),
    },
    formulas=(
        (Text("NPS và khoảng của nó", "NPS and its interval"), nps_from_counts),
        (Text("Mức thay đổi của NPS", "The change of NPS"), nps_change),
        (Text("Khoảng của CSAT và CES", "The interval of CSAT and CES"), proportion),
    ),
    sources=("reichheld2003", "bonett2012", "wilson1927", "newcombe1998"),
    arrangement="stack",
    **_FIELDS,
)
def own_score(**counts: float) -> View:
    """Give each index of the learner's survey its interval and judge its change."""
    told = {name: round(value) for name, value in counts.items()}
    recommended = {wave: _nps(told, wave) for wave in WAVES}
    measured = [_recommendation(recommended["now"], recommended["before"])]
    for name, yes, no in (("CSAT", "satisfied", "not_satisfied"), ("CES", "easy", "not_easy")):
        now, before = (_share(told[f"{yes}_{wave}"], told[f"{no}_{wave}"]) for wave in WAVES)
        measured.append(_proportion(name, now, before))
    drawn = [index for index in measured if index]
    score = recommended["now"]
    return View(
        finding=_finding(score, recommended["before"]),
        chart=partial(charts.measured_scores, drawn),
        key_figures=[KeyFigure(same(index.name), index.write(index.now[0])) for index in drawn],
        table=_table(drawn),
        warnings=(_TOO_FEW.format(n=number(score.n)),) if score and score.too_few else (),
    )


_TOO_FEW: Final = Text(
    "Mới có {n} phiếu: dưới 30 phiếu thì đừng báo NPS một mình, hãy đọc từng câu trả lời.",
    "Only {n} answers: below 30 do not report an NPS on its own, read each answer instead.",
)
_ALONE: Final = Text("chưa có đợt trước", "nothing to compare")
_CHANGED: Final = Text("đổi thật", "really changed")
_UNSURE: Final = Text("chưa chắc đã đổi", "change not certain")


def _nps(counts: Mapping[str, int], wave: str) -> Nps | None:
    promoters, passives, detractors = (
        counts[f"{group}_{wave}"] for group in ("promoters", "passives", "detractors")
    )
    if not promoters + passives + detractors:
        return None
    method: NpsMethod = "normal" if min(promoters, detractors) >= _FEW else "adjusted"
    return nps_from_counts(promoters, passives, detractors, method=method)


def _share(yes: int, no: int) -> Proportion | None:
    return proportion(yes, yes + no) if yes + no else None


def _is_real(now: Nps, before: Nps) -> bool:
    """Tell whether the change exceeds chance; too few answers never prove one."""
    return nps_change(before, now).excludes_zero and not (now.too_few or before.too_few)


def _verdict(real: bool | None) -> Text:
    return _ALONE if real is None else _CHANGED if real else _UNSURE


def _recommendation(now: Nps | None, before: Nps | None) -> Measured | None:
    if now is None:
        return None
    real = None if before is None else _is_real(now, before)
    ends = None if before is None else (before.score, before.low, before.high)
    drawn = (now.score, now.low, now.high)
    return Measured("NPS", -100, 100, drawn, ends, _verdict(real), _points)


def _points(score: float) -> Text:
    return number(score, needed_decimals(score, 1))


def _proportion(name: str, now: Proportion | None, before: Proportion | None) -> Measured | None:
    if now is None:
        return None
    real = None if before is None else proportion_change(before, now).excludes_zero
    ends = None if before is None else (before.share, before.low, before.high)
    drawn = (now.share, now.low, now.high)
    return Measured(name, 0, 1, drawn, ends, _verdict(real), lambda x: percent(x, 0))


def _finding(now: Nps | None, before: Nps | None) -> Text:
    if now is None:
        return Text(
            "Hãy nhập số phiếu của từng nhóm, hoặc gửi tệp khảo sát lên.",
            "Enter the answers of each group, or send a survey file.",
        )
    said = Text(
        "NPS {score}, với {n} phiếu: NPS thật có lẽ nằm giữa {low} và {high} (độ tin cậy 95 %). ",
        "NPS {score} from {n} answers: the truth is likely from {low} to {high} (95% confidence). ",
    ).format(
        score=_points(now.score),
        n=number(now.n),
        low=number(now.low, 1),
        high=number(now.high, 1),
    )
    if before is None:
        return said + Text("Chưa có đợt trước để so.", "There is no wave before to compare with.")
    change = nps_change(before, now)
    verdict = (
        Text(
            "So với đợt trước đổi {change} điểm (từ {low} đến {high}): đổi thật.",
            "Against the wave before it moved by {change} points ({low} to {high}): really "
            "changed.",
        )
        if _is_real(now, before)
        else Text(
            "So với đợt trước đổi {change} điểm (từ {low} đến {high}): chưa đủ để nói là đổi thật.",
            "Against the wave before it moved by {change} points ({low} to {high}): not enough to "
            "call it a real change.",
        )
    )
    return said + verdict.format(
        change=signed(number(change.difference, 1)),
        low=signed(number(change.low, 1)),
        high=signed(number(change.high, 1)),
    )


def _table(indices: list[Measured]) -> Table:
    heads = (
        Text("Chỉ số", "Index"),
        Text("Đợt này", "This wave"),
        Text("Khoảng 95 %", "95% interval"),
        Text("Đợt trước", "Wave before"),
        Text("So hai đợt", "The two compared"),
    )
    rows = [
        [
            same(index.name),
            index.write(index.now[0]),
            from_to(index.write(index.now[1]), index.write(index.now[2])),
            index.write(index.before[0]) if index.before else same("–"),
            index.verdict,
        ]
        for index in indices
    ]
    return Table(heads, rows or [[same("NPS"), *[same("–")] * 4]])
