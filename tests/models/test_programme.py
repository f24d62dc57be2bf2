"""The programme's costs and benefits against a company simulated with and without it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlib.models.cashflow import npv
from cxlib.models.programme import (
    BENEFITS,
    COSTS,
    Company,
    Uplift,
    benefit_flows,
    cost_flows,
    double_counted,
    investment_case_npv,
    lifetime_value_gain,
    total_benefit,
)

RETAILER = Company(
    customers=50_000,
    margin_per_customer=600_000,
    retention=0.70,
    contacts_per_customer=3,
    cost_per_contact=20_000,
    acquisition_cost=250_000,
    employees=400,
    replacement_cost=15e6,
)
MODERATE = Uplift(
    retention=0.015, spend=0.02, referral=0.01, new_product=0.005, contacts=0.06, turnover=0.03
)
RAMP = (0.4, 0.8, 1.0)
PLANNED = [3e9, 0.9e9, 0.9e9, 0.9e9]

small = st.floats(0, 0.1)
uplifts = st.builds(
    Uplift,
    retention=small,
    spend=small,
    referral=small,
    new_product=small,
    fewer_acquisitions=st.floats(0, 1),
    contacts=st.floats(0, 1),
    turnover=small,
)
ramps = st.lists(st.floats(0, 1), min_size=1, max_size=5)


def simulated_profit(company: Company, uplift: Uplift, ramp: list[float]) -> np.ndarray:
    """Profit of each year, counted customer by customer group and purchase by purchase."""
    steady_inflow = (1 - company.retention) * company.customers
    customers, profits = company.customers, []
    for share in ramp:
        won_by_referral = share * uplift.referral * company.customers
        kept_for_good = share * uplift.retention * company.customers
        bought = steady_inflow - uplift.fewer_acquisitions * kept_for_good
        retention = company.retention + share * uplift.retention
        customers = retention * customers + bought + won_by_referral
        margin = company.margin_per_customer * (1 + share * (uplift.spend + uplift.new_product))
        service = company.contacts_per_customer * company.cost_per_contact
        profits.append(
            customers * (margin + share * uplift.contacts * service)
            - bought * company.acquisition_cost
            + company.employees * share * uplift.turnover * company.replacement_cost
        )
    return np.array(profits)


# Costs


def test_costs_are_spent_once_or_every_year() -> None:
    plan = cost_flows({"C2": 600, "C6": 1200}, {"C1": 900, "C2": 50}, years=3)
    assert list(plan.index) == list(COSTS), f"the rows are {list(plan.index)}"
    assert list(plan.columns) == [0, 1, 2, 3], f"the years are {list(plan.columns)}"
    assert plan.loc["C1"].tolist() == [0, 900, 900, 900], "C1 is not yearly"
    assert plan.loc["C2"].tolist() == [600, 50, 50, 50], "C2 is not both once and yearly"
    assert plan.loc["C6"].tolist() == [1200, 0, 0, 0], "C6 is not spent once"
    assert plan.to_numpy().sum() == 600 + 1200 + 3 * 950, "money was lost or made"


@pytest.mark.parametrize(
    ("one_off", "yearly", "years", "reason"),
    [
        ({"C9": 1.0}, {}, 3, "unknown cost C9"),
        ({}, {"B1": 1.0}, 3, "unknown cost B1"),
        ({"C3": -1.0}, {}, 3, "cost C3 must"),
        ({}, {"C4": math.nan}, 3, "cost C4 must"),
        ({}, {"C4": 1.0}, 0, "years must"),
    ],
)
def test_costs_that_make_no_plan_are_refused(one_off, yearly, years: int, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        cost_flows(one_off, yearly, years)


# Benefits


@given(uplift=uplifts, ramp=ramps)
def test_rows_add_up_to_profit_with_less_profit_without(uplift: Uplift, ramp: list[float]) -> None:
    flows = benefit_flows(RETAILER, uplift, len(ramp), ramp)
    difference = simulated_profit(RETAILER, uplift, ramp) - simulated_profit(
        RETAILER, Uplift(), ramp
    )
    counted = flows.sum()[1:].to_numpy()
    assert counted == pytest.approx(difference, rel=1e-9, abs=1), f"{counted} not {difference}"


@given(uplift=uplifts, ramp=ramps)
def test_every_row_is_money_from_year_one_on(uplift: Uplift, ramp: list[float]) -> None:
    flows = benefit_flows(RETAILER, uplift, 4, ramp)
    assert list(flows.index) == ["B1", "B2", "B3", "B4", "B6", "B7", "B8"], "rows changed"
    assert list(flows.columns) == [0, 1, 2, 3, 4], f"the years are {list(flows.columns)}"
    assert (flows[0] == 0).all(), "a benefit came before the programme began"
    assert (flows.to_numpy() >= 0).all(), "a benefit is negative"


def test_kept_customers_accumulate() -> None:
    flows = benefit_flows(RETAILER, Uplift(retention=0.015), 3, RAMP)
    kept = flows.loc["B1"] / RETAILER.margin_per_customer
    by_hand = [0, 300, 0.712 * 300 + 600, 0.715 * (0.712 * 300 + 600) + 750]
    assert kept.tolist() == pytest.approx(by_hand), f"customers kept: {kept.tolist()}"
    assert (flows.drop(index="B1") == 0).all(axis=None), "better retention alone moved other rows"


@pytest.mark.parametrize(
    ("name", "row", "full_effect"),
    [
        ("spend", "B2", 0.1 * 50_000 * 600_000),
        ("referral", "B3", 0.1 * 50_000 * 600_000),
        ("new_product", "B4", 0.1 * 50_000 * 600_000),
        ("contacts", "B7", 0.1 * 50_000 * 3 * 20_000),
        ("turnover", "B8", 0.1 * 400 * 15e6),
    ],
)
def test_each_uplift_alone_feeds_its_own_row(name: str, row: str, full_effect: float) -> None:
    flows = benefit_flows(RETAILER, Uplift(**{name: 0.1}), 1, [1.0])[1]
    assert flows[row] == pytest.approx(full_effect), f"{row} is {flows[row]}"
    assert (flows.drop(row) == 0).all(), f"{name} moved other rows than {row}"


def test_a_kept_customer_enlarges_the_base_or_replaces_a_new_one() -> None:
    flows = benefit_flows(RETAILER, Uplift(retention=0.02, fewer_acquisitions=1.0), 3, [1.0])
    assert (flows.loc["B1"] == 0).all(), "a customer who replaces another also enlarges the base"
    saved = flows.loc["B6", 1:] / RETAILER.acquisition_cost
    assert saved.tolist() == pytest.approx([1000] * 3), f"acquisitions saved: {saved.tolist()}"


def test_moderate_uplifts_bring_a_plausible_sum() -> None:
    third_year = benefit_flows(RETAILER, MODERATE, 3, RAMP)[3].sum()
    assert 1e9 < third_year < 4e9, f"a 50,000-customer retailer gains {third_year:,.0f} a year"


def test_the_last_share_of_the_ramp_holds() -> None:
    short = benefit_flows(RETAILER, MODERATE, 5, RAMP)
    long = benefit_flows(RETAILER, MODERATE, 5, [*RAMP, 1.0, 1.0, 0.0])
    pd.testing.assert_frame_equal(short, long)


@pytest.mark.parametrize(
    ("years", "ramp", "reason"),
    [
        (0, RAMP, "years must"),
        (3, (), "ramp must"),
        (3, (0.5, 1.2), "ramp must"),
        (3, (-0.1, 1.0), "ramp must"),
        (3, (math.nan,), "ramp must"),
    ],
)
def test_ramps_that_are_none_are_refused(years: int, ramp, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        benefit_flows(RETAILER, MODERATE, years, ramp)


def test_retention_above_all_customers_is_refused() -> None:
    with pytest.raises(ValueError, match="retention with its uplift"):
        benefit_flows(RETAILER, Uplift(retention=0.31), 1, [1.0])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"customers": -1}, "customers must"),
        ({"retention": 1.01}, "retention must"),
        ({"cost_per_contact": math.nan}, "cost_per_contact must"),
        ({"replacement_cost": math.inf}, "replacement_cost must"),
    ],
)
def test_impossible_companies_are_refused(change: dict[str, float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        replace(RETAILER, **change)


@pytest.mark.parametrize("ratio", [-0.01, 1.5, math.nan, np.array([0.1, 2.0])])
def test_impossible_uplifts_are_refused(ratio: float | np.ndarray) -> None:
    with pytest.raises(ValueError, match="spend must"):
        Uplift(spend=ratio)


# Lifetime value and double counting


@pytest.mark.parametrize(
    ("retention", "expected"),
    [pytest.param(0.73, 6_153_846_154, id="O17 value of three points more retention [D]")],
)
def test_lifetime_value_of_better_retention(retention: float, expected: float) -> None:
    gain = lifetime_value_gain(RETAILER, Uplift(retention=retention - 0.70), 0.12)
    assert gain == pytest.approx(expected, abs=1), f"today's customers are worth {gain:,.0f} more"


@given(uplift=uplifts, rate=st.floats(0.05, 0.3))
def test_lifetime_value_follows_today_s_customers_to_the_last(uplift: Uplift, rate: float) -> None:
    today = there = RETAILER.customers
    referred, worth = 0.0, 0.0
    retention = RETAILER.retention + uplift.retention
    margin = 600_000 * (1 + uplift.spend) + uplift.contacts * 3 * 20_000
    for year in range(1, 500):
        today *= RETAILER.retention
        there *= retention
        referred = retention * referred + uplift.referral * there
        worth += ((there + referred) * margin - today * 600_000) / (1 + rate) ** year
    gain = lifetime_value_gain(RETAILER, uplift, rate)
    assert gain == pytest.approx(worth, rel=1e-9, abs=1), f"{gain:,.0f}, simulated {worth:,.0f}"


@pytest.mark.parametrize(
    ("counted", "twice"),
    [
        ([], ()),
        (["B1", "B2", "B3", "B4", "B6", "B7", "B8"], ()),
        (["B5", "B4", "B6", "B8"], ()),
        (["B5", "B1"], ("B1",)),
        (["B7", "B5", "B8", "B2"], ("B2", "B7")),
        (BENEFITS, ("B1", "B2", "B3", "B7")),
    ],
)
def test_what_is_counted_twice(counted: list[str], twice: tuple[str, ...]) -> None:
    assert double_counted(counted) == twice, f"of {counted}, {double_counted(counted)} twice"


def test_total_is_the_sum_of_what_is_counted() -> None:
    flows = benefit_flows(RETAILER, MODERATE, 3, RAMP)
    total = total_benefit(flows, ["B8", "B1", "B1"])
    expected = flows.loc["B1"] + flows.loc["B8"]
    assert total.tolist() == pytest.approx(expected.tolist()), f"the total is {total.tolist()}"
    nothing = total_benefit(flows, [])
    assert nothing.tolist() == [0, 0, 0, 0], f"nothing counted gives {nothing.tolist()}"


@pytest.mark.parametrize(
    ("counted", "reason"),
    [
        (["B1", "B5"], "B1 counted twice"),
        (["B11"], "unknown benefit B11"),
        (["B8", "B9"], "no yearly flow for B9"),
        (["B5"], "no yearly flow for B5"),
    ],
)
def test_totals_that_mislead_are_refused(counted: list[str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        total_benefit(benefit_flows(RETAILER, MODERATE, 3, RAMP), counted)


# The whole case


def case(**drivers: float | np.ndarray) -> np.ndarray:
    return investment_case_npv(drivers, company=RETAILER, costs=PLANNED, ramp=RAMP)


def test_many_scenarios_are_worth_what_each_is_worth() -> None:
    rng = np.random.default_rng(5)
    drawn = {
        "retention": rng.uniform(0, 0.03, 20),
        "spend": rng.uniform(0, 0.03, 20),
        "fewer_acquisitions": rng.uniform(0, 1, 20),
        "contacts": rng.uniform(0, 0.1, 20),
        "cost_overrun": rng.uniform(-0.1, 0.4, 20),
        "rate": rng.uniform(0.1, 0.14, 20),
    }
    together = case(**drawn)
    for i, worth in enumerate(together):
        one = {name: float(values[i]) for name, values in drawn.items()}
        overrun, rate = one.pop("cost_overrun"), one.pop("rate")
        benefits = benefit_flows(RETAILER, Uplift(**one), 3, RAMP).sum().to_numpy()
        alone = npv(rate, benefits - (1 + overrun) * np.array(PLANNED))
        assert worth == pytest.approx(alone), f"scenario {i}: {worth} together, {alone} alone"


def test_a_year_of_delay_moves_the_benefits_and_not_the_costs() -> None:
    late = case(retention=0.015, spend=0.02, rate=0.12, delay_months=12.0)
    benefits = benefit_flows(RETAILER, Uplift(retention=0.015, spend=0.02), 3, RAMP).sum()
    shifted = np.array([0.0, 0.0, benefits[1], benefits[2]])
    assert late == pytest.approx([npv(0.12, shifted - np.array(PLANNED))]), f"npv late: {late}"


@given(uplift=uplifts, months=st.floats(0, 36), more=st.floats(0, 12), rate=st.floats(0, 0.3))
def test_a_longer_delay_never_raises_npv(
    uplift: Uplift, months: float, more: float, rate: float
) -> None:
    effects = {
        name: getattr(uplift, name) for name in ("retention", "spend", "referral", "contacts")
    }
    sooner, later = case(**effects, rate=rate, delay_months=np.array([months, months + more]))
    assert later <= sooner + 1, f"{more} months more raised npv from {sooner} to {later}"


@pytest.mark.parametrize(
    ("drivers", "reason"),
    [
        ({"retention": 0.01}, "rate, the discount rate, is missing"),
        ({"rate": 0.1, "trust": 0.5}, "unknown driver trust"),
        ({"rate": -1.0}, "rate must"),
        ({"rate": 0.1, "cost_overrun": -1.1}, "cost_overrun must"),
        ({"rate": 0.1, "delay_months": -1.0}, "months must"),
        ({"rate": 0.1, "spend": -0.1}, "spend must"),
    ],
)
def test_drivers_without_an_answer_are_refused(drivers: dict[str, float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        case(**drivers)


def test_costs_without_a_year_of_benefits_are_refused() -> None:
    with pytest.raises(ValueError, match="costs must"):
        investment_case_npv({"rate": 0.1}, company=RETAILER, costs=[1e9], ramp=RAMP)
