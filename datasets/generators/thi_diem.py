"""A pilot in two hundred parcel shops. Satisfied customers by month, before and during.

Tốc Hành asks eighty customers of each shop in each month of 2025 whether they were satisfied.

1. A shop's true share of satisfied customers is θ ~ N(level, between_sd).
2. In July one hundred shops, drawn by lot, start the pilot. From then on every shop moves by its
   own drift ~ N(common_change, drift_sd), and a pilot shop by ``effect`` on top.
3. The satisfied of a month are a binomial draw from eighty answers, so one month's share is off
   by about five points.

Nothing is done for anybody before July. Still the forty shops with the lowest share in January
look better in February: expected gain φ(z) / .2 · σ² / √(between_sd² + σ²) with σ² the binomial
variance of a month at the mean level, stored as ``worst_gain``.

The seed is a typical draw: that gain and the pilot's effect come out near their expectation.
"""

from __future__ import annotations

from math import sqrt
from typing import Any, Final

import numpy as np
import pandas as pd

from cxlib.models.evidence import regression_to_mean_gain

SEED: Final = 20_260_116
STORES: Final = 200
ANSWERS: Final = 80
MONTHS: Final = tuple(f"2025-{month:02d}" for month in range(1, 13))
START: Final = MONTHS.index("2025-07")

_LEVEL: Final = 0.745
_BETWEEN_SD: Final = 0.052
TRUTH: Final[dict[str, Any]] = {
    "level": _LEVEL,
    "between_sd": _BETWEEN_SD,
    "common_change": 0.010,
    "drift_sd": 0.015,
    "effect": 0.025,
    "worst": 40,
    "worst_gain": round(
        regression_to_mean_gain(0.2, _BETWEEN_SD, sqrt(_LEVEL * (1 - _LEVEL) / ANSWERS)), 4
    ),
}


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """Draw the answers, one row a shop and month."""
    level = rng.normal(TRUTH["level"], TRUTH["between_sd"], STORES)
    drift = rng.normal(TRUTH["common_change"], TRUTH["drift_sd"], STORES)
    pilot = rng.permutation(np.repeat([True, False], STORES // 2))
    running = np.arange(len(MONTHS)) >= START
    change = np.outer(drift + TRUTH["effect"] * pilot, running)
    satisfied = rng.binomial(ANSWERS, np.clip(level[:, None] + change, 0, 1))
    return pd.DataFrame(
        {
            "store_id": np.repeat([f"T{place:03d}" for place in range(1, STORES + 1)], len(MONTHS)),
            "month": np.tile(MONTHS, STORES),
            "arm": np.repeat(np.where(pilot, "thi_diem", "doi_chung"), len(MONTHS)),
            "answers": ANSWERS,
            "satisfied": satisfied.ravel(),
        }
    )
