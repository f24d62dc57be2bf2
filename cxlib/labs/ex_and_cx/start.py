"""Where to start: the note a learner takes home for her own contact intensity."""

from __future__ import annotations

from functools import partial
from typing import Final

from cxlib.charts import engagement as charts
from cxlib.labs.ex_and_cx.contact import (
    GAINED,
    MOST_SEEN,
    certain_from,
    slope_at,
    slopes,
)
from cxlib.labs.ex_and_cx.people import TESTS
from cxlib.learning.fields import Choice, Quantity, Several
from cxlib.learning.lab import Preset, lab
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.engagement import johnson_neyman, moderated_regression
from cxlib.text import Text, number

_MUCH: Final = 0.55  # between supermarkets and advice stores

_COMPASS: Final = {
    "no": Text("Chưa có", "Not yet"),
    "draft": Text("Mới có bản nháp", "A draft only"),
    "yes": Text("Có, ai cũng kể lại được", "Yes, everybody can tell it"),
}
_COMPASS_STEPS: Final = {
    "no": Text("Viết la bàn CX: ta làm gì cho khách", "Write the CX compass"),
    "draft": Text("Chốt la bàn CX từ bản nháp", "Settle the CX compass from the draft"),
    "yes": Text("Lấy la bàn CX đang có làm gốc", "Start from your CX compass"),
}
_SYSTEMS: Final = Text("Sửa quy trình, sản phẩm, hệ thống", "Mend process, product, system")
_SYSTEMS_TOO: Final = Text(
    "Song song: quy trình, sản phẩm, hệ thống", "Alongside: process, product, system"
)


@lab(
    key="where-to-start",
    title=Text("Bắt đầu từ đâu?", "Where to start?"),
    presets={
        "shop": Preset(
            Text("Tình huống 1: tiệm tóc", "Case 1: a hair salon"),
            {"contact": 0.85, "compass": "no", "passed": ("excited",)},
        ),
        "app": Preset(
            Text("Tình huống 2: ứng dụng giao hàng", "Case 2: a delivery app"),
            {"contact": 0.10, "compass": "draft", "passed": ("clear", "contributes")},
        ),
    },
    formulas=(
        (Text("Hồi quy có biến điều tiết", "Regression with a moderator"), moderated_regression),
        (Text("Khoảng Johnson–Neyman", "The Johnson–Neyman interval"), johnson_neyman),
    ),
    sources=("homburg2004", "wolter2019", "aiken1991"),
    from_profile=lambda profile: {"contact": profile.contact_intensity},
    contact=Quantity(
        Text("Mức nhân viên tiếp xúc với khách", "How much employees deal with customers"),
        0.40,
        0.0,
        1.0,
        0.05,
        hint=Text(
            "0: khách tự làm hết · 1: luôn có người phục vụ",
            "0: all self-service · 1: always served by a person",
        ),
    ),
    lift=Quantity(
        Text("Bạn tin gắn kết sẽ tăng (điểm)", "Engagement you hope to add (points)"), 10, 1, 20, 1
    ),
    compass=Choice(
        label=Text("Đã có la bàn CX chưa?", "Is there a CX compass?"),
        options=_COMPASS,
        default="no",
    ),
    passed=Several(
        label=Text(
            "Phần đông nhân viên đã đạt phép thử nào?", "Which tests do most employees pass?"
        ),
        options=TESTS,
        default=("clear",),
    ),
)
def where_to_start(contact: float, lift: float, compass: str, passed: tuple[str, ...]) -> View:
    """Tell what engagement can be expected to bring here, and in which order to begin."""
    slope = slope_at(contact)
    gain = slope.times(lift)
    steps = (_COMPASS_STEPS[compass], *_after_the_compass(contact, passed))
    return View(
        finding=_finding(contact, gain.positive).format(
            lift=number(lift),
            gain=number(gain.at, 1),
            low=number(gain.low, 1),
            high=number(gain.high, 1),
        ),
        chart=partial(
            charts.starting_note,
            slopes() * lift,
            certain_from(),
            (contact, gain.at),
            steps,
        ),
        key_figures=(
            KeyFigure(Text("Độ dốc nên trông đợi", "Slope to expect"), number(slope.at, 2)),
            gain.figure(GAINED, tone="good" if gain.positive else "bad"),
            KeyFigure(
                Text("Phép thử đã đạt", "Tests passed"),
                Text("{n} trên 4", "{n} of 4").format(n=number(len(passed))),
            ),
        ),
        table=Table(
            (Text("Bước", "Step"), Text("Làm gì", "What to do")),
            [[number(place), step] for place, step in enumerate(steps, 1)],
        ),
        warnings=_cautions(contact, compass),
    )


def _after_the_compass(contact: float, passed: tuple[str, ...]) -> tuple[Text, Text]:
    """Two steps: people first where people meet people, systems first where they do not."""
    missing = [name for test, name in TESTS.items() if test not in passed]
    kept = Text("giữ cả bốn phép thử", "keep all four tests")
    if len(missing) == len(TESTS):
        kept = Text("cả bốn phép thử", "all four tests")
    elif missing:
        kept = Text(", ".join(name.vi for name in missing), ", ".join(name.en for name in missing))
    people = Text("Gắn kết đội ngũ: ", "People: ") + kept
    return (people, _SYSTEMS_TOO) if contact >= certain_from() else (_SYSTEMS, people)


def _finding(contact: float, sure: bool) -> Text:
    if not sure:
        return Text(
            "CX + EX, sửa hệ thống trước: nơi ít tiếp xúc, gắn kết tăng {lift} điểm chưa chắc nâng "
            "CX (từ {low} đến {high} điểm).",
            "CX + EX, systems first: with so little contact, {lift} points of engagement may not "
            "lift CX ({low} to {high} points).",
        )
    if contact >= _MUCH:
        return Text(
            "CX + EX, con người đi đầu: với mức tiếp xúc này, gắn kết tăng {lift} điểm có thể đem "
            "về khoảng {gain} điểm CX.",
            "CX + EX, people in front: at this contact, {lift} points of engagement may bring "
            "about {gain} CX points.",
        )
    return Text(
        "CX + EX, hai chân cùng bước: gắn kết tăng {lift} điểm có thể đem về khoảng {gain} điểm "
        "CX, phần còn lại nằm ở hệ thống.",
        "CX + EX, both legs together: {lift} points of engagement may bring about {gain} CX "
        "points, the rest lies in the system.",
    )


def _cautions(contact: float, compass: str) -> list[Text]:
    cautions = []
    if compass == "no":
        cautions.append(
            Text(
                "Chưa có la bàn CX thì biết gắn kết mọi người quanh điều gì? Đây là việc đầu tiên.",
                "Without a CX compass there is nothing to engage people around: do this first.",
            )
        )
    if contact > MOST_SEEN:
        cautions.append(
            Text(
                "Mức tiếp xúc này cao hơn mọi cửa hàng trong dữ liệu, nên con số càng kém chắc.",
                "This contact is above that of any store in the data, so the figure is less sure.",
            )
        )
    return cautions
