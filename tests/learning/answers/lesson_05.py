"""What the models say to the questions of lesson 05."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cxlib.data import load
from cxlib.labs.waiting.own_sheet import TOLD_FACTOR
from cxlib.models.queueing import erlang_a, required_agents

SECOND: Final = 1 / 60
HOURS, MONTHLY_PAY, MONTHLY_HOURS, AWAY = 4 * 300, 12e6, 176, 0.30
CUSTOMERS, LOST_EACH, PATIENCE, AGENTS = 75_000, 30_000, 3.0, 6


def _agents(calls: float, minutes: float, within_s: float) -> int:
    """The fewest agents for 80% of a half-hour's calls."""
    return required_agents(calls / 30, minutes, within=within_s * SECOND, target=0.8).agents


def _holiday_rush() -> list[float]:
    work = 150 * 4 / 30
    return [_agents(150, 4, 20), work, work + 1, _agents(150, 4, 20) - 1]


def _one_agent_year() -> list[float]:
    hour = MONTHLY_PAY / MONTHLY_HOURS
    return [
        HOURS * hour / (1 - AWAY),
        HOURS * hour,
        HOURS * hour * (1 + AWAY),
        12 * MONTHLY_PAY,
    ]


def _lost(patience: float) -> float:
    line = erlang_a(CUSTOMERS / (HOURS * 60), 3.5, patience, AGENTS)
    return CUSTOMERS * line.abandon_probability * LOST_EACH


def _telling_saves() -> list[float]:
    silent, told = _lost(PATIENCE), _lost(PATIENCE * TOLD_FACTOR)
    return [silent - told, told, silent * (1 - 1 / TOLD_FACTOR)]


def _hotline_patience() -> list[float]:
    report = load("tong_dai")
    hung_up = report["abandoned"].sum()
    answered = ((report["calls"] - report["abandoned"]) * report["asa_s"]).sum()
    in_vain = (report["abandoned"] * report["abandon_wait_s"].fillna(0)).sum()
    return [(answered + in_vain) / hung_up, in_vain / hung_up, answered / hung_up]


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "holiday-rush": _holiday_rush,
    "five-points": _one_agent_year,
    "telling-saves": _telling_saves,
    "fewest-agents": lambda: [_agents(360, 4, 15), 48, 49, _agents(360, 4, 15) - 1],
    "hotline-patience": _hotline_patience,
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {
    "twice-the-calls": lambda: {f"n{_agents(200, 3, 20)}"},
}
