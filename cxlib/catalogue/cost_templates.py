"""What a CX programme costs in six industries: illustrative amounts to start from."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import INDUSTRIES
from cxlib.schemas import COST_ITEMS, Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "cost_templates",
    Text("Mẫu chi phí CX theo ngành", "CX cost templates by industry"),
    (
        Column("industry", Text("Ngành", "Industry"), "category", categories=INDUSTRIES),
        Column("code", Text("Khoản chi", "Cost item"), "category", categories=COST_ITEMS),
        Column("one_off_vnd", Text("Chi một lần", "One-off cost"), "money", low=0),
        Column("yearly_vnd", Text("Chi hằng năm", "Yearly cost"), "money", low=0),
    ),
)
