"""The learner's own programme: eight costs and the benefits in dong, typed in or uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from cxlib.labs.invest_and_return.cockpit import judge
from cxlib.labs.invest_and_return.costs import INDUSTRIES, cost_fields, template
from cxlib.labs.invest_and_return.start import (
    PLAN_FROM_SHEET,
    RATE,
    an_nhien_plan,
    plan_from,
    plan_of,
)
from cxlib.learning.fields import Money, Share, Taken, Upload
from cxlib.learning.lab import Preset, lab
from cxlib.learning.uploads import read_tables, templates
from cxlib.learning.view import View
from cxlib.models.cashflow import present_value, return_on_investment
from cxlib.schemas import BENEFIT_ITEMS
from cxlib.schemas import BENEFITS as BENEFIT_SCHEMA
from cxlib.schemas import COSTS as COST_SCHEMA
from cxlib.text import Lang, Problem, Text, same

_BENEFITS: Final = Text("Lợi ích mỗi năm, tính bằng tiền", "Benefits, money each year")
_CLEAR: Final = Text("Xóa trắng để nhập số của bạn", "Clear, to enter your own figures")
_COSTS_OF: Final = Text("Chi theo mẫu: ", "Template costs: ")


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
        if name.startswith("B")
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


_EXAMPLE: Final = an_nhien_plan()
_FIELDS: Final[dict[str, Any]] = {
    "file": Upload(
        label=Text(
            "Đã có sẵn số trong tệp? Gửi tệp lên đây.", "Figures already in a file? Send it here."
        ),
        take=_take,
        templates_html=templates(Text("Kế hoạch CX", "CX plan"), (COST_SCHEMA, BENEFIT_SCHEMA)),
    ),
    "rate": Share(Text("Tỷ suất chiết khấu", "Discount rate"), RATE, 0.0, 0.5, 0.005),
    **cost_fields(_EXAMPLE),
    **_benefit_fields(_EXAMPLE),
}


@lab(
    key="own-plan",
    title=Text("Bảng tính của công ty bạn", "Your company's calculation"),
    presets={
        "clear": Preset(_CLEAR, dict.fromkeys(_EXAMPLE, 0.0)),
        **{key: Preset(_COSTS_OF + name, template(key)) for key, name in INDUSTRIES.items()},
    },
    formulas=(
        (Text("Giá trị hiện tại ròng (NPV)", "Net present value (NPV)"), present_value),
        (Text("ROI có chiết khấu", "Discounted ROI"), return_on_investment),
    ),
    sources=("brealey2020", "nguyenduong2021"),
    arrangement="stack",
    from_profile=plan_of,
    handover=PLAN_FROM_SHEET,
    **_FIELDS,
)
def own_plan(rate: float, **amounts: float) -> View:
    """Judge the learner's own costs and benefits, counting no benefit twice."""
    plan = plan_from({"rate": rate, **amounts})
    if not plan.total_costs.any():
        raise Problem(
            Text(
                "Hãy nhập ít nhất một khoản chi lớn hơn 0 thì mới tính được lời lỗ.",
                "Enter at least one cost above 0 so that the return can be computed.",
            )
        )
    view = judge(plan.total_costs, plan.total_benefits, plan.total_benefits, rate)
    warning = _TWICE.format(codes=same(", ".join(plan.twice)))
    return replace(view, warnings=(*view.warnings, warning)) if plan.twice else view


_TWICE: Final = Text(
    "Đèn đỏ: B5 (giá trị vòng đời khách hàng) đã gồm sẵn {codes}. Cộng thêm B5 là tính trùng, nên "
    "tổng ở đây không có B5.",
    "Red light: B5 (customer lifetime value) already holds {codes}. Adding B5 counts twice, so the "
    "sum here leaves out B5.",
)
