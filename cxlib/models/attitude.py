"""How a good service attitude spreads and fades in an organisation: our own illustration."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEVERS: Final = ("poster", "C1", "C2", "C5", "C7")

_START: Final = 0.35
_SELECTION_FLOOR: Final = 0.15
_FADE: Final = 0.30
_FADE_RECOGNISED: Final = 0.10
_POSTER_PULSE: Final = 0.25
_TRAINING_PULSE: Final = 0.45
_TRAINING_EVERY: Final = 6
_TALK_GAIN: Final = 0.04
_TURNOVER: Final = 0.03


def attitude_share(bought: Collection[str], months: int = 12) -> NDArray[np.float64]:
    r"""Share of service encounters handled with the attitude the company wants, month by month.

    .. math:: a_{t+1} = a_t + g_t (1 - a_t) - f (a_t - b_t)

    Every month the share gains from what is done (:math:`g`: a poster or a training course gives a
    pulse, regular talk a little each month) and falls back towards the habit :math:`b` at the rate
    :math:`f`. Recognition (C7) slows the fall; selection (C1) lifts the habit as staff turn over.

    Args:
        bought: what is paid for, among :data:`LEVERS` (C1 selection, C2 training, C5 communication,
            C7 recognition; seed 003's cost kinds).
        months: number of months simulated, at least 1.

    Returns:
        Array of ``months + 1`` shares, the first before anything is done.

    Raises:
        ValueError: an unknown lever, or ``months`` below 1.

    All rates are illustrative; the model shows a mechanism, it measures nothing.
    """
    unknown = sorted(set(bought) - set(LEVERS))
    if unknown:
        raise ValueError(f"unknown lever {unknown[0]!r}; known are {', '.join(LEVERS)}")
    if months < 1:
        raise ValueError("months must be at least 1")
    fade = _FADE_RECOGNISED if "C7" in bought else _FADE
    share = np.empty(months + 1)
    share[0] = _START
    for month in range(months):
        gain = _gain(bought, month)
        habit = _habit(bought, month)
        share[month + 1] = share[month] + gain * (1 - share[month]) - fade * (share[month] - habit)
    return share


def _gain(bought: Collection[str], month: int) -> float:
    poster = _POSTER_PULSE if "poster" in bought and month == 0 else 0.0
    training = _TRAINING_PULSE if "C2" in bought and month % _TRAINING_EVERY == 0 else 0.0
    talk = _TALK_GAIN if "C5" in bought else 0.0
    return 1 - (1 - poster) * (1 - training) * (1 - talk)


def _habit(bought: Collection[str], month: int) -> float:
    if "C1" not in bought:
        return _START
    renewed = 1 - (1 - _TURNOVER) ** month
    return _START + _SELECTION_FLOOR * renewed / (1 - (1 - _TURNOVER) ** 12)
