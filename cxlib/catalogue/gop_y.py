"""Customer comments in Vietnamese, with their labels."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import REGIONS, TOUCHPOINTS
from cxlib.schemas import Column, Schema
from cxlib.text import Text, same

SCHEMA: Final = Schema(
    "gop_y",
    Text("Góp ý của khách", "Customer comments"),
    (
        Column("comment_id", Text("Mã góp ý", "Comment ID"), "text", unique=True),
        Column("text", Text("Góp ý", "Comment"), "text", unique=True),
        Column("region", Text("Giọng vùng", "Regional speech"), "category", categories=REGIONS),
        Column(
            "surface",
            Text("Cách viết", "Spelling"),
            "category",
            categories={
                "chuan": Text("Đúng chính tả", "Standard"),
                "khong_dau": Text("Không dấu", "Without diacritics"),
                "teencode": same("Teencode"),
                "pha_tieng_anh": Text("Pha tiếng Anh", "Mixed with English"),
            },
        ),
        Column(
            "sarcastic",
            Text("Mỉa mai", "Sarcastic"),
            "count",
            Text("1 = có", "1 = yes"),
            low=0,
            high=1,
        ),
        Column("touchpoint", Text("Điểm chạm", "Touchpoint"), "category", categories=TOUCHPOINTS),
        Column(
            "sentiment",
            Text("Cảm xúc", "Sentiment"),
            "count",
            Text("−1 chê, 0 trung tính, 1 khen", "−1 bad, 0 neutral, 1 good"),
            low=-1,
            high=1,
        ),
        Column(
            "expectation_gap",
            Text("So với lời hứa", "Against the promise"),
            "category",
            required=False,
            categories={
                "early": Text("Sớm hoặc hơn lời hứa", "Earlier or better"),
                "met": Text("Đúng lời hứa", "As promised"),
                "late": Text("Trễ hoặc kém lời hứa", "Later or worse"),
            },
        ),
        Column(
            "severity",
            Text("Mức nghiêm trọng", "Severity"),
            "count",
            Text("0 không – 3 nặng", "0 none – 3 grave"),
            low=0,
            high=3,
        ),
    ),
)
