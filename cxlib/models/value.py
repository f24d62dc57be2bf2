"""What customers are worth: margin multiple, migration value, referrals, customer equity.

Retention and rates are ratios per period; margins are money per customer and period.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxlib.models._checks import FloatArray, count, number, numbers, positive


@dataclass(frozen=True, slots=True)
class RetentionReadings:
    """How much more a customer is worth under the two readings of "keep 5 % more".

    Attributes:
        more_points: gain if retention rises by 5 percentage points, a ratio.
        fewer_leavers: gain if 5 % of those who would leave stay, a ratio.
    """

    more_points: float
    fewer_leavers: float


def margin_multiple(retention: float, rate: float, growth: float = 0.0) -> float:
    r"""How many times its yearly margin a customer is worth today.

    The first margin comes a year from now; to count one received today as well, add 1.

    .. math:: \frac{r}{1 + i - r(1 + g)}

    Source: Gupta & Lehmann (2003; 2005).

    Args:
        retention: share of customers who stay from one year to the next, 0–1.
        rate: discount rate a year, a ratio, 0 or more.
        growth: yearly growth of the margin of those who stay, a ratio above −1.

    Returns:
        Years of margin: margin × multiple is the lifetime value.

    Raises:
        ValueError: an input out of range, or margins that outgrow discounting, whose sum is
            infinite.
    """
    number("retention", retention, low=0, high=1)
    number("rate", rate, low=0)
    positive("1 + growth", 1 + growth)
    shrinking = 1 + rate - retention * (1 + growth)
    if shrinking <= 0:
        raise ValueError("the value is infinite: 1 + rate must exceed retention x (1 + growth)")
    return retention / shrinking


def retention_readings(retention: float, rise: float, rate: float) -> RetentionReadings:
    r"""Compare the two readings of "keep 5 % more customers".

    .. math:: \frac{M(r + \delta)}{M(r)} - 1, \qquad \frac{M(r + \delta(1 - r))}{M(r)} - 1

    with M the margin multiple. Source: the multiple of Gupta & Lehmann (2003); the dispute
    about Reichheld & Sasser (1990) in Sharp (2005).

    Args:
        retention: share of customers who stay today, above 0.
        rise: the "5 %", a ratio; retention + rise is at most 1.
        rate: discount rate a year, a ratio, 0 or more.

    Returns:
        Both gains in the value of a customer.

    Raises:
        ValueError: an input out of range.
    """
    positive("retention", retention)
    number("rise", rise, low=0, high=1)
    today = margin_multiple(retention, rate)
    return RetentionReadings(
        more_points=margin_multiple(retention + rise, rate) / today - 1,
        fewer_leavers=margin_multiple(retention + rise * (1 - retention), rate) / today - 1,
    )


def markov_clv(
    transition: ArrayLike, margins: ArrayLike, rate: float, horizon: int | None = None
) -> FloatArray:
    r"""The value of a customer in each state she can be in, when she moves between states.

    .. math:: V_T = \sum_{t=0}^{T} \left(\frac{P}{1+i}\right)^t R,
        \qquad V_\infty = \left(I - \frac{P}{1+i}\right)^{-1} R

    Source: Pfeifer & Carraway (2000).

    Args:
        transition: chance to move from the row's state to the column's, ``(states, states)``;
            a row may sum to less than 1, the rest being lost for good.
        margins: money earned in each state and period, negative for a cost, ``(states,)``.
        rate: discount rate a period, a ratio, 0 or more.
        horizon: periods after the present one; none means for ever.

    Returns:
        Money per customer, shape ``(states,)``.

    Raises:
        ValueError: chances that are no chances, shapes that do not fit, or an infinite value.
    """
    chances = _transition(transition)
    reward = numbers("margins", margins)
    if chances.shape[0] != reward.size:
        raise ValueError(f"margins must have one value per state, {chances.shape[0]} in all")
    step = chances / (1 + number("rate", rate, low=0))
    if horizon is None:
        return _for_ever(step, reward)
    value = reward
    for _ in range(count("horizon", horizon, low=0)):
        value = reward + step @ value
    return value


def recency_ladder(
    purchase: ArrayLike, margin: float, marketing: float
) -> tuple[FloatArray, FloatArray]:
    """The moves and margins of customers told apart by the periods since they last bought.

    State 1 has just bought; who does not buy steps down one state; past the last one the
    company gives up and spends nothing.

    Source: Pfeifer & Carraway (2000).

    Args:
        purchase: chance to buy in the next period from each state, ``(states,)``.
        margin: contribution of one purchase, in money.
        marketing: cost of courting one customer for a period, in money, 0 or more.

    Returns:
        The transition matrix and the margins of :func:`markov_clv`, with one more state for the
        customers given up.

    Raises:
        ValueError: a chance outside 0–1 or an amount that is not finite.
    """
    chances = numbers("purchase", purchase, low=0, high=1)
    transition = np.diag(np.append(1 - chances, 0.0)[:-1], k=1)
    transition[:-1, 0] += chances
    transition[-1, -1] = 1.0
    margins = np.append(np.full(chances.size, -number("marketing", marketing, low=0)), 0.0)
    margins[0] += number("margin", margin)
    return transition, margins


def switching_matrix(utility: ArrayLike) -> FloatArray:
    r"""The chance to buy each brand next, given the brand bought last (logit choice).

    .. math:: p_{jk} = \frac{e^{U_{jk}}}{\sum_m e^{U_{jm}}}

    With the own margin on the own brand and 0 elsewhere, :func:`markov_clv` gives the lifetime
    value of customers who switch to and fro. Source: Rust, Lemon & Zeithaml (2004).

    Args:
        utility: attractiveness of the column's brand to who bought the row's last,
            ``(brands, brands)``, including the inertia on the diagonal.

    Returns:
        Ratios, shape ``(brands, brands)``; each row sums to 1.

    Raises:
        ValueError: a table that is not square or not finite.
    """
    attraction = _square("utility", utility)
    odds = np.exp(attraction - attraction.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def referral_multiplier(referrals: float) -> float:
    r"""How many customers one customer brings in the end, herself included.

    .. math:: 1 + k + k^2 + \dots = \frac{1}{1 - k}

    Source: the geometric series.

    Args:
        referrals: new customers each customer brings, 0 or more and below 1.

    Raises:
        ValueError: a number out of range; at 1 or more growth never ends.
    """
    if number("referrals", referrals, low=0) >= 1:
        raise ValueError("referrals must be below 1: at 1 or more growth never ends")
    return 1 / (1 - referrals)


def referral_value(referrals: ArrayLike, value: float, rate: float) -> float:
    r"""What a customer's referrals are worth today.

    .. math:: CRV = \sum_{t=1}^{T} \frac{k_t\,w}{(1+i)^t}

    Source: Kumar, Petersen & Leone (2007; 2010).

    Args:
        referrals: customers she brings in year 1, 2, …, shape ``(years,)``.
        value: what each is worth, in money: the lifetime value of one who would not have come
            otherwise, the saved acquisition cost of one who would.
        rate: discount rate a year, a ratio, 0 or more.

    Raises:
        ValueError: a negative number of referrals, or an input that is not finite.
    """
    brought = numbers("referrals", referrals, low=0)
    discount = (1 + number("rate", rate, low=0)) ** -np.arange(1.0, brought.size + 1)
    return float(number("value", value) * (brought @ discount))


def customer_equity(customers: ArrayLike, lifetime_value: ArrayLike) -> float:
    r"""What all customers together are worth.

    .. math:: CE = \sum_s N_s\,CLV_s

    Source: Blattberg & Deighton (1996); Rust, Lemon & Zeithaml (2004).

    Args:
        customers: customers in each segment, shape ``(segments,)``.
        lifetime_value: lifetime value of one of them, in money, same shape.

    Raises:
        ValueError: a negative number of customers, or shapes that do not fit.
    """
    people = numbers("customers", customers, low=0)
    worth = numbers("lifetime_value", lifetime_value)
    if people.shape != worth.shape:
        raise ValueError("customers and lifetime_value must have one value per segment each")
    return float(people @ worth)


def return_on_quality(gain: float, spend: float) -> float:
    r"""What spending on quality returns, from the customer equity or profit it adds.

    .. math:: ROQ = \frac{\Delta CE - E}{E}

    Source: Rust, Zahorik & Keiningham (1995); Rust, Lemon & Zeithaml (2004).

    Args:
        gain: present value of what is gained, in money, before the spending is taken off.
        spend: present value of the spending, in money, above 0.

    Returns:
        The return as a ratio; negative when too much was spent.

    Raises:
        ValueError: spending of zero or less, or an input that is not finite.
    """
    return (number("gain", gain) - positive("spend", spend)) / spend


def _square(name: str, cells: ArrayLike) -> FloatArray:
    matrix = np.asarray(cells, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.size == 0:
        raise ValueError(f"{name} must be a square table")
    if not np.isfinite(matrix).all():
        raise ValueError(f"{name} must hold finite numbers only, without gaps")
    return matrix


def _transition(transition: ArrayLike) -> FloatArray:
    chances = _square("transition", transition)
    if chances.min() < 0 or chances.sum(axis=1).max() > 1 + 1e-9:
        raise ValueError("transition must hold chances: 0 or more, each row at most 1 in all")
    return chances


def _for_ever(step: FloatArray, reward: FloatArray) -> FloatArray:
    if np.abs(np.linalg.eigvals(step)).max() >= 1 - 1e-12:
        raise ValueError("the value is infinite: without discounting somebody stays for ever")
    return np.asarray(np.linalg.solve(np.eye(reward.size) - step, reward), dtype=float)
