"""How fast a lesson is in a real browser, and what a learner costs in memory.

A key press counts as painted when the browser has laid out and painted the next frame after the
answer stands in the page: a message posted in that frame's callback arrives right after it.
Nothing asks the page anything while it answers; a test that polled it would slow it down.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import Final

from playwright.sync_api import Browser, Page

from tests.bench.measures import Measure, percentile
from tests.pages.visiting import CLICK_ALL, Server, Visit, lessons

LESSON: Final = "notebooks/vi/09-invest-and-return"
COCKPIT: Final = '.cx-panel[data-key="roi-cockpit"]'
PRESSES: Final = 80
PAUSE_MS: Final = 200
VISITS: Final = 3
LESSONS: Final = ["notebooks/vi/00-lobby", *(name.format(lang="vi") for name in lessons())]

WATCH_KEYS: Final = """panel => {
  window.answers = [];
  let pressed;
  panel.addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  const answered = () => {
    const inPage = performance.now() - pressed;
    const painted = () => window.answers.push([inPage, performance.now() - pressed]);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = painted;
      channel.port2.postMessage(null);
    });
  };
  new MutationObserver(answered).observe(panel, { attributeFilter: ["data-version"] });
}"""
SINCE_START: Final = """names =>
  names.map((name) => performance.getEntriesByName(name)[0].startTime / 1000)"""


def measures(server: Server, browser: Browser) -> Iterator[Measure]:
    """The targets for the lessons' pages; the server has just started."""
    visit = Visit.begin(browser, server)
    _, first = _open(visit.page, server, LESSON)
    yield Measure("lesson usable, first visit after start", first, "s", 3)
    _open(visit.page, server, LESSON)
    yield Measure("memory of a lone learner (PSS)", _kernel_megabytes(server), "MB")
    times = {name: [_open(visit.page, server, name) for _ in range(VISITS)] for name in LESSONS}
    readable, usable = zip(*(time for visits in times.values() for time in visits), strict=True)
    yield Measure("its heading readable, p50", statistics.median(readable), "s", 0.5)
    yield Measure("lesson usable, all thirteen, p50", statistics.median(usable), "s", 1.5)
    for name, visits in times.items():
        median = statistics.median(usable for _, usable in visits)
        yield Measure(f"  {name.rpartition('/')[2]}", median, "s")
    _open(visit.page, server, LESSON)
    before = _kernel_seconds(server)
    in_page, painted = key_presses(visit.page, PAUSE_MS)
    yield Measure("key press → chart in the page, p50", percentile(in_page, 50), "ms")
    yield Measure("key press → chart in the page, p95", percentile(in_page, 95), "ms")
    yield Measure("key press → chart painted, p50", percentile(painted, 50), "ms", 50)
    yield Measure("key press → chart painted, p95", percentile(painted, 95), "ms", 80)
    spent = 1000 * (_kernel_seconds(server) - before) / PRESSES
    yield Measure("  of it computing and drawing in Python, mean CPU time", spent, "ms")
    visit.end()


def _open(page: Page, server: Server, lesson: str) -> tuple[float, float]:
    """Open the lesson; seconds until its text stands and until its labs live."""
    page.goto(f"{server.url}/voila/render/{lesson}.ipynb", wait_until="commit")
    page.wait_for_selector("html[data-live]")
    shown, usable = page.evaluate(SINCE_START, ["first-contentful-paint", "live"])
    return shown, usable


def _kernel_megabytes(server: Server) -> float:
    """The share of memory of one kernel; where the system does not tell it, all it holds."""
    used = [kernel.memory_full_info() for kernel in server.kernels()]
    return statistics.median(getattr(info, "pss", info.rss) for info in used) / 2**20


def _kernel_seconds(server: Server) -> float:
    times = [kernel.cpu_times() for kernel in server.kernels()]
    return sum(spent.user + spent.system for spent in times)


def key_presses(page: Page, pause_ms: int) -> tuple[Sequence[float], Sequence[float]]:
    """Move the first slider of the cockpit from its low end upwards: no value comes twice.

    Milliseconds from each press until its chart is in the page and until it is painted.
    """
    panel = page.locator(COCKPIT)
    panel.locator(".cx-curtain button").evaluate_all(CLICK_ALL)
    slider = panel.locator("input[type=range]").first
    slider.wait_for(state="visible")
    slider.press("Home")
    page.wait_for_timeout(pause_ms)
    panel.evaluate(WATCH_KEYS)
    for _ in range(PRESSES):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(pause_ms)
    page.wait_for_function("count => window.answers.length === count", arg=PRESSES, polling=100)
    in_page, painted = zip(*page.evaluate("window.answers"), strict=True)
    return in_page, painted
