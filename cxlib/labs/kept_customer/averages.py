"""The trick of the average: retention that rises by itself, and forecasts that forget it."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import lifetime as charts
from cxlib.data import load
from cxlib.learning.fields import Choice, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import CurvePrediction, Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.retention import (
    sbg_fit,
    sbg_retention,
    sbg_survival,
    survival_trend,
    trend_survival,
)
from cxlib.models.value import margin_multiple
from cxlib.text import Text, number, percent, same, years

FloatArray = NDArray[np.float64]

_START: Final = 1_000
_YEARS: Final = 10
_ASKED: Final = 5
_RATE: Final = 0.12
_GROUPS: Final = (Text("dễ bỏ", "easy to lose"), Text("khó bỏ", "hard to lose"))


@lab(
    key="nobody-changes",
    title=Text("Không ai thay đổi", "Nobody changes"),
    presets={
        "alike": Preset(
            Text("Tình huống 1: khách nào cũng như nhau", "Case 1: all customers alike"),
            {"easy": 0.75, "hard": 0.75},
        ),
        "apart": Preset(
            Text("Tình huống 2: hai nhóm rất khác nhau", "Case 2: two very different groups"),
            {"easy": 0.30, "hard": 0.95},
        ),
    },
    formulas=(
        (
            Text("Khi có rất nhiều nhóm: mô hình sBG", "With very many groups: the sBG model"),
            sbg_retention,
        ),
        (Text("Hệ số nhân biên lợi nhuận", "Margin multiple"), margin_multiple),
    ),
    sources=("fader2007", "fader2010"),
    share=Share(
        Text("Khách mới thuộc nhóm dễ bỏ", "New customers who are easy to lose"),
        0.40,
        0.0,
        1.0,
        0.05,
    ),
    easy=Share(
        Text("Nhóm dễ bỏ: ở lại mỗi năm", "Easy to lose: stay each year"), 0.50, 0.10, 0.75, 0.05
    ),
    hard=Share(
        Text("Nhóm khó bỏ: ở lại mỗi năm", "Hard to lose: stay each year"), 0.90, 0.75, 0.97, 0.01
    ),
)
def nobody_changes(share: float, easy: float, hard: float, guess: float | None = None) -> View:
    """Follow two groups whose retention never changes, and the retention of both together."""
    parts, rates = np.array([share, 1 - share]), np.array([easy, hard])
    there, staying = _two_groups(parts, rates)
    average = margin_multiple(float(staying[0]), _RATE)
    true = float(parts @ [margin_multiple(float(rate), _RATE) for rate in rates])
    return View(
        finding=_mix_finding(staying),
        chart=partial(
            charts.changing_mix,
            staying,
            list(zip(_GROUPS, rates.tolist(), strict=True)),
            there,
            _ASKED,
            guess,
        ),
        key_figures=(
            KeyFigure(Text("Ở lại, năm đầu", "Stay, first year"), percent(staying[0])),
            KeyFigure(Text("Ở lại, năm thứ năm", "Stay, fifth year"), percent(staying[_ASKED - 1])),
            KeyFigure(
                Text("Giá trị tính theo bình quân năm đầu", "Value by the first-year average"),
                years(average, 2),
                "bad" if true > 1.005 * average else "plain",
            ),
            KeyFigure(Text("Giá trị thật", "True value"), years(true, 2), "good"),
        ),
        table=Table(
            (
                Text("Năm thứ", "Year"),
                Text("Dễ bỏ, đầu năm", "Easy to lose, at the start"),
                Text("Khó bỏ, đầu năm", "Hard to lose, at the start"),
                Text("Tỷ lệ ở lại chung", "Retention of all"),
            ),
            [
                [number(year), number(there[0, year - 1]), number(there[1, year - 1]), percent(r)]
                for year, r in enumerate(staying.tolist(), 1)
            ],
        ),
    )


def _two_groups(parts: FloatArray, rates: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Customers of each group at the start of each year, and the retention of all in it."""
    there = _START * parts[:, None] * rates[:, None] ** np.arange(_YEARS + 1)
    total = there.sum(axis=0)
    return there[:, :-1], total[1:] / total[:-1]


def _mix_finding(staying: FloatArray) -> Text:
    rise = float(staying[_ASKED - 1] - staying[0])
    if rise < 0.0005:
        return Text(
            "Khách nào cũng như nhau thì tỷ lệ ở lại đứng yên ở {first}.",
            "Where all customers are alike, retention stays at {first}.",
        ).format(first=percent(staying[0]))
    return Text(
        "Không ai đổi tính, vậy mà tỷ lệ ở lại “tự tăng” từ {first} lên {fifth}: người dễ bỏ đã đi "
        "trước.",
        "Nobody changes, yet retention “rises” from {first} to {fifth}: the easy leavers have "
        "left.",
    ).format(first=percent(staying[0]), fifth=percent(staying[_ASKED - 1]))


fifth_year: Final = Prediction(
    key="fifth-year",
    question=Share(
        Text(
            "Một nhóm khách mới: 40 % thuộc loại dễ bỏ, năm nào cũng chỉ một nửa ở lại; 60 % thuộc "
            "loại khó bỏ, năm nào cũng 90 % ở lại. Năm đầu tính chung 74 % ở lại. Không ai thay "
            "đổi. Theo bạn, năm thứ năm tính chung bao nhiêu phần trăm ở lại?",
            "A group of new customers: 40% are easy to lose, half of them stay each year; 60% are "
            "hard to lose, 90% of them stay each year. In the first year 74% of all stay. Nobody "
            "changes. What share of all stays in the fifth year?",
        ),
        None,
        0,
        1,
        0.01,
    ),
    answer=lambda: _two_groups(np.array([0.4, 0.6]), np.array([0.5, 0.9]))[1][_ASKED - 1],
)


@cache
def _by_age() -> dict[str, FloatArray]:
    """Retention in month 1, 2, … of each cohort of the internet plan."""
    found = {}
    for cohort, rows in load("goi_cuoc").groupby("cohort"):
        there = rows.sort_values("age_months")["customers"].to_numpy(dtype=float)
        found[str(cohort)] = there[1:] / there[:-1]
    return found


@lab(
    key="same-age",
    title=Text("Muốn so, hãy so cùng tuổi", "Compare at the same age"),
    formulas=((Text("Tỷ lệ ở lại theo tuổi khách", "Retention by age"), sbg_retention),),
    sources=("fader2007",),
    arrangement="stack",
)
def same_age() -> View:
    """Set the cohort with a welcome programme apart from the others, age by age."""
    staying = _by_age()
    others = np.mean([rates[0] for cohort, rates in staying.items() if cohort != _WELCOMED])
    names = (
        Text("nhóm 5, được chào đón riêng", "cohort 5, with a welcome of its own"),
        Text("năm nhóm kia", "the five others"),
    )
    return View(
        finding=Text(
            "Nhóm nào cũng “tự tăng”; nhưng ngay tháng đầu, nhóm được chào đón riêng giữ "
            "{special}, các nhóm kia {others}.",
            "Every cohort “rises”; yet in its first month the welcomed one keeps {special}, the "
            "others {others}.",
        ).format(special=percent(staying[_WELCOMED][0]), others=percent(float(others))),
        chart=partial(charts.same_age, staying, _WELCOMED, names),
        key_figures=(),
        table=Table(
            (
                Text("Tháng tuổi", "Age, months"),
                *(Text(f"Nhóm {cohort}", f"Cohort {cohort}") for cohort in staying),
            ),
            [
                [
                    number(age),
                    *(
                        percent(rates[age - 1]) if age <= len(rates) else same("…")
                        for rates in staying.values()
                    ),
                ]
                for age in range(1, 1 + max(len(rates) for rates in staying.values()))
            ],
        ),
    )


_WELCOMED: Final = "5"
_COHORTS: Final = {
    "high_end": Text("Cao cấp", "High end"),
    "regular": Text("Phổ thông", "Regular"),
}
_LAST: Final = 12
_KNOWN: Final = 7
_METHODS: Final = {
    "linear": Text("đường thẳng", "straight line"),
    "exponential": Text("đường mũ", "exponential"),
    "quadratic": Text("đường bậc hai", "quadratic"),
    "sbg": Text("mô hình sBG", "sBG model"),
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
    actual = _customers(cohort) / _START
    lines = _claims(cohort, int(known))
    errors = {name: float(line[-1] / actual[-1] - 1) for name, line in lines.items()}
    beside = same("{name} {value}")
    labels = {
        name: beside.format(name=_SHORT[name], value=signed(error))
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
            known=number(known),
            last=number(_LAST),
            **{name: signed(error) for name, error in errors.items()},
        ),
        chart=partial(charts.forecasts, actual, int(known), lines, labels, drawn),
        key_figures=[
            KeyFigure(_METHODS[name], signed(error), "good" if name == best else "bad")
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


def signed(error: float) -> Text:
    """A relative error with its sign, in whole per cent."""
    shown = percent(error, 0)
    return Text(f"+{shown.vi}", f"+{shown.en}") if error > 0 else shown


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
