"""What the models say to the questions of lesson 07."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from cxlib.data import load
from cxlib.learning.questions import OptionQuestion, exercise
from cxlib.models.drivers import driver_table
from cxlib.models.journey import peak_end
from cxlib.models.kano import kano_coefficients
from cxlib.models.portfolio import Portfolio, best_portfolio, cheapest_first, worst_first

KANO: Final = {"A": 40.0, "O": 25.0, "M": 15.0, "I": 20.0}
MOMENTS: Final = [7, 3, 8, 9, 8, 4]


def _top_two() -> list[float]:
    survey = load("khao_sat_hanh_trinh").query("asked == 'ngay_sau'")
    scores = survey.filter(like="score_").astype(float)
    table = driver_table(scores.fillna(scores.mean()), survey["overall"].astype(float))
    shares = table / table.sum()
    stated = survey.filter(like="stated_").mean()
    return [
        shares["lmg"].nlargest(2).sum(),
        shares["correlation"].nlargest(2).sum(),
        stated.nlargest(2).sum() / stated.sum(),
        shares["lmg"].max(),
    ]


def _kano_better() -> list[float]:
    without_one_dimensional = (KANO["A"]) / 100
    with_must_be = (KANO["A"] + KANO["O"] + KANO["M"]) / 100
    return [kano_coefficients(pd.Series(KANO)).better, without_one_dimensional, with_must_be]


def _kano_worse() -> list[float]:
    must_be_only, with_indifferent = -KANO["M"] / 100, -(KANO["M"] + KANO["I"]) / 100
    return [kano_coefficients(pd.Series(KANO)).worse, must_be_only, with_indifferent]


def _plans(budget: float) -> dict[str, Portfolio]:
    wishes = load("diem_cham_chi_phi").astype({"improvement": str}).set_index("improvement")
    costs, values = wishes["cost_vnd"].astype(float), wishes["importance"] * wishes["gap_closed"]
    needs = {str(name): (str(need),) for name, need in wishes["requires"].dropna().items()}
    return {
        "best": best_portfolio(costs, values, budget, needs),
        "worst": worst_first(costs, values, wishes["score_today"], budget, needs),
        "cheapest": cheapest_first(costs, values, budget, needs),
    }


def _reached(rule: str, budget: float) -> float:
    plans = _plans(budget)
    return plans[rule].value / plans["best"].value


def _one_billion() -> set[str]:
    question = exercise("07-touchpoints", "one-billion")
    assert isinstance(question, OptionQuestion)
    best = set(_plans(1e9)["best"].chosen)
    assert best <= {option.key for option in question.options}
    return best


def _end_on_best() -> list[float]:
    ordered, today = pd.DataFrame([sorted(MOMENTS)]), pd.DataFrame([MOMENTS])
    return [
        peak_end(ordered, "worst").iloc[0],
        ordered.iloc[0].mean(),
        peak_end(ordered, "best").iloc[0],
        peak_end(today, "worst").iloc[0],
    ]


NUMBERS: Final[dict[str, Callable[[], list[float]]]] = {
    "top-two": _top_two,
    "kano-better": _kano_better,
    "kano-worse": _kano_worse,
    "end-on-best": _end_on_best,
    "worst-with-three": lambda: [
        _reached("worst", 3e9),
        _reached("worst", 2e9),
        _reached("cheapest", 3e9),
    ],
}
OPTIONS: Final[dict[str, Callable[[], set[str]]]] = {"one-billion": _one_billion}
