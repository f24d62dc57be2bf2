"""Coach the worst stores: they get better, and nobody did anything."""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np

from cxlib.charts import pilot as charts
from cxlib.labs.was_it_cx.stores import ANSWERS, QUIET_MONTHS, STORES, FloatArray, shares
from cxlib.learning.fields import Choice, Points, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import regression_to_mean_gain
from cxlib.text import Text, number, percent, points, signed

_WORST: Final = "worst"
_CHOSEN: Final = 40


def _picked(chosen: int, end: str, basis: int) -> FloatArray:
    """Return the first months of the stores that score lowest or highest in the basis months."""
    months = shares()[:, :QUIET_MONTHS]
    order = np.argsort(months[:, :basis].mean(axis=1), kind="stable")
    return months[order[:chosen] if end == _WORST else order[-chosen:]]


def _gains(picked: FloatArray, basis: int) -> FloatArray:
    """Return how much each store moved from the basis months to the month after them."""
    gains: FloatArray = picked[:, basis] - picked[:, :basis].mean(axis=1)
    return gains


def _foretold(chosen: int, end: str, basis: int) -> float:
    """Compute the change that regression to the mean alone lets expect."""
    scores = shares()[:, :basis].mean(axis=1)
    noise = math.sqrt(scores.mean() * (1 - scores.mean()) / (ANSWERS * basis))
    spread = math.sqrt(max(scores.var() - noise**2, 0.0))
    gain = regression_to_mean_gain(chosen / STORES, spread, noise)
    return gain if end == _WORST else -gain


@lab(
    key="worst-stores",
    title=Text("Kèm cặp những cửa hàng tệ nhất", "Coach the worst stores"),
    presets={
        "worst": Preset(
            Text("Tình huống 1: kèm 40 nơi tệ nhất", "Case 1: coach the worst 40"),
            {"chosen": _CHOSEN, "end": _WORST, "basis": 1},
        ),
        "best": Preset(
            Text("Tình huống 2: khen 40 nơi tốt nhất", "Case 2: praise the best 40"),
            {"chosen": _CHOSEN, "end": "best", "basis": 1},
        ),
        "patient": Preset(
            Text("Tình huống 3: xét đủ ba tháng", "Case 3: judge by three months"),
            {"chosen": _CHOSEN, "end": _WORST, "basis": 3},
        ),
    },
    formulas=(
        (
            Text("Mức tăng do hồi quy về trung bình", "The gain by regression to the mean"),
            regression_to_mean_gain,
        ),
    ),
    sources=("galton1886", "davis1976"),
    chosen=Quantity(Text("Chọn bao nhiêu cửa hàng", "How many stores"), _CHOSEN, 10, 150, 5),
    end=Choice(
        label=Text("Chọn nơi nào", "Which ones"),
        options={_WORST: Text("tệ nhất", "the worst"), "best": Text("tốt nhất", "the best")},
        default=_WORST,
    ),
    basis=Quantity(Text("Chọn theo điểm của mấy tháng", "Months they are judged by"), 1, 1, 3, 1),
)
def worst_stores(chosen: float, end: str, basis: float, guess: float | None = None) -> View:
    """Choose stores by their score and look at them again, nothing having been done."""
    count, months = round(chosen), round(basis)
    picked = _picked(count, end, months)
    gains = _gains(picked, months)
    before, gain = float(picked[:, :months].mean()), float(gains.mean())
    error = float(gains.std(ddof=1)) / math.sqrt(count)
    foretold = _foretold(count, end, months)
    everyone = shares()[:, :QUIET_MONTHS].mean(axis=0)
    fooled = abs(gain) > 2 * error
    return View(
        finding=_finding(count, end, months, gain, foretold),
        chart=partial(
            charts.chosen_stores,
            shares()[:, :QUIET_MONTHS],
            picked,
            months,
            None if guess is None else before + guess,
        ),
        key_figures=(
            KeyFigure(Text("Lúc được chọn", "When chosen"), percent(before)),
            KeyFigure(Text("Tháng kế tiếp", "The next month"), percent(before + gain)),
            KeyFigure(
                Text("Công thức báo trước", "The formula foretold"),
                signed(points(foretold, 1)),
            ),
            KeyFigure(
                Text("Kiểm định trước – sau", "Before–after test"),
                Text("“có ý nghĩa”", "“significant”")
                if fooled
                else Text("chưa rõ rệt", "not significant"),
                "bad" if fooled else "plain",
            ),
        ),
        table=Table(
            (
                Text("Tháng", "Month"),
                Text("Nhóm được chọn", "The chosen"),
                Text("Cả 200 cửa hàng", "All 200 stores"),
            ),
            [
                [number(month), percent(mine), percent(all_)]
                for month, (mine, all_) in enumerate(
                    zip(picked.mean(axis=0), everyone, strict=True), start=1
                )
            ],
        ),
    )


def _finding(count: int, end: str, basis: int, gain: float, foretold: float) -> Text:
    whom = {
        _WORST: Text("{n} cửa hàng tệ nhất", "The {n} worst stores"),
        "best": Text("{n} cửa hàng tốt nhất", "The {n} best stores"),
    }[end]
    moved = (
        Text(" tự tăng {change} ngay tháng sau", " rose by {change} in the very next month")
        if gain > 0
        else Text(" tự tụt {change} ngay tháng sau", " fell by {change} in the very next month")
    )
    why = (
        Text(
            ", dù chưa ai làm gì cho họ. Sau đó họ gần như đứng yên.",
            ", though nobody had done anything. Then they hardly moved.",
        )
        if basis == 1
        else Text(
            ", dù chưa ai làm gì. Xét nhiều tháng thì thường đỡ bị đánh lừa hơn: công thức báo "
            "trước {foretold}, phần còn lại là may rủi.",
            ", though nobody had done anything. Judged by more months, one is usually fooled "
            "less: the formula foretold {foretold}, the rest is chance.",
        )
    )
    return (whom + moved + why).format(
        n=number(count), change=points(abs(gain), 1), foretold=signed(points(foretold, 1))
    )


worst_rise: Final = Prediction(
    key="worst-rise",
    question=Points(
        Text(
            "Tháng 1, Tốc Hành đưa 40 cửa hàng thấp điểm nhất vào danh sách kèm cặp. Nhưng người "
            "kèm còn bận, chưa ai làm gì cả. Theo bạn, sang tháng 2 tỷ lệ khách hài lòng ở 40 nơi "
            "ấy thay đổi bao nhiêu điểm %?",
            "In January Toc Hanh puts the 40 lowest stores on the coaching list. But the coaches "
            "are busy and nothing is done yet. By how many percentage points does the share of "
            "satisfied customers in those 40 change in February?",
        ),
        None,
        -0.05,
        0.10,
        0.001,
    ),
    answer=lambda: float(_gains(_picked(_CHOSEN, _WORST, 1), 1).mean()),
)
