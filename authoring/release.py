"""Packs the course for people without git, ``python3 course.py release``."""

from __future__ import annotations

import subprocess
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Final

from authoring import handouts

ROOT: Final = Path(__file__).resolve().parents[1]


def make(root: Path = ROOT) -> Path:
    """Write ``dist/cx-master-VERSION.zip``: all that git knows, and the handouts."""
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    name = f"cx-master-{version}"
    packed = root / "dist" / f"{name}.zip"
    packed.parent.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as made,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for file in _known_to_git(root):
            archive.write(root / file, f"{name}/{file}")
        for sheet in handouts.write_all(root, Path(made)):
            archive.write(sheet, f"{name}/handouts/{sheet.relative_to(made).as_posix()}")
    return packed


def _known_to_git(root: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True)
    names = listed.stdout.decode().split("\0")
    return [name for name in names if (root / name).is_file()]


if __name__ == "__main__":
    packed = make()
    print(f"{packed.relative_to(ROOT)}  ({packed.stat().st_size / 2**20:.1f} MB)")
