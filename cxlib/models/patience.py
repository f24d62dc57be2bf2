"""How long people will wait before they leave, and how long a wait feels.

Whoever was served before losing patience is *censored*: her patience is known to exceed her wait,
not by how much. Leaving her out makes people look more impatient than they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models import _checks as check
from cxlib.models._checks import FloatArray

MAISTER_LEVERS: Final = (
    "unoccupied",
    "not_yet_started",
    "anxious",
    "uncertain",
    "unexplained",
    "unfair",
    "low_value",
    "alone",
)
_ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class PatienceCurve:
    """The share of people still willing to wait, as time goes by.

    Attributes:
        table: one row for time 0 and one for each time at which somebody left, with columns
            ``wait``, ``at_risk`` (people still there just before), ``left``, ``staying`` (the
            share still willing to wait), ``low`` and ``high`` (its confidence band, point by
            point).
        confidence: confidence level of the band and of the median's interval.
        people: how many people were observed.
        leavers: how many of them left before being served.
    """

    table: pd.DataFrame
    confidence: float
    people: int
    leavers: int

    @property
    def median(self) -> float:
        """The wait half the people will not stand; ``math.inf`` if fewer were seen to leave."""
        return self._first_wait_at_half("staying")

    @property
    def median_interval(self) -> tuple[float, float]:
        """Waits at which the band lets half the people be gone (Brookmeyer & Crowley 1982)."""
        return self._first_wait_at_half("low"), self._first_wait_at_half("high")

    def staying(self, wait: ArrayLike) -> FloatArray:
        """The share of people willing to wait longer than this.

        Args:
            wait: one time from 0 up, or a row of them.

        Returns:
            Shares, shape ``(times,)``.

        Raises:
            ValueError: a negative or not finite time.
        """
        times = check.numbers("wait", np.atleast_1d(wait), low=0.0)
        row = np.searchsorted(self.table["wait"].to_numpy(), times, side="right") - 1
        return self.table["staying"].to_numpy(dtype=np.float64)[row]

    def _first_wait_at_half(self, column: str) -> float:
        reached = self.table.loc[self.table[column] <= 0.5 + _ROUNDING, "wait"]
        return float(reached.iloc[0]) if len(reached) else math.inf


@dataclass(frozen=True, slots=True)
class LogRank:
    """A test of whether groups have the same patience.

    Attributes:
        statistic: chi-square statistic.
        degrees_of_freedom: number of groups less one.
        p_value: probability of differences this large if all groups were equally patient.
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float


@dataclass(frozen=True, slots=True)
class LeaversAverage:
    """The biased answer: the waits of those who left, as if nobody else had been patient.

    Attributes:
        mean: mean wait of the leavers.
        median: median wait of the leavers.
    """

    mean: float
    median: float


def kaplan_meier(waits: ArrayLike, left: ArrayLike, confidence: float = 0.95) -> PatienceCurve:
    r"""Patience estimated from everybody who waited, served or not.

    .. math:: \hat S(t) = \prod_{t_i \leq t} \left(1 - \frac{d_i}{n_i}\right), \qquad
        \hat\sigma^2 = \sum_{t_i \leq t} \frac{d_i}{n_i (n_i - d_i)}, \qquad
        \hat S(t)^{\exp(\pm z \hat\sigma / \ln \hat S(t))}

    The band is Greenwood's variance on the log–log scale, which keeps it between 0 and 1. Once
    nobody is left the upper limit stays where it was.

    Source: Kaplan & Meier (1958); Greenwood (1926); Kalbfleisch & Prentice (1980).

    Args:
        waits: time each person waited, from 0 up, shape ``(people,)``.
        left: 1 (or true) if she gave up, 0 if she was served, shape ``(people,)``.
        confidence: level of the band, between 0 and 1.

    Raises:
        ValueError: nobody observed, lengths that differ, a wait that is negative or not finite,
            ``left`` other than 0 and 1, or a confidence outside (0, 1).
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    times, events = _checked(waits, left)
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie strictly between 0 and 1, got {confidence}")
    curve = SurvfuncRight(times, events)
    staying = pd.Series(curve.surv_prob)
    some = staying.where(staying > 0.0)
    z = NormalDist().inv_cdf((1.0 + confidence) / 2.0)
    half_width = z * curve.surv_prob_se / (some * np.log(some))
    rows = pd.DataFrame(
        {
            "wait": curve.surv_times,
            "at_risk": curve.n_risk.astype(int),
            "left": curve.n_events.astype(int),
            "staying": staying,
            "low": (some ** np.exp(-half_width)).fillna(0.0),
            "high": (some ** np.exp(half_width)).ffill().fillna(1.0),
        }
    )
    start = pd.DataFrame(
        {"wait": 0.0, "at_risk": times.size, "left": 0, "staying": 1.0, "low": 1.0, "high": 1.0},
        index=[0],
    )
    table = pd.concat([start, rows], ignore_index=True) if len(rows) else start
    return PatienceCurve(table, confidence, times.size, int(events.sum()))


def log_rank(waits: ArrayLike, left: ArrayLike, group: ArrayLike) -> LogRank:
    r"""Whether two or more groups are equally patient.

    .. math:: \chi^2 = (O - E)^\top V^{-1} (O - E)

    *O* and *E* are the observed and expected leavers of each group, *V* their hypergeometric
    covariance.

    Source: Mantel (1966); Peto & Peto (1972).

    Args:
        waits: time each person waited, from 0 up, shape ``(people,)``.
        left: 1 (or true) if she gave up, 0 if she was served, shape ``(people,)``.
        group: the group each person belongs to, shape ``(people,)``.

    Raises:
        ValueError: fewer than two groups, a missing group, groups that were never at risk of
            leaving together, or an input :func:`kaplan_meier` refuses.
    """
    from scipy.special import chdtrc
    from statsmodels.duration.survfunc import survdiff

    times, events = _checked(waits, left)
    codes, names = pd.factorize(np.asarray(group, dtype=object))
    if codes.shape != times.shape or (codes < 0).any():
        raise ValueError("every person needs exactly one group")
    if len(names) < 2:
        raise ValueError("a comparison needs at least two groups")
    degrees_of_freedom = len(names) - 1
    try:
        statistic = float(survdiff(times, events, codes)[0])
    except np.linalg.LinAlgError:
        statistic = math.nan
    if not math.isfinite(statistic):
        raise ValueError("the groups cannot be compared: too few left while others were waiting")
    return LogRank(statistic, degrees_of_freedom, float(chdtrc(degrees_of_freedom, statistic)))


def leavers_average(waits: ArrayLike, left: ArrayLike) -> LeaversAverage:
    """What a manager gets by averaging those who left: too short, because the patient are missing.

    Args:
        waits: time each person waited, from 0 up, shape ``(people,)``.
        left: 1 (or true) if she gave up, 0 if she was served, shape ``(people,)``.

    Raises:
        ValueError: nobody left, or an input :func:`kaplan_meier` refuses.
    """
    times, events = _checked(waits, left)
    gone = times[events == 1]
    if gone.size == 0:
        raise ValueError("nobody left, so there are no leavers to average")
    return LeaversAverage(float(gone.mean()), float(np.median(gone)))


def felt_wait(actual: float, levers: Mapping[str, float]) -> float:
    r"""How long a wait feels, with the levers of Maister's eight propositions.

    .. math:: \text{felt} = \text{actual} \times \prod_j (1 + a_j)

    Maister gives directions, not sizes: every :math:`a_j` is an illustration of the caller's.

    Source: Maister (1985) for the propositions; the product form is ours.

    Args:
        actual: the time by the clock, from 0 up, in any unit.
        levers: how much longer each lever makes the wait feel, as a ratio above −1: 0.36 is 36 %
            longer, −0.2 is 20 % shorter. Keys are among :data:`MAISTER_LEVERS`.

    Returns:
        The felt time in the unit of the actual one.

    Raises:
        ValueError: a negative or not finite time, an unknown lever, or a ratio at or below −1.
    """
    unknown = sorted(set(levers) - set(MAISTER_LEVERS))
    if unknown:
        raise ValueError(f"unknown levers of a felt wait: {', '.join(unknown)}")
    factors = [
        check.positive(f"1 + effect of {lever}", 1.0 + effect) for lever, effect in levers.items()
    ]
    return check.number("actual", actual, low=0.0) * math.prod(factors)


def _checked(waits: ArrayLike, left: ArrayLike) -> tuple[FloatArray, FloatArray]:
    times = check.numbers("waits", waits, low=0.0)
    events = check.numbers("left", left, low=0.0, high=1.0)
    if events.size != times.size:
        raise ValueError(f"there are {times.size} waits but {events.size} marks of who left")
    if not np.isin(events, (0.0, 1.0)).all():
        raise ValueError("left must be 1 for whoever left and 0 for whoever was served")
    return times, events
