"""Hands the tests every lab of the course and every state worth trying, whichever lessons exist."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from cxlib import labs
from cxlib.learning.fields import Field, Upload
from cxlib.learning.lab import Lab


@dataclass(frozen=True)
class LabState:
    """A lab and the values it is computed with; fields left out stand at their default."""

    lab: Lab
    name: str
    values: Mapping[str, Any]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests follow the labs that exist."""
    if "any_lab" in metafunc.fixturenames:
        found = list(every_lab())
        metafunc.parametrize("any_lab", found, ids=[lab.key for lab in found])
    if "lab_state" in metafunc.fixturenames:
        states = [state for lab in every_lab() for state in every_state(lab)]
        ids = [f"{state.lab.key}: {state.name}" for state in states]
        metafunc.parametrize("lab_state", states, ids=ids)


def every_lab() -> Iterator[Lab]:
    """Every lab that a lesson's module names."""
    for found in pkgutil.iter_modules(labs.__path__, "cxlib.labs."):
        module = importlib.import_module(found.name)
        yield from (item for item in vars(module).values() if isinstance(item, Lab))


def every_state(lab: Lab) -> Iterator[LabState]:
    """The first state, each preset, each field at each of its limits, and all fields at once."""
    fields = {name: item for name, item in lab.fields.items() if not isinstance(item, Upload)}
    yield LabState(lab, "first", {})
    for name, preset in lab.presets.items():
        yield LabState(lab, f"preset {name}", preset.values)
    for name, item in fields.items():
        for value in item.ends():
            yield LabState(lab, f"{name} = {value}", {name: value})
    if len(fields) > 1:
        yield LabState(lab, "all lowest", _at(fields, 0))
        yield LabState(lab, "all highest", _at(fields, -1))


def _at(fields: Mapping[str, Field], end: int) -> dict[str, Any]:
    return {name: item.ends()[end] for name, item in fields.items()}
