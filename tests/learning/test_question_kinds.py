"""Every kind of question: what it shows, how it judges, which slip it names, what it remembers."""

from __future__ import annotations

import ast
import json
import random
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from authoring.exercises import for_learner
from authoring.source import Cell, read
from cxlib.learning import Page
from cxlib.learning.panel import Panel
from cxlib.learning.questions import (
    QUIZZES,
    MatchingQuestion,
    NumberQuestion,
    OptionQuestion,
    OrderingQuestion,
    Question,
    exercise,
    questions,
    read_question,
)
from cxlib.learning.quiz import ExerciseFace, Feedback, QuestionsFace, check
from cxlib.learning.slips import Setting, common_slips
from cxlib.learning.store import Store
from cxlib.text import LANGS, Lang, Text

ONE_OF_EACH: Final = """
- key: owner
  kind: single
  ask: {vi: "Ai lo trải nghiệm <khách>?", en: "Who owns the <customer> experience?"}
  options:
    - {key: all, right: true, text: {vi: Mọi người, en: Everyone}, reason: {vi: vì R1, en: as R1}}
    - {key: care, text: {vi: Chăm sóc, en: Care}, reason: {vi: vì R2, en: as R2}}
  hints: &hints [{vi: G1, en: H1}, {vi: G2, en: H2}, {vi: G3, en: H3}]
- key: traits
  kind: several
  ask: {vi: "Nét nào?", en: "Which traits?"}
  options:
    - {key: a, right: true, text: {vi: Nhất quán, en: Steady}, reason: {vi: vì R3, en: as R3}}
    - {key: b, right: true, text: {vi: Chủ động, en: Active}, reason: {vi: vì R4, en: as R4}}
    - {key: c, text: {vi: Đắt tiền, en: Dear}, reason: {vi: vì R5, en: as R5}}
  hints: *hints
- key: gain
  kind: number
  unit: money
  ask: {vi: "Ba năm lãi bao nhiêu?", en: "What is the gain of three years?"}
  answer: 777000000
  tolerance: 1000000
  years: 3
  margin: 0.3
  reason: {vi: vì R6, en: as R6}
  mistakes:
    - {value: 654000000, reason: {vi: quên R7, en: forgot R7}}
  hints: *hints
- key: steps
  kind: ordering
  ask: {vi: "Làm gì trước?", en: "What comes first?"}
  steps:
    - {key: n, text: {vi: Lắng nghe, en: Listen}, reason: {vi: vì R8, en: as R8}}
    - {key: d, text: {vi: Đo, en: Measure}, reason: {vi: vì R9, en: as R9}}
    - {key: s, text: {vi: Sửa <b>, en: Mend <b>}, reason: {vi: vì S1, en: as S1}}
    - {key: k, text: {vi: Kể lại, en: Tell}, reason: {vi: vì S2, en: as S2}}
  hints: *hints
- key: scores
  kind: matching
  ask: {vi: "Mỗi điểm số đo gì?", en: "What does each score measure?"}
  pairs:
    - {key: nps, text: {vi: NPS, en: NPS}, match: p, reason: {vi: vì S3, en: as S3}}
    - {key: ces, text: {vi: CES <i>, en: CES <i>}, match: e, reason: {vi: vì S4, en: as S4}}
    - {key: csat, text: {vi: CSAT, en: CSAT}, match: t, reason: {vi: vì S5, en: as S5}}
  options:
    - {key: t, text: {vi: hài lòng, en: satisfaction}}
    - {key: p, text: {vi: giới thiệu, en: recommendation}}
    - {key: e, text: {vi: công sức, en: effort}}
    - {key: x, text: {vi: doanh thu, en: revenue}}
  hints: *hints
"""
ITEMS: Final[list[dict[str, Any]]] = yaml.safe_load(ONE_OF_EACH)
SAMPLE: Final = {item["key"]: read_question(item) for item in ITEMS}
ORDERING: Final = SAMPLE["steps"]
MATCHING: Final = SAMPLE["scores"]

LESSONS: Final = sorted(path.stem for path in QUIZZES.glob("*.yml"))
COURSE: Final = {
    f"{lesson} {which} {question.key}": question
    for lesson in LESSONS
    for which in ("quiz", "exercise")
    for question in questions(lesson, which)
}
EVERY: Final = {**SAMPLE, **COURSE}
NOT_YET: Final = {"vi": "Chưa đạt: ", "en": "Not yet: "}
PASSED: Final = {"vi": "Đạt: ", "en": "Passed: "}


@pytest.fixture(autouse=True)
def _same_shuffle_every_time() -> None:
    random.seed(1)


every_question = pytest.mark.parametrize("question", EVERY.values(), ids=list(EVERY))


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


def _right(question: Question) -> Any:
    match question:
        case NumberQuestion():
            return question.answer
        case OrderingQuestion():
            return [step.key for step in question.steps]
        case MatchingQuestion():
            return {pair.key: pair.match for pair in question.pairs}
        case OptionQuestion():
            keys = [option.key for option in question.options if option.right]
            return keys if question.several else keys[0]
    raise AssertionError(f"no right answer known for {type(question).__name__}")


def _quiz(lang: Lang, store: Store, *asked: Question) -> Panel:
    return Panel(QuestionsFace("quiz.test", asked or tuple(SAMPLE.values()), lang, store), store)


def _exercise(question: Question, lang: Lang, store: Store) -> Panel:
    return Panel(ExerciseFace("exercise.test", question, lang, store), store)


def _send(panel: Panel, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [])
    assert panel.state["message"] == ""
    return panel.state


def _fill(panel: Panel, question: Question, answer: Any) -> None:
    if isinstance(question, MatchingQuestion):
        for key, option in answer.items():
            _send(panel, do="enter", name=f"{question.key}/{key}", raw=option)
    else:
        _send(panel, do="enter", name=question.key, raw=answer)


def _checked(panel: Panel, question: Question, answer: Any) -> str:
    """Answer, press the button, and return what stands under the question."""
    _fill(panel, question, answer)
    fields = _send(panel, do="act", name="check")["fields"]
    return str(fields[list(question.fields())[-1]]["note"])


# ----------------------------------------------------------------------------------- the file


def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((QUIZZES / "schema.json").read_text("utf-8")))


def _file(*items: dict[str, Any]) -> dict[str, Any]:
    return {"quiz": list(items), "exercise": ITEMS[:1]}


def test_schema_takes_one_of_each_kind() -> None:
    faults = list(_schema().iter_errors(_file(*ITEMS)))
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []


@pytest.mark.parametrize(
    ("key", "change"),
    [
        pytest.param("steps", {"steps": ITEMS[3]["steps"][:2]}, id="two steps only"),
        pytest.param("steps", {"options": ITEMS[4]["options"]}, id="ordering with options"),
        pytest.param("scores", {"pairs": ITEMS[3]["steps"]}, id="pairs without a match"),
        pytest.param("scores", {"options": []}, id="nothing to match"),
        pytest.param("gain", {"margin": 30}, id="margin in percent"),
        pytest.param("gain", {"years": 1}, id="one year"),
        pytest.param("owner", {"kind": "essay"}, id="unknown kind"),
        pytest.param("owner", {"hints": [{"vi": "G", "en": "H"}]}, id="one hint"),
        pytest.param("owner", {"answer": 1}, id="option with a number"),
    ],
)
def test_schema_refuses(key: str, change: dict[str, Any]) -> None:
    broken = [{**item, **change} if item["key"] == key else item for item in ITEMS]
    assert not _schema().is_valid(_file(*broken))


@every_question
def test_keys_give_nothing_away(question: Question) -> None:
    if isinstance(question, OrderingQuestion):
        keys = [step.key for step in question.steps]
        assert keys not in (sorted(keys), sorted(keys)[::-1]), "the keys stand in the right order"
    if isinstance(question, MatchingQuestion):
        assert all(pair.match in question.options for pair in question.pairs)
        told = [pair.key for pair in question.pairs if pair.key == pair.match]
        assert told == [], "a pair has the key of its match"


# ------------------------------------------------------------------- nothing shown before its time


@every_question
def test_answer_is_not_in_the_page_before_checking(question: Question, lang: Lang) -> None:
    for panel in (_quiz(lang, Store(), question), _exercise(question, lang, Store())):
        sent = json.dumps([panel.spec, panel.state], ensure_ascii=False)
        for text in _kept_back(question):
            assert text(lang) not in sent
        for word in ('"right"', '"match"', '"reason"', '"answer"', '"tolerance"', '"mistakes"'):
            assert word not in sent
        if isinstance(question, NumberQuestion):
            assert str(question.answer) not in sent


def _kept_back(question: Question) -> Iterator[Text]:
    yield question.solution
    yield from question.hints
    match question:
        case NumberQuestion():
            yield from (slip.reason for slip in question.mistakes)
        case OrderingQuestion():
            yield from (step.reason for step in question.steps)
        case MatchingQuestion():
            yield from (pair.reason for pair in question.pairs)
        case OptionQuestion():
            yield from (option.reason for option in question.options)


def test_order_at_the_start_is_mixed_and_never_the_right_one() -> None:
    starts = set()
    for seed in range(200):
        random.seed(seed)
        panel = _quiz("vi", Store(), ORDERING)
        starts.add(tuple(panel.state["fields"]["steps"]["chosen"]))
    assert tuple(_right(ORDERING)) not in starts
    assert len(starts) == 23, "every other order of four steps should come up"


def test_options_to_match_are_mixed_alike_for_every_pair() -> None:
    orders = set()
    for seed in range(20):
        random.seed(seed)
        fields = _quiz("vi", Store(), MATCHING).spec["fields"].values()
        one_quiz = {tuple(key for key, _ in item["options"]) for item in fields}
        assert len(one_quiz) == 1
        orders |= one_quiz
    assert len(orders) > 1


def test_pairs_stand_together_under_their_question() -> None:
    spec = _quiz("vi", Store(), MATCHING).spec
    names = ["scores/nps", "scores/ces", "scores/csat"]
    assert spec["groups"] == [{"title": "Mỗi điểm số đo gì?", "fields": names}]


# ------------------------------------------------------------------------------- partly right


def test_places_not_right_yet_are_named(lang: Lang) -> None:
    note = _checked(_quiz(lang, Store(), ORDERING), ORDERING, ["n", "s", "d", "k"])
    wrong = {
        "vi": "Cần xếp lại: 2. Sửa &lt;b&gt;; 3. Đo.",
        "en": "Still to be moved: 2. Mend &lt;b&gt;; 3. Measure.",
    }
    assert wrong[lang] in note
    assert "cx-wrong" in note
    assert [code for code in ("R8", "R9", "S1", "S2") if code in note] == ["R8", "S2"]
    assert {"vi": "Kể lại: vì S2", "en": "Tell: as S2"}[lang] in note


def test_pairs_not_right_yet_are_named(lang: Lang) -> None:
    answer = {"nps": "t", "ces": "x", "csat": "t"}
    note = _checked(_quiz(lang, Store(), MATCHING), MATCHING, answer)
    wrong = {
        "vi": "Cần ghép lại: NPS; CES &lt;i&gt;.",
        "en": "Still to be matched: NPS; CES &lt;i&gt;.",
    }
    assert wrong[lang] in note
    assert "cx-wrong" in note
    assert [code for code in ("S3", "S4", "S5") if code in note] == ["S5"]


@pytest.mark.parametrize(
    ("question", "codes"),
    [(ORDERING, ("R8", "R9", "S1", "S2")), (MATCHING, ("S3", "S4", "S5"))],
    ids=["ordering", "matching"],
)
def test_all_right_gives_every_reason(question: Question, codes: tuple[str, ...]) -> None:
    note = _checked(_quiz("vi", Store(), question), question, _right(question))
    assert "cx-right" in note
    assert all(code in note for code in codes)


def test_untouched_order_is_not_taken_for_an_answer(lang: Lang) -> None:
    store = Store()
    panel = _quiz(lang, store, ORDERING)
    note = _send(panel, do="act", name="check")["fields"]["steps"]["note"]
    assert note == escape(OrderingQuestion.unanswered(lang))
    assert store.get("quiz.test")["answers"] == {}


def test_pairs_left_open_are_asked_for(lang: Lang) -> None:
    panel = _quiz(lang, Store(), MATCHING)
    note = _checked(panel, MATCHING, {"nps": "p"})
    assert note == escape(MatchingQuestion.unanswered(lang))


# ------------------------------------------------------------------------- score, retry, memory


def test_score_counts_questions_not_fields(lang: Lang) -> None:
    store = Store()
    panel = _quiz(lang, store)
    for question in SAMPLE.values():
        _fill(panel, question, _right(question))
    _fill(panel, ORDERING, ["k", "s", "d", "n"])
    state = _send(panel, do="act", name="check")
    assert {"vi": "4/5", "en": "4 of 5"}[lang] in state["live"]
    assert (store.get("quiz.test")["right"], store.get("quiz.test")["of"]) == (4, 5)


@pytest.mark.parametrize("question", [ORDERING, MATCHING], ids=["ordering", "matching"])
def test_question_can_be_tried_again(question: Question) -> None:
    store = Store()
    panel = _quiz("vi", store, question)
    if isinstance(question, OrderingQuestion):
        wrong: Any = _right(question)[::-1]
    else:
        wrong = dict.fromkeys(_right(question), "x")
    assert "cx-wrong" in _checked(panel, question, wrong)
    _fill(panel, question, _right(question))
    assert {field.get("note", "") for field in panel.state["fields"].values()} == {""}
    assert "cx-right" in _checked(panel, question, _right(question))
    assert store.get("quiz.test")["right"] == 1


def test_answers_come_back_from_the_browser(lang: Lang) -> None:
    first = Store()
    panel = _quiz(lang, first)
    for question in SAMPLE.values():
        _fill(panel, question, _right(question))
    before = _send(panel, do="act", name="check")
    later = Store()
    again = _quiz("vi" if lang == "en" else "en", later)
    later.load(json.loads(json.dumps(first.values())))
    assert again.state["fields"]["steps"]["chosen"] == before["fields"]["steps"]["chosen"]
    assert again.state["fields"]["scores/nps"]["chosen"] == ["p"]
    assert "5" in again.state["live"]


# -------------------------------------------------------------------------------- named slips


@pytest.mark.parametrize(
    ("unit", "right", "setting", "slipped", "vi", "en"),
    [
        pytest.param("share", 0.4, {}, 40, "ghi phần trăm", "a percentage stands", id="×100"),
        pytest.param("share", 0.4, {}, 0.004, "ghi tỷ lệ", "a ratio stands", id="÷100"),
        pytest.param("points", 0.015, {}, 1.5, "ghi phần trăm", "a percentage", id="points ×100"),
        pytest.param("number", 36.9, {}, 0.369, "ghi tỷ lệ", "a ratio", id="number ÷100"),
        pytest.param("money", -2.55e9, {}, 2.55e9, "sai dấu", "the sign is not", id="sign, loss"),
        pytest.param("points", 0.015, {}, -0.015, "sai dấu", "the sign is not", id="sign, points"),
        pytest.param("money", 6e8, {}, 6e5, "nhỏ đi một nghìn lần", "a thousand", id="÷1000"),
        pytest.param("money", 6e8, {}, 600, "nhỏ đi một triệu lần", "a million", id="in millions"),
        pytest.param("money", 6e9, {}, 6, "nhỏ đi một tỷ lần", "a billion", id="in billions"),
        pytest.param("money", 6e8, {}, 6e11, "gấp một nghìn lần", "a thousand", id="×1000"),
        pytest.param("money", 6e8, {}, 6e14, "gấp một triệu lần", "a million", id="×10⁶"),
        pytest.param("money", 6e8, {}, 6e17, "gấp một tỷ lần", "a billion", id="×10⁹"),
        pytest.param("money", 9e8, {"years": 3}, 3e8, "cho 3 năm", "covers 3 years", id="a year"),
        pytest.param("money", 3e8, {"margin": 0.3}, 1e9, "doanh thu", "30%", id="revenue"),
        pytest.param("share", 0.05, {"base": 0.7}, 0.035, "điểm phần trăm", "70%", id="points"),
        pytest.param("points", 0.035, {"base": 0.7}, 0.05, "mức trước", "before", id="percent"),
    ],
)
def test_common_slip_is_named(
    unit: str, right: float, setting: dict[str, float], slipped: float, vi: str, en: str
) -> None:
    question = _number(unit, right, abs(right) / 100, **setting)
    for shade in (0.993, 1, 1.007):
        verdict = question.judge(slipped * shade)
        assert not verdict.right
        assert vi in verdict.reason.vi
        assert en in verdict.reason.en
    assert repr(check(question, slipped, "vi")).startswith("Chưa đạt: ")
    assert question.judge(right).right


def _number(unit: str, right: float, tolerance: float, **more: Any) -> NumberQuestion:
    asked = {"vi": "?", "en": "?"}
    return read_question(  # type: ignore[return-value]
        {
            "key": "q",
            "kind": "number",
            "ask": asked,
            "reason": asked,
            "unit": unit,
            "answer": right,
            "tolerance": tolerance,
            **more,
        }
    )


def test_slip_typed_into_the_page_is_named() -> None:
    panel = _quiz("en", Store(), SAMPLE["gain"])
    assert "one year" in _checked(panel, SAMPLE["gain"], "₫259 million")
    assert "revenue" in _checked(panel, SAMPLE["gain"], "2.59 billion")
    assert "cx-right" in _checked(panel, SAMPLE["gain"], "777 million")


def test_nearest_slip_wins() -> None:
    question = _number("share", 0.1, 0.005, years=3, base=0.34)
    assert "percentage points" in question.judge(0.0342).reason.en
    assert "one year" in question.judge(0.0332).reason.en


def test_mistake_of_this_question_goes_before_a_common_slip() -> None:
    own = [{"value": -5e8, "reason": {"vi": "riêng", "en": "its own"}}]
    question = _number("money", 5e8, 1e7, mistakes=own)
    assert question.judge(-5.05e8).reason.en == "its own"


@pytest.mark.parametrize(
    ("right", "tolerance", "setting", "answer"),
    [
        pytest.param(0.0, 0.01, {}, 0.7, id="nought is right"),
        pytest.param(0.5, 0.02, {"margin": 0.97}, 0.53, id="slip beside the right answer"),
        pytest.param(0.5, 0.02, {}, 0.47, id="just beyond the tolerance"),
        pytest.param(0.001, 0.01, {}, 0.05, id="nearly anything small is right"),
    ],
)
def test_no_slip_is_named_without_ground(
    right: float, tolerance: float, setting: dict[str, float], answer: float
) -> None:
    verdict = _number("share", right, tolerance, **setting).judge(answer)
    assert not verdict.right
    assert "Check the unit" in verdict.reason.en


numbers = st.floats(-1e10, 1e10, allow_nan=False)
ratios = st.none() | st.floats(0.01, 0.99)


@given(
    right=numbers,
    tolerance=st.floats(1e-6, 1e9),
    off=st.floats(-1, 1),
    unit=st.sampled_from(["number", "money", "share", "points"]),
    years=st.none() | st.floats(1.01, 20),
    margin=ratios,
    base=ratios,
)
def test_no_slip_reaches_what_is_right(
    right: float,
    tolerance: float,
    off: float,
    unit: str,
    years: float | None,
    margin: float | None,
    base: float | None,
) -> None:
    slips = common_slips(right, tolerance, unit, Setting(years, margin, base))
    assert not any(slip.explains(right + off * tolerance) for slip in slips)


# ------------------------------------------------------------------------------ in code cells


@every_question
def test_solution_passes_its_own_check(question: Question, lang: Lang) -> None:
    assert repr(check(question, _right(question), lang)).startswith(PASSED[lang])


@every_question
@pytest.mark.parametrize(
    "stub", [..., None, "", "abc", (), [...], {}, {"a": 1}, float("nan"), 10**400], ids=type
)
def test_empty_stub_is_not_yet(question: Question, stub: Any, lang: Lang) -> None:
    assert repr(check(question, stub, lang)).startswith(NOT_YET[lang])


@every_question
def test_stub_is_told_what_the_answer_looks_like(question: Question, lang: Lang) -> None:
    said = repr(check(question, ..., lang))
    assert "..." in said
    assert question.shape(lang) in said
    keys = list(_right(question)) if isinstance(question, OrderingQuestion) else []
    assert ", ".join(keys) not in said or not keys, "the message tells the order"


@every_question
def test_each_named_mistake_triggers_its_own_message(question: Question, lang: Lang) -> None:
    for slip in getattr(question, "mistakes", ()):
        assert repr(check(question, slip.value, lang)) == NOT_YET[lang] + slip.reason(lang)


def test_wrong_order_in_a_code_cell_is_told_its_places() -> None:
    assert "2. Sửa <b>; 3. Đo" in repr(check(ORDERING, ("n", "s", "d", "k"), "vi"))


SOURCES: Final = sorted(QUIZZES.parent.glob("source/*.md"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_notebook_solutions_pass_and_its_stubs_do_not(path: Path, lang: Lang) -> None:
    solved = read(path).cells_in(lang)
    for cells, wanted in ((solved, PASSED[lang]), (for_learner(solved), NOT_YET[lang])):
        told = [repr(feedback) for feedback in _feedback(cells)]
        assert told, "the notebook checks nothing"
        assert all(words.startswith(wanted) for words in told), told


def _feedback(cells: tuple[Cell, ...]) -> Iterator[Feedback]:
    """Run a notebook's code and hand out what its checks say."""
    names: dict[str, Any] = {}
    for cell in cells:
        if cell.kind != "code":
            continue
        *before, last = ast.parse(cell.text).body
        exec(compile(ast.Module(before, []), cell.name, "exec"), names)
        if isinstance(last, ast.Expr):
            result = eval(compile(ast.Expression(last.value), cell.name, "eval"), names)
            if isinstance(result, Feedback):
                yield result
        else:
            exec(compile(ast.Module([last], []), cell.name, "exec"), names)


def test_page_checks_with_the_questions_of_its_lesson(lang: Lang) -> None:
    page = Page("09-invest-and-return", lang)
    right = page.check("research-first", ("retention", "spend", "referral"))
    assert repr(right).startswith(PASSED[lang])
    for key, wrong in (("research-first", ["rate"]), ("breakeven-scale", 93.468)):
        assert repr(page.check(key, wrong)).startswith(NOT_YET[lang])


def test_a_wrong_check_offers_the_hints(lang: Lang) -> None:
    page = Page("09-invest-and-return", lang)
    hints = exercise(page.lesson, "breakeven-scale").hints
    wrong = page.check("breakeven-scale", 93.468)._repr_html_()
    right = page.check("breakeven-scale", 0.93468)._repr_html_()
    assert wrong.count("<details>") == len(hints) == 3
    assert all(escape(hint(lang)) in wrong for hint in hints)
    assert "<details>" not in right


def test_page_without_code_tells_where_to_write_it(
    lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    page = Page("09-invest-and-return", lang)
    told = page.check("breakeven-scale", ...)
    assert f"<code>exercises/{lang}/{page.lesson}.ipynb</code>" in told._repr_html_()
    assert repr(page.check("breakeven-scale", 0.93468)).startswith(PASSED[lang])


# --------------------------------------------------------------------------- hints, then solution


@pytest.mark.parametrize("question", SAMPLE.values(), ids=list(SAMPLE))
class TestHints:
    def test_three_hints_then_the_solution(self, question: Question, lang: Lang) -> None:
        panel = _exercise(question, lang, Store())
        assert panel.state["screen"] == ""
        for i, hint in enumerate(question.hints):
            assert panel.state["hidden"] == ["solution"]
            state = _send(panel, do="act", name="hint")
            assert state["live"] == hint(lang)
            assert state["screen"].count("cx-hint") == i + 1
        assert panel.state["hidden"] == ["hint"]
        state = _send(panel, do="act", name="solution")
        assert state["live"] == question.solution(lang)
        assert escape(question.solution(lang)) in state["screen"]
        assert _send(panel, do="act", name="solution")["screen"].count("cx-hint") == 4

    def test_opened_hints_come_back_from_the_browser(self, question: Question, lang: Lang) -> None:
        first, later = Store(), Store()
        panel = _exercise(question, lang, first)
        _send(panel, do="act", name="hint")
        before = _send(panel, do="act", name="hint")
        again = _exercise(question, lang, later)
        later.load(json.loads(json.dumps(first.values())))
        assert again.state["screen"] == before["screen"]
        assert again.state["screen"].count("cx-hint") == 2

    def test_hints_do_not_count_as_an_answer(self, question: Question) -> None:
        store = Store()
        _send(_exercise(question, "vi", store), do="act", name="hint")
        assert store.get("exercise.test") is None


@pytest.mark.parametrize("wrong", ["2", -1, 99, None, [3], 1.5], ids=repr)
def test_tampered_count_of_hints_opens_none(wrong: Any) -> None:
    store = Store()
    store.put("hints.exercise.test", wrong)
    assert _exercise(ORDERING, "vi", store).state["screen"] == ""


# --------------------------------------------------------------------------------- escaping


@pytest.mark.parametrize("question", SAMPLE.values(), ids=list(SAMPLE))
def test_everything_shown_is_escaped(question: Question, lang: Lang) -> None:
    panel = _exercise(question, lang, Store())
    for name in ("hint", "hint", "hint", "solution"):
        _send(panel, do="act", name=name)
    note = _checked(panel, question, _right(question))
    shown = panel.state["screen"] + note + check(question, _right(question), lang)._repr_html_()
    assert not any(tag in shown for tag in ("<b>", "<i>", "<khách>", "<customer>"))
