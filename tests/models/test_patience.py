"""Patience against the leukaemia remissions every textbook uses, exact fractions and simulation."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from cxlib.models.patience import (
    MAISTER_LEVERS,
    felt_wait,
    kaplan_meier,
    leavers_average,
    log_rank,
)

TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

observations = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60)


def exact_kaplan_meier(waits: list[int], left: list[int]) -> dict[int, float]:
    """The product over leaving times, in exact fractions."""
    staying, curve = Fraction(1), {}
    for now in sorted({wait for wait, gone in zip(waits, left, strict=True) if gone}):
        at_risk = sum(wait >= now for wait in waits)
        leaving = sum(wait == now and gone for wait, gone in zip(waits, left, strict=True))
        staying *= 1 - Fraction(int(leaving), at_risk)
        curve[now] = float(staying)
    return curve


def exact_two_group_log_rank(one: list[int], gone_one: list[int], two: list[int]) -> float:
    """Mantel's observed less expected leavers of the first group; all of the second left."""
    difference, variance = Fraction(0), Fraction(0)
    for now in sorted(set(one) | set(two)):
        at_risk_one, at_risk_two = sum(w >= now for w in one), sum(w >= now for w in two)
        leaving_one = sum(w == now and gone for w, gone in zip(one, gone_one, strict=True))
        leaving = leaving_one + sum(w == now for w in two)
        people = at_risk_one + at_risk_two
        difference += leaving_one - Fraction(leaving * at_risk_one, people)
        if people > 1:
            spread = leaving * (people - leaving) * at_risk_one * at_risk_two
            variance += Fraction(spread, people**2 * (people - 1))
    return float(difference**2 / variance)


@pytest.mark.parametrize(
    ("week", "published"),
    [
        pytest.param(week, share, id=f"O15 S({week}) Freireich 6-MP, Kleinbaum & Klein [M]")
        for week, share in {
            6: 0.8571,
            7: 0.8067,
            10: 0.7529,
            13: 0.6902,
            16: 0.6275,
            22: 0.5378,
            23: 0.4482,
        }.items()
    ],
)
def test_kaplan_meier(week: int, published: float) -> None:
    staying = kaplan_meier(TREATED, RELAPSED).staying(week)[0]
    assert staying == pytest.approx(published, abs=5e-5), "not the printed share"
    assert staying == pytest.approx(exact_kaplan_meier(TREATED, RELAPSED)[week], rel=1e-12)


@pytest.mark.parametrize(
    ("waits", "left", "median", "interval"),
    [
        pytest.param(
            TREATED,
            RELAPSED,
            23,
            (13, math.inf),
            id="O15 median Freireich 6-MP [M]; log-log interval as lifelines 0.30.3 [X]",
        ),
        pytest.param(
            PLACEBO,
            [1] * 21,
            8,
            (4, 11),
            id="median Freireich placebo [M]; log-log interval as lifelines 0.30.3 [X]",
        ),
    ],
)
def test_median(
    waits: list[int], left: list[int], median: float, interval: tuple[float, float]
) -> None:
    curve = kaplan_meier(waits, left)
    assert curve.median == median
    assert curve.median_interval == interval
    with np.errstate(all="ignore"):
        oracle = SurvfuncRight(waits, left).quantile_ci(0.5, method="cloglog")
    assert oracle == interval


@pytest.mark.parametrize(
    ("week", "low", "high"),
    [
        pytest.param(6, 0.619718, 0.951552, id="6-MP band week 6, lifelines 0.30.3 [X]"),
        pytest.param(13, 0.431610, 0.849066, id="6-MP band week 13, lifelines 0.30.3 [X]"),
        pytest.param(23, 0.188052, 0.680143, id="6-MP band week 23, lifelines 0.30.3 [X]"),
    ],
)
def test_greenwood_band(week: int, low: float, high: float) -> None:
    row = kaplan_meier(TREATED, RELAPSED).table.set_index("wait").loc[week]
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-6)


def test_band_is_greenwoods_formula_by_hand() -> None:
    """Week 7: three of 21 and one of 17 had left."""
    row = kaplan_meier(TREATED, RELAPSED, confidence=0.9).table.set_index("wait").loc[7]
    share = (18 / 21) * (16 / 17)
    variance = 3 / (21 * 18) + 1 / (17 * 16)
    stretch = math.exp(1.6448536269514722 * math.sqrt(variance) / -math.log(share))
    assert row["low"] == pytest.approx(share**stretch, rel=1e-9)
    assert row["high"] == pytest.approx(share ** (1 / stretch), rel=1e-9)


def test_log_rank() -> None:
    group = ["6-MP"] * 21 + ["placebo"] * 21
    test = log_rank(TREATED + PLACEBO, RELAPSED + [1] * 21, group)
    exact = exact_two_group_log_rank(TREATED, RELAPSED, PLACEBO)
    assert test.statistic == pytest.approx(16.79, abs=0.005), "Freireich, Kleinbaum & Klein [M]"
    assert test.statistic == pytest.approx(exact, rel=1e-9)
    assert test.degrees_of_freedom == 1
    assert test.p_value == pytest.approx(math.erfc(math.sqrt(exact / 2)), rel=1e-9)


def test_log_rank_keeps_tiny_probabilities() -> None:
    waits = np.concatenate((np.arange(1, 201), np.arange(1001, 1201)))
    test = log_rank(waits, np.ones(400), np.repeat(["short", "long"], 200))
    assert 0 < test.p_value < 1e-30, f"p = {test.p_value} was rounded away"


def test_log_rank_finds_nothing_among_three_equal_groups() -> None:
    random = np.random.default_rng(7)
    rejected = 0
    for _ in range(400):
        waits, group = random.exponential(10, 90), np.repeat([0, 1, 2], 30)
        test = log_rank(waits, random.random(90) < 0.7, group)
        assert test.degrees_of_freedom == 2
        rejected += test.p_value < 0.05
    assert 6 <= rejected <= 36, f"{rejected} of 400 true nulls rejected at 5 %"


@pytest.mark.parametrize(
    ("median", "spread", "estimated", "naive"),
    [
        pytest.param(8, 0.50, 8.1, 5.9, id="NB05 lab A checkout: KM 8.1, leavers 5.9 [C]"),
        pytest.param(45, 0.70, 48.1, 26.8, id="NB05 lab A tickets: KM 48.1, leavers 26.8 [C]"),
        pytest.param(20, 0.45, 19.6, 15.4, id="NB05 lab A restaurant: KM 19.6, leavers 15.4 [C]"),
        pytest.param(60, 0.60, 59.5, 39.1, id="NB05 lab A office: KM 59.5, leavers 39.1 [C]"),
        pytest.param(35, 0.50, 35.5, 24.9, id="NB05 lab A clinic: KM 35.5, leavers 24.9 [C]"),
    ],
)
def test_patience_is_recovered_where_leavers_mislead(
    median: float, spread: float, estimated: float, naive: float
) -> None:
    """Lognormal patience as in D4; that service takes 0.6 medians on average is ours."""
    random = np.random.default_rng(404)
    covered, medians, leavers = 0, [], []
    for _ in range(100):
        patience = median * np.exp(spread * random.standard_normal(400))
        service = 0.6 * median * random.exponential(size=400)
        waits, left = np.minimum(patience, service), patience <= service
        curve = kaplan_meier(waits, left)
        low, high = curve.median_interval
        covered += low <= median <= high
        medians.append(curve.median)
        leavers.append(leavers_average(waits, left).median)
    assert covered >= 88, f"only {covered} of 100 intervals held the true median"
    assert np.mean(medians) == pytest.approx(estimated, rel=0.1), "Kaplan-Meier median"
    assert np.mean(leavers) == pytest.approx(naive, rel=0.1), "median of the leavers"


@given(observations)
def test_curve_is_monotone_and_its_band_holds_it(people: list[tuple[int, bool]]) -> None:
    waits, left = zip(*people, strict=True)
    table = kaplan_meier(waits, left).table
    for column in ("staying", "low", "high"):
        assert table[column].between(0, 1).all(), f"{column} leaves [0, 1]: {table[column]}"
    assert table["staying"].is_monotonic_decreasing, f"patience rises: {table['staying']}"
    assert (table["low"] <= table["staying"] + 1e-12).all(), "the band lies above the curve"
    assert (table["staying"] <= table["high"] + 1e-12).all(), "the band lies below the curve"


@given(observations)
def test_curve_is_the_exact_product(people: list[tuple[int, bool]]) -> None:
    waits, left = map(list, zip(*people, strict=True))
    curve = kaplan_meier(waits, left)
    for wait, share in exact_kaplan_meier(waits, left).items():
        assert curve.staying(wait)[0] == pytest.approx(share, abs=1e-12), f"S({wait})"
    assert curve.people == len(people)
    assert curve.leavers == sum(left) == curve.table["left"].sum()


@given(st.lists(st.integers(1, 40), min_size=1, max_size=40))
def test_without_censoring_the_curve_counts_who_is_still_there(waits: list[int]) -> None:
    curve = kaplan_meier(waits, [1] * len(waits))
    moments = np.arange(42)
    still_there = [sum(wait > moment for wait in waits) / len(waits) for moment in moments]
    assert curve.staying(moments) == pytest.approx(still_there, abs=1e-12)


def test_nobody_left_means_the_median_was_never_reached() -> None:
    curve = kaplan_meier([3.0, 8.0], [0, 0])
    assert (curve.median, curve.median_interval) == (math.inf, (math.inf, math.inf))
    assert list(curve.table["staying"]) == [1.0]


def test_table_has_no_gap_even_when_everybody_leaves_at_once() -> None:
    table = kaplan_meier([5.0, 5.0], [1, 1]).table
    assert not table.isna().to_numpy().any(), f"gaps in {table}"
    assert table.iloc[-1][["staying", "low", "high"]].tolist() == [0.0, 0.0, 1.0]


def test_band_keeps_its_upper_limit_once_nobody_is_left() -> None:
    last = kaplan_meier(PLACEBO, [1] * 21).table.iloc[-2:]
    assert last["staying"].iloc[1] == 0.0
    assert last["high"].tolist() == pytest.approx([0.197045] * 2, abs=1e-6), "lifelines [X]"


def test_median_is_reached_when_exactly_half_are_gone() -> None:
    assert kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]).median == 2


def test_leavers_average_leaves_out_the_patient() -> None:
    average = leavers_average([2, 4, 9, 50, 60], [1, 1, 1, 0, 0])
    assert (average.mean, average.median) == (5.0, 4.0)


def test_felt_wait_multiplies_its_levers() -> None:
    felt = felt_wait(10, {"unoccupied": 0.36, "unexplained": 0.25})
    assert felt == pytest.approx(17.0)


@given(st.floats(0, 1e4), st.dictionaries(st.sampled_from(MAISTER_LEVERS), st.floats(-0.9, 3.0)))
def test_a_lever_and_its_inverse_undo_each_other(actual: float, levers: dict[str, float]) -> None:
    inverse = {lever: 1 / (1 + effect) - 1 for lever, effect in levers.items()}
    assert felt_wait(felt_wait(actual, levers), inverse) == pytest.approx(actual, abs=1e-9)


@pytest.mark.parametrize("estimate", [kaplan_meier, leavers_average])
@pytest.mark.parametrize(
    ("waits", "left", "complaint"),
    [
        pytest.param([], [], "at least 1", id="nobody"),
        pytest.param([1.0, math.nan], [1, 0], "finite", id="gap in the waits"),
        pytest.param([1.0, math.inf], [1, 0], "finite", id="endless wait"),
        pytest.param([1.0, -2.0], [1, 0], "between 0", id="negative wait"),
        pytest.param([1.0, 2.0], [1, math.nan], "finite", id="gap in the marks"),
        pytest.param([1.0, 2.0], [1, 0.5], "left must be 1", id="half left"),
        pytest.param([1.0, 2.0], [1], "2 waits but 1", id="lengths differ"),
        pytest.param([[1.0], [2.0]], [[1], [0]], "row", id="not a list"),
    ],
)
def test_bad_observations_are_refused(estimate, waits, left, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        estimate(waits, left)


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, math.nan])
def test_bad_confidence_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence must"):
        kaplan_meier([1.0], [1], confidence)


@pytest.mark.parametrize("wait", [-1.0, math.nan, math.inf])
def test_curve_refuses_a_bad_time(wait: float) -> None:
    with pytest.raises(ValueError, match="wait must"):
        kaplan_meier([1.0], [1]).staying(wait)


@pytest.mark.parametrize(
    ("left", "group", "complaint"),
    [
        pytest.param([1, 1, 1], ["a", "a", "a"], "two groups", id="one group"),
        pytest.param([1, 1, 1], ["a", "b"], "exactly one group", id="lengths differ"),
        pytest.param([1, 1, 1], ["a", "b", None], "exactly one group", id="no group"),
        pytest.param([1, 1, 1], ["a", "b", math.nan], "exactly one group", id="missing group"),
        pytest.param([0, 0, 0], ["a", "b", "b"], "cannot be compared", id="nobody left"),
    ],
)
def test_log_rank_refuses_groups_it_cannot_compare(left, group, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        log_rank([1.0, 2.0, 3.0], left, group)


def test_log_rank_reads_groups_from_a_table() -> None:
    table = pd.DataFrame({"wait": [1, 2, 3, 4], "left": [1, 1, 1, 1], "area": list("abab")})
    table["area"] = table["area"].astype("category")
    assert 0 < log_rank(table["wait"], table["left"], table["area"]).p_value < 1


def test_leavers_average_needs_a_leaver() -> None:
    with pytest.raises(ValueError, match="nobody left"):
        leavers_average([1.0, 2.0], [0, 0])


@pytest.mark.parametrize(
    ("actual", "levers", "complaint"),
    [
        pytest.param(-1.0, {}, "actual must", id="negative time"),
        pytest.param(math.nan, {}, "actual must", id="no time"),
        pytest.param(1.0, {"hungry": 0.2}, "unknown levers.*hungry", id="unknown lever"),
        pytest.param(1.0, {"anxious": -1.0}, "positive", id="wait that vanishes"),
        pytest.param(1.0, {"anxious": math.nan}, "positive", id="lever without a size"),
    ],
)
def test_felt_wait_refuses(actual: float, levers: dict[str, float], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        felt_wait(actual, levers)
