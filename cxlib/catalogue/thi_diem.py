"""A pilot in two hundred parcel shops: satisfied customers by month, before and during."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import MONTH, PEOPLE
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "thi_diem",
    Text("Thí điểm ở 200 cửa hàng", "A pilot in 200 stores"),
    (
        Column("store_id", Text("Mã cửa hàng", "Store ID"), "text"),
        Column("month", Text("Tháng", "Month"), "date", unit=MONTH),
        Column(
            "arm",
            Text("Nhóm", "Arm"),
            "category",
            categories={
                "doi_chung": Text("Đối chứng", "Control"),
                "thi_diem": Text("Thí điểm", "Pilot"),
            },
        ),
        Column("answers", Text("Số khách trả lời", "Answers"), "count", PEOPLE, low=1),
        Column("satisfied", Text("Số khách hài lòng", "Satisfied"), "count", PEOPLE, low=0),
    ),
)
