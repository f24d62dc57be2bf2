"""How fast a learner's file is read and checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import xlsxwriter

from cxlib.own_tables import TRANSACTIONS
from cxlib.upload import read_table
from tests.bench.measures import Measure, milliseconds

ROWS: Final = 100_000
HEADS: Final = [column.header.vi for column in TRANSACTIONS.columns]


def measures() -> Iterator[Measure]:
    """A file as large as a shop chain's month, as CSV and as XLSX."""
    for name, content in (("a.csv", purchases_csv()), ("a.xlsx", purchases_xlsx())):
        taken = milliseconds(lambda n=name, c=content: read_table(n, c, TRANSACTIONS, "vi"), 3)
        yield Measure(f"{ROWS:,} purchases from {name[2:]}", taken / 1000, "s", 2.0)


def purchases() -> Iterator[tuple[str, datetime, int]]:
    """Purchases of 7,000 customers over a year."""
    start = datetime(2025, 1, 1)
    for i in range(ROWS):
        yield f"KH{i % 7_000:05d}", start + timedelta(days=i % 365), 10_000 + 137 * i % 9_000_000


def purchases_csv() -> bytes:
    """The purchases as a Vietnamese Excel saves them to CSV."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADS)
    writer.writerows((who, f"{day:%d/%m/%Y}", amount) for who, day, amount in purchases())
    return text.getvalue().encode("utf-8-sig")


def purchases_xlsx() -> bytes:
    """The purchases as a workbook with real dates."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet, date = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADS)
        for row, (who, day, amount) in enumerate(purchases(), start=1):
            sheet.write_string(row, 0, who)
            sheet.write_datetime(row, 1, day, date)
            sheet.write_number(row, 2, amount)
    return content.getvalue()
