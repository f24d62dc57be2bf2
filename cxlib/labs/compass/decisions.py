"""Twelve decisions about people, judged by a compass: each has its reason, together they cancel."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from cxlib.charts import compass as charts
from cxlib.learning.fields import Choice, Quantity, Several
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.text import Text, number, signed

Kind = Literal["hire", "train", "recognise"]

FELT: Final = {
    "goal": Text("mục tiêu", "goal"),
    "ease": Text("dễ dàng", "ease"),
    "emotion": Text("cảm xúc", "emotion"),
}
KINDS: Final[dict[Kind, Text]] = {
    "hire": Text("Tuyển ai?", "Whom to hire?"),
    "train": Text("Đào tạo gì?", "What to train?"),
    "recognise": Text("Ghi nhận gì?", "What to recognise?"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about people and what it does to customers.

    Attributes:
        kind: hiring, training or recognition.
        name: the decision in a few words.
        effects: what customers gain or lose in goal, ease and emotion; teaching numbers, −2 to +2.
    """

    kind: Kind
    name: Text
    effects: tuple[int, int, int]


DECISIONS: Final = {
    "experts": Decision("hire", Text("Giỏi nghề, ít nói", "Quiet experts"), (2, 0, -1)),
    "quick": Decision("hire", Text("Người nhanh tay", "Quick hands"), (-1, 2, -1)),
    "warm": Decision("hire", Text("Người ấm áp, hay chuyện", "Warm talkers"), (-1, -1, 2)),
    "season": Decision("hire", Text("Nhiều bạn thời vụ", "Many seasonal staff"), (-2, 1, -1)),
    "product": Decision("train", Text("Học sâu từng sản phẩm", "Products in depth"), (2, -1, -1)),
    "script": Decision("train", Text("Thuộc lòng kịch bản", "A script by heart"), (1, 1, -2)),
    "listen": Decision("train", Text("Lắng nghe, biết xin lỗi", "Listen, apologise"), (0, 0, 2)),
    "returns": Decision(
        "train", Text("Đổi trả không hỏi lý do", "No-question returns"), (-1, 2, 1)
    ),
    "queue": Decision(
        "recognise", Text("Quầy có hàng chờ ngắn", "The shortest queue"), (-2, 2, -2)
    ),
    "flawless": Decision("recognise", Text("Không sai đơn nào", "Not one wrong order"), (2, -2, 0)),
    "story": Decision(
        "recognise", Text("Câu chuyện khách nhớ", "A story customers tell"), (0, -1, 2)
    ),
    "stay": Decision(
        "recognise", Text("Giúp khách khó đến cùng", "Seeing a hard case through"), (1, -2, 2)
    ),
}
NO_COMPASS: Final = "none"
_COMPASSES: Final = {
    NO_COMPASS: Text("Chưa có la bàn", "No compass yet"),
    "goal": Text("Mục tiêu: đúng việc ngay lần đầu", "Goal: right the first time"),
    "ease": Text("Dễ dàng: thuận tiện, như Amazon", "Ease: convenience, like Amazon"),
    "emotion": Text("Cảm xúc: nhân văn, như Southwest", "Emotion: humane, like Southwest"),
}


def total(felt: str, kept: Collection[str], sign: int = 0) -> int:
    """Add up what the kept decisions do to one thing customers feel.

    Args:
        felt: goal, ease or emotion.
        kept: the decisions that stand.
        sign: 1 for the gains only, −1 for the losses only, 0 for both.
    """
    effects = [DECISIONS[key].effects[list(FELT).index(felt)] for key in kept]
    return sum(effect for effect in effects if sign == 0 or effect * sign > 0)


def following(felt: str) -> tuple[str, ...]:
    """Name the decisions that do not pull against a compass."""
    place = list(FELT).index(felt)
    return tuple(key for key, decision in DECISIONS.items() if decision.effects[place] >= 0)


@lab(
    key="decision-deck",
    title=Text("Mười hai quyết định nhân sự", "Twelve decisions about people"),
    presets={
        "none": Preset(
            Text("Tình huống 1: chưa có la bàn", "Case 1: no compass"),
            {"compass": NO_COMPASS, "kept": tuple(DECISIONS)},
        ),
        "ease": Preset(
            Text("Tình huống 2: thuận tiện", "Case 2: convenience"),
            {"compass": "ease", "kept": following("ease")},
        ),
        "emotion": Preset(
            Text("Tình huống 3: nhân văn", "Case 3: humane"),
            {"compass": "emotion", "kept": following("emotion")},
        ),
    },
    sources=("xminstitute2019",),
    compass=Choice(
        label=Text("Bạn muốn khách được gì trước hết?", "What should customers get first?"),
        options=_COMPASSES,
        default=NO_COMPASS,
    ),
    kept=Several(
        label=Text("Giữ quyết định nào?", "Which decisions stand?"),
        options={key: decision.name for key, decision in DECISIONS.items()},
        default=tuple(DECISIONS),
    ),
)
def decision_deck(compass: str, kept: tuple[str, ...], guess: float | None = None) -> View:
    """Show what the kept decisions do to customers, and which ones the compass would drop."""
    felt = None if compass == NO_COMPASS else compass
    sums = {name: total(name, kept) for name in FELT}
    return View(
        finding=_finding(felt, kept, sums),
        chart=partial(
            charts.decision_board,
            KINDS,
            [(key, item.kind, item.name, item.effects) for key, item in DECISIONS.items()],
            FELT,
            kept,
            felt,
            guess,
        ),
        key_figures=tuple(
            KeyFigure(
                Text("Điểm ", "Customers gain: ") + FELT[name],
                signed(number(value)),
                "good" if value > 2 else "bad" if value < 0 else "plain",
            )
            for name, value in sums.items()
        ),
        table=Table(
            (Text("Quyết định", "Decision"), *FELT.values(), Text("Đang giữ", "Stands")),
            [
                [
                    item.name,
                    *(signed(number(effect)) for effect in item.effects),
                    Text("có", "yes") if key in kept else Text("bỏ", "no"),
                ]
                for key, item in DECISIONS.items()
            ],
        ),
    )


def _finding(felt: str | None, kept: tuple[str, ...], sums: dict[str, int]) -> Text:
    if not kept:
        return Text(
            "Bạn chưa giữ quyết định nào nên khách chưa thấy gì đổi khác.",
            "No decision stands, so customers notice nothing.",
        )
    if felt is None:
        return Text(
            "Quyết định nào cũng có lý. Khách được {gain} điểm, mất {loss}; cộng lại: mục tiêu "
            "{goal}, dễ dàng {ease}, cảm xúc {emotion}.",
            "Each decision has its reason. Customers gain {gain} points and lose {loss}; together: "
            "goal {goal}, ease {ease}, emotion {emotion}.",
        ).format(
            gain=number(sum(total(name, kept, 1) for name in FELT)),
            loss=number(-sum(total(name, kept, -1) for name in FELT)),
            **{name: signed(number(value)) for name, value in sums.items()},
        )
    against = len(set(kept) - set(following(felt)))
    parts = {
        "felt": FELT[felt],
        "against": number(against),
        "kept": number(len(kept)),
        "gain": signed(number(total(felt, kept, 1))),
        "loss": number(-total(felt, kept, -1)),
        "left": signed(number(sums[felt])),
    }
    if against and not total(felt, kept, 1):
        return Text(
            "Soi theo la bàn “{felt}”: chưa quyết định nào thuận chiều, mà {against} trên {kept} "
            "quyết định đang kéo ngược, lấy mất {loss} điểm.",
            "By the compass “{felt}”: no decision goes with it, and those against it "
            "({against} of {kept}) take {loss}.",
        ).format(**parts)
    if against:
        return Text(
            "Soi theo la bàn “{felt}”: thuận chiều được {gain} điểm, nhưng {against} trên {kept} "
            "quyết định kéo ngược lấy lại {loss}, còn {left}.",
            "By the compass “{felt}”: {gain} points with it; those against it ({against} of "
            "{kept}) take back {loss} and leave {left}.",
        ).format(**parts)
    if not sums[felt]:
        return Text(
            "Những quyết định bạn giữ không đụng tới “{felt}”: la bàn này chưa có ai đi theo.",
            "The decisions that stand do not touch “{felt}”: nobody follows this compass yet.",
        ).format(**parts)
    poorest = min((name for name in FELT if name != felt), key=lambda name: sums[name])
    if sums[poorest] >= 0:
        return Text(
            "Theo la bàn “{felt}”: {left}, mà hai cột kia khách không mất gì.",
            "By the compass “{felt}”: {left}, and customers lose nothing in the other columns.",
        ).format(**parts)
    return Text(
        "Theo la bàn “{felt}”, không còn quyết định nào kéo ngược: {left}. Cái giá: {poorest} "
        "{price}.",
        "By the compass “{felt}”, no decision pulls the other way: {left}. The price: {poorest} "
        "{price}.",
    ).format(**parts, poorest=FELT[poorest], price=signed(number(sums[poorest])))


ease_left: Final = Prediction(
    key="ease-left",
    question=Quantity(
        Text(
            "Trong mười hai quyết định, những cái giúp khách dễ dàng hơn cộng lại được +8 điểm. "
            "Trừ đi những cái làm khách vất vả hơn, theo bạn còn mấy điểm?",
            "Of the twelve decisions, those that make things easier for customers add up to +8 "
            "points. Less those that make things harder, how many points are left?",
        ),
        None,
        -8,
        8,
        1,
    ),
    answer=lambda: total("ease", DECISIONS),
)
