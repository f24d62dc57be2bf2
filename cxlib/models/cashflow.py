"""What yearly money flows are worth: present value, return, payback, break-even and delay.

Flows are yearly amounts in one currency; ``flows[0]`` falls now, ``flows[1]`` a year from now.
Rates and shares are ratios: 12 % is ``0.12``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import ArrayLike

from cxlib.models import _checks as check
from cxlib.models._checks import FloatArray
from cxlib.models.value import margin_multiple

_ROUNDING: Final = 1e-12
_NEARLY_REAL: Final = 1e-3
_SAME_FACTOR: Final = 1e-4


@dataclass(frozen=True, slots=True)
class IrrResult:
    """Every internal rate of return above −100 %, and why there may be more than one.

    Attributes:
        rates: the rates as ratios, ascending; empty when no rate makes the flows worth zero.
        sign_changes: how often the flows change from paying to earning or back; there are at
            most as many rates (Descartes' rule of signs).
    """

    rates: tuple[float, ...]
    sign_changes: int

    @property
    def ambiguous(self) -> bool:
        """Whether the flows change sign more than once, so that no single IRR can be trusted."""
        return self.sign_changes > 1


@dataclass(frozen=True, slots=True)
class BreakevenRetention:
    """The yearly retention that just pays back an investment.

    Attributes:
        retention: the retention needed, as a ratio of customers a year.
        uplift: how much above today's retention that is, as a difference of ratios.
    """

    retention: float
    uplift: float

    @property
    def reachable(self) -> bool:
        """Whether the retention needed is at most 100 %."""
        return self.retention <= 1.0


def present_value(rate: ArrayLike, flows: ArrayLike) -> FloatArray:
    r"""What yearly flows are worth today, for one scenario or many at once.

    .. math:: PV = \sum_{t=0}^{T} \frac{c_t}{(1+i)^t}

    Source: the definition (Brealey & Myers).

    Args:
        rate: discount rate a year, a ratio above −1; one number or one per scenario.
        flows: yearly flows, time first: shape ``(years + 1,)`` or ``(years + 1, scenarios)``.

    Returns:
        The value in the currency of the flows, shape ``()`` or ``(scenarios,)``.

    Raises:
        ValueError: a rate at or below −100 %, no flows, or a number that is not finite.
    """
    check.numbers("flows", np.ravel(flows))
    growth, worth = _growth(rate), np.zeros(())
    for flow in np.asarray(flows, dtype=np.float64)[::-1]:
        worth = np.asarray(worth / growth + flow)
    return worth


def npv(rate: float, flows: ArrayLike) -> float:
    """Net present value of one project: the present value of its inflows less its outflows.

    The first flow falls at time 0 and is not discounted. See :func:`present_value`.

    Args:
        rate: discount rate a year, a ratio above −1.
        flows: net yearly flows, shape ``(years + 1,)``.

    Raises:
        ValueError: a rate at or below −100 %, no flows, or a number that is not finite.
    """
    return float(present_value(rate, _row(flows)))


def irr(flows: ArrayLike) -> IrrResult:
    r"""Every internal rate of return: the rates at which the flows are worth nothing.

    .. math:: \sum_{t=0}^{T} c_t x^t = 0, \qquad x = \frac{1}{1+\mathrm{IRR}} > 0

    The flows are a polynomial in the discount factor *x*; all its positive real roots are
    reported. Rates whose growth factors differ by less than 0.01 % count as one, and a flow
    that is only the rounding of a far larger one counts as nothing.

    Source: the definition; Descartes' rule of signs bounds their number (Gitman 2003).

    Args:
        flows: net yearly flows, shape ``(years + 1,)``.

    Returns:
        The rates, ascending, with the number of sign changes. Flows all of one sign have none.

    Raises:
        ValueError: no flows, or a number that is not finite.
    """
    money = _row(flows)
    money = np.where(np.abs(money) > _ROUNDING * np.abs(money).max(), money, 0.0)
    sign_changes = int(np.count_nonzero(np.diff(np.sign(money[money != 0.0]))))
    rates = _distinct_rates(_positive_roots(money)) if sign_changes else ()
    return IrrResult(rates, sign_changes)


def payback(flows: ArrayLike) -> float:
    """Years until the running total of the flows is no longer negative, and stays so.

    Money is taken to arrive evenly within a year. Flows that never fall below zero in total pay
    back at once (``0.0``); flows whose total ends below zero never do (``math.inf``).

    Args:
        flows: net yearly flows, shape ``(years + 1,)``.

    Raises:
        ValueError: no flows, or a number that is not finite.
    """
    money = _row(flows)
    total = np.cumsum(money)
    short = np.flatnonzero(total < -_ROUNDING * np.abs(money).sum())
    if short.size == 0:
        return 0.0
    last = int(short[-1])
    if last == money.size - 1:
        return math.inf
    return float(last - total[last] / money[last + 1])


def discounted_payback(rate: float, flows: ArrayLike) -> float:
    """Years until the running total of the discounted flows stays at or above zero.

    Args:
        rate: discount rate a year, a ratio above −1.
        flows: net yearly flows, shape ``(years + 1,)``.

    Raises:
        ValueError: a rate at or below −100 %, no flows, or a number that is not finite.
    """
    money = _row(flows)
    return payback(money / _growth(rate) ** np.arange(money.size))


def return_on_investment(benefits: ArrayLike, costs: ArrayLike, rate: float = 0.0) -> float:
    r"""Gain per unit of cost, both in today's money; with rate 0 the "simple ROI".

    .. math:: ROI = \frac{PV_B - PV_C}{PV_C}

    Args:
        benefits: yearly benefits, shape ``(years + 1,)``.
        costs: yearly costs as positive amounts, shape ``(years + 1,)``.
        rate: discount rate a year, a ratio above −1.

    Returns:
        The return as a ratio: 0.07 is 7 %.

    Raises:
        ValueError: costs worth nothing or less, or an input :func:`npv` refuses.
    """
    spent = check.positive("present value of the costs", npv(rate, costs))
    return (npv(rate, benefits) - spent) / spent


def breakeven_scale(benefits: ArrayLike, costs: ArrayLike, rate: float) -> float:
    r"""The share of the planned benefits that must come true to pay for the costs.

    .. math:: s^* = \frac{PV_C}{PV_B}

    Args:
        benefits: yearly benefits, shape ``(years + 1,)``.
        costs: yearly costs as positive amounts, shape ``(years + 1,)``.
        rate: discount rate a year, a ratio above −1.

    Returns:
        The share as a ratio; above 1 the plan loses money even if all of it comes true.

    Raises:
        ValueError: benefits worth nothing or less, or an input :func:`npv` refuses.
    """
    return npv(rate, costs) / check.positive("present value of the benefits", npv(rate, benefits))


def breakeven_retention(
    customers: float, margin: float, retention: float, rate: float, investment: float
) -> BreakevenRetention:
    r"""The retention at which today's customers are worth an investment more.

    .. math::

        K = \frac{I}{N m} + \frac{r}{1+i-r}, \qquad r^* = \frac{K(1+i)}{1+K}

    Source: own closed form, the margin multiple (Gupta & Lehmann 2003) solved for *r*.

    Args:
        customers: customers today, *N*.
        margin: contribution margin per customer and year, *m*, in currency.
        retention: share of customers kept from year to year, *r*.
        rate: discount rate a year, *i*, a ratio, 0 or more.
        investment: money spent today, *I*, in currency, not negative.

    Raises:
        ValueError: customers or margin not positive, a negative investment, or a retention or
            rate :func:`cxlib.models.value.margin_multiple` refuses.
    """
    yearly_margin = check.positive("customers", customers) * check.positive("margin", margin)
    spent = check.number("investment", investment, low=0.0)
    multiple = spent / yearly_margin + margin_multiple(retention, rate)
    needed = multiple * (1.0 + rate) / (1.0 + multiple)
    return BreakevenRetention(needed, needed - retention)


def delay(flows: ArrayLike, months: ArrayLike) -> FloatArray:
    r"""Yearly flows arriving some months later, on the same horizon.

    .. math:: c'_t = (1-w)\, c_{t-k} + w\, c_{t-k-1}, \qquad k + w = \frac{\text{months}}{12}

    A delay that is not a whole number of years splits each flow between two neighbouring years.
    What would fall past the last year is lost, as it is for a board that judges by that year.

    Args:
        flows: yearly flows, shape ``(years + 1,)``.
        months: how many months later, not negative; one number or one per scenario.

    Returns:
        The later flows, time first: shape ``(years + 1,)`` or ``(years + 1, scenarios)``.

    Raises:
        ValueError: negative months, no flows, or a number that is not finite.
    """
    money, years_late = _row(flows), np.asarray(months, dtype=np.float64) / 12.0
    check.numbers("months", years_late.ravel(), low=0.0)
    years = np.arange(money.size)
    earlier = np.subtract.outer(years, years_late)
    return np.asarray(np.interp(earlier, [-1, *years], [0.0, *money]))


def rom_roi(customer_equity_gain: float, spend: float) -> float:
    r"""Return on marketing: the gain in customer equity per unit of money spent on it.

    .. math:: ROI = \frac{\Delta CE - E}{E}

    Source: (Rust, Lemon & Zeithaml 2004).

    Args:
        customer_equity_gain: rise in the present value of all customers, in currency.
        spend: present value of the spending, in the same currency.

    Returns:
        The return as a ratio.

    Raises:
        ValueError: spending not positive, or a number that is not finite.
    """
    return return_on_investment([customer_equity_gain], [spend])


def _positive_roots(coefficients: FloatArray) -> list[float]:
    scaled = np.trim_zeros(coefficients) / np.abs(coefficients).max()
    curve, size = Polynomial(scaled), Polynomial(np.abs(scaled))
    guesses = curve.roots()
    near = guesses[(guesses.real > 0.0) & (np.abs(guesses.imag) <= _NEARLY_REAL * abs(guesses))]
    with np.errstate(over="ignore", invalid="ignore"):
        polished = [_polish(curve, float(guess)) for guess in near.real]
        return [x for x in polished if x > 0.0 and abs(curve(x)) <= _ROUNDING * size(x)]


def _polish(curve: Polynomial, guess: float) -> float:
    """Newton's steps for as long as they bring the curve closer to zero."""
    slope = curve.deriv()
    while slope(guess) != 0.0:
        better = guess - float(curve(guess) / slope(guess))
        if not abs(curve(better)) < abs(curve(guess)):
            break
        guess = better
    return guess


def _distinct_rates(discount_factors: list[float]) -> tuple[float, ...]:
    growth = np.sort(1.0 / np.array(discount_factors))
    gaps = np.flatnonzero(np.diff(np.log(growth)) > _SAME_FACTOR) + 1
    rates = [float(group.mean()) - 1.0 for group in np.split(growth, gaps) if group.size]
    return tuple(rate for rate in rates if rate > -1.0)


def _row(flows: ArrayLike) -> FloatArray:
    return check.numbers("flows", flows)


def _growth(rate: ArrayLike) -> FloatArray:
    """How much one unit of money grows to in a year: 1 + rate."""
    check.numbers("rate", np.ravel(rate))
    growth = 1.0 + np.asarray(rate, dtype=np.float64)
    if np.any(growth <= 0.0):
        raise ValueError("rate must be above -1, that is -100 %")
    return growth
