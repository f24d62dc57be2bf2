"""Every lesson has the same bones: the question, a guess, the lab, why, evidence, you, quiz."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from authoring.agreement import numbers
from authoring.source import Cell, Source, read
from cxlib.text import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]
LESSONS = [
    path
    for path in sorted((ROOT / "notebooks" / "source").glob("*.md"))
    if not path.name.startswith("00-")  # the lobby is no lesson
]
MOST_WORDS, MOST_LINES = 110, 12
ORDER = re.compile(
    r"title( setup)? predict lab explain( (predict )?lab explain)* evidence company quiz takeaway"
)

each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def test_the_course_has_lessons() -> None:
    assert LESSONS, "notebooks/source holds no lesson"


@each_lesson
def test_parts_stand_in_order(path: Path) -> None:
    parts = order_of_parts(read(path))
    assert ORDER.fullmatch(parts), f"{path.name} goes: {parts}"


@each_lesson
def test_every_cell_names_its_part(path: Path) -> None:
    assert [cell.name for cell in read(path).cells if cell.part is None] == []


@each_lesson
def test_the_trainer_has_notes_in_prose(path: Path) -> None:
    assert {cell.kind for cell in read(path).cells if cell.part == "trainer"} == {"prose"}


@each_lesson
@pytest.mark.parametrize("lang", LANGS)
def test_title_says_question_minutes_and_aims(path: Path, lang: Lang) -> None:
    lesson = read(path)
    opening = "\n".join(cell.text for cell in lesson.cells_in(lang) if cell.part == "title")
    assert opening.startswith(f"# {lesson.title(lang)}\n"), "the heading is not the title"
    for place, minutes in lesson.minutes.items():
        assert str(minutes) in numbers(opening, lang), f"minutes {place} ({minutes}) not told"
    assert re.search(r"^[-*] .+\n[-*] ", opening, re.MULTILINE), "no list of aims"


@each_lesson
def test_prose_cells_are_short(path: Path) -> None:
    long = {
        cell.name: words(cell)
        for cell in read(path).cells
        if cell.kind == "prose" and words(cell) > MOST_WORDS
    }
    assert not long, f"more than {MOST_WORDS} words: {long}"


@each_lesson
def test_code_cells_are_short(path: Path) -> None:
    long = [
        cell.name
        for cell in read(path).cells
        if cell.kind == "code" and len(cell.text.splitlines()) > MOST_LINES
    ]
    assert not long, f"more than {MOST_LINES} lines: {long}"


@pytest.mark.parametrize(
    "parts",
    [
        "title predict lab explain evidence company quiz takeaway",
        "title setup predict lab explain lab explain evidence company quiz takeaway",
        "title setup predict lab explain predict lab explain evidence company quiz takeaway",
    ],
)
def test_good_orders(parts: str) -> None:
    assert ORDER.fullmatch(parts)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param("title lab explain evidence company quiz takeaway", id="no prediction"),
        pytest.param("title lab predict explain evidence company quiz takeaway", id="lab first"),
        pytest.param("title predict lab explain company quiz takeaway", id="no evidence"),
        pytest.param("title predict lab evidence company quiz takeaway", id="no explanation"),
        pytest.param("title predict lab explain evidence company takeaway quiz", id="quiz last"),
    ],
)
def test_bad_orders(parts: str) -> None:
    assert not ORDER.fullmatch(parts)


def order_of_parts(lesson: Source) -> str:
    """The parts in order, each run of cells named once, trainer's notes left out."""
    parts = [cell.part or "?" for cell in lesson.cells if cell.part != "trainer"]
    return " ".join(part for part, _ in groupby(parts))


def words(cell: Cell) -> int:
    """How many words a reader reads: marks, tags and link targets are not words."""
    seen = re.sub(r"<[^>]+>|\]\([^)]*\)|\$[^$]*\$", " ", cell.text)
    return len(re.findall(r"[^\W_]+(?:[.,'’][^\W_]+)*", seen))
