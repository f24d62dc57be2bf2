"""What a learner can move or type: each field reads raw input, keeps its limits and shows itself.

A field knows nothing about widgets. :mod:`cxlib.learning.panel` draws it from ``wire`` and hands
back whatever the learner entered to ``read``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any, ClassVar, Final, Protocol

from cxlib import parse
from cxlib.tables import MAX_BYTES
from cxlib.text import Lang, Problem, Text, money, needed_decimals, number, percent, points, same

NO_GROUP = same("")


class Field(Protocol):
    """One thing the learner can set."""

    @property
    def label(self) -> Text: ...
    @property
    def default(self) -> Any: ...
    @property
    def group(self) -> Text: ...
    def wire(self, lang: Lang) -> dict[str, Any]:
        """Describe the control to the browser."""
        ...

    def read(self, raw: Any, lang: Lang) -> Any:
        """Turn raw input into a value; raise :class:`Problem` when it cannot be one."""
        ...

    def show(self, value: Any, lang: Lang) -> dict[str, Any]:
        """Turn a value into what the control displays."""
        ...

    def ends(self) -> Sequence[Any]:
        """Values at the limits of this control, for tests and for trainers who try extremes."""
        ...


@dataclass(frozen=True)
class Quantity:
    """A number without a unit sign, set by a slider and a text box (or by the box alone)."""

    label: Text
    default: float | None
    low: float
    high: float
    step: float
    _: KW_ONLY
    group: Text = NO_GROUP
    hint: Text | None = None
    slider: bool = True
    row: Text | None = None

    @staticmethod
    def parse(raw: str, lang: Lang) -> float:
        """Read what was typed, in the unit of this quantity."""
        return parse.parse_number(raw, lang)

    @staticmethod
    def display(value: float) -> Text:
        """Write a value with its unit."""
        return number(value, needed_decimals(value, 2))

    @classmethod
    def display_difference(cls, value: float) -> Text:
        """Write how far two values lie apart."""
        return cls.display(value)

    def wire(self, lang: Lang) -> dict[str, Any]:
        described: dict[str, Any] = {
            "kind": "slider" if self.slider else "box",
            "label": self.label(lang),
            "hint": self.hint(lang) if self.hint else "",
            "row": self.row(lang) if self.row else "",
        }
        if self.slider:
            described |= {"low": self.low, "high": self.high, "step": self.step}
            described["ends"] = [self.display(end)(lang) for end in self.ends()]
        return described

    def read(self, raw: Any, lang: Lang) -> float:
        try:
            value = float(raw) if isinstance(raw, int | float) else self.parse(str(raw), lang)
        except OverflowError:
            value = math.inf
        if not self.low <= value <= self.high:
            raise Problem(
                Text(
                    "{label} phải nằm trong khoảng {low} đến {high}; bạn nhập {value}.",
                    "{label} must lie between {low} and {high}; you entered {value}.",
                ).format(
                    label=self.label,
                    low=self.display(self.low),
                    high=self.display(self.high),
                    value=self.display(value),
                )
            )
        return value

    def show(self, value: float | None, lang: Lang) -> dict[str, Any]:
        shown: dict[str, Any] = {"text": "" if value is None else self.display(value)(lang)}
        if self.slider:
            shown["position"] = (self.low + self.high) / 2 if value is None else value
            shown["unset"] = value is None
        return shown

    def ends(self) -> Sequence[float]:
        return (self.low, self.high)


class Money(Quantity):
    """An amount in dong."""

    parse = staticmethod(parse.parse_money)

    @staticmethod
    def display(value: float) -> Text:
        return money(value)


class Share(Quantity):
    """A percentage of something, held as a ratio."""

    parse = staticmethod(parse.parse_share)

    @staticmethod
    def display(value: float) -> Text:
        return percent(value, needed_decimals(value * 100, 2))

    @classmethod
    def display_difference(cls, value: float) -> Text:
        return Points.display(value)


class Points(Quantity):
    """A change in percentage points, held as a ratio."""

    parse = staticmethod(parse.parse_points)

    @staticmethod
    def display(value: float) -> Text:
        return points(value, needed_decimals(value * 100, 2))


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer out of several."""

    label: Text
    options: Mapping[str, Text]
    default: str | None = None
    group: Text = NO_GROUP
    row: Text | None = None
    drawn_as: ClassVar[str] = "choice"

    def wire(self, lang: Lang) -> dict[str, Any]:
        return {
            "kind": self.drawn_as,
            "label": self.label(lang),
            "row": self.row(lang) if self.row else "",
            "options": _wire_options(self.options, lang),
        }

    def read(self, raw: Any, lang: Lang) -> str:
        if raw not in tuple(self.options):
            raise Problem(Text("Hãy chọn một câu trả lời.", "Choose one answer."))
        return str(raw)

    def show(self, value: str | None, lang: Lang) -> dict[str, Any]:
        return {"chosen": [value] if value is not None else []}

    def ends(self) -> Sequence[str]:
        return tuple(self.options)


class Pick(Choice):
    """One answer out of several, in a drop-down list."""

    drawn_as = "select"


@dataclass(frozen=True, kw_only=True)
class Several:
    """Any number of answers out of several, held as a tuple of keys."""

    label: Text
    options: Mapping[str, Text]
    default: tuple[str, ...] = ()
    group: Text = NO_GROUP

    def wire(self, lang: Lang) -> dict[str, Any]:
        return {
            "kind": "several",
            "label": self.label(lang),
            "options": _wire_options(self.options, lang),
        }

    def read(self, raw: Any, lang: Lang) -> tuple[str, ...]:
        chosen = list(raw) if isinstance(raw, list | tuple) else [raw]
        if not all(key in tuple(self.options) for key in chosen):
            raise Problem(Text("Hãy chọn trong các ô đã cho.", "Choose among the boxes given."))
        return tuple(key for key in self.options if key in chosen)

    def show(self, value: tuple[str, ...], lang: Lang) -> dict[str, Any]:
        return {"chosen": list(value)}

    def ends(self) -> Sequence[tuple[str, ...]]:
        return ((), tuple(self.options), *((key,) for key in self.options))


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Several items put in order, first to last, held as a tuple of all keys."""

    label: Text
    options: Mapping[str, Text]
    group: Text = NO_GROUP

    @property
    def default(self) -> tuple[str, ...]:
        return tuple(self.options)

    def wire(self, lang: Lang) -> dict[str, Any]:
        return {
            "kind": "ranking",
            "label": self.label(lang),
            "options": _wire_options(self.options, lang),
            "up": Text("Đưa lên", "Move up")(lang),
            "down": Text("Đưa xuống", "Move down")(lang),
        }

    def read(self, raw: Any, lang: Lang) -> tuple[str, ...]:
        if not isinstance(raw, list | tuple) or sorted(map(str, raw)) != sorted(self.options):
            raise Problem(
                Text("Mỗi mục phải có mặt đúng một lần.", "Each item must stand exactly once.")
            )
        return tuple(map(str, raw))

    def show(self, value: Sequence[str], lang: Lang) -> dict[str, Any]:
        return {"chosen": list(value)}

    def ends(self) -> Sequence[tuple[str, ...]]:
        return (self.default, self.default[::-1])


_ONE_ROW: Final = 80


@dataclass(frozen=True, kw_only=True)
class Words:
    """A short text, such as a name; one too long to be read in a single row gets several."""

    label: Text
    default: str = ""
    longest: int = 80
    autocomplete: str = "off"
    group: Text = NO_GROUP

    def wire(self, lang: Lang) -> dict[str, Any]:
        return {
            "kind": "words",
            "label": self.label(lang),
            "longest": self.longest,
            "rows": math.ceil(self.longest / _ONE_ROW),
            "autocomplete": self.autocomplete,
        }

    def read(self, raw: Any, lang: Lang) -> str:
        text = " ".join(str(raw).split())
        if len(text) > self.longest:
            raise Problem(
                Text(
                    "Hãy viết ngắn hơn, tối đa {n} ký tự.", "Write less, at most {n} characters."
                ).format(n=number(self.longest))
            )
        return text

    def show(self, value: str, lang: Lang) -> dict[str, Any]:
        return {"text": value}

    def ends(self) -> Sequence[str]:
        return ("", "x" * self.longest)


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A small table typed or pasted line by line, held as its text; no text stands for an example.

    ``check`` raises :class:`Problem` when the lines cannot be used.
    """

    label: Text
    hint: Text
    example: Callable[[Lang], str]
    check: Callable[[str, Lang], object]
    longest: int = 20_000
    group: Text = NO_GROUP
    default: str = ""

    def wire(self, lang: Lang) -> dict[str, Any]:
        return {
            "kind": "lines",
            "label": self.label(lang),
            "hint": self.hint(lang),
            "longest": self.longest,
        }

    def read(self, raw: Any, lang: Lang) -> str:
        lines = "\n".join(line.strip() for line in str(raw).splitlines() if line.strip())
        if lines in ("", self.example(lang)):
            return self.default
        self.check(lines, lang)
        return lines

    def show(self, value: str, lang: Lang) -> dict[str, Any]:
        return {"text": value or self.example(lang)}

    def ends(self) -> Sequence[str]:
        return (self.default,)


def _wire_options(options: Mapping[str, Text], lang: Lang) -> list[list[str]]:
    return [[key, text(lang)] for key, text in options.items()]


@dataclass(frozen=True)
class Taken:
    """What a file gave: values for other fields, and what to tell the learner, as HTML.

    Values that are not ``sound`` come from the good rows of a file with faults; they are put to
    use only when the learner agrees.
    """

    values: Mapping[str, Any]
    told: str
    sound: bool = True


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file of the learner's own that fills other fields; it holds no value itself."""

    label: Text
    take: Callable[[str, bytes, Lang], Taken]
    templates_html: Callable[[Lang], str]
    group: Text = NO_GROUP
    default: None = None

    def wire(self, lang: Lang) -> dict[str, Any]:
        limit = number(MAX_BYTES / 2**20)
        return {
            "kind": "file",
            "label": self.label(lang),
            "button": Text("Chọn tệp…", "Choose a file…")(lang),
            "hint": Text(
                "Tệp .xlsx hoặc .csv, tối đa {n} MB.", "An .xlsx or .csv file, at most {n} MB."
            ).format(n=limit)(lang),
            "accept": ".xlsx,.csv,.txt",
            "maxBytes": MAX_BYTES,
            "tooLarge": Text(
                "Tệp lớn hơn {n} MB nên chưa được đọc. Hãy chỉ giữ lại trang tính cần dùng rồi "
                "gửi lại.",
                "The file is larger than {n} MB, so it was not read. Keep only the sheet you "
                "need and "
                "send it again.",
            ).format(n=limit)(lang),
        }

    def read(self, raw: Any, lang: Lang) -> None:
        raise Problem(Text("Hãy chọn một tệp.", "Choose a file."))

    def show(self, value: None, lang: Lang) -> dict[str, Any]:
        return {}

    def ends(self) -> Sequence[None]:
        return ()


@dataclass(frozen=True)
class Entries:
    """The current values of a set of fields, with the problems found in what was typed last."""

    fields: Mapping[str, Field]
    lang: Lang
    values: Mapping[str, Any]
    problems: Mapping[str, tuple[Any, Text]] = field(default_factory=dict)

    @classmethod
    def start(cls, fields: Mapping[str, Field], lang: Lang, **values: Any) -> Entries:
        defaults = {name: item.default for name, item in fields.items()}
        return cls(fields, lang, defaults | values)

    def enter(self, name: str, raw: Any) -> Entries:
        """Take one raw input; a value that cannot be read keeps the earlier one and its problem."""
        problems = {key: found for key, found in self.problems.items() if key != name}
        try:
            value = self.fields[name].read(raw, self.lang)
        except Problem as problem:
            return replace(self, problems=problems | {name: (raw, problem.message)})
        return replace(self, values={**self.values, name: value}, problems=problems)

    def recall(self, kept: Any) -> Entries:
        """Take over remembered values that are still valid; the rest stays as it is."""
        entries = self
        for name, value in kept.items() if isinstance(kept, Mapping) else ():
            if name in self.fields and value is not None:
                trial = entries.enter(name, value)
                entries = entries if name in trial.problems else trial
        return entries

    def put(self, values: Mapping[str, Any]) -> Entries:
        """Set several values at once, as a preset or a reset does."""
        kept = {key: found for key, found in self.problems.items() if key not in values}
        return replace(self, values={**self.values, **values}, problems=kept)

    def complete(self) -> bool:
        """Tell whether every field holds a value and none is in trouble."""
        return not self.problems and all(self.values[name] is not None for name in self.fields)

    def wire(self) -> dict[str, dict[str, Any]]:
        """Describe every field's present state to the browser."""
        return {name: self._wire_one(name) for name in self.fields}

    def _wire_one(self, name: str) -> dict[str, Any]:
        shown = self.fields[name].show(self.values[name], self.lang)
        if name in self.problems:
            raw, message = self.problems[name]
            shown |= {"problem": message(self.lang), "text": str(raw)}
        return shown
