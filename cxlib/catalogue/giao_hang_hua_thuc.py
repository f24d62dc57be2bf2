"""Promised and actual deliveries, and how customers felt about them."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import DAYS, POINTS_0_100
from cxlib.schemas import Column, Schema
from cxlib.text import Text

_FLAG: Final = Text("1 = có, 0 = không", "1 = yes, 0 = no")


def _promised(name: str, header: Text) -> Column:
    return Column(name, header, "count", DAYS, 0, 30)


SCHEMA: Final = Schema(
    "giao_hang_hua_thuc",
    Text("Lời hứa giao hàng và thực tế", "Delivery promises and reality"),
    (
        Column("order_id", Text("Mã đơn", "Order ID"), "text", unique=True),
        Column(
            "province",
            Text("Tỉnh, thành", "Province"),
            "category",
            categories={
                "ha_noi": Text("Hà Nội", "Hanoi"),
                "hai_phong": Text("Hải Phòng", "Hai Phong"),
                "quang_ninh": Text("Quảng Ninh", "Quang Ninh"),
                "nghe_an": Text("Nghệ An", "Nghe An"),
                "hue": Text("Huế", "Hue"),
                "da_nang": Text("Đà Nẵng", "Da Nang"),
                "lam_dong": Text("Lâm Đồng", "Lam Dong"),
                "tp_ho_chi_minh": Text("TP. Hồ Chí Minh", "Ho Chi Minh City"),
                "dong_nai": Text("Đồng Nai", "Dong Nai"),
                "can_tho": Text("Cần Thơ", "Can Tho"),
            },
        ),
        _promised("promise_days", Text("Lời hứa ghi trên đơn", "Promise on the order")),
        _promised("actual_days", Text("Thực tế giao trong", "Delivered within")),
        Column("urgent", Text("Đơn gấp", "Urgent"), "count", _FLAG, 0, 1),
        _promised("channel_promise_web", Text("Web hứa", "Promised on the web")),
        _promised("channel_promise_cc", Text("Tổng đài hứa", "Promised by the call centre")),
        _promised("channel_promise_zalo", Text("Zalo hứa", "Promised on Zalo")),
        Column(
            "cause_of_delay",
            Text("Nguyên nhân trễ", "Cause of delay"),
            "category",
            categories={
                "khong": Text("Không trễ", "Not late"),
                "thoi_tiet": Text("Thời tiết", "Weather"),
                "thieu_tai_xe": Text("Thiếu tài xế", "Too few drivers"),
                "kho": Text("Kho", "Warehouse"),
                "doi_tac": Text("Đối tác", "Partner"),
            },
        ),
        Column("order_value_vnd", Text("Giá trị đơn", "Order value"), "money", low=0),
        Column(
            "sat_latent",
            Text("Hài lòng, thang không chạm trần", "Satisfaction, no ceiling"),
            "number",
            POINTS_0_100,
            0,
            100,
        ),
        Column(
            "sat_5",
            Text("Hài lòng, phiếu 1–5", "Satisfaction, questionnaire 1–5"),
            "count",
            Text("điểm 1–5", "points 1–5"),
            1,
            5,
        ),
        Column(
            "reorder_90d",
            Text("Đặt lại trong 90 ngày", "Ordered again within 90 days"),
            "count",
            _FLAG,
            0,
            1,
        ),
    ),
)
