"""A table of the learner's own as lines of text: one line a row, cells apart by semicolons."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cxlib.schemas import Schema
from cxlib.text import Lang, Problem, needed_decimals, number

if TYPE_CHECKING:
    import pandas as pd

_CELL: Final = ";"


def read_lines(lines: str, schema: Schema, lang: Lang) -> pd.DataFrame:
    """Read lines as rows of the table; tabs, as a spreadsheet pastes them, part cells as well.

    Raises:
        Problem: a line cannot be used; the message says which and why.
    """
    from cxlib.upload import read_table

    heads = _CELL.join(column.heading(lang) for column in schema.columns)
    content = f"{heads}\n{lines.replace(chr(9), _CELL)}".encode()
    upload = read_table(schema.title(lang), content, schema, lang)
    if upload.problems:
        first = upload.problems[0]
        raise Problem(replace(first, row=first.row - 1).sentence)
    return upload.good


def write_lines(table: pd.DataFrame, schema: Schema, lang: Lang) -> str:
    """Write the rows of a table as lines that :func:`read_lines` reads back."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=_CELL, lineterminator="\n")
    for row in table[[column.name for column in schema.columns]].to_numpy(dtype=object).tolist():
        writer.writerow([_written(cell, lang) for cell in row])
    return "\n".join(line.rstrip(_CELL) for line in file.getvalue().splitlines())


def _written(cell: Any, lang: Lang) -> str:
    import pandas as pd

    if isinstance(cell, str):
        return " ".join(cell.split())
    return "" if pd.isna(cell) else number(cell, needed_decimals(cell, 2))(lang)
