"""Ten benefits of good experience: which are money, and which would be counted twice."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from cxlib.charts import lifetime as charts
from cxlib.labs.an_nhien import AN_NHIEN, FIXED, LIKELY, RAMP
from cxlib.learning.fields import Points, Quantity, Several, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.cashflow import present_value
from cxlib.models.programme import (
    LIFETIME_VALUE,
    benefit_flows,
    double_counted,
    lifetime_value_gain,
)
from cxlib.schemas import BENEFIT_ITEMS
from cxlib.text import Text, money, number, same

_YEARS: Final = 3
_RATE: Final = 0.12
_RISE: Final = 0.03
_SHORT: Final = {
    "B1": Text("nhiều khách ở lại hơn", "more customers stay"),
    "B2": Text("khách chi nhiều hơn", "customers spend more"),
    "B3": Text("khách giới thiệu khách mới", "customers bring customers"),
    "B4": Text("ủng hộ hàng mới, dễ tha thứ", "back new products, forgive"),
    "B5": Text("giá trị vòng đời tăng", "lifetime value rises"),
    "B6": Text("bớt lệ thuộc khách mới", "fewer new customers needed"),
    "B7": Text("chi phí phục vụ giảm", "lower cost to serve"),
    "B8": Text("nơi làm việc tốt hơn", "a better workplace"),
    "B9": Text("cuộc sống tốt hơn", "a better world"),
    "B10": Text("văn hóa đậm bản sắc", "a distinctive culture"),
}
_NAMES: Final = {code: same(f"{code} · ") + name for code, name in _SHORT.items()}
_MONEY: Final = tuple(code for code in _SHORT if code not in ("B9", "B10"))
_NO_MONEY: Final = {
    "B9": Text("một câu cam kết", "a commitment in words"),
    "B10": Text("mức trưởng thành CX, đo mỗi năm", "CX maturity, measured each year"),
}


def _worth(rise: float, rate: float) -> dict[str, float]:
    """Present value of each benefit that is money, dong, by code."""
    uplift = replace(LIKELY, retention=rise)
    flows = benefit_flows(AN_NHIEN, uplift, _YEARS, RAMP)
    # Who is kept in place of a new customer is counted in B6, so not in the lifetime value.
    enlarging = replace(uplift, retention=rise * (1 - FIXED["fewer_acquisitions"]))
    worth = {str(code): float(present_value(rate, row)) for code, row in flows.iterrows()}
    worth[LIFETIME_VALUE] = lifetime_value_gain(AN_NHIEN, enlarging, rate)
    return {code: worth[code] for code in _MONEY}


def _sums(worth: dict[str, float], counted: tuple[str, ...]) -> tuple[float, float]:
    """The sum without anything twice, and what the lifetime value would add to it wrongly."""
    twice = worth[LIFETIME_VALUE] if double_counted(counted) else 0.0
    return sum(worth[code] for code in counted if code in worth) - twice, twice


@lab(
    key="ten-benefits",
    title=Text("Mười lợi ích, mấy dòng tiền?", "Ten benefits, how many cash flows?"),
    presets={
        "yearly": Preset(
            Text("Tình huống 1: cộng từng năm", "Case 1: year by year"),
            {"counted": ("B1", "B2", "B3", "B4", "B6", "B7", "B8")},
        ),
        "lifetime": Preset(
            Text("Tình huống 2: cộng theo vòng đời", "Case 2: by lifetime"),
            {"counted": ("B4", "B5", "B6", "B8")},
        ),
        "values": Preset(
            Text("Tình huống 3: chỉ nói chuyện giá trị", "Case 3: values only"),
            {"counted": ("B9", "B10")},
        ),
    },
    formulas=(
        (Text("Lợi ích từng năm", "Benefits year by year"), benefit_flows),
        (
            Text("B5, giá trị vòng đời tăng thêm", "B5, the gain in lifetime value"),
            lifetime_value_gain,
        ),
    ),
    sources=("nguyenduong2021", "gupta2003", "kumar2010"),
    counted=Several(
        label=Text("Cộng những lợi ích nào?", "Which benefits are added up?"),
        options=_NAMES,
        default=_MONEY,
    ),
    rise=Points(
        Text("Tỷ lệ khách ở lại tăng thêm", "Rise in retention"), _RISE, 0.005, 0.06, 0.005
    ),
    rate=Share(Text("Tỷ suất chiết khấu", "Discount rate"), _RATE, 0.05, 0.25, 0.005),
)
def ten_benefits(
    counted: tuple[str, ...], rise: float, rate: float, guess: float | None = None
) -> View:
    """Add up the chosen benefits and light a red lamp where the lifetime value counts twice."""
    worth = _worth(rise, rate)
    right, added = _sums(worth, counted)
    twice = double_counted(counted)
    values = [code for code in _NO_MONEY if code in counted]
    return View(
        finding=_benefits_finding(right, added, any(code in worth for code in counted)),
        chart=partial(charts.benefit_bars, worth, _NAMES, counted, right, added, guess),
        key_figures=(
            KeyFigure(Text("Tổng đúng", "True sum"), money(right), "good" if right else "plain"),
            KeyFigure(
                Text("Tính trùng", "Counted twice"), money(added), "bad" if added else "plain"
            ),
            KeyFigure(
                Text("Nêu bằng lời, không cộng", "Stated in words, not added"),
                same(", ".join(values)) if values else Text("chưa có", "none yet"),
            ),
        ),
        table=Table(
            (
                Text("Lợi ích", "Benefit"),
                Text("Giá trị hôm nay", "Today's value"),
                Text("Được cộng?", "Added?"),
            ),
            [
                [
                    same(f"{code} · ") + BENEFIT_ITEMS[code],
                    money(worth[code]) if code in worth else _NO_MONEY[code],
                    _added(code, counted, bool(twice)),
                ]
                for code in _SHORT
            ],
        ),
        warnings=(_RED_LIGHT.format(codes=same(", ".join(twice))),) if twice else (),
    )


_RED_LIGHT: Final = Text(
    "Đèn đỏ: B5 đã gồm sẵn {codes}. Hãy chọn một trong hai cách kể: hoặc B5, hoặc {codes}.",
    "Red light: B5 already holds {codes}. Choose one way to tell it: either B5, or {codes}.",
)


def _added(code: str, counted: tuple[str, ...], twice: bool) -> Text:
    if code not in counted:
        return Text("không", "no")
    if code in _NO_MONEY:
        return Text("không, nêu bằng lời", "no, stated in words")
    if twice and code == LIFETIME_VALUE:
        return Text("không, vì trùng", "no, it counts twice")
    return Text("có", "yes")


def _benefits_finding(right: float, added: float, any_money: bool) -> Text:
    if not any_money:
        return Text(
            "Chưa có đồng nào để trình hội đồng: giá trị thì nên nói, nhưng không thay được con "
            "số.",
            "No money to show the board yet: values deserve words, but do not replace figures.",
        )
    if added:
        return Text(
            "Cộng cả B5, lợi ích phồng từ {right} lên {wrong}: gấp {times} lần con số đúng.",
            "With B5 added the benefits swell from {right} to {wrong}: {times} times the true sum.",
        ).format(
            right=money(right), wrong=money(right + added), times=number((right + added) / right, 1)
        )
    return Text(
        "Lợi ích cộng lại là {right}, không đồng nào bị đếm hai lần.",
        "The benefits add up to {right}, and no dong is counted twice.",
    ).format(right=money(right))


def _swollen() -> float:
    right, added = _sums(_worth(_RISE, _RATE), _MONEY)
    return (right + added) / right


counted_twice: Final = Prediction(
    key="counted-twice",
    question=Quantity(
        Text(
            "Tám lợi ích, từ B1 đến B8, quy được ra tiền. Chị Hạnh cộng đủ cả tám. Theo bạn, tổng "
            "ấy gấp mấy lần con số đúng?",
            "Eight benefits, B1 to B8, can be put in money. Ms Hanh adds up all eight. How many "
            "times the true sum does she get?",
        ),
        None,
        1,
        5,
        0.1,
    ),
    answer=_swollen,
)
