"""Chicken or egg: a scatter hides the direction, lags may show it."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.charts import engagement as charts
from cxlib.labs.ex_and_cx.satisfaction import stores_by_month
from cxlib.labs.ex_and_cx.span import Span
from cxlib.learning.fields import Choice, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.engagement import cross_lagged_panel, simulate_panel
from cxlib.text import Text, number, same

_STABILITY: Final = 0.6
_SEED: Final = 3
_STORES: Final = 120
_PATHS: Final = {"employees": 0.3, "customers": 0.3, "both": 0.13}

COMPANIES: Final = {
    "a": Text("An Phú", "An Phu"),
    "b": Text("Bình Minh", "Binh Minh"),
    "c": Text("Cát Tường", "Cat Tuong"),
}
_TRUTHS: Final = {
    "a": (_PATHS["both"], _PATHS["both"]),
    "b": (0.0, _PATHS["customers"]),
    "c": (_PATHS["employees"], 0.0),
}
_ENGAGEMENT_FIRST: Final = ("engagement", "cx")
_CX_FIRST: Final = ("cx", "engagement")
_NAMES: Final = {"engagement": Text("gắn kết", "engagement"), "cx": same("CX")}


@cache
def _panel(employees: float, customers: float, months: int) -> pd.DataFrame:
    return simulate_panel(employees, customers, _STABILITY, _STORES, months, _SEED)


@cache
def _paths(employees: float, customers: float, months: int) -> pd.DataFrame:
    panel = _panel(employees, customers, months)
    return cross_lagged_panel(panel, "unit", "period", *_ENGAGEMENT_FIRST).paths


@lab(
    key="three-companies",
    title=Text("Ba công ty, một hình", "Three companies, one picture"),
    formulas=((Text("Công ty mô phỏng", "A simulated company"), simulate_panel),),
    sources=("hamaker2015",),
    arrangement="stack",
)
def three_companies() -> View:
    """Show engagement and CX of the same month in three companies of different truth."""
    panels = {name: _panel(*truth, 24) for name, truth in _TRUTHS.items()}
    rs = {name: panel["engagement"].corr(panel["cx"]) for name, panel in panels.items()}
    return View(
        finding=Text(
            "Ở cả ba công ty, tháng nào gắn kết cao thì CX cũng cao, chặt gần như nhau. Ai trước, "
            "ai sau?",
            "In all three companies months of high engagement are months of high CX, almost "
            "equally so. Who came first?",
        ),
        chart=partial(charts.three_scatters, panels, COMPANIES),
        key_figures=(),
        table=Table(
            (Text("Công ty (mô phỏng)", "Company (simulated)"), Text("Tương quan", "Correlation")),
            [[COMPANIES[name], number(r, 2)] for name, r in rs.items()],
        ),
    )


customers_first: Final = Prediction(
    key="customers-first",
    question=Choice(
        label=Text(
            "Ở một công ty, khách vui trước rồi nhân viên mới gắn kết hơn. Ở một công ty khác thì "
            "ngược lại, còn ở công ty thứ ba cả hai chiều. Công ty nào là “khách trước”?",
            "In one company customers are happier first, then employees grow more engaged. In "
            "another it is the reverse, in the third both. Which one is “customers first”?",
        ),
        options=COMPANIES,
    ),
    answer=lambda: "b",
    asks_confidence=True,
)


@lab(
    key="lagged-arrows",
    title=Text("Gà hay trứng?", "Chicken or egg?"),
    presets={
        key: Preset(
            Text(f"Tình huống {place}: {name.vi}", f"Case {place}: {name.en}"),
            {"employees": _TRUTHS[key][0], "customers": _TRUTHS[key][1], "months": 24.0},
        )
        for place, (key, name) in enumerate(COMPANIES.items(), 1)
    },
    formulas=(
        (
            Text("Tháng trước giải thích tháng này", "Last month explains this one"),
            cross_lagged_panel,
        ),
        (Text("Công ty mô phỏng", "A simulated company"), simulate_panel),
    ),
    sources=("kenny1975", "hamaker2015"),
    employees=Quantity(
        Text("Cài sẵn: gắn kết → CX tháng sau", "In truth: engagement → CX next month"),
        _PATHS["both"],
        0.0,
        0.3,
        0.01,
    ),
    customers=Quantity(
        Text("Cài sẵn: CX → gắn kết tháng sau", "In truth: CX → engagement next month"),
        _PATHS["both"],
        0.0,
        0.3,
        0.01,
    ),
    months=Quantity(Text("Số tháng quan sát", "Months observed"), 24, 3, 36, 1),
)
def lagged_arrows(employees: float, customers: float, months: float) -> View:
    """Set the true paths of a company and see what a scatter and what lags find."""
    panel = _panel(employees, customers, int(months))
    paths = _paths(employees, customers, int(months))
    r = panel["engagement"].corr(panel["cx"])
    return View(
        finding=Text(
            "Cùng tháng: tương quan {r}. Lệch một tháng: ", "Same month: {r}. Lagged: "
        ).format(r=number(r, 2))
        + _direction(paths),
        chart=partial(charts.lagged_arrows, panel, paths),
        key_figures=_arrow_figures(paths),
        table=_path_table(paths),
    )


def _direction(paths: pd.DataFrame) -> Text:
    """Say which way the arrows run, as far as the intervals allow."""
    out, back = (Span.of(paths, way).positive for way in (_ENGAGEMENT_FIRST, _CX_FIRST))
    return {
        (True, False): Text(
            "mũi tên đi từ gắn kết sang CX.", "the arrow runs from engagement to CX."
        ),
        (False, True): Text(
            "mũi tên đi từ CX sang gắn kết.", "the arrow runs from CX to engagement."
        ),
        (True, True): Text(
            "hai bên nuôi nhau, mũi tên đi cả hai chiều.", "both feed each other, both ways."
        ),
        (False, False): Text("chưa thấy mũi tên nào chắc chắn.", "no arrow is certain yet."),
    }[out, back]


def _arrow_figures(paths: pd.DataFrame) -> list[KeyFigure]:
    return [Span.of(paths, way).figure(_way(*way), 2) for way in (_ENGAGEMENT_FIRST, _CX_FIRST)]


def _way(cause: str, effect: str) -> Text:
    return _NAMES[cause] + same(" → ") + _NAMES[effect]


def _path_table(paths: pd.DataFrame) -> Table:
    return Table(
        (
            Text("Tháng trước → tháng này", "Last month → this month"),
            Text("Hệ số chuẩn hóa (khoảng 95 %)", "Standardised path (95% interval)"),
        ),
        [[_way(*way), Span.of(paths, way).text(2)] for way in paths.index],
    )


_BASES: Final = {
    "levels": Text("So các cửa hàng với nhau", "Compare stores with one another"),
    "usual": Text("So mỗi cửa hàng với mức thường lệ của nó", "Compare each with its own usual"),
}


@cache
def _an_nhien(basis: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """An Nhiên's months, as they are or as departures from each store's mean, and the paths."""
    columns = list(_ENGAGEMENT_FIRST)
    panel = stores_by_month()[["store_id", "month", *columns]]
    if basis == "usual":
        usual = panel.groupby("store_id")[columns].transform("mean")
        panel = panel.assign(**(panel[columns] - usual))
    return panel, cross_lagged_panel(panel, "store_id", "month", *_ENGAGEMENT_FIRST).paths


@lab(
    key="an-nhien-arrows",
    title=Text("Mũi tên ở An Nhiên", "The arrows at An Nhien"),
    formulas=(
        (
            Text("Tháng trước giải thích tháng này", "Last month explains this one"),
            cross_lagged_panel,
        ),
    ),
    sources=("hamaker2015",),
    basis=Choice(
        label=Text("Bạn so cái gì với cái gì?", "What do you compare?"),
        options=_BASES,
        default="levels",
    ),
)
def an_nhien_arrows(basis: str) -> View:
    """Ask the stores of An Nhiên which comes first, in two ways."""
    panel, paths = _an_nhien(basis)
    out, back = (Span.of(paths, way).at for way in (_ENGAGEMENT_FIRST, _CX_FIRST))
    sentence = (
        Text(
            "Nhìn thế này, gắn kết đi trước, mạnh gấp {times} lần chiều ngược lại.",
            "Seen this way engagement leads, {times} times as strong as the way back.",
        )
        if out > back
        else Text(
            "Nhìn thế này, khách đi trước: chiều CX → gắn kết mạnh gấp {times} lần chiều kia.",
            "Seen this way customers lead: CX → engagement is {times} times as strong as the way "
            "back.",
        )
    )
    return View(
        finding=sentence.format(times=number(max(out, back) / min(out, back), 1)),
        chart=partial(charts.lagged_arrows, panel, paths),
        key_figures=_arrow_figures(paths),
        table=_path_table(paths),
    )
