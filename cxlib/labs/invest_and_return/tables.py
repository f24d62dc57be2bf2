"""The table behind a chart of yearly money."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cxlib.learning.view import Table
from cxlib.text import Text, money


def yearly_table(head: Text, flows: pd.DataFrame, names: Mapping[str, Text]) -> Table:
    """Write a frame of dong (one row per code, one column per year) for a reader."""
    heads = [head, *(Text(f"Năm {year}", f"Year {year}") for year in flows.columns)]
    rows = [
        [names[str(code)], *(money(amount) for amount in row)]
        for code, row in zip(flows.index, flows.to_numpy(), strict=True)
    ]
    return Table(heads, rows)
