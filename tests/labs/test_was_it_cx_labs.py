"""What lesson 10 promises its readers in words holds in its labs."""

from __future__ import annotations

import json
import math
from typing import get_args

import numpy as np
import pytest

from cxlib.data import DATASETS, load
from cxlib.labs import was_it_cx as labs
from cxlib.labs.was_it_cx import cards, leaders, worst
from cxlib.labs.was_it_cx.lottery import EFFECT, draws
from cxlib.learning.lab import Lab
from cxlib.learning.profile import Profile
from cxlib.learning.view import View
from cxlib.models.evidence import (
    SampleSizeFormula,
    did_regression,
    two_proportion_sample_size,
)

PAPER = "domain research, computed [C]"


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


class TestWorstStores:
    @pytest.mark.parametrize("gain", [pytest.param("4.7", id="NB10 lab A " + PAPER)])
    def test_the_worst_40_rise_though_nothing_is_done(self, gain: str) -> None:
        view = labs.worst_stores()
        assert f"rose by {gain}" in view.finding.en
        assert _shown(view, "Before–after test") == "“significant”"
        assert _shown(view, "The formula foretold").startswith("+4.")

    def test_the_best_40_fall(self) -> None:
        assert "fell by 3.6" in _preset(labs.worst_stores, "best").finding.en

    def test_the_mirage_comes_once(self) -> None:
        path = worst._picked(40, "worst", 1).mean(axis=0)
        assert path[1] - path[0] > 4 * abs(path[2:] - path[1]).max() / 1.2

    def test_three_months_shrink_it(self) -> None:
        one, three = (worst._gains(worst._picked(40, "worst", b), b).mean() for b in (1, 3))
        assert three < 0.6 * one

    def test_the_formula_foretells_less_with_every_month(self) -> None:
        foretold = [worst._foretold(40, "worst", basis) for basis in (1, 2, 3)]
        assert foretold == sorted(foretold, reverse=True)

    def test_fewer_stores_make_it_larger(self) -> None:
        gains = [worst._gains(worst._picked(n, "worst", 1), 1).mean() for n in (10, 40, 150)]
        assert gains == sorted(gains, reverse=True)


class TestLottery:
    def test_the_planted_effect_is_that_of_the_data(self) -> None:
        truth = json.loads((DATASETS / "truth" / "thi_diem.json").read_text())["truth"]
        assert truth["effect"] == EFFECT

    def test_the_first_draw_is_the_real_one(self) -> None:
        data = load("thi_diem")
        found = did_regression(
            data["satisfied"] / data["answers"],
            (data["arm"] == "thi_diem").astype(int),
            (data["month"] >= "2025-07").astype(int),
            data["store_id"],
        )
        first = draws("lot", EFFECT, 100)
        assert first.estimates[0] == pytest.approx(found.estimate)
        assert first.margins[0] == pytest.approx((found.high - found.low) / 2, rel=0.02)

    def test_it_measures_2_88_give_or_take_0_92(self) -> None:
        """NB10 lab B: 2.77 ± .9 in the prototype, whose draw was another."""
        assert "2.88\u00a0±\u00a00.92\u00a0pp" in labs.lottery().finding.en

    def test_intervals_hold_the_truth_as_often_as_they_say(self) -> None:
        found = draws("lot", EFFECT, 100)
        assert np.mean(abs(found.estimates - EFFECT) <= found.margins) >= 0.9

    def test_zeal_is_taken_for_effect(self) -> None:
        view = _preset(labs.lottery, "eager")
        assert "mean measured is +4.12" in view.finding.en
        assert int(_shown(view, "Intervals that hold the truth").split("/")[0]) < 10

    def test_fewer_stores_widen_the_interval(self) -> None:
        wide, narrow = (draws("lot", 0.025, n).margins.mean() for n in (10, 100))
        assert wide > 3 * narrow


class TestTwoDifferences:
    @pytest.mark.parametrize("effect", ["+3.0"], ids=["O33 NB10 lab C [D]"])
    def test_difference_in_differences_of_the_question(self, effect: str) -> None:
        view = labs.two_differences()
        assert _shown(view, "Difference-in-differences").startswith(effect)
        assert _shown(view, "Before–after").startswith("+4.2")

    @pytest.mark.parametrize(
        ("preset", "wrong"), [("market", "Before–after"), ("apart", "Regions, afterwards")]
    )
    def test_each_naive_method_has_its_enemy(self, preset: str, wrong: str) -> None:
        view = _preset(labs.two_differences, preset)
        assert float(_shown(view, wrong).split()[0].split("\u00a0")[0]) >= 8
        assert _shown(view, "Difference-in-differences").startswith("+3.0")

    def test_own_trend_fools_it_and_shows_beforehand(self) -> None:
        view = _preset(labs.two_differences, "drift")
        assert _shown(view, "Difference-in-differences").startswith("+3.0")
        assert "The truth is 0.0" in view.finding.en
        assert view.warnings

    def test_another_event_fools_it_unseen(self) -> None:
        view = labs.two_differences(shock=0.02)
        assert _shown(view, "The half-year before: lines") == "parallel"
        assert "still wrong" in view.finding.en
        assert not view.warnings

    def test_shares_stay_below_one(self) -> None:
        highest = {name: field.ends()[-1] for name, field in labs.two_differences.fields.items()}
        rows = labs.two_differences(**highest).table.rows
        assert max(float(row[1].en[:-1]) for row in rows) <= 100


class TestPilotSize:
    @pytest.mark.parametrize("needed", ["1,094"], ids=["O32 NB10 exercise [M/X]"])
    def test_20_to_25_per_cent(self, needed: str) -> None:
        assert _shown(labs.pilot_size(), "Customers per arm") == needed

    def test_stores_of_21_double_it(self) -> None:
        view = _preset(labs.pilot_size, "stores")
        assert _shown(view, "Design effect") == "×2.00"
        assert _shown(view, "Customers per arm") == "2,188"
        assert _shown(view, "Stores per arm") == "105"

    def test_formulas_lie_between_1031_and_1094(self) -> None:
        found = [
            two_proportion_sample_size(0.2, 0.25, formula)
            for formula in get_args(SampleSizeFormula)
        ]
        assert (min(found), max(found)) == (1031, 1094)

    def test_half_the_rise_costs_almost_four_times(self) -> None:
        times = two_proportion_sample_size(0.2, 0.225) / two_proportion_sample_size(0.2, 0.25)
        assert 3.7 < times < 4


class TestSourceHunt:
    def test_every_card_is_judged(self) -> None:
        assert set(cards._SIDES) == set(load("statistics_cards")["key"])

    def test_six_of_ten_are_traced_and_none_is_believed(self) -> None:
        view = _preset(labs.source_hunt, "trusting")
        assert "You believed 10, we 0" in view.finding.en
        assert _shown(view, "Traced to the origin") == "6/10"
        assert labs.traced_cards.answer() == 6

    def test_our_own_answers_agree(self) -> None:
        assert _shown(_preset(labs.source_hunt, "ours"), "As we judge") == "10/10"

    def test_cynic_agrees_by_half(self) -> None:
        assert _shown(_preset(labs.source_hunt, "cynic"), "As we judge") == "5/10"

    def test_a_card_keeps_its_secret_until_it_is_judged(self) -> None:
        view = labs.source_hunt(turned="acquire_5x")
        assert {cell.en for row in view.table.rows for cell in row[1:]} == {"not judged"}
        assert "Said by" not in _words(view)
        assert "Said by" in _words(labs.source_hunt(acquire_5x="no"))


def _words(view: View) -> list[str]:
    return [text.get_text() for text in view.chart("en").axes[0].texts]


class TestLeadersAndLuck:
    def test_leaders_win_in_a_world_without_cx(self) -> None:
        view = labs.leaders_and_luck()
        assert "in 185 of 200 worlds" in view.finding.en
        ends = [_shown(view, f"{name}, after 7 years") for name in ("Leaders", "Index")]
        assert ends == ["+75%", "+52%"]

    @pytest.mark.parametrize("halo", [0.1, 0.5])
    def test_chosen_beforehand_they_do_not(self, halo: float) -> None:
        held = leaders.portfolios("before", halo, 10)
        won = int((held.leaders[:, -1] > held.market[:, -1]).sum())
        assert won < 0.55 * leaders.WORLDS

    def test_no_halo_no_miracle(self) -> None:
        assert "no “miracle”" in labs.leaders_and_luck(halo=0.0).finding.en

    def test_hindsight_picks_winners(self) -> None:
        assert "188 of 200" in _preset(labs.leaders_and_luck, "end").finding.en


class TestOwnPilot:
    def test_more_weeks_do_not_help_ten_stores(self) -> None:
        assert "No length of time" in _preset(labs.own_pilot, "few").finding.en

    def test_lots_for_customers_do(self) -> None:
        assert "Strong enough" in _preset(labs.own_pilot, "people").finding.en

    def test_as_many_weeks_as_it_names_are_enough(self) -> None:
        assert "it takes 29 weeks" in labs.own_pilot().finding.en
        assert "Strong enough" in labs.own_pilot(weeks=29).finding.en
        assert "Not enough" in labs.own_pilot(weeks=28).finding.en

    @pytest.mark.parametrize("base", [0.01, 0.5, 0.99])
    @pytest.mark.parametrize("outcome", ["stay", "leave"])
    def test_the_target_stays_a_share(self, base: float, outcome: str) -> None:
        text = labs.own_pilot(base=base, outcome=outcome, effect=0.15).table.rows[2][1].en
        target = float(text.split(" to ")[1].split("%")[0])
        assert 0 < target < 100

    def test_all_promises_are_in_the_protocol(self) -> None:
        view = _preset(labs.own_pilot, "strict")
        heads = [row[0].en for row in view.table.rows]
        assert (heads.count("Promised"), heads.count("Stop when")) == (6, 4)

    @pytest.mark.parametrize("retention", [0.01, 0.7, 0.99])
    def test_it_starts_from_the_profile(self, retention: float) -> None:
        profile = Profile("", "retail", 1, 1, 1, retention, 1, 0.5, 1, "dong")
        start = labs.own_pilot.from_profile
        assert start is not None
        values = start(profile)
        assert values["base"] == retention
        for name, value in values.items():
            assert labs.own_pilot.fields[name].read(value, "vi") == value
        assert not math.isnan(float(_shown(labs.own_pilot(**values), "Design effect")[1:]))
