"""What lesson 12 promises its readers in words holds in its labs, its case and its panels."""

from __future__ import annotations

import base64
import io
import re
from typing import Any, Final

import docx
import openpyxl
import pytest

from cxlib.labs import investment_case as labs
from cxlib.labs.compass import own_roadmap
from cxlib.labs.invest_and_return import own_plan, roi_cockpit
from cxlib.labs.investment_case.checks import checks
from cxlib.labs.investment_case.dossier import (
    ANSWERED,
    ASK,
    CHAPTERS_OF_LESSONS,
    PLAN,
    REGISTER,
    assemble,
    company_labs,
    finding,
    plan_of,
    profile_of,
)
from cxlib.labs.investment_case.draft import FAULTS, draft_npv
from cxlib.labs.investment_case.evidence import JOBS, narrowing, width
from cxlib.labs.investment_case.faces import RUBRIC, verdict
from cxlib.labs.investment_case.paper import CHAPTERS, board_paper, one_page
from cxlib.labs.investment_case.pilot import loss_with_pilot, outcomes
from cxlib.labs.kept_customer import own_value
from cxlib.learning.lab import Lab, LabFace
from cxlib.learning.page import Page
from cxlib.learning.panel import Face
from cxlib.learning.profile import PROFILE, templates
from cxlib.learning.progress import outline
from cxlib.learning.store import Store
from cxlib.learning.view import View
from cxlib.models.business_case import breakeven_share, evaluate
from cxlib.text import LANGS, Lang, Problem

SHEET: Final = {own_value.memory: {"customers": 61_000, "later": 0.8}}
CASE_09 = "plan of lesson 09 [C]"
PROFILES: Final = {
    industry: {"name": "", "industry": industry, "unit": "billion", **figures}
    for industry, figures in templates().items()
}


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


class TestDraft:
    def test_66_2_billion_shrink_to_what_lesson_09_finds(self) -> None:
        view = labs.clean_draft()
        assert _shown(view, "The draft says") == "₫66.2\xa0billion"
        assert _shown(view, "After mending") == "₫458\xa0million"
        assert "₫458\xa0million" in own_plan().finding.en

    def test_question_says_what_the_draft_says(self) -> None:
        asked = labs.after_mending.question.label
        assert "66,2 tỷ" in asked.vi
        assert "₫66.2 billion" in asked.en

    def test_two_faults_puff_it_up_by_nearly_60_billion(self) -> None:
        left = draft_npv(frozenset(FAULTS) - {"twice", "revenue"})
        assert 57e9 < draft_npv(frozenset(FAULTS)) - left < 60e9

    def test_discounting_is_the_cheapest_fault_and_b5_the_dearest(self) -> None:
        rows = labs.clean_draft().table.rows
        drops = [float(row[1].en.strip("₫").split("\xa0")[0]) for row in rows]
        assert drops == sorted(drops, reverse=True)
        assert rows[-1][0] == FAULTS["undated"]
        assert FAULTS["twice"].en in labs.clean_draft().finding.en

    def test_checking_discounting_only_leaves_59_billion(self) -> None:
        assert "₫59.5\xa0billion" in _preset(labs.clean_draft, "finance-only").finding.en


class TestEvidence:
    def test_measuring_retention_is_the_best_of_the_four_asked(self) -> None:
        assert labs.best_evidence.answer() == "B1"

    def test_rate_is_the_job_least_worth_doing(self) -> None:
        worth = {job: narrowing(job, ()) for job in JOBS}
        assert min(worth, key=lambda job: worth[job]) == "rate"

    def test_customers_first_beats_the_easy_jobs(self) -> None:
        easy, customers = (
            width(frozenset(labs.first_question.presets[name].values["done"]))
            for name in ("buyers", "customers")
        )
        assert customers < 0.7 * easy

    def test_all_jobs_done_still_leave_a_chance_of_a_loss(self) -> None:
        view = labs.first_question(done=tuple(JOBS))
        assert "never sure" in view.finding.en
        assert int(_shown(view, "Chance of a loss").rstrip("%")) > 30


class TestPilot:
    def test_loses_more_often_but_less(self) -> None:
        found = re.findall(r"\d+%|−?₫[\d.]+\s\w+", labs.pilot_first().finding.en)
        assert found == [
            "53%",
            "43%",
            "5%",
            "−₫362\xa0million",
            "−₫3.48\xa0billion",
            "₫458\xa0million",
            "₫786\xa0million",
        ]

    def test_question_says_what_happens_at_once(self) -> None:
        whole, _, _ = outcomes(10_000, 0.95, 3e8, 6, 1.0)
        even = breakeven_share(plan_of({}, None))
        asked = loss_with_pilot.question.label
        assert f"{(whole < 0).mean():.0%} of the futures" in asked.en
        assert f"break-even is {even:.0%}" in asked.en

    def test_best_rule_lies_near_break_even(self) -> None:
        rules = [n / 20 for n in range(31)]
        best = max(rules, key=lambda least: outcomes(10_000, least, 3e8, 6, 1.0)[1].mean())
        assert best == pytest.approx(breakeven_share(plan_of({}, None)), abs=0.05)

    @pytest.mark.parametrize(
        ("name", "said"),
        [("no-brake", "never stops anything"), ("too-small", "not worth"), ("sure", "not worth")],
    )
    def test_pilots_that_fail(self, name: str, said: str) -> None:
        assert said in _preset(labs.pilot_first, name).finding.en


class TestCase:
    def test_without_anything_it_is_the_plan_of_lesson_09(self) -> None:
        figures = {item.label.en: item.value.en for item in own_plan().key_figures}
        shown = {item.label.en: item.value.en for item in one_page(assemble({})).key_figures}
        assert {name: shown[name] for name in ("NPV", "IRR", "Payback")} == {
            name: figures[name] for name in ("NPV", "IRR", "Payback")
        }

    @pytest.mark.parametrize("industry", list(PROFILES))
    def test_profile_alone_gives_a_sensible_case(self, industry: str) -> None:
        case = assemble({PROFILE: PROFILES[industry]})
        assert 0 < case.outcome.npv < 0.1 * case.margin
        assert 0.9 < case.breakeven < 0.95
        assert all(item.origin == "template" for item in case.assumptions)
        assert case.passages["problem"][0].assumed

    def test_own_plan_is_the_plan(self) -> None:
        kept = {PLAN: {**_own_values(), "rate": 0.2}}
        assert assemble(kept).outcome.npv == pytest.approx(evaluate(assemble(kept).plan).npv)
        assert assemble(kept).plan.rate == 0.2

    @pytest.mark.parametrize("industry", list(PROFILES))
    def test_plan_not_touched_is_what_lesson_09_opens_with(self, industry: str) -> None:
        page = Page("09-invest-and-return", "en")
        page.store.load({PROFILE: PROFILES[industry], **SHEET})
        face = page.company(own_plan).face
        assert isinstance(face, LabFace)
        shown = {item.label.en: item.value.en for item in face.view().key_figures}
        case = one_page(assemble(page.store.values()))
        assert {item.label.en: item.value.en for item in case.key_figures}["NPV"] == shown["NPV"]

    def test_changed_number_is_no_template_any_more(self) -> None:
        case = assemble({PLAN: {**_own_values(), "C1_yearly": 123e6}})
        origins = {item.code: item.origin for item in case.assumptions}
        assert origins["C1"] is None
        assert origins["C2"] == "template"

    def test_better_source_narrows_what_may_happen(self) -> None:
        told = {f"{code}_origin": "measured" for code in ("B1", "B2", "B3", "B8")}
        before, after = assemble({}), assemble({REGISTER: told})
        assert after.futures.outcome.std() < 0.8 * before.futures.outcome.std()
        assert after.outcome.npv == before.outcome.npv

    def test_doubtful_board_sees_more_losses_and_the_same_plan(self) -> None:
        sure, strict = assemble({ASK: {"doubt": 0.25}}), assemble({ASK: {"doubt": 1.5}})
        losses = [case.futures.probability_of_loss for case in (sure, assemble({}), strict)]
        assert losses == sorted(set(losses))
        assert strict.outcome.npv == sure.outcome.npv

    @pytest.mark.parametrize(
        "kept",
        [
            {PLAN: "abc"},
            {PLAN: {"rate": "x", "C1_yearly": [1]}},
            {ASK: [1, 2], REGISTER: {"B1_origin": "guess"}},
            {PROFILE: {"industry": "retail", "customers": -1}},
        ],
        ids=repr,
    )
    def test_memory_that_was_tampered_with_is_ignored(self, kept: dict[str, Any]) -> None:
        assert assemble(kept).outcome.npv == assemble({}).outcome.npv

    def test_plan_without_costs_is_told(self) -> None:
        nothing = dict.fromkeys(_own_values(), 0.0)
        with pytest.raises(Problem, match="no cost"):
            assemble({PLAN: nothing})

    def test_extreme_plan_is_still_a_case(self) -> None:
        huge = {name: 1e13 for name in _own_values() if name != "rate"}
        for values in (huge, {**huge, **{n: -1e13 for n in huge if n.startswith("B")}}):
            case = assemble({PLAN: {**values, "rate": 0.5}})
            assert "nan" not in one_page(case).html("vi").lower().replace("tài chính", "")
            board_paper(case)


def _own_values() -> dict[str, Any]:
    return {
        name: item.default for name, item in own_plan.fields.items() if item.default is not None
    }


class TestOtherLessons:
    def test_b1_from_her_own_customers_is_a_judgement(self) -> None:
        origins = {item.code: item.origin for item in assemble(SHEET).assumptions}
        assert (origins["B1"], origins["B2"], origins["rate"]) == ("judged", *["template"] * 2)

    def test_b1_from_customers_of_a_template_stays_one(self) -> None:
        kept = {own_value.memory: {"rise": 0.02}}
        origins = {item.code: item.origin for item in assemble(kept).assumptions}
        assert origins["B1"] == "template"

    def test_rate_settled_on_the_sheet_is_a_judgement(self) -> None:
        kept = {own_value.memory: {"rate": 0.15}}
        origins = {item.code: item.origin for item in assemble(kept).assumptions}
        assert origins["rate"] == "judged"

    @pytest.mark.parametrize(
        ("sheet", "assumed"), [({"customers": 61_000}, False), ({"rise": 0.03}, True)], ids=repr
    )
    def test_sheet_with_customers_of_a_template_is_an_assumption(
        self, sheet: dict[str, float], assumed: bool
    ) -> None:
        passage = finding(own_value, {own_value.memory: sheet}, None)
        assert passage is not None
        assert passage.assumed == assumed

    def test_her_stages_are_among_the_risks(self) -> None:
        kept = {own_roadmap.memory: {"culture": "1", "accountability": "3"}}
        (risk,) = assemble(kept).passages["risks"]
        assert "stage 1 because of culture" in risk.text.en
        assert not risk.assumed

    def test_stages_of_the_example_are_an_assumption(self) -> None:
        (risk,) = assemble({own_roadmap.memory: {"goal": "mua xong là dùng được"}}).passages[
            "risks"
        ]
        assert risk.assumed

    def test_who_answers_in_the_roadmap_answers_for_the_case_until_another_is_named(self) -> None:
        roadmap = {own_roadmap.memory: {"owner": "Chị Hạnh"}}
        assert assemble(roadmap).ask.owner == "Chị Hạnh"
        assert assemble({**roadmap, ASK: {"owner": "Anh Quân"}}).ask.owner == "Anh Quân"

    def test_every_lesson_but_its_own_and_the_plan_has_a_chapter(self) -> None:
        lessons = {f"{n:02}" for n in range(1, 12)} - {"09"}
        assert set(CHAPTERS_OF_LESSONS) == lessons
        assert set(CHAPTERS_OF_LESSONS.values()) <= set(CHAPTERS)

    def test_every_finding_answers_a_question_of_the_board(self) -> None:
        told = (lesson for lesson in outline() if lesson.number in CHAPTERS_OF_LESSONS)
        labs_told = [lab.key for lesson in told for lab in company_labs(lesson)]
        assert labs_told == list(ANSWERED)

    def test_question_stands_before_the_finding(self) -> None:
        case = assemble({"company.own-journey": {"budget": 1e9}})
        said = [passage.text.vi for passage in case.passages["portfolio"]]
        assert any(words.startswith(f"{ANSWERED['own-journey'].vi} Rót 970") for words in said)

    @pytest.mark.parametrize("number", [lesson.number for lesson in outline()])
    def test_labs_on_her_own_figures_are_found(self, number: str) -> None:
        lesson = next(item for item in outline() if item.number == number)
        steps = [step for step in lesson.steps if step.startswith("tried.company.")]
        assert [lab.tried(own=True) for lab in company_labs(lesson)] == steps

    def test_finding_on_her_own_figures_is_no_assumption(self) -> None:
        kept = {"company.roi-cockpit": {"setup": 5e9}}
        passage = finding(roi_cockpit, kept, None)
        assert passage is not None
        assert passage.text == roi_cockpit(setup=5e9).finding
        assert not passage.assumed

    def test_finding_from_the_profile_is_an_assumption(self) -> None:
        profile = profile_of({PROFILE: PROFILES["bank"]})
        passage = finding(own_plan, {}, profile)
        assert passage is not None
        assert passage.assumed

    def test_lab_nobody_filled_says_nothing(self) -> None:
        assert finding(roi_cockpit, {}, None) is None


class TestChecks:
    def _failed(self, kept: dict[str, Any]) -> set[str]:
        return {check.key for check in checks(assemble(kept)) if not check.passed}

    def test_template_case_lacks_a_person_only(self) -> None:
        assert self._failed({}) == {"owner"}

    @pytest.mark.parametrize(
        ("key", "kept"),
        [
            ("sums", {ASK: {"amount": 5e9}}),
            ("sources", {PLAN: {**_own_values(), "C1_yearly": 123e6}}),
            ("loss", {ASK: {"manner": "whole"}}),
            ("twice", {PLAN: {**_own_values(), "B5_year_1": 1e9}}),
            ("margin", {PLAN: {**_own_values(), "B1_year_3": 20e9}}),
            ("stop", {ASK: {"least": 0.5}}),
        ],
    )
    def test_each_fault_is_found(self, key: str, kept: dict[str, Any]) -> None:
        assert key in self._failed(kept)

    def test_person_named_mends_the_last(self) -> None:
        assert self._failed({ASK: {"owner": "Chị Hạnh"}}) == set()


class TestRubric:
    def test_gives_100_points(self) -> None:
        assert sum(item.high for item in RUBRIC.values()) == 100

    def test_unfinished_marking_counts_what_is_left(self) -> None:
        assert verdict({"logic": 15.0}).en.startswith("15 points so far, 6 criteria")

    @pytest.mark.parametrize(("share", "said"), [(1, "complete"), (0.9, "ready"), (0.7, "nearly")])
    def test_verdict_follows_the_sum(self, share: float, said: str) -> None:
        marks: dict[str, float | None] = {key: item.high * share for key, item in RUBRIC.items()}
        assert said in verdict(marks).en

    def test_weakest_criterion_is_named(self) -> None:
        marks: dict[str, float | None] = {key: item.high * 0.8 for key, item in RUBRIC.items()}
        assert "pilot and causality" in verdict({**marks, "pilot": 1.0}).en


FACES: Final = (labs.BoardCaseFace, labs.RegisterFace, labs.ExportFace, labs.RubricFace)


class TestPanels:
    @pytest.mark.parametrize("lang", LANGS)
    @pytest.mark.parametrize("face", FACES, ids=lambda face: face.__name__)
    def test_plan_without_costs_is_said_not_raised(self, face: type[Face], lang: Lang) -> None:
        store = Store()
        store.put(PLAN, dict.fromkeys(_own_values(), 0.0))
        html = face(lang, store).screen().html  # type: ignore[call-arg]
        assert face is labs.RubricFace or "cx-warning" in html

    def test_what_she_types_is_kept_and_found_again(self) -> None:
        store = Store()
        labs.BoardCaseFace("vi", store).enter("owner", "Chị Hạnh")
        labs.RegisterFace("vi", store).enter("B1_origin", "measured")
        assert store.get(ASK) == {"owner": "Chị Hạnh"}
        case = assemble(store.values())
        assert case.ask.owner == "Chị Hạnh"
        assert {item.origin for item in case.assumptions if item.code == "B1"} == {"measured"}

    def test_what_she_left_alone_follows_the_plan(self) -> None:
        store = Store()
        face = labs.BoardCaseFace("vi", store)
        face.enter("owner", "Chị Hạnh")
        store.put(PLAN, {**_own_values(), "C6_one_off": 5e9})
        face.recall()
        assert assemble(store.values()).ask.amount == pytest.approx(10.1e9)

    def test_nonsense_is_told_and_kept_out(self) -> None:
        store = Store()
        face = labs.BoardCaseFace("vi", store)
        face.enter("amount", "abc")
        assert "problem" in face.screen().entries.wire()["amount"]  # type: ignore[union-attr]
        assert store.get(ASK) is None

    def test_reset_forgets(self) -> None:
        store = Store()
        face = labs.RubricFace("vi", store)
        face.enter("logic", 12)
        face.act("reset")
        assert store.get("company.rubric") is None

    @pytest.mark.parametrize("written", LANGS)
    def test_files_are_made_when_asked_for(self, written: Lang) -> None:
        store = Store()
        face = labs.ExportFace("vi", store)
        assert "base64" not in face.screen().html
        face.enter("written", written)
        for action in ("xlsx", "docx"):
            face.act(action)
        files = re.findall(
            r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', face.screen().html
        )
        contents = {name.rpartition(".")[2]: base64.b64decode(content) for name, content in files}
        assert openpyxl.load_workbook(io.BytesIO(contents["xlsx"])).sheetnames
        title = docx.Document(io.BytesIO(contents["docx"])).paragraphs[0].text
        assert title == (
            "Tờ trình đầu tư cho trải nghiệm khách hàng"
            if written == "vi"
            else "Proposal to invest in customer experience"
        )

    def test_files_are_gone_when_the_case_changes(self) -> None:
        face = labs.ExportFace("vi", Store())
        face.act("xlsx")
        face.recall()
        assert "base64" not in face.screen().html
