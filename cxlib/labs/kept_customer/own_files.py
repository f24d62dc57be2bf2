"""The learner's own cohorts and purchases: who stays, and who is still a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cxlib.labs.kept_customer.silence import histories
from cxlib.learning.fields import Taken
from cxlib.learning.panel import paragraph
from cxlib.learning.uploads import read_tables
from cxlib.models.purchases import bgnbd_alive, bgnbd_fit
from cxlib.models.retention import sbg_fit, sbg_survival
from cxlib.own_tables import COHORTS, TRANSACTIONS
from cxlib.text import Lang, Problem, Text, money, number, percent

if TYPE_CHECKING:
    import pandas as pd

LOWEST, HIGHEST = 0.01, 0.99
_AHEAD: Final = 12
_TOO_FEW_PERIODS: Final = Text(
    "Tệp cần ít nhất ba kỳ liền nhau (0, 1, 2) của một nhóm thì mới tách được khách mới và khách "
    "cũ.",
    "The file needs at least three periods in a row (0, 1, 2) of one cohort to tell new customers "
    "from old ones.",
)


def take(filename: str, content: bytes, lang: Lang) -> Taken:
    """Turn a file of cohorts, of purchases or of both into values of the sheet."""
    tables, told, sound = read_tables(filename, content, (COHORTS, TRANSACTIONS), lang)
    readers = {COHORTS.name: _from_cohorts, TRANSACTIONS.name: _from_purchases}
    values: dict[str, Any] = {}
    for name, table in tables.items():
        try:
            found, said = readers[name](table)
        except Problem:
            if sound:
                raise
            continue  # the faults of single rows are told already and come first
        values |= found
        told += paragraph(said(lang), "cx-hint")
    return Taken(values, told, sound)


def _from_cohorts(table: pd.DataFrame) -> tuple[dict[str, float], Text]:
    """Split the average: retention in the first period, and in all later ones."""
    if table["period"].nunique() < 3:
        raise Problem(_TOO_FEW_PERIODS)
    there = _cohort_grid(table)
    before, after = there[:, :-1], there[:, 1:]
    known = ~np.isnan(before) & ~np.isnan(after)
    stayed, started = (np.where(known, part, 0).sum(axis=0) for part in (after, before))
    if not started[0] or not started[1:].sum():
        raise Problem(_TOO_FEW_PERIODS)
    first, later = (
        float(np.clip(rate, LOWEST, HIGHEST))
        for rate in (stayed[0] / started[0], stayed[1:].sum() / started[1:].sum())
    )
    said = Text(
        "Trong tệp của bạn, khách mới ở lại {first} sau kỳ đầu, khách cũ ở lại {later} mỗi kỳ. Nhớ "
        "chọn một kỳ là năm, quý hay tháng. ",
        "In your file {first} of new customers stay the first period, {later} of old ones each "
        "period. Remember to say if a period is a year, a quarter or a month. ",
    ).format(first=percent(first), later=percent(later))
    values = {"first": round(first, 4), "later": round(later, 4)}
    return values, said + _sbg_forecast(there)


def _cohort_grid(table: pd.DataFrame) -> np.ndarray:
    """Customers by cohort and period, without a number where the file has none."""
    if table.duplicated(["cohort", "period"]).any():
        raise Problem(
            Text(
                "Mỗi kỳ của một nhóm chỉ được có một dòng. Hãy bỏ dòng lặp rồi gửi lại.",
                "Each period of a cohort may have one row only. Remove the repeated rows and "
                "send the file again.",
            )
        )
    grid = table.pivot(index="cohort", columns="period", values="customers").astype(float)
    grid = grid.reindex(columns=range(int(grid.columns.min()), int(grid.columns.max()) + 1))
    there = grid.to_numpy()
    if (np.diff(there, axis=1) > 0).any():
        raise Problem(
            Text(
                "Có nhóm khách đông lên theo thời gian. Hãy chỉ đếm khách có từ kỳ đầu của nhóm, "
                "đừng cộng khách mới.",
                "A cohort grows with time. Count only customers who were there in its first "
                "period, without new ones.",
            )
        )
    return there


def _sbg_forecast(there: np.ndarray) -> Text:
    """What the sBG model expects of the cohort that has been followed longest."""
    unbroken = [row[: int(np.argmax(np.isnan(np.append(row, np.nan))))] for row in there]
    try:
        model = sbg_fit(max(unbroken, key=len))
    except ValueError:
        return Text(
            "Chưa khớp được mô hình sBG: còn ít kỳ, hoặc tỷ lệ ở lại không tăng theo tuổi khách.",
            "The sBG model could not be fitted: too few periods, or retention does not rise with "
            "age.",
        )
    left = float(sbg_survival(model, _AHEAD)[0])
    return Text(
        "Mô hình sBG dự báo sau {periods} kỳ còn {left} số khách ban đầu.",
        "The sBG model expects {left} of the first customers to be left after {periods} periods.",
    ).format(periods=number(_AHEAD), left=percent(left, 0))


def _from_purchases(table: pd.DataFrame) -> tuple[dict[str, float], Text]:
    """Count who is still a customer, and what such customers spent in the last year."""
    days = (table["date"] - table["date"].min()).dt.days
    until = float(days.max()) + 1
    known = histories(table.assign(week=days / 7), until / 7)
    history = (known["frequency"], known["recency"], known["age"])
    try:
        alive = bgnbd_alive(bgnbd_fit(*history), *history)
    except ValueError as refused:
        raise Problem(
            Text(
                "Lịch sử mua còn ngắn hoặc quá ít người mua lại, nên chưa đoán được ai còn là "
                "khách. Hãy gửi ít nhất một năm giao dịch.",
                "The history is short or too few bought again, so nobody can tell who is still a "
                "customer. Send at least a year of purchases.",
            )
        ) from refused
    last_year = table[days >= until - 365].groupby("customer")["amount"].sum()
    spent = last_year.reindex(known.index, fill_value=0).to_numpy(dtype=float)
    yearly = float(alive @ spent / alive.sum()) * 365 / min(until, 365)
    said = Text(
        "{all} người từng mua; ước chừng {left} người vẫn còn là khách (mô hình BG/NBD), mỗi người "
        "chi {spent} một năm.",
        "{all} people have bought; about {left} are still customers (BG/NBD model), each spending "
        "{spent} a year.",
    ).format(all=number(len(known)), left=number(alive.sum()), spent=money(yearly))
    return {"customers": max(1.0, round(alive.sum())), "revenue": max(1_000.0, round(yearly))}, said
