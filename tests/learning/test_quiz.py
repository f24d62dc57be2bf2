"""Every question of every lesson: well formed, rightly answered, and judged with its reason."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from copy import deepcopy
from importlib import import_module
from itertools import permutations
from typing import Any, Final

import pytest
import yaml
from jsonschema import Draft202012Validator

from cxlib.learning.panel import Panel
from cxlib.learning.questions import (
    QUIZZES,
    MatchingQuestion,
    NumberQuestion,
    OptionQuestion,
    OrderingQuestion,
    Question,
    questions,
)
from cxlib.learning.quiz import ExerciseFace, QuestionsFace, check
from cxlib.learning.store import Store
from cxlib.text import LANGS, Lang

FILES: Final = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(QUIZZES.glob("*.yml"))
}
LESSONS: Final = [name for name in FILES if name[:2].isdigit()]
QUESTIONS: Final = {
    f"{name} {question.key}": question
    for name, content in FILES.items()
    for which in content
    for question in questions(name, which)
}
OPTIONS: Final = {k: q for k, q in QUESTIONS.items() if isinstance(q, OptionQuestion)}
NUMBERS: Final = {k: q for k, q in QUESTIONS.items() if isinstance(q, NumberQuestion)}

# What the models say: the right answer first, then each named mistake in its order.


def _computed(which: str) -> dict[str, Callable[[], Any]]:
    """Join what the modules ``answers.lesson_NN`` compute, under the names of the questions."""
    return {
        f"{name} {key}": compute
        for name in LESSONS
        for key, compute in getattr(import_module(f"answers.lesson_{name[:2]}"), which).items()
    }


NUMBERS_COMPUTED: Final = _computed("NUMBERS")
OPTIONS_COMPUTED: Final = _computed("OPTIONS")


def _each(chosen: dict[str, Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", chosen)


# ------------------------------------------------------------------------------- the questions


def test_there_are_quizzes() -> None:
    assert LESSONS, "exercises/quiz holds no lesson"


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(_schema())


@pytest.mark.parametrize("lesson", LESSONS)
def test_file_of_a_lesson_fits_the_schema(lesson: str) -> None:
    faults = Draft202012Validator(_schema()).iter_errors(FILES[lesson])
    assert [f"{fault.json_path}: {fault.message[:200]}" for fault in faults] == []


@pytest.mark.parametrize("name", FILES)
def test_every_question_fits_the_schema(name: str) -> None:
    question = {**_schema()["$defs"]["question"], "$defs": _schema()["$defs"]}
    for item in [item for items in FILES[name].values() for item in items]:
        faults = Draft202012Validator(question).iter_errors(item)
        assert [f"{item['key']} {f.json_path}: {f.message[:200]}" for f in faults] == []


@pytest.mark.parametrize("name", FILES)
def test_keys_are_unique(name: str) -> None:
    keys = [item["key"] for items in FILES[name].values() for item in items]
    assert sorted(set(keys)) == sorted(keys)
    for question in OPTIONS.values():
        options = [option.key for option in question.options]
        assert sorted(set(options)) == sorted(options)


@pytest.mark.parametrize("broken", ["no english", "two right", "unknown field", "no reason"])
def test_schema_refuses(broken: str) -> None:
    content = deepcopy(FILES[LESSONS[0]])
    question = next(item for item in content["quiz"] if item["kind"] == "single")
    if broken == "no english":
        del question["ask"]["en"]
    elif broken == "two right":
        for option in question["options"]:
            option["right"] = True
    elif broken == "unknown field":
        question["anser"] = "a"
    else:
        del question["options"][0]["reason"]
    assert not Draft202012Validator(_schema()).is_valid(content)


def _schema() -> dict[str, Any]:
    return json.loads((QUIZZES / "schema.json").read_text("utf-8"))


# --------------------------------------------------------------------------------- the answers


@_each(NUMBERS)
def test_number_and_its_mistakes_come_from_the_models(name: str) -> None:
    assert name in NUMBERS_COMPUTED, f"say in tests/learning/answers how {name} is computed"
    question = NUMBERS[name]
    written = [question.answer, *(slip.value for slip in question.mistakes)]
    for value, computed in zip(written, NUMBERS_COMPUTED[name](), strict=True):
        assert value == pytest.approx(computed, abs=question.tolerance / 10)


@_each(OPTIONS_COMPUTED)
def test_right_options_come_from_the_models(name: str) -> None:
    right = {option.key for option in OPTIONS[name].options if option.right}
    assert right == OPTIONS_COMPUTED[name]()


@_each(NUMBERS)
def test_right_number_is_right_within_its_tolerance_only(name: str) -> None:
    question = NUMBERS[name]
    for sign in (-1, 1):
        inside, outside = (
            question.judge(question.answer + sign * share * question.tolerance)
            for share in (0.99, 1.01)
        )
        assert inside.right
        assert inside.reason == question.reason
        assert not outside.right


@_each(NUMBERS)
def test_each_named_mistake_gets_its_own_message(name: str) -> None:
    question = NUMBERS[name]
    for slip in question.mistakes:
        verdict = question.judge(slip.value)
        assert not verdict.right, f"the mistake {slip.value} passes for right"
        assert verdict.reason == slip.reason


@_each(NUMBERS)
def test_mistake_nobody_named_is_told_what_to_check(name: str) -> None:
    question = NUMBERS[name]
    verdict = question.judge(question.answer * 1e4 + 7)
    assert not verdict.right
    assert "Check the unit" in verdict.reason.en


@_each(OPTIONS)
def test_right_options_are_right_in_any_order(name: str) -> None:
    question = OPTIONS[name]
    right = [option for option in question.options if option.right]
    for order in permutations(right):
        keys = tuple(option.key for option in order)
        verdict = question.judge(keys if question.several else keys[0])
        assert verdict.right
        for option in right:
            assert option.reason.en in verdict.reason.en


@_each(OPTIONS)
def test_every_other_answer_is_wrong_and_gets_its_reason(name: str) -> None:
    question = OPTIONS[name]
    right = {option.key for option in question.options if option.right}
    for option in question.options:
        answer = tuple(right ^ {option.key}) if question.several else option.key
        if answer in right:
            continue
        verdict = question.judge(answer)
        assert not verdict.right, answer
        if option.key in answer:
            assert option.reason.vi in verdict.reason.vi


@_each(OPTIONS)
def test_every_option_has_its_reason_in_both_languages(name: str) -> None:
    for option in OPTIONS[name].options:
        assert option.reason.vi.strip()
        assert option.reason.en.strip()
        assert option.reason.vi != option.reason.en


def test_options_come_in_any_order() -> None:
    question = next(iter(OPTIONS.values()))
    orders = set()
    for seed in range(20):
        random.seed(seed)
        orders.add(tuple(question.field().options))
    assert len(orders) > 1


# --------------------------------------------------------------------------------- on the page


def _right_answer(question: Question) -> Any:
    if isinstance(question, NumberQuestion):
        return question.answer
    keys = [option.key for option in question.options if option.right]
    return keys if question.several else keys[0]


def _right_entries(question: Question) -> dict[str, Any]:
    """What to enter into each field of a question of any kind."""
    if isinstance(question, MatchingQuestion):
        return {f"{question.key}/{pair.key}": pair.match for pair in question.pairs}
    if isinstance(question, OrderingQuestion):
        return {question.key: [step.key for step in question.steps]}
    return {question.key: _right_answer(question)}


def _wrong_answer(question: Question) -> Any:
    if isinstance(question, NumberQuestion):
        return question.mistakes[0].value
    keys = [option.key for option in question.options if not option.right]
    return keys if question.several else keys[0]


def _quiz(lesson: str, lang: Lang, store: Store) -> Panel:
    face = QuestionsFace("quiz.test", questions(lesson, "quiz"), lang, store)
    return Panel(face, store)


def _send(panel: Panel, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [])
    assert panel.state["message"] == ""
    return panel.state


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


@pytest.mark.parametrize("lesson", LESSONS)
class TestQuizOnThePage:
    def test_unanswered_questions_say_so(self, lesson: str, lang: Lang) -> None:
        panel = _quiz(lesson, lang, Store())
        assert panel.state["screen"] == ""
        state = _send(panel, do="act", name="check")
        told = {"vi": "Bạn chưa trả lời câu này.", "en": "You have not answered this one yet."}
        assert {field["note"] for field in state["fields"].values()} == {told[lang]}

    def test_score_is_told_and_kept(self, lesson: str, lang: Lang) -> None:
        store = Store()
        panel = _quiz(lesson, lang, store)
        items = questions(lesson, "quiz")
        _send(panel, do="enter", name=items[0].key, raw=_wrong_answer(items[0]))
        for item in items[1:]:
            _send(panel, do="enter", name=item.key, raw=_right_answer(item))
        state = _send(panel, do="act", name="check")
        right, of = len(items) - 1, len(items)
        told = {"vi": f"đúng {right}/{of} câu", "en": f"{right} of {of} correctly"}
        assert told[lang] in state["live"]
        assert "cx-wrong" in state["fields"][items[0].key]["note"]
        assert all("cx-right" in state["fields"][item.key]["note"] for item in items[1:])
        assert (store.get("quiz.test")["right"], store.get("quiz.test")["of"]) == (right, of)

    def test_answers_are_recalled_from_the_browser(self, lesson: str, lang: Lang) -> None:
        first = Store()
        panel = _quiz(lesson, lang, first)
        for item in questions(lesson, "quiz"):
            _send(panel, do="enter", name=item.key, raw=_right_answer(item))
        before = _send(panel, do="act", name="check")
        browser = json.loads(json.dumps(first.values()))
        later = Store()
        again = _quiz(lesson, lang, later)
        later.load(browser)
        assert again.state["screen"] == before["screen"]
        for name, field in before["fields"].items():
            assert sorted(again.state["fields"][name]["chosen"]) == sorted(field["chosen"])

    def test_changed_answer_loses_its_verdict_until_checked(self, lesson: str, lang: Lang) -> None:
        panel = _quiz(lesson, lang, Store())
        item = questions(lesson, "quiz")[0]
        _send(panel, do="enter", name=item.key, raw=_wrong_answer(item))
        assert "cx-wrong" in _send(panel, do="act", name="check")["fields"][item.key]["note"]
        state = _send(panel, do="enter", name=item.key, raw=_right_answer(item))
        assert state["fields"][item.key]["note"] == ""

    @pytest.mark.parametrize(
        "tampered", ["x", [], {"answers": 5}, {"answers": {"no-such": 1}}, {"right": 99}], ids=repr
    )
    def test_tampered_memory_is_ignored(self, lesson: str, lang: Lang, tampered: Any) -> None:
        store = Store()
        store.put("quiz.test", tampered)
        panel = _quiz(lesson, lang, store)
        assert all(field["chosen"] == [] for field in panel.state["fields"].values())
        assert "99" not in panel.state["screen"]


@_each({k: q for k, q in QUESTIONS.items() if q.hints})
class TestExerciseOnThePage:
    def test_three_hints_then_the_solution(self, name: str, lang: Lang) -> None:
        question = QUESTIONS[name]
        panel = Panel(ExerciseFace("exercise.test", question, lang, Store()), Store())
        for hint in question.hints:
            assert panel.state["hidden"] == ["solution"]
            assert _send(panel, do="act", name="hint")["live"] == hint(lang)
        assert panel.state["hidden"] == ["hint"]
        assert _send(panel, do="act", name="solution")["live"] == question.solution(lang)

    def test_typed_answer_is_judged(self, name: str, lang: Lang) -> None:
        question = QUESTIONS[name]
        store = Store()
        panel = Panel(ExerciseFace("exercise.test", question, lang, store), store)
        entries = _right_entries(question)
        for field, raw in entries.items():
            _send(panel, do="enter", name=field, raw=raw)
        state = _send(panel, do="act", name="check")
        assert "cx-right" in state["fields"][list(entries)[-1]]["note"]


# -------------------------------------------------------------------------------- in code cells


@_each(NUMBERS)
def test_code_cell_is_told_right_from_wrong(name: str, lang: Lang) -> None:
    question = NUMBERS[name]
    right, wrong = check(question, question.answer, lang), check(question, 1e99, lang)
    assert repr(right).startswith({"vi": "Đạt: ", "en": "Passed: "}[lang])
    assert repr(wrong).startswith({"vi": "Chưa đạt: ", "en": "Not yet: "}[lang])
    assert "cx-right" in right._repr_html_()
    assert "cx-wrong" in wrong._repr_html_()


@pytest.mark.parametrize("unfinished", [..., None, "abc", [1, 2], float("nan")], ids=repr)
@_each(NUMBERS)
def test_unfinished_code_is_no_error(name: str, unfinished: Any, lang: Lang) -> None:
    feedback = check(NUMBERS[name], unfinished, lang)
    assert not feedback.verdict.right
