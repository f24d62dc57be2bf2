"""Choosing: which improvements fit a budget, and which option the criteria favour.

Money is in ₫, value in any one unit (points of experience, ₫ of benefit).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlib.models import _checks as check

Requirements = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Projects chosen within a budget.

    Attributes:
        chosen: names, in the order of the projects given.
        cost: what they cost together, ₫.
        value: what they bring together.
    """

    chosen: tuple[str, ...]
    cost: float
    value: float


@dataclass(frozen=True, slots=True)
class _Market:
    """Checked projects and what each of them drags along."""

    costs: dict[str, float]
    values: dict[str, float]
    budget: float
    needs: dict[str, frozenset[str]]

    def portfolio(self, chosen: Iterable[str]) -> Portfolio:
        members = set(chosen)
        names = tuple(name for name in self.costs if name in members)
        return Portfolio(names, self.cost(names), sum((self.values[name] for name in names), 0.0))

    def cost(self, names: Iterable[str]) -> float:
        return sum((self.costs[name] for name in names), 0.0)


def best_portfolio(
    costs: pd.Series[float],
    values: pd.Series[float],
    budget: float,
    requires: Requirements | None = None,
) -> Portfolio:
    r"""The most valuable set of projects that a budget can pay, exactly.

    .. math:: \max \sum_i v_i x_i, \qquad \sum_i c_i x_i \leq B, \qquad
       x_i \in \{0, 1\}, \qquad x_i \leq x_j \;\; (i \rightarrow j)

    where i → j says that project i requires j. Branch and bound: projects are decided by
    falling value per ₫; a branch is left as soon as filling the rest of the budget with
    fractions of projects could not beat the best set found.

    Source: Kolesar (1967); bound: Dantzig (1957).

    Args:
        costs: ₫ by project, 0 or more.
        values: value by project, 0 or more.
        budget: ₫ at hand, 0 or more.
        requires: for a project, the projects it cannot do without.

    Returns:
        A set that no other affordable set outdoes.

    Raises:
        ValueError: for projects that do not match or are named twice, unknown requirements, or
            amounts that are negative or missing.
    """
    market = _market(costs, values, budget, requires)
    order, spendable = _by_density(market), _spendable(market)
    dependents = {
        name: frozenset(other for other in order if name in market.needs[other]) for name in order
    }
    best = market.portfolio(())
    branches = [(frozenset[str](), frozenset[str]())]
    while branches:
        taken, refused = branches.pop()
        spent = market.cost(taken)
        worth = sum(market.values[name] for name in taken)
        if worth > best.value:
            best = market.portfolio(taken)
        open_names = [name for name in order if name not in taken and name not in refused]
        left = spendable - spent
        if not open_names or worth + _fractional_value(market, open_names, left) <= best.value:
            continue
        name = open_names[0]
        branches.append((taken, refused | dependents[name]))
        added = market.needs[name] - taken
        if market.cost(added) <= left:
            branches.append((taken | added, refused))
    return best


def worst_first(
    costs: pd.Series[float],
    values: pd.Series[float],
    scores: pd.Series[float],
    budget: float,
    requires: Requirements | None = None,
) -> Portfolio:
    """The popular rule: mend the worst-rated touchpoint first, then the next, while money lasts.

    A project that the rest of the budget cannot pay, with what it requires, is passed over.

    Args:
        costs: ₫ by project, 0 or more.
        values: value by project, 0 or more.
        scores: today's score of the touchpoint each project mends.
        budget: ₫ at hand, 0 or more.
        requires: for a project, the projects it cannot do without.

    Returns:
        The set the rule arrives at.

    Raises:
        ValueError: as :func:`best_portfolio`.
    """
    return _fill(_market(costs, values, budget, requires), scores)


def cheapest_first(
    costs: pd.Series[float],
    values: pd.Series[float],
    budget: float,
    requires: Requirements | None = None,
) -> Portfolio:
    """The cautious rule: do the cheapest project first, then the next, while money lasts.

    Args:
        costs: ₫ by project, 0 or more.
        values: value by project, 0 or more.
        budget: ₫ at hand, 0 or more.
        requires: for a project, the projects it cannot do without.

    Returns:
        The set the rule arrives at.

    Raises:
        ValueError: as :func:`best_portfolio`.
    """
    return _fill(_market(costs, values, budget, requires), costs)


def rank_options(
    scores: pd.DataFrame,
    weights: pd.Series[float],
    weight_error: float = 0.3,
    draws: int = 10_000,
    seed: int = 0,
) -> pd.DataFrame:
    r"""Weighted decision matrix, and how firmly the first rank stands.

    .. math:: S_i = \sum_j w_j s_{ij}, \qquad
       w_j^{(d)} \propto w_j\, U_j, \quad U_j \sim \mathrm{U}(1 - e, 1 + e)

    Args:
        scores: one row an option, one column a criterion, all in one direction and on one scale.
        weights: importance by criterion, 0 or more, scaled to sum to one.
        weight_error: e, how wrong each weight may be, as a ratio of it, 0 to 1.
        draws: Monte Carlo draws of the weights.
        seed: of the random numbers.

    Returns:
        One row an option, the best first; columns score, rank (1 = best) and first_share
        (share of draws in which the option comes first; ties share).

    Raises:
        ValueError: for criteria that do not match, gaps, or weights that are negative or all zero.
    """
    if set(scores.columns) != set(weights.index) or len(weights) != scores.shape[1]:
        raise ValueError("scores and weights must name the same criteria")
    s = check.table("scores", scores).to_numpy()
    w = check.shares("weights", weights[scores.columns].to_numpy(), scores.shape[1])
    error = check.number("weight_error", weight_error, 0, 1)
    factors = np.random.default_rng(seed).uniform(
        1 - error, 1 + error, size=(check.count("draws", draws), w.size)
    )
    drawn = (w * factors) @ s.T
    wins = np.isclose(drawn, drawn.max(axis=1, keepdims=True), rtol=1e-12, atol=0)
    table = pd.DataFrame({"score": s @ w}, index=scores.index)
    table["rank"] = table["score"].rank(ascending=False, method="min").astype(int)
    table["first_share"] = (wins / wins.sum(axis=1, keepdims=True)).mean(axis=0)
    return table.sort_values("rank", kind="stable")


def _market(
    costs: pd.Series[float],
    values: pd.Series[float],
    budget: float,
    requires: Requirements | None,
) -> _Market:
    if not costs.index.is_unique or set(costs.index) != set(values.index):
        raise ValueError("costs and values must name the same projects, each once")
    table = check.table("projects", pd.DataFrame({"cost": costs, "value": values}))
    if (table < 0).any(axis=None):
        raise ValueError("costs and values must not be negative")
    direct = {name: tuple((requires or {}).get(name, ())) for name in costs.index}
    strangers = {*(requires or {}), *(need for needs in direct.values() for need in needs)}
    if not strangers <= set(direct):
        raise ValueError(f"requirements name unknown projects: {sorted(strangers - set(direct))}")
    return _Market(
        costs=dict(zip(costs.index, table.loc[costs.index, "cost"], strict=True)),
        values=dict(zip(costs.index, table.loc[costs.index, "value"], strict=True)),
        budget=check.number("budget", budget, 0),
        needs={name: _with_requirements(name, direct) for name in direct},
    )


def _with_requirements(name: str, direct: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The project and everything it needs, directly or through others."""
    found, waiting = {name}, [name]
    while waiting:
        new = set(direct[waiting.pop()]) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def _spendable(market: _Market) -> float:
    """The part of the budget that costs in round amounts can use up at all."""
    if not all(cost.is_integer() for cost in market.costs.values()):
        return market.budget
    step = math.gcd(*(int(cost) for cost in market.costs.values()))
    return market.budget // step * step if step else market.budget


def _by_density(market: _Market) -> list[str]:
    """Projects by falling value per ₫; those that cost nothing come first."""

    def density(name: str) -> float:
        cost = market.costs[name]
        return market.values[name] / cost if cost > 0 else float("inf")

    return sorted(market.costs, key=density, reverse=True)


def _fractional_value(market: _Market, names: Sequence[str], budget: float) -> float:
    """Value if projects in this order could be bought in fractions and freed of requirements."""
    value = 0.0
    for name in names:
        cost = market.costs[name]
        if cost > budget:
            return value + market.values[name] * budget / cost
        value, budget = value + market.values[name], budget - cost
    return value


def _fill(market: _Market, priority: pd.Series[float]) -> Portfolio:
    """Take projects by rising priority, each with what it needs, if the budget still pays."""
    if set(priority.index) != set(market.costs) or not priority.index.is_unique:
        raise ValueError("scores must name the same projects, each once")
    check.numbers("scores", priority.to_numpy())
    taken: frozenset[str] = frozenset()
    for name in priority.sort_values(kind="stable").index:
        if market.cost(taken | market.needs[name]) <= market.budget:
            taken |= market.needs[name]
    return market.portfolio(taken)
