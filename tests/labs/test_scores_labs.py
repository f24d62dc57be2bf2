"""What lesson 06 promises its readers in words holds in its labs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cxlib.charts.svg import to_svg
from cxlib.labs import scores as labs
from cxlib.labs.scores.noise import SHOPS, wave_scores
from cxlib.labs.scores.plan import CONSENT
from cxlib.learning.lab import Lab, LabFace, LabPanel
from cxlib.learning.store import Store
from cxlib.learning.view import View


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


def _numbers(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*\.?\d*", text)]


class TestNoiseGame:
    def test_praised_fall_8_and_warned_rise_10_of_11_times(self) -> None:
        view = _preset(labs.noise_game, "year")
        assert _shown(view, "Top shop fell next") == "8/11"
        assert _shown(view, "Bottom shop rose next") == "10/11"

    def test_scores_outside_chance_are_no_more_than_chance_leaves_out(self) -> None:
        outside, all_ = _shown(_preset(labs.noise_game, "year"), "Scores outside chance").split("/")
        assert int(all_) == 20 * 12
        assert int(outside) <= 0.05 * int(all_)

    def test_nothing_of_the_next_wave_shows_before_it_is_opened(self) -> None:
        view = labs.noise_game(wave=3)
        later = f"{wave_scores()[:, 3].max():.1f}"
        assert later not in view.finding.en
        assert [row[2].en for row in view.table.rows][-1] == "?"

    def test_star_of_wave_6_falls_and_its_last_one_rises(self) -> None:
        finding = _preset(labs.noise_game, "fall").finding.en
        assert "M20 was praised and next falls from 40.0 to 11.7" in finding
        assert "M10 was warned and next rises from 10.0 to 25.0" in finding

    def test_any_shop_can_be_praised_or_warned(self) -> None:
        scores = wave_scores()
        view = labs.noise_game(wave=1, praised="M05", warned="M14", opened="open")
        place = SHOPS.index("M05")
        assert f"M05 was praised and next falls from {scores[place, 0]:.1f}" in view.finding.en

    def test_one_shop_praised_and_warned_shows_the_joke(self) -> None:
        view = labs.noise_game(wave=1, praised="M05", warned="M05", opened="open")
        assert "praised and warned at once" in view.finding.en


class TestPooledWaves:
    def test_no_shop_leaves_chance_in_wave_6(self) -> None:
        assert "none leaves the range of chance" in _preset(labs.pooled_waves, "one").finding.en

    def test_no_shop_leaves_chance_in_the_first_half(self) -> None:
        assert "none leaves" in labs.pooled_waves(start=1, waves=6).finding.en

    @pytest.mark.parametrize("name", ["all", "late"])
    def test_only_m13_stands_out_when_pooled(self, name: str) -> None:
        finding = _preset(labs.pooled_waves, name).finding.en
        assert re.findall(r"M\d\d", finding) == ["M13"]

    def test_pooling_draws_the_shops_together(self) -> None:
        one, twelve = (
            _numbers(_shown(labs.pooled_waves(start=1, waves=waves), "Lowest and highest"))
            for waves in (1, 12)
        )
        assert twelve[1] - twelve[0] < (one[1] - one[0]) / 2

    def test_waves_after_the_last_are_not_counted(self) -> None:
        view = labs.pooled_waves(start=12, waves=12)
        assert _shown(view, "Answers per shop") == "60"


class TestSampleSize:
    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            pytest.param(1, 834, id="O28 answers for 5 points [D]"),
            pytest.param(3, 3406, id="O28 answers per wave to detect 5 points [D]"),
        ],
    )
    def test_answers_for_five_points(self, place: int, expected: int) -> None:
        assert _numbers(labs.sample_size().finding.en)[place] == expected

    def test_sixty_answers_know_within_18_6_points(self) -> None:
        assert _shown(labs.sample_size(answers=60), "Your margin of error") == "±18.6 points"

    def test_four_times_the_answers_halve_the_margin(self) -> None:
        wide, narrow = (
            _numbers(_shown(labs.sample_size(answers=n), "Your margin of error"))[0]
            for n in (500, 2000)
        )
        assert narrow == pytest.approx(wide / 2, abs=0.1)

    @pytest.mark.parametrize(
        ("answers", "said"), [(400, "neither"), (900, "not to compare"), (3500, "enough for both")]
    )
    def test_own_number_is_judged(self, answers: float, said: str) -> None:
        assert said in labs.sample_size(answers=answers).finding.en

    def test_split_customers_take_more_answers(self) -> None:
        usual, split = (
            _numbers(view.finding.en)[3]
            for view in (labs.sample_size(), _preset(labs.sample_size, "split"))
        )
        assert split > usual


class TestFourIndices:
    def test_each_index_has_its_own_best_channel(self) -> None:
        best = [item.value.en for item in labs.four_indices().key_figures]
        assert best == ["Online", "Stores", "Zalo", "Delivery"]

    def test_counting_fives_only_crowns_another_channel(self) -> None:
        view = _preset(labs.four_indices, "top-box")
        assert _shown(view, "Best by CSAT") == "Online"

    def test_reserve_of_one_point_topples_nps_most(self) -> None:
        frank, reserved = labs.four_indices(), _preset(labs.four_indices, "reserved")
        before, after = (
            [_signed(cell.en) for cell in view.table.rows[1][1:]] for view in (frank, reserved)
        )
        falls = [a - b for a, b in zip(before, after, strict=True)]
        assert falls[0] > 2 * max(falls[1:])
        assert "rank 5" in reserved.finding.en

    def test_other_channels_do_not_move_with_online_customers(self) -> None:
        frank, reserved = labs.four_indices(), labs.four_indices(reserve=2.0)
        others = [0, 2, 3, 4]
        assert [frank.table.rows[i] for i in others] == [reserved.table.rows[i] for i in others]


def _signed(text: str) -> float:
    return float(text.replace("−", "-").rstrip("%"))


class TestWhoAnswers:
    def test_first_survey_measures_minus_10_from_300_answers(self) -> None:
        view = labs.who_answers()
        assert view.finding.en.startswith("Measured: −10 ±")
        assert _shown(view, "Answers received") == "300"
        assert _shown(view, "Off the truth by") == "34.0 points"

    def test_ten_times_more_invitations_tighten_and_stay_wrong(self) -> None:
        few, many = (labs.who_answers(invited=invited) for invited in (5_000, 50_000))
        assert _shown(few, "Off the truth by") == _shown(many, "Off the truth by")
        margins = [_numbers(view.finding.en)[1] for view in (few, many)]
        assert margins[1] == pytest.approx(margins[0] / 10**0.5, abs=0.1)

    def test_equal_rates_tell_the_truth_with_few_answers(self) -> None:
        view = _preset(labs.who_answers, "fair")
        assert _shown(view, "Off the truth by") == "0.0 points"
        assert "only 6% answer" in view.finding.en

    def test_staff_who_pick_the_happy_flatter_the_score(self) -> None:
        measured = _numbers(_preset(labs.who_answers, "picked").finding.en)[0]
        assert measured > 24

    def test_asking_for_complaints_first_lowers_the_score(self) -> None:
        fair = labs.who_answers.presets["fair"].values
        asked = labs.who_answers(**{**fair, "order": "complaints"})
        assert _numbers(asked.finding.en)[0] < 24


class TestComments:
    def test_126_of_274_complaints_are_about_a_promise(self) -> None:
        view = labs.comments()
        assert _shown(view, "Complaints recognised") == "274/274"
        assert sum(int(row[1].en) for row in view.table.rows) == 126

    def test_delivery_breaks_most_promises_and_advertising_the_largest_part(self) -> None:
        view = labs.comments()
        assert "Delivery" in view.finding.en
        part = {
            row[0].en: int(row[1].en) / (int(row[1].en) + int(row[2].en)) for row in view.table.rows
        }
        assert max(part, key=lambda name: part[name]) == "Advertising"
        assert view.table.rows[-1][0].en == "Advertising"

    def test_words_with_diacritics_miss_all_plain_and_sarcastic_complaints(self) -> None:
        view = _preset(labs.comments, "machine")
        assert _shown(view, "Complaints recognised") == "200/274"
        assert _shown(view, "Those without diacritics") == "0/31"
        assert _shown(view, "Sarcastic ones") == "0/18"

    def test_dropping_diacritics_wins_complaints_and_false_alarms(self) -> None:
        view = _preset(labs.comments, "folded")
        assert _shown(view, "Complaints recognised") == "232/274"
        assert _shown(view, "Those without diacritics") == "31/31"
        assert int(_shown(view, "False alarms")) > 0


class TestOwnScore:
    def test_example_rises_by_nine_points_that_prove_nothing(self) -> None:
        finding = labs.own_score().finding.en
        assert "NPS 33" in finding
        assert "moved by +9.0 points" in finding
        assert "not enough" in finding

    def test_sixty_thirty_ten_has_the_interval_of_the_exercise(self) -> None:
        view = labs.own_score(promoters_now=60, passives_now=30, detractors_now=10)
        assert _numbers(view.finding.en)[:4] == [50, 100, 36.9, 63.1]  # O27

    def test_large_waves_show_the_same_rise_as_real(self) -> None:
        counts = {
            name: 50 * item.default
            for name, item in labs.own_score.fields.items()
            if item.default is not None
        }
        assert "really changed" in labs.own_score(**counts).finding.en

    def test_twenty_answers_come_with_a_warning_and_prove_nothing(self) -> None:
        nothing = _cleared()
        view = labs.own_score(**{**nothing, "promoters_now": 20, "detractors_before": 20})
        assert "Only 20 answers" in view.warnings[0].en
        assert "not enough" in view.finding.en

    def test_answers_all_alike_keep_an_interval(self) -> None:
        view = labs.own_score(**{**_cleared(), "promoters_now": 50})
        low, high = _numbers(view.finding.en)[2:4]
        assert low < 100 <= high

    def test_empty_boxes_ask_for_answers(self) -> None:
        assert "Enter the answers" in _preset(labs.own_score, "clear").finding.en

    def test_file_fills_the_counts_of_its_wave(self) -> None:
        panel = _upload("nps,satisfaction,effort\n10,9,7\n9,,6\n8,8,3\n0,2,1\n")
        values = panel.face.values
        assert [values[f"{group}_now"] for group in ("promoters", "passives", "detractors")] == [
            2,
            1,
            1,
        ]
        assert [values[f"{group}_now"] for group in ("satisfied", "not_satisfied")] == [2, 1]
        assert [values[f"{group}_now"] for group in ("easy", "not_easy")] == [2, 2]
        assert values["promoters_before"] == labs.own_score.fields["promoters_before"].default

    def test_file_with_recommendation_only_leaves_no_other_index(self) -> None:
        panel = _upload("nps\n10\n9\n3\n")
        assert [item.label.en for item in panel.face.view().key_figures] == ["NPS"]

    def test_mark_beyond_the_scale_is_told_and_not_used(self) -> None:
        panel = _upload("nps\n10\n11\n")
        default = labs.own_score.fields["promoters_now"].default
        assert panel.face.values["promoters_now"] == default
        assert "This must be from 0 to 10" in panel.state["fields"]["file_now"]["note"]


def _cleared() -> dict[str, float]:
    return dict(labs.own_score.presets["clear"].values)


def _upload(content: str) -> LabPanel:
    store = Store()
    panel = LabPanel(LabFace(labs.own_score, "en", store), store)
    event = {"do": "file", "name": "file_now", "filename": "survey.csv"}
    panel._handle_custom_msg(event, [content.encode()])
    return panel


class TestMeasurementPlan:
    def test_habit_is_refused_and_the_sound_plan_is_not(self) -> None:
        habit, sound = (_preset(labs.measurement_plan, name) for name in ("habit", "sound"))
        assert "Too few customers" in habit.finding.en
        assert "promise is not asked about" in habit.warnings[0].en
        assert "enough to detect" in sound.finding.en
        assert list(sound.warnings) == []

    def test_sheet_carries_questions_and_consent_chosen(self) -> None:
        view = labs.measurement_plan(questions=("gap",), consent=("free", "box"))
        items = [row[0].en for row in view.table.rows]
        assert items.count("Question") == 1
        assert items.count("Consent") == 2

    def test_missing_consent_is_named(self) -> None:
        view = labs.measurement_plan(questions=("gap",), consent=tuple(CONSENT)[1:])
        assert [warning.en for warning in view.warnings] == [
            "Missing in the request: who asks, and what for."
        ]

    def test_handful_of_customers_is_better_called(self) -> None:
        view = labs.measurement_plan(customers=100, response=0.01, waves=12)
        assert "call each of them" in view.finding.en


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "answer"),
        [
            (labs.warned_rises, 10),
            (labs.answers_needed, 3406),
            (labs.best_channels, "4"),
            (labs.ten_times_more, "same"),
            (labs.about_promises, pytest.approx(126 / 274)),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_answers(self, prediction: Any, answer: Any) -> None:
        assert prediction.answer() == answer


@pytest.mark.parametrize(
    ("lab", "guess"),
    [
        (labs.noise_game, 3),
        (labs.sample_size, 800.0),
        (labs.four_indices, "1"),
        (labs.who_answers, "tenth"),
        (labs.comments, 0.2),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_prediction_is_drawn_over_the_result(lab: Lab, guess: Any) -> None:
    with_guess, without = (to_svg(lab(guess=given).chart("vi"), "") for given in (guess, None))
    assert "bạn đoán" in with_guess
    assert "bạn đoán" not in without
