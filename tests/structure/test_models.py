"""All models: published values are tested, formulas can be drawn, imports stay light."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cxlib import models
from cxlib.charts.formula import formula_svg
from cxlib.learning.sources import formulas_of

TESTS = Path(__file__).resolve().parents[1] / "models"
ORACLES = (
    [f"O{n}" for n in (1, 3, 4, 5, 7, 8, 10, 11, 13, 14, 15, 17, 18)]
    + [f"O{n}" for n in (19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 32, 33, 34, 35, 36, 37, 38)]
    + [f"O{n}" for n in (39, 40, 41, 43, 44, 46, 48, 50)]
)
STATUSES = r"(V-doc|[VMXDC]|M/X|X/M|M/V|V/M|M/D|V-doc/X|V formula)"
HEAVY = ("matplotlib", "scipy", "statsmodels", "seaborn", "babel", "ipywidgets", "openpyxl")
IMPORT_SECONDS = 0.3


def _model_modules() -> list[str]:
    found = pkgutil.iter_modules(models.__path__, "cxlib.models.")
    return [module.name for module in found if not module.name.rpartition(".")[2].startswith("_")]


def _public_functions() -> Iterator[Callable[..., Any]]:
    for name in _model_modules():
        module = importlib.import_module(name)
        for item in vars(module).values():
            named = inspect.isfunction(item) or inspect.isclass(item)
            if named and item.__module__ == name and not item.__name__.startswith("_"):
                yield item


@pytest.mark.parametrize("oracle", ORACLES)
def test_every_published_value_is_tested_with_its_status(oracle: str) -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.glob("test_*.py"))
    named = re.compile(rf"\b{oracle}\b[^\"']*\[{STATUSES}[^\]]*\]")
    assert named.search(tests), f"no test id names {oracle} with its source and [status]"


@pytest.mark.parametrize("model", list(_public_functions()), ids=lambda model: model.__qualname__)
def test_every_formula_can_be_drawn(model: Callable[..., Any]) -> None:
    for latex in formulas_of(model):
        assert formula_svg(latex).startswith("<svg")


@pytest.mark.parametrize("model", list(_public_functions()), ids=lambda model: model.__qualname__)
def test_every_public_model_says_what_it_means(model: Callable[..., Any]) -> None:
    assert inspect.getdoc(model), f"{model.__module__}.{model.__qualname__} has no docstring"


@pytest.mark.parametrize("module", ["cxlib", *_model_modules()])
def test_importing_stays_light(module: str) -> None:
    script = f"import {module}, sys; print([n for n in {HEAVY} if n in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]", f"{module} loads {loaded.stdout.strip()}"


def test_importing_cxlib_is_quick() -> None:
    """The best of five tries counts: the machine may be busy, the import may not be slow."""
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-S", "-c", "pass"], check=True)
        bare = time.perf_counter() - start
        start = time.perf_counter()
        subprocess.run([sys.executable, "-S", "-c", "import cxlib"], check=True)
        seconds.append(time.perf_counter() - start - bare)
    assert min(seconds) < IMPORT_SECONDS
