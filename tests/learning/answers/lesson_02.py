"""What the models say to the questions of lesson 02."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cxlib.data import load
from cxlib.labs.ex_and_cx.contact import CONTACT, slope_at
from cxlib.models.drivers import driver_table, lmg
from datasets.generators.cua_hang_thang import TRUTH

_POINTS: Final = 10


def _true_slope(contact: float) -> float:
    return float(TRUTH["cx"]["engagement_by_contact"]) * contact


def _complaints() -> list[float]:
    departments = load("attitude")
    drivers, rating = departments.drop(columns="rating"), departments["rating"]
    shared = lmg(drivers, rating)
    alone = float(driver_table(drivers, rating)["correlation"].loc["complaints"])
    return [shared.percent["complaints"], shared.shares["complaints"], alone, alone**2]


def _nearest_to_three_points() -> set[str]:
    gains = {name: _POINTS * slope_at(contact).at for name, contact in CONTACT.items()}
    return {min(gains, key=lambda name: abs(gains[name] - 3))}


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "slope-at-contact": lambda: [
        _true_slope(0.75),
        _POINTS * _true_slope(0.75),
        _true_slope(0.40),
        _true_slope(1.0),
    ],
    "complaints-share": _complaints,
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "three-points": _nearest_to_three_points,
}
