"""A customer's journey: its score over the stages, what is remembered, and how often it fails."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models import _checks as check

Peak = Literal["best", "worst"]

_TOUCHPOINT_COLUMNS: Final = ["stage", "score", "weight"]


@dataclass(frozen=True, slots=True, eq=False)
class JourneyScore:
    """A journey summed up.

    Attributes:
        overall: weighted mean over the stages, on the scale of the scores.
        stages: weighted mean of each stage, in the order of the stage weights.
    """

    overall: float
    stages: pd.Series[float]


def roll_up(touchpoints: pd.DataFrame, stage_weights: Mapping[str, float]) -> JourneyScore:
    r"""One score for a journey, from its touchpoints through its stages.

    .. math:: CX = \sum_s w_s \sum_{t \in s} w_{t,s}\, x_t, \qquad
       \sum_s w_s = 1, \quad \sum_{t \in s} w_{t,s} = 1

    Source: Stages after Lemon & Verhoef (2016).

    Args:
        touchpoints: one row a touchpoint; columns stage, score (any one scale) and weight
            (0 or more, scaled within its stage).
        stage_weights: importance of each stage, 0 or more, scaled to sum to one.

    Returns:
        The score of the journey and of each stage.

    Raises:
        ValueError: for missing columns, gaps, a stage with weight but no touchpoint or the
            reverse, or weights that are all zero.
    """
    rows = check.columns(touchpoints, _TOUCHPOINT_COLUMNS)
    check.table("scores and weights", rows[["score", "weight"]])
    if set(rows["stage"]) != set(stage_weights):
        raise ValueError("touchpoints and stage weights must name the same stages")
    stages = pd.Series(
        {
            stage: float(
                check.shares(f"weights of stage {stage}", part["weight"].to_numpy(), len(part))
                @ part["score"].to_numpy()
            )
            for stage, part in rows.groupby("stage")
        }
    ).reindex(list(stage_weights))
    weights = check.shares("stage weights", list(stage_weights.values()), len(stages))
    return JourneyScore(float(weights @ stages.to_numpy()), stages)


def peak_end(
    moments: pd.DataFrame, peak: Peak = "best", allow_unvisited: bool = False
) -> pd.Series[float]:
    r"""What a customer remembers if only the peak and the end count.

    .. math:: M = \frac{1}{2}\left(x_{peak} + x_{end}\right)

    Source: Kahneman, Fredrickson, Schreiber & Redelmeier (1993); Redelmeier & Kahneman (1996).

    Args:
        moments: one row a customer, columns in the order of the journey; scores on one scale.
        peak: the ``best`` moment, or the ``worst`` (the negative peak, as in studies of pain).
        allow_unvisited: whether a gap means that the customer skipped this touchpoint; otherwise
            gaps are refused.

    Returns:
        The remembered score of each customer, index of ``moments``.

    Raises:
        ValueError: for no moments, gaps when not allowed, or a customer who visited nothing.
    """
    visited = _visited(moments, allow_unvisited)
    if peak not in ("best", "worst"):
        raise ValueError(f"peak must be best or worst, got {peak}")
    extreme = visited.max(axis=1) if peak == "best" else visited.min(axis=1)
    return (extreme + visited.ffill(axis=1).iloc[:, -1]) / 2


def compare_memory_rules(
    moments: pd.DataFrame, overall: pd.Series[float], allow_unvisited: bool = False
) -> pd.DataFrame:
    r"""Do customers remember the average or the peak and the end?

    Each rule's memory M explains the overall score y in a regression with one slope, so that the
    R² compare.

    .. math:: y = a + b\,M + \varepsilon

    Source: Redelmeier & Kahneman (1996).

    Args:
        moments: one row a customer, columns in the order of the journey.
        overall: overall score of the same customers, same index.
        allow_unvisited: whether a gap means that the customer skipped this touchpoint.

    Returns:
        Three rows, the best first: mean, peak_end, negative_peak_end; columns intercept, slope,
        r_squared, rmse (in the unit of ``overall``).

    Raises:
        ValueError: for fewer than three customers, customers that do not match, gaps when not
            allowed, or scores that never vary.
    """
    if not moments.index.equals(overall.index):
        raise ValueError("moments and overall scores must belong to the same customers")
    y = check.numbers("overall scores", overall.to_numpy(), least=3)
    rules = {
        "mean": _visited(moments, allow_unvisited).mean(axis=1),
        "peak_end": peak_end(moments, "best", allow_unvisited),
        "negative_peak_end": peak_end(moments, "worst", allow_unvisited),
    }
    rows = {}
    for name, rule in rules.items():
        x = rule.to_numpy()
        if np.ptp(x) == 0 or np.ptp(y) == 0:
            raise ValueError("remembered and overall scores must vary among customers")
        slope, intercept = np.polyfit(x, y, 1)
        residual = y - intercept - slope * x
        rows[name] = {
            "intercept": float(intercept),
            "slope": float(slope),
            "r_squared": 1 - residual.var() / y.var(),
            "rmse": math.sqrt((residual**2).mean()),
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.sort_values("r_squared", ascending=False, kind="stable")


def share_below(mean: float, sd: float, limit: float) -> float:
    r"""Share of experiences worse than a limit, if experiences scatter normally.

    .. math:: P(X < L) = \Phi\!\left(\frac{L - \mu}{\sigma}\right)

    Args:
        mean: μ, average experience.
        sd: σ, standard deviation, above 0, in the unit of the mean.
        limit: L, the worst experience still acceptable.

    Returns:
        A share between 0 and 1.

    Raises:
        ValueError: for values that are not finite or a spread that is not positive.
    """
    deviations = (check.number("limit", limit) - check.number("mean", mean)) / check.positive(
        "sd", sd
    )
    return 0.5 * math.erfc(-deviations / math.sqrt(2))


def journey_success(touchpoint_success: ArrayLike) -> float:
    r"""Share of customers for whom every touchpoint goes well, if failures are independent.

    .. math:: P = \prod_{i=1}^{n} p_i

    Args:
        touchpoint_success: chance, 0–1, that each touchpoint goes well; for n alike
            ``np.full(n, p)``.

    Returns:
        A share between 0 and 1. Failures that hit the same customers raise it.

    Raises:
        ValueError: for no touchpoints or chances outside 0–1.
    """
    return float(np.prod(check.numbers("touchpoint success", touchpoint_success, 0, 1)))


def customers_with_failure(customers: float, touchpoint_success: ArrayLike) -> float:
    r"""Expected number of customers who meet at least one failure.

    .. math:: N\left(1 - \prod_i p_i\right)

    Args:
        customers: N, customers who make the journey, 0 or more.
        touchpoint_success: chance, 0–1, that each touchpoint goes well.

    Returns:
        Customers, not rounded.

    Raises:
        ValueError: for negative customers, no touchpoints or chances outside 0–1.
    """
    return check.number("customers", customers, 0) * (1 - journey_success(touchpoint_success))


def _visited(moments: pd.DataFrame, allow_unvisited: bool) -> pd.DataFrame:
    if not allow_unvisited:
        return check.table("moments", moments)
    if moments.isna().all(axis=1).any():
        raise ValueError("every customer must have visited at least one touchpoint")
    check.table("moments", moments.fillna(0.0))
    return moments.astype(float)
