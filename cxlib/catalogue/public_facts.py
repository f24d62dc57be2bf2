"""Every published figure the course shows, with its source and how sure we are of it."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import STATUSES
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "public_facts",
    Text("Số liệu đã công bố", "Published figures"),
    (
        Column("key", Text("Khóa", "Key"), "text", unique=True),
        Column("vi", Text("Câu tiếng Việt", "Vietnamese sentence"), "text", unique=True),
        Column("en", Text("Câu tiếng Anh", "English sentence"), "text", unique=True),
        Column("value", Text("Giá trị", "Value"), "number", required=False),
        Column("unit", Text("Đơn vị", "Unit"), "text", required=False),
        Column("source", Text("Nguồn", "Source"), "text"),
        Column("year", Text("Năm", "Year"), "count", low=1900, high=2100),
        Column("status", Text("Mức chắc chắn", "Certainty"), "category", categories=STATUSES),
    ),
)
