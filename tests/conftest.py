"""Hands the tests every lab of the course."""

from __future__ import annotations

from typing import Any

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests follow the labs that exist."""
    wanted = {"any_lab", "movable_lab", "lab_state"} & set(metafunc.fixturenames)
    for name in wanted:
        found = _found(name)
        metafunc.parametrize(name, list(found.values()), ids=list(found))


def _found(name: str) -> dict[str, Any]:
    from every_lab import every_lab, every_state

    if name == "lab_state":
        states = (state for lab in every_lab() for state in every_state(lab))
        return {f"{state.lab.key}: {state.name}": state for state in states}
    return {lab.key: lab for lab in every_lab() if lab.fields or name == "any_lab"}
