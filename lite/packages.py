"""The list of packages the browser installs from: Pyodide's own and ours in one lock file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name

from lite import wheels

VERSION: Final = "0.27.7"
CDN: Final = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
"""Where JupyterLite points; ``pyodide-lock.json`` beside this file is that folder's own."""
LOCK: Final = "pyodide-lock.json"
CORE: Final = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
PREPARED: Final = {"yaml", "bibtexparser"}
"""Imported by the course only for files that the browser gets as JSON."""

Lock = dict[str, Any]


def write_packages(site: Path, kernel_wheels: Iterable[Path], pyodide: Path | None) -> Lock:
    """Write our wheels into the site, and the lock that lists them beside those of Pyodide.

    Pyodide's own stay where JupyterLite finds them, or come from the folder ``pyodide``.
    """
    lock: Lock = json.loads(((pyodide or Path(__file__).parent) / LOCK).read_text("utf-8"))
    lock["home"] = "pyodide/" if pyodide else CDN
    for entry in lock["packages"].values():
        entry["file_name"] = lock["home"] + entry["file_name"]
    folder = site / "wheels"
    folder.mkdir()
    ours = wheels.pack_libraries(folder) | wheels.pack_course(folder)
    for wheel in kernel_wheels:
        ours |= wheels.adopt(folder, wheel)
    lock["packages"] |= ours
    for entry in ours.values():
        entry["depends"] = [name for name in entry["depends"] if name in lock["packages"]]
    return lock


def holders(libraries: Iterable[str], lock: Lock) -> tuple[list[str], list[str]]:
    """Return the packages that hold the libraries, and the libraries that no package holds."""
    packages = {name: key for key, entry in lock["packages"].items() for name in entry["imports"]}
    wanted = sorted(set(libraries) - PREPARED)
    found = {packages[name] for name in wanted if name in packages}
    return sorted(found), [name for name in wanted if name not in packages]


def bundle(site: Path, pyodide: Path, lock: Lock, wanted: Iterable[str]) -> None:
    """Copy Pyodide and the wanted packages into the site; the lock forgets all others."""
    needed = set(_with_dependencies(wanted, lock))
    lock["packages"] = {key: lock["packages"][key] for key in sorted(needed)}
    files = [entry["file_name"] for entry in lock["packages"].values()]
    own = [name.removeprefix("pyodide/") for name in files if name.startswith("pyodide/")]
    (site / "pyodide").mkdir()
    for name in (*CORE, *own):
        shutil.copy(pyodide / name, site / "pyodide" / name)


def _with_dependencies(wanted: Iterable[str], lock: Lock) -> Iterator[str]:
    for name in map(canonicalize_name, wanted):
        yield name
        yield from _with_dependencies(lock["packages"][name]["depends"], lock)
