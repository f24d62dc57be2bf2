"""The compass: five units that all hit their targets, and how much of it reaches customers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any, Final

import numpy as np
import pandas as pd

from cxlib.catalogue.terms import TOUCHPOINTS
from cxlib.charts import ecosystem as charts
from cxlib.data import load
from cxlib.learning.fields import Pick, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.drivers import lmg
from cxlib.models.ecosystem import alignment, kendall_w
from cxlib.text import Text, number, percent, same

UNITS: Final = {
    "marketing": same("Marketing"),
    "sales": Text("Bán hàng", "Sales"),
    "operations": Text("Vận hành", "Operations"),
    "care": Text("CSKH", "Care"),
    "it": same("IT"),
}
TARGETS: Final = {
    "reach": Text("Độ phủ sóng", "Ad reach"),
    "revenue": Text("Doanh số tháng", "Monthly sales"),
    "unit_cost": Text("Chi phí mỗi đơn", "Cost per order"),
    "short_calls": Text("Cuộc gọi ngắn", "Short calls"),
    "rollout": Text("Ra mắt đúng hạn", "Launch on time"),
    "kept_promise": Text("Lời hứa giữ được", "Promises kept"),
    "fit": Text("Tư vấn đúng", "Advice that fits"),
    "on_time": Text("Giao đúng hẹn", "On-time delivery"),
    "first_fix": Text("Xử lý dứt điểm", "Solved first time"),
    "traceable": Text("Tra được đơn", "Traceable orders"),
}
# Effort a target puts into each touchpoint, below 0 where it is met at the touchpoint's expense;
# teaching numbers.
PULLS: Final[dict[str, dict[str, float]]] = {
    "reach": {"quang_cao": 8, "website": 3},
    "revenue": {"tu_van": 5, "thanh_toan": 4, "quang_cao": 2, "giao_hang": -2},
    "unit_cost": {"thanh_toan": 4, "giao_hang": -3, "lap_dat": -2, "bao_hanh": -2},
    "short_calls": {"website": 3, "cskh": 2, "tu_van": -3, "bao_hanh": -1},
    "rollout": {"website": 6, "thanh_toan": 4, "giao_hang": 3},
    "kept_promise": {"giao_hang": 6, "quang_cao": 4, "tu_van": 3, "bao_hanh": 2},
    "fit": {"tu_van": 7, "giao_hang": 3, "cskh": 3, "lap_dat": 2},
    "on_time": {"giao_hang": 8, "lap_dat": 3, "bao_hanh": 1},
    "first_fix": {"cskh": 7, "bao_hanh": 4, "giao_hang": 3, "lap_dat": 1},
    "traceable": {"giao_hang": 6, "website": 4, "cskh": 4, "bao_hanh": 2},
}
OWN: Final = {
    "marketing": "reach",
    "sales": "revenue",
    "operations": "unit_cost",
    "care": "short_calls",
    "it": "rollout",
}
JOURNEY: Final = {
    "marketing": "kept_promise",
    "sales": "fit",
    "operations": "on_time",
    "care": "first_fix",
    "it": "traceable",
}
_TARGETS_GROUP: Final = Text("Mỗi đơn vị được chấm theo KPI nào?", "Each unit's KPI")
_ALIKE: Final = 0.95
_AWAY: Final = 0.5


@cache
def importance() -> pd.Series[float]:
    """What moves the overall score of customers asked right after the journey, summing to one."""
    survey = load("khao_sat_hanh_trinh").query("asked == 'ngay_sau'")
    scores = survey[[f"score_{name}" for name in TOUCHPOINTS]].set_axis(list(TOUCHPOINTS), axis=1)
    return lmg(scores.fillna(scores.mean()), survey["overall"]).percent


def priorities(targets: Mapping[str, str], engaged: float) -> pd.DataFrame:
    """Turn each unit from its own target towards the customers; all units are equally strong.

    Args:
        targets: the target of each unit, by unit.
        engaged: how far the units turn, 0 (own target only) to 1 (what customers look for).
    """
    pulls = pd.DataFrame({unit: PULLS[target] for unit, target in targets.items()}).T
    own = pulls.reindex(columns=list(TOUCHPOINTS)).fillna(0.0)
    turned = (1 - engaged) * _unit_length(own) + engaged * _unit_length(
        importance().to_frame().T
    ).to_numpy()
    return _unit_length(turned)


def _unit_length(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.div(np.linalg.norm(rows.to_numpy(), axis=1), axis=0)


def _fields() -> dict[str, Any]:
    """Let each unit be measured by its own target, by its part in the journey, or by sales."""
    return {
        unit: Pick(
            label=name,
            options={key: TARGETS[key] for key in (OWN[unit], JOURNEY[unit], "revenue")},
            default=OWN[unit],
            group=_TARGETS_GROUP,
        )
        for unit, name in UNITS.items()
    }


@lab(
    key="compass",
    title=Text("Kim chỉ hướng", "The needle"),
    presets={
        "own_way": Preset(
            Text("Tình huống 1: mạnh ai nấy đi", "Case 1: each its own way"),
            {**OWN, "engaged": 0.0},
        ),
        "all_sales": Preset(
            Text("Tình huống 2: cùng chạy số", "Case 2: all after sales"),
            {**dict.fromkeys(UNITS, "revenue"), "engaged": 0.0},
        ),
        "journey": Preset(
            Text("Tình huống 3: KPI theo hành trình", "Case 3: KPIs by journey"),
            {**JOURNEY, "engaged": 0.0},
        ),
    },
    formulas=(
        (Text("Hướng của từng đơn vị và của tất cả", "Direction of each and of all"), alignment),
        (Text("Đồng thuận: hệ số W của Kendall", "Agreement: Kendall's W"), kendall_w),
        (Text("Điều gì kéo điểm chung của khách", "What drives the overall score"), lmg),
    ),
    sources=("kendall1939", "lindeman1980"),
    **_fields(),
    engaged=Share(
        Text("Gắn kết quanh mục tiêu CX", "Engaged around the CX goal"),
        0.0,
        0.0,
        1.0,
        0.05,
        hint=Text(
            "0 %: chỉ theo KPI riêng · 100 %: cùng nhìn về khách",
            "0%: own KPI only · 100%: all face the customer",
        ),
    ),
)
def compass(engaged: float, guess: float | None = None, **targets: str) -> View:
    """Show how much of five units' equal strength points where customers look."""
    units = priorities(targets, engaged)
    found = alignment(units, importance())
    agreed = kendall_w(units).w
    return View(
        finding=_finding(found.delivered, found.together, agreed),
        chart=partial(charts.compass, UNITS, found.by_unit.tolist(), found.delivered, guess),
        key_figures=(
            KeyFigure(
                Text("Đồng thuận (W)", "Agreed (W)"),
                number(agreed, 2),
            ),
            KeyFigure(
                Text("Đồng hướng: không kéo ngược nhau", "Aligned: no pulling apart"),
                percent(found.delivered / found.together, 0),
            ),
            KeyFigure(
                Text("Hướng tới khách: hướng chung", "Facing customers: joint direction"),
                percent(found.together, 0),
            ),
            KeyFigure(
                Text("Tới được khách", "Reaches customers"),
                percent(found.delivered, 0),
                "good" if found.delivered >= _AWAY else "bad",
            ),
        ),
        table=Table(
            (
                Text("Điểm chạm", "Touchpoint"),
                Text("Khách", "Customers"),
                *UNITS.values(),
            ),
            [
                [
                    name,
                    percent(importance()[key], 0),
                    *(number(priority, 2) for priority in row),
                ]
                for (key, name), row in zip(TOUCHPOINTS.items(), units.T.to_numpy(), strict=True)
            ],
        ),
    )


def _finding(delivered: float, together: float, agreed: float) -> Text:
    if delivered >= _ALIKE:
        sentence = Text(
            "Cả năm đơn vị cùng nhìn về khách: {delivered} sức lực tới nơi.",
            "All five units face the customer: {delivered} of their strength arrives.",
        )
    elif agreed >= _ALIKE and together < _AWAY:
        sentence = Text(
            "Năm đơn vị đồng lòng tuyệt đối mà chỉ {delivered} sức lực tới được khách: đồng thuận "
            "chưa chắc đã đúng hướng.",
            "Five units in full agreement, yet only {delivered} of their strength reaches "
            "customers: to agree is not to face the right way.",
        )
    elif delivered < _AWAY:
        sentence = Text(
            "Đơn vị nào cũng đạt 100 % KPI của mình, vậy mà chỉ {delivered} sức lực tới được "
            "khách.",
            "Every unit hits 100% of its KPI, yet only {delivered} of their strength reaches "
            "customers.",
        )
    else:
        sentence = Text(
            "{delivered} sức lực của năm đơn vị tới được khách, dù mỗi nơi lo một việc.",
            "{delivered} of the five units' strength reaches customers, though each does its own "
            "job.",
        )
    return sentence.format(delivered=percent(delivered, 0))


reaches_customers: Final = Prediction(
    key="reaches-customers",
    question=Share(
        Text(
            "Năm đơn vị mạnh như nhau, nơi nào cũng đạt 100 % KPI riêng. Theo bạn, bao nhiêu phần "
            "trăm sức lực ấy tới được điều khách cần?",
            "Five units of equal strength all hit 100% of their own KPI. How much of that strength "
            "reaches what customers look for?",
        ),
        None,
        0,
        1,
        0.01,
    ),
    answer=lambda: alignment(priorities(OWN, 0.0), importance()).delivered,
)
