"""What the models say to the questions of lesson 10."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cxlib.data import load
from cxlib.labs.was_it_cx.differences import two_differences
from cxlib.labs.was_it_cx.lottery import DRAWS, EFFECT, draws
from cxlib.models.evidence import (
    design_effect,
    did_regression,
    difference_in_differences,
    two_proportion_sample_size,
)

CALM: Final = {"effect": 0.03, "common": 0.0, "gap": 0.0, "drift": 0.0, "shock": 0.0}


def _middle_of_the_formulas() -> float:
    found = (
        two_proportion_sample_size(0.30, 0.36, "evan-miller"),
        two_proportion_sample_size(0.30, 0.36),
    )
    return sum(found) / 2


def _pilot() -> tuple[float, float]:
    """The difference-in-differences of the pilot data, and before–after of the pilot arm."""
    data = load("thi_diem")
    share = data["satisfied"] / data["answers"]
    pilot, after = data["arm"] == "thi_diem", data["month"] >= "2025-07"
    effect = did_regression(share, pilot.astype(int), after.astype(int), data["store_id"])
    return effect.estimate, share[pilot & after].mean() - share[pilot & ~after].mean()


def _what_spoils_parallel_regions() -> set[str]:
    """Each threat alone: which one moves the estimate and leaves the half-year before calm?"""
    threats = {"gap": {"gap": 0.05}, "market": {"common": 0.05}, "shock": {"shock": 0.03}}
    return {
        name
        for name, threat in threats.items()
        if "+3.0" not in two_differences(**{**CALM, **threat}).key_figures[2].value.en
    }


def _what_cures_volunteers() -> set[str]:
    """More volunteers stay off; lots come out right."""
    few, many, lots = (
        abs(draws(entry, EFFECT, stores).estimates.mean() - EFFECT)
        for entry, stores in (("eager", 50), ("eager", 100), ("lot", 100))
    )
    margin = draws("lot", EFFECT, 100).margins.mean() / DRAWS**0.5
    return {"lot-among"} if few > margin and many > margin and lots < margin else {"more"}


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "per-arm": lambda: [
        _middle_of_the_formulas(),
        2 * two_proportion_sample_size(0.30, 0.36),
        two_proportion_sample_size(0.30, 0.35),
        two_proportion_sample_size(0.20, 0.25),
    ],
    "design-effect": lambda: [
        design_effect(31, 0.04),
        1 + 31 * 0.04,
        31 * 0.04,
        design_effect(31, 1.0),
    ],
    "did-by-hand": lambda: [
        difference_in_differences(0.81, 0.88, 0.84, 0.86),
        0.88 - 0.81,
        0.88 - 0.86,
    ],
    "real-lottery": lambda: list(_pilot()),
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "parallel": _what_spoils_parallel_regions,
    "volunteers": _what_cures_volunteers,
}
