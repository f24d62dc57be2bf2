"""What the models say to the questions of lesson 04."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from cxlib.data import load
from cxlib.labs.promise.choice import DELIVERIES
from cxlib.labs.promise.pain import estimate
from cxlib.learning.questions import OptionQuestion, exercise
from cxlib.models.expectation import (
    PromiseStakes,
    audit_promises,
    best_promise,
    critical_fractile,
    prospect_value,
)

AUDIT: Final = audit_promises(load("so_loi_hua"), subject="subject")
STAKES: Final = PromiseStakes(gain=0.16, loss_aversion=2.25, cost=0.25)
CHEAPER: Final = PromiseStakes(gain=0.16, loss_aversion=2.25, cost=0.20)


def _three_days() -> list[float]:
    early, late = prospect_value([3, -3])
    straight = prospect_value([3, -3], exponent=1.0)
    return [early + late, 0.0, late, straight.sum()]


def _promises_kept() -> list[float]:
    kept = AUDIT.messages["kept"].to_numpy()
    exactly = np.isclose(kept, 0.9)
    share = AUDIT.deliverable_share(0.9)
    return [share, 1 - share, kept.mean(), (kept[~exactly] > 0.9).sum() / kept.size]


def _contradicting() -> set[str]:
    question = exercise("04-promise", "contradicting-subjects")
    assert isinstance(question, OptionQuestion)
    return {option.key for option in question.options} & set(AUDIT.contradictions.index)


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "three-days": _three_days,
    "urgent-lambda": lambda: [
        estimate("open", "urgent").ratio,
        estimate("open", "all").ratio,
        estimate("open", "calm").ratio,
        estimate("survey", "urgent").ratio,
    ],
    "share-to-keep": lambda: [
        critical_fractile(STAKES),
        1 - critical_fractile(STAKES),
        critical_fractile(CHEAPER),
        best_promise(DELIVERIES["now"], STAKES).kept,
    ],
    "promises-kept": _promises_kept,
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {"contradicting-subjects": _contradicting}
