"""Empty tables to fill in: the same schema that later reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cxlib.schemas import Kind, Schema
from cxlib.text import Lang, Text

_DELIMITERS: Final[dict[Lang, str]] = {"vi": ";", "en": ","}
_CREATED: Final = datetime(2025, 1, 1)
_NUMBER_FORMATS: Final[dict[Kind, str]] = {
    "text": "@",
    "category": "@",
    "date": "dd/mm/yyyy",
    "count": "#,##0",
    "money": "#,##0",
    "share": "0.0%",
}
_NOTE: Final = Text(
    "Điền vào bảng dưới đây, giữ nguyên dòng tiêu đề. Đơn vị ghi trong ngoặc ở tiêu đề.",
    "Fill in the table below and keep the row of headings. Units are in brackets there.",
)
_WIDTH: Final = {"text": 44, "category": 10}
_DEFAULT_WIDTH: Final = 22


def template_xlsx(schemas: Sequence[Schema], lang: Lang) -> bytes:
    """A workbook with one sheet to fill in per schema; the same input gives the same bytes."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {
            kind: book.add_format({"num_format": shown}) for kind, shown in _NUMBER_FORMATS.items()
        }
        for schema in schemas:
            sheet = book.add_worksheet(schema.title(lang))
            sheet.write_string(0, 0, _NOTE(lang))
            for place, column in enumerate(schema.columns):
                width = _WIDTH.get(column.kind, _DEFAULT_WIDTH)
                sheet.set_column(place, place, width, formats.get(column.kind))
                sheet.write_string(1, place, column.heading(lang), bold)
            for row, cells in enumerate(_rows(schema, lang), start=2):
                for place, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(row, place, cell)
            sheet.freeze_panes(2, 0)
    return file.getvalue()


def template_csv(schema: Schema, lang: Lang) -> bytes:
    """A CSV file to fill in, with the delimiter that Excel expects in that language."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=_DELIMITERS[lang])
    writer.writerow([column.heading(lang) for column in schema.columns])
    writer.writerows(_rows(schema, lang))
    return file.getvalue().encode("utf-8-sig")


def _rows(schema: Schema, lang: Lang) -> list[list[str]]:
    return [
        [row[column.name](lang) if column.name in row else "" for column in schema.columns]
        for row in schema.rows
    ]
