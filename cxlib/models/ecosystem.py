"""The CX ecosystem: people, systems, products and processes, and whether they pull one way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models import _checks as check
from cxlib.models._checks import FloatArray

Order = Literal["cx_first", "ex_first", "together", "cx_only", "ex_only"]

_AS_GOOD_AS_ZERO: Final = 1e-15


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """How far the units of a company point the way its customers look.

    Attributes:
        by_unit: cosine between each unit's priorities and the customers', −1 to 1.
        together: cosine between the sum of all units' priorities and the customers'.
        delivered: share of the units' summed strength that reaches the customers, −1 to 1;
            what is missing is spent pulling against one another.
    """

    by_unit: pd.Series[float]
    together: float
    delivered: float


@dataclass(frozen=True, slots=True)
class Concordance:
    """How far several raters rank the same things alike.

    Attributes:
        w: Kendall's W, from 0 (no agreement) to 1 (one ranking).
        chi_squared: Friedman's statistic m(n − 1)W, corrected for ties.
        p: probability of so much agreement among raters who rank at random.
    """

    w: float
    chi_squared: float
    p: float


@dataclass(frozen=True, slots=True)
class InvestmentSetting:
    """The company in which money is put into employees and into customer-facing systems.

    All scores run 0–100. The default slopes are those of the course's simulated stores; the costs
    are teaching numbers.

    Attributes:
        contact: contact intensity, 0 (no human contact) to 1.
        feedback: points of engagement gained for each point of experience gained.
        alignment: how far employees know the company's direction for its customers (the CX
            compass), 0 to 1.
        months: length of the plan.
        monthly_budget: money spent a month, ₫.
        engagement: engagement at the start.
        satisfaction: employee satisfaction at the start.
        system: quality of systems, processes and product at the start.
        cx: customer experience at the start.
        engagement_slope: points of experience per point of engagement at contact 1.
        system_slope: points of experience per point of system quality.
        ex_cost: money that closes 63 % (1 − 1/e) of the gap to 100 in engagement, ₫.
        cx_cost: the same for systems, ₫.
    """

    contact: float
    feedback: float = 0.15
    alignment: float = 1.0
    months: int = 24
    monthly_budget: float = 200e6
    engagement: float = 62.0
    satisfaction: float = 62.0
    system: float = 65.0
    cx: float = 70.0
    engagement_slope: float = 0.40
    system_slope: float = 0.50
    ex_cost: float = 2e9
    cx_cost: float = 3e9

    def __post_init__(self) -> None:
        """Refuse settings the model has no answer for."""
        for name in ("contact", "feedback", "alignment"):
            check.number(name, getattr(self, name), 0, 1)
        for name in ("engagement", "satisfaction", "system", "cx"):
            check.number(name, getattr(self, name), 0, 100)
        for name in ("monthly_budget", "engagement_slope", "system_slope"):
            check.number(name, getattr(self, name), 0)
        for name in ("ex_cost", "cx_cost"):
            check.positive(name, getattr(self, name))
        check.count("months", self.months)


def ces_aggregate(scores: ArrayLike, rho: float = 1.0, weights: ArrayLike | None = None) -> float:
    r"""Overall experience from its elements, anywhere between average and weakest link.

    .. math:: CX = \left(\sum_i w_i x_i^{\rho}\right)^{1/\rho}, \qquad \sum_i w_i = 1

    ρ = 1 is the weighted mean, ρ → 0 the geometric mean, ρ → −∞ the minimum. Computed from the
    dominant element outwards, so that no power overflows and no digits are lost near ρ = 0.

    Source: Arrow, Chenery, Minhas & Solow (1961); weakest link: Kremer (1993).

    Args:
        scores: elements, each 0 or more, on one scale.
        rho: substitutability, at most 1; ``-math.inf`` for the weakest link.
        weights: importance of the elements, scaled to sum to one; equal if not given.

    Returns:
        The aggregate, on the scale of the scores.

    Raises:
        ValueError: for no scores, negative ones, unusable weights or ρ above 1.
    """
    x, w = _elements(scores, weights, rho)
    x, w = x[w > 0], w[w > 0]
    if rho == -math.inf:
        return float(x.min())
    if x.max() == 0 or (x.min() == 0 and rho < _AS_GOOD_AS_ZERO):
        return 0.0
    with np.errstate(divide="ignore", over="ignore"):
        logs = np.log(x)
        if abs(rho) < _AS_GOOD_AS_ZERO:
            log_aggregate = float(w @ logs)
        else:
            leading = float(logs.max() if rho > 0 else logs.min())
            rest = float(w @ np.expm1(rho * (logs - leading)))
            log_aggregate = leading + math.log1p(rest) / rho
    return float(np.clip(math.exp(log_aggregate), x.min(), x.max()))


def marginal_payoff(
    scores: ArrayLike,
    rho: float = 1.0,
    weights: ArrayLike | None = None,
    effort: float = 1.0,
    ceiling: float = 100.0,
) -> FloatArray:
    r"""What the next points of effort pay, element by element.

    .. math:: \Delta_i = CX(x_1, \dots, \min(x_i + e, K), \dots, x_n) - CX(x)

    Args:
        scores: elements, 0 to ``ceiling``.
        rho: substitutability, at most 1.
        weights: importance of the elements; equal if not given.
        effort: e, points added to one element at a time.
        ceiling: K, highest score an element can have.

    Returns:
        The gain in the aggregate for each element, shape of ``scores``.

    Raises:
        ValueError: for scores above the ceiling, effort that is not positive, or what
            :func:`ces_aggregate` refuses.
    """
    x, w = _elements(scores, weights, rho, ceiling)
    check.positive("effort", effort)
    raised = np.minimum(x + effort * np.eye(x.size), ceiling)
    now = ces_aggregate(x, rho, w)
    return np.array([ces_aggregate(row, rho, w) - now for row in raised])


def allocate_effort(
    scores: ArrayLike,
    effort: float,
    rho: float = 1.0,
    weights: ArrayLike | None = None,
    ceiling: float = 100.0,
) -> FloatArray:
    r"""The best way to share out a given effort among the elements.

    Every element that receives effort ends where its marginal pay-off equals the others':

    .. math:: x_i \propto w_i^{1/(1-\rho)}, \qquad s_i \leq x_i \leq K

    so elements are filled like vessels to one level; with ρ = 1 the most important element takes
    all it can first. Effort that finds no room is left over.

    Args:
        scores: s, elements today, 0 to ``ceiling``.
        effort: points to share out, 0 or more.
        rho: substitutability, at most 1.
        weights: importance of the elements; equal if not given.
        ceiling: K, highest score an element can have.

    Returns:
        Points given to each element, shape of ``scores``.

    Raises:
        ValueError: for negative effort, scores above the ceiling, or what
            :func:`ces_aggregate` refuses.
    """
    x, w = _elements(scores, weights, rho, ceiling)
    check.number("effort", effort, 0)
    room = np.where(w > 0, ceiling - x, 0.0)
    if effort >= room.sum():
        return np.asarray(room)
    if rho == 1:
        order = np.argsort(-w, kind="stable")
        taken_before = np.cumsum(room[order]) - room[order]
        given = np.zeros_like(x)
        given[order] = np.clip(effort - taken_before, 0, room[order])
        return given
    with np.errstate(divide="ignore"):
        tilt = np.log(w / w.max()) / (1 - rho)

    def given_at(level: float) -> FloatArray:
        with np.errstate(over="ignore"):
            return np.asarray(np.clip(np.exp(level + tilt), x, x + room) - x)

    low, high = -50.0, math.log(ceiling) - float(tilt[w > 0].min())
    while high - low > 1e-13 * max(1.0, abs(high)):
        middle = (low + high) / 2
        low, high = (middle, high) if given_at(middle).sum() < effort else (low, middle)
    return given_at(high)


def alignment(units: pd.DataFrame, customers: pd.Series[float]) -> Alignment:
    r"""Do the units' priorities point the way the customers' do?

    .. math:: \cos\theta_u = \frac{a_u \cdot b}{\|a_u\|\,\|b\|}, \qquad
       D = \frac{\sum_u a_u \cdot b}{\|b\| \sum_u \|a_u\|}

    Args:
        units: priorities a, one row a unit, one column a topic.
        customers: importance b of the same topics to customers, by topic.

    Returns:
        The cosine of each unit, of all together, and the share D of strength delivered.

    Raises:
        ValueError: when topics differ, values are not finite, or a unit, the customers or the
            sum of units has no priorities at all.
    """
    if set(units.columns) != set(customers.index) or len(customers) != units.shape[1]:
        raise ValueError("units and customers must rate the same topics")
    a = check.table("units", units, columns=2).to_numpy()
    b = check.numbers("customers", customers[units.columns].to_numpy())
    strength, total = np.linalg.norm(a, axis=1), a.sum(axis=0)
    if not strength.all() or not b.any() or not total.any():
        raise ValueError("priorities must not all be zero")
    towards = a @ (b / np.linalg.norm(b))
    return Alignment(
        by_unit=pd.Series(np.clip(towards / strength, -1, 1), index=units.index),
        together=float(np.clip(towards.sum() / np.linalg.norm(total), -1, 1)),
        delivered=float(np.clip(towards.sum() / strength.sum(), -1, 1)),
    )


def kendall_w(ratings: pd.DataFrame) -> Concordance:
    r"""Do several raters put the same things first?

    .. math:: W = \frac{12 S}{m^2 (n^3 - n) - m \sum_j T_j}, \qquad
       T_j = \sum_{g} (t_g^3 - t_g)

    with m raters, n things, S the squared deviations of the rank sums and t the size of each
    group of ties; tied things share their mean rank.

    Source: Kendall & Babington Smith (1939); ties: Kendall (1948); test: Friedman (1937).

    Args:
        ratings: one row a rater, one column a thing; ranks or scores, all in one direction.

    Returns:
        W with Friedman's test of no agreement.

    Raises:
        ValueError: for fewer than two raters or things, gaps, or raters who tell nothing apart.
    """
    from scipy import stats

    ranks = check.table("ratings", ratings, rows=2, columns=2).rank(axis=1).to_numpy()
    m, n = ranks.shape
    ties = sum(int((t**3 - t).sum()) for t in (np.unique(r, return_counts=True)[1] for r in ranks))
    spread = m**2 * (n**3 - n) - m * ties
    if spread == 0:
        raise ValueError("every rater gives all things the same rank")
    sums = ranks.sum(axis=0)
    w = float(np.clip(12 * ((sums - sums.mean()) ** 2).sum() / spread, 0, 1))
    chi_squared = m * (n - 1) * w
    return Concordance(w, chi_squared, float(stats.chi2.sf(chi_squared, n - 1)))


def simulate_order(setting: InvestmentSetting, order: Order) -> pd.DataFrame:
    r"""Month by month, what an order of investment does to employees and customers.

    A declared teaching model. With cumulative spending :math:`M^{EX}_t` on employees and
    :math:`M^{CX}_t` on systems, contact C, feedback d and alignment A:

    .. math::
       S_t &= 100 - (100 - S_0)\,e^{-M^{CX}_t / \kappa_{CX}} \\
       E_t &= 100 - (100 - E_0)\,e^{-A M^{EX}_t / \kappa_{EX}} + d\,(CX_{t-1} - CX_0) \\
       CX_t &= CX_0 + \beta_E\, C\,(E_t - E_0) + \beta_S\,(S_t - S_0)

    (E and CX stop at 100). Money closes ever less of the gap that is left. Spending on employees
    always raises their *satisfaction* by the same curve with A = 1; it raises *engagement* only as
    far as they know what they are to do for customers. Nothing decays, and effects come in the
    month of spending; only the customers' answer takes a month to reach the employees.

    ``cx_first`` and ``ex_first`` spend half the months on each, ``together`` half the budget on
    each every month.

    Source: The course's own model; feedback after Yee, Yeung & Cheng (2008), contact after
    Homburg & Stock (2004).

    Args:
        setting: the company, its budget and its slopes.
        order: which spending comes first.

    Returns:
        ``months + 1`` rows indexed by month (0 = today); columns ex_spend, cx_spend (₫),
        engagement, satisfaction, system, cx (0–100).

    Raises:
        ValueError: for an unknown order.
    """
    ex_spend = setting.monthly_budget * _ex_share(order, setting.months)
    cx_spend = setting.monthly_budget - ex_spend
    ex_total, cx_total = np.cumsum(ex_spend), np.cumsum(cx_spend)
    system = _closing_gap(setting.system, cx_total / setting.cx_cost)
    satisfaction = _closing_gap(setting.satisfaction, ex_total / setting.ex_cost)
    engaged = _closing_gap(setting.engagement, setting.alignment * ex_total / setting.ex_cost)
    engagement, cx = np.empty(setting.months), np.empty(setting.months)
    gained = 0.0
    for t in range(setting.months):
        engagement[t] = min(engaged[t] + setting.feedback * gained, 100)
        by_people = (
            setting.engagement_slope * setting.contact * (engagement[t] - setting.engagement)
        )
        by_system = setting.system_slope * (system[t] - setting.system)
        cx[t] = min(setting.cx + by_people + by_system, 100)
        gained = cx[t] - setting.cx
    start = [0.0, 0.0, setting.engagement, setting.satisfaction, setting.system, setting.cx]
    months = np.column_stack([ex_spend, cx_spend, engagement, satisfaction, system, cx])
    return pd.DataFrame(
        np.vstack([start, months]),
        columns=["ex_spend", "cx_spend", "engagement", "satisfaction", "system", "cx"],
        index=pd.RangeIndex(setting.months + 1, name="month"),
    )


def compare_orders(
    setting: InvestmentSetting, orders: Sequence[Order] = ("cx_first", "ex_first", "together")
) -> pd.DataFrame:
    """Which order of investment gives customers most over the whole plan?

    Args:
        setting: the company, its budget and its slopes.
        orders: the orders compared; the three given spend the same on each side by the end.

    Returns:
        One row an order, the best first; columns cumulative_cx (points of experience gained ×
        months), final_cx, final_engagement, final_satisfaction.
    """
    rows = {}
    for order in orders:
        path = simulate_order(setting, order)
        rows[order] = {
            "cumulative_cx": (path["cx"] - setting.cx).sum(),
            "final_cx": path["cx"].iloc[-1],
            "final_engagement": path["engagement"].iloc[-1],
            "final_satisfaction": path["satisfaction"].iloc[-1],
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.sort_values("cumulative_cx", ascending=False, kind="stable")


def _elements(
    scores: ArrayLike, weights: ArrayLike | None, rho: float, ceiling: float = math.inf
) -> tuple[FloatArray, FloatArray]:
    if math.isnan(rho) or rho > 1:
        raise ValueError(f"rho must be at most 1, got {rho}")
    x = check.numbers("scores", scores, low=0, high=ceiling)
    return x, check.shares("weights", weights, x.size)


def _ex_share(order: Order, months: int) -> FloatArray:
    first_half = np.clip(months / 2 - np.arange(months), 0, 1)
    shares: Mapping[Order, FloatArray] = {
        "cx_first": 1 - first_half,
        "ex_first": first_half,
        "together": np.full(months, 0.5),
        "cx_only": np.zeros(months),
        "ex_only": np.ones(months),
    }
    if order not in shares:
        raise ValueError(f"order must be one of {', '.join(shares)}, got {order}")
    return shares[order]


def _closing_gap(start: float, effort: FloatArray) -> FloatArray:
    return np.asarray(100 - (100 - start) * np.exp(-effort))
