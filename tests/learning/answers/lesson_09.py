"""What the models say to the questions of lesson 09."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from cxlib.labs.invest_and_return import uncertainty
from cxlib.learning.questions import OptionQuestion, exercise
from cxlib.models.cashflow import breakeven_scale, delay, irr, npv
from cxlib.models.programme import double_counted

COSTS: Final = np.array([3.0e9, 1.2e9, 1.2e9, 1.2e9])
BENEFITS: Final = np.array([0, 1.5e9, 3.0e9, 3.6e9])
RATE: Final = 0.12


def _widest_bars() -> set[str]:
    shown = {row[0].vi for row in uncertainty().table.rows[:3]}
    question = exercise("09-invest-and-return", "research-first")
    assert isinstance(question, OptionQuestion)
    return {option.key for option in question.options if option.text.vi in shown}


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "breakeven-scale": lambda: [
        breakeven_scale(BENEFITS, COSTS, RATE),
        breakeven_scale(BENEFITS, COSTS, 0.0),
        1 - breakeven_scale(BENEFITS, COSTS, RATE),
        1 / breakeven_scale(BENEFITS, COSTS, RATE),
    ],
    "twelve-months-late": lambda: [
        npv(RATE, delay(BENEFITS, 12) - COSTS),
        -npv(RATE, delay(BENEFITS, 12) - COSTS),
        npv(0.0, delay(BENEFITS, 12) - COSTS),
        npv(RATE, BENEFITS - COSTS),
    ],
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "irr": lambda: {
        {(0.1,): "ten", (0.4,): "forty", (0.1, 0.4): "both"}[
            tuple(np.round(irr([-1000, 2500, -1540]).rates, 6))
        ]
    },
    "double-count": lambda: set(double_counted(["B5", "B1", "B2", "B7", "B8"])),
    "research-first": _widest_bars,
}
