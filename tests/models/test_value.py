"""What customers are worth: published figures, the course's own numbers, and the models' logic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlib.models.value import (
    customer_equity,
    margin_multiple,
    markov_clv,
    recency_ladder,
    referral_multiplier,
    referral_value,
    retention_readings,
    return_on_quality,
    switching_matrix,
)

MAIL_ORDER = {"purchase": [0.3, 0.2, 0.15, 0.05], "margin": 40, "marketing": 4}
MULTIPLES = {
    0.6: (1.20, 1.15, 1.11, 1.07),
    0.7: (1.75, 1.67, 1.59, 1.52),
    0.8: (2.67, 2.50, 2.35, 2.22),
    0.9: (4.50, 4.09, 3.75, 3.46),
}

retentions = st.floats(0, 1)
rates = st.floats(0.01, 0.5)


# Published figures


@pytest.mark.parametrize(
    ("retention", "rate", "expected"),
    [
        pytest.param(
            retention, rate, multiple, id=f"O7 r={retention} i={rate} Gupta-Lehmann table [M/V]"
        )
        for retention, row in MULTIPLES.items()
        for rate, multiple in zip((0.10, 0.12, 0.14, 0.16), row, strict=True)
    ],
)
def test_margin_multiple(retention: float, rate: float, expected: float) -> None:
    multiple = margin_multiple(retention, rate)
    assert multiple == pytest.approx(expected, abs=0.005 + 1e-9), f"the multiple is {multiple}"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        pytest.param(state, expected, id=f"O8 state {state + 1} Pfeifer-Carraway 2000 [M]")
        for state, expected in enumerate([50.115, 4.220, 0.592, -1.980, 0.0])
    ],
)
def test_value_of_mail_order_customers(state: int, expected: float) -> None:
    value = markov_clv(*recency_ladder(**MAIL_ORDER), rate=0.2, horizon=4)[state]
    assert value == pytest.approx(expected, abs=1e-3), f"state {state + 1} is worth {value}"


@pytest.mark.parametrize(
    ("retention", "reading", "expected"),
    [
        pytest.param(0.90, "more_points", 0.407, id="O18 NB08 .90 to .95 [D]"),
        pytest.param(0.90, "fewer_leavers", 0.031, id="O18 NB08 .90 to .905 [D]"),
        pytest.param(0.60, "more_points", 0.204, id="O18 .60 to .65 [D]"),
    ],
)
def test_what_five_percent_more_retention_is_worth(retention, reading, expected) -> None:
    gain = getattr(retention_readings(retention, 0.05, 0.10), reading)
    assert gain == pytest.approx(expected, abs=0.001), f"the gain is {gain:.1%}"


@pytest.mark.parametrize(
    "expected", [pytest.param(6_153_846_154, id="NB08 .70 to .73, second half of O17 [D]")]
)
def test_what_three_points_of_retention_are_worth(expected: int) -> None:
    before, after = (
        customer_equity([50_000], [600_000 * margin_multiple(r, 0.12)]) for r in (0.70, 0.73)
    )
    assert after - before == pytest.approx(expected, abs=1), f"the gain is {after - before} ₫"


@pytest.mark.parametrize(
    "expected", [pytest.param(0.447143, id="O24 airline Rust-Lemon-Zeithaml 2004 [V]")]
)
def test_return_on_the_airline_cabins(expected: float) -> None:
    found = return_on_quality(101.3, 70)
    assert found == pytest.approx(expected, abs=1e-4), f"the return is {found:.1%}"


# Logic of the models


@settings(deadline=None)
@given(retention=retentions, rate=rates, growth=st.floats(-0.5, 0.009))
def test_margin_multiple_is_the_sum_of_discounted_margins(retention, rate, growth) -> None:
    step = retention * (1 + growth) / (1 + rate)
    margins = retention / (1 + rate) * step ** np.arange(20_000)
    assert margin_multiple(retention, rate, growth) == pytest.approx(margins.sum(), rel=1e-6)


@settings(deadline=None)
@given(retention=st.floats(0.01, 0.95), rise=st.floats(0.001, 0.05), rate=rates)
def test_points_are_worth_more_than_leavers(retention, rise, rate) -> None:
    gains = retention_readings(retention, rise, rate)
    assert gains.more_points >= gains.fewer_leavers > 0, f"gains {gains}"


def test_endless_value_is_the_limit_of_long_horizons() -> None:
    ladder = recency_ladder(**MAIL_ORDER)
    long, endless = markov_clv(*ladder, 0.2, 300), markov_clv(*ladder, 0.2)
    assert endless == pytest.approx(long, abs=1e-9), f"{endless} is not the limit {long}"


@settings(deadline=None)
@given(retention=st.floats(0, 0.999), rate=rates, margin=st.floats(-1e6, 1e6))
def test_a_chain_of_stay_or_leave_is_the_margin_multiple(retention, rate, margin) -> None:
    value = markov_clv([[retention]], [margin], rate)[0] - margin
    assert value == pytest.approx(margin * margin_multiple(retention, rate), rel=1e-9, abs=1e-9)


def test_without_a_future_a_customer_is_worth_this_margin() -> None:
    _, margins = ladder = recency_ladder(**MAIL_ORDER)
    assert list(markov_clv(*ladder, 0.2, 0)) == list(margins) == [36, -4, -4, -4, 0]


@settings(deadline=None)
@given(purchase=st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_everybody_on_the_ladder_goes_somewhere(purchase: list[float]) -> None:
    transition, _ = recency_ladder(purchase, 40, 4)
    assert transition.sum(axis=1) == pytest.approx(np.ones(len(purchase) + 1))
    assert list(transition[:-1, 0]) == pytest.approx(purchase), "the chance to buy got lost"


@settings(deadline=None)
@given(
    utility=st.lists(st.lists(st.floats(-700, 700), min_size=3, max_size=3), min_size=3, max_size=3)
)
def test_switching_chances_sum_to_one_and_ignore_a_common_shift(utility) -> None:
    chances = switching_matrix(utility)
    assert chances.sum(axis=1) == pytest.approx(np.ones(3)), f"rows sum to {chances.sum(axis=1)}"
    assert switching_matrix(np.add(utility, 50)) == pytest.approx(chances, abs=1e-9)


def test_switching_odds_are_the_exponent_of_the_difference() -> None:
    chances = switching_matrix([[1.0, 0.0], [0.5, 2.5]])
    assert chances[0, 0] / chances[0, 1] == pytest.approx(np.e)
    assert chances[1, 1] / chances[1, 0] == pytest.approx(np.e**2)


@settings(deadline=None)
@given(referrals=st.floats(0, 0.9))
def test_referral_multiplier_is_the_geometric_series(referrals: float) -> None:
    series = (referrals ** np.arange(500)).sum()
    assert referral_multiplier(referrals) == pytest.approx(series)


def test_referral_value_by_hand() -> None:
    worth = referral_value([2, 1], 1_000_000, 0.25)
    assert worth == pytest.approx(2_000_000 / 1.25 + 1_000_000 / 1.5625), f"worth {worth}"


def test_customer_equity_adds_segments() -> None:
    assert customer_equity([1000, 50], [2e6, 30e6]) == pytest.approx(3.5e9)


def test_too_much_spending_on_quality_loses() -> None:
    assert return_on_quality(60, 80) == pytest.approx(-0.25)


# Refusals


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        pytest.param(lambda: margin_multiple(1.1, 0.1), "retention", id="retention above 1"),
        pytest.param(lambda: margin_multiple(-0.1, 0.1), "retention", id="retention negative"),
        pytest.param(lambda: margin_multiple(float("nan"), 0.1), "retention", id="retention nan"),
        pytest.param(lambda: margin_multiple(0.8, -0.1), "rate", id="rate negative"),
        pytest.param(lambda: margin_multiple(0.8, float("inf")), "rate", id="rate infinite"),
        pytest.param(lambda: margin_multiple(0.8, 0.1, -1), "growth", id="margin gone"),
        pytest.param(lambda: margin_multiple(1, 0), "infinite", id="nobody leaves, no discount"),
        pytest.param(lambda: margin_multiple(0.9, 0.1, 0.3), "infinite", id="margin outgrows"),
        pytest.param(lambda: retention_readings(0.98, 0.05, 0.1), "retention", id="above 100 %"),
        pytest.param(lambda: retention_readings(0, 0.05, 0.1), "retention", id="nobody stays"),
        pytest.param(lambda: retention_readings(0.9, float("nan"), 0.1), "rise", id="rise nan"),
        pytest.param(lambda: markov_clv([[0.5, 0.6]], [1], 0.1), "square", id="not square"),
        pytest.param(lambda: markov_clv([[1.1]], [1], 0.1), "chances", id="chance above 1"),
        pytest.param(lambda: markov_clv([[-0.1]], [1], 0.1), "chances", id="chance negative"),
        pytest.param(lambda: markov_clv([[0.5]], [1, 2], 0.1), "margins", id="margins too many"),
        pytest.param(lambda: markov_clv([[0.5]], [1], 0.1, -1), "horizon", id="horizon negative"),
        pytest.param(lambda: markov_clv([[1.0]], [1], 0), "infinite", id="stays for ever"),
        pytest.param(lambda: markov_clv([[]], [], 0.1), "square", id="no states"),
        pytest.param(lambda: recency_ladder([1.2], 40, 4), "purchase", id="purchase above 1"),
        pytest.param(lambda: recency_ladder([0.2], 40, -4), "marketing", id="marketing negative"),
        pytest.param(
            lambda: switching_matrix([[1, float("nan")], [0, 1]]), "finite", id="utility nan"
        ),
        pytest.param(lambda: referral_multiplier(1), "below 1", id="endless growth"),
        pytest.param(lambda: referral_multiplier(-0.1), "referrals", id="negative referrals"),
        pytest.param(lambda: referral_value([-1], 5, 0.1), "referrals", id="minus one friend"),
        pytest.param(lambda: referral_value([], 5, 0.1), "referrals", id="no years"),
        pytest.param(lambda: customer_equity([1, 2], [1]), "segment", id="segment missing"),
        pytest.param(lambda: customer_equity([-1], [1]), "customers", id="negative customers"),
        pytest.param(lambda: return_on_quality(5, 0), "spend", id="nothing spent"),
        pytest.param(lambda: return_on_quality(float("nan"), 5), "gain", id="gain nan"),
    ],
)
def test_impossible_inputs_are_refused(ask, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        ask()
