"""A table typed or pasted as lines is read like a file, and what a file held can be edited."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from cxlib.learning.fields import Entries, Lines
from cxlib.learning.lines import read_lines, write_lines
from cxlib.schemas import Column, Schema
from cxlib.text import LANGS, Lang, Problem, Text, same

TABLE = Schema(
    "waits",
    Text("Chờ", "Waits"),
    (
        Column("place", Text("Nơi chờ", "Place"), "text"),
        Column("minutes", Text("Số phút", "Minutes"), "number", low=0, required=False),
        Column("note", Text("Ghi chú", "Note"), "text", required=False),
    ),
)
EXAMPLE = {"vi": "Quầy; 4,5", "en": "Counter; 4.5"}
FIELD = Lines(
    label=same("?"),
    hint=same("!"),
    example=lambda lang: EXAMPLE[lang],
    check=lambda lines, lang: read_lines(lines, TABLE, lang),
)


def rows(lines: str, lang: Lang = "vi") -> list[list[Any]]:
    return read_lines(lines, TABLE, lang).astype(object).values.tolist()


@pytest.mark.parametrize("lines", ["Quầy; 4,5; đông\nKho;2", "Quầy\t4.5\tđông\n\nKho\t2\t"])
def test_semicolons_and_pasted_tabs_part_cells(lines: str) -> None:
    assert rows(lines) == [["Quầy", 4.5, "đông"], ["Kho", 2.0, ""]]


def test_cell_left_out_is_empty() -> None:
    assert pd.isna(rows("Quầy")[0][1])


def test_problem_names_the_line_as_the_learner_sees_it() -> None:
    with pytest.raises(Problem, match=r"^Row 2, column .*Số phút") as caught:
        rows("Quầy; 4\nKho; nhiều")
    assert caught.value.message.vi.startswith("Dòng 2, cột “Số phút”")


@pytest.mark.parametrize("lang", LANGS)
def test_table_written_as_lines_is_read_back(lang: Lang) -> None:
    table = pd.DataFrame(
        {
            "place": ["Quầy; tầng 1", "Kho\nhàng"],
            "minutes": [4.25, float("nan")],
            "note": ["", "“xa”"],
        }
    )
    lines = write_lines(table, TABLE, lang)
    assert len(lines.splitlines()) == 2
    back = read_lines(lines, TABLE, lang)
    assert back["place"].tolist() == ["Quầy; tầng 1", "Kho hàng"]
    assert back["minutes"].tolist() == [4.25, pytest.approx(float("nan"), nan_ok=True)]
    assert back["note"].tolist() == ["", "“xa”"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("emptied", [True, False], ids=["emptied", "shown"])
def test_example_stands_while_nothing_is_typed(lang: Lang, emptied: bool) -> None:
    shown = Entries.start({"table": FIELD}, lang).wire()["table"]["text"]
    assert shown == EXAMPLE[lang]
    after = Entries.start({"table": FIELD}, lang).enter("table", "" if emptied else shown)
    assert after.values["table"] == ""


def test_lines_that_cannot_be_used_leave_the_table_as_it_was() -> None:
    entries = Entries.start({"table": FIELD}, "vi").enter("table", " Kho; 2 \n\n")
    assert entries.values["table"] == "Kho; 2"
    after = entries.enter("table", "Kho; -2")
    assert after.values["table"] == "Kho; 2"
    assert after.wire()["table"]["text"] == "Kho; -2"
    assert "0" in after.wire()["table"]["problem"]
