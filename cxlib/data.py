"""The course's own data sets, read from ``datasets/`` as their schemas say."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cxlib.catalogue import schema
from cxlib.schemas import Column

if TYPE_CHECKING:
    import pandas as pd

DATASETS: Final = Path(__file__).resolve().parents[1] / "datasets"


def load(name: str) -> pd.DataFrame:
    """Return a fresh copy of the table ``datasets/<name>.csv``, typed by its schema.

    Whole numbers are ``int64`` (``Int64`` where cells may be empty), dates are dates, categories
    are ordered, texts are never missing but ``""``.

    Raises:
        LookupError: there is no such data set.
    """
    return _read(name).copy()


@cache
def _read(name: str) -> pd.DataFrame:
    import pandas as pd

    columns = schema(name).columns
    written = pd.read_csv(DATASETS / f"{name}.csv", dtype=str, keep_default_na=False)
    return pd.DataFrame({column.name: typed(written[column.name], column) for column in columns})


def typed(written: pd.Series, column: Column) -> pd.Series:
    """Turn the texts of one column of a CSV file into values, as its schema says."""
    import pandas as pd

    if column.kind == "text":
        return written
    cells = written.mask(written == "")
    if column.kind == "date":
        return pd.to_datetime(cells, format="ISO8601")
    if column.kind == "category":
        order = pd.CategoricalDtype(list(column.categories), ordered=True)
        return _categories(cells, column, order)
    numbers = pd.to_numeric(cells)
    if column.kind in ("count", "money"):
        return numbers.astype("int64" if column.required else "Int64")
    return numbers.astype("float64")
