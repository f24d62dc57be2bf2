"""What customers expect, what they get, and how much to promise.

A gap is always *got less expected*, so better than expected is positive. For deliveries that is
promised less actual days: arriving two days early is +2, two days late is −2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models import _checks as check
from cxlib.models._checks import FloatArray

Limit = Literal["balance", "longest", "shortest"]

SERVQUAL_DIMENSIONS: Final = (
    "tangibles",
    "reliability",
    "responsiveness",
    "assurance",
    "empathy",
)
TVERSKY_KAHNEMAN_EXPONENT: Final = 0.88
TVERSKY_KAHNEMAN_LOSS_AVERSION: Final = 2.25
_NINTH_DECILE_Z: Final = NormalDist().inv_cdf(0.9)
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class ServqualGap:
    """Where service falls short of what customers expect.

    Attributes:
        table: the dimensions as given, with columns ``perceived``, ``expected``, ``weight`` (a
            share; all add up to 1), ``gap`` and ``weighted_gap``.
        score: the weighted gap over all dimensions, in points of the rating scale.
    """

    table: pd.DataFrame
    score: float


@dataclass(frozen=True, slots=True)
class LossAversion:
    """How much more a late day hurts than an early day pleases.

    Attributes:
        on_time: satisfaction when the promise is met to the day.
        gain: satisfaction gained per day early.
        loss: satisfaction lost per day late, a positive number.
        ratio: ``loss / gain``, the loss aversion λ.
        low: lower limit of the ratio's confidence interval.
        high: upper limit of the ratio's confidence interval.
    """

    on_time: float
    gain: float
    loss: float
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PromiseStakes:
    r"""What is at stake in a promise, in points of satisfaction (or money) per day.

    Attributes:
        gain: won by each day a delivery comes before the promise.
        loss_aversion: λ, how many times more each day late costs than a day early wins.
        cost: lost by each day the promise itself is longer, because a distant date puts off.

    Raises:
        ValueError: a gain or λ that is not positive, or a negative or not finite cost.
    """

    gain: float
    loss_aversion: float
    cost: float

    def __post_init__(self) -> None:
        """Refuse stakes that mean nothing."""
        check.positive("gain", self.gain)
        check.positive("loss_aversion", self.loss_aversion)
        check.number("cost", self.cost, low=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class DeliveryTimes:
    """How long deliveries really take, made by :meth:`discrete` or :meth:`empirical`.

    Attributes:
        days: the distinct delivery times, ascending.
        probability: the share of deliveries taking each of them.
    """

    days: FloatArray
    probability: FloatArray

    @classmethod
    def discrete(cls, days: ArrayLike, probability: ArrayLike) -> DeliveryTimes:
        """Delivery times known as a table of days and their probabilities.

        Raises:
            ValueError: lengths that differ, days that repeat or are negative, probabilities that
                are negative or do not add up to 1.
        """
        times, shares = _paired("days", days, "probability", probability)
        if times.min() < 0.0 or np.unique(times).size != times.size:
            raise ValueError("days must be different numbers from 0 up")
        if shares.min() < 0.0 or not math.isclose(shares.sum(), 1.0, abs_tol=1e-9):
            raise ValueError("probability must hold shares from 0 up that add up to 1")
        order = np.argsort(times)
        return cls(times[order], shares[order])

    @classmethod
    def empirical(cls, observed: ArrayLike) -> DeliveryTimes:
        """Delivery times seen in the company's own records, one number per delivery.

        Raises:
            ValueError: no deliveries, or a time that is negative or not finite.
        """
        times, counts = np.unique(check.numbers("observed", observed, low=0.0), return_counts=True)
        return cls.discrete(times, counts / counts.sum())

    def kept(self, promise: ArrayLike) -> FloatArray:
        """Deliverability: the share of deliveries that keep a promise of so many days.

        Args:
            promise: promised days, any shape.

        Returns:
            ``P(actual ≤ promise)``, of the same shape.
        """
        reached = np.searchsorted(self.days, _finite("promise", promise), side="right")
        return np.concatenate(([0.0], np.cumsum(self.probability)))[reached].clip(max=1.0)

    def quantile(self, share: float) -> float:
        """The shortest promise, in days, that at least this share of deliveries keeps.

        Raises:
            ValueError: a share outside 0 to 1.
        """
        check.number("share", share, low=0.0, high=1.0)
        possible = self.probability > 0.0
        enough = np.cumsum(self.probability)[possible] >= share - _ROUNDING
        return float(self.days[possible][np.argmax(enough)])


@dataclass(frozen=True, slots=True)
class BestPromise:
    """The promise that leaves customers most satisfied on average.

    Attributes:
        days: what to promise.
        kept: share of deliveries that will keep it.
        satisfaction: expected satisfaction against an on-time delivery of a promise of 0 days.
        limit: ``"balance"`` if delight, pain and cost balance inside the delivery times;
            ``"longest"`` or ``"shortest"`` if they do not: a promise beyond the delivery times
            may be better still, and the answer is only their end.
    """

    days: float
    kept: float
    satisfaction: float
    limit: Limit


@dataclass(frozen=True, slots=True, eq=False)
class PromiseAudit:
    """What a register of promises reveals.

    Attributes:
        messages: the register with two more columns: ``contradicted`` (another channel promises
            something else about the same subject) and ``kept`` (deliverability, a share).
        contradictions: one row per contradicted subject with columns ``messages``, ``promises``
            (how many different ones), ``lowest``, ``highest`` and ``spread``; widest first.
    """

    messages: pd.DataFrame
    contradictions: pd.DataFrame

    def deliverable_share(self, target: float) -> float:
        """Share of the messages whose promise is kept at least this often.

        Raises:
            ValueError: a target outside 0 to 1.
        """
        check.number("target", target, low=0.0, high=1.0)
        return float((self.messages["kept"] >= target - _ROUNDING).mean())


def disconfirmation(perceived: ArrayLike, expected: ArrayLike) -> FloatArray:
    """How far reality lies above (+) or below (−) expectation.

    Args:
        perceived: what customers got, on any scale.
        expected: what they expected, on the same scale.

    Returns:
        ``perceived − expected``, in the shape the two broadcast to.

    Raises:
        ValueError: a number that is not finite, or shapes that do not fit.
    """
    return np.asarray(_finite("perceived", perceived) - _finite("expected", expected))


def satisfaction(
    perceived: ArrayLike,
    expected: ArrayLike,
    *,
    base: float,
    assimilation: float,
    contrast: float,
) -> FloatArray:
    r"""Satisfaction from an expectation and its disconfirmation.

    .. math:: S = a + b_1 E + b_2 (P - E)

    Source: Oliver (1980).

    Args:
        perceived: what customers got, *P*.
        expected: what they expected, *E*, on the same scale.
        base: *a*, in points of satisfaction.
        assimilation: :math:`b_1`; above 0, high expectations by themselves lift satisfaction.
        contrast: :math:`b_2`, satisfaction per point of disconfirmation.

    Returns:
        Satisfaction, in the shape the two broadcast to.

    Raises:
        ValueError: a number that is not finite, or shapes that do not fit.
    """
    drawn_to_expectation = check.number("assimilation", assimilation) * _finite(
        "expected", expected
    )
    surprise = check.number("contrast", contrast) * disconfirmation(perceived, expected)
    return np.asarray(check.number("base", base) + drawn_to_expectation + surprise)


def prospect_value(
    gap: ArrayLike,
    exponent: float = TVERSKY_KAHNEMAN_EXPONENT,
    loss_aversion: float = TVERSKY_KAHNEMAN_LOSS_AVERSION,
) -> FloatArray:
    r"""How good or bad a gap feels: losses loom larger than gains.

    .. math:: v(\delta) = \delta^\alpha \quad (\delta \geq 0), \qquad
        v(\delta) = -\lambda\,(-\delta)^\alpha \quad (\delta < 0)

    Source: Kahneman & Tversky (1979); default values Tversky & Kahneman (1992).

    Args:
        gap: got less expected, in any unit.
        exponent: α, above 0; below 1 each further unit counts for less.
        loss_aversion: λ, above 0.

    Returns:
        Felt values, of the shape of ``gap``.

    Raises:
        ValueError: a gap that is not finite, or an α or λ that is not positive.
    """
    delta = _finite("gap", gap)
    size = np.abs(delta) ** check.positive("exponent", exponent)
    check.positive("loss_aversion", loss_aversion)
    return np.where(delta >= 0.0, size, -loss_aversion * size)


def servqual_gap(ratings: pd.DataFrame) -> ServqualGap:
    r"""The weighted gap between perceived and expected service.

    .. math:: Q = \sum_d w_d (P_d - E_d)

    Source: Parasuraman, Zeithaml & Berry (1988); their five dimensions are
    :data:`SERVQUAL_DIMENSIONS`, but any list will do.

    Args:
        ratings: one row per dimension, with columns ``perceived`` and ``expected`` (mean ratings
            on one scale) and ``weight`` (customers' points, for example 100 shared out).

    Raises:
        ValueError: a missing column, no rows, a number that is not finite, or weights that are
            negative or all 0.
    """
    table = check.columns(ratings, ["perceived", "expected", "weight"]).astype(float)
    table["weight"] = check.shares("weight", table["weight"], len(table))
    table["gap"] = table["perceived"] - table["expected"]
    table["weighted_gap"] = table["weight"] * table["gap"]
    return ServqualGap(table, float(table["weighted_gap"].sum()))


def zone_of_tolerance(ratings: pd.DataFrame) -> pd.DataFrame:
    r"""Where service stands between what customers accept and what they would love.

    .. math:: MSA = P - A, \qquad MSS = P - D

    Source: Zeithaml, Berry & Parasuraman (1993).

    Args:
        ratings: one row per dimension, with columns ``adequate``, ``perceived`` and ``desired``.

    Returns:
        The three columns with ``adequacy`` (MSA), ``superiority`` (MSS), ``width`` of the zone
        and ``within`` (whether service lies in it, limits included).

    Raises:
        ValueError: a missing column, no rows, a number that is not finite, or an adequate level
            above the desired one.
    """
    table = check.columns(ratings, ["adequate", "perceived", "desired"]).astype(float)
    table["adequacy"] = table["perceived"] - table["adequate"]
    table["superiority"] = table["perceived"] - table["desired"]
    table["width"] = table["desired"] - table["adequate"]
    if (table["width"] < 0.0).any():
        raise ValueError("an adequate level lies above the desired level of its row")
    table["within"] = (table["adequacy"] >= 0.0) & (table["superiority"] <= 0.0)
    return table


def loss_aversion(
    days_early: ArrayLike, rating: ArrayLike, confidence: float = 0.95
) -> LossAversion:
    r"""Loss aversion λ estimated from deliveries and the ratings they earned.

    .. math:: S = a + g \cdot \text{early} - l \cdot \text{late} + \varepsilon, \qquad
        \lambda = \frac{l}{g}, \qquad
        \ln\lambda \pm z \sqrt{\frac{V_{gg}}{g^2} + \frac{V_{ll}}{l^2} - \frac{2V_{gl}}{g\,l}}

    The interval is the delta method's on the log scale, with a covariance *V* that allows the
    scatter of ratings to differ between early and late deliveries.

    Source: the two slopes after Anderson & Sullivan (1993) and Mittal, Ross & Baldasare (1998);
    covariance MacKinnon & White (1985), HC3.

    Args:
        days_early: promised less actual days of each delivery, shape ``(deliveries,)``.
        rating: the satisfaction each delivery earned, shape ``(deliveries,)``.
        confidence: level of the interval, between 0 and 1.

    Raises:
        ValueError: lengths that differ, a number that is not finite, too few early or late
            deliveries to tell a slope from chance, ratings that do not rise with early days and
            fall with late ones (then λ has no meaning), or a confidence outside (0, 1).
    """
    from statsmodels.regression.linear_model import OLS

    delta, rated = _paired("days_early", days_early, "rating", rating)
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie strictly between 0 and 1, got {confidence}")
    slopes = np.column_stack((np.ones_like(delta), delta.clip(min=0.0), delta.clip(max=0.0)))
    leverage = np.einsum("ij,ji->i", slopes, np.linalg.pinv(slopes))
    if np.linalg.matrix_rank(slopes) < 3 or leverage.max() > 1.0 - _ROUNDING:
        raise ValueError("too few deliveries: several early and late ones, not all alike, needed")
    fit = OLS(rated, slopes).fit(cov_type="HC3")
    on_time, gain, loss = (float(value) for value in fit.params)
    if gain <= 0.0 or loss <= 0.0:
        raise ValueError("ratings do not rise with early days and fall with late ones")
    gradient = np.array([0.0, -1.0 / gain, 1.0 / loss])
    log_error = math.sqrt(max(0.0, gradient @ fit.cov_params() @ gradient))
    reach = math.exp(NormalDist().inv_cdf((1.0 + confidence) / 2.0) * log_error)
    ratio = loss / gain
    return LossAversion(on_time, gain, loss, ratio, ratio / reach, ratio * reach)


def critical_fractile(stakes: PromiseStakes) -> float:
    r"""The share of deliveries the best promise should keep.

    .. math:: F(d^*) = \frac{\lambda g - c}{(\lambda - 1)\,g}

    Ours, derived as in the newsvendor problem from :func:`expected_satisfaction`.

    Returns:
        The share, from 0 (when :math:`c = \lambda g`) to 1 (when :math:`c = g`).

    Raises:
        ValueError: stakes that balance nowhere: :math:`\lambda \le 1`, :math:`c < g` (longer is
            always better) or :math:`c > \lambda g` (shorter is always better).
    """
    gain, pain = stakes.gain, stakes.loss_aversion * stakes.gain
    if stakes.loss_aversion <= 1.0:
        raise ValueError("without a loss aversion above 1 no promise balances delight and pain")
    if stakes.cost < gain:
        raise ValueError("a promised day costs less than an early day wins: longer always pays")
    if stakes.cost > pain:
        raise ValueError("a promised day costs more than a late day: shorter always pays")
    return (pain - stakes.cost) / (pain - gain)


def expected_satisfaction(
    promise: ArrayLike, deliveries: DeliveryTimes, stakes: PromiseStakes
) -> FloatArray:
    r"""What a promise is worth before anyone knows when the parcel will arrive.

    .. math:: U(d) = E\left[g\,(d-A)^+ - \lambda g\,(A-d)^+\right] - c\,d

    Args:
        promise: promised days *d*, any shape.
        deliveries: distribution of the actual days *A*.
        stakes: gain *g*, loss aversion λ and cost *c*.

    Returns:
        Expected satisfaction in the unit of the stakes, of the shape of ``promise``.

    Raises:
        ValueError: a promise that is not finite.
    """
    promised = _finite("promise", promise)
    gap = promised[..., np.newaxis] - deliveries.days
    felt = stakes.gain * np.where(gap >= 0.0, gap, stakes.loss_aversion * gap)
    return np.asarray(felt @ deliveries.probability - stakes.cost * promised)


def best_promise(deliveries: DeliveryTimes, stakes: PromiseStakes) -> BestPromise:
    r"""The promise to make: short enough to attract, long enough to keep.

    Inside the limits of :func:`critical_fractile` it is the shortest promise kept by that share
    of deliveries. Beyond them the best promise is an end of the delivery times, and ``limit``
    says which: with :math:`\lambda \le 1` the better end, otherwise the longest if
    :math:`c < g` and the shortest if :math:`c > \lambda g`.

    Args:
        deliveries: distribution of the actual days.
        stakes: gain, loss aversion and cost per day.
    """
    days, limit = _best_days(deliveries, stakes)
    return BestPromise(
        days=days,
        kept=float(deliveries.kept(days)),
        satisfaction=float(expected_satisfaction(days, deliveries, stakes)),
        limit=limit,
    )


def adapt_expectation(performance: ArrayLike, start: float, learning: float) -> pd.DataFrame:
    r"""How customers learn what to expect, so that a repeated surprise wears off.

    .. math:: E_{t+1} = E_t + \eta\,(P_t - E_t)

    Source: Boulding, Kalra, Staelin & Zeithaml (1993).

    Args:
        performance: what customers get in each period, shape ``(periods,)``.
        start: what they expect in the first period, on the same scale.
        learning: η, the share of each gap that they learn, from 0 to 1.

    Returns:
        One row per period: ``expectation`` before it, ``performance`` and ``gap``.

    Raises:
        ValueError: no periods, a number that is not finite, or a learning share outside 0 to 1.
    """
    got = check.numbers("performance", performance)
    expected = check.number("start", start)
    check.number("learning", learning, low=0.0, high=1.0)
    expectation = np.empty_like(got)
    for period, reality in enumerate(got):
        expectation[period] = expected
        expected += learning * (reality - expected)
    table = pd.DataFrame({"expectation": expectation, "performance": got})
    table["gap"] = table["performance"] - table["expectation"]
    return table


def deliverability(promise: ArrayLike, median: ArrayLike, ninth_decile: ArrayLike) -> FloatArray:
    r"""The share of cases that keep a promise, when only two percentiles are known.

    .. math:: P(A \leq d) = \Phi\!\left(\frac{\ln d - \ln p_{50}}{(\ln p_{90} - \ln p_{50})/z_{.9}}
        \right)

    The actual times are taken to be lognormal; with all records at hand use
    :meth:`DeliveryTimes.kept` instead.

    Args:
        promise: the promised time, above 0, any shape.
        median: the time half the cases take (p50), in the same unit.
        ninth_decile: the time nine cases in ten take (p90); equal to the median if they never
            vary.

    Returns:
        Shares between 0 and 1, in the shape the three broadcast to.

    Raises:
        ValueError: a time that is not a positive number, or a p90 below its median.
    """
    from scipy.special import ndtr

    promised, middle = _times("promise", promise), _times("median", median)
    late = _times("ninth_decile", ninth_decile)
    if (late < middle).any():
        raise ValueError("a ninth decile lies below its median")
    spread = np.log(late / middle) / _NINTH_DECILE_Z
    distance = np.log(promised / middle)
    always_or_never = np.where(distance >= 0.0, np.inf, -np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        standardised = np.where(spread > 0.0, distance / spread, always_or_never)
    return np.asarray(ndtr(standardised))


def audit_promises(register: pd.DataFrame, subject: str = "touchpoint") -> PromiseAudit:
    """Find promises that contradict each other and promises that will not be kept.

    Two messages contradict each other when they promise different values about the same subject.
    This is the gap between communication and delivery, the fourth of Parasuraman, Zeithaml &
    Berry (1985).

    Args:
        register: one row per message, with the column named by ``subject``, ``channel``,
            ``promise_value``, ``actual_p50`` and ``actual_p90`` (times in one unit); other
            columns are kept. If there is a column ``unit``, one subject must have one unit.
        subject: the column saying what the promise is about.

    Raises:
        ValueError: a missing column, no rows, a subject or channel left empty, two units for one
            subject, or times that :func:`deliverability` refuses.
    """
    times = ["promise_value", "actual_p50", "actual_p90"]
    complete = check.columns(register, [subject, "channel", *times])
    if "unit" in register and (register.groupby(subject)["unit"].nunique() > 1).any():
        raise ValueError("a subject is promised in two units: convert its promises to one")
    kept = deliverability(*complete[times].to_numpy(dtype=float).T)
    summary = register.groupby(subject)["promise_value"].agg(
        messages="count", promises="nunique", lowest="min", highest="max"
    )
    summary["spread"] = summary["highest"] - summary["lowest"]
    contradictions = summary[summary["promises"] > 1].sort_values("spread", ascending=False)
    contradicted = register[subject].isin(contradictions.index)
    return PromiseAudit(register.assign(contradicted=contradicted, kept=kept), contradictions)


def controllable_share(influence: ArrayLike, control: ArrayLike) -> float:
    r"""How much of what shapes expectation the company can control, by weight.

    .. math:: \frac{\sum_i w_i c_i}{\sum_i w_i}

    Ours; the factors follow Zeithaml, Berry & Parasuraman (1993).

    Args:
        influence: weight *w* of each factor, 0 or more, shape ``(factors,)``.
        control: the company's control *c* of each factor, from 0 to 1, shape ``(factors,)``.

    Returns:
        A share between 0 and 1.

    Raises:
        ValueError: lengths that differ, no factors, weights that are negative or all 0, or a
            control outside 0 to 1.
    """
    weights, controls = _paired("influence", influence, "control", control)
    check.numbers("control", controls, low=0.0, high=1.0)
    return float(check.shares("influence", weights, weights.size) @ controls)


def _best_days(deliveries: DeliveryTimes, stakes: PromiseStakes) -> tuple[float, Limit]:
    shortest, longest = deliveries.quantile(0.0), deliveries.quantile(1.0)
    if stakes.loss_aversion <= 1.0:
        worth_short, worth_long = expected_satisfaction((shortest, longest), deliveries, stakes)
        return (longest, "longest") if worth_long > worth_short else (shortest, "shortest")
    if stakes.cost < stakes.gain:
        return longest, "longest"
    if stakes.cost > stakes.loss_aversion * stakes.gain:
        return shortest, "shortest"
    return deliveries.quantile(critical_fractile(stakes)), "balance"


def _paired(
    one: str, values: ArrayLike, other: str, companions: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    first, second = check.numbers(one, values), check.numbers(other, companions)
    if first.size != second.size:
        raise ValueError(f"{one} has {first.size} numbers but {other} has {second.size}")
    return first, second


def _finite(name: str, values: ArrayLike) -> FloatArray:
    array = np.asarray(values, dtype=float)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers only")
    return array


def _times(name: str, values: ArrayLike) -> FloatArray:
    times = _finite(name, values)
    if (times <= 0.0).any():
        raise ValueError(f"{name} must hold times above 0")
    return times
