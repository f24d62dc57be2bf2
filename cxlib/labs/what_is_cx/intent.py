"""Intent against chance: the spread of one touchpoint, and the luck of a whole journey."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from cxlib.charts import what_is_cx as charts
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.journey import customers_with_failure, journey_success, share_below
from cxlib.text import Text, number, percent, same

_VISITS: Final = 10_000
_BY_CHANCE: Final = Text("Cửa hàng A: phó mặc", "Store A: left to chance")
_ON_PURPOSE: Final = Text("Cửa hàng B: có chủ đích", "Store B: on purpose")
_MEAN: Final = Text("Điểm trung bình", "Average score")
_SPREAD: Final = Text("Độ dao động σ", "Spread σ")


@lab(
    key="two-stores",
    title=Text("Hai cửa hàng cùng điểm", "Two stores, one score"),
    presets={
        "same": Preset(
            Text("Tình huống 1: cùng điểm trung bình", "Case 1: the same average"),
            {"mean_a": 7.5, "spread_a": 2.0, "mean_b": 7.5, "spread_b": 1.0, "limit": 5.0},
        ),
        "higher": Preset(
            Text("Tình huống 2: điểm cao mà thất thường", "Case 2: high but erratic"),
            {"mean_a": 8.5, "spread_a": 2.5, "mean_b": 7.5, "spread_b": 1.0, "limit": 5.0},
        ),
        "poor": Preset(
            Text("Tình huống 3: đều mà tệ", "Case 3: steady but poor"),
            {"mean_a": 6.0, "spread_a": 2.0, "mean_b": 4.5, "spread_b": 0.5, "limit": 5.0},
        ),
    },
    formulas=((Text("Phần lượt khách gặp chuyện tệ", "Share of bad visits"), share_below),),
    sources=("nguyenduong2021",),
    mean_a=Quantity(_MEAN, 7.5, 3.0, 9.0, 0.1, group=_BY_CHANCE),
    spread_a=Quantity(_SPREAD, 2.0, 0.3, 3.0, 0.1, group=_BY_CHANCE),
    mean_b=Quantity(_MEAN, 7.5, 3.0, 9.0, 0.1, group=_ON_PURPOSE),
    spread_b=Quantity(_SPREAD, 1.0, 0.3, 3.0, 0.1, group=_ON_PURPOSE),
    limit=Quantity(
        Text("Dưới điểm này là tệ", "Below this it is bad"),
        5.0,
        2.0,
        8.0,
        0.5,
        group=Text("Khách chịu được tới đâu?", "What do customers put up with?"),
    ),
)
def two_stores(
    mean_a: float,
    spread_a: float,
    mean_b: float,
    spread_b: float,
    limit: float,
    guess: float | None = None,
) -> View:
    """Compare the bad visits of two stores whose scores spread differently."""
    bad_a, bad_b = (
        round(_VISITS * share_below(mean, spread, limit))
        for mean, spread in ((mean_a, spread_a), (mean_b, spread_b))
    )
    return View(
        finding=_stores_finding(mean_a, mean_b, bad_a, bad_b),
        chart=partial(
            charts.two_curves,
            (_BY_CHANCE, mean_a, spread_a, bad_a),
            (_ON_PURPOSE, mean_b, spread_b, bad_b),
            limit,
            guess,
        ),
        key_figures=(
            KeyFigure(
                Text("A: lượt tệ trên 10.000", "A: bad visits in 10,000"),
                number(bad_a),
                "bad" if bad_a > bad_b else "plain",
            ),
            KeyFigure(
                Text("B: lượt tệ trên 10.000", "B: bad visits in 10,000"),
                number(bad_b),
                "bad" if bad_b > bad_a else "plain",
            ),
        ),
        table=Table(
            (
                Text("Cửa hàng", "Store"),
                _MEAN,
                _SPREAD,
                Text("Lượt tệ trên 10.000", "Bad in 10,000"),
            ),
            [
                (_BY_CHANCE, number(mean_a, 1), number(spread_a, 1), number(bad_a)),
                (_ON_PURPOSE, number(mean_b, 1), number(spread_b, 1), number(bad_b)),
            ],
        ),
    )


def _stores_finding(mean_a: float, mean_b: float, bad_a: int, bad_b: int) -> Text:
    if bad_a == bad_b:
        sentence = Text(
            "Hai cửa hàng có số lượt tệ như nhau: {a} trên 10.000.",
            "Both stores have as many bad visits: {a} in 10,000.",
        )
    elif mean_a == mean_b:
        sentence = Text(
            "Cùng điểm trung bình {mean}, mà A có {a} lượt tệ trên 10.000, B có {b}.",
            "The same average of {mean}, yet A has {a} bad visits in 10,000 and B has {b}.",
        )
    elif (mean_a > mean_b) == (bad_a > bad_b):
        sentence = Text(
            "Điểm trung bình đánh lừa: cửa hàng điểm cao hơn lại có nhiều lượt tệ hơn (A {a}, B "
            "{b} trên 10.000).",
            "The average misleads: the store with the higher score has more bad visits (A {a}, B "
            "{b} in 10,000).",
        )
    else:
        sentence = Text(
            "Lần này cửa hàng điểm cao hơn cũng ít lượt tệ hơn: A {a}, B {b} trên 10.000.",
            "This time the store with the higher score also has fewer bad visits: A {a}, B {b} in "
            "10,000.",
        )
    return sentence.format(mean=number(mean_a, 1), a=number(bad_a), b=number(bad_b))


bad_visits: Final = Prediction(
    key="bad-visits",
    question=Quantity(
        Text(
            "Cửa hàng A và B cùng 7,5 điểm. Ở A, độ dao động là 2 và có 1.056 lượt tệ trên 10.000. "
            "Ở B, độ dao động chỉ bằng một nửa. Theo bạn, B có bao nhiêu lượt tệ?",
            "Stores A and B both score 7.5. At A the spread is 2 and 1,056 visits in 10,000 are "
            "bad. At B the spread is half as large. How many bad visits has B?",
        ),
        None,
        0,
        1_000,
        1,
    ),
    answer=lambda: round(_VISITS * share_below(7.5, 1.0, 5.0)),
)


@lab(
    key="whole-journey",
    title=Text("Đi trọn hành trình, mấy người êm xuôi?", "How many have a smooth journey?"),
    presets={
        "short": Preset(
            Text("Tình huống 1: bớt một nửa điểm chạm", "Case 1: half the touchpoints"),
            {"touchpoints": 4, "today": 0.95, "later": 0.99},
        ),
        "loan": Preset(
            Text("Tình huống 2: hồ sơ vay 15 điểm chạm", "Case 2: a loan with 15 touchpoints"),
            {"touchpoints": 15, "today": 0.95, "later": 0.99},
        ),
    },
    formulas=(
        (Text("Cả hành trình êm xuôi", "The whole journey goes well"), journey_success),
        (Text("Số khách gặp ít nhất một lỗi", "Customers with a failure"), customers_with_failure),
    ),
    sources=("nguyenduong2021",),
    touchpoints=Quantity(Text("Số điểm chạm", "Touchpoints"), 8, 1, 20, 1),
    today=Share(
        Text("Mỗi điểm chạm ổn, hôm nay", "Each touchpoint goes well, today"), 0.95, 0.5, 1.0, 0.005
    ),
    later=Share(
        Text("Mỗi điểm chạm ổn, sau khi sửa", "Each goes well, once mended"), 0.99, 0.5, 1.0, 0.005
    ),
)
def whole_journey(
    touchpoints: float, today: float, later: float, guess: float | None = None
) -> View:
    """Multiply small risks along the journey."""
    steps = np.arange(int(touchpoints) + 1)
    smooth_today, smooth_later = (
        np.array([1.0, *(journey_success(np.full(n, chance)) for n in steps[1:])])
        for chance in (today, later)
    )
    failed = [
        customers_with_failure(_VISITS, np.full(int(touchpoints), chance))
        for chance in (today, later)
    ]
    return View(
        finding=_journey_finding(today, later).format(
            today=Share.display(today),
            later=Share.display(later),
            n=number(touchpoints),
            whole=percent(float(smooth_today[-1])),
            better=percent(float(smooth_later[-1])),
        ),
        chart=partial(charts.journey_lines, smooth_today, smooth_later, guess),
        key_figures=(
            KeyFigure(
                Text("Khách vấp, trên 10.000", "Meet a failure, of 10,000"),
                number(failed[0]),
                "bad",
            ),
            KeyFigure(Text("Sau khi sửa", "Once mended"), number(failed[1])),
        ),
        table=Table(
            (
                Text("Số điểm chạm", "Touchpoints"),
                Text("Êm xuôi, hôm nay", "Smooth, today"),
                Text("Êm xuôi, sau khi sửa", "Smooth, once mended"),
            ),
            [
                (number(int(n)), percent(a), percent(b))
                for n, a, b in zip(steps, smooth_today, smooth_later, strict=True)
            ],
        ),
    )


def _journey_finding(today: float, later: float) -> Text:
    if today == 1:
        return Text(
            "Điểm chạm nào cũng ổn 100 % thì cả hành trình êm xuôi. Bạn từng gặp công ty nào như "
            "vậy chưa?",
            "If every touchpoint goes well for 100%, so does the journey. Have you met such a "
            "company?",
        )
    sentence = Text(
        "Mỗi điểm chạm ổn {today}, mà đi hết {n} điểm chạm chỉ còn {whole} khách chưa vấp lần nào",
        "Each touchpoint goes well for {today}, yet after {n} only {whole} of customers have met "
        "no failure",
    )
    if later <= today:
        return sentence + same(".")
    return sentence + Text(
        "; sửa lên {later} thì còn {better}.", "; mended to {later} it is {better}."
    )


smooth_journeys: Final = Prediction(
    key="smooth-journeys",
    question=Share(
        Text(
            "Mua một máy lọc nước ở An Nhiên qua tám điểm chạm, mỗi điểm chạm ổn với 95 % khách. "
            "Theo bạn, bao nhiêu phần trăm khách đi trọn hành trình mà không vấp lần nào?",
            "Buying a water purifier at An Nhien takes eight touchpoints, and each goes well for "
            "95%. What share of customers gets through without a single failure?",
        ),
        None,
        0.0,
        1.0,
        0.01,
    ),
    answer=lambda: journey_success(np.full(8, 0.95)),
)
