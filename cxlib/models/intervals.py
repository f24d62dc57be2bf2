"""Shares of answers and differences between shares, with intervals that say how sure they are.

Shares and confidences are ratios 0–1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Literal

from cxlib.models._checks import count

IntervalMethod = Literal["wilson", "agresti-coull", "clopper-pearson", "wald"]

_STATSMODELS_NAMES: Final[dict[IntervalMethod, str]] = {
    "wilson": "wilson",
    "agresti-coull": "agresti_coull",
    "clopper-pearson": "beta",
    "wald": "normal",
}


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of answers with its interval.

    Attributes:
        share: the observed share, a ratio.
        low: lower end of the interval, a ratio.
        high: upper end, a ratio.
        n: number of answers.
    """

    share: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two groups or waves, in the unit of what is compared.

    Attributes:
        difference: the second less the first.
        low: lower end of the interval.
        high: upper end.
    """

    difference: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval rules out that there is no difference at all."""
        return not self.low <= 0 <= self.high


def z_of_confidence(confidence: float) -> float:
    """How many standard errors a two-sided interval reaches to each side.

    Args:
        confidence: a ratio between 0 and 1, for example 0.95.

    Raises:
        ValueError: a confidence that is not strictly between 0 and 1.
    """
    return NormalDist().inv_cdf((1 + _between("confidence", confidence)) / 2)


def z_of_alpha(alpha: float) -> float:
    """How many standard errors from zero a two-sided test calls significant.

    Args:
        alpha: error of the first kind, a ratio between 0 and 1, for example 0.05.

    Raises:
        ValueError: an alpha that is not strictly between 0 and 1.
    """
    return NormalDist().inv_cdf(1 - _between("alpha", alpha) / 2)


def z_of_power(power: float) -> float:
    """How many standard errors beyond the critical value a test needs for its power.

    Args:
        power: chance to detect what is there, a ratio between 0 and 1, for example 0.8.

    Raises:
        ValueError: a power that is not strictly between 0 and 1.
    """
    return NormalDist().inv_cdf(_between("power", power))


def proportion(
    successes: int, n: int, method: IntervalMethod = "wilson", confidence: float = 0.95
) -> Proportion:
    r"""A share of answers, and between which shares the truth may lie.

    Wilson's interval, the default, is

    .. math:: \left. \left(\hat p + \frac{z^2}{2n}
        \pm z \sqrt{\frac{\hat p (1 - \hat p)}{n} + \frac{z^2}{4n^2}}\right)
        \middle/ \left(1 + \frac{z^2}{n}\right) \right.

    Source: Wilson (1927); Clopper & Pearson (1934); Agresti & Coull (1998); all compared in
    Newcombe (1998a). Computed by statsmodels.

    Args:
        successes: answers that count, 0 to n.
        n: all answers, 1 or more.
        method: which interval.
        confidence: confidence of the interval, a ratio between 0 and 1.

    Raises:
        ValueError: impossible counts, an unknown method or a confidence out of range.
    """
    from statsmodels.stats.proportion import proportion_confint

    if method not in _STATSMODELS_NAMES:
        raise ValueError(f"method must be one of {list(_STATSMODELS_NAMES)}, got {method!r}")
    share = _share(successes, n)
    alpha = 1 - _between("confidence", confidence)
    low, high = proportion_confint(successes, n, alpha, _STATSMODELS_NAMES[method])
    return Proportion(share, max(min(low, share), 0.0), min(max(high, share), 1.0), n)


def proportion_change(before: Proportion, after: Proportion) -> Difference:
    r"""The difference of two independent shares, its interval built from theirs.

    .. math:: \Delta - \sqrt{(\hat p_2 - l_2)^2 + (u_1 - \hat p_1)^2},
        \quad \Delta + \sqrt{(u_2 - \hat p_2)^2 + (\hat p_1 - l_1)^2}

    with l and u the ends of each share's interval. From Wilson's intervals this is Newcombe's.

    Source: Newcombe (1998b), method 10.

    Args:
        before: the first group or wave, with its interval.
        after: the second, with an interval of the same confidence.

    Returns:
        The difference and its interval, ratios between −1 and 1.
    """
    difference = after.share - before.share
    down = math.hypot(after.share - after.low, before.high - before.share)
    up = math.hypot(after.high - after.share, before.share - before.low)
    return Difference(difference, max(difference - down, -1.0), min(difference + up, 1.0))


def _share(successes: int, n: int) -> float:
    if count("successes", successes, low=0) > count("n", n):
        raise ValueError(f"successes must be at most n, got {successes} of {n}")
    return successes / n


def _between(name: str, ratio: float) -> float:
    if not 0 < ratio < 1:
        raise ValueError(f"{name} must lie strictly between 0 and 1, got {ratio}")
    return ratio
