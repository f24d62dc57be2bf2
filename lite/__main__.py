"""``python3 course.py lite``: the whole course as one static folder."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Final

import nbformat

from cxlib.text import LANGS
from lite import jupyter
from lite.imports import COURSE, libraries
from lite.packages import LOCK, VERSION, bundle, holders, write_packages
from lite.pages import write_pages

FOLDERS: Final = ("notebooks", "exercises", "exercises/solutions")


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(prog="course.py lite", description=__doc__)
    add = parser.add_argument
    add("--offline", type=Path, metavar="FOLDER", help="bundle the Pyodide in this folder")
    add("--output", type=Path, default=COURSE / "dist" / "lite", metavar="FOLDER",
        help="the folder to write, anew each time (dist/lite)")  # fmt: skip
    wish = parser.parse_args()
    if wish.offline and not is_pyodide(wish.offline):
        parser.error(f"{wish.offline}: không phải Pyodide {VERSION} · is not Pyodide {VERSION}")
    if wish.output.exists() and not is_ours(wish.output):
        parser.error(f"{wish.output}: đã có thứ khác · holds something else")
    build(wish.output, wish.offline)


def is_pyodide(folder: Path) -> bool:
    """Whether the folder holds a Pyodide of the version that the pages are made for."""
    lock = folder / LOCK
    return lock.is_file() and json.loads(lock.read_text("utf-8"))["info"]["version"] == VERSION


def is_ours(folder: Path) -> bool:
    """Whether the folder is a site of ours, or empty, and may be written anew."""
    return (folder / LOCK).is_file() or not any(folder.iterdir())


def build(site: Path, pyodide: Path | None) -> None:
    """Write the site anew."""
    print("Đang dựng… · Building…", flush=True)
    if site.exists():
        shutil.rmtree(site)
    site.mkdir(parents=True)
    needs = {notebook: libraries(code_of(notebook)) for notebook in notebooks()}
    lock = write_packages(site, jupyter.kernel_wheels(), pyodide)
    packages, missing = holders(
        {name for cells in needs.values() for name in frozenset().union(*cells)}, lock
    )
    if missing:
        print(
            f"This Pyodide lacks {', '.join(missing)}: what needs them will say that it cannot run."
        )
    if pyodide:
        bundle(site, pyodide, lock, [*jupyter.KERNEL_PACKAGES, *packages])
    (site / LOCK).write_text(json.dumps(lock), "utf-8")
    shutil.copy(Path(__file__).with_name("pyodide.js"), site)
    extensions = jupyter.build(site, needs, packages)
    write_pages(site, needs, lock, extensions)
    print(f"Xong · Done: python3 -m http.server --bind 127.0.0.1 --directory {site}")


def notebooks() -> list[Path]:
    """Return every built notebook, relative to the course."""
    places = [COURSE / folder / lang for folder in FOLDERS for lang in LANGS]
    found = [path for place in places for path in sorted(place.glob("*.ipynb"))]
    return [path.relative_to(COURSE) for path in found]


def code_of(notebook: Path) -> list[str]:
    """Return the code cells of a notebook."""
    cells = nbformat.read(COURSE / notebook, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


if __name__ == "__main__":
    main()
