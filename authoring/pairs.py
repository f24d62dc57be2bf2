"""Twins: every Vietnamese cell with the English one beside it, and the proof somebody compared."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Final, NamedTuple

from authoring.agreement import disagreements
from authoring.source import Cell, Source, SourceError

LOOK: Final = "look at the English, then run python3 course.py build --checked"
_ENGLISH_HEADER: Final = re.compile(r'^\+\+\+[ \t]*(\{.*"lang":\s*"en".*\})[ \t\r]*$', re.MULTILINE)


class Pair(NamedTuple):
    """The same cell in both languages."""

    vi: Cell
    en: Cell


def pairs(source: Source) -> list[Pair]:
    """Every cell that speaks a language, with its twin directly after it.

    Raises:
        SourceError: a cell stands without its twin.
    """
    found: list[Pair] = []
    waiting: Cell | None = None
    for cell in source.cells:
        if waiting is not None:
            if not _are_twins(waiting, cell):
                raise SourceError(f"{waiting.name}: its English twin must come directly after it")
            found.append(Pair(waiting, cell))
            waiting = None
        elif cell.lang == "en":
            raise SourceError(f"{cell.name}: its Vietnamese twin must come directly before it")
        elif cell.lang == "vi":
            waiting = cell
    if waiting is not None:
        raise SourceError(f"{waiting.name}: its English twin is missing")
    return found


def _are_twins(vi: Cell, en: Cell) -> bool:
    return en.lang == "en" and (vi.kind, vi.part, vi.tags) == (en.kind, en.part, en.tags)


def problems(source: Source) -> list[str]:
    """One line for each pair that disagrees or whose English nobody has compared since."""
    prose = [pair for pair in pairs(source) if pair.vi.kind == "prose"]
    differing = [
        f"{pair.vi.name}: {problem}"
        for pair in prose
        for problem in disagreements(pair.vi.text, pair.en.text)
    ]
    unchecked = [
        f"{pair.vi.name}: {LOOK}" for pair in prose if pair.en.checked != text_hash(pair.vi.text)
    ]
    return differing + unchecked


def text_hash(text: str) -> str:
    """Eight hex digits that change when the words change, not when the lines are wrapped anew."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def mark_checked(source: Source) -> list[Pair]:
    """Write into the source that every English cell agrees with the Vietnamese as it is now.

    Only the header lines of English cells whose hash is outdated change.

    Returns:
        The pairs that were marked.
    """
    prose = [pair for pair in pairs(source) if pair.vi.kind == "prose"]
    content = source.path.read_bytes().decode()
    headers = list(_ENGLISH_HEADER.finditer(content))
    if len(headers) != len(prose):
        raise SourceError(f'{source.path.name}: write each header on one line, with "lang": "en"')
    marked = [
        (header, pair)
        for header, pair in zip(headers, prose, strict=True)
        if pair.en.checked != text_hash(pair.vi.text)
    ]
    for header, pair in reversed(marked):
        fields = json.loads(header[1]) | {"checked": text_hash(pair.vi.text)}
        new = json.dumps(fields, ensure_ascii=False)
        content = content[: header.start(1)] + new + content[header.end(1) :]
    source.path.write_bytes(content.encode())
    return [pair for _, pair in marked]
