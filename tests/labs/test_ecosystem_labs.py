"""What lesson 03 promises its readers in words holds in its labs."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from cxlib.charts.svg import to_svg
from cxlib.labs import ecosystem as labs
from cxlib.labs.ecosystem.compass import JOURNEY, OWN, UNITS, importance, priorities
from cxlib.labs.ecosystem.elements import ELEMENTS, rho_of
from cxlib.labs.ecosystem.journey_map import AN_NHIEN, STAGES, raised, weakest_cell, whole_journey
from cxlib.learning.lab import Lab, LabFace
from cxlib.learning.profile import FIELDS, PROFILE, templates
from cxlib.learning.store import Store
from cxlib.learning.view import View
from cxlib.models.ecosystem import ces_aggregate


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


def _gains(view: View) -> list[float]:
    """What the weakest-link table says ten points add, element by element."""
    return [float(row[2].en) for row in view.table.rows]


def _gain_of_bottleneck(effort: float) -> float:
    """What An Nhien's journey gains when its weakest cell rises."""
    rho = rho_of(0.15)
    mended = raised(AN_NHIEN, weakest_cell(AN_NHIEN), effort)
    return whole_journey(mended, rho) - whole_journey(AN_NHIEN, rho)


class TestWeakestLink:
    @pytest.mark.parametrize(
        ("makes_up", "whole"),
        [
            pytest.param(1.0, "66.25", id="domain 2.1 mean of 80-75-40-70 [C]"),
            pytest.param(0.5, "64.02", id="domain 2.1 geometric mean of 80-75-40-70 [C]"),
            pytest.param(0.0, "40", id="domain 2.1 minimum of 80-75-40-70 [C]"),
        ],
    )
    def test_four_numbers_have_three_answers(self, makes_up: float, whole: str) -> None:
        assert _shown(labs.weakest_link(makes_up=makes_up), "The whole") == whole

    def test_ten_points_for_the_strongest_add_2_5_or_nothing(self) -> None:
        assert _gains(_preset(labs.weakest_link, "average")) == [2.5] * 4
        assert _gains(_preset(labs.weakest_link, "worst")) == [0, 0, 10, 0]

    @pytest.mark.parametrize("makes_up", [0.0, 0.1, 0.3, 0.6, 0.99])
    def test_weak_spot_is_worth_most_unless_all_makes_up_for_all(self, makes_up: float) -> None:
        assert int(np.argmax(_gains(labs.weakest_link(makes_up=makes_up)))) == 2

    def test_best_attitude_does_not_save_the_pot(self) -> None:
        view = _preset(labs.weakest_link, "smiles")
        assert float(_shown(view, "The whole")) < 55
        assert _gains(view)[0] == 0

    def test_whole_falls_steadily_as_less_makes_up(self) -> None:
        wholes = [ces_aggregate([80, 75, 40, 70], rho_of(share / 20)) for share in range(21)]
        assert wholes == sorted(wholes)

    def test_ceiling_and_equal_weakness_are_said(self) -> None:
        full, empty = dict.fromkeys(ELEMENTS, 100.0), dict.fromkeys(ELEMENTS, 0.0)
        assert "nothing is left to raise" in labs.weakest_link(**full).finding.en
        assert "rise together" in labs.weakest_link(**empty, makes_up=0.0).finding.en


class TestHundredPoints:
    def test_same_plan_falls_from_88_75_to_39_52(self) -> None:
        names = ("same_plan", "other_world")
        plans = [_shown(_preset(labs.hundred_points, name), "Your plan") for name in names]
        assert plans == ["88.75", "39.52"]

    def test_best_plan_of_the_weak_world_loses_little_in_the_other(self) -> None:
        rows = labs.hundred_points().table.rows
        view = labs.hundred_points(
            **{key: float(row[4].en) for key, row in zip(ELEMENTS, rows, strict=True)}
        )
        assert _shown(view, "Your plan") == "76.94"
        assert float(_shown(view, "Your plan in the other world")) == pytest.approx(78.63, abs=0.02)
        assert "as good as the best" in view.finding.en

    def test_too_many_points_are_warned_of_and_scaled_down(self) -> None:
        view = labs.hundred_points(**dict.fromkeys(ELEMENTS, 100.0))
        (warning,) = view.warnings
        assert "400" in warning.en
        assert [row[3].en for row in view.table.rows] == ["25.0"] * 4

    def test_plan_within_the_budget_is_not_warned_of(self) -> None:
        assert labs.hundred_points().warnings == ()


class TestCompass:
    def test_north_is_delivery_care_and_advice(self) -> None:
        leading = importance().sort_values(ascending=False).head(3)
        assert list(leading.index) == ["giao_hang", "cskh", "tu_van"]
        assert (leading * 100).round().tolist() == [33, 19, 13]

    @pytest.mark.parametrize(
        ("case", "arrives"), [("own_way", "7%"), ("all_sales", "12%"), ("journey", "78%")]
    )
    def test_strength_that_arrives(self, case: str, arrives: str) -> None:
        view = _preset(labs.compass, case)
        assert _shown(view, "Reaches customers") == arrives
        assert arrives in view.finding.en

    def test_to_agree_is_not_to_face_the_customer(self) -> None:
        view = _preset(labs.compass, "all_sales")
        assert _shown(view, "Agreed (W)") == "1.00"
        assert _shown(view, "Aligned: no pulling apart") == "100%"

    def test_division_of_labour_arrives_with_little_agreement(self) -> None:
        assert _shown(_preset(labs.compass, "journey"), "Agreed (W)") == "0.41"

    def test_only_operations_points_south(self) -> None:
        north = priorities(OWN, 0.0) @ importance()
        assert [unit for unit in UNITS if north[unit] < 0] == ["operations"]

    def test_half_engaged_brings_72_per_cent(self) -> None:
        assert _shown(labs.compass(engaged=0.5), "Reaches customers") == "72%"

    def test_engagement_turns_everyone_to_the_customer(self) -> None:
        shares = [
            int(_shown(labs.compass(engaged=step / 10), "Reaches customers")[:-1])
            for step in range(11)
        ]
        assert shares == sorted(shares)
        assert shares[-1] == 100

    def test_journey_targets_are_offered_to_their_units(self) -> None:
        for unit in UNITS:
            assert {OWN[unit], JOURNEY[unit], "revenue"} == set(labs.compass.fields[unit].ends())


class TestJourneyMap:
    def test_every_element_averages_65_or_more_and_three_cells_are_below_50(self) -> None:
        assert AN_NHIEN.mean(axis=1).min() == 65
        assert int((AN_NHIEN < 50).sum()) == 3

    def test_stage_of_use_is_that_of_the_pot(self) -> None:
        assert AN_NHIEN[:, list(STAGES).index("use")].tolist() == [80, 75, 40, 70]

    @pytest.mark.parametrize(
        ("case", "gain"), [("ten", "4.0"), ("forty", "6.3"), ("people", "0.1")]
    )
    def test_gain_of_each_case(self, case: str, gain: str) -> None:
        assert _shown(_preset(labs.journey_map, case), "Gain") == gain

    def test_thirty_points_after_the_first_ten_add_2_2(self) -> None:
        first, rest = _gain_of_bottleneck(10), _gain_of_bottleneck(40)
        assert round(rest - first, 1) == 2.2

    def test_bottleneck_moves_to_the_pot(self) -> None:
        assert "moves to products at “Use it”, at 40" in labs.journey_map().finding.en

    def test_twenty_and_twenty_beat_forty(self) -> None:
        rho = rho_of(0.15)
        shared = raised(raised(AN_NHIEN, (1, 2), 20), (2, 3), 20)
        gain = whole_journey(shared, rho) - whole_journey(AN_NHIEN, rho)
        assert round(gain, 1) == 10.1

    def test_with_full_substitution_every_cell_is_worth_the_same(self) -> None:
        gains = {
            _shown(labs.journey_map(element=e, stage=s, effort=10, makes_up=1.0), "Gain")
            for e in ELEMENTS
            for s in STAGES
        }
        assert len(gains) == 1

    def test_nothing_raised_gains_nothing(self) -> None:
        view = labs.journey_map(effort=0)
        assert _shown(view, "Gain") == "0.0"
        assert "still systems" in view.finding.en


class TestOwnMap:
    def test_example_is_an_nhien(self) -> None:
        view = labs.own_map()
        assert "bottleneck is systems at “Take delivery”, at 35" in view.finding.en
        assert view.table.rows[0][0].en == "systems at “Take delivery”"

    def test_cleared_map_has_no_bottleneck_yet(self) -> None:
        assert "no bottleneck shows" in _preset(labs.own_map, "clear").finding.en

    def test_heavier_cell_may_deserve_the_next_points(self) -> None:
        view = labs.own_map(people=0.7, people_receive=40)
        assert "worth most in people" in view.finding.en

    @pytest.mark.parametrize(("contact", "weight"), [(0.0, 0.1), (0.5, 0.25), (1.0, 0.4)])
    def test_people_weigh_more_where_contact_is_more(self, contact: float, weight: float) -> None:
        kept = {name: item.default for name, item in FIELDS.items()}
        figures = {**templates()["retail"], "contact_intensity": contact}
        store = Store()
        store.put(PROFILE, {**kept, **figures, "industry": "retail"})
        face = LabFace(labs.own_map.for_company(), "en", store, memory="company.own-map")
        assert face.values["people"] == pytest.approx(weight)


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "shown"),
        [
            (labs.where_ten_points_pay, "Products 40 → 50"),
            (labs.plan_in_another_world, "39.5"),
            (labs.reaches_customers, "7%"),
            (labs.four_times_the_effort, "6.3"),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_told_after_a_guess(self, prediction: Any, shown: str) -> None:
        assert shown in prediction.comparison(prediction.question.ends()[0]).en

    @pytest.mark.parametrize(
        ("prediction", "lab", "label"),
        [
            (labs.plan_in_another_world, labs.hundred_points, "Your plan"),
            (labs.reaches_customers, labs.compass, "Reaches customers"),
            (labs.four_times_the_effort, labs.journey_map, "Gain"),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_is_what_the_lab_shows_first(
        self, prediction: Any, lab: Lab, label: str
    ) -> None:
        (shown,) = re.findall(r"[\d.]+", _shown(lab(), label))
        scale = 100 if "%" in _shown(lab(), label) else 1
        assert prediction.answer() * scale == pytest.approx(float(shown), abs=0.5)


@pytest.mark.parametrize(
    ("lab", "guess"),
    [
        (labs.weakest_link, "systems"),
        (labs.hundred_points, 70.0),
        (labs.compass, 0.5),
        (labs.journey_map, 12.0),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_prediction_is_drawn_over_the_result(lab: Lab, guess: Any) -> None:
    with_guess, without = (to_svg(lab(guess=given).chart("vi"), "") for given in (guess, None))
    assert "bạn đoán" in with_guess
    assert "bạn đoán" not in without
