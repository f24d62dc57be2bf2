"""The tables a learner may bring from her own company, each declared once: template and check."""

from __future__ import annotations

from typing import Final

from cxlib.schemas import BENEFITS, COSTS, Column, Schema
from cxlib.text import Text

SURVEY: Final = Schema(
    "survey",
    Text("Khảo sát", "Survey"),
    (
        Column("respondent", Text("Mã người trả lời", "Respondent"), "text", required=False),
        Column("date", Text("Ngày trả lời", "Date"), "date", required=False),
        Column("group", Text("Cửa hàng hoặc kênh", "Store or channel"), "text", required=False),
        Column(
            "nps",
            Text("Sẵn lòng giới thiệu (0–10)", "Would recommend (0–10)"),
            "count",
            low=0,
            high=10,
        ),
        Column(
            "satisfaction",
            Text("Hài lòng (1–10)", "Satisfaction (1–10)"),
            "number",
            low=1,
            high=10,
            required=False,
        ),
        Column(
            "effort", Text("Dễ dàng (1–7)", "Ease (1–7)"), "number", low=1, high=7, required=False
        ),
        Column("comment", Text("Góp ý", "Comment"), "text", required=False),
    ),
)
"""Scores of one survey: one row per person."""

_STAGES: Final = {
    "before": Text("trước khi mua", "before buying"),
    "during": Text("khi mua", "while buying"),
    "after": Text("sau khi mua", "after buying"),
}

TOUCHPOINTS: Final = Schema(
    "touchpoints",
    Text("Điểm chạm", "Touchpoints"),
    (
        Column("touchpoint", Text("Điểm chạm", "Touchpoint"), "text", unique=True),
        Column(
            "stage",
            Text("Giai đoạn (before, during, after)", "Stage (before, during, after)"),
            "category",
            categories=_STAGES,
            required=False,
        ),
        Column(
            "importance",
            Text("Tầm quan trọng (1–10)", "Importance (1–10)"),
            "number",
            low=1,
            high=10,
        ),
        Column(
            "performance",
            Text("Mức thể hiện (0–10)", "Performance (0–10)"),
            "number",
            low=0,
            high=10,
        ),
        Column(
            "cost", Text("Chi phí cải thiện", "Cost to improve"), "money", low=0, required=False
        ),
    ),
)
"""The touchpoints of one journey: how much each matters and how well it does."""

PROMISES: Final = Schema(
    "promises",
    Text("Lời hứa", "Promises"),
    (
        Column("subject", Text("Hứa về việc gì", "What is promised"), "text"),
        Column("channel", Text("Nơi hứa", "Where"), "text"),
        Column("wording", Text("Câu chữ", "Wording"), "text", required=False),
        Column("promised", Text("Số ngày đã hứa", "Days promised"), "number", low=0),
        Column(
            "usual",
            Text("Thực tế thường mất (ngày)", "Usually takes (days)"),
            "number",
            low=0,
            required=False,
        ),
        Column(
            "slow",
            Text("9/10 lần xong trong (ngày)", "Slowest in 9 of 10 times (days)"),
            "number",
            low=0,
            required=False,
        ),
        Column("owner", Text("Người phụ trách", "Owner"), "text", required=False),
    ),
)
"""A promise register: one row per message a customer can meet."""

WAITS: Final = Schema(
    "waits",
    Text("Chờ đợi", "Waits"),
    (
        Column("situation", Text("Tình huống", "Situation"), "text"),
        Column("minutes", Text("Số phút chờ", "Minutes waited"), "number", low=0),
        Column(
            "left",
            Text("Bỏ về (1) hay được phục vụ (0)", "Left (1) or was served (0)"),
            "count",
            low=0,
            high=1,
        ),
    ),
)
"""Waits of single customers, those who left and those who were served."""

TRANSACTIONS: Final = Schema(
    "transactions",
    Text("Giao dịch", "Transactions"),
    (
        Column("customer", Text("Mã khách hàng", "Customer"), "text"),
        Column("date", Text("Ngày mua", "Date"), "date"),
        Column("amount", Text("Số tiền", "Amount"), "money", low=0),
    ),
)
"""Purchases: one row per customer and purchase."""

COHORTS: Final = Schema(
    "cohorts",
    Text("Nhóm khách cùng kỳ", "Cohorts"),
    (
        Column("cohort", Text("Nhóm", "Cohort"), "text"),
        Column("period", Text("Kỳ thứ mấy", "Period"), "count", low=0),
        Column("customers", Text("Số khách còn lại", "Customers still there"), "count", low=0),
    ),
)
"""How many customers of each cohort are still there after each period."""

OWN_TABLES: Final = (SURVEY, TOUCHPOINTS, PROMISES, WAITS, TRANSACTIONS, COHORTS, COSTS, BENEFITS)
