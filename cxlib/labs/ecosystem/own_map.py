"""The learner's own ecosystem map: twenty scores, the bottleneck, and what to mend next."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import ecosystem as charts
from cxlib.labs.ecosystem.elements import ELEMENTS, rho_of, substitution
from cxlib.labs.ecosystem.journey_map import (
    AN_NHIEN,
    MAKES_UP,
    STAGES,
    Cell,
    cell_name,
    weakest_cell,
)
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.profile import Profile
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.ecosystem import ces_aggregate, marginal_payoff
from cxlib.text import Text, number

EFFORT: Final = 10.0
UNKNOWN: Final = 50.0
_SHOWN: Final = 5
_NOTICED: Final = 0.05


def _fields(scores: NDArray[np.float64]) -> dict[str, Any]:
    group = Text("Chấm từng ô, 0–100", "Score each cell, 0–100")
    return {
        f"{element}_{stage}": Quantity(
            name,
            scores[row, column],
            0,
            100,
            5,
            slider=False,
            row=STAGES[stage],
            group=group,
        )
        for column, stage in enumerate(STAGES)
        for row, (element, name) in enumerate(ELEMENTS.items())
    }


def _weights(people: float) -> NDArray[np.float64]:
    """Weigh people as given and the other three elements alike, stages alike."""
    elements = np.array([people, *[(1 - people) / 3] * 3])
    return np.repeat(elements / len(STAGES), len(STAGES))


def _from_profile(profile: Profile) -> dict[str, float]:
    """Let people weigh a tenth without any contact, up to four tenths where all is contact."""
    return {"people": round(0.1 + 0.3 * profile.contact_intensity, 2)}


@lab(
    key="own-map",
    title=Text("Bản đồ hệ sinh thái của công ty bạn", "Your company's ecosystem map"),
    presets={
        "clear": Preset(
            Text("Xóa trắng: mọi ô 50 điểm", "Clear: 50 in every cell"),
            {f"{element}_{stage}": UNKNOWN for element in ELEMENTS for stage in STAGES},
        ),
    },
    formulas=(
        (Text("Điểm hành trình (hàm CES)", "The journey (CES function)"), ces_aggregate),
        (Text("Thêm điểm ở đây được gì", "What more points here pay"), marginal_payoff),
    ),
    sources=("arrow1961", "kremer1993"),
    arrangement="stack",
    from_profile=_from_profile,
    people=Share(
        Text("Con người nặng bao nhiêu phần?", "How much do people weigh?"),
        0.25,
        0.1,
        0.7,
        0.01,
        hint=Text(
            "tiếp xúc trực tiếp càng nhiều thì càng nặng",
            "more where customers meet employees more",
        ),
    ),
    makes_up=substitution(MAKES_UP),
    **_fields(AN_NHIEN),
)
def own_map(people: float, makes_up: float, **cells: float) -> View:
    """Name the bottleneck of the learner's journey and rank the next cells to mend."""
    scores = np.array([[cells[f"{element}_{stage}"] for stage in STAGES] for element in ELEMENTS])
    rho, weights = rho_of(makes_up), _weights(people)
    whole = ces_aggregate(scores.ravel(), rho, weights)
    payoffs = marginal_payoff(scores.ravel(), rho, weights, EFFORT)
    order = np.argsort(-payoffs, kind="stable")[:_SHOWN]
    places = [divmod(int(cell), len(STAGES)) for cell in order]
    framed = weakest_cell(scores) if np.ptp(scores) else None
    return View(
        finding=_finding(scores, places[0], payoffs),
        chart=partial(charts.journey_map, ELEMENTS, STAGES, scores, scores, framed, None, None),
        key_figures=(
            KeyFigure(
                Text("Trung bình 20 ô", "Average of 20 cells"),
                Quantity.display(scores.mean()),
            ),
            KeyFigure(Text("Điểm hành trình", "The journey"), number(whole, 1)),
            KeyFigure(Text("Ô thấp nhất", "Lowest cell"), number(scores.min()), "bad"),
        ),
        table=Table(
            (
                Text("Nên sửa trước", "Mend first"),
                Text("Đang có", "Now"),
                Text("Thêm 10 điểm, hành trình tăng", "10 points more add to the journey"),
            ),
            [
                [
                    cell_name(cell),
                    number(scores[cell]),
                    number(payoffs[rank], 2),
                ]
                for rank, cell in zip(order, places, strict=True)
            ],
        ),
    )


def _finding(scores: NDArray[np.float64], first: Cell, payoffs: NDArray[np.float64]) -> Text:
    if np.ptp(scores) == 0:
        sentence = Text(
            "Mọi ô ngang nhau, {score} điểm, nên chưa thấy nút thắt. Hãy chấm từng ô như khách sẽ "
            "chấm.",
            "All cells stand alike at {score}, so no bottleneck shows. Score each as your "
            "customers would.",
        )
    elif payoffs.max() < _NOTICED:
        sentence = Text(
            "Có nhiều ô cùng tệ nhất, {score} điểm: nâng riêng một ô gần như vô ích, phải nâng "
            "cùng lúc.",
            "Several cells share the lowest score, {score}: to raise one alone is all but "
            "useless, they must rise together.",
        )
    elif scores[first] == scores.min():
        sentence = Text(
            "Nút thắt là {first}, {score} điểm. Thêm 10 điểm ở đó, cả hành trình được +{gain}.",
            "The bottleneck is {first}, at {score}. 10 points more there lift the whole journey "
            "by {gain}.",
        )
    else:
        sentence = Text(
            "Ô thấp nhất là {bottleneck}, {score} điểm; nhưng 10 điểm tới đáng nhất ở {first} "
            "(+{gain}) vì nó nặng hơn.",
            "The lowest cell is {bottleneck}, at {score}; yet the next 10 points are worth most "
            "in {first} (+{gain}), which weighs more.",
        )
    return sentence.format(
        bottleneck=cell_name(weakest_cell(scores)),
        first=cell_name(first),
        score=number(scores.min()),
        gain=number(payoffs.max(), 1),
    )
