"""The learner's own promises: her register audited, and what to promise instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd

from cxlib.charts import promise as charts
from cxlib.charts.promise import days, felt
from cxlib.data import load
from cxlib.labs.promise.audit import CHANNELS, KEPT_AT_LEAST, SUBJECTS, listed
from cxlib.labs.promise.choice import COST, COST_HINT, COST_LABEL, GAIN, LAMBDA_LABEL, weigh
from cxlib.learning.fields import Lines, Quantity, Taken, Upload
from cxlib.learning.lab import lab
from cxlib.learning.lines import read_lines, write_lines
from cxlib.learning.uploads import read_tables, templates
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.expectation import (
    TVERSKY_KAHNEMAN_LOSS_AVERSION,
    DeliveryTimes,
    PromiseAudit,
    PromiseStakes,
    audit_promises,
    best_promise,
    critical_fractile,
    deliverability,
    expected_satisfaction,
)
from cxlib.own_tables import PROMISES
from cxlib.text import LANGS, Lang, Problem, Text, number, percent, same, shortened

_ORDER: Final = ("subject", "channel", "promised", "usual", "slow", "wording", "owner")
_TYPED: Final = replace(
    PROMISES, columns=tuple(sorted(PROMISES.columns, key=lambda c: _ORDER.index(c.name)))
)
_EXAMPLE: Final = ("giao_noi_thanh", "giao_tinh", "lap_may_lanh")
_SAME_DAY: Final = 0.5
_DIGITS: Final = 9
_TEN_YEARS: Final = np.arange(1.0, 3651.0)
_DRAWN: Final = 20
_LABEL_LENGTH: Final = 30
_YEAR: Final = np.arange(1.0, 366.0)
_NEARLY_ALL: Final = 0.998
_NEARLY_NONE: Final = 1e-4


@cache
def _example(lang: Lang) -> str:
    """Write some of An Nhien's messages as the lines a learner would type."""
    messages = load("so_loi_hua").astype({"subject": str, "channel": str})
    messages = messages[messages["subject"].isin(_EXAMPLE)].sort_values(["subject", "channel"])
    table = pd.DataFrame(
        {
            "subject": messages["subject"].map(lambda key: SUBJECTS[key](lang)),
            "channel": messages["channel"].map(lambda key: CHANNELS[key](lang)),
            "promised": messages["promise_value"],
            "usual": messages["actual_p50"],
            "slow": messages["actual_p90"],
            "wording": "",
            "owner": "",
        }
    )
    return write_lines(table, _TYPED, lang).replace(";", "; ")


def _read(lines: str) -> tuple[pd.DataFrame, Mapping[str, Text]]:
    """Return the rows typed, or the example's, and how each subject and channel is called."""
    if lines:
        table = read_lines(lines, _TYPED, "vi")
        table["subject"] = table["subject"].str[:1].str.upper() + table["subject"].str[1:]
        names = {word: same(word) for word in (*table["subject"], *table["channel"])}
        return table, names
    table, english = (read_lines(_example(lang), _TYPED, lang) for lang in LANGS)
    pairs = [zip(table[column], english[column], strict=True) for column in ("subject", "channel")]
    return table, {vi: Text(vi, en) for pair in pairs for vi, en in pair}


def _audit(table: pd.DataFrame) -> PromiseAudit:
    """Audit the rows; how often a promise is kept stays missing where no times were given."""
    measured = table[["usual", "slow"]].notna().all(axis=1)
    times = table[["promised", "usual", "slow"]].clip(lower=_SAME_DAY)
    wrong = measured & (times["slow"] < times["usual"])
    if wrong.any():
        raise Problem(
            Text(
                "Ở “{subject}”, số ngày của 9/10 lần lại nhỏ hơn số ngày thường mất. Hãy xem lại "
                "hai số ấy.",
                "For “{subject}”, 9 in 10 cases take less than the usual days. Check these "
                "two numbers.",
            ).format(subject=same(table.loc[wrong, "subject"].iloc[0]))
        )
    register = pd.DataFrame(
        {
            "subject": table["subject"],
            "channel": table["channel"],
            "promise_value": times["promised"],
            "actual_p50": times["usual"].where(measured, times["promised"]),
            "actual_p90": times["slow"].where(measured, times["promised"]),
        }
    )
    audit = audit_promises(register, subject="subject")
    known = audit.messages.where(measured)[["actual_p50", "actual_p90", "kept"]].round(_DIGITS)
    return replace(audit, messages=audit.messages.assign(**known))


def _proposals(messages: pd.DataFrame, target: float) -> Mapping[str, float]:
    """Find for each measured subject the fewest whole days kept as often as wanted."""
    slowest = messages.dropna(subset="kept").groupby("subject")[["actual_p50", "actual_p90"]].max()
    found = {}
    for subject, usual, slow in slowest.itertuples():
        enough = deliverability(_TEN_YEARS, usual, slow).round(_DIGITS) >= target
        found[str(subject)] = float(_TEN_YEARS[enough.argmax()]) if enough.any() else np.nan
    return found


def _take(filename: str, content: bytes, lang: Lang) -> Taken:
    tables, told, sound = read_tables(filename, content, (PROMISES,), lang)
    table = tables[PROMISES.name]
    values = {} if table.empty else {"register": write_lines(table, _TYPED, lang)}
    return Taken(values, told, sound)


@lab(
    key="own-register",
    title=Text("Sổ lời hứa của công ty bạn", "Your company's promise register"),
    formulas=(
        (Text("Xác suất giữ được lời hứa", "Chance that a promise is kept"), deliverability),
    ),
    sources=("parasuraman1985",),
    arrangement="stack",
    file=Upload(
        label=Text(
            "Đã có sổ lời hứa trong tệp? Gửi tệp lên đây.",
            "A register already in a file? Send it here.",
        ),
        take=_take,
        templates_html=templates(PROMISES.title, (PROMISES,)),
    ),
    target=KEPT_AT_LEAST,
    register=Lines(
        label=Text("Các câu hứa, mỗi dòng một câu", "The messages, one a line"),
        hint=Text(
            "việc gì; hứa ở đâu; hứa mấy ngày; thường mất mấy ngày; 9/10 lần xong trong mấy ngày; "
            "câu chữ; người phụ trách. Ba ô đầu là đủ; 0 nghĩa là trong ngày. Có thể dán từ Excel.",
            "subject; where; days promised; days usually taken; slowest in 9 of 10; wording; "
            "owner. The first three are enough; 0 means the same day. Pasting from Excel works.",
        ),
        example=_example,
        check=lambda lines, lang: read_lines(lines, _TYPED, lang),
    ),
)
def own_register(target: float, register: str) -> View:
    """Audit the learner's own promises and propose what each subject should promise."""
    table, names = _read(register)
    audit = _audit(table)
    messages, proposals = audit.messages, _proposals(audit.messages, target)
    measured = messages.dropna(subset="kept")
    subjects = messages["subject"].nunique()
    worst = messages.fillna({"kept": 2.0}).groupby("subject")["kept"].min().nsmallest(_DRAWN)

    def spoken(rows: pd.DataFrame) -> Text:
        proposal = proposals.get(rows["subject"].iloc[0], np.nan)
        arrow = same("") if np.isnan(proposal) else same(" → ") + number(proposal)
        return listed(rows["promise_value"]) + arrow + Text(" ngày", " days")

    kept_well = int((measured["kept"] >= target).sum())
    return View(
        finding=_finding(audit, proposals, names, target),
        chart=partial(
            charts.promises_kept,
            messages[messages["subject"].isin(worst.index)],
            {subject: shortened(names[subject], _LABEL_LENGTH) for subject in worst.index},
            spoken,
            target,
        ),
        key_figures=(
            KeyFigure(
                Text("Số việc mỗi nơi hứa một kiểu", "Subjects promised differently"),
                _of(len(audit.contradictions), subjects),
                "bad" if len(audit.contradictions) else "good",
            ),
            KeyFigure(
                Text("Câu hứa đạt mục tiêu", "Messages that meet the target"),
                _UNKNOWN if measured.empty else _of(kept_well, len(measured)),
                "good" if kept_well == len(measured) else "bad",
            ),
            KeyFigure(
                Text("Câu hứa chưa có số đo", "Messages not measured yet"),
                number(len(messages) - len(measured)),
            ),
        ),
        table=Table(
            (
                Text("Hứa về việc", "Subject"),
                Text("Nơi hứa", "Where"),
                Text("Hứa", "Promised"),
                Text("Giữ được", "Kept"),
                Text("Nên hứa chung", "Promise everywhere"),
                Text("Câu chữ", "Wording"),
                Text("Người phụ trách", "Owner"),
            ),
            [
                [
                    names[row["subject"]],
                    names[row["channel"]],
                    days(row["promise_value"]),
                    percent(row["kept"], 0) if row["kept"] >= 0 else _UNKNOWN,
                    days(proposals[row["subject"]]) if row["subject"] in proposals else _UNKNOWN,
                    same(row["wording"] or "–"),
                    same(row["owner"] or "–"),
                ]
                for row in messages.join(table[["wording", "owner"]]).to_dict("records")
            ],
        ),
    )


_UNKNOWN: Final = Text("chưa có số đo", "not measured")


def _of(count: int, total: int) -> Text:
    return Text("{n} trên {all}", "{n} of {all}").format(n=number(count), all=number(total))


def _finding(
    audit: PromiseAudit, proposals: Mapping[str, float], names: Mapping[str, Text], target: float
) -> Text:
    measured = audit.messages.dropna(subset="kept")
    if measured.empty:
        return Text(
            "{n} việc đang mỗi nơi hứa một kiểu. Hãy thêm số ngày thực tế để biết câu nào "
            "giữ được.",
            "{n} subjects are promised differently. Add the real days to see which promises can "
            "be kept.",
        ).format(n=number(len(audit.contradictions)))
    weakest = measured.nsmallest(1, "kept").iloc[0]
    if weakest["kept"] >= target:
        return Text(
            "Mọi câu hứa có số đo đều giữ được từ {target} số lần trở lên.",
            "Every measured message is kept in {target} of cases or more.",
        ).format(target=percent(target, 0))
    return Text(
        "Hãy sửa “{subject}” trước: {channel} hứa {promised} mà chỉ giữ được {kept} số lần; hứa "
        "{proposal} thì giữ được {target}.",
        "Mend “{subject}” first: {channel} promises {promised}, kept only in {kept}; {proposal} "
        "would be kept in {target}.",
    ).format(
        subject=names[weakest["subject"]],
        channel=names[weakest["channel"]],
        promised=days(weakest["promise_value"]),
        kept=percent(weakest["kept"], 0),
        proposal=days(proposals[weakest["subject"]]),
        target=percent(target, 0),
    )


def _lognormal(usual: float, slow: float) -> DeliveryTimes:
    """Deliveries in whole days of which half take ``usual`` days and nine in ten ``slow``."""
    kept = deliverability(_YEAR, usual, slow)
    last = int((kept >= _NEARLY_ALL).argmax()) if kept[-1] >= _NEARLY_ALL else len(kept) - 1
    first = int((kept > _NEARLY_NONE).argmax())
    reached = np.append(kept[first:last], 1.0)
    return DeliveryTimes.discrete(_YEAR[first : last + 1], np.diff(reached, prepend=0.0))


@lab(
    key="own-promise",
    title=Text("Lời hứa mới của công ty bạn", "Your company's new promise"),
    formulas=(
        (
            Text("Mức hài lòng bình quân của một lời hứa", "What a promise is worth"),
            expected_satisfaction,
        ),
        (Text("Phần đơn nên giao kịp", "The share that should be kept"), critical_fractile),
    ),
    sources=("arrow1951",),
    today=Quantity(Text("Đang hứa (ngày)", "Promised today (days)"), 3, 0.5, 60, 0.5, slider=False),
    usual=Quantity(
        Text("Một nửa số đơn giao trong (ngày)", "Half the orders take (days)"),
        3,
        0.5,
        60,
        0.5,
        slider=False,
    ),
    more=Quantity(
        Text("Thêm mấy ngày nữa thì đủ 9/10 số đơn", "Days more until 9 in 10 have come"),
        2,
        0,
        30,
        0.5,
        slider=False,
    ),
    cost=Quantity(COST_LABEL, COST, 0.0, 0.5, 0.01, hint=COST_HINT),
    loss_aversion=Quantity(LAMBDA_LABEL, TVERSKY_KAHNEMAN_LOSS_AVERSION, 1.0, 4.0, 0.05),
)
def own_promise(today: float, usual: float, more: float, cost: float, loss_aversion: float) -> View:
    """Propose a promise from two figures of the learner's own deliveries."""
    deliveries = _lognormal(usual, usual + more)
    stakes = PromiseStakes(GAIN, loss_aversion, cost)
    view, best = weigh(deliveries, stakes), best_promise(deliveries, stakes)
    gained = best.satisfaction - float(expected_satisfaction(today, deliveries, stakes))
    kept = percent(float(deliverability(today, usual, usual + more)), 0)
    now = Text(
        " Đang hứa {today}: giữ được {kept}.", " Promised today: {today}, kept in {kept}."
    ).format(today=days(today), kept=kept)
    return replace(
        view,
        finding=view.finding + now,
        key_figures=(
            *view.key_figures[:2],
            KeyFigure(Text("Lời hứa hôm nay giữ được", "Today's promise kept"), kept),
            KeyFigure(
                Text("Hài lòng tăng thêm (điểm)", "Satisfaction gained (points)"), felt(gained)
            ),
        ),
    )
