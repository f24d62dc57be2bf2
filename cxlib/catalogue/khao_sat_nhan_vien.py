"""Employee survey: twelve items of our own on engagement and satisfaction, 1–5."""

from __future__ import annotations

from typing import Final

from cxlib.schemas import Column, Schema
from cxlib.text import Text

_AGREEMENT: Final = Text(
    "1 = rất không đồng ý … 5 = rất đồng ý", "1 = not at all … 5 = fully agree"
)
_ITEMS: Final = {
    "clear_1": Text(
        "Rõ 1: Tôi nói được cửa hàng mình muốn khách ra về với cảm giác gì",
        "Clear 1: I can say how we want customers to feel when they leave our store",
    ),
    "clear_2": Text(
        "Rõ 2: Khi việc dồn dập, tôi biết điều gì phải giữ cho khách trước tiên",
        "Clear 2: When all comes at once, I know what to protect for the customer first",
    ),
    "contributes_1": Text(
        "Góp 1: Tuần qua tôi đã làm một việc khiến khách đỡ vất vả",
        "Contributes 1: Last week I did something that spared a customer trouble",
    ),
    "contributes_2": Text(
        "Góp 2: Góp ý của tôi về cách phục vụ khách đã được đem ra làm thử",
        "Contributes 2: An idea of mine about serving customers has been tried out",
    ),
    "excited_1": Text(
        "Hào hứng 1: Tôi hay kể với người nhà chuyện mình giúp được khách",
        "Excited 1: At home I like to tell how I helped a customer",
    ),
    "excited_2": Text(
        "Hào hứng 2: Gặp một yêu cầu khó của khách, tôi thấy muốn thử sức",
        "Excited 2: A difficult request from a customer makes me want to try",
    ),
    "committed_1": Text(
        "Cam kết 1: Tôi theo việc của khách đến cùng dù đã hết ca",
        "Committed 1: I see a customer's case through even when my shift is over",
    ),
    "committed_2": Text(
        "Cam kết 2: Thấy chỗ làm phiền khách, tôi báo lại dù không ai hỏi",
        "Committed 2: When something bothers customers I report it without being asked",
    ),
    "satisfied_1": Text(
        "Hài lòng 1: Lịch làm việc hợp với cuộc sống của tôi",
        "Satisfied 1: My shifts fit my life",
    ),
    "satisfied_2": Text(
        "Hài lòng 2: Thu nhập của tôi xứng với công sức",
        "Satisfied 2: My pay is fair for what I do",
    ),
    "satisfied_3": Text(
        "Hài lòng 3: Đi làm vui vì hợp với đồng nghiệp",
        "Satisfied 3: I enjoy coming in because I get on with my colleagues",
    ),
    "satisfied_4": Text(
        "Hài lòng 4: Nhìn chung tôi thấy dễ chịu khi làm ở đây",
        "Satisfied 4: All in all, I feel comfortable working here",
    ),
}

SCHEMA: Final = Schema(
    "khao_sat_nhan_vien",
    Text("Khảo sát nhân viên", "Employee survey"),
    (
        Column("employee_id", Text("Mã nhân viên", "Employee ID"), "text", unique=True),
        Column("store_id", Text("Mã cửa hàng", "Store ID"), "text"),
        *(Column(name, item, "count", _AGREEMENT, 1, 5) for name, item in _ITEMS.items()),
    ),
)
