"""A plausible mid-sized Vietnamese company in each of six industries, to start a profile from."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import INDUSTRIES, PEOPLE
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "industry_templates",
    Text("Hồ sơ mẫu theo ngành", "Company profiles by industry"),
    (
        Column(
            "industry", Text("Ngành", "Industry"), "category", unique=True, categories=INDUSTRIES
        ),
        Column("customers", Text("Số khách hàng", "Customers"), "count", low=1),
        Column(
            "revenue_per_customer_vnd",
            Text("Doanh thu mỗi khách một năm", "Revenue per customer and year"),
            "money",
            low=0,
        ),
        Column(
            "margin",
            Text("Tỷ suất biên lợi nhuận đóng góp", "Contribution margin"),
            "share",
            low=0,
            high=1,
        ),
        Column("retention", Text("Tỷ lệ khách ở lại", "Retention rate"), "share", low=0, high=1),
        Column(
            "contacts",
            Text("Số lần liên hệ mỗi khách một năm", "Contacts per customer and year"),
            "number",
            low=0,
        ),
        Column(
            "contact_intensity",
            Text("Mức tiếp xúc với khách", "Contact with customers"),
            "number",
            low=0,
            high=1,
        ),
        Column("employees", Text("Số nhân viên", "Employees"), "count", PEOPLE, low=1),
    ),
)
