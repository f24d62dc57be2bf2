"""From sources to executed notebooks that are the same to the byte whenever they are built."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, v4

from authoring.exercises import for_learner
from authoring.source import Cell, Source, SourceError, read
from cxlib.text import LANGS, Lang, held_together

BUILT_FOLDERS: Final = ("notebooks", "exercises", "exercises/solutions")
_INGREDIENTS: Final = ("authoring", "cxlib", "datasets", "exercises/source", "exercises/quiz")
_WIDGET_VIEW: Final = "application/vnd.jupyter.widget-view+json"
_PYTHON: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}
_CELL_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Target:
    """One notebook to build: where it goes, in which language, from which cells."""

    root: Path
    folder: str
    lang: Lang
    source: Source
    cells: tuple[Cell, ...]
    source_hash: str
    neighbours: dict[str, str | None]

    @property
    def path(self) -> Path:
        """Where the built notebook stands."""
        return self.root / self.folder / self.lang / f"{self.source.name}.ipynb"

    @property
    def name(self) -> str:
        """The path as people say it, from the course's root."""
        return self.path.relative_to(self.root).as_posix()


def targets(root: Path) -> list[Target]:
    """Every notebook the sources under ``root`` ask for."""
    ingredients = _ingredients_hash(root)
    return [*_lessons(root, ingredients), *_exercises(root, ingredients)]


def sources(folder: Path) -> list[Source]:
    """The source files of one folder in the order of the lessons."""
    return [read(path) for path in sorted(folder.glob("*.md"))]


def state(target: Target) -> str | None:
    """What is wrong with the notebook on disk, or None when it is as its source says."""
    if not target.path.exists():
        return "missing"
    try:
        notebook = nbformat.read(target.path, as_version=4)
        kept = notebook.metadata.cx
        whole = kept.content_hash == content_hash(notebook)
    except (nbformat.reader.NotJSONError, AttributeError):
        whole = False
    if not whole:
        return "edited by hand"
    return None if kept.source_hash == target.source_hash else "older than its source"


def strays(root: Path) -> list[Path]:
    """Notebooks in the built folders that no source asks for."""
    wanted = {target.path for target in targets(root)}
    standing = chain.from_iterable(
        (root / folder / lang).glob("*.ipynb") for folder in BUILT_FOLDERS for lang in LANGS
    )
    return sorted(set(standing) - wanted)


def build(target: Target) -> NotebookNode:
    """Assemble and execute one notebook.

    Raises:
        SourceError: a cell fails, warns or writes to the error stream.
    """
    notebook = _assemble(target)
    _execute(notebook, target)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(_WIDGET_VIEW, None)
    notebook.metadata.update(deepcopy(_PYTHON))
    notebook.metadata.cx.content_hash = content_hash(notebook)
    return notebook


def write(notebook: NotebookNode, path: Path) -> None:
    """Store a notebook, alike on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def content_hash(notebook: NotebookNode) -> str:
    """A hash over all a notebook holds but the hash itself."""
    bare = deepcopy(notebook)
    bare.metadata.cx.pop("content_hash", None)
    return _hash(nbformat.writes(bare))


def _lessons(root: Path, ingredients: str) -> Iterator[Target]:
    lessons = sources(root / "notebooks" / "source")
    names = [None, *(lesson.name for lesson in lessons), None]
    for before, lesson, after in zip(names, lessons, names[2:], strict=False):
        neighbours = {"previous": before, "next": after}
        source_hash = _hash(ingredients, _content(lesson.path), json.dumps(neighbours))
        for lang in LANGS:
            cells = lesson.cells_in(lang)
            yield Target(root, "notebooks", lang, lesson, cells, source_hash, neighbours)


def _exercises(root: Path, ingredients: str) -> Iterator[Target]:
    for exercise in sources(root / "exercises" / "source"):
        source_hash = _hash(ingredients, _content(exercise.path))
        for lang in LANGS:
            solved = exercise.cells_in(lang)
            for folder, cells in (
                ("exercises", for_learner(solved)),
                ("exercises/solutions", solved),
            ):
                yield Target(root, folder, lang, exercise, cells, source_hash, {})


def _assemble(target: Target) -> NotebookNode:
    source = target.source
    notebook: NotebookNode = v4.new_notebook(
        cells=[_assemble_cell(cell) for cell in target.cells],
        metadata={
            "title": source.title(target.lang),
            "lang": target.lang,
            "cx": {
                "lesson": source.lesson,
                "slug": source.slug,
                "minutes": dict(source.minutes),
                "source_hash": target.source_hash,
                **target.neighbours,
            },
        },
    )
    return notebook


def _assemble_cell(cell: Cell) -> NotebookNode:
    tags = list(cell.tags) + (["trainer"] if cell.part == "trainer" else [])
    metadata: dict[str, Any] = {"part": cell.part} if cell.part else {}
    if tags:
        metadata["tags"] = tags
    built: NotebookNode = (
        v4.new_code_cell(cell.text, id=cell.id, metadata=metadata)
        if cell.kind == "code"
        else v4.new_markdown_cell(held_together(cell.text), id=cell.id, metadata=metadata)
    )
    return built


def _execute(notebook: NotebookNode, target: Target) -> None:
    target.path.parent.mkdir(parents=True, exist_ok=True)
    client = NotebookClient(
        notebook,
        timeout=_CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(target.path.parent)}},
    )
    try:
        client.execute(env={**os.environ, "PYTHONPATH": str(target.root)})
    except CellExecutionError:
        pass  # the error stands in the cell's outputs
    except (CellTimeoutError, DeadKernelError) as error:
        raise SourceError(f"{target.name}: {error}") from error
    for cell, built in zip(target.cells, notebook.cells, strict=True):
        for output in built.get("outputs", ()):
            if complaint := _complaint(output):
                raise SourceError(f"{cell.name}, in {target.name}:\n{complaint}")


def _complaint(output: NotebookNode) -> str | None:
    if output.output_type == "error":
        return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback))
    if output.output_type == "stream" and output.name == "stderr":
        return str(output.text)
    return None


def _ingredients_hash(root: Path) -> str:
    """One hash over all files, other than its own source, that may change a notebook."""
    parts: list[str | bytes] = []
    for path in sorted(file for folder in _INGREDIENTS for file in (root / folder).rglob("*")):
        inside = path.relative_to(root)
        hidden = any(name.startswith((".", "__pycache__")) for name in inside.parts)
        if path.is_file() and not hidden:
            parts += [inside.as_posix(), _content(path)]
    return _hash(*parts)


def _content(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def _hash(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:16]
