"""Ecosystem: aggregation between mean and weakest link, alignment, and order of investment."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from cxlib.models.ecosystem import (
    InvestmentSetting,
    alignment,
    allocate_effort,
    ces_aggregate,
    compare_orders,
    kendall_w,
    marginal_payoff,
    simulate_order,
)

FOUR_ELEMENTS = (80.0, 75.0, 40.0, 70.0)

scores_lists = st.lists(st.floats(0.5, 100), min_size=2, max_size=6)
rhos = st.one_of(st.floats(-300, 1), st.sampled_from([0.0, 1.0, 1e-9, -5e-324, -math.inf]))


@pytest.mark.parametrize(
    ("rho", "expected"),
    [
        pytest.param(1.0, 66.25, id="domain 2.1 mean of 80-75-40-70 [C]"),
        pytest.param(0.0, 64.02, id="domain 2.1 geometric mean of 80-75-40-70 [C]"),
        pytest.param(-math.inf, 40.0, id="domain 2.1 minimum of 80-75-40-70 [C]"),
    ],
)
def test_aggregate_at_its_three_landmarks(rho, expected):
    assert ces_aggregate(FOUR_ELEMENTS, rho) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("rho", [1, 0.5, 0.01, -0.01, -1, -5, -20])
def test_aggregate_is_scipys_weighted_power_mean(rho):
    weights = [0.1, 0.2, 0.3, 0.4]
    expected = stats.pmean(FOUR_ELEMENTS, rho, weights=weights)
    assert ces_aggregate(FOUR_ELEMENTS, rho, weights) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("rho", [1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 5e-324])
def test_aggregate_nears_the_geometric_mean_smoothly(rho):
    geometric = stats.gmean(FOUR_ELEMENTS)
    for sign in (1, -1):
        error = abs(ces_aggregate(FOUR_ELEMENTS, sign * rho) - geometric)
        assert error <= 4 * rho + 1e-11, "digits are lost near ρ = 0"


@pytest.mark.parametrize("rho", [-1e3, -1e6, -1e12, -1e308])
def test_aggregate_nears_the_minimum_without_overflow(rho):
    assert ces_aggregate(FOUR_ELEMENTS, rho) == pytest.approx(40, rel=2 / abs(rho) + 1e-12)


@given(scores_lists, rhos, rhos)
def test_aggregate_lies_between_extremes_and_grows_with_rho(scores, one, other):
    low, high = sorted((one, other))
    at_low, at_high = ces_aggregate(scores, low), ces_aggregate(scores, high)
    assert min(scores) <= at_low <= max(scores)
    assert at_low <= at_high * (1 + 1e-9)


@given(scores_lists)
def test_aggregate_without_substitution_is_the_minimum(scores):
    assert ces_aggregate(scores, -math.inf) == min(scores)
    assert ces_aggregate(scores, -1e7) == pytest.approx(min(scores), rel=1e-6)


def test_nothing_makes_up_for_a_missing_element_unless_rho_is_positive():
    assert ces_aggregate([0, 90, 90], 0) == 0
    assert ces_aggregate([0, 90, 90], -2) == 0
    assert ces_aggregate([0, 90, 90], 0.5) == pytest.approx(40)
    assert ces_aggregate([0, 0], 0.5) == 0


def test_an_element_without_weight_does_not_count():
    for rho in (1, 0, -5, -math.inf):
        assert ces_aggregate([10, 60, 80], rho, [0, 1, 1]) == pytest.approx(
            ces_aggregate([60, 80], rho)
        )


def test_ten_points_on_the_strongest_element_help_the_mean_but_not_the_bottleneck():
    assert marginal_payoff(FOUR_ELEMENTS, 1.0, effort=10)[0] == pytest.approx(2.5)
    assert marginal_payoff(FOUR_ELEMENTS, -math.inf, effort=10).tolist() == [0, 0, 10, 0]


@given(scores_lists, st.floats(-30, 0.99))
def test_payoff_of_a_tiny_effort_is_the_derivative(scores, rho):
    aggregate = ces_aggregate(scores, rho)
    derivative = (np.array(scores) / aggregate) ** (rho - 1) / len(scores)
    payoff = marginal_payoff(scores, rho, effort=1e-4, ceiling=200) / 1e-4
    assert payoff == pytest.approx(derivative, rel=0.02, abs=1e-6)


def test_the_ceiling_ends_the_payoff():
    assert marginal_payoff([100, 95], 1.0, effort=10).tolist() == pytest.approx([0, 2.5])


def test_a_hundred_points_are_best_spent_differently_at_rho_1_and_minus_5():
    weights = [0.4, 0.3, 0.1, 0.2]
    linear = allocate_effort(FOUR_ELEMENTS, 100, 1.0, weights)
    bottleneck = allocate_effort(FOUR_ELEMENTS, 100, -5.0, weights)
    assert linear.tolist() == pytest.approx([20, 25, 25, 30])
    for rho, mine, other in [(1.0, linear, bottleneck), (-5.0, bottleneck, linear)]:
        assert ces_aggregate(FOUR_ELEMENTS + mine, rho, weights) > ces_aggregate(
            FOUR_ELEMENTS + other, rho, weights
        ), f"the plan made for ρ = {rho} must win there"


@given(
    st.lists(st.floats(1, 95), min_size=3, max_size=3),
    st.floats(0, 200),
    st.one_of(st.floats(-20, 0.95), st.sampled_from([0.0, 1.0, -math.inf])),
    st.lists(st.floats(0.05, 1), min_size=3, max_size=3),
    st.lists(st.floats(0, 1), min_size=3, max_size=3),
)
def test_no_other_way_to_share_the_effort_does_better(scores, effort, rho, weights, other):
    assume(sum(other) > 0)
    best = allocate_effort(scores, effort, rho, weights)
    room = 100 - np.array(scores)
    assert best.sum() == pytest.approx(min(effort, room.sum()), abs=1e-6)
    assert (best >= 0).all()
    assert (best <= room + 1e-9).all()
    rival = np.minimum(effort * np.array(other) / sum(other), room)
    assert ces_aggregate(scores + best, rho, weights) >= ces_aggregate(
        np.minimum(scores + rival, 100), rho, weights
    ) * (1 - 1e-9)


def units() -> pd.DataFrame:
    return pd.DataFrame(
        {"giá": [3.0, 0.0, 1.0], "giao hàng": [0.0, 4.0, 1.0]},
        index=["Bán hàng", "Vận hành", "CSKH"],
    )


def test_alignment_by_hand():
    found = alignment(units(), pd.Series({"giao hàng": 1.0, "giá": 0.0}))
    assert found.by_unit.to_dict() == pytest.approx(
        {"Bán hàng": 0, "Vận hành": 1, "CSKH": math.sqrt(0.5)}
    )
    assert found.together == pytest.approx(5 / math.hypot(4, 5))
    assert found.delivered == pytest.approx(5 / (3 + 4 + math.sqrt(2)))


def test_strong_units_pulling_apart_deliver_little():
    apart = pd.DataFrame({"giá": [9.0, -9.0], "giao hàng": [1.0, 1.0]})
    found = alignment(apart, pd.Series({"giá": 0.0, "giao hàng": 1.0}))
    assert found.together == pytest.approx(1), "their sum does point the customers' way"
    assert found.delivered == pytest.approx(1 / math.hypot(9, 1)), "and yet it is small"


rating_tables = st.integers(2, 6).flatmap(
    lambda m: st.integers(3, 7).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(1, 5), min_size=n, max_size=n), min_size=m, max_size=m
        )
    )
)


@given(rating_tables)
def test_concordance_with_ties_is_friedmans_statistic(rows):
    table = pd.DataFrame(rows, dtype=float)
    assume((table.nunique(axis=1) > 1).any())
    found = kendall_w(table)
    expected = stats.friedmanchisquare(*table.to_numpy().T)
    assert 0 <= found.w <= 1
    assert found.chi_squared == pytest.approx(expected.statistic, abs=1e-9)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-9)


def test_concordance_agrees_with_pingouin():
    table = pd.DataFrame(np.random.default_rng(5).integers(1, 6, (8, 5)), dtype=float)
    theirs = pingouin.friedman(table)
    assert kendall_w(table).w == pytest.approx(theirs["W"].iloc[0], abs=1e-9)


def test_concordance_at_its_extremes():
    same = pd.DataFrame([[1, 2, 3, 4]] * 3, dtype=float)
    opposed = pd.DataFrame([[1, 2, 3, 4], [4, 3, 2, 1]], dtype=float)
    assert kendall_w(same).w == pytest.approx(1)
    assert kendall_w(opposed).w == pytest.approx(0)


@pytest.mark.parametrize(
    ("contact", "feedback", "best"),
    [
        pytest.param(0.12, 0.15, "cx_first", id="NB11 online warehouse: CX first [I]"),
        pytest.param(0.12, 0.0, "cx_first", id="NB11 online warehouse without feedback [I]"),
        pytest.param(0.75, 0.15, "together", id="NB11 advisory shop: together [I]"),
        pytest.param(0.75, 0.0, "together", id="NB11 advisory shop without feedback [I]"),
    ],
)
def test_which_order_wins_depends_on_contact(contact, feedback, best):
    table = compare_orders(InvestmentSetting(contact=contact, feedback=feedback))
    assert table.index[0] == best
    lead = table["cumulative_cx"].iloc[0] / table["cumulative_cx"].iloc[1]
    assert lead > 1.02, "the lead is too thin to teach from"


def test_without_a_compass_money_for_employees_moves_satisfaction_only():
    setting = InvestmentSetting(contact=0.75, alignment=0.0)
    path = simulate_order(setting, "ex_only")
    assert (path["cx"] == setting.cx).all()
    assert (path["engagement"] == setting.engagement).all()
    assert path["satisfaction"].iloc[-1] > setting.satisfaction + 20


def test_without_contact_engagement_does_not_reach_the_customer():
    path = simulate_order(InvestmentSetting(contact=0.0), "ex_only")
    assert path["engagement"].iloc[-1] > 90
    assert (path["cx"] == 70).all()


def test_feedback_lets_customers_engage_employees():
    without, with_it = (
        simulate_order(InvestmentSetting(contact=0.75, feedback=d), "cx_only") for d in (0.0, 0.3)
    )
    assert (without["engagement"] == 62).all()
    assert with_it["engagement"].iloc[1] == 62, "the answer takes a month"
    assert with_it["engagement"].is_monotonic_increasing
    assert with_it["cx"].iloc[-1] > without["cx"].iloc[-1]


@pytest.mark.parametrize("months", [1, 7, 24])
def test_the_three_orders_spend_the_same_on_each_side(months):
    setting = InvestmentSetting(contact=0.5, months=months)
    for order in ("cx_first", "ex_first", "together"):
        path = simulate_order(setting, order)
        assert path["ex_spend"].sum() == pytest.approx(months * 100e6), order
        assert path["cx_spend"].sum() == pytest.approx(months * 100e6), order


def test_first_month_follows_the_declared_equations():
    setting = InvestmentSetting(contact=0.5, monthly_budget=400e6)
    path = simulate_order(setting, "together")
    system = 100 - 35 * math.exp(-200 / 3000)
    engagement = 100 - 38 * math.exp(-200 / 2000)
    assert path.at[1, "system"] == pytest.approx(system)
    assert path.at[1, "engagement"] == pytest.approx(engagement)
    cx = 70 + 0.4 * 0.5 * (engagement - 62) + 0.5 * (system - 65)
    assert path.at[1, "cx"] == pytest.approx(cx)
    second = 100 - 38 * math.exp(-400 / 2000) + 0.15 * (cx - 70)
    assert path.at[2, "engagement"] == pytest.approx(second)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e10))
def test_scores_stay_between_start_and_ceiling(contact, feedback, compass, budget):
    setting = InvestmentSetting(
        contact=contact, feedback=feedback, alignment=compass, monthly_budget=budget
    )
    for order in ("cx_first", "ex_first", "together", "cx_only", "ex_only"):
        path = simulate_order(setting, order)[["engagement", "satisfaction", "system", "cx"]]
        assert (path >= path.iloc[0] - 1e-9).all(axis=None), order
        assert (path <= 100 + 1e-9).all(axis=None), order


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: ces_aggregate([]), "at least 1"),
        (lambda: ces_aggregate([50, math.nan]), "finite"),
        (lambda: ces_aggregate([50, math.inf]), "finite"),
        (lambda: ces_aggregate([50, -1]), "between 0"),
        (lambda: ces_aggregate([50, 60], 1.5), "rho"),
        (lambda: ces_aggregate([50, 60], math.nan), "rho"),
        (lambda: ces_aggregate([50, 60], 1, [1]), "2 values"),
        (lambda: ces_aggregate([50, 60], 1, [0, 0]), "all be zero"),
        (lambda: ces_aggregate([50, 60], 1, [-1, 2]), "between 0"),
        (lambda: marginal_payoff([50, 120]), "between 0 and 100"),
        (lambda: marginal_payoff([50, 60], effort=0), "positive"),
        (lambda: allocate_effort([50, 60], -1), "between 0"),
        (lambda: allocate_effort([50, 60], math.inf), "finite"),
        (lambda: alignment(units(), pd.Series({"giá": 1.0})), "same topics"),
        (lambda: alignment(units() * 0, pd.Series({"giá": 1.0, "giao hàng": 1.0})), "all be zero"),
        (
            lambda: alignment(units(), pd.Series({"giá": math.nan, "giao hàng": 1.0})),
            "finite",
        ),
        (lambda: kendall_w(pd.DataFrame([[1.0, 2.0]])), "at least 2 rows"),
        (lambda: kendall_w(pd.DataFrame([[1.0, np.nan], [1.0, 2.0]])), "without gaps"),
        (lambda: kendall_w(pd.DataFrame([[1.0, 1.0], [2.0, 2.0]])), "same rank"),
        (lambda: kendall_w(pd.DataFrame()), "at least 2 rows"),
        (lambda: InvestmentSetting(contact=1.2), "contact"),
        (lambda: InvestmentSetting(contact=math.nan), "contact"),
        (lambda: InvestmentSetting(contact=0.5, monthly_budget=-1), "monthly_budget"),
        (lambda: InvestmentSetting(contact=0.5, monthly_budget=math.inf), "monthly_budget"),
        (lambda: InvestmentSetting(contact=0.5, cx_cost=0), "cx_cost"),
        (lambda: InvestmentSetting(contact=0.5, months=0), "months"),
        (lambda: simulate_order(InvestmentSetting(contact=0.5), "random"), "order must be one of"),
    ],
)
def test_refusals_say_what_is_wrong(call, says):
    with pytest.raises(ValueError, match=says):
        call()
