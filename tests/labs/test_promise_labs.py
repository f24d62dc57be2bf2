"""What lesson 04 promises its readers in words holds in its labs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cxlib.charts.svg import to_svg
from cxlib.data import load
from cxlib.labs import promise as labs
from cxlib.labs.promise.audit import SUBJECTS, audited
from cxlib.labs.promise.choice import DELIVERIES
from cxlib.learning.lab import Lab, LabFace, LabPanel
from cxlib.learning.store import Store
from cxlib.learning.view import View
from cxlib.own_tables import PROMISES
from cxlib.templates import template_csv
from cxlib.text import Problem

FELT = "O37 prospect value, Tversky & Kahneman 1992 [M/D]"
FRACTILE = "O38 promise fractile [D]"
TRUTH = "D3, as simulated"
REGISTER = "D12, as planted"


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


class TestFeeling:
    @pytest.mark.parametrize(
        ("label", "expected"),
        [
            pytest.param("Feeling", "−4.14", id=f"two days late, {FELT}"),
            pytest.param("The same gap, other way", "+1.84", id=f"two days early, {FELT}"),
            pytest.param("Both customers together", "−2.30", id=f"both, {FELT}"),
        ],
    )
    def test_seven_days_instead_of_five(self, label: str, expected: str) -> None:
        assert _shown(labs.five_three_seven(), label) == expected

    def test_without_loss_aversion_early_and_late_cancel_out(self) -> None:
        view = labs.five_three_seven(loss_aversion=1.0)
        assert _shown(view, "Both customers together") == "0"

    def test_a_birthday_gift_hurts_by_being_one_day_late(self) -> None:
        view = _preset(labs.five_three_seven, "birthday")
        assert view.finding.en.startswith("1\xa0day late costs 4.00")

    def test_on_time_is_neither(self) -> None:
        view = labs.five_three_seven(actual=5)
        assert "neither delight nor annoyance" in view.finding.en
        assert _shown(view, "Against the promise") == "on time"

    def test_surprise_wears_off_and_a_kept_promise_hurts(self) -> None:
        view = labs.surprise_wears_off()
        felt = [_shown(view, f"Order {order}") for order in (1, 9, 10)]
        assert felt == ["+1.84", "+0.05", "−4.10"]
        assert "within the 7\xa0days promised" in view.finding.en

    def test_customers_who_never_learn_stay_delighted(self) -> None:
        view = _preset(labs.surprise_wears_off, "forgetful")
        assert [_shown(view, f"Order {order}") for order in (1, 9, 10)] == ["+1.84", "+1.84", "0"]

    def test_realistic_promise_neither_delights_nor_wears_off(self) -> None:
        view = _preset(labs.surprise_wears_off, "honest")
        assert [_shown(view, f"Order {order}") for order in (1, 9)] == ["0", "0"]
        assert "beyond the 5\xa0days promised" in view.finding.en


class TestPain:
    @pytest.mark.parametrize(
        ("values", "ratio", "interval"),
        [
            pytest.param({}, "2.30", "2.02 – 2.61", id=f"all orders, {TRUTH}"),
            pytest.param({"orders": "urgent"}, "3.67", "2.86 – 4.71", id=f"urgent, {TRUTH}"),
            pytest.param({"orders": "calm"}, "1.83", "1.58 – 2.12", id=f"calm, {TRUTH}"),
            pytest.param({"scale": "survey"}, "2.54", "2.21 – 2.91", id=f"ceiling, {TRUTH}"),
        ],
    )
    def test_estimates_told_in_the_lesson(
        self, values: dict[str, str], ratio: str, interval: str
    ) -> None:
        view = labs.measure_the_pain(**values)
        assert _shown(view, "Ratio λ") == ratio
        assert _shown(view, "95% confidence interval") == interval

    def test_few_orders_say_little(self) -> None:
        few, all_orders = (
            [float(end) for end in _shown(view, "95% confidence interval").split(" – ")]
            for view in (_preset(labs.measure_the_pain, "few"), labs.measure_the_pain())
        )
        assert few[1] - few[0] > 3 * (all_orders[1] - all_orders[0])

    def test_ceiling_is_told_where_it_distorts(self) -> None:
        assert "stops delight at 5" in _preset(labs.measure_the_pain, "ceiling").finding.en
        assert "stops delight" not in labs.measure_the_pain().finding.en

    def test_a_quarter_of_the_late_orders_is_late_by_weather(self) -> None:
        causes = load("giao_hang_hua_thuc")["cause_of_delay"].value_counts()
        late = causes.drop("khong")
        assert round(late["thoi_tiet"] / late.sum(), 2) == 0.25


class TestChoice:
    @pytest.mark.parametrize(
        ("cost", "promise", "share"),
        [
            pytest.param(0.20, "6\xa0days", "80%", id=f"c .20, {FRACTILE}"),
            pytest.param(0.25, "5\xa0days", "55%", id=f"c .25, {FRACTILE}"),
            pytest.param(0.30, "4\xa0days", "30%", id=f"c .30, {FRACTILE}"),
        ],
    )
    def test_promise_is_the_percentile_told(self, cost: float, promise: str, share: str) -> None:
        view = labs.choose_promise(cost=cost)
        assert _shown(view, "Best promise") == promise
        assert f"at least {share}" in view.finding.en

    def test_steady_deliveries_have_the_same_average_and_a_shorter_promise(self) -> None:
        view = _preset(labs.choose_promise, "steady")
        assert _shown(view, "Average delivery") == "4.6\xa0days"
        assert _shown(labs.choose_promise(), "Average delivery") == "4.6\xa0days"
        assert [_shown(view, label) for label in ("Best promise", "Kept")] == ["5\xa0days", "100%"]

    @pytest.mark.parametrize(
        ("cost", "said"), [(0.05, "the slowest case: 7"), (0.45, "the fastest case, 3")]
    )
    def test_costs_out_of_balance_are_told(self, cost: float, said: str) -> None:
        assert said in labs.choose_promise(cost=cost).finding.en

    @pytest.mark.parametrize("pattern", DELIVERIES)
    def test_no_other_promise_satisfies_more(self, pattern: str) -> None:
        view = labs.choose_promise(pattern=pattern)
        worth = {row[0].en: row[2].en.replace("−", "-") for row in view.table.rows}
        assert float(worth[_shown(view, "Best promise")]) == max(map(float, worth.values()))

    def test_restaurant_breaks_half_its_promises_of_the_average(self) -> None:
        assert round(load("deliveries")["time_to_delivery"].mean()) == 26
        assert "kept in 50% of all cases" in _preset(labs.moving_target, "average").finding.en

    def test_one_promise_is_wrong_at_some_hour(self) -> None:
        finding = _preset(labs.moving_target, "ninety").finding.en
        assert re.findall(r"\d+%", finding) == ["91%", "100%", "83%"]
        needed = [row[2].en for row in labs.moving_target().table.rows]
        assert (needed[0], needed[3]) == ("19", "38")


class TestAudit:
    @pytest.mark.parametrize(
        ("rule", "contradictions", "kept"),
        [
            pytest.param("today", "14 of 26", "47%", id=f"today, {REGISTER}"),
            pytest.param("shortest", "0 of 26", "31%", id=f"shortest, {REGISTER}"),
            pytest.param("longest", "0 of 26", "60%", id=f"longest, {REGISTER}"),
            pytest.param("ninth", "0 of 26", "100%", id=f"measured, {REGISTER}"),
        ],
    )
    def test_rules_compared_in_the_lesson(self, rule: str, contradictions: str, kept: str) -> None:
        view = labs.promise_audit(rule=rule)
        assert _shown(view, "Subjects promised differently") == contradictions
        assert _shown(view, "Messages that meet the target") == kept

    def test_a_target_above_what_was_measured_fails_everywhere(self) -> None:
        view = labs.promise_audit(rule="ninth", target=0.91)
        assert _shown(view, "Messages that meet the target") == "0%"

    def test_contradictions_and_agreement_are_all_subjects(self) -> None:
        shown = [
            {row[0].en for row in labs.promise_audit(shown=shown).table.rows}
            for shown in ("contradicted", "agreed")
        ]
        assert [len(subjects) for subjects in shown] == [14, 12]
        assert shown[0] | shown[1] == {name.en for name in SUBJECTS.values()}

    def test_three_messages_about_city_delivery(self) -> None:
        messages = [row for row in labs.promise_audit().table.rows if row[0].en == "City delivery"]
        assert sorted(row[3].en for row in messages) == ["2\xa0days", "5\xa0days", "7\xa0days"]


class TestFactors:
    @pytest.mark.parametrize(
        ("name", "share"), [("count", "50%"), ("first", "40%"), ("regular", "59%")]
    )
    def test_counting_and_weighing_differ(self, name: str, share: str) -> None:
        view = _preset(labs.ten_factors, name)
        assert _shown(view, "By weight") == share
        assert _shown(view, "By counting") == "50%"

    def test_less_control_of_staff_costs_expectation(self) -> None:
        assert _shown(labs.ten_factors(staff_control=0.7), "By weight") == "38%"


class TestOwnRegister:
    def _face(self) -> LabFace:
        return LabFace(labs.own_register, "vi", Store(), memory="company.own-register")

    def test_example_proposes_what_nine_in_ten_need(self) -> None:
        view = labs.own_register()
        assert "Provincial delivery" in view.finding.en
        assert "3\xa0days, kept only in 13%; 9\xa0days would be kept in 90%" in view.finding.en
        assert _shown(view, "Subjects promised differently") == "3 of 3"

    def test_a_few_typed_rows_are_enough(self) -> None:
        view = labs.own_register(register="Giao hàng; web; 3\ngiao hàng; Zalo; 5")
        assert _shown(view, "Subjects promised differently") == "1 of 1"
        assert _shown(view, "Messages not measured yet") == "2"
        assert "Add the real days" in view.finding.en

    def test_measured_rows_are_judged_beside_rows_that_are_not(self) -> None:
        view = labs.own_register(register="Giao; web; 3; 2; 4\nĐổi; quầy; 7")
        assert _shown(view, "Messages that meet the target") == "0 of 1"
        assert "“Giao” first" in view.finding.en
        assert [row[4].en for row in view.table.rows] == ["4\xa0days", "not measured"]

    @pytest.mark.parametrize("slow", range(3, 40))
    def test_time_nine_in_ten_take_is_proposed(self, slow: int) -> None:
        view = labs.own_register(register=f"Giao; web; 1; 2,5; {slow}")
        assert view.table.rows[0][4].en == f"{slow}\xa0days"

    def test_promises_all_kept_are_praised(self) -> None:
        view = labs.own_register(register="Giao; web; 9; 2; 4")
        assert view.finding.en.startswith("Every measured message")

    def test_same_day_counts_as_half_a_day(self) -> None:
        view = labs.own_register(register="Giao; web; 0; 0; 1")
        assert view.table.rows[0][2].en == "0.5\xa0days"

    def test_nine_in_ten_below_the_usual_is_refused(self) -> None:
        with pytest.raises(Problem, match="“Giao”, 9 in 10"):
            labs.own_register(register="Giao; web; 3; 4; 2")

    def test_file_made_from_the_template_fills_the_register(self) -> None:
        face = self._face()
        line = 'Giao hàng;Web;"3 ngày; có ngay";3;2;4,5;Lan\r\nGiao hàng;Zalo;;5;;;\r\n'
        content = template_csv(PROMISES, "vi") + line.encode()
        face.receive("file", "so-loi-hua.csv", content)
        assert _shown(face.view(), "Subjects promised differently") == "1 of 1"
        first = [cell.vi for cell in face.view().table.rows[0]]
        assert first[5:] == ["3 ngày; có ngay", "Lan"]

    def test_typed_register_is_kept_and_found_again(self) -> None:
        store = Store()
        face = LabFace(labs.own_register, "vi", store, memory="company.own-register")
        LabPanel(face, store)._handle_custom_msg(
            {"do": "enter", "name": "register", "raw": "Giao\tWeb\t3"}, []
        )
        again = LabFace(labs.own_register, "en", store, memory="company.own-register")
        assert again.values["register"] == "Giao\tWeb\t3"


class TestOwnPromise:
    def test_two_figures_of_the_company_give_a_promise(self) -> None:
        view = labs.own_promise()
        assert _shown(view, "Best promise") == "5\xa0days"
        assert _shown(view, "Kept") == "90%"
        assert _shown(view, "Today's promise kept") == "50%"

    def test_promise_of_today_cannot_beat_the_best(self) -> None:
        for today in (1.0, 4.0, 5.0, 6.0, 20.0):
            gained = _shown(labs.own_promise(today=today), "Satisfaction gained (points)")
            assert not gained.startswith("−"), f"{today} days"


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "shown"),
        [
            (labs.pain_of_two_days, "4.14"),
            (labs.late_against_early, "2.3"),
            (labs.promise_chosen, "outcome is 6 "),
            (labs.kept_yet_hurt, "Hurt"),
            (labs.contradictions_found, "14"),
            (labs.share_controlled, "40%"),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_told_after_a_guess(self, prediction: Any, shown: str) -> None:
        guess = prediction.question.ends()[0]
        assert shown in prediction.comparison(guess).en

    def test_hurt_is_what_the_lab_shows(self) -> None:
        assert _shown(labs.surprise_wears_off(), "Order 10").startswith("−")

    def test_contradictions_are_what_the_lab_shows(self) -> None:
        assert labs.contradictions_found.answer() == len(audited().contradictions)

    def test_share_controlled_is_what_the_lab_shows(self) -> None:
        shown = _shown(labs.ten_factors(), "By weight")
        assert shown == f"{round(labs.share_controlled.answer() * 100)}%"


@pytest.mark.parametrize(
    ("lab", "guess"),
    [
        (labs.five_three_seven, 2.0),
        (labs.measure_the_pain, 4.0),
        (labs.choose_promise, 5.0),
        (labs.ten_factors, 0.5),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_prediction_is_drawn_over_the_result(lab: Lab, guess: float) -> None:
    with_guess, without = (to_svg(lab(guess=given).chart("vi"), "") for given in (guess, None))
    assert "bạn đoán" in with_guess
    assert "bạn đoán" not in without
