"""The words in code: every ``Text("…", "…")`` written out in a Python file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Literal:
    """One ``Text`` written out in code, and the line it stands on."""

    line: int
    vi: str
    en: str


def text_literals(path: Path) -> Iterator[Literal]:
    """Find each call of ``Text`` whose two arguments are plain strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) == "Text":
            given = dict(zip(("vi", "en"), node.args, strict=False))
            given |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            words = {lang: _words(value) for lang, value in given.items()}
            vi, en = words.get("vi"), words.get("en")
            if vi is not None and en is not None:
                yield Literal(node.lineno, vi, en)


def _name(function: ast.expr) -> str | None:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None


def _words(value: ast.expr) -> str | None:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    return None
