"""What lesson 09 promises its readers in words holds in its labs."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import numpy as np
import pytest

from cxlib.charts.svg import to_svg
from cxlib.labs import invest_and_return as labs
from cxlib.labs.an_nhien import AN_NHIEN, ESTIMATES, FIXED, RAMP
from cxlib.labs.kept_customer import own_value
from cxlib.learning.lab import Lab, LabFace, LabPanel
from cxlib.learning.page import Page
from cxlib.learning.profile import PROFILE, templates
from cxlib.learning.store import Store
from cxlib.learning.view import View
from cxlib.models.programme import UPLIFTS, Uplift, benefit_flows
from cxlib.schemas import COST_ITEMS
from cxlib.text import Problem

PLAN = "course case, two independent computations [D]"


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


def _amounts(view: View) -> list[float]:
    return [float(found) for found in re.findall(r"₫([\d.]+)", view.finding.en)]


class TestCockpit:
    @pytest.mark.parametrize(
        ("label", "expected"),
        [
            pytest.param("NPV", "₫411\xa0million", id=f"O23 NPV {PLAN}"),
            pytest.param("IRR", "18.1%", id=f"O23 IRR {PLAN}"),
            pytest.param("Payback", "2.38\xa0years", id=f"O23 payback {PLAN}"),
            pytest.param("Discounted payback", "2.76\xa0years", id=f"O23 discounted {PLAN}"),
        ],
    )
    def test_original_plan(self, label: str, expected: str) -> None:
        assert _shown(labs.roi_cockpit(), label) == expected

    def test_22_7_per_cent_shrinks_to_7_0(self) -> None:
        finding = labs.roi_cockpit().finding
        assert re.findall(r"[\d.]+%", finding.en) == ["22.7%", "7.0%"]
        assert re.findall(r"[\d,]+\s%", finding.vi) == ["22,7\xa0%", "7,0\xa0%"]

    def test_original_plan_has_one_irr(self) -> None:
        assert labs.roi_cockpit().warnings == ()

    @pytest.mark.parametrize("name", ["late", "dear"])
    def test_cases_1_and_2_gain_on_paper_and_lose_in_truth(self, name: str) -> None:
        assert "a loss in truth" in _preset(labs.roi_cockpit, name).finding.en

    def test_case_3_warns_of_two_irrs(self) -> None:
        view = _preset(labs.roi_cockpit, "fading")
        (warning,) = view.warnings
        assert "IRR cannot be trusted" in warning.en
        assert len(re.findall(r"[\d.]+%", _shown(view, "IRR"))) == 2

    def test_case_3_stays_the_same_after_the_other_cases(self) -> None:
        store = Store()
        panel = LabPanel(LabFace(labs.roi_cockpit, "en", store), store)
        for name in ("late", "dear", "fading"):
            panel._handle_custom_msg({"do": "act", "name": name}, [])
        assert panel.face.view().finding == _preset(labs.roi_cockpit, "fading").finding

    def test_gain_is_gone_with_benefits_two_months_late(self) -> None:
        gains = ["adds" in labs.roi_cockpit(months_late=late).finding.en for late in (0, 1, 2)]
        assert gains == [True, True, False]

    def test_guess_is_drawn_over_the_chart(self) -> None:
        assert "bạn đoán" in labs.roi_cockpit(guess=0.15).html("vi")
        assert "bạn đoán" not in labs.roi_cockpit().html("vi")


class TestCosts:
    def test_an_nhien_spends_three_then_1_2_a_year(self) -> None:
        values = [item.value.en for item in labs.cost_builder().key_figures]
        assert values == ["₫3\xa0billion", "₫1.2\xa0billion", "₫6.6\xa0billion"]

    @pytest.mark.parametrize(
        ("industry", "code"), [("retail", "C6"), ("bank", "C3"), ("food", "C2"), ("b2b", "C1")]
    )
    def test_each_industry_spends_most_on_something_else(self, industry: str, code: str) -> None:
        finding = _preset(labs.cost_builder, industry).finding
        assert COST_ITEMS[code].vi in finding.vi
        assert COST_ITEMS[code].en in finding.en

    def test_nothing_spent_is_said(self) -> None:
        nothing = dict.fromkeys(labs.cost_builder.fields, 0.0)
        assert labs.cost_builder(**nothing).finding.en == "Nothing is spent yet."


class TestBreakeven:
    def test_1_52_points_win_back_three_billion(self) -> None:
        assert _shown(labs.breakeven(), "Rise needed") == "1.52\xa0pp"

    def test_loyal_customers_need_a_smaller_rise(self) -> None:
        loyal = float(_shown(labs.breakeven(retention=0.9), "Rise needed").split("\xa0")[0])
        assert loyal < 1.52

    def test_what_cannot_be_reached_is_said(self) -> None:
        view = labs.breakeven(customers=1_000, margin=50_000)
        assert "cannot win this money back" in view.finding.en


class TestUncertainty:
    def test_more_than_half_of_the_futures_lose(self) -> None:
        assert 50 < int(_shown(labs.uncertainty(), "Chance of a loss")[:-1]) < 65

    def test_average_is_below_the_plan(self) -> None:
        view = labs.uncertainty()
        assert _shown(view, "NPV of the plan").startswith("₫")
        assert _shown(view, "Average NPV").startswith("−₫")

    def test_without_doubt_every_future_is_the_plan(self) -> None:
        view = labs.uncertainty(doubt=0.0)
        assert _shown(view, "Average NPV") == _shown(view, "NPV of the plan")
        assert _shown(view, "Chance of a loss") == "0%"

    def test_doubt_makes_losses_likelier(self) -> None:
        certain, doubtful = (
            int(_shown(labs.uncertainty(doubt=doubt), "Chance of a loss")[:-1])
            for doubt in (0.25, 1.0)
        )
        assert certain < doubtful

    def test_plan_in_money_is_the_driver_model_rounded(self) -> None:
        likely = {name: mode for name, (_, mode, _) in ESTIMATES.items() if name in UPLIFTS}
        flows = benefit_flows(AN_NHIEN, Uplift(**likely, **FIXED), 3, RAMP)
        fields = labs.roi_cockpit.fields
        plan = [fields[f"benefit_{year}"].default for year in (1, 2, 3)]
        assert np.round(flows.sum()[1:] / 1e9, 1).tolist() == [1.5, 3.0, 3.6]
        assert plan == [1.5e9, 3.0e9, 3.6e9]


class TestTrust:
    def test_fall_from_70_to_50_costs_about_one_billion_more(self) -> None:
        change = 2e9 * (np.exp(0.02 * 20) - 1)
        assert _amounts(labs.trust_and_cost()) == [pytest.approx(change / 1e6, rel=0.001)]

    def test_posters_alone_end_where_they_began(self) -> None:
        view = _preset(labs.attitude_free, "poster")
        assert [float(share) for share in re.findall(r"(\d+)%", view.finding.en)] == [51, 35]
        assert _shown(view, "After 12 months") == "35%"
        assert _shown(view, "First-year cost (An Nhien)") == "₫0"

    def test_full_set_lasts_and_has_its_price(self) -> None:
        view = _preset(labs.attitude_free, "all")
        assert _shown(view, "After 12 months") == "70%"
        assert _shown(view, "First-year cost (An Nhien)").endswith("billion")

    def test_nothing_done_changes_nothing(self) -> None:
        view = labs.attitude_free(bought=())
        assert {row[2] for row in view.table.rows} == {view.table.rows[0][2]}


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "shown"),
        [
            (labs.largest_cost, COST_ITEMS["C6"].en),
            (labs.roi_after_time, "7%"),
            (labs.loss_chance, "57%"),
            (labs.retention_needed, "1.5\xa0pp"),
            (labs.cost_after_trust, "₫3\xa0billion"),
            (labs.after_the_poster, "About 35%"),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_told_after_a_guess(self, prediction: Any, shown: str) -> None:
        guess = prediction.question.ends()[0]
        assert shown in prediction.comparison(guess).en

    def test_largest_cost_is_what_the_lab_shows(self) -> None:
        answer = labs.largest_cost.answer()
        assert COST_ITEMS[answer].en in labs.cost_builder().finding.en

    def test_loss_chance_is_what_the_lab_shows(self) -> None:
        shown = _shown(labs.uncertainty(), "Chance of a loss")
        assert shown == f"{round(labs.loss_chance.answer() * 100)}%"

    def test_retention_needed_is_what_the_lab_shows(self) -> None:
        shown = _shown(labs.breakeven(), "Rise needed")
        assert shown == f"{labs.retention_needed.answer() * 100:.2f}\xa0pp"


class TestOwnPlan:
    LIFETIME: ClassVar = {"B5_year_1": 1e9, "B5_year_2": 2e9, "B5_year_3": 3e9}

    def test_example_is_close_to_the_plan_in_money(self) -> None:
        assert _amounts(labs.own_plan()) == [458]

    def test_red_light_leaves_lifetime_value_out(self) -> None:
        view = labs.own_plan(**self.LIFETIME)
        (warning,) = view.warnings
        assert warning.vi.startswith("Đèn đỏ: B5")
        assert "already holds B1, B2, B3, B7." in warning.en
        assert view.finding == labs.own_plan().finding

    def test_lifetime_value_alone_is_counted(self) -> None:
        others = {
            name: 0.0 for name in labs.own_plan.fields if name.startswith("B") and "B5" not in name
        }
        view = labs.own_plan(**others, **self.LIFETIME)
        assert view.warnings == ()
        benefits = [cell.en for cell in view.table.rows[1][1:]]
        assert benefits == ["₫0", "₫1\xa0billion", "₫2\xa0billion", "₫3\xa0billion"]

    def test_plan_without_costs_asks_for_one(self) -> None:
        with pytest.raises(Problem, match="at least one cost") as caught:
            _preset(labs.own_plan, "clear")
        assert "ít nhất một khoản chi" in caught.value.message.vi

    def test_benefits_may_be_negative(self) -> None:
        view = labs.own_plan(B8_year_1=-1e12)
        assert "loss" in view.finding.en


class TestSheetOfLesson08:
    SHEET: ClassVar = {"customers": 61_000, "revenue": 3e6, "margin": 0.2, "later": 0.8}

    def _face(self, lab: Lab, kept: dict[str, Any]) -> LabFace:
        page = Page("09-invest-and-return", "en")
        page.store.load(kept)
        face = page.company(lab).face
        assert isinstance(face, LabFace)
        return face

    def test_breakeven_takes_customers_and_their_rise_from_it(self) -> None:
        face = self._face(labs.breakeven, {own_value.memory: {**self.SHEET, "rise": 0.03}})
        taken = [face.values[name] for name in ("customers", "margin", "retention", "believed")]
        assert taken == pytest.approx([61_000, 600_000, 0.8, 0.03])
        assert "taken from your sheet of lesson 08" in face.screen().html

    def test_b1_is_margin_of_the_customers_kept_by_the_supposed_rise(self) -> None:
        face = self._face(labs.own_plan, {own_value.memory: {**self.SHEET, "rise": 0.03}})
        kept_in_year_1 = 61_000 * 0.03 * RAMP[0] * (1 - FIXED["fewer_acquisitions"])
        assert face.values["B1_year_1"] == pytest.approx(kept_in_year_1 * 600_000, rel=0.01)
        assert face.values["B5_year_1"] == 0
        assert "61,000 customers" in face.screen().html

    def test_three_points_at_an_nhien_bring_an_nhiens_benefits(self) -> None:
        face = self._face(labs.own_plan, {own_value.memory: {"rise": 0.03}})
        names = [name for name in face.values if name.startswith("B")]
        planned = [labs.own_plan.fields[name].default for name in names]
        assert [face.values[name] for name in names] == pytest.approx(planned, abs=5e6)

    def test_her_profile_goes_behind_it(self) -> None:
        bank = {"name": "", "industry": "bank", "unit": "billion", **templates()["bank"]}
        face = self._face(labs.breakeven, {PROFILE: bank, own_value.memory: self.SHEET})
        assert face.values["customers"] == 61_000

    def test_figure_of_her_own_ends_what_is_said_of_the_sheet(self) -> None:
        face = self._face(labs.own_plan, {own_value.memory: self.SHEET})
        face.enter("B1_year_1", "1 tỷ")
        assert "lesson 08" not in face.screen().html

    def test_without_it_the_templates_are_named(self) -> None:
        html = self._face(labs.own_plan, {}).screen().html
        assert "The benefits are templates" in html

    def test_change_of_the_sheet_reaches_an_untouched_plan(self) -> None:
        page = Page("09-invest-and-return", "vi")
        panel = page.company(labs.breakeven)
        page.store.put(own_value.memory, self.SHEET)
        assert isinstance(panel.face, LabFace)
        assert panel.face.values["customers"] == 61_000

    @pytest.mark.parametrize("kept", ["abc", {"later": "x"}, {"customers": -1}], ids=repr)
    def test_sheet_that_was_tampered_with_does_no_harm(self, kept: Any) -> None:
        assert self._face(labs.own_plan, {own_value.memory: kept}).view().finding.vi


def test_a_billion_in_three_years_is_worth_712_million() -> None:
    assert "₫712\xa0million" in labs.shrinking_money().finding.en


@pytest.mark.parametrize(
    ("lab", "guess"),
    [
        (labs.cost_builder, "C3"),
        (labs.roi_cockpit, 0.30),
        (labs.breakeven, 0.05),
        (labs.uncertainty, 0.20),
        (labs.trust_and_cost, 4e9),
        (labs.attitude_free, "high"),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_prediction_is_drawn_over_the_result(lab: Lab, guess: Any) -> None:
    with_guess, without = (to_svg(lab(guess=given).chart("vi"), "") for given in (guess, None))
    assert "bạn đoán" in with_guess
    assert "bạn đoán" not in without
