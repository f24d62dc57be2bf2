"""Sixteen improvements to choose from: what each costs, how much it mends, what it needs."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import POINTS_0_10, TOUCHPOINTS
from cxlib.schemas import Column, Schema
from cxlib.text import Text

IMPROVEMENTS: Final = {
    "hinh_that": Text("Quảng cáo bằng hình chụp thật", "Real photos in advertising"),
    "chien_dich_moi": Text("Làm mới chiến dịch thương hiệu", "A new brand campaign"),
    "web_nhanh": Text("Tăng tốc website", "A faster website"),
    "ton_kho_tren_web": Text(
        "Báo còn hàng và ngày giao trên web", "Stock and delivery date on the web"
    ),
    "them_vi_dien_tu": Text("Nhận thêm ví điện tử và trả góp", "More e-wallets and instalments"),
    "quay_tu_thanh_toan": Text("Quầy tự thanh toán", "Self-checkout desks"),
    "hen_gio_lap_dat": Text("Hẹn giờ lắp đặt theo khung hai giờ", "Two-hour installation slots"),
    "doi_tho_rieng": Text("Lập đội thợ lắp đặt riêng", "An installation crew of our own"),
    "bao_duong_di_cua_don": Text("Báo đường đi của đơn qua Zalo", "Order tracking by Zalo"),
    "khach_chon_khung_gio": Text("Khách tự chọn khung giờ nhận hàng", "Customers choose a slot"),
    "kho_vung_mien_trung": Text("Mở kho vùng ở miền Trung", "A regional warehouse in the Centre"),
    "mot_ho_so_khach": Text("Một hồ sơ khách cho mọi kênh", "One customer file for all channels"),
    "goi_lai_khi_lo_may": Text("Tự gọi lại khi khách gọi nhỡ", "Calling back missed callers"),
    "cho_muon_may": Text(
        "Cho mượn máy trong lúc chờ bảo hành", "A loan appliance during warranty repairs"
    ),
    "bao_hanh_tai_nha": Text("Bảo hành tận nhà", "Warranty service at home"),
    "hoi_nhu_cau_truoc": Text(
        "Tập cho nhân viên hỏi nhu cầu trước khi tư vấn", "Training staff to ask before advising"
    ),
}

SCHEMA: Final = Schema(
    "diem_cham_chi_phi",
    Text("Mười sáu việc cải thiện", "Sixteen improvements"),
    (
        Column(
            "improvement",
            Text("Việc cải thiện", "Improvement"),
            "category",
            unique=True,
            categories=IMPROVEMENTS,
        ),
        Column("touchpoint", Text("Điểm chạm", "Touchpoint"), "category", categories=TOUCHPOINTS),
        Column("score_today", Text("Điểm hôm nay", "Score today"), "number", POINTS_0_10, 0, 10),
        Column("importance", Text("Tầm quan trọng", "Importance"), "share", low=0, high=1),
        Column("gap_closed", Text("Điểm tăng thêm", "Points gained"), "number", POINTS_0_10, 0, 10),
        Column("cost_vnd", Text("Chi phí", "Cost"), "money", low=0),
        Column("months", Text("Thời gian làm", "Duration"), "count", Text("tháng", "months"), 1),
        Column(
            "requires",
            Text("Cần làm trước", "Requires"),
            "category",
            required=False,
            categories=IMPROVEMENTS,
        ),
    ),
)
