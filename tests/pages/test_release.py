"""The zip for people without git: complete, with handouts, and it starts."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
import urllib.request
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import nbformat
import pytest
from visiting import COURSE, LANGS, free_port, running

import course
from authoring import release
from cxlib.learning.printed import BLANK, BOX

LAUNCHERS: Final = ("start.bat", "start.command")
LESSONS: Final = sorted(path.stem for path in (COURSE / "notebooks" / "vi").glob("[01]*.ipynb"))
LOADED: Final = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}


class Sheet(HTMLParser):
    """What a handout shows, loads and links to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang = ""
        self.pictures = 0
        self.loads: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.lang = found.get("lang", "") if tag == "html" else self.lang
        self.pictures += tag == "img" and found["src"].startswith("data:image/png")
        if tag in LOADED:
            self.loads.append(found.get(LOADED[tag], ""))
        if tag == "a":
            self.links.append(found.get("href", ""))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release in a folder with a blank and Vietnamese letters, as on many desktops."""
    packed = release.make()
    folder = tmp_path_factory.mktemp("Tải về")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
        for item in archive.infolist():
            (folder / item.filename).chmod(item.external_attr >> 16)
    return folder / packed.stem


@pytest.fixture(params=[f"{lang}/{name}" for lang in LANGS for name in LESSONS])
def lesson_page(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_all_that_git_knows_is_in_it(unpacked: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=COURSE, capture_output=True, check=True)
    known = [name for name in listed.stdout.decode().split("\0") if (COURSE / name).is_file()]
    assert known
    assert not [name for name in known if not (unpacked / name).is_file()]


def test_course_starts_from_it(unpacked: Path, tmp_path: Path) -> None:
    """With the libraries of this machine; the test of the door installs them afresh."""
    environment = course.Environment(unpacked, "course")
    python = Path(environment.python)
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{unpacked}" exec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    environment.stamp.write_text(environment.origin(), "utf-8")
    port = free_port()
    command = ["course.py", "--no-browser", f"--port={port}"]
    url = f"http://localhost:{port}"
    with (
        running(command, url, tmp_path / "log", folder=unpacked),
        urllib.request.urlopen(f"{url}/vi", timeout=60) as page,
    ):
        assert '<html lang="vi"' in page.read().decode()


def test_windows_can_read_its_launcher(unpacked: Path) -> None:
    script = (unpacked / "start.bat").read_bytes()
    assert script.isascii()
    assert script.count(b"\r\n") == script.count(b"\n") > 0
    assert b"chcp 65001" in script


def test_launcher_of_macos_and_linux_may_be_run(unpacked: Path) -> None:
    assert (unpacked / "start.command").stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_launcher_takes_the_pythons_of_the_door(unpacked: Path, launcher: str) -> None:
    script = (unpacked / launcher).read_text("utf-8")
    assert f"{course.OLDEST_PYTHON} <= sys.version_info[:2] <= {course.NEWEST_PYTHON}" in script
    for file in re.findall(r"docs[/\\][\w-]+\.html", script):
        assert (unpacked / file.replace("\\", "/")).is_file()


def test_launcher_without_python_opens_the_page_that_helps(unpacked: Path, tmp_path: Path) -> None:
    for tool in ("uname", "bash", "env", "dirname"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")
    opener = tmp_path / "xdg-open"
    opener.write_text('#!/bin/sh\necho "$1"\n')
    opener.chmod(0o755)
    (tmp_path / "open").symlink_to(opener)
    script = unpacked / "start.command"
    environment = {"PATH": str(tmp_path)}
    shown = subprocess.run([script], env=environment, capture_output=True, text=True, check=False)
    assert shown.stdout == "docs/get-python.html\n"


def test_handout_shows_every_lab_and_asks_every_question(unpacked: Path, lesson_page: str) -> None:
    notebook = nbformat.read(COURSE / "notebooks" / f"{lesson_page}.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    html = (unpacked / "handouts" / "notebooks" / f"{lesson_page}.html").read_text("utf-8")
    assert Sheet(html).pictures == len(re.findall(r"page\.(?:lab|company)\(", code))
    asked = re.findall(r'<div class="questions">(.*?)</div>', html, re.DOTALL)
    to_fill_in = [block for block in asked if BOX in block or BLANK in block]
    assert len(to_fill_in) >= len(re.findall(r"page\.(?:predict|quiz)\(", code))


def test_handouts_stand_alone(unpacked: Path) -> None:
    folder = unpacked / "handouts"
    sheets = sorted(folder.rglob("*.html"))
    assert len(sheets) > 2 * len(LESSONS)
    for path in sheets:
        html = path.read_text("utf-8")
        sheet = Sheet(html)
        assert all(address.startswith("data:") for address in sheet.loads), path
        assert not re.findall(r"url\((?!data:)|@import", html), path
        dead = [link for link in sheet.links if link and not leads_somewhere(path, link)]
        assert not dead, f"{path.relative_to(folder)} links to {dead}"
        if path.name != "index.html":
            assert sheet.lang == path.parent.name


def leads_somewhere(sheet: Path, link: str) -> bool:
    return link.startswith(("#", "https://")) or (sheet.parent / link.split("#")[0]).is_file()
