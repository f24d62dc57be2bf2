"""A lesson as its author writes it: one MyST Markdown file, both languages side by side."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import jupytext
import yaml
from jupytext.myst import MystMetadataParsingError

from cxlib.text import LANGS, Lang, Text

PARTS: Final = (
    "title",
    "setup",
    "predict",
    "lab",
    "explain",
    "evidence",
    "company",
    "quiz",
    "takeaway",
    "exercise",
    "trainer",
)
_CELL_KEYS: Final = {"part", "lang", "checked", "tags"}
_FRONT_MATTER: Final = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)


class SourceError(ValueError):
    """Something the author of a source file can mend; the message names file and cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a source; ``lang`` is None for code that serves both languages."""

    id: str
    name: str
    kind: Literal["prose", "code"]
    text: str
    part: str | None
    lang: Lang | None
    checked: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A whole source file: what its front matter says and its cells in order."""

    path: Path
    lesson: str
    slug: str
    title: Text
    minutes: Mapping[str, int]
    seeds: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """The name that file, notebooks and links share: ``09-invest-and-return``."""
        return f"{self.lesson}-{self.slug}"

    def cells_in(self, lang: Lang) -> tuple[Cell, ...]:
        """The cells a reader of one language gets."""
        return tuple(cell for cell in self.cells if cell.lang in (None, lang))


def read(path: Path) -> Source:
    """Read one source file.

    Raises:
        SourceError: the file does not follow the source format.
    """
    parts = _FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    if parts is None:
        raise SourceError(f"{path.name}: begin the file with front matter between two lines ---")
    front, body = parts.groups()
    source = Source(path=path, cells=_cells(path, body), **_front_matter(path, front))
    if source.name != path.stem:
        raise SourceError(f"{path.name}: lesson and slug ask for the file name {source.name}.md")
    return source


def _front_matter(path: Path, text: str) -> dict[str, Any]:
    try:
        given = yaml.safe_load(text)
        minutes, title = given["minutes"], given["title"]
        fields = {
            "lesson": given["lesson"],
            "slug": given["slug"],
            "title": Text(title["vi"], title["en"]),
            "minutes": {"alone": minutes["alone"], "stage": minutes["stage"]},
            "seeds": tuple(given["seeds"]),
        }
    except yaml.YAMLError as error:
        raise SourceError(f"{path.name}: the front matter is not YAML: {error}") from error
    except (KeyError, TypeError) as error:
        raise SourceError(
            f"{path.name}: the front matter needs lesson, slug, title: {{vi, en}}, "
            f"minutes: {{alone, stage}} and seeds; look at {error}"
        ) from error
    if not re.fullmatch(r"\d\d", str(fields["lesson"])):
        raise SourceError(f'{path.name}: write the lesson as two digits in quotes, like "09"')
    return fields


def _cells(path: Path, body: str) -> tuple[Cell, ...]:
    try:
        notebook = jupytext.reads(body, fmt="md:myst")
    except MystMetadataParsingError as error:
        raise SourceError(f"{path.name}, after the front matter: {error}") from error
    seen: Counter[str] = Counter()
    return tuple(_cell(path, number, raw, seen) for number, raw in enumerate(notebook.cells, 1))


def _cell(path: Path, number: int, raw: Any, seen: Counter[str]) -> Cell:
    text: str = raw.source
    heading = next((line for line in text.splitlines() if line.strip()), "empty")
    name = f"{path.name}, cell {number} ({heading.strip()[:60]})"
    kind: Literal["prose", "code"] = "code" if raw.cell_type == "code" else "prose"
    part, lang = raw.metadata.get("part"), raw.metadata.get("lang")
    if unknown := set(raw.metadata) - _CELL_KEYS:
        raise SourceError(f"{name}: unknown {', '.join(sorted(unknown))} in the cell's header")
    if part is not None and part not in PARTS:
        raise SourceError(f"{name}: part {part!r} is none of {', '.join(PARTS)}")
    if lang not in LANGS and (kind == "prose" or lang is not None):
        raise SourceError(f'{name}: begin it with +++ {{"part": "…", "lang": "vi"}} (or "en")')
    digest = hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()[:12]
    seen[digest] += 1
    return Cell(
        id=digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
        name=name,
        kind=kind,
        text=text,
        part=part,
        lang=lang,
        checked=raw.metadata.get("checked"),
        tags=tuple(raw.metadata.get("tags", ())),
    )
