"""What the learner's own plan starts from: her sheet of lesson 08, her profile, else templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from cxlib.labs.an_nhien import AN_NHIEN, ESTIMATES, LIKELY, RAMP
from cxlib.labs.invest_and_return.costs import YEARS, template
from cxlib.labs.kept_customer.own_sheet import by_year, own_value
from cxlib.learning.fields import Points, Share
from cxlib.learning.lab import Handover
from cxlib.learning.profile import Profile
from cxlib.models.business_case import Plan, breakeven_share
from cxlib.models.programme import COSTS, Company, Uplift, benefit_flows, cost_flows
from cxlib.text import Text, money, number

MONETISED: Final = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8")
_FROM_CUSTOMERS: Final = ("B1", "B2", "B3", "B4", "B6")
RATE: Final = 0.12


def plan_from(values: Mapping[str, Any]) -> Plan:
    """Turn the boxes of the plan into the plan."""
    one_off = {code: values[f"{code}_one_off"] for code in COSTS}
    yearly = {code: values[f"{code}_yearly"] for code in COSTS}
    benefits = {
        code: [0.0] + [values[f"{code}_year_{year}"] for year in range(1, YEARS + 1)]
        for code in MONETISED
    }
    table = pd.DataFrame(benefits, dtype=np.float64).T
    return Plan(values["rate"], cost_flows(one_off, yearly, YEARS), table)


def benefit_boxes(company: Company, uplift: Uplift) -> dict[str, float]:
    """Fill the boxes of the benefits with what an uplift brings a company, dong."""
    flows = benefit_flows(company, uplift, YEARS, RAMP).reindex(MONETISED, fill_value=0.0)
    return {
        f"{code}_year_{year}": float(row[year])
        for code, row in zip(MONETISED, flows.to_numpy(), strict=True)
        for year in range(1, YEARS + 1)
    }


def an_nhien_plan() -> dict[str, float]:
    """Fill the plan with An Nhiên's, the benefits in steps of ten million dong."""
    benefits = benefit_boxes(AN_NHIEN, LIKELY)
    return template("retail") | {name: round(amount, -7) for name, amount in benefits.items()}


def company_of(profile: Profile | None) -> Company:
    """Return the company as the profile tells it; what no profile tells is as at An Nhiên."""
    if profile is None:
        return AN_NHIEN
    return replace(
        _with_customers(profile.customers, profile.margin_per_customer, profile.retention),
        contacts_per_customer=profile.contacts,
        employees=profile.employees,
    )


def _with_customers(number: float, margin: float, retention: float) -> Company:
    """Give An Nhiên other customers; winning one costs as many years of margin as there."""
    years = AN_NHIEN.acquisition_cost / AN_NHIEN.margin_per_customer
    return replace(
        AN_NHIEN,
        customers=number,
        margin_per_customer=margin,
        retention=retention,
        acquisition_cost=years * margin,
    )


def plan_of(profile: Profile) -> dict[str, float]:
    """Fill the plan from the illustrative templates, to the company's size.

    The programme keeps the share of leavers it keeps at An Nhiên. Its costs are mixed as the
    industry's template mixes them, and as heavy against the benefits as at An Nhiên.
    """
    company = company_of(profile)
    _, rise, _ = ESTIMATES["retention"]
    kept = rise * (1 - company.retention) / (1 - AN_NHIEN.retention)
    benefits = benefit_boxes(company, replace(LIKELY, retention=kept))
    costs = template(profile.industry)
    usual, draft = an_nhien_plan(), costs | benefits
    heavier = _breakeven(usual) / _breakeven(draft)
    return _rounded({name: amount * heavier for name, amount in costs.items()} | benefits)


def _breakeven(boxes: Mapping[str, float]) -> float:
    return breakeven_share(plan_from({"rate": RATE, **boxes}))


def _rounded(boxes: Mapping[str, float]) -> dict[str, float]:
    """Round to three digits of the largest amount."""
    step = 10 ** max(0.0, np.floor(np.log10(max(boxes.values()))) - 2)
    return {name: float(round(amount / step) * step) for name, amount in boxes.items()}


def _from_sheet(sheet: Mapping[str, Any]) -> dict[str, float]:
    """Fill what her customers bring from the sheet of lesson 08, with the rise supposed there."""
    known = by_year(sheet)
    company = _with_customers(known.number, known.margin, known.retention)
    boxes = benefit_boxes(company, replace(LIKELY, retention=known.rise))
    taken = {name: amount for name, amount in boxes.items() if name[:2] in _FROM_CUSTOMERS}
    return {"rate": known.rate, **_rounded(taken)}


def _told(sheet: Mapping[str, Any]) -> Text:
    known = by_year(sheet)
    return Text(
        "Lấy từ bảng của bạn ở bài 08: {customers} khách, mỗi khách {margin} biên lợi nhuận một "
        "năm, {retention} ở lại, giả sử tăng thêm {rise}. B1 và B6 tính từ đó; B2, B3, B4 theo mức "
        "mẫu. B5 để trống, vì B1, B2, B3 và B7 đã nằm trong đó.",
        "Taken from your sheet of lesson 08: {customers} customers, {margin} of margin each a "
        "year, {retention} staying, a supposed rise of {rise}. B1 and B6 follow from it; B2, B3 "
        "and B4 take template rates. B5 stays empty, for it holds B1, B2, B3 and B7.",
    ).format(
        customers=number(known.number),
        margin=money(known.margin),
        retention=Share.display(known.retention),
        rise=Points.display(known.rise),
    )


PLAN_FROM_SHEET: Final = Handover(
    lab=own_value,
    values=_from_sheet,
    told=_told,
    untold=Text(
        "Lợi ích đang là số mẫu, theo cỡ công ty trong hồ sơ của bạn (chưa có hồ sơ thì theo An "
        "Nhiên). Bạn làm bảng giá trị khách hàng ở bài 08 thì B1 lấy từ bảng ấy.",
        "The benefits are templates, to the size of the company in your profile (An Nhien's "
        "without one). Fill the customer value sheet of lesson 08 and B1 is taken from it.",
    ),
)
