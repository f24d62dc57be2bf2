"""What drives the overall score: how much each touchpoint matters, and what to look at first."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlib.models import _checks as check
from cxlib.models._checks import FloatArray

Method = Literal["lmg", "johnson"]
Cut = Literal["mean", "median"]

_MOST_DRIVERS: Final = 16
_SUBSETS_AT_ONCE: Final = 2**16
_COLLINEAR: Final = 1e-10
_QUADRANTS: Final = ("low_priority", "possible_overkill", "concentrate_here", "keep_up")


@dataclass(frozen=True, slots=True, eq=False)
class DriverImportance:
    """How an explained variance is shared among its drivers.

    Attributes:
        shares: R² credited to each driver; they sum to ``r_squared``.
        r_squared: variance of the outcome explained by all drivers together, 0–1.
    """

    shares: pd.Series[float]
    r_squared: float

    @property
    def percent(self) -> pd.Series[float]:
        """Each driver's part of what is explained, as a ratio summing to one."""
        return self.shares / self.r_squared


@dataclass(frozen=True, slots=True, eq=False)
class StatedDerived:
    """What customers say matters, beside what moves their overall score.

    Attributes:
        table: one row a driver; columns stated, derived (each summing to one), stated_rank,
            derived_rank (1 = most important) and overstated (stated − derived).
        rank_correlation: Spearman's ρ of the two, −1 to 1.
    """

    table: pd.DataFrame
    rank_correlation: float


def lmg(drivers: pd.DataFrame, outcome: pd.Series[float]) -> DriverImportance:
    r"""R² shared out by the LMG method, the Shapley value of a regression.

    .. math:: \mathrm{LMG}_j = \sum_{S \not\ni j} \frac{|S|!\,(p - |S| - 1)!}{p!}
       \left[R^2(S \cup \{j\}) - R^2(S)\right]

    All :math:`2^p` regressions come from one correlation matrix by sweeping one driver at a time.

    Source: Lindeman, Merenda & Gold (1980); Grömping (2006).

    Args:
        drivers: one row a customer, one column a driver (at most 16), no gaps.
        outcome: overall score of the same customers, same index.

    Returns:
        The share of each driver; none is negative.

    Raises:
        ValueError: for gaps, columns that never vary, collinear drivers, or too few rows.
    """
    return _importance("lmg", drivers, outcome)


def johnson_weights(drivers: pd.DataFrame, outcome: pd.Series[float]) -> DriverImportance:
    r"""R² shared out by Johnson's relative weights.

    With :math:`R = V \Delta V'` the drivers' correlations and r those with the outcome,

    .. math:: \Lambda = V \Delta^{1/2} V', \qquad \beta = \Lambda^{-1} r, \qquad
       \mathrm{RW} = \Lambda^{(2)} \beta^{(2)}

    where (2) squares every element.

    Source: Johnson (2000).

    Args:
        drivers: one row a customer, one column a driver (at most 16), no gaps.
        outcome: overall score of the same customers, same index.

    Returns:
        The share of each driver; none is negative.

    Raises:
        ValueError: for gaps, columns that never vary, collinear drivers, or too few rows.
    """
    return _importance("johnson", drivers, outcome)


def driver_table(drivers: pd.DataFrame, outcome: pd.Series[float]) -> pd.DataFrame:
    r"""Four views of importance side by side.

    Args:
        drivers: one row a customer, one column a driver (at most 16), no gaps.
        outcome: overall score of the same customers, same index.

    Returns:
        One row a driver; columns correlation (each driver alone), beta (standardised, beside the
        others: :math:`R^{-1} r`), lmg and johnson (R² credited).

    Raises:
        ValueError: for gaps, columns that never vary, collinear drivers, or too few rows.
    """
    correlations = _correlations(_joined(drivers, outcome))
    alone = correlations[:-1, -1]
    return pd.DataFrame(
        {
            "correlation": alone,
            "beta": np.linalg.solve(correlations[:-1, :-1], alone),
            "lmg": _shares("lmg", correlations),
            "johnson": _shares("johnson", correlations),
        },
        index=drivers.columns,
    )


def bootstrap_importance(
    drivers: pd.DataFrame,
    outcome: pd.Series[float],
    method: Method = "lmg",
    draws: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Importance with percentile intervals from resampled customers.

    Source: Efron & Tibshirani (1993); for relative weights: Tonidandel, LeBreton & Johnson
    (2009).

    Args:
        drivers: one row a customer, one column a driver (at most 16), no gaps.
        outcome: overall score of the same customers, same index.
        method: ``lmg`` or ``johnson``.
        draws: resamples.
        confidence: confidence.
        seed: of the random numbers.

    Returns:
        One row a driver; columns estimate, low, high (R² credited).

    Raises:
        ValueError: for what :func:`lmg` refuses, or customers so few that a resample has
            drivers that never vary.
    """
    check.number("confidence", confidence, 0.5, 0.9999)
    data = _joined(drivers, outcome)
    _, correlations = _resample(data, check.count("draws", draws), seed)
    limits = np.quantile(
        _shares(method, correlations), [(1 - confidence) / 2, (1 + confidence) / 2], axis=0
    )
    return pd.DataFrame(
        {"estimate": _shares(method, _correlations(data)), "low": limits[0], "high": limits[1]},
        index=drivers.columns,
    )


def stated_against_derived(stated: pd.Series[float], derived: pd.Series[float]) -> StatedDerived:
    """Do customers know, or say, what drives their own overall score?

    Source: Gustafsson & Johnson (2004).

    Args:
        stated: mean importance customers give each driver, 0 or more, by driver.
        derived: importance computed from their scores, 0 or more, by driver.

    Returns:
        Both as shares of one, with ranks and their rank correlation.

    Raises:
        ValueError: for fewer than two drivers, drivers that do not match, or negative, missing
            or all equal importances.
    """
    if set(stated.index) != set(derived.index) or len(stated) != len(derived):
        raise ValueError("stated and derived importance must name the same drivers")
    table = pd.DataFrame({"stated": stated, "derived": derived.reindex(stated.index)})
    table = check.table("importances", table, rows=2)
    if (table < 0).any(axis=None) or (table.nunique() == 1).any():
        raise ValueError("importances must not be negative, nor all the same")
    table = table / table.sum()
    ranks = table.rank(ascending=False)
    return StatedDerived(
        table=table.assign(
            stated_rank=ranks["stated"],
            derived_rank=ranks["derived"],
            overstated=table["stated"] - table["derived"],
        ),
        rank_correlation=float(ranks["stated"].corr(ranks["derived"])),
    )


def importance_performance(
    drivers: pd.DataFrame,
    outcome: pd.Series[float],
    cut: Cut | tuple[float, float] = "mean",
    method: Method = "lmg",
    draws: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Importance–performance analysis, with the certainty of every quadrant.

    Important and weak: ``concentrate_here``; important and strong: ``keep_up``; unimportant and
    weak: ``low_priority``; unimportant and strong: ``possible_overkill``. A driver on a cut line
    counts as above it. Lines at a mean or median move with every resample.

    Source: Martilla & James (1977).

    Args:
        drivers: performance scores, one row a customer, one column a driver, no gaps.
        outcome: overall score of the same customers, same index.
        cut: where the lines lie: mean or median over the drivers, or a pair of fixed values
            (importance as R² credited, performance in the unit of the scores).
        method: how importance is derived, ``lmg`` or ``johnson``.
        draws: resamples of the customers.
        seed: of the random numbers.

    Returns:
        One row a driver; columns importance (R² credited), performance (mean score), quadrant,
        certainty (share of resamples in that quadrant) and one column a quadrant with its share.

    Raises:
        ValueError: for what :func:`lmg` refuses, or an unknown cut.
    """
    data = _joined(drivers, outcome)
    means, correlations = _resample(data, check.count("draws", draws), seed)
    importance = _shares(method, _correlations(data))
    performance = data[:, :-1].mean(axis=0)
    place = _quadrant(importance, performance, cut)
    drawn = _quadrant(_shares(method, correlations), means[:, :-1], cut)
    certainty = np.stack([(drawn == q).mean(axis=0) for q in range(len(_QUADRANTS))], axis=1)
    return pd.DataFrame(
        {
            "importance": importance,
            "performance": performance,
            "quadrant": [_QUADRANTS[q] for q in place],
            "certainty": certainty[np.arange(len(place)), place],
            **dict(zip(_QUADRANTS, certainty.T, strict=True)),
        },
        index=drivers.columns,
    )


def _importance(
    method: Method, drivers: pd.DataFrame, outcome: pd.Series[float]
) -> DriverImportance:
    shares = _shares(method, _correlations(_joined(drivers, outcome)))
    return DriverImportance(pd.Series(shares, index=drivers.columns), float(shares.sum()))


def _joined(drivers: pd.DataFrame, outcome: pd.Series[float]) -> FloatArray:
    """Drivers and outcome side by side, the outcome last."""
    if not drivers.index.equals(outcome.index):
        raise ValueError("drivers and outcome must belong to the same customers")
    p = drivers.shape[1]
    if p > _MOST_DRIVERS:
        raise ValueError(f"at most {_MOST_DRIVERS} drivers can be compared, got {p}")
    check.table("drivers", drivers, rows=p + 2)
    y = check.numbers("outcome", outcome.to_numpy())
    return np.column_stack([drivers.to_numpy(dtype=float), y])


def _correlations(data: FloatArray) -> FloatArray:
    return _as_correlations(np.cov(data, rowvar=False))


def _resample(data: FloatArray, draws: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Means (draws × p+1) and correlations (draws × p+1 × p+1) of resampled rows."""
    n, width = data.shape
    centre = data.mean(axis=0)
    around = data - centre
    first, second = np.triu_indices(width)
    counts = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws) / n
    shift = counts @ around
    moments = counts @ (around[:, first] * around[:, second]) - shift[:, first] * shift[:, second]
    covariances = np.empty((draws, width, width))
    covariances[:, first, second] = covariances[:, second, first] = moments
    return centre + shift, _as_correlations(covariances)


def _as_correlations(covariances: FloatArray) -> FloatArray:
    """Correlations from a stack of covariances, refusing what cannot be told apart."""
    variances = np.diagonal(covariances, axis1=-2, axis2=-1)
    if (variances <= 0).any():
        raise ValueError("every driver and the outcome must vary")
    sd = np.sqrt(variances)
    correlations = covariances / (sd[..., :, None] * sd[..., None, :])
    if np.linalg.eigvalsh(correlations[..., :-1, :-1]).min() < _COLLINEAR:
        raise ValueError("the drivers are collinear: one is a mix of the others")
    return np.asarray(correlations)


def _shares(method: Method, correlations: FloatArray) -> FloatArray:
    if method == "lmg":
        return _lmg_shares(correlations)
    if method == "johnson":
        return _johnson_shares(correlations)
    raise ValueError(f"method must be lmg or johnson, got {method}")


def _lmg_shares(correlations: FloatArray) -> FloatArray:
    """Shapley shares (… × p) from correlations (… × p+1 × p+1) with the outcome last."""
    p = correlations.shape[-1] - 1
    at_once = max(1, _SUBSETS_AT_ONCE >> p)
    if correlations.ndim == 3 and len(correlations) > at_once:
        parts = np.array_split(correlations, math.ceil(len(correlations) / at_once))
        return np.concatenate([_lmg_shares(part) for part in parts])
    explained = _explained_by_subset(correlations)
    subsets = np.arange(2**p)
    size = np.bitwise_count(subsets)
    weight = np.array([1 / (p * math.comb(p - 1, s)) for s in range(p)])
    shares = np.empty((*correlations.shape[:-2], p))
    for j in range(p):
        without = subsets[subsets >> j & 1 == 0]
        gain = explained[..., without | 1 << j] - explained[..., without]
        shares[..., j] = gain @ weight[size[without]]
    return shares


def _explained_by_subset(correlations: FloatArray) -> FloatArray:
    """R² of every subset of drivers (… × 2^p); bit j of a subset's number says j is in it.

    Each pass settles one driver for all subsets so far: left out, its row and column are
    dropped; taken in, the rest is swept clean of it (Schur complement). What remains in the end
    is the outcome's unexplained variance.
    """
    remaining = correlations[..., None, :, :]
    for _ in range(correlations.shape[-1] - 1):
        left_out = remaining[..., 1:, 1:]
        pivot = remaining[..., :1, 1:]
        swept = left_out - np.swapaxes(pivot, -1, -2) * pivot / remaining[..., :1, :1]
        remaining = np.concatenate([left_out, swept], axis=-3)
    return np.asarray(1 - remaining[..., 0, 0])


def _johnson_shares(correlations: FloatArray) -> FloatArray:
    """Relative weights (… × p) from correlations (… × p+1 × p+1) with the outcome last."""
    values, vectors = np.linalg.eigh(correlations[..., :-1, :-1])
    transposed = np.swapaxes(vectors, -1, -2)
    root = np.sqrt(values)[..., :, None] * transposed
    loadings = vectors @ root
    beta = np.linalg.solve(loadings, correlations[..., :-1, -1:])
    return np.asarray((loadings**2 @ beta**2)[..., 0])


def _quadrant(
    importance: FloatArray, performance: FloatArray, cut: Cut | tuple[float, float]
) -> NDArray[np.int64]:
    """Quadrant numbers in the order of ``_QUADRANTS``, along the last axis."""
    if cut == "mean":
        lines = importance.mean(axis=-1), performance.mean(axis=-1)
    elif cut == "median":
        lines = np.median(importance, axis=-1), np.median(performance, axis=-1)
    elif isinstance(cut, tuple):
        lines = np.asarray(cut[0]), np.asarray(cut[1])
        check.numbers("cut", cut)
    else:
        raise ValueError(f"cut must be mean, median or a pair of values, got {cut}")
    important = importance >= lines[0][..., None]
    strong = performance >= lines[1][..., None]
    return np.asarray(2 * important + strong, dtype=np.int64)
