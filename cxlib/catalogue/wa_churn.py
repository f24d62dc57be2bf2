"""Fictional telephone customers: their services, their contract, whether they left."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import MONTHS, USD, YES_NO
from cxlib.schemas import Column, Schema
from cxlib.text import Text, same

_NO_INTERNET: Final = YES_NO | {"No internet service": Text("Không dùng internet", "No internet")}
_NO_PHONE: Final = YES_NO | {"No phone service": Text("Không dùng điện thoại", "No phone")}
_EXTRAS: Final = {
    "online_security": Text("Bảo mật trực tuyến", "Online security"),
    "online_backup": Text("Sao lưu trực tuyến", "Online backup"),
    "device_protection": Text("Bảo hiểm thiết bị", "Device protection"),
    "tech_support": Text("Hỗ trợ kỹ thuật", "Tech support"),
    "streaming_tv": Text("Truyền hình trực tuyến", "Streaming TV"),
    "streaming_movies": Text("Phim trực tuyến", "Streaming movies"),
}
_CONTRACTS: Final = {
    "Month-to-month": Text("Từng tháng", "Month to month"),
    "One year": Text("Một năm", "One year"),
    "Two year": Text("Hai năm", "Two years"),
}
_PAYMENTS: Final = {
    "Electronic check": Text("Séc điện tử", "Electronic check"),
    "Mailed check": Text("Séc gửi thư", "Mailed check"),
    "Bank transfer (automatic)": Text("Tự động qua ngân hàng", "Automatic bank transfer"),
    "Credit card (automatic)": Text("Tự động qua thẻ", "Automatic card payment"),
}
_INTERNET: Final = {"No": Text("Không", "No"), "DSL": same("DSL")} | {
    "Fiber optic": Text("Cáp quang", "Fibre optic")
}


def _flag(name: str, header: Text) -> Column:
    return Column(name, header, "count", low=0, high=1)


SCHEMA: Final = Schema(
    "wa_churn",
    Text("Khách rời mạng viễn thông (hư cấu)", "Telecom churn (fictional)"),
    (
        Column("churn", Text("Đã rời đi", "Left"), "category", categories=YES_NO),
        _flag("female", Text("Nữ", "Female")),
        _flag("senior_citizen", Text("Người cao tuổi", "Senior citizen")),
        _flag("partner", Text("Có vợ hoặc chồng", "Has a partner")),
        _flag("dependents", Text("Có người phụ thuộc", "Has dependents")),
        Column("tenure", Text("Thời gian gắn bó", "Tenure"), "count", MONTHS, low=0),
        _flag("phone_service", Text("Dùng điện thoại", "Phone service")),
        Column(
            "multiple_lines",
            Text("Nhiều đường dây", "Multiple lines"),
            "category",
            categories=_NO_PHONE,
        ),
        Column("internet_service", Text("Internet", "Internet"), "category", categories=_INTERNET),
        *(
            Column(name, header, "category", categories=_NO_INTERNET)
            for name, header in _EXTRAS.items()
        ),
        Column("contract", Text("Hợp đồng", "Contract"), "category", categories=_CONTRACTS),
        _flag("paperless_billing", Text("Hóa đơn điện tử", "Paperless billing")),
        Column(
            "payment_method", Text("Cách trả tiền", "Payment"), "category", categories=_PAYMENTS
        ),
        Column("monthly_charges", Text("Cước tháng", "Monthly charges"), "number", USD, low=0),
        Column(
            "total_charges",
            Text("Tổng cước", "Total charges"),
            "number",
            USD,
            low=0,
            required=False,
        ),
    ),
)
