"""The first thing a reader types, in a fresh copy of the course."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 15 * 60  # seconds, for an installation on a slow line
PAGE_PATIENCE = 60
GRACE = 10

pytestmark = [pytest.mark.door, pytest.mark.timeout(2 * PATIENCE)]


@dataclass
class Visit:
    """One run of the door, from the command to the lobby and to its end."""

    seconds: float
    lobby: str
    said: str
    left_behind: list[str]

    def shows_lobby(self) -> bool:
        return '<html lang="vi"' in self.lobby


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone would hold, in a folder whose name has a blank and Vietnamese letters."""
    copy = tmp_path_factory.mktemp("bản sao mới") / "khoá học"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="session")
def first(copy: Path) -> Visit:
    return visit(copy)


@pytest.fixture(scope="session")
def second(copy: Path, first: Visit) -> Visit:
    return visit(copy)


def visit(copy: Path) -> Visit:
    log = copy.parent / "said.log"
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with open_door(copy, port, log) as door:
        started = time.monotonic()
        lobby = fetch_lobby(door, f"http://127.0.0.1:{port}/vi", log)
        seconds = time.monotonic() - started
    return Visit(seconds, lobby, log.read_text("utf-8"), left_behind(copy))


@contextmanager
def open_door(copy: Path, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    python = shutil.which("python3") or sys.executable
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    with log.open("wb") as out:
        door = subprocess.Popen(
            [python, "course.py", "--no-browser", "--port", str(port)],
            cwd=copy,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            yield door
        finally:
            door.terminate()
            door.wait(60)


def fetch_lobby(door: subprocess.Popen[bytes], url: str, log: Path) -> str:
    """The page behind the address that the door names; empty if it names or shows none."""
    deadline = time.monotonic() + PATIENCE
    while url not in log.read_text("utf-8"):
        if door.poll() is not None or time.monotonic() > deadline:
            return ""
        time.sleep(0.1)
    with suppress(OSError), urllib.request.urlopen(url, timeout=PAGE_PATIENCE) as page:
        return str(page.read().decode())
    return ""


def left_behind(copy: Path) -> list[str]:
    """Processes of the copy that outlive the door."""
    deadline = time.monotonic() + GRACE
    while (running := processes_of(copy)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return running


def processes_of(copy: Path) -> list[str]:
    lines = (" ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"]))
    return [line for line in lines if str(copy) in line]


def test_the_first_command_opens_the_lobby(
    first: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert first.shows_lobby(), f"no lobby; the door said:\n{first.said}"
    with capsys.disabled():
        print(f"\nfirst start, with installation: lobby after {first.seconds:.1f} s")


def test_the_first_start_shows_progress(first: Visit) -> None:
    assert re.findall(r"^  (\d)/4 .*\.+ \d+ giây$", first.said, re.MULTILINE) == list("1234")


def test_a_second_start_installs_nothing(second: Visit, capsys: pytest.CaptureFixture[str]) -> None:
    assert second.shows_lobby(), f"no lobby; the door said:\n{second.said}"
    assert "1/4" not in second.said
    with capsys.disabled():
        print(f"\nlater start: lobby after {second.seconds:.1f} s")


def test_no_process_stays_when_the_door_closes(first: Visit, second: Visit) -> None:
    assert first.left_behind + second.left_behind == []
