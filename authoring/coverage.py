"""Where each idea of the source articles is taught, from the lessons' own ``seeds``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from authoring.build import sources
from authoring.source import Source

ARTICLES: Final = {
    "000": "CX or EX?",
    "001": "What is CX?",
    "002": "A definition and six traits",
    "003": "Investing in customer experience",
    "004": "Customer experience and customer expectation",
}
_HEAD: Final = """# Where each idea of the source articles is taught

Made by `python3 course.py build` from `authoring/seeds.csv` and the `seeds` of each lesson.
"""


@dataclass(frozen=True)
class Seed:
    """One idea of a source article and the lessons in which it belongs."""

    name: str
    idea: str
    homes: tuple[str, ...]


def inventory() -> dict[str, Seed]:
    """Every idea of the source articles, by name."""
    with Path(__file__).with_name("seeds.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {r["seed"]: Seed(r["seed"], r["idea"], tuple(r["lessons"].split())) for r in rows}


def path(root: Path) -> Path:
    """Where the page stands."""
    return root / "notebooks" / "COVERAGE.md"


def write(root: Path) -> None:
    """Bring the page up to date."""
    path(root).write_text(_text(root), encoding="utf-8", newline="\n")


def is_stale(root: Path) -> bool:
    """Whether the page differs from what the lessons say."""
    return not path(root).exists() or path(root).read_text("utf-8") != _text(root)


def _text(root: Path) -> str:
    lessons = list(sources(root / "notebooks" / "source"))
    tables = [_table(article, inventory(), lessons) for article in ARTICLES]
    return "\n".join([_HEAD, *tables])


def _table(article: str, seeds: dict[str, Seed], lessons: list[Source]) -> str:
    rows = [
        f"| {seed.name} | {seed.idea} | {_links(seed, lessons)} |"
        for seed in seeds.values()
        if seed.name.startswith(article)
    ]
    heading = [f"## {ARTICLES[article]}", "", "| # | idea | lessons |", "| --- | --- | --- |"]
    return "\n".join([*heading, *rows, ""])


def _links(seed: Seed, lessons: list[Source]) -> str:
    teaching = [source for source in lessons if seed.name in source.seeds]
    return ", ".join(f"[{source.lesson}](source/{source.name}.md)" for source in teaching)
