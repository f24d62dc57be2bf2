"""Four departments sort the same situations, all of them rightly: how far do they agree?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Final

import numpy as np

from cxlib.charts import what_is_cx as charts
from cxlib.labs.what_is_cx.situations import ALL, SHORT
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import cohen_kappa
from cxlib.text import Text, number, out_of

_DEPARTMENTS: Final = {
    "DX": Text("Kênh số", "Digital"),
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
        hint=Text("trong 13 chuyện mang nhiều chữ X", "of the 13 situations that carry several X"),
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
                out_of(alike, len(ALL)),
            ),
            KeyFigure(Text("κ, cả 24 chuyện", "κ, all 24 situations"), number(_mean(kappas), 2)),
            KeyFigure(
                Text("κ, riêng 13 chuyện nhiều chữ X", "κ, the 13 with several X"),
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
        "Ai cũng đúng, mà ở lớp 2 bốn phòng chỉ giống nhau ở {alike}/{all} chuyện; ở lớp 1 thì "
        "giống nhau cả {all}.",
        "All are right, yet in layer 2 the four agree on {alike} of {all} only; in layer 1 on all "
        "{all}.",
    )
    if alike == len(ALL):
        sentence = Text(
            "Không phòng nào giành phần thì bốn phòng giống nhau cả {all} chuyện, ở cả hai lớp.",
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
            "Bốn phòng cùng xếp lớp 2 cho 24 chuyện và không phòng nào xếp sai. Theo bạn, cả "
            "bốn xếp giống hệt nhau ở bao nhiêu chuyện?",
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
