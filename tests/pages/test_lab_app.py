"""The same notebooks in JupyterLab: open, run all cells, move a slider."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, expect
from visiting import COURSE, Server, Visit, free_port, move_first_slider, running

import course

pytestmark = pytest.mark.browser

TOKEN: Final = secrets.token_hex(16)
RUN_MS: Final = 60_000


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab on a copy of the notebooks, with nothing of the reader's own settings."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(COURSE / "notebooks", home / "course" / "notebooks")
    port = free_port()
    command = [
        *("-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"),
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={home / 'course'}",
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    ]
    own = str(home / "jupyter")
    variables = {
        "JUPYTER_CONFIG_DIR": own,
        "JUPYTER_CONFIG_PATH": str(course.lab_settings("en")),
        "JUPYTER_DATA_DIR": own,
        "JUPYTER_TOKEN": TOKEN,
    }
    with running(command, f"http://localhost:{port}", home / "log", **variables) as started:
        yield started


def test_notebook_lives_in_jupyterlab(jupyterlab: Server, browser: Browser, lesson: str) -> None:
    visit = Visit.begin(browser, jupyterlab)
    page = visit.page
    path = lesson.format(lang="vi")
    page.goto(f"{jupyterlab.url}/lab/tree/{path}.ipynb?token={TOKEN}&reset")
    page.wait_for_selector("text=/Python 3.* \\| Idle/")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(page.locator(".cx-panel[data-ready]").first).to_be_attached(timeout=RUN_MS)
    expect(page.locator(".jp-InputPrompt", has_text="*")).to_have_count(0, timeout=RUN_MS)
    move_first_slider(page)
    errors = page.locator('[data-mime-type="application/vnd.jupyter.stderr"], .jp-RenderedError')
    expect(errors).to_have_count(0)
    expect(page.locator(".Toastify__toast")).to_have_count(0)
    assert visit.foreign == []
    visit.end()
