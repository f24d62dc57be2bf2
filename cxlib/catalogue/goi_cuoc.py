"""Subscriptions: how many customers of six cohorts are still there, month by month."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import MONTH, MONTHS
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "goi_cuoc",
    Text("Gói cước theo nhóm khách cùng kỳ", "Subscriptions by cohort"),
    (
        Column("cohort", Text("Nhóm khách cùng kỳ", "Cohort"), "count", low=1, high=6),
        Column("start_month", Text("Tháng bắt đầu", "Started in"), "date", unit=MONTH),
        Column("age_months", Text("Tuổi thuê bao", "Age"), "count", MONTHS, 0, 12),
        Column(
            "customers",
            Text("Khách còn ở lại", "Customers still there"),
            "count",
            Text("khách", "customers"),
            low=0,
        ),
    ),
)
