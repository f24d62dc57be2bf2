"""Ten statistics much quoted in talks about CX: who says them, their origin, a verdict."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import STATUSES
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "statistics_cards",
    Text("Mười con số hay được nhắc", "Ten much-quoted statistics"),
    (
        Column("key", Text("Khóa", "Key"), "text", unique=True),
        Column("claim_vi", Text("Câu hay nghe (vi)", "Claim (vi)"), "text"),
        Column("claim_en", Text("Câu hay nghe (en)", "Claim (en)"), "text"),
        Column("said_by_vi", Text("Ai nói (vi)", "Said by (vi)"), "text"),
        Column("said_by_en", Text("Ai nói (en)", "Said by (en)"), "text"),
        Column("origin_vi", Text("Gốc gác (vi)", "Origin (vi)"), "text"),
        Column("origin_en", Text("Gốc gác (en)", "Origin (en)"), "text"),
        Column("verdict_vi", Text("Đánh giá (vi)", "Verdict (vi)"), "text"),
        Column("verdict_en", Text("Đánh giá (en)", "Verdict (en)"), "text"),
        Column("status", Text("Mức chắc chắn", "Certainty"), "category", categories=STATUSES),
        Column("source", Text("Nguồn", "Source"), "text", required=False),
    ),
)
