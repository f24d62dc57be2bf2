"""Engagement: regressions against pingouin, published reliabilities, truths we planted."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cxlib.models.engagement import (
    cronbach_alpha,
    cross_lagged_panel,
    johnson_neyman,
    moderated_regression,
    partial_effects,
    service_profit_chain,
    simple_slopes,
    simulate_panel,
)

STORES, MONTHS = 120, 12
ENGAGEMENT_AT_FULL_CONTACT = 0.40


@pytest.fixture(scope="module")
def stores() -> pd.DataFrame:
    """Stores where only engagement × contact moves experience; satisfaction goes along."""
    rng = np.random.default_rng(7)
    store = np.repeat(np.arange(STORES), MONTHS)
    contact = np.array([0.75, 0.40, 0.12])[store % 3] + rng.normal(0, 0.05, store.size)
    engagement = 62 + rng.normal(0, 8, STORES)[store] + rng.normal(0, 2, store.size)
    satisfaction = 62 + 0.6 * (engagement - 62) + rng.normal(0, 6, store.size)
    process = rng.normal(65, 8, store.size)
    cx = (
        70
        + ENGAGEMENT_AT_FULL_CONTACT * contact * (engagement - 62)
        + 0.2 * (process - 65)
        + rng.normal(0, 1, STORES)[store]
        + rng.normal(0, 3, store.size)
    )
    return pd.DataFrame(
        {
            "store": store,
            "format": np.array(["tư vấn", "siêu thị", "online"])[store % 3],
            "contact": contact,
            "engagement": engagement,
            "satisfaction": satisfaction,
            "process": process,
            "cx": cx,
        }
    )


def band_data(slope: float, interaction: float, noise: float, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    x, c = rng.normal(size=(2, 200))
    y = slope * x + interaction * x * c + rng.normal(0, noise, 200)
    return pd.DataFrame({"x": x, "c": c, "y": y})


def test_moderated_regression_agrees_with_pingouin(stores):
    ours = moderated_regression(stores, "cx", "engagement", "contact", ["process"])
    design = stores[["engagement", "contact", "process"]].assign(
        product=stores["engagement"] * stores["contact"]
    )
    theirs = pingouin.linear_regression(design, stores["cx"]).set_index("names")
    names = {"product": "engagement:contact"}
    theirs = theirs.rename(index=names).loc[ours.coefficients.index]
    for our_column, their_column in [
        ("estimate", "coef"),
        ("se", "se"),
        ("p", "pval"),
        ("low", "CI2.5"),
        ("high", "CI97.5"),
    ]:
        assert ours.coefficients[our_column].to_numpy() == pytest.approx(
            theirs[their_column].to_numpy(), rel=1e-6, abs=1e-12
        ), f"{our_column} differs from pingouin"
    assert ours.r_squared == pytest.approx(theirs["r2"].iloc[0], rel=1e-9)


def test_clustered_errors_are_the_sandwich_by_store(stores):
    fit = moderated_regression(stores, "cx", "engagement", "contact", cluster="store")
    x = np.column_stack(
        [
            np.ones(len(stores)),
            stores["engagement"],
            stores["contact"],
            stores["engagement"] * stores["contact"],
        ]
    )
    bread = np.linalg.inv(x.T @ x)
    residual = stores["cx"].to_numpy() - x @ (bread @ x.T @ stores["cx"].to_numpy())
    scores = pd.DataFrame(x * residual[:, None]).groupby(stores["store"].to_numpy()).sum()
    n, k = x.shape
    small = STORES / (STORES - 1) * (n - 1) / (n - k)
    sandwich = small * bread @ (scores.T.to_numpy() @ scores.to_numpy()) @ bread
    terms = ["Intercept", "engagement", "contact", "engagement:contact"]
    assert fit.coefficients.loc[terms, "se"].to_numpy() == pytest.approx(
        np.sqrt(np.diag(sandwich)), rel=1e-6
    )
    assert fit.degrees_of_freedom == STORES - 1


def test_planted_moderation_is_found_and_satisfaction_is_not(stores):
    fit = moderated_regression(
        stores, "cx", "engagement", "contact", ["satisfaction", "process"], cluster="store"
    )
    interaction = fit.coefficients.loc[fit.interaction]
    assert interaction["low"] < ENGAGEMENT_AT_FULL_CONTACT < interaction["high"]
    satisfaction = fit.coefficients.loc["satisfaction"]
    assert satisfaction["low"] < 0 < satisfaction["high"]


def test_columns_of_words_become_indicators(stores):
    fit = moderated_regression(stores, "cx", "engagement", "contact", ["format"])
    assert {"format[T.siêu thị]", "format[T.tư vấn]"} <= set(fit.coefficients.index)


@pytest.mark.parametrize("value", [0.0, 0.12, 0.75])
def test_a_simple_slope_is_the_focal_coefficient_of_the_recentred_model(stores, value):
    fit = moderated_regression(stores, "cx", "engagement", "contact", cluster="store")
    recentred = stores.assign(contact=stores["contact"] - value)
    expected = moderated_regression(
        recentred, "cx", "engagement", "contact", cluster="store"
    ).coefficients.loc["engagement"]
    slope = simple_slopes(fit, [value]).loc[value]
    for column in slope.index:
        assert slope[column] == pytest.approx(expected[column], rel=1e-6), column


@pytest.mark.parametrize(
    ("slope", "interaction", "noise", "bounds", "stretches"),
    [
        pytest.param(0.2, 0.5, 1.0, 2, 2, id="significant outside two bounds"),
        pytest.param(0.5, 0.0, 2.0, 2, 1, id="significant between two bounds"),
        pytest.param(0.0, 0.0, 1.0, 0, 0, id="significant nowhere"),
    ],
)
def test_johnson_neyman_marks_exactly_the_significant_slopes(
    slope, interaction, noise, bounds, stretches
):
    fit = moderated_regression(band_data(slope, interaction, noise), "y", "x", "c")
    found = johnson_neyman(fit)
    assert (len(found.bounds), len(found.significant)) == (bounds, stretches)
    grid = np.linspace(-8, 8, 4001)
    by_slope = simple_slopes(fit, grid)["p"].to_numpy() < 0.05
    by_bounds = np.any([(low < grid) & (grid < high) for low, high in found.significant], axis=0)
    assert np.array_equal(by_slope, np.broadcast_to(by_bounds, grid.shape))
    if found.bounds:
        assert simple_slopes(fit, found.bounds)["p"].to_numpy() == pytest.approx(0.05, abs=1e-9)


def test_partial_effects_agree_with_pingouin(stores):
    ours = partial_effects(stores, "cx", ["engagement", "satisfaction"])
    for name, other in [("engagement", "satisfaction"), ("satisfaction", "engagement")]:
        partial = pingouin.partial_corr(stores, x=name, y="cx", covar=other)["r"].iloc[0]
        alone = pingouin.linear_regression(stores[[name]], stores["cx"])
        without = pingouin.linear_regression(stores[[other]], stores["cx"])["r2"].iloc[0]
        both = pingouin.linear_regression(stores[[name, other]], stores["cx"])
        assert ours.at[name, "partial_correlation"] == pytest.approx(partial, abs=1e-6)
        assert ours.at[name, "raw"] == pytest.approx(alone["coef"].iloc[1], rel=1e-6)
        assert ours.at[name, "raw_se"] == pytest.approx(alone["se"].iloc[1], rel=1e-6)
        assert ours.at[name, "joint"] == pytest.approx(both["coef"].iloc[1], rel=1e-6)
        assert ours.at[name, "added_r_squared"] == pytest.approx(
            both["r2"].iloc[0] - without, abs=1e-9
        )


def test_satisfaction_seems_to_work_until_engagement_enters(stores):
    effect = partial_effects(stores, "cx", ["engagement", "satisfaction"], cluster="store")
    satisfaction = effect.loc["satisfaction"]
    assert satisfaction["raw"] > 3 * satisfaction["raw_se"], "alone it must look strong"
    assert satisfaction["joint_p"] > 0.05, "beside engagement it must vanish"
    assert effect.at["engagement", "joint_p"] < 1e-6


@pytest.mark.parametrize(("b", "d"), [(0.3, 0.05), (0.05, 0.3), (0.2, 0.2)])
def test_cross_lagged_panel_finds_the_planted_paths(b, d):
    panel = simulate_panel(b, d, units=200, periods=24, seed=1)
    paths = cross_lagged_panel(panel, "unit", "period", "engagement", "cx").paths
    to_cx = panel["engagement"].std() / panel["cx"].std()
    for cause, effect, truth in [
        ("engagement", "cx", b * to_cx),
        ("cx", "engagement", d / to_cx),
        ("engagement", "engagement", 0.5),
        ("cx", "cx", 0.5),
    ]:
        path = paths.loc[(cause, effect)]
        assert abs(path["estimate"] - truth) < 3 * path["se"], f"{cause} → {effect}"


def test_cross_lagged_estimates_agree_with_pingouin():
    panel = simulate_panel(0.3, 0.1, units=30, periods=10)
    fit = cross_lagged_panel(panel, "unit", "period", "engagement", "cx")
    z = panel.assign(
        **{c: (panel[c] - panel[c].mean()) / panel[c].std() for c in ("engagement", "cx")}
    )
    before = z.groupby("unit")[["engagement", "cx"]].shift()
    kept = before.notna().all(axis=1)
    theirs = pingouin.linear_regression(before[kept], z.loc[kept, "cx"]).set_index("names")
    for cause in ("engagement", "cx"):
        assert fit.paths.loc[(cause, "cx"), "estimate"] == pytest.approx(
            theirs.at[cause, "coef"], rel=1e-6
        )
    assert fit.r_squared["cx"] == pytest.approx(theirs["r2"].iloc[0], rel=1e-9)
    assert (fit.rows, fit.units) == (30 * 9, 30)


def test_the_order_of_rows_does_not_matter_to_the_panel():
    panel = simulate_panel(0.3, 0.1, units=20, periods=6)
    shuffled = panel.sample(frac=1, random_state=0)
    first, second = (
        cross_lagged_panel(p, "unit", "period", "engagement", "cx").paths for p in (panel, shuffled)
    )
    pd.testing.assert_frame_equal(first, second)


def scale_with_gaps() -> pd.DataFrame:
    return pingouin.read_dataset("cronbach_wide_missing").astype(float)


def scale_in_long_form() -> pd.DataFrame:
    long = pingouin.read_dataset("cronbach_alpha")
    return long.pivot(index="Subj", columns="Items", values="Scores")


@pytest.mark.parametrize(
    ("items", "missing", "alpha", "low", "high"),
    [
        pytest.param(
            scale_in_long_form,
            "refuse",
            0.59172,
            0.195,
            0.840,
            id="O34 cronbach_alpha pingouin docs [V-doc/X]",
        ),
        pytest.param(
            scale_with_gaps,
            "pairwise",
            0.73266,
            0.435,
            0.909,
            id="O34 cronbach_wide_missing pairwise pingouin docs [V-doc/X]",
        ),
    ],
)
def test_published_reliability(items, missing, alpha, low, high):
    ours = cronbach_alpha(items(), missing=missing)
    assert ours.alpha == pytest.approx(alpha, abs=1e-4)
    assert (round(ours.low, 3), round(ours.high, 3)) == (low, high)
    theirs, interval = pingouin.cronbach_alpha(items(), nan_policy="pairwise")
    assert ours.alpha == pytest.approx(theirs, abs=1e-9)
    assert (ours.low, ours.high) == pytest.approx(tuple(interval), abs=5e-4)


@pytest.mark.parametrize(
    ("alpha", "printed"),
    [
        pytest.param(
            0.80169,
            (0.581, 0.933),
            id="O34 cronbach_wide_missing listwise pingouin docs [V-doc/X]",
        )
    ],
)
def test_published_reliability_of_complete_respondents(alpha, printed):
    items = scale_with_gaps()
    ours = cronbach_alpha(items, missing="listwise")
    assert ours.alpha == pytest.approx(alpha, abs=1e-4)

    _, as_printed = pingouin.cronbach_alpha(items, nan_policy="listwise")
    assert tuple(as_printed) == printed, "pingouin no longer prints this interval"
    _, of_the_nine = pingouin.cronbach_alpha(items.dropna())
    assert ours.respondents == 9, "three of the twelve left gaps"
    assert (ours.low, ours.high) == pytest.approx(tuple(of_the_nine), abs=5e-4)
    assert ours.low < printed[0] < printed[1] < ours.high, "the printed one counts all twelve"


@settings(deadline=None, max_examples=60)
@given(
    hnp.arrays(
        float,
        st.tuples(st.integers(2, 12), st.integers(2, 6)),
        elements=st.integers(1, 5).map(float),
    )
)
def test_alpha_is_at_most_one_and_inside_its_interval(answers):
    items = pd.DataFrame(answers)
    assume(items.sum(axis=1).nunique() > 1)
    found = cronbach_alpha(items)
    assert found.alpha <= 1
    assert found.low <= found.alpha <= found.high or found.alpha > 0.9999


def test_identical_items_are_perfectly_reliable():
    column = np.array([1.0, 4.0, 2.0, 5.0])
    assert cronbach_alpha(pd.DataFrame({"a": column, "b": column})).alpha == pytest.approx(1)


def test_chain_multiplies_along_a_path_and_adds_over_paths():
    effect = service_profit_chain(
        {"via satisfaction": [0.5, 0.4, 0.3], "via productivity": [0.2, 0.5]}
    )
    assert effect.indirect.to_dict() == pytest.approx(
        {"via satisfaction": 0.06, "via productivity": 0.1}
    )
    assert effect.total == pytest.approx(0.16)


def test_paths_of_the_mediation_data_add_up_to_pingouins_total_effect():
    data = pingouin.read_dataset("mediation")
    joint = partial_effects(data, "Y", ["X", "M"])["joint"]
    to_mediator = pingouin.linear_regression(data[["X"]], data["M"])["coef"].iloc[1]
    effect = service_profit_chain({"direct": [joint["X"]], "via M": [to_mediator, joint["M"]]})
    theirs = pingouin.mediation_analysis(data, x="X", m="M", y="Y", n_boot=50, seed=1)
    theirs = theirs.set_index("path")["coef"]
    assert effect.indirect["via M"] == pytest.approx(theirs["Indirect"], abs=1e-6)
    assert effect.total == pytest.approx(theirs["Total"], abs=1e-6)


def refused_regressions() -> list:
    good = band_data(1, 1, 1)
    return [
        pytest.param(good.assign(x=good["x"].where(good.index > 0)), "no gaps", id="nan"),
        pytest.param(good.assign(x=good["x"].replace(good["x"][0], np.inf)), "finite", id="inf"),
        pytest.param(good.iloc[:0], "no rows", id="empty"),
        pytest.param(good.iloc[:4], "too few", id="as many rows as coefficients"),
        pytest.param(good.drop(columns="c"), "lack the columns", id="missing column"),
        pytest.param(good.assign(c=1.0), "cannot be told apart", id="constant moderator"),
        pytest.param(good.assign(y=1.0), "never varies", id="constant outcome"),
        pytest.param(good.assign(x="cao"), "numbers only", id="words"),
    ]


@pytest.mark.parametrize(("data", "says"), refused_regressions())
def test_moderated_regression_refuses(data, says):
    with pytest.raises(ValueError, match=says):
        moderated_regression(data, "y", "x", "c")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda d: partial_effects(d, "y", ["x"]), "at least"),
        (lambda d: partial_effects(d.assign(z=2 * d["x"]), "y", ["x", "z"]), "told apart"),
        (lambda d: partial_effects(d, "y", ["x", "c"], confidence=1.0), "confidence"),
        (lambda d: partial_effects(d.assign(s=1), "y", ["x", "c"], "s"), "two clusters"),
        (lambda d: simple_slopes(moderated_regression(d, "y", "x", "c"), []), "at least 1"),
        (lambda d: simple_slopes(moderated_regression(d, "y", "x", "c"), [math.nan]), "finite"),
        (lambda _: simulate_panel(math.nan, 0.1), "finite"),
        (lambda _: simulate_panel(0.9, 0.9), "without end"),
        (lambda _: simulate_panel(0.1, 0.1, units=0), "whole number"),
        (lambda _: service_profit_chain({}), "at least one path"),
        (lambda _: service_profit_chain({"p": []}), "at least 1"),
        (lambda _: service_profit_chain({"p": [0.3, math.inf]}), "finite"),
    ],
)
def test_refusals_say_what_is_wrong(call, says):
    with pytest.raises(ValueError, match=says):
        call(band_data(1, 1, 1))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda p: pd.concat([p, p]), "one row a period"),
        (lambda p: p.assign(cx=1.0), "must vary"),
        (lambda p: p.assign(cx=p["cx"].where(p.index > 0)), "no gaps"),
        (lambda p: p[p["period"] == 0], "no rows"),
        (lambda p: p[p["unit"] == 0], "two clusters"),
    ],
)
def test_cross_lagged_panel_refuses(change, says):
    with pytest.raises(ValueError, match=says):
        cross_lagged_panel(
            change(simulate_panel(0.2, 0.1, units=9)), "unit", "period", "engagement", "cx"
        )


@pytest.mark.parametrize(
    ("items", "says"),
    [
        (pd.DataFrame({"a": [1.0, np.nan, 3.0], "b": [1.0, 2.0, 3.0]}), "without gaps"),
        (pd.DataFrame({"a": [1.0, np.inf, 3.0], "b": [1.0, 2.0, 3.0]}), "finite"),
        (pd.DataFrame({"a": [1.0, 2.0, 3.0]}), "2 items"),
        (pd.DataFrame({"a": [], "b": []}), "at least"),
        (pd.DataFrame({"a": [3.0, 3.0], "b": [3.0, 3.0]}), "never varies"),
        (pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]}), "never varies"),
    ],
)
def test_reliability_refuses(items, says):
    with pytest.raises(ValueError, match=says):
        cronbach_alpha(items)
