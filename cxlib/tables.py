"""The bytes of an office file → the tables inside it, safely and without evaluating anything."""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from typing import Any, Final

from cxlib.text import Problem, Text, number, same

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 100 * 1024 * 1024
MAX_COLUMNS: Final = 200

_DELIMITERS: Final = {
    ";": Text("dấu chấm phẩy", "semicolons"),
    ",": Text("dấu phẩy", "commas"),
    "\t": Text("dấu tab", "tabs"),
    "|": Text("dấu gạch đứng", "vertical bars"),
}
_BYTE_ORDER_MARKS: Final = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MARKUP: Final = re.compile(r"\s*(?:<[!?a-z]|[{\[]\s*[\"{\[\]}])", re.IGNORECASE)
_LOST_LETTER: Final = re.compile(r"(?<![\w/?&=.])[A-Za-z]*+\?++[a-z]++(?!\w*=)")
_UNCOMPUTED: Final = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_DOCUMENT_TYPE: Final = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_ZERO_PADDED: Final = re.compile(r"0{2,}")
_THOUSANDS_CUT: Final = re.compile(r"[0#?],+(?![,0#?])")
_QUOTED_FORMAT: Final = re.compile(r'"[^"]*"|\\.')


_NOT_A_TABLE: Final = Text(
    "Tệp này không phải là bảng. Hãy chọn tệp .xlsx hoặc .csv.",
    "This file is not a table. Choose an .xlsx or .csv file.",
)
LOST_LETTERS: Final = Text(
    "Tệp đã mất dấu tiếng Việt (chữ có dấu thành dấu hỏi, như “?i?m”). "
    "Hãy lưu lại từ Excel thành .xlsx hoặc “CSV UTF-8”.",
    "The file has lost its Vietnamese letters (they became question marks, as in “?i?m”). "
    "Save it again from Excel as .xlsx or “CSV UTF-8”.",
)
_BROKEN_LETTERS: Final = Text(
    "Chữ trong tệp bị hỏng một phần. Hãy lưu lại từ Excel thành .xlsx hoặc “CSV UTF-8”.",
    "Some letters of the file are damaged. Save it again from Excel as .xlsx or “CSV UTF-8”.",
)
_DAMAGED: Final = Text(
    "Không mở được tệp Excel này, có lẽ tệp đã hỏng. Hãy mở bằng Excel, lưu lại rồi chọn lại.",
    "This Excel file cannot be opened; it seems damaged. Open it in Excel, save, and try again.",
)
_BOMB: Final = Text(
    "Tệp này bung ra quá lớn nên không mở. Hãy chép riêng bảng cần dùng sang tệp mới.",
    "This file unpacks to far too much and was not opened. Copy just the table into a new file.",
)
_BINARY_WORKBOOK: Final = Text(
    "Đây là tệp .xlsb. Hãy mở bằng Excel và lưu lại thành .xlsx.",
    "This is an .xlsb file. Open it in Excel and save it as .xlsx.",
)
_UNCOMPUTED_FORMULAS: Final = Text(
    "Tệp có công thức chưa được tính. Hãy mở bằng Excel, lưu lại rồi chọn lại tệp.",
    "The file has formulas without results. Open it in Excel, save, and try again.",
)


class Percent(float):
    """A number that its spreadsheet shows with a percent sign: 0.7 is 70 %."""


class Rescaled(float):
    """A whole amount that its spreadsheet shows in thousands or millions: 12,000,000 as 12."""


Cell = str | float | date | time | timedelta | None
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """One possible table of a file: a sheet, or the text cut at one delimiter.

    ``rows`` starts a fresh pass. ``ragged_commas`` says a decimal comma may have cut a cell in two.
    """

    sheet: str | None
    origin: Text
    rows: Callable[[], Iterator[Row]]
    ragged_commas: bool = False


def open_tables(content: bytes) -> list[Table]:
    """Every table the file may hold.

    Raises:
        Problem: if the file is empty, too large, locked, damaged or not a table.
    """
    if not content.strip():
        raise Problem(
            Text("Tệp trống. Hãy chọn tệp có dữ liệu.", "The file is empty. Choose one with data.")
        )
    if len(content) > MAX_BYTES:
        raise Problem(
            Text(
                "Tệp nặng {size} MB, tối đa là {limit} MB. Hãy bớt cột hoặc chia nhỏ tệp.",
                "The file has {size} MB; the limit is {limit} MB. Remove columns or split it.",
            ).format(size=number(len(content) / 2**20, 1), limit=number(MAX_BYTES / 2**20))
        )
    if content.startswith(b"PK"):
        return _sheets(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Problem(_locked_or_old(content))
    return _delimited(_decode(content))


def _locked_or_old(content: bytes) -> Text:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Text(
            "Tệp Excel này có mật khẩu. Hãy gỡ mật khẩu trong Excel, lưu lại rồi chọn lại tệp.",
            "This Excel file has a password. Remove it in Excel, save, and choose the file again.",
        )
    return Text(
        "Đây là tệp Office đời cũ (.xls). Hãy mở bằng Excel và lưu lại thành .xlsx.",
        "This is an old Office file (.xls). Open it in Excel and save it as .xlsx.",
    )


def _sheets(content: bytes) -> list[Table]:
    # A third faster. What defusedxml guards against needs a document type, refused below.
    os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_package(package)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Problem:
        raise
    except Exception as broken:  # a damaged package raises whatever its broken part provokes
        raise Problem(_DAMAGED) from broken
    return [
        Table(
            sheet.title,
            Text("trang “{name}”", "sheet “{name}”").format(name=same(sheet.title)),
            partial(_sheet_rows, sheet),
        )
        for sheet in book.worksheets
    ]


def _check_package(package: zipfile.ZipFile) -> None:
    """Refuse a bomb before anything is unpacked, then what is no workbook or would mislead."""
    if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED_BYTES:
        raise Problem(_BOMB)
    names = package.namelist()
    if "xl/workbook.bin" in names:
        raise Problem(_BINARY_WORKBOOK)
    if "xl/workbook.xml" not in names:
        raise Problem(_NOT_A_TABLE)
    for name in names:
        part = package.read(name)
        if _DOCUMENT_TYPE.search(part):
            raise Problem(_DAMAGED)
        if name.startswith("xl/worksheets/") and _UNCOMPUTED.search(part):
            raise Problem(_UNCOMPUTED_FORMULAS)


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()
    try:
        for row in sheet.iter_rows():
            yield [_sheet_cell(cell) for cell in row[:MAX_COLUMNS]]
    except Exception as broken:  # as above: damaged parts surface while reading
        raise Problem(_DAMAGED) from broken


def _sheet_cell(cell: Any) -> Cell:
    value: Cell = cell.value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and cell.has_style:
        return _as_displayed(value, cell.number_format)
    return value


def _as_displayed(value: float, number_format: str) -> Cell:
    """Keep what only the display tells: percent signs, an id's leading zeros, a larger unit."""
    if _ZERO_PADDED.fullmatch(number_format) and value == int(value):
        return str(int(value)).zfill(len(number_format))
    bare_format = _QUOTED_FORMAT.sub("", number_format)
    if "%" in bare_format:
        return Percent(value)
    if _THOUSANDS_CUT.search(bare_format):
        return Rescaled(value)
    return value


def _decode(content: bytes) -> str:
    marked = next((e for mark, e in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    try:
        text = content.decode(marked or "utf-8")
        letters_are_safe = marked is not None or not text.isascii()
    except UnicodeDecodeError as broken:
        if marked or _is_mostly_utf8(content):
            raise Problem(_BROKEN_LETTERS) from broken
        text = _decode_windows(content)
        letters_are_safe = False
    if _CONTROL.search(text) or _MARKUP.match(text):
        raise Problem(_NOT_A_TABLE)
    if not letters_are_safe and len(_LOST_LETTER.findall(text)) > 1:
        raise Problem(LOST_LETTERS)
    return unicodedata.normalize("NFC", text)


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether a few damaged bytes spoil a text that is otherwise UTF-8."""
    unreadable = len(content) - len(content.decode("utf-8", "ignore").encode())
    foreign = len(content) - len(content.decode("ascii", "ignore"))
    return unreadable < foreign / 3


def _decode_windows(content: bytes) -> str:
    try:
        return content.decode("cp1258")
    except UnicodeDecodeError as broken:
        raise Problem(_NOT_A_TABLE) from broken


def _delimited(text: str) -> list[Table]:
    return [
        Table(
            None,
            Text("tệp CSV, cột cách nhau bằng {mark}", "CSV file, columns parted by {mark}").format(
                mark=name
            ),
            partial(_delimited_rows, text, delimiter),
            ragged_commas=delimiter == ",",
        )
        for delimiter, name in _DELIMITERS.items()
        if delimiter in text or delimiter == ";"
    ]


def _delimited_rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for cells in reader:
            row += 1
            yield cells
    except csv.Error as broken:
        raise Problem(
            Text(
                "Không đọc được từ dòng {row}: dấu ngoặc kép mở mà không đóng đúng chỗ. "
                "Hãy sửa dòng ấy, hoặc lưu tệp thành .xlsx.",
                "Reading stopped at row {row}: a quotation mark is not closed properly. "
                "Mend that row, or save the file as .xlsx.",
            ).format(row=same(str(row + 1)))
        ) from broken
