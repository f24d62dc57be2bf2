from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook
from survey import SURVEY

from cxlib.schemas import BENEFITS, COSTS, Schema
from cxlib.templates import template_csv, template_xlsx
from cxlib.text import LANGS, Lang, number
from cxlib.upload import read_table

AMOUNTS = [(row + 1) * 1_234_567.0 * 10**place for place in range(3) for row in range(10)]


def money_names(schema: Schema) -> list[str]:
    return [column.name for column in schema.columns if column.kind == "money"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("schema", [COSTS, BENEFITS], ids=lambda schema: schema.name)
def test_a_filled_workbook_reads_back_exactly(schema: Schema, lang: Lang) -> None:
    book = load_workbook(io.BytesIO(template_xlsx([COSTS, BENEFITS], lang)))
    sheet = book[schema.title(lang)]
    amounts = iter(AMOUNTS)
    wanted: dict[str, list[float]] = {name: [] for name in money_names(schema)}
    for place, column in enumerate(schema.columns, start=1):
        for row in range(3, 3 + len(schema.rows)) if column.name in wanted else ():
            wanted[column.name].append(next(amounts))
            sheet.cell(row, place, wanted[column.name][-1])
    file = io.BytesIO()
    book.save(file)
    upload = read_table("mẫu.xlsx", file.getvalue(), schema, "vi")
    assert upload.problems == ()
    assert {name: list(upload.good[name]) for name in wanted} == wanted
    assert list(upload.good["code"]) == [row["code"](lang) for row in schema.rows]
    assert list(upload.good["item"]) == [row["item"](lang) for row in schema.rows]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("schema", [COSTS, BENEFITS], ids=lambda schema: schema.name)
def test_a_filled_csv_reads_back_exactly(schema: Schema, lang: Lang) -> None:
    delimiter = {"vi": ";", "en": ","}[lang]
    text = template_csv(schema, lang).decode("utf-8-sig")
    headings, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    places = [i for i, column in enumerate(schema.columns) if column.kind == "money"]
    for row, amount in zip(rows, AMOUNTS, strict=False):
        for place in places:
            row[place] = number(amount * (place + 1))(lang)
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([headings, *rows])
    upload = read_table("mẫu.csv", file.getvalue().encode("utf-8-sig"), schema, "vi")
    assert upload.problems == ()
    for place in places:
        wanted = [amount * (place + 1) for amount in AMOUNTS[: len(rows)]]
        assert list(upload.good[schema.columns[place].name]) == wanted


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_input_gives_the_same_bytes(lang: Lang) -> None:
    assert template_xlsx([COSTS, BENEFITS], lang) == template_xlsx([COSTS, BENEFITS], lang)


@pytest.mark.parametrize("lang", LANGS)
def test_units_stand_in_the_headings(lang: Lang) -> None:
    book = load_workbook(io.BytesIO(template_xlsx([SURVEY], lang)))
    headings = [cell.value for cell in book[SURVEY.title(lang)][2]]
    assert headings == [column.heading(lang) for column in SURVEY.columns]
    assert headings[3].endswith("(₫)")
    assert headings[4].endswith("(%)")


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_template_is_all_zero_and_says_so(lang: Lang) -> None:
    upload = read_table("mẫu.xlsx", template_xlsx([COSTS], lang), COSTS, "vi")
    assert upload.good[["one_off", "yearly"]].to_numpy().sum() == 0
    assert any("số ô trống tính là 0: 8" in note.vi for note in upload.understood)


def test_a_percent_cell_of_a_filled_template_is_read_as_excel_shows_it() -> None:
    book = load_workbook(io.BytesIO(template_xlsx([SURVEY], "vi")))
    sheet = book["Khảo sát"]
    assert sheet.column_dimensions["E"].width > 0
    row = ["001", "2025-03-25", 8.5, 1e6, 0.7, 1.5, 3, "HN", ""]
    for place, value in enumerate(row, start=1):
        sheet.cell(3, place, value)
    sheet.cell(3, 5).number_format = "0.0%"
    file = io.BytesIO()
    book.save(file)
    upload = read_table("mẫu.xlsx", file.getvalue(), SURVEY, "vi")
    assert upload.problems == ()
    assert upload.good.loc[0, ["id", "stays", "change"]].tolist() == ["001", 0.7, 0.015]
