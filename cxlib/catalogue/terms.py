"""Units and categories that several data sets share."""

from __future__ import annotations

from typing import Final

from cxlib.text import Text, same

MONTH: Final = Text("năm-tháng", "year-month")
SECONDS: Final = Text("giây", "seconds")
MINUTES: Final = Text("phút", "minutes")
DAYS: Final = Text("ngày", "days")
WEEKS: Final = Text("tuần", "weeks")
MONTHS: Final = Text("tháng", "months")
YEARS: Final = Text("năm", "years")
USD: Final = same("USD")
PEOPLE: Final = Text("người", "people")
POINTS_0_10: Final = Text("điểm 0–10", "points 0–10")
POINTS_0_100: Final = Text("điểm 0–100", "points 0–100")

FORMATS: Final = {
    "cua_hang_tu_van": Text("Cửa hàng tư vấn", "Advice store"),
    "sieu_thi": Text("Siêu thị", "Supermarket"),
    "online_kho": Text("Kho bán trực tuyến", "Online warehouse"),
}
REGIONS: Final = {
    "bac": Text("Bắc", "North"),
    "trung": Text("Trung", "Centre"),
    "nam": Text("Nam", "South"),
}
TOUCHPOINTS: Final = {
    "quang_cao": Text("Quảng cáo", "Advertising"),
    "website": Text("Website", "Website"),
    "tu_van": Text("Tư vấn", "Advice"),
    "thanh_toan": Text("Thanh toán", "Payment"),
    "giao_hang": Text("Giao hàng", "Delivery"),
    "lap_dat": Text("Lắp đặt", "Installation"),
    "cskh": Text("Chăm sóc khách hàng", "Customer care"),
    "bao_hanh": Text("Bảo hành", "Warranty"),
}
CHANNELS: Final = {
    "web": same("Web"),
    "tong_dai": Text("Tổng đài", "Call centre"),
    "zalo": same("Zalo"),
    "cua_hang": Text("Cửa hàng", "Store"),
}
YES_NO: Final = {"No": Text("Không", "No"), "Yes": Text("Có", "Yes")}
STATUSES: Final = {
    "verified": Text("đã kiểm chứng", "verified"),
    "literature": Text("theo tài liệu, chưa kiểm chứng", "literature, not checked"),
    "illustrative": Text("số minh họa", "illustrative"),
    "computed": Text("chúng tôi tự tính", "our own calculation"),
}
INDUSTRIES: Final = {
    "retail": Text("Bán lẻ", "Retail"),
    "food": Text("Chuỗi F&B", "Food chain"),
    "bank": Text("Ngân hàng", "Bank"),
    "telecom": Text("Viễn thông", "Telecom"),
    "b2b": same("B2B"),
    "health": Text("Y tế", "Health care"),
}
