"""Questions a learner answers: what is asked, what is right, and why each answer is or is not."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from cxlib.learning.fields import Choice, Field, Money, Points, Quantity, Several, Share
from cxlib.text import Text, same

QUIZZES: Final = Path(__file__).resolve().parents[2] / "exercises" / "quiz"

Set = Literal["quiz", "exercise"]

_UNITS: Final[dict[str, type[Quantity]]] = {
    "number": Quantity,
    "money": Money,
    "share": Share,
    "points": Points,
}
_MISSED: Final = Text(
    "Còn sót hoặc thừa lựa chọn. Hãy xem lại từng ý.",
    "Something is missing or too much. Look at each option again.",
)
_FAR: Final = Text(
    "Chưa đúng. Kiểm tra lại đơn vị, dấu và số năm; nếu cần, mở gợi ý.",
    "Not yet. Check the unit, the sign and the number of years; open a hint if you need one.",
)


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and the reason in words."""

    right: bool
    reason: Text


@dataclass(frozen=True)
class Option:
    """One answer offered, with the reason why it is or is not right."""

    key: str
    text: Text
    right: bool
    reason: Text


@dataclass(frozen=True)
class Mistake:
    """A wrong number that tells which slip was made."""

    value: float
    reason: Text


@dataclass(frozen=True)
class OptionQuestion:
    """Pick one option, or all that are right."""

    key: str
    ask: Text
    options: Sequence[Option]
    several: bool
    hints: Sequence[Text] = ()

    @property
    def solution(self) -> Text:
        """The options that are right, with their reasons."""
        right = [
            option.text + same(": ") + option.reason for option in self.options if option.right
        ]
        return _joined(right)

    def field(self) -> Field:
        """Return the field that takes the answer, its options in a fresh order."""
        shuffled = random.sample(list(self.options), len(self.options))
        texts = {option.key: option.text for option in shuffled}
        if self.several:
            return Several(label=self.ask, options=texts)
        return Choice(label=self.ask, options=texts)

    def judge(self, answer: Any) -> Verdict:
        """Judge the chosen key, or the chosen keys."""
        chosen = set(answer) if self.several else {answer}
        picked = [option for option in self.options if option.key in chosen]
        right = chosen == {option.key for option in self.options if option.right}
        reason = _joined([option.reason for option in picked])
        return Verdict(right, reason if right or not self.several else _joined([_MISSED, reason]))


@dataclass(frozen=True)
class NumberQuestion:
    """Give a number; known slips are named."""

    key: str
    ask: Text
    unit: str
    answer: float
    tolerance: float
    reason: Text
    mistakes: Sequence[Mistake] = ()
    hints: Sequence[Text] = ()

    @property
    def solution(self) -> Text:
        """How the right number comes about."""
        return self.reason

    def field(self) -> Field:
        """Return the text box that takes the answer."""
        return _UNITS[self.unit](self.ask, None, -math.inf, math.inf, 1, slider=False)

    def judge(self, answer: Any) -> Verdict:
        """Judge a number within the tolerance, the named mistakes first told apart."""
        if abs(answer - self.answer) <= self.tolerance:
            return Verdict(True, self.reason)
        near = min(
            self.mistakes,
            key=lambda slip: abs(answer - slip.value),
            default=Mistake(math.inf, _FAR),
        )
        slip = abs(answer - near.value) <= max(self.tolerance, 0.005 * abs(near.value))
        return Verdict(False, near.reason if slip else _FAR)


Question = OptionQuestion | NumberQuestion


@cache
def questions(lesson: str, which: Set) -> tuple[Question, ...]:
    """Read the questions of one lesson, e.g. ``("09-invest-and-return", "quiz")``."""
    import yaml

    path = QUIZZES / f"{lesson}.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_READERS[item["kind"]](item) for item in content[which])


def exercise(lesson: str, key: str) -> Question:
    """Return one exercise question; an unknown key raises ``KeyError`` naming it."""
    for item in questions(lesson, "exercise"):
        if item.key == key:
            return item
    raise KeyError(f"no exercise '{key}' in exercises/quiz/{lesson}.yml")


def _text(pair: Mapping[str, str]) -> Text:
    return Text(pair["vi"], pair["en"])


def _hints(item: Mapping[str, Any]) -> tuple[Text, ...]:
    return tuple(_text(hint) for hint in item.get("hints", ()))


def _joined(texts: Sequence[Text]) -> Text:
    return Text(" ".join(text.vi for text in texts), " ".join(text.en for text in texts))


def _option_question(item: Mapping[str, Any]) -> OptionQuestion:
    options = tuple(
        Option(
            option["key"],
            _text(option["text"]),
            option.get("right", False),
            _text(option["reason"]),
        )
        for option in item["options"]
    )
    several, hints = item["kind"] == "several", _hints(item)
    return OptionQuestion(item["key"], _text(item["ask"]), options, several, hints)


def _number_question(item: Mapping[str, Any]) -> NumberQuestion:
    return NumberQuestion(
        item["key"],
        _text(item["ask"]),
        item["unit"],
        item["answer"],
        item["tolerance"],
        _text(item["reason"]),
        tuple(Mistake(slip["value"], _text(slip["reason"])) for slip in item.get("mistakes", ())),
        _hints(item),
    )


_READERS: Final[dict[str, Callable[[Mapping[str, Any]], Question]]] = {
    "single": _option_question,
    "several": _option_question,
    "number": _number_question,
}
