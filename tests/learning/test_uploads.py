"""The learner sends her own file to her company's plan; a bad one never costs her what she had."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64decode
from collections.abc import Callable
from typing import Any, Final

import pytest
from openpyxl import Workbook, load_workbook

from cxlib.labs.invest_and_return import own_plan
from cxlib.learning.lab import LabFace, LabPanel
from cxlib.learning.store import Store
from cxlib.schemas import BENEFITS, COST_ITEMS, COSTS
from cxlib.tables import MAX_BYTES
from cxlib.templates import template_csv, template_xlsx
from cxlib.text import LANGS, Lang

ENTERED: Final = 7.77e9


def _panel(lang: Lang = "vi") -> LabPanel:
    """Her plan, with one figure already typed in."""
    store = Store()
    panel = LabPanel(LabFace(own_plan, lang, store, memory="company.own-plan"), store)
    panel._handle_custom_msg({"do": "enter", "name": "C1_one_off", "raw": ENTERED}, [])
    return panel


def _upload(panel: LabPanel, filename: str, content: bytes) -> str:
    """Send a file; return everything the learner is then told about it."""
    event = {"do": "file", "name": "file", "filename": filename}
    panel._handle_custom_msg(event, [memoryview(content)])
    return panel.state["message"] + panel.state["fields"]["file"]["note"]


def _filled_workbook(lang: Lang) -> bytes:
    """The template as an office fills it: 100 million for each cost, 1 billion for each benefit."""
    book = load_workbook(io.BytesIO(template_xlsx((COSTS, BENEFITS), lang)))
    for schema, columns, amount in ((COSTS, (3, 4), 1e8), (BENEFITS, (3, 4, 5), 1e9)):
        sheet = book[schema.title(lang)]
        for row in range(3, sheet.max_row + 1):
            for column in columns:
                sheet.cell(row, column, amount)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _costs_csv(amount: str) -> str:
    """A cost table with the same amount, as written, in each cell."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(("Mã", "Hạng mục", "Chi một lần (₫)", "Chi hằng năm (₫)"))
    writer.writerows((code, item.vi, amount, amount) for code, item in COST_ITEMS.items())
    return file.getvalue()


# ---------------------------------------------------------------------------------- good files


@pytest.mark.parametrize("lang", LANGS)
def test_filled_template_comes_back_whole(lang: Lang) -> None:
    panel = _panel(lang)
    told = _upload(panel, "plan.xlsx", _filled_workbook(lang))
    values = panel.face.values
    assert {values[f"{code}_{when}"] for code in COST_ITEMS for when in ("one_off", "yearly")} == {
        1e8
    }
    assert {value for name, value in values.items() if name.startswith("B")} == {1e9}
    assert {"vi": "Đọc 8 dòng", "en": "Read 8 rows"}[lang] in told
    assert "cx-wrong" not in told


@pytest.mark.parametrize("lang", LANGS)
def test_csv_template_fills_one_table_and_leaves_the_other(lang: Lang) -> None:
    panel = _panel(lang)
    before = dict(panel.face.values)
    lines = template_csv(COSTS, lang).decode("utf-8-sig").splitlines()
    delimiter = ";" if lang == "vi" else ","
    rows = [next(csv.reader([line], delimiter=delimiter)) for line in lines]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(rows[0])
    writer.writerows(
        [code, item, "2000000", "1000000", note] for code, item, _, _, note in rows[1:]
    )
    _upload(panel, "costs.csv", file.getvalue().encode("utf-8-sig"))
    values = panel.face.values
    assert (values["C1_one_off"], values["C8_yearly"]) == (2e6, 1e6)
    assert {n: v for n, v in values.items() if n[0] == "B"} == {
        n: v for n, v in before.items() if n[0] == "B"
    }


@pytest.mark.parametrize(
    ("encoding", "amount"),
    [
        pytest.param("utf-8-sig", "1.234.567,5", id="UTF-8 with BOM, ; and 1.234.567,5"),
        pytest.param("utf-8", "1.234.567,5", id="UTF-8 without BOM"),
        pytest.param("utf-16", "1.234.567,5", id="UTF-16, Excel's Unicode text"),
    ],
)
def test_vietnamese_office_file_is_understood(encoding: str, amount: str) -> None:
    panel = _panel()
    told = _upload(panel, "chi phí.csv", _costs_csv(amount).encode(encoding))
    assert panel.face.values["C3_yearly"] == 1_234_567.5
    assert "cx-wrong" not in told


def test_windows_1258_file_is_understood() -> None:
    heading = "Ma\u0303;Chi mô\u0323t lâ\u0300n;Chi hă\u0300ng năm"
    rows = [heading, *(f"{code};5000000;1000000" for code in COST_ITEMS)]
    panel = _panel()
    told = _upload(panel, "chi-phi.csv", "\r\n".join(rows).encode("cp1258"))
    assert panel.face.values["C5_one_off"] == 5e6
    assert "cx-wrong" not in told


def test_uploaded_figures_are_kept_for_next_time() -> None:
    store = Store()
    panel = LabPanel(LabFace(own_plan, "vi", store, memory="company.own-plan"), store)
    _upload(panel, "plan.xlsx", _filled_workbook("vi"))
    again = LabFace(own_plan, "en", store, memory="company.own-plan")
    assert again.values == panel.face.values


def test_reset_forgets_what_was_said_about_the_file() -> None:
    panel = _panel()
    assert "Đọc 8 dòng" in _upload(panel, "plan.xlsx", _filled_workbook("vi"))
    panel._handle_custom_msg({"do": "act", "name": "reset"}, [])
    assert "Đọc 8 dòng" not in panel.state["fields"]["file"]["note"]


# ----------------------------------------------------------------------------------- bad files


def _wrong_sheet() -> bytes:
    book = Workbook()
    book.active.title = "Nhân sự"
    book.active.append(["Tên", "Lương"])
    book.create_sheet("Kho").append(["Hàng", "Số lượng"])
    return _saved(book)


def _text_in_number_column() -> bytes:
    book = load_workbook(io.BytesIO(_filled_workbook("vi")))
    book["Chi phí"]["C5"] = "khoảng <b>hai</b> tỷ"
    return _saved(book)


def _many_faults() -> bytes:
    book = load_workbook(io.BytesIO(_filled_workbook("vi")))
    for row in range(3, 11):
        book["Chi phí"].cell(row, 3, "chưa rõ")
        book["Chi phí"].cell(row, 4, "chưa rõ")
    return _saved(book)


BAD: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "empty": (lambda: b"", "Tệp trống"),
    "too large": (lambda: b"x" * (MAX_BYTES + 1), "8"),
    "wrong sheet": (_wrong_sheet, "Nhân sự"),
    "not a table": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "không phải là bảng"),
    "text in a number column": (_text_in_number_column, "có 1 chỗ cần sửa"),
    "many faults": (_many_faults, "… và 4 chỗ nữa."),
    "lost letters": (lambda: _costs_csv("1").encode("ascii", "replace"), "CSV UTF-8"),
    "two readings": (lambda: _costs_csv("1.234 triệu").encode(), "hai cách đọc"),
    "negative cost": (lambda: _costs_csv("-5000000").encode(), "từ 0"),
    "unknown code": (lambda: _costs_csv("1000000").replace("C8", "C9").encode(), "C1, C2"),
    "only headings": (lambda: _costs_csv("1").splitlines()[0].encode(), "chưa có dòng dữ liệu"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_explained_and_costs_nothing(name: str) -> None:
    make, said = BAD[name]
    panel = _panel()
    before = dict(panel.face.values)
    told = _upload(panel, "plan.xlsx", make())
    assert said in told
    assert panel.face.values == before
    assert panel.face.values["C1_one_off"] == ENTERED
    assert "<svg" in panel.state["screen"]


def test_what_the_file_says_is_escaped() -> None:
    told = _upload(_panel(), "<img src=x>.xlsx", _text_in_number_column())
    assert "<b>" not in told
    assert "<img" not in told


def test_bad_file_is_explained_in_english_too() -> None:
    told = _upload(_panel("en"), "plan.xlsx", b"")
    assert "empty" in told.lower()


def test_good_file_after_a_bad_one_clears_the_complaint() -> None:
    panel = _panel()
    assert panel.state["message"] == ""
    _upload(panel, "plan.xlsx", b"")
    assert panel.state["message"] != ""
    _upload(panel, "plan.xlsx", _filled_workbook("vi"))
    assert panel.state["message"] == ""


# ------------------------------------------------------------------------------- the templates


@pytest.mark.parametrize("lang", LANGS)
def test_templates_offered_on_the_page_are_the_ones_we_read(lang: Lang) -> None:
    note = _panel(lang).state["fields"]["file"]["note"]
    links = re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', note)
    contents = {name.rpartition(".")[2]: b64decode(data) for name, data in links}
    assert len(links) == 3
    assert contents["xlsx"] == template_xlsx((COSTS, BENEFITS), lang)
    assert contents["csv"] == template_csv(BENEFITS, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_template_sent_back_unfilled_counts_as_nothing_spent(lang: Lang) -> None:
    panel = _panel(lang)
    _upload(panel, "plan.xlsx", template_xlsx((COSTS, BENEFITS), lang))
    amounts: dict[str, Any] = {n: v for n, v in panel.face.values.items() if n != "rate"}
    assert set(amounts.values()) == {0.0}
    said = {"vi": "ít nhất một khoản chi", "en": "at least one cost"}[lang]
    assert said in panel.state["screen"]


# --------------------------------------------------------------------- good rows of a faulty file


@pytest.mark.parametrize("lang", LANGS)
def test_good_rows_are_used_only_when_she_agrees(lang: Lang) -> None:
    panel = _panel(lang)
    faulty = _costs_csv("100 triệu").replace("100 triệu", "nhiều", 1)
    told = _upload(panel, "costs.csv", faulty.encode("utf-8-sig"))
    assert 'data-act="accept"' in told
    before = dict(panel.face.values)
    panel._handle_custom_msg({"do": "act", "name": "accept"}, [])
    after = panel.face.values
    assert before["C2_one_off"] != after["C2_one_off"] == 1e8
    assert after["C1_one_off"] == ENTERED, "the faulty row C1 must keep what she had"
    assert "data-act" not in panel.state["fields"]["file"]["note"]


def test_sound_file_asks_for_nothing() -> None:
    told = _upload(_panel(), "costs.csv", _costs_csv("100 triệu").encode("utf-8-sig"))
    assert "data-act" not in told
