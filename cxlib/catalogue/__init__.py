"""The schema of every data set of the course, one module each, named like its file.

A module here says what a table in ``datasets/`` holds: its columns with headings in both
languages, kinds, units, possible ranges and categories in their order.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from cxlib.schemas import Schema

_SHARED = "terms"


def names() -> list[str]:
    """Every data set of the course, in alphabetical order."""
    return sorted(module.name for module in iter_modules(__path__) if module.name != _SHARED)


def schema(name: str) -> Schema:
    """Return what the data set ``name`` must look like.

    Raises:
        LookupError: there is no such data set.
    """
    if name not in names():
        raise LookupError(f"no data set '{name}'; there are: {', '.join(names())}")
    found: Schema = import_module(f"{__name__}.{name}").SCHEMA
    return found
