"""The sBG model against Fader & Hardie (2007), against its own definition, and against truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import hyp2f1

from cxlib.models.retention import (
    Sbg,
    TrendKind,
    sbg_fit,
    sbg_log_likelihood,
    sbg_residual_lifetime,
    sbg_retention,
    sbg_survival,
    survival_trend,
    trend_survival,
)
from cxlib.models.value import margin_multiple

HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
YEAR_12 = {"high end": 0.394, "regular": 0.173}
COHORTS = {"high end": HIGH_END, "regular": REGULAR}

shapes = st.floats(0.05, 50)
models = st.builds(Sbg, shapes, shapes)


# Published figures


@pytest.mark.parametrize(
    ("got", "expected", "tolerance"),
    [
        pytest.param(lambda m: m.alpha, 0.6681, 1e-3, id="O1 alpha Fader-Hardie 2007 [V]"),
        pytest.param(lambda m: m.beta, 3.8061, 1e-3, id="O1 beta Fader-Hardie 2007 [V]"),
        pytest.param(
            lambda m: sbg_log_likelihood(m, HIGH_END),
            -1611.158,
            0.05,
            id="O1 log-likelihood Fader-Hardie 2007 [V]",
        ),
    ],
)
def test_fit_of_the_high_end_cohort(got, expected, tolerance) -> None:
    value = got(sbg_fit(HIGH_END))
    assert value == pytest.approx(expected, abs=tolerance), f"the fit gives {value}"


@pytest.mark.parametrize(
    ("cohort", "expected", "error"),
    [
        pytest.param("high end", 0.3780, -0.04, id="O3 high end year 12 Fader-Hardie 2007 [V]"),
        pytest.param("regular", 0.1700, -0.02, id="O3 regular year 12 Fader-Hardie 2007 [V]"),
    ],
)
def test_survival_in_year_12_forecast_from_seven_years(cohort, expected, error) -> None:
    survival = sbg_survival(sbg_fit(COHORTS[cohort]), 12)[0]
    assert survival == pytest.approx(expected, abs=1e-3), f"S(12) is {survival}"
    missed = survival / YEAR_12[cohort] - 1
    assert missed == pytest.approx(error, abs=0.01), f"the forecast misses by {missed:.1%}"


@pytest.mark.parametrize(
    ("kind", "coefficients", "r_squared"),
    [
        pytest.param("linear", (0.925, -0.071), 0.922, id="O4 linear Fader-Hardie 2007 [V]"),
        pytest.param(
            "quadratic", (0.997, -0.142, 0.010), 0.998, id="O4 quadratic Fader-Hardie 2007 [V]"
        ),
        pytest.param(
            "exponential", (-0.062, -0.102), 0.963, id="O4 exponential Fader-Hardie 2007 [V]"
        ),
    ],
)
def test_trends_fit_the_past_well(kind: TrendKind, coefficients, r_squared) -> None:
    trend = survival_trend(np.array(HIGH_END) / 1000, kind)
    assert trend.coefficients == pytest.approx(coefficients, abs=0.002), f"the line is {trend}"
    assert trend.r_squared == pytest.approx(r_squared, abs=0.002), f"R² is {trend.r_squared}"


@pytest.mark.parametrize(
    ("cohort", "kind", "error"),
    [
        pytest.param("high end", "linear", -0.81, id="O4 NB08 linear year 12 [V]"),
        pytest.param("high end", "quadratic", 0.92, id="O4 NB08 quadratic year 12 [V]"),
        pytest.param("high end", "exponential", -0.30, id="O4 NB08 exponential year 12 [V]"),
        pytest.param("regular", "linear", -2.93, id="O4 regular linear year 12 [V]"),
        pytest.param("regular", "quadratic", 5.76, id="O4 regular quadratic year 12 [V]"),
        pytest.param("regular", "exponential", -0.54, id="O4 regular exponential year 12 [V]"),
    ],
)
def test_trends_miss_the_future(cohort, kind: TrendKind, error) -> None:
    trend = survival_trend(np.array(COHORTS[cohort]) / 1000, kind)
    missed = trend_survival(trend, 12)[0] / YEAR_12[cohort] - 1
    assert missed == pytest.approx(error, abs=0.01), f"the {kind} trend misses by {missed:.1%}"


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(period, expected, id=f"O5 retention in year {period} eq. 8 [D]")
        for period, expected in [(1, 0.8507), (2, 0.8780), (3, 0.8968), (4, 0.9106)]
    ],
)
def test_retention_of_the_high_end_cohort(period, expected) -> None:
    retention = sbg_retention(sbg_fit(HIGH_END), period)[0]
    assert retention == pytest.approx(expected, abs=1e-4), f"r_{period} is {retention}"


# Its own logic


def test_fit_finds_the_truth_behind_the_course_cohorts() -> None:
    """D7: Beta(.70, 2.40), mean churn .226."""
    truth = Sbg(0.70, 2.40)
    found = sbg_fit(1_000_000 * sbg_survival(truth, np.arange(13)))
    assert (found.alpha, found.beta) == pytest.approx((0.70, 2.40), rel=1e-3), f"found {found}"
    assert found.mean_churn == pytest.approx(0.226, abs=5e-4), f"churn {found.mean_churn}"


@pytest.mark.parametrize("shift_beta", [0.98, 1, 1.02])
@pytest.mark.parametrize("shift_alpha", [0.98, 1, 1.02])
def test_no_neighbour_is_more_likely_than_the_fit(shift_alpha: float, shift_beta: float) -> None:
    best = sbg_fit(HIGH_END)
    other = Sbg(best.alpha * shift_alpha, best.beta * shift_beta)
    assert sbg_log_likelihood(other, HIGH_END) <= sbg_log_likelihood(best, HIGH_END) + 1e-6


@settings(deadline=None)
@given(model=models)
def test_survival_starts_at_one_and_only_falls(model: Sbg) -> None:
    survival = sbg_survival(model, np.arange(60))
    assert survival[0] == 1, "everybody is there at the start"
    assert (np.diff(survival) < 0).all(), "survival rises"
    assert (survival > 0).all(), "survival is not a share"


@settings(deadline=None)
@given(model=models)
def test_retention_is_the_ratio_of_survivals_and_rises(model: Sbg) -> None:
    survival, retention = sbg_survival(model, np.arange(31)), sbg_retention(model, range(1, 31))
    assert retention == pytest.approx(survival[1:] / survival[:-1], rel=1e-9)
    assert (np.diff(retention) > 0).all(), "retention falls with age"


@settings(deadline=None)
@given(model=models, age=st.integers(0, 20), rate=st.floats(0.05, 0.5))
def test_residual_lifetime_is_the_closed_form_of_fader_and_hardie(model, age, rate) -> None:
    a, b = model.alpha, model.beta + age
    later = hyp2f1(1, b + 1, a + b + 1, 1 / (1 + rate))
    published = b / (a + b) * later / (1 + rate)
    lifetime = sbg_residual_lifetime(model, age, rate)
    assert lifetime == pytest.approx(published, rel=1e-6), f"lifetime {lifetime}, not {published}"


def test_customers_all_alike_are_worth_the_margin_multiple() -> None:
    lifetime = sbg_residual_lifetime(Sbg(alpha=2e6, beta=8e6), 0, 0.1)
    assert lifetime == pytest.approx(margin_multiple(0.8, 0.1), rel=1e-5)


def test_an_unequal_cohort_is_worth_more_than_its_first_retention_says() -> None:
    model = sbg_fit(HIGH_END)
    lifetime, naive = (
        sbg_residual_lifetime(model, 0, 0.1),
        margin_multiple(1 - model.mean_churn, 0.1),
    )
    assert lifetime > 1.4 * naive, f"lifetime {lifetime}, at constant retention {naive}"


def test_lifetime_without_discounting() -> None:
    assert sbg_residual_lifetime(Sbg(3.0, 4.0), 0, 0) == pytest.approx(4.0 / (3.0 - 1.0))
    with pytest.raises(ValueError, match="infinite"):
        sbg_residual_lifetime(Sbg(1.0, 4.0), 0, 0)


# Refusals


@pytest.mark.parametrize(
    ("customers", "reason"),
    [
        pytest.param([], "row of at least", id="empty"),
        pytest.param([1000, 900], "row of at least", id="one period only"),
        pytest.param([1000, float("nan"), 700], "finite", id="gap"),
        pytest.param([1000, 900, float("-inf")], "finite", id="infinite"),
        pytest.param([1000, 900, -1], "between", id="negative"),
        pytest.param([1000, 900, 950], "fewer", id="customers return"),
        pytest.param([1000, 1000, 1000], "left", id="nobody leaves"),
        pytest.param([1000, 900, 700, 300], "settle", id="retention falls with age"),
    ],
)
def test_fit_refuses(customers, reason) -> None:
    with pytest.raises(ValueError, match=reason):
        sbg_fit(customers)


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda: Sbg(0, 1), id="alpha zero"),
        pytest.param(lambda: Sbg(1, float("nan")), id="beta nan"),
        pytest.param(lambda: sbg_survival(Sbg(1, 1), -1), id="negative time"),
        pytest.param(lambda: sbg_survival(Sbg(1, 1), float("nan")), id="time nan"),
        pytest.param(lambda: sbg_retention(Sbg(1, 1), 0), id="retention before the first period"),
        pytest.param(lambda: sbg_residual_lifetime(Sbg(2, 1), -1, 0.1), id="negative age"),
        pytest.param(lambda: sbg_residual_lifetime(Sbg(2, 1), 0, -0.1), id="negative rate"),
        pytest.param(lambda: sbg_residual_lifetime(Sbg(2, 1), 0, 1e-9), id="rate too small"),
        pytest.param(lambda: survival_trend([1, 0.5], "linear"), id="two points make any line"),
        pytest.param(lambda: survival_trend([1, 0.5, 0], "exponential"), id="log of zero"),
        pytest.param(lambda: survival_trend([1, 1, 1], "linear"), id="flat survival"),
        pytest.param(lambda: survival_trend([1, 1.2, 0.3], "linear"), id="share above one"),
    ],
)
def test_impossible_questions_are_refused(ask) -> None:
    with pytest.raises(ValueError, match=r"must|cannot"):
        ask()
