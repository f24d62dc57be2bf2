"""The cost builder: eight kinds of cost, and which one is largest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd

from cxlib.catalogue import terms
from cxlib.charts import investment as charts
from cxlib.data import load
from cxlib.labs.invest_and_return.tables import yearly_table
from cxlib.learning.fields import Choice, Money
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, View
from cxlib.models.programme import COSTS, cost_flows
from cxlib.schemas import COST_ITEMS
from cxlib.text import Text, money, percent, same

YEARS: Final = 3
_COSTS: Final = Text("Tám khoản chi", "The eight costs")

_SHOWN: Final = ("retail", "food", "bank", "b2b")
INDUSTRIES: Final = {key: terms.INDUSTRIES[key] for key in _SHOWN}


def template(industry: str) -> dict[str, float]:
    """Fill the cost fields with one industry's illustrative plan."""
    rows = load("cost_templates").query("industry == @industry")
    amounts = zip(rows["code"], rows["one_off_vnd"], rows["yearly_vnd"], strict=True)
    values: dict[str, float] = {}
    for code, one_off, yearly in amounts:
        values |= {f"{code}_one_off": float(one_off), f"{code}_yearly": float(yearly)}
    return values


def cost_fields(values: Mapping[str, float]) -> dict[str, Any]:
    """Make a money box for each cost kind, one for what is spent once and one for each year."""
    headings = {
        "one_off": Text("Chi một lần", "One-off"),
        "yearly": Text("Chi mỗi năm", "Each year"),
    }
    return {
        f"{code}_{when}": Money(
            heading,
            values[f"{code}_{when}"],
            0,
            1e13,
            1e7,
            slider=False,
            row=same(f"{code} · ") + COST_ITEMS[code],
            group=_COSTS,
        )
        for code in COSTS
        for when, heading in headings.items()
    }


@lab(
    key="cost-builder",
    title=Text("Bảng tám khoản chi", "The eight-cost plan"),
    presets={
        key: Preset(Text(f"Tình huống {n}: ", f"Case {n}: ") + name, template(key))
        for n, (key, name) in enumerate(INDUSTRIES.items(), 1)
    },
    formulas=((Text("Dòng chi theo năm", "Costs by year"), cost_flows),),
    sources=("nguyenduong2021",),
    **cost_fields(template("retail")),
)
def cost_builder(guess: str | None = None, **amounts: float) -> View:
    """Add up the eight costs over three years and point at the largest."""
    one_off = {code: amounts[f"{code}_one_off"] for code in COSTS}
    yearly = {code: amounts[f"{code}_yearly"] for code in COSTS}
    flows = cost_flows(one_off, yearly, YEARS)
    totals, total = flows.sum(axis=1), float(flows.to_numpy().sum())
    recurring = flows.drop(columns=0).sum(axis=1)
    return View(
        finding=_largest(totals, total),
        chart=partial(charts.cost_bars, flows[0], recurring, COST_ITEMS, guess),
        key_figures=(
            KeyFigure(Text("Chi một lần", "One-off"), money(sum(one_off.values()))),
            KeyFigure(Text("Chi mỗi năm", "Each year"), money(sum(yearly.values()))),
            KeyFigure(Text("Tổng ba năm", "Three years"), money(total)),
        ),
        table=yearly_table(Text("Khoản chi", "Cost"), flows, COST_ITEMS),
    )


def _largest(totals: pd.Series, total: float) -> Text:
    if total == 0:
        return Text("Chưa có khoản chi nào.", "Nothing is spent yet.")
    code = str(totals.idxmax())
    return Text(
        "Khoản lớn nhất là “{item}”: {amount}, chiếm {share} tổng chi ba năm.",
        "The largest cost is “{item}”: {amount}, {share} of three years' spending.",
    ).format(
        item=COST_ITEMS[code], amount=money(totals[code]), share=percent(totals[code] / total, 0)
    )


largest_cost: Final = Prediction(
    key="largest-cost",
    question=Choice(
        label=Text(
            "Chuỗi bán lẻ An Nhiên có 50.000 khách và định chi 6,6 tỷ ₫ cho CX trong ba năm. "
            "Theo bạn, khoản nào lớn nhất?",
            "The retail chain An Nhien has 50,000 customers and plans to spend ₫6.6 billion on "
            "CX in "
            "three years. Which cost do you think is the largest?",
        ),
        options={code: COST_ITEMS[code] for code in ("C1", "C2", "C3", "C6", "C7")},
    ),
    answer=lambda: "C6",
)
