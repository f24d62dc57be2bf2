"""BG/NBD and Gamma–Gamma against published fits of CDNOW, against lifetimes, and against truth."""

from __future__ import annotations

from dataclasses import astuple
from importlib.resources import files

import lifetimes
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlib.models.purchases import (
    BgNbd,
    GammaGamma,
    bgnbd_alive,
    bgnbd_expected_purchases,
    bgnbd_fit,
    bgnbd_log_likelihood,
    gamma_gamma_expected_value,
    gamma_gamma_fit,
)

PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)

shapes = st.floats(0.05, 20)
models = st.builds(BgNbd, shapes, shapes, shapes, shapes)
histories = st.tuples(st.integers(0, 60), st.floats(0.01, 1), st.floats(0.1, 200)).map(
    lambda h: (h[0], h[1] * h[2] if h[0] else 0.0, h[2])
)


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    path = files("lifetimes") / "datasets" / "cdnow_customers_summary_with_transactions.csv"
    with path.open() as source:
        return pd.read_csv(source)


@pytest.fixture(scope="module")
def buying(cdnow) -> BgNbd:
    return bgnbd_fit(cdnow.x, cdnow.t_x, cdnow["T"])


@pytest.fixture(scope="module")
def spending(cdnow) -> GammaGamma:
    return gamma_gamma_fit(cdnow.x, cdnow.zbar)


# Published figures


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("r", 0.2426, id="O10 r Fader-Hardie-Lee 2005 [V]"),
        pytest.param("alpha", 4.4136, id="O10 alpha Fader-Hardie-Lee 2005 [V]"),
        pytest.param("a", 0.7930, id="O10 a Fader-Hardie-Lee 2005 [V]"),
        pytest.param("b", 2.4260, id="O10 b Fader-Hardie-Lee 2005 [V]"),
    ],
)
def test_bgnbd_fit_of_cdnow(buying, name, expected) -> None:
    found = getattr(buying, name)
    assert found == pytest.approx(expected, abs=1e-3), f"{name} is {found}"


@pytest.mark.parametrize(
    "expected", [pytest.param(-9582.43, id="O10 log-likelihood Fader-Hardie-Lee 2005 [V]")]
)
def test_bgnbd_likelihood_of_cdnow(cdnow, buying, expected) -> None:
    found = bgnbd_log_likelihood(buying, cdnow.x, cdnow.t_x, cdnow["T"])
    assert len(cdnow) == 2357, "these are not the CDNOW customers"
    assert found == pytest.approx(expected, abs=0.01), f"the log-likelihood is {found}"


@pytest.mark.parametrize(
    "expected", [pytest.param(1.2259, id="O11 Fader-Hardie-Lee Excel note [M/X]")]
)
def test_expected_purchases_of_one_customer(buying, expected) -> None:
    found = bgnbd_expected_purchases(buying, 39, 2, 30.43, 38.86)[0]
    assert found == pytest.approx(expected, abs=1e-3), f"expected purchases are {found}"


@pytest.mark.parametrize(
    "expected", [pytest.param(-9595.0, id="O13 Pareto/NBD Fader-Hardie-Lee 2005 [V]")]
)
def test_bgnbd_fits_cdnow_better_than_pareto_nbd(cdnow, buying, expected) -> None:
    pareto_nbd = -lifetimes.ParetoNBDFitter()._negative_log_likelihood(
        [0.5533, 10.578, 0.606, 11.669],
        *cdnow[["x", "t_x", "T"]].to_numpy().T,
        np.ones(len(cdnow)),
        0.0,
    )
    assert pareto_nbd == pytest.approx(expected, abs=0.1), f"Pareto/NBD gives {pareto_nbd}"
    ours = bgnbd_log_likelihood(buying, cdnow.x, cdnow.t_x, cdnow["T"])
    assert ours - pareto_nbd == pytest.approx(12.6, abs=0.1), f"the lead is {ours - pareto_nbd}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("p", 6.249, id="O14 p Fader-Hardie 2013 [M/X]"),
        pytest.param("q", 3.745, id="O14 q Fader-Hardie 2013 [M/X]"),
        pytest.param("v", 15.448, id="O14 v Fader-Hardie 2013 [M/X]"),
    ],
)
def test_gamma_gamma_fit_of_cdnow(cdnow, spending, name, expected) -> None:
    assert (cdnow.x > 0).sum() == 946, "these are not the CDNOW repeat buyers"
    found = getattr(spending, name)
    assert found == pytest.approx(expected, abs=1e-2), f"{name} is {found}"


@pytest.mark.parametrize(
    ("customer", "expected"),
    [
        pytest.param(customer, expected, id=f"O14 customer {customer + 1} lifetimes docs [M/X]")
        for customer, expected in enumerate([24.6586, 18.9115, 35.1710, 35.1710, 35.1710])
    ],
)
def test_expected_baskets_of_cdnow(cdnow, spending, customer, expected) -> None:
    found = gamma_gamma_expected_value(spending, cdnow.x, cdnow.zbar)[customer]
    assert found == pytest.approx(expected, abs=1e-3), f"the expected basket is {found}"


def test_mean_basket_of_the_course_coffee_chain() -> None:
    """D6: p = 4, q = 5, v = 60 000 ₫ give a mean of 60 000 ₫."""
    assert gamma_gamma_expected_value(GammaGamma(4, 5, 60_000), 0, 0)[0] == pytest.approx(60_000)


# Another implementation


def test_bgnbd_agrees_with_lifetimes(cdnow, buying) -> None:
    history = (cdnow.x, cdnow.t_x, cdnow["T"])
    other = lifetimes.BetaGeoFitter().fit(*history)
    assert astuple(buying) == pytest.approx(other.params_.to_numpy(), rel=1e-5)
    alive = other.conditional_probability_alive(*history)
    assert bgnbd_alive(buying, *history) == pytest.approx(alive, abs=1e-6)
    expected = other.conditional_expected_number_of_purchases_up_to_time(39, *history)
    assert bgnbd_expected_purchases(buying, 39, *history) == pytest.approx(expected, abs=1e-4)


def test_gamma_gamma_agrees_with_lifetimes(cdnow, spending) -> None:
    again = cdnow[cdnow.x > 0]
    other = lifetimes.GammaGammaFitter().fit(again.x, again.zbar)
    assert astuple(spending) == pytest.approx(other.params_.to_numpy(), rel=1e-5)


# Truth


def simulated_buyers(model: BgNbd, customers: int, age: float, ahead: float, seed: int):
    """Histories of x, t_x, T and the purchases to come, told by the story of the model."""
    rng = np.random.default_rng(seed)
    pace = rng.gamma(model.r, 1 / model.alpha, customers)
    stop = rng.beta(model.a, model.b, customers)
    rows = []
    for rate, chance in zip(pace, stop, strict=True):
        moment, x, last, later = rng.exponential(1 / rate), 0, 0.0, 0
        while moment <= age + ahead:
            if moment <= age:
                x, last = x + 1, moment
            else:
                later += 1
            if rng.random() < chance:
                break
            moment += rng.exponential(1 / rate)
        rows.append((x, last, age, later))
    return np.array(rows).T


def test_fit_and_forecast_of_simulated_coffee_buyers() -> None:
    """D6: r = .6, α = 4 weeks, a = .8, b = 3.2; a year seen, half a year held out."""
    truth = BgNbd(r=0.6, alpha=4, a=0.8, b=3.2)
    x, last, age, later = simulated_buyers(truth, 20_000, 52, 26, seed=20)
    found = bgnbd_fit(x, last, age)
    assert astuple(found) == pytest.approx(astuple(truth), rel=0.1), f"found {found}"
    expected = bgnbd_expected_purchases(found, 26, x, last, age)
    assert expected.sum() == pytest.approx(later.sum(), rel=0.03), (
        f"{expected.sum():.0f} purchases expected, {later.sum():.0f} made"
    )
    ahead = later > 0
    assert (bgnbd_alive(found, x, last, age)[ahead].mean()) > 0.7, "buyers called dead"


def test_gamma_gamma_fit_of_simulated_baskets() -> None:
    rng = np.random.default_rng(21)
    x = rng.integers(1, 20, 20_000)
    scale = rng.gamma(5, 1 / 60_000, x.size)
    baskets = rng.gamma(4 * x, 1 / scale) / x
    found = gamma_gamma_fit(x, baskets)
    assert astuple(found) == pytest.approx((4, 5, 60_000), rel=0.05), f"found {found}"


# Its own logic


@settings(deadline=None)
@given(model=models, history=histories, ahead=st.floats(0, 100))
def test_chance_and_expectation_are_possible(model: BgNbd, history, ahead: float) -> None:
    alive = bgnbd_alive(model, *history)[0]
    assert 0 <= alive <= 1, f"the chance to be alive is {alive}"
    now, later = (bgnbd_expected_purchases(model, t, *history)[0] for t in (ahead, ahead + 1))
    assert -1e-6 <= now <= later + 1e-6, f"{now} purchases expected, a week later {later}"


@settings(deadline=None)
@given(model=models, age=st.floats(0, 100))
def test_who_never_bought_again_counts_as_alive(model: BgNbd, age: float) -> None:
    assert bgnbd_alive(model, 0, 0, age)[0] == 1


@settings(deadline=None)
@given(model=models, history=histories.filter(lambda h: h[0] > 0), wait=st.floats(0.1, 50))
def test_silence_lowers_the_chance_to_be_alive(model: BgNbd, history, wait: float) -> None:
    x, last, age = history
    alive = bgnbd_alive(model, [x, x], [last, last], [age, age + wait])
    assert alive[1] <= alive[0], f"{alive[0]} before the silence, {alive[1]} after"


@pytest.mark.parametrize(("a", "b", "x"), [(1, 2, 0), (1, 2, 3), (0.5, 0.5, 0), (0.3, 0.7, 0)])
def test_expectation_has_no_hole_where_its_formula_has_one(a: float, b: float, x: int) -> None:
    history = (x, 5.0 if x else 0.0, 30)
    at, below, above = (
        bgnbd_expected_purchases(BgNbd(0.5, 4, a + step, b), 10, *history)[0]
        for step in (0, -1e-3, 1e-3)
    )
    assert at == pytest.approx((below + above) / 2, rel=1e-3), f"{below}, {at}, {above}"


def test_expected_purchases_start_at_the_pace_of_the_living(buying) -> None:
    history = (4, 30.0, 35.0)
    step = 1e-3
    pace = (buying.r + 4) / (buying.alpha + 35.0)
    expected = bgnbd_expected_purchases(buying, step, *history)[0] / step
    alive = bgnbd_alive(buying, *history)[0]
    assert expected == pytest.approx(alive * pace, rel=1e-3), f"the pace is {expected}"


@settings(deadline=None)
@given(x=st.integers(1, 200), mean=st.floats(1, 500))
def test_expected_basket_lies_between_her_own_and_the_common_mean(x: int, mean: float) -> None:
    model = GammaGamma(6.25, 3.74, 15.44)
    common, hers = gamma_gamma_expected_value(model, [0, x], [0, mean])
    assert min(common, mean) - 1e-9 <= hers <= max(common, mean) + 1e-9, f"{hers} is outside"


@pytest.mark.parametrize("x", [1, 20, 1500])
def test_expectation_is_the_mean_over_what_a_buyer_may_be(buying, x: int) -> None:
    """Given her history her pace is Gamma and, while alive, her chance to stop is Beta."""
    rng = np.random.default_rng(11)
    pace = rng.gamma(buying.r + x, 1 / (buying.alpha + 52), 400_000)
    stop = rng.beta(buying.a, buying.b + x, pace.size)
    drawn = (-np.expm1(-pace * stop * 52) / stop).mean() * bgnbd_alive(buying, x, 52, 52)[0]
    expected = bgnbd_expected_purchases(buying, 52, x, 52, 52)[0]
    assert expected == pytest.approx(drawn, rel=0.01), f"{expected} expected, {drawn} drawn"


def test_fit_does_not_depend_on_the_unit_of_time(cdnow, buying) -> None:
    in_days = bgnbd_fit(cdnow.x, cdnow.t_x * 7, cdnow["T"] * 7)
    scaled = BgNbd(buying.r, buying.alpha * 7, buying.a, buying.b)
    assert astuple(in_days) == pytest.approx(astuple(scaled), rel=1e-4), f"in days {in_days}"


# Refusals


@pytest.mark.parametrize(
    ("frequency", "recency", "age", "reason"),
    [
        pytest.param([], [], [], "at least 1", id="empty"),
        pytest.param([1], [float("nan")], [5], "finite", id="gap"),
        pytest.param([1], [2], [float("inf")], "finite", id="infinite"),
        pytest.param([-1], [2], [5], "between", id="negative"),
        pytest.param([1.5], [2], [5], "whole", id="half a purchase"),
        pytest.param([1], [6], [5], "recency", id="bought after the end"),
        pytest.param([0], [2], [5], "recency", id="last purchase without a purchase"),
        pytest.param([1], [0], [5], "recency", id="purchase without a last purchase"),
        pytest.param([1, 2], [2], [5], "one value per customer", id="unequal lengths"),
    ],
)
def test_impossible_histories_are_refused(frequency, recency, age, reason) -> None:
    for ask in (bgnbd_fit, lambda *history: bgnbd_alive(PUBLISHED, *history)):
        with pytest.raises(ValueError, match=reason):
            ask(frequency, recency, age)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        pytest.param(lambda: bgnbd_fit([0, 0], [0, 0], [5, 9]), "again", id="nobody bought again"),
        pytest.param(lambda: bgnbd_fit([3], [5], [5]), "settle", id="one customer"),
        pytest.param(lambda: BgNbd(0, 1, 1, 1), "r must", id="r zero"),
        pytest.param(lambda: GammaGamma(1, 1, -1), "v must", id="v negative"),
        pytest.param(
            lambda: bgnbd_expected_purchases(PUBLISHED, -1, 1, 2, 3), "time", id="time runs back"
        ),
        pytest.param(
            lambda: bgnbd_expected_purchases(BgNbd(0.1, 0.5, 300, 3), 500, 0, 0, 40),
            "too long",
            id="beyond what the function can do",
        ),
        pytest.param(lambda: gamma_gamma_fit([0, 0], [0, 0]), "two customers", id="no baskets"),
        pytest.param(lambda: gamma_gamma_fit([2, 1], [5, 0]), "above 0", id="free basket"),
        pytest.param(lambda: gamma_gamma_fit([2, 1], [5]), "one value", id="basket missing"),
        pytest.param(
            lambda: gamma_gamma_fit([1, 2, 3], [9, 9, 9]), "settle", id="baskets all alike"
        ),
        pytest.param(
            lambda: gamma_gamma_expected_value(GammaGamma(2, 0.9, 1), 0, 0),
            "does not exist",
            id="mean that does not exist",
        ),
    ],
)
def test_what_cannot_be_known_is_refused(ask, reason) -> None:
    with pytest.raises(ValueError, match=reason):
        ask()
