"""The course's own data sets, read from ``datasets/`` as their schemas say."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cxlib import catalogue
from cxlib.schemas import Column, Schema

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
    return _loaded(name).copy()


def read(path: Path, schema: Schema) -> pd.DataFrame:
    """Read one of our CSV files: UTF-8, commas, ISO dates, an empty cell for no value.

    Args:
        path: the file.
        schema: its columns; the file's other columns are left out.
    """
    import pandas as pd

    written = pd.read_csv(path, dtype=str, keep_default_na=False)
    return pd.DataFrame(
        {column.name: _typed(written[column.name], column) for column in schema.columns}
    )


@cache
def _loaded(name: str) -> pd.DataFrame:
    return read(DATASETS / f"{name}.csv", catalogue.schema(name))


def _typed(written: pd.Series, column: Column) -> pd.Series:
    import pandas as pd

    if column.kind == "text":
        return written
    cells = written.mask(written == "")
    if column.kind == "date":
        return pd.to_datetime(cells, format="ISO8601")
    if column.kind == "category":
        return cells.astype(pd.CategoricalDtype(list(column.categories), ordered=True))
    numbers = pd.to_numeric(cells)
    if column.kind in ("count", "money"):
        return numbers.astype("int64" if column.required else "Int64")
    return numbers.astype("float64")
