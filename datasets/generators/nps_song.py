"""NPS of twenty equal coffee shops. Twelve waves of sixty answers each, and one real change.

Cà phê Mộc asks sixty guests of each shop in each wave whether they would recommend it, 0–10.

1. All shops are equally good: an answer is 9–10 with probability p, 0–6 with probability d, else
   7–8, so every shop's true NPS is 100 (p − d).
2. From one wave on, one shop improves: its p rises and its d falls by the same amount and stay
   there.
3. Within promoters, passives and detractors the answers fall on the scale by fixed odds; the
   answers of a shop and wave are independent draws.

The seed is a typical draw: the improved shop shows about its true gain over all waves, and no
other shop's change reaches two standard errors.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED: Final = 20_260_198
TRUTH: Final[dict[str, Any]] = {
    "promoters": 0.42,
    "detractors": 0.18,
    "nps": 24.0,
    "improved_store": "M13",
    "improved_from_wave": 7,
    "improved_promoters": 0.48,
    "improved_detractors": 0.12,
    "improvement": 12.0,
}

STORES: Final = tuple(f"M{place:02d}" for place in range(1, 21))
WAVES: Final = range(1, 13)
ANSWERS: Final = 60

_DETRACTOR_ODDS: Final = np.array([0.06, 0.03, 0.05, 0.08, 0.13, 0.30, 0.35])
_PASSIVE_ODDS: Final = np.array([0.45, 0.55])
_PROMOTER_ODDS: Final = np.array([0.55, 0.45])


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """Draw the answers, one row each."""
    usual = _odds(TRUTH["promoters"], TRUTH["detractors"])
    improved = _odds(TRUTH["improved_promoters"], TRUTH["improved_detractors"])
    waves = [
        pd.DataFrame(
            {
                "store_id": store,
                "wave": wave,
                "score": rng.choice(11, ANSWERS, p=improved if _better(store, wave) else usual),
            }
        )
        for store in STORES
        for wave in WAVES
    ]
    return pd.concat(waves, ignore_index=True)


def _better(store: str, wave: int) -> bool:
    return store == TRUTH["improved_store"] and bool(wave >= TRUTH["improved_from_wave"])


def _odds(promoters: float, detractors: float) -> NDArray[np.float64]:
    """Probability of each answer 0–10."""
    return np.concatenate(
        [
            detractors * _DETRACTOR_ODDS,
            (1 - promoters - detractors) * _PASSIVE_ODDS,
            promoters * _PROMOTER_ODDS,
        ]
    )
