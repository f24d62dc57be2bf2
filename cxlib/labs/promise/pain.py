"""How much a late day hurts: loss aversion estimated from deliveries and their ratings."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.charts import promise as charts
from cxlib.charts.promise import felt
from cxlib.data import load
from cxlib.learning.fields import Choice, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.expectation import LossAversion, loss_aversion
from cxlib.text import Text, number, same, signed

# The open scale of the simulated data holds 60 where the questionnaire says 4, ten per point.
_OPEN_AT_FOUR: Final = 60.0
_OPEN_PER_POINT: Final = 10.0

_SCALES: Final = {
    "open": Text("Thang không chạm trần", "A scale without a ceiling"),
    "survey": Text("Phiếu khảo sát 1–5", "The questionnaire of 1–5"),
}
_ORDERS: Final = {
    "all": Text("Mọi đơn", "All orders"),
    "calm": Text("Đơn không gấp", "Orders that are not urgent"),
    "urgent": Text("Đơn gấp", "Urgent orders"),
}
_SIZES: Final = {
    "2000": Text("2.000 đơn đầu", "The first 2,000"),
    "5000": Text("5.000 đơn đầu", "The first 5,000"),
    "20000": Text("Cả 20.000 đơn", "All 20,000"),
}


@cache
def _ratings(orders: str, size: str) -> pd.DataFrame:
    table = load("giao_hang_hua_thuc").head(int(size))
    if orders != "all":
        table = table[table["urgent"] == int(orders == "urgent")]
    return pd.DataFrame(
        {
            "early": table["promise_days"] - table["actual_days"],
            "open": 4 + (table["sat_latent"] - _OPEN_AT_FOUR) / _OPEN_PER_POINT,
            "survey": table["sat_5"].astype(float),
        }
    )


@cache
def estimate(scale: str = "open", orders: str = "all", size: str = "20000") -> LossAversion:
    """Estimate how many early days one late day outweighs, on a scale and a part of the orders."""
    ratings = _ratings(orders, size)
    return loss_aversion(ratings["early"], ratings[scale])


@lab(
    key="measure-the-pain",
    title=Text("Đo nỗi đau của một ngày trễ", "Measuring the pain of a late day"),
    presets={
        "ceiling": Preset(
            Text("Tình huống 1: đo bằng phiếu 1–5", "Case 1: the 1–5 questionnaire"),
            {"scale": "survey"},
        ),
        "urgent": Preset(
            Text("Tình huống 2: chỉ đơn gấp", "Case 2: urgent orders only"), {"orders": "urgent"}
        ),
        "few": Preset(
            Text("Tình huống 3: mới có 2.000 đơn", "Case 3: only 2,000 orders so far"),
            {"size": "2000"},
        ),
    },
    formulas=((Text("Hai độ dốc và λ", "Two slopes and λ"), loss_aversion),),
    sources=("anderson1993", "mittal1998", "mackinnon1985"),
    scale=Choice(label=Text("Đo bằng", "Measured by"), options=_SCALES, default="open"),
    orders=Choice(label=Text("Đơn nào", "Which orders"), options=_ORDERS, default="all"),
    size=Choice(label=Text("Bao nhiêu đơn", "How many"), options=_SIZES, default="20000"),
)
def measure_the_pain(scale: str, orders: str, size: str, guess: float | None = None) -> View:
    """Fit one slope to early days and another to late ones."""
    fit = estimate(scale, orders, size)
    ratings = _ratings(orders, size)
    seen = ratings.groupby("early")[scale].agg(["mean", "size"])
    return View(
        finding=_finding(fit, scale, orders),
        chart=partial(charts.two_slopes, seen, fit, guess),
        key_figures=(
            KeyFigure(Text("Tỷ số λ", "Ratio λ"), number(fit.ratio, 2)),
            KeyFigure(
                Text("Khoảng tin cậy 95 %", "95% confidence interval"),
                number(fit.low, 2) + same(" – ") + number(fit.high, 2),
            ),
            KeyFigure(Text("Mỗi ngày sớm", "Each day early"), felt(fit.gain), "good"),
            KeyFigure(Text("Mỗi ngày trễ", "Each day late"), felt(-fit.loss), "bad"),
        ),
        table=Table(
            (
                Text("Sớm (+) hay trễ (−), ngày", "Early (+) or late (−), days"),
                Text("Số đơn", "Orders"),
                Text("Điểm trung bình", "Mean rating"),
            ),
            [
                [signed(number(int(str(gap)))), number(count), number(mean, 2)]
                for gap, mean, count in zip(seen.index, seen["mean"], seen["size"], strict=True)
            ],
        ),
    )


def _finding(fit: LossAversion, scale: str, orders: str) -> Text:
    whose = {
        "all": Text("Một ngày trễ", "One late day"),
        "calm": Text("Với đơn không gấp, một ngày trễ", "For calm orders, one late day"),
        "urgent": Text("Với đơn gấp, một ngày trễ", "For urgent orders, one late day"),
    }[orders]
    sentence = Text(
        " kéo điểm xuống nhiều bằng {ratio} ngày sớm nâng lên ({interval}).",
        " pulls the rating down as much as {ratio} early days lift it ({interval}).",
    )
    if scale == "survey":
        sentence += Text(
            " Phiếu khảo sát chặn niềm vui ở điểm 5, thành ra thổi phồng tỷ số.",
            " The questionnaire stops delight at 5, which inflates the ratio.",
        )
    interval = Text("từ {low} đến {high}", "{low} to {high}").format(
        low=number(fit.low, 2), high=number(fit.high, 2)
    )
    return whose + sentence.format(ratio=number(fit.ratio, 2), interval=interval)


late_against_early: Final = Prediction(
    key="late-against-early",
    question=Quantity(
        Text(
            "Tốc Hành có 20.000 đơn, mỗi đơn kèm điểm hài lòng. Theo bạn, một ngày trễ kéo điểm "
            "xuống nhiều bằng mấy ngày sớm nâng lên?",
            "Toc Hanh has 20,000 orders, each with its rating. How many early days does it take "
            "to lift the rating as much as one late day pulls it down?",
        ),
        None,
        0.5,
        6,
        0.1,
    ),
    answer=lambda: estimate().ratio,
)
