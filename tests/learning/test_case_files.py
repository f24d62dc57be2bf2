"""The board case in a spreadsheet and on paper says what cxlib says, in an office program too."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

import course
from cxlib.labs.investment_case.dossier import (
    ASK,
    CHAPTERS_OF_LESSONS,
    PLAN,
    REGISTER,
    assemble,
    company_labs,
)
from cxlib.labs.investment_case.paper import CHAPTERS, board_paper, one_page
from cxlib.learning.board_case import SCENARIOS, BoardCase
from cxlib.learning.fields import Upload
from cxlib.learning.paper import paper_docx, paper_html
from cxlib.learning.profile import PROFILE, templates
from cxlib.learning.progress import outline
from cxlib.learning.workbook import RESULTS, case_xlsx
from cxlib.text import LANGS, Lang

NAME: Final = "=Công ty Cổ phần Thương mại và Dịch vụ Nghiễm Hường ₫"
TYPED: Final = ("=1+1", "+84 28", "-5 %", "@SUM(A1)", "Ưu đãi ở Quỳnh Lưu, 5.000 ₫")
PROFILE_TOLD: Final = {"name": NAME, "industry": "bank", "unit": "billion", **templates()["bank"]}
OWN_PLAN: Final = {
    "rate": 0.1,
    **{f"C{n}_one_off": 150e6 * n for n in range(1, 9)},
    **{f"C{n}_yearly": 90e6 for n in range(1, 9)},
    **{f"B{n}_year_{year}": 110e6 * year * n for n in range(1, 9) for year in (1, 2, 3)},
}
STORES: Final[dict[str, dict[str, Any]]] = {
    "nothing kept": {},
    "profile alone": {PROFILE: PROFILE_TOLD},
    "own plan with B5": {
        PLAN: OWN_PLAN,
        PROFILE: PROFILE_TOLD,
        ASK: {"owner": TYPED[0], "problem": TYPED[1], "promise": TYPED[4]},
        REGISTER: {
            "rate_source": TYPED[0],
            "C1_source": TYPED[1],
            "C2_source": TYPED[2],
            "B1_source": TYPED[3],
            "B1_origin": "measured",
            "B2_source": TYPED[4],
        },
    },
    "never pays back": {PLAN: {**OWN_PLAN, **dict.fromkeys(
        (f"B{n}_year_{year}" for n in range(1, 9) for year in (1, 2, 3)), 0.0
    )}},
    "two rates": {PLAN: {**OWN_PLAN, "B1_year_1": 9e9, "B1_year_3": -9e9}},
}  # fmt: skip
STORES["every lesson done"] = STORES["own plan with B5"] | {
    f"company.{lab.key}": {
        name: item.default
        for name, item in lab.for_company().fields.items()
        if not isinstance(item, Upload)
    }
    for lesson in outline()
    if lesson.number in CHAPTERS_OF_LESSONS
    for lab in company_labs(lesson)
}
CHANGED: Final = {"discount_rate": 0.2, "C3_one_off": 2e9, "B1_year_2": 4e9, "realised_base": 0.8}
"""Inputs of the base scenario that a reader changes in the spreadsheet."""

Cells = Mapping[str, Any]


@cache
def _book(name: str, lang: Lang) -> bytes:
    return case_xlsx(assemble(STORES[name]), lang)


@cache
def _word(name: str, lang: Lang) -> bytes:
    return paper_docx(board_paper(assemble(STORES[name])), lang)


# ------------------------------------------------------------------------- in LibreOffice


ALWAYS_RECALCULATE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """LibreOffice with a profile of its own, told to compute every formula anew."""
    program = course.find_office()
    if not program:
        pytest.fail("LibreOffice is missing: install it, or run `python3 course.py test` as root")
    home = tmp_path_factory.mktemp("office")
    (home / "user").mkdir()
    (home / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, "utf-8")

    def convert(kind: str, *files: Path) -> Path:
        out = home / kind
        command = [program, f"-env:UserInstallation={home.as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(out), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out

    return convert


@pytest.fixture(scope="module")
def recalculated(
    office: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """Each case as LibreOffice computes it, and one with changed inputs; one session for all."""
    folder = tmp_path_factory.mktemp("cases")
    files = {name: folder / f"{name}.xlsx" for name in [*STORES, "changed"]}
    for name in STORES:
        _forget_values(_book(name, "vi"), {}).save(files[name])
    _forget_values(_book("nothing kept", "vi"), CHANGED).save(files["changed"])
    out = office("xlsx", *files.values())
    return {name: (out / file.name).read_bytes() for name, file in files.items()}


def _forget_values(content: bytes, changed: Mapping[str, float]) -> openpyxl.Workbook:
    """Open the file with its formulas but not their values, and change some inputs."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, value in changed.items():
        ((sheet, cell),) = book.defined_names[name].destinations
        book[sheet][cell.replace("$", "")] = value
    return book


def _named_cells(content: bytes) -> dict[str, Any]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    places = {name: next(iter(named.destinations)) for name, named in book.defined_names.items()}
    return {
        name: book[sheet][cell.replace("$", "")].value for name, (sheet, cell) in places.items()
    }


@pytest.mark.parametrize("name", list(STORES))
def test_libreoffice_finds_what_cxlib_finds(name: str, recalculated: dict[str, bytes]) -> None:
    case = assemble(STORES[name])
    cells = _named_cells(recalculated[name])
    for key in SCENARIOS:
        assert _results(cells, key) == _expected(case, key)


def test_changing_inputs_there_changes_the_result_as_here(recalculated: dict[str, bytes]) -> None:
    plan = assemble({}).plan
    rows = {
        **dict(_rows(plan.costs)),
        **dict(_rows(plan.benefits)),
        "rate": CHANGED["discount_rate"],
    }
    changed = {**rows, "C3_one_off": CHANGED["C3_one_off"], "B1_year_2": CHANGED["B1_year_2"]}
    case = assemble({PLAN: changed})
    cells = _named_cells(recalculated["changed"])
    assert _results(cells, "cautious") == _expected(case, "cautious")
    net = case.outcome.benefits * CHANGED["realised_base"] - case.outcome.costs
    npv = sum(flow / 1.2**year for year, flow in enumerate(net))
    assert cells["NPV_base"] == pytest.approx(npv, rel=1e-9)


def _rows(table: Any) -> Any:
    for code, row in zip(table.index, table.to_numpy(), strict=True):
        yield f"{code}_one_off", float(row[0])
        yield f"{code}_yearly", float(row[1])
        yield from ((f"{code}_year_{year}", float(row[year])) for year in (1, 2, 3))


def _results(cells: Cells, key: str) -> list[Any]:
    found = [cells[f"{result}_{key}"] for result in RESULTS]
    return [pytest.approx(value, rel=1e-9) if _is_number(value) else value for value in found]


def _expected(case: BoardCase, key: str) -> list[Any]:
    outcome = case.outcomes[key]
    rates = outcome.irr.rates
    irr = rates[0] if rates else "không có"
    waits = [
        value if value < 99 else "chưa hoàn vốn"
        for value in (outcome.payback, outcome.discounted_payback)
    ]
    return [outcome.npv, irr, *waits, outcome.roi]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


@pytest.mark.parametrize("name", list(STORES))
def test_values_in_the_file_are_those_libreoffice_finds(
    name: str, recalculated: dict[str, bytes]
) -> None:
    cells = _named_cells(_book(name, "vi"))
    found = _named_cells(recalculated[name])
    differing = {
        name: (value, found[name])
        for name, value in cells.items()
        if (value or 0)
        != (pytest.approx(found[name], rel=1e-9) if _is_number(value) else found[name])
    }
    assert not differing


def test_paper_turns_into_four_to_six_pages(office: Callable[..., Path], tmp_path: Path) -> None:
    files = []
    for lang in LANGS:
        for name in ("nothing kept", "every lesson done"):
            files.append(tmp_path / f"{name} {lang}.docx")
            files[-1].write_bytes(_word(name, lang))
    out = office("pdf", *files)
    pages = {file.stem: _pages(out / f"{file.stem}.pdf") for file in files}
    assert {name: count for name, count in pages.items() if not 4 <= count <= 6} == {}


def _pages(pdf: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


# ---------------------------------------------------------------------- the spreadsheet itself


def _every_cell(content: bytes, **how: Any) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content), **how)
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_typed_stays_text(lang: Lang) -> None:
    cells = _every_cell(_book("own plan with B5", lang))
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert set(TYPED) <= texts
    assert any(text.startswith(NAME) for text in texts)
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert not [formula for formula in formulas if formula in TYPED or NAME in formula]


def test_what_was_typed_stays_text_in_libreoffice(recalculated: dict[str, bytes]) -> None:
    cells = _every_cell(recalculated["own plan with B5"])
    assert set(TYPED) <= {cell.value for cell in cells if cell.data_type == "s"}


@pytest.mark.parametrize("lang", LANGS)
def test_results_are_formulas(lang: Lang) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book("nothing kept", lang)))
    for result in RESULTS:
        ((sheet, cell),) = book.defined_names[f"{result}_base"].destinations
        assert book[sheet][cell.replace("$", "")].data_type == "f", result


@pytest.mark.parametrize("lang", LANGS)
def test_same_case_gives_the_same_spreadsheet(lang: Lang) -> None:
    assert case_xlsx(assemble({}), lang) == _book("nothing kept", lang)


def test_english_spreadsheet_holds_no_vietnamese() -> None:
    letters = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵ]", re.IGNORECASE)
    cells = _every_cell(_book("nothing kept", "en"), data_only=True)
    assert not [c.value for c in cells if isinstance(c.value, str) and letters.search(c.value)]


# ------------------------------------------------------------------------------ the paper itself


def _paper(name: str, lang: Lang) -> Any:
    return docx.Document(io.BytesIO(_word(name, lang)))


@pytest.mark.parametrize("lang", LANGS)
def test_nine_chapters_have_real_headings(lang: Lang) -> None:
    paragraphs = _paper("nothing kept", lang).paragraphs
    headings = [p.text for p in paragraphs if p.style.name == "Heading 1"]
    assert headings[1:] == [title(lang) for title in CHAPTERS.values()]


@pytest.mark.parametrize("lang", LANGS)
def test_every_picture_has_words_and_every_table_a_head(lang: Lang) -> None:
    document = _paper("nothing kept", lang)
    pictures = list(document.element.iter(qn("wp:docPr")))
    assert len(pictures) == 2
    assert all(len(picture.get("descr")) > 40 for picture in pictures)
    assert document.tables
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


@pytest.mark.parametrize(("lang", "tag"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_paper_names_its_language(lang: Lang, tag: str) -> None:
    document = _paper("nothing kept", lang)
    assert {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))} == {tag}
    assert document.core_properties.language == tag


@pytest.mark.parametrize("name", list(STORES))
@pytest.mark.parametrize("lang", LANGS)
def test_paper_holds_the_words_and_numbers_of_the_screen(name: str, lang: Lang) -> None:
    case = assemble(STORES[name])
    said = "\n".join(_texts(_paper(name, lang)))
    view = one_page(case)
    assert view.finding(lang) in said
    for figure in view.key_figures:
        assert figure.value(lang) in said, figure.label(lang)
    for row in view.table.rows:
        assert all(cell(lang) in said for cell in row)


def _texts(document: Any) -> list[str]:
    words = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return words + cells


@pytest.mark.parametrize("lang", LANGS)
def test_paper_keeps_what_was_typed(lang: Lang) -> None:
    said = "\n".join(_texts(_paper("own plan with B5", lang)))
    assert not [words for words in (NAME, *TYPED) if words not in said]


def test_templates_are_marked_as_assumed() -> None:
    marked = re.findall(r"\(Giả định\)", "\n".join(_texts(_paper("profile alone", "vi"))))
    assert len(marked) >= 5


def test_preview_escapes_what_was_typed() -> None:
    case = assemble({ASK: {"problem": "<script>alert(1)</script>"}})
    assert "<script>" not in paper_html(board_paper(case), "vi")


def test_paper_names_no_author() -> None:
    with zipfile.ZipFile(io.BytesIO(_word("nothing kept", "vi"))) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert "python-docx" not in core
