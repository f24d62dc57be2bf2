"""The two hundred parcel shops of Tốc Hành, month by month."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cxlib.data import load

FloatArray = NDArray[np.float64]

STORES: Final = 200
ANSWERS: Final = 80
QUIET_MONTHS: Final = 6
"""Months before anything is done for anybody."""


@cache
def shares() -> FloatArray:
    """Return the share of satisfied customers, shape (stores, months)."""
    pilot = load("thi_diem")
    return (pilot["satisfied"] / pilot["answers"]).to_numpy().reshape(STORES, -1)


@cache
def in_pilot() -> NDArray[np.bool_]:
    """Tell which stores the lot put into the pilot, shape (stores,)."""
    arms = load("thi_diem").groupby("store_id")["arm"].first()
    return (arms == "thi_diem").to_numpy()
