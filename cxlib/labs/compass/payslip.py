"""The payslip and the promise: what is paid draws attention away from what is hoped for."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from cxlib.charts import compass as charts
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.incentives import attention_on_promise
from cxlib.text import Text, number, percent

USUAL_BONUS: Final = 2.0
CONSCIENCE: Final = 2.0
MOST_BONUS: Final = 8.0
_HALF: Final = 0.5
_FOR: Final = Text("Sức kéo về phía lời hứa", "What pulls towards the promise")


def _pull(label: Text, hint: Text) -> Quantity:
    return Quantity(label, 0.0, 0.0, 4.0, 0.5, group=_FOR, hint=hint)


@lab(
    key="payslip",
    title=Text("Áp phích nói một đằng, bảng lương một nẻo", "The poster and the payslip"),
    presets={
        "doubled": Preset(
            Text("Tình huống 1: gấp đôi thưởng doanh số", "Case 1: the bonus doubled"),
            {"bonus": 4.0, "ritual": 0.0, "answerable": 0.0, "paid": 0.0},
        ),
        "ritual": Preset(
            Text("Tình huống 2: chỉ thêm nghi thức", "Case 2: add a ritual only"),
            {"bonus": 4.0, "ritual": 1.0, "answerable": 0.0, "paid": 0.0},
        ),
        "mended": Preset(
            Text("Tình huống 3: gỡ thưởng ngược, có người lo", "Case 3: bonus mended, an owner"),
            {"bonus": 2.0, "ritual": 1.0, "answerable": 1.0, "paid": 0.0},
        ),
    },
    formulas=(
        (Text("Sức chú ý chia cho hai việc", "Attention for two tasks"), attention_on_promise),
    ),
    sources=("kerr1975", "holmstrom1991"),
    bonus=Quantity(
        Text("Sức kéo của thưởng doanh số", "Pull of the sales bonus"),
        2 * USUAL_BONUS,
        0.0,
        MOST_BONUS,
        0.5,
        hint=Text(
            "trước đây: 2, vừa bằng tự trọng nghề", "it used to be 2, like professional pride"
        ),
    ),
    ritual=_pull(
        Text("Nghi thức: kể chuyện khách, lời cảm ơn", "Rituals: customer stories, thanks"),
        Text("tuần nào cũng làm, ở mọi cửa hàng", "every week, in every store"),
    ),
    answerable=_pull(
        Text("Một người chịu trách nhiệm về lời hứa", "One person answers for the promise"),
        Text("có tên, có quyền cho dừng việc, có hạn báo cáo", "by name, may stop things, reports"),
    ),
    paid=_pull(
        Text("Thưởng theo lời hứa giữ được", "A bonus for promises kept"),
        Text("trên cùng bảng lương", "on the same payslip"),
    ),
)
def payslip(
    bonus: float, ritual: float, answerable: float, paid: float, guess: float | None = None
) -> View:
    """Show what share of the attention is left for the promise customers were given."""
    pull = CONSCIENCE + ritual + answerable + paid
    share = float(attention_on_promise(bonus, pull))
    bonuses = np.linspace(0, MOST_BONUS, 81)
    return View(
        finding=_finding(bonus, pull, share),
        chart=partial(
            charts.attention,
            bonuses,
            attention_on_promise(bonuses, pull),
            (bonus, share),
            (USUAL_BONUS, float(attention_on_promise(USUAL_BONUS, CONSCIENCE))),
            guess,
        ),
        key_figures=(
            KeyFigure(
                Text("Sức chú ý cho lời hứa", "Attention for the promise"),
                percent(share, 0),
                "good" if share >= _HALF else "bad",
            ),
            KeyFigure(Text("Cho doanh số", "For sales"), percent(1 - share, 0)),
            KeyFigure(Text("Kéo về lời hứa", "Pull of the promise"), number(pull, 1)),
            KeyFigure(Text("Kéo về doanh số", "Pull of sales"), number(bonus, 1)),
        ),
        table=Table(
            (
                Text("Sức kéo của thưởng doanh số", "Pull of the sales bonus"),
                Text("Sức chú ý cho lời hứa", "Attention for the promise"),
            ),
            [
                [number(at), percent(float(attention_on_promise(at, pull)), 0)]
                for at in range(int(MOST_BONUS) + 1)
            ],
        ),
    )


def _finding(bonus: float, pull: float, share: float) -> Text:
    if bonus > pull:
        sentence = Text(
            "Bảng lương thắng áp phích: chỉ {share} sức chú ý còn dành cho lời hứa.",
            "The payslip beats the poster: only {share} of the attention is left for the promise.",
        )
    elif bonus == pull:
        sentence = Text(
            "Hai bên kéo ngang nhau: {share} sức chú ý dành cho lời hứa.",
            "Both pull alike: {share} of the attention goes to the promise.",
        )
    else:
        sentence = Text(
            "Lời hứa kéo mạnh hơn: {share} sức chú ý dành cho lời hứa, kể cả khi không ai nhìn.",
            "The promise pulls harder: {share} of the attention, even when nobody looks.",
        )
    return sentence.format(share=percent(share, 0))


promise_left: Final = Prediction(
    key="promise-left",
    question=Share(
        Text(
            "Thưởng doanh số đang kéo mạnh đúng bằng lòng tự trọng nghề, nên nhân viên chia đôi "
            "sức chú ý. Nay thưởng kéo mạnh gấp đôi. Theo bạn, lời hứa với khách còn được bao "
            "nhiêu phần trăm sức chú ý?",
            "The sales bonus pulls just as hard as professional pride, so employees split their "
            "attention in half. The company doubles the pull of the bonus. What share of the "
            "attention is left for the promise to customers?",
        ),
        None,
        0,
        1,
        0.01,
    ),
    answer=lambda: float(attention_on_promise(2 * USUAL_BONUS, CONSCIENCE)),
)
