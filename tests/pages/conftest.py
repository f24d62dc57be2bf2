"""The course's server and a browser that knows no other host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page
from visiting import LANGS, Server, Visit, built_pages, chromium, course_server, lessons

WIDTHS: Final = {"notebooks": (1280, 390), "exercises": (390,), "exercises/solutions": (1280,)}
"""An exercise and its solution show the same panels: one on a phone, the other on a screen."""
TIMINGS: Final = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with course_server(tmp_path_factory.mktemp("voila") / "log") as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def open_lesson(
    server: Server, browser: Browser, pytestconfig: pytest.Config
) -> Callable[..., Visit]:
    """Open a built page and wait until its interactive parts live; note how long that took."""

    def open_it(name: str, lang: str, width: int = 1280) -> Visit:
        visit = Visit.begin(browser, server, width)
        path = name.format(lang=lang)
        visit.page.goto(f"{server.url}/voila/render/{path}.ipynb", wait_until="commit")
        visit.page.wait_for_selector("html[data-live]")
        pytestconfig.stash[TIMINGS].append(_timing(visit.page, f"{path} at {width} px"))
        return visit

    return open_it


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest, open_lesson: Callable[..., Visit]) -> Iterator[Visit]:
    """One built page in one language at one width, ready to be looked at."""
    name, lang, width = request.param
    visit = open_lesson(name, lang, width)
    yield visit
    visit.end()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests follow the notebooks that are built."""
    if "shown" in metafunc.fixturenames:
        only_lessons = metafunc.definition.get_closest_marker("only_lessons")
        shown = [
            (name, lang, width)
            for lang in LANGS
            for name in (lessons() if only_lessons else built_pages(lang))
            for width in WIDTHS[name.partition("/{lang}")[0]]
        ]
        ids = [f"{name.format(lang=lang)} {width}px" for name, lang, width in shown]
        metafunc.parametrize("shown", shown, ids=ids, indirect=True, scope="module")
    if "lesson" in metafunc.fixturenames:
        metafunc.parametrize("lesson", lessons())


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only_lessons: looks at lessons, not at every page")
    config.stash[TIMINGS] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if timings := config.stash[TIMINGS]:
        terminalreporter.section("lesson pages")
        terminalreporter.write("\n".join(timings) + "\n")


def _timing(page: Page, name: str) -> str:
    readable, usable = page.evaluate(
        """["first-contentful-paint", "live"].map(
            (name) => performance.getEntriesByName(name)[0].startTime / 1000)"""
    )
    return f"{readable:.2f} s readable, {usable:.2f} s usable: {name}"
