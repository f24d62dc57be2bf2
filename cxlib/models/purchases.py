"""What buyers without a contract will still do: BG/NBD for how often, Gamma–Gamma for how much.

A purchase history is three numbers: repeat purchases ``frequency``, the time of the last one
``recency``, and the time observed ``age``, both since the first purchase in one unit of time.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from cxlib.models._checks import FloatArray, numbers, positive
from cxlib.models._likelihood import most_likely

_BESIDE_POLE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class BgNbd:
    """Buyers who purchase at their own pace and may stop for ever after any purchase.

    Attributes:
        r: shape of the Gamma distribution of the purchase rates.
        alpha: its rate parameter, in units of time.
        a: first parameter of the Beta distribution of the chance to stop after a purchase.
        b: its second parameter.
    """

    r: float
    alpha: float
    a: float
    b: float

    def __post_init__(self) -> None:
        """Refuse parameters that are not positive."""
        for name in self.__slots__:
            positive(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """Buyers whose baskets vary around their own mean, which varies between buyers.

    Attributes:
        p: shape of the Gamma distribution of one buyer's baskets.
        q: shape of the Gamma distribution of the buyers' scales.
        v: its rate parameter, in units of money.
    """

    p: float
    q: float
    v: float

    def __post_init__(self) -> None:
        """Refuse parameters that are not positive."""
        for name in self.__slots__:
            positive(name, getattr(self, name))


def bgnbd_fit(frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> BgNbd:
    r"""Fit the BG/NBD model by maximum likelihood.

    Customers with the same history are counted together.

    .. math:: L = \frac{B(a, b+x)}{B(a,b)} \frac{\Gamma(r+x)\,\alpha^r}{\Gamma(r)}
        \left[(\alpha+T)^{-(r+x)}
        + \mathbf{1}_{x>0} \frac{a}{b+x-1} (\alpha+t_x)^{-(r+x)}\right]

    Source: Fader, Hardie & Lee (2005).

    Args:
        frequency: repeat purchases x, shape ``(customers,)``.
        recency: time of the last purchase since the first, shape ``(customers,)``.
        age: time observed since the first purchase, shape ``(customers,)``.

    Returns:
        The fitted model, in the time unit of the data.

    Raises:
        ValueError: impossible histories, no repeat purchase at all, or data that do not settle
            the parameters.
    """
    histories = _histories(frequency, recency, age)
    if not histories[0].any():
        raise ValueError("at least one customer must have bought again")
    (x, last, observed), weights = _grouped(histories)
    weights = weights / weights.sum()

    def mean_log_likelihood(parameters: FloatArray) -> tuple[float, FloatArray]:
        values, gradients = _bgnbd_likelihood(parameters, x, last, observed)
        return float(weights @ values), gradients @ weights

    pace = float(weights @ observed) / float(weights @ x)
    start = {"r": 0.5, "alpha": 0.5 * pace, "a": 1.0, "b": 2.0}
    return BgNbd(*(float(value) for value in most_likely(mean_log_likelihood, start)))


def bgnbd_log_likelihood(
    model: BgNbd, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike
) -> float:
    """The log-likelihood of the histories under the model; see :func:`bgnbd_fit`.

    Args:
        model: the parameters.
        frequency: repeat purchases x, shape ``(customers,)``.
        recency: time of the last purchase since the first, shape ``(customers,)``.
        age: time observed since the first purchase, shape ``(customers,)``.

    Raises:
        ValueError: impossible histories.
    """
    histories = _histories(frequency, recency, age)
    return float(_bgnbd_likelihood(np.array(astuple(model)), *histories)[0].sum())


def bgnbd_alive(
    model: BgNbd, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike
) -> FloatArray:
    r"""The chance that each customer is still a customer.

    A customer who never bought again cannot have stopped in this model: her chance is 1.

    .. math:: P(\text{alive}) = \left[1 + \mathbf{1}_{x>0} \frac{a}{b+x-1}
        \left(\frac{\alpha+T}{\alpha+t_x}\right)^{r+x}\right]^{-1}

    Source: Fader, Hardie & Lee (2005); Fader & Hardie (2008).

    Args:
        model: the parameters.
        frequency: repeat purchases x, one number or one per customer.
        recency: time of the last purchase since the first, likewise.
        age: time observed since the first purchase, likewise.

    Returns:
        Ratios, shape ``(customers,)``.

    Raises:
        ValueError: impossible histories.
    """
    from scipy.special import expit

    x, last, observed = _histories(frequency, recency, age)
    again = np.maximum(x, 1.0)
    log_odds_stopped = np.log(model.a / (model.b + again - 1)) + (model.r + x) * np.log(
        (model.alpha + observed) / (model.alpha + last)
    )
    return np.where(x > 0, expit(-log_odds_stopped), 1.0)


def bgnbd_expected_purchases(
    model: BgNbd, time: float, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike
) -> FloatArray:
    r"""The purchases to expect from each customer in the time to come.

    .. math:: E[Y(t)] = P(\text{alive}) \frac{a+b+x-1}{a-1} \left[1 - (1-z)^{a-1}
        {}_2F_1(a+b-r-1, a-1; a+b+x-1; z)\right] \\
        z = \frac{t}{\alpha+T+t}

    Source: Fader, Hardie & Lee (2005), eq. 10, after Euler's transformation of the
    hypergeometric function, which keeps it from overflowing for frequent buyers.

    Args:
        model: the parameters.
        time: length of the time to come, in the model's unit, 0 or more.
        frequency: repeat purchases x, one number or one per customer.
        recency: time of the last purchase since the first, likewise.
        age: time observed since the first purchase, likewise.

    Returns:
        Expected numbers of purchases, shape ``(customers,)``.

    Raises:
        ValueError: a negative time, impossible histories, or parameters so extreme that the
            function cannot be evaluated.
    """
    from scipy.special import hyp2f1

    numbers("time", [time], low=0)
    x, _, observed = _histories(frequency, recency, age)
    a = _beside_poles(model, x)
    total = a + model.b + x - 1
    z = time / (model.alpha + observed + time)
    with np.errstate(invalid="ignore"):
        unbought = (1 - z) ** (a - 1) * hyp2f1(a + model.b - model.r - 1, a - 1, total, z)
    purchases = total / (a - 1) * (1 - unbought)
    if not np.isfinite(purchases).all():
        raise ValueError(f"time {time} is too long for an expectation under {model}")
    return np.asarray(bgnbd_alive(model, frequency, recency, age) * purchases)


def gamma_gamma_fit(frequency: ArrayLike, mean_value: ArrayLike) -> GammaGamma:
    r"""Fit the Gamma–Gamma model of spending by maximum likelihood.

    Customers without a repeat purchase show no spending and are left out.

    .. math:: f(\bar z) = \frac{1}{\bar z\,B(px, q)}
        \left(\frac{v}{v+x\bar z}\right)^q \left(\frac{x\bar z}{v+x\bar z}\right)^{px}

    Source: Fader & Hardie (2013).

    Args:
        frequency: repeat purchases x, shape ``(customers,)``.
        mean_value: mean margin or spending z̄ of these purchases, in money, same shape.

    Returns:
        The fitted model, in the currency of the data.

    Raises:
        ValueError: fewer than two repeat buyers, spending that is not positive, or data that do
            not settle the parameters.
    """
    x, z = _spending(frequency, mean_value)
    x, z = x[x > 0], z[x > 0]
    if x.size < 2:
        raise ValueError("at least two customers must have bought again")
    money = float(z.mean())

    def mean_log_likelihood(parameters: FloatArray) -> tuple[float, FloatArray]:
        values, gradients = _gamma_gamma_likelihood(parameters, x, z)
        return float(values.mean()), gradients.mean(axis=1)

    p, q, v = most_likely(mean_log_likelihood, {"p": 2.0, "q": 3.0, "v": money})
    return GammaGamma(float(p), float(q), float(v))


def gamma_gamma_expected_value(
    model: GammaGamma, frequency: ArrayLike, mean_value: ArrayLike
) -> FloatArray:
    r"""Each customer's expected basket: her own mean, drawn towards everyone's.

    .. math:: E[M \mid x, \bar z] = \frac{p\,(v + x\bar z)}{px + q - 1}

    Source: Fader & Hardie (2013).

    Args:
        model: the parameters.
        frequency: repeat purchases x, one number or one per customer.
        mean_value: mean margin or spending of these purchases, in money; ignored where x = 0.

    Returns:
        Money per purchase, shape ``(customers,)``.

    Raises:
        ValueError: impossible inputs, or a customer without purchases where q ≤ 1, for whom
            the mean does not exist.
    """
    x, z = _spending(frequency, mean_value)
    weight = model.p * x + model.q - 1
    if weight.min() <= 0:
        raise ValueError("the mean does not exist for a customer with px + q <= 1")
    return np.asarray(model.p * (model.v + x * z) / weight)


def _histories(
    frequency: ArrayLike, recency: ArrayLike, age: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    x = _purchases(frequency)
    last = numbers("recency", np.atleast_1d(np.asarray(recency, dtype=float)), low=0)
    observed = numbers("age", np.atleast_1d(np.asarray(age, dtype=float)), low=0)
    if not x.shape == last.shape == observed.shape:
        raise ValueError("frequency, recency and age must have one value per customer each")
    if (last > observed).any():
        raise ValueError("recency cannot exceed age: the last purchase was observed")
    if ((x > 0) != (last > 0)).any():
        raise ValueError("recency must be 0 for customers without a repeat purchase, and only then")
    return x, last, observed


def _spending(frequency: ArrayLike, mean_value: ArrayLike) -> tuple[FloatArray, FloatArray]:
    x = _purchases(frequency)
    z = numbers("mean_value", np.atleast_1d(np.asarray(mean_value, dtype=float)), low=0)
    if x.shape != z.shape:
        raise ValueError("frequency and mean_value must have one value per customer each")
    if ((x > 0) & (z == 0)).any():
        raise ValueError("mean_value must be above 0 for customers who bought again")
    return x, z


def _purchases(frequency: ArrayLike) -> FloatArray:
    x = numbers("frequency", np.atleast_1d(np.asarray(frequency, dtype=float)), low=0)
    if (x != np.floor(x)).any():
        raise ValueError("frequency must hold whole numbers of purchases")
    return x


def _grouped(
    histories: tuple[FloatArray, FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray]:
    """The different histories, shape ``(3, kinds)``, and how many customers have each."""
    kinds, customers = np.unique(np.column_stack(histories), axis=0, return_counts=True)
    return kinds.T, customers.astype(float)


def _bgnbd_likelihood(
    parameters: FloatArray, x: FloatArray, last: FloatArray, observed: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Each history's log-likelihood and its gradient, shape ``(4, histories)``."""
    from scipy.special import betaln, digamma, expit, gammaln

    r, alpha, a, b = parameters
    before = np.maximum(x, 1.0) + b - 1
    log_age, log_last = np.log(alpha + observed), np.log(alpha + last)
    alive = -(r + x) * log_age
    stopped = np.where(x > 0, np.log(a / before) - (r + x) * log_last, -np.inf)
    ended = np.where(x > 0, expit(stopped - alive), 0.0)

    values = (
        betaln(a, b + x)
        - betaln(a, b)
        + gammaln(r + x)
        - gammaln(r)
        + r * np.log(alpha)
        + np.logaddexp(alive, stopped)
    )
    in_log = (1 - ended) * log_age + ended * log_last
    in_inverse = (1 - ended) / (alpha + observed) + ended / (alpha + last)
    both = digamma(a + b) - digamma(a + b + x)
    gradients = np.array(
        [
            digamma(r + x) - digamma(r) + np.log(alpha) - in_log,
            r / alpha - (r + x) * in_inverse,
            both + ended / a,
            both + digamma(b + x) - digamma(b) - ended / before,
        ]
    )
    return values, gradients


def _gamma_gamma_likelihood(
    parameters: FloatArray, x: FloatArray, z: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Each customer's log-likelihood and its gradient, shape ``(3, customers)``."""
    from scipy.special import betaln, digamma

    p, q, v = parameters
    spent = x * z
    own, common = np.log(spent / (v + spent)), np.log(v / (v + spent))
    values = p * x * own + q * common - np.log(z) - betaln(p * x, q)
    both = digamma(p * x + q)
    gradients = np.array(
        [
            x * (own + both - digamma(p * x)),
            common + both - digamma(q),
            q / v - (p * x + q) / (v + spent),
        ]
    )
    return values, gradients


def _beside_poles(model: BgNbd, x: FloatArray) -> FloatArray:
    """The parameter a, moved a hair where a = 1 or a + b + x = 1 makes the closed form 0/0."""
    nearest = np.minimum(np.abs(model.a - 1), np.abs(model.a + model.b + x - 1))
    return np.where(nearest < _BESIDE_POLE, model.a + _BESIDE_POLE, model.a)
