"""Kano: the evaluation table cell by cell, and the better and worse coefficients."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cxlib.models.kano import (
    ANSWERS,
    CATEGORIES,
    classify_feature,
    kano_category,
    kano_coefficients,
    kano_table,
)

# Rows: how she feels if the feature is there; columns: if it is not (like … dislike).
EVALUATION_TABLE = {
    "like": "QAAAO",
    "must_be": "RIIIM",
    "neutral": "RIIIM",
    "live_with": "RIIIM",
    "dislike": "RRRRQ",
}


@pytest.mark.parametrize(
    ("functional", "dysfunctional", "category"),
    [
        pytest.param(f, d, category, id=f"O36 Kano cell {f}-{d} Berger et al. 1993 [M/D]")
        for f, row in EVALUATION_TABLE.items()
        for d, category in zip(ANSWERS, row, strict=True)
    ],
)
def test_every_cell_of_the_table(functional, dysfunctional, category):
    assert kano_category(functional, dysfunctional) == category
    assert kano_table().at[functional, dysfunctional] == category


@pytest.mark.parametrize(
    ("better", "worse"), [pytest.param(0.65, -0.40, id="O36 Kano 40-25-15-20 [M/D]")]
)
def test_better_and_worse(better, worse):
    found = kano_coefficients(pd.Series({"A": 40, "O": 25, "M": 15, "I": 20}))
    assert (found.better, found.worse) == (better, worse)
    assert found.category == "A"


def test_a_feature_is_classified_from_answers():
    functional = ["like", "neutral", "like", "like", "dislike"]
    dysfunctional = ["dislike", "dislike", "neutral", "dislike", "dislike"]
    found = classify_feature(functional, dysfunctional)
    assert found.counts.to_dict() == {"A": 1, "O": 2, "M": 1, "I": 0, "R": 0, "Q": 1}
    assert found.category == "O"
    assert (found.better, found.worse) == (0.75, -0.75)


def test_of_equal_categories_the_weightier_counts():
    assert kano_coefficients(pd.Series({"A": 5, "M": 5})).category == "M"
    assert kano_coefficients(pd.Series({"A": 5, "I": 5})).category == "A"


@given(st.lists(st.integers(0, 500), min_size=6, max_size=6))
def test_coefficients_stay_in_range(counts):
    table = pd.Series(counts, index=list(CATEGORIES))
    assume(table[["A", "O", "M", "I"]].sum() > 0)
    found = kano_coefficients(table)
    assert 0 <= found.better <= 1
    assert -1 <= found.worse <= 0
    assert found.counts[found.category] == max(counts)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: kano_category("like", "love"), "one of like"),
        (lambda: classify_feature(["like"], []), "both answers"),
        (lambda: classify_feature([], []), "no answer"),
        (lambda: classify_feature(["dislike"], ["like"]), "no answer"),
        (lambda: kano_coefficients(pd.Series({"A": 3, "Z": 1})), "categories"),
        (lambda: kano_coefficients(pd.Series({"A": 3, "O": -1})), "between 0"),
        (lambda: kano_coefficients(pd.Series({"A": 3, "O": math.nan})), "finite"),
        (lambda: kano_coefficients(pd.Series({"A": math.inf})), "finite"),
    ],
)
def test_refusals_say_what_is_wrong(call, says):
    with pytest.raises(ValueError, match=says):
        call()
