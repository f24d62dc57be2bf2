"""Data cards: what an author writes about a data set, and what its file says by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd
import yaml

from cxlib.catalogue.terms import MONTH
from cxlib.schemas import Column, Schema
from cxlib.text import Lang, Text, money, needed_decimals, number, percent, same

BEGIN: Final = "<!-- made by: python3 course.py build --data -->"
END: Final = "<!-- end -->"
ORIGINS: Final = {
    "simulated": Text("mô phỏng", "simulated"),
    "real": Text("thật", "real"),
    "fictional": Text("hư cấu", "fictional"),
    "illustrative": Text("minh họa", "illustrative"),
    "published": Text("số liệu công bố", "published figures"),
}
LICENCES: Final = {
    "CC-BY-4.0": same("CC BY 4.0"),
    "MIT": same("MIT"),
    "facts": Text("dữ kiện, xem thẻ", "facts, see card"),
}
SECTIONS: Final = (
    Text("Có gì trong này", "What it holds"),
    Text("Lấy từ đâu", "Where it comes from"),
    Text("Cần biết trước khi dùng", "Know before you use it"),
)

_CARD: Final = re.compile(r"---\n(?P<head>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_MADE: Final = re.compile(rf"(?<={re.escape(BEGIN)}\n).*(?={re.escape(END)})", re.DOTALL)
_SIZE: Final = Text(
    "{rows} dòng × {columns} cột, tệp {file}.", "{rows} rows × {columns} columns, file {file}."
)
_TRUTH: Final = Text(
    "Đáp án, chỉ mở sau khi làm bài: {file}.", "The truth, to open only after the exercise: {file}."
)
_HEADINGS: Final = (
    Text("Cột", "Column"),
    Text("Ý nghĩa", "Meaning"),
    Text("Giá trị trong dữ liệu", "Values in the data"),
    Text("Ô trống", "Empty cells"),
)
_INDEX_HEADINGS: Final = (
    Text("Bộ dữ liệu", "Data set"),
    Text("Loại", "Origin"),
    Text("Dòng × cột", "Rows × columns"),
    Text("Bài", "Lessons"),
    Text("Giấy phép", "Licence"),
)
_RANGE: Final = Text("{low} đến {high}", "{low} to {high}")
_DIFFERENT: Final = Text("{count} giá trị khác nhau", "{count} different values")
_DECIMALS: Final = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One card in one language: the facts at its head and its text."""

    head: Mapping[str, Any]
    body: str

    @property
    def prose(self) -> str:
        """The words of the author, without the part that is made."""
        return _MADE.sub("", self.body)


def card_path(root: Path, name: str, lang: Lang) -> Path:
    """Where the card of a data set lies."""
    return root / "datasets" / "cards" / f"{name}.{lang}.md"


def read_card(path: Path) -> Card:
    """Read a card.

    Raises:
        ValueError: the file does not begin with facts between two lines ``---``.
    """
    found = _CARD.fullmatch(path.read_text("utf-8"))
    if found is None:
        raise ValueError(f"{path.name}: a card begins with facts between two lines '---'")
    return Card(yaml.safe_load(found["head"]), found["body"])


def with_made_part(path: Path, made: str) -> str:
    """Return the text of a file with ``made`` between its markers.

    Raises:
        ValueError: the file has no markers.
    """
    written = path.read_text("utf-8")
    if not _MADE.search(written):
        raise ValueError(f"{path.name}: the lines '{BEGIN}' and '{END}' are missing")
    return _MADE.sub(lambda _: made, written)


def dictionary(frame: pd.DataFrame, schema: Schema, lang: Lang, *, has_truth: bool) -> str:
    """Write the made part of a card: size, what stands in every column, where the truth is kept.

    Args:
        frame: the data set as loaded.
        schema: its schema.
        lang: the language to write in.
        has_truth: whether ``datasets/truth/`` keeps its true parameters.
    """
    size = _SIZE.format(
        rows=number(len(frame)),
        columns=number(len(schema.columns)),
        file=same(f"[`{schema.name}.csv`](../{schema.name}.csv)"),
    )
    truth = _TRUTH.format(file=same(f"[`{schema.name}.json`](../truth/{schema.name}.json)"))
    rows = [[cell(lang) for cell in _describe(frame[c.name], c)] for c in schema.columns]
    parts = [size(lang), _table([cell(lang) for cell in _HEADINGS], rows)]
    return _paragraphs(parts + [truth(lang)] * has_truth)


def index(cards: Mapping[str, tuple[Card, Card]], sizes: Mapping[str, tuple[int, int]]) -> str:
    """Write the table of all data sets, both languages side by side.

    Args:
        cards: the Vietnamese and the English card of every data set.
        sizes: the rows and columns of every data set.
    """
    headings = [_both(cell) for cell in _INDEX_HEADINGS]
    rows = [_entry(name, *cards[name], *sizes[name]) for name in sorted(cards)]
    return _paragraphs([_table(headings, rows)])


def _entry(name: str, vi: Card, en: Card, rows: int, columns: int) -> list[str]:
    titles = f"[{vi.head['title']}](cards/{name}.vi.md) · [{en.head['title']}](cards/{name}.en.md)"
    return [
        f"[`{name}`]({name}.csv)<br>{titles}",
        _both(ORIGINS[vi.head["origin"]]),
        f"{rows} × {columns}",
        ", ".join(vi.head["lessons"]),
        _both(LICENCES[vi.head["licence"]]),
    ]


def _describe(cells: pd.Series, column: Column) -> tuple[Text, ...]:
    blank = (cells == "") if column.kind == "text" else cells.isna()
    gaps = number(int(blank.sum())) if blank.any() else same("")
    return same(f"`{column.name}`"), column.heading, _values(cells[~blank], column), gaps


def _values(cells: pd.Series, column: Column) -> Text:
    if column.kind == "category":
        seen = set(cells)
        return _labels({code: label for code, label in column.categories.items() if code in seen})
    if column.kind == "text":
        return _DIFFERENT.format(count=number(cells.nunique()))
    return _RANGE.format(low=_shown(cells.min(), column), high=_shown(cells.max(), column))


def _labels(categories: Mapping[str, Text]) -> Text:
    return Text(
        "; ".join(f"`{code}` {label.vi}" for code, label in categories.items()),
        "; ".join(f"`{code}` {label.en}" for code, label in categories.items()),
    )


def _shown(value: Any, column: Column) -> Text:
    if column.kind == "date":
        by_month = column.unit == MONTH
        vi, en = ("%m/%Y", "%Y-%m") if by_month else ("%d/%m/%Y", "%Y-%m-%d")
        return Text(value.strftime(vi), value.strftime(en))
    if column.kind == "money":
        return money(value)
    if column.kind in ("share", "points"):
        return percent(value)
    return number(value, needed_decimals(value, _DECIMALS))


def _both(text: Text) -> str:
    return text.vi if text.vi == text.en else f"{text.vi} · {text.en}"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _paragraphs(parts: Sequence[str]) -> str:
    return "".join(f"\n{part}\n" for part in parts) + "\n"
