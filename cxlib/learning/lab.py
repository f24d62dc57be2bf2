"""A lab: a pure function from what the learner moves to what she sees, and the face it wears."""

from __future__ import annotations

import inspect
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from cxlib.learning.fields import Entries, Field, Upload
from cxlib.learning.panel import Action, Face, Layout, Panel, Screen, paragraph
from cxlib.learning.place import without_code
from cxlib.learning.predict import Prediction
from cxlib.learning.profile import PROFILE, Profile
from cxlib.learning.sources import formulas_and_sources
from cxlib.learning.store import Store
from cxlib.learning.view import View
from cxlib.text import Lang, Problem, Text

_RESET: Final = Action("reset", Text("Đặt lại", "Reset"))
_OPEN: Final = Action("open", Text("Mở luôn, khỏi đoán", "Open without predicting"))
_CURTAIN: Final = Text(
    "Hãy chốt dự đoán trước đã. Đoán sai cũng không sao: càng bất ngờ, bạn càng nhớ lâu.",
    "Commit your prediction first. A wrong guess is fine: the surprise makes it stick.",
)
_ACCEPT: Final = Action("accept", Text("Chỉ dùng các dòng đúng", "Use the good rows only"))
_ACCEPTED: Final = Text("Đã dùng các dòng đúng trong tệp.", "The good rows of the file are in use.")
_FOLDS: Final = {
    "table": Text("Số liệu", "The numbers"),
    "sources": Text("Công thức & nguồn", "Formulas and sources"),
}


@dataclass(frozen=True)
class Preset:
    """A set of values a trainer brings up with one button."""

    label: Text
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Handover:
    """What a lab on the learner's own figures takes over from an earlier one.

    Attributes:
        lab: the earlier lab.
        values: turns its values into values of the later one.
        told: says so to the learner who has filled the earlier lab.
        untold: says what stands in as long as she has not.
    """

    lab: Lab
    values: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    told: Callable[[Mapping[str, Any]], Text]
    untold: Text

    def filled(self, kept: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the values of the earlier lab among all she keeps, or None."""
        own = kept.get(self.lab.memory)
        if not isinstance(own, Mapping):
            return None
        return Entries.start(self.lab.for_company().fields, "en").recall(own).values


@dataclass(frozen=True)
class Lab:
    """A titled function with the fields it takes; calling it needs no widget."""

    key: str
    title: Text
    function: Callable[..., View]
    fields: Mapping[str, Field]
    presets: Mapping[str, Preset] = field(default_factory=dict)
    formulas: Sequence[tuple[Text, Callable[..., Any]]] = ()
    sources: Sequence[str] = ()
    arrangement: str = "side"
    from_profile: Callable[[Profile], Mapping[str, Any]] | None = None
    company_fields: Mapping[str, Field] = field(default_factory=dict)
    handover: Handover | None = None

    def __call__(self, **values: Any) -> View:
        """Compute the view for ``values``; fields left out take their default."""
        defaults = {
            name: item.default for name, item in self.fields.items() if not isinstance(item, Upload)
        }
        return self.function(**(defaults | values))

    @property
    def draws_guess(self) -> bool:
        """Tell whether the function can draw the learner's prediction over its chart."""
        return "guess" in inspect.signature(self.function).parameters

    def for_company(self) -> Lab:
        """Return the lab with the fields that take the learner's own figures, however large."""
        return replace(self, fields={**self.fields, **self.company_fields})

    @property
    def memory(self) -> str:
        """Name the store key of what she enters about her company."""
        return f"company.{self.key}"

    def start(self, kept: Mapping[str, Any], profile: Profile | None) -> Mapping[str, Any]:
        """Return what her own figures start from: her profile, then the earlier lab's figures."""
        told = self.from_profile(profile) if self.from_profile and profile else {}
        filled = self.handover.filled(kept) if self.handover else None
        return {**told, **(self.handover.values(filled) if self.handover and filled else {})}

    def tried(self, *, own: bool = False) -> str:
        """Name the store key that tells the lab, or the one on her own figures, was touched."""
        return f"tried.company.{self.key}" if own else f"tried.{self.key}"


def lab(
    *,
    key: str,
    title: Text,
    presets: Mapping[str, Preset] | None = None,
    formulas: Sequence[tuple[Text, Callable[..., Any]]] = (),
    sources: Sequence[str] = (),
    arrangement: str = "side",
    from_profile: Callable[[Profile], Mapping[str, Any]] | None = None,
    company_fields: Mapping[str, Field] | None = None,
    handover: Handover | None = None,
    **fields: Field,
) -> Callable[[Callable[..., View]], Lab]:
    """Make a lab of a function whose keyword arguments are the given fields.

    Where it is shown for the learner's company, ``from_profile`` turns her profile into the values
    it starts with, ``handover`` lets those of an earlier lab go before them, and ``company_fields``
    take the place of the fields of the same name.
    """

    def wrap(function: Callable[..., View]) -> Lab:
        return Lab(
            key,
            title,
            function,
            fields,
            presets or {},
            formulas,
            sources,
            arrangement,
            from_profile,
            company_fields or {},
            handover,
        )

    return wrap


@dataclass(frozen=True)
class _Drawing:
    """A view to be drawn, known by what it was computed from."""

    function: Callable[..., View]
    arguments: str
    lang: Lang
    narrow: bool
    view: View = field(compare=False)


@lru_cache(maxsize=128)
def _html(drawing: _Drawing) -> str:
    """Draw a view once: most pages open with one that somebody has seen before."""
    return drawing.view.html(drawing.lang, narrow=drawing.narrow)


class LabFace(Face):
    """Lays out a lab, redraws it on every change and opens its folds."""

    def __init__(
        self,
        lab: Lab,
        lang: Lang,
        store: Store,
        *,
        after: Prediction | None = None,
        memory: str = "",
        tried: str = "",
    ) -> None:
        self.lab = lab
        self._lang = lang
        self._store = store
        self._after = after
        self._memory = memory
        self._tried = tried
        self._forced_open = False
        self._open_folds: frozenset[str] = frozenset()
        self._file_notes: dict[str, str] = {}
        self._offered: Mapping[str, Any] = {}
        self._entries = self._start()
        presets = [Action(name, preset.label) for name, preset in lab.presets.items()]
        self.layout = Layout(
            key=lab.key,
            lang=lang,
            fields=lab.fields,
            title=lab.title,
            presets=(*presets, _RESET) if lab.fields else (),
            folds=_FOLDS,
            curtain=_CURTAIN,
            curtain_actions=(_OPEN,),
            arrangement=lab.arrangement,
        )
        earlier = lab.handover.lab.memory if memory and lab.handover else ""
        watched = (memory, PROFILE if memory else "", earlier, after.memory if after else "")
        self.watches = frozenset(filter(None, watched))
        self.recall()

    @property
    def values(self) -> Mapping[str, Any]:
        """The values the lab is computed with."""
        return {
            name: value
            for name, value in self._entries.values.items()
            if not isinstance(self.lab.fields[name], Upload)
        }

    @property
    def _arguments(self) -> Mapping[str, Any]:
        """The values, with the learner's guess where the chart can show it."""
        guess = self._after.guess(self._store) if self._after else None
        if guess is not None and self.lab.draws_guess:
            return {**self.values, "guess": guess}
        return self.values

    def view(self) -> View:
        """Compute the present view."""
        return self.lab(**self._arguments)

    def screen(self) -> Screen:
        if self._closed():
            return Screen(entries=self._entries, curtained=True)
        try:
            view = self.view()
        except Problem as problem:
            message = problem.message(self._lang)
            warning = paragraph(message, "cx-warning")
            return Screen(self._entries, warning, message, self._notes())
        arguments = repr(self._arguments)
        html = _html(_Drawing(self.lab.function, arguments, self._lang, self.narrow, view))
        if self._after:
            html = self._after.comparison_html(self._store, self._lang) + html
        if origin := self._origin():
            html += paragraph(origin(self._lang), "cx-hint")
        return Screen(
            entries=self._entries,
            html=html,
            spoken=view.finding(self._lang),
            folds={name: self._fold_html(name, view) for name in self._open_folds},
            notes=self._notes(),
        )

    def enter(self, name: str, raw: Any) -> None:
        self._change(self._entries.enter(name, raw))

    def act(self, name: str) -> None:
        if name == _OPEN.name:
            self._forced_open = True
        elif name == _ACCEPT.name:
            self._accept()
        elif name == _RESET.name:
            self._file_notes.clear()
            self._offered = {}
            self._change(self._start())
            self._forget()
        else:
            start = self._entries if self._memory else Entries.start(self.lab.fields, self._lang)
            self._change(start.put(self.lab.presets[name].values))

    def receive(self, name: str, filename: str, content: bytes) -> None:
        upload = self.lab.fields[name]
        assert isinstance(upload, Upload)
        taken = upload.take(filename, content, self._lang)
        if taken.sound:
            self._file_notes[name] = taken.told
            self._change(self._entries.put(taken.values))
            return
        self._offered = taken.values
        self._file_notes[name] = taken.told + (self._accept_button() if taken.values else "")

    def _accept_button(self) -> str:
        attributes = f'type="button" class="cx-button" data-act="{_ACCEPT.name}"'
        return f"<p><button {attributes}>{_ACCEPT.label(self._lang)}</button></p>"

    def _accept(self) -> None:
        """Put the good rows of a faulty file to use, as the learner agreed."""
        told = paragraph(_ACCEPTED(self._lang), "cx-right")
        self._file_notes = dict.fromkeys(self._file_notes, told)
        self._change(self._entries.put(self._offered))
        self._offered = {}

    def fold(self, name: str, opened: bool) -> None:
        self._open_folds = self._open_folds | {name} if opened else self._open_folds - {name}

    def _closed(self) -> bool:
        waiting = self._after is not None and self._after.guess(self._store) is None
        return waiting and not self._forced_open

    def recall(self) -> None:
        if self._memory:
            self._entries = self._start().recall(self._store.get(self._memory))

    def _start(self) -> Entries:
        """Start from the defaults, or on the learner's own figures from what she told earlier."""
        entries = Entries.start(self.lab.fields, self._lang)
        if not self._memory:
            return entries
        return entries.recall(self.lab.start(self._store.values(), Profile.kept(self._store)))

    def _origin(self) -> Text | None:
        """Say which figures come from an earlier lab, as long as they stand as it left them."""
        handover = self.lab.handover if self._memory else None
        if handover is None:
            return None
        filled = handover.filled(self._store.values())
        if filled is None:
            return handover.untold if self._store.get(self._memory) is None else None
        start, values = self._start().values, self._entries.values
        stands = all(values[name] == start[name] for name in handover.values(filled))
        return handover.told(filled) if stands else None

    def _change(self, entries: Entries) -> None:
        self._entries = entries
        if self._tried:
            self._store.put(self._tried, True)
        if self._memory:
            self._store.put(self._memory, dict(self.values))

    def _forget(self) -> None:
        """Follow the profile again, as before the first touch."""
        if self._memory:
            self._store.put(self._memory, None)

    def _notes(self) -> Mapping[str, str]:
        uploads = {n: f for n, f in self.lab.fields.items() if isinstance(f, Upload)}
        return {
            name: upload.templates_html(self._lang) + self._file_notes.get(name, "")
            for name, upload in uploads.items()
        }

    def _fold_html(self, name: str, view: View) -> str:
        if name == "table":
            return view.table.html(self._lang)
        return formulas_and_sources(self.lab.formulas, self.lab.sources, self._lang)


class LabPanel(Panel):
    """A lab on the page; where no widget runs a picture of its first view stands."""

    face: LabFace

    def fallback(self) -> Mapping[str, str]:
        if without_code():
            return {}  # pictures cost time, and nobody keeps the page as a notebook
        from cxlib.charts.svg import to_png

        view, lang = self.face.view(), self.face.layout.lang
        picture = b64encode(to_png(view.chart(lang))).decode()
        return {"text/plain": view.finding(lang), "image/png": picture}
