"""Hotline report: calls, agents, waits and ratings by half-hour."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import SECONDS
from cxlib.schemas import Column, Schema
from cxlib.text import Text

_CALLS: Final = Text("cuộc gọi", "calls")

SCHEMA: Final = Schema(
    "tong_dai",
    Text("Tổng đài theo nửa giờ", "Hotline by half-hour"),
    (
        Column("date", Text("Ngày", "Date"), "date"),
        Column(
            "slot", Text("Nửa giờ bắt đầu lúc", "Half-hour from"), "text", Text("giờ:phút", "h:min")
        ),
        Column("calls", Text("Số cuộc gọi đến", "Calls"), "count", _CALLS, low=0),
        Column(
            "aht_s", Text("Thời gian xử lý trung bình", "Average handle time"), "number", SECONDS, 0
        ),
        Column("agents", Text("Tổng đài viên", "Agents"), "count", Text("người", "people"), low=1),
        Column(
            "asa_s",
            Text("Tốc độ trả lời trung bình", "Average speed of answer"),
            "number",
            SECONDS,
            0,
        ),
        Column(
            "answered_20s",
            Text("Nghe máy trong 20 giây", "Answered within 20 s"),
            "count",
            _CALLS,
            low=0,
        ),
        Column("abandoned", Text("Khách gác máy khi chờ", "Abandoned"), "count", _CALLS, low=0),
        Column(
            "abandon_wait_s",
            Text("Khách gác máy đã chờ trung bình", "Average time to abandon"),
            "number",
            SECONDS,
            low=0,
            required=False,
        ),
        Column(
            "csat_mean",
            Text("Điểm hài lòng trung bình", "Mean CSAT"),
            "number",
            Text("điểm 1–5", "points 1–5"),
            1,
            5,
        ),
    ),
)
