"""One line of the benchmark: what was measured, what we want, what came out."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One measured number beside its target; without a target it only informs."""

    name: str
    value: float
    unit: str
    target: float | None = None

    def row(self) -> tuple[str, str, str, str]:
        """The cells of its line in the table."""
        if self.target is None:
            return self.name, self._shown(self.value), "", ""
        verdict = "ok" if self.value <= self.target else "SLOW"
        return self.name, self._shown(self.value), f"≤ {self._shown(self.target)}", verdict

    def _shown(self, value: float) -> str:
        return f"{value:.{2 if self.unit == 's' else 0 if value >= 10 else 1}f} {self.unit}"


def table(measures: Iterable[Measure]) -> str:
    """The measures as a table for a terminal."""
    rows = [("", "measured", "target", ""), *(measure.row() for measure in measures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {target:>{widths[2]}}  {verdict}".rstrip()
        for name, value, target, verdict in rows
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many percent of the values lie."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def milliseconds(run: Callable[[], object], times: int) -> float:
    """How long a call takes after a first one, the median of several."""
    run()
    return 1000 * statistics.median(_seconds(run) for _ in range(times))


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started
