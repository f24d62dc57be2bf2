"""How many days to promise: long enough to keep, short enough to attract."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd

from cxlib.charts import promise as charts
from cxlib.charts.promise import days, felt
from cxlib.data import load
from cxlib.learning.fields import Choice, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.expectation import (
    BestPromise,
    DeliveryTimes,
    PromiseStakes,
    best_promise,
    critical_fractile,
    expected_satisfaction,
)
from cxlib.text import Text, number, percent, same

GAIN: Final = 0.16
LOSS_AVERSION: Final = 2.25
COST: Final = 0.20

PATTERNS: Final[Mapping[str, Text]] = {
    "now": Text("Như hiện nay", "As today"),
    "steady": Text("Đều tay: lần nào cũng 4 – 5 ngày", "Steady: always 4 – 5 days"),
    "storm": Text("Mùa mưa bão", "Storm season"),
}
# Illustrative; the average is 4.6 days both today and when steady.
DELIVERIES: Final[Mapping[str, DeliveryTimes]] = {
    "now": DeliveryTimes.discrete([3, 4, 5, 6, 7], [0.25, 0.25, 0.25, 0.15, 0.10]),
    "steady": DeliveryTimes.discrete([4, 5], [0.40, 0.60]),
    "storm": DeliveryTimes.discrete(range(3, 11), [0.10, 0.15, 0.20, 0.20, 0.15, 0.10, 0.06, 0.04]),
}
COST_LABEL: Final = Text("Mỗi ngày hứa thêm làm mất (điểm)", "Each promised day costs (points)")
COST_HINT: Final = Text(
    "khách thấy hẹn xa thì ngại, có người bỏ giỏ hàng",
    "a distant date puts customers off, some leave their cart",
)
LAMBDA_LABEL: Final = Text("Một ngày trễ nặng bằng mấy ngày sớm (λ)", "Late against early days (λ)")


@lab(
    key="choose-promise",
    title=Text("Chọn lời hứa", "Choosing the promise"),
    presets={
        "eager": Preset(
            Text("Tình huống 1: khách rất ngại hẹn xa", "Case 1: customers hate to wait"),
            {"cost": 0.30},
        ),
        "steady": Preset(
            Text("Tình huống 2: vận hành đều tay", "Case 2: steady operations"),
            {"pattern": "steady"},
        ),
        "storm": Preset(
            Text("Tình huống 3: mùa mưa bão", "Case 3: storm season"), {"pattern": "storm"}
        ),
    },
    formulas=(
        (
            Text("Mức hài lòng bình quân của một lời hứa", "What a promise is worth"),
            expected_satisfaction,
        ),
        (Text("Phần đơn nên giao kịp", "The share that should be kept"), critical_fractile),
    ),
    sources=("arrow1951", "mittal1998"),
    pattern=Choice(label=Text("Giao hàng", "Deliveries"), options=PATTERNS, default="now"),
    cost=Quantity(COST_LABEL, COST, 0.0, 0.5, 0.01, hint=COST_HINT),
    loss_aversion=Quantity(LAMBDA_LABEL, LOSS_AVERSION, 1.0, 4.0, 0.05),
)
def choose_promise(
    pattern: str, cost: float, loss_aversion: float, guess: float | None = None
) -> View:
    """Find the promise that leaves customers most satisfied on average."""
    return weigh(DELIVERIES[pattern], PromiseStakes(GAIN, loss_aversion, cost), guess)


def weigh(deliveries: DeliveryTimes, stakes: PromiseStakes, guess: float | None = None) -> View:
    """Compare all promises of whole days for one distribution of deliveries."""
    best = best_promise(deliveries, stakes)
    first, last = max(deliveries.days[0] - 1, 0), deliveries.days[-1] + 1
    promises = np.arange(first, last + 1)
    worth = expected_satisfaction(promises, deliveries, stakes)
    kept = deliveries.kept(promises)
    return View(
        finding=_finding(best, stakes),
        chart=partial(charts.promise_scales, deliveries, promises, worth, best.days, guess),
        key_figures=(
            KeyFigure(Text("Nên hứa", "Best promise"), days(best.days), "good"),
            KeyFigure(Text("Giữ được", "Kept"), percent(best.kept, 0)),
            KeyFigure(
                Text("Giao bình quân", "Average delivery"),
                days(float(deliveries.days @ deliveries.probability)),
            ),
        ),
        table=Table(
            (
                Text("Hứa", "Promise"),
                Text("Giữ được", "Kept"),
                Text("Hài lòng bình quân (điểm)", "Average satisfaction (points)"),
            ),
            [
                [days(promise), percent(share, 0), felt(value)]
                for promise, share, value in zip(promises, kept, worth, strict=True)
            ],
        ),
    )


def _finding(best: BestPromise, stakes: PromiseStakes) -> Text:
    parts = {"days": days(best.days), "kept": percent(best.kept, 0)}
    if best.limit == "longest":
        sentence = Text(
            "Khách hầu như không ngại hẹn xa, nên cứ hứa mức chậm nhất: {days}.",
            "A distant date hardly puts customers off, so promise the slowest case: {days}.",
        )
    elif best.limit == "shortest":
        sentence = Text(
            "Hứa thêm một ngày mất nhiều hơn cả trễ một ngày: cứ hứa mức nhanh nhất, {days}.",
            "A promised day costs more than a late one: promise the fastest case, {days}.",
        )
    else:
        parts["share"] = percent(critical_fractile(stakes), 0)
        sentence = Text(
            "Nên hứa {days}: mức ngắn nhất mà ít nhất {share} đơn kịp (thực ra kịp {kept}).",
            "Promise {days}: the shortest that at least {share} of orders keep (in fact {kept}).",
        )
    return sentence.format(**parts)


promise_chosen: Final = Prediction(
    key="promise-chosen",
    question=Quantity(
        Text(
            "An Nhiên giao bình quân 4,6 ngày: 25 % đơn mất 3 ngày, 25 % mất 4, 25 % mất 5, 15 % "
            "mất 6 và 10 % mất 7. Theo bạn, nên hứa mấy ngày?",
            "An Nhien delivers in 4.6 days on average: 25% of orders take 3 days, 25% take 4, 25% "
            "take 5, 15% take 6 and 10% take 7. How many days should be promised?",
        ),
        None,
        3,
        8,
        1,
    ),
    answer=lambda: best_promise(DELIVERIES["now"], PromiseStakes(GAIN, LOSS_AVERSION, COST)).days,
)

_HOURS: Final = (11, 13, 15, 17, 19, 21)
_TARGET: Final = 0.90


@cache
def _by_hour() -> list[tuple[str, DeliveryTimes]]:
    table = load("deliveries")
    bands = pd.cut(table["hour"], _HOURS, right=False)
    return [
        (f"{int(band.left)} – {int(band.right)}", DeliveryTimes.empirical(times))
        for band, times in table["time_to_delivery"].groupby(bands, observed=True)
    ]


@cache
def _all_day() -> DeliveryTimes:
    return DeliveryTimes.empirical(load("deliveries")["time_to_delivery"])


@lab(
    key="moving-target",
    title=Text("Một nhà hàng thật: hứa bao nhiêu phút?", "A real restaurant: how many minutes?"),
    presets={
        "average": Preset(
            Text("Tình huống 1: hứa bằng số bình quân", "Case 1: promise the average"),
            {"minutes": 26},
        ),
        "ninety": Preset(
            Text("Tình huống 2: tính gộp giữ được 90 %", "Case 2: 90% kept overall"),
            {"minutes": 35},
        ),
    },
    sources=("kuhn2026",),
    minutes=Quantity(Text("Hứa chung (phút)", "One promise for all (minutes)"), 35, 15, 45, 1),
)
def moving_target(minutes: float) -> View:
    """Hold one promise against each hour of the day, on 10,012 real deliveries."""
    overall = float(_all_day().kept(minutes))
    bands = [band for band, _ in _by_hour()]
    kept = np.array([float(times.kept(minutes)) for _, times in _by_hour()])
    needed = np.array([times.quantile(_TARGET) for _, times in _by_hour()])
    best, worst = int(kept.argmax()), int(kept.argmin())
    return View(
        finding=Text(
            "Hứa chung {minutes} phút thì tính gộp giữ được {overall}: khung {best} giờ được "
            "{high}, khung {worst} giờ chỉ {low}.",
            "One promise of {minutes} minutes is kept in {overall} of all cases: {high} at "
            "{best} h, only {low} at {worst} h.",
        ).format(
            minutes=number(minutes),
            overall=percent(overall, 0),
            best=same(bands[best]),
            worst=same(bands[worst]),
            high=percent(kept[best], 0),
            low=percent(kept[worst], 0),
        ),
        chart=partial(charts.kept_by_hour, bands, kept, needed, _TARGET),
        key_figures=(),
        table=Table(
            (
                Text("Giờ đặt", "Hour of order"),
                Text("Giữ được lời hứa chung", "Keep the one promise"),
                Text("Muốn giữ 90 % phải hứa (phút)", "Promise kept by 90% (minutes)"),
            ),
            [
                [same(band), percent(share, 0), number(time)]
                for band, share, time in zip(bands, kept, np.ceil(needed), strict=True)
            ],
        ),
    )
