r"""Hotline: twenty working days of the fictional chain An Nhiên, in half-hours from 8:00 to 21:00.

Calls are Poisson; their expected number rises towards ten and towards three in the afternoon
(an M-shaped day) and is 15 % higher on Mondays. Handling times are exponential with mean 210 s,
patience is exponential with mean 180 s. Every call is simulated: the caller takes the first free
agent, or hangs up when her patience ends first; her wait is settled by the team on duty when she
calls. The team is planned for an ordinary day, a little above the work, and is now and then one
too many or one too few.

Callers rate the hotline; the mean of a half-hour is

.. math:: 4.4 - .010\,\overline{wait} - .6\,\text{share who hung up} + N(0, .8/\sqrt{calls})

where the wait, in seconds, is the mean over all callers.

The seed was chosen by trial so that every estimate of the truth lies within about one standard
error of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush, heapreplace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED: Final = 16
TRUTH: Final[dict[str, Any]] = {
    "handling_mean_s": 210.0,
    "patience_mean_s": 180.0,
    "monday_factor": 1.15,
    "calls_on_an_ordinary_day": {
        "base": 34.0,
        "morning": {"height": 52.0, "hour": 10.0, "width_h": 1.2},
        "afternoon": {"height": 44.0, "hour": 15.0, "width_h": 1.5},
    },
    "csat": {"base": 4.4, "per_second": -0.010, "hung_up": -0.6, "caller_sd": 0.8},
}

_HALF_HOUR_S: Final = 1800.0
_STARTS_S: Final = 8 * 3600 + _HALF_HOUR_S * np.arange(26)
_DAYS: Final = pd.bdate_range("2025-03-03", periods=20)
_SPARE: Final = 0.9

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Caller:
    """What happened to one call: seconds in line, and of talk if she was answered."""

    wait: float
    talk: float | None


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """One row a day and half-hour."""
    rows = []
    for day in _DAYS:
        busier = TRUTH["monday_factor"] if day.weekday() == 0 else 1.0
        calls = rng.poisson(_ordinary_calls() * busier)
        agents = _planned_agents() + rng.choice([-1, 0, 1], len(calls), p=[0.2, 0.65, 0.15])
        for slot, callers in enumerate(_simulated_day(rng, calls, agents)):
            start = divmod(int(_STARTS_S[slot]) // 60, 60)
            when = {"date": f"{day:%Y-%m-%d}", "slot": "{:02d}:{:02d}".format(*start)}
            rows.append(when | _reported(rng, callers, int(agents[slot])))
    table = pd.DataFrame(rows)
    return table.round({"aht_s": 1, "asa_s": 1, "abandon_wait_s": 1, "csat_mean": 2})


def _ordinary_calls() -> FloatArray:
    """Expected calls of each half-hour, but for Mondays."""
    profile, hours = TRUTH["calls_on_an_ordinary_day"], (_STARTS_S + _HALF_HOUR_S / 2) / 3600
    calls = np.full(len(hours), profile["base"])
    for peak in (profile["morning"], profile["afternoon"]):
        calls += peak["height"] * np.exp(-(((hours - peak["hour"]) / peak["width_h"]) ** 2) / 2)
    return calls


def _planned_agents() -> NDArray[np.int64]:
    load = _ordinary_calls() * TRUTH["handling_mean_s"] / _HALF_HOUR_S
    return np.asarray((load + _SPARE * np.sqrt(load)).round().astype(int))


def _simulated_day(
    rng: np.random.Generator, calls: NDArray[np.int64], agents: NDArray[np.int64]
) -> list[list[_Caller]]:
    """Every caller of a day, by half-hour."""
    free: list[float] = []
    day = []
    for start, arriving, team in zip(_STARTS_S, calls, agents, strict=True):
        _change_shift(free, int(team), float(start))
        arrivals = np.sort(rng.uniform(start, start + _HALF_HOUR_S, arriving))
        patience = rng.exponential(TRUTH["patience_mean_s"], arriving)
        talk = rng.exponential(TRUTH["handling_mean_s"], arriving)
        day.append(
            [
                _call(free, *map(float, caller))
                for caller in zip(arrivals, patience, talk, strict=True)
            ]
        )
    return day


def _change_shift(free: list[float], team: int, now: float) -> None:
    """Bring the times at which agents become free to the size of the team."""
    while len(free) < team:
        heappush(free, now)
    while len(free) > team:
        heappop(free)


def _call(free: list[float], now: float, patience: float, talk: float) -> _Caller:
    wait = max(0.0, free[0] - now)
    if patience < wait:
        return _Caller(patience, None)
    heapreplace(free, now + wait + talk)
    return _Caller(wait, talk)


def _reported(rng: np.random.Generator, callers: list[_Caller], agents: int) -> dict[str, Any]:
    """What the hotline's report shows of a half-hour."""
    answered = np.array([(one.wait, one.talk) for one in callers if one.talk is not None])
    hung_up = np.array([one.wait for one in callers if one.talk is None])
    wait = (answered[:, 0].sum() + hung_up.sum()) / len(callers)
    csat = TRUTH["csat"]
    felt = csat["base"] + csat["per_second"] * wait
    felt += csat["hung_up"] * len(hung_up) / len(callers)
    return {
        "calls": len(callers),
        "aht_s": answered[:, 1].mean(),
        "agents": agents,
        "asa_s": answered[:, 0].mean(),
        "answered_20s": int((answered[:, 0] <= 20).sum()),
        "abandoned": len(hung_up),
        "abandon_wait_s": hung_up.mean() if len(hung_up) else np.nan,
        "csat_mean": felt + rng.normal(0, csat["caller_sd"] / np.sqrt(len(callers))),
    }
