"""Portfolio: the exact choice against brute force, other people's solver, and popular rules."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlib.models.portfolio import best_portfolio, cheapest_first, rank_options, worst_first

MILLION = 1_000_000


@st.composite
def markets(draw):
    names = [f"p{i}" for i in range(draw(st.integers(1, 8)))]
    whole = st.lists(st.integers(0, 30), min_size=len(names), max_size=len(names))
    costs = pd.Series(draw(whole), names, dtype=float) * MILLION
    values = pd.Series(draw(whole), names, dtype=float)
    requires = {
        name: draw(st.lists(st.sampled_from(names), max_size=2))
        for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
    }
    return costs, values, draw(st.integers(0, 90)) * MILLION, requires


def by_brute_force(costs, values, budget, requires) -> float:
    best = 0.0
    for size in range(len(costs) + 1):
        for names in itertools.combinations(costs.index, size):
            whole = all(set(requires.get(name, ())) <= set(names) for name in names)
            if whole and costs[list(names)].sum() <= budget:
                best = max(best, values[list(names)].sum())
    return best


@settings(deadline=None, max_examples=150)
@given(markets())
def test_the_best_portfolio_is_best_affordable_and_whole(market):
    costs, values, budget, requires = market
    found = best_portfolio(costs, values, budget, requires)
    assert found.value == by_brute_force(*market)
    assert found.cost == costs[list(found.chosen)].sum() <= budget
    assert found.value == values[list(found.chosen)].sum()
    for name in found.chosen:
        assert set(requires.get(name, ())) <= set(found.chosen), f"{name} lacks what it requires"


@settings(deadline=None, max_examples=100)
@given(markets(), st.randoms(use_true_random=False))
def test_no_popular_rule_beats_it(market, random):
    costs, values, budget, requires = market
    scores = pd.Series({name: random.random() for name in costs.index})
    best = best_portfolio(costs, values, budget, requires)
    for rival in (
        worst_first(costs, values, scores, budget, requires),
        cheapest_first(costs, values, budget, requires),
    ):
        assert rival.value <= best.value
        assert rival.cost <= budget
        for name in rival.chosen:
            assert set(requires.get(name, ())) <= set(rival.chosen)


@pytest.mark.parametrize("seed", range(4))
def test_forty_projects_agree_with_scipys_solver(seed):
    from scipy.optimize import Bounds, LinearConstraint, milp

    rng = np.random.default_rng(seed)
    names = [f"p{i}" for i in range(40)]
    costs = pd.Series(rng.integers(40, 1200, 40), names, dtype=float)
    values = pd.Series(rng.integers(1, 100, 40), names, dtype=float)
    pairs = [(i, j) for i, j in rng.integers(0, 40, (8, 2)) if i != j]
    requires = {}
    rows = [costs.to_numpy()]
    for i, j in pairs:
        requires.setdefault(names[i], []).append(names[j])
        row = np.zeros(40)
        row[i], row[j] = 1, -1
        rows.append(row)
    solved = milp(
        -values.to_numpy(),
        integrality=np.ones(40),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array(rows), ub=[4000] + [0] * len(pairs)),
        options={"mip_rel_gap": 0},
    )
    ours = best_portfolio(costs * MILLION, values, 4000 * MILLION, requires)
    assert ours.value == pytest.approx(-solved.fun)


def small_market() -> tuple[pd.Series, pd.Series]:
    costs = pd.Series({"quảng cáo": 900, "giao hàng": 800, "CSKH": 700, "web": 100}) * MILLION
    return costs, pd.Series({"quảng cáo": 2.0, "giao hàng": 27.0, "CSKH": 26.0, "web": 4.0})


def test_worst_first_loses_when_the_worst_does_not_matter():
    costs, values = small_market()
    scores = pd.Series({"quảng cáo": 4.0, "giao hàng": 6.0, "CSKH": 7.0, "web": 8.0})
    budget = 1600 * MILLION
    best = best_portfolio(costs, values, budget)
    assert best.chosen == ("giao hàng", "CSKH", "web")
    assert (best.cost, best.value) == (budget, 57)
    assert worst_first(costs, values, scores, budget).chosen == ("quảng cáo", "CSKH")
    assert cheapest_first(costs, values, budget).chosen == best.chosen


def test_one_dong_short_changes_the_choice():
    costs, values = small_market()
    assert best_portfolio(costs, values, 1600 * MILLION - 1).chosen == ("giao hàng", "CSKH")


def test_requirements_are_bought_along_even_through_others():
    costs, values = small_market()
    requires = {"giao hàng": ["web"], "web": ["quảng cáo"]}
    found = best_portfolio(costs, values, 1800 * MILLION, requires)
    assert found.chosen == ("quảng cáo", "giao hàng", "web")


def compass() -> tuple[pd.DataFrame, pd.Series]:
    scores = pd.DataFrame(
        {"khách cần": [9.0, 5.0, 4.0], "ta làm được": [4.0, 7.0, 6.0]},
        index=["tiện lợi", "nhân văn", "giá rẻ"],
    )
    return scores, pd.Series({"ta làm được": 1.0, "khách cần": 1.0})


def test_decision_matrix_by_hand():
    table = rank_options(*compass())
    assert table["score"].to_dict() == pytest.approx(
        {"tiện lợi": 6.5, "nhân văn": 6.0, "giá rẻ": 5.0}
    )
    assert table["rank"].tolist() == [1, 2, 3]


def test_first_rank_is_as_firm_as_the_weights_are_sure():
    shares = [rank_options(*compass(), weight_error=e)["first_share"] for e in (0, 0.3, 0.9)]
    assert shares[0]["tiện lợi"] == 1
    assert 1 > shares[1]["tiện lợi"] > shares[2]["tiện lợi"] > 0.5
    for share in shares:
        assert share["giá rẻ"] == 0, "an option worse on every criterion never comes first"
        assert share.sum() == pytest.approx(1)


def test_share_of_first_ranks_matches_the_exact_probability():
    # "tiện lợi" leads while its 4 points on needs outweigh 3 on ability: U1/U2 > 3/4.
    share = rank_options(*compass(), weight_error=0.5, draws=200_000)["first_share"]["tiện lợi"]
    grid = np.linspace(0.5, 1.5, 20_001)
    exact = np.mean(np.clip((grid / 0.75).clip(max=1.5) - 0.5, 0, 1))
    assert share == pytest.approx(exact, abs=0.005)


def test_equal_options_share_the_first_rank():
    scores = pd.DataFrame({"a": [5.0, 5.0], "b": [3.0, 3.0]}, index=["x", "y"])
    table = rank_options(scores, pd.Series({"a": 0.7, "b": 0.3}))
    assert table["rank"].tolist() == [1, 1]
    assert table["first_share"].tolist() == [0.5, 0.5]


ONE = pd.Series({"p": 1.0})


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: best_portfolio(ONE * math.nan, ONE, 1), "without gaps"),
        (lambda: best_portfolio(ONE, ONE * math.inf, 1), "finite"),
        (lambda: best_portfolio(ONE, -ONE, 1), "not be negative"),
        (lambda: best_portfolio(-ONE, ONE, 1), "not be negative"),
        (lambda: best_portfolio(ONE.iloc[:0], ONE.iloc[:0], 1), "at least 1 rows"),
        (lambda: best_portfolio(ONE, ONE, -1), "budget"),
        (lambda: best_portfolio(ONE, ONE, math.inf), "budget"),
        (lambda: best_portfolio(ONE, pd.Series({"q": 1.0}), 1), "same projects"),
        (lambda: best_portfolio(pd.Series([1.0, 1.0], ["p", "p"]), ONE, 1), "same projects"),
        (lambda: best_portfolio(ONE, ONE, 1, {"p": ["q"]}), "unknown projects"),
        (lambda: best_portfolio(ONE, ONE, 1, {"q": ["p"]}), "unknown projects"),
        (lambda: worst_first(ONE, ONE, ONE * math.nan, 1), "finite"),
        (lambda: worst_first(ONE, ONE, pd.Series({"q": 1.0}), 1), "same projects"),
        (lambda: cheapest_first(ONE, ONE, math.nan), "budget"),
        (lambda: rank_options(compass()[0], pd.Series({"khách cần": 1.0})), "same criteria"),
        (lambda: rank_options(compass()[0], compass()[1] * 0), "all be zero"),
        (lambda: rank_options(compass()[0], compass()[1] * -1), "between 0"),
        (lambda: rank_options(compass()[0] * math.nan, compass()[1]), "without gaps"),
        (lambda: rank_options(*compass(), weight_error=1.5), "weight_error"),
        (lambda: rank_options(*compass(), draws=0), "draws"),
    ],
)
def test_refusals_say_what_is_wrong(call, says):
    with pytest.raises(ValueError, match=says):
        call()
