"""The one widget of the course: it shows a face (fields, buttons, a screen) and reports events."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import groupby
from typing import Any, Final

import anywidget
import ipywidgets
import traitlets

from cxlib.learning.fields import Entries, Field
from cxlib.learning.page_widget import STATIC, display_data
from cxlib.learning.printed import on_paper
from cxlib.learning.store import Store
from cxlib.text import Lang, Problem, Text

_DRAWN_BY_THE_PAGE: Final = (STATIC / "drawn_by_the_page.js").read_text("utf-8")
_LOST: Final = Text(
    "Phần tính toán chưa phản hồi. Hãy đợi thêm một chút; nếu vẫn vậy, hãy tải lại trang. "
    "Câu trả lời của bạn vẫn còn trong trình duyệt.",
    "The calculation has not answered. Wait a moment; if it stays so, reload the page. "
    "Your answers are kept in the browser.",
)
_BROKEN: Final = Text(
    "Có lỗi trong phần này nên kết quả chưa đổi. Hãy bấm “Đặt lại” rồi thử giá trị khác.",
    "Something went wrong here, so the result has not changed. Press “Reset” and try another "
    "value.",
)
_PANEL: Final = Text("Phần tương tác", "Interactive part")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Action:
    """A button."""

    name: str
    label: Text
    style: str = "quiet"


@dataclass(frozen=True)
class Layout:
    """What a panel is made of; it does not change while the panel lives."""

    key: str
    lang: Lang
    fields: Mapping[str, Field] = field(default_factory=dict)
    title: Text | None = None
    presets: Sequence[Action] = ()
    actions: Sequence[Action] = ()
    folds: Mapping[str, Text] = field(default_factory=dict)
    curtain: Text | None = None
    curtain_actions: Sequence[Action] = ()
    arrangement: str = "stack"

    def wire(self) -> dict[str, Any]:
        """Describe the panel to the browser."""
        lang = self.lang
        return {
            "key": self.key,
            "lang": lang,
            "title": self.title(lang) if self.title else "",
            "fields": {name: item.wire(lang) for name, item in self.fields.items()},
            "groups": self._groups(),
            "presets": [_wire_action(action, lang) for action in self.presets],
            "actions": [_wire_action(action, lang) for action in self.actions],
            "folds": [{"name": name, "label": label(lang)} for name, label in self.folds.items()],
            "curtain": self.curtain(lang) if self.curtain else "",
            "curtainActions": [_wire_action(action, lang) for action in self.curtain_actions],
            "layout": self.arrangement,
            "words": {"lost": _LOST(lang), "panel": _PANEL(lang)},
        }

    def _groups(self) -> list[dict[str, Any]]:
        neighbours = groupby(self.fields, key=lambda name: self.fields[name].group(self.lang))
        return [{"title": title, "fields": list(names)} for title, names in neighbours]


def _wire_action(action: Action, lang: Lang) -> dict[str, str]:
    return {"name": action.name, "label": action.label(lang), "style": action.style}


@dataclass(frozen=True)
class Screen:
    """What a panel shows at one moment."""

    entries: Entries | None = None
    html: str = ""
    spoken: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    folds: Mapping[str, str] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    curtained: bool = False
    message: str = ""

    def wire(self, version: int) -> dict[str, Any]:
        """Describe the moment to the browser."""
        fields = self.entries.wire() if self.entries else {}
        for name, note in self.notes.items():
            fields[name]["note"] = note
        return {
            "version": version,
            "fields": fields,
            "screen": self.html,
            "live": self.spoken,
            "folds": dict(self.folds),
            "locked": sorted(self.locked),
            "hidden": sorted(self.hidden),
            "curtained": self.curtained,
            "message": self.message,
        }


class Face(ABC):
    """The behaviour behind a panel: it takes events and says what is shown."""

    layout: Layout
    narrow: bool = False
    watches: frozenset[str] = frozenset()

    @abstractmethod
    def screen(self) -> Screen:
        """Say what is shown now."""

    @abstractmethod
    def enter(self, name: str, raw: Any) -> None:
        """Take one raw input of a field."""

    @abstractmethod
    def act(self, name: str) -> None:
        """Take the press of a button."""

    def receive(self, name: str, filename: str, content: bytes) -> None:
        """Take a file the learner sent; faces without a file field never get one."""
        raise NotImplementedError(f"{self.layout.key} has no file field {name}")

    def fold(self, name: str, opened: bool) -> None:
        """Take the opening or closing of a fold; faces without folds never get one."""
        raise NotImplementedError(f"{self.layout.key} has no fold {name}")

    def recall(self) -> None:  # noqa: B027
        """Take over what the store holds under the watched keys; most faces read it when drawn."""


@cache
def _plain_box() -> ipywidgets.Layout:
    """Return the one box style of all panels; one for each would be twice as many models."""
    return ipywidgets.Layout()


class Panel(anywidget.AnyWidget):
    """Shows a face in the browser and keeps it up to date."""

    _esm = _DRAWN_BY_THE_PAGE
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, face: Face, store: Store) -> None:
        self.face = face
        self._version = 0
        self._answering = False
        seen = {"spec": face.layout.wire(), "state": face.screen().wire(0)}
        super().__init__(layout=_plain_box(), **seen)
        self.on_msg(self._on_message)
        store.listen(self._on_store)

    def refresh(self) -> None:
        """Show the face as it is now."""
        self._show(self.face.screen())

    def _show(self, screen: Screen) -> None:
        self._version += 1
        self.state = screen.wire(self._version)

    def _on_message(self, _: Any, event: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        lang = self.face.layout.lang
        self._answering = True
        try:
            self._dispatch(event, buffers)
            self.refresh()
        except Problem as problem:
            self._complain(problem.message(lang))
        except Exception:
            _log.exception("panel %s failed on %s", self.face.layout.key, event)
            self._complain(_BROKEN(lang))
        finally:
            self._answering = False

    def _on_store(self, changed: frozenset[str]) -> None:
        if changed & self.face.watches and not self._answering:
            self.face.recall()
            self.refresh()

    def fallback(self) -> Mapping[str, str]:
        """Say what stands where no widget runs, by MIME type."""
        return {"text/plain": on_paper(self.spec)}

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return display_data(super()._repr_mimebundle_(), self.fallback())

    def _dispatch(self, event: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        match event:
            case {"do": "enter", "name": name, "raw": raw}:
                self.face.enter(name, raw)
            case {"do": "act", "name": name}:
                self.face.act(name)
            case {"do": "file", "name": name, "filename": filename}:
                self.face.receive(name, filename, bytes(buffers[0]))
            case {"do": "resize", "narrow": narrow}:
                self.face.narrow = narrow
            case {"do": "open" | "close" as change, "name": name}:
                self.face.fold(name, change == "open")

    def _complain(self, message: str) -> None:
        self._version += 1
        self.state = {**self.state, "message": message, "version": self._version}


def paragraph(text: str, css_class: str) -> str:
    """One escaped paragraph of HTML."""
    return f'<p class="{css_class}">{escape(text)}</p>'
