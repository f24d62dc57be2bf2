"""What missing trust costs, as a declared model: the direction is known, the curve is ours."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def cost_of_distrust(
    trust: ArrayLike, cost_at_zero: float, sensitivity: float
) -> NDArray[np.float64]:
    r"""Cost of checking, complaints, guarantees and price concessions at a level of trust.

    .. math:: c(T) = c_0 \, e^{-kT}

    Args:
        trust: trust index T, 0 to 100; any shape.
        cost_at_zero: yearly cost c₀ in dong if nobody trusted the company.
        sensitivity: k ≥ 0, the relative fall of the cost per point of trust.

    Returns:
        Yearly cost in dong, the shape of ``trust``.

    Raises:
        ValueError: trust outside 0–100, or a negative cost or sensitivity.

    The falling direction follows transaction-cost research (Dyer and Chu 2003); the exponential
    form is a teaching assumption.
    """
    level = np.asarray(trust, dtype=float)
    if not np.all((level >= 0) & (level <= 100)):
        raise ValueError("trust must lie between 0 and 100")
    if not (np.isfinite(cost_at_zero) and cost_at_zero >= 0):
        raise ValueError("cost_at_zero must be a finite amount of at least 0")
    if not (np.isfinite(sensitivity) and sensitivity >= 0):
        raise ValueError("sensitivity must be a finite number of at least 0")
    return np.asarray(cost_at_zero * np.exp(-sensitivity * level))


def trust_elasticity(trust: float, sensitivity: float) -> float:
    r"""Percentage change of the cost when trust rises by one per cent.

    .. math:: \frac{d\ln c}{d\ln T} = -kT

    Raises:
        ValueError: trust outside 0–100 or a negative sensitivity.
    """
    if not 0 <= trust <= 100:
        raise ValueError("trust must lie between 0 and 100")
    if not sensitivity >= 0:
        raise ValueError("sensitivity must be at least 0")
    return -sensitivity * trust
