"""What lesson 07 promises its readers in words holds in its labs."""

from __future__ import annotations

from typing import Any

import pytest

from cxlib.charts.svg import to_svg
from cxlib.data import load
from cxlib.labs import touchpoints as labs
from cxlib.labs.touchpoints.budget import improvements, plan
from cxlib.labs.touchpoints.survey import PLANTED, stated
from cxlib.learning.lab import Lab, LabFace, LabPanel
from cxlib.learning.profile import Profile
from cxlib.learning.store import Store
from cxlib.learning.view import View
from cxlib.own_tables import TOUCHPOINTS
from cxlib.templates import template_csv
from cxlib.text import Problem, number

SURVEY = "D2, as simulated"
KANO = "O36 Kano coefficients, Berger et al. 1993 [M/D]"
WISHES = "D14, as planted"


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


class TestImportance:
    @pytest.mark.parametrize(
        ("method", "advertising", "top_two"),
        [
            pytest.param("lmg", "5.5%", "51.7%", id=f"LMG, {SURVEY}"),
            pytest.param("correlation", "10.5%", "32.2%", id=f"correlation, {SURVEY}"),
            pytest.param("beta", "2.8%", "52.2%", id=f"regression, {SURVEY}"),
        ],
    )
    def test_shares_told_in_the_lesson(self, method: str, advertising: str, top_two: str) -> None:
        view = labs.asked_or_derived(method=method)
        assert _shown(view, "Advertising") == advertising
        assert _shown(view, "The two strongest") == top_two

    def test_advertising_is_said_to_matter_most_and_moves_least(self) -> None:
        assert stated().idxmax() == "quang_cao"
        assert round(float(stated().max()), 1) == 8.6
        derived = {row[0].en: float(row[3].en[:-1]) for row in labs.asked_or_derived().table.rows}
        assert min(derived, key=derived.__getitem__) == "Advertising"
        assert sorted(derived, key=derived.__getitem__)[-2:] == ["Care", "Delivery"]

    def test_halo_makes_all_correlations_respectable(self) -> None:
        finding = labs.asked_or_derived(method="correlation").finding.en
        assert "from 0.35 to 0.60" in finding

    def test_regression_comes_closest_to_the_truth(self) -> None:
        off = {
            method: float(
                _shown(
                    labs.asked_or_derived(method=method), "Average error against the truth"
                ).split()[0]
            )
            for method in ("beta", "lmg", "correlation")
        }
        assert sorted(off, key=off.__getitem__) == ["beta", "lmg", "correlation"]

    def test_planted_weights_are_those_of_the_plan(self) -> None:
        importance = load("diem_cham_chi_phi").astype({"touchpoint": str})
        assert importance.groupby("touchpoint")["importance"].first().to_dict() == PLANTED


class TestPriorityMap:
    @pytest.mark.parametrize(
        ("name", "first", "sure"),
        [
            ("mean", {"Delivery", "Care"}, "7 of 8"),
            ("median", {"Delivery", "Care", "Warranty"}, "6 of 8"),
            ("few", {"Delivery", "Care", "Advertising"}, "2 of 8"),
        ],
    )
    def test_lines_and_answers_decide_what_comes_first(
        self, name: str, first: set[str], sure: str
    ) -> None:
        view = _preset(labs.priority_map, name)
        assert {row[0].en for row in view.table.rows if row[3].en == "Mend first"} == first
        assert _shown(view, "Placed with 90% certainty") == sure


class TestKano:
    @pytest.mark.parametrize(
        ("name", "better", "worse", "category"),
        [
            pytest.param("tracking", "0.65", "−0.40", "Attractive", id=f"40/25/15/20, {KANO}"),
            pytest.param("undamaged", "0.25", "−0.85", "Must-be", id=f"undamaged, {KANO}"),
            pytest.param("wrapping", "0.25", "−0.10", "Indifferent", id=f"wrapping, {KANO}"),
        ],
    )
    def test_coefficients_told_in_the_lesson(
        self, name: str, better: str, worse: str, category: str
    ) -> None:
        view = _preset(labs.kano_survey, name)
        assert _shown(view, "Winning (Better)") == better
        assert _shown(view, "Losing (Worse)") == worse
        assert _shown(view, "Most frequent") == category

    @pytest.mark.parametrize(
        ("name", "category"),
        [("delight", "Attractive"), ("basic", "Must-be"), ("odd", "Questionable")],
    )
    def test_pairs_of_answers(self, name: str, category: str) -> None:
        assert _shown(_preset(labs.kano_pair, name), "Category") == category

    def test_equal_groups_are_told_as_divided(self) -> None:
        view = labs.kano_survey(A=100.0, O=100.0, M=100.0, I=100.0)
        assert view.finding.en.endswith("customers are divided, no category leads.")
        assert _shown(view, "Most frequent") == "none yet"

    def test_few_answers_are_told(self) -> None:
        assert labs.kano_survey(A=5.0, O=0.0, M=0.0, I=5.0).warnings


class TestBudget:
    @pytest.mark.parametrize(
        ("name", "share"),
        [
            pytest.param("worst", "28%", id=f"worst first, {WISHES}"),
            pytest.param("cheapest", "69%", id=f"cheapest first, {WISHES}"),
            pytest.param("best", "100%", id=f"best, {WISHES}"),
        ],
    )
    def test_rules_told_in_the_lesson(self, name: str, share: str) -> None:
        view = _preset(labs.two_billion, name)
        assert _shown(view, "Of the best") == share
        assert not view.warnings

    def test_a_rule_chosen_by_hand_gains_what_the_rule_gains(self) -> None:
        view = _preset(labs.two_billion, "worst")
        assert _shown(view, "Overall score gains") == number(plan("worst", 2e9).value, 2).en

    def test_own_plan_comes_before_the_comparison(self) -> None:
        view = labs.two_billion(chosen=("cho_muon_may",))
        assert _shown(view, "Of the best") == "?"
        assert "28%" not in view.finding.en

    def test_too_much_is_told(self) -> None:
        view = labs.two_billion(chosen=tuple(improvements().index))
        assert view.finding.en.startswith("Over budget by ₫4.64\xa0billion")
        assert _shown(view, "Of the best") == "over budget"

    def test_what_lacks_its_precondition_brings_nothing(self) -> None:
        view = labs.two_billion(chosen=("goi_lai_khi_lo_may",))
        assert _shown(view, "Overall score gains") == "0.00"
        assert "One customer file" in view.warnings[0].en

    @pytest.mark.parametrize("budget", [4e8, 1e9, 2e9, 3e9, 4e9])
    def test_no_rule_beats_the_best_set(self, budget: float) -> None:
        best = plan("best", budget)
        assert best.cost <= budget
        for rule in ("worst", "cheapest"):
            assert plan(rule, budget).value <= best.value, rule


class TestMemory:
    @pytest.mark.parametrize(
        ("name", "memory"), [("as_is", "3.5"), ("fee_first", "6.0"), ("late_last", "3.0")]
    )
    def test_order_changes_memory_and_not_the_average(self, name: str, memory: str) -> None:
        view = _preset(labs.reorder_journey, name)
        assert _shown(view, "Remembered") == memory
        assert _shown(view, "Average") == "6.5"

    @pytest.mark.parametrize(
        ("when", "rule", "share"),
        [
            pytest.param("ngay_sau", "The average", "50%", id=f"at once, {SURVEY}"),
            pytest.param("sau_3_thang", "Worst + last", "75%", id=f"later, {SURVEY}"),
        ],
    )
    def test_rule_that_tells_the_score_best(self, when: str, rule: str, share: str) -> None:
        view = labs.what_is_remembered(when=when)
        assert _shown(view, rule) == share
        assert f"“{rule}” tells the overall score best" in view.finding.en


class TestOwnJourney:
    def _decisions(self, view: View) -> dict[str, str]:
        return {row[0].en: row[6].en for row in view.table.rows}

    def test_example_funds_what_matters_not_what_is_worst(self) -> None:
        view = labs.own_journey()
        funded = {n for n, decision in self._decisions(view).items() if decision == "fund"}
        assert funded == {"Delivery", "Warranty"}
        assert "worst first (Care) gives only 0.49" in view.finding.en

    def test_typed_rows_stand_in_the_order_of_the_journey(self) -> None:
        lines = "Trả phòng; sau khi mua; 5; 7\nĐặt phòng; trước khi mua; 5; 6; 50 triệu"
        view = labs.own_journey(touchpoints=lines)
        assert self._decisions(view) == {"Đặt phòng": "fund", "Trả phòng": "cost unknown"}

    def test_no_cost_at_all_still_names_what_to_mend(self) -> None:
        view = labs.own_journey(touchpoints="Quầy; ; 9; 5\nWeb; ; 1; 5")
        assert view.finding.en.startswith("Most worth mending is Quầy")

    def test_target_reached_everywhere_is_told(self) -> None:
        finding = labs.own_journey(target=5.0).finding.en
        assert finding.startswith("Every touchpoint has reached the target")

    def test_too_many_touchpoints_are_refused(self) -> None:
        lines = "\n".join(f"Điểm {n}; ; 5; 5" for n in range(31))
        with pytest.raises(Problem, match="There are 31 touchpoints"):
            labs.own_journey(touchpoints=lines)

    def test_file_made_from_the_template_fills_the_journey(self) -> None:
        face = LabFace(labs.own_journey, "vi", Store(), memory="company.own-journey")
        content = template_csv(TOUCHPOINTS, "vi") + "Lễ tân;during;9;6,5;80000000\r\n".encode()
        face.receive("file", "diem-cham.csv", content)
        assert self._decisions(face.view()) == {"Lễ tân": "fund"}

    def test_typed_journey_is_kept_and_found_again(self) -> None:
        store = Store()
        face = LabFace(labs.own_journey, "vi", store, memory="company.own-journey")
        LabPanel(face, store)._handle_custom_msg(
            {"do": "enter", "name": "touchpoints", "raw": "Lễ tân\tduring\t9\t6"}, []
        )
        again = LabFace(labs.own_journey, "en", store, memory="company.own-journey")
        assert again.values["touchpoints"] == "Lễ tân\tduring\t9\t6"

    def test_budget_starts_from_the_revenue(self) -> None:
        profile = Profile("", "retail", 1e5, 2e6, 0.3, 0.6, 4, 0.7, 50, "billion")
        assert labs.own_journey.from_profile is not None
        assert labs.own_journey.from_profile(profile) == {"budget": 4e8}


class TestCommitments:
    def test_example_shows_a_mere_wish(self) -> None:
        view = labs.own_commitments()
        assert _shown(view, "Complete") == "2 of 3"
        assert "“Loan appliance” lacks: measure, today's level, goal, owner" in view.finding.en

    def test_complete_commitments_are_praised(self) -> None:
        view = labs.own_commitments(commitments="Sửa web; 6; tải dưới 2 giây; 40; 90; Lan")
        assert view.finding.en.startswith("Real commitments (1/1)")
        assert "month 6" in view.finding.en


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "shown"),
        [
            (labs.advertising_moves, "5.5%"),
            (labs.line_moved, "Warranty"),
            (labs.must_be_wins, "only a little"),
            (labs.worst_first_share, "28%"),
            (labs.memory_after, "3.5"),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_told_after_a_guess(self, prediction: Any, shown: str) -> None:
        guess = prediction.question.ends()[0]
        assert shown in prediction.comparison(guess).en

    def test_average_told_with_the_question_is_that_of_the_moments(self) -> None:
        assert "6.5" in labs.memory_after.question.label.en
        assert _shown(labs.reorder_journey(), "Average") == "6.5"


@pytest.mark.parametrize(
    ("lab", "values", "guess"),
    [
        (labs.asked_or_derived, {}, 0.3),
        (labs.two_billion, {"shown": "all"}, 0.5),
        (labs.reorder_journey, {}, 5.0),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_prediction_is_drawn_over_the_result(
    lab: Lab, values: dict[str, Any], guess: float
) -> None:
    drawings = [to_svg(lab(**values, guess=given).chart("vi"), "") for given in (guess, None)]
    assert "bạn đoán" in drawings[0]
    assert "bạn đoán" not in drawings[1]
