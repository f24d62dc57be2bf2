r"""A programme's plan as a board judges it: by scenario, by chance, and in stages.

A plan holds what each cost and each benefit is planned to be, year by year. The lifetime value
(B5) is left out wherever the benefits it consists of are planned too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models import _checks as check
from cxlib.models._checks import FloatArray
from cxlib.models.cashflow import (
    IrrResult,
    delay,
    discounted_payback,
    irr,
    npv,
    payback,
    present_value,
    return_on_investment,
)
from cxlib.models.programme import LIFETIME_VALUE, double_counted, total_benefit


@dataclass(frozen=True)
class Plan:
    """What a programme is planned to cost and to bring.

    Attributes:
        rate: discount rate a year, a ratio.
        costs: positive amounts in currency, one row per cost code, one column per year from 0.
        benefits: amounts in currency, one row per benefit code, the same columns.
    """

    rate: float
    costs: pd.DataFrame
    benefits: pd.DataFrame

    @property
    def twice(self) -> tuple[str, ...]:
        """The benefits that the planned lifetime value holds already."""
        return double_counted(self._planned())

    @property
    def counted(self) -> tuple[str, ...]:
        """The benefits that are added up."""
        twice = self.twice
        return tuple(code for code in self._planned() if not twice or code != LIFETIME_VALUE)

    @property
    def total_costs(self) -> FloatArray:
        """Cost of each year, in currency."""
        return self.costs.sum().to_numpy(np.float64)

    @property
    def total_benefits(self) -> FloatArray:
        """Benefit of each year, in currency, nothing counted twice."""
        return total_benefit(self.benefits, self.counted).to_numpy(np.float64)

    def row(self, code: str) -> FloatArray:
        """Amount of each year of one cost or benefit, in currency, counted or not."""
        table = self.costs if code in self.costs.index else self.benefits
        return table.loc[code].to_numpy(np.float64)

    def _planned(self) -> list[str]:
        return [str(code) for code in self.benefits.index if self.benefits.loc[code].any()]


@dataclass(frozen=True, slots=True)
class Scenario:
    """How a plan may turn out.

    Attributes:
        realised: share of the planned benefits that comes true.
        overrun: ratio added to every cost.
        months_late: months by which the benefits come later than planned.
    """

    realised: float = 1.0
    overrun: float = 0.0
    months_late: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan comes to in one scenario.

    Attributes:
        costs: cost of each year, in currency.
        benefits: benefit of each year, in currency.
        npv: net present value, in currency.
        irr: every internal rate of return.
        payback: years until the money is back, ``math.inf`` if never.
        discounted_payback: the same with discounted money.
        roi: discounted return per unit of cost, a ratio; 0 for a plan without costs.
    """

    costs: FloatArray
    benefits: FloatArray
    npv: float
    irr: IrrResult
    payback: float
    discounted_payback: float
    roi: float

    @property
    def net(self) -> FloatArray:
        """Benefit less cost of each year, in currency."""
        return self.benefits - self.costs


def evaluate(plan: Plan, scenario: Scenario | None = None) -> Outcome:
    """Judge a plan in one scenario, by default as planned.

    Args:
        plan: what is planned.
        scenario: how it turns out.

    Raises:
        ValueError: an input that :func:`~cxlib.models.cashflow.delay` or
            :func:`~cxlib.models.cashflow.npv` refuses.
    """
    scenario = scenario or Scenario()
    costs = plan.total_costs * (1.0 + scenario.overrun)
    benefits = delay(plan.total_benefits, scenario.months_late) * scenario.realised
    net = benefits - costs
    return Outcome(
        costs,
        benefits,
        npv(plan.rate, net),
        irr(net),
        payback(net),
        discounted_payback(plan.rate, net),
        return_on_investment(benefits, costs, plan.rate) if costs.any() else 0.0,
    )


def breakeven_share(plan: Plan) -> float:
    r"""The share of the planned benefits that must come true to pay for the costs.

    .. math:: s^* = \frac{PV_C}{PV_B}

    Args:
        plan: what is planned.

    Returns:
        The share as a ratio, ``math.inf`` for a plan that brings nothing.
    """
    worth = npv(plan.rate, plan.total_benefits)
    return npv(plan.rate, plan.total_costs) / worth if worth > 0.0 else float("inf")


def plan_npv(drivers: Mapping[str, float | FloatArray], *, plan: Plan) -> FloatArray:
    r"""Net present value of a plan in many scenarios at once.

    .. math:: NPV = \sum_{t=0}^{T} \frac{\sum_b x_b B_{b,t} - (1+o)\, C_t}{(1+i)^t}

    Args:
        drivers: what is uncertain, one number or one per scenario: a factor :math:`x_b` for any
            benefit that counts, by its code (1 is as planned), ``cost_overrun`` (ratio *o*),
            ``delay_months`` (months by which the benefits come later) and ``rate``. What is left
            out is as planned.
        plan: what is planned.

    Returns:
        One net present value per scenario, in currency.

    Raises:
        ValueError: a driver that is none of these, or an input that
            :func:`~cxlib.models.cashflow.delay` or :func:`~cxlib.models.cashflow.present_value`
            refuses.
    """
    unknown = sorted(
        set(drivers).difference({*plan.counted, "cost_overrun", "delay_months", "rate"})
    )
    if unknown:
        raise ValueError(f"unknown driver {', '.join(unknown)}")
    late = np.atleast_1d(drivers.get("delay_months", 0.0))
    flows: FloatArray = -np.outer(
        plan.total_costs, 1.0 + np.atleast_1d(drivers.get("cost_overrun", 0.0))
    )
    for code in plan.counted:
        flows = flows + delay(plan.row(code), late) * drivers.get(code, 1.0)
    return present_value(drivers.get("rate", plan.rate), flows)


def staged_npv(
    whole: ArrayLike,
    measured: ArrayLike,
    *,
    least: float,
    pilot_cost: float,
    months: float,
    rate: float,
) -> FloatArray:
    r"""Net present value of a pilot that decides whether the programme follows.

    .. math::

        NPV = -P + g\,\frac{NPV_{\mathrm{whole}}}{(1+i)^{m/12}}, \qquad
        g = 1 \;\mathrm{if}\; e \geq e_{\min},\; \mathrm{else}\; 0

    Source: the value of deciding later (Dixit & Pindyck 1994), in its simplest form.

    Args:
        whole: net present value of the programme started today, one per scenario.
        measured: effect that the pilot measures in each scenario, any unit.
        least: smallest measured effect with which the programme follows, same unit.
        pilot_cost: cost of the pilot, spent today, in currency.
        months: how long the pilot puts the programme off.
        rate: discount rate a year, a ratio.

    Returns:
        One net present value per scenario, in currency.

    Raises:
        ValueError: a negative pilot cost or number of months, or a rate at or below −100 %.
    """
    spent = check.number("pilot_cost", pilot_cost, low=0.0)
    wait = check.number("months", months, low=0.0) / 12.0
    shrunk = check.positive("1 + rate", 1.0 + rate) ** -wait
    follows = check.numbers("measured", measured) >= least
    return np.where(follows, check.numbers("whole", whole) * shrunk, 0.0) - spent
