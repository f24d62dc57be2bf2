"""The panels of the lobby: the course map, and the progress saved, opened and erased."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from cxlib.learning.fields import NO_GROUP, Entries, Words
from cxlib.learning.glossary import holds, plain
from cxlib.learning.panel import Action, Face, Layout, Panel, Screen, paragraph
from cxlib.learning.progress import (
    KINDS,
    Lesson,
    LessonProgress,
    course_progress,
    kind_of,
    outline,
)
from cxlib.learning.progress_file import MOST_BYTES, inventory, losses, read_file, write_file
from cxlib.learning.store import Store
from cxlib.text import Lang, Problem, Text, number, same


class LobbyPanel(Panel):
    """A panel that shows the whole of the learner's progress and follows its every change."""

    def _on_store(self, changed: frozenset[str]) -> None:
        if not self._answering:
            self.face.recall()
            self.refresh()


# ------------------------------------------------------------------------------ the course map

STATES: Final[dict[str, Text]] = {
    "done": Text("✓ Đã xong", "✓ Done"),
    "begun": Text("Đang học", "Under way"),
    "new": Text("Chưa bắt đầu", "Not started"),
}
_MAP: Final = Text("Bản đồ khóa học", "Course map")
_STEPS: Final = Text(
    "Bạn đã đi {done}/{steps} bước của khóa học.", "You have taken {done} of {steps} steps."
)
_SEARCH: Final = Text(
    "Tìm bài: gõ một từ, ví dụ NPS hay chờ, rồi nhấn Enter",
    "Find a lesson: type a word, such as NPS or wait, then press Enter",
)
_ALL: Final = Action("all", Text("Hiện tất cả các bài", "Show all lessons"))
_FOUND: Final = Text("Có trong {n} bài.", "Lessons with it: {n}.")
_NOT_FOUND: Final = Text(
    "Chưa bài nào nói về điều này. Hãy thử một từ ngắn hơn.",
    "No lesson is about this yet. Try a shorter word.",
)
_TOPICS: Final = 4
_LESSON: Final = Text("Bài {n} · {minutes} phút", "Lesson {n} · {minutes} minutes")


class CourseMapFace(Face):
    """Shows every lesson with its question, its minutes and how far the learner has come."""

    def __init__(self, lang: Lang, store: Store) -> None:
        self._store = store
        self.layout = Layout(
            "course-map",
            lang,
            {"words": Words(label=_SEARCH)},
            title=_MAP,
            actions=(_ALL,),
            arrangement="course",
        )
        self._entries = Entries.start(self.layout.fields, lang)

    def screen(self) -> Screen:
        lang, words = self.layout.lang, self._entries.values["words"]
        progress = course_progress(self._store.values(), outline())
        found = [item for item in progress if holds(_searchable(item.lesson, lang), words)]
        count = (
            (_FOUND.format(n=number(len(found))) if found else _NOT_FOUND)(lang) if words else ""
        )
        return Screen(
            entries=self._entries,
            html=course_bar_html(progress, lang)
            + (paragraph(count, "cx-hint") if words else "")
            + course_cards_html(found, words, lang),
            spoken=count,
            hidden=frozenset() if words else frozenset({_ALL.name}),
        )

    def enter(self, name: str, raw: Any) -> None:
        self._entries = self._entries.enter(name, raw)

    def act(self, name: str) -> None:
        self._entries = Entries.start(self.layout.fields, self.layout.lang)


def course_bar_html(progress: Sequence[LessonProgress], lang: Lang) -> str:
    """Draw how far the learner has come."""
    done = sum(len(item.done) for item in progress)
    steps = sum(len(item.lesson.steps) for item in progress)
    told = escape(_STEPS.format(done=number(done), steps=number(steps))(lang))
    bar = f'<progress aria-label="{told}" value="{done}" max="{max(steps, 1)}"></progress>'
    return f'<div class="cx-bar"><p>{told}</p>{bar}</div>'


def course_cards_html(progress: Sequence[LessonProgress], words: str, lang: Lang) -> str:
    """Draw a card for each lesson, a link with its state in words, and what was found in it."""
    cards = "".join(_card(item, words, lang) for item in progress)
    return f'<ol class="cx-map">{cards}</ol>'


def _searchable(lesson: Lesson, lang: Lang) -> str:
    return plain(" ".join((lesson.number, lesson.title(lang), *lesson.topics[lang])))


def _card(item: LessonProgress, words: str, lang: Lang) -> str:
    lesson = item.lesson
    state = "done" if item.complete else "begun" if item.done else "new"
    head = _LESSON.format(n=same(lesson.number), minutes=number(lesson.minutes))
    found = [topic for topic in lesson.topics[lang] if words and holds(plain(topic), words)]
    topics = f'<span class="cx-card-topics">{escape(" · ".join(found[:_TOPICS]))}</span>'
    return (
        f'<li class="cx-card cx-{state}">'
        f'<span class="cx-card-head">{escape(head(lang))}</span>'
        f'<a href="{escape(lesson.name)}.ipynb">{escape(lesson.title(lang))}</a>'
        f"{topics if found else ''}"
        f'<span class="cx-card-state">{escape(STATES[state](lang))}</span>'
        f'<span class="cx-card-steps">{escape(_steps(item)(lang))}</span></li>'
    )


def _steps(item: LessonProgress) -> Text:
    kinds = dict.fromkeys(map(kind_of, item.lesson.steps))
    told = [
        KINDS[kind] + same(f" {done}/{of}") for kind in kinds for done, of in [item.of_kind(kind)]
    ]
    return Text(" · ".join(text.vi for text in told), " · ".join(text.en for text in told))


# --------------------------------------------------------------------------- save, open, erase

_FILE: Final = "file"
_KEEP: Final = Text("Giữ tiến độ của bạn", "Keep your progress")
_FILE_NAME: Final = Text("cx-master-tien-do.json", "cx-master-progress.json")
_SAVE: Final = Text("Lưu tiến độ", "Save progress")
_NOTHING: Final = Text(
    "Chưa có gì để lưu. Khi bạn dự đoán, thử hay trả lời, tiến độ sẽ hiện ở đây.",
    "Nothing to save yet. When you predict, try or answer, your progress appears here.",
)
_HELD: Final = Text("Trình duyệt này đang giữ: {kept}.", "This browser keeps: {kept}.")
_OPEN: Final = Text("Mở tiến độ đã lưu", "Open saved progress")
_ERASE: Final = Action("erase", Text("Xóa tiến độ", "Erase progress"))
_CONFIRM_ERASE: Final = Action("confirm-erase", Text("Xóa hết", "Erase all of it"), "strong")
_CONFIRM_OPEN: Final = Action("confirm-open", Text("Thay bằng tệp", "Use the file"), "strong")
_CANCEL: Final = Action("cancel", Text("Thôi, giữ nguyên", "No, keep what I have"))
_WOULD_ERASE: Final = Text(
    "Bạn sắp xóa: {lost}. Không lấy lại được nếu chưa lưu ra tệp. Xóa thật chứ?",
    "You are about to erase: {lost}. Unless saved to a file, it cannot be brought back. Erase it?",
)
_WOULD_REPLACE: Final = Text(
    "Tệp đọc được, trong đó có: {found}. Nếu dùng tệp, phần đang có sau đây sẽ mất hoặc bị thay: "
    "{lost}.",
    "The file is fine and holds: {found}. If you use it, this is lost or replaced: {lost}.",
)
_OPENED: Final = Text("Đã mở tiến độ từ tệp: {found}.", "Progress opened from the file: {found}.")
_ERASED: Final = Text(
    "Đã xóa tiến độ khỏi trình duyệt này.", "Progress is erased from this browser."
)
_NO_STEP: Final = Text("chưa có bước nào", "no step yet")


@dataclass(frozen=True, kw_only=True)
class ProgressFile:
    """A place to choose a progress file."""

    label: Text
    group: Text = NO_GROUP
    default: None = None

    def wire(self, lang: Lang) -> dict[str, Any]:
        limit = Text("Tệp lớn quá nên không phải tệp tiến độ.", "Too large for a progress file.")
        return {
            "kind": "file",
            "label": self.label(lang),
            "button": Text("Chọn tệp…", "Choose a file…")(lang),
            "hint": Text("Tệp .json lưu từ trang này.", "A .json file saved from this page.")(lang),
            "accept": ".json,application/json",
            "maxBytes": MOST_BYTES,
            "tooLarge": limit(lang),
        }

    def read(self, raw: Any, lang: Lang) -> None:
        raise Problem(Text("Hãy chọn một tệp.", "Choose a file."))

    def show(self, value: None, lang: Lang) -> dict[str, Any]:
        return {}

    def ends(self) -> Sequence[None]:
        return ()


class KeepFace(Face):
    """Saves progress to a file, opens it again and erases it, each loss confirmed first."""

    def __init__(self, lang: Lang, store: Store) -> None:
        self._store = store
        self._said: Text | None = None
        self._confirm: Action | None = None
        self._found: Mapping[str, Any] = {}
        self.layout = Layout(
            key="keep",
            lang=lang,
            fields={_FILE: ProgressFile(label=_OPEN)},
            title=_KEEP,
            actions=(_ERASE, _CONFIRM_OPEN, _CONFIRM_ERASE, _CANCEL),
            arrangement="ask",
        )

    def screen(self) -> Screen:
        lang, kept = self.layout.lang, self._store.values()
        held = _HELD.format(kept=_listed(kept)) if kept else _NOTHING
        said = self._said(lang) if self._said else ""
        return Screen(
            entries=Entries.start(self.layout.fields, lang),
            notes={_FILE: escape(said)},
            html=paragraph(held(lang), "cx-kept") + (self._save_link(kept) if kept else ""),
            hidden=frozenset(action.name for action in self.layout.actions)
            - self._shown(bool(kept)),
        )

    def enter(self, name: str, raw: Any) -> None:
        raise NotImplementedError("the file field sends files only")

    def receive(self, name: str, filename: str, content: bytes) -> None:
        self.recall()
        try:
            self._found = read_file(content)
        except Problem as problem:
            self._said = problem.message
            return
        lost = losses(self._store.values(), self._found)
        if lost:
            self._confirm = _CONFIRM_OPEN
            self._said = _WOULD_REPLACE.format(found=_listed(self._found), lost=inventory(lost))
        else:
            self._open()

    def act(self, name: str) -> None:
        confirmed = self._confirm is not None and name == self._confirm.name
        self.recall()
        if name == _ERASE.name:
            self._confirm = _CONFIRM_ERASE
            self._said = _WOULD_ERASE.format(lost=_listed(self._store.values()))
        elif confirmed and name == _CONFIRM_ERASE.name:
            self._store.replace({})
            self._said = _ERASED
        elif confirmed:
            self._open()

    def recall(self) -> None:
        """Take back what was said and asked: progress is no longer what it was then."""
        self._said = self._confirm = None

    def _open(self) -> None:
        self._store.replace(self._found)
        self._said = _OPENED.format(found=_listed(self._found))

    def _shown(self, anything: bool) -> set[str]:
        if self._confirm:
            return {self._confirm.name, _CANCEL.name}
        return {_ERASE.name} if anything else set()

    def _save_link(self, kept: Mapping[str, Any]) -> str:
        lang = self.layout.lang
        content = b64encode(write_file(kept)).decode()
        return (
            f'<p><a class="cx-button cx-strong" download="{_FILE_NAME(lang)}" '
            f'href="data:application/json;base64,{content}">{escape(_SAVE(lang))}</a></p>'
        )


def _listed(kept: Mapping[str, Any]) -> Text:
    counts = losses(kept, {})
    return inventory(counts) if counts else _NO_STEP
