"""Two sayings as models: "cost rises when trust falls" and "attitude is free"."""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np

from cxlib.charts import investment as charts
from cxlib.labs.invest_and_return.costs import template
from cxlib.learning.fields import Choice, Money, Quantity, Several, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.attitude import LEVERS, attitude_share
from cxlib.models.trust import cost_of_distrust, trust_elasticity
from cxlib.text import Text, money, number, percent, same

_SCALE: Final = np.linspace(0, 100, 101)


@lab(
    key="trust-and-cost",
    title=Text("Niềm tin và chi phí", "Trust and cost"),
    presets={
        "scandal": Preset(
            Text("Tình huống 1: một vụ bê bối", "Case 1: a scandal"), {"today": 75, "later": 40}
        ),
        "repair": Preset(
            Text("Tình huống 2: giữ lời hứa", "Case 2: promises kept"), {"today": 60, "later": 75}
        ),
    },
    formulas=(
        (Text("Chi phí vì thiếu niềm tin", "Cost of missing trust"), cost_of_distrust),
        (Text("Độ co giãn", "Elasticity"), trust_elasticity),
    ),
    sources=("dyer2003", "nguyenduong2021"),
    today=Quantity(Text("Niềm tin hôm nay (0–100)", "Trust today (0–100)"), 70, 0, 100, 1),
    later=Quantity(Text("Niềm tin sau đó (0–100)", "Trust later (0–100)"), 50, 0, 100, 1),
    cost_today=Money(
        Text("Chi phí mỗi năm hiện nay", "Cost today, a year"),
        2e9,
        0,
        10e9,
        1e8,
        hint=Text(
            "khiếu nại, kiểm tra, sửa miễn phí ngoài bảo hành, giảm giá để giữ khách",
            "complaints, checking, goodwill repairs, discounts to keep customers",
        ),
    ),
    sensitivity=Share(
        Text("Độ nhạy k, cho mỗi điểm niềm tin", "Sensitivity k per point of trust"),
        0.02,
        0.0,
        0.06,
        0.001,
    ),
)
def trust_and_cost(
    today: float,
    later: float,
    cost_today: float,
    sensitivity: float,
    guess: float | None = None,
) -> View:
    """Follow the cost of checking, complaining and discounting as trust moves."""
    at_zero = cost_today * float(np.exp(sensitivity * today))
    cost = cost_of_distrust(_SCALE, at_zero, sensitivity)
    cost_later = float(cost_of_distrust(later, at_zero, sensitivity))
    now, then = (today, cost_today), (later, cost_later)
    return View(
        finding=_trust_finding(today, later, cost_later - cost_today),
        chart=partial(charts.trust_curve, _SCALE, cost, now, then, guess),
        key_figures=(
            KeyFigure(Text("Hôm nay", "Today"), money(cost_today)),
            KeyFigure(
                Text("Sau đó", "Later"),
                money(cost_later),
                "bad" if cost_later > cost_today else "good",
            ),
            KeyFigure(
                Text("Niềm tin tăng 1 % thì chi phí thay đổi", "Trust up 1%, cost changes by"),
                percent(trust_elasticity(today, sensitivity) / 100, 2),
            ),
        ),
        table=Table(
            (Text("Niềm tin", "Trust"), Text("Chi phí mỗi năm", "Cost a year")),
            [[number(level), money(cost[level])] for level in range(0, 101, 10)],
        ),
    )


def _trust_finding(today: float, later: float, change: float) -> Text:
    if abs(change) < 1:
        return Text(
            "Niềm tin không đổi hoặc độ nhạy bằng 0, nên chi phí đứng yên.",
            "Trust does not move or sensitivity is 0, so the cost stands still.",
        )
    sentence = (
        Text(
            "Niềm tin giảm từ {today} xuống {later}: mỗi năm tốn thêm {change} mà chẳng ai ký "
            "duyệt.",
            "Trust falls from {today} to {later}: {change} more a year that nobody signed for.",
        )
        if change > 0
        else Text(
            "Niềm tin tăng từ {today} lên {later}: mỗi năm đỡ tốn {change}.",
            "Trust rises from {today} to {later}: {change} less to pay each year.",
        )
    )
    return sentence.format(today=number(today), later=number(later), change=money(abs(change)))


_LEVERS: Final = {
    "poster": Text(
        "Áp phích “Khách hàng là trên hết” (gần như miễn phí)",
        "Posters “The customer comes first” (nearly free)",
    ),
    "C1": Text("Chọn người hợp việc (tính vào C1)", "Selecting the right people (counted in C1)"),
    "C2": Text("Đào tạo sáu tháng một lần (C2)", "Training every six months (C2)"),
    "C5": Text("Trao đổi, nhắc nhau mỗi tháng (C5)", "Talking about it every month (C5)"),
    "C7": Text("Ghi nhận người làm tốt (C7)", "Recognising good work (C7)"),
}


_GUESSED: Final = {"high": 0.50, "half": 0.43, "back": 0.35}


@lab(
    key="attitude-free",
    title=Text("Thái độ miễn phí?", "Is attitude free?"),
    presets={
        "poster": Preset(
            Text("Tình huống 1: chỉ treo áp phích", "Case 1: posters only"), {"bought": ("poster",)}
        ),
        "all": Preset(
            Text("Tình huống 2: làm trọn bộ", "Case 2: the full set"), {"bought": LEVERS}
        ),
    },
    formulas=((Text("Thái độ lan ra và phai đi", "Attitude spreads and fades"), attitude_share),),
    sources=("nguyenduong2021",),
    bought=Several(
        label=Text("Bạn sẽ làm gì?", "What will you do?"), options=_LEVERS, default=("poster",)
    ),
)
def attitude_free(bought: tuple[str, ...], guess: str | None = None) -> View:
    """Show what is left of a good attitude after a year, and what keeping it costs."""
    poster, chosen = attitude_share(("poster",)), attitude_share(bought)
    price = _price(bought)
    finding = Text(
        "Từ {start}, có lúc lên tới {peak}, sau một năm đứng ở {end}: giá phải trả là {price}.",
        "From {start} to a peak of {peak}, {end} after a year: the price is {price}.",
    )
    if not bought:
        finding = Text(
            "Không làm gì thì mọi thứ vẫn y nguyên ở {start}.",
            "With nothing done, all stays at {start}.",
        )
    elif price == 0:
        finding = Text(
            "Áp phích đẩy lên {peak}, rồi thói quen cũ kéo về {end}: miễn phí, và cũng gần như "
            "vô ích.",
            "Posters push it to {peak}, then old habits pull it back to {end}: free, and nearly "
            "useless.",
        )
    return View(
        finding=finding.format(
            start=percent(chosen[0], 0),
            peak=percent(chosen.max(), 0),
            end=percent(chosen[-1], 0),
            price=money(price),
        ),
        chart=partial(charts.attitude_lines, poster, chosen, _GUESSED.get(guess or "")),
        key_figures=(
            KeyFigure(Text("Sau 12 tháng", "After 12 months"), percent(chosen[-1], 0)),
            KeyFigure(
                Text("Chi năm đầu (số của An Nhiên)", "First-year cost (An Nhien)"), money(price)
            ),
        ),
        table=Table(
            (
                Text("Tháng", "Month"),
                Text("Chỉ áp phích", "Poster only"),
                Text("Bạn chọn", "Your choice"),
            ),
            [
                [same(str(month)), percent(alone, 0), percent(share, 0)]
                for month, (alone, share) in enumerate(zip(poster, chosen, strict=True))
            ],
        ),
    )


def _price(bought: tuple[str, ...]) -> float:
    plan = template("retail")
    return sum(
        plan[f"{code}_one_off"] + plan[f"{code}_yearly"] for code in bought if code != "poster"
    )


cost_after_trust: Final = Prediction(
    key="cost-after-trust",
    question=Money(
        Text(
            "Nếu chỉ số niềm tin giảm từ 70 xuống 50, theo bạn mỗi năm những việc ấy tốn bao "
            "nhiêu?",
            "If the trust index falls from 70 to 50, how much will such things cost a year?",
        ),
        None,
        0,
        10e9,
        1e8,
    ),
    answer=lambda: 2e9 * math.exp(0.02 * (70 - 50)),
)

after_the_poster: Final = Prediction(
    key="after-the-poster",
    question=Choice(
        label=Text(
            "Trước khi treo, 35 % lượt phục vụ có thái độ tốt. Nếu chỉ treo áp phích, một năm sau "
            "con số ấy là bao nhiêu?",
            "Before the posters, 35% of encounters showed a good attitude. With posters only, how "
            "many a year later?",
        ),
        options={
            "high": Text(
                "Khoảng 50 %, áp phích vẫn còn đó mà", "About 50%, the posters still hang there"
            ),
            "half": Text(
                "Khoảng 43 %, giữ được một nửa phần tăng", "About 43%, half of the gain stays"
            ),
            "back": Text("Khoảng 35 %, như chưa từng treo", "About 35%, as if they had never hung"),
        },
    ),
    answer=lambda: "back",
)
