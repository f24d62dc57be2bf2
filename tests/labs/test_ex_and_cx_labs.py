"""What lesson 02 promises its readers in words holds in its labs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from cxlib.charts.svg import to_svg
from cxlib.labs import ex_and_cx as labs
from cxlib.labs.ex_and_cx.contact import CONTACT, certain_from, slope_at, slopes
from cxlib.labs.ex_and_cx.people import _people, _scattered
from cxlib.learning.lab import Lab
from cxlib.learning.profile import Profile
from cxlib.learning.questions import NumberQuestion, exercise
from cxlib.learning.view import View
from datasets.generators.cua_hang_thang import TRUTH as STORES
from datasets.generators.khao_sat_nhan_vien import TRUTH as PEOPLE

PANEL = "simulated stores, planted truth [D]"
HARTER = "Harter, Schmidt & Hayes 2002 [V]"
ATTITUDE = "own = pingouin [X]"


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


def _span(view: View, label: str) -> tuple[float, ...]:
    """Estimate and ends of the interval of the key figure whose English label begins so."""
    item = next(item for item in view.key_figures if item.label.en.startswith(f"{label}, 95%"))
    return (*_numbers(item.value.en), *_numbers(item.label.en.split("95%:")[1]))


def _numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in re.findall(r"−?\d+(?:\.\d+)?", text)]


def _share(view: View, label: str) -> float:
    return int(_shown(view, label).rstrip("%")) / 100


class TestPeople:
    def test_one_in_four_happy_people_is_not_engaged(self) -> None:
        finding = labs.happy_not_engaged().finding.en
        assert "697 happy people, 25%" in finding

    def test_a_fifth_is_happy_and_not_engaged_as_planted(self) -> None:
        planted = PEOPLE["shares"]["happy_not_engaged"]
        assert _share(
            labs.happy_not_engaged(), "Of everybody: happy, not engaged"
        ) == pytest.approx(planted, abs=0.02)

    def test_the_picture_shows_whom_the_words_count(self) -> None:
        people, drawn = _people(), _scattered()
        for bar in np.arange(2.0, 4.75, 0.25):
            assert ((people[drawn.columns] >= bar) == (drawn >= bar)).all(axis=None)

    def test_77_per_cent_call_themselves_happy(self) -> None:
        assert _shown(labs.happy_not_engaged(), "Of everybody: happy") == "77%"

    def test_the_disengaged_fall_short_on_all_four_tests(self) -> None:
        for _, engaged, happy in labs.happy_not_engaged().table.rows:
            assert int(happy.en.rstrip("%")) < 40 < 90 < int(engaged.en.rstrip("%"))

    def test_a_stricter_bar_leaves_fewer_engaged(self) -> None:
        usual, strict = labs.happy_not_engaged(), _preset(labs.happy_not_engaged, "strict")
        label = "Of everybody: happy and engaged"
        assert _share(strict, label) < _share(usual, label) / 2


class TestSatisfaction:
    def test_o_raw_slope_of_satisfaction_is_0_14_a_point(self) -> None:
        gain, low, _ = _span(labs.held_slice(), "Satisfaction alone")
        assert gain == pytest.approx(1.4), "domain.md has .138 a point from its own draw"
        assert low > 0

    def test_beside_engagement_it_is_nothing_that_can_be_told_from_zero(self) -> None:
        gain, low, high = _span(labs.held_slice(), "Beside engagement")
        assert (gain, low, high) == (-0.1, -1.0, 0.8)

    def test_narrowing_the_slice_lays_the_line_down(self) -> None:
        gains = [
            _span(labs.held_slice(width=width), "In the slice")[0]
            for width in (30, 20, 15, 10, 6, 4)
        ]
        assert gains == sorted(gains, reverse=True)
        assert gains[0] == 1.4
        assert abs(gains[-1]) < 0.3

    @pytest.mark.parametrize("level", range(54, 71, 2))
    def test_no_thin_slice_shows_satisfaction_at_work(self, level: int) -> None:
        _, low, high = _span(labs.held_slice(width=4, level=level), "In the slice")
        assert low < 0 < high

    def test_the_finding_follows_the_slice(self) -> None:
        whole, wide, thin = (labs.held_slice(width=width).finding.en for width in (30, 15, 4))
        assert "Narrow the slice" in whole
        assert "further" in wide
        assert "rode along" in thin


class TestReality:
    @pytest.mark.parametrize(
        ("row", "satisfaction", "engagement"),
        [
            pytest.param(0, "0.32", "0.33", id=f"customers {HARTER}"),
            pytest.param(1, "0.20", "0.25", id=f"productivity {HARTER}"),
            pytest.param(3, "−0.36", "−0.30", id=f"turnover {HARTER}"),
            pytest.param(4, "−0.20", "−0.32", id=f"accidents {HARTER}"),
        ],
    )
    def test_published_correlations(self, row: int, satisfaction: str, engagement: str) -> None:
        cells = labs.real_correlations().table.rows[row]
        assert [cell.en for cell in cells[1:]] == [satisfaction, engagement]

    def test_0_33_shares_11_per_cent_of_variation(self) -> None:
        assert _shown(labs.real_correlations(), "Shared variation, r²") == "0.11"

    def test_they_differ_most_on_accidents(self) -> None:
        apart = [
            abs(_numbers(row[1].en)[0] - _numbers(row[2].en)[0])
            for row in labs.real_correlations().table.rows
        ]
        assert apart.index(max(apart)) == len(apart) - 1


class TestContact:
    @pytest.mark.parametrize(
        ("preset", "store_format"),
        [
            pytest.param("warehouse", "online_kho", id=f".05 online warehouse {PANEL}"),
            pytest.param("market", "sieu_thi", id=f".16 supermarket {PANEL}"),
            pytest.param("advice", "cua_hang_tu_van", id=f".30 advice store {PANEL}"),
        ],
    )
    def test_slope_of_each_format_is_near_the_truth(self, preset: str, store_format: str) -> None:
        shown = float(_shown(_preset(labs.contact_knob, preset), "Slope here"))
        assert shown == pytest.approx(STORES["engagement_slope"][store_format], abs=0.015)

    @pytest.mark.parametrize(
        ("preset", "gain", "price"),
        [
            ("warehouse", (0.6, -0.3, 1.4), "not certain"),
            ("market", (1.7, 1.2, 2.2), "₫595\xa0million"),
            ("advice", (3.1, 2.4, 3.8), "₫324\xa0million"),
        ],
    )
    def test_what_ten_points_bring_and_cost(
        self, preset: str, gain: tuple[float, ...], price: str
    ) -> None:
        view = _preset(labs.contact_knob, preset)
        assert _span(view, "CX gained") == gain
        assert _shown(view, "Price of one CX point") == price

    def test_advice_stores_gain_over_five_times_the_warehouse(self) -> None:
        ratio = slope_at(CONTACT["cua_hang_tu_van"]).at / slope_at(CONTACT["online_kho"]).at
        assert 5 < ratio < 6.5

    def test_johnson_neyman_bound_is_0_18(self) -> None:
        assert certain_from() == pytest.approx(0.18, abs=0.005)
        assert slope_at(certain_from()).low == pytest.approx(0, abs=1e-9)

    def test_the_line_tilts_with_contact(self) -> None:
        shown = [
            float(_shown(labs.contact_knob(contact=c), "Slope here")) for c in (0, 0.3, 0.6, 1)
        ]
        assert shown == sorted(shown)

    def test_beyond_the_data_it_says_so(self) -> None:
        assert labs.contact_knob(contact=0.87).warnings == ()
        (warning,) = labs.contact_knob(contact=0.88).warnings
        assert "merely drawn on" in warning.en

    def test_people_lead_in_advice_stores_and_process_in_the_warehouse(self) -> None:
        advice, warehouse = (
            labs.ingredients(store_format=name).finding.en
            for name in ("cua_hang_tu_van", "online_kho")
        )
        assert "employee engagement, 10 points bring 3.3" in advice
        assert "process, 10 points bring 2.6" in warehouse

    def test_satisfaction_adds_nothing_certain_in_any_format(self) -> None:
        for name in CONTACT:
            _, low, high = _span(labs.ingredients(store_format=name), "Satisfaction")
            assert low < 0 < high


class TestDirection:
    def test_three_clouds_correlate_alike(self) -> None:
        rs = [_numbers(row[1].en)[0] for row in labs.three_companies().table.rows]
        assert max(rs) - min(rs) <= 0.02

    @pytest.mark.parametrize(
        ("company", "said"),
        [
            ("a", "both feed each other"),
            ("b", "from CX to engagement"),
            ("c", "from engagement to CX"),
        ],
    )
    def test_lags_find_the_true_arrow(self, company: str, said: str) -> None:
        assert said in _preset(labs.lagged_arrows, company).finding.en

    def test_three_months_are_too_few_to_see_both_arrows(self) -> None:
        assert "both" not in labs.lagged_arrows(months=3).finding.en

    def test_without_any_path_no_arrow_is_claimed(self) -> None:
        view = labs.lagged_arrows(employees=0.0, customers=0.0)
        assert "no arrow is certain" in view.finding.en

    def test_an_nhien_answers_both_ways(self) -> None:
        levels, usual = (
            labs.an_nhien_arrows(basis=basis).finding.en for basis in ("levels", "usual")
        )
        assert "engagement leads, 4.5 times" in levels
        assert "customers lead: CX → engagement is 2.6 times" in usual


class TestDepartments:
    def test_o40_half_of_what_is_explained_is_handling_complaints(self) -> None:
        view = labs.department_drivers()
        assert _shown(view, "Handling complaints alone") == "50.6%", ATTITUDE
        assert _shown(view, "Explained (R²)") == "73.3%", ATTITUDE

    def test_privileges_hold_6_9_per_cent(self) -> None:
        shares = {row[0].en: row[2].en for row in labs.department_drivers().table.rows}
        assert shares["Does not allow special privileges"] == "6.9%"

    def test_four_of_six_simple_correlations_reach_0_4(self) -> None:
        rows = labs.department_drivers(measure="correlation").table.rows
        assert sum(_numbers(row[1].en)[0] >= 0.4 for row in rows) == 4


class TestStart:
    @pytest.mark.parametrize(
        ("contact", "said", "second"),
        [
            (0.10, "systems first", "Mend process"),
            (0.40, "both legs", "People:"),
            (0.85, "people in front", "People:"),
        ],
    )
    def test_order_follows_contact(self, contact: float, said: str, second: str) -> None:
        view = labs.where_to_start(contact=contact)
        assert said in view.finding.en
        assert view.table.rows[1][1].en.startswith(second)

    def test_the_compass_always_comes_first(self) -> None:
        for contact in (0.0, 0.5, 1.0):
            for compass in ("no", "draft", "yes"):
                steps = labs.where_to_start(contact=contact, compass=compass).table.rows
                assert "CX compass" in steps[0][1].en

    def test_without_a_compass_it_warns(self) -> None:
        assert labs.where_to_start(contact=0.4, compass="yes").warnings == []
        (warning,) = labs.where_to_start(contact=0.4, compass="no").warnings
        assert "nothing to engage people around" in warning.en

    def test_missing_tests_are_named(self) -> None:
        steps = labs.where_to_start(contact=0.8, passed=("clear", "excited")).table.rows
        assert steps[1][1].en == "People: contributes, committed"

    def test_contact_comes_from_the_profile(self) -> None:
        profile = Profile("", "food", 1e4, 1e6, 0.3, 0.6, 4, 0.7, 50, "billion")
        assert labs.where_to_start.from_profile is not None
        assert labs.where_to_start.from_profile(profile) == {"contact": 0.7}


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "shown"),
        [
            (labs.hidden_share, "25%"),
            (labs.gain_left, "−0.1"),
            (labs.measured_satisfaction, "0.32"),
            (labs.customers_first, "Binh Minh"),
            (labs.largest_driver, "Handling of employee complaints"),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_told_after_a_guess(self, prediction: Any, shown: str) -> None:
        guess = prediction.question.ends()[0]
        assert shown in prediction.comparison(guess).en

    def test_curve_to_guess_is_the_curve_of_the_lab(self) -> None:
        outcome = np.asarray(labs.gain_by_contact.answer())
        assert outcome == pytest.approx(10 * slopes()["estimate"].to_numpy())

    def test_customers_first_is_the_company_whose_arrow_says_so(self) -> None:
        company = labs.customers_first.answer()
        assert "from CX to engagement" in _preset(labs.lagged_arrows, company).finding.en

    @pytest.mark.parametrize(
        ("lab", "guess"),
        [
            (labs.happy_not_engaged, 0.1),
            (labs.held_slice, 1.0),
            (labs.real_correlations, 0.1),
            (labs.contact_knob, np.linspace(3, 3, 41)),
            (labs.department_drivers, "raises"),
        ],
        ids=lambda value: getattr(value, "key", ""),
    )
    def test_prediction_is_drawn_over_the_result(self, lab: Lab, guess: Sequence[float]) -> None:
        with_guess, without = (to_svg(lab(guess=given).chart("vi"), "") for given in (guess, None))
        assert "bạn đoán" in with_guess
        assert "bạn đoán" not in without


def test_the_slope_read_in_the_lab_is_accepted_in_the_exercise() -> None:
    question = exercise("02-ex-and-cx", "slope-at-contact")
    assert isinstance(question, NumberQuestion)
    shown = float(_shown(_preset(labs.contact_knob, "advice"), "Slope here"))
    assert question.judge(shown).right
    assert not question.judge(0.24).right
    assert not question.judge(0.36).right
