"""What the models say to the questions of lesson 11."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from cxlib.labs.compass.decisions import DECISIONS, FELT
from cxlib.labs.compass.money import ADVICE, ORDERS, SAME_MONEY, WAREHOUSE
from cxlib.models.ecosystem import InvestmentSetting, Order, compare_orders
from cxlib.models.evidence import r_wg
from cxlib.models.incentives import attention_on_promise

RATINGS: Final = np.array([5, 4, 4, 3, 3])
RANDOM: Final = 2.0


def _best(contact: float, orders: list[Order]) -> set[str]:
    return {str(compare_orders(InvestmentSetting(contact=contact), orders).index[0])}


def _ahead_from(leader: Order, follower: Order) -> float:
    """The lowest contact, in steps of 0.01, at which one order beats another."""
    levels = (step / 100 for step in range(101))
    return next(
        level
        for level in levels
        if compare_orders(InvestmentSetting(contact=level), [leader, follower]).index[0] == leader
    )


def _against_emotion() -> set[str]:
    place = list(FELT).index("emotion")
    return {
        key
        for key, decision in DECISIONS.items()
        if decision.kind == "recognise" and decision.effects[place] < 0
    }


def _agreement() -> list[float]:
    variance = float(RATINGS.var(ddof=1))
    return [
        float(r_wg(RATINGS[:, None], 5)[0]),
        1 - float(RATINGS.var()) / RANDOM,
        variance / RANDOM,
        round(1 - (variance / RANDOM) ** 0.5, 2),
    ]


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "pull-of-six": lambda: [
        float(attention_on_promise(6, 3)),
        round(3 / 9, 4),
        float(attention_on_promise(6, 2)),
        1 - float(attention_on_promise(6, 3)),
    ],
    "agreement-of-five": _agreement,
    "together-leads-from": lambda: [
        _ahead_from("together", "cx_first"),
        _ahead_from("together", "cx_only"),
        _ahead_from("ex_first", "cx_first"),
    ],
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "best-at-warehouse": lambda: _best(WAREHOUSE, list(SAME_MONEY)),
    "best-at-advice": lambda: _best(ADVICE, list(ORDERS)),
    "bonus-against": _against_emotion,
}
