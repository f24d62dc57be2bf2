"""Every notebook, run again from its first cell, gives the outputs it was published with.

Strict nbval compares texts, tables and SVG; pictures and widgets it cannot compare.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

import pytest
from nbformat import read, v4, write

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [
    f"{kind}/{lang}"
    for lang in ("vi", "en")
    for kind in ("notebooks", "exercises", "exercises/solutions")
]
NOTEBOOKS = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.ipynb"))]
MOST_SECONDS = 900


@dataclass
class Run:
    """One pytest process that runs some notebooks with nbval."""

    process: subprocess.Popen[str]
    report: Path

    @cached_property
    def failures(self) -> dict[str, list[str]]:
        """What failed in each notebook, by the notebook's path from the root."""
        said, _ = self.process.communicate(timeout=MOST_SECONDS)
        assert self.report.exists(), f"nbval did not run: {said}"
        found: dict[str, list[str]] = {}
        for case in ElementTree.parse(self.report).iter("testcase"):
            failures = found.setdefault(Path(case.get("file", "")).as_posix(), [])
            failures += [f"{case.get('name')}: {bad.text}" for bad in case if bad.tag != "skipped"]
        return found


def start(notebooks: Sequence[Path], root: Path, report: Path) -> Run:
    """Let nbval run the notebooks in a process of its own."""
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "--color=no"]
    command += ["--rootdir", str(root), "-c", os.devnull, "-p", "no:cacheprovider", "-q"]
    command += [f"--junitxml={report}", "-o", "junit_family=xunit1", *map(str, notebooks)]
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    return Run(process, report)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Run]]:
    """Both languages run at once: a kernel spends much of its time waiting."""
    folder = tmp_path_factory.mktemp("nbval")
    running = {
        lang: start(
            [path for path in NOTEBOOKS if path.parent.name == lang], ROOT, folder / f"{lang}.xml"
        )
        for lang in sorted({path.parent.name for path in NOTEBOOKS})
    }
    yield running
    for run in running.values():
        run.process.kill()


def test_the_course_has_notebooks() -> None:
    empty = [folder for folder in FOLDERS if not any((ROOT / folder).glob("*.ipynb"))]
    assert not empty, f"no notebooks in {', '.join(empty)}: run python3 course.py build"


@pytest.mark.timeout(MOST_SECONDS)
@pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).with_suffix("").as_posix()
)
def test_notebook_gives_its_published_outputs(path: Path, runs: dict[str, Run]) -> None:
    name = path.relative_to(ROOT).as_posix()
    failures = runs[path.parent.name].failures
    assert name in failures or not has_code(path), f"nbval never came to {name}"
    assert not failures.get(name), "\n".join(failures[name])


def has_code(path: Path) -> bool:
    return any(cell.cell_type == "code" for cell in read(path, as_version=4).cells)


def test_an_output_that_changed_is_seen(tmp_path: Path) -> None:
    published = {"honest.ipynb": "2", "wrong.ipynb": "3"}
    for name, shown in published.items():
        output = v4.new_output("execute_result", {"text/plain": shown}, execution_count=1)
        cell = v4.new_code_cell("1 + 1", outputs=[output], execution_count=1)
        write(v4.new_notebook(cells=[cell]), tmp_path / name)
    run = start([tmp_path / name for name in published], tmp_path, tmp_path / "report.xml")
    assert run.failures["honest.ipynb"] == []
    assert "mismatch 'text/plain'" in run.failures["wrong.ipynb"][0]
