"""Employee survey. Nine hundred people of the chain An Nhiên answer twelve items, 1–5.

1. Every person belongs to one of three groups: engaged and content (60 %), neither (20 %), happy
   but not engaged (20 %). A group has a mean engagement and a mean satisfaction, in standard
   units.
2. The person departs from the group's means by her store and by herself. Her store counts with
   its usual engagement and satisfaction in ``cua_hang_thang``, put on a standard scale; her own
   two departures correlate.
3. Each item is the scale's mean plus spread × trait plus noise N(0, sd), rounded to 1–5. Eight
   items ask about engagement, two for each of four tests (is it clear, do I contribute, am I
   excited, am I committed); four ask about satisfaction. All are our own.

The noise is set so that Cronbach's α of the two scales and the correlation of their means come
out as in the truth; the seed is a typical draw.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from datasets.generators import cua_hang_thang

SEED: Final = 20_260_127
PEOPLE: Final = 900
ENGAGEMENT: Final = tuple(
    f"{test}_{item}" for test in ("clear", "contributes", "excited", "committed") for item in (1, 2)
)
SATISFACTION: Final = tuple(f"satisfied_{item}" for item in (1, 2, 3, 4))
TRUTH: Final[dict[str, Any]] = {
    "alpha_engagement": 0.85,
    "alpha_satisfaction": 0.80,
    "correlation": 0.55,
    "shares": {"engaged_and_content": 0.6, "neither": 0.2, "happy_not_engaged": 0.2},
}

Array = NDArray[np.float64]


class Group(NamedTuple):
    """Mean engagement and satisfaction of a group of people, in standard units."""

    engagement: float
    satisfaction: float


class Scale(NamedTuple):
    """How a trait becomes answers 1–5."""

    middle: float
    spread: float
    noise: float


GROUPS: Final = {
    "engaged_and_content": Group(0.65, 0.40),
    "neither": Group(-1.05, -1.70),
    "happy_not_engaged": Group(-0.95, 0.40),
}
_STORE_SD: Final = 0.30
_OWN_SD: Final = 0.45
_OWN_CORRELATION: Final = 0.80
_ENGAGED: Final = Scale(middle=3.15, spread=0.70, noise=0.76)
_SATISFIED: Final = Scale(middle=3.45, spread=0.75, noise=0.69)


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """Ask everybody once, one row a person."""
    stores = _stores()
    store = rng.permutation(np.arange(PEOPLE) % len(stores))
    shares = TRUTH["shares"]
    counts = [round(share * PEOPLE) for share in shares.values()]
    group = rng.permutation(np.repeat([GROUPS[name] for name in shares], counts, axis=0))
    trait = group + _own_departures(rng) + _STORE_SD * stores.to_numpy()[store]
    return pd.DataFrame(
        {
            "employee_id": [f"NV{place:03d}" for place in range(1, PEOPLE + 1)],
            "store_id": stores.index[store],
        }
        | _answers(rng, ENGAGEMENT, trait[:, 0], _ENGAGED)
        | _answers(rng, SATISFACTION, trait[:, 1], _SATISFIED)
    )


def _stores() -> pd.DataFrame:
    """Usual engagement and satisfaction of every store, on a standard scale."""
    panel = cua_hang_thang.generate(np.random.default_rng(cua_hang_thang.SEED))
    usual = panel.groupby("store_id")[["engagement", "satisfaction"]].mean()
    return (usual - usual.mean()) / usual.std()


def _own_departures(rng: np.random.Generator) -> Array:
    """How far each person's engagement and satisfaction lie from those of her group and store."""
    first, second = rng.normal(0, _OWN_SD, (2, PEOPLE))
    rest = np.sqrt(1 - _OWN_CORRELATION**2)
    return np.column_stack([first, _OWN_CORRELATION * first + rest * second])


def _answers(
    rng: np.random.Generator, items: tuple[str, ...], trait: Array, scale: Scale
) -> dict[str, NDArray[np.int64]]:
    felt = scale.middle + scale.spread * trait
    return {
        item: np.clip(np.round(felt + rng.normal(0, scale.noise, PEOPLE)), 1, 5).astype(np.int64)
        for item in items
    }
