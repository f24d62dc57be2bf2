"""Real data: what goes with a good rating of the boss in thirty departments."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.catalogue.attitude import SCHEMA
from cxlib.charts import engagement as charts
from cxlib.data import load
from cxlib.labs.ex_and_cx.span import Span
from cxlib.learning.fields import Choice
from cxlib.learning.lab import lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.drivers import bootstrap_importance, driver_table, lmg
from cxlib.text import Text, from_to, number, percent

_DRIVERS: Final = {
    column.name: column.header for column in SCHEMA.columns if column.name != "rating"
}
_MEASURES: Final = {
    "correlation": Text("Tương quan đơn", "Simple correlation"),
    "lmg": Text("Phần đóng góp riêng (LMG)", "Own share (LMG)"),
}

_WRITTEN: Final = {
    "correlation": partial(number, decimals=2),
    "lmg": partial(percent, decimals=0),
}


@cache
def _data() -> tuple[pd.DataFrame, pd.Series[float]]:
    departments = load("attitude")
    return departments[list(_DRIVERS)], departments["rating"]


@cache
def _importance(measure: str) -> pd.DataFrame:
    """Importance of each driver, largest first: estimate, low, high."""
    drivers, rating = _data()
    if measure == "lmg":
        table = bootstrap_importance(drivers, rating) / lmg(drivers, rating).r_squared
    else:
        alone = driver_table(drivers, rating)["correlation"]
        table = pd.DataFrame(dict.fromkeys(("estimate", "low", "high"), alone))
    return table.sort_values("estimate", ascending=False)


@lab(
    key="department-drivers",
    title=Text("Ba mươi phòng ban có thật", "Thirty real departments"),
    formulas=((Text("Chia R² cho từng yếu tố (LMG)", "Sharing out R² (LMG)"), lmg),),
    sources=("chatterjee1977", "gromping2006"),
    measure=Choice(label=Text("Đo bằng", "Measured by"), options=_MEASURES, default="lmg"),
)
def department_drivers(measure: str, guess: str | None = None) -> View:
    """Share out what explains the rating of supervisors."""
    drivers, rating = _data()
    shown, shares = _importance(measure), lmg(drivers, rating)
    first = str(shares.percent.idxmax())
    sentence = Text(
        "“{first}” chiếm {share} phần giải thích được, gấp hơn hai lần yếu tố kế tiếp.",
        "“{first}” holds {share} of what is explained, more than twice the next driver.",
    )
    if measure == "correlation":
        sentence = Text(
            "Đo từng yếu tố một thì cái gì cũng “quan trọng”: bốn trong sáu tương quan từ 0,4 trở "
            "lên, vì chúng đi cùng nhau.",
            "One at a time everything “matters”: four of six correlations are 0.4 or more, because "
            "the drivers go together.",
        )
    return View(
        finding=sentence.format(first=_DRIVERS[first], share=percent(shares.percent[first])),
        chart=partial(charts.driver_shares, shown, _DRIVERS, _WRITTEN[measure], guess),
        key_figures=(
            KeyFigure(Text("Giải thích được (R²)", "Explained (R²)"), percent(shares.r_squared)),
            KeyFigure(
                Text("Riêng giải quyết khiếu nại", "Handling complaints alone"),
                percent(shares.percent["complaints"]),
            ),
            KeyFigure(Text("Số phòng ban", "Departments"), number(len(rating))),
        ),
        table=Table(
            (
                Text("Yếu tố", "Driver"),
                Text("Tương quan đơn", "Simple correlation"),
                Text("Phần trong R²", "Share of R²"),
                Text("Khoảng 95 %", "95% interval"),
            ),
            [
                [
                    _DRIVERS[name],
                    number(Span.of(_importance("correlation"), name).at, 2),
                    percent(Span.of(_importance("lmg"), name).at),
                    from_to(
                        percent(Span.of(_importance("lmg"), name).low),
                        percent(Span.of(_importance("lmg"), name).high),
                    ),
                ]
                for name in map(str, _importance("lmg").index)
            ],
        ),
    )


largest_driver: Final = Prediction(
    key="largest-driver",
    question=Choice(
        label=Text(
            "Điều gì giải thích nhiều nhất việc nhân viên đánh giá cấp trên tốt hay kém?",
            "What explains most of how well employees rate their supervisor?",
        ),
        options=_DRIVERS,
    ),
    answer=lambda: str(_importance("lmg").index[0]),
)
