"""A board's view of a plan: scenarios, chance and stages."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cxlib.models.business_case import (
    Plan,
    Scenario,
    breakeven_share,
    evaluate,
    plan_npv,
    staged_npv,
)
from cxlib.models.cashflow import npv
from cxlib.models.programme import COSTS, cost_flows

PLAN_09 = "course case, two independent computations [D]"
BENEFITS_09 = {"B1": [0.0, 1.0e9, 2.0e9, 2.4e9], "B8": [0.0, 0.5e9, 1.0e9, 1.2e9]}


def _plan(**benefits: list[float]) -> Plan:
    """The plan of lesson 09's cockpit, its benefits split over two codes."""
    costs = cost_flows({"C6": 3.0e9}, {"C1": 1.2e9}, 3)
    return Plan(0.12, costs, pd.DataFrame({**BENEFITS_09, **benefits}, dtype=float).T)


class TestEvaluate:
    @pytest.mark.parametrize(
        ("name", "expected", "digits"),
        [
            pytest.param("npv", 0.411e9, -6, id=f"O23 NPV {PLAN_09}"),
            pytest.param("payback", 2.38, 2, id=f"O23 payback {PLAN_09}"),
            pytest.param("discounted_payback", 2.76, 2, id=f"O23 discounted payback {PLAN_09}"),
            pytest.param("roi", 0.070, 3, id=f"O23 ROI {PLAN_09}"),
        ],
    )
    def test_plan_of_lesson_09(self, name: str, expected: float, digits: int) -> None:
        assert round(getattr(evaluate(_plan()), name), digits) == expected

    def test_irr_of_lesson_09(self) -> None:
        (rate,) = evaluate(_plan()).irr.rates
        assert round(rate, 3) == 0.181

    def test_scenario_changes_costs_and_benefits_apart(self) -> None:
        base, worse = evaluate(_plan()), evaluate(_plan(), Scenario(0.7, 0.15, 12.0))
        assert worse.costs == pytest.approx(base.costs * 1.15)
        assert worse.benefits == pytest.approx([0.0, *(base.benefits[:-1] * 0.7)])

    def test_plan_without_costs_has_no_return(self) -> None:
        plan = Plan(0.12, cost_flows({}, {}, 3), _plan().benefits)
        assert evaluate(plan).roi == 0.0

    def test_break_even_scales_the_benefits_to_the_costs(self) -> None:
        share = breakeven_share(_plan())
        assert evaluate(_plan(), Scenario(realised=share)).npv == pytest.approx(0.0, abs=1.0)

    def test_plan_without_benefits_never_breaks_even(self) -> None:
        nothing = {code: [0.0] * 4 for code in BENEFITS_09}
        assert math.isinf(breakeven_share(_plan(**nothing)))


class TestDoubleCounting:
    def test_lifetime_value_is_left_out_beside_its_parts(self) -> None:
        plan = _plan(B5=[0.0, 5e9, 5e9, 5e9])
        assert plan.twice == ("B1",)
        assert plan.counted == ("B1", "B8")
        assert evaluate(plan).npv == evaluate(_plan()).npv

    def test_lifetime_value_counts_alone(self) -> None:
        plan = _plan(B1=[0.0] * 4, B5=[0.0, 1e9, 2e9, 2.4e9])
        assert plan.twice == ()
        assert evaluate(plan).npv == pytest.approx(evaluate(_plan()).npv)


class TestPlanNpv:
    def test_as_planned_is_the_plan(self) -> None:
        assert plan_npv({}, plan=_plan())[0] == pytest.approx(evaluate(_plan()).npv)

    def test_scenarios_at_once_are_the_scenarios_one_by_one(self) -> None:
        hows = [Scenario(0.7, 0.15, 6.0), Scenario(), Scenario(1.2, -0.05, 0.0)]
        realised = np.array([how.realised for how in hows])
        drivers = {
            "B1": realised,
            "B8": realised,
            "cost_overrun": np.array([how.overrun for how in hows]),
            "delay_months": np.array([how.months_late for how in hows]),
        }
        one_by_one = [evaluate(_plan(), how).npv for how in hows]
        assert plan_npv(drivers, plan=_plan()) == pytest.approx(one_by_one)

    def test_rate_is_a_driver(self) -> None:
        net = evaluate(_plan()).net
        assert plan_npv({"rate": 0.2}, plan=_plan())[0] == pytest.approx(npv(0.2, net))

    @pytest.mark.parametrize("driver", ["B2", "luck"])
    def test_what_the_plan_does_not_hold_is_refused(self, driver: str) -> None:
        with pytest.raises(ValueError, match=driver):
            plan_npv({driver: 1.0}, plan=_plan())


class TestStages:
    WHOLE = np.array([-2e9, 1e9, 3e9])

    def _staged(self, least: float, months: float = 0.0) -> list[float]:
        measured = np.array([0.5, 1.0, 1.5])
        staged = staged_npv(
            self.WHOLE, measured, least=least, pilot_cost=1e8, months=months, rate=0.12
        )
        return [float(value) for value in staged]

    def test_stopping_costs_the_pilot_alone(self) -> None:
        assert self._staged(least=0.9) == [-1e8, 9e8, 2.9e9]

    def test_pilot_that_never_stops_only_costs(self) -> None:
        assert self._staged(least=0.0) == [pytest.approx(value - 1e8) for value in self.WHOLE]

    def test_waiting_a_year_discounts_by_a_year(self) -> None:
        assert self._staged(least=0.9, months=12)[2] == pytest.approx(3e9 / 1.12 - 1e8)

    def test_negative_cost_is_refused(self) -> None:
        with pytest.raises(ValueError, match="pilot_cost"):
            staged_npv([1.0], [1.0], least=0.0, pilot_cost=-1.0, months=0, rate=0.1)


def test_rows_are_found_by_code() -> None:
    plan = _plan()
    assert list(plan.row("C6")) == [3.0e9, 0.0, 0.0, 0.0]
    assert list(plan.row("B8")) == BENEFITS_09["B8"]
    assert set(COSTS) == set(plan.costs.index)
