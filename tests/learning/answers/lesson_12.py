"""What the models say to the questions of lesson 12."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cxlib.labs.investment_case.pilot import outcomes
from cxlib.models.cashflow import irr, npv
from cxlib.models.programme import double_counted

RATE: Final = 0.12
KEPT_REVENUE: Final = 1_600 * 2.5e6
MARGIN: Final = 0.25
SAVED: Final = 900e6
RULES: Final = {"never": 0.0, "half": 0.5, "near-even": 0.9, "strict": 1.4}


def _rival(yearly: float, rate: float = RATE) -> float:
    return npv(rate, [-4e9, yearly, yearly, yearly])


def _best_rule() -> set[str]:
    means = {key: outcomes(10_000, least, 3e8, 6, 1.0)[1].mean() for key, least in RULES.items()}
    return {max(means, key=lambda key: means[key])}


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "rival-npv": lambda: [
        _rival(KEPT_REVENUE * MARGIN + SAVED - 1e9),
        _rival(KEPT_REVENUE + SAVED - 1e9),
        _rival(KEPT_REVENUE * MARGIN + SAVED - 1e9, rate=0.0),
        _rival(KEPT_REVENUE * MARGIN + SAVED),
    ],
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "added-up": lambda: {"either" if double_counted(["B1", "B2", "B5"]) else "fine"},
    "irr-only": lambda: {"npv" if irr([-10, 12, 12, -13]).ambiguous else "approve"},
    "revenue-or-margin": lambda: {{6e9: "revenue", 1.2e9: "margin"}[2_000 * 3e6 * 0.2]},
    "stopping-rule": _best_rule,
}
