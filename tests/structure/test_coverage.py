"""Every idea of the source articles is taught where the syllabus puts it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from authoring import coverage
from authoring.build import sources
from authoring.coverage import Seed, inventory
from authoring.source import Source

ROOT = Path(__file__).resolve().parents[2]
LESSONS = [s for s in sources(ROOT / "notebooks" / "source") if s.lesson != "00"]
IDEAS_OF_EACH_ARTICLE = {"000": 24, "001": 14, "002": 13, "003": 31, "004": 27}
SYLLABUS = {f"{number:02d}" for number in range(1, 13)}


def test_inventory_is_whole() -> None:
    found = {
        article: sum(name.startswith(article) for name in inventory())
        for article in IDEAS_OF_EACH_ARTICLE
    }
    assert found == IDEAS_OF_EACH_ARTICLE
    assert all(re.fullmatch(r"00[0-4]-[A-Z]?\d{1,2}[a-z]?", name) for name in inventory())


@pytest.mark.parametrize("seed", inventory().values(), ids=lambda seed: seed.name)
def test_idea_belongs_in_a_lesson_and_is_named_by_it(seed: Seed) -> None:
    assert seed.homes, f"{seed.name} belongs nowhere: {seed.idea}"
    assert set(seed.homes) <= SYLLABUS
    assert missing(seed, LESSONS) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_lesson_names_only_ideas_there_are(lesson: Source) -> None:
    assert lesson.seeds, "carries no idea of the source articles"
    assert set(lesson.seeds) - inventory().keys() == set()


def test_an_idea_left_out_is_found() -> None:
    lesson = LESSONS[0]
    seed = Seed(lesson.seeds[0], "an idea", (lesson.lesson,))
    assert missing(seed, [lesson]) == []
    assert missing(seed, [replace(lesson, seeds=lesson.seeds[1:])]) == [lesson.name]


def test_page_is_up_to_date() -> None:
    assert not coverage.is_stale(ROOT), "COVERAGE.md is old; run python3 course.py build"


def missing(seed: Seed, lessons: list[Source]) -> list[str]:
    """The lessons in which the idea belongs and that do not name it."""
    return [s.name for s in lessons if s.lesson in seed.homes and seed.name not in s.seeds]
