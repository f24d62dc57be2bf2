"""A school's JupyterHub as documented, on this machine only: two learners, each with her own."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect
from visiting import COURSE, PAGE_MS, Server, Visit, free_port, move_first_slider, running

pytestmark = pytest.mark.browser

SPAWN_MS: Final = 120_000
ON_LOOPBACK: Final = """
load_subconfig({documented!r})
c = get_config()
c.JupyterHub.authenticator_class = "dummy"  # no accounts are made on this machine
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.Spawner.args = ["--allow-root"]
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hub")
    port = free_port()
    settings = folder / "on_loopback.py"
    settings.write_text(
        ON_LOOPBACK.format(
            documented=str(COURSE / "jupyterhub" / "jupyterhub_config.py"),
            homes=str(folder / "homes"),
            port=port,
            hub_port=free_port(),
            api_port=free_port(),
        ),
        "utf-8",
    )
    command = ["-m", "jupyterhub", "-f", str(settings)]
    url = f"http://localhost:{port}"
    with running(command, url, folder / "log", folder=folder) as started:
        wait_for_login(url, folder / "log")
        yield started


def wait_for_login(url: str, log: Path) -> None:
    """The proxy listens before it knows where the hub is."""
    deadline = time.monotonic() + PAGE_MS / 1000
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/hub/login", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"no login page:\n{log.read_text()[-2000:]}")


def sign_in(browser: Browser, hub: Server, name: str) -> Visit:
    visit = Visit.begin(browser, hub)
    page = visit.page
    page.goto(hub.url)
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("any")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/user/{name}/course/**/00-lobby.ipynb*", timeout=SPAWN_MS)
    page.wait_for_selector("html[data-live]")
    return visit


def open_lesson(page: Page, hub: Server, name: str) -> None:
    page.goto(f"{hub.url}/user/{name}/course/voila/render/notebooks/vi/05-waiting.ipynb")
    page.wait_for_selector("html[data-live]")


def test_two_learners_have_lessons_and_notebooks_of_their_own(
    hub: Server, browser: Browser
) -> None:
    hoa, minh = (sign_in(browser, hub, name) for name in ("hoa", "minh"))
    for visit, name in ((hoa, "hoa"), (minh, "minh")):
        open_lesson(visit.page, hub, name)
        move_first_slider(visit.page)
        assert visit.console_errors + visit.failures + visit.foreign == []

    lab = hoa.page
    lab.goto(f"{hub.url}/user/hoa/lab/tree/notebooks/vi/05-waiting.ipynb")
    expect(lab.locator(".jp-Notebook h1").first).to_be_visible(timeout=PAGE_MS)

    minh.page.goto(f"{hub.url}/user/hoa/course/vi")
    expect(minh.page.locator("#lesson")).to_have_count(0)
    assert [failure for failure in minh.failures if failure.startswith("403")]
    for visit in (hoa, minh):
        visit.end()
