"""The learner's own file → good rows, problems by row and column, and what was understood.

Nothing touches the disk, nothing is evaluated, and cells come back as they were written: whoever
shows them escapes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Any, Final

import pandas as pd

from cxlib import parse
from cxlib.columns import ColumnReading, find_stated_unit, is_blank, read_column
from cxlib.garbage import held_back
from cxlib.schemas import Column, RowProblem, Schema, check
from cxlib.tables import LOST_LETTERS, MAX_COLUMNS, Cell, Row, Table, open_tables
from cxlib.text import LANGS, Lang, Problem, Text, number, same

MAX_ROWS: Final = 200_000
HEADER_ROWS: Final = 30

_BRACKETS: Final = re.compile(r"[(\[（].*?[)\]）]")
_TOTAL: Final = re.compile(
    r"\s*(?:(?:tổng|tong)(?: (?:cộng|cong|số|so|tiền|tien|chi phí|lợi ích))?|cộng"
    r"|(?:grand |sub)?total|sum)\s*:?\s*",
    re.IGNORECASE,
)
_LISTED: Final = 10
_LABEL_LENGTH: Final = 200
_SPLIT_DECIMAL: Final = re.compile(r"(?:^|,)\s*-?[0-9.]+,[0-9]+\s*(?:,|$)")


@dataclass(frozen=True, slots=True)
class Upload:
    """What a file gave.

    Args:
        good: the rows without a problem, typed, with the schema's column names.
        problems: what to mend, by row of the file and heading.
        understood: how the file was read, sentence by sentence.
    """

    good: pd.DataFrame
    problems: tuple[RowProblem, ...]
    understood: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the headings of a table stand, and which column of the file holds which of ours."""

    table: Table
    lines_above: tuple[str, ...]
    last_row: int
    headings: tuple[str, ...]
    places: dict[str, int]
    twins: tuple[str, ...] = ()

    def missing(self, schema: Schema) -> list[Column]:
        return [c for c in schema.columns if c.required and c.name not in self.places]

    def heading(self, column: Column, lang: Lang) -> str:
        """The heading as the file writes it, or as we do if it is not there."""
        place = self.places.get(column.name)
        return column.header(lang) if place is None else " ".join(self.headings[place].split())


@dataclass(slots=True)
class _Body:
    """The data rows of a table with their numbers in the file, and what was left out."""

    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    blanks: int = 0
    totals: int = 0


def read_table(name: str, content: bytes, schema: Schema, lang: Lang) -> Upload:
    """Read a CSV or XLSX file as an office sends it.

    The column decides between ``1.234,5`` and ``1,234.5`` or between day and month first; the
    language of the page never does, for a file may come from anywhere.

    Args:
        name: the file's name, only for what is shown.
        content: its bytes, at most :data:`cxlib.tables.MAX_BYTES`.
        schema: what we look for in it.
        lang: the language in which to name a column that the file lacks.

    Raises:
        Problem: if the file as a whole cannot be used; the message says what to do.
    """
    header = _choose_table(open_tables(content), schema)
    with held_back():
        body = _read_body(header)
    unit = find_stated_unit(header.lines_above)
    understood = [_what_was_read(name, header, body)]
    problems = body.problems
    values: dict[str, pd.Series[Any]] = {}
    mended: set[tuple[int, str]] = set()
    for column in schema.columns:
        heading = header.heading(column, lang)
        reading = read_column(
            _cells(body.rows, header.places.get(column.name)), column, heading, unit
        )
        for position, message in reading.faults.items():
            mended.add((body.numbers[position], column.name))
            problems.append(RowProblem(body.numbers[position], heading, message))
        values[column.name] = reading.values
        notes = reading.notes + _fill_blanks(reading, column)
        understood += [_about_column(heading, note) for note in notes]

    frame = pd.DataFrame(values).set_axis(body.numbers)
    headings = {column.name: header.heading(column, lang) for column in schema.columns}
    problems += [
        RowProblem(found.row, headings[found.column], found.message)
        for found in check(frame, schema)
        if (found.row, found.column) not in mended
    ]
    good = frame[~frame.index.isin({problem.row for problem in problems})]
    return Upload(
        _whole_counts(good, schema).reset_index(drop=True),
        tuple(sorted(problems, key=lambda problem: problem.row)),
        (*understood, *_what_was_left_out(header, body)),
    )


def _choose_table(tables: Sequence[Table], schema: Schema) -> _Header:
    titles = {parse.fold(schema.title.vi), parse.fold(schema.title.en)}
    named = [table for table in tables if table.sheet and parse.fold(table.sheet) in titles]
    headers = _find_headers(named or tables, schema)
    complete = [header for header in headers if not header.missing(schema)]
    if complete and (complete[0].table.sheet is None or len(complete) == 1):
        best = max(complete, key=lambda header: len(header.places))
        _refuse_twins(best, schema)
        return best
    best = max(headers, key=lambda header: len(header.places))
    if best.table.sheet is None and _lost_letters(best, schema):
        raise Problem(LOST_LETTERS)
    few = len(best.missing(schema)) * 2 > sum(column.required for column in schema.columns)
    if best.table.sheet is not None and not named and (len(tables) > 1 or few):
        raise Problem(_wrong_sheet(tables, schema))
    raise Problem(_missing_columns(best, schema))


def _find_headers(tables: Sequence[Table], schema: Schema) -> list[_Header]:
    """The best header of each table; a text cut at the wrong delimiter may not be readable."""
    headers, problems = [], []
    for table in tables:
        try:
            headers.append(_find_header(table, schema))
        except Problem as problem:
            problems.append(problem)
    if not headers:
        raise problems[0]
    return headers


def _find_header(table: Table, schema: Schema) -> _Header:
    """The row, or two rows under merged cells, where most of our headings stand."""
    names = {key: c.name for c in schema.columns for word in _spellings(c) for key in _keys(word)}
    top = [
        [_label(cell) for cell in row[:MAX_COLUMNS]]
        for row in islice(table.rows(), HEADER_ROWS + 1)
    ]
    best = _Header(table, (), 0, tuple(next(filter(any, top), ())), {})
    for last, labels in enumerate(top):
        single = [(label,) for label in labels]
        for headings in (single, _merged(top[last - 1], labels) if last else []):
            found = [_name_of(spellings, names) for spellings in headings]
            places = {name: found.index(name) for name in found if name}
            if len(places) > len(best.places):
                above = tuple(" ".join(line) for line in top[:last])
                shown = tuple(spellings[0] for spellings in headings)
                best = _Header(table, above, last + 1, shown, places, _twins(found))
    return best


def _merged(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """Headings over two rows: a merged cell keeps its text in its first cell only."""
    group = ""
    headings: list[tuple[str, ...]] = []
    for over, under in zip_longest(upper, lower, fillvalue=""):
        group = over or (group if under else "")
        headings.append((f"{group} {under}".strip(), under))
    return headings


def _name_of(spellings: Sequence[str], names: Mapping[str, str]) -> str | None:
    return next((names[key] for word in spellings for key in _keys(word) if key in names), None)


def _twins(found: Sequence[str | None]) -> tuple[str, ...]:
    return tuple({name for name in found if name and found.count(name) > 1})


def _spellings(column: Column) -> tuple[str, ...]:
    return (column.name, column.header.vi, column.header.en, *column.also)


def _keys(heading: str) -> tuple[str, str]:
    """The heading as we compare it, whole and without its unit in brackets."""
    return parse.fold(heading), parse.fold(_BRACKETS.sub(" ", heading)).strip(" *:.")


def _label(cell: Cell) -> str:
    return "" if is_blank(cell) else str(cell).strip()[:_LABEL_LENGTH]


def _lost_letters(header: _Header, schema: Schema) -> bool:
    """Whether a heading is one of ours with question marks for letters."""
    first = islice(header.table.rows(), HEADER_ROWS)
    labels = {_label(cell).casefold() for row in first for cell in row[:MAX_COLUMNS]}
    ours = [word.casefold() for column in schema.columns for word in _spellings(column)]
    return any(
        re.fullmatch(re.escape(label).replace(r"\?", "."), word)
        for label in labels
        if "?" in label and label.strip("?")
        for word in ours
    )


def _read_body(header: _Header) -> _Body:
    body = _Body()
    waiting = 0
    rows = enumerate(header.table.rows(), start=1)
    for number_in_file, row in islice(rows, header.last_row, None):
        first = next((cell for cell in row if not is_blank(cell)), None)
        if first is None:
            waiting += 1
            continue
        body.blanks, waiting = body.blanks + waiting, 0
        if isinstance(first, str) and _TOTAL.fullmatch(first):
            body.totals += 1
        elif _is_misshapen(row, header):
            body.problems.append(RowProblem(number_in_file, "", _MISSHAPEN))
        else:
            body.rows.append(row)
            body.numbers.append(number_in_file)
        if len(body.rows) > MAX_ROWS:
            raise Problem(_TOO_MANY_ROWS)
    if not body.rows and not body.problems:
        raise Problem(_NO_ROWS)
    return body


def _is_misshapen(row: Row, header: _Header) -> bool:
    """Whether a text row does not fit its header, as when a decimal comma cuts a cell in two."""
    width = len(header.headings)
    if header.table.sheet is not None or len(row) == width:
        return False
    if header.table.ragged_commas:
        return len(row) > width or bool(_SPLIT_DECIMAL.search(",".join(map(str, row))))
    return not all(is_blank(cell) for cell in row[width:])


def _cells(rows: Iterable[Row], place: int | None) -> list[Cell]:
    return [row[place] if place is not None and place < len(row) else None for row in rows]


def _fill_blanks(reading: ColumnReading, column: Column) -> list[Text]:
    """Give empty cells the value they stand for, and say how many there were."""
    if column.blank is None:
        return []
    empty = reading.values.isna()
    empty.iloc[list(reading.faults)] = False
    reading.values[empty] = column.blank
    if not empty.any():
        return []
    return [
        Text(
            "số ô trống tính là {value}: {count}", "empty cells counted as {value}: {count}"
        ).format(count=number(int(empty.sum())), value=number(column.blank))
    ]


def _whole_counts(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    return frame.astype(
        {
            column.name: "Int64" if frame[column.name].isna().any() else "int64"
            for column in schema.columns
            if column.kind == "count"
        }
    )


def _what_was_read(name: str, header: _Header, body: _Body) -> Text:
    return Text(
        "Đọc {count} dòng của {file} ({origin}), tiêu đề ở dòng {row}.",
        "Read {count} rows of {file} ({origin}), headings in row {row}.",
    ).format(
        count=number(len(body.rows) + len(body.problems)),
        file=parse.quoted(name),
        origin=header.table.origin,
        row=same(str(header.last_row)),
    )


def _about_column(heading: str, note: Text) -> Text:
    return (
        Text("Cột {heading}: ", "Column {heading}: ").format(heading=parse.quoted(heading))
        + note
        + same(".")
    )


def _what_was_left_out(header: _Header, body: _Body) -> Iterator[Text]:
    used = set(header.places.values())
    others = [text for place, text in enumerate(header.headings) if text and place not in used]
    if others:
        yield Text("Không dùng các cột: {names}.", "Columns not used: {names}.").format(
            names=_listed(others)
        )
    if body.blanks:
        yield Text("Số dòng trống bỏ qua: {count}.", "Blank rows skipped: {count}.").format(
            count=number(body.blanks)
        )
    if body.totals:
        yield Text("Số dòng tổng cộng bỏ qua: {count}.", "Total rows skipped: {count}.").format(
            count=number(body.totals)
        )


def _listed(names: Iterable[str]) -> Text:
    """Some names in quotation marks, at most ten."""
    first = [parse.quoted(name) for name in islice(names, _LISTED + 1)]
    shown = same(", ".join(name.vi for name in first[:_LISTED]))
    return shown + same(", …") if len(first) > _LISTED else shown


def _wrong_sheet(tables: Sequence[Table], schema: Schema) -> Text:
    return Text(
        "Tệp có các trang {found}, ở đây cần trang “{wanted}”. "
        "Hãy chọn đúng tệp hoặc đổi tên trang.",
        "The file has the sheets {found}; the sheet “{wanted}” is needed. "
        "Choose the right file or rename the sheet.",
    ).format(found=_listed(table.sheet or "" for table in tables), wanted=schema.title)


def _missing_columns(best: _Header, schema: Schema) -> Text:
    found = [heading for heading in best.headings if heading]
    return Text(
        "Thiếu cột {missing}; tệp có: {found}. Hãy thêm cột hoặc sửa tiêu đề như trong tệp mẫu.",
        "Missing {missing}; the file has: {found}. Add it or name it as in the template.",
    ).format(
        missing=Text(
            *(
                ", ".join(f"“{column.header(lang)}”" for column in best.missing(schema))
                for lang in LANGS
            )
        ),
        found=_listed(found),
    )


def _refuse_twins(header: _Header, schema: Schema) -> None:
    for column in schema.columns:
        if column.name in header.twins:
            raise Problem(
                Text(
                    "Có nhiều cột cùng nghĩa với “{name}”. Hãy giữ lại một cột.",
                    "Several columns mean “{name}”. Keep just one of them.",
                ).format(name=column.header)
            )


_MISSHAPEN: Final = Text(
    "Số ô không khớp với tiêu đề. Nếu số lẻ dùng dấu phẩy, hãy lưu tệp với dấu chấm phẩy "
    "giữa các cột, hoặc lưu thành .xlsx.",
    "The cells do not fit the headings. If decimals use a comma, save the file with semicolons "
    "between columns, or as .xlsx.",
)
_TOO_MANY_ROWS: Final = Text(
    "Tệp có hơn {limit} dòng. Hãy chia nhỏ tệp.", "The file has over {limit} rows. Split it."
).format(limit=number(MAX_ROWS))
_NO_ROWS: Final = Text(
    "Dưới tiêu đề chưa có dòng dữ liệu nào. Hãy điền dữ liệu rồi tải lại.",
    "There are no rows below the headings. Fill some in and upload again.",
)
