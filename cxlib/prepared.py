"""Files that are slow to parse: the copy of the course for the browser carries them as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def parsed(path: Path, parse: Callable[[str], Any]) -> Any:
    """Return what ``parse`` makes of the file, from the JSON beside it where that was packed."""
    packed = path.with_suffix(".json")
    if packed.is_file():
        return json.loads(packed.read_text("utf-8"))
    return parse(path.read_text("utf-8"))


def parse_yaml(text: str) -> Any:
    """Parse a YAML file of ours."""
    import yaml

    return yaml.safe_load(text)


def parse_bibtex(text: str) -> list[dict[str, str]]:
    """Return the entries of a bibliography."""
    import bibtexparser

    return list(bibtexparser.loads(text).entries)
