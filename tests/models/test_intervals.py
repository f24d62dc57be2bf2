"""Intervals of shares against Newcombe (1998), against scipy, and by their own logic."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import confint_proportions_2indep

from cxlib.models.intervals import (
    Difference,
    IntervalMethod,
    proportion,
    proportion_change,
    z_of_alpha,
    z_of_confidence,
    z_of_power,
)

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
confidences = st.floats(0.5, 0.999)
methods = st.sampled_from(get_args(IntervalMethod))


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        pytest.param("wilson", 0.25529, 0.36621, id="O29 81/263 Wilson Newcombe 1998a [M/X]"),
        pytest.param(
            "agresti-coull", 0.25522, 0.36628, id="O29 81/263 Agresti-Coull Newcombe 1998a [M/X]"
        ),
        pytest.param(
            "clopper-pearson", 0.25274, 0.36762, id="O29 81/263 Clopper-Pearson Newcombe [M/X]"
        ),
        pytest.param("wald", 0.25219, 0.36378, id="O29 81/263 Wald Newcombe 1998a [M/X]"),
    ],
)
def test_published_intervals(method: IntervalMethod, low: float, high: float) -> None:
    found = proportion(81, 263, method)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4), f"found {found}"


@pytest.mark.parametrize(("method", "theirs"), [("wilson", "wilson"), ("clopper-pearson", "exact")])
@settings(deadline=None)
@given(answers=counts, confidence=confidences)
def test_intervals_agree_with_scipy(method, theirs, answers, confidence) -> None:
    found = proportion(*answers, method, confidence)
    other = binomtest(*answers).proportion_ci(confidence, theirs)
    assert (found.low, found.high) == pytest.approx((other.low, other.high), abs=1e-9)


@settings(deadline=None)
@given(answers=counts, method=methods, confidence=confidences)
def test_intervals_hold_their_share_and_stay_in_range(answers, method, confidence) -> None:
    found = proportion(*answers, method, confidence)
    assert 0 <= found.low <= found.share <= found.high <= 1, f"found {found}"


@settings(deadline=None)
@given(answers=counts, method=methods, confidence=st.floats(0.5, 0.9))
def test_more_confidence_needs_a_wider_interval(answers, method, confidence) -> None:
    narrow, wide = (proportion(*answers, method, c) for c in (confidence, confidence + 0.05))
    assert wide.low <= narrow.low + 1e-12, f"{wide} starts inside {narrow}"
    assert wide.high >= narrow.high - 1e-12, f"{wide} ends inside {narrow}"


@settings(deadline=None)
@given(before=counts, after=counts)
def test_change_agrees_with_newcombe_in_statsmodels(before, after) -> None:
    found = proportion_change(proportion(*before), proportion(*after))
    low, high = confint_proportions_2indep(*after, *before, method="newcomb")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9), f"found {found}"


@settings(deadline=None)
@given(before=counts, after=counts, method=methods)
def test_change_lies_in_its_interval_and_in_range(before, after, method) -> None:
    found = proportion_change(proportion(*before, method), proportion(*after, method))
    assert -1 <= found.low <= found.difference <= found.high <= 1, f"found {found}"


def test_a_difference_is_real_when_its_interval_leaves_out_zero() -> None:
    assert Difference(5, 1, 9).excludes_zero
    assert Difference(-5, -9, -1).excludes_zero
    assert not Difference(5, -1, 11).excludes_zero


def test_z_values_of_the_tables() -> None:
    assert z_of_confidence(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert z_of_alpha(0.05) == pytest.approx(1.959964, abs=1e-6)
    assert z_of_power(0.8) == pytest.approx(0.841621, abs=1e-6)


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda: proportion(5, 0), id="no answers"),
        pytest.param(lambda: proportion(-1, 5), id="negative count"),
        pytest.param(lambda: proportion(6, 5), id="more than all"),
        pytest.param(lambda: proportion(1.5, 5), id="half an answer"),
        pytest.param(lambda: proportion(float("nan"), 5), id="nan"),
        pytest.param(lambda: proportion(1, 5, "guess"), id="unknown method"),
        pytest.param(lambda: proportion(1, 5, confidence=1), id="certainty"),
        pytest.param(lambda: z_of_confidence(0), id="no confidence"),
        pytest.param(lambda: z_of_alpha(2), id="alpha above 1"),
        pytest.param(lambda: z_of_power(float("nan")), id="power nan"),
    ],
)
def test_impossible_inputs_are_refused(ask) -> None:
    with pytest.raises(ValueError, match="must"):
        ask()
