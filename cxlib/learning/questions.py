"""Questions a learner answers: what is asked, what is right, and why each answer is or is not.

A question names the fields that take its answer, reads the answer off their values and judges it.
"""

from __future__ import annotations

import math
import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, Literal, TypeVar

from cxlib.learning.fields import (
    Choice,
    Field,
    Money,
    Pick,
    Points,
    Quantity,
    Ranking,
    Several,
    Share,
)
from cxlib.learning.slips import Setting, Slip, common_slips, nearest
from cxlib.prepared import parse_yaml, parsed
from cxlib.text import LANGS, Text, held_together, number, same

QUIZZES: Final = Path(__file__).resolve().parents[2] / "exercises" / "quiz"

Set = Literal["quiz", "exercise"]
T = TypeVar("T")

_UNITS: Final[dict[str, type[Quantity]]] = {
    "number": Quantity,
    "money": Money,
    "share": Share,
    "points": Points,
}
_ALL_THAT_APPLY: Final = Text(" (Chọn tất cả ý đúng.)", " (Choose all that apply.)")
_MISSED: Final = Text(
    "Còn sót hoặc thừa lựa chọn. Hãy xem lại từng ý.",
    "Something is missing or too much. Look at each option again.",
)
_FAR: Final = Text(
    "Kiểm tra lại đơn vị, dấu và số năm; nếu cần, mở gợi ý.",
    "Check the unit, the sign and the number of years; open a hint if you need one.",
)
_MISPLACED: Final = Text("Cần xếp lại: {places}.", "Still to be moved: {places}.")
_MISMATCHED: Final = Text("Cần ghép lại: {pairs}.", "Still to be matched: {pairs}.")


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and the reason in words."""

    right: bool
    reason: Text


@dataclass(frozen=True)
class Question(ABC):
    """Something asked, with hints on the way to its worked solution."""

    key: str
    ask: Text
    _: KW_ONLY
    hints: Sequence[Text] = ()

    unanswered: ClassVar[Text] = Text(
        "Bạn chưa trả lời câu này.", "You have not answered this one yet."
    )

    @property
    @abstractmethod
    def solution(self) -> Text:
        """What is right, and why."""

    @property
    @abstractmethod
    def shape(self) -> Text:
        """What an answer computed in a code cell must be."""

    @abstractmethod
    def fields(self) -> Mapping[str, Field]:
        """Make fresh fields that take the answer, by name."""

    @abstractmethod
    def given(self, values: Mapping[str, Any]) -> Any:
        """Read the answer off the values of its fields."""

    @abstractmethod
    def computed(self, result: Any) -> Any:
        """Turn the result of a code cell into an answer.

        Raises:
            TypeError: the result is of another kind, such as ``...``.
            ValueError: the result is of the right kind but cannot be an answer.
        """

    @abstractmethod
    def judge(self, answer: Any) -> Verdict:
        """Judge an answer."""


@dataclass(frozen=True)
class OneFieldQuestion(Question):
    """A question whose answer is the value of one field, named like the question."""

    @abstractmethod
    def field(self) -> Field:
        """Make a fresh field that takes the answer."""

    def fields(self) -> Mapping[str, Field]:
        return {self.key: self.field()}

    def given(self, values: Mapping[str, Any]) -> Any:
        return values[self.key]


@dataclass(frozen=True)
class Option:
    """One answer offered, with the reason why it is or is not right."""

    key: str
    text: Text
    right: bool
    reason: Text


@dataclass(frozen=True)
class OptionQuestion(OneFieldQuestion):
    """Pick one option, or all that are right."""

    options: Sequence[Option]
    several: bool

    @property
    def solution(self) -> Text:
        return _joined(
            option.text + same(": ") + option.reason for option in self.options if option.right
        )

    @property
    def shape(self) -> Text:
        one = Text("một trong các mã {keys}", "one of the keys {keys}")
        more = Text("một danh sách mã lấy trong {keys}", "a list of keys out of {keys}")
        return (more if self.several else one).format(keys=_listed(self._texts()))

    def field(self) -> Field:
        options = _shuffled(self._texts())
        if self.several:
            return Several(label=self.ask + _ALL_THAT_APPLY, options=options)
        return Choice(label=self.ask, options=options)

    def computed(self, result: Any) -> Any:
        chosen = tuple(result) if self.several else (result,)
        if not set(chosen) <= set(self._texts()):
            raise ValueError(f"'{self.key}' offers no such option")
        return chosen if self.several else result

    def judge(self, answer: Any) -> Verdict:
        chosen = set(answer) if self.several else {answer}
        picked = [option.reason for option in self.options if option.key in chosen]
        right = chosen == {option.key for option in self.options if option.right}
        if self.several and not right:
            picked.insert(0, _MISSED)
        return Verdict(right, _joined(picked))

    def _texts(self) -> dict[str, Text]:
        return {option.key: option.text for option in self.options}


@dataclass(frozen=True)
class Mistake:
    """A wrong number that tells which slip was made in this very question."""

    value: float
    reason: Text


@dataclass(frozen=True)
class NumberQuestion(OneFieldQuestion):
    """Give a number; known slips are named, those of this question before the common ones."""

    unit: str
    answer: float
    tolerance: float
    reason: Text
    mistakes: Sequence[Mistake] = ()
    setting: Setting = field(default_factory=Setting)

    @property
    def solution(self) -> Text:
        return self.reason

    @property
    def shape(self) -> Text:
        return Text("một con số", "a number")

    def field(self) -> Field:
        return _UNITS[self.unit](self.ask, None, -math.inf, math.inf, 1, slider=False)

    def computed(self, result: Any) -> float:
        value = float(result)
        if not math.isfinite(value):
            raise ValueError(f"'{self.key}' asks for a finite number, not {value}")
        return value

    def judge(self, answer: Any) -> Verdict:
        if abs(answer - self.answer) <= self.tolerance:
            return Verdict(True, self.reason)
        made = nearest(self._own_slips(), answer) or nearest(self._common_slips(), answer)
        return Verdict(False, made.reason if made else _FAR)

    def _own_slips(self) -> list[Slip]:
        return [
            Slip(slip.value, max(self.tolerance, 0.005 * abs(slip.value)), slip.reason)
            for slip in self.mistakes
        ]

    def _common_slips(self) -> list[Slip]:
        return common_slips(self.answer, self.tolerance, self.unit, self.setting)


@dataclass(frozen=True)
class Step:
    """One item of an order, with the reason why it stands where it does."""

    key: str
    text: Text
    reason: Text


@dataclass(frozen=True)
class OrderingQuestion(OneFieldQuestion):
    """Put the steps in order; they are given here in the right one."""

    steps: Sequence[Step]

    unanswered: ClassVar[Text] = Text(
        "Bạn chưa sắp xếp câu này; thứ tự lúc đầu không bao giờ là đáp án.",
        "You have not put these in order yet; the order at the start is never the right one.",
    )

    @property
    def solution(self) -> Text:
        return _joined(
            number(place) + same(". ") + step.text + same(": ") + step.reason
            for place, step in enumerate(self.steps, 1)
        )

    @property
    def shape(self) -> Text:
        return Text(
            "danh sách đã xếp thứ tự của các mã {keys}", "a list, in order, of the keys {keys}"
        ).format(keys=_listed(self._texts()))

    def field(self) -> Field:
        right = mixed = self._texts()
        while list(mixed) == list(right):
            mixed = _shuffled(right)
        return Ranking(label=self.ask, options=mixed)

    def computed(self, result: Any) -> tuple[str, ...]:
        order = tuple(result)
        if sorted(order) != sorted(self._texts()):
            raise ValueError(f"'{self.key}' needs each of its steps exactly once")
        return order

    def judge(self, answer: Any) -> Verdict:
        texts = self._texts()
        in_place = [step for key, step in zip(answer, self.steps, strict=True) if key == step.key]
        misplaced = [
            number(place) + same(". ") + texts[key]
            for place, (key, step) in enumerate(zip(answer, self.steps, strict=True), 1)
            if key != step.key
        ]
        return _partial(_MISPLACED, "places", misplaced, in_place)

    def _texts(self) -> dict[str, Text]:
        return {step.key: step.text for step in self.steps}


@dataclass(frozen=True)
class Pair:
    """One item to be matched, the key of the option it belongs to, and the reason."""

    key: str
    text: Text
    match: str
    reason: Text


@dataclass(frozen=True)
class MatchingQuestion(Question):
    """Give each item on the left the option that belongs to it."""

    pairs: Sequence[Pair]
    options: Mapping[str, Text]

    unanswered: ClassVar[Text] = Text(
        "Bạn chưa ghép hết các mục.", "You have not matched every item yet."
    )

    @property
    def solution(self) -> Text:
        return _joined(
            pair.text + same(" → ") + self.options[pair.match] + same(": ") + pair.reason
            for pair in self.pairs
        )

    @property
    def shape(self) -> Text:
        return Text(
            "một dict gán cho mỗi mã trong {pairs} một mã trong {options}",
            "a dict that gives each key of {pairs} one of {options}",
        ).format(
            pairs=_listed(pair.key for pair in self.pairs),
            options=_listed(self.options),
        )

    def fields(self) -> Mapping[str, Field]:
        options = _shuffled(self.options)
        return {
            self._name(pair): Pick(label=pair.text, options=options, group=self.ask)
            for pair in self.pairs
        }

    def given(self, values: Mapping[str, Any]) -> Any:
        return {pair.key: values[self._name(pair)] for pair in self.pairs}

    def computed(self, result: Any) -> dict[str, str]:
        matched = dict(result)
        if set(matched) != {pair.key for pair in self.pairs}:
            raise ValueError(f"'{self.key}' needs each of its items exactly once")
        if not set(matched.values()) <= set(self.options):
            raise ValueError(f"'{self.key}' offers no such option")
        return matched

    def judge(self, answer: Any) -> Verdict:
        matched = [pair for pair in self.pairs if answer[pair.key] == pair.match]
        mismatched = [pair.text for pair in self.pairs if answer[pair.key] != pair.match]
        return _partial(_MISMATCHED, "pairs", mismatched, matched)

    def _name(self, pair: Pair) -> str:
        return f"{self.key}/{pair.key}"


def _partial(
    wrong_words: Text, what: str, wrong: Sequence[Text], right: Sequence[Step | Pair]
) -> Verdict:
    """Name what is not right yet, and give the reasons of what is."""
    reasons = [item.text + same(": ") + item.reason for item in right]
    if wrong:
        reasons.insert(0, wrong_words.format(**{what: _joined(wrong, "; ")}))
    return Verdict(not wrong, _joined(reasons))


def _shuffled(texts: Mapping[str, T]) -> dict[str, T]:
    return dict(random.sample(list(texts.items()), len(texts)))


def _joined(texts: Iterable[Text], between: str = " ") -> Text:
    parts = list(texts)
    return Text(between.join(text.vi for text in parts), between.join(text.en for text in parts))


def _listed(keys: Iterable[str]) -> Text:
    return same(", ".join(sorted(keys)))


@cache
def questions(lesson: str, which: Set) -> tuple[Question, ...]:
    """Read the questions of one lesson, e.g. ``("09-invest-and-return", "quiz")``."""
    return tuple(read_question(item) for item in _file(lesson).get(which, ()))


@cache
def _file(lesson: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = parsed(QUIZZES / f"{lesson}.yml", parse_yaml)
    return content


def exercise(lesson: str, key: str) -> Question:
    """Return one exercise question; an unknown key raises ``KeyError`` naming it."""
    for item in questions(lesson, "exercise"):
        if item.key == key:
            return item
    raise KeyError(f"no exercise '{key}' in exercises/quiz/{lesson}.yml")


def read_question(item: Mapping[str, Any]) -> Question:
    """Make a question of one entry of a quiz file, whose form ``schema.json`` describes."""
    return _READERS[item["kind"]](item)


def _option_question(item: Mapping[str, Any]) -> OptionQuestion:
    return OptionQuestion(
        **_common(item),
        options=tuple(
            Option(right=option.get("right", False), **_described(option))
            for option in item["options"]
        ),
        several=item["kind"] == "several",
    )


def _number_question(item: Mapping[str, Any]) -> NumberQuestion:
    return NumberQuestion(
        **_common(item),
        unit=item["unit"],
        answer=item["answer"],
        tolerance=item["tolerance"],
        reason=_text(item["reason"]),
        mistakes=tuple(
            Mistake(slip["value"], _text(slip["reason"])) for slip in item.get("mistakes", ())
        ),
        setting=Setting(item.get("years"), item.get("margin"), item.get("base")),
    )


def _ordering_question(item: Mapping[str, Any]) -> OrderingQuestion:
    steps = tuple(Step(**_described(step)) for step in item["steps"])
    return OrderingQuestion(**_common(item), steps=steps)


def _matching_question(item: Mapping[str, Any]) -> MatchingQuestion:
    return MatchingQuestion(
        **_common(item),
        pairs=tuple(Pair(match=pair["match"], **_described(pair)) for pair in item["pairs"]),
        options={option["key"]: _text(option["text"]) for option in item["options"]},
    )


_READERS: Final[dict[str, Callable[[Mapping[str, Any]], Question]]] = {
    "single": _option_question,
    "several": _option_question,
    "number": _number_question,
    "ordering": _ordering_question,
    "matching": _matching_question,
}


def _common(item: Mapping[str, Any]) -> dict[str, Any]:
    hints = tuple(_text(hint) for hint in item.get("hints", ()))
    return {"key": item["key"], "ask": _text(item["ask"]), "hints": hints}


def _described(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": item["key"],
        "text": _text(item["text"]),
        "reason": _text(item["reason"]),
    }


def _text(pair: Mapping[str, str]) -> Text:
    return Text(*(held_together(pair[lang]) for lang in LANGS))
