"""Ten questions before and after: nothing is given away before, everything explained after."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlib.learning.diagnostic import AFTER, BEFORE, gain_in_words, items, learning_gain
from cxlib.learning.page import Page
from cxlib.learning.panel import Panel
from cxlib.learning.questions import OptionQuestion
from cxlib.text import LANGS, Lang

QUESTIONS: Final = [item for item in items() if isinstance(item, OptionQuestion)]
RIGHT: Final = {q.key: next(o.key for o in q.options if o.right) for q in QUESTIONS}
WRONG: Final = {q.key: next(o.key for o in q.options if not o.right) for q in QUESTIONS}


def send(panel: Panel, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [])
    return dict(panel.state)


def answer(panel: Panel, answers: dict[str, str]) -> dict[str, Any]:
    send(panel, do="act", name="start")
    for key, option in answers.items():
        send(panel, do="enter", name=key, raw=option)
    return send(panel, do="act", name="submit")


def test_there_are_ten_questions_with_one_right_option_and_reasons_for_all() -> None:
    assert len(QUESTIONS) == len(items()) == 10
    for question in QUESTIONS:
        assert not question.several
        assert len(question.options) == 4
        assert all(option.reason.vi and option.reason.en for option in question.options)


def test_the_right_option_is_not_known_by_its_place() -> None:
    places = [[option.right for option in q.options].index(True) for q in QUESTIONS]
    assert max(map(places.count, places)) <= len(places) / 2


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        pytest.param(4, 7, 0.5, id="half of the gap"),
        pytest.param(0, 10, 1.0, id="all of it"),
        pytest.param(5, 5, 0.0, id="nothing"),
        pytest.param(8, 6, -1.0, id="less than before"),
        pytest.param(10, 10, None, id="no gap from the start"),
        pytest.param(10, 7, None, id="no gap, and less"),
    ],
)
def test_learning_gain(before: int, after: int, gain: float | None) -> None:
    assert learning_gain(before, after, 10) == gain


@given(st.integers(0, 9), st.integers(0, 10))
def test_learning_gain_is_at_most_one_and_has_the_sign_of_the_change(b: int, a: int) -> None:
    gain = learning_gain(b, a, 10)
    assert gain is not None
    assert gain <= 1
    assert (gain > 0) == (a > b)
    assert (gain < 0) == (a < b)


@pytest.mark.parametrize(("before", "after"), [(-1, 5), (5, 11), (11, 5)])
def test_impossible_scores_are_refused(before: int, after: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 10"):
        learning_gain(before, after, 10)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(None, 7, "no learning gain", id="not taken before"),
        pytest.param(10, 10, "no gain to measure", id="all right before"),
        pytest.param(4, 7, "closed 50% of the gap", id="gain"),
        pytest.param(7, 4, "now it is lower", id="loss"),
    ],
)
def test_gain_in_words(before: int | None, after: int, said: str) -> None:
    assert said in gain_in_words(before, after, 10).en


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_time_gives_nothing_away(lang: Lang) -> None:
    panel = Page("00-lobby", lang).pretest()
    assert panel.state["curtained"]
    state = answer(panel, WRONG)
    assert "0/10" in state["screen"] or "0 of 10" in state["screen"]
    sent = json.dumps([panel.spec, state], ensure_ascii=False)
    assert [o.key for q in QUESTIONS for o in q.options if o.reason(lang) in sent] == []
    assert "cx-right" not in sent


@pytest.mark.parametrize("lang", LANGS)
def test_the_second_time_explains_every_choice(lang: Lang) -> None:
    page = Page("00-lobby", lang)
    answer(page.pretest(), WRONG)
    state = answer(page.posttest(), RIGHT)
    for question in QUESTIONS:
        assert "cx-right" in state["fields"][question.key]["note"]
    assert "100" in state["screen"]


def test_an_open_question_stops_the_handing_in() -> None:
    page = Page("00-lobby", "en")
    state = answer(page.pretest(), dict(list(RIGHT.items())[:8]))
    assert state["message"].startswith("2 questions")
    assert page.store.values() == {}


def test_answers_handed_in_stay_as_they_are() -> None:
    page = Page("00-lobby", "en")
    panel = page.pretest()
    state = answer(panel, WRONG)
    assert set(state["locked"]) == set(WRONG)
    assert state["hidden"] == ["submit"]
    kept = page.store.values()
    answer(panel, RIGHT)
    assert page.store.values()[BEFORE]["right"] == kept[BEFORE]["right"] == 0


def test_answers_are_found_again_and_forgotten_when_erased() -> None:
    page = Page("00-lobby", "en")
    answer(page.posttest(), RIGHT)
    again = page.posttest()
    assert not again.state["curtained"]
    assert "10 of 10" in again.state["screen"]
    page.store.replace({})
    assert again.state["curtained"]
    assert all(not field["chosen"] for field in again.state["fields"].values())


@pytest.mark.parametrize("junk", [5, {}, {"right": 10, "of": 10}, {"right": 3, "of": 4}], ids=str)
def test_a_result_without_answers_is_shown_without_a_crash(junk: Any) -> None:
    page = Page("00-lobby", "en")
    panel = page.posttest()
    page.store.put(AFTER, junk)
    assert "<script" not in panel.state["screen"]
    assert panel.state["curtained"] or not panel.state["screen"]
