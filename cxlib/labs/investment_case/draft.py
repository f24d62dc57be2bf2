"""A draft that shines too much: five faults, mended one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache, partial
from typing import Final

import numpy as np

from cxlib.charts import investment_case as charts
from cxlib.labs.an_nhien import AN_NHIEN, COSTS, LIKELY, RAMP
from cxlib.labs.invest_and_return.costs import YEARS
from cxlib.learning.fields import Money, Several
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.profile import templates
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.cashflow import npv, present_value
from cxlib.models.programme import benefit_flows, lifetime_value_gain
from cxlib.text import Text, money, number

FAULTS: Final[dict[str, Text]] = {
    "twice": Text("cộng trùng giá trị vòng đời (B5)", "lifetime value (B5) counted twice"),
    "revenue": Text("tính doanh thu thay vì biên lợi nhuận", "revenue taken for margin"),
    "running": Text("quên phần chi mỗi năm", "yearly costs forgotten"),
    "at_once": Text("lợi ích đủ mức ngay năm đầu", "full benefits from the first year"),
    "undated": Text("không chiết khấu", "no discounting"),
}
"""What is wrong in the draft, in the order in which it is mended."""

_RATE: Final = 0.12
_REVENUE: Final = templates()["retail"]["revenue_per_customer"]


@cache
def draft_npv(faults: frozenset[str]) -> float:
    """Net present value that An Nhiên's case claims with some faults left in it."""
    by_revenue = replace(AN_NHIEN, margin_per_customer=_REVENUE)
    company = by_revenue if "revenue" in faults else AN_NHIEN
    ramp = (1.0,) if "at_once" in faults else RAMP
    flows = benefit_flows(company, LIKELY, YEARS, ramp).round(-7).sum().to_numpy()
    twice = lifetime_value_gain(company, LIKELY, _RATE) if "twice" in faults else 0.0
    costs = np.array(COSTS) * ([1, 0, 0, 0] if "running" in faults else 1)
    return npv(0.0 if "undated" in faults else _RATE, flows - costs) + twice


@lab(
    key="clean-draft",
    title=Text("Gỡ lỗi bản nháp", "Mending the draft"),
    presets={
        "as-handed-in": Preset(
            Text("Tình huống 1: bản nháp nguyên trạng", "Case 1: the draft as handed in"),
            {"mended": ()},
        ),
        "finance-only": Preset(
            Text("Tình huống 2: chỉ sửa chiết khấu", "Case 2: discounting mended only"),
            {"mended": ("undated",)},
        ),
    },
    formulas=(
        (Text("Giá trị hiện tại ròng (NPV)", "Net present value (NPV)"), present_value),
        (
            Text("Giá trị vòng đời tăng thêm (B5)", "Lifetime value gained (B5)"),
            lifetime_value_gain,
        ),
    ),
    sources=("brealey2020", "gupta2003"),
    mended=Several(
        label=Text("Lỗi đã sửa", "Faults mended"), options=FAULTS, default=tuple(FAULTS)
    ),
)
def clean_draft(mended: Collection[str], guess: float | None = None) -> View:
    """Take the chosen faults out of the draft, one after the other."""
    left = set(FAULTS)
    claimed = [draft_npv(frozenset(left))]
    for fault in FAULTS:
        if fault in mended:
            left.discard(fault)
        claimed.append(draft_npv(frozenset(left)))
    drops = dict(zip(FAULTS, np.diff(claimed), strict=True))
    dearest = min(drops, key=lambda fault: drops[fault])
    return View(
        finding=_finding(claimed[0], claimed[-1], len(left), dearest, -drops[dearest]),
        chart=partial(charts.mending, claimed, FAULTS, frozenset(mended), guess),
        key_figures=(
            KeyFigure(Text("Bản nháp ghi", "The draft says"), money(claimed[0])),
            KeyFigure(
                Text("Sau khi sửa", "After mending"),
                money(claimed[-1]),
                "bad" if left else "good",
            ),
            KeyFigure(
                Text("Lỗi còn lại", "Faults left"), number(len(left)), "bad" if left else "good"
            ),
        ),
        table=Table(
            (
                Text("Lỗi", "Fault"),
                Text("NPV giảm khi sửa", "Fall in NPV when mended"),
                Text("NPV sau đó", "NPV after that"),
            ),
            [
                [FAULTS[fault], money(-drops[fault]), money(after)]
                for fault, after in zip(FAULTS, claimed[1:], strict=True)
            ],
        ),
    )


def _finding(draft: float, now: float, left: int, dearest: str, puffed: float) -> Text:
    if left == len(FAULTS):
        sentence = Text(
            "Bản nháp khoe lời {draft}. Chưa lỗi nào được sửa: hãy đánh dấu từng lỗi và xem con số "
            "rơi xuống.",
            "The draft boasts a gain of {draft}. No fault is mended: tick them one by one and "
            "watch the number fall.",
        )
    elif left:
        sentence = Text(
            "Bản nháp khoe lời {draft}, giờ còn {now}; vẫn còn {left} lỗi chưa sửa.",
            "The draft boasts {draft}, now it is {now}; faults still in it: {left}.",
        )
    else:
        sentence = Text(
            "“Lời {draft}” chỉ còn {now} khi gỡ hết năm lỗi. Đắt nhất là “{dearest}”: riêng lỗi "
            "này thổi lên {puffed}.",
            "“A gain of {draft}” is {now} once all five faults are out. The dearest, “{dearest}”, "
            "alone puffed it up by {puffed}.",
        )
    return sentence.format(
        draft=money(draft),
        now=money(now),
        left=number(left),
        dearest=FAULTS[dearest],
        puffed=money(puffed),
    )


after_mending: Final = Prediction(
    key="after-mending",
    question=Money(
        Text(
            "Bản nháp của chị Hạnh ghi: “Chi 3 tỷ ₫, sau ba năm lời 66,2 tỷ ₫”. Trong đó có năm "
            "lỗi. Sửa xong cả năm, theo bạn NPV còn bao nhiêu?",
            "Ms Hanh's draft says: “Spend ₫3 billion, gain ₫66.2 billion in three years.” It holds "
            "five faults. With all five mended, what do you think is left of the NPV?",
        ),
        None,
        -10e9,
        70e9,
        1e6,
    ),
    answer=lambda: draft_npv(frozenset()),
)
