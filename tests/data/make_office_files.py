"""Make the office files in ``office/``: the same four rows in many dialects, and broken ones.

Run ``python tests/data/make_office_files.py`` after a change here.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from survey import SURVEY, TRUTH

FOLDER = Path(__file__).with_name("office")
Rows = list[list[Any]]

VI = [column.header.vi for column in SURVEY.columns]
EN = [column.header.en for column in SURVEY.columns]
PLAIN = [
    "Ma khach",
    "NGAY",
    "diem",
    " Chi  tieu ",
    "Ty le o lai",
    "Thay doi",
    "so luot",
    "THANH PHO",
    "Y kien",
]
CITY_VI = {"HN": "Hà Nội", "HCM": "TP. Hồ Chí Minh"}


def vi(value: float) -> str:
    """``1234.5`` → ``1.234,5``."""
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))


def en(value: float) -> str:
    """``1234.5`` → ``1,234.5``."""
    return f"{value:,.10g}"


def plain_vi(value: float) -> str:
    """``1234.5`` → ``1234,5``."""
    return f"{value:.15g}".replace(".", ",")


def plain_en(value: float) -> str:
    """``1234.5`` as it is."""
    return f"{value:.15g}"


def rows(
    write: Callable[[float], str] = vi,
    day: str = "%d/%m/%Y",
    spend: Callable[[float], str] | None = None,
    stays: str = "{} %",
    change: str = "{} điểm",
    city: dict[str, str] = CITY_VI,
) -> Rows:
    """The four rows as text in one dialect."""
    spend = spend or (lambda dong: f"{write(dong)} ₫")
    return [
        [
            code,
            date.strftime(day),
            write(score),
            spend(dong),
            stays.format(write(round(share * 100, 6))),
            change.format(write(round(points * 100, 6))),
            write(visits),
            city[place],
            note,
        ]
        for code, date, score, dong, share, points, visits, place, note in TRUTH
    ]


def short_money(dong: float) -> str:
    """Money as people say it."""
    for scale, word in ((1e9, "tỷ"), (1e6, "triệu"), (1e3, "nghìn")):
        if dong >= scale:
            return f"{vi(dong / scale)} {word}"
    return vi(dong)


def table(lines: Sequence[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """Lines as a delimited file."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(lines)
    return file.getvalue().encode(encoding)


def windows_1258(lines: Rows) -> bytes:
    """Lines in the Vietnamese Windows code page, which keeps tone marks apart from letters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"

    def spell(letter: str) -> str:
        try:
            letter.encode("cp1258")
            return letter
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(mark for mark in parts if mark in tones)
            base = "".join(mark for mark in parts if mark not in tones)
            return unicodedata.normalize("NFC", base) + tone

    text = table(lines).decode().replace("₫", "đ")
    return "".join(map(spell, unicodedata.normalize("NFC", text))).encode("cp1258")


def workbook(
    sheets: dict[str, Sequence[Sequence[Any]]],
    formats: dict[int, str] | None = None,
    merges: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Sheets of cells as a workbook; ``formats`` gives number formats by column."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2025, 1, 1)})
        styles = {place: book.add_format({"num_format": f}) for place, f in (formats or {}).items()}
        date_style = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, lines in sheets.items():
            sheet = book.add_worksheet(title)
            for area, text in merges:
                sheet.merge_range(area, text)
            for row, line in enumerate(lines):
                for place, cell in enumerate(line):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(row, place, cell, date_style)
                    elif isinstance(cell, str) and cell:
                        sheet.write_string(row, place, cell)
                    elif cell is not None and cell != "":
                        sheet.write(row, place, cell, styles.get(place))
    return file.getvalue()


def typed() -> Rows:
    """The four rows as true spreadsheet values; changes as text, which need their unit."""
    return [
        [code, day, score, dong, share, f"{vi(round(points * 100, 6))} điểm", visits, city, note]
        for code, day, score, dong, share, points, visits, city, note in TRUTH
    ]


def package(parts: dict[str, bytes]) -> bytes:
    """A zip file with a fixed date."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return file.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return package({**parts, name: change(parts[name])})


def changed(lines: Rows, row: int, place: int, cell: Any) -> Rows:
    """Lines with one other cell."""
    return [
        [cell if (i, j) == (row, place) else old for j, old in enumerate(line)]
        for i, line in enumerate(lines)
    ]


ENGLISH = rows(
    en, "%Y-%m-%d", lambda dong: f"₫{en(dong)}", "{}%", "{} pp", {"HN": "Hanoi", "HCM": "Saigon"}
)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        f'<!ENTITY {n} "{f"&{m};" * 10}">'.encode()
        for m, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + b"]><sst>&i;</sst>"
)


def readable() -> dict[str, bytes]:
    """Files that hold the four rows, all good."""
    percent = {4: "0.0%"}
    return {
        "semicolon-utf8.csv": table([VI, *rows()]),
        "semicolon-utf8-bom.csv": table([VI, *rows()], encoding="utf-8-sig"),
        "comma-english.csv": table([EN, *ENGLISH], ","),
        "comma-quoted-vietnamese.csv": table([VI, *rows()], ","),
        "tab-utf16-excel-unicode.txt": table([VI, *rows()], "\t", "utf-16"),
        "tab-utf8.tsv": table([VI, *rows()], "\t"),
        "bars.txt": table([VI, *rows()], "|"),
        "windows-1258.csv": windows_1258([VI, *rows()]),
        "old-mac-lines.csv": table([VI, *rows()]).replace(b"\r\n", b"\r"),
        "sep-line-of-excel.csv": b"sep=;\r\n" + table([VI, *rows()]),
        "decomposed-letters.csv": unicodedata.normalize(
            "NFD", table([VI, *rows()]).decode()
        ).encode(),
        "headings-without-marks.csv": table([PLAIN, *rows()]),
        "plain-decimals-comma.csv": table([VI, *rows(plain_vi)]),
        "plain-decimals-point.csv": table([VI, *rows(plain_en)]),
        "no-break-spaces.csv": table([VI, *rows(lambda x: vi(x).replace(".", "\u00a0"))]),
        "narrow-spaces.csv": table([VI, *rows(lambda x: vi(x).replace(".", "\u202f"))]),
        "unicode-minus.csv": table([VI, *rows(lambda x: vi(x).replace("-", "−"))]),
        "full-width-digits.csv": table(
            [VI, *rows(lambda x: vi(x).translate({c: c + 0xFEE0 for c in range(48, 58)}))]
        ),
        "money-in-words.csv": table([VI, *rows(spend=short_money)]),
        "money-bare-dong.csv": table([VI, *rows(spend=vi)]),
        "money-heading-trieu.csv": table(
            [[*VI[:3], "Chi tiêu (triệu đồng)", *VI[4:]], *rows(spend=lambda x: vi(x / 1e6))]
        ),
        "money-unit-above.csv": table(
            [
                ["BÁO CÁO KHẢO SÁT QUÝ 1"],
                ["ĐVT: nghìn đồng"],
                VI,
                *rows(spend=lambda x: plain_vi(x / 1e3)),
            ]
        ),
        "points-unit-in-heading.csv": table(
            [[*VI[:5], "Thay đổi (điểm %)", *VI[6:]], *rows(change="{}")]
        ),
        "share-unit-in-heading.csv": table(
            [[*VI[:4], "Tỷ lệ ở lại (%)", *VI[5:]], *rows(stays="{}")]
        ),
        "title-rows.csv": table([["CÔNG TY MỘC AN"], [], ["Khảo sát khách hàng"], VI, *rows()]),
        "blank-and-total-rows.csv": table(
            [
                VI,
                *rows()[:2],
                [],
                ["", "", ""],
                *rows()[2:],
                ["Tổng cộng", "", "", "3.594.100.000 ₫"],
            ]
        ),
        "extra-columns.csv": table(
            [
                ["STT", *VI, "Người nhập"],
                *([str(i), *line, "Lan"] for i, line in enumerate(rows(), 1)),
            ]
        ),
        "columns-in-other-order.csv": table([line[::-1] for line in [VI, *rows()]]),
        "dates-month-first.csv": table([VI, *rows(day="%m/%d/%Y")]),
        "dates-with-dots.csv": table([VI, *rows(day="%d.%m.%Y")]),
        "dates-iso.csv": table([VI, *rows(day="%Y-%m-%d")]),
        "excel.xlsx": workbook({"Khảo sát": [VI, *typed()]}, percent),
        "excel-english-sheet.xlsx": workbook(
            {"Read me": [["Hello"]], "Survey": [EN, *typed()]}, percent
        ),
        "excel-other-sheet-name.xlsx": workbook({"Sheet1": [VI, *typed()], "Sheet2": []}, percent),
        "excel-as-text.xlsx": workbook({"Khảo sát": [VI, *rows()]}),
        "excel-merged-headings.xlsx": workbook(
            {
                "Khảo sát": [
                    [None] * 9,
                    [VI[0], VI[1], None, None, None, None, *VI[6:]],
                    [None, None, *VI[2:6], None, None, None],
                    *typed(),
                ]
            },
            percent,
            [("A1:I1", "KHẢO SÁT KHÁCH HÀNG"), ("C2:F2", "Kết quả"), ("A2:A3", VI[0])],
        ),
        "excel-zero-padded-ids.xlsx": workbook(
            {"Khảo sát": [VI, *([int(line[0]), *line[1:]] for line in typed())]},
            {**percent, 0: "000"},
        ),
        "excel-shown-in-millions.xlsx": workbook(
            {"Khảo sát": [[*VI[:3], "Chi tiêu (triệu đồng)", *VI[4:]], *typed()]},
            {**percent, 3: "#,##0.0,,"},
        ),
        "excel-wrong-dimension.xlsx": with_part(
            workbook({"Khảo sát": [VI, *typed()]}, percent),
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b'<dimension ref="A1:I5"/>', b'<dimension ref="A1"/>'),
        ),
    }


def with_row_problems() -> dict[str, bytes]:
    """Files with something to mend in single rows."""
    text = rows()
    return {
        "ambiguous-dates.csv": table([VI, *(changed(text[1:2], 0, 1, "05/04/2025"))]),
        "dates-both-orders.csv": table(
            [VI, *changed(changed(text, 2, 1, "12/31/2025"), 1, 1, "05/04/2025")]
        ),
        "ambiguous-decimals.csv": table([VI, *(changed(text[:1], 0, 2, "8,125"))]),
        "mixed-decimal-styles.csv": table(
            [VI, *changed(changed(text, 0, 2, "8.5"), 1, 2, "1,125")]
        ),
        "share-or-ratio.csv": table([VI, *changed(text, 0, 4, "0,705")]),
        "ratios-under-percent.csv": table(
            [[*VI[:4], "Tỷ lệ ở lại (%)", *VI[5:]], *changed(rows(stays="{}")[:1], 0, 4, "0,7")]
        ),
        "points-without-unit.csv": table([VI, *changed(text, 1, 5, "5 %")]),
        "text-in-number.csv": table([VI, *changed(text, 2, 2, "chưa rõ")]),
        "formula-in-number.csv": table([VI, *changed(text, 2, 2, "=1+1")]),
        "html-in-number.csv": table([VI, *changed(text, 2, 2, "<img src=x onerror=alert(1)>")]),
        "out-of-range.csv": table([VI, *changed(text, 3, 2, "11")]),
        "negative-money.csv": table([VI, *changed(text, 0, 3, "(1.250.000)")]),
        "share-over-100.csv": table([VI, *changed(text, 0, 4, "170 %")]),
        "fraction-in-count.csv": table([VI, *changed(text, 0, 6, "12,5")]),
        "unknown-city.csv": table([VI, *changed(text, 0, 7, "Huế")]),
        "id-twice.csv": table([VI, *changed(text, 3, 0, "007")]),
        "blank-required.csv": table([VI, *changed(text, 1, 2, "")]),
        "money-without-unit.csv": table([VI, *changed(text, 1, 3, "3,5")]),
        "dollars-in-a-cell.csv": table([VI, *changed(text, 1, 3, "500 USD")]),
        "two-digit-year.csv": table([VI, *changed(text, 0, 1, "25/03/25")]),
        "impossible-date.csv": table([VI, *changed(text, 0, 1, "31/02/2025")]),
        "unquoted-decimal-commas.csv": (
            ",".join(VI) + "\n007,25/03/2025,8,5,1250000,70 %,0 điểm,12,HN,\n"
        ).encode(),
        "excel-date-in-number.xlsx": workbook(
            {"Khảo sát": [VI, *changed(typed(), 0, 2, datetime(2025, 5, 8))]}, {4: "0%"}
        ),
        "excel-serial-in-date.xlsx": workbook(
            {"Khảo sát": [VI, *changed(typed(), 0, 1, 45741)]}, {4: "0%"}
        ),
        "excel-swapped-dates.xlsx": workbook(
            {"Khảo sát": [VI, *changed(typed(), 0, 1, "25/03/2025")]}, {4: "0%"}
        ),
        "excel-error-cell.xlsx": workbook(
            {"Khảo sát": [VI, *changed(typed(), 0, 2, "#DIV/0!")]}, {4: "0%"}
        ),
        "excel-ratio-without-percent.xlsx": workbook({"Khảo sát": [VI, *typed()]}),
    }


def refused() -> dict[str, bytes]:
    """Files that cannot be used at all."""
    good = workbook({"Khảo sát": [VI, *typed()]})
    ansi = "\r\n".join(";".join(line) for line in [VI, *rows()])
    return {
        "empty.csv": b"",
        "only-spaces.csv": b" \r\n\r\n",
        "headings-only.csv": table([VI]),
        "ansi-lost-letters.csv": ansi.encode("cp1252", "replace"),
        "ansi-lost-headings.csv": table([VI, ["1"] * 9]).decode().encode("cp1252", "replace"),
        "missing-columns.csv": table([line[:3] for line in [VI, *rows()]]),
        "same-column-twice.csv": table([[*VI, "Score"], *([*line, "1"] for line in rows())]),
        "open-quote.csv": table([VI]) + b'007;"25/03/2025;8\r\n',
        "dollars-in-heading.csv": table([[*VI[:3], "Chi tiêu (USD)", *VI[4:]], *rows(spend=vi)]),
        "picture.csv": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        "damaged-utf8.csv": table([EN, *rows()])[:-40] + b"\xc3\r\n",
        "web-page.xls": b"<html><table><tr><td>M\xc3\xa3</td></tr></table></html>",
        "answers.json": b'{"rows": []}',
        "letter.docx": package({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        "binary.xlsb": package({"xl/workbook.bin": b"\0"}),
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "password.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(500)
        + "EncryptedPackage".encode("utf-16-le"),
        "cut-short.xlsx": good[: len(good) // 2],
        "damaged-sheet.xlsx": with_part(
            good, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]
        ),
        "entity-bomb.xlsx": with_part(good, "xl/sharedStrings.xml", lambda _: BOMB),
        "zip-bomb.xlsx": package(
            {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(120 * 2**20)}
        ),
        "formula-without-result.xlsx": with_part(
            good,
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b"<v>8.5</v>", b"<f>8+0.5</f><v></v>"),
        ),
        "wrong-sheet.xlsx": workbook(
            {"Doanh thu": [["Tháng", "Số tiền"], ["1", 5]], "Ghi chép": []}
        ),
        "two-sheets-fit.xlsx": workbook({"Quý 1": [VI, *typed()], "Quý 2": [VI, *typed()]}),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, content in (readable() | with_row_problems() | refused()).items():
        (FOLDER / name).write_bytes(content)
