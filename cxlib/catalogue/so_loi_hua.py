"""The promise register: who promises what waiting time on which channel, and what it takes."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import CHANNELS, TOUCHPOINTS
from cxlib.schemas import Column, Schema
from cxlib.text import Text, same

_SUBJECTS: Final = {
    "giao_noi_thanh": Text("Giao nội thành", "City delivery"),
    "giao_tinh": Text("Giao về tỉnh", "Provincial delivery"),
    "giao_hang_lon": Text("Giao hàng lớn", "Delivery of large items"),
    "giao_hoa_toc": Text("Giao hỏa tốc", "Express delivery"),
    "nhan_tai_cua_hang": Text("Nhận tại cửa hàng", "Collection in store"),
    "xac_nhan_don": Text("Xác nhận đơn", "Order confirmation"),
    "tra_loi_chat": Text("Trả lời chat", "Chat reply"),
    "tu_van_tai_nha": Text("Tư vấn tại nhà", "Advice at home"),
    "bao_gia_doanh_nghiep": Text("Báo giá doanh nghiệp", "Business quotation"),
    "thanh_toan_tai_quay": Text("Tính tiền tại quầy", "Checkout in store"),
    "duyet_tra_gop": Text("Duyệt trả góp", "Instalment approval"),
    "xuat_hoa_don": Text("Xuất hóa đơn", "Invoice"),
    "hoan_tien_the": Text("Hoàn tiền về thẻ", "Card refund"),
    "hoan_tien_vi": Text("Hoàn tiền về ví", "Wallet refund"),
    "lap_may_lanh": Text("Lắp máy lạnh", "Air conditioner installation"),
    "lap_may_giat": Text("Lắp máy giặt", "Washing machine installation"),
    "khao_sat_lap_dat": Text("Khảo sát trước khi lắp", "Site inspection"),
    "goi_lai_cuoc_nho": Text("Gọi lại cuộc nhỡ", "Returning missed calls"),
    "cho_tong_dai": Text("Chờ tổng đài nghe máy", "Wait on the phone"),
    "tra_loi_thu": Text("Trả lời thư", "Reply to mail"),
    "giai_quyet_khieu_nai": Text("Giải quyết khiếu nại", "Settling complaints"),
    "tiep_nhan_bao_hanh": Text("Tiếp nhận bảo hành", "Taking up a warranty request"),
    "sua_bao_hanh": Text("Sửa bảo hành", "Warranty repair"),
    "doi_hang_loi": Text("Đổi hàng lỗi", "Changing faulty goods"),
    "kich_hoat_bao_hanh": Text("Kích hoạt bảo hành", "Warranty activation"),
    "bao_tri_dinh_ky": Text("Bảo trì định kỳ", "Regular maintenance"),
}
_TIME: Final = Text("theo cột Đơn vị", "as in column Unit")

SCHEMA: Final = Schema(
    "so_loi_hua",
    Text("Sổ lời hứa", "Promise register"),
    (
        Column("message_id", Text("Mã thông điệp", "Message ID"), "text", unique=True),
        Column("touchpoint", Text("Điểm chạm", "Touchpoint"), "category", categories=TOUCHPOINTS),
        Column("subject", Text("Hứa về việc", "Subject"), "category", categories=_SUBJECTS),
        Column("channel", Text("Kênh", "Channel"), "category", categories=CHANNELS),
        Column("text_vi", Text("Lời hứa (tiếng Việt)", "Message (Vietnamese)"), "text"),
        Column("text_en", Text("Lời hứa (tiếng Anh)", "Message (English)"), "text"),
        Column("promise_value", Text("Mức đã hứa", "Promised"), "number", _TIME, low=0),
        Column(
            "unit",
            Text("Đơn vị", "Unit"),
            "category",
            categories={
                "phut": Text("phút", "minutes"),
                "gio": Text("giờ", "hours"),
                "ngay": Text("ngày", "days"),
            },
        ),
        Column(
            "owner",
            Text("Phụ trách", "Owner"),
            "category",
            categories={
                "marketing": same("Marketing"),
                "cskh": Text("Chăm sóc khách hàng", "Customer care"),
                "ban_hang": Text("Bán hàng", "Sales"),
            },
        ),
        Column("last_reviewed", Text("Ngày rà lại", "Last reviewed"), "date"),
        Column(
            "actual_p50", Text("Thực tế, 5 trên 10 lần", "Actual, 5 in 10"), "number", _TIME, low=0
        ),
        Column(
            "actual_p90", Text("Thực tế, 9 trên 10 lần", "Actual, 9 in 10"), "number", _TIME, low=0
        ),
    ),
)
