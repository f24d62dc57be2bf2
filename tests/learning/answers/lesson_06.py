"""What the models say to the questions of lesson 06."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from cxlib.data import load
from cxlib.models.answering import answering_shares
from cxlib.models.intervals import proportion
from cxlib.models.scores import (
    Nps,
    nps,
    nps_change,
    nps_from_counts,
    nps_sample_size,
    nps_sample_size_for_change,
)

P: Final = 0.42
D: Final = 0.18
FIFTY: Final = nps_from_counts(60, 30, 10)


def _m13(first: int, last: int) -> Nps:
    return nps(load("nps_song").query("store_id == 'M13' and @first <= wave <= @last")["score"])


def _real_rise() -> set[str]:
    """The shares of the question in a thousand answers, their errors scaled to sixty."""
    before, after = (
        Nps(score.score, score.standard_error * np.sqrt(1000 / 60), 0, 0, 60)
        for score in (nps_from_counts(420, 400, 180), nps_from_counts(490, 350, 160))
    )
    return {"yes-outside" if nps_change(before, after).excludes_zero else "not-shown"}


def _moved_by_six_to_seven_and_seven_to_eight() -> set[str]:
    others = [9] * 98
    change = nps([7, 8, *others]).score - nps([6, 7, *others]).score
    return {{0: "none", 1: "one", 2: "two"}[round(change)]}


def _what_decides() -> set[str]:
    """Nobody's weight among the answers changes where all answer alike, however few."""
    groups = [P, 1 - P - D, D]
    alike = np.allclose(answering_shares(groups, [0.05] * 3), groups)
    unlike = np.allclose(answering_shares(groups, [0.05, 0.03, 0.15]), groups)
    return {"difference"} if alike and not unlike else {"rate"}


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "lower-end": lambda: [
        FIFTY.low,
        FIFTY.score - FIFTY.standard_error,
        FIFTY.score - 100 * (0.5 - proportion(50, 100, "wald").low),
        FIFTY.high,
    ],
    "ten-points": lambda: [
        nps_sample_size_for_change(P, D, 10),
        nps_sample_size_for_change(P, D, 5) / 2,
        nps_sample_size(P, D, 10),
        nps_sample_size(P, D, 5),
    ],
    "shop-m13": lambda: [
        nps_change(_m13(1, 6), _m13(7, 12)).difference,
        nps_change(_m13(1, 1), _m13(12, 12)).difference,
        _m13(7, 12).score,
    ],
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "real-rise": _real_rise,
    "seven-or-eight": _moved_by_six_to_seven_and_seven_to_eight,
    "five-per-cent": _what_decides,
}
