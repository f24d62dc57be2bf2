"""The panel takes every message of the browser, answers each once, and survives a broken face."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from cxlib.learning.fields import Entries, Quantity
from cxlib.learning.panel import Action, Face, Layout, Panel, Screen
from cxlib.learning.store import Store
from cxlib.text import LANGS, Lang, Problem, Text, same

FIELDS: Final = {"size": Quantity(Text("Cỡ", "Size"), 5, 0, 10, 1)}


class RecordingFace(Face):
    """Notes what it is told; ``on_act`` decides what pressing a button does."""

    def __init__(self, lang: Lang = "vi") -> None:
        self.told: list[tuple[Any, ...]] = []
        self.on_act: Callable[[], None] = lambda: None
        self.entries = Entries.start(FIELDS, lang)
        self.watches = frozenset({"watched"})
        self.layout = Layout(
            "recording",
            lang,
            FIELDS,
            actions=(Action("go", Text("Đi", "Go")),),
            folds={"table": Text("Số liệu", "The numbers")},
        )

    def screen(self) -> Screen:
        return Screen(self.entries, html=f"<p>{len(self.told)}</p>")

    def enter(self, name: str, raw: Any) -> None:
        self.told.append(("enter", name, raw))
        self.entries = self.entries.enter(name, raw)

    def act(self, name: str) -> None:
        self.told.append(("act", name))
        self.on_act()

    def receive(self, name: str, filename: str, content: bytes) -> None:
        self.told.append(("file", name, filename, content))

    def fold(self, name: str, opened: bool) -> None:
        self.told.append(("fold", name, opened))

    def recall(self) -> None:
        self.told.append(("recall",))


def _panel(lang: Lang = "vi") -> tuple[Panel, RecordingFace, Store]:
    face, store = RecordingFace(lang), Store()
    return Panel(face, store), face, store


def _send(panel: Panel, *buffers: bytes, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [memoryview(buffer) for buffer in buffers])
    return panel.state


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"do": "enter", "name": "size", "raw": "7"}, ("enter", "size", "7")),
        ({"do": "act", "name": "go"}, ("act", "go")),
        ({"do": "open", "name": "table"}, ("fold", "table", True)),
        ({"do": "close", "name": "table"}, ("fold", "table", False)),
    ],
    ids=lambda value: value["do"] if isinstance(value, dict) else "",
)
def test_message_reaches_the_face(event: dict[str, Any], told: tuple[Any, ...]) -> None:
    panel, face, _ = _panel()
    state = _send(panel, **event)
    assert face.told == [told]
    assert state["version"] == 1


def test_file_comes_as_bytes() -> None:
    panel, face, _ = _panel()
    _send(panel, b"a;b\n", do="file", name="size", filename="plan.csv")
    assert face.told == [("file", "size", "plan.csv", b"a;b\n")]


def test_narrow_screen_is_noted_and_drawn_anew() -> None:
    panel, face, _ = _panel()
    assert _send(panel, do="resize", narrow=True)["version"] == 1
    assert face.narrow
    _send(panel, do="resize", narrow=False)
    assert not face.narrow


@pytest.mark.parametrize("event", [{}, {"do": "dance"}, {"do": "enter"}], ids=repr)
def test_unknown_message_is_answered_and_changes_nothing(event: dict[str, Any]) -> None:
    panel, face, _ = _panel()
    before = panel.state
    state = _send(panel, **event)
    assert face.told == []
    assert {**state, "version": 0} == before
    assert state["version"] == 1


def test_every_message_is_answered_with_the_next_version() -> None:
    panel, face, _ = _panel()
    face.on_act = lambda: _fail(ZeroDivisionError())
    versions = [panel.state["version"]]
    for event in (
        {"do": "enter", "name": "size", "raw": "7"},
        {"do": "enter", "name": "size", "raw": "abc"},
        {"do": "act", "name": "go"},
        {"do": "act", "name": "go"},
        {"do": "open", "name": "table"},
    ):
        versions.append(_send(panel, **event)["version"])
    assert versions == [0, 1, 2, 3, 4, 5]


def _fail(error: Exception) -> None:
    raise error


class TestTrouble:
    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("vi", "Có lỗi trong phần này nên kết quả chưa đổi."),
            ("en", "Something went wrong here"),
        ],
    )
    def test_broken_face_is_told_in_words_and_the_screen_stays(
        self, lang: Lang, said: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        panel, face, _ = _panel(lang)
        before = _send(panel, do="enter", name="size", raw="7")
        face.on_act = lambda: _fail(ZeroDivisionError("secret"))
        state = _send(panel, do="act", name="go")
        assert state["message"].startswith(said)
        assert (state["screen"], state["fields"]) == (before["screen"], before["fields"])
        assert "secret" not in str(state)
        assert "ZeroDivisionError" in caplog.text

    @pytest.mark.parametrize("lang", LANGS)
    def test_problem_is_told_in_the_language_of_the_page(self, lang: Lang) -> None:
        panel, face, _ = _panel(lang)
        problem = Text("Hãy chọn tệp khác.", "Choose another file.")
        face.on_act = lambda: _fail(Problem(problem))
        assert _send(panel, do="act", name="go")["message"] == problem(lang)

    def test_message_goes_with_the_next_answer(self) -> None:
        panel, face, _ = _panel()
        face.on_act = lambda: _fail(ZeroDivisionError())
        assert _send(panel, do="act", name="go")["message"]
        assert _send(panel, do="enter", name="size", raw="7")["message"] == ""

    def test_field_that_does_not_exist_breaks_nothing(self) -> None:
        panel, _, _ = _panel()
        assert _send(panel, do="enter", name="no-such", raw=1)["message"]
        assert _send(panel, do="enter", name="size", raw=7)["fields"]["size"]["position"] == 7

    def test_file_for_a_face_without_files_is_told(self) -> None:
        class Plain(RecordingFace):
            receive = Face.receive

        panel = Panel(Plain(), Store())
        assert _send(panel, b"x", do="file", name="size", filename="x.csv")["message"]


class TestStore:
    def test_watched_change_is_recalled_and_shown(self) -> None:
        panel, face, store = _panel()
        store.put("watched", 1)
        assert face.told == [("recall",)]
        assert panel.state["version"] == 1

    def test_other_change_is_not_shown(self) -> None:
        panel, face, store = _panel()
        store.put("other", 1)
        assert face.told == []
        assert panel.state["version"] == 0

    def test_own_change_is_answered_once(self) -> None:
        panel, face, store = _panel()
        face.on_act = lambda: store.put("watched", 1)
        assert _send(panel, do="act", name="go")["version"] == 1
        assert face.told == [("act", "go")]


class TestWire:
    def test_neighbouring_fields_are_grouped_in_their_order(self) -> None:
        first, second = Text("Chi", "Costs"), Text("Thu", "Benefits")
        fields = {
            name: Quantity(same(name), 0, 0, 1, 1, group=group)
            for name, group in (("a", first), ("b", first), ("c", second), ("d", first))
        }
        assert Layout("x", "vi", fields).wire()["groups"] == [
            {"title": "Chi", "fields": ["a", "b"]},
            {"title": "Thu", "fields": ["c"]},
            {"title": "Chi", "fields": ["d"]},
        ]

    def test_page_without_a_widget_has_words(self) -> None:
        panel, _, _ = _panel("en")
        words = panel.fallback()["text/plain"]
        assert words.startswith("Interactive part\n")
        assert panel._repr_mimebundle_()["text/plain"] == words
