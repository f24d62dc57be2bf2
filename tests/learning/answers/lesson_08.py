"""What the models say to the questions of lesson 08."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from cxlib.labs.an_nhien import AN_NHIEN, COSTS, ESTIMATES
from cxlib.labs.kept_customer import still_a_customer
from cxlib.models.programme import double_counted
from cxlib.models.retention import sbg_fit, sbg_survival, survival_trend, trend_survival
from cxlib.models.value import margin_multiple, retention_readings

HIGH_END: Final = np.array([1000, 869, 743, 653, 593, 551, 517, 491])
EVERYONE: Final = AN_NHIEN.customers * AN_NHIEN.margin_per_customer
PROGRAMME: Final = COSTS[1]
RISE: Final = ESTIMATES["retention"][1]


def _gain(rate: float) -> float:
    return EVERYONE * (margin_multiple(0.73, rate) - margin_multiple(0.70, rate))


def _undiscounted(retention: float) -> float:
    return margin_multiple(retention, 0.0) / margin_multiple(0.90, 0.0) - 1


def _drawn_on(kind: str) -> float:
    return float(trend_survival(survival_trend(HIGH_END / 1000, kind), 12)[0])


def _lifetime_value() -> set[str]:
    worth = 2e6 * 0.3 * margin_multiple(0.8, 0.1)
    offered = {"margin": 1.6e6, "churn": 3e6, "revenue": 5.33e6}
    return {min(offered, key=lambda key: abs(offered[key] - worth))}


def _call_first() -> set[str]:
    figures = still_a_customer(heavy=20, light=2, silent=12).key_figures
    heavy, light = (float(figure.value.en.rstrip("%")) for figure in figures[:2])
    return {"heavy" if heavy < light else "light"}


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "three-points": lambda: [_gain(0.12), 0.03 * EVERYONE, _gain(0.0)],
    "five-points": lambda: [
        retention_readings(0.90, 0.05, 0.10).more_points,
        _undiscounted(0.95),
        0.95 / 0.90 - 1,
    ],
    "fewer-leavers": lambda: [
        retention_readings(0.90, 0.05, 0.10).fewer_leavers,
        retention_readings(0.90, 0.05, 0.10).more_points,
        _undiscounted(0.905),
    ],
    "keep-or-win": lambda: [
        PROGRAMME / (AN_NHIEN.customers * RISE),
        PROGRAMME / AN_NHIEN.customers,
        PROGRAMME / (AN_NHIEN.customers * (1 - AN_NHIEN.retention) * RISE),
    ],
    "sbg-year-12": lambda: [
        float(sbg_survival(sbg_fit(HIGH_END), 12)[0]),
        _drawn_on("linear"),
        _drawn_on("exponential"),
        0.394,
    ],
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "clv-on-margin": _lifetime_value,
    "silent-buyer": _call_first,
    "count-once": lambda: {"B5", "B9"} if double_counted(["B1", "B2", "B5", "B8"]) else {"B9"},
}
