"""Refusals shared by the models: what cannot be computed is named, never turned into a nan."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def number(name: str, value: float, low: float = -math.inf, high: float = math.inf) -> float:
    """A finite number between ``low`` and ``high``, both allowed."""
    if not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, got {value}")
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low:g} and {high:g}, got {value:g}")
    return float(value)


def positive(name: str, value: float) -> float:
    """A finite number above zero."""
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number, got {value}")
    return float(value)


def count(name: str, value: int, low: int = 1) -> int:
    """A whole number of at least ``low``."""
    if value != math.floor(number(name, value)) or value < low:
        raise ValueError(f"{name} must be a whole number of at least {low}, got {value}")
    return int(value)


def numbers(
    name: str,
    values: ArrayLike,
    low: float = -math.inf,
    high: float = math.inf,
    least: int = 1,
) -> FloatArray:
    """A row of at least ``least`` finite numbers, each between ``low`` and ``high``."""
    row = np.asarray(values, dtype=float)
    if row.ndim != 1 or row.size < least:
        raise ValueError(f"{name} must be a row of at least {least} numbers")
    if not np.isfinite(row).all():
        raise ValueError(f"{name} must hold finite numbers only, without gaps")
    if row.min() < low or row.max() > high:
        raise ValueError(f"{name} must lie between {low:g} and {high:g}")
    return row


def shares(name: str, weights: ArrayLike | None, size: int) -> FloatArray:
    """Weights scaled to sum to one; no weights means equal ones."""
    if weights is None:
        return np.full(size, 1 / size)
    row = numbers(name, weights, low=0)
    if row.size != size:
        raise ValueError(f"{name} must have {size} values, got {row.size}")
    if row.sum() == 0:
        raise ValueError(f"{name} must not all be zero")
    return np.asarray(row / row.sum())


def table(name: str, frame: pd.DataFrame, rows: int = 1, columns: int = 1) -> pd.DataFrame:
    """A table of finite numbers with at least so many rows and columns."""
    if len(frame) < rows or frame.shape[1] < columns:
        raise ValueError(
            f"{name} needs at least {rows} rows and {columns} columns, got {frame.shape}"
        )
    if not all(dtype.kind in "iuf" for dtype in frame.dtypes):
        raise ValueError(f"{name} must hold numbers only")
    if not np.isfinite(frame.to_numpy(dtype=float)).all():
        raise ValueError(f"{name} must hold finite numbers only, without gaps")
    return frame.astype(float)


def columns(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The named columns, complete: none missing from the table, no gap within."""
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise ValueError(f"the data lack the columns {missing}")
    chosen = frame[names]
    if chosen.empty:
        raise ValueError("the data have no rows")
    if chosen.isna().to_numpy().any():
        raise ValueError(f"the columns {names} must have no gaps")
    if np.isinf(chosen.select_dtypes("number").to_numpy(dtype=float)).any():
        raise ValueError(f"the columns {names} must hold finite numbers only")
    return chosen
