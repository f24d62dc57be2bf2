"""Starting a server, visiting its pages and noting what goes wrong there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

COURSE: Final = Path(__file__).resolve().parents[2]
LANGS: Final = ("vi", "en")
START_SECONDS: Final = 60
STOP_SECONDS: Final = 60
PAGE_MS: Final = 60_000
BROWSERS: Final = ("google-chrome", "chromium", "chromium-browser", "microsoft-edge")
BROWSER_ARGS: Final = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OUTER_HTML: Final = "node => node.outerHTML"
AT_ITS_END: Final = "slider => slider.value === slider.max"
CLICK_ALL: Final = "buttons => buttons.forEach((button) => button.click())"


@dataclass(frozen=True)
class Server:
    """A running server and its process."""

    url: str
    process: psutil.Process

    @property
    def host(self) -> str:
        """Name and port."""
        return urlsplit(self.url).netloc

    def kernels(self) -> set[psutil.Process]:
        """The kernels that run now."""
        children = self.process.children()
        parents = [child for child in children if "fork_server.py" in " ".join(child.cmdline())]
        return {kernel for parent in parents for kernel in parent.children()} or {
            child for child in children if "ipykernel_launcher" in child.cmdline()
        }


@dataclass
class Visit:
    """One page in the browser and what went wrong on it."""

    page: Page
    console_errors: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, browser: Browser, server: Server, width: int = 1280) -> Visit:
        """Open a fresh page and listen to it."""
        context = browser.new_context(viewport={"width": width, "height": 800})
        context.set_default_timeout(PAGE_MS)
        visit = cls(context.new_page())
        visit._listen(server.host)
        return visit

    def end(self) -> None:
        """Close the page and forget what it stored."""
        self.page.context.close()

    def _listen(self, host: str) -> None:
        def asked(url: str) -> None:
            parts = urlsplit(url)
            if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
                self.foreign.append(url)

        def answered(response: Response) -> None:
            if response.status >= 400:
                self.failures.append(f"{response.status} {response.url}")

        def said(level: str, text: str) -> None:
            if level == "error":
                self.console_errors.append(text)

        self.page.on("request", lambda request: asked(request.url))
        self.page.on("websocket", lambda websocket: asked(websocket.url))
        self.page.on("response", answered)
        self.page.on("console", lambda message: said(message.type, message.text))
        self.page.on("pageerror", lambda error: said("error", str(error)))


def built_pages(lang: str) -> list[str]:
    """The built lessons and exercises of one language, as paths with ``{lang}`` in them."""
    return [
        f"{folder}/{{lang}}/{path.stem}"
        for folder in ("notebooks", "exercises", "exercises/solutions")
        for path in sorted((COURSE / folder / lang).glob("*.ipynb"))
    ]


def lessons() -> list[str]:
    """The lessons proper: every built notebook but the lobby."""
    pages = built_pages("vi")
    return [name for name in pages if name.startswith("notebooks/") and "/00-" not in name]


def move_first_slider(page: Page) -> None:
    """Open every lab and press an arrow key on the first slider beside a chart; it must change."""
    open_labs = page.locator(".cx-panel:has(input[type=range]):has(svg)").filter(visible=True)
    curtains = page.locator(".cx-curtain:has(button)").filter(visible=True)
    curtains.get_by_role("button").evaluate_all(CLICK_ALL)
    expect(curtains).to_have_count(0, timeout=PAGE_MS)
    panel = open_labs.first
    panel.wait_for()
    chart = panel.locator("svg").first
    before, version = chart.evaluate(OUTER_HTML), panel.get_attribute("data-version")
    slider = panel.locator("input[type=range]").first
    slider.press("ArrowLeft" if slider.evaluate(AT_ITS_END) else "ArrowRight")
    expect(panel).not_to_have_attribute("data-version", version)
    assert chart.evaluate(OUTER_HTML) != before, "the chart is the same after the slider moved"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium that ``CX_BROWSER`` names, else one on the path, else Playwright's own."""
    found = os.environ.get("CX_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    args = [*BROWSER_ARGS, *(["--no-sandbox"] if as_root else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=args)
        yield opened
        opened.close()


@contextmanager
def course_server(log: Path, *options: str, **env: str) -> Iterator[Server]:
    """The course as ``course.py`` serves it."""
    port = free_port()
    command = ["voila/server.py", f"--port={port}", "--no-browser", *options]
    with running(command, f"http://localhost:{port}", log, **env) as started:
        yield started


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: list[str],
    url: str,
    log: Path,
    *,
    python: str = sys.executable,
    folder: Path = COURSE,
    **env: str,
) -> Iterator[Server]:
    """Run a server until it answers at ``url``; afterwards none of its processes is left."""
    with log.open("w") as out:
        child = subprocess.Popen(
            [python, *command],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(COURSE)} | env,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    process = psutil.Process(child.pid)
    try:
        _wait_until_listening(child, url, log)
        yield Server(url, process)
    finally:
        family = [*process.children(recursive=True), process]
        child.terminate()
        _, left = psutil.wait_procs(family, timeout=STOP_SECONDS)
        for orphan in left:
            orphan.kill()
    assert not left, f"the server left {len(left)} processes behind"


def _wait_until_listening(child: subprocess.Popen[bytes], url: str, log: Path) -> None:
    address = ("localhost", urlsplit(url).port)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(address) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()[-2000:]}")
