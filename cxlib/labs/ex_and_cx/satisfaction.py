"""Satisfaction seems to make CX until engagement is held still; and what real firms show."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd

from cxlib.charts import engagement as charts
from cxlib.data import load
from cxlib.labs.ex_and_cx.span import Span
from cxlib.learning.fields import Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.engagement import partial_effects
from cxlib.text import Text, number, same

_USUAL: Final = 62.0
_EVERYBODY: Final = 30.0
_PAIR: Final = ("satisfaction", "engagement")
_AROUND: Final = 4.0  # points; how near a month must be to count for the colour of another
PER_POINTS: Final = 10  # effects are told for so many points more


@cache
def stores_by_month() -> pd.DataFrame:
    """The panel of stores, read once."""
    return load("cua_hang_thang")


@cache
def _with_surroundings() -> pd.DataFrame:
    """The panel with the mean CX of the months of about the same satisfaction and engagement."""
    months = stores_by_month()
    place = months[list(_PAIR)].to_numpy() / _AROUND
    square = (place**2).sum(axis=1)
    weights = np.exp(place @ place.T - (square[:, None] + square) / 2)
    around = weights @ months["cx"].to_numpy() / weights.sum(axis=1)
    return months.assign(cx_around=around)


@cache
def _effects(level: float, width: float) -> pd.DataFrame:
    """Effects of satisfaction and engagement on CX where engagement is near a level."""
    months = stores_by_month()
    near = months[(months["engagement"] - level).abs() <= width]
    return partial_effects(near, "cx", _PAIR, cluster="store_id").assign(
        rows=len(near), clusters=near["store_id"].nunique()
    )


def _alone(effects: pd.DataFrame) -> Span:
    """Slope of CX on satisfaction alone, for ten points of it."""
    from scipy import stats

    slope, error = (float(effects[column].loc["satisfaction"]) for column in ("raw", "raw_se"))
    clusters = int(effects["clusters"].iloc[0])
    reach = float(stats.t.isf(0.025, clusters - 1)) * error
    return Span(slope, slope - reach, slope + reach).times(PER_POINTS)


def _beside_engagement() -> Span:
    """Slope of CX on satisfaction beside engagement, for ten points of satisfaction."""
    columns = {"joint": "estimate", "joint_low": "low", "joint_high": "high"}
    effects = _effects(_USUAL, _EVERYBODY).rename(columns=columns)
    return Span.of(effects, "satisfaction").times(PER_POINTS)


@lab(
    key="held-slice",
    title=Text("Giữ gắn kết đứng yên", "Hold engagement still"),
    presets={
        "all": Preset(
            Text("Tình huống 1: nhìn tất cả", "Case 1: look at all"),
            {"level": _USUAL, "width": _EVERYBODY},
        ),
        "thin": Preset(
            Text("Tình huống 2: lát cắt mỏng", "Case 2: a thin slice"),
            {"level": _USUAL, "width": 4.0},
        ),
        "low": Preset(
            Text("Tình huống 3: nơi ít gắn kết", "Case 3: where few are engaged"),
            {"level": 56.0, "width": 5.0},
        ),
    },
    formulas=(
        (
            Text("Hiệu ứng riêng của từng yếu tố", "What each does beside the other"),
            partial_effects,
        ),
    ),
    sources=("cohen2003", "cameron2015", "harter2002"),
    width=Quantity(
        Text("Gắn kết lệch tối đa (± điểm)", "Engagement may differ by (± points)"),
        _EVERYBODY,
        3,
        _EVERYBODY,
        1,
        hint=Text("30: lấy tất cả · 3: chỉ lát mỏng", "30: all of them · 3: a thin slice"),
    ),
    level=Quantity(Text("Giữ gắn kết quanh mức", "Hold engagement near"), _USUAL, 54, 70, 1),
)
def held_slice(width: float, level: float, guess: float | None = None) -> View:
    """Look at CX and satisfaction in a slice where engagement hardly differs."""
    months = stores_by_month()
    inside = (months["engagement"] - level).abs() <= width
    everything, held = _alone(_effects(_USUAL, _EVERYBODY)), _alone(_effects(level, width))
    words = Text("tất cả: {gain}", "all: {gain}").format(gain=everything.signed(1))
    own = Text("lát cắt: {gain}", "the slice: {gain}").format(gain=held.signed(1))

    chart = partial(
        charts.held_slice,
        _with_surroundings(),
        inside.to_numpy(),
        (level - width, level + width),
        (everything.at / PER_POINTS, words),
        (held.at / PER_POINTS, own),
        None if guess is None else guess / PER_POINTS,
    )
    return View(
        finding=_finding(held, everything, int(inside.sum()), len(months)),
        chart=chart,
        key_figures=(
            everything.figure(Text("Chỉ nhìn hài lòng", "Satisfaction alone")),
            held.figure(
                Text("Trong lát cắt", "In the slice"), tone="plain" if held.positive else "bad"
            ),
            _beside_engagement().figure(Text("Đặt cạnh gắn kết", "Beside engagement"), tone="bad"),
        ),
        table=_table(_effects(level, width)),
    )


def _finding(held: Span, everything: Span, kept: int, rows: int) -> Text:
    if kept == rows:
        sentence = Text(
            "Nhìn cả {kept} lượt đo: nhân viên hài lòng hơn 10 điểm thì CX cao hơn {raw} điểm. Vậy "
            "hài lòng tạo ra CX? Hãy bóp lát cắt lại.",
            "In all {kept} store-months: where employees are 10 points more satisfied, CX is {raw} "
            "points higher. So satisfaction makes CX? Narrow the slice.",
        )
    elif held.positive:
        sentence = Text(
            "Gắn kết còn dao động thì hài lòng còn “có công”: {gain} điểm CX cho 10 điểm, thay vì "
            "{raw}. Bóp thêm nữa.",
            "While engagement still varies, satisfaction still earns “credit”: {gain} CX points "
            "for 10, instead of {raw}. Narrow it further.",
        )
    else:
        sentence = Text(
            "Trong {kept} lượt đo có gắn kết gần như nhau, 10 điểm hài lòng đi với {gain} điểm CX, "
            "không phân biệt được với 0 nữa: hóa ra lúc đầu hài lòng chỉ đi ké gắn kết.",
            "In {kept} store-months of nearly equal engagement, 10 points of satisfaction go with "
            "{gain} CX points, no longer told from 0: satisfaction only rode along.",
        )
    return sentence.format(kept=number(kept), raw=number(everything.at, 1), gain=number(held.at, 1))


def _table(effects: pd.DataFrame) -> Table:
    names = {
        "satisfaction": Text("Hài lòng", "Satisfaction"),
        "engagement": Text("Gắn kết", "Engagement"),
    }
    return Table(
        (
            Text("Trong lát cắt: điểm CX cho mỗi điểm", "In the slice: CX points per point of"),
            Text("Đứng một mình", "Alone"),
            Text("Cạnh yếu tố kia", "Beside the other"),
            Text("Sai số chuẩn", "Standard error"),
            same("p"),
        ),
        [
            [
                names[trait],
                *(
                    number(float(effects[column].loc[trait]), 3)
                    for column in ("raw", "joint", "joint_se", "joint_p")
                ),
            ]
            for trait in _PAIR
        ],
    )


gain_left: Final = Prediction(
    key="gain-left",
    question=Quantity(
        Text(
            "Nếu chỉ so những lần đo mà gắn kết ngang nhau, 10 điểm hài lòng còn đi với mấy điểm "
            "CX?",
            "Comparing only months of equal engagement, how many CX points still go with 10 points "
            "of satisfaction?",
        ),
        None,
        -1.0,
        3.0,
        0.1,
    ),
    answer=lambda: _beside_engagement().at,
)


_OUTCOMES: Final = {
    "customers": Text("khách hài lòng và trung thành", "customer satisfaction and loyalty"),
    "productivity": Text("năng suất", "productivity"),
    "profit": Text("lợi nhuận", "profit"),
    "turnover": Text("nghỉ việc", "employee turnover"),
    "accidents": Text("tai nạn lao động", "accidents at work"),
}


@cache
def _published() -> pd.DataFrame:
    """Published correlations of the two traits; index = outcomes."""
    facts = load("public_facts").set_index("key")["value"]
    return pd.DataFrame(
        {trait: {name: facts[f"harter_{name}_{trait}"] for name in _OUTCOMES} for trait in _PAIR}
    ).astype(float)


@lab(
    key="real-correlations",
    title=Text("Ngoài đời: 7.939 đơn vị kinh doanh", "In reality: 7,939 business units"),
    sources=("harter2002",),
    arrangement="stack",
)
def real_correlations(guess: float | None = None) -> View:
    """Show what a meta-analysis found for satisfaction and for engagement."""
    pairs = _published()
    satisfaction, engagement = (float(pairs[trait].loc["customers"]) for trait in _PAIR)
    return View(
        finding=Text(
            "Với khách hàng, hai thứ gần như ngang nhau: hài lòng {satisfaction}, gắn kết "
            "{engagement}. Chúng hơn kém nhau rõ nhất ở tai nạn lao động.",
            "For customers the two are nearly equal: satisfaction {satisfaction}, engagement "
            "{engagement}. They differ most on accidents at work.",
        ).format(satisfaction=number(satisfaction, 2), engagement=number(engagement, 2)),
        chart=partial(charts.two_traits, pairs, _OUTCOMES, guess),
        key_figures=(
            KeyFigure(Text("Hài lòng – khách", "Satisfaction – customers"), _r(satisfaction)),
            KeyFigure(Text("Gắn kết – khách", "Engagement – customers"), _r(engagement)),
            KeyFigure(Text("Phần biến thiên chung, r²", "Shared variation, r²"), _r(engagement**2)),
        ),
        table=Table(
            (
                Text("Tương quan với", "Correlation with"),
                Text("Hài lòng", "Satisfaction"),
                Text("Gắn kết", "Engagement"),
            ),
            [
                [words, *(_r(float(pairs[trait].loc[name])) for trait in _PAIR)]
                for name, words in _OUTCOMES.items()
            ],
        ),
    )


def _r(value: float) -> Text:
    return number(value, 2)


measured_satisfaction: Final = Prediction(
    key="measured-satisfaction",
    question=Quantity(
        Text(
            "Tương quan giữa gắn kết của nhân viên và lòng trung thành của khách là 0,33. Theo "
            "bạn, với sự hài lòng của nhân viên thì tương quan ấy là bao nhiêu?",
            "Employee engagement and customer loyalty correlate at 0.33. What do you think the "
            "correlation is for employee satisfaction?",
        ),
        None,
        0.0,
        0.5,
        0.01,
    ),
    answer=lambda: float(_published()["satisfaction"].loc["customers"]),
)
