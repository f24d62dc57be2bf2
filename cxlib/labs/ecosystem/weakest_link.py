"""The weakest link: what ten points on one element do to the experience as a whole."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import ecosystem as charts
from cxlib.labs.ecosystem.elements import (
    ELEMENTS,
    in_sentence,
    rho_of,
    rho_shown,
    substitution,
)
from cxlib.learning.fields import Choice, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.ecosystem import ces_aggregate, marginal_payoff
from cxlib.text import Text, number, same

AN_NHIEN: Final = {"people": 80.0, "systems": 75.0, "products": 40.0, "processes": 70.0}
EFFORT: Final = 10.0
_SAME: Final = 0.05


def _fields() -> dict[str, Any]:
    return {key: Quantity(name, AN_NHIEN[key], 0, 100, 1) for key, name in ELEMENTS.items()}


@lab(
    key="weakest-link",
    title=Text("Mắt xích yếu", "The weakest link"),
    presets={
        "average": Preset(
            Text("Tình huống 1: bù trọn vẹn", "Case 1: all makes up for all"),
            {**AN_NHIEN, "makes_up": 1.0},
        ),
        "worst": Preset(
            Text("Tình huống 2: theo chỗ tệ nhất", "Case 2: the worst decides"),
            {**AN_NHIEN, "makes_up": 0.0},
        ),
        "smiles": Preset(
            Text("Tình huống 3: thái độ 100", "Case 3: attitude at 100"),
            {**AN_NHIEN, "people": 100.0, "makes_up": 0.15},
        ),
    },
    formulas=(
        (Text("Điểm chung (hàm CES)", "The whole (CES function)"), ces_aggregate),
        (Text("Thêm điểm ở đây được gì", "What more points here pay"), marginal_payoff),
    ),
    sources=("arrow1961", "kremer1993"),
    **_fields(),
    makes_up=substitution(0.5),
)
def weakest_link(makes_up: float, guess: str | None = None, **scores: float) -> View:
    """Aggregate four scores anywhere between their average and the weakest of them."""
    rho = rho_of(makes_up)
    values = np.array([scores[key] for key in ELEMENTS])
    whole = ces_aggregate(values, rho)
    payoffs = marginal_payoff(values, rho, effort=EFFORT)
    return View(
        finding=_finding(values, whole, payoffs),
        chart=partial(charts.weakest_link, ELEMENTS, values, payoffs, whole, EFFORT, guess),
        key_figures=(
            KeyFigure(Text("Trung bình", "Average"), Quantity.display(values.mean())),
            KeyFigure(Text("Điểm chung", "The whole"), Quantity.display(whole)),
            KeyFigure(Text("Yếu nhất", "Weakest"), number(float(values.min()))),
            KeyFigure(same("ρ"), rho_shown(rho)),
        ),
        table=Table(
            (
                Text("Yếu tố", "Element"),
                Text("Điểm", "Score"),
                Text("Thêm 10 điểm ở đây, điểm chung tăng", "10 points more here add to the whole"),
            ),
            [
                [name, number(now), number(payoff, 2)]
                for name, now, payoff in zip(ELEMENTS.values(), values, payoffs, strict=True)
            ],
        ),
    )


def _finding(values: NDArray[np.float64], whole: float, payoffs: NDArray[np.float64]) -> Text:
    names = list(ELEMENTS.values())
    best, strongest = int(payoffs.argmax()), int(values.argmax())
    if values.min() == 100:
        sentence = Text(
            "Cả bốn yếu tố đều 100 điểm: không còn gì để nâng.",
            "All four elements stand at 100: nothing is left to raise.",
        )
    elif payoffs.max() < _SAME:
        sentence = Text(
            "Điểm chung {whole}: nâng riêng một yếu tố không thêm được gì, phải nâng cùng lúc.",
            "The whole is {whole}: raising one element alone adds nothing, they must rise "
            "together.",
        )
    elif np.ptp(payoffs) < _SAME:
        sentence = Text(
            "Điểm chung {whole}, và thêm 10 điểm ở đâu cũng chỉ được {gain}: bảng điểm không cho "
            "biết nên sửa gì.",
            "The whole is {whole}, and 10 points more add {gain} wherever they go: the scorecard "
            "cannot say what to mend.",
        )
    elif best == strongest:
        sentence = Text(
            "Điểm chung {whole}. Thêm 10 điểm đáng nhất ở {best}: +{gain}.",
            "The whole is {whole}. 10 points more are worth most in {best}: +{gain}.",
        )
    else:
        sentence = Text(
            "Điểm chung {whole}. Thêm 10 điểm ở {best} được +{gain}; ở {strongest}, nơi mạnh "
            "nhất, chỉ +{least}.",
            "The whole is {whole}. 10 points more in {best} add {gain}; in {strongest}, the "
            "strongest, only {least}.",
        )
    return sentence.format(
        whole=Quantity.display(whole),
        best=in_sentence(names[best]),
        gain=Quantity.display(round(payoffs[best], 1)),
        strongest=in_sentence(names[strongest]),
        least=Quantity.display(round(payoffs[strongest], 1)),
    )


where_ten_points_pay: Final = Prediction(
    key="where-ten-points-pay",
    question=Choice(
        label=Text(
            "Chị Hạnh chỉ đủ tiền nâng một yếu tố thêm 10 điểm. Nâng gì thì khách thấy khác nhất?",
            "Ms Hanh can afford to raise one element by 10 points. Which one will customers "
            "notice most?",
        ),
        options={
            "people": Text(
                "Con người 80 → 90: giỏi rồi, cho giỏi hẳn",
                "People 80 → 90: good already, make them great",
            ),
            "systems": Text("Hệ thống 75 → 85: mua CRM mới", "Systems 75 → 85: buy a new CRM"),
            "products": Text(
                "Sản phẩm 40 → 50: chữa chiếc nồi hay hỏng",
                "Products 40 → 50: mend the pot that breaks",
            ),
            "processes": Text(
                "Quy trình 70 → 80: viết lại sổ tay", "Processes 70 → 80: rewrite the manual"
            ),
        },
    ),
    answer=lambda: list(ELEMENTS)[
        int(marginal_payoff(list(AN_NHIEN.values()), rho_of(0.5), effort=EFFORT).argmax())
    ],
)
