"""The course's bibliography, read from ``datasets/references.bib``."""

from __future__ import annotations

from functools import cache
from typing import Final

from cxlib.data import DATASETS
from cxlib.prepared import parse_bibtex, parsed

_PLACES: Final = ("journal", "booktitle", "publisher", "howpublished")


@cache
def references() -> dict[str, str]:
    """Return every reference, written out for a reader, by its key."""
    entries = parsed(DATASETS / "references.bib", parse_bibtex)
    return {entry["ID"]: _written(entry) for entry in entries}


def reference(key: str) -> str:
    """Return one reference; an unknown key raises ``KeyError`` naming it."""
    try:
        return references()[key]
    except KeyError:
        raise KeyError(f"no reference '{key}' in datasets/references.bib") from None


def _written(entry: dict[str, str]) -> str:
    authors = entry["author"].replace(" and ", "; ").replace("{", "").replace("}", "")
    place = ", ".join(entry[name] for name in _PLACES if name in entry)
    details = ", ".join(filter(None, (place, entry.get("volume"), entry.get("pages"))))
    title = entry["title"].replace("{", "").replace("}", "")
    return (
        f"{authors} ({entry['year']}). {title}. {details}.".replace("--", "–")
        .replace("..", ".")
        .replace("?.", "?")
    )
