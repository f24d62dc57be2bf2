"""The ecosystem map: elements by stages of the journey, its bottleneck, and where that moves."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import ecosystem as charts
from cxlib.labs.ecosystem.elements import ELEMENTS, in_sentence, rho_of, substitution
from cxlib.learning.fields import Pick, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.ecosystem import ces_aggregate
from cxlib.text import Text, number

STAGES: Final = {
    "search": Text("Tìm hiểu", "Look around"),
    "buy": Text("Mua hàng", "Buy"),
    "receive": Text("Nhận hàng", "Take delivery"),
    "use": Text("Sử dụng", "Use it"),
    "help": Text("Cần giúp", "Need help"),
}
Cell = tuple[int, int]  # row (element) and column (stage) of a map

AN_NHIEN: Final = np.array(
    [
        [70, 85, 75, 80, 65],
        [80, 75, 35, 75, 60],
        [75, 80, 70, 40, 70],
        [70, 80, 65, 70, 45],
    ],
    dtype=float,
)
MAKES_UP: Final = 0.15


def whole_journey(scores: NDArray[np.float64], rho: float) -> float:
    """Aggregate all cells of a map, each counting alike."""
    return ces_aggregate(scores.ravel(), rho)


def weakest_cell(scores: NDArray[np.float64]) -> Cell:
    """Return the place of the lowest score, the earliest stage among equals."""
    column, row = divmod(int(scores.T.argmin()), len(scores))
    return row, column


def raised(scores: NDArray[np.float64], cell: Cell, effort: float) -> NDArray[np.float64]:
    """Raise one cell, at most to 100."""
    mended = scores.copy()
    mended[cell] = min(mended[cell] + effort, 100)
    return mended


def cell_name(cell: Cell) -> Text:
    """Name a cell inside a sentence."""
    element, stage = list(ELEMENTS.values())[cell[0]], list(STAGES.values())[cell[1]]
    return Text("{element} ở chặng {stage}", "{element} at “{stage}”").format(
        element=in_sentence(element), stage=Text(in_sentence(stage).vi, stage.en)
    )


@lab(
    key="journey-map",
    title=Text("Bản đồ hệ sinh thái của An Nhiên", "An Nhien's ecosystem map"),
    presets={
        "ten": Preset(
            Text("Tình huống 1: nâng 10 điểm", "Case 1: bottleneck up by 10"),
            {"element": "systems", "stage": "receive", "effort": 10, "makes_up": MAKES_UP},
        ),
        "forty": Preset(
            Text("Tình huống 2: dồn 40 điểm", "Case 2: all 40 points there"),
            {"element": "systems", "stage": "receive", "effort": 40, "makes_up": MAKES_UP},
        ),
        "people": Preset(
            Text("Tình huống 3: đào tạo tài xế", "Case 3: train the drivers"),
            {"element": "people", "stage": "receive", "effort": 25, "makes_up": MAKES_UP},
        ),
    },
    formulas=((Text("Điểm hành trình (hàm CES)", "The journey (CES function)"), ces_aggregate),),
    sources=("arrow1961", "kremer1993", "lemon2016"),
    element=Pick(label=Text("Sửa yếu tố", "Mend"), options=ELEMENTS, default="systems"),
    stage=Pick(label=Text("ở chặng", "at"), options=STAGES, default="receive"),
    effort=Quantity(Text("Nâng thêm (điểm)", "Raise by (points)"), 40, 0, 60, 5),
    makes_up=substitution(MAKES_UP),
)
def journey_map(
    element: str, stage: str, effort: float, makes_up: float, guess: float | None = None
) -> View:
    """Mend one cell of An Nhien's map and see what the whole journey gains."""
    rho = rho_of(makes_up)
    cell = list(ELEMENTS).index(element), list(STAGES).index(stage)
    mended = raised(AN_NHIEN, cell, effort)
    before, after = whole_journey(AN_NHIEN, rho), whole_journey(mended, rho)
    bottleneck = weakest_cell(mended)
    return View(
        finding=_finding(cell, bottleneck, mended, after - before),
        chart=partial(
            charts.journey_map,
            ELEMENTS,
            STAGES,
            AN_NHIEN,
            mended,
            bottleneck,
            after - before,
            guess,
        ),
        key_figures=(
            KeyFigure(Text("Hành trình hôm nay", "Journey today"), number(before, 1)),
            KeyFigure(Text("Sau khi sửa", "After mending"), number(after, 1)),
            KeyFigure(Text("Tăng thêm", "Gain"), number(after - before, 1)),
            KeyFigure(
                Text("Mỗi điểm công sức được", "Gain per point of effort"),
                number((after - before) / effort if effort else 0.0, 2),
            ),
        ),
        table=_table(mended),
    )


def _table(scores: NDArray[np.float64]) -> Table:
    """Write a map as a table, elements in rows, with their averages."""
    return Table(
        (Text("Yếu tố", "Element"), *STAGES.values(), Text("Trung bình", "Average")),
        [
            [
                name,
                *(number(score) for score in row),
                number(row.mean(), 1),
            ]
            for name, row in zip(ELEMENTS.values(), scores, strict=True)
        ],
    )


def _finding(mended_cell: Cell, bottleneck: Cell, scores: NDArray[np.float64], gain: float) -> Text:
    if gain < 0.05:
        sentence = Text(
            "Sửa {mended} gần như không ai thấy: nút thắt vẫn là {bottleneck}, {score} điểm.",
            "Mending {mended} goes all but unnoticed: the bottleneck is still {bottleneck}, at "
            "{score}.",
        )
    elif bottleneck == weakest_cell(AN_NHIEN):
        sentence = Text(
            "Hành trình được +{gain}. Nút thắt vẫn là {bottleneck}, {score} điểm.",
            "The journey gains {gain}. The bottleneck is still {bottleneck}, at {score}.",
        )
    else:
        sentence = Text(
            "Hành trình được +{gain}, rồi nút thắt dời sang {bottleneck}, {score} điểm.",
            "The journey gains {gain}, then the bottleneck moves to {bottleneck}, at {score}.",
        )
    return sentence.format(
        mended=cell_name(mended_cell),
        bottleneck=cell_name(bottleneck),
        score=number(scores[bottleneck]),
        gain=number(gain, 1),
    )


def _gain(effort: float) -> float:
    rho = rho_of(MAKES_UP)
    mended = raised(AN_NHIEN, weakest_cell(AN_NHIEN), effort)
    return whole_journey(mended, rho) - whole_journey(AN_NHIEN, rho)


four_times_the_effort: Final = Prediction(
    key="four-times-the-effort",
    question=Quantity(
        Text(
            "Nâng nút thắt thêm 10 điểm thì điểm hành trình tăng 4,0. Nếu dồn cả 40 điểm vào đó, "
            "điểm hành trình tăng mấy?",
            "Raising the bottleneck by 10 points lifts the journey by 4.0. With all 40 points put "
            "there, by how much does the journey rise?",
        ),
        None,
        0,
        20,
        0.1,
    ),
    answer=lambda: _gain(40),
)
