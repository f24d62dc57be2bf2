"""Journey survey: scores and stated importance of eight touchpoints, and the overall score."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import CHANNELS, POINTS_0_10, TOUCHPOINTS
from cxlib.schemas import Column, Schema
from cxlib.text import Text

_POINTS_1_10: Final = Text("điểm 1–10", "points 1–10")
_SCORE: Final = Text("Điểm: ", "Score: ")
_STATED: Final = Text("Tự nói là quan trọng: ", "Stated importance: ")

SCHEMA: Final = Schema(
    "khao_sat_hanh_trinh",
    Text("Khảo sát hành trình", "Journey survey"),
    (
        Column("id", Text("Mã khách", "Customer ID"), "text", unique=True),
        Column(
            "segment",
            Text("Nhóm khách", "Segment"),
            "category",
            categories={
                "gia_dinh_tre": Text("Gia đình trẻ", "Young families"),
                "nguoi_lon_tuoi": Text("Người lớn tuổi", "Older people"),
                "doanh_nghiep_nho": Text("Doanh nghiệp nhỏ", "Small businesses"),
            },
        ),
        Column("channel", Text("Kênh mua", "Bought through"), "category", categories=CHANNELS),
        Column(
            "asked",
            Text("Thời điểm hỏi", "When asked"),
            "category",
            categories={
                "ngay_sau": Text("Ngay sau hành trình", "Right after the journey"),
                "sau_3_thang": Text("Ba tháng sau", "Three months later"),
            },
        ),
        Column("visited_order", Text("Thứ tự điểm chạm đã qua", "Touchpoints in order"), "text"),
        Column("overall", Text("Điểm chung", "Overall score"), "count", POINTS_0_10, 0, 10),
        Column(
            "nps", Text("Mức sẵn lòng giới thiệu", "Would recommend"), "count", POINTS_0_10, 0, 10
        ),
        Column("comment_id", Text("Mã góp ý", "Comment ID"), "text", required=False),
        *(
            Column(f"score_{name}", _SCORE + label, "number", POINTS_0_10, 0, 10, required=False)
            for name, label in TOUCHPOINTS.items()
        ),
        *(
            Column(f"stated_{name}", _STATED + label, "count", _POINTS_1_10, 1, 10)
            for name, label in TOUCHPOINTS.items()
        ),
    ),
)
