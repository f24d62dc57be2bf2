"""The same ten questions before and after the course, and how much was learnt in between."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, Final

from cxlib.learning.panel import Action, Screen, paragraph
from cxlib.learning.progress import score
from cxlib.learning.questions import Question, questions
from cxlib.learning.quiz import QuestionsFace
from cxlib.learning.store import Store
from cxlib.text import Lang, Text, number, percent, same

BEFORE: Final = "diagnostic.before"
AFTER: Final = "diagnostic.after"

_START: Final = Action("start", Text("Bắt đầu", "Start"), "strong")
_SUBMIT: Final = Action("submit", Text("Nộp bài", "Hand in"), "strong")
_TITLES: Final = {
    BEFORE: Text("Tự đánh giá đầu khóa", "Self-assessment at the start"),
    AFTER: Text("Tự đánh giá cuối khóa", "Self-assessment at the end"),
}
_CURTAINS: Final = {
    BEFORE: Text(
        "Mười câu, chừng tám phút. Chưa biết thì cứ chọn điều bạn nghĩ: bài này không để chấm bạn, "
        "chỉ để ghi lại điểm xuất phát. Đáp án để dành cho cuối khóa.",
        "Ten questions, about eight minutes. Not sure? Choose what you think: this does not grade "
        "you, it only marks where you start. The answers wait for the end of the course.",
    ),
    AFTER: Text(
        "Vẫn mười câu ấy, chỉ làm một lần khi bạn đã học xong các bài. Lần này có đáp án và lý do "
        "của từng lựa chọn.",
        "The same ten questions, once, when you have finished the lessons. This time you get the "
        "answers and the reason of each choice.",
    ),
}
_MISSING: Final = Text(
    "Còn {n} câu chưa trả lời. Chưa chắc thì cứ chọn điều bạn nghĩ.",
    "{n} questions are still open. Not sure? Choose what you think.",
)
_STARTED: Final = Text(
    "Đã ghi lại điểm xuất phát: đúng {right}/{of} câu. Hẹn bạn ở bài cuối khóa.",
    "Your starting point is noted: {right} of {of} right. See you at the end of the course.",
)
_SCORE: Final = Text("Bạn trả lời đúng {right}/{of} câu.", "You answered {right} of {of} right.")
_NO_START: Final = Text(
    "Bạn chưa làm bài đầu khóa nên không tính được mức tiến bộ.",
    "Without the assessment at the start, no learning gain can be computed.",
)
_NO_ROOM: Final = Text(
    "Bạn được trọn điểm ngay từ đầu khóa, nên không còn chỗ để đo tiến bộ.",
    "You had every answer right at the start, which leaves no gain to measure.",
)
_GAIN: Final = Text(
    "Đầu khóa bạn đúng {before}/{of}: bạn đã lấp được {gain} phần còn thiếu.",
    "At the start it was {before} of {of}: you closed {gain} of the gap.",
)
_LOSS: Final = Text(
    "Đầu khóa bạn đúng {before}/{of}, lần này thấp hơn. Hãy đọc lại các lý do dưới mỗi câu.",
    "At the start it was {before} of {of}, now it is lower. Read the reasons under each question.",
)


@cache
def items() -> tuple[Question, ...]:
    """The ten questions."""
    return questions("diagnostic", "quiz")


def learning_gain(before: int, after: int, of: int) -> float | None:
    r"""Compute the share of what was not known at first that was learnt.

    .. math:: g = \frac{\text{after} - \text{before}}{\text{of} - \text{before}}

    Args:
        before: right answers at the start.
        after: right answers at the end.
        of: questions asked each time.

    Returns:
        The normalised gain, at most 1, negative when less is right than at first; None when
        everything was right at the start, which leaves nothing to gain (Hake 1998).

    Raises:
        ValueError: a score lies outside 0 to ``of``.
    """
    if not (0 <= before <= of and 0 <= after <= of):
        raise ValueError(f"scores must lie between 0 and {of}, not {before} and {after}")
    return None if before == of else (after - before) / (of - before)


def result(store: Store, which: str) -> int | None:
    """How many of the ten were right, or None when they were not all answered."""
    right, of = score(store.get(which))
    return right if of == len(items()) else None


def gain_in_words(before: int | None, after: int, of: int) -> Text:
    """Say the learning gain in a sentence."""
    if before is None:
        return _NO_START
    gain = learning_gain(before, after, of)
    if gain is None:
        return _NO_ROOM
    sentence = _GAIN if gain >= 0 else _LOSS
    return sentence.format(before=number(before), of=number(of), gain=percent(gain, 0))


class DiagnosticFace(QuestionsFace):
    """Asks the ten questions once; only at the end come right answers and reasons."""

    actions = (_SUBMIT,)

    def __init__(self, which: str, lang: Lang, store: Store) -> None:
        self._opened = False
        self._message = ""
        self.title = _TITLES[which]
        super().__init__(which, items(), lang, store)
        self.layout = replace(self.layout, curtain=_CURTAINS[which], curtain_actions=(_START,))
        self.watches |= {BEFORE}

    @property
    def taken(self) -> bool:
        """Whether the answers were handed in."""
        return bool(self._checked)

    def screen(self) -> Screen:
        shown = super().screen()
        if not self.taken:
            return replace(
                shown, html="", notes={}, message=self._message, curtained=not self._opened
            )
        said = self._said()(self.layout.lang)
        return replace(
            shown,
            html=paragraph(said, "cx-finding"),
            spoken=said,
            notes=shown.notes if self._memory == AFTER else {},
            locked=frozenset(self.layout.fields),
            hidden=frozenset({_SUBMIT.name}),
        )

    def enter(self, name: str, raw: Any) -> None:
        if not self.taken:
            self._message = ""
            super().enter(name, raw)

    def act(self, name: str) -> None:
        if name == _START.name:
            self._opened = True
        elif missing := sum(not self._answered(name) for name in self.layout.fields):
            self._message = _MISSING.format(n=number(missing))(self.layout.lang)
        else:
            super().act(name)

    def recall(self) -> None:
        self._entries = self._entries.put(
            {name: item.default for name, item in self._entries.fields.items()}
        )
        self._checked = frozenset()
        if result(self._store, self._memory) is not None:
            super().recall()

    def _said(self) -> Text:
        of, right = len(items()), sum(verdict.right for verdict in self.verdicts().values())
        counts = {"right": number(right), "of": number(of)}
        if self._memory == BEFORE:
            return _STARTED.format(**counts)
        gain = gain_in_words(result(self._store, BEFORE), right, of)
        return _SCORE.format(**counts) + same(" ") + gain
