"""How far the learner has come, computed from what her browser keeps and the course outline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from cxlib.text import Lang, Text

OUTLINE: Final = Path(__file__).with_name("outline.json")
QUIZ_PASS: Final = 0.8
"""Share of a quiz's questions that must be right for the quiz to count as done."""

KINDS: Final[dict[str, Text]] = {
    "prediction": Text("dự đoán", "predictions"),
    "tried": Text("phần thực hành", "labs"),
    "quiz": Text("ôn nhanh", "quizzes"),
    "exercise": Text("bài tập", "exercises"),
    "company": Text("bảng tính của công ty bạn", "calculations of your company"),
    "profile": Text("hồ sơ công ty", "company profile"),
    "diagnostic": Text("bài tự đánh giá", "self-assessments"),
    "certificate": Text("giấy chứng nhận", "certificate"),
}
"""What the first part of a stored name stands for."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One built lesson and the steps that count in it, each named as the store names it."""

    number: str
    name: str
    title: Text
    minutes: int
    steps: tuple[str, ...]
    topics: Mapping[Lang, Sequence[str]]


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """What the learner has done of one lesson."""

    lesson: Lesson
    done: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return len(self.done) == len(self.lesson.steps)

    def of_kind(self, kind: str) -> tuple[int, int]:
        """How many steps of one kind are done, and how many there are."""
        return _count(self.done, kind), _count(self.lesson.steps, kind)


@cache
def outline() -> tuple[Lesson, ...]:
    """The built lessons in their order, as ``python3 course.py build`` wrote them down."""
    return tuple(
        Lesson(
            entry["lesson"],
            entry["name"],
            Text(entry["title"]["vi"], entry["title"]["en"]),
            entry["minutes"],
            tuple(entry["steps"]),
            entry["topics"],
        )
        for entry in json.loads(OUTLINE.read_text("utf-8"))
    )


def course_progress(
    kept: Mapping[str, Any], lessons: Sequence[Lesson]
) -> tuple[LessonProgress, ...]:
    """What is done of each lesson.

    Args:
        kept: everything the store holds, by name; values of a wrong shape count as nothing.
        lessons: the course outline.
    """
    return tuple(
        LessonProgress(
            lesson, tuple(step for step in lesson.steps if is_done(step, kept.get(step)))
        )
        for lesson in lessons
    )


def is_done(step: str, value: Any) -> bool:
    """Whether what is kept of a step completes it.

    A prediction must be committed, a lab touched, a quiz right in at least :data:`QUIZ_PASS` of
    its questions, an exercise solved.
    """
    match kind_of(step):
        case "quiz":
            right, of = score(value)
            return of > 0 and right >= QUIZ_PASS * of
        case "exercise":
            right, of = score(value)
            return of > 0 and right == of
        case _:
            return value is not None


def kind_of(step: str) -> str:
    """Return the first part of a stored name, a key of :data:`KINDS` for what learners know."""
    return step.partition(".")[0]


def score(value: Any) -> tuple[int, int]:
    """How many answers of a checked quiz were right, and of how many; (0, 0) for anything else."""
    match value:
        case {"right": int(right), "of": int(of)} if 0 <= right <= of:
            return right, of
    return 0, 0


def is_complete(progress: Sequence[LessonProgress]) -> bool:
    """Whether there are lessons and every one of them is complete."""
    return bool(progress) and all(item.complete for item in progress)


def _count(steps: Sequence[str], kind: str) -> int:
    return sum(kind_of(step) == kind for step in steps)
