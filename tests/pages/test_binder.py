"""What Binder makes of the course: its image, and the session a learner gets from it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil
import pytest
from playwright.sync_api import Browser, expect
from visiting import COURSE, LANGS, PAGE_MS, Server, Visit, free_port, move_first_slider, running

from cxlib.learning.progress_file import read_file

pytestmark = pytest.mark.browser

TOKEN: Final = "given-by-binder"
LESSON: Final = "05-waiting"
KEPT: Final = {"prediction.five-lines": 0.2, "profile": {"name": "Nồi Đất", "rate": 1e-7}}
SAVE: Final = {"vi": "Lưu tiến độ", "en": "Save progress"}
README: Final = {"vi": "README.vi.md", "en": "README.md"}
WARNING: Final = {"vi": "Hãy lưu tiến độ về máy trước khi nghỉ", "en": "before you pause"}


def address(lang: str, start: str) -> str:
    """Where the README's link to Binder leads that begins like this."""
    readme = (COURSE / README[lang]).read_text("utf-8")
    (found,) = re.findall(rf"mybinder\.org/\S+\?urlpath=({start}\S*)", readme)
    return f"{found}?token={TOKEN}"


@pytest.fixture(scope="session")
def dockerfile() -> str:
    """What repo2docker would build; that needs no container engine."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(COURSE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment as Binder leaves it: libraries as here, the rest the work of postBuild."""
    home = tmp_path_factory.mktemp("binder") / "notebook"
    venv.create(home, with_pip=True, symlinks=True)
    here = sysconfig.get_path("purelib")
    packages = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    (Path(packages) / "conda.pth").write_text(f"{here}\n", "utf-8")
    (home / "share").symlink_to(Path(sys.prefix) / "share")
    shutil.copytree(Path(sys.prefix) / "etc", home / "etc")
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["bash", "postBuild"], cwd=COURSE, env=outside | {"PATH": path}, check=True)
    return home


@pytest.fixture(scope="session")
def binder(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab under a base address and with a token, as Binder starts it."""
    home = tmp_path_factory.mktemp("jovyan")
    port = free_port()
    command = [
        *("-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=0.0.0.0", f"--port={port}"),
        "--ServerApp.base_url=/user/abc-123/",
    ]
    variables = {
        "BINDER_LAUNCH_HOST": "https://mybinder.org/",
        "HOME": str(home),
        "JUPYTER_TOKEN": TOKEN,
        "PYTHONPATH": "",
    }
    url, python = f"http://localhost:{port}", str(environment / "bin" / "python")
    with running(command, url, home / "log", python=python, **variables) as started:
        yield Server(f"{url}/user/abc-123", started.process)


def test_image_is_built_from_environment_and_post_build(dockerfile: str) -> None:
    assert "Building conda environment for python=3.12" in dockerfile
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in dockerfile
    assert "RUN ./postBuild" in dockerfile


@pytest.mark.parametrize("lang", LANGS)
def test_link_opens_the_lobby_which_warns(binder: Server, browser: Browser, lang: str) -> None:
    visit = Visit.begin(browser, binder)
    page = visit.page
    page.goto(f"{binder.url}/{address(lang, 'course')}")
    page.wait_for_selector("html[data-live]")
    assert page.url.startswith(f"{binder.url}/course/voila/render/notebooks/{lang}/00-lobby.ipynb")
    expect(page.locator("#short-lived")).to_contain_text(WARNING[lang])
    expect(page.locator("#short-lived").get_by_role("button", name=SAVE[lang])).to_be_in_viewport()
    assert visit.console_errors + visit.failures + visit.foreign == []
    visit.end()


def test_lesson_lives_and_its_progress_can_be_saved(binder: Server, browser: Browser) -> None:
    visit = Visit.begin(browser, binder)
    page = visit.page
    page.goto(f"{binder.url}/course/vi?token={TOKEN}")
    page.evaluate("kept => localStorage.setItem('cx-master', JSON.stringify(kept))", KEPT)
    page.goto(f"{binder.url}/course/voila/render/notebooks/vi/{LESSON}.ipynb")
    page.wait_for_selector("html[data-live]")
    move_first_slider(page)
    with page.expect_download() as download:
        page.locator("#short-lived").get_by_role("button", name=SAVE["vi"]).click()
    saved = read_file(Path(download.value.path()).read_bytes())
    assert KEPT.items() <= saved.items()
    assert visit.console_errors + visit.failures + visit.foreign == []
    visit.end()


def test_closed_session_can_still_be_saved(binder: Server, browser: Browser) -> None:
    visit = Visit.begin(browser, binder)
    page = visit.page
    page.goto(f"{binder.url}/{address('vi', 'course')}")
    page.wait_for_selector("html[data-live]")
    page.evaluate("kept => localStorage.setItem('cx-master', JSON.stringify(kept))", KEPT)
    for kernel in kernels_below(binder):
        kernel.kill()
    expect(page.locator("#trouble")).to_contain_text("Phiên Binder có lẽ đã đóng")
    with page.expect_download() as download:
        page.locator("#trouble").get_by_role("button", name=SAVE["vi"]).click()
    assert read_file(Path(download.value.path()).read_bytes()) == KEPT
    visit.end()


def kernels_below(server: Server) -> list[psutil.Process]:
    family = server.process.children(recursive=True)
    return [child for child in family if "ipykernel_launcher" in child.cmdline()]


def test_other_link_opens_jupyterlab_in_vietnamese(binder: Server, browser: Browser) -> None:
    visit = Visit.begin(browser, binder)
    page = visit.page
    page.goto(f"{binder.url}/{address('vi', 'lab')}")
    expect(page.get_by_role("menuitem", name="Tệp", exact=True)).to_be_visible(timeout=PAGE_MS)
    page.locator(".jp-DirListing-item", has_text=f"{LESSON}.ipynb").dblclick()
    expect(page.locator(".jp-Notebook h1").first).to_be_visible(timeout=PAGE_MS)
    visit.end()


def test_stranger_without_the_token_sees_nothing(binder: Server, browser: Browser) -> None:
    visit = Visit.begin(browser, binder)
    visit.page.goto(f"{binder.url}/course/vi")
    expect(visit.page.locator("#lesson")).to_have_count(0)
    assert "/login" in visit.page.url
    visit.end()


def test_saved_file_holds_what_the_browser_kept() -> None:
    file = {"format": "cx-master-progress", "version": 1, "progress": KEPT}
    assert read_file(json.dumps(file).encode()) == KEPT
