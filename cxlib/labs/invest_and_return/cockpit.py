"""The ROI cockpit: the return everyone quotes against the return once money has a date."""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlib.charts import investment as charts
from cxlib.labs.invest_and_return.tables import yearly_table
from cxlib.learning.fields import Money, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Tone, View
from cxlib.models.cashflow import (
    IrrResult,
    delay,
    discounted_payback,
    irr,
    npv,
    payback,
    present_value,
    return_on_investment,
)
from cxlib.text import Text, money, percent, same, years

FloatArray = NDArray[np.float64]

_COSTS: Final = Text("Chi", "Costs")
_BENEFITS: Final = Text("Thu", "Benefits")
_RISKS: Final = Text("Thời gian và rủi ro", "Time and risk")
_ROWS: Final = {
    "costs": Text("Chi", "Costs"),
    "benefits": Text("Thu", "Benefits"),
    "net": Text("Thu trừ chi", "Net"),
    "discounted": Text("Cộng dồn, đã chiết khấu", "Cumulative, discounted"),
}


@lab(
    key="roi-cockpit",
    title=Text("Buồng lái ROI", "The ROI cockpit"),
    presets={
        "late": Preset(
            Text("Tình huống 1: lợi ích chậm 6 tháng", "Case 1: benefits 6 months late"),
            {"months_late": 6},
        ),
        "dear": Preset(
            Text("Tình huống 2: chi vượt 15 %", "Case 2: costs 15% over"),
            {"setup": 3.45e9, "running": 1.38e9},
        ),
        "fading": Preset(
            Text("Tình huống 3: năm thứ ba hụt hơi", "Case 3: year three runs dry"),
            {"benefit_1": 3.6e9, "benefit_2": 3.6e9, "benefit_3": 0.4e9},
        ),
    },
    formulas=(
        (Text("Giá trị hiện tại ròng (NPV)", "Net present value (NPV)"), present_value),
        (Text("ROI có chiết khấu", "Discounted ROI"), return_on_investment),
        (Text("Tỷ suất hoàn vốn nội bộ (IRR)", "Internal rate of return (IRR)"), irr),
    ),
    sources=("brealey2020",),
    setup=Money(Text("Chi ban đầu", "Spent up front"), 3e9, 0.5e9, 8e9, 5e7, group=_COSTS),
    running=Money(Text("Chi mỗi năm", "Spent each year"), 1.2e9, 0, 4e9, 5e7, group=_COSTS),
    benefit_1=Money(Text("Thu năm 1", "Benefit, year 1"), 1.5e9, 0, 8e9, 5e7, group=_BENEFITS),
    benefit_2=Money(Text("Thu năm 2", "Benefit, year 2"), 3.0e9, 0, 8e9, 5e7, group=_BENEFITS),
    benefit_3=Money(Text("Thu năm 3", "Benefit, year 3"), 3.6e9, 0, 8e9, 5e7, group=_BENEFITS),
    came_true=Share(
        Text("Lợi ích thành hiện thực", "Benefits that come true"),
        1.0,
        0.5,
        1.5,
        0.005,
        group=_RISKS,
    ),
    months_late=Quantity(
        Text("Lợi ích đến chậm (tháng)", "Benefits late by (months)"), 0, 0, 12, 1, group=_RISKS
    ),
    rate=Share(Text("Tỷ suất chiết khấu", "Discount rate"), 0.12, 0.0, 0.3, 0.005, group=_RISKS),
)
def roi_cockpit(
    setup: float,
    running: float,
    benefit_1: float,
    benefit_2: float,
    benefit_3: float,
    came_true: float,
    months_late: float,
    rate: float,
    guess: float | None = None,
) -> View:
    """Judge a three-year plan without and with time."""
    costs = np.array([setup, running, running, running])
    planned = came_true * np.array([0.0, benefit_1, benefit_2, benefit_3])
    return judge(costs, planned, delay(planned, months_late), rate, guess)


def judge(
    costs: FloatArray,
    planned: FloatArray,
    benefits: FloatArray,
    rate: float,
    guess: float | None = None,
) -> View:
    """Compare the simple return on the planned benefits with the discounted one on the real ones.

    Args:
        costs: dong a year, positive, shape (years + 1,).
        planned: benefits as planned, dong, the same shape.
        benefits: benefits as they arrive, dong, the same shape.
        rate: discount rate a year, a ratio.
        guess: the learner's prediction of the discounted return.
    """
    net = benefits - costs
    cumulative = np.cumsum(net / (1 + rate) ** np.arange(len(net)))
    simple = return_on_investment(planned, costs)
    discounted = return_on_investment(benefits, costs, rate)
    value, rates = npv(rate, net), irr(net)
    flows = pd.DataFrame([costs, benefits, net, cumulative], index=list(_ROWS))
    return View(
        finding=_finding(simple, discounted, value),
        chart=partial(charts.roi_cockpit, net, cumulative, simple, discounted, guess),
        key_figures=(
            KeyFigure(same("NPV"), money(value), _tone(value)),
            KeyFigure(same("IRR"), _rates(rates), _tone(value)),
            KeyFigure(Text("Hoàn vốn", "Payback"), _recovered(payback(net), len(net) - 1)),
            KeyFigure(
                Text("Hoàn vốn có chiết khấu", "Discounted payback"),
                _recovered(discounted_payback(rate, net), len(net) - 1),
            ),
        ),
        table=yearly_table(Text("Dòng tiền", "Cash flow"), flows, _ROWS),
        warnings=(_TWO_RATES,) if rates.ambiguous else (),
    )


_TWO_RATES: Final = Text(
    "Dòng tiền đổi dấu hơn một lần nên IRR không còn đáng tin: có thể có vài IRR hoặc chẳng có "
    "IRR nào. Hãy dùng NPV.",
    "The cash flow changes sign more than once, so IRR cannot be trusted: there may be several or "
    "none. Use NPV.",
)


def _recovered(after: float, horizon: int) -> Text:
    if math.isinf(after):
        return Text("chưa, sau {horizon}", "not in {horizon}").format(horizon=years(horizon, 0))
    return years(after, 2)


def _tone(value: float) -> Tone:
    return "good" if value >= 0 else "bad"


def _rates(result: IrrResult) -> Text:
    if not result.rates:
        return Text("không có", "none")
    shown = [percent(rate) for rate in result.rates]
    return Text(" và ".join(text.vi for text in shown), " and ".join(text.en for text in shown))


def _finding(simple: float, discounted: float, value: float) -> Text:
    if value >= 0:
        sentence = Text(
            "“Lời {simple}” chỉ còn {discounted} khi tính cả thời gian: dự án tạo thêm {value}, "
            "quy về giá trị hôm nay.",
            "“A {simple} return” is {discounted} once money has a date: the project adds {value} "
            "in "
            "today's value.",
        )
    elif simple > 0:
        sentence = Text(
            "Trên giấy lời {simple}, thực ra lỗ: tính cả thời gian, ROI là {discounted}, tức mất "
            "{value}.",
            "A {simple} gain on paper, a loss in truth: with time counted, ROI is {discounted}, "
            "which "
            "loses {value}.",
        )
    else:
        sentence = Text(
            "Thu không bù nổi chi: ROI đơn giản {simple}, có chiết khấu {discounted}, mất {value}.",
            "Benefits do not cover costs: simple ROI {simple}, discounted {discounted}, a loss "
            "of {value}.",
        )
    return sentence.format(
        simple=percent(simple), discounted=percent(discounted), value=money(abs(value))
    )


roi_after_time: Final = Prediction(
    key="roi-after-time",
    question=Share(
        Text(
            "Kế hoạch: chi ban đầu 3,0 tỷ ₫, rồi mỗi năm 1,2 tỷ ₫; thu 1,5 – 3,0 – 3,6 tỷ ₫ trong "
            "ba năm. Cộng trừ đơn giản thì ROI là 22,7 %. Nếu tính cả việc tiền về sớm hay muộn, "
            "với tỷ suất chiết khấu 12 % mỗi năm, theo bạn ROI còn bao nhiêu?",
            "The plan: ₫3.0 billion up front and ₫1.2 billion a year; benefits of 1.5 – 3.0 – "
            "3.6 ₫ billion "
            "over three years. Simply added up, ROI is 22.7%. If we count when money comes, at "
            "12% a "
            "year, what is left of the ROI?",
        ),
        None,
        -0.5,
        0.5,
        0.005,
    ),
    answer=lambda: return_on_investment(
        np.array([0, 1.5e9, 3.0e9, 3.6e9]), np.array([3e9, 1.2e9, 1.2e9, 1.2e9]), 0.12
    ),
)


@lab(
    key="shrinking-money",
    title=Text("Một tỷ đồng của ngày mai", "A billion dong of tomorrow"),
    formulas=((Text("Chiết khấu về hôm nay", "Discounting to today"), present_value),),
    sources=("brealey2020",),
    arrangement="stack",
)
def shrinking_money() -> View:
    """Show what one billion dong is worth today when it comes later."""
    rates, horizon = (0.08, 0.12, 0.16), 5
    worth = {rate: 1e9 / (1 + rate) ** np.arange(horizon + 1) for rate in rates}
    flows = pd.DataFrame(list(worth.values()), index=[str(rate) for rate in rates])
    names = {str(rate): percent(rate, 0) for rate in rates}
    return View(
        finding=Text(
            "Với tỷ suất 12 %, một tỷ đồng nhận sau ba năm hôm nay chỉ đáng giá {worth}.",
            "At a rate of 12%, a billion dong received in three years is worth {worth} today.",
        ).format(worth=money(worth[0.12][3])),
        chart=partial(charts.shrinking_money, rates, horizon),
        key_figures=(),
        table=yearly_table(Text("Tỷ suất chiết khấu", "Discount rate"), flows, names),
    )
