"""How sure is the plan: break-even, the chance of a loss, and what to research first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any, Final

import numpy as np
import pandas as pd

from cxlib.charts import investment as charts
from cxlib.labs.an_nhien import AN_NHIEN, COSTS, ESTIMATES, FIXED, RAMP
from cxlib.labs.kept_customer.own_sheet import by_year, own_value
from cxlib.learning.fields import Money, Points, Quantity, Share
from cxlib.learning.lab import Handover, Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.cashflow import breakeven_retention
from cxlib.models.programme import investment_case_npv
from cxlib.models.uncertainty import Pert, monte_carlo, tornado
from cxlib.models.value import margin_multiple
from cxlib.text import Text, money, percent, points

_NAMES: Final = {
    "retention": Text("nhiều khách ở lại hơn", "retention gained"),
    "spend": Text("khách chi nhiều hơn", "spending gained"),
    "referral": Text("khách mới nhờ giới thiệu", "referred customers"),
    "contacts": Text("ít cuộc gọi, khiếu nại hơn", "fewer service contacts"),
    "turnover": Text("ít nhân viên nghỉ việc hơn", "less staff turnover"),
    "cost_overrun": Text("chi vượt kế hoạch", "cost overrun"),
    "delay_months": Text("lợi ích đến chậm", "late benefits"),
    "rate": Text("tỷ suất chiết khấu", "discount rate"),
}
_DRAWS: Final = 10_000


@lab(
    key="uncertainty",
    title=Text("Mười nghìn tương lai", "Ten thousand futures"),
    presets={
        "believer": Preset(
            Text("Tình huống 1: chắc như đinh đóng cột", "Case 1: dead certain"), {"doubt": 0.25}
        ),
        "sceptic": Preset(
            Text("Tình huống 2: hội đồng khó tính", "Case 2: a sceptical board"),
            {"retention": 0.02, "overrun": 0.4},
        ),
    },
    formulas=(
        (Text("NPV của cả chương trình", "NPV of the whole programme"), investment_case_npv),
        (Text("Phân phối PERT", "The PERT distribution"), Pert),
    ),
    sources=("malcolm1959", "brealey2020"),
    retention=Points(
        Text("Tỷ lệ khách ở lại tăng thêm (dễ xảy ra nhất)", "Rise in retention (most likely)"),
        0.03,
        0.0,
        0.06,
        0.001,
    ),
    spend=Share(
        Text("Mỗi khách chi thêm (dễ xảy ra nhất)", "More spent per customer (most likely)"),
        0.02,
        0.0,
        0.08,
        0.0025,
    ),
    overrun=Share(
        Text("Chi vượt kế hoạch (xấu nhất)", "Cost overrun (at worst)"), 0.20, 0.0, 0.6, 0.01
    ),
    doubt=Share(
        Text(
            "Mức hoài nghi: bề rộng của mọi khoảng ước tính", "Doubt: width of all estimate ranges"
        ),
        1.0,
        0.0,
        1.0,
        0.05,
        hint=Text(
            "100 % = đúng khoảng mà người lập kế hoạch đưa ra", "100% = the planners' own ranges"
        ),
    ),
)
def uncertainty(
    retention: float, spend: float, overrun: float, doubt: float, guess: float | None = None
) -> View:
    """Simulate the plan with every assumption as a range instead of a number."""
    inputs = _estimates(retention, spend, overrun, doubt)
    plan = float(_case({name: estimate.mode for name, estimate in inputs.items()})[0])
    futures = monte_carlo(_case, inputs, _DRAWS)
    bars = tornado(_case, inputs)
    loss = futures.probability_of_loss
    return View(
        finding=_finding(plan, loss, bars["swing"]),
        chart=partial(charts.chance_and_tornado, futures.outcome, plan, bars, _NAMES, guess),
        key_figures=(
            KeyFigure(
                Text("NPV của kế hoạch", "NPV of the plan"),
                money(plan),
                "good" if plan >= 0 else "bad",
            ),
            KeyFigure(Text("NPV bình quân", "Average NPV"), money(futures.mean)),
            KeyFigure(
                Text("Xác suất lỗ", "Chance of a loss"),
                percent(loss, 0),
                "bad" if loss > 0.5 else "plain",
            ),
            KeyFigure(
                Text("5 % kịch bản xấu nhất: NPV dưới", "Worst 5% of scenarios: NPV below"),
                money(futures.quantile(0.05)),
            ),
        ),
        table=Table(
            (
                Text("Giả định", "Assumption"),
                Text("NPV khi giả định ở mức thấp (P10)", "NPV at a low value (P10)"),
                Text("NPV khi giả định ở mức cao (P90)", "NPV at a high value (P90)"),
            ),
            [
                [_NAMES[str(name)], money(low), money(high)]
                for name, low, high in zip(bars.index, bars["low"], bars["high"], strict=True)
            ],
        ),
    )


def _estimates(retention: float, spend: float, overrun: float, doubt: float) -> dict[str, Pert]:
    moved = {"retention": retention, "spend": spend}
    estimates = {}
    for name, (low, mode, high) in ESTIMATES.items():
        centre = moved.get(name, mode)
        top = overrun if name == "cost_overrun" else centre + (high - mode)
        floor = -1.0 if name == "cost_overrun" else 0.0
        estimates[name] = Pert(
            max(floor, centre - doubt * (mode - low)), centre, centre + doubt * (top - centre)
        )
    return estimates


def _case(drivers: Mapping[str, float | np.ndarray]) -> np.ndarray:
    return investment_case_npv({**FIXED, **drivers}, company=AN_NHIEN, costs=COSTS, ramp=RAMP)


def _finding(plan: float, loss: float, swings: pd.Series) -> Text:
    if swings.max() == 0:
        sentence = Text(
            "Khi không nghi ngờ gì, mọi kịch bản đều giống kế hoạch: NPV {plan}. Đời thực hiếm khi "
            "chiều ta như vậy.",
            "With no doubt at all every future is the plan: NPV {plan}. Life is seldom so kind.",
        )
        return sentence.format(plan=money(plan))
    if plan >= 0 and loss >= 0.35:
        sentence = Text(
            "Kế hoạch ghi NPV +{plan}, nhưng cứ 100 kịch bản thì {loss} kịch bản lỗ. Hãy tìm hiểu "
            "trước giả định “{widest}”.",
            "The plan says NPV +{plan}, yet {loss} of 100 futures lose money. Research first: "
            "“{widest}”.",
        )
    elif plan >= 0:
        sentence = Text(
            "Kế hoạch khá vững: NPV +{plan}, và cứ 100 kịch bản thì {loss} kịch bản lỗ. NPV nhạy "
            "nhất với giả định “{widest}”.",
            "The plan stands fairly firm: NPV +{plan}, and {loss} of 100 futures lose. NPV is "
            "most sensitive to “{widest}”.",
        )
    else:
        sentence = Text(
            "Ngay trên giấy đã lỗ {plan}; cứ 100 kịch bản thì {loss} kịch bản lỗ. Đòn bẩy mạnh "
            "nhất là “{widest}”.",
            "Even on paper it loses {plan}; {loss} of 100 futures lose. The strongest lever is "
            "“{widest}”.",
        )
    return sentence.format(
        plan=money(abs(plan)), loss=_of_hundred(loss), widest=_NAMES[str(swings.idxmax())]
    )


def _of_hundred(share: float) -> Text:
    whole = str(round(share * 100))
    return Text(whole, whole)


@cache
def _chance_of_loss() -> float:
    estimates = {name: Pert(*range_) for name, range_ in ESTIMATES.items()}
    return monte_carlo(_case, estimates, _DRAWS).probability_of_loss


loss_chance: Final = Prediction(
    key="loss-chance",
    question=Share(
        Text(
            "NPV của kế hoạch là số dương. Nhưng giả định nào cũng có thể khác đi. Theo bạn, xác "
            "suất chương trình này lỗ là bao nhiêu?",
            "The plan's NPV is positive. Yet each assumption may turn out differently. What is "
            "the chance "
            "that the programme loses money?",
        ),
        None,
        0.0,
        1.0,
        0.01,
    ),
    answer=_chance_of_loss,
)


_CUSTOMERS: Final = Text("Số khách", "Customers")
_MARGIN: Final = Text(
    "Biên lợi nhuận đóng góp mỗi khách một năm", "Contribution margin per customer and year"
)
_RETENTION: Final = Text("Tỷ lệ khách ở lại hôm nay", "Retention rate today")
_INVESTMENT: Final = Text("Vốn bỏ ra hôm nay", "Money put in today")


def _from_sheet(sheet: Mapping[str, Any]) -> dict[str, float]:
    known = by_year(sheet)
    return {
        "customers": known.number,
        "margin": known.margin,
        "retention": known.retention,
        "rate": known.rate,
        "believed": known.rise,
    }


_CUSTOMERS_FROM_SHEET: Final = Handover(
    lab=own_value,
    values=_from_sheet,
    told=lambda _: Text(
        "Khách, biên lợi nhuận, tỷ lệ ở lại và mức tăng lấy từ bảng của bạn ở bài 08.",
        "Customers, margin, retention and its rise are taken from your sheet of lesson 08.",
    ),
    untold=Text(
        "Đang theo hồ sơ công ty của bạn, chưa có thì theo An Nhiên. Bạn làm bảng ở bài 08 thì các "
        "ô này lấy số từ bảng ấy.",
        "These follow your company's profile, or An Nhien without one. Fill the sheet of lesson "
        "08 and the boxes take its figures.",
    ),
)


@lab(
    key="breakeven",
    title=Text("Hòa vốn nhờ giữ chân khách", "Breaking even on retention"),
    presets={
        "subscription": Preset(
            Text("Tình huống 1: ít khách, giá trị lớn", "Case 1: few, valuable customers"),
            {"customers": 2_000, "margin": 15e6, "retention": 0.85},
        ),
        "loyal": Preset(
            Text("Tình huống 2: khách vốn đã trung thành", "Case 2: loyal customers already"),
            {"retention": 0.9},
        ),
    },
    formulas=(
        (Text("Tỷ lệ khách ở lại cần đạt", "Retention needed"), breakeven_retention),
        (Text("Hệ số nhân biên lợi nhuận", "Margin multiple"), margin_multiple),
    ),
    sources=("gupta2003",),
    from_profile=lambda profile: {
        "customers": profile.customers,
        "margin": profile.margin_per_customer,
        "retention": profile.retention,
    },
    handover=_CUSTOMERS_FROM_SHEET,
    company_fields={
        "customers": Quantity(_CUSTOMERS, 50_000, 1, 100e6, 1, slider=False),
        "margin": Money(_MARGIN, 600_000, 10, 100e9, 1_000, slider=False),
        "retention": Share(_RETENTION, 0.70, 0.01, 0.99, 0.005),
        "investment": Money(_INVESTMENT, 3e9, 1e6, 100e12, 1e6, slider=False),
    },
    customers=Quantity(_CUSTOMERS, 50_000, 1_000, 200_000, 1_000),
    margin=Money(_MARGIN, 600_000, 50_000, 20_000_000, 50_000),
    retention=Share(_RETENTION, 0.70, 0.05, 0.95, 0.005),
    rate=Share(Text("Tỷ suất chiết khấu", "Discount rate"), 0.12, 0.01, 0.30, 0.005),
    investment=Money(_INVESTMENT, 3e9, 1e8, 20e9, 1e8),
    believed=Points(
        Text("Bạn tin tỷ lệ khách ở lại sẽ tăng thêm", "The rise in retention you believe in"),
        0.02,
        0.0,
        0.10,
        0.001,
    ),
)
def breakeven(
    customers: float,
    margin: float,
    retention: float,
    rate: float,
    investment: float,
    believed: float,
    guess: float | None = None,
) -> View:
    """Find the rise in retention that wins the money back."""
    needed = breakeven_retention(customers, margin, retention, rate, investment).uplift
    reach = min(1 - retention, max(0.06, 2 * needed, 1.2 * believed, 1.1 * (guess or 0.0)))
    uplifts = np.linspace(0, reach, 60)
    before = margin_multiple(retention, rate)
    gains = np.array(
        [customers * margin * (margin_multiple(retention + u, rate) - before) for u in uplifts]
    )
    believed = min(believed, reach)
    gain = customers * margin * (margin_multiple(retention + believed, rate) - before)
    return View(
        finding=_breakeven_finding(needed, believed, retention),
        chart=partial(charts.breakeven_curve, uplifts, gains, investment, needed, believed, guess),
        key_figures=(
            KeyFigure(Text("Mức cần tăng", "Rise needed"), points(needed)),
            KeyFigure(
                Text("Tỷ lệ ở lại cần đạt", "Retention rate needed"),
                Share.display(retention + needed),
            ),
            KeyFigure(
                Text("NPV nếu bạn đúng", "NPV if you are right"),
                money(gain - investment),
                "good" if gain >= investment else "bad",
            ),
        ),
        table=Table(
            (Text("Tỷ lệ tăng thêm", "Rise"), Text("Giá trị tăng thêm", "Value gained")),
            [[points(u), money(g)] for u, g in zip(uplifts[::10], gains[::10], strict=True)],
        ),
    )


def _breakeven_finding(needed: float, believed: float, retention: float) -> Text:
    if retention + needed > 1:
        return Text(
            "Dù không mất một khách nào, chỉ riêng việc giữ chân cũng không hoàn nổi số vốn này.",
            "Even with no customer lost, retention alone cannot win this money back.",
        )
    if believed >= needed:
        sentence = Text(
            "Chỉ cần tăng {needed} là hòa vốn; mức bạn tin còn dư {gap}.",
            "A rise of {needed} is enough to break even; what you believe leaves {gap} to spare.",
        )
    else:
        sentence = Text(
            "Phải tăng {needed} mới hòa vốn; mức bạn tin còn thiếu {gap}.",
            "It takes a rise of {needed} to break even; what you believe falls {gap} short.",
        )
    return sentence.format(needed=points(needed), gap=points(abs(believed - needed)))


retention_needed: Final = Prediction(
    key="retention-needed",
    question=Points(
        Text(
            "Theo bạn, tỷ lệ khách ở lại phải tăng bao nhiêu điểm % thì mới bù được 3 tỷ ₫?",
            "By how many percentage points must retention rise to win back ₫3 billion?",
        ),
        None,
        0.0,
        0.15,
        0.001,
    ),
    answer=lambda: breakeven_retention(50_000, 600_000, 0.70, 0.12, 3e9).uplift,
)
