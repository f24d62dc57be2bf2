"""Every lab of the course and every state of it worth trying, whichever lessons exist."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, product
from typing import Any, Final

from cxlib import labs
from cxlib.learning.fields import Field, Upload
from cxlib.learning.lab import Lab
from cxlib.text import LANGS, Lang

LOOKS: Final = tuple(product(LANGS, (False, True)))


@dataclass(frozen=True)
class LabState:
    """A lab, the values it is computed with, and the looks (language, narrow) to draw it in.

    Fields left out stand at their default.
    """

    lab: Lab
    name: str
    values: Mapping[str, Any]
    looks: Sequence[tuple[Lang, bool]] = LOOKS


def every_lab() -> Iterator[Lab]:
    """Every lab that a lesson's module names."""
    for found in pkgutil.iter_modules(labs.__path__, "cxlib.labs."):
        module = importlib.import_module(found.name)
        yield from (item for item in vars(module).values() if isinstance(item, Lab))


def every_state(lab: Lab) -> Iterator[LabState]:
    """The first state, each preset, all fields at their limits, and each field alone.

    A field alone is drawn in one look; the looks take turns.
    """
    fields = {name: item for name, item in lab.fields.items() if not isinstance(item, Upload)}
    yield LabState(lab, "first", {})
    for name, preset in lab.presets.items():
        yield LabState(lab, f"preset {name}", preset.values)
    if len(fields) > 1:
        yield LabState(lab, "all lowest", _at(fields, 0))
        yield LabState(lab, "all highest", _at(fields, -1))
    ends = [(name, value) for name, item in fields.items() for value in item.ends()]
    for (name, value), look in zip(ends, cycle(LOOKS), strict=False):
        yield LabState(lab, f"{name} = {value}", {name: value}, [look])


def _at(fields: Mapping[str, Field], end: int) -> dict[str, Any]:
    return {name: item.ends()[end] for name, item in fields.items()}
