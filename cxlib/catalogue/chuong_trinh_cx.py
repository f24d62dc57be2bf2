"""What a CX programme costs: eight kinds of cost, month by month for three years."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import MONTH
from cxlib.schemas import COST_ITEMS, Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "chuong_trinh_cx",
    Text("Chi phí chương trình CX theo tháng", "A CX programme's costs by month"),
    (
        Column("code", Text("Khoản chi", "Cost item"), "category", categories=COST_ITEMS),
        Column("month", Text("Tháng", "Month"), "date", unit=MONTH),
        Column("one_off_vnd", Text("Chi một lần", "One-off cost"), "money", low=0),
        Column("recurring_vnd", Text("Chi thường xuyên", "Recurring cost"), "money", low=0),
    ),
)
