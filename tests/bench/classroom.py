"""A whole class opens a lesson at the same moment, all on one server.

Thirty browsers would measure themselves: on the server's own two cores they need more than the
server. So each learner here is what the server sees of one: she asks for the page and for every
script that a real browser asked for, connects to her kernel and waits for all widgets. They leave
as browsers do, by one last message.
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import psutil
from aiohttp import ClientSession, CookieJar, TCPConnector, WSMsgType
from playwright.sync_api import Browser, Page

from tests.bench.measures import Measure, percentile
from tests.pages.visiting import Server, Visit

LESSON: Final = "notebooks/vi/09-invest-and-return"
CLASS: Final = 30
TARGET: Final = "jupyter.widget.control"
SETTLED: Final = 0.05
"""Share of what the class took that may stay: the server's own heap does not shrink."""
LEAVE_SECONDS: Final = 120
CONFIG: Final = re.compile(rb'id="jupyter-config-data"[^>]*>(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Attendance:
    """One learner's seconds until everything stood, and what she leaves with."""

    seconds: float
    kernel: str
    browser: ClientSession


def measures(server: Server, browser: Browser) -> Iterator[Measure]:
    """The targets for a class of thirty on this machine."""
    visit = Visit.begin(browser, server)
    scripts = _scripts(visit.page, server)
    visit.page.goto("about:blank")
    visit.end()
    idle = _megabytes(server)
    with ThreadPoolExecutor(1) as apart:  # Playwright runs a loop of its own in this thread
        attended, full, leaving = apart.submit(
            lambda: asyncio.run(_class(server, scripts, idle))
        ).result()
    seconds = [learner.seconds for learner in attended]
    yield Measure(f"{CLASS} learners at once: page stands, p50", statistics.median(seconds), "s")
    yield Measure(f"{CLASS} learners at once: page stands, p95", percentile(seconds, 95), "s", 8)
    yield Measure("pages that failed", CLASS - len(attended), "", 0)
    yield Measure("memory per learner (PSS)", (full - idle) / CLASS, "MB", 60)
    yield Measure("idle again after they left", leaving, "s", LEAVE_SECONDS)


def _scripts(page: Page, server: Server) -> list[str]:
    """Every file that a browser asks for on a lesson's page."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.url}/voila/render/{LESSON}.ipynb", wait_until="commit")
    page.wait_for_selector("html[data-live]")
    return [url.removeprefix(server.url) for url in asked if "/static/" in url]


async def _class(
    server: Server, scripts: Sequence[str], idle: float
) -> tuple[list[Attendance], float, float]:
    """Let everybody come, look at the memory, and time how long it takes to be free again."""
    coming = [_attend(server, scripts) for _ in range(CLASS)]
    came = await asyncio.gather(*coming, return_exceptions=True)
    attended = [learner for learner in came if isinstance(learner, Attendance)]
    full = _megabytes(server)
    await asyncio.gather(*(_go(learner) for learner in attended))
    left = time.monotonic()
    settled = idle + SETTLED * (full - idle)
    while _megabytes(server) > settled and time.monotonic() < left + 2 * LEAVE_SECONDS:
        await asyncio.sleep(1)
    return attended, full, time.monotonic() - left


async def _attend(server: Server, scripts: Sequence[str]) -> Attendance:
    started = time.monotonic()
    browser = ClientSession(
        server.url, connector=TCPConnector(limit_per_host=6), cookie_jar=CookieJar(unsafe=True)
    )
    page = await _read(browser, f"/voila/render/{LESSON}.ipynb")
    await asyncio.gather(*(_read(browser, script) for script in scripts))
    kernel = json.loads(CONFIG.search(page).group(1))["kernelId"]
    await _widgets(browser, kernel)
    return Attendance(time.monotonic() - started, kernel, browser)


async def _read(browser: ClientSession, path: str) -> bytes:
    async with browser.get(path, raise_for_status=True) as answer:
        return await answer.read()


async def _widgets(browser: ClientSession, kernel: str) -> None:
    """Ask for the state of all widgets and wait until it has come; the line stays open."""
    line = await browser.ws_connect(f"/api/kernels/{kernel}/channels", max_msg_size=0)
    comm = {"comm_id": "class", "target_name": TARGET, "data": {}}
    await line.send_json(_message("comm_open", comm))
    await line.send_json(_message("comm_msg", {**comm, "data": {"method": "request_states"}}))
    async for answer in line:
        content = answer.json()["content"] if answer.type is WSMsgType.TEXT else {}
        if content.get("data", {}).get("method") == "update_states":
            return
    raise ConnectionError("the line to the kernel was cut")


def _message(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    header = {"msg_id": kind, "msg_type": kind, "session": "class", "version": "5.3"}
    metadata = {"version": "1.0.0"}
    parts = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
    return {"channel": "shell", **parts}


async def _go(learner: Attendance) -> None:
    token = next(cookie.value for cookie in learner.browser.cookie_jar if cookie.key == "_xsrf")
    path, headers = f"/voila/api/shutdown/{learner.kernel}", {"X-XSRFToken": token}
    async with learner.browser.post(path, headers=headers, raise_for_status=True):
        pass
    await learner.browser.close()


def _megabytes(server: Server) -> float:
    """What the server and all its kernels hold, memory they share counted once."""
    family = [server.process, *server.process.children(recursive=True)]
    used = 0
    for process in family:
        try:
            used += process.memory_full_info().pss
        except psutil.NoSuchProcess:
            continue
    return used / 2**20
