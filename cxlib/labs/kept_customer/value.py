"""What one customer is worth in years of margin, and the two readings of "keep 5 % more"."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from cxlib.charts import lifetime as charts
from cxlib.learning.fields import Money, Points, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.value import margin_multiple, retention_readings
from cxlib.text import Text, money, needed_decimals, number, percent, years

_SHOWN_YEARS: Final = 20
_TABLE_RATES: Final = (0.10, 0.12, 0.14, 0.16)
_CLAIMED: Final = (0.25, 0.95)
_RATE: Final = Text("Tỷ suất chiết khấu", "Discount rate")


_LONG_STAY: Final = 5
_LONG: Final = Text(
    "“Ở lại {lifetime}” nghe thì dài, nhưng hôm nay một khách chỉ đáng {multiple} biên lợi nhuận: "
    "{value}.",
    "“Stays {lifetime}” sounds long, yet today a customer is worth {multiple} of margin: {value}.",
)
_SHORT: Final = Text(
    "Bình quân ở lại {lifetime}, vậy mà hôm nay một khách chỉ đáng {multiple} biên lợi nhuận: "
    "{value}.",
    "With an average stay of {lifetime}, a customer is worth just {multiple} of margin today: "
    "{value}.",
)


@lab(
    key="one-customer",
    title=Text("Một khách bằng mấy năm lợi nhuận?", "How many years of margin?"),
    presets={
        "loyal": Preset(
            Text("Tình huống 1: khách rất trung thành", "Case 1: very loyal customers"),
            {"retention": 0.95},
        ),
        "fickle": Preset(
            Text("Tình huống 2: khách dễ đổi chỗ mua", "Case 2: fickle customers"),
            {"retention": 0.60},
        ),
        "dear_money": Preset(
            Text("Tình huống 3: vốn đắt", "Case 3: capital is dear"), {"rate": 0.18}
        ),
    },
    formulas=((Text("Hệ số nhân biên lợi nhuận", "Margin multiple"), margin_multiple),),
    sources=("gupta2003",),
    revenue=Money(
        Text("Doanh thu mỗi khách một năm", "Revenue per customer and year"),
        2_000_000,
        100_000,
        20_000_000,
        100_000,
    ),
    margin=Share(Text("Biên lợi nhuận đóng góp", "Contribution margin"), 0.30, 0.05, 0.80, 0.01),
    retention=Share(Text("Tỷ lệ khách ở lại", "Retention rate"), 0.90, 0.40, 0.97, 0.005),
    rate=Share(_RATE, 0.10, 0.02, 0.25, 0.005),
)
def one_customer(
    revenue: float, margin: float, retention: float, rate: float, guess: float | None = None
) -> View:
    """Count the years of margin a customer is worth today, against one over churn."""
    multiple, lifetime = margin_multiple(retention, rate), 1 / (1 - retention)
    year = np.arange(1.0, _SHOWN_YEARS + 1)
    staying = retention**year
    yearly = revenue * margin
    return View(
        finding=(_LONG if lifetime >= _LONG_STAY else _SHORT).format(
            lifetime=years(lifetime, needed_decimals(lifetime, 1)),
            multiple=years(multiple, needed_decimals(multiple, 1)),
            value=money(yearly * multiple),
        ),
        chart=partial(
            charts.years_of_margin, staying, staying / (1 + rate) ** year, multiple, lifetime, guess
        ),
        key_figures=(
            KeyFigure(Text("Biên lợi nhuận một năm", "Margin a year"), money(yearly)),
            KeyFigure(Text("Hệ số nhân", "Multiple"), number(multiple, 2)),
            KeyFigure(Text("Giá trị vòng đời", "Lifetime value"), money(yearly * multiple), "good"),
            KeyFigure(
                Text("Nếu nhầm tính trên doanh thu", "If revenue is taken by mistake"),
                money(revenue * multiple),
                "bad",
            ),
        ),
        table=Table(
            (Text("Tỷ lệ ở lại", "Retention"), *(percent(i, 0) for i in _TABLE_RATES)),
            [
                [percent(r, 0), *(number(margin_multiple(r, i), 2) for i in _TABLE_RATES)]
                for r in (0.6, 0.7, 0.8, 0.9)
            ],
        ),
    )


worth_in_years: Final = Prediction(
    key="worth-in-years",
    question=Quantity(
        Text(
            "Mỗi năm 90 % khách ở lại, tỷ suất chiết khấu 10 %. Theo bạn, hôm nay một khách đáng "
            "giá mấy năm biên lợi nhuận?",
            "Each year 90% of customers stay; the discount rate is 10%. How many years of margin "
            "is a customer worth today?",
        ),
        None,
        0,
        20,
        0.5,
    ),
    answer=lambda: margin_multiple(0.90, 0.10),
)


@lab(
    key="multiples",
    title=Text("Càng khó giữ thêm, càng đáng giữ", "The last points are worth most"),
    formulas=((Text("Hệ số nhân biên lợi nhuận", "Margin multiple"), margin_multiple),),
    sources=("gupta2003",),
    arrangement="stack",
)
def multiples() -> View:
    """Show how the margin multiple bends upwards as retention rises."""
    grid = [
        (float(r), i, margin_multiple(float(r), i))
        for i in (0.08, 0.12, 0.16)
        for r in np.linspace(0.4, 0.95, 56)
    ]
    low, high = (margin_multiple(r + 0.1, 0.12) - margin_multiple(r, 0.12) for r in (0.6, 0.8))
    return View(
        finding=Text(
            "Từ 60 % lên 70 % chỉ thêm {low}; từ 80 % lên 90 % thêm tới {high}.",
            "From 60% to 70% adds only {low}; from 80% to 90% adds {high}.",
        ).format(low=years(low, 2), high=years(high, 2)),
        chart=partial(
            charts.multiples, pd.DataFrame(grid, columns=["retention", "rate", "multiple"])
        ),
        key_figures=(),
        table=Table(
            (Text("Tỷ lệ ở lại", "Retention"), *(percent(i, 0) for i in (0.08, 0.12, 0.16))),
            [
                [percent(r, 0), *(number(margin_multiple(r, i), 2) for i in (0.08, 0.12, 0.16))]
                for r in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
            ],
        ),
    )


@lab(
    key="five-per-cent",
    title=Text("“Giữ thêm 5 %” là giữ thêm gì?", "“5% more retention” of what?"),
    presets={
        "quoted": Preset(
            Text("Tình huống 1: số hay được trích", "Case 1: the case often quoted"),
            {"retention": 0.90, "rise": 0.05, "rate": 0.10},
        ),
        "retail": Preset(
            Text("Tình huống 2: bán lẻ như An Nhiên", "Case 2: retail, like An Nhien"),
            {"retention": 0.70, "rise": 0.05, "rate": 0.12},
        ),
    },
    formulas=(
        (Text("Hai cách hiểu", "The two readings"), retention_readings),
        (Text("Hệ số nhân biên lợi nhuận", "Margin multiple"), margin_multiple),
    ),
    sources=("reichheld1990", "sharp2005", "gupta2003"),
    retention=Share(
        Text("Tỷ lệ khách ở lại hôm nay", "Retention rate today"), 0.90, 0.50, 0.90, 0.005
    ),
    rise=Share(
        Text("“Giữ thêm” bao nhiêu?", "“More retention”: how much?"), 0.05, 0.01, 0.10, 0.005
    ),
    rate=Share(_RATE, 0.10, 0.02, 0.25, 0.005),
)
def five_per_cent(retention: float, rise: float, rate: float, guess: float | None = None) -> View:
    """Compare a rise in percentage points with the same share of leavers kept."""
    gains = retention_readings(retention, rise, rate)
    kept = rise * (1 - retention)
    more = Text("tỷ lệ ở lại tăng {rise}", "retention up by {rise}").format(
        rise=Points.display(rise)
    )
    fewer = Text("bớt {rise} số người rời bỏ", "{rise} fewer leavers").format(
        rise=Share.display(rise)
    )
    return View(
        finding=Text(
            "Cùng một câu “giữ thêm {rise}”: nếu là {points} thì mỗi khách đáng giá thêm {more}, "
            "nếu là bớt {rise} số người rời bỏ thì chỉ thêm {fewer}.",
            "The same “{rise} more retention”: as {points} it adds {more} to a customer's value, "
            "as {rise} fewer leavers only {fewer}.",
        ).format(
            rise=Share.display(rise),
            points=Points.display(rise),
            more=percent(gains.more_points),
            fewer=percent(gains.fewer_leavers),
        ),
        chart=partial(
            charts.two_readings,
            [(more, gains.more_points), (fewer, gains.fewer_leavers)],
            _CLAIMED,
            guess,
        ),
        key_figures=(
            KeyFigure(
                Text("Tăng điểm %: tỷ lệ ở lại thành", "Read as points: retention"),
                percent(retention + rise),
            ),
            KeyFigure(
                Text("Bớt người rời bỏ: tỷ lệ ở lại thành", "Read as leavers: retention"),
                percent(retention + kept, 2),
            ),
            KeyFigure(
                Text("Hai cách hiểu chênh nhau", "Gain, one against the other"),
                Text("{n} lần", "{n} times").format(
                    n=number(gains.more_points / gains.fewer_leavers)
                ),
                "bad",
            ),
        ),
        table=Table(
            (
                Text("Tỷ lệ ở lại hôm nay", "Retention today"),
                Text("Giá trị thêm, nếu tăng chừng ấy điểm %", "Gain, up by as many points"),
                Text(
                    "Giá trị thêm, nếu bớt chừng ấy % số người rời bỏ",
                    "Gain, as many % fewer leavers",
                ),
            ),
            [
                [percent(r, 0), percent(found.more_points), percent(found.fewer_leavers)]
                for r in (0.5, 0.6, 0.7, 0.8, 0.9)
                for found in [retention_readings(r, rise, rate)]
            ],
        ),
    )


fewer_leavers: Final = Prediction(
    key="fewer-leavers",
    question=Share(
        Text(
            "Mỗi năm 90 % khách ở lại. Bạn giữ được thêm 5 % trong số những người định rời bỏ. "
            "Theo bạn, giá trị mỗi khách tăng bao nhiêu phần trăm?",
            "Each year 90% of customers stay. You keep 5% of those about to leave. By what "
            "percentage does the value of a customer rise?",
        ),
        None,
        0,
        1,
        0.001,
    ),
    answer=lambda: retention_readings(0.90, 0.05, 0.10).fewer_leavers,
)
