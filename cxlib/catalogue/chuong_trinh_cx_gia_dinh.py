"""What a CX programme is assumed to bring, delay and overrun: three-point estimates."""

from __future__ import annotations

from typing import Final

from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "chuong_trinh_cx_gia_dinh",
    Text("Giả định của chương trình CX", "A CX programme's assumptions"),
    (
        Column(
            "driver",
            Text("Giả định", "Assumption"),
            "category",
            unique=True,
            categories={
                "retention": Text("Tỷ lệ khách ở lại tăng", "Rise in retention"),
                "spend": Text("Mỗi khách chi thêm", "More spent per customer"),
                "referral": Text("Khách mới nhờ giới thiệu", "Referred customers"),
                "contacts": Text("Liên hệ tổng đài giảm", "Fewer service contacts"),
                "turnover": Text("Nhân viên nghỉ việc giảm", "Less staff turnover"),
                "cost_overrun": Text("Chi vượt kế hoạch", "Cost overrun"),
                "delay_months": Text("Lợi ích đến chậm", "Late benefits"),
                "rate": Text("Tỷ suất chiết khấu", "Discount rate"),
            },
        ),
        Column(
            "unit",
            Text("Đơn vị", "Unit"),
            "category",
            categories={
                "ratio": Text("tỷ lệ (0,01 = 1 %)", "ratio (0.01 = 1%)"),
                "months": Text("tháng", "months"),
            },
        ),
        Column("low", Text("Thấp nhất", "Lowest"), "number", low=-1, high=60),
        Column("mode", Text("Dễ xảy ra nhất", "Most likely"), "number", low=-1, high=60),
        Column("high", Text("Cao nhất", "Highest"), "number", low=-1, high=60),
    ),
)
