"""Five days expected, three or seven got: how a surprise feels, and how it wears off."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from cxlib.charts import promise as charts
from cxlib.charts.promise import days, felt
from cxlib.learning.fields import Choice, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, Tone, View
from cxlib.models.expectation import (
    TVERSKY_KAHNEMAN_EXPONENT,
    TVERSKY_KAHNEMAN_LOSS_AVERSION,
    adapt_expectation,
    prospect_value,
    satisfaction,
)
from cxlib.text import Text, number

_DAYS: Final = Text("Lời hứa và thực tế", "Promise and reality")
_CUSTOMER: Final = Text("Khách nhạy tới đâu", "How sensitive the customer is")
_ORDERS: Final = 12
_ODD_ORDER: Final = 10


@lab(
    key="five-three-seven",
    title=Text("Hẹn 5 ngày, đến 3 hay đến 7?", "Promised 5 days: 3 or 7?"),
    presets={
        "early": Preset(Text("Tình huống 1: sớm 2 ngày", "Case 1: 2 days early"), {"actual": 3}),
        "late": Preset(Text("Tình huống 2: trễ 2 ngày", "Case 2: 2 days late"), {"actual": 7}),
        "birthday": Preset(
            Text("Tình huống 3: quà sinh nhật trễ 1 ngày", "Case 3: a birthday gift 1 day late"),
            {"actual": 6, "loss_aversion": 4.0},
        ),
    },
    formulas=(
        (Text("Cảm xúc theo mức chênh", "What a gap feels like"), prospect_value),
        (Text("Hài lòng theo kỳ vọng và mức chênh", "Satisfaction from expectation"), satisfaction),
    ),
    sources=("kahneman1979", "tversky1992", "oliver1980"),
    promised=Quantity(Text("Hứa (ngày)", "Promised (days)"), 5, 1, 10, 1, group=_DAYS),
    actual=Quantity(Text("Thực tế (ngày)", "Actual (days)"), 7, 0, 14, 1, group=_DAYS),
    loss_aversion=Quantity(
        Text("Mức sợ mất mát λ", "Loss aversion λ"),
        TVERSKY_KAHNEMAN_LOSS_AVERSION,
        1.0,
        4.0,
        0.05,
        group=_CUSTOMER,
        hint=Text(
            "1: trễ và sớm nặng như nhau · 4: rất cần đúng ngày",
            "1: late and early weigh alike · 4: the date is vital",
        ),
    ),
    exponent=Quantity(
        Text("Độ nhạy α", "Sensitivity α"),
        TVERSKY_KAHNEMAN_EXPONENT,
        0.5,
        1.0,
        0.01,
        group=_CUSTOMER,
        hint=Text(
            "dưới 1: mỗi ngày thêm lại nhẹ hơn một chút", "below 1: each further day counts less"
        ),
    ),
)
def five_three_seven(
    promised: float,
    actual: float,
    loss_aversion: float,
    exponent: float,
    guess: float | None = None,
) -> View:
    """Show what a delivery feels like, and what the same distance the other way would."""
    gap = promised - actual
    worth, mirrored = prospect_value([gap, -gap], exponent, loss_aversion)
    reach = max(4.0, abs(gap) * 1.1)
    line = np.linspace(-reach, reach, 201)
    steps = np.arange(-4.0, 5.0).tolist()
    return View(
        finding=_feeling(promised, actual, float(worth), float(mirrored)),
        chart=partial(
            charts.felt_gap,
            line,
            prospect_value(line, exponent, loss_aversion),
            (gap, float(worth)),
            float(mirrored),
            guess,
        ),
        key_figures=(
            KeyFigure(Text("So với lời hứa", "Against the promise"), _gap_in_words(gap)),
            KeyFigure(Text("Cảm xúc", "Feeling"), felt(float(worth)), _tone(float(worth))),
            KeyFigure(
                Text("Nếu lệch ngược lại", "The same gap, other way"),
                felt(float(mirrored)),
                _tone(float(mirrored)),
            ),
            KeyFigure(
                Text("Hai khách cộng lại", "Both customers together"),
                felt(float(worth + mirrored)),
                _tone(float(worth + mirrored)),
            ),
        ),
        table=Table(
            (Text("So với lời hứa", "Against the promise"), Text("Cảm xúc", "Feeling")),
            [
                [_gap_in_words(step), felt(float(value))]
                for step, value in zip(
                    steps, prospect_value(steps, exponent, loss_aversion), strict=True
                )
            ],
        ),
    )


def _gap_in_words(gap: float) -> Text:
    if gap == 0:
        return Text("đúng hẹn", "on time")
    sentence = Text("sớm {days}", "{days} early") if gap > 0 else Text("trễ {days}", "{days} late")
    return sentence.format(days=days(abs(gap)))


def _tone(value: float) -> Tone:
    if round(value, 2) == 0:
        return "plain"
    return "good" if value > 0 else "bad"


def _feeling(promised: float, actual: float, worth: float, mirrored: float) -> Text:
    if promised == actual:
        return Text(
            "Hứa {promised} và giao đúng {promised}: khách không vui thêm, cũng chẳng bực.",
            "{promised} promised and {promised} taken: neither delight nor annoyance.",
        ).format(promised=days(promised))
    sentence = (
        Text(
            "Sớm {gap} chỉ được {joy} điểm; nếu trễ {gap} thì mất {pain} điểm.",
            "{gap} early wins only {joy} points; {gap} late would cost {pain}.",
        )
        if actual < promised
        else Text(
            "Trễ {gap} mất {pain} điểm; nếu sớm {gap} thì chỉ được {joy} điểm.",
            "{gap} late costs {pain} points; {gap} early would win only {joy}.",
        )
    )
    return sentence.format(
        gap=days(abs(promised - actual)),
        joy=number(max(worth, mirrored), 2),
        pain=number(-min(worth, mirrored), 2),
    )


pain_of_two_days: Final = Prediction(
    key="pain-of-two-days",
    question=Quantity(
        Text(
            "Hẹn 5 ngày. Hàng đến sau 3 ngày: khách vui, cảm xúc tăng 1,84 điểm. Nếu hàng đến sau "
            "7 ngày, theo bạn cảm xúc giảm bao nhiêu điểm?",
            "Promised: 5 days. The parcel comes after 3 days, a delight of 1.84 points. If "
            "it comes after 7 days, how many points does the feeling fall?",
        ),
        None,
        0,
        8,
        0.02,
    ),
    answer=lambda: -float(prospect_value(-2.0)),
)


@lab(
    key="surprise-wears-off",
    title=Text("Bất ngờ mãi rồi cũng quen", "A surprise that wears off"),
    presets={
        "honest": Preset(
            Text("Tình huống 1: hứa sát thực tế", "Case 1: a realistic promise"), {"promised": 5}
        ),
        "padded": Preset(
            Text("Tình huống 2: hứa dư hẳn một tuần", "Case 2: a week to spare"),
            {"promised": 12, "odd": 10},
        ),
        "forgetful": Preset(
            Text("Tình huống 3: khách không để ý", "Case 3: customers who never learn"),
            {"learning": 0.0},
        ),
    },
    formulas=(
        (Text("Kỳ vọng học theo thực tế", "Expectation follows reality"), adapt_expectation),
    ),
    sources=("boulding1993",),
    promised=Quantity(Text("Hứa (ngày)", "Promised (days)"), 7, 1, 12, 1),
    usual=Quantity(Text("Thường giao (ngày)", "Usually taken (days)"), 5, 1, 12, 1),
    odd=Quantity(Text("Riêng đơn thứ 10 (ngày)", "The 10th order (days)"), 7, 1, 12, 1),
    learning=Share(
        Text("Khách mau quen tới đâu", "How fast customers learn"),
        0.4,
        0.0,
        1.0,
        0.05,
        hint=Text(
            "phần chênh lệch mà khách ghi nhớ sau mỗi đơn",
            "the part of each gap remembered after an order",
        ),
    ),
)
def surprise_wears_off(promised: float, usual: float, odd: float, learning: float) -> View:
    """Follow twelve orders of a customer who believes what she gets, not what she is told."""
    taken = np.full(_ORDERS, usual)
    taken[_ODD_ORDER - 1] = odd
    orders = adapt_expectation(taken, promised, learning)
    early = -orders["gap"].to_numpy()
    worth = prospect_value(early)
    first, tired, shock = (float(worth[order - 1]) for order in (1, _ODD_ORDER - 1, _ODD_ORDER))
    return View(
        finding=_wearing_off(promised, odd, first, tired, shock),
        chart=partial(
            charts.wearing_off,
            orders["expectation"].to_numpy(),
            taken,
            worth,
            promised,
            (1, _ODD_ORDER),
        ),
        key_figures=(
            KeyFigure(Text("Đơn thứ 1", "Order 1"), felt(first), _tone(first)),
            KeyFigure(Text("Đơn thứ 9", "Order 9"), felt(tired), _tone(tired)),
            KeyFigure(Text("Đơn thứ 10", "Order 10"), felt(shock), _tone(shock)),
        ),
        table=Table(
            (
                Text("Đơn", "Order"),
                Text("Khách chờ đợi (ngày)", "Expected (days)"),
                Text("Thực tế (ngày)", "Actual (days)"),
                Text("Cảm xúc", "Feeling"),
            ),
            [
                [number(order), number(expected, 1), number(actual), felt(float(value))]
                for order, (expected, actual, value) in enumerate(
                    zip(orders["expectation"], taken, worth, strict=True), start=1
                )
            ],
        ),
    )


def _wearing_off(promised: float, odd: float, first: float, tired: float, shock: float) -> Text:
    begin = Text(
        "Cảm xúc ở đơn đầu là {first}, đến đơn thứ 9 còn {tired}.",
        "The first order feels {first}, order 9 only {tired}.",
    )
    if round(first, 2) == round(tired, 2):
        begin = Text(
            "Cảm xúc ở đơn đầu là {first}, đến đơn thứ 9 vẫn {tired}.",
            "The first order feels {first}, order 9 still {tired}.",
        )
    kept = odd <= promised
    if kept and round(shock, 2) < 0:
        end = Text(
            " Đơn thứ 10 giao sau {odd}, vẫn trong hạn {promised} đã hứa, mà cảm xúc là {shock}.",
            " Order 10 takes {odd}, within the {promised} promised, and still feels {shock}.",
        )
    elif kept:
        end = Text(" Đơn thứ 10 giao sau {odd}: {shock}.", " Order 10 takes {odd}: {shock}.")
    else:
        end = Text(
            " Đơn thứ 10 giao sau {odd}, quá hạn {promised} đã hứa: {shock}.",
            " Order 10 takes {odd}, beyond the {promised} promised: {shock}.",
        )
    return (begin + end).format(
        first=felt(first),
        tired=felt(tired),
        odd=days(odd),
        promised=days(promised),
        shock=felt(shock),
    )


kept_yet_hurt: Final = Prediction(
    key="kept-yet-hurt",
    question=Choice(
        label=Text(
            "Shop luôn hứa 7 ngày và luôn giao trong 5 ngày. Đơn thứ 10, shop giao đúng 7 ngày. "
            "Khách quen của shop thấy thế nào?",
            "A shop always promises 7 days and always delivers in 5. The 10th order takes 7 days. "
            "How does its regular customer feel?",
        ),
        options={
            "glad": Text("Vẫn vui, vì shop giữ lời", "Still glad: the promise was kept"),
            "calm": Text("Bình thường, vì đúng hẹn", "Neither way: it was on time"),
            "hurt": Text(
                "Bực, vì khách đã quen nhận sau 5 ngày", "Hurt: she has grown used to 5 days"
            ),
        },
    ),
    answer=lambda: "hurt",
)
