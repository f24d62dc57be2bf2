"""Coffee transactions: every purchase of the members of a chain in 78 weeks."""

from __future__ import annotations

from typing import Final

from cxlib.schemas import Column, Schema
from cxlib.text import Text, same

SCHEMA: Final = Schema(
    "giao_dich_ca_phe",
    Text("Giao dịch cà phê", "Coffee transactions"),
    (
        Column("customer_id", Text("Mã thành viên", "Member ID"), "text"),
        Column("date", Text("Ngày", "Date"), "date"),
        Column("amount_vnd", Text("Số tiền", "Amount"), "money", low=0),
        Column(
            "store",
            Text("Quán", "Shop"),
            "category",
            categories={f"M{shop:02d}": same(f"M{shop:02d}") for shop in range(1, 9)},
        ),
        Column(
            "payment",
            Text("Cách trả tiền", "Payment"),
            "category",
            categories={
                "tien_mat": Text("Tiền mặt", "Cash"),
                "the": Text("Thẻ", "Card"),
                "vi_dien_tu": Text("Ví điện tử", "E-wallet"),
            },
        ),
    ),
)
