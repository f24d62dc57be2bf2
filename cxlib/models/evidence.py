"""How to know that it was the CX work: sample sizes, controls, selection effects, agreement.

Shares, errors of the first kind and powers are ratios 0–1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models._checks import FloatArray, count, number, numbers
from cxlib.models.intervals import z_of_alpha, z_of_confidence, z_of_power

SampleSizeFormula = Literal["pooled", "unpooled", "arcsine", "evan-miller"]


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimated effect, in the unit of the outcome.

    Attributes:
        estimate: the effect.
        standard_error: its standard error.
        low: lower end of its interval.
        high: upper end.
    """

    estimate: float
    standard_error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two raters beyond chance.

    Attributes:
        kappa: 1 is full agreement, 0 what chance alone would give.
        low: lower end of its interval.
        high: upper end.
        agreement: the raw share of cases in which they agree.
    """

    kappa: float
    low: float
    high: float
    agreement: float


@dataclass(frozen=True, slots=True)
class WorstUnits:
    """The units that looked worst, measured once when chosen and once again.

    Attributes:
        before: their mean when chosen, one per repetition.
        after: their mean measured again, nothing having been done, one per repetition.
    """

    before: FloatArray
    after: FloatArray


def two_proportion_sample_size(
    share_a: float,
    share_b: float,
    formula: SampleSizeFormula = "pooled",
    alpha: float = 0.05,
    power: float = 0.8,
) -> int:
    r"""The customers needed in each arm to detect a difference of two shares.

    With q = 1 − p and p̄ the mean of both shares, the formulas in use differ in the variance they
    take to hold:

    .. math::

        \text{pooled: } & \left(z_{1-\alpha/2}\sqrt{2\bar p\bar q}
            + z_{1-\beta}\sqrt{p_a q_a + p_b q_b}\right)^2 / \Delta^2 \\
        \text{unpooled: } & (z_{1-\alpha/2} + z_{1-\beta})^2 (p_a q_a + p_b q_b) / \Delta^2 \\
        \text{arcsine: } & 2\,(z_{1-\alpha/2} + z_{1-\beta})^2
            / (2\arcsin\sqrt{p_b} - 2\arcsin\sqrt{p_a})^2 \\
        \text{Evan Miller: } & \left(z_{1-\alpha/2}\sqrt{2 p_a q_a}
            + z_{1-\beta}\sqrt{p_a q_a + p_b q_b}\right)^2 / \Delta^2

    Source: Fleiss, Levin & Paik (2003); Cohen (1988) for the arcsine; Evan Miller's calculator.

    Args:
        share_a: share today p_a, between 0 and 1.
        share_b: share hoped for p_b, between 0 and 1, another one.
        formula: which of the four; published calculators disagree by this choice.
        alpha: two-sided error of the first kind, a ratio between 0 and 1.
        power: chance to detect the difference, a ratio between 0 and 1, above alpha.

    Returns:
        Customers per arm, rounded up.

    Raises:
        ValueError: a ratio out of range, equal shares or an unknown formula.
    """
    p_a, p_b = number("share_a", share_a, low=0, high=1), number("share_b", share_b, low=0, high=1)
    if p_a == p_b:
        raise ValueError("the shares must differ for a difference to be detected")
    z_alpha, z_beta = z_of_alpha(alpha), z_of_power(power)
    if power <= alpha:
        raise ValueError(f"power must exceed alpha, got {power} and {alpha}")
    mean = (p_a + p_b) / 2
    together = math.sqrt(p_a * (1 - p_a) + p_b * (1 - p_b))
    match formula:
        case "pooled":
            noise = z_alpha * math.sqrt(2 * mean * (1 - mean)) + z_beta * together
            effect = p_b - p_a
        case "unpooled":
            noise = (z_alpha + z_beta) * together
            effect = p_b - p_a
        case "arcsine":
            noise = (z_alpha + z_beta) * math.sqrt(2)
            effect = 2 * math.asin(math.sqrt(p_b)) - 2 * math.asin(math.sqrt(p_a))
        case "evan-miller":
            noise = z_alpha * math.sqrt(2 * p_a * (1 - p_a)) + z_beta * together
            effect = p_b - p_a
        case _:
            raise ValueError(f"formula must be one of {get_args(SampleSizeFormula)}")
    return max(1, math.ceil((noise / effect) ** 2))


def design_effect(cluster_size: float, icc: float) -> float:
    r"""How many times more customers a pilot needs because customers of one store are alike.

    .. math:: DEFF = 1 + (m - 1)\,\rho

    Source: Kish (1965).

    Args:
        cluster_size: customers per store m, 1 or more.
        icc: intraclass correlation ρ, the share of the variance that lies between stores, 0–1.

    Raises:
        ValueError: an input out of range.
    """
    return 1 + (number("cluster_size", cluster_size, low=1) - 1) * number("icc", icc, 0, 1)


def difference_in_differences(
    treated_before: float, treated_after: float, control_before: float, control_after: float
) -> float:
    r"""What the treated changed beyond what the untreated changed anyway.

    .. math:: (\bar y_{T1} - \bar y_{T0}) - (\bar y_{C1} - \bar y_{C0})

    It is the effect only if both would have moved alike without treatment.

    Source: the definition (Card & Krueger 1994).

    Args:
        treated_before: mean of the treated before.
        treated_after: mean of the treated after.
        control_before: mean of the untreated before.
        control_after: mean of the untreated after.

    Raises:
        ValueError: a mean that is not finite.
    """
    t0, t1, c0, c1 = numbers(
        "the four means", [treated_before, treated_after, control_before, control_after]
    )
    return float((t1 - t0) - (c1 - c0))


def did_regression(
    outcome: ArrayLike,
    treated: ArrayLike,
    after: ArrayLike,
    unit: ArrayLike,
    confidence: float = 0.95,
) -> Effect:
    r"""Difference in differences by regression, with a standard error that knows the units.

    .. math:: y = \beta_0 + \beta_1 T + \beta_2 A + \delta\,TA + \varepsilon

    Observations of one unit (store) are alike, so the standard error of δ is clustered by unit.

    Source: Liang & Zeger (1986); Bertrand, Duflo & Mullainathan (2004). Computed by statsmodels.

    Args:
        outcome: what is measured, shape ``(observations,)``.
        treated: 1 for observations of treated units, else 0, same shape.
        after: 1 for observations after the start, else 0, same shape.
        unit: the unit each observation belongs to, any labels, same shape.
        confidence: confidence of the interval, a ratio between 0 and 1.

    Returns:
        δ, its standard error and an interval from the t distribution.

    Raises:
        ValueError: shapes that do not fit, marks other than 0 and 1, one of the four groups
            missing, or fewer than two units on either side.
    """
    from statsmodels.regression.linear_model import OLS

    z_of_confidence(confidence)
    y, t, a = numbers("outcome", outcome), _marks("treated", treated), _marks("after", after)
    units, codes = np.unique(np.asarray(unit), return_inverse=True)
    if not y.size == t.size == a.size == codes.size:
        raise ValueError("outcome, treated, after and unit must have one value per observation")
    if len(set(zip(t, a, strict=True))) < 4:
        raise ValueError("treated and untreated must both be seen before and after")
    if min(np.unique(codes[t == side]).size for side in (0, 1)) < 2:
        raise ValueError(f"both sides need at least two units, of {units.size} in all")
    design = np.column_stack([np.ones_like(y), t, a, t * a])
    fit = OLS(y, design).fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
    low, high = fit.conf_int(1 - confidence)[3]
    return Effect(float(fit.params[3]), float(fit.bse[3]), float(low), float(high))


def regression_to_mean_gain(share: float, true_sd: float, noise_sd: float) -> float:
    r"""The gain the worst units will seem to make although nothing was done for them.

    Units are chosen by one noisy measurement and measured again. With *z* the normal quantile of
    the share chosen and φ the normal density,

    .. math:: \frac{\varphi(z)}{\text{share}} \cdot
        \frac{\sigma_\varepsilon^2}{\sqrt{\sigma_\theta^2 + \sigma_\varepsilon^2}}

    Exact for many units with normal scores; with few units the gain is slightly smaller.

    Source: Galton (1886); the formula in Davis (1976).

    Args:
        share: share of the units that are chosen, between 0 and 1.
        true_sd: standard deviation of the units' true scores, 0 or more.
        noise_sd: standard deviation of the noise of one measurement, 0 or more, same unit.

    Returns:
        The expected gain, in the unit of the scores.

    Raises:
        ValueError: an input out of range.
    """
    if not 0 < share < 1:
        raise ValueError(f"share must lie strictly between 0 and 1, got {share}")
    observed = math.hypot(number("true_sd", true_sd, low=0), number("noise_sd", noise_sd, low=0))
    if observed == 0:
        return 0.0
    normal = NormalDist()
    return normal.pdf(normal.inv_cdf(share)) / share * noise_sd**2 / observed


def simulate_worst_units(
    rng: np.random.Generator,
    units: int,
    worst: int,
    mean: float,
    true_sd: float,
    noise_sd: float,
    repetitions: int = 1,
) -> WorstUnits:
    """Choose the worst units by a noisy measurement, do nothing, and measure them again.

    Args:
        rng: source of random numbers.
        units: units measured, 2 or more.
        worst: how many of them are chosen, 1 to ``units``.
        mean: mean of the true scores.
        true_sd: standard deviation of the true scores, 0 or more.
        noise_sd: standard deviation of the noise of one measurement, 0 or more.
        repetitions: how often the whole study is repeated.

    Returns:
        Means of the chosen units before and after, each of shape ``(repetitions,)``.

    Raises:
        ValueError: an input out of range.
    """
    shape = (count("repetitions", repetitions), count("units", units, low=2))
    chosen = int(number("worst", count("worst", worst), high=units))
    true = rng.normal(number("mean", mean), number("true_sd", true_sd, low=0), shape)
    noise = number("noise_sd", noise_sd, low=0)
    before, after = (true + rng.normal(0, noise, shape) for _ in range(2))
    lowest = np.argsort(before, axis=1)[:, :chosen]
    return WorstUnits(
        np.take_along_axis(before, lowest, axis=1).mean(axis=1),
        np.take_along_axis(after, lowest, axis=1).mean(axis=1),
    )


def cohen_kappa(rater_a: ArrayLike, rater_b: ArrayLike, confidence: float = 0.95) -> Kappa:
    r"""Agreement of two raters who sort the same cases into categories.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}

    with p_o the share of cases they agree on and p_e the share they would by chance.

    Source: Cohen (1960); the interval from Fleiss, Cohen & Everitt (1969).

    Args:
        rater_a: the category each case got from the first rater, any labels, ``(cases,)``.
        rater_b: the same cases by the second rater.
        confidence: confidence of the interval, a ratio between 0 and 1.

    Raises:
        ValueError: no cases, unequal lengths, gaps, or all cases in one category, where chance
            agreement is complete and κ has no meaning.
    """
    joint, cases = _joint_shares(rater_a, rater_b)
    first, second = joint.sum(axis=1), joint.sum(axis=0)
    agreement, by_chance = np.trace(joint), first @ second
    kappa = (agreement - by_chance) / (1 - by_chance)
    leverage = np.eye(len(joint)) - (1 - kappa) * (second[:, None] + first[None, :])
    spread = (joint * leverage**2).sum() - (kappa - by_chance * (1 - kappa)) ** 2
    standard_error = math.sqrt(max(spread, 0.0) / cases) / (1 - by_chance)
    reach = z_of_confidence(confidence) * standard_error
    return Kappa(
        kappa=float(kappa),
        low=float(max(kappa - reach, -1.0)),
        high=float(min(kappa + reach, 1.0)),
        agreement=float(agreement),
    )


def r_wg(ratings: ArrayLike, options: int) -> FloatArray:
    r"""How far several raters agree on each item, against answering at random.

    .. math:: r_{wg} = 1 - \frac{s_x^2}{\sigma_{EU}^2}, \qquad \sigma_{EU}^2 = \frac{A^2 - 1}{12}

    Where raters differ more than at random the index is set to 0.

    Source: James, Demaree & Wolf (1984).

    Args:
        ratings: whole numbers 1 to ``options``, shape ``(raters, items)``, two raters or more.
        options: steps of the scale A, 2 or more.

    Returns:
        0 (no agreement) to 1 (full), shape ``(items,)``.

    Raises:
        ValueError: fewer than two raters, or ratings outside the scale.
    """
    table = np.asarray(ratings, dtype=float)
    if table.ndim != 2 or table.shape[0] < 2 or table.shape[1] < 1:
        raise ValueError("ratings must be a table of at least two raters by one item")
    given = numbers("ratings", table.ravel(), low=1, high=count("options", options, low=2))
    if (given != np.floor(given)).any():
        raise ValueError(f"ratings must be whole numbers from 1 to {options}")
    random_variance = (options**2 - 1) / 12
    return np.asarray(np.maximum(1 - table.var(axis=0, ddof=1) / random_variance, 0.0))


def _marks(name: str, values: ArrayLike) -> FloatArray:
    marks = numbers(name, values)
    if not np.isin(marks, (0, 1)).all():
        raise ValueError(f"{name} must hold 0 and 1 only")
    return marks


def _joint_shares(rater_a: ArrayLike, rater_b: ArrayLike) -> tuple[FloatArray, int]:
    """The share of cases with each pair of categories, ``(kinds, kinds)``, and how many cases."""
    a, b = np.asarray(rater_a), np.asarray(rater_b)
    if a.shape != b.shape or a.size == 0:
        raise ValueError("both raters must have sorted the same cases, at least one")
    codes, categories = pd.factorize(np.concatenate([a, b]))
    if (codes < 0).any():
        raise ValueError("every case needs a category from both raters")
    if len(categories) == 1:
        raise ValueError("all cases are in one category: chance agreement is complete")
    joint = np.zeros((len(categories), len(categories)))
    np.add.at(joint, (codes[: a.size], codes[a.size :]), 1 / a.size)
    return joint, a.size
