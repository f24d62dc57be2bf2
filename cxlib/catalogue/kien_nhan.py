"""Patience: how long people waited in five lines, and whether they left or were served."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import MINUTES
from cxlib.schemas import Column, Schema
from cxlib.text import Text, same

SCHEMA: Final = Schema(
    "kien_nhan",
    Text("Kiên nhẫn trong năm hàng chờ", "Patience in five waiting lines"),
    (
        Column(
            "situation",
            Text("Hàng chờ", "Waiting line"),
            "category",
            categories={
                "quay_thanh_toan": Text("Quầy thanh toán tạp hóa", "Grocery checkout"),
                "ve_su_kien": Text("Vé sự kiện nổi tiếng", "Tickets for a big event"),
                "ban_nha_hang": Text("Bàn ở quán ăn bình dân", "Table at a casual restaurant"),
                "thu_tuc_hanh_chinh": Text("Thủ tục hành chính", "Government office"),
                "phong_kham": Text("Phòng khám bác sĩ", "Doctor's office"),
            },
        ),
        Column("wait_min", Text("Đã chờ", "Waited"), "number", MINUTES, 0, 600),
        Column(
            "left",
            Text("Bỏ hàng chờ", "Left the line"),
            "count",
            Text("1 = bỏ đi, 0 = được phục vụ", "1 = left, 0 = served"),
            0,
            1,
        ),
        Column(
            "age_band",
            Text("Tuổi", "Age"),
            "category",
            categories={
                "18_29": same("18–29"),
                "30_44": same("30–44"),
                "45_59": same("45–59"),
                "60_tro_len": Text("60 trở lên", "60 and over"),
            },
        ),
        Column(
            "informed",
            Text("Được báo thời gian chờ", "Told how long it would be"),
            "count",
            Text("1 = có, 0 = không", "1 = yes, 0 = no"),
            0,
            1,
        ),
    ),
)
