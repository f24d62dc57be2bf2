"""The learner's pages: every built notebook as a static page in the course's own look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import nbformat
from nbformat import NotebookNode
from voici_core.exporter import VoiciExporter
from voila.configuration import VoilaConfiguration

from cxlib.learning.glossary import explained
from cxlib.text import LANGS
from lite.imports import COURSE
from lite.jupyter import KERNEL, kernel_settings
from lite.packages import Lock, holders

EXTENSIONS: Final = (KERNEL, "anywidget")
HEAVY: Final = {"docx", "scipy", "statsmodels"}
"""Libraries that a page fetches only when it comes to a cell that needs them."""
HOME: Final = """\
<!DOCTYPE html>
<html lang="{lang}">
<meta charset="utf-8">
<title>CX Master</title>
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={page}">
<a href="{page}">CX Master</a>
</html>
"""


def write_pages(
    site: Path,
    needs: Mapping[Path, Sequence[frozenset[str]]],
    lock: Lock,
    extensions: Iterable[Mapping[str, Any]],
) -> None:
    """Write a page for each notebook, and the doors to the lobby.

    Args:
        site: the folder to write into.
        needs: what each code cell of each notebook may import.
        lock: the packages that there are.
        extensions: what JupyterLite was built with.
    """
    os.environ["JUPYTER_PATH"] = str(COURSE)  # where voila/templates lies
    spec = find_spec("voici_core")
    assert spec is not None
    assert spec.origin is not None
    shutil.copytree(Path(spec.origin).parent / "static" / "build", site / "voici")
    used = [item for item in extensions if item["name"] in EXTENSIONS]
    for notebook, cells in needs.items():
        libraries = frozenset[str]().union(*cells)
        packages, _ = holders(libraries - HEAVY, lock)
        _, missing = holders(libraries, lock)
        page = site / notebook.with_suffix(".html")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_page(notebook, cells, packages, missing, used), "utf-8")
    for lang in LANGS:
        _write_door(site / lang / "index.html", lang, f"../notebooks/{lang}/00-lobby.html")
    _write_door(site / "index.html", "vi", "vi/")


def _page(
    notebook: Path,
    needs: Sequence[frozenset[str]],
    packages: Sequence[str],
    missing: Sequence[str],
    extensions: Sequence[Mapping[str, Any]],
) -> str:
    root = "../" * len(notebook.parent.parts)
    config = {
        "appVersion": "0",
        "baseUrl": root,
        "extensionConfig": {},
        "federated_extensions": extensions,
        "fullLabextensionsUrl": f"{root}jupyter/extensions",
        "fullStaticUrl": f"{root}voici",
        "jpThemeName": "JupyterLab Light",
        # As on a Voilà page, nobody keeps this one as a notebook.
        "litePluginSettings": kernel_settings(root, packages, env={"SERVER_SOFTWARE": "voila"}),
        "settingsUrl": f"{root}jupyter/build/schemas",
        "themesUrl": "./jupyter/build/themes",
    }
    exporter = VoiciExporter(
        voici_config=VoilaConfiguration(template="cxmaster", theme="light"), page_config=config
    )
    content = nbformat.read(COURSE / notebook, as_version=4)
    content.cells = [cell for cell in content.cells if not _for_trainers(cell)]
    code = (cell for cell in content.cells if cell.cell_type == "code")
    for cell, libraries in zip(code, needs, strict=True):
        cell.outputs = []
        cell.source = _announced(libraries & HEAVY) + cell.source
    resources = {
        "terms": {lang: explained(lang) for lang in LANGS},
        "metadata": {"name": notebook.stem},
        "missing": missing,
    }
    html, _ = exporter.from_notebook_node(content, resources)
    return str(html)


def _for_trainers(cell: NotebookNode) -> bool:
    return "trainer" in cell.metadata.get("tags", ())


def _announced(libraries: Iterable[str]) -> str:
    """Make the kernel fetch libraries before a cell runs: it looks for imports in the code."""
    return "".join(f"if False:\n    import {name}\n" for name in sorted(libraries))


def _write_door(file: Path, lang: str, page: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(HOME.format(lang=lang, page=page), "utf-8")
