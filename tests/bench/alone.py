"""How fast a lesson is in the browser alone, where Python runs in the page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Browser, Page

from tests.bench.measures import Measure, percentile
from tests.bench.pages import key_presses
from tests.pages.visiting import Server, Visit

LESSON: Final = "notebooks/vi/09-invest-and-return.html"
FIRST_LAB: Final = '.cx-panel[data-key="cost-builder"][data-ready]'
FIRST_SECONDS, LATER_SECONDS, KEY_MS = 20, 12, 120
PATIENCE_MS: Final = 180_000
PAUSE_MS: Final = 400


def measures(files: Server, browser: Browser) -> Iterator[Measure]:
    """The targets for the folder of plain files."""
    visit = Visit.begin(browser, files)
    visit.page.set_default_timeout(PATIENCE_MS)
    first, later = (seconds_to_first_lab(visit.page, files) for _ in range(2))
    yield Measure("without a server: first lab, first visit", first, "s", FIRST_SECONDS)
    yield Measure("without a server: first lab, later visit", later, "s", LATER_SECONDS)
    visit.page.wait_for_selector("html[data-live]")
    _, painted = key_presses(visit.page, PAUSE_MS)
    yield Measure("key press → chart painted, p50", percentile(painted, 50), "ms", KEY_MS)
    visit.end()


def seconds_to_first_lab(page: Page, files: Server) -> float:
    """Open the lesson anew and wait for its first lab."""
    started = time.monotonic()
    page.goto(f"{files.url}/{LESSON}", wait_until="commit")
    page.wait_for_selector(FIRST_LAB)
    return time.monotonic() - started
