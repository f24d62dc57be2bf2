"""Every table a learner may bring: its template, filled in, reads back; faults are named."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from cxlib.own_tables import BENEFITS, COSTS, OWN_TABLES
from cxlib.schemas import Column, Schema
from cxlib.templates import template_csv, template_xlsx
from cxlib.text import LANGS, Lang, number
from cxlib.upload import Upload, read_table

FREE = [schema for schema in OWN_TABLES if schema not in (COSTS, BENEFITS)]
ROWS = 3

each_table = pytest.mark.parametrize("schema", FREE, ids=lambda schema: schema.name)
each_lang = pytest.mark.parametrize("lang", LANGS)


def value(column: Column, row: int) -> Any:
    """A fitting value, another one in each row."""
    if column.kind == "text":
        return f"{column.name} {row + 1}"
    if column.kind == "date":
        return date(2025, 3, 13 + row)
    if column.kind == "category":
        return list(column.categories)[row % len(column.categories)]
    low, high = column.low or 0, column.high if column.high is not None else 900
    step = min(row, high - low)
    return low + step + (0.5 if column.kind == "number" and low + step + 0.5 <= high else 0)


def written(column: Column, row: int, lang: Lang) -> str:
    """The same value as an office in that language writes it."""
    given = value(column, row)
    if isinstance(given, date):
        return given.strftime("%d/%m/%Y")
    if isinstance(given, int | float):
        return number(given, 1 if column.kind == "number" else 0)(lang)
    return str(given)


def assert_read_back(upload: Upload, schema: Schema) -> None:
    assert upload.problems == ()
    for column in schema.columns:
        read = [
            cell.date() if isinstance(cell, datetime) else cell for cell in upload.good[column.name]
        ]
        assert read == [value(column, row) for row in range(ROWS)], column.name


@each_lang
@each_table
def test_filled_workbook_reads_back(schema: Schema, lang: Lang) -> None:
    book = load_workbook(io.BytesIO(template_xlsx(OWN_TABLES, lang)))
    for row in range(ROWS):
        for place, column in enumerate(schema.columns, start=1):
            book[schema.title(lang)].cell(3 + row, place, value(column, row))
    file = io.BytesIO()
    book.save(file)
    assert_read_back(read_table("mẫu.xlsx", file.getvalue(), schema, lang), schema)


@each_lang
@each_table
def test_filled_csv_reads_back(schema: Schema, lang: Lang) -> None:
    delimiter = {"vi": ";", "en": ","}[lang]
    template = template_csv(schema, lang).decode("utf-8-sig")
    headings = next(csv.reader(io.StringIO(template, newline=""), delimiter=delimiter))
    file = io.StringIO()
    filled = [[written(column, row, lang) for column in schema.columns] for row in range(ROWS)]
    csv.writer(file, delimiter=delimiter).writerows([headings, *filled])
    assert_read_back(
        read_table("mẫu.csv", file.getvalue().encode("utf-8-sig"), schema, lang), schema
    )


@each_lang
@each_table
def test_value_out_of_range_is_named_by_row_and_column(schema: Schema, lang: Lang) -> None:
    limited = next(column for column in schema.columns if column.low is not None)
    book = load_workbook(io.BytesIO(template_xlsx(OWN_TABLES, lang)))
    sheet = book[schema.title(lang)]
    for row in range(ROWS):
        for place, column in enumerate(schema.columns, start=1):
            wrong = row == 1 and column is limited
            sheet.cell(3 + row, place, (limited.low or 0) - 1 if wrong else value(column, row))
    file = io.BytesIO()
    book.save(file)
    upload = read_table("mẫu.xlsx", file.getvalue(), schema, lang)
    assert [problem.row for problem in upload.problems] == [4]
    assert len(upload.good) == ROWS - 1


def test_headings_and_titles_differ_between_tables() -> None:
    for lang in LANGS:
        assert len({schema.title(lang) for schema in OWN_TABLES}) == len(OWN_TABLES)
