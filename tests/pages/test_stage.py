"""A trainer's way through the course: the stage, her own window, the look, the handout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from visiting import Server, Visit

pytestmark = pytest.mark.browser

LESSON: Final = "notebooks/{lang}/09-invest-and-return"
WAITING: Final = "notebooks/{lang}/05-waiting"
SHORT: Final = "notebooks/{lang}/12-investment-case"
GLOSSARY: Final = "notebooks/{lang}/00-glossary"
COCKPIT: Final = ".cx-panel[data-key='roi-cockpit']"
FIVE_LINES: Final = ".cx-panel[data-key='five-lines']"
MOST_KEYS: Final = 200
NOTES: Final = "30 phút trên lớp:"
BUTTONS: Final = (
    "Chốt dự đoán",
    "Đặt lại",
    "Mở luôn, khỏi đoán",
    "Số liệu",
    "Trình chiếu",
    "Kiểm tra",
)
"""What a lesson's buttons and folds say."""

STAGED: Final = """() => [...document.querySelectorAll('#lesson .cell')]
    .filter((cell) => cell.checkVisibility()).map((cell) => cell.innerText.slice(0, 200))"""
FOCUS_IS_STAGED: Final = "() => document.activeElement.closest('.staged') !== null"
MARK_PANELS: Final = """() => document.querySelectorAll('.cx-panel')
    .forEach((panel, i) => (panel.mark = i))"""
MARKS: Final = "() => [...document.querySelectorAll('.cx-panel')].map((panel) => panel.mark)"
OVERFLOW: Final = "e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]"


@pytest.fixture(scope="module")
def lesson_09(open_lesson: Callable[..., Visit]) -> Iterator[Page]:
    """Lesson 09 with every lab open."""
    visit = open_lesson(LESSON, "vi")
    open_labs(visit.page)
    yield visit.page
    assert visit.console_errors == []
    visit.end()


@pytest.fixture
def stage(lesson_09: Page) -> Iterator[Page]:
    """The lesson on stage, from its first section; afterwards it is a page again."""
    enter_stage(lesson_09)
    lesson_09.keyboard.press("Home")
    yield lesson_09
    lesson_09.locator(".stage-bar button").last.click()
    expect(lesson_09.locator(".stage-bar")).to_have_count(0)


# ------------------------------------------------------------------------------ through a lesson


@pytest.mark.parametrize(("name", "lang"), [(LESSON, "vi"), (SHORT, "en")])
def test_whole_lesson_is_shown_by_keyboard_alone(
    open_lesson: Callable[..., Visit], name: str, lang: str
) -> None:
    visit = open_lesson(name, lang)
    page = visit.page
    open_labs(page)
    whole = page.evaluate(STAGED)
    page.evaluate(MARK_PANELS)
    marks = page.evaluate(MARKS)

    enter_stage(page)
    page.keyboard.press("Home")
    seen, sections = [], section_count(page)
    for n in range(1, sections + 1):
        assert section(page) == n
        assert page.evaluate(FOCUS_IS_STAGED), f"the focus is not on section {n}"
        expect(page.locator(".stage-said")).to_contain_text(str(n))
        assert page.locator("#lesson").evaluate(OVERFLOW)[0] == 0, f"section {n} is too wide"
        seen += page.evaluate(STAGED)
        press_until_section_changes(page, "PageDown", last=n == sections)
    assert len(seen) == len(whole), "a cell of the lesson is on no screen or on two"
    for n in range(sections, 1, -1):
        assert section(page) == n
        press_until_section_changes(page, "PageUp")
    assert section(page) == 1

    page.keyboard.press("Escape")
    expect(page.locator(".masthead")).to_be_visible()
    assert page.evaluate(MARKS) == marks, "a panel was made anew"
    assert visit.console_errors == []
    visit.end()


def test_leaving_returns_to_the_same_place(lesson_09: Page) -> None:
    panel = lesson_09.locator(COCKPIT)
    panel.scroll_into_view_if_needed()
    before = lesson_09.evaluate("scrollY")
    enter_stage(lesson_09)
    expect(panel).to_be_visible()
    lesson_09.keyboard.press("Escape")
    assert lesson_09.evaluate("scrollY") == before

    enter_stage(lesson_09)
    press_until_section_changes(lesson_09, "PageDown")
    title = lesson_09.locator(".staged").first.inner_text()
    lesson_09.keyboard.press("Escape")
    shown = lesson_09.evaluate("document.activeElement.innerText")
    assert shown in title
    top = lesson_09.evaluate("document.activeElement.getBoundingClientRect().top")
    assert 0 <= top < 200


def test_too_tall_a_screen_says_so_and_is_paged_through(stage: Page) -> None:
    go_to(stage, "Bảng tám khoản chi")
    more = stage.locator(".stage-more")
    expect(more).to_be_visible()
    here = section(stage)
    stage.keyboard.press("PageDown")
    assert stage.locator("#lesson").evaluate("e => e.scrollTop") > 0
    assert section(stage) == here
    press_until_section_changes(stage, "PageDown")
    assert section(stage) == here + 1


def test_overview_jumps(stage: Page) -> None:
    stage.keyboard.press("o")
    entries = stage.locator(".stage-overview li button")
    assert entries.count() == section_count(stage)
    expect(entries.first).to_be_focused()
    for _ in range(4):
        stage.keyboard.press("ArrowDown")
    stage.keyboard.press("Enter")
    assert section(stage) == 5
    stage.keyboard.press("o")
    stage.keyboard.press("Escape")
    expect(entries.first).to_be_hidden()
    assert section(stage) == 5


# ------------------------------------------------------------------------------ labs stay alive


def test_lab_moved_on_stage_keeps_its_value(stage: Page) -> None:
    go_to(stage, "Buồng lái ROI")
    slider = stage.locator(COCKPIT).get_by_role("slider").first
    here, finding = section(stage), stage.locator(COCKPIT).locator(".cx-finding")
    said = finding.inner_text()
    slider.focus()
    press_and_wait(stage.locator(COCKPIT), lambda: stage.keyboard.press("ArrowRight"))
    expect(finding).not_to_have_text(said)
    expect(slider).to_be_focused()
    assert section(stage) == here, "the slider's arrow key turned the page"
    moved, said = slider.get_attribute("aria-valuetext"), finding.inner_text()
    press_until_section_changes(stage, "PageDown")
    stage.keyboard.press("Escape")
    expect(slider).to_have_attribute("aria-valuetext", moved or "")
    expect(finding).to_have_text(said)
    enter_stage(stage)


def test_number_keys_press_the_presets(stage: Page) -> None:
    go_to(stage, "Buồng lái ROI")
    cockpit = stage.locator(COCKPIT)
    presets = cockpit.locator(".cx-presets button")
    findings = []
    for way in ("key", "mouse"):
        press_and_wait(cockpit, lambda: presets.last.click())
        if way == "key":
            press_and_wait(cockpit, lambda: stage.keyboard.press("2"))
        else:
            press_and_wait(cockpit, lambda: presets.nth(1).click())
        findings.append(cockpit.locator(".cx-finding").inner_text())
    assert findings[0] == findings[1]
    press_and_wait(cockpit, lambda: presets.last.click())
    assert cockpit.locator(".cx-finding").inner_text() != findings[0]


def test_typing_steals_no_key_but_the_clickers(stage: Page) -> None:
    go_to(stage, "Buồng lái ROI")
    here, box = section(stage), stage.locator(COCKPIT).get_by_role("textbox").first
    box.fill("")
    box.press_sequentially("1 b.o")
    expect(box).to_have_value("1 b.o")
    stage.keyboard.press("End")
    stage.keyboard.press("ArrowLeft")
    expect(stage.locator(".stage-black")).to_be_hidden()
    assert section(stage) == here
    stage.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    expect(stage.locator(".stage-bar")).to_be_visible()
    box.fill("3 tỷ")
    press_until_section_changes(stage, "PageDown")
    assert section(stage) == here + 1


# ------------------------------------------------------------------------------ black, time


def test_black_screen_hides_everything_until_any_key(stage: Page) -> None:
    black = stage.locator(".stage-black")
    for key in ("b", "."):
        stage.keyboard.press(key)
        expect(black).to_be_visible()
        assert stage.evaluate("document.elementFromPoint(640, 300).className") == "stage-black"
        stage.keyboard.press("PageDown")
        expect(black).to_be_hidden()
        assert section(stage) == 1


def test_timer_turns_amber_when_over(stage: Page) -> None:
    clock = stage.locator(".stage-clock")
    expect(clock).to_have_text(re.compile(r"^\d+:\d\d / 30 phút$"))
    stage.clock.set_fixed_time(datetime.now() + timedelta(minutes=31))
    expect(clock).to_contain_text("quá giờ")
    expect(clock).to_have_text(re.compile(r"^3[12]:\d\d"))
    expect(clock).to_have_class(re.compile("stage-over"))


# ------------------------------------------------------------------------------ her own window


def test_trainers_window_follows_and_steers(open_lesson: Callable[..., Visit]) -> None:
    visit = open_lesson(LESSON, "vi")
    page = visit.page
    with page.expect_popup() as opened:
        page.locator(".footer .notes").click()
    window = opened.value
    expect(window.locator(".notes")).to_contain_text(NOTES)
    expect(window.locator("html")).to_have_attribute("lang", "vi")
    window.get_by_role("button", name="Bắt đầu trình chiếu").click()
    expect(page.locator(".stage-bar")).to_be_visible()

    go_to(page, "Buồng lái ROI")
    expect(window.locator(".title")).to_contain_text("Buồng lái ROI")
    expect(window.locator(".following")).to_contain_text("Một tỷ đồng của ngày mai")
    expect(window.locator(".clocks")).to_contain_text("/ 30 phút")
    cockpit = page.locator(COCKPIT)
    preset = window.get_by_role("button", name=re.compile("^Tình huống 2"))
    expect(preset).to_have_count(0)
    cockpit.locator(".cx-curtain button").click()
    expect(preset).to_be_visible()
    assert page.locator("#lesson").evaluate("e => e.scrollTop") == 0
    press_and_wait(cockpit, lambda: preset.click())

    window.keyboard.press("b")
    expect(page.locator(".stage-black")).to_be_visible()
    window.get_by_role("button", name="Màn hình đen").click()
    expect(page.locator(".stage-black")).to_be_hidden()
    here = section(page)
    press_until_section_changes(page, "PageDown", on=window)
    assert section(page) == here + 1
    expect(window.locator(".progress")).to_contain_text(str(here + 1))
    assert problems(window) == []

    page.goto("about:blank")
    expect(window.get_by_role("alert")).to_be_visible()
    visit.end()


def test_notes_are_not_on_the_learners_page(lesson_09: Page) -> None:
    assert NOTES not in lesson_09.locator("body").inner_text()
    hidden = lesson_09.locator("template.part-trainer").evaluate("t => t.content.textContent")
    assert NOTES in hidden


# ------------------------------------------------------------------------------ the class answers


def test_class_answers_are_drawn_and_stay(server: Server, browser: Browser) -> None:
    visit = Visit.begin(browser, server)
    page, sent = visit.page, []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{server.url}/voila/render/{WAITING.format(lang='vi')}.ipynb", wait_until="commit")
    page.wait_for_selector("html[data-live]")
    open_labs(page)
    enter_stage(page)
    go_to(page, "Năm hàng chờ")
    page.keyboard.press("a")
    boxes = page.locator(".class-answers input")
    expect(boxes).to_have_count(page.locator(FIVE_LINES).locator("input[type=range]").count())
    frames = len(sent)
    enter(boxes.first, "5 8 12,5 9 9")
    picture = page.locator(".class-answers").get_by_role("img").first
    expect(picture).to_have_accessible_name("5 người, trung vị 9, từ 5 đến 12,5")
    expect(picture.locator("circle")).to_have_count(5)
    enter(boxes.first, "5 8 mười")
    expect(page.locator(".answers-problem").first).to_contain_text("mười")
    expect(picture).to_have_accessible_name(re.compile("^5 người"))
    assert sent[frames:] == [], "the class's answers left the browser"

    page.locator("#lesson").press("Home")
    press_until_section_changes(page, "PageDown")
    page.keyboard.press("a")
    for box, count in zip(boxes.all(), ("6", "3", "1", "", ""), strict=True):
        enter(box, count)
    expect(page.locator(".answers-bar").first).to_contain_text("6 người, 60")
    go_to(page, "Năm hàng chờ")
    expect(picture).to_have_accessible_name(re.compile("^5 người"))
    assert problems(page) == []
    visit.end()


# ------------------------------------------------------------------------------ for every eye


@pytest.mark.parametrize(
    ("lang", "looks"), [("vi", ("light", "dark", "contrast")), ("en", ("light",))]
)
def test_stage_suits_assistive_technology(
    open_lesson: Callable[..., Visit], lang: str, looks: tuple[str, ...]
) -> None:
    visit = open_lesson(WAITING, lang)
    page = visit.page
    open_labs(page)
    for look in looks:
        page.locator("#look").select_option(look)
        enter_stage(page)
        page.keyboard.press("Home")
        for _ in range(2):
            press_until_section_changes(page, "PageDown")
            assert problems(page) == [], f"section {section(page)} in the look {look}"
        page.keyboard.press("o")
        assert problems(page) == [], f"overview in the look {look}"
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    visit.end()


def test_look_survives_a_reload(open_lesson: Callable[..., Visit]) -> None:
    visit = open_lesson(GLOSSARY, "vi")
    page = visit.page
    grounds = {}
    for look in ("dark", "contrast", "light", "machine"):
        page.get_by_label("Giao diện").select_option(look)
        if look in ("dark", "contrast"):
            page.reload(wait_until="domcontentloaded")
        expect(page.get_by_label("Giao diện")).to_have_value(look)
        grounds[look] = page.evaluate(
            "['backgroundColor', 'color'].map((name) => getComputedStyle(document.body)[name])"
        )
    assert grounds["machine"] == grounds["light"]
    assert grounds["contrast"] == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert grounds["dark"] == ["rgb(20, 25, 30)", "rgb(236, 232, 223)"]
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(236, 232, 223)"
    visit.end()


def test_print_is_a_handout(open_lesson: Callable[..., Visit]) -> None:
    visit = open_lesson(WAITING, "vi")
    page = visit.page
    page.locator("#look").select_option("dark")
    opened = page.locator(FIVE_LINES)
    press_and_wait(opened, lambda: opened.locator(".cx-curtain button").click())
    finding = opened.locator(".cx-finding").inner_text()
    closed = page.locator(".cx-panel:has(> .cx-curtain:not([hidden]))").first
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()

    assert finding in text
    expect(opened.locator(".cx-chart svg")).to_be_visible()
    expect(closed).to_be_hidden()
    assert "một nửa số khách chịu chờ được bao nhiêu phút?" in text
    assert [word for word in (*BUTTONS, "Tình huống 1") if re.search(rf"^{word}", text, re.M)] == []
    expect(page.locator("input[type=range]").filter(visible=True)).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for unbroken in (opened, page.locator(".prose h2").first):
        assert unbroken.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    visit.end()


def problems(page: Page) -> list[str]:
    """What axe finds, whatever its impact."""
    report = Axe().run(page).response
    assert report["passes"], "axe looked at nothing"
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in report["violations"]]


# ------------------------------------------------------------------------------ ways to get there


def open_labs(page: Page) -> None:
    curtains = page.locator(".cx-curtain:has(button)").filter(visible=True)
    curtains.get_by_role("button").evaluate_all("all => all.forEach((one) => one.click())")
    expect(curtains).to_have_count(0)


def enter_stage(page: Page) -> None:
    page.keyboard.press("Alt+p")
    page.locator(".stage-bar").wait_for()


def section(page: Page) -> int:
    return _progress(page)[0]


def section_count(page: Page) -> int:
    return _progress(page)[1]


def _progress(page: Page) -> tuple[int, int]:
    n, all_of_them = re.findall(r"\d+", page.locator(".stage-where strong").inner_text())
    return int(n), int(all_of_them)


def press_until_section_changes(
    page: Page, key: str, *, last: bool = False, on: Page | None = None
) -> None:
    """Press a key until another section shows, or on the last one until nothing moves."""
    here = section(page)
    for _ in range(MOST_KEYS):
        place = page.locator("#lesson").evaluate("e => e.scrollTop")
        (on or page).keyboard.press(key)
        if on:
            page.wait_for_timeout(200)
        stuck = page.locator("#lesson").evaluate("e => e.scrollTop") == place
        if section(page) != here or (last and stuck):
            return
    pytest.fail(f"{key} does not lead on from section {here}")


def go_to(page: Page, title: str) -> None:
    """Jump to the first section of this title."""
    page.locator(".stage-bar button", has_text=re.compile("^(Mục lục|Overview)$")).click()
    page.locator(
        ".stage-overview li button", has_text=re.compile(f"^{re.escape(title)}")
    ).first.click()


def press_and_wait(panel: Locator, press: Callable[[], None]) -> None:
    """Press something that makes a panel redraw."""
    version = panel.get_attribute("data-version") or ""
    press()
    expect(panel).not_to_have_attribute("data-version", version)


def enter(box: Locator, text: str) -> None:
    box.fill(text)
    box.press("Enter")
