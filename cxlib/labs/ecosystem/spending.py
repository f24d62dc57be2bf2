"""A hundred points of effort, shared out under two views of how the elements combine."""

from __future__ import annotations

from functools import cache, partial
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import ecosystem as charts
from cxlib.labs.ecosystem.elements import ELEMENTS, in_sentence
from cxlib.learning.fields import Choice, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.ecosystem import allocate_effort, ces_aggregate
from cxlib.text import Text, number, percent

World = Literal["average", "weak_link"]

MOC: Final = {"people": 60.0, "systems": 45.0, "products": 70.0, "processes": 25.0}
WEIGHTS: Final = {"people": 0.40, "systems": 0.15, "products": 0.35, "processes": 0.10}
RHO: Final[dict[World, float]] = {"average": 1.0, "weak_link": -5.0}
BUDGET: Final = 100.0
_WORLDS: Final[dict[World, Text]] = {
    "average": Text("ρ = 1: bù trừ trọn vẹn", "ρ = 1: all makes up for all"),
    "weak_link": Text("ρ = −5: gần như mắt xích yếu", "ρ = −5: nearly the weakest link"),
}
_SCORES: Final = np.array(list(MOC.values()))
_SHARES: Final = np.array(list(WEIGHTS.values()))
_NEARLY: Final = 0.5


def reached(plan: NDArray[np.float64], world: World) -> float:
    """Aggregate Mộc's elements after a plan; no element passes 100."""
    return ces_aggregate(np.minimum(_SCORES + plan, 100), RHO[world], _SHARES)


@cache
def best_plan(world: World) -> NDArray[np.float64]:
    """Share out the budget as well as can be in one world."""
    return allocate_effort(_SCORES, BUDGET, RHO[world], _SHARES)


def _plan(world: World) -> dict[str, float]:
    return {
        key: float(round(points)) for key, points in zip(ELEMENTS, best_plan(world), strict=True)
    }


def _fields() -> dict[str, Any]:
    """Make a slider for the points of each element, set to the best plan of the first world."""
    state = Text(" (đang {now}, nặng {weight})", " (now {now}, weight {weight})")
    start = _plan("average")
    return {
        key: Quantity(
            name + state.format(now=number(MOC[key]), weight=percent(WEIGHTS[key], 0)),
            start[key],
            0,
            100,
            1,
        )
        for key, name in ELEMENTS.items()
    }


@lab(
    key="hundred-points",
    title=Text("Một trăm điểm công sức", "A hundred points of effort"),
    presets={
        "same_plan": Preset(
            Text("Tình huống 1: dồn vào chỗ nặng", "Case 1: all to what weighs"),
            {"world": "average", **_plan("average")},
        ),
        "other_world": Preset(
            Text("Tình huống 2: đổi thế giới", "Case 2: the other world"),
            {"world": "weak_link", **_plan("average")},
        ),
        "even": Preset(
            Text("Tình huống 3: chia đều", "Case 3: an even share"),
            {"world": "weak_link", **dict.fromkeys(ELEMENTS, BUDGET / len(ELEMENTS))},
        ),
    },
    formulas=(
        (Text("Điểm chung (hàm CES)", "The whole (CES function)"), ces_aggregate),
        (Text("Cách chia tốt nhất", "The best way to share out"), allocate_effort),
    ),
    sources=("arrow1961",),
    world=Choice(
        label=Text("Các yếu tố cộng lại thế nào?", "How do the elements combine?"),
        options={str(key): name for key, name in _WORLDS.items()},
        default="weak_link",
    ),
    **_fields(),
)
def hundred_points(world: World, guess: float | None = None, **points: float) -> View:
    """Compare the learner's way to spend 100 points with the best way in the same world."""
    wanted = np.array([points[key] for key in ELEMENTS])
    plan = wanted * min(1.0, BUDGET / max(wanted.sum(), BUDGET))
    best = best_plan(world)
    whole, best_whole = reached(plan, world), reached(best, world)
    other: World = "average" if world == "weak_link" else "weak_link"
    return View(
        finding=_finding(plan, whole, best, best_whole),
        chart=partial(
            charts.hundred_points,
            ELEMENTS,
            _SCORES,
            np.minimum(plan, 100 - _SCORES),
            best,
            _SHARES,
            whole,
            guess,
        ),
        key_figures=(
            KeyFigure(Text("Trước khi chi", "Before"), Quantity.display(reached(0 * plan, world))),
            KeyFigure(Text("Cách chia của bạn", "Your plan"), Quantity.display(whole)),
            KeyFigure(Text("Cách chia tốt nhất", "Best plan"), Quantity.display(best_whole)),
            KeyFigure(
                Text("Kế hoạch của bạn ở thế giới kia", "Your plan in the other world"),
                Quantity.display(reached(plan, other)),
            ),
        ),
        table=Table(
            (
                Text("Yếu tố", "Element"),
                Text("Sức nặng", "Weight"),
                Text("Đang có", "Now"),
                Text("Bạn thêm", "You add"),
                Text("Cách tốt nhất thêm", "The best plan adds"),
            ),
            [
                [
                    name,
                    percent(WEIGHTS[key], 0),
                    number(MOC[key]),
                    number(added, 1),
                    number(optimal, 1),
                ]
                for (key, name), added, optimal in zip(ELEMENTS.items(), plan, best, strict=True)
            ],
        ),
        warnings=_overspent(wanted),
    )


def _overspent(wanted: NDArray[np.float64]) -> tuple[Text, ...]:
    if wanted.sum() <= BUDGET:
        return ()
    said = Text(
        "Bạn đã chia {wanted} điểm mà chỉ có 100. Hình này thu nhỏ mọi phần cho vừa; hãy bớt lại.",
        "You handed out {wanted} points and have only 100. The picture shrinks every part to fit; "
        "take some back.",
    )
    return (said.format(wanted=number(float(wanted.sum()))),)


def _finding(
    plan: NDArray[np.float64], whole: float, best: NDArray[np.float64], best_whole: float
) -> Text:
    short = int((best - plan).argmax())
    if best_whole - whole < _NEARLY:
        sentence = Text(
            "Cách chia của bạn đạt {whole} điểm, coi như tốt nhất ở thế giới này ({best}).",
            "Your plan reaches {whole}, as good as the best in this world ({best}).",
        )
    else:
        sentence = Text(
            "Cách chia của bạn đạt {whole} điểm; cách tốt nhất đạt {best}. Chỗ thiếu nhiều nhất: "
            "{short}.",
            "Your plan reaches {whole}; the best reaches {best}. What it lacks most: {short}.",
        )
    return sentence.format(
        whole=Quantity.display(whole),
        best=Quantity.display(best_whole),
        short=in_sentence(list(ELEMENTS.values())[short]),
    )


plan_in_another_world: Final = Prediction(
    key="plan-in-another-world",
    question=Quantity(
        Text(
            "Nếu các yếu tố bù trọn vẹn cho nhau, kế hoạch tốt nhất đưa Mộc lên 88,75 điểm. Nhưng "
            "nếu khách chấm gần như theo mắt xích yếu (ρ = −5), chính kế hoạch ấy được mấy điểm?",
            "If the elements make up for each other in full, the best plan takes Moc to 88.75 "
            "points. But if customers judge nearly by the weakest link (ρ = −5), what does that "
            "very plan reach?",
        ),
        None,
        0,
        100,
        0.5,
    ),
    answer=lambda: reached(best_plan("average"), "weak_link"),
)
