"""The learner's own customers: what an old and a new one are worth, and one point of retention."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cxlib.charts import lifetime as charts
from cxlib.labs.kept_customer.silence import histories
from cxlib.learning.fields import Choice, Money, Points, Quantity, Share, Taken, Upload
from cxlib.learning.lab import Preset, lab
from cxlib.learning.panel import paragraph
from cxlib.learning.uploads import read_tables, templates_html
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.purchases import bgnbd_alive, bgnbd_fit
from cxlib.models.retention import sbg_fit, sbg_survival
from cxlib.models.value import margin_multiple
from cxlib.own_tables import COHORTS, TRANSACTIONS
from cxlib.text import Lang, Problem, Text, money, number, percent

if TYPE_CHECKING:
    import pandas as pd

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
_AHEAD: Final = 12
_NEARLY_ALL: Final = 0.9
_LOW, _HIGH = 0.01, 0.99
_TOO_FEW_PERIODS: Final = Text(
    "Tệp cần ít nhất ba kỳ liền nhau (0, 1, 2) của một nhóm thì mới tách được khách mới và khách "
    "cũ.",
    "The file needs at least three periods in a row (0, 1, 2) of one cohort to tell new customers "
    "from old ones.",
)


def _take(filename: str, content: bytes, lang: Lang) -> Taken:
    tables, told, sound = read_tables(filename, content, (COHORTS, TRANSACTIONS), lang)
    readers = {COHORTS.name: _from_cohorts, TRANSACTIONS.name: _from_purchases}
    values: dict[str, Any] = {}
    for name, table in tables.items():
        try:
            found, said = readers[name](table)
        except Problem:
            if sound:
                raise
            continue  # the faults of single rows are told already and come first
        values |= found
        told += paragraph(said(lang), "cx-hint")
    return Taken(values, told, sound)


def _from_cohorts(table: pd.DataFrame) -> tuple[dict[str, float], Text]:
    """Split the average: retention in the first period, and in all later ones."""
    if table["period"].nunique() < 3:
        raise Problem(_TOO_FEW_PERIODS)
    there = _cohort_grid(table)
    before, after = there[:, :-1], there[:, 1:]
    known = ~np.isnan(before) & ~np.isnan(after)
    stayed, started = (np.where(known, part, 0).sum(axis=0) for part in (after, before))
    if not started[0] or not started[1:].sum():
        raise Problem(_TOO_FEW_PERIODS)
    first, later = (
        float(np.clip(rate, _LOW, _HIGH))
        for rate in (stayed[0] / started[0], stayed[1:].sum() / started[1:].sum())
    )
    said = Text(
        "Trong tệp của bạn, khách mới ở lại {first} sau kỳ đầu, khách cũ ở lại {later} mỗi kỳ. Nhớ "
        "chọn một kỳ dài bao lâu. ",
        "In your file {first} of new customers stay the first period, {later} of old ones each "
        "period. Remember to say how long a period is. ",
    ).format(first=percent(first), later=percent(later))
    values = {"first": round(first, 4), "later": round(later, 4)}
    return values, said + _sbg_forecast(there)


def _cohort_grid(table: pd.DataFrame) -> np.ndarray:
    """Customers by cohort and period, without a number where the file has none."""
    if table.duplicated(["cohort", "period"]).any():
        raise Problem(
            Text(
                "Mỗi kỳ của một nhóm chỉ được có một dòng. Hãy bỏ dòng lặp rồi gửi lại.",
                "Each period of a cohort may have one row only. Remove the repeated rows and "
                "send the file again.",
            )
        )
    grid = table.pivot(index="cohort", columns="period", values="customers").astype(float)
    grid = grid.reindex(columns=range(int(grid.columns.min()), int(grid.columns.max()) + 1))
    there = grid.to_numpy()
    if (np.diff(there, axis=1) > 0).any():
        raise Problem(
            Text(
                "Có nhóm khách đông lên theo thời gian. Hãy chỉ đếm khách có từ kỳ đầu của nhóm, "
                "đừng cộng khách mới.",
                "A cohort grows with time. Count only customers who were there in its first "
                "period, without new ones.",
            )
        )
    return there


def _sbg_forecast(there: np.ndarray) -> Text:
    """What the sBG model expects of the cohort that has been followed longest."""
    unbroken = [row[: int(np.argmax(np.isnan(np.append(row, np.nan))))] for row in there]
    try:
        model = sbg_fit(max(unbroken, key=len))
    except ValueError:
        return Text(
            "Chưa khớp được mô hình sBG: còn ít kỳ, hoặc tỷ lệ ở lại không tăng theo tuổi khách.",
            "The sBG model could not be fitted: too few periods, or retention does not rise with "
            "age.",
        )
    left = float(sbg_survival(model, _AHEAD)[0])
    return Text(
        "Mô hình sBG dự báo sau {periods} kỳ còn {left} số khách ban đầu.",
        "The sBG model expects {left} of the first customers to be left after {periods} periods.",
    ).format(periods=number(_AHEAD), left=percent(left, 0))


def _from_purchases(table: pd.DataFrame) -> tuple[dict[str, float], Text]:
    """Count who is still a customer, and what such customers spent in the last year."""
    days = (table["date"] - table["date"].min()).dt.days
    until = float(days.max()) + 1
    known = histories(table.assign(week=days / 7), until / 7)
    history = (known["frequency"], known["recency"], known["age"])
    try:
        alive = bgnbd_alive(bgnbd_fit(*history), *history)
    except ValueError as refused:
        raise Problem(
            Text(
                "Lịch sử mua còn ngắn hoặc quá ít người mua lại, nên chưa đoán được ai còn là "
                "khách. Hãy gửi ít nhất một năm giao dịch.",
                "The history is short or too few bought again, so nobody can tell who is still a "
                "customer. Send at least a year of purchases.",
            )
        ) from refused
    last_year = table[days >= until - 365].groupby("customer")["amount"].sum()
    spent = last_year.reindex(known.index, fill_value=0).to_numpy(dtype=float)
    yearly = float(alive @ spent / alive.sum()) * 365 / min(until, 365)
    said = Text(
        "{all} người từng mua; ước chừng {left} người vẫn còn là khách (mô hình BG/NBD), mỗi người "
        "chi {spent} một năm.",
        "{all} people have bought; about {left} are still customers (BG/NBD model), each spending "
        "{spent} a year.",
    ).format(all=number(len(known)), left=number(alive.sum()), spent=money(yearly))
    return {"customers": max(1.0, round(alive.sum())), "revenue": max(1_000.0, round(yearly))}, said


@cache
def _templates_html(lang: Lang) -> str:
    return templates_html(Text("Khách hàng", "Customers"), (COHORTS, TRANSACTIONS), lang)


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
        take=_take,
        templates_html=_templates_html,
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
        _LOW,
        _HIGH,
        0.005,
    ),
    later=Share(
        Text("Khách cũ: ở lại mỗi kỳ", "Old customers: stay each period"), 0.70, _LOW, _HIGH, 0.005
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
            "Giữ thêm {rise} khách cũ {each} đáng giá {gain}, tức {one} một khách: chi hơn thế là "
            "lỗ.",
            "Keeping {rise} more of the old customers {each} is worth {gain}, {one} per customer: "
            "to spend more loses money.",
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
                "Tỷ lệ ở lại không thể vượt 100 %, nên mức tăng đã được cắt ở đó.",
                "Retention cannot pass 100%, so the rise is cut there.",
            )
        )
    return tuple(found)
