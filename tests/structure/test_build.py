"""The notebooks are what their sources say, built the same way every time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from authoring.__main__ import MEND, main
from authoring.build import Target, build, content_hash, state, strays, targets
from authoring.source import SourceError, read
from cxlib.text import LANGS

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
NOTEBOOKS = [
    f"{folder}/{lang}/{source.stem}.ipynb"
    for kind, folders in {
        "notebooks": ["notebooks"],
        "exercises": ["exercises", "exercises/solutions"],
    }.items()
    for source in sorted((ROOT / kind / "source").glob("*.md"))
    for folder in folders
    for lang in LANGS
]


# The course's own notebooks


@pytest.fixture(scope="module")
def course() -> dict[str, Target]:
    return {target.name: target for target in targets(ROOT)}


@pytest.fixture(scope="module")
def rebuilt(course: dict[str, Target]) -> Iterator[dict[str, Future[NotebookNode]]]:
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield {name: pool.submit(build, target) for name, target in course.items()}


def test_the_course_has_notebooks() -> None:
    assert NOTEBOOKS, "notebooks/source holds no lesson"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_on_disk_is_as_built(name: str, course: dict[str, Target]) -> None:
    trouble = state(course[name])
    assert trouble is None, f"{name} is {trouble}: {MEND}"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_building_again_gives_the_same_notebook(
    name: str, rebuilt: dict[str, Future[NotebookNode]]
) -> None:
    kept = portable(nbformat.read(ROOT / name, as_version=4))
    again = portable(rebuilt[name].result())
    for number, (old, new) in enumerate(zip(kept.cells, again.cells, strict=False), 1):
        assert old == new, f"{name}: cell {number} changed when built again: {MEND}"
    assert kept == again, f"{name}: changed when built again: {MEND}"


def test_every_built_notebook_has_a_source() -> None:
    assert [path.name for path in strays(ROOT)] == []


def portable(notebook: NotebookNode) -> NotebookNode:
    """The notebook without its hashes and the bytes of its pictures, which differ by platform."""
    bare = deepcopy(notebook)
    del bare.metadata.cx["content_hash"], bare.metadata.cx["source_hash"]
    for cell in bare.cells:
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = "a picture"
    return bare


# The build itself, on two tiny lessons and an exercise


@pytest.fixture(scope="module")
def built_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "house"
    shutil.copytree(FIXTURES, root)
    assert main(["--checked"], root) == 0
    return root


@pytest.fixture
def house(built_house: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_house, tmp_path / "house"))


def notebook(root: Path, name: str = "notebooks/vi/01-tiny.ipynb") -> NotebookNode:
    return nbformat.read(root / name, as_version=4)


def target(root: Path, name: str = "notebooks/vi/01-tiny.ipynb") -> Target:
    return next(target for target in targets(root) if target.name == name)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} holds no {old!r} to replace"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def tiny(root: Path) -> Path:
    return root / "notebooks" / "source" / "01-tiny.md"


def outputs(notebook: NotebookNode, part: str) -> list[dict[str, Any]]:
    cell = next(cell for cell in notebook.cells if cell.metadata.get("part") == part)
    return [output.get("data", {}) for output in cell.outputs]


def test_building_twice_changes_no_byte(house: Path) -> None:
    before = {path: path.read_bytes() for path in house.rglob("*.ipynb")}
    assert main(["--force"], house) == 0
    changed = [path.name for path, content in before.items() if path.read_bytes() != content]
    assert len(before) == 8
    assert changed == []


@pytest.mark.parametrize(
    ("lang", "answer", "other"), [("vi", "'bốn'", "four"), ("en", "'four'", "bốn")]
)
def test_each_notebook_speaks_one_language(
    built_house: Path, lang: str, answer: str, other: str
) -> None:
    built = notebook(built_house, f"notebooks/{lang}/01-tiny.ipynb")
    assert outputs(built, "explain") == [{"text/plain": answer}]
    assert other not in nbformat.writes(built)
    assert built.metadata.lang == lang


def test_metadata_name_the_lesson_and_its_neighbours(built_house: Path) -> None:
    built = notebook(built_house)
    assert built.metadata.title == "Hai cộng hai?"
    assert built.metadata.kernelspec.name == "python3"
    assert "version" not in built.metadata.language_info
    kept = {name: built.metadata.cx[name] for name in ("lesson", "slug", "minutes")}
    assert kept == {"lesson": "01", "slug": "tiny", "minutes": {"alone": 20, "stage": 10}}
    assert (built.metadata.cx.previous, built.metadata.cx.next) == (None, "02-next")
    following = notebook(built_house, "notebooks/vi/02-next.ipynb")
    assert (following.metadata.cx.previous, following.metadata.cx.next) == ("01-tiny", None)


def test_a_widget_leaves_its_picture_and_no_random_id(built_house: Path) -> None:
    built = notebook(built_house)
    picture = {"image/png": "aGVsbG8=", "text/plain": "a picture"}
    assert picture in outputs(built, "lab")
    assert "model_id" not in nbformat.writes(built).replace('\\"model_id\\"', "")
    assert "widgets" not in built.metadata


def test_no_time_of_execution_is_kept(built_house: Path) -> None:
    assert all("execution" not in cell.metadata for cell in notebook(built_house).cells)


def test_trainer_cells_carry_the_tag(built_house: Path) -> None:
    tags = {cell.metadata.part: cell.metadata.get("tags") for cell in notebook(built_house).cells}
    assert tags["trainer"] == ["trainer"]
    assert tags["title"] is None


def test_a_new_cell_leaves_the_ids_of_the_others(house: Path) -> None:
    before = [cell.id for cell in read(tiny(house)).cells]
    edit(tiny(house), "```{code-cell} python\n---\npart: setup", "```{code-cell}\n1\n```\n\n\\g")
    edit(tiny(house), "\\g", "```{code-cell} python\n---\npart: setup")
    after = [cell.id for cell in read(tiny(house)).cells]
    assert after[:2] + after[3:] == before


def test_equal_cells_get_different_ids(house: Path) -> None:
    edit(
        tiny(house), "2 + 2\n```", "2 + 2\n```\n\n```{code-cell}\n1\n```\n\n```{code-cell}\n1\n```"
    )
    ids = [cell.id for cell in read(tiny(house)).cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        pytest.param("import sys; print('psst', file=sys.stderr)", "psst", id="error stream"),
        pytest.param("import warnings; warnings.warn('old way')", "old way", id="warning"),
        pytest.param("1 / 0", "ZeroDivisionError", id="error"),
    ],
)
def test_a_noisy_cell_stops_the_build(house: Path, code: str, complaint: str) -> None:
    edit(tiny(house), "2 + 2", code)
    with pytest.raises(SourceError, match=rf"(?s)01-tiny.md, cell 4 \(print.*{complaint}") as stop:
        build(target(house))
    assert "notebooks/vi/01-tiny.ipynb" in str(stop.value)


def test_what_is_up_to_date_is_left_alone(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "notebooks" / "en" / "02-next.ipynb").unlink()
    assert main([], house) == 0
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == [
        "notebooks/en/02-next.ipynb"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Ghi chú", "Ghi chu", id="prose"),
        pytest.param('"aGVsbG8="', '"aGVsbG9="', id="picture"),
        pytest.param('"execution_count": 1', '"execution_count": 9', id="execution count"),
        pytest.param('"nbformat": 4', '"nbformat": ', id="not JSON any more"),
    ],
)
def test_a_hand_edit_is_seen(house: Path, old: str, new: str) -> None:
    edit(house / "notebooks/vi/01-tiny.ipynb", old, new)
    assert state(target(house)) == "edited by hand"


@pytest.mark.parametrize(
    "ingredient",
    ["cxlib/models/new.py", "datasets/new.csv", "exercises/source/new.yml", "authoring/new.py"],
)
def test_a_changed_ingredient_makes_notebooks_stale(house: Path, ingredient: str) -> None:
    assert state(target(house)) is None
    (house / ingredient).parent.mkdir(parents=True, exist_ok=True)
    (house / ingredient).write_text("1")
    assert state(target(house)) == "older than its source"


def test_line_endings_of_the_checkout_do_not_matter(house: Path) -> None:
    before = target(house).source_hash
    tiny(house).write_bytes(tiny(house).read_bytes().replace(b"\n", b"\r\n"))
    assert target(house).source_hash == before


def test_check_names_what_is_out_of_date(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], house) == 0
    (house / "notebooks/vi/01-tiny.ipynb").unlink()
    assert main(["--check"], house) == 1
    assert capsys.readouterr().err == f"notebooks/vi/01-tiny.ipynb: missing; {MEND}\n"


def test_a_notebook_without_source_is_named(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(house / "notebooks/vi/01-tiny.ipynb", house / "notebooks/vi/08-old.ipynb")
    assert main([], house) == 1
    assert "08-old.ipynb: no source, delete it" in capsys.readouterr().err


def test_an_unknown_lesson_is_named(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["07"], house) == 1
    assert capsys.readouterr().err == "no lesson 07; there are: 01, 02\n"


def test_the_content_hash_covers_everything_but_itself(built_house: Path) -> None:
    built = notebook(built_house)
    assert content_hash(built) == built.metadata.cx.content_hash
    built.metadata.cx.content_hash = "another"
    assert content_hash(built) == notebook(built_house).metadata.cx.content_hash


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param('lesson: "01"', "lesson: 1", "two digits in quotes", id="lesson unquoted"),
        pytest.param("slug: tiny", "slug: huge", "file name 01-huge.md", id="file name"),
        pytest.param("minutes:", "minuets:", "minutes: {alone, stage}", id="key missing"),
        pytest.param("title: {", "title: [", "not YAML", id="front matter broken"),
        pytest.param("---\nlesson", "lesson", "between two lines ---", id="no front matter"),
        pytest.param("part: lab", "part: lap", "part 'lap' is none of", id="unknown part"),
        pytest.param("part: lab", "prat: lab", "unknown prat", id="unknown key"),
        pytest.param(
            '+++ {"part": "trainer", "lang": "vi"', "+++ {", "begin it with", id="no lang"
        ),
        pytest.param('"lang": "vi"', '"lang": vi', "Markdown cell 0", id="header broken"),
    ],
)
def test_a_broken_source_says_what_to_mend(house: Path, old: str, new: str, said: str) -> None:
    edit(tiny(house), old, new)
    with pytest.raises(SourceError, match=f"^01-tiny.md.*{said}"):
        read(tiny(house))
