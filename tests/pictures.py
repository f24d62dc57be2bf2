"""The README's pictures, ``python3 course.py pictures``: what a learner sees after a guess."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.pages.visiting import COURSE, LANGS, Server, Visit, chromium, course_server

FOLDER: Final = COURSE / "docs" / "pictures"
LESSON: Final = "notebooks/{lang}/05-waiting"
PREDICTION: Final = ".cx-panel[data-key='prediction.half-will-wait']"
LAB: Final = ".cx-panel[data-key='who-stayed']"
GUESS: Final = "5"
SCREENS: Final = {"lesson": (1280, 960), "phone": (390, 960)}
COLOURS: Final = 64
CHART_AT_END: Final = "node => node.scrollIntoView({block: 'end', behavior: 'instant'})"


def take(server: Server, browser: Browser, lang: str, screen: str) -> bytes:
    """Guess, open the lab and take a picture of it."""
    width, height = SCREENS[screen]
    visit = Visit.begin(browser, server, width)
    page = visit.page
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{server.url}/voila/render/{LESSON.format(lang=lang)}.ipynb")
    page.wait_for_selector("html[data-live]")
    guess(page)
    page.locator(f"{LAB} svg").first.evaluate(CHART_AT_END)
    page.wait_for_timeout(500)
    picture = page.screenshot(animations="disabled")
    visit.end()
    return picture


def guess(page: Page) -> None:
    """Commit a guess, so that the lab opens with it."""
    prediction = page.locator(PREDICTION)
    prediction.locator("input[type=text]").first.fill(GUESS)
    prediction.locator("input[type=text]").first.press("Enter")
    prediction.locator("button.cx-strong").click()
    page.locator(f"{LAB} svg").first.wait_for()


def keep(picture: bytes, file: Path) -> None:
    """Write a small PNG: few colours are enough for flat charts and text."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, optimize=True)
    print(f"{file.relative_to(COURSE)}  ({file.stat().st_size / 1024:.0f} kB)")


def main() -> None:
    """Take every picture in both languages."""
    with (
        tempfile.TemporaryDirectory() as folder,
        course_server(Path(folder) / "log") as server,
        chromium() as browser,
    ):
        for lang in LANGS:
            for screen in SCREENS:
                keep(take(server, browser, lang, screen), FOLDER / f"{screen}-{lang}.png")


if __name__ == "__main__":
    main()
