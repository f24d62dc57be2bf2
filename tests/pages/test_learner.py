"""A learner's way through the course: predict, be checked, leave, come back and find everything."""

from __future__ import annotations

import base64
import io
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import openpyxl
import psutil
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from visiting import COURSE, LANGS, Server, Visit, free_port, running

pytestmark = pytest.mark.browser

LESSON: Final = "09-invest-and-return"
LESSON_PAGE: Final = f"notebooks/{{lang}}/{LESSON}"
EXERCISE_PAGE: Final = f"exercises/{{lang}}/{LESSON}"
LOBBY_PAGE: Final = "notebooks/{lang}/00-lobby"
GLOSSARY_PAGE: Final = "notebooks/{lang}/00-glossary"
PREDICTION, COCKPIT = "prediction.roi-after-time", "roi-cockpit"
QUIZ, EXERCISE = f"quiz.{LESSON}", f"exercise.{LESSON}.breakeven-scale"
OWN_PLAN, PROFILE, KEEP = "own-plan", "profile", "keep"
MEMORY: Final = "cx-master"

MOST_TABS: Final = 400
KEY_TOWARDS: Final = """node => {
    const here = document.activeElement;
    if (here === node) return "";
    const back = here.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
    return back ? "Shift+Tab" : "Tab";
}"""
WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCHEMES: Final = ("light", "dark")
SECRET: Final = "4871263519"
SECRET_ON_DISK: Final = re.compile(rb"\D?".join(re.findall(rb"\d", SECRET.encode())))
WORDS: Final = {
    "vi": {
        "commit": "Chốt dự đoán",
        "check": "Kiểm tra",
        "hint": "Gợi ý",
        "guess": "20 %",
        "moved": "20,5 %",
        "distance": "13,5",
        "score": "đúng 5/5",
        "undiscounted": "81,5 %",
        "mistake": "chưa chiết khấu",
        "right": "93,5 %",
        "save": "Lưu tiến độ",
        "erase": "Xóa tiến độ",
        "erase all": "Xóa hết",
    },
    "en": {
        "commit": "Commit my prediction",
        "check": "Check",
        "hint": "Hint",
        "guess": "20%",
        "moved": "20.5%",
        "distance": "13.5",
        "score": "5 of 5",
        "undiscounted": "81.5%",
        "mistake": "without discounting",
        "right": "93.5%",
        "save": "Save progress",
        "erase": "Erase progress",
        "erase all": "Erase all of it",
    },
}


@pytest.fixture(scope="module")
def vi_lesson(open_lesson: Callable[..., Visit]) -> Iterator[Visit]:
    """The lesson in Vietnamese, for tests that each look at panels of their own."""
    visit = open_lesson(LESSON_PAGE, "vi")
    yield visit
    visit.end()


each_lang = pytest.mark.parametrize("lang", LANGS)


# ------------------------------------------------------------------------------ coming back


@each_lang
def test_learner_finds_everything_when_she_comes_back(
    server: Server, browser: Browser, lang: str
) -> None:
    words = WORDS[lang]
    visit = Visit.begin(browser, server)

    lesson = go(visit.page, server, LESSON_PAGE.format(lang=lang))
    predict_by_keyboard(lesson, words)
    answer_quiz_by_keyboard(lesson, lang)
    exercises = go(lesson, server, EXERCISE_PAGE.format(lang=lang))
    solve_after_a_mistake(exercises, words)
    exercises.close()

    later = visit.page.context.new_page()
    finds_the_exercise_solved(go(later, server, EXERCISE_PAGE.format(lang=lang)), words)

    lobby = go(later, server, LOBBY_PAGE.format(lang=lang))
    saved = save_and_erase(lobby, words)
    panel(lobby, KEEP).locator("input[type=file]").set_input_files(saved)
    expect(panel(lobby, KEEP).get_by_role("link", name=words["save"])).to_be_visible()
    finds_the_lesson_done(go(lobby, server, LESSON_PAGE.format(lang=lang)), words)

    assert visit.console_errors == []
    visit.end()


def finds_the_lesson_done(page: Page, words: dict[str, str]) -> None:
    prediction = panel(page, PREDICTION)
    expect(prediction.get_by_role("textbox").first).to_have_value(shown(words["moved"]))
    expect(prediction.get_by_role("button", name=words["commit"])).to_be_hidden()
    expect(panel(page, COCKPIT).locator(".cx-guess").first).to_contain_text(words["distance"])
    expect(panel(page, QUIZ).locator(".cx-finding")).to_contain_text(words["score"])


def finds_the_exercise_solved(page: Page, words: dict[str, str]) -> None:
    exercise = panel(page, EXERCISE)
    expect(exercise.get_by_role("textbox")).to_have_value(shown(words["right"]))
    expect(exercise.locator(".cx-note .cx-right")).to_be_visible()


def save_and_erase(lobby: Page, words: dict[str, str]) -> Path:
    """Save progress to a file, then erase it, so that the browser keeps nothing."""
    keep = panel(lobby, KEEP)
    with lobby.expect_download() as download:
        keep.get_by_role("link", name=words["save"]).click()
    keep.get_by_role("button", name=words["erase"]).click()
    keep.get_by_role("button", name=words["erase all"]).click()
    expect(keep.get_by_role("link", name=words["save"])).to_have_count(0)
    assert lobby.evaluate(f"localStorage.getItem('{MEMORY}')") == "{}"
    return Path(download.value.path())


def predict_by_keyboard(page: Page, words: dict[str, str]) -> None:
    """Type a guess, move it one step, commit it; the lab opens and tells the distance."""
    prediction, cockpit = panel(page, PREDICTION), panel(page, COCKPIT)
    expect(cockpit.locator(".cx-curtain")).to_be_visible()
    box, slider = prediction.get_by_role("textbox").first, prediction.get_by_role("slider").first
    tab_to(page, box)
    page.keyboard.type(words["guess"])
    tab_to(page, slider)
    expect(slider).to_have_attribute("aria-valuetext", shown(words["guess"]))
    page.keyboard.press("ArrowRight")
    expect(box).to_have_value(shown(words["moved"]))
    tab_to(page, prediction.get_by_role("button", name=words["commit"]))
    page.keyboard.press("Enter")
    expect(box).to_have_attribute("readonly", "")
    expect(cockpit.locator(".cx-guess").first).to_contain_text(words["distance"])
    expect(cockpit.locator("svg").first).to_contain_text(words["moved"])


def answer_quiz_by_keyboard(page: Page, lang: str) -> None:
    """Answer every question wrongly, read why, then rightly."""
    quiz = panel(page, QUIZ)
    check = quiz.get_by_role("button", name=WORDS[lang]["check"], exact=True)
    for right in (False, True):
        for question in questions():
            group = quiz.get_by_role("group", name=question["ask"][lang])
            choose = tick_by_keyboard if question["kind"] == "several" else pick_by_keyboard
            choose(group, [o["text"][lang] for o in question["options"] if is_right(o) == right])
        tab_to(page, check)
        page.keyboard.press("Enter")
        judged = quiz.locator(".cx-note .cx-right" if right else ".cx-note .cx-wrong")
        expect(judged).to_have_count(len(questions()))
    expect(quiz.locator(".cx-finding")).to_contain_text(WORDS[lang]["score"])


def pick_by_keyboard(group: Locator, wanted: list[str]) -> None:
    """Choose the first wanted answer: Tab to the group, arrows to the answer, Space if none is."""
    options = group.get_by_role("radio")
    target = group.get_by_role("radio", name=wanted[0], exact=True)
    chosen = group.locator("input:checked")
    tab_to(group.page, chosen if chosen.count() else options.first)
    if not chosen.count():
        group.page.keyboard.press("Space")
    for _ in range(options.count()):
        if target.is_checked():
            return
        group.page.keyboard.press("ArrowDown")
    pytest.fail(f"no arrow key leads to {wanted[0]!r}")


def tick_by_keyboard(group: Locator, wanted: list[str]) -> None:
    """Tick exactly the wanted answers."""
    for box in group.get_by_role("checkbox").all():
        said = box.locator("xpath=..").inner_text().strip()
        if box.is_checked() != (said in wanted):
            tab_to(group.page, box)
            group.page.keyboard.press("Space")


def solve_after_a_mistake(page: Page, words: dict[str, str]) -> None:
    """Divide without discounting first: the message names that slip; then find the answer."""
    exercise = panel(page, EXERCISE)
    box, check = exercise.get_by_role("textbox"), exercise.get_by_role("button").first
    for answer, mark, told in (
        (words["undiscounted"], ".cx-wrong", words["mistake"]),
        (words["right"], ".cx-right", words["right"]),
    ):
        enter(box, answer)
        check.press("Enter")
        expect(exercise.locator(f".cx-note {mark}")).to_be_visible()
        expect(exercise.locator(".cx-note")).to_contain_text(told)


def questions() -> list[dict[str, Any]]:
    """The quiz of the lesson as its author wrote it."""
    content = yaml.safe_load((COURSE / f"exercises/quiz/{LESSON}.yml").read_text("utf-8"))
    quiz: list[dict[str, Any]] = content["quiz"]
    return quiz


def is_right(option: dict[str, Any]) -> bool:
    return bool(option.get("right", False))


def test_typing_on_is_not_overwritten_by_an_earlier_answer(vi_lesson: Visit) -> None:
    once, yearly = cost_boxes(panel(vi_lesson.page, OWN_PLAN), "C2").all()
    enter(once, "300 triệu")
    yearly.press_sequentially("45,5 triệu", delay=80)
    yearly.press("Tab")
    expect(once).to_have_value(shown("300 triệu ₫"))
    expect(yearly).to_have_value(shown("45,5 triệu ₫"))


# ------------------------------------------------------------------------------ a file of her own


def test_file_fills_the_plan_and_a_broken_one_says_where(vi_lesson: Visit) -> None:
    file_fills_the_plan_and_a_broken_one_says_where(vi_lesson.page)
    assert vi_lesson.console_errors == []


def file_fills_the_plan_and_a_broken_one_says_where(lesson: Page) -> None:
    plan = panel(lesson, OWN_PLAN)
    first_cost = cost_boxes(plan, "C1").first

    send(plan, filled_template(plan, 123_000_000))
    expect(first_cost).to_have_value(shown("123 triệu ₫"))
    finding = plan.locator(".cx-finding").inner_text()

    send(plan, filled_template(plan, "rất nhiều"))
    complaint = plan.locator(".cx-kind-file .cx-wrong, .cx-kind-file .cx-problem")
    expect(complaint.filter(has_text=re.compile(r"[Dd]òng 3"))).to_be_visible()
    expect(complaint.filter(has_text="Chi một lần")).to_be_visible()
    expect(first_cost).to_have_value(shown("123 triệu ₫"))
    assert plan.locator(".cx-finding").inner_text() == finding

    enter(first_cost, "1 tỷ")
    expect(plan.locator(".cx-finding")).not_to_have_text(finding)


def filled_template(plan: Locator, first_cost: float | str) -> bytes:
    """The template offered on the page, with one cost entered in row 3 below “Chi một lần”."""
    offered = plan.locator("a[download$='.xlsx']").get_attribute("href") or ""
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(offered.partition(",")[2])))
    costs = book.worksheets[0]
    place = next(cell.column for cell in costs[2] if str(cell.value).startswith("Chi một lần"))
    costs.cell(3, place).value = first_cost
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def send(plan: Locator, content: bytes) -> None:
    version = plan.get_attribute("data-version") or ""
    file = {"name": "so-lieu.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    plan.locator("input[type=file]").set_input_files(file)
    expect(plan).not_to_have_attribute("data-version", version)


# ------------------------------------------------------------------------------ two on one server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """The course on a server that keeps its temporary and runtime files in a folder of its own."""
    port = free_port()
    command = ["voila/server.py", f"--port={port}", "--no-browser"]
    folders = {
        name: str(tmp_path / name.lower())
        for name in ("TMPDIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    for folder in folders.values():
        Path(folder).mkdir()
    with running(command, f"http://localhost:{port}", tmp_path / "log", **folders) as started:
        yield started


def test_two_learners_share_nothing_and_leave_nothing(
    own_server: Server, browser: Browser, tmp_path: Path
) -> None:
    begun = time.time()
    first, second = (Visit.begin(browser, own_server) for _ in range(2))
    lesson, lobby = LESSON_PAGE.format(lang="vi"), LOBBY_PAGE.format(lang="vi")

    page = go(first.page, own_server, lobby)
    enter(company_name(page), f"Công ty {SECRET}")
    wait_until_kept(page, SECRET, times=1)
    page = go(page, own_server, lesson)
    predict_by_keyboard(page, WORDS["vi"])
    cost = cost_boxes(panel(page, OWN_PLAN), "C1").first
    enter(cost, SECRET)
    expect(cost).to_have_value(shown("4,87 tỷ ₫"))
    wait_until_kept(page, SECRET, times=2)

    other = go(second.page, own_server, lobby)
    expect(company_name(other)).to_have_value("")
    expect(panel(other, KEEP).get_by_role("link", name=WORDS["vi"]["save"])).to_have_count(0)
    assert SECRET not in str(other.evaluate("JSON.stringify(localStorage)"))
    enter(company_name(other), "Công ty khác")
    expect(cost).to_have_value(shown("4,87 tỷ ₫"))

    kernels = own_server.kernels()
    assert len(kernels) == 2, "each learner has a kernel of her own"
    for visit in (first, second):
        visit.page.goto("about:blank")
        visit.end()
    _, left = psutil.wait_procs(kernels, timeout=20)
    assert not left, "a kernel outlives its learner"
    control = tmp_path / "control"
    control.write_text("4.871.263.519 ₫", "utf-8")
    assert files_with_the_secret(tmp_path, begun) == [control]


def wait_until_kept(page: Page, text: str, times: int) -> None:
    """Wait until the browser's own memory holds a text so many times."""
    pieces = f"(localStorage.getItem('{MEMORY}') ?? '').split('{text}').length"
    page.wait_for_function(f"{pieces} === {times + 1}", timeout=10_000)


def files_with_the_secret(own_folder: Path, begun: float) -> list[Path]:
    """Files the server could have written since, in its folders, in the course and at home."""
    homes = [Path.home() / name for name in (".ipython", ".jupyter", ".local/share/jupyter")]
    return [
        path
        for folder in (own_folder, COURSE, *homes)
        for path in folder.rglob("*")
        if path.is_file()
        and path.stat().st_mtime >= begun
        and path.suffix != ".pyc"
        and SECRET_ON_DISK.search(path.read_bytes())
    ]


# ------------------------------------------------------------------------------ for every eye


def test_panels_of_a_lesson_suit_assistive_technology(vi_lesson: Visit) -> None:
    page, words = vi_lesson.page, WORDS["vi"]
    prediction, cockpit = panel(page, PREDICTION), panel(page, COCKPIT)
    prediction.get_by_role("textbox").first.fill("nhiều")
    prediction.get_by_role("button", name=words["commit"]).click()
    expect(prediction.locator(".cx-problem").first).not_to_be_empty()
    cockpit.locator(".cx-curtain").get_by_role("button").click()
    cockpit.get_by_role("textbox").first.fill("-1 tỷ")
    for fold in cockpit.locator("summary").all():
        fold.click()
    expect(cockpit.locator("table")).to_be_visible()
    expect(cockpit.locator(".cx-problem").first).not_to_be_empty()
    panel(page, QUIZ).get_by_role("radio").first.check()
    panel(page, QUIZ).get_by_role("button", name=words["check"], exact=True).click()
    expect(panel(page, QUIZ).locator(".cx-note:visible")).to_have_count(len(questions()))
    assert barriers(page, PREDICTION, COCKPIT, QUIZ) == {"light": [], "dark": []}


def test_panels_of_the_exercises_suit_assistive_technology(
    open_lesson: Callable[..., Visit],
) -> None:
    visit = open_lesson(EXERCISE_PAGE, "en")
    exercise = panel(visit.page, EXERCISE)
    exercise.get_by_role("textbox").fill(WORDS["en"]["undiscounted"])
    exercise.get_by_role("button", name=WORDS["en"]["check"], exact=True).click()
    exercise.get_by_role("button", name=WORDS["en"]["hint"], exact=True).click()
    expect(exercise.locator(".cx-screen .cx-hint")).to_be_visible()
    expect(exercise.locator(".cx-note .cx-wrong")).to_be_visible()
    assert barriers(visit.page, EXERCISE) == {"light": [], "dark": []}
    visit.end()


@pytest.mark.parametrize("name", ["00-lobby", "00-glossary"])
def test_panels_outside_the_lessons_suit_assistive_technology(
    open_lesson: Callable[..., Visit], name: str
) -> None:
    visit = open_lesson(f"notebooks/{{lang}}/{name}", "vi")
    starts = visit.page.locator(".cx-curtain button").filter(visible=True)
    for _ in range(starts.count()):
        starts.first.click()
        visit.page.wait_for_timeout(500)
    for industry in visit.page.locator("select").all()[:1]:
        industry.select_option(index=1)
    keys = visit.page.locator(".cx-panel").evaluate_all("all => all.map((one) => one.dataset.key)")
    assert keys, "there is no panel on the page"
    assert barriers(visit.page, *keys) == {"light": [], "dark": []}
    visit.end()


def barriers(page: Page, *keys: str) -> dict[str, list[str]]:
    """What axe finds in these panels in each colour scheme, whatever its impact."""
    panels = {"include": [[f".cx-panel[data-key='{key}']"] for key in keys]}
    found = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        report = Axe().run(page, context=panels, options={"runOnly": WCAG}).response
        assert report["passes"], "axe looked at nothing"
        found[scheme] = [
            f"{rule['id']}: {node['html'][:160]}"
            for rule in report["violations"]
            for node in rule["nodes"]
        ]
    return found


def test_charts_follow_the_colour_scheme(vi_lesson: Visit) -> None:
    page = vi_lesson.page
    label = page.locator(".cx-panel svg text").filter(visible=True).first
    fills = set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        fills.add(label.evaluate("e => getComputedStyle(e).fill"))
    assert len(fills) == 2, f"the chart's text is {fills} on light and dark alike"


# ------------------------------------------------------------------------------ words explained


@each_lang
def test_term_is_explained_at_its_first_use(open_lesson: Callable[..., Visit], lang: str) -> None:
    visit = open_lesson(LESSON_PAGE, lang)
    page = visit.page
    terms = page.locator(".term").filter(has=page.get_by_text("NPV", exact=True))
    expect(terms).to_have_count(1)
    expect(page.locator(":is(h1, h2, h3, a, code, pre, summary) .term")).to_have_count(0)
    word, meaning = terms.get_by_role("button"), terms.locator("[role=tooltip]")

    expect(word).to_have_accessible_description(re.compile(r"\(NPV\).+\."))
    expect(meaning).to_be_hidden()
    tab_to(page, word)
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()

    word.hover()
    expect(meaning).to_be_visible()
    meaning.hover()
    expect(meaning).to_be_visible()
    box, width = meaning.bounding_box(), page.viewport_size
    assert box
    assert width
    assert 0 <= box["x"] <= width["width"] - box["width"]
    visit.end()


def test_glossary_is_searched_without_accents(open_lesson: Callable[..., Visit]) -> None:
    visit = open_lesson(GLOSSARY_PAGE, "vi")
    glossary = panel(visit.page, "glossary")
    entries = glossary.locator(".cx-terms dt")
    everything = entries.count()
    glossary.get_by_role("textbox").fill("thoi gian hoan von")
    glossary.get_by_role("textbox").press("Enter")
    expect(entries).to_have_text(["thời gian hoàn vốn", "thời gian hoàn vốn có chiết khấu"])
    expect(glossary.locator("[aria-live]")).to_contain_text("2")
    glossary.get_by_role("button").click()
    expect(entries).to_have_count(everything)
    assert visit.console_errors == []
    visit.end()


# ------------------------------------------------------------------------------ ways to get there


def go(page: Page, server: Server, path: str) -> Page:
    """Open a built page and wait until it lives."""
    page.goto(f"{server.url}/voila/render/{path}.ipynb", wait_until="commit")
    page.wait_for_selector("html[data-live]")
    return page


def panel(page: Page, key: str) -> Locator:
    return page.locator(f".cx-panel[data-key='{key}']")


def cost_boxes(plan: Locator, code: str) -> Locator:
    """The boxes of one cost kind: what it takes once and what it takes each year."""
    return plan.locator(f".cx-row[aria-label^='{code} '] .cx-box")


def company_name(lobby: Page) -> Locator:
    return panel(lobby, PROFILE).get_by_label(re.compile("Tên công ty"))


def enter(box: Locator, text: str) -> None:
    """Fill a box and leave it."""
    box.fill(text)
    box.press("Tab")


def shown(amount: str) -> str:
    """An amount as a box shows it, number and unit held together."""
    return amount.replace(" ", "\u00a0")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab or Shift+Tab until the target has the focus, as a reader without a mouse does."""
    for _ in range(MOST_TABS):
        key = target.evaluate(KEY_TOWARDS)
        if not key:
            return
        page.keyboard.press(key)
    pytest.fail(f"no Tab leads to {target}")
