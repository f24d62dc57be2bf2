"""Drivers: published shares of R², a second implementation, and truths we planted."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cxlib.models.drivers import (
    bootstrap_importance,
    driver_table,
    importance_performance,
    johnson_weights,
    lmg,
    stated_against_derived,
)

FIXTURES = Path(__file__).parent / "fixtures"


def attitude() -> tuple[pd.DataFrame, pd.Series]:
    data = pd.read_csv(FIXTURES / "attitude.csv")
    return data.drop(columns="rating"), data["rating"]


def swiss() -> tuple[pd.DataFrame, pd.Series]:
    data = pd.read_csv(FIXTURES / "swiss.csv", index_col="province")
    return data.drop(columns="Fertility"), data["Fertility"]


def mediation() -> tuple[pd.DataFrame, pd.Series]:
    data = pingouin.read_dataset("mediation")
    return data[["X", "M"]], data["Y"]


def touchpoint_survey(rows: int = 1500, drivers: int = 10) -> tuple[pd.DataFrame, pd.Series]:
    """Scores with a common halo; driver k weighs k."""
    rng = np.random.default_rng(11)
    scores = 7 + 0.8 * rng.normal(size=(rows, 1)) + rng.normal(size=(rows, drivers))
    overall = scores @ np.arange(drivers) / 20 + rng.normal(0, 0.7, rows)
    return pd.DataFrame(scores).add_prefix("t"), pd.Series(overall)


PUBLISHED = [
    pytest.param(
        lmg,
        swiss,
        [0.05709, 0.17117, 0.26013, 0.10557, 0.11277],
        0.70674,
        id="O39 LMG swiss Gromping 2006 [M/X]",
    ),
    pytest.param(
        lmg,
        attitude,
        [0.37082, 0.05090, 0.15577, 0.12035, 0.00659, 0.02818],
        0.73260,
        id="O40 LMG attitude own = pingouin [X]",
    ),
    pytest.param(
        johnson_weights,
        attitude,
        [0.36276, 0.05600, 0.16361, 0.12178, 0.00826, 0.02019],
        0.73260,
        id="O41 Johnson attitude own with sum check [D]",
    ),
    pytest.param(
        lmg, mediation, [0.057780, 0.315219], 0.372999, id="O43 LMG pingouin docs [V-doc/X]"
    ),
]


@pytest.mark.parametrize(("method", "data", "shares", "r_squared"), PUBLISHED)
def test_published_shares(method, data, shares, r_squared):
    found = method(*data())
    assert found.shares.to_numpy() == pytest.approx(shares, abs=1e-5)
    assert found.r_squared == pytest.approx(r_squared, abs=1e-5)
    assert found.percent.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "percent", [pytest.param(0.506, id="NB02 handling complaints on attitude 50.6 % [C]")]
)
def test_handling_complaints_is_half_of_what_is_explained(percent):
    assert lmg(*attitude()).percent["complaints"] == pytest.approx(percent, abs=5e-4)


@pytest.mark.parametrize("data", [swiss, attitude, mediation])
def test_lmg_agrees_with_pingouin(data):
    drivers, outcome = data()
    theirs = pingouin.linear_regression(drivers, outcome, relimp=True).set_index("names")
    ours = lmg(drivers, outcome)
    assert ours.shares.to_numpy() == pytest.approx(
        theirs.loc[drivers.columns, "relimp"].to_numpy(), abs=1e-9
    )


def test_johnson_agrees_with_its_singular_value_form():
    drivers, outcome = attitude()
    x, y = ((v - v.mean(axis=0)).to_numpy(dtype=float) for v in (drivers, outcome))
    x, y = x / np.linalg.norm(x, axis=0), y / np.linalg.norm(y)
    left, singular, right = np.linalg.svd(x, full_matrices=False)
    orthogonal = left @ right
    beta, loadings = orthogonal.T @ y, orthogonal.T @ x
    expected = (loadings.T**2) @ beta**2
    assert johnson_weights(drivers, outcome).shares.to_numpy() == pytest.approx(expected)
    assert singular.min() > 0


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 6).flatmap(
        lambda p: hnp.arrays(float, (p + 4, p + 1), elements=st.integers(0, 10).map(float))
    )
)
def test_shares_are_positive_and_sum_to_r_squared(data):
    x, y = data[:, :-1], data[:, -1]
    assume(np.linalg.matrix_rank(x - x.mean(axis=0)) == x.shape[1])
    assume(np.ptp(y) > 0)
    design = np.column_stack([np.ones(len(y)), x])
    residual = y - design @ np.linalg.lstsq(design, y)[0]
    r_squared = 1 - residual @ residual / ((y - y.mean()) @ (y - y.mean()))
    for method in (lmg, johnson_weights):
        found = method(pd.DataFrame(x), pd.Series(y))
        assert found.shares.sum() == pytest.approx(r_squared, abs=1e-8), method.__name__
        assert found.r_squared == pytest.approx(r_squared, abs=1e-8), method.__name__
        assert found.shares.min() >= -1e-9, method.__name__


def test_independent_drivers_get_their_squared_correlations():
    x = pd.DataFrame({"a": [1, 1, -1, -1] * 4, "b": [1, -1] * 8}, dtype=float)
    y = 3 * x["a"] + x["b"] + np.repeat([1.0, -1.0, -1.0, 1.0], 4)
    table = driver_table(x, y)
    for column in ("lmg", "johnson"):
        assert table[column].to_numpy() == pytest.approx(table["correlation"].to_numpy() ** 2)
    assert table["beta"].to_numpy() == pytest.approx(table["correlation"].to_numpy())


def test_standardised_betas_agree_with_pingouin():
    drivers, outcome = attitude()
    z = (drivers - drivers.mean()) / drivers.std()
    theirs = pingouin.linear_regression(z, (outcome - outcome.mean()) / outcome.std())
    assert driver_table(drivers, outcome)["beta"].to_numpy() == pytest.approx(
        theirs["coef"].to_numpy()[1:], abs=1e-6
    )


@pytest.mark.parametrize(
    "limit", [pytest.param(0.100, id="issue 3: LMG with 10 drivers on 1,500 rows <= 100 ms")]
)
def test_lmg_is_fast(limit):
    survey = touchpoint_survey()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        lmg(*survey)
        times.append(time.perf_counter() - start)
    assert min(times) <= limit


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_bootstrap_agrees_with_resampling_row_by_row(method):
    drivers, outcome = touchpoint_survey(rows=300, drivers=4)
    single = {"lmg": lmg, "johnson": johnson_weights}[method]
    slow = []
    for draw in range(400):
        rows = np.random.default_rng(draw).integers(0, 300, 300)
        sample = single(
            drivers.iloc[rows].reset_index(drop=True), outcome.iloc[rows].reset_index(drop=True)
        )
        slow.append(sample.shares.to_numpy())
    fast = bootstrap_importance(drivers, outcome, method, draws=2000)
    low, high = np.quantile(slow, [0.025, 0.975], axis=0)
    width = high - low
    assert np.abs(fast["low"].to_numpy() - low).max() < 0.2 * width.max()
    assert np.abs(fast["high"].to_numpy() - high).max() < 0.2 * width.max()
    assert (fast["low"] <= fast["estimate"]).all()
    assert (fast["estimate"] <= fast["high"]).all()


def test_one_draw_is_the_analysis_of_the_rows_drawn():
    drivers, outcome = touchpoint_survey(rows=12, drivers=3)
    counts = np.random.default_rng(5).multinomial(12, np.full(12, 1 / 12))
    rows = np.repeat(np.arange(12), counts)
    drawn = lmg(
        drivers.iloc[rows].reset_index(drop=True), outcome.iloc[rows].reset_index(drop=True)
    )
    found = bootstrap_importance(drivers, outcome, draws=1, seed=5)
    assert found["low"].to_numpy() == pytest.approx(drawn.shares.to_numpy(), abs=1e-9)


def test_many_draws_in_parts_equal_the_same_draws_at_once(monkeypatch):
    survey = touchpoint_survey(rows=200, drivers=6)
    in_parts = bootstrap_importance(*survey, draws=3000)
    monkeypatch.setattr("cxlib.models.drivers._SUBSETS_AT_ONCE", 2**30)
    pd.testing.assert_frame_equal(in_parts, bootstrap_importance(*survey, draws=3000))


def test_a_seed_repeats_the_bootstrap_and_another_does_not():
    survey = touchpoint_survey(rows=200, drivers=3)
    first, again, other = (bootstrap_importance(*survey, draws=50, seed=s) for s in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert (first["low"] != other["low"]).all()


def test_stated_against_derived_by_hand():
    stated = pd.Series({"quảng cáo": 8.0, "giao hàng": 6.0, "CSKH": 2.0})
    derived = pd.Series({"CSKH": 0.3, "giao hàng": 0.2, "quảng cáo": 0.0})
    found = stated_against_derived(stated, derived)
    advertising = found.table.loc["quảng cáo"]
    assert advertising.to_dict() == pytest.approx(
        {"stated": 0.5, "derived": 0, "stated_rank": 1, "derived_rank": 3, "overstated": 0.5}
    )
    assert found.rank_correlation == pytest.approx(-1)


def quadrant_survey() -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(4)
    noise = rng.normal(loc=(4, 8, 4, 8), size=(800, 4))
    scores = pd.DataFrame(noise, columns=["fix", "keep", "ignore", "overdone"])
    return scores, scores["fix"] + scores["keep"] + pd.Series(rng.normal(0, 0.5, 800))


@pytest.mark.parametrize("cut", ["mean", "median", (0.2, 6.0)])
def test_planted_quadrants_are_found_with_certainty(cut):
    found = importance_performance(*quadrant_survey(), cut=cut)
    assert found["quadrant"].to_dict() == {
        "fix": "concentrate_here",
        "keep": "keep_up",
        "ignore": "low_priority",
        "overdone": "possible_overkill",
    }
    assert (found["certainty"] == 1).all()


def test_a_driver_near_a_line_is_uncertain():
    scores, overall = quadrant_survey()
    line = float(scores["fix"].mean())
    found = importance_performance(scores, overall, cut=(0.2, line))
    assert 0.3 < found.at["fix", "certainty"] < 0.7
    quadrants = ["low_priority", "possible_overkill", "concentrate_here", "keep_up"]
    assert found[quadrants].sum(axis=1).to_numpy() == pytest.approx(1)
    for name, row in found.iterrows():
        assert row["certainty"] == row[row["quadrant"]], name


def with_cell(value: float) -> pd.DataFrame:
    drivers = touchpoint_survey(rows=50, drivers=3)[0]
    drivers.iloc[0, 0] = value
    return drivers


@pytest.mark.parametrize("method", [lmg, johnson_weights, driver_table, bootstrap_importance])
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda x, y: (with_cell(math.nan), y), "without gaps"),
        (lambda x, y: (with_cell(math.inf), y), "finite"),
        (lambda x, y: (x, y.where(y.index > 0)), "finite"),
        (lambda x, y: (x.iloc[:0], y.iloc[:0]), "at least"),
        (lambda x, y: (x.iloc[:4], y.iloc[:4]), "at least"),
        (lambda x, y: (x[[]], y), "at least"),
        (lambda x, y: (x.assign(t0=5.0), y), "must vary"),
        (lambda x, y: (x, y * 0), "must vary"),
        (lambda x, y: (x.assign(t0=2 * x["t1"] - x["t2"]), y), "collinear"),
        (lambda x, y: (x.assign(t0="tốt"), y), "numbers only"),
        (lambda x, y: (x, y.iloc[1:]), "same customers"),
        (lambda x, y: (pd.concat([x] * 6, axis=1), y), "at most 16"),
    ],
)
def test_driver_analyses_refuse(method, change, says):
    with pytest.raises(ValueError, match=says):
        method(*change(*touchpoint_survey(rows=50, drivers=3)))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda x, y: bootstrap_importance(x, y, draws=0), "draws"),
        (lambda x, y: bootstrap_importance(x, y, confidence=1), "confidence"),
        (lambda x, y: bootstrap_importance(x, y, method="magic"), "method"),
        (lambda x, y: importance_performance(x, y, cut="mode"), "cut"),
        (lambda x, y: importance_performance(x, y, cut=(math.nan, 5.0)), "finite"),
        (lambda x, y: stated_against_derived(y, x["t0"].iloc[1:]), "same drivers"),
        (
            lambda x, y: stated_against_derived(pd.Series([1.0, -1.0]), pd.Series([1.0, 2.0])),
            "negative",
        ),
        (
            lambda x, y: stated_against_derived(pd.Series([1.0, 1.0]), pd.Series([1.0, 2.0])),
            "all the same",
        ),
        (
            lambda x, y: stated_against_derived(pd.Series([1.0, math.nan]), pd.Series([1.0, 2.0])),
            "without gaps",
        ),
    ],
)
def test_refusals_say_what_is_wrong(call, says):
    with pytest.raises(ValueError, match=says):
        call(*touchpoint_survey(rows=50, drivers=3))
