"""JupyterLite: the notebooks with their code, for analysts."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from lite.imports import COURSE

KERNEL: Final = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS: Final = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
LABEXTENSIONS: Final = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
KERNEL_PACKAGES: Final = ("micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm",
                          "pyodide_kernel", "jedi", "ipython", "cx-master")  # fmt: skip
"""What the kernel would otherwise install one by one, and the course."""


def kernel_wheels() -> list[Path]:
    """Return the wheels that come with the kernel."""
    folder = LABEXTENSIONS / KERNEL / "static" / "pypi"
    mocks = ("ipykernel", "piplite", "pyodide_kernel")
    return [path for name in mocks for path in folder.glob(f"{name}-*.whl")]


def kernel_settings(root: str, packages: Iterable[str], **options: Any) -> dict[str, Any]:
    """Tell the kernel where Pyodide is, seen from a page, and what it loads at once."""
    loading = {"packages": [*KERNEL_PACKAGES, *packages], **options}
    settings = {
        "pyodideUrl": f"{root}pyodide.js",
        "disablePyPIFallback": True,
        "loadPyodideOptions": loading,
    }
    return {f"{KERNEL}:kernel": settings}


def build(site: Path, notebooks: Iterable[Path], packages: Sequence[str]) -> list[dict[str, Any]]:
    """Build JupyterLab in the site's folder ``jupyter``; the extensions it was built with."""
    with TemporaryDirectory() as folder:
        here = Path(folder)
        for notebook in notebooks:
            copy = here / "contents" / notebook
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(COURSE / notebook, copy)
        (here / "jupyter-lite.json").write_text(json.dumps(_settings(packages)), "utf-8")
        (here / "jupyter_lite_config.json").write_text(json.dumps(_configuration(site)), "utf-8")
        command = [sys.executable, "-m", "jupyterlite_core", "build", "--log-level=ERROR"]
        subprocess.run(command, cwd=here, check=True, stdout=subprocess.DEVNULL)
    built = json.loads((site / "jupyter" / "jupyter-lite.json").read_text("utf-8"))
    extensions: list[dict[str, Any]] = built["jupyter-config-data"]["federated_extensions"]
    return extensions


def _settings(packages: Iterable[str]) -> dict[str, Any]:
    settings = {"litePluginSettings": kernel_settings("./../", packages)}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}


def _configuration(site: Path) -> dict[str, Any]:
    return {
        "LiteBuildConfig": {
            "apps": ["lab"],
            "contents": ["contents"],
            "output_dir": str(site.resolve() / "jupyter"),
            "federated_extensions": [str(LABEXTENSIONS / name) for name in EXTENSIONS],
            "ignore_sys_prefix": True,
            "no_libarchive": True,
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
        }
    }
