"""A learner's exercise is its solution with ``...`` in place of the answers, nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from authoring.exercises import SOLUTION, for_learner
from authoring.source import Cell, SourceError, read

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = Path(__file__).parent / "fixtures" / "exercises" / "source" / "01-tiny.md"
EXERCISES = sorted((ROOT / "exercises" / "source").glob("*.md"))


def code_cell(text: str) -> Cell:
    return Cell(
        id="c",
        name="cell 1",
        kind="code",
        text=text,
        part=None,
        lang=None,
        checked=None,
        tags=(SOLUTION,),
    )


def blanked(text: str) -> str:
    (cell,) = for_learner([code_cell(text)])
    return cell.text


def test_the_course_has_exercises() -> None:
    assert EXERCISES, "exercises/source holds no exercise"


@pytest.mark.parametrize("path", [FIXTURE, *EXERCISES], ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_stub_is_the_solution_but_for_the_ellipses(path: Path, lang: str) -> None:
    solved = read(path).cells_in(lang)
    learner = for_learner(solved)
    kept = [c for c in solved if not (c.kind == "prose" and SOLUTION in c.tags)]
    assert [cell.id for cell in learner] == [cell.id for cell in kept]
    for stub, solution in zip(learner, kept, strict=True):
        if SOLUTION not in solution.tags:
            assert stub == solution
        else:
            expected = ast.parse(solution.text)
            answers = list(top_level_answers(expected))
            assert answers, f"{solution.name}: no answer to blank"
            for answer in answers:
                answer.value = ast.Constant(...)
            assert ast.dump(ast.parse(stub.text)) == ast.dump(expected), stub.name


def top_level_answers(module: ast.Module) -> Iterator[ast.Assign | ast.AnnAssign]:
    return (node for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign))


@pytest.mark.parametrize(
    ("solution", "stub"),
    [
        pytest.param("x = 1 + 2", "x = ...", id="one line"),
        pytest.param("x = 1  # đồng", "x = ...  # đồng", id="comment behind"),
        pytest.param("# cách làm\nx = 1", "# cách làm\nx = ...", id="comment above"),
        pytest.param("x = (\n    1\n    + 2\n)\ny = x", "x = ...\ny = ...", id="in brackets"),
        pytest.param("a = b = f(x=1)", "a = b = ...", id="two names"),
        pytest.param("a, b = 1, 2", "a, b = ...", id="tuple"),
        pytest.param("x: float = 1", "x: float = ...", id="annotated"),
        pytest.param('d["k=1"] = 5', 'd["k=1"] = ...', id="equals sign in the target"),
        pytest.param('x = "ễ"; y = "đ" * 2', "x = ...; y = ...", id="two on a line"),
        pytest.param("x = 1\ncheck(x)", "x = ...\ncheck(x)", id="check kept"),
        pytest.param("for i in r:\n    x = i\ny = 2", "for i in r:\n    x = i\ny = ...", id="loop"),
    ],
)
def test_blanking_keeps_all_but_the_answer(solution: str, stub: str) -> None:
    assert blanked(solution) == stub


def test_a_solution_without_an_answer_is_refused() -> None:
    with pytest.raises(SourceError, match="cell 1: a solution cell assigns its answer"):
        blanked("print(1)")
