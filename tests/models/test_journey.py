"""Journey: roll-up, what is remembered, and how often something goes wrong."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxlib.models.journey import (
    compare_memory_rules,
    customers_with_failure,
    journey_success,
    peak_end,
    roll_up,
    share_below,
)


def touchpoints() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stage": ["mua", "trước", "trước", "sau"],
            "score": [80.0, 60.0, 90.0, 40.0],
            "weight": [1.0, 1.0, 2.0, 5.0],
        },
        index=["cửa hàng", "quảng cáo", "website", "bảo hành"],
    )


def moments() -> pd.DataFrame:
    return pd.DataFrame(
        [[7.0, 9.0, 5.0], [6.0, 2.0, 8.0]], columns=["tư vấn", "thanh toán", "giao hàng"]
    )


def test_roll_up_by_hand():
    found = roll_up(touchpoints(), {"trước": 1, "mua": 2, "sau": 1})
    assert found.stages.to_dict() == pytest.approx({"trước": 80, "mua": 80, "sau": 40})
    assert list(found.stages.index) == ["trước", "mua", "sau"], "stages keep the given order"
    assert found.overall == pytest.approx(70)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100), st.floats(0.1, 9)), min_size=1)
)
def test_a_journey_is_never_outside_its_touchpoints(rows):
    frame = pd.DataFrame(rows, columns=["stage", "score", "weight"])
    found = roll_up(frame, dict.fromkeys(frame["stage"].unique(), 1.0))
    assert frame["score"].min() - 1e-9 <= found.overall <= frame["score"].max() + 1e-9


def test_peak_end_by_hand():
    assert peak_end(moments()).tolist() == [7.0, 8.0]
    assert peak_end(moments(), "worst").tolist() == [5.0, 5.0]


def test_the_same_moments_in_another_order_leave_another_memory():
    bad_end, good_end = (pd.DataFrame([m]) for m in ([9.0, 7.0, 3.0], [3.0, 7.0, 9.0]))
    assert bad_end.mean(axis=1)[0] == good_end.mean(axis=1)[0]
    assert peak_end(good_end)[0] - peak_end(bad_end)[0] == pytest.approx(3)


def test_a_skipped_touchpoint_neither_ends_nor_peaks():
    skipped = pd.DataFrame([[7.0, 9.0, np.nan], [np.nan, 2.0, 8.0]])
    assert peak_end(skipped, allow_unvisited=True).tolist() == [9.0, 8.0]


@pytest.mark.parametrize("truth", ["mean", "peak_end", "negative_peak_end"])
def test_the_rule_that_made_the_memory_fits_best(truth):
    rng = np.random.default_rng(2)
    lived = pd.DataFrame(rng.uniform(0, 10, (500, 8)))
    rules = {
        "mean": lived.mean(axis=1),
        "peak_end": (lived.max(axis=1) + lived[7]) / 2,
        "negative_peak_end": (lived.min(axis=1) + lived[7]) / 2,
    }
    overall = 1 + 0.8 * rules[truth] + rng.normal(0, 0.3, 500)
    table = compare_memory_rules(lived, overall)
    assert table.index[0] == truth
    for name, rule in rules.items():
        line = stats.linregress(rule, overall)
        assert table.at[name, "slope"] == pytest.approx(line.slope)
        assert table.at[name, "intercept"] == pytest.approx(line.intercept)
        assert table.at[name, "r_squared"] == pytest.approx(line.rvalue**2)
    assert table["rmse"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("success", "touchpoints_count", "expected", "tolerance"),
    [
        pytest.param(0.95, 8, 0.663, 5e-4, id="NB01 lab B .95^8 [C]"),
        pytest.param(0.99, 8, 0.9227, 5e-5, id="NB01 E2 .99^8 [C]"),
    ],
)
def test_a_chain_of_good_touchpoints(success, touchpoints_count, expected, tolerance):
    found = journey_success(np.full(touchpoints_count, success))
    assert found == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize(
    "expected", [pytest.param(3366, id="NB01 E1 customers with a failure [C]")]
)
def test_customers_who_meet_a_failure(expected):
    assert round(customers_with_failure(10_000, np.full(8, 0.95))) == expected


@given(st.floats(-50, 150), st.floats(0.1, 40), st.floats(0, 100))
def test_share_below_is_the_normal_distribution(mean, sd, limit):
    assert share_below(mean, sd, limit) == pytest.approx(
        stats.norm.cdf(limit, mean, sd), rel=1e-9, abs=1e-300
    )


def test_half_the_spread_leaves_far_fewer_bad_days():
    wide, narrow = share_below(80, 10, 60), share_below(80, 5, 60)
    assert wide == pytest.approx(0.02275, abs=5e-6)
    assert narrow < wide / 500


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: roll_up(touchpoints().iloc[:0], {}), "no rows"),
        (lambda: roll_up(touchpoints().drop(columns="weight"), {}), "lack the columns"),
        (lambda: roll_up(touchpoints().replace(80.0, np.nan), {"mua": 1}), "no gaps"),
        (lambda: roll_up(touchpoints().replace(80.0, np.inf), {"mua": 1}), "finite"),
        (lambda: roll_up(touchpoints(), {"trước": 1, "mua": 2}), "same stages"),
        (lambda: roll_up(touchpoints(), {"trước": 0, "mua": 0, "sau": 0}), "all be zero"),
        (
            lambda: roll_up(touchpoints().replace(5.0, -5.0), {"trước": 1, "mua": 1, "sau": 1}),
            "between 0",
        ),
        (lambda: peak_end(pd.DataFrame()), "at least 1 rows"),
        (lambda: peak_end(moments().replace(9.0, np.nan)), "without gaps"),
        (lambda: peak_end(moments().replace(9.0, np.inf), allow_unvisited=True), "finite"),
        (lambda: peak_end(moments() * np.nan, allow_unvisited=True), "at least one touchpoint"),
        (lambda: peak_end(moments(), "loudest"), "best or worst"),
        (lambda: compare_memory_rules(moments(), pd.Series([1.0, 2.0])), "at least 3"),
        (lambda: compare_memory_rules(moments(), pd.Series([1.0])), "same customers"),
        (
            lambda: compare_memory_rules(
                pd.concat([moments()] * 2, ignore_index=True), pd.Series([5.0] * 4)
            ),
            "must vary",
        ),
        (lambda: share_below(80, 0, 60), "positive"),
        (lambda: share_below(80, -1, 60), "positive"),
        (lambda: share_below(math.nan, 1, 60), "finite"),
        (lambda: share_below(80, 1, math.inf), "finite"),
        (lambda: journey_success([]), "at least 1"),
        (lambda: journey_success([0.9, 1.1]), "between 0 and 1"),
        (lambda: journey_success([0.9, math.nan]), "finite"),
        (lambda: customers_with_failure(-1, [0.9]), "customers"),
    ],
)
def test_refusals_say_what_is_wrong(call, says):
    with pytest.raises(ValueError, match=says):
        call()
