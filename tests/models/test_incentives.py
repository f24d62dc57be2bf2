"""Incentives: the closed form is the optimum, and its limits are sensible."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from cxlib.models.incentives import attention_on_promise

pulls = st.floats(0.05, 20)


@given(pulls, pulls)
def test_closed_form_is_the_optimum(bonus, promise):
    found = minimize_scalar(
        lambda e: -bonus * np.sqrt(1 - e) - promise * np.sqrt(e),
        bounds=(0, 1),
        method="bounded",
        options={"xatol": 1e-10},
    )
    assert attention_on_promise(bonus, promise) == pytest.approx(found.x, abs=1e-4)


def test_equal_pulls_share_the_day():
    assert attention_on_promise(3, 3) == 0.5


def test_without_a_bonus_the_whole_day_is_left():
    assert attention_on_promise(0, 2) == 1


def test_more_bonus_leaves_less():
    assert (np.diff(attention_on_promise(np.linspace(0, 9, 40), 2)) < 0).all()


@pytest.mark.parametrize(("bonus", "promise"), [(-1, 2), (np.nan, 2), (1, 0), (1, np.inf)])
def test_refuses_what_it_cannot_answer(bonus, promise):
    with pytest.raises(ValueError, match="must be"):
        attention_on_promise(bonus, promise)
