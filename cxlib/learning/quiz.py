"""Quizzes and exercises on the page: answer, be checked, read why, try again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from cxlib.learning.fields import Entries
from cxlib.learning.panel import Action, Face, Layout, Screen, paragraph
from cxlib.learning.questions import Question, Verdict
from cxlib.learning.store import Store
from cxlib.text import Lang, Text, number

_CHECK: Final = Action("check", Text("Kiểm tra", "Check"), "strong")
_HINT: Final = Action("hint", Text("Gợi ý", "Hint"))
_SOLUTION: Final = Action("solution", Text("Lời giải", "Worked solution"))
_QUIZ: Final = Text("Câu hỏi ôn nhanh", "Quick quiz")
_EXERCISE: Final = Text("Bài tập", "Exercise")
_RIGHT: Final = Text("Đúng.", "Right.")
_WRONG: Final = Text("Chưa đúng.", "Not yet.")
_OPEN: Final = Text("Bạn chưa trả lời câu này.", "You have not answered this one yet.")
_SCORE: Final = Text(
    "Bạn trả lời đúng {right}/{all} câu.", "You answered {right} of {all} correctly."
)


class QuestionsFace(Face):
    """A set of questions with one check button; answers and score stay in the store."""

    title = _QUIZ
    actions: Sequence[Action] = (_CHECK,)

    def __init__(
        self, memory: str, questions: Sequence[Question], lang: Lang, store: Store
    ) -> None:
        self._questions = {question.key: question for question in questions}
        self._store = store
        self._memory = memory
        self._checked: frozenset[str] = frozenset()
        fields = {key: question.field() for key, question in self._questions.items()}
        self._entries = Entries.start(fields, lang)
        self.layout = Layout(
            memory, lang, fields, self.title, actions=self.actions, arrangement="ask"
        )
        self.watches = frozenset({memory})
        self.recall()

    def verdicts(self) -> dict[str, Verdict]:
        """Judge every question that was checked and is answered."""
        return {
            key: self._questions[key].judge(self._entries.values[key])
            for key in self._checked
            if self._answered(key)
        }

    def screen(self) -> Screen:
        lang = self.layout.lang
        verdicts = self.verdicts()
        right = sum(verdict.right for verdict in verdicts.values())
        score = _SCORE.format(right=number(right), all=number(len(self._questions)))(lang)
        notes = {key: self._note(key, verdicts.get(key)) for key in self._questions}
        return Screen(
            entries=self._entries,
            html=paragraph(score, "cx-finding") if self._checked else "",
            spoken=score if self._checked else "",
            notes=notes,
        )

    def enter(self, name: str, raw: Any) -> None:
        self._entries = self._entries.enter(name, raw)
        self._checked -= {name}

    def act(self, name: str) -> None:
        self._checked = frozenset(self._questions)
        right = sum(verdict.right for verdict in self.verdicts().values())
        answers = {key: value for key, value in self._entries.values.items() if value is not None}
        self._store.put(
            self._memory, {"answers": answers, "right": right, "of": len(self._questions)}
        )

    def recall(self) -> None:
        kept = self._store.get(self._memory)
        if isinstance(kept, Mapping) and isinstance(kept.get("answers"), Mapping):
            self._entries = self._entries.recall(kept["answers"])
            self._checked = frozenset(self._questions)

    def _answered(self, key: str) -> bool:
        return self._entries.values[key] not in (None, ()) and key not in self._entries.problems

    def _note(self, key: str, verdict: Verdict | None) -> str:
        lang = self.layout.lang
        if key not in self._checked or key in self._entries.problems:
            return ""
        if verdict is None:
            return escape(_OPEN(lang))
        return verdict_html(verdict, lang)


class ExerciseFace(QuestionsFace):
    """One exercise with three hints and then the worked solution."""

    title = _EXERCISE
    actions = (_CHECK, _HINT, _SOLUTION)

    def __init__(self, memory: str, question: Question, lang: Lang, store: Store) -> None:
        self._question = question
        self._hints = 0
        self._solved = False
        super().__init__(memory, (question,), lang, store)

    def screen(self) -> Screen:
        lang = self.layout.lang
        base = super().screen()
        shown = [
            *self._question.hints[: self._hints],
            *([self._question.solution] if self._solved else []),
        ]
        hidden = {_HINT.name} if self._hints == len(self._question.hints) else {_SOLUTION.name}
        return Screen(
            entries=base.entries,
            html="".join(paragraph(text(lang), "cx-hint") for text in shown),
            spoken=shown[-1](lang) if shown else "",
            notes=base.notes,
            hidden=frozenset(hidden),
        )

    def act(self, name: str) -> None:
        if name == _HINT.name:
            self._hints += 1
        elif name == _SOLUTION.name:
            self._solved = True
        else:
            super().act(name)


def verdict_html(verdict: Verdict, lang: Lang) -> str:
    """Show a verdict: right or not yet, then the reason."""
    word, css_class = (_RIGHT, "cx-right") if verdict.right else (_WRONG, "cx-wrong")
    judged = f'<span class="{css_class}">{escape(word(lang))}</span>'
    return f"<p>{judged} {escape(verdict.reason(lang))}</p>"


@dataclass(frozen=True)
class Feedback:
    """The answer to an analyst's check in a code cell; it never raises."""

    verdict: Verdict
    lang: Lang

    def __repr__(self) -> str:
        word = Text("Đạt", "Passed") if self.verdict.right else Text("Chưa đạt", "Not yet")
        return f"{word(self.lang)}: {self.verdict.reason(self.lang)}"

    def _repr_html_(self) -> str:
        return f'<div class="cx-feedback">{verdict_html(self.verdict, self.lang)}</div>'


def check(question: Question, answer: Any, lang: Lang) -> Feedback:
    """Judge what an analyst computed; what is no number is not yet an answer."""
    try:
        value = float(answer)
    except (TypeError, ValueError):
        unfinished = Text(
            "Hãy thay dấu ... bằng phép tính của bạn; kết quả phải là một con số.",
            "Replace the ... with your calculation; the result must be a number.",
        )
        return Feedback(Verdict(False, unfinished), lang)
    return Feedback(question.judge(value), lang)
