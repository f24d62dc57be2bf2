"""Evidence against published figures, against second implementations, and by its own logic."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import (
    proportion_effectsize,
    samplesize_proportions_2indep_onetail,
)

from cxlib.models.evidence import (
    SampleSizeFormula,
    cohen_kappa,
    design_effect,
    did_regression,
    difference_in_differences,
    r_wg,
    regression_to_mean_gain,
    simulate_worst_units,
    two_proportion_sample_size,
)

shares = st.floats(0.02, 0.98)
formulas = st.sampled_from(get_args(SampleSizeFormula))
labels = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2).filter(
    lambda pairs: len({label for pair in pairs for label in pair}) > 1
)


# Published figures and the course's own


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        pytest.param("evan-miller", 1030, id="O32 Evan Miller calculator [M/X]"),
        pytest.param("pooled", 1094, id="O32 NB10 pooled [X]"),
        pytest.param("unpooled", 1091, id="O32 unpooled [X]"),
        pytest.param("arcsine", 1092, id="O32 arcsine [X]"),
    ],
)
def test_customers_per_arm_from_20_to_25_percent(formula, expected: int) -> None:
    n = two_proportion_sample_size(0.20, 0.25, formula)
    assert abs(n - expected) <= 1, f"{n} customers per arm"


@pytest.mark.parametrize("expected", [pytest.param(2.0, id="O33 NB10 stores of 21 [D]")])
def test_design_effect_of_stores_of_21(expected: float) -> None:
    assert design_effect(21, 0.05) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("expected", [pytest.param(3.0, id="O33 NB10 lab C [D]")])
def test_difference_in_differences_of_the_pilot(expected: float) -> None:
    effect = difference_in_differences(74.0, 78.2, 73.9, 75.1)
    assert effect == pytest.approx(expected, abs=1e-9), f"the effect is {effect}"


# Sample sizes


def test_sample_sizes_agree_with_statsmodels() -> None:
    arcsine = NormalIndPower().solve_power(
        proportion_effectsize(0.25, 0.20), alpha=0.05, power=0.8, alternative="two-sided"
    )
    assert two_proportion_sample_size(0.20, 0.25, "arcsine") == math.ceil(arcsine)
    pooled = samplesize_proportions_2indep_onetail(0.05, 0.20, 0.8)
    assert two_proportion_sample_size(0.20, 0.25, "pooled") == math.ceil(pooled)


def test_the_pooled_size_gives_the_power_it_promises() -> None:
    n, rng = two_proportion_sample_size(0.20, 0.25), np.random.default_rng(10)
    a, b = rng.binomial(n, 0.20, 20_000) / n, rng.binomial(n, 0.25, 20_000) / n
    mean = (a + b) / 2
    found = np.mean(np.abs(b - a) > 1.959964 * np.sqrt(2 * mean * (1 - mean) / n))
    assert found == pytest.approx(0.8, abs=0.01), f"the power is {found:.1%}"


@settings(deadline=None)
@given(share=st.floats(0.1, 0.5), gap=st.floats(0.01, 0.2), formula=formulas)
def test_a_smaller_difference_needs_more_customers(share, gap, formula) -> None:
    small, large = (
        two_proportion_sample_size(share, share + difference, formula)
        for difference in (gap, 1.5 * gap)
    )
    assert small >= large, f"{small} for the smaller difference, {large} for the larger"


@settings(deadline=None)
@given(a=shares, b=shares)
def test_symmetric_formulas_do_not_mind_which_share_is_today(a: float, b: float) -> None:
    if abs(a - b) < 0.01:
        return
    for formula in ("pooled", "unpooled", "arcsine"):
        there, back = (two_proportion_sample_size(*pair, formula) for pair in ((a, b), (b, a)))
        assert abs(there - back) <= 1, f"{formula}: {there} one way, {back} the other"


# Difference in differences


def pilot(effect: float, seed: int, stores: int = 200, months: int = 6) -> pd.DataFrame:
    """A panel of stores with their own level, a common drift and an effect on the treated half."""
    rng = np.random.default_rng(seed)
    level = np.repeat(rng.normal(70, 5, stores), months)
    frame = pd.DataFrame(
        {
            "store": np.repeat(np.arange(stores), months),
            "treated": np.repeat(np.arange(stores) % 2, months),
            "after": np.tile((np.arange(months) >= months / 2).astype(int), stores),
        }
    )
    drift = 1.2 * frame.after + effect * frame.treated * frame.after
    return frame.assign(cx=level + drift + rng.normal(0, 2, len(frame)))


def estimate(frame: pd.DataFrame):
    return did_regression(frame.cx, frame.treated, frame.after, frame.store)


def test_regression_gives_the_difference_of_the_four_means() -> None:
    frame = pilot(3.0, seed=1)
    means = frame.groupby(["treated", "after"]).cx.mean()
    by_hand = difference_in_differences(means[1, 0], means[1, 1], means[0, 0], means[0, 1])
    assert estimate(frame).estimate == pytest.approx(by_hand, abs=1e-9)


def test_the_standard_error_is_the_spread_of_repeated_pilots() -> None:
    effects = [estimate(pilot(3.0, seed)) for seed in range(300)]
    found = np.array([(e.estimate, e.standard_error, e.low <= 3.0 <= e.high) for e in effects])
    assert found[:, 0].mean() == pytest.approx(3.0, abs=0.05), f"mean {found[:, 0].mean()}"
    assert found[:, 1].mean() == pytest.approx(found[:, 0].std(), rel=0.1), "wrong standard error"
    assert found[:, 2].mean() == pytest.approx(0.95, abs=0.035), "wrong coverage"


def test_store_labels_may_be_words() -> None:
    frame = pilot(3.0, seed=2, stores=8)
    named = frame.assign(store="cửa hàng " + frame.store.astype(str))
    assert estimate(named) == estimate(frame)


# Regression to the mean


@pytest.mark.parametrize(
    ("true_sd", "noise_sd"), [(0.04, 0.04), (0.02, 0.06), (0.06, 0.01), (0.0, 0.05)]
)
def test_apparent_gain_of_the_worst_40_of_200_stores(true_sd: float, noise_sd: float) -> None:
    """NB10 lab A: nothing was done for them."""
    rng = np.random.default_rng(40)
    found = simulate_worst_units(rng, 200, 40, 0.72, true_sd, noise_sd, repetitions=4000)
    gain = (found.after - found.before).mean()
    expected = regression_to_mean_gain(0.2, true_sd, noise_sd)
    assert gain == pytest.approx(expected, rel=0.015), f"simulated {gain}, formula {expected}"


def test_without_noise_nothing_regresses() -> None:
    assert regression_to_mean_gain(0.2, 5, 0) == 0
    assert regression_to_mean_gain(0.2, 0, 0) == 0


@settings(deadline=None)
@given(share=st.floats(0.01, 0.99), true_sd=st.floats(0, 10), noise_sd=st.floats(0.1, 10))
def test_the_gain_never_exceeds_the_distance_from_the_mean(share, true_sd, noise_sd) -> None:
    gain = regression_to_mean_gain(share, true_sd, noise_sd)
    distance = regression_to_mean_gain(share, 0, math.hypot(true_sd, noise_sd))
    assert 0 < gain <= distance * (1 + 1e-12), f"gain {gain}, distance {distance}"


def test_choosing_all_units_regresses_nothing() -> None:
    found = simulate_worst_units(np.random.default_rng(1), 50, 50, 0, 1, 1, repetitions=4000)
    assert (found.after - found.before).mean() == pytest.approx(0, abs=0.02)


# Agreement


def test_kappa_by_hand() -> None:
    """20 yes–yes, 5 yes–no, 10 no–yes, 15 no–no: (.70 − .50) / (1 − .50)."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = cohen_kappa(first, second)
    assert found.kappa == pytest.approx(0.4), f"kappa is {found.kappa}"
    assert found.agreement == pytest.approx(0.7)


@settings(deadline=None)
@given(pairs=labels)
def test_kappa_is_at_most_one_and_lies_in_its_interval(pairs) -> None:
    found = cohen_kappa(*zip(*pairs, strict=True))
    assert -1 <= found.low <= found.kappa <= found.high <= 1 + 1e-12, f"found {found}"


@pytest.mark.parametrize("seed", range(20))
def test_kappa_agrees_with_statsmodels(seed: int) -> None:
    table = np.random.default_rng(seed).integers(1, 30, (3, 3))
    first, second = (np.repeat(marks.ravel(), table.ravel()) for marks in np.indices((3, 3)))
    found, other = cohen_kappa(first, second), cohens_kappa(table)
    assert (found.kappa, found.low, found.high) == pytest.approx(
        (other.kappa, other.kappa_low, other.kappa_upp)
    )


def test_full_agreement_is_one() -> None:
    found = cohen_kappa([1, 2, 3, 1], [1, 2, 3, 1])
    assert found.kappa == pytest.approx(1), f"kappa is {found.kappa}"
    assert found.agreement == 1


def test_r_wg_by_hand() -> None:
    """Five raters on 1–5: variance .7 and 0 against (25 − 1) / 12 = 2; the last at odds."""
    ratings = np.array([[3, 4, 1], [4, 4, 5], [4, 4, 1], [5, 4, 5], [5, 4, 1]])
    found = r_wg(ratings, 5)
    assert found == pytest.approx([1 - 0.7 / 2, 1, 0]), f"found {found}"


@settings(deadline=None)
@given(
    ratings=st.lists(st.lists(st.integers(1, 7), min_size=3, max_size=3), min_size=2, max_size=9)
)
def test_r_wg_is_a_share(ratings) -> None:
    found = r_wg(ratings, 7)
    assert ((found >= 0) & (found <= 1)).all(), f"found {found}"


def test_r_wg_of_random_answers_is_about_zero() -> None:
    ratings = np.random.default_rng(3).integers(1, 6, (20_000, 1))
    assert r_wg(ratings, 5)[0] < 0.03, "chance was taken for agreement"


# Refusals

NAN = float("nan")


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        pytest.param(lambda: two_proportion_sample_size(0.2, 0.2), "differ", id="no difference"),
        pytest.param(lambda: two_proportion_sample_size(1.2, 0.2), "share_a", id="above 1"),
        pytest.param(lambda: two_proportion_sample_size(0.2, NAN), "share_b", id="share nan"),
        pytest.param(
            lambda: two_proportion_sample_size(0.2, 0.3, "guess"), "formula", id="formula unknown"
        ),
        pytest.param(
            lambda: two_proportion_sample_size(0.2, 0.3, alpha=0), "alpha", id="alpha zero"
        ),
        pytest.param(
            lambda: two_proportion_sample_size(0.2, 0.3, power=1), "power", id="power certain"
        ),
        pytest.param(
            lambda: two_proportion_sample_size(0.2, 0.3, power=0.01), "exceed", id="power too low"
        ),
        pytest.param(lambda: design_effect(0, 0.1), "cluster_size", id="empty stores"),
        pytest.param(lambda: design_effect(21, 1.1), "icc", id="icc above 1"),
        pytest.param(lambda: difference_in_differences(1, NAN, 1, 1), "finite", id="mean nan"),
        pytest.param(
            lambda: did_regression([1, 2], [0, 1], [0, 1], [1, 2]), "before and after", id="no 2x2"
        ),
        pytest.param(
            lambda: did_regression([1, 2, 3, 4], [0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 2, 2]),
            "two units",
            id="one store a side",
        ),
        pytest.param(
            lambda: did_regression([1, 2], [0, 1], [0, 2], [1, 2]), "after", id="mark of two"
        ),
        pytest.param(
            lambda: did_regression([1, NAN], [0, 1], [0, 1], [1, 2]), "outcome", id="outcome nan"
        ),
        pytest.param(
            lambda: did_regression([1, 2], [0, 1], [0, 1], [1]), "per observation", id="unit gone"
        ),
        pytest.param(lambda: regression_to_mean_gain(0, 1, 1), "share", id="nobody chosen"),
        pytest.param(lambda: regression_to_mean_gain(0.2, -1, 1), "true_sd", id="negative sd"),
        pytest.param(lambda: regression_to_mean_gain(0.2, 1, NAN), "noise_sd", id="noise nan"),
        pytest.param(
            lambda: simulate_worst_units(np.random.default_rng(1), 5, 6, 0, 1, 1),
            "worst",
            id="more worst than units",
        ),
        pytest.param(lambda: cohen_kappa([], []), "at least one", id="no cases"),
        pytest.param(lambda: cohen_kappa([1, 2], [1]), "same cases", id="case missing"),
        pytest.param(lambda: cohen_kappa([1, NAN], [1, 2]), "every case", id="category missing"),
        pytest.param(lambda: cohen_kappa([1, 1], [1, 1]), "one category", id="all alike"),
        pytest.param(lambda: r_wg([[1, 2]], 5), "two raters", id="one rater"),
        pytest.param(lambda: r_wg([1, 2, 3], 5), "two raters", id="not a table"),
        pytest.param(lambda: r_wg([[1], [6]], 5), "between 1 and 5", id="six of five"),
        pytest.param(lambda: r_wg([[1], [NAN]], 5), "finite", id="rating nan"),
        pytest.param(lambda: r_wg([[1], [2.5]], 5), "whole", id="half a step"),
        pytest.param(lambda: r_wg([[1], [2]], 1), "options", id="scale of one"),
    ],
)
def test_impossible_inputs_are_refused(ask, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        ask()
