"""Forecasts of a real survival curve: three trends drawn on, and the sBG model."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import lifetime as charts
from cxlib.data import load
from cxlib.learning.fields import Choice, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import CurvePrediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.retention import (
    sbg_fit,
    sbg_retention,
    sbg_survival,
    survival_trend,
    trend_survival,
)
from cxlib.text import Text, number, percent, same, signed

FloatArray = NDArray[np.float64]

_START: Final = 1_000
_COHORTS: Final = {
    "high_end": Text("Cao cấp", "High end"),
    "regular": Text("Phổ thông", "Regular"),
}
_LAST: Final = 12
_KNOWN: Final = 7
_METHODS: Final = {
    "linear": Text("Đường thẳng", "Straight line"),
    "exponential": Text("Đường mũ", "Exponential"),
    "quadratic": Text("Đường bậc hai", "Quadratic"),
    "sbg": Text("Mô hình sBG", "sBG model"),
}
_SHORT: Final = {
    "linear": Text("thẳng", "straight"),
    "exponential": Text("mũ", "exponential"),
    "quadratic": Text("bậc hai", "quadratic"),
    "sbg": same("sBG"),
}
_GUESSED_YEARS: Final = (8.0, 9.0, 10.0, 11.0, 12.0)


@cache
def _customers(cohort: str) -> FloatArray:
    """Customers still there after 0, 1, … 12 years, of 1,000."""
    rows = load("sbg_cohorts").query("cohort == @cohort").sort_values("year")
    return rows["customers"].to_numpy(dtype=float)


@cache
def _claims(cohort: str, known: int) -> dict[str, FloatArray]:
    """What each method claims to be left after 0, 1, … 12 years, from the first ``known``."""
    seen, year = _customers(cohort)[: known + 1], np.arange(_LAST + 1)
    lines = {
        name: trend_survival(survival_trend(seen / seen[0], name), year)
        for name in ("linear", "exponential", "quadratic")
    }
    return {**lines, "sbg": sbg_survival(sbg_fit(seen), year)}


@lab(
    key="draw-the-curve",
    title=Text("Vẽ tiếp đường cong", "Draw the curve on"),
    presets={
        "regular": Preset(
            Text("Tình huống 1: khách phổ thông", "Case 1: regular customers"),
            {"cohort": "regular"},
        ),
        "early": Preset(
            Text("Tình huống 2: mới biết bốn năm", "Case 2: only four years known"), {"known": 4}
        ),
    },
    formulas=(
        (Text("Ba cách vẽ tiếp hay gặp", "Three usual ways to draw on"), survival_trend),
        (Text("Mô hình sBG", "The sBG model"), sbg_survival),
        (Text("Tỷ lệ ở lại theo tuổi khách", "Retention by age"), sbg_retention),
    ),
    sources=("fader2007", "berry2004"),
    cohort=Choice(label=Text("Nhóm khách", "Cohort"), options=_COHORTS, default="high_end"),
    known=Quantity(Text("Đã biết mấy năm đầu?", "Years known"), _KNOWN, 4, 10, 1),
)
def draw_the_curve(cohort: str, known: float, guess: FloatArray | None = None) -> View:
    """Extend a real survival curve in four ways and hold them against what came."""
    actual, seen = _customers(cohort) / _START, round(known)
    lines = _claims(cohort, seen)
    errors = {name: float(line[-1] / actual[-1] - 1) for name, line in lines.items()}
    beside = same("{name} {value}")
    labels = {
        name: beside.format(name=_SHORT[name], value=signed(percent(error, 0)))
        for name, error in errors.items()
    }
    labels["actual"] = beside.format(name=Text("thực tế", "actual"), value=percent(actual[-1]))
    drawn = None
    if guess is not None and cohort == "high_end":
        drawn = (_GUESSED_YEARS, np.broadcast_to(guess, len(_GUESSED_YEARS)))
    best = min(errors, key=lambda name: abs(errors[name]))
    return View(
        finding=Text(
            "Biết {known} năm đầu, đoán năm thứ {last}: đường thẳng lệch {linear}, đường bậc hai "
            "{quadratic}, đường mũ {exponential}, mô hình sBG chỉ lệch {sbg}.",
            "Knowing {known} years, forecasting year {last}: the straight line is off by {linear}, "
            "the quadratic by {quadratic}, the exponential by {exponential}, the sBG model by just "
            "{sbg}.",
        ).format(
            known=number(seen),
            last=number(_LAST),
            **{name: signed(percent(error, 0)) for name, error in errors.items()},
        ),
        chart=partial(charts.forecasts, actual, seen, lines, labels, drawn),
        key_figures=[
            KeyFigure(_METHODS[name], signed(percent(error, 0)), "good" if name == best else "bad")
            for name, error in errors.items()
        ],
        table=Table(
            (
                Text("Sau mấy năm", "After years"),
                Text("Còn lại", "Left"),
                Text("Tỷ lệ ở lại trong năm", "Retention in the year"),
                *_METHODS.values(),
            ),
            [
                [
                    number(year),
                    percent(actual[year]),
                    percent(actual[year] / actual[year - 1]),
                    *(percent(line[year]) for line in lines.values()),
                ]
                for year in range(1, _LAST + 1)
            ],
        ),
    )


draw_on: Final = CurvePrediction(
    key="draw-on",
    question=Share(
        Text(
            "Cứ 1.000 khách cao cấp của một dịch vụ thuê bao thì sau một năm còn 869, sau bốn năm "
            "còn 593, sau bảy năm còn 491. Bạn vẽ tiếp: còn bao nhiêu phần trăm?",
            "Of 1,000 high-end subscribers 869 are left after one year, 593 after four, 491 after "
            "seven. Draw on: what percentage is left?",
        ),
        None,
        0,
        0.6,
        0.01,
    ),
    answer=lambda: _customers("high_end")[8:] / _START,
    x=_GUESSED_YEARS,
    points=(8.0, 10.0, 12.0),
    place=lambda year: Text("năm thứ {n}", "year {n}").format(n=number(year)),
)
