"""Uncertain inputs against closed forms, scipy's beta distribution and SALib."""

from __future__ import annotations

import math
import time
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import sobol as salib_analysis
from SALib.sample import sobol as salib_sample
from scipy import stats

from cxlib.models.programme import Company, investment_case_npv
from cxlib.models.uncertainty import Pert, Uniform, monte_carlo, sobol, tornado

RETAILER = Company(50_000, 600_000, 0.70, 3, 20_000, 250_000, 400, 15e6)
INPUTS = {
    "retention": Pert(0.005, 0.015, 0.03),
    "spend": Pert(0.0, 0.01, 0.03),
    "referral": Pert(0.0, 0.005, 0.015),
    "contacts": Pert(0.02, 0.06, 0.12),
    "cost_overrun": Pert(-0.05, 0.05, 0.4),
    "rate": Pert(0.10, 0.12, 0.14),
}
case = partial(
    investment_case_npv,
    company=RETAILER,
    costs=[1.2e9, 0.5e9, 0.5e9, 0.5e9],
    ramp=(0.4, 0.8, 1.0),
)

triples = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted)
seeds = st.integers(0, 2**32 - 1)


# Three-point estimates


@given(triple=triples, seed=seeds)
def test_pert_samples_stay_in_range_and_around_the_mean(triple: list[float], seed: int) -> None:
    pert = Pert(*triple)
    drawn = pert.sample(np.random.default_rng(seed), 2000)
    slack = 1e-9 * (1 + abs(pert.low) + abs(pert.high))
    assert drawn.min() >= pert.low - slack, f"{drawn.min()} is below {pert}"
    assert drawn.max() <= pert.high + slack, f"{drawn.max()} is above {pert}"
    six_errors = 6 * (pert.high - pert.low) / 2 / math.sqrt(2000)
    assert abs(drawn.mean() - pert.mean) <= six_errors + slack, f"mean {drawn.mean()} of {pert}"


@pytest.mark.parametrize("triple", [(0, 1, 6), (-2, -2, 5), (1, 4, 4), (10, 20, 40)])
def test_pert_is_the_stretched_beta_distribution(triple: tuple[float, float, float]) -> None:
    low, mode, high = triple
    mean = (low + 4 * mode + high) / 6
    alpha = 6 * (mean - low) / (high - low)
    beta = stats.beta(alpha, 6 - alpha, loc=low, scale=high - low)
    pert, shares = Pert(*triple), np.linspace(0, 1, 21)
    assert pert.mean == pytest.approx(beta.mean()), f"mean is {pert.mean}"
    assert pert.quantile(shares) == pytest.approx(beta.ppf(shares)), f"quantiles of {pert} differ"
    drawn = pert.sample(np.random.default_rng(3), 20_000)
    p_value = stats.kstest(drawn, beta.cdf).pvalue
    assert p_value > 1e-4, f"samples of {pert} are not its distribution (p = {p_value})"


def test_a_value_known_for_sure_is_a_pert_too() -> None:
    sure = Pert(0.12, 0.12, 0.12)
    drawn = sure.sample(np.random.default_rng(1), 5)
    assert (drawn == 0.12).all(), f"drawn: {drawn}"
    assert sure.quantile(0.9) == 0.12, f"P90 is {sure.quantile(0.9)}"
    assert sure.mean == pytest.approx(0.12), f"mean is {sure.mean}"


def test_uniform_quantiles_lie_evenly() -> None:
    assert Uniform(-1, 3).quantile([0, 0.25, 1]).tolist() == [-1, 0, 3], "not evenly spread"


@pytest.mark.parametrize(
    "estimate",
    [
        lambda: Pert(2, 1, 3),
        lambda: Pert(1, 4, 3),
        lambda: Pert(1, math.nan, 3),
        lambda: Uniform(1, 0),
        lambda: Uniform(0, math.inf),
    ],
)
def test_estimates_out_of_order_are_refused(estimate) -> None:
    with pytest.raises(ValueError, match="estimate must"):
        estimate()


@pytest.mark.parametrize("estimate", [Pert(0, 1, 2), Uniform(0, 1)])
@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_quantiles_of_what_is_no_share_are_refused(estimate, p: float) -> None:
    with pytest.raises(ValueError, match="share must"):
        estimate.quantile(p)


# Monte Carlo


def test_monte_carlo_of_a_sum_has_the_sum_of_the_means() -> None:
    inputs = {"gain": Pert(0, 10, 30), "cost": Pert(4, 5, 12)}
    run = monte_carlo(lambda x: x["gain"] - x["cost"], inputs, draws=40_000)
    expected = inputs["gain"].mean - inputs["cost"].mean
    four_errors = 4 * run.outcome.std() / math.sqrt(40_000)
    assert abs(run.mean - expected) < four_errors, f"mean {run.mean}, expected {expected}"


def test_loss_is_as_likely_as_gain_in_a_fair_game() -> None:
    run = monte_carlo(lambda x: x["luck"], {"luck": Pert(-1, 0, 1)}, draws=40_000)
    assert run.probability_of_loss == pytest.approx(0.5, abs=4 * 0.5 / 200), "the game is not fair"
    assert run.value_at_risk == pytest.approx(-float(Pert(-1, 0, 1).quantile(0.05)), abs=0.02), (
        f"value at risk is {run.value_at_risk}"
    )


def test_outcomes_belong_to_the_inputs_beside_them() -> None:
    run = monte_carlo(case, INPUTS, draws=50)
    again = case({name: run.inputs[name].to_numpy() for name in INPUTS})
    assert list(run.inputs.columns) == list(INPUTS), f"inputs are {list(run.inputs.columns)}"
    assert run.outcome == pytest.approx(again), "the inputs do not lead to the outcomes"


def test_a_seed_names_its_scenarios() -> None:
    first, same, other = (monte_carlo(case, INPUTS, 50, seed).outcome for seed in (7, 7, 8))
    assert (first == same).all(), "the same seed gave other scenarios"
    assert (first != other).any(), "another seed gave the same scenarios"


@settings(deadline=None)
@given(seed=seeds, budget=st.floats(0, 1e10))
def test_probability_of_loss_is_a_probability_and_agrees_with_the_quantiles(
    seed: int, budget: float
) -> None:
    costly = partial(case, costs=[budget, 0.0, 0.0, 0.0])
    run = monte_carlo(costly, INPUTS, draws=200, seed=seed)
    lost = run.probability_of_loss
    assert 0 <= lost <= 1, f"P(loss) is {lost}"
    assert run.quantile(0) == run.outcome.min(), "P0 is not the worst outcome"
    assert run.quantile(1) == run.outcome.max(), "P100 is not the best outcome"
    if run.value_at_risk > 0:
        assert lost >= 0.05, f"5 % lose {run.value_at_risk} but P(loss) is {lost}"


def test_a_hundred_thousand_cases_take_at_most_50_ms() -> None:
    rng = np.random.default_rng(1)
    drawn = {name: estimate.sample(rng, 100_000) for name, estimate in INPUTS.items()}

    def seconds() -> float:
        start = time.process_time()
        case(drawn)
        return time.process_time() - start

    best = min(seconds() for _ in range(10))
    assert best <= 0.050, f"100,000 investment cases took {best * 1000:.0f} ms"


# Tornado


def test_tornado_moves_one_input_and_leaves_the_others_at_their_mode() -> None:
    inputs = {"price": Pert(1, 2, 4), "amount": Pert(10, 50, 60)}
    bars = tornado(lambda x: x["price"] * x["amount"], inputs)
    assert list(bars.columns) == ["low", "high", "swing"], f"columns {list(bars.columns)}"
    by_price = 50 * stats.beta(1 + 4 / 3, 5 - 4 / 3, loc=1, scale=3).ppf([0.1, 0.9])
    by_amount = 2 * stats.beta(1 + 3.2, 5 - 3.2, loc=10, scale=50).ppf([0.1, 0.9])
    assert bars.loc["price", ["low", "high"]].tolist() == pytest.approx(by_price), "price bar"
    assert bars.loc["amount", ["low", "high"]].tolist() == pytest.approx(by_amount), "amount bar"


def test_tornado_shows_the_widest_swing_first() -> None:
    bars = tornado(case, INPUTS)
    assert sorted(bars.index) == sorted(INPUTS), f"bars {list(bars.index)}"
    assert bars["swing"].is_monotonic_decreasing, f"swings {bars['swing'].tolist()}"
    assert bars.loc["cost_overrun", "low"] > bars.loc["cost_overrun", "high"], "overrun pays"
    assert bars.loc["retention", "low"] < bars.loc["retention", "high"], "retention costs"


def test_tornado_of_a_value_known_for_sure_has_no_swing() -> None:
    bars = tornado(case, {**INPUTS, "rate": Pert(0.12, 0.12, 0.12)})
    assert bars.loc["rate", "swing"] == 0, f"it swings by {bars.loc['rate', 'swing']}"


# Sobol


ISHIGAMI = {name: Uniform(-math.pi, math.pi) for name in ("x1", "x2", "x3")}


def ishigami(x):
    return np.sin(x["x1"]) + 7 * np.sin(x["x2"]) ** 2 + 0.1 * x["x3"] ** 4 * np.sin(x["x1"])


def ishigami_indices(a: float, b: float) -> pd.DataFrame:
    first = (1 + b * math.pi**4 / 5) ** 2 / 2
    second = a**2 / 8
    third_with_first = b**2 * math.pi**8 * (1 / 18 - 1 / 50)
    parts = np.array([[first, second, 0], [first + third_with_first, second, third_with_first]])
    return pd.DataFrame(
        parts.T / (first + second + third_with_first), ["x1", "x2", "x3"], ["S1", "ST"]
    )


@pytest.mark.parametrize(
    ("name", "index", "expected"),
    [
        pytest.param("x1", "S1", 0.313905, id="O25 Ishigami S1 of x1 [X]"),
        pytest.param("x2", "S1", 0.442411, id="O25 Ishigami S1 of x2 [X]"),
        pytest.param("x3", "S1", 0.0, id="O25 Ishigami S1 of x3 [X]"),
        pytest.param("x1", "ST", 0.557589, id="O25 Ishigami ST of x1 [X]"),
        pytest.param("x2", "ST", 0.442411, id="O25 Ishigami ST of x2 [X]"),
        pytest.param("x3", "ST", 0.243684, id="O25 Ishigami ST of x3 [X]"),
    ],
)
def test_sobol_indices_of_ishigami(name: str, index: str, expected: float) -> None:
    analytic = ishigami_indices(a=7, b=0.1).loc[name, index]
    assert analytic == pytest.approx(expected, abs=1e-6), f"analytic {index} is {analytic}"
    estimate = sobol(ishigami, ISHIGAMI).loc[name, index]
    assert estimate == pytest.approx(expected, abs=0.02), f"{index} of {name} is {estimate}"


def test_larger_samples_bring_sobol_closer() -> None:
    error = abs(sobol(ishigami, ISHIGAMI, n=2**15) - ishigami_indices(a=7, b=0.1)).max(axis=None)
    assert error < 0.002, f"with 32,768 scenarios the indices still miss by {error}"


def test_sobol_of_the_investment_case_agrees_with_salib() -> None:
    bounds = {name: Uniform(pert.low, pert.high) for name, pert in INPUTS.items()}
    problem = {
        "num_vars": len(bounds),
        "names": list(bounds),
        "bounds": [[uniform.low, uniform.high] for uniform in bounds.values()],
    }
    scenarios = salib_sample.sample(problem, 4096, calc_second_order=False, seed=2)
    outcomes = case(dict(zip(bounds, scenarios.T, strict=True)))
    theirs = salib_analysis.analyze(problem, outcomes, calc_second_order=False, seed=2)
    ours = sobol(case, bounds, n=4096)
    assert ours["S1"].to_numpy() == pytest.approx(theirs["S1"], abs=0.02), "first order differs"
    assert ours["ST"].to_numpy() == pytest.approx(theirs["ST"], abs=0.02), "total differs"


def test_sobol_indices_of_a_sum_are_the_shares_of_variance() -> None:
    inputs = {"a": Uniform(0, 1), "b": Uniform(0, 2), "sure": Pert(3, 3, 3)}
    indices = sobol(lambda x: x["a"] + x["b"] + x["sure"], inputs, n=4096)
    assert indices["S1"].tolist() == pytest.approx([0.2, 0.8, 0], abs=0.005), "first order"
    assert indices["ST"].tolist() == pytest.approx([0.2, 0.8, 0], abs=0.005), "total"


# Refusals


@pytest.mark.parametrize("method", [monte_carlo, tornado, sobol])
@pytest.mark.parametrize(
    ("model", "inputs", "reason"),
    [
        pytest.param(lambda x: x["a"], {}, "uncertain input", id="no inputs"),
        pytest.param(lambda x: 1.0, {"a": Pert(0, 1, 2)}, "must be a row", id="one number"),
        pytest.param(lambda x: x["a"][1:], {"a": Pert(0, 1, 2)}, "must give", id="one too few"),
        pytest.param(lambda x: x["a"] * np.nan, {"a": Pert(0, 1, 2)}, "finite", id="nan"),
    ],
)
def test_models_without_outcomes_are_refused(method, model, inputs, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        method(model, inputs)


@pytest.mark.parametrize("n", [0, 1, 1000])
def test_sobol_refuses_samples_that_are_no_power_of_two(n: int) -> None:
    with pytest.raises(ValueError, match="n must be"):
        sobol(ishigami, ISHIGAMI, n=n)


def test_sobol_refuses_an_outcome_that_does_not_vary() -> None:
    with pytest.raises(ValueError, match="does not vary"):
        sobol(lambda x: 0 * x["a"], {"a": Uniform(0, 1)})


def test_monte_carlo_refuses_no_draws() -> None:
    with pytest.raises(ValueError, match="draws must"):
        monte_carlo(case, INPUTS, draws=0)
