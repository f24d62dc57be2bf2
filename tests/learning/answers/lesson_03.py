"""What the models say to the questions of lesson 03."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from cxlib.labs.ecosystem.compass import JOURNEY, OWN, UNITS, importance, priorities
from cxlib.labs.ecosystem.spending import MOC, WEIGHTS
from cxlib.models.ecosystem import (
    alignment,
    allocate_effort,
    ces_aggregate,
    kendall_w,
    marginal_payoff,
)

SCORES: Final = np.array(list(MOC.values()))
SHARES: Final = np.array(list(WEIGHTS.values()))
RANKS: Final = pd.DataFrame([[2, 4, 1, 3], [1, 3, 2, 4], [2, 1, 3, 4]])


def _reached(plan: list[float], rho: float = -5.0) -> float:
    return ces_aggregate(SCORES + plan, rho, SHARES)


def _best(rho: float) -> list[float]:
    return allocate_effort(SCORES, 40, rho, SHARES).tolist()


def _gets_most() -> set[str]:
    """The element that gets most of 100 points, with full substitution and with hardly any."""
    most = [
        list(MOC)[int(allocate_effort(SCORES, 100, rho, SHARES).argmax())] for rho in (1.0, -5.0)
    ]
    return {"-then-".join(most)}


def _furthest() -> set[str]:
    """The unit whose switch to its journey target delivers most."""
    delivered = {
        unit: alignment(priorities({**OWN, unit: JOURNEY[unit]}, 0.0), importance()).delivered
        for unit in UNITS
    }
    return {max(delivered, key=lambda unit: delivered[unit])}


def _spread() -> float:
    sums = RANKS.sum()
    return float(((sums - sums.mean()) ** 2).sum())


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "forty-points": lambda: [
        _reached(_best(-5)),
        _reached(_best(1), rho=1),
        _reached([40, 0, 0, 0]),
        _reached([0, 0, 0, 40]),
        _reached([10, 10, 10, 10]),
    ],
    "kendall": lambda: [
        kendall_w(RANKS).w,
        float((RANKS.T.corr("spearman").to_numpy().sum() - 3) / 6),
        _spread(),
        _spread() / (3**2 * (4**3 - 4)),
    ],
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "world-class": lambda: {
        {0: "zero", 5: "five", 20: "twenty"}[
            round(marginal_payoff([80, 75, 40, 70], -np.inf, effort=20)[0])
        ]
    },
    "where-points-go": _gets_most,
    "one-kpi": _furthest,
}
