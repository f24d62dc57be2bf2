"""Quizzes and exercises on the page: answer, be checked, read why, try again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

from cxlib.learning.fields import Entries
from cxlib.learning.panel import Action, Face, Layout, Screen, paragraph
from cxlib.learning.questions import Question, Verdict
from cxlib.learning.store import Store
from cxlib.text import Lang, Text, number, same

_CHECK: Final = Action("check", Text("Kiểm tra", "Check"), "strong")
_HINT: Final = Action("hint", Text("Gợi ý", "Hint"))
_SOLUTION: Final = Action("solution", Text("Lời giải", "Worked solution"))
_QUIZ: Final = Text("Câu hỏi ôn nhanh", "Quick quiz")
_EXERCISE: Final = Text("Bài tập", "Exercise")
_RIGHT: Final = Text("Đúng.", "Right.")
_WRONG: Final = Text("Chưa đúng.", "Not yet.")
_STUB: Final = Text(
    "Hãy thay dấu ... bằng phép tính của bạn; kết quả phải là {shape}.",
    "Replace the ... with your calculation; the result must be {shape}.",
)
_ELSEWHERE: Final = Text(
    "Bài này cần viết mã, mà trang này không có chỗ để viết. Bạn muốn làm? Trên máy có cài khóa "
    "học, hãy chạy {command}, rồi mở {notebook} trong JupyterLab.",
    "This exercise is solved in code, and there is nowhere to write it on this page. To do it, run "
    "{command} where the course is installed and open {notebook} in JupyterLab.",
)
_LAB: Final = "python3 course.py lab"
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
        self._fields = {question.key: question.fields() for question in questions}
        self._question_of = {name: key for key, fields in self._fields.items() for name in fields}
        self._store = store
        self._memory = memory
        self._checked: frozenset[str] = frozenset()
        fields = {name: item for own in self._fields.values() for name, item in own.items()}
        self._entries = Entries.start(fields, lang)
        self.layout = Layout(
            memory, lang, fields, self.title, actions=self.actions, arrangement="ask"
        )
        self.watches = frozenset({memory})
        self.recall()

    def verdicts(self) -> dict[str, Verdict]:
        """Judge every question that was checked and is answered."""
        return {
            key: question.judge(question.given(self._entries.values))
            for key, question in self._questions.items()
            if key in self._checked and all(map(self._answered, self._fields[key]))
        }

    def screen(self) -> Screen:
        lang = self.layout.lang
        verdicts = self.verdicts()
        right = sum(verdict.right for verdict in verdicts.values())
        score = _SCORE.format(right=number(right), all=number(len(self._questions)))(lang)
        return Screen(
            entries=self._entries,
            html=paragraph(score, "cx-finding") if self._checked else "",
            spoken=score if self._checked else "",
            notes={
                list(fields)[-1]: self._note(key, verdicts.get(key))
                for key, fields in self._fields.items()
            },
        )

    def enter(self, name: str, raw: Any) -> None:
        self._entries = self._entries.enter(name, raw)
        self._checked -= {self._question_of[name]}

    def act(self, name: str) -> None:
        self._checked = frozenset(self._questions)
        right = sum(verdict.right for verdict in self.verdicts().values())
        answers = {
            name: value for name, value in self._entries.values.items() if self._answered(name)
        }
        self._store.put(
            self._memory, {"answers": answers, "right": right, "of": len(self._questions)}
        )

    def recall(self) -> None:
        kept = self._store.get(self._memory)
        if isinstance(kept, Mapping) and isinstance(kept.get("answers"), Mapping):
            self._entries = self._entries.recall(kept["answers"])
            self._checked = frozenset(self._questions)

    def _answered(self, name: str) -> bool:
        entries = self._entries
        untouched = entries.values[name] == entries.fields[name].default
        return not untouched and name not in entries.problems

    def _note(self, key: str, verdict: Verdict | None) -> str:
        lang = self.layout.lang
        in_trouble = self._entries.problems.keys() & self._fields[key].keys()
        if key not in self._checked or in_trouble:
            return ""
        if verdict is None:
            return escape(self._questions[key].unanswered(lang))
        return verdict_html(verdict, lang)


class ExerciseFace(QuestionsFace):
    """One exercise with three hints and then the worked solution."""

    title = _EXERCISE
    actions = (_CHECK, _HINT, _SOLUTION)

    def __init__(self, memory: str, question: Question, lang: Lang, store: Store) -> None:
        self._steps = (*question.hints, question.solution)
        self._hint_memory = f"hints.{memory}"
        self._opened = 0
        super().__init__(memory, (question,), lang, store)
        self.watches |= {self._hint_memory}

    def screen(self) -> Screen:
        lang = self.layout.lang
        shown = self._steps[: self._opened]
        hints_left = self._opened < len(self._steps) - 1
        return replace(
            super().screen(),
            html="".join(paragraph(text(lang), "cx-hint") for text in shown),
            spoken=shown[-1](lang) if shown else "",
            hidden=frozenset({_SOLUTION.name if hints_left else _HINT.name}),
        )

    def act(self, name: str) -> None:
        if name == _CHECK.name:
            super().act(name)
        else:
            self._opened = min(self._opened + 1, len(self._steps))
            self._store.put(self._hint_memory, self._opened)

    def recall(self) -> None:
        super().recall()
        kept = self._store.get(self._hint_memory)
        if isinstance(kept, int) and 0 <= kept <= len(self._steps):
            self._opened = kept


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
    hints: Sequence[Text] = ()

    def __repr__(self) -> str:
        word = Text("Đạt", "Passed") if self.verdict.right else Text("Chưa đạt", "Not yet")
        return f"{word(self.lang)}: {self.verdict.reason(self.lang)}"

    def _repr_html_(self) -> str:
        hints = "".join(
            f"<details><summary>{_HINT.label(self.lang)} {n}</summary>"
            f"<p>{escape(hint(self.lang))}</p></details>"
            for n, hint in enumerate(self.hints, start=1)
        )
        told = verdict_html(self.verdict, self.lang)
        return f'<div class="cx-feedback">{told}{hints}</div>'


@dataclass(frozen=True)
class Elsewhere:
    """What stands in place of an answer where the learner cannot write code: where she can."""

    notebook: str
    lang: Lang

    def __repr__(self) -> str:
        return _ELSEWHERE.format(command=same(_LAB), notebook=same(self.notebook))(self.lang)

    def _repr_html_(self) -> str:
        text = escape(repr(self))
        for name in (_LAB, self.notebook):
            text = text.replace(name, f"<code>{name}</code>")
        return f'<div class="cx-feedback"><p>{text}</p></div>'


def check(question: Question, result: Any, lang: Lang) -> Feedback:
    """Judge what an analyst computed; what cannot be an answer is not yet one."""
    try:
        verdict = question.judge(question.computed(result))
    except (TypeError, ValueError, OverflowError):
        verdict = Verdict(False, _STUB.format(shape=question.shape))
    return Feedback(verdict, lang, () if verdict.right else question.hints)
