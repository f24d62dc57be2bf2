"""The cost of a CX programme month by month. Eight kinds of cost, thirty-six months.

A plan of the fictional chain An Nhiên with its 50,000 customers; amounts are illustrative.

1. The totals are fixed: what each cost takes once and what it takes each year, as in the retail
   column of ``cost_templates.csv``.
2. One-off money is paid in the first months, by the months and weights of ``ONE_OFF_MONTHS``.
3. Yearly money is paid in every year by the twelve weights of ``RHYTHM``: salaries monthly with
   a thirteenth one in January, workshops by quarter, events twice a year.
4. Each payment departs from its weight by a factor ~ exp N(0, 0.06); payments are scaled back
   to the total and rounded to million dong, the last payment taking the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED: Final = 20_260_108
MILLION: Final = 1_000_000
YEARS: Final = (2026, 2027, 2028)
MONTHS: Final = tuple(f"{year}-{month:02d}" for year in YEARS for month in range(1, 13))

TRUTH: Final[dict[str, Any]] = {
    "one_off_vnd": {
        "C1": 50_000_000,
        "C2": 500_000_000,
        "C3": 550_000_000,
        "C4": 100_000_000,
        "C5": 100_000_000,
        "C6": 1_500_000_000,
        "C7": 0,
        "C8": 200_000_000,
    },
    "yearly_vnd": {
        "C1": 400_000_000,
        "C2": 60_000_000,
        "C3": 220_000_000,
        "C4": 80_000_000,
        "C5": 60_000_000,
        "C6": 100_000_000,
        "C7": 160_000_000,
        "C8": 120_000_000,
    },
    "total_vnd": 6_600_000_000,
    "largest": "C6",
}

_MONTHLY: Final = (1,) * 12
_QUARTERLY: Final = (0, 0, 1) * 4
_TWICE: Final = (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1)
RHYTHM: Final[dict[str, Sequence[float]]] = {
    "C1": (2, *_MONTHLY[1:]),
    "C2": (0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0),
    "C3": _MONTHLY,
    "C4": _QUARTERLY,
    "C5": _MONTHLY,
    "C6": _TWICE,
    "C7": (4, *_MONTHLY[1:]),
    "C8": _TWICE,
}
ONE_OFF_MONTHS: Final[dict[str, Sequence[float]]] = {
    "C1": (1, 1),
    "C2": (0, 3, 2),
    "C3": (2, 1, 1, 1),
    "C4": (0, 0, 1, 1),
    "C5": (1, 1, 1),
    "C6": (0, 0, 1, 2, 2, 3, 2, 1),
    "C7": (),
    "C8": (0, 1, 0, 1),
}
_WOBBLE: Final = 0.06


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """Lay out the payments, one row a cost and month."""
    return pd.concat([_plan(rng, code) for code in RHYTHM], ignore_index=True)


def _plan(rng: np.random.Generator, code: str) -> pd.DataFrame:
    once = ONE_OFF_MONTHS[code]
    yearly = [_payments(rng, RHYTHM[code], TRUTH["yearly_vnd"][code]) for _ in YEARS]
    return pd.DataFrame(
        {
            "code": code,
            "month": MONTHS,
            "one_off_vnd": _payments(
                rng, (*once, *(0,) * (len(MONTHS) - len(once))), TRUTH["one_off_vnd"][code]
            ),
            "recurring_vnd": np.concatenate(yearly),
        }
    )


def _payments(rng: np.random.Generator, weights: Sequence[float], total: int) -> NDArray[np.int64]:
    """Split an amount over months by their weights, in whole millions."""
    wobbled = np.array(weights) * np.exp(rng.normal(0, _WOBBLE, len(weights)))
    if total == 0:
        return np.zeros(len(weights), dtype=np.int64)
    millions = np.round(total / MILLION * wobbled / wobbled.sum())
    paid: NDArray[np.int64] = millions.astype(np.int64) * MILLION
    paid[np.flatnonzero(paid)[-1]] += total - paid.sum()
    return paid
