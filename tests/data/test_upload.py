from __future__ import annotations

import io
import random
import time
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import make_office_files as office
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey import SURVEY, TRUTH

from cxlib.own_tables import TRANSACTIONS
from cxlib.schemas import BENEFITS, COSTS, Column, RowProblem, Schema, check
from cxlib.tables import MAX_BYTES
from cxlib.templates import template_xlsx
from cxlib.text import Problem, Text
from cxlib.upload import MAX_ROWS, Upload, read_table

OFFICE = Path(__file__).with_name("office")

READABLE = {
    "semicolon-utf8.csv": "dấu chấm phẩy",
    "semicolon-utf8-bom.csv": "“Điểm”: số viết kiểu Việt Nam",
    "comma-english.csv": "“Score”: số viết kiểu Anh",
    "comma-quoted-vietnamese.csv": "dấu phẩy",
    "tab-utf16-excel-unicode.txt": "dấu tab",
    "tab-utf8.tsv": "dấu tab",
    "bars.txt": "dấu gạch đứng",
    "windows-1258.csv": "Đọc 4 dòng",
    "old-mac-lines.csv": "Đọc 4 dòng",
    "sep-line-of-excel.csv": "tiêu đề ở dòng 2",
    "decomposed-letters.csv": "“Điểm”",
    "headings-without-marks.csv": "“diem”",
    "plain-decimals-comma.csv": "“Điểm”: số viết kiểu Việt Nam",
    "plain-decimals-point.csv": "“Điểm”: số viết kiểu Anh",
    "no-break-spaces.csv": "Đọc 4 dòng",
    "narrow-spaces.csv": "Đọc 4 dòng",
    "unicode-minus.csv": "Đọc 4 dòng",
    "full-width-digits.csv": "Đọc 4 dòng",
    "money-in-words.csv": "Đọc 4 dòng",
    "money-bare-dong.csv": "“Chi tiêu”: số viết kiểu Việt Nam",
    "money-heading-trieu.csv": "mỗi đơn vị là 1\u00a0triệu",
    "money-unit-above.csv": "mỗi đơn vị là 1.000\u00a0₫",
    "points-unit-in-heading.csv": "Đọc 4 dòng",
    "share-unit-in-heading.csv": "Đọc 4 dòng",
    "title-rows.csv": "tiêu đề ở dòng 4",
    "blank-and-total-rows.csv": "Số dòng tổng cộng bỏ qua: 1",
    "extra-columns.csv": "Không dùng các cột: “STT”, “Người nhập”",
    "columns-in-other-order.csv": "Đọc 4 dòng",
    "dates-month-first.csv": "tháng/ngày/năm",
    "dates-with-dots.csv": "ngày/tháng/năm",
    "dates-iso.csv": "Đọc 4 dòng",
    "excel.xlsx": "trang “Khảo sát”",
    "excel-english-sheet.xlsx": "trang “Survey”",
    "excel-other-sheet-name.xlsx": "trang “Sheet1”",
    "excel-as-text.xlsx": "“Điểm”: số viết kiểu Việt Nam",
    "excel-merged-headings.xlsx": "tiêu đề ở dòng 3",
    "excel-zero-padded-ids.xlsx": "Đọc 4 dòng",
    "excel-shown-in-millions.xlsx": "Đọc 4 dòng",
    "excel-wrong-dimension.xlsx": "Đọc 4 dòng",
}
"""Files that hold the four rows, with words of what was understood."""

ROW_PROBLEMS: dict[str, list[tuple[int, str, str]]] = {
    "ambiguous-dates.csv": [(2, "Ngày", "ngày 5 tháng 4 hay ngày 4 tháng 5")],
    "dates-both-orders.csv": [
        (3, "Ngày", "ngày 5 tháng 4 hay ngày 4 tháng 5"),
        (5, "Ngày", "ngày 6 tháng 2 hay ngày 2 tháng 6"),
    ],
    "ambiguous-decimals.csv": [(2, "Điểm", "hai cách đọc")],
    "mixed-decimal-styles.csv": [(3, "Điểm", "hai cách đọc")],
    "share-or-ratio.csv": [(2, "Tỷ lệ ở lại", "70,5 %")],
    "ratios-under-percent.csv": [(2, "Tỷ lệ ở lại (%)", "0,7 % hay 70 %")],
    "points-without-unit.csv": [(3, "Thay đổi", "5 điểm %")],
    "text-in-number.csv": [(4, "Điểm", "“chưa rõ”")],
    "formula-in-number.csv": [(4, "Điểm", "“=1+1”")],
    "html-in-number.csv": [(4, "Điểm", "‹img")],
    "out-of-range.csv": [(5, "Điểm", "từ 0 đến 10")],
    "negative-money.csv": [(2, "Chi tiêu", "từ 0")],
    "share-over-100.csv": [(2, "Tỷ lệ ở lại", "đến 100")],
    "fraction-in-count.csv": [(2, "Số lượt", "số nguyên")],
    "unknown-city.csv": [(2, "Thành phố", "HN, HCM")],
    "id-twice.csv": [(5, "Mã khách", "đã có ở dòng trên")],
    "blank-required.csv": [(3, "Điểm", "trống")],
    "money-without-unit.csv": [(3, "Chi tiêu", "triệu hay tỷ")],
    "dollars-in-a-cell.csv": [(3, "Chi tiêu", "“500 USD”")],
    "two-digit-year.csv": [(2, "Ngày", "bốn chữ số")],
    "impossible-date.csv": [(2, "Ngày", "“31/02/2025”")],
    "unquoted-decimal-commas.csv": [(2, "", "dấu chấm phẩy")],
    "excel-date-in-number.xlsx": [(2, "Điểm", "2025-05-08")],
    "excel-serial-in-date.xlsx": [(2, "Ngày", "“45741”")],
    "excel-swapped-dates.xlsx": [(3, "Ngày", "đảo ngày"), (5, "Ngày", "đảo ngày")],
    "excel-error-cell.xlsx": [(2, "Điểm", "#DIV/0!")],
    "excel-ratio-without-percent.xlsx": [(row, "Tỷ lệ ở lại", "dấu %") for row in range(2, 6)],
}
"""Files with rows to mend: row, heading and words of each message."""

REFUSED = {
    "empty.csv": "Tệp trống",
    "only-spaces.csv": "Tệp trống",
    "headings-only.csv": "chưa có dòng dữ liệu",
    "ansi-lost-letters.csv": "CSV UTF-8",
    "ansi-lost-headings.csv": "CSV UTF-8",
    "missing-columns.csv": "“Chi tiêu”, “Tỷ lệ ở lại”",
    "same-column-twice.csv": "“Điểm”",
    "open-quote.csv": "dòng 2",
    "dollars-in-heading.csv": "đổi ra ₫",
    "picture.csv": "không phải là bảng",
    "damaged-utf8.csv": "CSV UTF-8",
    "web-page.xls": "không phải là bảng",
    "answers.json": "không phải là bảng",
    "letter.docx": "không phải là bảng",
    "binary.xlsb": ".xlsx",
    "old.xls": "lưu lại thành .xlsx",
    "password.xlsx": "gỡ mật khẩu",
    "cut-short.xlsx": "đã hỏng",
    "damaged-sheet.xlsx": "đã hỏng",
    "entity-bomb.xlsx": "đã hỏng",
    "zip-bomb.xlsx": "bung ra quá lớn",
    "formula-without-result.xlsx": "công thức chưa được tính",
    "wrong-sheet.xlsx": "“Doanh thu”, “Ghi chép”, ở đây cần trang “Khảo sát”",
    "two-sheets-fit.xlsx": "cần trang “Khảo sát”",
}
"""Files that cannot be used, with words of the message."""


def read(name: str) -> Upload:
    return read_table(name, (OFFICE / name).read_bytes(), SURVEY, "vi")


def outcome(name: str, content: bytes) -> Upload | Problem:
    try:
        return read_table(name, content, SURVEY, "vi")
    except Problem as problem:
        return problem


def good_rows(upload: Upload) -> list[tuple[Any, ...]]:
    return list(upload.good.itertuples(index=False, name=None))


def test_every_office_file_has_its_expected_outcome() -> None:
    made = office.readable() | office.with_row_problems() | office.refused()
    on_disk = {path.name for path in OFFICE.iterdir()}
    assert on_disk == set(made), "run python tests/data/make_office_files.py"
    assert on_disk == {*READABLE, *ROW_PROBLEMS, *REFUSED}


@pytest.mark.parametrize("name", READABLE)
def test_every_dialect_of_the_same_table_reads_the_same(name: str) -> None:
    upload = read(name)
    assert [problem.sentence.vi for problem in upload.problems] == []
    assert good_rows(upload) == TRUTH
    assert READABLE[name] in " ".join(note.vi for note in upload.understood)


@pytest.mark.parametrize("name", ROW_PROBLEMS)
def test_problems_are_named_by_row_and_column(name: str) -> None:
    upload = read(name)
    expected = ROW_PROBLEMS[name]
    found = [(problem.row, problem.column) for problem in upload.problems]
    assert found == [(row, column) for row, column, _ in expected]
    for problem, (row, column, words) in zip(upload.problems, expected, strict=True):
        assert words in problem.message.vi
        assert f"Dòng {row}" in problem.sentence.vi
        assert f"Row {row}" in problem.sentence.en
        assert column in problem.sentence.en
    assert set(good_rows(upload)) <= set(TRUTH), "a bad cell reached the good rows"


@pytest.mark.parametrize("name", REFUSED)
def test_a_useless_file_is_refused_in_one_clear_sentence(name: str) -> None:
    with pytest.raises(Problem) as refused:
        read(name)
    message = refused.value.message
    assert REFUSED[name] in message.vi
    assert message.en
    assert message.en != message.vi


def test_a_file_over_the_limit_is_never_opened() -> None:
    start = time.perf_counter()
    with pytest.raises(Problem) as refused:
        read_table("lớn.xlsx", b"PK\x03\x04" + bytes(50 * 2**20), SURVEY, "vi")
    assert "8 MB" in refused.value.message.vi
    assert "50,0 MB" in refused.value.message.vi
    assert time.perf_counter() - start < 1


def test_a_file_with_too_many_rows_is_refused() -> None:
    schema = Schema("one", Text("Một", "One"), (Column("n", Text("Số", "Number"), "count"),))
    content = b"n\n" + b"1\n" * (MAX_ROWS + 1)
    assert len(content) < MAX_BYTES
    with pytest.raises(Problem) as refused:
        read_table("dài.csv", content, schema, "vi")
    assert "200.000 dòng" in refused.value.message.vi


def test_formula_like_text_and_html_are_kept_as_text() -> None:
    for note in ("=1+1", "@SUM(A1)", "+84 90", "<script>alert(1)</script>"):
        content = office.table([office.VI, *office.changed(office.rows()[:1], 0, 8, note)])
        upload = read_table("x.csv", content, SURVEY, "vi")
        assert list(upload.good["note"]) == [note]


def test_the_wrong_table_of_ours_is_named() -> None:
    content = template_xlsx([BENEFITS], "vi")
    with pytest.raises(Problem) as refused:
        read_table("x.xlsx", content, COSTS, "vi")
    assert "“Lợi ích”" in refused.value.message.vi
    assert "“Chi phí”" in refused.value.message.vi


def test_the_schema_check_names_what_is_wrong_in_our_own_data() -> None:
    good = read("excel.xlsx").good
    assert list(check(good, SURVEY)) == []
    bad = good.assign(score=[8.0, 11.0, -1.0, None])
    found = [(problem.row, problem.column) for problem in check(bad, SURVEY)]
    assert found == [(3, "score"), (2, "score"), (1, "score")]


def test_a_problem_without_a_column_names_only_its_row() -> None:
    problem = RowProblem(3, "", Text("Sửa.", "Mend."))
    assert (problem.sentence.vi, problem.sentence.en) == ("Dòng 3: Sửa.", "Row 3: Mend.")


def test_a_hundred_thousand_rows_are_read_and_checked_quickly() -> None:
    chance = random.Random(7)
    lines = [office.VI]
    for i in range(100_000):
        day = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/2024"
        lines.append(
            [
                f"{i:06d}",
                day,
                f"{chance.random() * 10:.2f}".replace(".", ","),
                office.vi(chance.randint(10**6, 10**8)),
                f"{chance.randint(2, 99)},5 %",
                f"{chance.randint(0, 9)} điểm",
                str(chance.randint(0, 50)),
                chance.choice(["HN", "Hà Nội"]),
                "",
            ]
        )
    content = office.table(lines)
    start, start_cpu = time.perf_counter(), time.process_time()
    upload = read_table("lớn.csv", content, SURVEY, "vi")
    wall, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    print(f"100,000 rows × 9 columns: {wall:.2f} s, {cpu:.2f} s of processor")
    assert len(upload.good) == 100_000
    assert cpu < 6, f"reading 100,000 rows took {cpu:.1f} s of processor time"


def test_a_workbook_of_a_hundred_thousand_rows_is_read_and_checked_quickly() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet, date = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, [column.header.vi for column in TRANSACTIONS.columns])
        for row in range(1, 100_001):
            sheet.write_string(row, 0, f"KH{row % 7_000:05d}")
            sheet.write_datetime(row, 1, datetime(2025, 1 + row % 12, 1 + row % 28), date)
            sheet.write_number(row, 2, 10_000 + row)
    start = time.process_time()
    upload = read_table("lớn.xlsx", content.getvalue(), TRANSACTIONS, "vi")
    cpu = time.process_time() - start
    assert len(upload.good) == 100_000
    assert cpu < 3, f"reading 100,000 rows took {cpu:.1f} s of processor time"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_workbook_that_declares_entities_is_refused(encoding: str) -> None:
    workbook, package = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(workbook) as book:
        book.add_worksheet().write(0, 0, "x")
    strings = '<!DOCTYPE sst [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>'
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(package, "w") as new:
        for name in old.namelist():
            hostile = name == "xl/sharedStrings.xml"
            new.writestr(name, strings.encode(encoding) if hostile else old.read(name))
    with pytest.raises(Problem) as refused:
        read_table("x.xlsx", package.getvalue(), SURVEY, "vi")
    assert "đã hỏng" in refused.value.message.vi


@given(st.binary(max_size=2000), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf"]))
def test_random_bytes_are_refused(content: bytes, start: bytes) -> None:
    assert isinstance(outcome("x", start + content), Problem)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted({*READABLE, *ROW_PROBLEMS})),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), min_size=1, max_size=4),
)
def test_damaged_office_files_never_crash(name: str, damages: list[tuple[float, bytes]]) -> None:
    content = (OFFICE / name).read_bytes()
    for place, junk in damages:
        at = int(place * len(content))
        content = content[:at] + junk + content[at + 1 :]
    assert isinstance(outcome(name, content), Upload | Problem)


letters = st.characters(exclude_categories=["Cs"])
junk_cells = st.text(letters, max_size=12) | st.sampled_from(["1.234", "1,5 %", "05/04/2025", "-"])


@given(st.lists(st.lists(junk_cells, min_size=9, max_size=9), max_size=6))
def test_every_row_of_random_cells_is_good_a_problem_or_left_out(lines: list[list[str]]) -> None:
    found = outcome("x.csv", office.table([office.VI, *lines]))
    if isinstance(found, Upload):
        in_doubt = {problem.row for problem in found.problems}
        assert len(found.good) + len(in_doubt) <= len(lines)
        assert found.good.notna().all(axis=None)


HOSTILE = {
    "delimiters": b";" * MAX_BYTES,
    "lines": b"\n" * (MAX_BYTES - 1) + b"1",
    "quotes": b'"' * MAX_BYTES,
    "digits": b"1" * MAX_BYTES,
    "brackets": b"(" * 100_000,
    "questions": b"?" + b"a" * 1_000_000 + b"=",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_soon(content: bytes) -> None:
    start = time.process_time()
    assert isinstance(outcome("x.csv", content), Problem)
    assert time.process_time() - start < 20


records = st.lists(
    st.tuples(
        st.dates(datetime(1990, 1, 1).date(), datetime(2060, 1, 1).date()),
        st.decimals(0, 10, places=3),
        st.integers(0, 10**11),
        st.decimals(0, 100, places=2),
        st.decimals(-50, 50, places=1),
        st.integers(0, 10**6),
        st.sampled_from(["HN", "HCM"]),
    ),
    min_size=1,
    max_size=8,
)
dialects = st.fixed_dictionaries(
    {
        "write": st.sampled_from([office.vi, office.en, office.plain_vi, office.plain_en]),
        "delimiter": st.sampled_from([";", ",", "\t"]),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
        "day": st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]),
        "heading": st.sampled_from([office.VI, office.EN, office.PLAIN]),
        "money": st.sampled_from(["{} ₫", "{}", "{} đồng", "VND {}"]),
    }
)


@settings(max_examples=300, deadline=None)
@given(records, dialects)
def test_no_dialect_is_ever_misread(rows: list[tuple[Any, ...]], dialect: dict[str, Any]) -> None:
    write = dialect["write"]
    lines = [
        [
            f"{i:04d}",
            day.strftime(dialect["day"]),
            write(float(score)),
            dialect["money"].format(write(dong)),
            f"{write(float(share))} %",
            f"{write(float(change))} điểm",
            write(visits),
            city,
            "",
        ]
        for i, (day, score, dong, share, change, visits, city) in enumerate(rows)
    ]
    content = office.table([dialect["heading"], *lines], dialect["delimiter"], dialect["encoding"])
    upload = read_table("x.csv", content, SURVEY, "vi")
    in_doubt = {problem.row for problem in upload.problems}
    sure = [(i, row) for i, row in enumerate(rows) if i + 2 not in in_doubt]
    assert len(upload.good) == len(sure)
    for read_row, (i, (day, score, dong, share, change, visits, city)) in zip(
        good_rows(upload), sure, strict=True
    ):
        code, when, points, spend, stays, moved, count, place, _ = read_row
        assert (code, when.date(), place, count) == (f"{i:04d}", day, city, visits)
        assert (points, spend) == (float(score), dong)
        assert stays == pytest.approx(float(share) / 100, abs=1e-12)
        assert moved == pytest.approx(float(change) / 100, abs=1e-12)
