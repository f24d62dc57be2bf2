"""Progress is counted from what the browser keeps, saved to a file and never lost by surprise."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring import outline as authoring_outline
from cxlib.labs import invest_and_return as labs
from cxlib.learning.lobby import KeepFace, course_bar_html, course_cards_html
from cxlib.learning.page import Page
from cxlib.learning.page_widget import PageWidget
from cxlib.learning.panel import Panel
from cxlib.learning.progress import (
    KINDS,
    Lesson,
    course_progress,
    is_complete,
    is_done,
    kind_of,
    outline,
)
from cxlib.learning.progress_file import (
    FILE_FORMAT,
    FILE_VERSION,
    MOST_BYTES,
    checksum,
    losses,
    read_file,
    write_file,
)
from cxlib.learning.store import Store
from cxlib.text import LANGS, Lang, Problem, same

TOPICS: Final = {"vi": ("Khách chờ <b>", "NPS"), "en": ("Waits <b>", "NPS")}
ROOT: Final = Path(__file__).resolve().parents[2]
STEPS: Final = [step for lesson in outline() for step in lesson.steps]
JSON: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEPT: Final = st.dictionaries(st.sampled_from(STEPS) | st.text(max_size=12), JSON, max_size=6)
TWO: Final = (
    Lesson("01", "01-a", same("A?"), 30, ("prediction.a", "tried.a", "quiz.01-a"), TOPICS),
    Lesson("02", "02-b", same("B <i>?"), 40, ("prediction.b",), TOPICS),
)
ALL: Final[dict[str, Any]] = {
    "prediction.a": 0.0,
    "tried.a": True,
    "quiz.01-a": {"right": 4, "of": 5},
    "prediction.b": "x",
}


def send(panel: Panel, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [])
    return dict(panel.state)


# ---------------------------------------------------------------------------------- the outline


def test_outline_is_as_the_sources_say() -> None:
    assert not authoring_outline.is_stale(ROOT), "run python3 course.py build"


def test_every_lesson_of_the_outline_can_be_opened() -> None:
    for lesson in outline():
        for lang in LANGS:
            assert (ROOT / "notebooks" / lang / f"{lesson.name}.ipynb").exists()


def test_every_built_lesson_is_in_the_outline() -> None:
    built = {path.stem for path in (ROOT / "notebooks" / "vi").glob("*.ipynb")}
    assert {name for name in built if not name.startswith("00-")} == {o.name for o in outline()}


def test_every_step_is_of_a_kind_the_learner_can_read_about() -> None:
    assert {kind_of(step) for step in STEPS} <= set(KINDS)


def test_the_panels_of_a_lesson_keep_what_they_do_under_the_names_of_its_steps() -> None:
    page = Page("09-invest-and-return", "vi")
    for lab in (labs.cost_builder, labs.trust_and_cost):
        send(page.lab(lab), do="act", name="reset")
    send(page.company(labs.own_plan), do="act", name="retail")
    send(page.quiz(), do="act", name="check")
    send(page.exercise("twelve-months-late"), do="act", name="check")
    guess = page.predict(labs.roi_after_time)
    send(guess, do="enter", name="guess", raw=0.1)
    send(guess, do="act", name="commit")
    kept = set(page.store.values())
    assert kept - set(STEPS) == {"company.own-plan"}
    assert len(kept) == 7


def test_an_outline_for_some_lessons_leaves_the_others_alone(tmp_path: Path) -> None:
    for kind in ("notebooks", "exercises"):
        (tmp_path / kind / "source").mkdir(parents=True)
    lesson = (
        "---\nlesson: '{n}'\nslug: s\ntitle: {{vi: V, en: E}}\n"
        "minutes: {{alone: {m}, stage: 5}}\nseeds: []\n---\n\n"
        "```{{code-cell}} python\npage.quiz()\n```\n"
    )
    for n in ("01", "02"):
        path = tmp_path / "notebooks" / "source" / f"{n}-s.md"
        path.write_text(lesson.format(n=n, m=10))
    authoring_outline.write(tmp_path)
    for n in ("01", "02"):
        path = tmp_path / "notebooks" / "source" / f"{n}-s.md"
        path.write_text(lesson.format(n=n, m=99))
    authoring_outline.write(tmp_path, {"02"})
    entries = json.loads(authoring_outline.path(tmp_path).read_text("utf-8"))
    assert [(e["name"], e["minutes"], e["steps"]) for e in entries] == [
        ("01-s", 10, ["quiz.01-s"]),
        ("02-s", 99, ["quiz.02-s"]),
    ]
    assert authoring_outline.is_stale(tmp_path)


# --------------------------------------------------------------------------------- what is done


@pytest.mark.parametrize(
    ("step", "value", "done"),
    [
        pytest.param("prediction.a", 0.0, True, id="a guess of nought is a guess"),
        pytest.param("prediction.a", None, False, id="no guess"),
        pytest.param("tried.a", True, True, id="lab touched"),
        pytest.param("quiz.q", {"right": 3, "of": 5}, False, id="quiz below four fifths"),
        pytest.param("quiz.q", {"right": 4, "of": 5}, True, id="quiz at four fifths"),
        pytest.param("quiz.q", {"right": 0, "of": 0}, False, id="quiz without questions"),
        pytest.param("quiz.q", {"right": 9, "of": 5}, False, id="more right than asked"),
        pytest.param("quiz.q", "5/5", False, id="quiz of another shape"),
        pytest.param("exercise.l.e", {"right": 0, "of": 1}, False, id="exercise not solved"),
        pytest.param("exercise.l.e", {"right": 1, "of": 1}, True, id="exercise solved"),
    ],
)
def test_a_step_is_done(step: str, value: Any, done: bool) -> None:
    assert is_done(step, value) is done


def test_lessons_are_complete_when_every_step_is_done() -> None:
    assert [item.complete for item in course_progress({}, TWO)] == [False, False]
    assert is_complete(course_progress(ALL, TWO))
    for step in ALL:
        without = {name: value for name, value in ALL.items() if name != step}
        assert not is_complete(course_progress(without, TWO)), f"complete without {step}"


def test_a_course_without_lessons_is_never_complete() -> None:
    assert not is_complete(course_progress(ALL, ()))


@given(KEPT)
def test_nothing_in_the_store_breaks_the_count(kept: dict[str, Any]) -> None:
    for item in course_progress(kept, outline()):
        assert set(item.done) <= kept.keys() & set(item.lesson.steps)


@given(KEPT)
def test_nothing_in_the_store_breaks_the_lobby(kept: dict[str, Any]) -> None:
    page = Page("00-lobby", "en")
    shown = [page.course_map(), page.profile(), page.pretest(), page.posttest(), page.keep()]
    shown.append(page.certificate())
    page.store.load(kept)
    assert {panel.state["version"] for panel in shown} <= {0, 1}


@pytest.mark.parametrize("lang", LANGS)
def test_course_map_names_every_lesson_with_its_state(lang: Lang) -> None:
    progress = course_progress({"prediction.b": 1, "tried.a": True}, TWO)
    html = course_bar_html(progress, lang) + course_cards_html(progress, "", lang)
    assert re.findall(r'href="([^"]+)"', html) == ["01-a.ipynb", "02-b.ipynb"]
    assert re.findall(r'cx-card cx-(\w+)"', html) == ["begun", "done"]
    assert 'value="2" max="4"' in html
    assert "B &lt;i&gt;?" in html


def test_course_map_follows_the_learner() -> None:
    page = Page("00-lobby", "vi")
    panel = page.course_map()
    before = panel.state["screen"]
    page.store.put(STEPS[0], 1)
    assert 'value="0"' in before
    assert 'value="1"' in panel.state["screen"]


@pytest.mark.parametrize(
    ("lang", "words", "found"),
    [
        ("vi", "thoi gian hoan von", ["09"]),
        ("vi", "Erlang", ["05"]),
        ("en", "chicken egg", ["02"]),
        ("vi", "07", ["07"]),
        ("en", "zebra", []),
    ],
)
def test_course_map_finds_lessons(lang: Lang, words: str, found: list[str]) -> None:
    panel = Page("00-lobby", lang).course_map()
    panel.face.enter("words", words)
    panel.refresh()
    html = panel.state["screen"]
    names = re.findall(r'href="(\d\d)-[^"]+"', html)
    assert set(found) <= set(names), f"{words} is not found where it is taught"
    assert len(names) <= 3 * len(found), f"{words} is found in too many lessons"
    panel.face.act("all")
    panel.refresh()
    assert panel.state["screen"].count("cx-card-head") == len(outline())


def test_found_topics_are_escaped() -> None:
    html = course_cards_html(course_progress({}, TWO), "cho", "vi")
    assert "Khách chờ &lt;b&gt;" in html


# ------------------------------------------------------------------------------------- the file


@given(KEPT)
def test_what_is_saved_can_be_opened(kept: dict[str, Any]) -> None:
    assert read_file(write_file(kept)) == kept


@given(st.data())
def test_a_file_with_one_changed_byte_is_never_taken_for_other_progress(data: Any) -> None:
    kept = {"profile": {"name": "An Nhiên", "customers": 50_000}, "tried.a": True}
    content = bytearray(write_file(kept))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))
    assert read_or_refuse(bytes(content)) in (kept, "untouched")


def read_or_refuse(content: bytes) -> Any:
    """Read a file, or say that it was refused with the promise that progress is untouched."""
    try:
        return read_file(content)
    except Problem as problem:
        promised = "giữ nguyên" in problem.message.vi and "untouched" in problem.message.en
        return "untouched" if promised else problem.message.en


def file(**changes: Any) -> bytes:
    kept = {"tried.a": True}
    content = {"format": FILE_FORMAT, "version": FILE_VERSION, "progress": kept}
    return json.dumps(content | {"checksum": checksum(kept)} | changes).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "not a progress file", id="empty"),
        pytest.param(b"\x89PNG\r\n", "not a progress file", id="a picture"),
        pytest.param(b"[1, 2]", "not a progress file", id="other JSON"),
        pytest.param(b'{"format": "other", "version": 1}', "not a progress file", id="foreign"),
        pytest.param(b"[" * 100_000, "not a progress file", id="very deep"),
        pytest.param(b" " * (MOST_BYTES + 1), "not a progress file", id="very large"),
        pytest.param(file()[:-20], "damaged", id="cut off"),
        pytest.param(file(progress={"tried.a": False}), "damaged", id="value changed"),
        pytest.param(file(progress=[]), "damaged", id="progress of another shape"),
        pytest.param(file(checksum=None), "damaged", id="no checksum"),
        pytest.param(file(version=FILE_VERSION + 1), "newer", id="newer"),
        pytest.param(file(version=0), "too old", id="older"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, said: str) -> None:
    with pytest.raises(Problem, match=said):
        read_file(content)


def test_losses_count_what_changes_and_nothing_else() -> None:
    now = {"prediction.a": 1, "prediction.b": 2, "profile": {"name": "A"}, "tried.a": True}
    then = {"prediction.a": 1, "prediction.b": 3, "tried.a": True, "quiz.q": {"right": 1}}
    assert losses(now, then) == {"prediction": 1, "profile": 1}
    assert losses(then, then) == {}


# -------------------------------------------------------------------------- save, open and erase

MINE: Final = {"prediction.a": 1, "profile": {"name": "Mình"}}
SAVED: Final = {"prediction.a": 2, "tried.a": True}


def keeping(kept: dict[str, Any], lang: Lang = "vi") -> tuple[Panel, Store]:
    store = Store()
    store.load(kept)
    return Panel(KeepFace(lang, store), store), store


def choose(panel: Panel, content: bytes) -> dict[str, Any]:
    panel._handle_custom_msg({"do": "file", "name": "file", "filename": "a.json"}, [content])
    return dict(panel.state)


def buttons(state: dict[str, Any]) -> set[str]:
    return {"erase", "confirm-erase", "confirm-open", "cancel"} - set(state["hidden"])


def test_an_empty_browser_has_nothing_to_save_or_erase() -> None:
    panel, _ = keeping({})
    assert "download=" not in panel.state["screen"]
    assert buttons(dict(panel.state)) == set()


def test_the_saved_file_is_in_the_link() -> None:
    from base64 import b64decode

    panel, _ = keeping(MINE)
    (content,) = re.findall(r"base64,([\w+/=]+)", panel.state["screen"])
    assert read_file(b64decode(content)) == MINE


def test_opening_says_what_would_be_lost_and_waits() -> None:
    panel, store = keeping(MINE)
    state = choose(panel, write_file(SAVED))
    assert "dự đoán, hồ sơ công ty" in state["fields"]["file"]["note"]
    assert buttons(state) == {"confirm-open", "cancel"}
    assert store.values() == MINE


def test_confirming_puts_the_file_in_place() -> None:
    panel, store = keeping(MINE)
    choose(panel, write_file(SAVED))
    state = send(panel, do="act", name="confirm-open")
    assert store.values() == SAVED
    assert buttons(state) == {"erase"}


def test_cancelling_keeps_what_there_is() -> None:
    panel, store = keeping(MINE)
    choose(panel, write_file(SAVED))
    assert buttons(send(panel, do="act", name="cancel")) == {"erase"}
    send(panel, do="act", name="confirm-open")
    assert store.values() == MINE


def test_a_file_that_costs_nothing_opens_at_once() -> None:
    panel, store = keeping({"prediction.a": 2})
    assert buttons(choose(panel, write_file(SAVED))) == {"erase"}
    assert store.values() == SAVED


@pytest.mark.parametrize("lang", LANGS)
def test_a_damaged_file_changes_nothing(lang: Lang) -> None:
    panel, store = keeping(MINE, lang)
    state = choose(panel, write_file(SAVED)[:-9])
    assert {"vi": "hỏng", "en": "damaged"}[lang] in state["fields"]["file"]["note"]
    assert buttons(state) == {"erase"}
    assert store.values() == MINE


def test_erasing_takes_two_steps() -> None:
    panel, store = keeping(MINE)
    send(panel, do="act", name="confirm-erase")
    assert store.values() == MINE, "erased without being asked"
    state = send(panel, do="act", name="erase")
    assert "dự đoán, hồ sơ công ty" in state["fields"]["file"]["note"]
    assert buttons(state) == {"confirm-erase", "cancel"}
    send(panel, do="act", name="confirm-erase")
    assert store.values() == {}


def test_a_question_lapses_when_progress_changes_meanwhile() -> None:
    page = Page("00-lobby", "vi")
    page.store.load(MINE)
    panel = page.keep()
    send(panel, do="act", name="erase")
    page.store.put("tried.a", True)
    assert buttons(dict(panel.state)) == {"erase"}
    send(panel, do="act", name="confirm-erase")
    assert page.store.values() == {**MINE, "tried.a": True}


def test_the_browser_hears_which_names_are_forgotten() -> None:
    store = Store()
    browser = PageWidget(store)
    store.load(MINE)
    store.replace(SAVED)
    assert browser.saved == {**SAVED, "profile": None}
    store.load({"tried.a": None})
    assert store.values() == {"prediction.a": 2}
