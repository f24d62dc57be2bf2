"""The learner's own programme: eight costs and the benefits in dong, typed in or uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from cxlib.labs.invest_and_return.cockpit import judge
from cxlib.labs.invest_and_return.costs import INDUSTRIES, YEARS, cost_fields, template
from cxlib.labs.invest_and_return.risk import AN_NHIEN, ESTIMATES, FIXED, RAMP
from cxlib.learning.fields import Money, Share, Taken, Upload
from cxlib.learning.lab import Preset, lab
from cxlib.learning.uploads import read_tables, templates
from cxlib.learning.view import View
from cxlib.models.cashflow import present_value, return_on_investment
from cxlib.models.programme import (
    COSTS,
    LIFETIME_VALUE,
    UPLIFTS,
    Uplift,
    benefit_flows,
    cost_flows,
    double_counted,
    total_benefit,
)
from cxlib.schemas import BENEFIT_ITEMS
from cxlib.schemas import BENEFITS as BENEFIT_SCHEMA
from cxlib.schemas import COSTS as COST_SCHEMA
from cxlib.text import Lang, Problem, Text, same

MONETISED: Final = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8")
_BENEFITS: Final = Text("Lợi ích mỗi năm, tính bằng tiền", "Benefits, money each year")
_CLEAR: Final = Text("Xóa trắng để nhập số của bạn", "Clear, to enter your own figures")


def _example_benefits() -> dict[str, float]:
    """Fill the benefit fields with the example company's plan, in steps of ten million dong."""
    likely = {name: mode for name, (_, mode, _) in ESTIMATES.items() if name in UPLIFTS}
    flows = benefit_flows(AN_NHIEN, Uplift(**likely, **FIXED), YEARS, RAMP)
    flows = flows.reindex(MONETISED, fill_value=0.0).round(-7)
    return {
        f"{code}_year_{year}": float(amount)
        for code, row in zip(flows.index, flows.to_numpy(), strict=True)
        for year, amount in enumerate(row)
        if year > 0
    }


def _benefit_fields(values: Mapping[str, float]) -> dict[str, Any]:
    return {
        name: Money(
            Text(f"Năm {name[-1]}", f"Year {name[-1]}"),
            value,
            -1e13,
            1e13,
            1e7,
            slider=False,
            row=same(f"{name.split('_')[0]} · ") + BENEFIT_ITEMS[name.split("_")[0]],
            group=_BENEFITS,
        )
        for name, value in values.items()
    }


def _take(filename: str, content: bytes, lang: Lang) -> Taken:
    tables, told, sound = read_tables(filename, content, (COST_SCHEMA, BENEFIT_SCHEMA), lang)
    values: dict[str, Any] = {}
    for table in tables.values():
        amounts = table.set_index("code").filter(regex="^(one_off|yearly|year_[123])$")
        for code, row in amounts.iterrows():
            values |= {f"{code}_{column}": float(amount) for column, amount in row.items()}
    known = {name: value for name, value in values.items() if name in _FIELDS}
    return Taken(known, told, sound)


_EXAMPLE: Final = template("retail") | _example_benefits()
_FIELDS: Final[dict[str, Any]] = {
    "file": Upload(
        label=Text(
            "Đã có sẵn số trong tệp? Gửi tệp lên đây.", "Figures already in a file? Send it here."
        ),
        take=_take,
        templates_html=templates(Text("Kế hoạch CX", "CX plan"), (COST_SCHEMA, BENEFIT_SCHEMA)),
    ),
    "rate": Share(Text("Tỷ suất chiết khấu", "Discount rate"), 0.12, 0.0, 0.5, 0.005),
    **cost_fields(template("retail")),
    **_benefit_fields(_example_benefits()),
}


@lab(
    key="own-plan",
    title=Text("Bảng tính của công ty bạn", "Your company's calculation"),
    presets={
        "clear": Preset(_CLEAR, dict.fromkeys(_EXAMPLE, 0.0)),
        **{key: Preset(name, template(key)) for key, name in INDUSTRIES.items()},
    },
    formulas=(
        (Text("Giá trị hiện tại ròng (NPV)", "Net present value (NPV)"), present_value),
        (Text("ROI có chiết khấu", "Discounted ROI"), return_on_investment),
    ),
    sources=("brealey2020", "nguyenduong2021"),
    arrangement="stack",
    from_profile=lambda profile: template(profile.industry),
    **_FIELDS,
)
def own_plan(rate: float, **amounts: float) -> View:
    """Judge the learner's own costs and benefits, counting no benefit twice."""
    one_off = {code: amounts[f"{code}_one_off"] for code in COSTS}
    yearly = {code: amounts[f"{code}_yearly"] for code in COSTS}
    costs = cost_flows(one_off, yearly, YEARS).sum().to_numpy()
    if not costs.any():
        raise Problem(
            Text(
                "Hãy nhập ít nhất một khoản chi lớn hơn 0 thì mới tính được lời lỗ.",
                "Enter at least one cost above 0 so that the return can be computed.",
            )
        )
    benefits = pd.DataFrame(
        {
            code: [0.0] + [amounts[f"{code}_year_{year}"] for year in range(1, YEARS + 1)]
            for code in MONETISED
        }
    ).T
    used = [str(code) for code in benefits.index if benefits.loc[code].any()]
    twice = double_counted(used)
    counted = [code for code in used if not twice or code != LIFETIME_VALUE]
    total = total_benefit(benefits, counted).to_numpy() if counted else np.zeros(YEARS + 1)
    view = judge(costs, total, total, rate)
    warning = _TWICE.format(codes=same(", ".join(twice)))
    return replace(view, warnings=(*view.warnings, warning)) if twice else view


_TWICE: Final = Text(
    "Đèn đỏ: B5 (giá trị vòng đời khách hàng) đã gồm sẵn {codes}. Cộng thêm B5 là tính trùng, nên "
    "tổng ở đây không có B5.",
    "Red light: B5 (customer lifetime value) already holds {codes}. Adding B5 counts twice, so the "
    "sum here leaves out B5.",
)
