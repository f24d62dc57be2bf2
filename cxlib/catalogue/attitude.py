"""What clerical employees of thirty departments thought of their supervisors."""

from __future__ import annotations

from typing import Final

from cxlib.schemas import Column, Schema
from cxlib.text import Text, same

_HEADERS: Final = {
    "rating": Text("Đánh giá chung về cấp trên", "Overall rating of the supervisor"),
    "complaints": Text("Giải quyết khiếu nại của nhân viên", "Handling of employee complaints"),
    "privileges": Text("Không cho đặc quyền riêng", "Does not allow special privileges"),
    "learning": Text("Cơ hội học điều mới", "Opportunity to learn"),
    "raises": Text("Tăng lương theo thành tích", "Raises based on performance"),
    "critical": Text("Quá khắt khe với lỗi", "Too critical of poor performance"),
    "advance": Text("Cơ hội thăng tiến", "Advancement"),
}

SCHEMA: Final = Schema(
    "attitude",
    Text("Thái độ của nhân viên theo phòng ban", "Employee attitudes by department"),
    tuple(
        Column(name, header, "count", same("%"), low=0, high=100)
        for name, header in _HEADERS.items()
    ),
)
