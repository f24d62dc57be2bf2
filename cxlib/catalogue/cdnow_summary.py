"""How often and how lately each customer of a music shop bought again."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import USD, WEEKS
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "cdnow_summary",
    Text("Khách mua nhạc CDNOW", "CDNOW music buyers"),
    (
        Column("customer_id", Text("Mã khách", "Customer ID"), "text", unique=True),
        Column("frequency", Text("Số lần mua lại", "Repeat purchases"), "count", low=0),
        Column(
            "recency_weeks",
            Text("Từ lần mua đầu đến lần mua cuối", "First to last purchase"),
            "number",
            WEEKS,
            low=0,
            high=39,
        ),
        Column(
            "age_weeks",
            Text("Từ lần mua đầu đến ngày chốt số", "First purchase to end of period"),
            "number",
            WEEKS,
            low=0,
            high=39,
        ),
        Column(
            "mean_spend_usd",
            Text("Chi tiêu bình quân mỗi lần mua lại", "Mean spend per repeat purchase"),
            "number",
            USD,
            low=0,
        ),
    ),
)
