"""A class on the trainer's laptop: who gets in, who stays outside, and a server that is full."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from visiting import COURSE, Server, Visit, course_server

import course

sys.path.insert(0, str(COURSE / "voila"))
from class_door import COOKIE, TRIES, ClassDoor

pytestmark = pytest.mark.browser

CODE = "K7MW-3QXD"
LOBBY = "/voila/render/notebooks/vi/00-lobby.ipynb"
LESSON = "/voila/render/notebooks/vi/09-invest-and-return.ipynb"
KERNEL = "/api/kernels/00000000-0000-0000-0000-000000000000"
EVERYTHING = [
    "/",
    "/vi",
    "/class",
    LOBBY,
    LESSON,
    KERNEL,
    f"{KERNEL}/channels",
    "/voila/static/voila.js",
    "/voila/templates/cxmaster/static/../index.html.j2",
    "/voila/labextensions/anywidget/package.json",
    "/no-such-page",
]


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("class") / "log"
    with course_server(log, CX_CLASS_CODE=CODE) as started:
        yield started


@pytest.fixture
def newcomer(classroom: Server, browser: Browser) -> Iterator[Visit]:
    visit = Visit.begin(browser, classroom)
    yield visit
    visit.end()


def ask(server: Server, address: str, **headers: str) -> tuple[int, http.client.HTTPMessage]:
    """The answer's status and headers, asked for exactly as written."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.headers


def status(server: Server, address: str, **headers: str) -> int:
    """The answer's status alone."""
    return ask(server, address, **headers)[0]


@pytest.mark.parametrize("address", EVERYTHING)
def test_nobody_gets_in_without_the_code(classroom: Server, address: str) -> None:
    assert status(classroom, address) == 401


def test_a_forged_pass_opens_nothing(classroom: Server) -> None:
    assert status(classroom, "/vi", Cookie=f"{COOKIE}={CODE}") == 401


def test_the_class_comes_by_the_address_of_the_network(classroom: Server) -> None:
    lan = {"Host": "192.168.1.20:8866"}
    assert status(classroom, "/class", **lan) == 401
    found, headers = ask(classroom, f"/class?code={CODE}", **lan)
    assert found == 302
    (given,) = (line for line in headers.get_all("Set-Cookie") if line.startswith(COOKIE))
    assert status(classroom, "/class", Cookie=given.partition(";")[0], **lan) == 200


def test_the_terminal_draws_the_qr_code() -> None:
    command = [sys.executable, *course.QR_CODE, "http://192.168.1.20:8866/class?code=K7MW-3QXD"]
    drawn = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert len(drawn.splitlines()) > 15, drawn


def test_the_code_typed_opens_the_page_asked_for(newcomer: Visit, classroom: Server) -> None:
    page = newcomer.page
    page.goto(classroom.url + LESSON)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vào lớp")
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Mã lớp").fill(" k7mw 3qxd ")
    page.get_by_label("Mã lớp").press("Enter")
    page.wait_for_selector("html[data-live]")
    assert page.url == classroom.url + LESSON


def test_a_wrong_code_says_so(newcomer: Visit, classroom: Server) -> None:
    page = newcomer.page
    page.goto(f"{classroom.url}/?code=AAAA-AAAA")
    expect(page.get_by_role("status")).to_contain_text("chưa đúng")
    expect(page.locator("section [lang=en]")).to_contain_text("not the code")


def test_the_qr_code_leads_in(newcomer: Visit, classroom: Server, tmp_path: Path) -> None:
    page = newcomer.page
    page.goto(f"{classroom.url}/class?code={quote(CODE)}")
    assert page.url == f"{classroom.url}/class", "the code must not stay in the address bar"
    expect(page.locator(".code")).to_have_text(CODE)
    expect(page.locator(".address")).to_have_text(f"{classroom.url}/")
    assert page.locator(".qr svg").bounding_box()["width"] > 200
    assert Axe().run(page).violations_count == 0
    page.get_by_role("link", name="Về trang đầu khóa học").click()
    page.wait_for_url(classroom.url + LOBBY)


def test_guessing_is_stopped_and_forgiven(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("class_door.time.monotonic", lambda: now)
    door = ClassDoor(CODE)
    for _ in range(TRIES):
        assert not door.must_wait("10.0.0.9")
        door.note_wrong("10.0.0.9")
    assert door.must_wait("10.0.0.9")
    assert not door.must_wait("10.0.0.10"), "others need not wait"
    now += 61
    assert not door.must_wait("10.0.0.9")


def test_guessing_at_the_door_is_slowed(tmp_path: Path) -> None:
    with course_server(tmp_path / "log", CX_CLASS_CODE=CODE) as server:
        tries = [status(server, f"/?code=WRONG-{n}") for n in range(TRIES)]
        assert set(tries) == {403}
        assert status(server, f"/?code={CODE}") == 429, "even the right code has to wait now"


def test_the_code_stays_out_of_the_kernels(newcomer: Visit, classroom: Server) -> None:
    before = classroom.kernels()
    newcomer.page.goto(f"{classroom.url}/vi?code={quote(CODE)}")
    newcomer.page.wait_for_selector("html[data-live]")
    (kernel,) = classroom.kernels() - before
    assert "CX_CLASS_CODE" not in kernel.environ()


def test_a_full_server_says_so_and_tries_again(tmp_path: Path, browser: Browser) -> None:
    with course_server(tmp_path / "log", "--CourseServer.spare_megabytes=99999999") as server:
        visit = Visit.begin(browser, server)
        page = visit.page
        page.clock.install()
        page.goto(server.url + LESSON)
        expect(page.get_by_role("heading", level=1)).to_have_text("Lớp đang đông")
        expect(page.locator("section[lang=en]")).to_contain_text("The class is full")
        assert Axe().run(page).violations_count == 0
        with page.expect_navigation():
            page.clock.run_for(21_000)
        assert server.kernels() == set()
        visit.end()


def test_who_leaves_the_queue_gets_no_kernel(tmp_path: Path) -> None:
    with course_server(tmp_path / "log", "--CourseServer.pages_at_once=1") as server:
        first, impatient, last = (
            http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60) for _ in range(3)
        )
        for learner in (first, impatient, last):
            learner.request("GET", LESSON)
        impatient.close()
        for learner in (first, last):
            answer = learner.getresponse()
            assert answer.status == 200
            assert b"</html>" in answer.read()
        assert len(server.kernels()) == 2
