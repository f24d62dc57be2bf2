"""One page for the board: the compass and twelve months, from the learner's own answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from cxlib.charts import compass as charts
from cxlib.labs.compass.money import ADVICE, IN_SHORT, WAREHOUSE, best_of_three, contact_field
from cxlib.labs.compass.rubric import (
    AN_NHIEN,
    AREAS,
    STAGES,
    chosen,
    in_sentence,
    next_sign,
    rubric_fields,
)
from cxlib.learning.fields import Choice, Words
from cxlib.learning.lab import Preset, lab
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.ecosystem import InvestmentSetting, simulate_order
from cxlib.text import Text, number, same

_COMPASS: Final = Text("La bàn: nhờ ta, khách…", "The compass: thanks to us, customers…")
_HEADS: Final = {
    "goal": Text("Mục tiêu", "Goal"),
    "ease": Text("Dễ dàng", "Ease"),
    "emotion": Text("Cảm xúc", "Emotion"),
    "owner": Text("Người chịu trách nhiệm", "Answers for it"),
}
_ALL_YEAR: Final = same("1–12")
_UNSAID: Final = Text("chưa viết", "not written yet")
_PAY: Final = {
    "against": Text("Có, và chưa gỡ", "Yes, not mended yet"),
    "unknown": Text("Chưa soát", "Not checked yet"),
    "clean": Text("Không, đã soát cả bảng lương", "No, the payslip was checked"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One track of the roadmap.

    Attributes:
        name: what is done.
        first: its first month, 1 to 12.
        last: its last month.
        sign: how the board sees that it is done.
        weak: whether it mends a weak area.
    """

    name: Text
    first: int
    last: int
    sign: Text
    weak: bool = False


def _words(label: Text) -> Words:
    return Words(label=label, longest=60, group=_COMPASS)


@lab(
    key="own-roadmap",
    title=Text("La bàn và 12 tháng của công ty bạn", "Your compass and your 12 months"),
    presets={
        "an-nhien": Preset(
            Text("Ví dụ 1: An Nhiên", "Example 1: An Nhien"),
            {"contact": ADVICE, "pay": "against", **chosen(**AN_NHIEN)},
        ),
        "app": Preset(
            Text("Ví dụ 2: ứng dụng giao hàng", "Example 2: a delivery app"),
            {
                "contact": WAREHOUSE,
                "pay": "unknown",
                **chosen(strategy=3, insight=4, design=3, metrics=4, culture=2, accountability=2),
            },
        ),
    },
    formulas=((Text("Vì sao thứ tự này?", "Why this order?"), simulate_order),),
    sources=("homburg2004", "yee2008", "kerr1975"),
    arrangement="stack",
    from_profile=lambda profile: {"contact": profile.contact_intensity},
    contact=contact_field(ADVICE),
    goal=_words(
        Text(
            "làm được việc gì? (ví dụ: mua đúng thứ mình cần)",
            "get what done? (such as: buy just what they need)",
        )
    ),
    ease=_words(
        Text(
            "đỡ vất vả ở đâu? (ví dụ: đổi trả không phải giải thích)",
            "are spared which trouble? (such as: explaining a return)",
        )
    ),
    emotion=_words(
        Text(
            "ra về với cảm giác gì? (ví dụ: có người nghe mình)",
            "leave with which feeling? (such as: being listened to)",
        )
    ),
    owner=Words(
        label=Text("Ai chịu trách nhiệm trước hội đồng?", "Who answers to the board?"), longest=40
    ),
    pay=Choice(
        label=Text("Có khoản thưởng nào đi ngược lời hứa?", "Does any bonus oppose the promise?"),
        options=_PAY,
        default="unknown",
    ),
    **rubric_fields(),
)
def own_roadmap(
    goal: str, ease: str, emotion: str, contact: float, owner: str, pay: str, **stages: str
) -> View:
    """Lay out twelve months: compass and accountability, the two legs, the weakest areas."""
    levels = {area: int(stages[area]) for area in AREAS}
    order = best_of_three(InvestmentSetting(contact=contact))
    steps = roadmap(levels, order == "together", pay)
    compass = {"goal": goal, "ease": ease, "emotion": emotion}
    page = [(_HEADS[head], _said(words)) for head, words in (compass | {"owner": owner}).items()]
    return View(
        finding=_finding(order == "together", levels),
        chart=partial(
            charts.roadmap, page, [(step.name, step.first, step.last, step.weak) for step in steps]
        ),
        key_figures=(
            KeyFigure(Text("Thứ tự", "Order"), IN_SHORT[order]),
            KeyFigure(Text("Bậc trưởng thành", "Maturity stage"), number(min(levels.values()))),
            KeyFigure(
                Text("Ô la bàn đã viết", "Compass boxes filled"),
                number(sum(map(bool, compass.values()))) + same("/3"),
                "good" if all(compass.values()) else "bad",
            ),
            KeyFigure(
                Text("Có người chịu trách nhiệm", "Somebody answers"),
                Text("có", "yes") if owner else Text("chưa", "not yet"),
                "good" if owner else "bad",
            ),
        ),
        table=Table(
            (
                Text("Việc", "What"),
                Text("Tháng", "Months"),
                Text("Nội dung, dấu hiệu xong", "Content, sign that it is done"),
            ),
            [
                *([head, _ALL_YEAR, said] for head, said in page),
                *([step.name, same(f"{step.first}–{step.last}"), step.sign] for step in steps),
            ],
        ),
        warnings=_cautions(compass, owner, pay),
    )


def _said(words: str) -> Text:
    return same(words) if words else _UNSAID


def roadmap(levels: dict[str, int], together: bool, pay: str) -> list[Step]:
    """Put twelve months in order.

    Args:
        levels: the stage of each area.
        together: whether both legs start at once; systems go first otherwise.
        pay: whether a bonus opposes the promise, or nobody has looked yet.
    """
    settled = levels["strategy"] >= 3
    systems, people = ((4, 12), (4, 12)) if together else ((4, 8), (8, 12))
    return [
        Step(
            Text("Kể lại la bàn ở mọi đội", "Tell the compass in every team")
            if settled
            else Text("Viết và chốt la bàn CX", "Write and settle the CX compass"),
            1,
            2 if settled else 3,
            Text("Hỏi mười người, tám người kể đúng", "Ask ten people, eight tell it right"),
        ),
        Step(
            Text("Giao người chịu trách nhiệm, giữ lương sạch", "Name an owner, keep pay clean")
            if pay == "clean"
            else Text(
                "Giao người chịu trách nhiệm, gỡ thưởng ngược", "Name an owner, mend the bonus"
            )
            if pay == "against"
            else Text(
                "Giao người chịu trách nhiệm, soát bảng lương", "Name an owner, check the payslip"
            ),
            1,
            2 if pay == "clean" else 4,
            Text(
                "Có tên, có quyền cho dừng việc; không còn thưởng kéo ngược",
                "A name that may stop things; no bonus against the promise",
            ),
        ),
        Step(
            Text("CX: hệ thống, quy trình, sản phẩm", "CX: systems, processes, products"),
            *systems,
            Text(
                "Hành trình đã chọn ít lỗi hơn, có số đo", "The chosen journey fails less, measured"
            ),
        ),
        Step(
            Text("EX: tuyển, đào tạo, ghi nhận theo la bàn", "EX: hire, train, recognise"),
            *people,
            Text(
                "Hiểu rõ, góp sức, hào hứng, cam kết: cả bốn cùng lên",
                "Clear, contributing, excited, committed: all four tests rise",
            ),
        ),
        *(
            Step(
                _raise(levels[area]) + in_sentence(AREAS[area]),
                first,
                last,
                next_sign(area, levels[area]),
                weak=True,
            )
            for area, first, last in zip(weakest(levels), (2, 7), (6, 12), strict=True)
        ),
    ]


def weakest(levels: dict[str, int]) -> list[str]:
    """Name the two weakest areas that have no track of their own."""
    others = [area for area in AREAS if area not in ("strategy", "accountability")]
    return sorted(others, key=lambda area: levels[area])[:2]


def _raise(level: int) -> Text:
    return (
        Text("Nâng bậc: ", "Next stage: ")
        if level < len(STAGES)
        else Text("Giữ bậc 5: ", "Keep stage 5: ")
    )


def _finding(together: bool, levels: dict[str, int]) -> Text:
    first, second = weakest(levels)
    legs = (
        Text(
            "Trước hết là la bàn và người chịu trách nhiệm, rồi hai chân CX + EX cùng bước; ",
            "Compass and owner first, then both legs CX + EX together; ",
        )
        if together
        else Text(
            "Trước hết là la bàn và người chịu trách nhiệm, rồi hệ thống và quy trình, con người "
            "nối bước; ",
            "Compass and owner first, then systems and processes, with people to follow; ",
        )
    )
    if levels[first] == len(STAGES):
        return legs + Text(
            "bốn mảng kia đã ở bậc 5: nhờ người ngoài chấm lại, rồi giữ lấy nếp.",
            "the other four areas are at stage 5: have outsiders rate them, and keep it up.",
        )
    return legs + Text(
        "dồn thêm sức cho {first}, rồi {second}.", "then work on {first} and {second}."
    ).format(first=in_sentence(AREAS[first]), second=in_sentence(AREAS[second]))


def _cautions(compass: dict[str, str], owner: str, pay: str) -> list[Text]:
    cautions = []
    if not all(compass.values()):
        cautions.append(
            Text(
                "La bàn còn ô trống. Hãy viết bằng lời của khách, mỗi ô một câu.",
                "The compass has gaps. Write it in customers' words, one sentence a box.",
            )
        )
    if not owner:
        cautions.append(
            Text(
                "Chưa có người chịu trách nhiệm: hãy ghi tên một người, đừng ghi tên phòng.",
                "Nobody answers for it: write a person's name, not a department's.",
            )
        )
    if pay == "against":
        cautions.append(
            Text(
                "Còn một khoản thưởng kéo ngược: hãy gỡ nó trước khi mở lớp đào tạo.",
                "A bonus pulls the other way: mend it before you open any class.",
            )
        )
    return cautions
