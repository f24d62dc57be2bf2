"""What lesson 01 promises its readers in words holds in its labs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cxlib.charts.svg import to_svg
from cxlib.labs import what_is_cx as labs
from cxlib.labs.what_is_cx.own_map import CONSTITUENTS
from cxlib.labs.what_is_cx.situations import AFTER, ALL, BEFORE, DURING, Situation
from cxlib.learning.lab import Lab
from cxlib.learning.view import View

PAPER = "domain research, computed [C]"
ROUNDS = {"sort-1": (labs.sort_before, BEFORE), "sort-2": (labs.sort_during, DURING)}
ROUNDS["sort-3"] = (labs.sort_after, AFTER)
each_round = pytest.mark.parametrize(("lab", "situations"), ROUNDS.values(), ids=ROUNDS)


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


class TestWhoHoldsCx:
    def test_274_complaints_in_600_comments(self) -> None:
        counts = [int(row[1].en) for row in labs.who_holds_cx().table.rows]
        assert sum(counts) == 274

    def test_customer_service_holds_24_per_cent(self) -> None:
        assert "24%" in _preset(labs.who_holds_cx, "care").finding.en

    def test_digital_team_holds_no_more(self) -> None:
        care, digital = (
            int(_shown(_preset(labs.who_holds_cx, name), "Left open")[:-1])
            for name in ("care", "digital")
        )
        assert digital >= care

    def test_nobody_in_charge_leaves_every_complaint(self) -> None:
        view = labs.who_holds_cx(owned=())
        assert "274 complaints" in view.finding.en
        assert _shown(view, "Left open") == "100%"


class TestSituations:
    def test_13_carry_several_5_none_and_6_one(self) -> None:
        boxes = [len(situation.boxes) for situation in ALL]
        assert (sum(n > 1 for n in boxes), boxes.count(0), boxes.count(1)) == (13, 5, 6)

    def test_rounds_hold_eight_each_and_both_kinds(self) -> None:
        for situations in (BEFORE, DURING, AFTER):
            assert len(situations) == 8
            assert {situation.first for situation in situations} == {"CX", "EX"}

    def test_the_app_screen_is_every_x(self) -> None:
        (screen,) = [s for s in ALL if s.name.en == "Hob in the app"]
        assert set(screen.boxes) == {"DX", "PX", "BX", "UX"}

    @pytest.mark.parametrize("situation", ALL, ids=lambda s: s.name.en)
    @pytest.mark.parametrize("department", ["DX", "PX", "BX", "UX", ""])
    def test_department_is_always_right(self, situation: Situation, department: str) -> None:
        assert situation.seen_by(department) in situation.fits


class TestSorting:
    @each_round
    def test_key_agrees_with_itself(self, lab: Lab, situations: Any) -> None:
        view = _preset(lab, "key")
        assert _shown(view, "κ of layer 1") == "1.00"
        assert _shown(view, "κ of layer 2, with the obvious box") == "1.00"

    @each_round
    @pytest.mark.parametrize("eye", ["digital", "brand"])
    def test_departments_are_acceptable_throughout(
        self, lab: Lab, situations: Any, eye: str
    ) -> None:
        assert _shown(_preset(lab, eye), "Layer 2 acceptable") == "8/8"

    @each_round
    def test_six_of_eight_fit_no_single_box(self, lab: Lab, situations: Any) -> None:
        assert "In layer 2, 6 of 8" in _preset(lab, "key").finding.en

    def test_key_of_a_row_waits_until_it_is_sorted(self) -> None:
        rows = labs.sort_before(first_0="CX", second_0="BX", first_1="CX").table.rows
        keys = [row[4].en for row in rows]
        assert keys[0] == "BX, DX"
        assert set(keys[1:]) == {"not sorted"}

    def test_kappa_waits_for_the_whole_round(self) -> None:
        answers = dict(labs.sort_after.presets["key"].values)
        answers.pop("second_7")
        assert _shown(labs.sort_after(**answers), "κ of layer 1") == "after row 8"

    def test_wrong_layer_is_counted(self) -> None:
        answers = {**labs.sort_during.presets["key"].values, "first_0": "EX"}
        assert _shown(labs.sort_during(**answers), "Layer 1 as in the key") == "7/8"


class TestDepartments:
    def test_all_right_yet_alike_on_11_of_24(self) -> None:
        assert _shown(labs.four_departments(), "Layer 2: all four agree") == "11/24"

    def test_kappa_of_the_contested_is_low(self) -> None:
        assert float(_shown(labs.four_departments(), "κ, the 13 with several X")) < 0.4

    def test_without_claims_they_agree(self) -> None:
        view = _preset(labs.four_departments, "journey")
        values = [item.value.en for item in view.key_figures]
        assert values == ["24/24", "1.00", "1.00"]

    def test_every_claim_takes_agreement_away(self) -> None:
        alike = [
            int(_shown(labs.four_departments(claimed=k / 13), "Layer 2: all four agree")[:-3])
            for k in range(14)
        ]
        assert alike == list(range(24, 10, -1))


class TestTwoTeams:
    def test_83_per_cent_alike_and_kappa_below_zero(self) -> None:
        assert re.findall(r"−?[\d.]+%?", _preset(labs.two_teams, "same-habit").finding.en)[:3] == [
            "83%",
            "85%",
            "−0.09.",
        ]

    def test_same_share_with_understanding_is_much_better(self) -> None:
        view = _preset(labs.two_teams, "same-eye")
        assert _shown(view, "Agreement") == "83%"
        assert float(_shown(view, "κ")) > 0.6

    def test_one_kind_only_is_said(self) -> None:
        view = labs.two_teams(both_cx=9, both_ex=0, first_only=0, second_only=0)
        assert "cannot be told apart" in view.finding.en


class TestIntent:
    def test_half_the_spread_leaves_62_of_1056(self) -> None:
        values = [item.value.en for item in labs.two_stores().key_figures]
        assert values == ["1,056", "62"]

    def test_high_average_can_mislead(self) -> None:
        assert "average misleads" in _preset(labs.two_stores, "higher").finding.en

    def test_steady_but_poor_is_worse(self) -> None:
        bad_a, bad_b = (
            int(item.value.en.replace(",", ""))
            for item in _preset(labs.two_stores, "poor").key_figures
        )
        assert bad_b > bad_a

    @pytest.mark.parametrize(
        ("values", "whole", "failed"),
        [
            pytest.param({}, "66.3%", "3,366", id=f"eight at 95% {PAPER}"),
            pytest.param({"today": 0.99}, "92.3%", "773", id=f"eight at 99% {PAPER}"),
        ],
    )
    def test_journey(self, values: dict[str, float], whole: str, failed: str) -> None:
        view = labs.whole_journey(**values)
        assert f"only {whole}" in view.finding.en
        assert _shown(view, "Meet a failure, of 10,000") == failed

    def test_half_the_touchpoints_gain_less_than_mending(self) -> None:
        fewer = _preset(labs.whole_journey, "short").finding.en
        assert "81.5%" in fewer
        assert "92.3%" in labs.whole_journey().finding.en

    def test_98_7_per_cent_for_nine_in_ten(self) -> None:
        assert "only 90.1%" in labs.whole_journey(today=0.987).finding.en


class TestScopeMap:
    def test_an_nhien_manages_four(self) -> None:
        assert _shown(labs.scope_map(), "Managed") == "4/10"
        assert _shown(labs.scope_map(), "Held by customer service") == "1/10"

    def test_zero_manages_nothing(self) -> None:
        assert _shown(_preset(labs.scope_map, "zero"), "Managed") == "0/10"

    def test_ten_constituents(self) -> None:
        assert len(CONSTITUENTS) == 10

    @pytest.mark.parametrize(
        "gap", [("owner", "nobody"), ("measured", "older"), ("managed", "chance")]
    )
    def test_one_gap_unmakes_a_managed_constituent(self, gap: tuple[str, str]) -> None:
        column, value = gap
        assert _shown(labs.scope_map(**{f"care_{column}": value}), "Managed") == "3/10"


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "shown"),
        [
            (labs.held_by_care, "24%"),
            (labs.one_box, "6"),
            (labs.all_agree, "11"),
            (labs.bad_visits, "62"),
            (labs.smooth_journeys, "66%"),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_told_after_a_guess(self, prediction: Any, shown: str) -> None:
        guess = prediction.question.ends()[0]
        assert f"outcome is {shown}" in prediction.comparison(guess).en


@pytest.mark.parametrize(
    ("lab", "guess"),
    [
        (labs.who_holds_cx, 0.6),
        (labs.four_departments, 20.0),
        (labs.two_stores, 528.0),
        (labs.whole_journey, 0.9),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_prediction_is_drawn_over_the_result(lab: Lab, guess: float) -> None:
    with_guess, without = (to_svg(lab(guess=given).chart("vi"), "") for given in (guess, None))
    assert "bạn đoán" in with_guess
    assert "bạn đoán" not in without
