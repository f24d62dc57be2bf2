"""How long subscribers stay: the shifted-beta-geometric (sBG) model and the naive trends.

Time is counted in renewal periods (months or years), the same for every customer of a cohort.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from cxlib.models._checks import FloatArray, number, numbers, positive
from cxlib.models._likelihood import most_likely

TrendKind = Literal["linear", "quadratic", "exponential"]

_LEAST_RATE: Final = 1e-4
_NEGLIGIBLE: Final = 30.0  # what is discounted by e^30 no longer counts


@dataclass(frozen=True, slots=True)
class Sbg:
    """A cohort in which each customer has her own constant chance of leaving.

    That chance varies between customers as a Beta(α, β) distribution.

    Attributes:
        alpha: first parameter of the Beta distribution, above 0.
        beta: second parameter, above 0.
    """

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        """Refuse parameters that are not positive."""
        positive("alpha", self.alpha)
        positive("beta", self.beta)

    @property
    def mean_churn(self) -> float:
        """The chance that a new customer leaves at her first renewal, a ratio."""
        return self.alpha / (self.alpha + self.beta)


@dataclass(frozen=True, slots=True)
class Trend:
    """A regression line drawn through a survival curve.

    Attributes:
        kind: the shape of the line; an exponential one is straight in the logarithm.
        coefficients: constant first, then the power of time they multiply.
        r_squared: share of the variance explained (of the logarithm, for an exponential).
    """

    kind: TrendKind
    coefficients: tuple[float, ...]
    r_squared: float


def sbg_fit(customers: ArrayLike) -> Sbg:
    r"""Fit the sBG model to one cohort by maximum likelihood.

    .. math:: \ln L = \sum_{t=1}^{T} (n_{t-1} - n_t) \ln P(T=t) + n_T \ln S(T)

    Source: Fader & Hardie (2007).

    Args:
        customers: customers still there at t = 0, 1, 2, …, shape ``(periods + 1,)``.

    Returns:
        The fitted model.

    Raises:
        ValueError: fewer than two periods, counts that rise, nobody left or nobody leaving, or
            data that do not settle the parameters, as when retention does not rise with age.
    """
    active = _cohort(customers)

    def mean_log_likelihood(parameters: FloatArray) -> tuple[float, FloatArray]:
        value, gradient = _sbg_likelihood(active, *parameters)
        return value / active[0], gradient / active[0]

    alpha, beta = most_likely(mean_log_likelihood, {"alpha": 1.0, "beta": 1.0})
    return Sbg(float(alpha), float(beta))


def sbg_log_likelihood(model: Sbg, customers: ArrayLike) -> float:
    """The log-likelihood of a cohort under the model; see :func:`sbg_fit`.

    Args:
        model: the parameters.
        customers: customers still there at t = 0, 1, 2, …, shape ``(periods + 1,)``.

    Raises:
        ValueError: counts :func:`sbg_fit` refuses.
    """
    return _sbg_likelihood(_cohort(customers), model.alpha, model.beta)[0]


def sbg_survival(model: Sbg, periods: ArrayLike) -> FloatArray:
    r"""The share of a cohort still there after so many periods.

    .. math:: S(t) = \frac{B(\alpha, \beta + t)}{B(\alpha, \beta)}

    Source: Fader & Hardie (2007).

    Args:
        model: the parameters.
        periods: times in periods, 0 or more, one number or a row.

    Returns:
        Ratios, shape ``(times,)``.

    Raises:
        ValueError: a time that is negative or not finite.
    """
    from scipy.special import betaln

    t = _times(periods)
    survival = np.exp(betaln(model.alpha, model.beta + t) - betaln(model.alpha, model.beta))
    return np.asarray(survival)


def sbg_retention(model: Sbg, periods: ArrayLike) -> FloatArray:
    r"""The share of those there after period t − 1 who are still there after period t.

    It rises with t although nobody improves: the quick leavers have left.

    .. math:: r_t = \frac{\beta + t - 1}{\alpha + \beta + t - 1}

    Source: Fader & Hardie (2007), eq. 8.

    Args:
        model: the parameters.
        periods: times in periods, 1 or more, one number or a row.

    Returns:
        Ratios, shape ``(times,)``.

    Raises:
        ValueError: a time below 1 or not finite.
    """
    before = _times(periods, earliest=1.0) - 1
    return np.asarray((model.beta + before) / (model.alpha + model.beta + before))


def sbg_residual_lifetime(model: Sbg, age: float, rate: float) -> float:
    r"""The periods still to come from a customer who has stayed so long, in today's value.

    The first of them counts one period from now, as in the margin multiple, so this number
    times the margin per period is her lifetime value.

    .. math:: \sum_{k=1}^{\infty} \frac{S(n+k)}{S(n)\,(1+i)^k},
        \qquad i = 0: \; \frac{\beta + n}{\alpha - 1}

    Source: Fader & Hardie (2010), counted from one period earlier.

    Args:
        model: the parameters.
        age: periods she has stayed, n ≥ 0.
        rate: discount rate per period, a ratio: 0, or 0.0001 and more.

    Returns:
        Discounted periods; with rate 0 the plain expected number of periods.

    Raises:
        ValueError: a negative age, a rate out of range, or an infinite sum (rate 0 and α ≤ 1).
    """
    stayed = number("age", age, low=0)
    if rate == 0:
        if model.alpha <= 1:
            raise ValueError("without discounting the lifetime must be infinite if alpha <= 1")
        return (model.beta + stayed) / (model.alpha - 1)
    growth = np.log1p(number("rate (if not 0)", rate, low=_LEAST_RATE))
    ahead = np.arange(1, np.ceil(_NEGLIGIBLE / growth) + 1)
    return float(np.cumprod(sbg_retention(model, stayed + ahead) / (1 + rate)).sum())


def survival_trend(survival: ArrayLike, kind: TrendKind) -> Trend:
    r"""Draw a regression line through a survival curve, as people do who do not model.

    .. math:: y = a + bt, \qquad y = a + bt + ct^2, \qquad \ln y = a + bt

    Source: the comparison in Fader & Hardie (2007), figure 1.

    Args:
        survival: shares still there at t = 0, 1, 2, …, ratios, shape ``(periods + 1,)``.
        kind: the shape of the line.

    Returns:
        The least-squares line.

    Raises:
        ValueError: too few points, shares outside 0–1, or an exponential through a zero.
    """
    degree = 2 if kind == "quadratic" else 1
    shares = numbers("survival", survival, low=0, high=1, least=degree + 2)
    if kind == "exponential" and shares.min() == 0:
        raise ValueError("an exponential cannot be drawn through a survival of zero")
    y = np.log(shares) if kind == "exponential" else shares
    if np.ptp(y) == 0:
        raise ValueError("survival must change for a trend to be drawn")
    t = np.arange(y.size)
    coefficients = np.polynomial.polynomial.polyfit(t, y, degree)
    missed = y - np.polynomial.polynomial.polyval(t, coefficients)
    r_squared = 1 - missed @ missed / ((y - y.mean()) @ (y - y.mean()))
    return Trend(kind, tuple(float(c) for c in coefficients), float(r_squared))


def trend_survival(trend: Trend, periods: ArrayLike) -> FloatArray:
    """Extend a regression line to other times, even where it leaves the range 0–1.

    Args:
        trend: the line.
        periods: times in periods, 0 or more, one number or a row.

    Returns:
        What the line claims to be the survival, shape ``(times,)``.

    Raises:
        ValueError: a time that is negative or not finite.
    """
    y = np.polynomial.polynomial.polyval(_times(periods), trend.coefficients)
    return np.asarray(np.exp(y) if trend.kind == "exponential" else y)


def _times(periods: ArrayLike, earliest: float = 0.0) -> FloatArray:
    return numbers("periods", np.atleast_1d(np.asarray(periods, dtype=float)), low=earliest)


def _cohort(customers: ArrayLike) -> FloatArray:
    active = numbers("customers", customers, low=0, least=3)
    if (np.diff(active) > 0).any():
        raise ValueError("customers still there can only become fewer from period to period")
    if active[-1] == active[0]:
        raise ValueError("somebody must have left for churn to be estimated")
    return active


def _sbg_likelihood(active: FloatArray, alpha: float, beta: float) -> tuple[float, FloatArray]:
    """The log-likelihood of a cohort and its gradient in (α, β)."""
    from scipy.special import betaln, digamma

    left = -np.diff(active)
    stayed = np.arange(left.size)
    lasted = left.size
    value = (
        left @ betaln(alpha + 1, beta + stayed)
        + active[-1] * betaln(alpha, beta + lasted)
        - active[0] * betaln(alpha, beta)
    )
    gone = left @ digamma(alpha + beta + 1 + stayed)
    still = active[-1] * digamma(alpha + beta + lasted)
    start = active[0] * digamma(alpha + beta)
    by_alpha = left.sum() * digamma(alpha + 1) + (active[-1] - active[0]) * digamma(alpha)
    by_beta = (
        left @ digamma(beta + stayed)
        + active[-1] * digamma(beta + lasted)
        - active[0] * digamma(beta)
    )
    return float(value), np.array([by_alpha, by_beta]) - gone - still + start
