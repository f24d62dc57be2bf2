"""A pilot with a stopping rule: what the right to say no is worth."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import investment_case as charts
from cxlib.labs.an_nhien import AN_NHIEN
from cxlib.labs.investment_case.dossier import RATE, plan_of
from cxlib.learning.fields import Money, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.business_case import plan_npv, staged_npv
from cxlib.models.uncertainty import Pert
from cxlib.text import Text, money, percent

_DRAWS: Final = 10_000
_SPREAD_OF_MARGIN: Final = 1.5
"""Standard deviation of a customer's yearly margin, as a multiple of its mean. Illustrative."""


@cache
def _chances() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Evenly spread chances of the effect, and the luck of the pilot in each future."""
    rng = np.random.default_rng(12)
    chances = (np.arange(_DRAWS) + 0.5) / _DRAWS
    return rng.permutation(chances), rng.standard_normal(_DRAWS)


@cache
def _effects(doubt: float) -> NDArray[np.float64]:
    """Shares of the planned benefits that come true, shape (draws,)."""
    return Pert(1 - doubt, 1.0, 1 + doubt).quantile(_chances()[0])


def blur(customers: float) -> float:
    """Standard error with which a pilot measures the effect, as a share of the plan."""
    plan = plan_of({}, None)
    planned = float(plan.total_benefits[-1]) / AN_NHIEN.customers
    spread = _SPREAD_OF_MARGIN * AN_NHIEN.margin_per_customer
    return spread * math.sqrt(2 / customers) / planned


@lab(
    key="pilot-first",
    title=Text("Làm luôn hay thí điểm trước?", "All at once, or a pilot first?"),
    presets={
        "no-brake": Preset(
            Text(
                "Tình huống 1: thí điểm không có điều kiện dừng", "Case 1: a pilot without a stop"
            ),
            {"least": 0.0},
        ),
        "too-small": Preset(
            Text("Tình huống 2: chỉ 500 khách mỗi nhóm", "Case 2: only 500 customers a group"),
            {"customers": 500},
        ),
        "sure": Preset(
            Text("Tình huống 3: ai cũng tin chắc", "Case 3: everyone is sure"), {"doubt": 0.2}
        ),
    },
    formulas=((Text("NPV khi thí điểm trước", "NPV with a pilot first"), staged_npv),),
    sources=("dixit1994",),
    customers=Quantity(
        Text("Số khách mỗi nhóm", "Customers in each group"), 10_000, 500, 25_000, 500
    ),
    least=Share(
        Text("Dừng nếu lợi ích đo được dưới … kế hoạch", "Stop if measured below … of the plan"),
        0.95,
        0.0,
        1.5,
        0.05,
    ),
    cost=Money(Text("Chi phí thí điểm", "Cost of the pilot"), 3e8, 0, 1.5e9, 5e7),
    months=Quantity(Text("Thí điểm kéo dài (tháng)", "Length of the pilot (months)"), 6, 3, 18, 1),
    doubt=Share(
        Text("Mức hoài nghi về lợi ích", "Doubt about the benefits"),
        1.0,
        0.0,
        1.0,
        0.1,
        hint=Text(
            "100 %: từ chẳng được gì đến gấp đôi kế hoạch", "100%: from nothing to twice the plan"
        ),
    ),
)
def pilot_first(
    customers: float,
    least: float,
    cost: float,
    months: float,
    doubt: float,
    guess: float | None = None,
) -> View:
    """Set the programme at once beside a pilot that may stop it."""
    whole, staged, follows = outcomes(customers, least, cost, months, doubt)
    go, mean = float(follows.mean()), float(staged.mean())
    return View(
        finding=_finding(whole, staged, go),
        chart=partial(charts.stages, whole, staged[follows], mean, cost, guess),
        key_figures=(
            KeyFigure(Text("NPV bình quân: làm luôn", "Average NPV: at once"), money(_mean(whole))),
            KeyFigure(
                Text("NPV bình quân: thí điểm trước", "Average NPV: pilot first"),
                money(_mean(staged)),
                "good" if staged.mean() >= whole.mean() else "bad",
            ),
            KeyFigure(Text("Được làm tiếp", "Goes on"), percent(go, 0)),
            KeyFigure(
                Text("Sai số chuẩn khi đo", "Standard error of measuring"),
                same_sign(percent(blur(customers), 0)),
            ),
        ),
        table=Table(
            (
                Text("Con số", "Figure"),
                Text("Làm luôn", "At once"),
                Text("Thí điểm trước", "Pilot first"),
            ),
            [
                [Text("NPV bình quân", "Average NPV"), money(_mean(whole)), money(_mean(staged))],
                [
                    Text("Xác suất lỗ", "Chance of a loss"),
                    percent(_loss(whole), 0),
                    percent(_loss(staged), 0),
                ],
                [
                    Text("5 % xấu nhất: NPV dưới", "Worst 5%: NPV below"),
                    money(_worst(whole)),
                    money(_worst(staged)),
                ],
            ],
        ),
    )


def same_sign(width: Text) -> Text:
    """Write a width to either side."""
    return Text(f"±{width.vi}", f"±{width.en}")


def outcomes(
    customers: float, least: float, cost: float, months: float, doubt: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Net present values at once and with a pilot, and in which futures it goes on."""
    plan = plan_of({}, None)
    effects = _effects(doubt)
    whole = plan_npv(dict.fromkeys(plan.counted, effects), plan=plan)
    measured = effects + blur(customers) * _chances()[1]
    staged = staged_npv(whole, measured, least=least, pilot_cost=cost, months=months, rate=RATE)
    return whole, staged, measured >= least


def _mean(outcome: NDArray[np.float64]) -> float:
    return float(round(outcome.mean(), -6))


def _loss(outcome: NDArray[np.float64]) -> float:
    return float((outcome < 0).mean())


def _worst(outcome: NDArray[np.float64]) -> float:
    return float(round(np.quantile(outcome, 0.05), -6))


def _finding(whole: NDArray[np.float64], staged: NDArray[np.float64], go: float) -> Text:
    pays = staged.mean() >= whole.mean()
    if go > 0.99 and not pays:
        sentence = Text(
            "Thí điểm kiểu này chẳng bao giờ dừng được gì: chỉ tốn tiền và mất thời gian. NPV bình "
            "quân từ {mean} còn {staged_mean}.",
            "This pilot never stops anything: it only costs money and time. The average NPV falls "
            "from {mean} to {staged_mean}.",
        )
    elif go < 0.01:
        sentence = Text(
            "Điều kiện dừng quá gắt: gần như không bao giờ được làm tiếp, NPV bình quân là "
            "{staged_mean} thay vì {mean}.",
            "The rule is too strict: hardly anything goes on; the average NPV is {staged_mean} "
            "instead of {mean}.",
        )
    elif not pays:
        sentence = Text(
            "Ở đây thí điểm không đáng tiền: NPV bình quân là {staged_mean} thay vì {mean}. Biết "
            "thêm cũng phải trả giá.",
            "Here the pilot is not worth its price: an average NPV of {staged_mean} instead of "
            "{mean}. Knowing more has a price too.",
        )
    elif _loss(staged) > _loss(whole):
        sentence = Text(
            "Thí điểm làm bạn lỗ thường xuyên hơn ({staged_loss} thay vì {loss}) nhưng lỗ nhẹ hơn: "
            "{tail} xấu nhất dưới {staged_worst}, không phải {worst}; NPV bình quân tăng từ {mean} "
            "lên {staged_mean}.",
            "With a pilot you lose more often ({staged_loss} instead of {loss}) but less: the "
            "worst {tail} are below {staged_worst}, not {worst}; the average NPV rises from {mean} "
            "to {staged_mean}.",
        )
    else:
        sentence = Text(
            "Thí điểm đáng tiền: NPV bình quân tăng từ {mean} lên {staged_mean}, và {tail} xấu "
            "nhất dưới {staged_worst} thay vì {worst}.",
            "The pilot pays: the average NPV rises from {mean} to {staged_mean}, and the worst "
            "{tail} are below {staged_worst} instead of {worst}.",
        )
    return sentence.format(
        tail=percent(0.05, 0),
        mean=money(_mean(whole)),
        staged_mean=money(_mean(staged)),
        loss=percent(_loss(whole), 0),
        staged_loss=percent(_loss(staged), 0),
        worst=money(_worst(whole)),
        staged_worst=money(_worst(staged)),
    )


_START: Final = (10_000, 0.95, 3e8, 6, 1.0)
loss_with_pilot: Final = Prediction(
    key="loss-with-pilot",
    question=Share(
        Text(
            "Làm luôn cả chương trình thì 43 % kịch bản lỗ. Nếu thí điểm trước nửa năm, tốn 300 "
            "triệu ₫, và dừng khi lợi ích đo được dưới 95 % kế hoạch (hòa vốn ở 93 %), theo bạn "
            "bao nhiêu phần trăm kịch bản lỗ?",
            "Done all at once, 43% of the futures lose. With a pilot first, half a year and "
            "₫300 million, stopped when the measured benefit is below 95% of the plan (break-even "
            "is 93%), what percentage of the futures lose?",
        ),
        None,
        0.0,
        1.0,
        0.01,
    ),
    answer=lambda: _loss(outcomes(*_START)[1]),
)
