"""Survey scores and how far to trust them: NPS, CSAT, CES, ACSI, funnel limits, shrinkage.

Shares are ratios 0–1; NPS and its margins are points between −100 and 100.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from cxlib.models._checks import FloatArray, count, number, numbers, positive, shares
from cxlib.models.intervals import (
    Difference,
    IntervalMethod,
    Proportion,
    proportion,
    z_of_alpha,
    z_of_confidence,
    z_of_power,
)

NpsMethod = Literal["normal", "adjusted"]

NPS_LEAST_ANSWERS: Final = 30


@dataclass(frozen=True, slots=True)
class Nps:
    """A Net Promoter Score with its interval.

    Attributes:
        score: share of promoters less share of detractors, in points.
        standard_error: in points.
        low: lower end of the interval, in points.
        high: upper end, in points.
        n: number of answers.
    """

    score: float
    standard_error: float
    low: float
    high: float
    n: int

    @property
    def too_few(self) -> bool:
        """Whether there are too few answers (below 30) to show the score without a warning."""
        return self.n < NPS_LEAST_ANSWERS


@dataclass(frozen=True, slots=True)
class EffortScore:
    """A Customer Effort Score in its two usual forms.

    Attributes:
        mean: mean answer on the 7-point scale, 7 being the least effort.
        easy: share of answers 5, 6 or 7.
    """

    mean: float
    easy: Proportion


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Scores of many units, each drawn towards the common mean as far as its noise demands.

    Attributes:
        scores: the shrunken scores, ``(units,)``.
        weights: how much of its own deviation each unit keeps, 0–1, ``(units,)``.
        mean: the common mean.
        between_sd: estimated true standard deviation between units.
    """

    scores: FloatArray
    weights: FloatArray
    mean: float
    between_sd: float


def nps_variance(promoters: float, detractors: float) -> float:
    r"""The variance of one answer scored +1, 0 or −1.

    .. math:: p + d - (p - d)^2

    Source: the variance of a difference of multinomial shares.

    Args:
        promoters: share of promoters p, 0–1.
        detractors: share of detractors d, 0–1; both sum to at most 1.

    Raises:
        ValueError: shares out of range or above 1 together.
    """
    number("promoters", promoters, low=0, high=1)
    number("detractors", detractors, low=0, high=1)
    number("promoters + detractors", promoters + detractors, high=1 + 1e-12)
    return max(promoters + detractors - (promoters - detractors) ** 2, 0.0)


def nps_from_counts(
    promoters: int,
    passives: int,
    detractors: int,
    confidence: float = 0.95,
    method: NpsMethod = "normal",
) -> Nps:
    r"""The Net Promoter Score of counted answers, with an interval.

    .. math:: NPS = 100\,(p - d), \qquad SE = 100 \sqrt{\frac{p + d - (p - d)^2}{n}}

    The adjusted interval adds one promoter and one detractor first; it stays honest for small
    samples and for answers that are all alike.

    Source: Reichheld (2003); the adjustment from Bonett & Price (2012).

    Args:
        promoters: answers 9 and 10.
        passives: answers 7 and 8.
        detractors: answers 0 to 6.
        confidence: confidence of the interval, a ratio between 0 and 1.
        method: ``normal`` or ``adjusted``.

    Raises:
        ValueError: counts that are negative, not whole or all zero, or a confidence out of range.
    """
    n = (
        count("promoters", promoters, low=0)
        + count("passives", passives, low=0)
        + count("detractors", detractors, low=0)
    )
    count("the number of answers", n)
    score, standard_error = _nps(promoters, detractors, n)
    match method:
        case "normal":
            centre, spread = score, standard_error
        case "adjusted":
            centre, spread = _nps(promoters + 1, detractors + 1, n + 2)
        case _:
            raise ValueError(f"method must be one of {get_args(NpsMethod)}, got {method!r}")
    reach = z_of_confidence(confidence) * spread
    low, high = max(centre - reach, -100.0), min(centre + reach, 100.0)
    return Nps(score, standard_error, low, high, n)


def nps(answers: ArrayLike, confidence: float = 0.95, method: NpsMethod = "normal") -> Nps:
    """The Net Promoter Score of answers to "how likely are you to recommend us?".

    Source: Reichheld (2003); the interval as in :func:`nps_from_counts`.

    Args:
        answers: whole numbers 0–10, shape ``(answers,)``.
        confidence: confidence of the interval, a ratio between 0 and 1.
        method: ``normal`` or ``adjusted``.

    Raises:
        ValueError: no answers, or answers that are not whole numbers 0–10.
    """
    given = _ratings("answers", answers, 0, 10)
    promoters, detractors = int((given >= 9).sum()), int((given <= 6).sum())
    passives = given.size - promoters - detractors
    return nps_from_counts(promoters, passives, detractors, confidence, method)


def nps_change(before: Nps, after: Nps, confidence: float = 0.95) -> Difference:
    r"""The change of an NPS between two independent waves, in points.

    .. math:: \Delta \pm z \sqrt{SE_1^2 + SE_2^2}

    Source: the variance of a difference of independent estimates.

    Args:
        before: the first wave.
        after: the second wave.
        confidence: confidence of the interval, a ratio between 0 and 1.

    Raises:
        ValueError: a confidence out of range.
    """
    difference = after.score - before.score
    reach = z_of_confidence(confidence) * math.hypot(before.standard_error, after.standard_error)
    return Difference(difference, difference - reach, difference + reach)


def nps_sample_size(
    promoters: float, detractors: float, margin: float, confidence: float = 0.95
) -> int:
    r"""The answers needed to know an NPS to within a margin.

    .. math:: n = \left(\frac{100\,z}{e}\right)^2 \left(p + d - (p - d)^2\right)

    Source: the standard error of the NPS, solved for n.

    Args:
        promoters: expected share of promoters, 0–1.
        detractors: expected share of detractors, 0–1.
        margin: half the width of the interval e, in points, above 0.
        confidence: confidence of the interval, a ratio between 0 and 1.

    Raises:
        ValueError: an input out of range.
    """
    variance = nps_variance(promoters, detractors)
    return _answers(
        variance * (100 * z_of_confidence(confidence) / positive("margin", margin)) ** 2
    )


def nps_sample_size_for_change(
    promoters: float, detractors: float, change: float, alpha: float = 0.05, power: float = 0.8
) -> int:
    r"""The answers needed in each of two waves to detect a change of NPS.

    .. math:: n = 2 \left(\frac{100\,(z_{1-\alpha/2} + z_{1-\beta})}{\Delta}\right)^2
        \left(p + d - (p - d)^2\right)

    Source: the two-sample z test.

    Args:
        promoters: expected share of promoters, 0–1.
        detractors: expected share of detractors, 0–1.
        change: smallest change worth detecting Δ, in points, above 0.
        alpha: two-sided error of the first kind, a ratio between 0 and 1.
        power: chance to detect the change, a ratio between 0 and 1.

    Raises:
        ValueError: an input out of range.
    """
    variance = nps_variance(promoters, detractors)
    z = z_of_alpha(alpha) + z_of_power(power)
    return _answers(2 * variance * (100 * z / positive("change", change)) ** 2)


def csat(
    answers: ArrayLike,
    best: int = 5,
    boxes: int = 2,
    method: IntervalMethod = "wilson",
    confidence: float = 0.95,
) -> Proportion:
    """Customer satisfaction as a top-box share: how many chose one of the best answers.

    Source: the definition; the interval as in :func:`proportion`.

    Args:
        answers: whole numbers 1 to ``best``, shape ``(answers,)``.
        best: the best answer of the scale.
        boxes: how many of the best answers count as satisfied, below ``best``.
        method: which interval.
        confidence: confidence of the interval, a ratio between 0 and 1.

    Raises:
        ValueError: no answers, answers outside the scale, or a scale with no such boxes.
    """
    count("best", best, low=2)
    number("boxes", count("boxes", boxes), high=best - 1)
    given = _ratings("answers", answers, 1, best)
    return proportion(int((given > best - boxes).sum()), given.size, method, confidence)


def customer_effort(
    answers: ArrayLike, method: IntervalMethod = "wilson", confidence: float = 0.95
) -> EffortScore:
    """The Customer Effort Score: "the company made it easy", from 1 (no) to 7 (yes).

    Source: Dixon, Freeman & Toman (2010), in the 7-point form.

    Args:
        answers: whole numbers 1–7, shape ``(answers,)``.
        method: which interval for the share who found it easy.
        confidence: confidence of the interval, a ratio between 0 and 1.

    Raises:
        ValueError: no answers, or answers that are not whole numbers 1–7.
    """
    easy = csat(answers, best=7, boxes=3, method=method, confidence=confidence)
    return EffortScore(float(np.mean(np.asarray(answers, dtype=float))), easy)


def acsi(
    overall: float, expectations: float, ideal: float, weights: ArrayLike | None = None
) -> float:
    r"""A satisfaction index of the ACSI type, from three means on scales 1–10.

    .. math:: 100 \sum_{i=1}^{3} w_i \frac{\bar x_i - 1}{9}

    Source: Fornell et al. (1996).

    Args:
        overall: mean overall satisfaction, 1–10.
        expectations: mean answer to "compared with your expectations", 1–10.
        ideal: mean answer to "compared with the ideal", 1–10.
        weights: weights of the three, scaled to sum to 1; none means equal.

    Returns:
        The index, 0–100.

    Raises:
        ValueError: means outside 1–10, or weights that are negative or all zero.
    """
    means = numbers("the means", [overall, expectations, ideal], low=1, high=10)
    return float(100 * shares("weights", weights, 3) @ ((means - 1) / 9))


def funnel_limits(
    mean: float, sd: float, sizes: ArrayLike, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    r"""Between which scores units of each size fall by chance if all are equally good.

    .. math:: \mu \pm z \frac{\sigma}{\sqrt{n}}

    Source: Spiegelhalter (2005).

    Args:
        mean: the common mean.
        sd: standard deviation of one answer, 0 or more, in the unit of the mean.
        sizes: answers per unit, 1 or more, shape ``(units,)``.
        confidence: share of units inside by chance, a ratio between 0 and 1.

    Returns:
        The lower and the upper limits, each of shape ``(units,)``.

    Raises:
        ValueError: an input out of range or not finite.
    """
    n = numbers("sizes", sizes, low=1)
    reach = z_of_confidence(confidence) * number("sd", sd, low=0) / np.sqrt(n)
    centre = number("mean", mean)
    return centre - reach, centre + reach


def shrink(scores: ArrayLike, standard_errors: ArrayLike) -> Shrunk:
    r"""Draw each unit's score towards the common mean as far as its noise demands.

    .. math:: \tilde y_i = \mu + \frac{\tau^2}{\tau^2 + s_i^2} (y_i - \mu)

    The variance between units τ² is estimated by moments; where the scores differ no more than
    chance would make them, it is 0 and all units get the common mean.

    Source: Efron & Morris (1975); τ² after DerSimonian & Laird (1986).

    Args:
        scores: one score per unit, shape ``(units,)``.
        standard_errors: their standard errors, above 0, same unit and shape.

    Raises:
        ValueError: fewer than three units, shapes that do not fit, or a standard error of zero.
    """
    y = numbers("scores", scores, least=3)
    variance = numbers("standard_errors", standard_errors, low=0) ** 2
    if y.shape != variance.shape or variance.min() == 0:
        raise ValueError("every score needs a standard error above zero")
    precision = 1 / variance
    mean = np.average(y, weights=precision)
    excess = precision @ (y - mean) ** 2 - (y.size - 1)
    between = max(0.0, excess / (precision.sum() - precision @ precision / precision.sum()))
    mean = np.average(y, weights=1 / (between + variance))
    weights = between / (between + variance)
    return Shrunk(mean + weights * (y - mean), weights, float(mean), math.sqrt(between))


def _nps(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """The score and its standard error, in points."""
    variance = nps_variance(promoters / n, detractors / n)
    return 100 * (promoters - detractors) / n, 100 * math.sqrt(variance / n)


def _ratings(name: str, answers: ArrayLike, low: int, high: int) -> FloatArray:
    given = numbers(name, answers, low=low, high=high)
    if (given != np.floor(given)).any():
        raise ValueError(f"{name} must be whole numbers from {low} to {high}")
    return given


def _answers(exact: float) -> int:
    """Whole answers, at least one, forgiving the rounding of floats."""
    return max(1, math.ceil(exact - 1e-9))
