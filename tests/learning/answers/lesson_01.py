"""What the models say to the questions of lesson 01."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from cxlib.labs.what_is_cx import scope_map
from cxlib.learning.view import View
from cxlib.models.evidence import cohen_kappa
from cxlib.models.journey import customers_with_failure, journey_success, share_below

EIGHT: Final = np.full(8, 0.95)
COUNTS: Final = (20, 2, 2, 0)


def _shown(view: View, label: str) -> float:
    """The count before the slash of the key figure with this English label."""
    (value,) = (item.value.en for item in view.key_figures if item.label.en == label)
    return float(value.split("/")[0])


def _kappa() -> list[float]:
    found = cohen_kappa(np.repeat(list("CCEE"), COUNTS), np.repeat(list("CECE"), COUNTS))
    return [found.kappa, found.agreement, (22 / 24) ** 2 + (2 / 24) ** 2]


def _more_bad_visits() -> set[str]:
    erratic, steady = (share_below(8.0, spread, 5.0) for spread in (2.0, 1.0))
    return {"far-more" if erratic > 20 * steady else "double" if erratic > steady else "equal"}


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "one-failure": lambda: [
        customers_with_failure(10_000, EIGHT),
        10_000 * journey_success(EIGHT),
        10_000 * 8 * 0.05,
        customers_with_failure(10_000, [0.95]),
    ],
    "ninety-nine": lambda: [
        journey_success(np.full(8, 0.99)),
        1 - 8 * 0.01,
        journey_success(EIGHT),
    ],
    "managed-constituents": lambda: [
        _shown(scope_map(), "Managed"),
        _shown(scope_map(), "With an owner"),
        float(len(scope_map().table.rows)),
        _shown(scope_map(), "Held by customer service"),
    ],
    "kappa": _kappa,
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {"same-average": _more_bad_visits}
