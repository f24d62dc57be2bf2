"""How long one restaurant's orders took to arrive."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import MINUTES
from cxlib.schemas import Column, Schema
from cxlib.text import Text

_DAYS_OF_WEEK: Final = {
    "Mon": Text("Thứ Hai", "Monday"),
    "Tue": Text("Thứ Ba", "Tuesday"),
    "Wed": Text("Thứ Tư", "Wednesday"),
    "Thu": Text("Thứ Năm", "Thursday"),
    "Fri": Text("Thứ Sáu", "Friday"),
    "Sat": Text("Thứ Bảy", "Saturday"),
    "Sun": Text("Chủ Nhật", "Sunday"),
}

SCHEMA: Final = Schema(
    "deliveries",
    Text("Giao món của một nhà hàng", "One restaurant's deliveries"),
    (
        Column(
            "time_to_delivery", Text("Thời gian giao", "Delivery time"), "number", MINUTES, low=0
        ),
        Column(
            "hour",
            Text("Giờ đặt", "Hour of order"),
            "number",
            Text("giờ, số thập phân", "decimal hours"),
            low=0,
            high=24,
        ),
        Column("day", Text("Thứ", "Day"), "category", categories=_DAYS_OF_WEEK),
        Column("distance", Text("Khoảng cách", "Distance"), "number", low=0),
        Column("items", Text("Số món", "Items"), "count", low=1),
    ),
)
