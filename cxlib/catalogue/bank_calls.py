"""Calls that reached a bank's call centre on one day, in slots of five minutes."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import MINUTES
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "bank_calls",
    Text("Cuộc gọi đến ngân hàng trong một ngày", "A bank's calls on one day"),
    (
        Column("start", Text("Giờ bắt đầu", "Start of slot"), "text", unique=True),
        Column(
            "minute", Text("Sau giờ mở cửa", "After opening"), "count", MINUTES, low=0, high=840
        ),
        Column("calls", Text("Số cuộc gọi", "Calls"), "count", low=0),
    ),
)
