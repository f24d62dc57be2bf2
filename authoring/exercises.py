"""From a solved exercise to the one a learner gets: the answers become ``...``."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from authoring.source import Cell, SourceError

SOLUTION: Final = "solution"


def for_learner(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Leave out the prose that explains a solution and blank the code that holds it."""
    return tuple(
        replace(cell, text=_blank(cell)) if SOLUTION in cell.tags else cell
        for cell in cells
        if SOLUTION not in cell.tags or cell.kind == "code"
    )


def _blank(cell: Cell) -> str:
    code = cell.text.encode()
    answers = [
        node for node in ast.parse(code).body if isinstance(node, (ast.Assign, ast.AnnAssign))
    ]
    if not answers:
        raise SourceError(f"{cell.name}: a solution cell assigns its answer to a name")
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in reversed(answers):
        before = node.targets[-1] if isinstance(node, ast.Assign) else node.annotation
        equals = code.index(b"=", _end(before, starts))
        code = code[:equals] + b"= ..." + code[_end(node, starts) :]
    return code.decode()


def _end(node: ast.expr | ast.stmt, line_starts: list[int]) -> int:
    if node.end_lineno is None or node.end_col_offset is None:
        raise ValueError("the node was not parsed from text")
    return line_starts[node.end_lineno - 1] + node.end_col_offset
