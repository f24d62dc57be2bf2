"""Money for employees and for customers: in which order, and with or without a compass."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from cxlib.charts import compass as charts
from cxlib.learning.fields import Choice, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.ecosystem import InvestmentSetting, Order, compare_orders, simulate_order
from cxlib.text import Text, money, number, signed

WAREHOUSE: Final = 0.12
ADVICE: Final = 0.75
SAME_MONEY: Final[dict[Order, Text]] = {
    "cx_first": Text("CX trước, EX sau", "CX first, then EX"),
    "ex_first": Text("EX trước, CX sau", "EX first, then CX"),
    "together": Text("Cùng lúc CX + EX", "CX + EX together"),
}
ONE_SIDE: Final[dict[Order, Text]] = {
    "cx_only": Text("Dồn hết cho CX", "All of it into CX"),
    "ex_only": Text("Dồn hết cho EX", "All of it into EX"),
}
ORDERS: Final = SAME_MONEY | ONE_SIDE
IN_SHORT: Final[dict[Order, Text]] = {
    "cx_first": Text("CX trước", "CX first"),
    "ex_first": Text("EX trước", "EX first"),
    "together": Text("cùng lúc", "together"),
}
_TIE: Final = 0.01
_MOSTLY_CLEAR: Final = 0.5
_SPEND: Final = InvestmentSetting(contact=ADVICE).monthly_budget * 24


def contact_field(default: float) -> Quantity:
    """Make the slider of contact intensity."""
    return Quantity(
        Text("Mức nhân viên tiếp xúc với khách", "How much employees deal with customers"),
        default,
        0.0,
        1.0,
        0.01,
        hint=Text(
            "0,12: kho bán trực tuyến · 0,75: cửa hàng tư vấn",
            "0.12: online warehouse · 0.75: advice store",
        ),
    )


def _alignment(default: float) -> Share:
    return Share(
        Text("La bàn rõ tới đâu?", "How clear is the compass?"),
        default,
        0.0,
        1.0,
        0.05,
        hint=Text(
            "0 %: không ai biết ta làm gì cho khách · 100 %: ai cũng kể được",
            "0%: nobody knows what we do for customers · 100%: all can tell",
        ),
    )


def best_of_three(setting: InvestmentSetting) -> Order:
    """Name the order that gives customers most where both sides get the same money."""
    table = compare_orders(setting, list(SAME_MONEY))
    return next(order for order in SAME_MONEY if order == table.index[0])


@lab(
    key="money-without-compass",
    title=Text("Tiền cho nhân viên đi đâu?", "Where does money for employees go?"),
    presets={
        "none": Preset(
            Text("Tình huống 1: chưa có la bàn", "Case 1: no compass"),
            {"contact": ADVICE, "alignment": 0.0},
        ),
        "clear": Preset(
            Text("Tình huống 2: la bàn rõ", "Case 2: a clear compass"),
            {"contact": ADVICE, "alignment": 1.0},
        ),
        "warehouse": Preset(
            Text("Tình huống 3: la bàn rõ, ít gặp khách", "Case 3: clear, but little contact"),
            {"contact": WAREHOUSE, "alignment": 1.0},
        ),
    },
    formulas=((Text("Tiền, nhân viên và khách", "Money, employees, customers"), simulate_order),),
    sources=("yee2008", "homburg2004"),
    alignment=_alignment(0.0),
    contact=contact_field(ADVICE),
)
def money_without_compass(contact: float, alignment: float, guess: float | None = None) -> View:
    """Follow 24 months of spending on employees only: satisfaction, engagement, experience."""
    path = simulate_order(InvestmentSetting(contact=contact, alignment=alignment), "ex_only")
    names = {
        "satisfaction": Text("Nhân viên hài lòng", "Employees are satisfied"),
        "engagement": Text("Nhân viên gắn kết", "Employees are engaged"),
        "cx": Text("Khách thấy khác (CX)", "Customers notice (CX)"),
    }
    gains = path[list(names)] - path[list(names)].iloc[0]
    last = {name: float(gains[name].iloc[-1]) for name in names}
    return View(
        finding=_money_finding(last, alignment),
        chart=partial(
            charts.areas,
            names,
            {name: gains[name].to_numpy() for name in names},
            {name: signed(number(value, 1)) for name, value in last.items()},
            "cx",
            Text("từ hôm nay đến tháng 24", "from today to month 24"),
            None if guess is None else ("cx", guess),
        ),
        key_figures=(
            KeyFigure(Text("Đã chi cho EX", "Spent on EX"), money(_SPEND)),
            *(
                KeyFigure(
                    names[name],
                    signed(number(last[name], 1)),
                    ("good" if last[name] >= 5 else "bad") if name == "cx" else "plain",
                )
                for name in names
            ),
        ),
        table=_monthly_table(names, gains.iloc[::3]),
    )


def _monthly_table(names: dict[str, Text], gains: Any) -> Table:
    return Table(
        (Text("Tháng", "Month"), *names.values()),
        [
            [number(month), *(signed(number(value, 1)) for value in row)]
            for month, row in zip(gains.index, gains.to_numpy(), strict=True)
        ],
    )


def _money_finding(last: dict[str, float], alignment: float) -> Text:
    parts = {name: signed(number(value, 1)) for name, value in last.items()}
    if last["engagement"] < 0.05:
        sentence = Text(
            "{spend} mua được nhân viên hài lòng hơn ({satisfaction}), còn gắn kết và CX đứng yên: "
            "chưa có la bàn thì gắn kết quanh điều gì?",
            "{spend} buys more satisfied employees ({satisfaction}), while engagement and CX stand "
            "still: without a compass, engaged around what?",
        )
    elif last["cx"] < 5 and alignment >= _MOSTLY_CLEAR:
        sentence = Text(
            "Gắn kết {engagement} mà CX chỉ {cx}: khách ít gặp nhân viên nên hầu như không thấy.",
            "Engagement {engagement}, yet CX only {cx}: customers seldom meet employees and hardly "
            "notice.",
        )
    elif last["cx"] < 5:
        sentence = Text(
            "Gắn kết {engagement} mà CX chỉ {cx}: la bàn còn mờ, tiền chưa thành trải nghiệm.",
            "Engagement {engagement}, yet CX only {cx}: the compass is still dim, and money does "
            "not become experience.",
        )
    else:
        sentence = Text(
            "Cùng {spend} ấy, có la bàn và có người gặp người: gắn kết {engagement}, CX {cx}.",
            "The same {spend}, with a compass and people meeting people: engagement {engagement}, "
            "CX {cx}.",
        )
    return sentence.format(spend=money(_SPEND), **parts)


people_only: Final = Prediction(
    key="people-only",
    question=Quantity(
        Text(
            "Chưa có la bàn CX, An Nhiên chi 4,8 tỷ ₫ trong 24 tháng cho phúc lợi và hội hè ở các "
            "cửa hàng tư vấn. Theo bạn, CX (thang 100 điểm) tăng được mấy điểm?",
            "Without a CX compass An Nhien spends ₫4.8 billion over 24 months on benefits and "
            "parties in its advice stores. By how many points does CX (out of 100) rise?",
        ),
        None,
        0,
        20,
        0.5,
    ),
    answer=lambda: float(
        simulate_order(InvestmentSetting(contact=ADVICE, alignment=0.0), "ex_only")["cx"].iloc[-1]
        - InvestmentSetting(contact=ADVICE).cx
    ),
)


@lab(
    key="order-of-money",
    title=Text("EX trước hay CX trước?", "EX first or CX first?"),
    presets={
        "warehouse": Preset(
            Text("Tình huống 1: kho trực tuyến", "Case 1: online warehouse"),
            {"contact": WAREHOUSE, "feedback": 0.15, "alignment": 1.0},
        ),
        "advice": Preset(
            Text("Tình huống 2: cửa hàng tư vấn", "Case 2: advice store"),
            {"contact": ADVICE, "feedback": 0.15, "alignment": 1.0},
        ),
        "blind": Preset(
            Text("Tình huống 3: chưa có la bàn", "Case 3: advice, no compass"),
            {"contact": ADVICE, "feedback": 0.15, "alignment": 0.0},
        ),
    },
    formulas=((Text("Tiền, nhân viên và khách", "Money, employees, customers"), simulate_order),),
    sources=("yee2008", "homburg2004", "schneider2003"),
    contact=contact_field(WAREHOUSE),
    feedback=Quantity(
        Text("Khách vui thì nhân viên phấn chấn", "Happy customers lift employees"),
        0.15,
        0.0,
        0.5,
        0.05,
        hint=Text(
            "mỗi điểm CX tăng thì gắn kết tăng thêm mấy điểm",
            "points of engagement gained per point of CX",
        ),
    ),
    alignment=_alignment(1.0),
)
def order_of_money(
    contact: float, feedback: float, alignment: float, guess: str | None = None
) -> View:
    """Spend the same budget in five orders and add up what customers gained in 24 months."""
    setting = InvestmentSetting(contact=contact, feedback=feedback, alignment=alignment)
    table = compare_orders(setting, list(ORDERS))
    sums = {order: float(table["cumulative_cx"].loc[order]) for order in ORDERS}
    best = best_of_three(setting)
    gains = {
        order: (simulate_order(setting, order)["cx"] - setting.cx).to_numpy() for order in ORDERS
    }
    return View(
        finding=_order_finding(best, sums),
        chart=partial(
            charts.areas,
            ORDERS,
            gains,
            {order: number(sums[order]) for order in ORDERS},
            best,
            Text(
                "diện tích = điểm CX tăng thêm × tháng, 24 tháng",
                "area = CX points gained × months, 24 months",
            ),
            None if guess is None else (guess, None),
        ),
        key_figures=(
            KeyFigure(Text("Cùng tiền, thứ tự tốt nhất", "Same money, best order"), IN_SHORT[best]),
            KeyFigure(
                Text("Hơn thứ tự về nhì", "Ahead of the next"),
                signed(number(sums[best] - sorted(sums[order] for order in SAME_MONEY)[-2], 1)),
            ),
            KeyFigure(Text("Dồn hết cho EX", "All into EX"), number(sums["ex_only"])),
            KeyFigure(Text("Dồn hết cho CX", "All into CX"), number(sums["cx_only"])),
        ),
        table=Table(
            (
                Text("Thứ tự", "Order"),
                Text("Điểm CX × tháng", "CX points × months"),
                Text("CX cuối kỳ", "CX at the end"),
                Text("Gắn kết cuối kỳ", "Engagement at the end"),
                Text("Hài lòng cuối kỳ", "Satisfaction at the end"),
            ),
            [
                [ORDERS[order], *(number(float(value), 1) for value in table.loc[order].to_numpy())]
                for order in ORDERS
            ],
        ),
    )


def _order_finding(best: Order, sums: dict[Order, float]) -> Text:
    ahead = max(ORDERS, key=lambda order: sums[order])
    second = max((order for order in SAME_MONEY if order != best), key=lambda order: sums[order])
    parts = {
        "best": ORDERS[best],
        "second": ORDERS[second],
        "next": number(sums[second]),
        "sum": number(sums[best]),
        "ex": number(sums["ex_only"]),
        "cx": number(sums["cx_only"]),
    }
    if sums["ex_only"] < 0.5:
        sentence = Text(
            "Chia đều tiền cho hai bên thì “{best}” thắng ({sum}); dồn hết cho EX được {ex}: tiền "
            "cho nhân viên không tới được khách.",
            "With the same money for each side “{best}” wins ({sum}); all into EX gives {ex}: the "
            "money for employees never reaches customers.",
        )
    elif sums[best] - sums[second] < _TIE * sums[best]:
        sentence = Text(
            "“{best}” ({sum}) và “{second}” ({next}) gần như ngang nhau: ở đây thứ tự không phải "
            "chuyện lớn.",
            "“{best}” ({sum}) and “{second}” ({next}) are almost level: here the order matters "
            "little.",
        )
    elif ahead in ONE_SIDE:
        sentence = Text(
            "Chia đều tiền cho hai bên thì “{best}” thắng ({sum}); nhưng ở đây, dồn hết cho CX còn "
            "được nhiều hơn ({cx}).",
            "With the same money for each side “{best}” wins ({sum}); but here all into CX brings "
            "even more ({cx}).",
        )
    else:
        sentence = Text(
            "“{best}” thắng với {sum} điểm × tháng, hơn cả dồn hết cho CX ({cx}) lẫn dồn hết cho "
            "EX ({ex}).",
            "“{best}” wins with {sum} points × months, ahead of all into CX ({cx}) and all into EX "
            "({ex}).",
        )
    return sentence.format(**parts)


best_order: Final = Prediction(
    key="best-order",
    question=Choice(
        label=Text(
            "Kho trực tuyến của An Nhiên, mức tiếp xúc 0,12, la bàn đã rõ. Chi 2,4 tỷ ₫ cho EX và "
            "2,4 tỷ ₫ cho CX. Thứ tự nào đem cho khách nhiều nhất trong 24 tháng?",
            "An Nhien's online warehouse, contact intensity 0.12, a clear compass. ₫2.4 billion go "
            "to EX and ₫2.4 billion to CX. Which order gives customers most over 24 months?",
        ),
        options={
            "ex_first": Text(
                "EX trước, vì nhân có trước quả", "EX first, as causes come before effects"
            ),
            "together": Text("Cùng lúc CX + EX", "CX + EX together"),
            "cx_first": Text(
                "CX trước, tức hệ thống và quy trình", "CX first, that is systems and processes"
            ),
        },
    ),
    answer=lambda: best_of_three(InvestmentSetting(contact=WAREHOUSE)),
)
