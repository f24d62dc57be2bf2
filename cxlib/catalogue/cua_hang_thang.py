"""Shops by month: what employees and customers of a chain felt, and what came of it."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import FORMATS, MONTH, POINTS_0_100, REGIONS
from cxlib.schemas import Column, Schema
from cxlib.text import Text, same


def _score(name: str, header: Text) -> Column:
    return Column(name, header, "number", POINTS_0_100, 0, 100)


SCHEMA: Final = Schema(
    "cua_hang_thang",
    Text("Cửa hàng theo tháng", "Stores by month"),
    (
        Column("store_id", Text("Mã cửa hàng", "Store ID"), "text"),
        Column("month", Text("Tháng", "Month"), "date", unit=MONTH),
        Column("format", Text("Mô hình cửa hàng", "Store format"), "category", categories=FORMATS),
        Column("region", Text("Miền", "Region"), "category", categories=REGIONS),
        Column(
            "contact_intensity",
            Text("Mức độ tiếp xúc trực tiếp", "Contact intensity"),
            "number",
            Text("0 = không gặp … 1 = gặp suốt", "0 = none … 1 = throughout"),
            0,
            1,
        ),
        _score("engagement", Text("Gắn kết nhân viên", "Employee engagement")),
        _score("satisfaction", Text("Sự hài lòng của nhân viên", "Employee satisfaction")),
        _score("process_q", Text("Điểm quy trình", "Process score")),
        _score("product_q", Text("Điểm sản phẩm", "Product score")),
        _score("system_q", Text("Điểm hệ thống", "System score")),
        _score("cx", Text("Trải nghiệm khách hàng (CX)", "Customer experience (CX)")),
        Column(
            "n_customers",
            Text("Số khách trong tháng", "Customers in the month"),
            "count",
            Text("khách", "customers"),
            150,
            900,
        ),
        Column(
            "n_retained",
            Text("Số khách quay lại", "Customers who came back"),
            "count",
            Text("khách", "customers"),
            0,
            900,
        ),
        Column("revenue_vnd", Text("Doanh thu", "Revenue"), "money", low=0),
        Column(
            "turnover_pct",
            Text("Nhân viên nghỉ việc trong tháng", "Staff turnover in the month"),
            "number",
            same("%"),
            0,
            100,
        ),
    ),
)
