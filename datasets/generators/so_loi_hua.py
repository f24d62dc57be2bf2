"""The promise register. Seventy-two messages of An Nhiên about twenty-six waiting times.

1. The register is written by hand (``REGISTER``): each subject has one unit, the time it really
   takes (median and ninth decile), and two or three messages on different channels.
2. ``promise_value`` is the longest time a customer must expect after reading the message, in the
   subject's unit: "3–5 ngày" is 5 days, "nửa tiếng" 30 minutes, "trong tuần" 7 days.
3. In fourteen subjects the channels promise different times. The other twelve promise one time
   in different words ("48 giờ", "2 ngày"), and some contradictions share their first number
   ("3 ngày", "3–7 ngày"), so reading the numbers in the texts misleads.
4. The order of the messages and the day each was last reviewed are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

SEED: Final = 20_260_112


class Message(NamedTuple):
    """What one channel says about one subject, and how long that really takes."""

    subject: str
    touchpoint: str
    channel: str
    text_vi: str
    text_en: str
    promise_value: float
    unit: str
    actual_p50: float
    actual_p90: float


# subject: touchpoint, unit, time taken in half and in nine of ten cases
# channel promise | words in Vietnamese | words in English
REGISTER: Final = """
giao_noi_thanh: giao_hang, ngay, 2, 4
web 5 | Giao nội thành trong 3–5 ngày. | City delivery in 3–5 days.
tong_dai 2 | Dạ khoảng 2 ngày là hàng tới nhà mình ạ. | It will be at your door in about 2 days.
zalo 7 | Đơn nội thành của bạn sẽ tới trong tuần. | Your city order will arrive within the week.

giao_tinh: giao_hang, ngay, 5, 9
web 7 | Giao về tỉnh trong 3–7 ngày. | Provincial delivery in 3–7 days.
tong_dai 3 | Dạ đi tỉnh thì 3 ngày là tới ạ. | To the provinces it takes 3 days.
zalo 7 | Đơn về tỉnh mất nhiều nhất một tuần, bạn nhé. | A provincial order takes a week at most.

giao_hang_lon: giao_hang, ngay, 4, 8
web 7 | Tủ lạnh, máy giặt: giao trong 7 ngày. | Fridges and washing machines: delivered in 7 days.
cua_hang 3 | Chị lấy hôm nay thì 3 ngày nữa có tủ ở nhà. | Buy today, have it in 3 days.
tong_dai 7 | Dạ hàng lớn bên em giao trong vòng một tuần ạ. | We deliver large items within a week.

giao_hoa_toc: giao_hang, gio, 3, 3.8
web 4 | Hỏa tốc: giao trong 4 giờ. | Express: delivered in 4 hours.
zalo 4 | Đơn hỏa tốc của bạn sẽ tới sau bốn tiếng. | Your express order arrives in four hours.
cua_hang 4 | Đi hỏa tốc thì 4 tiếng là anh nhận được. | By express you have it in 4 hours.

nhan_tai_cua_hang: giao_hang, gio, 1.2, 1.9
web 2 | Đặt trên web, 2 giờ sau ghé cửa hàng lấy. | Order on the web, collect 2 hours later.
zalo 2 | Hàng sẽ sẵn sàng sau 120 phút. | Your goods will be ready in 120 minutes.
cua_hang 2 | Hai tiếng nữa chị ghé lấy giúp em nhé. | Please come by in two hours.

xac_nhan_don: website, phut, 8, 25
web 30 | Đơn hàng được xác nhận trong 30 phút. | Orders are confirmed in 30 minutes.
zalo 30 | Nửa tiếng nữa bạn sẽ nhận tin xác nhận đơn. | You will get a confirmation in half an hour.

tra_loi_chat: website, phut, 6, 18
web 5 | Nhắn tin, có người trả lời trong 5 phút. | Write to us: an answer in 5 minutes.
zalo 15 | Bạn chờ giúp, tư vấn viên trả lời trong 15 phút. | An adviser answers in 15 minutes.
tong_dai 5 | Anh nhắn qua web, năm phút là có người trả lời ạ. | On the web you wait five minutes.

tu_van_tai_nha: tu_van, ngay, 1.5, 2.8
web 3 | Đặt lịch tư vấn tại nhà, hẹn trong 3 ngày. | Advice at home: an appointment in 3 days.
zalo 3 | Tư vấn viên sẽ tới nhà bạn trong 72 giờ. | An adviser will visit you within 72 hours.
cua_hang 3 | Trong ba ngày bên em sẽ có người qua nhà đo đạc. | We come to measure in three days.

bao_gia_doanh_nghiep: tu_van, ngay, 1, 1.9
web 2 | Báo giá cho doanh nghiệp trong 48 giờ. | Business quotations in 48 hours.
tong_dai 2 | Dạ 2 ngày nữa anh có báo giá ạ. | You will have the quotation in 2 days.
cua_hang 2 | Chậm nhất ngày kia em gửi anh báo giá. | By the day after tomorrow, latest.

thanh_toan_tai_quay: thanh_toan, phut, 4, 7
cua_hang 5 | Chờ tính tiền không quá 5 phút. | No more than 5 minutes at the checkout.
web 5 | Quầy nào cũng tính tiền trong vòng năm phút. | Every checkout: within five minutes.

duyet_tra_gop: thanh_toan, phut, 12, 28
web 30 | Duyệt trả góp trong 30 phút. | Instalments approved in 30 min.
cua_hang 30 | Chị uống ly nước, nửa tiếng là có kết quả trả góp. | Have a drink: half an hour.
tong_dai 30 | Dạ hồ sơ trả góp được duyệt trong ba mươi phút ạ. | Approved in thirty minutes.

xuat_hoa_don: thanh_toan, gio, 10, 22
web 24 | Hóa đơn điện tử gửi trong 24 giờ. | Electronic invoice within 24 hours.
tong_dai 24 | Dạ chậm nhất một ngày là chị nhận được hóa đơn ạ. | Your invoice: one day at most.

hoan_tien_the: thanh_toan, ngay, 8, 14
web 7 | Hoàn tiền về thẻ trong 7 ngày. | Card refunds in 7 days.
tong_dai 15 | Dạ ngân hàng xử lý tầm 10–15 ngày ạ. | The bank takes about 10–15 days.
zalo 7 | Tiền sẽ về thẻ của bạn trong vòng một tuần. | The money is back on your card within a week.

hoan_tien_vi: thanh_toan, gio, 10, 30
web 24 | Hoàn tiền về ví trong 24 giờ. | Wallet refunds in 24 hours.
zalo 1 | Tiền sẽ về ví của bạn sau một giờ. | The money is in your wallet in one hour.
tong_dai 24 | Dạ trong vòng một ngày tiền về ví ạ. | The money is in the wallet within one day.

lap_may_lanh: lap_dat, ngay, 2, 5
web 2 | Lắp máy lạnh trong 48 giờ sau khi nhận hàng. | Installed within 48 hours of delivery.
cua_hang 1 | Giao máy hôm nào là lắp xong trong ngày. | Installed the very day it is delivered.
tong_dai 2 | Dạ 2 ngày là thợ tới lắp máy lạnh ạ. | The fitter comes in 2 days.

lap_may_giat: lap_dat, ngay, 1.5, 3
web 3 | Thợ tới lắp máy giặt trong 72 giờ. | Washing machines fitted within 72 hours.
zalo 1 | Kỹ thuật viên sẽ tới lắp máy giặt trong 24 giờ. | It will be fitted within 24 hours.
cua_hang 3 | Trong 3 ngày là có thợ tới lắp cho mình. | A fitter comes within 3 days.

khao_sat_lap_dat: lap_dat, ngay, 2, 3.5
zalo 3 | Kỹ thuật viên sẽ tới khảo sát trong 72 giờ. | We inspect the site within 72 hours.
web 3 | Khảo sát trước khi lắp trong 3 ngày. | Site inspection within 3 days.

goi_lai_cuoc_nho: cskh, phut, 40, 120
tong_dai 30 | Nửa tiếng nữa bên em gọi lại cho mình ạ. | We call you back in half an hour.
zalo 120 | Cuộc gọi nhỡ được gọi lại trong 2 giờ. | Missed calls are returned within 2 hours.
web 30 | Để lại số, chúng tôi gọi lại trong 30 phút. | Leave your number: back in 30 minutes.

cho_tong_dai: cskh, phut, 1.5, 4
web 2 | Gọi tổng đài, có người nghe trong 2 phút. | Call us: someone answers within 2 minutes.
tong_dai 2 | Xin giữ máy, sẽ có người nghe trong 120 giây. | Please hold: within 120 seconds.

tra_loi_thu: cskh, gio, 14, 40
web 24 | Thư của bạn được trả lời trong 24 giờ. | Your mail is answered within 24 hours.
zalo 24 | Trong một ngày sẽ có thư trả lời bạn. | You will have a reply within one day.

giai_quyet_khieu_nai: cskh, ngay, 4, 9
web 7 | Khiếu nại được giải quyết dứt điểm trong 7 ngày. | Complaints are settled within 7 days.
cua_hang 3 | Anh cho em 3 ngày để giải quyết việc này. | Give me 3 days to settle this.
zalo 7 | Chậm nhất một tuần, khiếu nại của bạn sẽ có kết quả. | Your complaint: a week at most.

tiep_nhan_bao_hanh: bao_hanh, gio, 5, 20
web 24 | Yêu cầu bảo hành được tiếp nhận trong 24 giờ. | Warranty requests: within 24 hours.
zalo 2 | Chúng tôi phản hồi yêu cầu bảo hành trong 2 giờ. | Warranty: a response in 2 hours.
tong_dai 24 | Dạ chậm nhất giờ này ngày mai bên em gọi lại ạ. | We call by this time tomorrow.

sua_bao_hanh: bao_hanh, ngay, 9, 18
web 15 | Sửa bảo hành xong trong 15 ngày. | Repaired within 15 days.
tong_dai 7 | Dạ tầm một tuần là mình có máy lại ạ. | You have it back in about a week.
cua_hang 10 | Chừng 10 ngày em gọi chị tới lấy máy. | In some 10 days I will call you to collect it.

doi_hang_loi: bao_hanh, ngay, 3, 6
web 7 | Đổi hàng lỗi trong 1–7 ngày. | Faulty goods changed in 1–7 days.
cua_hang 1 | Máy lỗi là đổi máy khác trong 1 ngày. | A faulty machine is replaced in 1 day.
tong_dai 7 | Dạ đổi máy trong vòng một tuần ạ. | It is replaced within a week.

kich_hoat_bao_hanh: bao_hanh, gio, 6, 22
web 24 | Bảo hành điện tử có hiệu lực sau 24 giờ. | E-warranty active after 24 hours.
cua_hang 1 | Chị quét mã, 1 giờ sau là bảo hành có hiệu lực. | Scan it: active 1 hour later.
zalo 24 | Sau 1 ngày, bảo hành điện tử của bạn có hiệu lực. | Your e-warranty: active after 1 day.

bao_tri_dinh_ky: bao_hanh, ngay, 4, 6.5
web 7 | Đặt lịch bảo trì, thợ tới trong 7 ngày. | Book maintenance, a fitter comes in 7 days.
tong_dai 7 | Dạ trong vòng một tuần thợ qua bảo trì ạ. | A fitter comes within a week.
zalo 7 | Lịch bảo trì của bạn: trong bảy ngày tới. | Your maintenance: within the next seven days.
"""
_OWNERS: Final = {
    "web": "marketing",
    "zalo": "marketing",
    "tong_dai": "cskh",
    "cua_hang": "ban_hang",
}
_FIRST_REVIEW: Final = np.datetime64("2023-06-01")
_DAYS_OF_REVIEW: Final = 900


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """Shuffle the messages, one row each."""
    register = pd.DataFrame(_messages())
    reviewed = _FIRST_REVIEW + rng.integers(0, _DAYS_OF_REVIEW, len(register))
    register = register.assign(
        owner=register["channel"].map(_OWNERS), last_reviewed=reviewed.astype(str)
    )
    shuffled = register.iloc[rng.permutation(len(register))]
    ids = [f"LH{place:02d}" for place in range(1, len(shuffled) + 1)]
    return shuffled.assign(message_id=ids)[
        [
            "message_id",
            "touchpoint",
            "subject",
            "channel",
            "text_vi",
            "text_en",
            "promise_value",
            "unit",
            "owner",
            "last_reviewed",
            "actual_p50",
            "actual_p90",
        ]
    ]


def _messages() -> Iterator[Message]:
    for entry in REGISTER.strip().split("\n\n"):
        heading, *lines = entry.splitlines()
        subject, facts = heading.split(": ")
        touchpoint, unit, median, ninth_decile = facts.split(", ")
        for line in lines:
            promise, vi, en = line.split(" | ")
            channel, value = promise.split()
            times = float(value), unit, float(median), float(ninth_decile)
            yield Message(subject, touchpoint, channel, vi, en, *times)


def _truth() -> dict[str, Any]:
    promised: dict[str, set[float]] = {}
    for message in _messages():
        promised.setdefault(message.subject, set()).add(message.promise_value)
    return {
        "contradicted": [subject for subject, values in promised.items() if len(values) > 1],
        "kept_nine_times_in_ten": sum(m.promise_value >= m.actual_p90 for m in _messages()),
    }


TRUTH: Final[dict[str, Any]] = _truth()
