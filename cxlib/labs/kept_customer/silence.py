"""Customers without a contract leave in silence: who is still one, judged by her own pace."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd

from cxlib.charts import lifetime as charts
from cxlib.data import load
from cxlib.learning.fields import Choice, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.purchases import BgNbd, bgnbd_alive, bgnbd_expected_purchases, bgnbd_fit
from cxlib.text import Text, number, percent

_KNOWN_WEEKS: Final = 52
_LATER_WEEKS: Final = 26
_MOST: Final = 30
_LONGEST: Final = 30
_WEEKS: Final = {"coffee": 52.0, "cdnow": 38.0}
_SOURCES: Final = {
    "coffee": Text("Cà phê Mộc (mô phỏng)", "Mộc coffee (simulated)"),
    "cdnow": Text("Cửa hàng nhạc CDNOW (thật)", "CDNOW music shop (real)"),
}


def histories(purchases: pd.DataFrame, until: float) -> pd.DataFrame:
    """Each customer's repeat purchases, time of the last one and time observed, in weeks.

    Purchases of one day count as one.

    Args:
        purchases: columns ``customer`` and ``week``, one row per purchase.
        until: the week in which observation ends; later purchases are left out.
    """
    seen = purchases[purchases["week"] < until].drop_duplicates(["customer", "week"])
    week = seen.groupby("customer")["week"].agg(["min", "max", "count"])
    return pd.DataFrame(
        {
            "frequency": week["count"] - 1,
            "recency": week["max"] - week["min"],
            "age": until - week["min"],
        }
    )


@cache
def _coffee() -> pd.DataFrame:
    table = load("giao_dich_ca_phe")
    days = (table["date"] - table["date"].min()).dt.days
    return pd.DataFrame({"customer": table["customer_id"], "week": days / 7})


@cache
def _model(data: str) -> BgNbd:
    if data == "coffee":
        known = histories(_coffee(), _KNOWN_WEEKS)
        return bgnbd_fit(known["frequency"], known["recency"], known["age"])
    music = load("cdnow_summary")
    return bgnbd_fit(music["frequency"], music["recency_weeks"], music["age_weeks"])


@cache
def _map(data: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weeks silent, repeat purchases, and the chance to be still a customer at each."""
    silent, bought = np.linspace(0, _LONGEST, 61), np.arange(1.0, _MOST + 1)
    x, gap = np.repeat(bought, silent.size), np.tile(silent, bought.size)
    age = np.full(x.size, _WEEKS[data])
    alive = bgnbd_alive(_model(data), x, age - gap, age)
    return silent, bought, alive.reshape(bought.size, silent.size)


@lab(
    key="still-a-customer",
    title=Text("Ai còn là khách?", "Who is still a customer?"),
    presets={
        "just_here": Preset(
            Text("Tình huống 1: vừa ghé tuần trước", "Case 1: here a week ago"), {"silent": 1}
        ),
        "gone": Preset(
            Text("Tình huống 2: nửa năm không ghé", "Case 2: half a year of silence"),
            {"silent": 26},
        ),
        "music": Preset(
            Text("Tình huống 3: khách mua đĩa nhạc, số liệu thật", "Case 3: real music buyers"),
            {"data": "cdnow", "heavy": 10},
        ),
    },
    formulas=(
        (Text("Xác suất còn là khách", "Chance to be still a customer"), bgnbd_alive),
        (Text("Số lần mua sắp tới", "Purchases to come"), bgnbd_expected_purchases),
    ),
    sources=("fader2005", "fader2008"),
    data=Choice(label=Text("Dữ liệu", "Data"), options=_SOURCES, default="coffee"),
    heavy=Quantity(Text("Chị An đã mua lại (lần)", "An has bought again (times)"), 20, 1, _MOST, 1),
    light=Quantity(
        Text("Anh Bình đã mua lại (lần)", "Binh has bought again (times)"), 2, 1, _MOST, 1
    ),
    silent=Quantity(
        Text("Cả hai đã im lặng (tuần)", "Both silent for (weeks)"), 12, 1, _LONGEST, 1
    ),
)
def still_a_customer(
    data: str, heavy: float, light: float, silent: float, guess: str | None = None
) -> View:
    """Compare two customers silent for equally long, by the pace each had before."""
    model, age = _model(data), _WEEKS[data]
    times = np.round([heavy, light])
    history = (times, np.full(2, age - silent), np.full(2, age))
    alive = bgnbd_alive(model, *history)
    to_come = bgnbd_expected_purchases(model, _LATER_WEEKS, *history)
    named = list(zip(_NAMES, alive.tolist(), strict=True))
    return View(
        finding=_alive_finding(times, alive, silent),
        chart=partial(
            charts.alive_map,
            *_map(data),
            silent,
            [
                (name, count, _likely(chance))
                for (name, chance), count in zip(named, times, strict=True)
            ],
            _GUESSED.get(guess or ""),
        ),
        key_figures=[
            KeyFigure(
                Text("{name} còn là khách", "{name} is still a customer").format(name=name),
                _likely(chance),
                "good" if chance > 0.5 else "bad",
            )
            for name, chance in named
        ]
        + [
            KeyFigure(
                Text("{name}: số lần mua nửa năm tới", "{name}: purchases in half a year").format(
                    name=name
                ),
                number(count, 1),
            )
            for name, count in zip(_NAMES, to_come.tolist(), strict=True)
        ],
        table=_silence_table(model, age, times),
    )


_NAMES: Final = (Text("Chị An", "An"), Text("Anh Bình", "Binh"))
_GUESSED: Final = {"heavy": 0, "light": 1}


def _alive_finding(times: np.ndarray, alive: np.ndarray, silent: float) -> Text:
    heavier = int(np.argmax(times))
    parts = {
        "weeks": number(silent),
        "more": number(times[heavier]),
        "fewer": number(times[1 - heavier]),
        "frequent": _likely(alive[heavier]),
        "rare": _likely(alive[1 - heavier]),
    }
    if abs(alive[0] - alive[1]) < 0.02:
        return Text(
            "Im lặng {weeks} tuần: khả năng hai người này còn là khách gần như nhau, {frequent} và "
            "{rare}.",
            "Silent for {weeks} weeks: these two are about equally likely to be still customers, "
            "{frequent} and {rare}.",
        ).format(**parts)
    if alive[heavier] < alive[1 - heavier]:
        return Text(
            "Cùng im lặng {weeks} tuần: người từng mua lại {more} lần chỉ còn {frequent} khả năng "
            "vẫn là khách, người mua lại {fewer} lần còn tới {rare}.",
            "Both silent for {weeks} weeks: the buyer of {more} repeats is still a customer with a "
            "chance of {frequent}, the buyer of {fewer} repeats with {rare}.",
        ).format(**parts)
    return Text(
        "Im lặng {weeks} tuần thì người hay mua vẫn dễ còn là khách hơn: {frequent} so với {rare}.",
        "After {weeks} weeks of silence the frequent buyer is still the safer one: {frequent} "
        "against {rare}.",
    ).format(**parts)


def _likely(chance: float) -> Text:
    """A chance in whole per cent; what would round to nothing is said to be small."""
    if chance < 0.005:
        return Text("dưới 1 %", "under 1%")
    return percent(chance, 0)


def _silence_table(model: BgNbd, age: float, times: np.ndarray) -> Table:
    gaps = np.arange(0.0, _LONGEST + 1, 5)
    chances = [
        bgnbd_alive(model, np.full(gaps.size, count), age - gaps, np.full(gaps.size, age))
        for count in times
    ]
    return Table(
        (
            Text("Im lặng (tuần)", "Silent (weeks)"),
            Text("Chị An còn là khách", "An is still a customer"),
            Text("Anh Bình còn là khách", "Binh is still a customer"),
        ),
        [
            [number(gap), _likely(first), _likely(second)]
            for gap, first, second in zip(gaps, *chances, strict=True)
        ],
    )


likelier_customer: Final = Prediction(
    key="likelier-customer",
    question=Choice(
        label=Text(
            "Một năm qua ở cà phê Mộc, chị An quay lại 20 lần, anh Bình 2 lần. Cả hai đã 12 tuần "
            "không ghé. Ai nhiều khả năng vẫn còn là khách?",
            "In the past year at Mộc coffee, An came back 20 times and Binh 2 times. Neither has "
            "come for 12 weeks. Who is more likely to be still a customer?",
        ),
        options={
            "heavy": Text("Chị An, vì chị ghé nhiều nhất", "An, because she came most often"),
            "light": Text("Anh Bình, dù anh ít ghé", "Binh, although he came rarely"),
            "equal": Text("Như nhau, vì im lặng bằng nhau", "Equal: both have been silent alike"),
        },
    ),
    answer=lambda: "light",
)


@cache
def _half_year() -> dict[str, float]:
    """Purchases of half a year: pace drawn on, forecast of the model, and what came."""
    coffee = _coffee()
    known = histories(coffee, _KNOWN_WEEKS)
    pace = (known["frequency"] / known["age"]).sum() * _LATER_WEEKS
    expected = bgnbd_expected_purchases(
        _model("coffee"), _LATER_WEEKS, known["frequency"], known["recency"], known["age"]
    )
    later = coffee[coffee["week"] >= _KNOWN_WEEKS].drop_duplicates(["customer", "week"])
    return {"pace": float(pace), "model": float(expected.sum()), "came": float(len(later))}


@lab(
    key="half-year",
    title=Text("Nửa năm sau ở cà phê Mộc", "Half a year later at Mộc coffee"),
    formulas=((Text("Số lần mua sắp tới", "Purchases to come"), bgnbd_expected_purchases),),
    sources=("fader2005",),
    arrangement="stack",
)
def half_year() -> View:
    """Hold two forecasts of half a year against what came."""
    found = _half_year()
    names = {
        "pace": Text("Kéo dài nhịp mua cũ của từng người", "Everyone's old pace, drawn on"),
        "model": Text("Có tính người lặng lẽ ra đi (BG/NBD)", "Counting silent leaving (BG/NBD)"),
        "came": Text("Số lần mua thực tế", "What came"),
    }
    return View(
        finding=Text(
            "Kéo dài nhịp cũ thì đoán {pace} lần mua, thực tế chỉ {came}; tính cả người lặng lẽ ra "
            "đi thì đoán được {model}.",
            "The old pace drawn on promises {pace} purchases, only {came} came; counting silent "
            "leaving, the forecast is {model}.",
        ).format(**{key: number(count) for key, count in found.items()}),
        chart=partial(charts.half_year, found, names),
        key_figures=(),
        table=Table(
            (
                Text("Cách đoán", "Forecast"),
                Text("Số lần mua trong 26 tuần", "Purchases in 26 weeks"),
            ),
            [[names[key], number(count)] for key, count in found.items()],
        ),
    )
