"""What lesson 11 promises its readers in words holds in its labs."""

from __future__ import annotations

import re

import numpy as np
import pytest

from cxlib.labs import compass as labs
from cxlib.labs.compass.decisions import DECISIONS, FELT, following, total
from cxlib.labs.compass.money import ADVICE, ORDERS, WAREHOUSE
from cxlib.labs.compass.rubric import AN_NHIEN, AREAS
from cxlib.labs.compass.traits import AGREED
from cxlib.learning.lab import Lab
from cxlib.learning.profile import Profile
from cxlib.learning.view import View

NB11 = "own model, domain NB11 [C]"
XM = "XM Institute 2024 [V]"


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


def _order_points(view: View) -> list[float]:
    return [float(row[1].en) for row in view.table.rows]


class TestDecisions:
    def test_every_decision_can_be_defended(self) -> None:
        assert all(max(decision.effects) > 0 for decision in DECISIONS.values())

    def test_together_they_nearly_cancel_out(self) -> None:
        assert [total(felt, DECISIONS) for felt in FELT] == [1, 1, 1]

    def test_every_compass_drops_some_and_keeps_some(self) -> None:
        for felt in FELT:
            kept = following(felt)
            assert 3 < len(kept) < len(DECISIONS) - 3
            assert total(felt, kept, -1) == 0

    def test_convenience_reaches_8_at_a_price(self) -> None:
        finding = _preset(labs.decision_deck, "ease").finding.en
        assert "+8" in finding
        assert "emotion −4" in finding

    @pytest.mark.parametrize(
        ("compass", "kept", "said"),
        [
            ("ease", (), "No decision stands"),
            ("ease", ("listen",), "do not touch"),
            ("emotion", ("listen",), "lose nothing"),
            (
                "emotion",
                ("queue",),
                "no decision goes with it, and those against it (1 of 1) take 2",
            ),
            ("emotion", ("queue", "story"), "(1 of 2) take back 2"),
        ],
    )
    def test_few_decisions_get_their_own_words(
        self, compass: str, kept: tuple[str, ...], said: str
    ) -> None:
        assert said in labs.decision_deck(compass=compass, kept=kept).finding.en

    def test_another_compass_turns_decisions_round(self) -> None:
        assert "queue" in following("ease")
        assert "queue" not in following("emotion")
        assert "stay" in following("emotion")
        assert "stay" not in following("ease")

    def test_without_a_compass_losses_eat_the_gains(self) -> None:
        assert "gain 25 points and lose 22" in labs.decision_deck().finding.en

    def test_prediction_is_what_the_board_shows(self) -> None:
        assert _shown(labs.decision_deck(), "Customers gain: ease") == "+1"
        assert labs.ease_left.answer() == 1


class TestMoney:
    def test_without_a_compass_only_satisfaction_moves(self) -> None:
        view = _preset(labs.money_without_compass, "none")
        assert _shown(view, "Employees are satisfied") == "+34.6"
        assert _shown(view, "Employees are engaged") == "0.0"
        assert _shown(view, "Customers notice (CX)") == "0.0"
        assert labs.people_only.answer() == 0

    @pytest.mark.parametrize(
        ("preset", "engaged", "cx"), [("clear", "+36.2", "+10.8"), ("warehouse", "+34.8", "+1.7")]
    )
    def test_with_a_compass_contact_decides(self, preset: str, engaged: str, cx: str) -> None:
        view = _preset(labs.money_without_compass, preset)
        assert _shown(view, "Employees are satisfied") == "+34.6"
        assert _shown(view, "Employees are engaged") == engaged
        assert _shown(view, "Customers notice (CX)") == cx


class TestOrder:
    @pytest.mark.parametrize(
        ("contact", "best", "points"),
        [
            pytest.param(WAREHOUSE, "CX first", [197, 96, 156, 219], id=f"C = .12 {NB11}"),
            pytest.param(ADVICE, "together", [258, 237, 265, 227, 183], id=f"C = .75 {NB11}"),
        ],
    )
    def test_best_order(self, contact: float, best: str, points: list[int]) -> None:
        view = labs.order_of_money(contact=contact)
        assert best in _shown(view, "Same money, best order")
        assert [round(value) for value in _order_points(view)][: len(points)] == points

    def test_together_overtakes_between_65_and_66(self) -> None:
        before, after = (
            _shown(labs.order_of_money(contact=contact), "Same money, best order")
            for contact in (0.65, 0.66)
        )
        assert "CX first" in before
        assert "together" in after
        assert "almost level" in labs.order_of_money(contact=0.65).finding.en

    def test_ex_first_never_leads(self) -> None:
        for contact in np.linspace(0, 1, 11):
            for feedback in (0.0, 0.25, 0.5):
                for alignment in (0.0, 0.5, 1.0):
                    points = _order_points(
                        labs.order_of_money(contact=contact, feedback=feedback, alignment=alignment)
                    )
                    assert max(points) > points[list(ORDERS).index("ex_first")]

    def test_without_a_compass_ex_only_brings_nothing(self) -> None:
        view = _preset(labs.order_of_money, "blind")
        assert _order_points(view)[-1] == 0
        losses = np.subtract(
            _order_points(_preset(labs.order_of_money, "advice")), _order_points(view)
        )
        assert int(np.argmax(losses)) == list(ORDERS).index("ex_only")
        assert "never reaches customers" in view.finding.en


class TestPayslip:
    @pytest.mark.parametrize(
        ("preset", "left"), [("doubled", "20%"), ("ritual", "36%"), ("mended", "80%")]
    )
    def test_numbers_of_the_text(self, preset: str, left: str) -> None:
        assert _shown(_preset(labs.payslip, preset), "Attention for the promise") == left

    def test_rituals_alone_must_pull_2_to_share_the_day(self) -> None:
        assert _shown(labs.payslip(ritual=2.0), "Attention for the promise") == "50%"


class TestTraits:
    def test_two_traits_of_mean_3_with_other_agreement(self) -> None:
        rows = {row[0].en: [cell.en for cell in row[-2:]] for row in labs.five_raters().table.rows}
        assert rows["Purpose-led"] == ["3.0", "0.75"]
        assert rows["Humane"] == ["3.0", "0.00"]
        means = [float(mean) for mean, _ in rows.values()]
        assert (min(means), max(means)) == (2.6, 3.2)

    def test_two_of_six_are_agreed_upon(self) -> None:
        assert labs.traits_agreed.answer() == 2
        assert _shown(labs.five_raters(), "Traits agreed upon") == "2 of 6"

    def test_the_nearer_to_customers_the_lower(self) -> None:
        view = labs.five_raters()
        assert _shown(view, "Director and till, all six") == "4.0 and 1.8"
        assert "the director says 5 and the till employee 1" in view.finding.en

    def test_director_is_2_to_4_points_kinder_where_they_disagree(self) -> None:
        rows = [
            [float(cell.en) for cell in row[1:6]]
            for row in labs.five_raters().table.rows
            if float(row[-1].en) < AGREED
        ]
        gaps = [row[0] - row[-1] for row in rows]
        assert (len(gaps), min(gaps), max(gaps)) == (4, 2, 4)

    def test_the_same_mean_can_be_fully_agreed(self) -> None:
        view = _preset(labs.five_raters, "agreed")
        assert (_shown(view, "“Humane”, mean"), _shown(view, "“Humane”, rWG")) == ("3.0", "1.00")


class TestMaturity:
    @pytest.mark.parametrize(
        "share", [pytest.param(0.71, id=f"41 + 30 at the first two stages {XM}")]
    )
    def test_first_two_stages(self, share: float) -> None:
        assert labs.first_two_stages.answer() == pytest.approx(share)

    def test_lowest_area_decides(self) -> None:
        assert "mean is 2.5" in labs.maturity().finding.en
        assert _shown(labs.maturity(metrics="5"), "Stage of the company").startswith("1")

    def test_three_areas_bring_stage_3(self) -> None:
        raised = {area: "3" for area, stage in AN_NHIEN.items() if stage < 3}
        assert len(raised) == 3
        assert _shown(labs.maturity(**raised), "Stage of the company").startswith("3")


class TestRoadmap:
    def test_starts_from_the_profile(self) -> None:
        profile = Profile("", "retail", 1, 1, 0.5, 0.5, 1, 0.3, 1, "billion")
        assert labs.own_roadmap.from_profile is not None
        assert labs.own_roadmap.from_profile(profile) == {"contact": 0.3}

    @pytest.mark.parametrize(("contact", "order"), [(0.1, "CX first"), (0.8, "together")])
    def test_contact_decides_the_order(self, contact: float, order: str) -> None:
        view = labs.own_roadmap(contact=contact)
        assert order in _shown(view, "Order")
        systems, people = (_months(view, leg) for leg in ("CX:", "EX:"))
        assert (systems[0] < people[0]) == (contact < 0.5)

    def test_works_on_the_weakest_areas(self) -> None:
        levels = dict.fromkeys(AREAS, "4") | {"metrics": "1", "culture": "2"}
        names = [row[0].en for row in labs.own_roadmap(**levels).table.rows]
        assert names[-2:] == ["Next stage: metrics, returns", "Next stage: culture"]

    def test_asks_for_a_name_and_a_clean_payslip(self) -> None:
        said = " ".join(text.en for text in labs.own_roadmap(pay="against").warnings)
        assert "person's name" in said
        assert "bonus" in said
        full = labs.own_roadmap(goal="a", ease="b", emotion="c", owner="Hanh", pay="clean")
        assert full.warnings == []


def _months(view: View, leg: str) -> tuple[int, ...]:
    (row,) = (row for row in view.table.rows if row[0].en.startswith(leg))
    return tuple(int(month) for month in re.findall(r"\d+", row[1].en))
