"""Expectation and promise against published values, brute force, bootstrap and known truth."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import lognorm

from cxlib.models.expectation import (
    SERVQUAL_DIMENSIONS,
    DeliveryTimes,
    PromiseStakes,
    adapt_expectation,
    audit_promises,
    best_promise,
    controllable_share,
    critical_fractile,
    deliverability,
    disconfirmation,
    expected_satisfaction,
    loss_aversion,
    prospect_value,
    satisfaction,
    servqual_gap,
    zone_of_tolerance,
)

DELIVERIES = DeliveryTimes.discrete([3, 4, 5, 6, 7], [0.25, 0.25, 0.25, 0.15, 0.10])
STAKES = PromiseStakes(gain=0.16, loss_aversion=2.25, cost=0.20)

gaps = st.floats(-1e4, 1e4)
gains = st.floats(0.01, 5.0)
lambdas = st.floats(1.05, 6.0)
delivery_times = st.lists(st.integers(0, 20), min_size=1, max_size=40).map(DeliveryTimes.empirical)


def deliver(orders: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Orders as in D3: 0.16 won per day early, 0.36 lost per day late, so λ = 2.25."""
    random = np.random.default_rng(seed)
    shares = [0.10, 0.22, 0.38, 0.14, 0.09, 0.05, 0.02]
    early = -random.choice(np.arange(-2, 5), orders, p=shares).astype(float)
    slope = np.where(early > 0, 0.16, 0.36)
    return early, 4.0 + slope * early + random.normal(0, 0.8, orders)


def register() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "touchpoint": ["delivery", "delivery", "delivery", "refund", "refund", "warranty"],
            "channel": ["web", "call centre", "zalo", "web", "call centre", "web"],
            "promise_value": [5.0, 2.0, 7.0, 7.0, 7.0, 30.0],
            "actual_p50": [3.0, 3.0, 3.0, 7.0, 7.0, 20.0],
            "actual_p90": [5.0, 5.0, 5.0, 10.0, 10.0, 20.0],
            "owner": list("abcdef"),
        },
        index=[10, 10, 11, 12, 13, 14],
    )


# What a gap feels like


@pytest.mark.parametrize(
    ("gap", "value"),
    [
        pytest.param(100, 57.544, id="O37 v(+100) Tversky & Kahneman 1992 [M/D]"),
        pytest.param(-100, -129.474, id="O37 v(-100) Tversky & Kahneman 1992 [M/D]"),
        pytest.param(5 - 3, 1.8404, id="O37 v(+2), promised 5 came in 3 [M/D]"),
        pytest.param(5 - 7, -4.1408, id="O37 v(-2), promised 5 came in 7 [M/D]"),
    ],
)
def test_prospect_value(gap: float, value: float) -> None:
    assert prospect_value(gap) == pytest.approx(value, abs=1e-3)


@given(gap=gaps, exponent=st.floats(0.1, 1.5), aversion=st.floats(0.1, 10.0))
def test_a_loss_is_the_mirrored_gain_times_lambda(
    gap: float, exponent: float, aversion: float
) -> None:
    there, back = prospect_value([abs(gap), -abs(gap)], exponent, aversion)
    assert back == pytest.approx(-aversion * there, rel=1e-9)


@given(st.lists(gaps, min_size=2, max_size=2, unique=True).map(sorted))
def test_a_better_gap_never_feels_worse(pair: list[float]) -> None:
    worse, better = prospect_value(pair)
    assert better >= worse


def test_disconfirmation_is_got_less_expected() -> None:
    assert disconfirmation([8, 6], [7, 7]).tolist() == [1, -1]


def test_satisfaction_rises_with_surprise_and_is_drawn_to_expectation() -> None:
    """Oliver 1980 by hand: 2 + 0.3·6 + 0.5·(8 − 6) and 2 + 0.3·8 + 0.5·(8 − 8)."""
    scores = satisfaction(8, [6, 8], base=2, assimilation=0.3, contrast=0.5)
    assert scores == pytest.approx([4.8, 4.4])


def test_servqual_weighs_its_gaps() -> None:
    ratings = pd.DataFrame(
        {
            "perceived": [5.5, 5.0, 4.5, 6.0, 5.0],
            "expected": [5.0, 6.5, 6.0, 6.0, 5.5],
            "weight": [10, 40, 30, 10, 10],
        },
        index=SERVQUAL_DIMENSIONS,
    )
    result = servqual_gap(ratings)
    assert result.table["gap"].tolist() == [0.5, -1.5, -1.5, 0.0, -0.5]
    assert result.score == pytest.approx(0.05 - 0.60 - 0.45 + 0 - 0.05)
    assert result.table["weighted_gap"].idxmin() == "reliability"


@given(st.floats(0.01, 1e6))
def test_servqual_needs_no_certain_number_of_points(points: float) -> None:
    ratings = pd.DataFrame({"perceived": [5.0, 3.0], "expected": [4.0, 6.0], "weight": [1.0, 3.0]})
    scaled = ratings.assign(weight=ratings["weight"] * points)
    assert servqual_gap(scaled).score == pytest.approx(servqual_gap(ratings).score)


def test_zone_of_tolerance_tells_where_service_stands() -> None:
    ratings = pd.DataFrame(
        {
            "adequate": [5.0, 5.0, 5.0, 5.0, 5.0],
            "perceived": [4.0, 5.0, 6.0, 7.0, 7.5],
            "desired": [7.0, 7.0, 7.0, 7.0, 7.0],
        }
    )
    zone = zone_of_tolerance(ratings)
    assert zone["adequacy"].tolist() == [-1.0, 0.0, 1.0, 2.0, 2.5]
    assert zone["superiority"].tolist() == [-3.0, -2.0, -1.0, 0.0, 0.5]
    assert zone["within"].tolist() == [False, True, True, True, False]


# How much a late day hurts


def test_two_slopes_are_found_exactly_without_noise() -> None:
    early = np.array([-3.0, -1.0, -1.0, 0.0, 1.0, 2.0, 2.0])
    rating = 4 + np.where(early > 0, 0.2, 0.5) * early
    fit = loss_aversion(early, rating)
    assert (fit.on_time, fit.gain, fit.loss) == pytest.approx((4, 0.2, 0.5))
    assert (fit.low, fit.ratio, fit.high) == pytest.approx((2.5, 2.5, 2.5))


def test_interval_holds_the_truth_as_often_as_it_says() -> None:
    fits = [loss_aversion(*deliver(2_000, seed), confidence=0.9) for seed in range(300)]
    covered = sum(fit.low <= 2.25 <= fit.high for fit in fits)
    assert 255 <= covered <= 285, f"{covered} of 300 intervals at 90 % held λ = 2.25"


def test_interval_stays_honest_when_early_customers_disagree_more() -> None:
    random = np.random.default_rng(11)
    covered = 0
    for seed in range(300):
        early, rating = deliver(5_000, seed)
        rating = rating + np.where(early >= 2, 1.5, 0.0) * random.standard_normal(early.size)
        fit = loss_aversion(early, rating, confidence=0.9)
        covered += fit.low <= 2.25 <= fit.high
    assert covered >= 255, f"{covered} of 300 intervals at 90 % held λ = 2.25"


def test_interval_agrees_with_a_bootstrap() -> None:
    """D3 size; the prototype's bootstrap interval was 2.01 to 2.59 around 2.29 [C]."""
    early, rating = deliver(20_000, seed=2026)
    fit = loss_aversion(early, rating)
    random = np.random.default_rng(1)
    design = np.column_stack((np.ones_like(early), early.clip(min=0), early.clip(max=0)))
    ratios = []
    for _ in range(500):
        chosen = random.integers(0, early.size, early.size)
        _, gain, loss = np.linalg.lstsq(design[chosen], rating[chosen])[0]
        ratios.append(loss / gain)
    assert (fit.low, fit.high) == pytest.approx(np.quantile(ratios, [0.025, 0.975]), abs=0.06)
    assert fit.high - fit.low == pytest.approx(2.59 - 2.01, abs=0.08), "NB04 lab B width [C]"
    assert fit.low <= 2.25 <= fit.high, "NB04 lab B truth 2.25 [I]"


def test_a_scale_with_a_ceiling_exaggerates_loss_aversion() -> None:
    early, rating = deliver(20_000, seed=2026)
    clipped = loss_aversion(early, rating.clip(1, 5))
    assert clipped.low <= 2.59 <= clipped.high, "NB04 lab B on the 1-5 scale [C]"
    assert clipped.ratio > loss_aversion(early, rating).ratio + 0.1, "the ceiling changed nothing"
    many_early, many_ratings = deliver(500_000, seed=5)
    lowest = loss_aversion(many_early, many_ratings.clip(1, 5)).low
    assert lowest > 2.25, "with many orders the ceiling should push the truth out of the interval"


@pytest.mark.parametrize(
    ("early", "rating", "complaint"),
    [
        pytest.param([1, 2, 1, 0, 0, 3], [5, 5, 5, 4, 4, 5], "too few", id="nobody late"),
        pytest.param([-1, -2, -1, 0, 0, -3], [3, 2, 3, 4, 4, 1], "too few", id="nobody early"),
        pytest.param([1, 2, 1, 0, 0, -3], [5, 5, 5, 4, 4, 1], "too few", id="one late delivery"),
        pytest.param([1, 1, 1, -2, -2, -2], [5, 5, 4, 3, 3, 2], "too few", id="all alike"),
        pytest.param([1, 2, -1, -2, 0, 0], [3, 2, 5, 6, 4, 4], "do not rise", id="upside down"),
        pytest.param([1, 2, -1, math.nan, 0], [5, 5, 3, 2, 4], "finite", id="gap in the days"),
        pytest.param([1, 2, -1, -2, 0], [5, 5, math.inf, 2, 4], "finite", id="endless rating"),
        pytest.param([1, 2, -1, -2, 0], [5, 5, 3, 2], "5 numbers but", id="lengths differ"),
        pytest.param([], [], "at least 1", id="no deliveries"),
    ],
)
def test_loss_aversion_refuses(early, rating, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        loss_aversion(early, rating)


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, math.nan])
def test_loss_aversion_refuses_a_bad_confidence(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        loss_aversion(*deliver(50, seed=1), confidence=confidence)


# How much to promise


@pytest.mark.parametrize(
    ("cost", "fractile", "days"),
    [
        pytest.param(0.20, 0.80, 6, id="O38 F* .80, promise 6 days, ours [D]"),
        pytest.param(0.25, 0.55, 5, id="domain 2.4 F* .55 at c .25 [C]"),
        pytest.param(0.30, 0.30, 4, id="domain 2.4 F* .30 at c .30 [C]"),
    ],
)
def test_best_promise(cost: float, fractile: float, days: float) -> None:
    stakes = PromiseStakes(gain=0.16, loss_aversion=2.25, cost=cost)
    best = best_promise(DELIVERIES, stakes)
    assert critical_fractile(stakes) == pytest.approx(fractile, abs=1e-12)
    assert best.days == days
    assert best.limit == "balance"


def test_best_promise_says_what_it_will_do() -> None:
    best = best_promise(DELIVERIES, STAKES)
    by_hand = 0.16 * (0.25 * 3 + 0.25 * 2 + 0.25 * 1 - 2.25 * 0.10) - 0.20 * 6
    assert best.kept == pytest.approx(0.90)
    assert best.satisfaction == pytest.approx(by_hand)


def test_promising_the_average_is_late_half_the_time() -> None:
    records = np.concatenate((np.full(500, 3), np.full(500, 7)))
    assert DeliveryTimes.empirical(records).kept(records.mean()) == 0.5


@pytest.mark.parametrize(
    ("stakes", "days", "limit", "complaint"),
    [
        pytest.param((0.16, 2.25, 0.10), 7, "longest", "longer always", id="c < g"),
        pytest.param((0.16, 2.25, 0.00), 7, "longest", "longer always", id="free promise"),
        pytest.param((0.16, 2.25, 0.40), 3, "shortest", "shorter always", id="c > lambda g"),
        pytest.param((0.16, 1.00, 0.20), 3, "shortest", "above 1", id="lambda 1, c > g"),
        pytest.param((0.16, 1.00, 0.10), 7, "longest", "above 1", id="lambda 1, c < g"),
        pytest.param((0.16, 0.50, 0.09), 7, "longest", "above 1", id="lambda < 1, cheap"),
        pytest.param((0.16, 0.50, 0.15), 3, "shortest", "above 1", id="lambda < 1, dear"),
    ],
)
def test_best_promise_at_its_limits(
    stakes: tuple[float, float, float], days: float, limit: str, complaint: str
) -> None:
    best = best_promise(DELIVERIES, PromiseStakes(*stakes))
    assert (best.days, best.limit) == (days, limit)
    with pytest.raises(ValueError, match=complaint):
        critical_fractile(PromiseStakes(*stakes))


@pytest.mark.parametrize(
    ("cost", "fractile", "days"),
    [pytest.param(1.0, 1.0, 7, id="c = g"), pytest.param(2.0, 0.0, 3, id="c = lambda g")],
)
def test_the_edges_still_balance(cost: float, fractile: float, days: float) -> None:
    stakes = PromiseStakes(gain=1.0, loss_aversion=2.0, cost=cost)
    best = best_promise(DELIVERIES, stakes)
    assert critical_fractile(stakes) == fractile
    assert (best.days, best.limit) == (days, "balance")


@given(
    deliveries=delivery_times,
    gain=gains,
    aversion=st.floats(0.2, 6.0),
    cost=st.floats(0.0, 10.0),
)
def test_no_promise_within_the_delivery_times_beats_the_best(
    deliveries: DeliveryTimes, gain: float, aversion: float, cost: float
) -> None:
    stakes = PromiseStakes(gain, aversion, cost)
    best = best_promise(deliveries, stakes)
    candidates = np.linspace(deliveries.days[0], deliveries.days[-1], 161)
    rivals = expected_satisfaction(candidates, deliveries, stakes)
    slack = 1e-7 * (1 + abs(best.satisfaction))
    assert best.satisfaction >= rivals.max() - slack, (
        f"promising {candidates[rivals.argmax()]} beats {best}"
    )


@given(deliveries=delivery_times, gain=gains, aversion=lambdas, balance=st.floats(0.01, 0.99))
def test_a_balanced_promise_beats_every_other_on_earth(
    deliveries: DeliveryTimes, gain: float, aversion: float, balance: float
) -> None:
    stakes = PromiseStakes(gain, aversion, gain * (aversion - balance * (aversion - 1)))
    best = best_promise(deliveries, stakes)
    rivals = expected_satisfaction(np.linspace(-30, 60, 361), deliveries, stakes)
    assert best.limit == "balance"
    assert best.satisfaction >= rivals.max() - 1e-7 * (1 + abs(best.satisfaction))


@given(deliveries=delivery_times, gain=gains, aversion=lambdas, promise=st.floats(0, 30))
def test_expected_satisfaction_is_the_average_over_deliveries(
    deliveries: DeliveryTimes, gain: float, aversion: float, promise: float
) -> None:
    felt = gain * prospect_value(promise - deliveries.days, exponent=1.0, loss_aversion=aversion)
    stakes = PromiseStakes(gain, aversion, cost=0.3)
    assert expected_satisfaction(promise, deliveries, stakes) == pytest.approx(
        np.average(felt, weights=deliveries.probability) - 0.3 * promise, abs=1e-9
    )


@given(observed=st.lists(st.integers(0, 20), min_size=1, max_size=40), promise=st.floats(-1, 25))
def test_empirical_promise_kept_counts_deliveries(observed: list[int], promise: float) -> None:
    kept = DeliveryTimes.empirical(observed).kept(promise)
    assert kept == pytest.approx(sum(days <= promise for days in observed) / len(observed))


@given(deliveries=delivery_times, share=st.floats(0, 1))
def test_quantile_is_the_shortest_promise_kept(deliveries: DeliveryTimes, share: float) -> None:
    days = deliveries.quantile(share)
    assert deliveries.kept(days) >= share - 1e-9
    shorter = deliveries.days[deliveries.days < days]
    assert shorter.size == 0 or deliveries.kept(shorter[-1]) < share


def test_expected_satisfaction_keeps_the_shape_of_its_promises() -> None:
    promises = np.array([[3.0, 4.0], [5.0, 6.0]])
    assert expected_satisfaction(promises, DELIVERIES, STAKES).shape == (2, 2)
    assert DELIVERIES.kept(promises) == pytest.approx(np.array([[0.25, 0.5], [0.75, 0.9]]))


@pytest.mark.parametrize(
    ("days", "probability", "complaint"),
    [
        pytest.param([3, 4], [0.5, 0.6], "add up to 1", id="too much"),
        pytest.param([3, 4], [1.5, -0.5], "from 0 up", id="negative share"),
        pytest.param([3, 3], [0.5, 0.5], "different", id="a day twice"),
        pytest.param([-1, 3], [0.5, 0.5], "from 0 up", id="before the order"),
        pytest.param([3, 4], [1.0], "2 numbers but", id="lengths differ"),
        pytest.param([3, math.nan], [0.5, 0.5], "finite", id="gap"),
        pytest.param([], [], "at least 1", id="nothing"),
    ],
)
def test_impossible_delivery_times_are_refused(days, probability, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        DeliveryTimes.discrete(days, probability)


@pytest.mark.parametrize("observed", [[], [3.0, math.nan], [math.inf], [-1.0]])
def test_impossible_records_are_refused(observed: list[float]) -> None:
    with pytest.raises(ValueError, match="observed must"):
        DeliveryTimes.empirical(observed)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_quantile_refuses_what_is_no_share(share: float) -> None:
    with pytest.raises(ValueError, match="share must"):
        DELIVERIES.quantile(share)


@pytest.mark.parametrize("field", ["gain", "loss_aversion", "cost"])
@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_meaningless_stakes_are_refused(field: str, bad: float) -> None:
    with pytest.raises(ValueError, match=f"{field} must"):
        PromiseStakes(**{"gain": 0.16, "loss_aversion": 2.25, "cost": 0.2, field: bad})


# How expectation moves


@given(start=st.floats(-100, 100), reality=st.floats(-100, 100), learning=st.floats(0, 1))
def test_customers_learn_a_steady_reality_geometrically(
    start: float, reality: float, learning: float
) -> None:
    path = adapt_expectation(np.full(25, reality), start, learning)
    expected = (reality - start) * (1 - learning) ** np.arange(25)
    assert path["gap"].to_numpy() == pytest.approx(expected, abs=1e-9)


def test_a_repeated_surprise_wears_off() -> None:
    gap = adapt_expectation([8.0] * 30, start=6.0, learning=0.3)["gap"]
    assert gap.iloc[0] == 2.0
    assert gap.iloc[-1] < 0.001


def test_each_expectation_is_formed_before_its_performance() -> None:
    path = adapt_expectation([10.0, 0.0], start=4.0, learning=0.5)
    assert path["expectation"].tolist() == [4.0, 7.0]
    assert path["gap"].tolist() == [6.0, -7.0]


@pytest.mark.parametrize(
    ("performance", "start", "learning", "complaint"),
    [
        pytest.param([], 5, 0.3, "performance", id="no periods"),
        pytest.param([math.nan], 5, 0.3, "performance", id="gap"),
        pytest.param([5], math.inf, 0.3, "start", id="endless start"),
        pytest.param([5], 5, 1.1, "learning", id="more than everything"),
        pytest.param([5], 5, -0.1, "learning", id="unlearning"),
    ],
)
def test_adaptation_refuses(performance, start: float, learning: float, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        adapt_expectation(performance, start, learning)


# What the register of promises reveals


def test_audit_finds_the_contradictions() -> None:
    audit = audit_promises(register())
    assert audit.contradictions.index.tolist() == ["delivery"]
    row = audit.contradictions.loc["delivery"]
    assert row[["messages", "promises", "lowest", "highest", "spread"]].tolist() == [3, 3, 2, 7, 5]
    assert audit.messages["contradicted"].tolist() == [True, True, True, False, False, False]
    assert audit.messages["owner"].tolist() == list("abcdef"), "the register's columns were lost"


def test_audit_tells_which_promises_are_kept() -> None:
    audit = audit_promises(register())
    kept = audit.messages["kept"].tolist()
    assert kept[0] == pytest.approx(0.9), "a promise at the ninth decile"
    assert kept[3] == pytest.approx(0.5), "a promise at the median"
    assert kept[5] == 1.0, "warranty never takes longer than 20 days"
    assert audit.deliverable_share(0.9) == pytest.approx(3 / 6)


def test_audit_widest_contradiction_comes_first() -> None:
    table = register()
    table.loc[13, "promise_value"] = 30.0
    assert audit_promises(table).contradictions.index.tolist() == ["refund", "delivery"]


def test_audit_leaves_the_register_alone() -> None:
    table = register()
    audit_promises(table)
    pd.testing.assert_frame_equal(table, register())


def test_deliverability_is_the_lognormal_share() -> None:
    times = lognorm(s=0.4, scale=4.0)
    promises = np.array([2.0, 4.0, 6.0, 9.0])
    kept = deliverability(promises, times.median(), times.ppf(0.9))
    assert kept == pytest.approx(times.cdf(promises), rel=1e-9)


@given(
    promise=st.floats(0.1, 100),
    longer=st.floats(1, 10),
    median=st.floats(0.1, 100),
    spread=st.floats(1, 10),
)
def test_a_longer_promise_is_kept_at_least_as_often(
    promise: float, longer: float, median: float, spread: float
) -> None:
    shorter, more = deliverability([promise, promise * longer], median, median * spread)
    assert 0 <= shorter <= more <= 1


def test_times_that_never_vary_are_kept_or_not() -> None:
    assert deliverability([2.9, 3.0, 3.1], 3.0, 3.0).tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param(lambda t: t.drop(columns="channel"), "channel", id="column missing"),
        pytest.param(lambda t: t.iloc[:0], "no rows", id="empty"),
        pytest.param(lambda t: t.assign(touchpoint=None), "gaps", id="no subject"),
        pytest.param(lambda t: t.assign(promise_value=math.nan), "gaps", id="no promise"),
        pytest.param(lambda t: t.assign(promise_value=math.inf), "finite", id="endless promise"),
        pytest.param(lambda t: t.assign(promise_value=0.0), "above 0", id="promise of nothing"),
        pytest.param(lambda t: t.assign(actual_p90=1.0), "below its median", id="p90 below p50"),
        pytest.param(
            lambda t: t.assign(unit=["day", "hour", "day", "day", "day", "day"]),
            "two units",
            id="days and hours",
        ),
    ],
)
def test_audit_refuses(change, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        audit_promises(change(register()))


@pytest.mark.parametrize("target", [-0.1, 1.1, math.nan])
def test_audit_refuses_a_target_that_is_no_share(target: float) -> None:
    with pytest.raises(ValueError, match="target must"):
        audit_promises(register()).deliverable_share(target)


# How much of expectation is ours to shape


def test_half_the_factors_may_be_more_than_half_the_influence() -> None:
    influence = [9, 7, 8, 5, 6, 8, 4, 3, 4, 6]
    assert controllable_share(influence, [1] * 5 + [0] * 5) == pytest.approx(35 / 60)


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 1)), min_size=1, max_size=12))
def test_controllable_share_lies_between_its_controls(factors: list[tuple[float, float]]) -> None:
    influence, control = zip(*factors, strict=True)
    assume(sum(influence) > 1e-6)
    share = controllable_share(influence, control)
    assert min(control) - 1e-9 <= share <= max(control) + 1e-9


# Bad input


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        pytest.param(lambda: disconfirmation([1, math.nan], [1, 1]), "perceived", id="no reality"),
        pytest.param(lambda: disconfirmation([1], [math.inf]), "expected", id="endless hope"),
        pytest.param(
            lambda: satisfaction(1, 1, base=math.nan, assimilation=0, contrast=1), "base", id="base"
        ),
        pytest.param(
            lambda: satisfaction(1, 1, base=0, assimilation=math.inf, contrast=1),
            "assimilation",
            id="assimilation",
        ),
        pytest.param(
            lambda: satisfaction(1, 1, base=0, assimilation=0, contrast=math.nan),
            "contrast",
            id="contrast",
        ),
        pytest.param(lambda: prospect_value(math.nan), "gap", id="no gap"),
        pytest.param(lambda: prospect_value(1, exponent=0), "exponent", id="flat value"),
        pytest.param(lambda: prospect_value(1, loss_aversion=-1), "loss_aversion", id="gladness"),
        pytest.param(lambda: DELIVERIES.kept(math.nan), "promise", id="no promise kept"),
        pytest.param(
            lambda: expected_satisfaction(math.inf, DELIVERIES, STAKES), "promise", id="never"
        ),
        pytest.param(lambda: controllable_share([0, 0], [1, 0]), "influence", id="no influence"),
        pytest.param(lambda: controllable_share([1, -1], [1, 0]), "influence", id="negative"),
        pytest.param(lambda: controllable_share([1, 1], [1, 2]), "control", id="over-control"),
        pytest.param(lambda: controllable_share([1, 1], [1]), "2 numbers but", id="lengths"),
        pytest.param(lambda: controllable_share([], []), "influence", id="no factors"),
    ],
)
def test_bad_input_is_refused(ask, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        ask()


@pytest.mark.parametrize(
    ("measure", "columns"),
    [
        pytest.param(servqual_gap, ["perceived", "expected", "weight"], id="servqual"),
        pytest.param(zone_of_tolerance, ["adequate", "perceived", "desired"], id="zone"),
    ],
)
def test_incomplete_ratings_are_refused(measure, columns: list[str]) -> None:
    complete = pd.DataFrame(1.0, index=["a", "b"], columns=columns)
    for column in columns:
        with pytest.raises(ValueError, match=column):
            measure(complete.drop(columns=column))
    for gap in (math.nan, math.inf):
        broken = complete.copy()
        broken.iloc[1, 0] = gap
        with pytest.raises(ValueError, match="must"):
            measure(broken)
    with pytest.raises(ValueError, match="no rows"):
        measure(complete.iloc[:0])


def test_weights_that_are_all_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="weight"):
        servqual_gap(pd.DataFrame({"perceived": [1.0], "expected": [1.0], "weight": [0.0]}))


def test_an_adequate_level_above_the_desired_is_refused() -> None:
    with pytest.raises(ValueError, match="adequate level"):
        zone_of_tolerance(pd.DataFrame({"adequate": [6.0], "perceived": [5.0], "desired": [5.0]}))
