"""The learner's own customers: what an old and a new one are worth, and one point of retention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from cxlib.charts import lifetime as charts
from cxlib.labs.kept_customer.own_files import HIGHEST, LOWEST, take
from cxlib.learning.fields import Choice, Money, Points, Quantity, Share, Upload
from cxlib.learning.lab import Preset, lab
from cxlib.learning.profile import examples
from cxlib.learning.uploads import templates
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.value import margin_multiple
from cxlib.own_tables import COHORTS, TRANSACTIONS
from cxlib.text import Text, money, number, percent

_PERIODS: Final = {
    "year": Text("một năm", "a year"),
    "quarter": Text("một quý", "a quarter"),
    "month": Text("một tháng", "a month"),
}
_EACH: Final = {
    "year": Text("mỗi năm", "each year"),
    "quarter": Text("mỗi quý", "each quarter"),
    "month": Text("mỗi tháng", "each month"),
}
_A_YEAR: Final = {"year": 1, "quarter": 4, "month": 12}
_NEARLY_ALL: Final = 0.9
_CUSTOMERS: Final = ("customers", "revenue", "margin", "first", "later")


@lab(
    key="own-value",
    title=Text("Bảng giá trị khách hàng của bạn", "Your customer value sheet"),
    presets={
        "an_nhien": Preset(
            Text("Tình huống 1: An Nhiên", "Case 1: An Nhien"),
            {
                "customers": 50_000,
                "revenue": 2_000_000,
                "margin": 0.30,
                "first": 0.70,
                "later": 0.70,
                "period": "year",
            },
        ),
        "plan": Preset(
            Text("Tình huống 2: gói cước theo tháng", "Case 2: a monthly plan"),
            {
                "customers": 60_000,
                "revenue": 2_640_000,
                "margin": 0.40,
                "first": 0.78,
                "later": 0.91,
                "period": "month",
            },
        ),
    },
    formulas=((Text("Hệ số nhân biên lợi nhuận", "Margin multiple"), margin_multiple),),
    sources=("gupta2003", "fader2005", "fader2007"),
    from_profile=lambda profile: {
        "customers": profile.customers,
        "revenue": profile.revenue_per_customer,
        "margin": profile.margin,
        "first": profile.retention,
        "later": profile.retention,
    },
    file=Upload(
        label=Text(
            "Có số liệu nhóm khách cùng kỳ hoặc giao dịch? Gửi tệp lên đây.",
            "Cohorts or purchases in a file? Send it here.",
        ),
        take=take,
        templates_html=templates(Text("Khách hàng", "Customers"), (COHORTS, TRANSACTIONS)),
    ),
    customers=Quantity(
        Text("Số khách hiện có", "Customers today"), 50_000, 1, 100e6, 1, slider=False
    ),
    revenue=Money(
        Text("Doanh thu mỗi khách một năm", "Revenue per customer and year"),
        2_000_000,
        1_000,
        100e9,
        1_000,
        slider=False,
    ),
    margin=Share(
        Text("Biên lợi nhuận đóng góp", "Contribution margin"), 0.30, 0.01, 1.0, 0.01, slider=False
    ),
    period=Choice(
        label=Text("Tỷ lệ ở lại tính cho", "Retention is counted per"),
        options=_PERIODS,
        default="year",
    ),
    first=Share(
        Text("Khách mới: ở lại sau kỳ đầu", "New customers: stay the first period"),
        0.70,
        LOWEST,
        HIGHEST,
        0.005,
    ),
    later=Share(
        Text("Khách cũ: ở lại mỗi kỳ", "Old customers: stay each period"),
        0.70,
        LOWEST,
        HIGHEST,
        0.005,
    ),
    rise=Points(
        Text("Giả sử tỷ lệ ở lại tăng thêm", "Suppose retention rises by"), 0.01, 0.001, 0.05, 0.001
    ),
    rate=Share(Text("Tỷ suất chiết khấu một năm", "Discount rate a year"), 0.12, 0.01, 0.5, 0.005),
)
def own_value(
    customers: float,
    revenue: float,
    margin: float,
    period: str,
    first: float,
    later: float,
    rise: float,
    rate: float,
) -> View:
    """Value old and new customers on margin, and one rise in retention for both."""
    a_year = _A_YEAR[period]
    earned, discount = revenue * margin / a_year, (1 + rate) ** (1 / a_year) - 1
    old, new = _values(first, later, discount)
    better_old, better_new = _values(min(first + rise, 1.0), min(later + rise, 1.0), discount)
    gain = customers * earned * (better_old - old)
    rows = (
        (Text("một khách cũ", "an old customer"), earned * old, earned * (better_old - old)),
        (Text("một khách mới", "a new customer"), earned * new, earned * (better_new - new)),
    )
    gained = Text("thêm nhờ {rise} khách ở lại", "gained by {rise} more retention").format(
        rise=Points.display(rise)
    )
    return View(
        finding=Text(
            "Giữ thêm {rise} khách cũ {each} đáng giá {gain}, tức {one} trên mỗi khách hiện có: "
            "chi hơn thế là lỗ.",
            "Keeping {rise} more of the old customers {each} is worth {gain}, {one} for each "
            "customer of today: to spend more loses money.",
        ).format(
            rise=Points.display(rise),
            gain=money(gain),
            each=_EACH[period],
            one=money(gain / customers),
        ),
        chart=partial(charts.value_sheet, rows, gained),
        key_figures=(
            KeyFigure(
                Text("Toàn bộ khách hiện có đáng giá", "All customers today are worth"),
                money(customers * earned * old),
            ),
            KeyFigure(
                Text("Giá trị của {rise} khách ở lại", "Worth of {rise} of retention").format(
                    rise=Points.display(rise)
                ),
                money(gain),
                "good",
            ),
            KeyFigure(
                Text("Tìm một khách mới, chi tối đa", "Most to spend on a new customer"),
                money(earned * new),
            ),
        ),
        table=Table(
            (
                Text("Khách", "Customer"),
                Text("Hệ số nhân (số kỳ)", "Multiple (periods)"),
                Text("Giá trị hôm nay", "Value today"),
                Text("Thêm", "Gain"),
            ),
            [
                [name, number(value / earned, 2), money(value), money(more)]
                for name, value, more in rows
            ],
        ),
        warnings=_warnings(margin, max(first, later) + rise > 1),
    )


@dataclass(frozen=True, slots=True)
class Customers:
    """The sheet by year, as later lessons go on with it.

    Attributes:
        number: how many there are.
        margin: contribution margin per customer, dong.
        retention: share of the old customers who stay.
        rise: the supposed rise of that share.
        rate: discount rate.
    """

    number: float
    margin: float
    retention: float
    rise: float
    rate: float


def by_year(values: Mapping[str, Any]) -> Customers:
    """Turn the values of the sheet, whatever its period, into figures a year."""
    periods, later = _A_YEAR[values["period"]], values["later"]
    retention = float(round(later**periods, 6))
    return Customers(
        number=values["customers"],
        margin=values["revenue"] * values["margin"],
        retention=retention,
        rise=float(round(min(later + values["rise"], HIGHEST) ** periods - retention, 6)),
        rate=values["rate"],
    )


def borrowed(values: Mapping[str, Any]) -> bool:
    """Tell whether the customers on the sheet still stand as an example has them."""
    known = [
        {name: field.default for name, field in own_value.fields.items()},
        *(preset.values for preset in own_value.presets.values()),
        *(own_value.start({}, profile) for profile in examples()),
    ]
    return any(all(values[name] == one[name] for name in _CUSTOMERS) for one in known)


def _values(first: float, later: float, discount: float) -> tuple[float, float]:
    """Periods of margin an old customer is worth, and a new one, who has her first period ahead."""
    multiple = margin_multiple(later, discount)
    return multiple, first * (1 + multiple) / (1 + discount)


def _warnings(margin: float, above_all: bool) -> tuple[Text, ...]:
    found = []
    if margin >= _NEARLY_ALL:
        found.append(
            Text(
                "Biên lợi nhuận {margin} gần như là cả doanh thu. Giá vốn và chi phí theo đơn hàng "
                "đã trừ chưa?",
                "A margin of {margin} is nearly all of revenue. Are the goods and the costs of "
                "each order taken off?",
            ).format(margin=percent(margin, 0))
        )
    if above_all:
        found.append(
            Text(
                "Tỷ lệ ở lại không thể vượt {all}, nên mức tăng đã được cắt ở đó.",
                "Retention cannot pass {all}, so the rise is cut there.",
            ).format(all=percent(1, 0))
        )
    return tuple(found)
