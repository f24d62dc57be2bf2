"""The cells of one column → typed values, read in the one style that the whole column proves.

A column of an office file has a style (``1.234,5`` or ``1,234.5``; day first or month first) and
often a unit in its heading. Both are found from all its cells. A cell that stays open between two
readings becomes a fault with a message, never a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import numpy as np
import pandas as pd

from cxlib import parse
from cxlib.parse import NumberKind
from cxlib.schemas import Column, not_a_category
from cxlib.tables import Cell, Percent, Rescaled
from cxlib.text import Lang, Problem, Text, money, same

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")
DateOrder = Literal["day", "month"]

_BRACKETS: Final = re.compile(r"[(\[（]([^)\]）]*)[)\]）]")
_UNIT_LABEL: Final = re.compile(r"(?:dvt|don vi(?: tinh)?|units?) ?: ?([^;,)]+)")
_FOREIGN_MONEY: Final = re.compile(r"[$€¥£]|\b(?:usd|eur|jpy|cny|sgd|gbp|krw)\b")
_DATE: Final = re.compile(
    r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
)
_DEFAULT_FACTORS: Final[dict[NumberKind, Decimal]] = {
    "number": Decimal(1),
    "count": Decimal(1),
    "money": Decimal(1),
    "share": Decimal("0.01"),
    "points": Decimal("0.01"),
}
_ORDERS_IN_HEADING: Final[dict[DateOrder, re.Pattern[str]]] = {
    "day": re.compile(r"\bd{1,2}\W?m|ngay\W?thang|day\W?month"),
    "month": re.compile(r"\bm{1,2}\W?d|thang\W?ngay|month\W?day"),
}
_ORDER_NOTES: Final[dict[DateOrder, Text]] = {
    "day": Text("ngày viết theo thứ tự ngày/tháng/năm", "dates written day/month/year"),
    "month": Text("ngày viết theo thứ tự tháng/ngày/năm", "dates written month/day/year"),
}


@dataclass(slots=True)
class ColumnReading:
    """Typed values of one column, the faults by position, and what was understood."""

    values: pd.Series[Any]
    faults: dict[int, Text] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)


def read_column(
    cells: Sequence[Cell], column: Column, heading: str, stated_unit: str = ""
) -> ColumnReading:
    """Read one column of a file.

    Args:
        cells: the cells under the heading, top to bottom; None and blank text are empty.
        column: what they should be.
        heading: the heading in the file, which may hold the unit in brackets.
        stated_unit: the unit of money stated above the table, if any.

    Raises:
        Problem: if the unit is a currency other than dong.
    """
    if column.kind == "text":
        return _read_text(cells)
    if column.kind == "date":
        return _read_dates(cells, heading)
    if column.kind == "category":
        return _read_categories(cells, column)
    return _read_numbers(cells, column.kind, heading, stated_unit)


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing a reader could see."""
    return cell is None or (isinstance(cell, str) and parse.is_empty(cell))


def find_stated_unit(lines: Iterable[str]) -> str:
    """The unit that the lines above a table state (``ĐVT: triệu đồng``), folded; else empty."""
    found = (_UNIT_LABEL.search(parse.fold(line)) for line in lines)
    return next((match[1] for match in found if match), "")


def _read_text(cells: Sequence[Cell]) -> ColumnReading:
    return ColumnReading(pd.Series([_as_text(cell) for cell in cells], dtype="str"))


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    return str(cell)


def _read_categories(cells: Sequence[Cell], column: Column) -> ColumnReading:
    codes = {
        parse.fold(spelling): code
        for code, label in column.categories.items()
        for spelling in (label.vi, label.en, code)
    }
    texts = [_as_text(cell) for cell in cells]
    code_of = {text: codes.get(parse.fold(text)) for text in set(texts)}
    values = pd.Categorical(
        [code_of[text] for text in texts], categories=list(column.categories), ordered=True
    )
    faults = {
        position: not_a_category(column)
        for position, text in enumerate(texts)
        if code_of[text] is None and not is_blank(text)
    }
    return ColumnReading(pd.Series(values), faults)


def _read_dates(cells: Sequence[Cell], heading: str) -> ColumnReading:
    texts = {cell for cell in cells if isinstance(cell, str) and not is_blank(cell)}
    written = {text: _date_readings(parse.tidied(text)) for text in texts}
    stated = _only(o for o, mark in _ORDERS_IN_HEADING.items() if mark.search(parse.fold(heading)))
    proven = _only(order for found in written.values() if len(found) == 1 for order in found)
    slashed = any(found.get("day") != found.get("month") for found in written.values())

    values: list[datetime | None] = [None] * len(cells)
    faults: dict[int, Text] = {}
    for position, cell in enumerate(cells):
        if isinstance(cell, str) and cell in written:
            values[position] = _settle_date(written[cell], stated, proven)
            if values[position] is None:
                faults[position] = _bad_date(cell, written[cell])
        elif isinstance(cell, datetime) and slashed and cell.day <= 12 and cell.day != cell.month:
            faults[position] = _swapped_date(cell)
        elif isinstance(cell, datetime):
            values[position] = cell
        elif not is_blank(cell):
            faults[position] = _bad_date(_as_text(cell), {})
    order = stated or proven
    notes = [_ORDER_NOTES[order]] if order and slashed else []
    return ColumnReading(pd.Series(values, dtype="datetime64[us]"), faults, notes)


def _date_readings(text: str) -> dict[DateOrder, datetime]:
    """Every order in which the text is a date; year first is the same in both."""
    match = _DATE.fullmatch(text)
    if match is None:
        return {}
    first, _, middle, third, *clock = match.groups()
    hour, minute, seconds = (int(part or 0) for part in clock)
    if len(first) == 4 and len(third) <= 2:
        tries = {"day": (first, middle, third), "month": (first, middle, third)}
    elif len(first) <= 2 and len(third) == 4:
        tries = {"day": (third, middle, first), "month": (third, first, middle)}
    else:
        return {}
    found: dict[DateOrder, datetime] = {}
    for order in _ORDER_NOTES:
        with suppress(ValueError):
            year, month, day = map(int, tries[order])
            found[order] = datetime(year, month, day, hour, minute, seconds)
    return found


def _settle_date(
    found: dict[DateOrder, datetime], stated: DateOrder | None, proven: DateOrder | None
) -> datetime | None:
    if stated:
        return found.get(stated)
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    return found.get(proven) if proven else None


def _bad_date(raw: str, found: dict[DateOrder, datetime]) -> Text:
    if len(found) < 2:
        return Text(
            "Chưa đọc được ngày {raw}. Hãy ghi đủ bốn chữ số của năm, ví dụ 25/03/2025.",
            "The date {raw} could not be read. Write the year in full, for example 2025-03-25.",
        ).format(raw=parse.quoted(raw))
    day, month = found["day"], found["month"]
    return Text(
        f"{{raw}} là ngày {day.day} tháng {day.month} hay ngày {month.day} tháng {month.month}? "
        "Hãy thêm “(ngày/tháng/năm)” vào tiêu đề cột, hoặc ghi năm trước như 2025-03-25.",
        f"Is {{raw}} {day:%d %B} or {month:%d %B}? "
        "Add “(day/month/year)” to the heading, or write the year first, as in 2025-03-25.",
    ).format(raw=parse.quoted(raw))


def _swapped_date(value: datetime) -> Text:
    return Text(
        f"Excel có thể đã đảo ngày và tháng của ô này (đang là ngày {value.day} tháng "
        f"{value.month}), vì cột còn ngày ghi bằng chữ. Hãy ghi năm trước như 2025-03-25.",
        f"Excel may have swapped day and month here (it holds {value:%d %B}), since other dates "
        "in the column are text. Write the year first, as in 2025-03-25.",
    )


def _only(found: Iterable[T]) -> T | None:
    """The single distinct thing found, or None."""
    distinct = set(found)
    return distinct.pop() if len(distinct) == 1 else None


@dataclass(slots=True)
class _Spellings:
    """The distinct number texts of a column: bare ones, ones with their own unit, faults."""

    bare: dict[str, float] = field(default_factory=dict)
    scaled: dict[str, float] = field(default_factory=dict)
    faults: dict[str, Text] = field(default_factory=dict)


def _read_numbers(
    cells: Sequence[Cell], kind: NumberKind, heading: str, stated_unit: str
) -> ColumnReading:
    factor = _heading_factor(kind, heading, stated_unit)
    texts = {cell for cell in cells if isinstance(cell, str)}
    spellings, style = _read_spellings(texts, kind, factor)
    values = np.full(len(cells), np.nan)
    is_bare = np.zeros(len(cells), dtype=bool)
    faults: dict[int, Text] = {}
    for position, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell in spellings.bare:
                values[position] = spellings.bare[cell]
                is_bare[position] = True
            elif cell in spellings.scaled:
                values[position] = spellings.scaled[cell]
            elif cell in spellings.faults:
                faults[position] = spellings.faults[cell]
        elif isinstance(cell, Percent) and (kind == "share" or (kind == "points" and factor)):
            values[position] = cell
        elif isinstance(cell, Percent):
            faults[position] = _percent_fault(cell, kind)
        elif isinstance(cell, Rescaled):
            values[position] = cell
        elif isinstance(cell, int | float):
            values[position] = cell
            is_bare[position] = True
        elif cell is not None:
            faults[position] = parse.not_a_number(str(cell), kind)

    if not _heading_settles(kind, factor, values[is_bare]):
        for position in map(int, np.flatnonzero(is_bare)):
            doubt = parse.bare_doubt(_as_text(cells[position]), kind, values[position])
            if doubt is not None:
                faults[position] = doubt
    values[is_bare] = _times(values[is_bare], factor or _DEFAULT_FACTORS[kind])
    values[list(faults)] = np.nan
    return ColumnReading(pd.Series(values), faults, _number_notes(style, kind, factor))


def _heading_factor(kind: NumberKind, heading: str, stated_unit: str) -> Decimal | None:
    """The factor of the unit in the heading, or for money above the table; None if unstated.

    Raises:
        Problem: if the unit is a currency other than dong.
    """
    units = [_UNIT_LABEL.sub(r"\1", parse.fold(unit)) for unit in _BRACKETS.findall(heading)]
    if kind == "money":
        units.append(stated_unit)
        if _FOREIGN_MONEY.search(parse.fold(heading) + " " + stated_unit):
            raise Problem(_not_dong(heading))
    if kind == "share" and "%" in heading:
        units.append("%")
    keys = (parse.unit_key(unit.partition("/")[0]) for unit in units)
    return next((parse.UNITS[kind][key] for key in keys if key and key in parse.UNITS[kind]), None)


def _heading_settles(kind: NumberKind, factor: Decimal | None, bare: NDArray[np.float64]) -> bool:
    """Whether the heading's unit leaves no doubt about bare numbers.

    Shares need a second witness, a number above 1: ratios often stand under ``(%)`` too.
    """
    if kind == "share":
        return factor is not None and bool(np.any(np.abs(bare) > 1))
    if kind == "money":
        return factor is not None and factor != 1
    return kind != "points" or factor is not None


def _times(values: NDArray[np.float64], factor: Decimal) -> NDArray[np.float64]:
    return values * float(factor) if factor >= 1 else values / float(1 / factor)


def _number_notes(style: Lang | None, kind: NumberKind, factor: Decimal | None) -> list[Text]:
    notes = [_style_note(style)] if style else []
    if kind == "money" and factor is not None and factor != 1:
        notes.append(
            Text("mỗi đơn vị là {unit}", "one unit is {unit}").format(unit=money(float(factor), 0))
        )
    return notes


def _percent_fault(cell: Percent, kind: NumberKind) -> Text:
    shown = f"{cell * 100:.15g} %"
    doubt = parse.bare_doubt(shown, kind, cell * 100) if kind == "points" else None
    return doubt or parse.not_a_number(shown, kind)


def _not_dong(heading: str) -> Text:
    return Text(
        "Cột {heading} không tính bằng đồng. Hãy đổi ra ₫ rồi tải lại.",
        "Column {heading} is not in dong. Convert it to ₫ and upload again.",
    ).format(heading=parse.quoted(heading))


def _read_spellings(
    texts: set[str], kind: NumberKind, factor: Decimal | None
) -> tuple[_Spellings, Lang | None]:
    """Read every distinct text, in the style that those with a single reading prove."""
    seen = _Spellings()
    plain: dict[str, dict[Lang, str]] = {}
    others: dict[str, parse.Written] = {}
    for text in texts:
        found = parse.readings(text) if len(text) <= parse.MAX_LENGTH else {}
        if found:
            plain[text] = found
        elif not is_blank(text):
            try:
                others[text] = parse.take_apart(text, kind)
            except Problem as problem:
                seen.faults[text] = problem.message
    all_found = chain(plain.values(), (written.readings for written in others.values()))
    style = _only(lang for found in all_found if len(found) == 1 for lang in found)

    one = factor or _DEFAULT_FACTORS[kind]
    for text, found in plain.items():
        if len(found) == 1 or found["vi"] == found["en"]:
            seen.bare[text] = float(next(iter(found.values())))
        else:
            _place(parse.Written(text, False, found, ""), seen, kind, style, one)
    for written in others.values():
        _place(written, seen, kind, style, one)
    return seen, style


def _place(
    written: parse.Written, seen: _Spellings, kind: NumberKind, style: Lang | None, factor: Decimal
) -> None:
    """Give one written number its value, if it has just one."""
    if kind == "money" and written.unit in parse.CURRENCIES and factor != 1:
        seen.faults[written.typed] = _clash(written.typed, factor)
        return
    own_factor = parse.UNITS[kind].get(written.unit) if written.unit else None
    whole = kind in ("count", "money") and (own_factor or factor) == 1
    value = parse.settle(written.readings, style, whole)
    if value is None:
        seen.faults[written.typed] = parse.two_numbers(written)
        return
    signed = -value if written.negative else value
    if own_factor is None:
        seen.bare[written.typed] = float(signed)
    else:
        seen.scaled[written.typed] = float(signed * own_factor)


def _clash(raw: str, factor: Decimal) -> Text:
    return Text(
        "{raw} ghi bằng đồng mà tiêu đề cột tính bằng {unit}. Hãy ghi cùng một đơn vị.",
        "{raw} is in dong while the heading says {unit}. Use one unit for both.",
    ).format(raw=parse.quoted(raw), unit=money(float(factor), 0))


def _style_note(style: Lang) -> Text:
    if style == "vi":
        note = Text("số viết kiểu Việt Nam ({sample})", "numbers in Vietnamese style ({sample})")
        return note.format(sample=same("1.234,5"))
    note = Text("số viết kiểu Anh – Mỹ ({sample})", "numbers in English style ({sample})")
    return note.format(sample=same("1,234.5"))
