"""The course in the browser alone, without a network; ``plain_files.py`` says with which Pyodide.

Seconds are measured on a machine that runs other tests at the same time: each target, set for two
idle cores, is allowed twice its time here, and the times are printed.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from plain_files import build_site, download_pyodide, served
from playwright.sync_api import Browser, expect
from test_learner import (
    WORDS,
    answer_quiz_by_keyboard,
    file_fills_the_plan_and_a_broken_one_says_where,
    finds_the_lesson_done,
    panel,
    predict_by_keyboard,
)
from visiting import COURSE, Server, Visit

from tests.bench.alone import (
    FIRST_SECONDS,
    KEY_MS,
    LATER_SECONDS,
    LESSON,
    PATIENCE_MS,
    PAUSE_MS,
    seconds_to_first_lab,
)
from tests.bench.pages import key_presses

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

LOBBY: Final = "notebooks/vi/00-lobby.html"
CAPSTONE: Final = "notebooks/vi/12-investment-case.html"
LAB: Final = "jupyter/lab/index.html?path=notebooks/vi/01-what-is-cx.ipynb"
SHARED_MACHINE: Final = 2
UPSTREAM: Final = (
    # Voici, where JupyterLite has no service worker: an error without words.
    "undefined",
    # JupyterLite asks its service worker for a heartbeat at the root of the host, wherever it lies.
    "Failed to load resource: the server responded with a status of 404 (File not found)",
)
"""What others write to the console without harm; a missing file of ours is in ``failures``."""


@pytest.fixture(scope="module")
def pyodide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A local Pyodide distribution."""
    return download_pyodide(tmp_path_factory.mktemp("pyodide"))


@pytest.fixture(scope="module")
def files(pyodide: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The whole course as one folder behind Python's own file server."""
    folder = tmp_path_factory.mktemp("lite")
    build_site(pyodide, folder / "site")
    with served(folder / "site", folder / "log") as started:
        yield started


@pytest.fixture
def visit(files: Server, browser: Browser) -> Iterator[Visit]:
    """A visitor who never came before; afterwards nothing must have gone wrong on her pages."""
    begun = Visit.begin(browser, files)
    begun.page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=30_000)
    yield begun
    begun.end()
    expect.set_options(timeout=5_000)
    assert begun.foreign == []
    assert begun.failures == []
    assert [said for said in begun.console_errors if said not in UPSTREAM] == []


def test_the_mirror_is_the_published_pyodide(pyodide: Path) -> None:
    """The lock the site uses by default, package by package."""
    name = "pyodide-lock.json"
    mirror, published = (
        json.loads((folder / name).read_text("utf-8")) for folder in (pyodide, COURSE / "lite")
    )
    assert mirror["info"] == published["info"]
    own = {key for key in mirror["packages"] if key.startswith("provisa")}
    differing = {
        key
        for key, entry in mirror["packages"].items()
        if key not in own and published["packages"].get(key) != entry
    }
    assert not differing


def test_only_pyodide_is_bundled_and_only_a_site_overwritten(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    for option in ("--offline", "--output"):
        command = [sys.executable, "course.py", "lite", f"{option}={tmp_path}"]
        refused = subprocess.run(command, cwd=COURSE, capture_output=True, check=False)
        assert refused.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_lesson_without_a_server(visit: Visit, files: Server) -> None:
    page, words = visit.page, WORDS["vi"]
    first = seconds_to_first_lab(page, files)
    later = seconds_to_first_lab(page, files)
    page.wait_for_selector("html[data-live]")
    assert page.locator(".part-trainer, .jp-InputArea, .notice:visible").count() == 0

    predict_by_keyboard(page, words)
    answer_quiz_by_keyboard(page, "vi")
    pressed = statistics.median(key_presses(page, PAUSE_MS)[1])
    page.reload()
    page.wait_for_selector("html[data-live]")
    finds_the_lesson_done(page, words)
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/notebooks/en/*.html")
    page.wait_for_selector("html[data-live]")
    finds_the_lesson_done(page, WORDS["en"])
    assert Axe().run(page).violations_count == 0

    print(f"\nfirst lab after {first:.1f} s, later {later:.1f} s; key to chart {pressed:.0f} ms")
    assert first <= SHARED_MACHINE * FIRST_SECONDS
    assert later <= SHARED_MACHINE * LATER_SECONDS
    assert pressed <= SHARED_MACHINE * KEY_MS


def test_a_file_of_her_own(visit: Visit, files: Server) -> None:
    visit.page.goto(f"{files.url}/{LESSON}")
    visit.page.wait_for_selector("html[data-live]")
    file_fills_the_plan_and_a_broken_one_says_where(visit.page)
    assert Axe().run(visit.page).violations_count == 0


def test_the_door_leads_to_the_lobby_and_on_to_a_lesson(visit: Visit, files: Server) -> None:
    visit.page.goto(files.url)
    visit.page.wait_for_url(f"**/{LOBBY}")
    visit.page.locator(".cx-map a").nth(3).click()
    visit.page.wait_for_url("**/notebooks/vi/04-promise.html")
    expect(visit.page.locator("h1")).to_be_visible()


def test_the_capstone_gives_a_spreadsheet(visit: Visit, files: Server, tmp_path: Path) -> None:
    page = visit.page
    page.goto(f"{files.url}/{CAPSTONE}")
    page.wait_for_selector("html[data-live]")
    export = panel(page, "export")
    export.get_by_role("button", name="Tạo bảng tính Excel").click()
    with page.expect_download() as download:
        export.locator("a[download$='.xlsx']").click()
    download.value.save_as(tmp_path / "case.xlsx")
    book = openpyxl.load_workbook(tmp_path / "case.xlsx")
    formulas = [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert len(book.sheetnames) > 3
    assert len(formulas) > 50


def test_an_analyst_runs_a_notebook(visit: Visit, files: Server) -> None:
    page = visit.page
    page.goto(f"{files.url}/{LAB}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("li[data-command='runmenu:run-all']").click()
    page.locator(".cx-panel[data-ready]").first.wait_for(state="attached")
    assert page.locator(".jp-OutputArea-output .ansi-red-fg").count() == 0
