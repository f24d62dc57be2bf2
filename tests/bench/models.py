"""How fast the models are, and how long ``import cxlib`` takes."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter

from cxlib.labs.an_nhien import AN_NHIEN, COSTS, ESTIMATES, FIXED, RAMP
from cxlib.models.drivers import lmg
from cxlib.models.programme import investment_case_npv
from cxlib.models.purchases import bgnbd_fit
from cxlib.models.queueing import erlang_a
from cxlib.models.uncertainty import Model, Pert, monte_carlo
from tests.bench.measures import Measure, milliseconds

IMPORT: Final = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"


def measures() -> Iterator[Measure]:
    """Every model with a target; lifetimes for comparison."""
    yield Measure("import cxlib", _import_seconds("cxlib"), "s", 0.3)
    yield Measure("  with a lesson's labs", _import_seconds("cxlib.labs.invest_and_return"), "s")
    bought = _cdnow()
    history = (bought["x"], bought["t_x"], bought["T"])
    yield Measure(
        f"BG/NBD fit, {len(bought):,} customers", milliseconds(lambda: bgnbd_fit(*history), 5),
        "ms", 100,
    )  # fmt: skip
    yield Measure(
        "  the same in lifetimes", milliseconds(lambda: BetaGeoFitter().fit(*history), 3), "ms"
    )
    drivers, outcome = _survey(1_500, 10)
    yield Measure(
        "LMG, 10 drivers, 1,500 rows", milliseconds(lambda: lmg(drivers, outcome), 5), "ms", 100
    )
    inputs = {name: Pert(*range_) for name, range_ in ESTIMATES.items()}
    yield Measure(
        "Monte Carlo, 100,000 investment cases",
        milliseconds(lambda: monte_carlo(_investment_case(), inputs, 100_000), 5), "ms", 50,
    )  # fmt: skip
    yield Measure(
        "Erlang-A, 1,000 agents", milliseconds(lambda: erlang_a(330, 3, 5, 1_000), 20), "ms", 10
    )


def _import_seconds(module: str) -> float:
    command = [sys.executable, "-c", IMPORT.format(module)]
    runs = [subprocess.run(command, capture_output=True, check=True) for _ in range(5)]
    return statistics.median(float(run.stdout) for run in runs)


def _cdnow() -> pd.DataFrame:
    path = files("lifetimes") / "datasets" / "cdnow_customers_summary_with_transactions.csv"
    with path.open() as source:
        return pd.read_csv(source)


def _survey(rows: int, count: int) -> tuple[pd.DataFrame, pd.Series[float]]:
    random = np.random.default_rng(1)
    mood = random.normal(size=(rows, 1))
    scores = pd.DataFrame(mood + random.normal(size=(rows, count))).add_prefix("driver_")
    return scores, scores.mean(axis=1) + random.normal(size=rows)


def _investment_case() -> Model:
    return lambda drivers: investment_case_npv(
        {**FIXED, **drivers}, company=AN_NHIEN, costs=COSTS, ramp=RAMP
    )
