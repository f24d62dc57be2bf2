"""A table with one column of every kind, and the four rows in every office file."""

from __future__ import annotations

from datetime import datetime

from cxlib.schemas import Column, Schema
from cxlib.text import Text

SURVEY = Schema(
    "survey",
    Text("Khảo sát", "Survey"),
    (
        Column("id", Text("Mã khách", "Customer"), "text", unique=True),
        Column("day", Text("Ngày", "Date"), "date"),
        Column("score", Text("Điểm", "Score"), "number", low=0, high=10),
        Column("spend", Text("Chi tiêu", "Spend"), "money", low=0),
        Column("stays", Text("Tỷ lệ ở lại", "Retention"), "share", low=0, high=1),
        Column("change", Text("Thay đổi", "Change"), "points"),
        Column("visits", Text("Số lượt", "Visits"), "count", low=0),
        Column(
            "city",
            Text("Thành phố", "City"),
            "category",
            categories={"HN": Text("Hà Nội", "Hanoi"), "HCM": Text("TP. Hồ Chí Minh", "Saigon")},
        ),
        Column("note", Text("Ý kiến", "Comment"), "text", required=False),
    ),
)

TRUTH = [
    ("007", datetime(2025, 3, 25), 8.5, 1_250_000.0, 0.705, 0.015, 12, "HN", "Rất tốt"),
    ("012", datetime(2025, 4, 5), 7.25, 3_500_000_000.0, 0.62, -0.02, 1200, "HCM", ""),
    ("105", datetime(2025, 12, 31), 10.0, 850_000.0, 1.0, 0.0, 3, "HCM", "Chờ lâu; sẽ quay lại"),
    ("230", datetime(2025, 2, 6), 0.5, 42_000_000.0, 0.055, 0.1, 45, "HN", "=1+1"),
]
