"""An Nhien's journey survey, ready for analysis."""

from __future__ import annotations

from functools import cache
from typing import Final

import pandas as pd

from cxlib.catalogue.terms import TOUCHPOINTS
from cxlib.data import load
from cxlib.text import Text

NAMES: Final = {**TOUCHPOINTS, "cskh": Text("CSKH", "Care")}
PLANTED: Final = {
    "quang_cao": 0.02,
    "website": 0.05,
    "tu_van": 0.14,
    "thanh_toan": 0.05,
    "giao_hang": 0.30,
    "lap_dat": 0.08,
    "cskh": 0.22,
    "bao_hanh": 0.14,
}
"""Weights with which the survey was simulated: the truth that an analysis should find."""


@cache
def asked(when: str = "ngay_sau") -> pd.DataFrame:
    """Return the rows of those asked right after the journey or three months later."""
    survey = load("khao_sat_hanh_trinh")
    return survey[survey["asked"] == when]


def _touchpoint_columns(rows: pd.DataFrame, prefix: str) -> pd.DataFrame:
    names = list(TOUCHPOINTS)
    return rows[[f"{prefix}_{name}" for name in names]].set_axis(names, axis=1).astype(float)


@cache
def scores(answers: int | None = None) -> pd.DataFrame:
    """Return the touchpoint scores of the first ``answers`` customers asked right after.

    A touchpoint that was not used moves nothing, so its gap is filled with the column's mean.
    """
    given = _touchpoint_columns(asked().head(answers or len(asked())), "score")
    return given.fillna(given.mean())


@cache
def overall(answers: int | None = None) -> pd.Series[float]:
    """Return the overall scores of the same customers."""
    return asked()["overall"].head(answers or len(asked())).astype(float)


@cache
def stated() -> pd.Series[float]:
    """Return how important customers say each touchpoint is, mean on a scale of 1–10."""
    return _touchpoint_columns(asked(), "stated").mean()
