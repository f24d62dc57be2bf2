"""How many of 1,000 subscribers of two cohorts are left after each year."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import PEOPLE, YEARS
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "sbg_cohorts",
    Text("Hai lứa thuê bao qua mười hai năm", "Two cohorts of subscribers over twelve years"),
    (
        Column(
            "cohort",
            Text("Lứa khách", "Cohort"),
            "category",
            categories={
                "high_end": Text("Cao cấp", "High end"),
                "regular": Text("Phổ thông", "Regular"),
            },
        ),
        Column("year", Text("Sau", "After"), "count", YEARS, low=0, high=12),
        Column("customers", Text("Còn lại", "Remaining"), "count", PEOPLE, low=0, high=1000),
    ),
)
