"""Twenty-four situations of one company, and the key to sorting them into two layers of X."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cxlib.text import Text, same

First = Literal["CX", "EX"]
Second = Literal["DX", "PX", "BX", "UX"]

NO_BOX: Final = "none"
"""Where a situation goes that carries no X of layer 2."""

FIRST: Final = {
    "CX": Text("CX: khách", "CX: customer"),
    "EX": Text("EX: nhân viên", "EX: employee"),
}
SECOND: Final = {
    "DX": Text("DX: kênh số", "DX: digital"),
    "PX": Text("PX: sản phẩm", "PX: product"),
    "BX": Text("BX: thương hiệu", "BX: brand"),
    "UX": Text("UX: giao diện", "UX: interface"),
    NO_BOX: Text("không ô nào", "no box"),
}
SHORT: Final = {
    **{letter: same(letter) for letter in ("CX", "EX", "DX", "PX", "BX")},
    "UX": same("UX"),
    NO_BOX: Text("không", "none"),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """One moment to be sorted.

    Attributes:
        text: what happens, in a sentence.
        name: what a chart calls it.
        first: whose experience it is.
        boxes: every X of layer 2 it carries, the most obvious one first; may be empty.
    """

    text: Text
    name: Text
    first: First
    boxes: tuple[Second, ...] = ()

    @property
    def fits(self) -> tuple[str, ...]:
        """The answers of layer 2 that are right, the most obvious one first."""
        return self.boxes or (NO_BOX,)

    def seen_by(self, department: str) -> str:
        """Return a right answer: the department's own box where it fits, else the obvious one."""
        return department if department in self.boxes else self.fits[0]


BEFORE: Final = (
    Situation(
        Text(
            "Chị Lan lướt Facebook, thấy quảng cáo nồi chiên của An Nhiên.",
            "Scrolling Facebook, Ms Lan sees an air-fryer advertisement of An Nhien.",
        ),
        Text("Quảng cáo Facebook", "Facebook ad"),
        "CX",
        ("BX", "DX"),
    ),
    Situation(
        Text(
            "Anh Minh hỏi giá qua Zalo, chatbot trả lời lạc đề.",
            "Mr Minh asks for a price on Zalo; the chatbot misses the point.",
        ),
        Text("Chatbot lạc đề", "Chatbot off topic"),
        "CX",
        ("DX", "UX"),
    ),
    Situation(
        Text(
            "Cô Hoa nghe hàng xóm khen An Nhiên giao hàng đúng hẹn.",
            "Ms Hoa hears her neighbour praise An Nhien for delivering on time.",
        ),
        Text("Hàng xóm khen", "A neighbour's praise"),
        "CX",
        ("BX",),
    ),
    Situation(
        Text(
            "Khách gõ “máy lọc nước” trên website mà chỉ thấy tin khuyến mãi.",
            "A customer searches the website for a water purifier and finds only promotions.",
        ),
        Text("Tìm không ra", "Search fails"),
        "CX",
        ("UX", "DX"),
    ),
    Situation(
        Text(
            "Khách mở ứng dụng, đặt thử mẫu bếp mới vào hình chụp gian bếp nhà mình.",
            "In the app, a customer tries the new hob in a photo of her own kitchen.",
        ),
        Text("Bếp trên ứng dụng", "Hob in the app"),
        "CX",
        ("DX", "PX", "BX", "UX"),
    ),
    Situation(
        Text(
            "Khách đến lúc 8 giờ 45, bảng ghi mở cửa 8 giờ 30 mà cửa vẫn đóng.",
            "At 8:45 a customer finds the door shut, though the sign says 8:30.",
        ),
        Text("Mở cửa trễ", "Opens late"),
        "CX",
    ),
    Situation(
        Text(
            "Ứng viên nghe bạn cũ kể An Nhiên trả lương sòng phẳng.",
            "An applicant hears from an old friend that An Nhien pays fairly.",
        ),
        Text("Lương sòng phẳng", "Fair pay, they say"),
        "EX",
        ("BX",),
    ),
    Situation(
        Text(
            "Ứng viên nộp hồ sơ trên trang tuyển dụng, gặp mẫu đơn dài 40 ô.",
            "An applicant meets a form of 40 boxes on the career page.",
        ),
        Text("Mẫu đơn 40 ô", "Form of 40 boxes"),
        "EX",
        ("UX", "DX", "BX"),
    ),
)

DURING: Final = (
    Situation(
        Text(
            "Khách đứng 20 phút chờ tính tiền ở quầy.",
            "A customer waits 20 minutes at the checkout.",
        ),
        Text("Chờ tính tiền", "Queue to pay"),
        "CX",
    ),
    Situation(
        Text(
            "Khách quét mã QR trả tiền, màn hình báo lỗi ba lần.",
            "A customer pays by QR code; the screen fails three times.",
        ),
        Text("Quét QR báo lỗi", "QR code fails"),
        "CX",
        ("DX", "UX"),
    ),
    Situation(
        Text(
            "Bạn bán hàng nhớ tên khách và hỏi thăm cháu nhỏ ở nhà.",
            "The shop assistant remembers the customer's name and asks after her child.",
        ),
        Text("Nhớ tên khách", "Name remembered"),
        "CX",
    ),
    Situation(
        Text(
            "Bếp từ mới mua có phím cảm ứng, tay ướt bấm mãi không được.",
            "The touch keys of the new hob do not react to wet fingers.",
        ),
        Text("Phím bếp khó bấm", "Hob keys fail"),
        "CX",
        ("PX", "UX"),
    ),
    Situation(
        Text(
            "Hộp hàng gói rất đẹp, bên trong có tấm thiệp cảm ơn viết tay.",
            "The parcel is beautifully packed, with a hand-written card inside.",
        ),
        Text("Thiệp viết tay", "Hand-written card"),
        "CX",
        ("BX", "PX"),
    ),
    Situation(
        Text(
            "Ứng dụng báo “đang giao” suốt hai ngày, hàng vẫn nằm trong kho.",
            "For two days the app says “on its way” while the parcel lies in the warehouse.",
        ),
        Text("Báo “đang giao”", "“On its way”"),
        "CX",
        ("DX",),
    ),
    Situation(
        Text(
            "Thu ngân phải gõ một đơn hàng vào ba phần mềm.",
            "The cashier has to type one order into three programs.",
        ),
        Text("Gõ ba phần mềm", "Three programs"),
        "EX",
        ("UX", "DX"),
    ),
    Situation(
        Text(
            "Ngày đầu đi làm, nhân viên mới nhận thư chào mừng của chị Hạnh.",
            "On the first day, a new employee gets a letter of welcome from Ms Hanh.",
        ),
        Text("Thư chào mừng", "Letter of welcome"),
        "EX",
        ("BX",),
    ),
)

AFTER: Final = (
    Situation(
        Text("Máy lọc nước chạy êm suốt ba năm.", "The purifier has run quietly for three years."),
        Text("Máy chạy êm", "Runs quietly"),
        "CX",
        ("PX",),
    ),
    Situation(
        Text(
            "Khách gọi bảo hành, phải kể lại từ đầu cho ba người.",
            "Calling about a repair, a customer tells the whole story to three people.",
        ),
        Text("Kể lại ba lần", "Told three times"),
        "CX",
    ),
    Situation(
        Text(
            "Khách đăng bài chê trên mạng, trang của An Nhiên xin lỗi sau 10 phút.",
            "A customer complains online; An Nhien's page apologises within 10 minutes.",
        ),
        Text("Xin lỗi trên mạng", "Apology online"),
        "CX",
        ("BX", "DX"),
    ),
    Situation(
        Text(
            "Ứng dụng nhắc đúng ngày phải thay lõi lọc.",
            "The app reminds the owner to change the filter on the right day.",
        ),
        Text("Nhắc thay lõi lọc", "Filter reminder"),
        "CX",
        ("PX", "DX"),
    ),
    Situation(
        Text(
            "Thợ lắp đặt đến đúng giờ, dọn sạch rồi mới về.",
            "The fitter comes on time and cleans up before leaving.",
        ),
        Text("Thợ đúng giờ", "Fitter on time"),
        "CX",
    ),
    Situation(
        Text(
            "Khách đọc mãi mà không hiểu tờ hướng dẫn sử dụng.",
            "A customer cannot make sense of the user guide.",
        ),
        Text("Hướng dẫn khó hiểu", "Puzzling user guide"),
        "CX",
        ("PX", "UX"),
    ),
    Situation(
        Text(
            "Nhân viên kho xin nghỉ phép ngay trên điện thoại.",
            "A warehouse worker asks for leave on her phone.",
        ),
        Text("Xin nghỉ qua app", "Leave by phone"),
        "EX",
        ("DX", "UX"),
    ),
    Situation(
        Text(
            "Nhân viên cũ kể rằng ngày nghỉ việc vẫn được công ty cảm ơn tử tế.",
            "A former employee tells how kindly the company thanked him when he left.",
        ),
        Text("Chia tay tử tế", "A kind farewell"),
        "EX",
        ("BX",),
    ),
)

ALL: Final = BEFORE + DURING + AFTER
