r"""Journey survey: 1,500 customers of the fictional chain An Nhiên rate eight touchpoints.

The scores of one customer share a halo: each is its touchpoint's mean plus 1.5 times
.55 × halo + √(1 − .55²) × own part, rounded to 0–10. Between 5 and 25 % of the customers did not
use a touchpoint; its score is then empty and moves nothing.

1,000 customers were asked right after the journey. Their overall score weighs what they used,

.. math:: y = 7.4 + \sum_{j\ \text{used}} w_j (x_j - \mu_j) + N(0, .7)

500 were asked three months later and remember the worst moment and the last,

.. math:: y = .6 \min_j x_j + .4\, x_{last} + N(0, .7)

Both are rounded to 0–10; the recommendation (NPS question) is y + .2 + N(0, 1), rounded. Asked
how important each touchpoint is, customers name what everybody talks about: advertising and the
website stand far above their weights. 600 customers left a comment.

The seed was chosen by trial so that every estimate of the truth lies within about one standard
error of it.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED: Final = 378
TRUTH: Final[dict[str, Any]] = {
    "weights": {
        "quang_cao": 0.02,
        "website": 0.05,
        "tu_van": 0.14,
        "thanh_toan": 0.05,
        "giao_hang": 0.30,
        "lap_dat": 0.08,
        "cskh": 0.22,
        "bao_hanh": 0.14,
    },
    "halo": 0.55,
    "overall": {"base": 7.4, "noise_sd": 0.7},
    "memory_after_three_months": {"worst": 0.6, "last": 0.4},
    "asked": {"ngay_sau": 1000, "sau_3_thang": 500},
}

_TOUCHPOINTS: Final = tuple(TRUTH["weights"])
_MEAN_SCORES: Final = (7.2, 7.6, 7.9, 8.1, 6.6, 7.8, 6.4, 7.0)
_SCORE_SD: Final = 1.5
_STATED_MEANS: Final = (8.7, 8.5, 7.6, 7.2, 8.1, 6.9, 7.3, 7.5)
_NOT_USED: Final = (0.12, 0.10, 0.08, 0.05, 0.06, 0.15, 0.20, 0.25)
_COMMENTS: Final = 600

FloatArray = NDArray[np.float64]


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """One row a customer; 0–10 scores are empty where a touchpoint was not used."""
    count = sum(TRUTH["asked"].values())
    scores = _scores(rng, count)
    order = _order_of_visits(rng, scores)
    asked = rng.permutation(np.repeat(list(TRUTH["asked"]), list(TRUTH["asked"].values())))
    felt = np.where(asked == "ngay_sau", _weighed(scores), _remembered(scores, order))
    felt += rng.normal(0, TRUTH["overall"]["noise_sd"], count)
    answers = {
        "id": [f"KH{number:04d}" for number in range(1, count + 1)],
        "segment": rng.choice(
            ["gia_dinh_tre", "nguoi_lon_tuoi", "doanh_nghiep_nho"], count, p=[0.5, 0.3, 0.2]
        ),
        "channel": rng.choice(
            ["cua_hang", "web", "tong_dai", "zalo"], count, p=[0.45, 0.3, 0.1, 0.15]
        ),
        "asked": asked,
        "visited_order": [_path(row) for row in order],
        "overall": _rating(felt),
        "nps": _rating(felt + 0.2 + rng.normal(0, 1, count)),
        "comment_id": _comment_ids(rng, count),
    }
    stated = _stated_importance(rng, count)
    return pd.DataFrame(answers).join(
        [
            pd.DataFrame(scores, columns=[f"score_{name}" for name in _TOUCHPOINTS]),
            pd.DataFrame(stated, columns=[f"stated_{name}" for name in _TOUCHPOINTS]),
        ]
    )


def _scores(rng: np.random.Generator, count: int) -> FloatArray:
    """Scores with a common halo; NaN where a touchpoint was not used."""
    halo, own = rng.normal(size=(count, 1)), rng.normal(size=(count, len(_TOUCHPOINTS)))
    mix = TRUTH["halo"] * halo + np.sqrt(1 - TRUTH["halo"] ** 2) * own
    scores = _rating(_MEAN_SCORES + _SCORE_SD * mix)
    return np.where(rng.random(scores.shape) < _NOT_USED, np.nan, scores)


def _order_of_visits(rng: np.random.Generator, scores: FloatArray) -> NDArray[np.int64]:
    """Touchpoints from the first to the last used, neighbours sometimes swapped, then −1s."""
    place = np.arange(len(_TOUCHPOINTS)) + rng.normal(0, 0.6, scores.shape)
    place[np.isnan(scores)] = np.inf
    order = np.argsort(place, axis=1)
    used = np.isfinite(np.take_along_axis(place, order, axis=1))
    return np.where(used, order, -1)


def _weighed(scores: FloatArray) -> FloatArray:
    """What is felt right after: every used touchpoint by its weight."""
    surprise = np.nan_to_num(scores - _MEAN_SCORES)
    return np.asarray(TRUTH["overall"]["base"] + surprise @ list(TRUTH["weights"].values()))


def _remembered(scores: FloatArray, order: NDArray[np.int64]) -> FloatArray:
    """What is left after three months: the worst moment and the last."""
    memory, last = TRUTH["memory_after_three_months"], (order >= 0).sum(axis=1) - 1
    people = np.arange(len(scores))
    last_scores = scores[people, order[people, last]]
    return np.asarray(memory["worst"] * np.nanmin(scores, axis=1) + memory["last"] * last_scores)


def _rating(felt: FloatArray) -> FloatArray:
    return felt.round().clip(0, 10)


def _stated_importance(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    generous = rng.normal(0, 0.8, (count, 1))
    stated = _STATED_MEANS + generous + rng.normal(0, 1.1, (count, len(_TOUCHPOINTS)))
    return np.asarray(stated.round().clip(1, 10).astype(int))


def _path(order: NDArray[np.int64]) -> str:
    return ">".join(_TOUCHPOINTS[place] for place in order if place >= 0)


def _comment_ids(rng: np.random.Generator, count: int) -> list[str]:
    ids = [f"GY{number:03d}" for number in range(1, _COMMENTS + 1)] + [""] * (count - _COMMENTS)
    return [str(one) for one in rng.permutation(ids)]
