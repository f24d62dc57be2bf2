"""Maximum likelihood for models whose parameters are all positive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from cxlib.models._checks import FloatArray

_REACH: Final = 10.0  # a parameter may leave its starting value by a factor of e^10
_EDGE: Final = 1e-3
_FLAT: Final = 1e-5  # the slope left at the top, per observation


def most_likely(
    log_likelihood: Callable[[FloatArray], tuple[float, FloatArray]],
    start: dict[str, float],
) -> FloatArray:
    """The positive parameters that make the data most likely, searched for on a log scale.

    Args:
        log_likelihood: gives the mean log-likelihood of one observation and its gradient.
        start: the name and a first guess of each parameter.

    Returns:
        The parameters in the order of ``start``.

    Raises:
        ValueError: a parameter runs away, so the data do not settle it, or the search fails.
    """
    from scipy.optimize import minimize

    def cost(logs: FloatArray) -> tuple[float, FloatArray]:
        parameters = np.exp(logs)
        value, gradient = log_likelihood(parameters)
        return -value, -gradient * parameters

    first = np.log(list(start.values()))
    found = minimize(
        cost,
        first,
        jac=True,
        method="SLSQP",  # L-BFGS-B calls threaded BLAS, ten times slower on a busy server
        bounds=[(log - _REACH, log + _REACH) for log in first],
        options={"ftol": 1e-14, "maxiter": 500},
    )
    runaway = [
        name
        for name, moved in zip(start, np.abs(found.x - first), strict=True)
        if moved > _REACH - _EDGE
    ]
    if runaway or not np.abs(cost(found.x)[1]).max() < _FLAT:
        raise ValueError(
            f"the data do not settle the parameters {runaway or list(start)}: "
            "more customers or longer histories are needed"
        )
    return np.asarray(np.exp(found.x))
