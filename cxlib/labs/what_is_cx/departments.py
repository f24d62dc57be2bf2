"""Four departments that are all right, and two teams of the class: how far do they agree?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Any, Final

import numpy as np

from cxlib.charts import what_is_cx as charts
from cxlib.labs.what_is_cx.situations import ALL, SHORT
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import Kappa, cohen_kappa
from cxlib.text import Text, number, percent, same

_DEPARTMENTS: Final = {
    "DX": Text("Phòng số", "Digital"),
    "BX": Text("Thương hiệu", "Brand"),
    "PX": Text("Sản phẩm", "Product"),
    "UX": Text("Thiết kế", "Design"),
}
_SHARED: Final = tuple(i for i, situation in enumerate(ALL) if len(situation.boxes) > 1)


@lab(
    key="four-departments",
    title=Text(
        "Bốn phòng, cùng đúng, có giống nhau?", "Four departments, all right: do they agree?"
    ),
    presets={
        "journey": Preset(
            Text("Tình huống 1: không ai giành phần", "Case 1: nobody claims"), {"claimed": 0.0}
        ),
        "patches": Preset(
            Text("Tình huống 2: phòng nào giữ phần nấy", "Case 2: each keeps its patch"),
            {"claimed": 1.0},
        ),
    },
    formulas=((Text("Mức giống nhau, κ của Cohen", "Agreement, Cohen's κ"), cohen_kappa),),
    sources=("cohen1960", "nguyenduong2020"),
    claimed=Share(
        Text("Phần các phòng giành về mình", "What departments claim"),
        1.0,
        0.0,
        1.0,
        0.01,
        hint=Text(
            "trong 13 tình huống mang nhiều chữ X", "of the 13 situations that carry several X"
        ),
    ),
)
def four_departments(claimed: float, guess: float | None = None) -> View:
    """Let every department sort all situations, each answer right, and compare them in pairs."""
    answers = _sorted_by_departments(claimed)
    alike, kappas = _alike(answers), _pairwise(answers)
    shared = _pairwise({who: [boxes[i] for i in _SHARED] for who, boxes in answers.items()})
    return View(
        finding=_departments_finding(alike),
        chart=partial(charts.departments_board, answers, _DEPARTMENTS, SHORT, guess),
        key_figures=(
            KeyFigure(
                Text("Lớp 2: cả bốn giống nhau", "Layer 2: all four agree"),
                number(alike) + same("/") + number(len(ALL)),
            ),
            KeyFigure(
                Text("κ, cả 24 tình huống", "κ, all 24 situations"), number(_mean(kappas), 2)
            ),
            KeyFigure(
                Text("κ, riêng 13 tình huống nhiều chữ X", "κ, the 13 with several X"),
                number(_mean(shared), 2),
                "good" if _mean(shared) > 0.99 else "bad",
            ),
        ),
        table=Table(
            (
                Text("Cặp phòng", "Pair"),
                Text("κ, cả 24", "κ, all 24"),
                Text("κ, riêng 13", "κ, the 13"),
            ),
            [
                (
                    _DEPARTMENTS[a] + Text(" và ", " and ") + _DEPARTMENTS[b],
                    number(kappas[a, b], 2),
                    number(shared[a, b], 2),
                )
                for a, b in kappas
            ],
        ),
    )


def _departments_finding(alike: int) -> Text:
    sentence = Text(
        "Ai cũng đúng, mà ở lớp 2 bốn phòng chỉ giống nhau {alike}/{all}; ở lớp 1 giống nhau cả "
        "{all}.",
        "All are right, yet in layer 2 the four agree on {alike} of {all} only; in layer 1 on all "
        "{all}.",
    )
    if alike == len(ALL):
        sentence = Text(
            "Không phòng nào giành phần thì bốn phòng giống nhau cả {all} tình huống, ở cả hai "
            "lớp.",
            "When no department claims a patch, the four agree on all {all} situations, in both "
            "layers.",
        )
    return sentence.format(alike=number(alike), all=number(len(ALL)))


def _pairwise(answers: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], float]:
    """Cohen's κ of every two departments."""
    return {(a, b): cohen_kappa(answers[a], answers[b]).kappa for a, b in combinations(answers, 2)}


def _mean(kappas: Mapping[tuple[str, str], float]) -> float:
    return float(np.mean(list(kappas.values())))


def _sorted_by_departments(claimed: float) -> dict[str, list[str]]:
    """Each department's box for every situation; it claims only where its own box fits."""
    contested = set(_SHARED[: round(claimed * len(_SHARED))])
    return {
        department: [
            situation.seen_by(department if i in contested else "")
            for i, situation in enumerate(ALL)
        ]
        for department in _DEPARTMENTS
    }


def _alike(answers: dict[str, list[str]]) -> int:
    """Count the situations on which all departments agree."""
    return sum(len(set(boxes)) == 1 for boxes in zip(*answers.values(), strict=True))


all_agree: Final = Prediction(
    key="all-agree",
    question=Quantity(
        Text(
            "Bốn phòng cùng xếp lớp 2 cho 24 tình huống và không phòng nào xếp sai. Theo bạn, cả "
            "bốn xếp giống hệt nhau ở bao nhiêu tình huống?",
            "Four departments sort 24 situations in layer 2, none of them wrongly. On how many do "
            "all four agree?",
        ),
        None,
        0,
        24,
        1,
    ),
    answer=lambda: _alike(_sorted_by_departments(1.0)),
)


_COUNT: Final = Text("Số tình huống", "Situations")
_TEAMS: Final[tuple[Any, ...]] = (
    Quantity(Text("Cả hai đội xếp CX", "Both say CX"), 14, 1, 60, 1),
    Quantity(Text("Đội 1 CX, đội 2 EX", "Team 1 CX, team 2 EX"), 2, 0, 60, 1),
    Quantity(Text("Đội 1 EX, đội 2 CX", "Team 1 EX, team 2 CX"), 2, 0, 60, 1),
    Quantity(Text("Cả hai đội xếp EX", "Both say EX"), 6, 0, 60, 1),
)


@lab(
    key="two-teams",
    title=Text("Hai đội giống nhau thật hay tình cờ?", "Do two teams agree, or is it chance?"),
    presets={
        "same-habit": Preset(
            Text("Tình huống 1: cùng thói quen", "Case 1: the same habit"),
            {"both_cx": 20, "both_ex": 0, "first_only": 2, "second_only": 2},
        ),
        "same-eye": Preset(
            Text("Tình huống 2: cùng cách hiểu", "Case 2: the same understanding"),
            {"both_cx": 14, "both_ex": 6, "first_only": 2, "second_only": 2},
        ),
    },
    formulas=((Text("Mức giống nhau, κ của Cohen", "Agreement, Cohen's κ"), cohen_kappa),),
    sources=("cohen1960", "fleiss1969"),
    **dict(zip(("both_cx", "first_only", "second_only", "both_ex"), _TEAMS, strict=True)),
)
def two_teams(both_cx: float, both_ex: float, first_only: float, second_only: float) -> View:
    """Take chance off the agreement of two teams."""
    counts = [int(count) for count in (both_cx, first_only, second_only, both_ex)]
    together, one, other, apart = np.array(counts) / sum(counts)
    agreement = float(together + apart)
    by_chance = float((together + one) * (together + other) + (apart + one) * (apart + other))
    found = _kappa_of(counts)
    return View(
        finding=_teams_finding(agreement, by_chance, found),
        chart=partial(charts.agreement_line, agreement, by_chance),
        key_figures=(
            KeyFigure(Text("Giống nhau", "Agreement"), percent(agreement, 0)),
            KeyFigure(Text("Tình cờ cũng giống", "By chance alone"), percent(by_chance, 0)),
            KeyFigure(Text("κ (khoảng tin cậy 95 %)", "κ (95% interval)"), _interval(found)),
        ),
        table=Table(
            (Text("Hai đội xếp", "The two teams say"), _COUNT),
            [(field.label, number(count)) for field, count in zip(_TEAMS, counts, strict=True)],
        ),
    )


def _kappa_of(counts: Sequence[int]) -> Kappa | None:
    """Cohen's κ of two teams, or None where both put everything in one box."""
    first, second = np.repeat(list("CCEE"), counts), np.repeat(list("CECE"), counts)
    return cohen_kappa(first, second) if len({*first, *second}) > 1 else None


def _teams_finding(agreement: float, by_chance: float, found: Kappa | None) -> Text:
    if found is None:
        return Text(
            "Hai đội chỉ dùng một loại nên không tách được phần tình cờ: hãy thêm tình huống loại "
            "kia.",
            "Both teams used one kind only, so chance cannot be told apart: add situations of the "
            "other.",
        )
    return Text(
        "Hai đội giống nhau {agreement}, nhưng tình cờ cũng đã giống {chance}: κ chỉ còn {kappa}.",
        "The teams agree on {agreement}, but chance alone gives {chance}: that leaves a κ of "
        "{kappa}.",
    ).format(
        agreement=percent(agreement, 0),
        chance=percent(by_chance, 0),
        kappa=number(found.kappa, 2),
    )


def _interval(found: Kappa | None) -> Text:
    if found is None:
        return Text("không tính được", "cannot be computed")
    return Text("{k} ({low} đến {high})", "{k} ({low} to {high})").format(
        k=number(found.kappa, 2), low=number(found.low, 2), high=number(found.high, 2)
    )
