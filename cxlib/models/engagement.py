"""Engaged employees and customer experience: how strong the tie is, where, and which way it runs.

The source article claims that engagement, not satisfaction, carries the experience, and does so
where people meet people. Each function here puts one part of that claim to a test.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models import _checks as check

_QUOTED: Final = re.compile(r"Q\('([^']*)'\)")
_ESTIMATE_COLUMNS: Final = ["estimate", "se", "t", "p", "low", "high"]


@dataclass(frozen=True, slots=True, eq=False)
class ModeratedRegression:
    """A regression in which the effect of one variable depends on another.

    Attributes:
        coefficients: one row a term (``Intercept``, the focal variable, the moderator,
            ``focal:moderator``, controls); columns estimate, se, t, p, low, high.
        covariance: covariance of the estimates, term by term.
        r_squared: share of the outcome's variance explained, 0–1.
        rows: observations used.
        degrees_of_freedom: for the t quantiles; number of clusters − 1 with clustered errors.
        confidence: confidence of every interval.
        focal: the variable whose effect is in question.
        moderator: the variable it may depend on.
    """

    coefficients: pd.DataFrame
    covariance: pd.DataFrame
    r_squared: float
    rows: int
    degrees_of_freedom: float
    confidence: float
    focal: str
    moderator: str

    @property
    def interaction(self) -> str:
        """Name of the term that says how the focal effect changes with the moderator."""
        return f"{self.focal}:{self.moderator}"


@dataclass(frozen=True, slots=True)
class JohnsonNeyman:
    """Where along the moderator the focal effect differs from zero.

    Attributes:
        bounds: moderator values at which the confidence band touches zero: none, one or two.
        significant: stretches of the moderator, in ascending order, where the band excludes
            zero; a stretch may run to minus or plus infinity.
    """

    bounds: tuple[float, ...]
    significant: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class CrossLaggedPanel:
    """Two variables followed over time, each explained by both of the period before.

    Attributes:
        paths: four rows indexed by (cause, effect); columns estimate (standardised), se, t, p,
            low, high. Rows with cause = effect are the stabilities, the others the crossed paths.
        r_squared: share of variance explained, by effect.
        rows: pairs of consecutive periods used.
        units: units followed.
    """

    paths: pd.DataFrame
    r_squared: pd.Series[float]
    rows: int
    units: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """How consistently a set of items measures one thing.

    Attributes:
        alpha: Cronbach's α; at most 1, negative when items contradict one another.
        low: lower confidence limit.
        high: upper confidence limit.
        items: number of items.
        respondents: number of respondents used.
    """

    alpha: float
    low: float
    high: float
    items: int
    respondents: int


@dataclass(frozen=True, slots=True, eq=False)
class ChainEffect:
    """What passes along a chain of effects.

    Attributes:
        indirect: product of the coefficients of each path, by path.
        total: sum over the paths.
    """

    indirect: pd.Series[float]
    total: float


def moderated_regression(
    data: pd.DataFrame,
    outcome: str,
    focal: str,
    moderator: str,
    controls: Sequence[str] = (),
    cluster: str | None = None,
    confidence: float = 0.95,
) -> ModeratedRegression:
    r"""Does the effect of the focal variable on the outcome depend on the moderator?

    .. math:: CX = b_0 + b_1 E + b_2 C + b_3 E C + \sum_j c_j Z_j + \varepsilon

    Source: Aiken & West (1991); Homburg & Stock (2004) for the claim; errors: Cameron & Miller
    (2015).

    Args:
        data: one row an observation, without gaps in the columns used.
        outcome: numeric column explained, such as customer experience 0–100.
        focal: numeric column whose effect is in question, such as engagement 0–100.
        moderator: numeric column the effect may depend on, such as contact intensity 0–1.
        controls: further columns; columns of words become indicators.
        cluster: column naming the store; errors then allow for likeness within a store.
        confidence: confidence of the intervals.

    Returns:
        The fitted regression. The focal coefficient is the effect where the moderator is zero.

    Raises:
        ValueError: for missing columns, gaps, or too few rows or variation to tell the terms
            apart.
    """
    check.number("confidence", confidence, 0.5, 0.9999)
    check.table("focal variable and moderator", check.columns(data, [focal, moderator]))
    result = _fit(data, outcome, [focal, moderator, *controls], cluster, (focal, moderator))
    return ModeratedRegression(
        coefficients=_coefficients(result, confidence),
        covariance=result.cov_params().rename(index=_plain, columns=_plain),
        r_squared=float(result.rsquared),
        rows=int(result.nobs),
        degrees_of_freedom=_inference_df(result),
        confidence=confidence,
        focal=focal,
        moderator=moderator,
    )


def simple_slopes(fit: ModeratedRegression, at: ArrayLike) -> pd.DataFrame:
    r"""Effect of the focal variable at chosen values of the moderator.

    .. math:: s(C) = b_1 + b_3 C, \qquad
       \operatorname{Var} s(C) = v_{11} + 2 C v_{13} + C^2 v_{33}

    Source: Aiken & West (1991).

    Args:
        fit: a moderated regression.
        at: values of the moderator, in its own unit.

    Returns:
        One row a value (the index); columns estimate, se, t, p, low, high.

    Raises:
        ValueError: for no values or values that are not finite.
    """
    from scipy import stats

    values = check.numbers("moderator values", at)
    b1, b3, v11, v13, v33 = _slope_terms(fit)
    slope = b1 + b3 * values
    se = np.sqrt(v11 + 2 * values * v13 + values**2 * v33)
    t = slope / se
    reach = _t_quantile(fit) * se
    p = 2 * stats.t.sf(np.abs(t), fit.degrees_of_freedom)
    return pd.DataFrame(
        np.column_stack([slope, se, t, p, slope - reach, slope + reach]),
        index=pd.Index(values, name=fit.moderator),
        columns=_ESTIMATE_COLUMNS,
    )


def johnson_neyman(fit: ModeratedRegression) -> JohnsonNeyman:
    r"""Moderator values beyond which the focal effect can be told from zero, in closed form.

    The band touches zero where

    .. math:: (b_3^2 - t^2 v_{33})\, C^2 + 2 (b_1 b_3 - t^2 v_{13})\, C + (b_1^2 - t^2 v_{11}) = 0

    Without real roots the effect is significant nowhere: a line that slopes crosses zero.

    Source: Johnson & Neyman (1936); Bauer & Curran (2005).

    Args:
        fit: a moderated regression; its confidence sets the band.

    Returns:
        The bounds and the stretches where the effect is significant.
    """
    b1, b3, v11, v13, v33 = _slope_terms(fit)
    t2 = _t_quantile(fit) ** 2
    a, b, c = b3**2 - t2 * v33, b1 * b3 - t2 * v13, b1**2 - t2 * v11
    discriminant = b**2 - a * c
    if discriminant <= 0:
        return JohnsonNeyman((), ())
    far = -(b + math.copysign(math.sqrt(discriminant), b))
    low, high = sorted((far / a, c / far))
    if a > 0:
        return JohnsonNeyman((low, high), ((-math.inf, low), (high, math.inf)))
    return JohnsonNeyman((low, high), ((low, high),))


def partial_effects(
    data: pd.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    cluster: str | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    r"""What each predictor seems to do alone, and what is left once the others are in.

    The partial correlation follows from the joint t value and the residual degrees of freedom:

    .. math:: r_{partial} = \frac{t}{\sqrt{t^2 + df}}, \qquad
       \Delta R^2 = R^2_{all} - R^2_{without}

    Source: Cohen, Cohen, West & Aiken (2003); claim tested: Harter, Schmidt & Hayes (2002).

    Args:
        data: one row an observation, without gaps in the columns used.
        outcome: numeric column explained.
        predictors: at least two numeric columns, such as engagement and satisfaction.
        cluster: column naming the store, for clustered standard errors.
        confidence: confidence of the joint intervals.

    Returns:
        One row a predictor; columns raw (slope alone), raw_se, joint (slope beside the others),
        joint_se, joint_p, joint_low, joint_high, correlation, partial_correlation and
        added_r_squared (lost if this predictor alone is left out).

    Raises:
        ValueError: for fewer than two predictors, missing columns, gaps or collinear predictors.
    """
    check.number("confidence", confidence, 0.5, 0.9999)
    names = list(predictors)
    check.table("predictors", check.columns(data, names), columns=2)
    joint = _coefficients(_fit(data, outcome, names, cluster), confidence)
    plain = _fit(data, outcome, names)
    rows = {}
    for name in names:
        alone = _fit(data, outcome, [name], cluster)
        t = float(plain.tvalues[_quote(name)])
        rows[name] = {
            "raw": alone.params.iloc[1],
            "raw_se": alone.bse.iloc[1],
            "joint": joint.at[name, "estimate"],
            "joint_se": joint.at[name, "se"],
            "joint_p": joint.at[name, "p"],
            "joint_low": joint.at[name, "low"],
            "joint_high": joint.at[name, "high"],
            "correlation": data[name].corr(data[outcome]),
            "partial_correlation": t / math.sqrt(t**2 + plain.df_resid),
            "added_r_squared": t**2 * (1 - plain.rsquared) / plain.df_resid,
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def cross_lagged_panel(
    data: pd.DataFrame,
    unit: str,
    period: str,
    first: str,
    second: str,
    confidence: float = 0.95,
) -> CrossLaggedPanel:
    r"""Which of two variables runs ahead of the other?

    .. math:: y_t = a\,y_{t-1} + b\,x_{t-1} + \varepsilon_t, \qquad
       x_t = c\,x_{t-1} + d\,y_{t-1} + \eta_t

    Both variables are put on a standard scale first, so that b and d compare. Differences
    between units that never change stay in the estimates (Hamaker et al. 2015 explain the price);
    errors are clustered by unit. A lag is the unit's preceding row in time.

    Source: Kenny (1975); Hamaker, Kuiper & Grasman (2015).

    Args:
        data: one row a unit and period, without gaps in the columns used.
        unit: column naming the store.
        period: column that sorts in time.
        first: numeric column x, such as engagement.
        second: numeric column y, such as customer experience.
        confidence: confidence of the intervals.

    Returns:
        The four standardised paths with their errors.

    Raises:
        ValueError: for missing columns, gaps, repeated periods, fewer than two units or
            periods, or a variable that never varies.
    """
    check.number("confidence", confidence, 0.5, 0.9999)
    panel = check.columns(data, [unit, period, first, second]).sort_values([unit, period])
    if panel.duplicated([unit, period]).any():
        raise ValueError("every unit may have only one row a period")
    scores = check.table("the two variables", panel[[first, second]], rows=2)
    if (scores.std() == 0).any():
        raise ValueError("both variables must vary")
    scores = (scores - scores.mean()) / scores.std()
    lagged = scores.groupby(panel[unit]).shift()
    pairs = pd.DataFrame(
        {
            "unit": panel[unit],
            "x": scores[first],
            "y": scores[second],
            "x_before": lagged[first],
            "y_before": lagged[second],
        }
    ).dropna()
    before = {"x_before": first, "y_before": second}
    paths = []
    explained = {}
    for column, effect in (("x", first), ("y", second)):
        fit = _fit(pairs, column, list(before), "unit")
        table = _coefficients(fit, confidence)
        paths.append(table.loc[list(before)].rename(index=before))
        explained[effect] = float(fit.rsquared)
    frame = pd.concat(paths, keys=list(explained), names=["effect", "cause"]).swaplevel()
    return CrossLaggedPanel(frame, pd.Series(explained), len(pairs), pairs["unit"].nunique())


def simulate_panel(
    employee_to_customer: float,
    customer_to_employee: float,
    stability: float = 0.5,
    units: int = 120,
    periods: int = 24,
    seed: int = 0,
) -> pd.DataFrame:
    r"""A made-up panel whose true crossed paths are known, to practise on.

    .. math:: y_t = s\,y_{t-1} + b\,x_{t-1} + \varepsilon_t, \qquad
       x_t = s\,x_{t-1} + d\,y_{t-1} + \eta_t, \qquad \varepsilon, \eta \sim N(0, 1)

    Args:
        employee_to_customer: b, effect of last period's engagement on experience.
        customer_to_employee: d, effect of last period's experience on engagement.
        stability: s, how much of itself each variable keeps a period.
        units: stores.
        periods: periods kept, after thirty discarded ones.
        seed: of the random numbers.

    Returns:
        ``units`` × ``periods`` rows; columns unit, period, engagement, cx (standard units).

    Raises:
        ValueError: when the paths would let the panel grow without end.
    """
    b = check.number("employee_to_customer", employee_to_customer)
    d = check.number("customer_to_employee", customer_to_employee)
    dynamics = np.array([[check.number("stability", stability), d], [b, stability]])
    if max(abs(np.linalg.eigvals(dynamics))) >= 1:
        raise ValueError("these paths feed on each other without end; lower one of them")
    units, periods, settling = check.count("units", units), check.count("periods", periods, 2), 30
    shocks = np.random.default_rng(seed).standard_normal((settling + periods, units, 2))
    states = np.zeros_like(shocks)
    for now in range(1, len(shocks)):
        states[now] = states[now - 1] @ dynamics.T + shocks[now]
    kept = states[settling:].transpose(1, 0, 2).reshape(-1, 2)
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), periods),
            "period": np.tile(np.arange(periods), units),
            "engagement": kept[:, 0],
            "cx": kept[:, 1],
        }
    )


def cronbach_alpha(
    items: pd.DataFrame,
    confidence: float = 0.95,
    missing: Literal["refuse", "pairwise", "listwise"] = "refuse",
) -> Reliability:
    r"""How far do the items of a scale agree?

    .. math:: \alpha = \frac{k}{k-1}\left(1 - \frac{\sum_i \sigma_i^2}{\sigma_T^2}\right)

    The interval is Feldt's, from the F distribution with n − 1 and (n − 1)(k − 1) degrees of
    freedom.

    Source: Cronbach (1951); interval: Feldt, Woodruff & Salih (1987).

    Args:
        items: one row a respondent, one column an item, all scored in the same direction.
        confidence: confidence of the interval.
        missing: refuse gaps, use all pairs of answers, or only complete respondents.

    Returns:
        α with its interval.

    Raises:
        ValueError: for gaps when refused, fewer than two items or respondents, or answers that
            never vary.
    """
    from scipy import stats

    check.number("confidence", confidence, 0.5, 0.9999)
    if missing == "refuse":
        items = check.table("items", items)
    elif missing == "listwise":
        items = items.dropna()
    n, k = items.shape
    if n < 2 or k < 2:
        raise ValueError(f"reliability needs at least 2 respondents and 2 items, got {n} and {k}")
    covariance = items.cov().to_numpy()
    if not np.isfinite(covariance).all():
        raise ValueError("items must be finite numbers, and each pair answered together by two")
    total = covariance.sum()
    if total <= 1e-12 * np.trace(covariance):
        raise ValueError("the total score never varies, so reliability has no meaning")
    alpha = float(k / (k - 1) * (1 - np.trace(covariance) / total))
    if alpha > 1 + 1e-9:
        raise ValueError("the pairs of items contradict one another; use complete respondents only")
    tail, df = (1 - confidence) / 2, (n - 1, (n - 1) * (k - 1))
    low, high = (1 - (1 - alpha) * float(stats.f.isf(q, *df)) for q in (tail, 1 - tail))
    return Reliability(min(alpha, 1.0), low, min(high, 1.0), k, n)


def service_profit_chain(paths: Mapping[str, Sequence[float]]) -> ChainEffect:
    r"""How much of an effect reaches the end of a chain of links.

    .. math:: I_p = \prod_{i \in p} \beta_i, \qquad T = \sum_p I_p

    Source: Heskett, Jones, Loveman, Sasser & Schlesinger (1994); path products: Wright (1934).

    Args:
        paths: coefficients along each path, by the path's name; with standardised coefficients
            the effect is in standard deviations of the last link per one of the first.

    Returns:
        The effect I of each path and their sum T.

    Raises:
        ValueError: for no path, an empty path or coefficients that are not finite.
    """
    if not paths:
        raise ValueError("the chain needs at least one path")
    indirect = pd.Series(
        {name: float(np.prod(check.numbers(f"path {name}", path))) for name, path in paths.items()}
    )
    return ChainEffect(indirect, float(indirect.sum()))


def _fit(
    data: pd.DataFrame,
    outcome: str,
    predictors: list[str],
    cluster: str | None = None,
    product: tuple[str, str] | None = None,
) -> Any:
    """Least squares by formula, refusing what would give empty or endless estimates."""
    from statsmodels.regression.linear_model import OLS

    clusters = [cluster] if cluster else []
    rows = check.columns(data, list(dict.fromkeys([outcome, *predictors, *clusters])))
    check.table(f"outcome {outcome}", rows[[outcome]], rows=3)
    terms = [_quote(name) for name in predictors]
    if product:
        terms.append(":".join(map(_quote, product)))
    model = OLS.from_formula(f"{_quote(outcome)} ~ {' + '.join(terms)}", rows)
    size = np.linalg.norm(model.exog, axis=0)
    if not size.all() or np.linalg.matrix_rank(model.exog / size) < len(size):
        raise ValueError("the predictors cannot be told apart: one is constant or a mix of others")
    if model.df_resid < 1:
        raise ValueError(f"{len(rows)} rows are too few for {len(size)} coefficients")
    if np.ptp(model.endog) == 0:
        raise ValueError(f"{outcome} never varies, so nothing can explain it")
    if cluster is None:
        return model.fit()
    groups = pd.factorize(rows[cluster])[0]
    if groups.max() < 1:
        raise ValueError("clustered errors need at least two clusters")
    return model.fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)


def _coefficients(result: Any, confidence: float) -> pd.DataFrame:
    limits = result.conf_int(1 - confidence)
    parts = [result.params, result.bse, result.tvalues, result.pvalues, limits[0], limits[1]]
    table = pd.DataFrame(dict(zip(_ESTIMATE_COLUMNS, parts, strict=True)))
    return table.rename(index=_plain)


def _inference_df(result: Any) -> float:
    return float(getattr(result, "df_resid_inference", result.df_resid))


def _slope_terms(fit: ModeratedRegression) -> tuple[float, float, float, float, float]:
    terms = [fit.focal, fit.interaction]
    b1, b3 = fit.coefficients.loc[terms, "estimate"].tolist()
    (v11, v13), (_, v33) = fit.covariance.loc[terms, terms].to_numpy().tolist()
    return b1, b3, v11, v13, v33


def _t_quantile(fit: ModeratedRegression) -> float:
    from scipy import stats

    return float(stats.t.isf((1 - fit.confidence) / 2, fit.degrees_of_freedom))


def _quote(column: str) -> str:
    if "'" in column:
        raise ValueError(f"column names must not hold an apostrophe: {column}")
    return f"Q('{column}')"


def _plain(term: str) -> str:
    return _QUOTED.sub(r"\1", term)
