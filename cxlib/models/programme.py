r"""A customer-experience programme as money: eight kinds of cost, ten kinds of benefit.

Costs C1–C8 are specialists, training, technology, co-creation, coordination, touchpoint redesign,
recognition and other culture work. Benefits B1–B10 are retention, spending, referral, new
products, lifetime value, fewer acquisitions, cost to serve, a better workplace, a better world
and culture; the last two are values, not money, and have no row.

Every benefit row is a part of one difference: profit with the programme less profit without it,
for a company that starts in a steady state where it wins as many customers as it loses. So the
rows add up without counting anything twice. Year 0 is the year of the decision; the effect in
year *t* is the full effect times the ramp :math:`\rho_t`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models import _checks as check
from cxlib.models._checks import FloatArray
from cxlib.models.cashflow import delay, present_value
from cxlib.models.value import margin_multiple

COSTS: Final = ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8")
BENEFITS: Final = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10")
LIFETIME_VALUE: Final = "B5"
PARTS_OF_LIFETIME_VALUE: Final = ("B1", "B2", "B3", "B7")


@dataclass(frozen=True, slots=True)
class Company:
    """A company before the programme, in a steady state.

    Attributes:
        customers: customers on the books, *N*.
        margin_per_customer: contribution margin per customer and year, *m*, in currency.
        retention: share of customers kept from year to year, *r*, a ratio.
        contacts_per_customer: service contacts per customer and year.
        cost_per_contact: cost of one service contact, in currency.
        acquisition_cost: cost of winning one new customer, in currency.
        employees: people employed.
        replacement_cost: cost of replacing one employee who leaves, in currency.
    """

    customers: float
    margin_per_customer: float
    retention: float
    contacts_per_customer: float
    cost_per_contact: float
    acquisition_cost: float
    employees: float
    replacement_cost: float

    def __post_init__(self) -> None:
        """Refuse negative amounts and a retention above 100 %."""
        for field in fields(self):
            check.number(field.name, getattr(self, field.name), low=0.0)
        check.number("retention", self.retention, high=1.0)

    @property
    def service_cost(self) -> float:
        """Cost of serving one customer for a year, in currency."""
        return self.contacts_per_customer * self.cost_per_contact


@dataclass(frozen=True, slots=True)
class Uplift:
    """What the programme changes once it works in full; each a ratio or one ratio per scenario.

    Attributes:
        retention: rise in retention, in points: 0.015 is +1.5 percentage points (B1).
        spend: rise in margin per customer (B2).
        referral: new customers a year through referral, as a share of today's customers (B3).
        new_product: further margin per customer from new products (B4).
        fewer_acquisitions: share of the customers kept by better retention that replaces new
            customers instead of enlarging the base (B6). A kept customer does one or the other:
            counting both her margin and her saved acquisition would count her twice.
        contacts: fall in service contacts per customer (B7).
        turnover: fall in staff turnover, in points (B8).
    """

    retention: float | FloatArray = 0.0
    spend: float | FloatArray = 0.0
    referral: float | FloatArray = 0.0
    new_product: float | FloatArray = 0.0
    fewer_acquisitions: float | FloatArray = 0.0
    contacts: float | FloatArray = 0.0
    turnover: float | FloatArray = 0.0

    def __post_init__(self) -> None:
        """Refuse what is not a ratio between 0 and 1."""
        for field in fields(self):
            check.numbers(field.name, np.ravel(getattr(self, field.name)), low=0.0, high=1.0)


UPLIFTS: Final = tuple(field.name for field in fields(Uplift))


def cost_flows(
    one_off: Mapping[str, float], yearly: Mapping[str, float], years: int
) -> pd.DataFrame:
    r"""The cost plan: one-off costs in year 0, yearly costs in each later year.

    .. math:: c_{j,0} = F_j, \qquad c_{j,t} = V_j \quad (t = 1, \dots, T)

    Source: own bookkeeping; the eight kinds of cost are those of (Nguyen Duong 2021).

    Args:
        one_off: cost code → amount spent once, in currency.
        yearly: cost code → amount spent every year, in currency.
        years: length of the programme in years, at least 1.

    Returns:
        Costs as positive amounts, shape ``(8, years + 1)``: index C1…C8, columns 0…years.

    Raises:
        ValueError: an unknown cost code, a negative amount, or less than one year.
    """
    check.count("years", years)
    for code, amount in [*one_off.items(), *yearly.items()]:
        if code not in COSTS:
            raise ValueError(f"unknown cost {code}: the costs are C1 to C8")
        check.number(f"cost {code}", amount, low=0.0)
    rows = {code: [one_off.get(code, 0.0)] + [yearly.get(code, 0.0)] * years for code in COSTS}
    return _table(rows, "cost")


def benefit_flows(
    company: Company, uplift: Uplift, years: int, ramp: Sequence[float]
) -> pd.DataFrame:
    r"""The benefits that are money, year by year; B5, B9 and B10 have no row.

    With the kept customers *e*, the referred customers *f*, the effective retention
    :math:`r_t = r + \rho_t \Delta r` and the customers :math:`n_t = N + e_t + f_t`:

    .. math::

        e_t &= r_t\, e_{t-1} + (1 - a)\, \rho_t \Delta r\, N, \qquad
        f_t = r_t\, f_{t-1} + \rho_t k N \\
        B1_t &= m\, e_t, \quad B2_t = \rho_t s\, m\, n_t, \quad B3_t = m\, f_t, \quad
        B4_t = \rho_t p\, m\, n_t \\
        B6_t &= a\, \rho_t \Delta r\, N \cdot \mathrm{CAC}, \quad
        B7_t = \rho_t c\, n_t \cdot \mathrm{contacts} \cdot \mathrm{cost} \\
        B8_t = \rho_t \Delta q \cdot \mathrm{staff} \cdot \mathrm{replacement}

    where Δr, s, k, p, a, c, Δq are the uplifts in retention, spend, referral, new products,
    fewer acquisitions, contacts and turnover. Otherwise the company goes on winning
    :math:`(1-r)N` customers a year. Source: own accounting of a constant inflow.

    Args:
        company: the company before the programme.
        uplift: the full effect, one ratio each.
        years: length of the programme in years, at least 1.
        ramp: share of the full effect reached in year 1, 2, …; the last share holds from then on.

    Returns:
        Amounts in currency, shape ``(7, years + 1)``: index B1–B4 and B6–B8, columns 0…years.

    Raises:
        ValueError: a ramp that is empty or not within 0–1, less than one year, or a retention
            that would pass 100 %.
    """
    return _table(_benefits(company, uplift, _effect(ramp, years)), "benefit")


def lifetime_value_gain(company: Company, uplift: Uplift, rate: float) -> float:
    r"""B5: how much more today's customers are worth over their whole life.

    .. math::

        B5 = N\,[\,m' M(r') (1 + k + k M(r')) - m M(r)\,], \qquad M(r) = \frac{r}{1+i-r}

    with :math:`r' = r + \Delta r` and :math:`m' = m(1+s) + c \cdot` cost of serving a customer.
    It is the same money as B1, B2, B3 and B7, seen as a value today instead of year by year, so
    it is never added to them. Source: margin multiple (Gupta & Lehmann 2003), referrals of one
    generation (after Kumar, Petersen & Leone 2010).

    Args:
        company: the company before the programme.
        uplift: the full effect from the first year on, one ratio each.
        rate: discount rate a year, a ratio, 0 or more.

    Returns:
        The gain today, in currency.

    Raises:
        ValueError: a retention or rate :func:`~cxlib.models.value.margin_multiple` refuses.
    """
    retention, spend, referral, contacts = (
        float(np.asarray(full))
        for full in (uplift.retention, uplift.spend, uplift.referral, uplift.contacts)
    )
    margin = company.margin_per_customer * (1.0 + spend) + contacts * company.service_cost
    multiple = margin_multiple(company.retention + retention, rate)
    with_programme = margin * multiple * (1.0 + referral * (1.0 + multiple))
    without = company.margin_per_customer * margin_multiple(company.retention, rate)
    return company.customers * (with_programme - without)


def double_counted(counted: Iterable[str]) -> tuple[str, ...]:
    """The benefits counted on top of the lifetime value (B5) that already holds them.

    Args:
        counted: codes of the benefits to be added up.

    Returns:
        Those of B1, B2, B3 and B7 that are counted twice; empty when the sum is clean.

    Raises:
        ValueError: an unknown benefit code.
    """
    codes = set(counted)
    if unknown := sorted(codes.difference(BENEFITS)):
        raise ValueError(f"unknown benefit {', '.join(unknown)}: the benefits are B1 to B10")
    if LIFETIME_VALUE not in codes:
        return ()
    return tuple(code for code in PARTS_OF_LIFETIME_VALUE if code in codes)


def total_benefit(flows: pd.DataFrame, counted: Iterable[str]) -> pd.Series:
    """The yearly sum of the benefits counted.

    Args:
        flows: yearly benefits in currency, one row per benefit code, as from
            :func:`benefit_flows`.
        counted: codes of the benefits to add up.

    Returns:
        One amount per year, in currency, with the columns of ``flows`` as index.

    Raises:
        ValueError: a benefit counted twice, an unknown code, or a benefit without a row.
    """
    codes = set(counted)
    if twice := double_counted(codes):
        raise ValueError(
            f"{', '.join(twice)} counted twice: the lifetime value {LIFETIME_VALUE} holds them"
        )
    if missing := sorted(codes.difference(flows.index)):
        raise ValueError(f"there is no yearly flow for {', '.join(missing)}")
    return flows[flows.index.isin(codes)].sum()


def investment_case_npv(
    drivers: Mapping[str, float | FloatArray],
    *,
    company: Company,
    costs: ArrayLike,
    ramp: Sequence[float],
) -> FloatArray:
    r"""Net present value of the whole programme in many scenarios at once.

    .. math:: NPV = \sum_{t=0}^{T} \frac{\sum_b B_{b,t} - (1+o)\, C_t}{(1+i)^t}

    Args:
        drivers: what is uncertain, one number or one per scenario: ``rate`` (discount rate, a
            ratio; always needed), any uplift of :class:`Uplift`, ``cost_overrun`` (ratio *o*
            added to every cost) and ``delay_months`` (months by which the effect comes later
            while the costs do not). What is left out is 0.
        company: the company before the programme.
        costs: planned cost of each year as positive amounts, shape ``(years + 1,)``.
        ramp: share of the full effect reached in year 1, 2, …; the last share holds from then on.

    Returns:
        One net present value per scenario, in currency, shape ``(scenarios,)``.

    Raises:
        ValueError: no rate, an unknown driver, a cost overrun below −100 %, or an input that
            :func:`benefit_flows`, :func:`~cxlib.models.cashflow.present_value` or
            :func:`~cxlib.models.cashflow.delay` refuses.
    """
    unknown = sorted(set(drivers).difference({*UPLIFTS, "rate", "cost_overrun", "delay_months"}))
    if unknown:
        raise ValueError(f"unknown driver {', '.join(unknown)}")
    if "rate" not in drivers:
        raise ValueError("the driver rate, the discount rate, is missing")
    planned = check.numbers("costs", costs, low=0.0, least=2)
    overrun = check.numbers("cost_overrun", np.ravel(drivers.get("cost_overrun", 0.0)), low=-1.0)
    late = np.atleast_1d(drivers.get("delay_months", 0.0))
    effect = delay(_effect(ramp, planned.size - 1), late)
    uplift = Uplift(**{name: drivers[name] for name in UPLIFTS if name in drivers})
    benefits = sum(_benefits(company, uplift, effect).values())
    return present_value(drivers["rate"], benefits - np.outer(planned, 1.0 + overrun))


def _benefits(company: Company, uplift: Uplift, effect: FloatArray) -> dict[str, FloatArray]:
    """Benefit code → yearly amounts, time first, for an effect ``(years + 1[, scenarios])``."""
    better_retention = uplift.retention * effect
    retention = company.retention + better_retention
    if retention.max() > 1.0:
        raise ValueError("retention with its uplift must not pass 1, that is 100 %")
    kept = company.customers * better_retention
    replacing = uplift.fewer_acquisitions * kept
    extra = _on_the_books(kept - replacing, retention)
    referred = _on_the_books(company.customers * uplift.referral * effect, retention)
    effect_on_all = effect * (company.customers + extra + referred)
    margin = company.margin_per_customer
    return {
        "B1": margin * extra,
        "B2": margin * uplift.spend * effect_on_all,
        "B3": margin * referred,
        "B4": margin * uplift.new_product * effect_on_all,
        "B6": company.acquisition_cost * replacing,
        "B7": company.service_cost * uplift.contacts * effect_on_all,
        "B8": company.employees * company.replacement_cost * uplift.turnover * effect,
    }


def _on_the_books(joining: FloatArray, retention: FloatArray) -> FloatArray:
    """Customers who joined so far and are still there, year by year; nobody joins in year 0."""
    there = np.zeros(np.broadcast_shapes(joining.shape, retention.shape))
    for year in range(1, len(there)):
        there[year] = retention[year] * there[year - 1] + joining[year]
    return there


def _effect(ramp: Sequence[float], years: int) -> FloatArray:
    """Share of the full effect in year 0, 1, …: nothing in year 0, then the ramp."""
    shares = check.numbers("ramp", ramp, low=0.0, high=1.0)
    reached = np.minimum(np.arange(check.count("years", years)), shares.size - 1)
    return np.concatenate(([0.0], shares[reached]))


def _table(rows: Mapping[str, ArrayLike], name: str) -> pd.DataFrame:
    table = pd.DataFrame.from_dict(dict(rows), orient="index", dtype=np.float64)
    return table.rename_axis(index=name, columns="year")
