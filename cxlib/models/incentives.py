"""What pay and recognition draw people's attention to, as a declared model."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def attention_on_promise(bonus: ArrayLike, promise: float) -> NDArray[np.float64]:
    r"""Share of a working day that goes to the promise when another task is paid by results.

    Two tasks with diminishing returns share one day. Whoever does them puts the share e on the
    promise so that the pull of both together is greatest:

    .. math:: \max_e \; b\sqrt{1 - e} + p\sqrt{e} \quad\Rightarrow\quad e = \frac{p^2}{b^2 + p^2}

    Source: Holmström & Milgrom (1991) for tasks that compete for attention; the square roots and
    the scale of the pulls are a teaching assumption.

    Args:
        bonus: b, pull of the bonus on the other task, 0 or more; any shape.
        promise: p, pull of all that speaks for the promise, above 0, on the same scale.

    Returns:
        The share e, 0 to 1, the shape of ``bonus``.

    Raises:
        ValueError: a negative bonus, or a pull of the promise that is not above 0.
    """
    pull = np.asarray(bonus, dtype=float)
    if not np.all(np.isfinite(pull) & (pull >= 0)):
        raise ValueError("bonus must be finite and at least 0")
    if not (np.isfinite(promise) and promise > 0):
        raise ValueError("promise must be finite and above 0")
    return np.asarray(promise**2 / (pull**2 + promise**2))
