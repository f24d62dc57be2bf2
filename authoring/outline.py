"""The course outline: every built lesson with the steps that count as progress in it.

A step is the name under which the learner's browser keeps what she did there, such as
``prediction.roi-after-time`` or ``quiz.09-invest-and-return``.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from authoring.build import sources
from authoring.source import Source
from cxlib.learning.glossary import Term, terms
from cxlib.learning.lab import Lab
from cxlib.learning.predict import Prediction
from cxlib.learning.progress import OUTLINE
from cxlib.text import LANGS, Lang

_LOBBY: Final = "00"
_HEADING: Final = re.compile("^##+ (.+)$", re.MULTILINE)
_EVERYWHERE: Final[dict[Lang, tuple[str, ...]]] = {
    "vi": ("Bằng chứng nói gì?", "Công ty bạn", "Ôn nhanh", "Mang về"),
    "en": ("What does the evidence say?", "Your company", "Quick quiz", "Take away"),
}
"""Headings that every lesson has."""


def path(root: Path) -> Path:
    """Where the outline stands."""
    return root / "cxlib" / "learning" / OUTLINE.name


def write(root: Path, lessons: Collection[str] = ()) -> None:
    """Bring the outline up to date, for some lessons or for all."""
    path(root).parent.mkdir(parents=True, exist_ok=True)
    path(root).write_text(_text(root, lessons), encoding="utf-8", newline="\n")


def is_stale(root: Path, lessons: Collection[str] = ()) -> bool:
    """Whether the outline differs from what the sources say."""
    return not path(root).exists() or path(root).read_text("utf-8") != _text(root, lessons)


def _text(root: Path, lessons: Collection[str]) -> str:
    written = path(root)
    kept = json.loads(written.read_text("utf-8")) if written.exists() else []
    known = {entry["name"]: entry for entry in kept}
    exercises = {source.name: source for source in sources(root / "exercises" / "source")}
    entries = [
        known[source.name]
        if lessons and source.lesson not in lessons and source.name in known
        else _entry(source, exercises.get(source.name))
        for source in sources(root / "notebooks" / "source")
        if source.lesson != _LOBBY
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _entry(lesson: Source, exercises: Source | None) -> dict[str, Any]:
    steps = list(_steps(lesson))
    if exercises:
        steps += [step for step in _steps(exercises) if step.startswith("exercise.")]
    return {
        "lesson": lesson.lesson,
        "name": lesson.name,
        "title": {"vi": lesson.title.vi, "en": lesson.title.en},
        "minutes": lesson.minutes["alone"],
        "topics": {lang: _topics(lesson, lang) for lang in LANGS},
        "steps": list(dict.fromkeys(steps)),
    }


def _topics(lesson: Source, lang: Lang) -> list[str]:
    """Its own headings, then the terms its text uses."""
    prose = "\n".join(cell.text for cell in lesson.cells_in(lang) if cell.kind == "prose")
    headings = [found for found in _HEADING.findall(prose) if found not in _EVERYWHERE[lang]]
    used = [term.title(lang) for term in terms() if _uses(prose, term, lang)]
    return [*headings, *used]


def _uses(prose: str, term: Term, lang: Lang) -> bool:
    """Whether a text holds the term; an abbreviation counts only as it is written."""
    return any(
        re.search(
            rf"\b{re.escape(name)}\b", prose, 0 if name == term.abbreviation else re.IGNORECASE
        )
        for name in term.names(lang)
    )


def _steps(source: Source) -> Iterator[str]:
    """Read the steps off the calls ``page.predict(labs.…)``, ``page.quiz()`` and so on."""
    trees = [ast.parse(cell.text) for cell in source.cells_in("vi") if cell.kind == "code"]
    modules = {name: module for tree in trees for name, module in _lab_modules(tree)}
    for call in (node for tree in trees for node in ast.walk(tree)):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="page"), attr=method), args=given):
                yield from _step(source.name, method, given, modules)


def _lab_modules(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "cxlib.labs":
            yield from (
                (name.asname or name.name, f"cxlib.labs.{name.name}") for name in node.names
            )


def _step(name: str, method: str, given: list[ast.expr], modules: dict[str, str]) -> Iterator[str]:
    match method, given:
        case "quiz", []:
            yield f"quiz.{name}"
        case "exercise", [ast.Constant(value=str(key))]:
            yield f"exercise.{name}.{key}"
        case _, [ast.Attribute(value=ast.Name(id=module), attr=item), *_] if module in modules:
            shown = getattr(import_module(modules[module]), item)
            if isinstance(shown, Prediction):
                yield shown.memory
            elif isinstance(shown, Lab) and shown.fields:
                yield shown.tried(own=method == "company")
