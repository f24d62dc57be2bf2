"""Every built page in a real browser, in both languages, on a projector and on a phone."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from visiting import COURSE, LANGS, Server, Visit, built_pages, lessons, move_first_slider

pytestmark = pytest.mark.browser

OTHER = {"vi": "en", "en": "vi"}
INFO = ["kernel_info_request", {}]
ASK_KERNEL = """async (requests) => {
  const { kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const socket = new WebSocket(`ws://${location.host}/api/kernels/${kernelId}/channels`);
  await new Promise((resolve) => (socket.onopen = resolve));
  const answers = [];
  const answered = new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      const { channel, header, parent_header } = JSON.parse(data);
      if (channel !== "shell" || parent_header.session !== "intruder") return;
      answers.push(header.msg_type);
      if (header.msg_type === "kernel_info_reply") resolve();
    };
  });
  for (const [msg_type, content] of requests) {
    const header = { msg_id: msg_type, msg_type, session: "intruder", version: "5.3" };
    const message = { channel: "shell", header, parent_header: {}, metadata: {}, content };
    socket.send(JSON.stringify(message));
  }
  await answered;
  return answers;
}"""
SENTENCE_OF_LOSS = {"vi": "mất kết nối", "en": "lost the connection"}


def test_there_are_lessons() -> None:
    assert lessons(), "no lesson is built under notebooks/vi: run course.py build"


def test_every_page_has_its_twin() -> None:
    assert built_pages("vi") == built_pages("en")


class TestPage:
    """What must hold for each page as a learner meets it."""

    def test_runs_without_complaint(self, shown: Visit) -> None:
        assert shown.console_errors == []
        assert shown.failures == []
        expect(shown.page.locator("main .notice")).to_have_count(0)
        expect(shown.page.locator("#preparing, #trouble").filter(visible=True)).to_have_count(0)

    def test_asks_no_other_host(self, shown: Visit) -> None:
        assert shown.foreign == []

    def test_scrolls_down_only(self, shown: Visit) -> None:
        wide = shown.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= shown.page.viewport_size["width"]

    def test_suits_assistive_technology(self, shown: Visit) -> None:
        assert _violations(shown) == []

    def test_can_be_read_in_the_dark(self, shown: Visit) -> None:
        shown.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found = _violations(shown, {"runOnly": ["color-contrast"]})
        shown.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        assert found == []

    def test_says_its_language_and_title(self, shown: Visit) -> None:
        lang = Path(urlsplit(shown.page.url).path).parent.name
        assert shown.page.locator("html").get_attribute("lang") == lang
        expect(shown.page.locator("h1")).to_have_count(1)
        expect(shown.page.locator("h1")).to_be_visible()

    def test_header_is_readable(self, shown: Visit) -> None:
        words = shown.page.locator(".masthead :is(a, p, label)")
        assert words.count() == 5
        for word in words.all():
            box, size = word.bounding_box(), word.evaluate("e => getComputedStyle(e).fontSize")
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= shown.page.viewport_size["width"]
            assert float(size.removesuffix("px")) >= 14

    @pytest.mark.only_lessons
    def test_slider_changes_the_chart(self, shown: Visit) -> None:
        move_first_slider(shown.page)
        assert shown.console_errors == []


@pytest.mark.parametrize("lang", LANGS)
def test_language_switch_keeps_the_lesson(open_lesson: Callable[..., Visit], lang: str) -> None:
    lesson = lessons()[0]
    visit = open_lesson(lesson, lang)
    page = visit.page
    page.locator(f".languages a[hreflang={OTHER[lang]}]").click()
    page.wait_for_url(f"**/{lesson.format(lang=OTHER[lang])}.ipynb")
    expect(page.locator("html")).to_have_attribute("lang", OTHER[lang])
    visit.end()


@pytest.mark.parametrize("lang", LANGS)
def test_dead_kernel_is_told_in_words(
    server: Server, open_lesson: Callable[..., Visit], lang: str
) -> None:
    before = server.kernels()
    visit = open_lesson(lessons()[0], lang)
    (kernel,) = server.kernels() - before
    kernel.kill()
    expect(visit.page.locator("#trouble")).to_contain_text(SENTENCE_OF_LOSS[lang])
    expect(visit.page.locator("#trouble")).to_be_visible()
    visit.end()


def test_closed_page_frees_its_kernel(server: Server, open_lesson: Callable[..., Visit]) -> None:
    before = server.kernels()
    visit = open_lesson(lessons()[0], "vi")
    (kernel,) = server.kernels() - before
    visit.page.goto("about:blank")
    gone, _ = psutil.wait_procs([kernel], timeout=10)
    assert gone, "the kernel of a closed page still runs"
    visit.end()


@pytest.mark.parametrize("address", ["/", "/vi", "/en"])
def test_front_door_leads_to_the_lobby(server: Server, address: str) -> None:
    status, headers, _ = _get(server, address)
    lang = address.strip("/") or "vi"
    assert (status, headers["Location"]) == (302, f"/voila/render/notebooks/{lang}/00-lobby.ipynb")


@pytest.mark.parametrize(
    "address",
    [
        "/voila/tree",
        "/voila/tree/datasets",
        "/voila/api/contents/",
        "/voila/files/README.md",
        "/voila/files/../.git/config",
        "/voila/render/course.py",
        "/voila/render/datasets/truth/secret.ipynb",
        "/voila/render/notebooks/vi/../../../secret.ipynb",
        "/voila/render/notebooks/vi/99-no-such-lesson.ipynb",
        "/voila/templates/cxmaster/static/../../../server.py",
        "/voila/static/../../../../../course.py",
        "/.git/config",
        "/api/contents",
        "/api/kernels",
        "/api/terminals",
        "/voila/templates/cxmaster/index.html.j2",
        "/voila/labextensions/../../../../pyproject.toml",
        "/voila/static/%2e%2e/%2e%2e/%2e%2e/course.py",
        "/datasets/truth/",
        "/voila/render/notebooks/source/09-invest-and-return.md",
    ],
)
def test_nothing_else_is_served(server: Server, address: str) -> None:
    status, _, body = _get(server, address)
    assert status >= 400
    assert "Traceback" not in body
    assert str(COURSE) not in body


def test_a_page_runs_no_code_of_its_own(
    server: Server, open_lesson: Callable[..., Visit], tmp_path: Path
) -> None:
    visit, written = open_lesson(lessons()[0], "vi"), tmp_path / "written"
    code = f"open({str(written)!r}, 'w').close()"
    answers = visit.page.evaluate(ASK_KERNEL, [["execute_request", {"code": code}], INFO])
    assert answers == ["kernel_info_reply"], "the kernel must answer the second request only"
    assert not written.exists()
    visit.end()


@pytest.mark.parametrize("address", ["/voila/render/notebooks/vi/00-glossary.ipynb", "/none", "/"])
def test_headers_keep_the_page_to_itself(server: Server, address: str) -> None:
    _, headers, _ = _get(server, address)
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'self'"):
        assert rule in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert not re.search(r"\d", headers["Server"]), "the server tells its version"


def test_a_foreign_name_for_this_machine_is_refused(server: Server) -> None:
    status, _, _ = _get(server, "/vi", Host="evil.example")
    assert status == 403


def test_lost_reader_is_shown_the_way(server: Server, browser: Browser) -> None:
    visit = Visit.begin(browser, server)
    page = visit.page
    page.goto(f"{server.url}/voila/render/notebooks/vi/99-no-such-lesson.ipynb")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không có trang này")
    expect(page.locator("section[lang=en]")).to_contain_text("no such page")
    assert Axe().run(page).violations_count == 0
    visit.end()


def _violations(visit: Visit, options: dict[str, Any] | None = None) -> list[str]:
    """What axe finds wrong on a page, each rule with the first place that breaks it."""
    found = Axe().run(visit.page, options=options).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def _get(server: Server, address: str, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
    """Ask for an address exactly as written, ``..`` and all."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, answer.headers, body
