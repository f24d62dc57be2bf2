"""The trick of the average: retention that rises with age although nobody changes."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import lifetime as charts
from cxlib.data import load
from cxlib.learning.fields import Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.retention import sbg_retention
from cxlib.models.value import margin_multiple
from cxlib.text import Text, number, percent, same, years

FloatArray = NDArray[np.float64]

_START: Final = 1_000
_YEARS: Final = 10
_ASKED: Final = 5
_RATE: Final = 0.12
_WELCOMED: Final = "5"
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
            KeyFigure(Text("Tỷ lệ ở lại năm đầu", "Retention, first year"), percent(staying[0])),
            KeyFigure(
                Text("Tỷ lệ ở lại năm thứ năm", "Retention, fifth year"),
                percent(staying[_ASKED - 1]),
            ),
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
            "Một nhóm khách mới: 40 % thuộc kiểu dễ bỏ, năm nào cũng chỉ một nửa ở lại; 60 % thuộc "
            "kiểu khó bỏ, năm nào cũng 90 % ở lại. Năm đầu tính chung 74 % ở lại. Không ai thay "
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
        Text("các nhóm còn lại", "the other cohorts"),
    )
    return View(
        finding=Text(
            "Nhóm nào cũng “tự tăng”; nhưng ngay tháng đầu, nhóm được chào đón riêng giữ được "
            "{special}, các nhóm còn lại {others}.",
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
