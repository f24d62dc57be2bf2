"""The course's own rubric of CX maturity: six areas, five stages each, in words one can check."""

from __future__ import annotations

from typing import Any, Final

from cxlib.learning.fields import Pick
from cxlib.text import Text

STAGES: Final = (
    Text("Tình cờ", "By chance"),
    Text("Khởi động", "Started"),
    Text("Có cách làm", "Organised"),
    Text("Gắn vào việc", "Built in"),
    Text("Thành nếp", "Second nature"),
)
AREAS: Final = {
    "strategy": Text("Chiến lược", "Strategy"),
    "insight": Text("Thấu hiểu khách", "Customer insight"),
    "design": Text("Thiết kế, cải tiến", "Design, improvement"),
    "metrics": Text("Đo lường, hiệu quả", "Metrics, returns"),
    "culture": Text("Văn hóa", "Culture"),
    "accountability": Text("Trách nhiệm", "Accountability"),
}
_SIGNS: Final = {
    "strategy": (
        Text("Chưa ai viết ra ta muốn làm gì cho khách", "Nobody wrote down what we do for them"),
        Text("Có bản nháp, nằm trong ngăn kéo", "There is a draft in a drawer"),
        Text("Đã chốt; trưởng phòng nào cũng kể lại được", "Settled; every head can tell it"),
        Text("Ngân sách và nhân sự đi theo la bàn", "Budget and hiring follow the compass"),
        Text("Đủ rõ để từ chối việc có lời mà trái hướng", "Clear enough to refuse what pays"),
    ),
    "insight": (
        Text("Nghe khách qua khiếu nại", "We hear customers when they complain"),
        Text("Mỗi năm khảo sát một lần", "One survey a year"),
        Text("Hỏi khách đều đặn ở các điểm chạm chính", "Steady questions at main touchpoints"),
        Text("Lời khách, hành vi, chi phí ghép làm một", "Words, behaviour and cost joined"),
        Text("Đội nào cũng tự xem, tự sửa trong tuần", "Every team looks and acts weekly"),
    ),
    "design": (
        Text("Có sự cố mới sửa", "We mend after a failure"),
        Text("Vài điểm chạm đã được làm lại", "A few touchpoints were redone"),
        Text("Có bản đồ hành trình và cách sửa chung", "A journey map and a common way"),
        Text("Thử có đối chứng rồi mới nhân rộng", "Trials with a control before roll-out"),
        Text("Khách cùng thiết kế, tháng nào cũng cải tiến", "Customers co-design, monthly"),
    ),
    "metrics": (
        Text("Chưa có thước đo chung", "No common measure"),
        Text("Một điểm số, báo cáo cho có", "One score, reported for form's sake"),
        Text("Điểm theo hành trình, kèm khoảng tin cậy", "Scores by journey, with intervals"),
        Text("Nối được với khách ở lại và với tiền", "Linked to retention and money"),
        Text("Quyết định đầu tư nào cũng dựa vào đó", "Every investment rests on them"),
    ),
    "culture": (
        Text("Khẩu hiệu trên tường", "Slogans on the wall"),
        Text("Có lớp học, học xong rồi quên", "Classes, soon forgotten"),
        Text("Có nghi thức: tuần nào cũng kể chuyện khách", "A ritual: weekly customer stories"),
        Text("Tuyển, đào tạo, ghi nhận theo la bàn", "Hire, train, recognise by compass"),
        Text("Người mới tự học theo đồng nghiệp", "Newcomers learn it from colleagues"),
    ),
    "accountability": (
        Text("Chuyện của khách là chuyện của phòng CSKH", "Customers are customer care's affair"),
        Text("Có người phụ trách CX, chưa có quyền", "A head of CX without powers"),
        Text("Mỗi hành trình có một người chịu trách nhiệm", "One person answers for each journey"),
        Text("Thưởng của lãnh đạo gắn với lời hứa", "Leaders' bonus tied to the promise"),
        Text(
            "Ai cũng có quyền dừng việc gây hại cho khách", "Anyone may stop what harms customers"
        ),
    ),
}
AN_NHIEN: Final = {
    "strategy": 2,
    "insight": 3,
    "design": 3,
    "metrics": 4,
    "culture": 2,
    "accountability": 1,
}


def rubric_fields() -> dict[str, Any]:
    """Make a drop-down list of each area; its value is the stage as a digit."""
    return {
        area: Pick(
            label=name,
            options={
                str(stage): Text(f"{stage}. ", f"{stage}. ") + sign
                for stage, sign in enumerate(_SIGNS[area], 1)
            },
            default=str(AN_NHIEN[area]),
            group=Text("Câu nào tả đúng công ty nhất?", "Which sentence fits best?"),
        )
        for area, name in AREAS.items()
    }


def chosen(**stages: int) -> dict[str, str]:
    """Write stages as the values of the fields."""
    return {area: str(stages[area]) for area in AREAS}


def next_sign(area: str, stage: int) -> Text:
    """Say by which sign the stage after this one is known; the last stage stays."""
    return _SIGNS[area][min(stage, len(STAGES) - 1)]


def in_sentence(name: Text) -> Text:
    """Write a name as it stands inside a sentence."""
    return Text(name.vi[0].lower() + name.vi[1:], name.en[0].lower() + name.en[1:])
