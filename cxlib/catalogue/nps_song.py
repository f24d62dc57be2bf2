"""Would you recommend us: answers of twenty equal coffee shops in twelve waves."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import POINTS_0_10
from cxlib.schemas import Column, Schema
from cxlib.text import Text

SCHEMA: Final = Schema(
    "nps_song",
    Text("NPS theo đợt khảo sát", "NPS by survey wave"),
    (
        Column("store_id", Text("Mã cửa hàng", "Store ID"), "text"),
        Column("wave", Text("Đợt khảo sát", "Survey wave"), "count", low=1, high=12),
        Column(
            "score", Text("Mức sẵn lòng giới thiệu", "Would recommend"), "count", POINTS_0_10, 0, 10
        ),
    ),
)
