"""Packs what the browser needs and Pyodide lacks: pure Python libraries and the course itself."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackagePath, distribution
from pathlib import Path, PurePosixPath
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cxlib.data import DATASETS
from cxlib.learning.glossary import FILE as GLOSSARY
from cxlib.learning.questions import QUIZZES
from cxlib.prepared import parse_bibtex, parse_yaml
from lite.imports import COURSE

LIBRARIES: Final = (
    "anywidget",
    "babel",
    "comm",
    "et-xmlfile",
    "ipywidgets",
    "openpyxl",
    "psygnal",
    "python-docx",
    "seaborn",
    "typing-extensions",
    "xlsxwriter",
)
OTHER_LANGUAGES: Final = re.compile(r"babel/locale-data/(?!(root|en|vi|vi_VN)\.dat$)")
MACHINE_CODE: Final = {".so", ".pyd"}
"""Compiled for the machine we build on; the Python it was made from lies beside it."""
INSTALLERS_OWN: Final = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}

Entry = dict[str, Any]
"""One package in the form of Pyodide's lock file."""


def pack_libraries(folder: Path) -> dict[str, Entry]:
    """Write a wheel of each library, as installed here, and return their entries."""
    return {name: _pack(folder, distribution(name)) for name in LIBRARIES}


def pack_course(folder: Path) -> dict[str, Entry]:
    """Write a wheel with ``cxlib``, its data and its questions where ``cxlib`` looks for them."""
    version = distribution("cx-master").version
    metadata = f"Metadata-Version: 2.1\nName: cx-master\nVersion: {version}\n"
    kind = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    contents = dict(_course_files()) | {
        f"cx_master-{version}.dist-info/METADATA": metadata.encode(),
        f"cx_master-{version}.dist-info/WHEEL": kind.encode(),
    }
    return {"cx-master": _write(folder, "cx-master", version, contents)}


def adopt(folder: Path, wheel: Path) -> dict[str, Entry]:
    """Copy a wheel that exists already and return its entry."""
    name, version = wheel.name.split("-")[:2]
    with zipfile.ZipFile(wheel) as archive:
        contents = {item: archive.read(item) for item in archive.namelist()}
    return {canonicalize_name(name): _write(folder, name, version, contents)}


def _pack(folder: Path, found: Distribution) -> Entry:
    contents = {str(file): file.read_binary() for file in _own_files(found)}
    return _write(folder, found.name, found.version, contents, list(_needs(found)))


def _own_files(found: Distribution) -> Iterator[PackagePath]:
    for file in found.files or ():
        outside = ".." in file.parts or "__pycache__" in file.parts
        useless = file.suffix in MACHINE_CODE or file.name in INSTALLERS_OWN
        if not outside and not useless and not OTHER_LANGUAGES.match(str(file)):
            yield file


def _needs(found: Distribution) -> Iterator[str]:
    for requirement in map(Requirement, found.requires or ()):
        if not requirement.marker or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def _course_files() -> Iterator[tuple[str, bytes]]:
    parsed = {GLOSSARY: parse_yaml, **dict.fromkeys(QUIZZES.glob("*.yml"), parse_yaml)}
    parsed |= {DATASETS / "references.bib": parse_bibtex}
    for file, parse in parsed.items():
        name = file.with_suffix(".json").relative_to(COURSE).as_posix()
        yield name, json.dumps(parse(file.read_text("utf-8")), ensure_ascii=False).encode()
    for pattern in ("cxlib/**/*.*", "datasets/*.csv"):
        for file in sorted(COURSE.glob(pattern)):
            if file.suffix != ".pyc" and file not in parsed:
                yield file.relative_to(COURSE).as_posix(), file.read_bytes()


def _write(
    folder: Path,
    name: str,
    version: str,
    contents: dict[str, bytes],
    needs: list[str] | None = None,
) -> Entry:
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w", compresslevel=9) as archive:
        for item, content in contents.items():
            archive.writestr(zipfile.ZipInfo(item), content, zipfile.ZIP_DEFLATED)
    digest = hashlib.sha256(wheel.getvalue()).hexdigest()
    # In a folder named after its content, no browser mistakes it for the one it has kept.
    path = folder / digest[:12] / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    path.parent.mkdir()
    path.write_bytes(wheel.getvalue())
    tops = {PurePosixPath(item).parts[0].removesuffix(".py") for item in contents}
    return {
        "name": canonicalize_name(name),
        "version": version,
        "file_name": path.relative_to(folder.parent).as_posix(),
        "install_dir": "site",
        "sha256": digest,
        "package_type": "package",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": needs or [],
    }
