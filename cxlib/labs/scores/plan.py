"""The measurement plan: whom to ask, how many, what, and with whose leave."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from cxlib.charts import scores as charts
from cxlib.labs.scores.sample import GROUPS
from cxlib.learning.fields import Quantity, Several, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.scores import nps_sample_size_for_change
from cxlib.text import Text, number, out_of, percent

_MOST_QUESTIONS: Final = 5
_CUSTOMERS: Final = Text("Số khách có thể mời", "Customers who can be invited")
QUESTIONS: Final = {
    "recommend": Text("Giới thiệu, 0–10 (NPS)", "Recommend, 0–10 (NPS)"),
    "satisfied": Text("Hài lòng, 1–5 (CSAT)", "Satisfied, 1–5 (CSAT)"),
    "easy": Text("Dễ dàng, 1–7 (CES)", "Easy, 1–7 (CES)"),
    "gap": Text("So với lời hứa: hơn, đúng hay kém", "Against the promise: above, as, below"),
    "why": Text("Vì sao? (khách tự viết)", "Why? (in the customer's words)"),
    "where": Text("Ở điểm chạm nào?", "At which touchpoint?"),
}
CONSENT: Final = {
    "purpose": Text("Ai hỏi, hỏi để làm gì", "Who asks, and what for"),
    "data": Text("Thu dữ liệu nào, chỉ phần cần thiết", "Which data, no more than needed"),
    "time": Text("Giữ bao lâu rồi xóa", "How long they are kept, then erased"),
    "free": Text("Không trả lời cũng không sao", "Declining has no consequence"),
    "withdraw": Text("Đổi ý, rút lại thì liên hệ ai", "Whom to tell on a change of mind"),
    "box": Text("Khách tự đánh dấu, không đánh sẵn", "The customer ticks, nothing is pre-ticked"),
    "apart": Text("Xin phép quảng cáo: hỏi riêng", "Leave to advertise: asked apart"),
}
_WORDING: Final = {
    "purpose": Text(
        "[Công ty] hỏi ý kiến để cải thiện dịch vụ.", "[Company] asks in order to improve service."
    ),
    "data": Text(
        "Chúng tôi chỉ ghi câu trả lời, ngày và cửa hàng.",
        "We record your answers, the date and the store only.",
    ),
    "time": Text("Dữ liệu được xóa sau [12 tháng].", "The data are erased after [12 months]."),
    "free": Text(
        "Bạn có thể bỏ qua; quyền lợi của bạn không thay đổi.",
        "You may skip this; nothing changes for you.",
    ),
    "withdraw": Text(
        "Muốn rút lại, xin báo [địa chỉ, số điện thoại].",
        "To withdraw, write to [address, phone].",
    ),
    "box": Text("☐ Tôi đồng ý.", "☐ I agree."),
    "apart": Text(
        "☐ Tôi đồng ý nhận tin quảng cáo (không bắt buộc).",
        "☐ I agree to receive advertising (optional).",
    ),
}
_ASKED: Final = Text("Hỏi ai, mấy lần", "Whom, how often")


@lab(
    key="measurement-plan",
    title=Text("Kế hoạch đo của công ty bạn", "Your measurement plan"),
    presets={
        "habit": Preset(
            Text("Tình huống 1: cách làm quen tay", "Case 1: the usual habit"),
            {"waves": 12, "questions": ("recommend",), "consent": ("purpose",)},
        ),
        "sound": Preset(
            Text("Tình huống 2: ít đợt, hỏi kỹ", "Case 2: few waves, asked well"),
            {
                "waves": 2,
                "questions": ("recommend", "easy", "gap", "why"),
                "consent": tuple(CONSENT),
            },
        ),
    },
    formulas=(
        (Text("Phiếu mỗi đợt để so hai đợt", "Answers to compare two"), nps_sample_size_for_change),
    ),
    sources=("law2025", "law2023", "groves2008"),
    from_profile=lambda profile: {"customers": profile.customers},
    company_fields={
        "customers": Quantity(_CUSTOMERS, 50_000, 1, 100e6, 1, slider=False, group=_ASKED)
    },
    customers=Quantity(_CUSTOMERS, 50_000, 100, 500_000, 100, group=_ASKED),
    response=Share(
        Text("Tỷ lệ trả lời dự kiến", "Response rate you expect"),
        0.15,
        0.01,
        0.8,
        0.01,
        group=_ASKED,
    ),
    waves=Quantity(Text("Số đợt mỗi năm", "Waves a year"), 4, 1, 12, 1, group=_ASKED),
    change=Quantity(
        Text("Thay đổi NPS cần nhận ra (điểm)", "Change of NPS to detect (points)"),
        8,
        3,
        20,
        1,
        group=_ASKED,
    ),
    **{name: replace(field, group=_ASKED) for name, field in GROUPS.items()},
    questions=Several(
        label=Text("Hỏi những gì?", "What to ask?"),
        options=QUESTIONS,
        default=("recommend", "satisfied", "why"),
    ),
    consent=Several(
        label=Text("Lời xin phép có gì?", "What does the request for consent say?"),
        options=CONSENT,
        default=("purpose", "free", "box"),
    ),
)
def measurement_plan(
    customers: float,
    response: float,
    waves: float,
    change: float,
    promoters: float,
    detractors: float,
    questions: Sequence[str],
    consent: Sequence[str],
) -> View:
    """Plan a survey: enough answers, nobody asked more than once a year, consent that is one."""
    needed = nps_sample_size_for_change(promoters, detractors, change)
    one_point = nps_sample_size_for_change(promoters, detractors, 1)
    visible = math.sqrt(one_point * waves / max(customers * response, 1.0))
    invitations, available = math.ceil(needed / response), math.floor(customers / waves)
    bars = (
        (Text("Phiếu cần mỗi đợt", "Answers needed per wave"), float(needed), False),
        (Text("Lời mời cần gửi mỗi đợt", "Invitations needed per wave"), invitations, False),
        (
            Text(
                "Khách có thể mời mỗi đợt (mỗi người một lần một năm)",
                "Customers per wave (each once a year)",
            ),
            available,
            True,
        ),
    )
    return View(
        finding=_finding(change, waves, visible, invitations <= available),
        chart=partial(charts.plan_bars, bars),
        key_figures=(
            KeyFigure(Text("Phiếu mỗi đợt", "Answers per wave"), number(needed)),
            KeyFigure(
                Text("Lời mời mỗi đợt", "Invitations per wave"),
                number(invitations),
                "good" if invitations <= available else "bad",
            ),
            KeyFigure(
                Text("Lời xin phép đã đủ", "Request for consent"),
                out_of(len(consent), len(CONSENT)),
                "good" if len(consent) == len(CONSENT) else "bad",
            ),
        ),
        table=_sheet(needed, invitations, response, waves, change, questions, consent),
        warnings=[*_about_questions(questions), *_about_consent(consent)],
    )


def _finding(change: float, waves: float, visible: float, enough: bool) -> Text:
    if enough:
        sentence = Text(
            "Đủ khách để nhận ra thay đổi {change} điểm với {waves} đợt mỗi năm mà không ai bị hỏi "
            "hai lần.",
            "There are customers enough to detect a change of {change} points in {waves} waves a "
            "year, nobody being asked twice.",
        )
    elif visible <= 100:
        sentence = Text(
            "Không đủ khách để nhận ra thay đổi {change} điểm với {waves} đợt mỗi năm: mời hết "
            "cũng chỉ nhận ra từ {visible} điểm trở lên. Hãy bớt đợt hoặc nâng tỷ lệ trả lời.",
            "Too few customers to detect a change of {change} points in {waves} waves a year: with "
            "all invited you would see {visible} points. Cut waves or raise the response rate.",
        )
    else:
        sentence = Text(
            "Quá ít khách để so điểm giữa {waves} đợt: thay vì đo, hãy gọi điện nói chuyện với "
            "từng người.",
            "Too few customers to compare scores over {waves} waves: rather than measure, call "
            "each of them and talk.",
        )
    return sentence.format(change=number(change), waves=number(waves), visible=number(visible, 1))


def _about_questions(questions: Sequence[str]) -> list[Text]:
    warnings = []
    if not questions:
        warnings.append(Text("Chưa chọn câu hỏi nào.", "No question is chosen yet."))
    elif "gap" not in questions:
        warnings.append(
            Text(
                "Phiếu chưa hỏi về lời hứa: bạn sẽ biết khách chấm mấy điểm mà không biết khoảng "
                "cách kỳ vọng nằm ở đâu.",
                "The promise is not asked about: you will know the mark, not where the expectation "
                "gap lies.",
            )
        )
    if len(questions) > _MOST_QUESTIONS:
        warnings.append(
            Text(
                "{n} câu là nhiều: phiếu càng dài, càng ít người trả lời tới cuối.",
                "{n} questions are many: the longer the form, the fewer reach its end.",
            ).format(n=number(len(questions)))
        )
    return warnings


def _about_consent(consent: Sequence[str]) -> list[Text]:
    missing = [CONSENT[part] for part in CONSENT if part not in consent]
    if not missing:
        return []
    listed = Text(
        "; ".join(part.vi.lower() for part in missing),
        "; ".join(part.en.lower() for part in missing),
    )
    return [
        Text("Lời xin phép còn thiếu: {parts}.", "Missing in the request: {parts}.").format(
            parts=listed
        )
    ]


def _sheet(
    needed: int,
    invitations: int,
    response: float,
    waves: float,
    change: float,
    questions: Sequence[str],
    consent: Sequence[str],
) -> Table:
    rows = [
        [
            Text("Mục đích", "Aim"),
            Text(
                "NPS đổi thật {change} điểm giữa hai đợt thì có 80 % khả năng nhận ra",
                "See an NPS change of {change} points between waves with a chance of 80%",
            ).format(change=number(change)),
        ],
        [
            Text("Mẫu", "Sample"),
            Text(
                "{waves} đợt mỗi năm; mỗi đợt mời ngẫu nhiên {invited} khách, mong {n} phiếu "
                "(tỷ lệ trả lời {response})",
                "{waves} waves a year; {invited} customers invited at random, {n} answers hoped "
                "for (response rate {response})",
            ).format(
                waves=number(waves),
                invited=number(invitations),
                n=number(needed),
                response=percent(response, 0),
            ),
        ],
        *([Text("Câu hỏi", "Question"), QUESTIONS[key]] for key in questions),
        *([Text("Lời xin phép", "Consent"), _WORDING[key]] for key in consent),
        [
            Text("Báo cáo", "Report"),
            Text(
                "Luôn kèm khoảng 95 %, số phiếu, tỷ lệ trả lời từng nhóm và góp ý tiêu biểu",
                "Always with the 95% interval, number of answers, response rate by group and "
                "typical comments",
            ),
        ],
    ]
    return Table((Text("Mục", "Item"), Text("Kế hoạch", "Plan")), rows)
