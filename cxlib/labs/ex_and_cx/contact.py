"""Where people meet people: what engagement does to CX at every contact intensity."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlib.catalogue.terms import FORMATS
from cxlib.charts import engagement as charts
from cxlib.labs.ex_and_cx.satisfaction import PER_POINTS, stores_by_month
from cxlib.labs.ex_and_cx.span import Span
from cxlib.learning.fields import Choice, Money, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import CurvePrediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.engagement import (
    ModeratedRegression,
    johnson_neyman,
    moderated_regression,
    partial_effects,
    simple_slopes,
)
from cxlib.text import Text, money, needed_decimals, number, same

CONTACTS: Final = np.linspace(0, 1, 41)
CONTACT: Final = {"online_kho": 0.12, "sieu_thi": 0.40, "cua_hang_tu_van": 0.75}
MOST_SEEN: Final = 0.87  # highest contact intensity in the data
_NEAR: Final = 0.12
_ENGAGEMENT: Final = np.array([40.0, 86.0])
GAINED: Final = Text("CX tăng thêm", "CX gained")
_NEITHER: Final = Text("chưa chắc có", "not certain")


@cache
def fitted() -> ModeratedRegression:
    """CX on engagement, contact intensity and their product, errors clustered by store."""
    return moderated_regression(
        stores_by_month(), "cx", "engagement", "contact_intensity", cluster="store_id"
    )


@cache
def slopes() -> pd.DataFrame:
    """CX points per point of engagement over all contact intensities: estimate, low, high."""
    return simple_slopes(fitted(), CONTACTS)[["estimate", "low", "high"]]


@cache
def certain_from() -> float:
    """Contact intensity from which engagement surely lifts CX."""
    return johnson_neyman(fitted()).bounds[-1]


@cache
def _stores() -> pd.DataFrame:
    columns = ["engagement", "cx", "contact_intensity"]
    return stores_by_month().groupby("store_id")[columns].mean()


def _expected(contact: float) -> NDArray[np.float64]:
    """Expected CX over the engagement drawn, at one contact intensity."""
    b = fitted().coefficients["estimate"]
    at_zero = b["Intercept"] + b["contact_intensity"] * contact
    slope = b["engagement"] + b[fitted().interaction] * contact
    return np.asarray(at_zero + slope * _ENGAGEMENT)


def slope_at(contact: float) -> Span:
    """CX points per point of engagement at one contact intensity."""
    return Span.of(simple_slopes(fitted(), [contact]), contact)


@lab(
    key="contact-knob",
    title=Text("Núm tiếp xúc", "The contact knob"),
    presets={
        "warehouse": Preset(
            Text("Tình huống 1: kho bán trực tuyến", "Case 1: online warehouse"),
            {"contact": CONTACT["online_kho"], "lift": 10.0},
        ),
        "market": Preset(
            Text("Tình huống 2: siêu thị", "Case 2: supermarket"),
            {"contact": CONTACT["sieu_thi"], "lift": 10.0},
        ),
        "advice": Preset(
            Text("Tình huống 3: cửa hàng tư vấn", "Case 3: advice store"),
            {"contact": CONTACT["cua_hang_tu_van"], "lift": 10.0},
        ),
    },
    formulas=(
        (Text("Hồi quy có biến điều tiết", "Regression with a moderator"), moderated_regression),
        (Text("Độ dốc tại mỗi mức tiếp xúc", "Slope at each contact intensity"), simple_slopes),
        (Text("Khoảng Johnson–Neyman", "The Johnson–Neyman interval"), johnson_neyman),
    ),
    sources=("aiken1991", "bauer2005", "homburg2004", "cameron2015"),
    contact=Quantity(
        Text("Mức tiếp xúc trực tiếp với khách", "Contact with customers in person"),
        0.40,
        0.0,
        1.0,
        0.01,
        hint=Text("0: không gặp ai · 1: luôn gặp người", "0: meets nobody · 1: always a person"),
    ),
    lift=Quantity(Text("Gắn kết tăng thêm (điểm)", "Engagement raised by (points)"), 10, 1, 20, 1),
    spent=Money(Text("Chi để có mức tăng ấy", "Spent to raise it"), 1e9, 1e8, 5e9, 1e8),
)
def contact_knob(contact: float, lift: float, spent: float, guess: ArrayLike | None = None) -> View:
    """Turn the contact intensity and watch what the same engagement is worth to customers.

    The guess is the gain from ten points over ``CONTACTS``, or one gain for all of them.
    """
    slope = slope_at(contact)
    gain = slope.times(lift)
    stores = _stores()
    near = (stores["contact_intensity"] - contact).abs() <= _NEAR
    price = _price(spent, gain)
    chart = partial(
        charts.contact_knob,
        stores,
        near.to_numpy(),
        pd.DataFrame({"cx": _expected(contact)}, index=_ENGAGEMENT),
        [_expected(at) for at in CONTACT.values()],
        slopes() * lift,
        certain_from(),
        CONTACT,
        FORMATS,
        (contact, gain.at),
        None if guess is None else _guessed(guess) * lift / PER_POINTS,
    )
    return View(
        finding=_finding(contact, lift, gain, price),
        chart=chart,
        key_figures=(
            KeyFigure(Text("Độ dốc tại đây", "Slope here"), number(slope.at, 2)),
            gain.figure(GAINED, tone="good" if gain.positive else "bad"),
            KeyFigure(Text("Giá một điểm CX", "Price of one CX point"), price),
        ),
        table=_table(lift, spent),
        warnings=(_BEYOND,) if contact > MOST_SEEN else (),
    )


_BEYOND: Final = Text(
    "Không cửa hàng nào trong dữ liệu có mức tiếp xúc cao hơn 0,87: ở đây đường thẳng chỉ được kéo "
    "dài thêm.",
    "No store in the data has a contact intensity above 0.87: here the line is merely drawn on.",
)


def _guessed(guess: ArrayLike) -> NDArray[np.float64]:
    return np.broadcast_to(np.asarray(guess, dtype=float), CONTACTS.shape)


def _price(spent: float, gain: Span) -> Text:
    return money(spent / gain.at) if gain.positive else _NEITHER


def _finding(contact: float, lift: float, gain: Span, price: Text) -> Text:
    sentence = Text(
        "Ở mức tiếp xúc {contact}, gắn kết tăng {lift} điểm đem về {gain} điểm CX: mỗi điểm CX tốn "
        "{price}.",
        "At contact intensity {contact}, {lift} points of engagement bring {gain} CX points: each "
        "CX point costs {price}.",
    )
    if not gain.positive:
        sentence = Text(
            "Ở mức tiếp xúc {contact}, gắn kết tăng {lift} điểm chưa chắc đem về điểm CX nào: "
            "khoảng từ {low} đến {high} còn chứa số 0.",
            "At contact intensity {contact}, {lift} points of engagement may bring no CX at all: "
            "the interval from {low} to {high} still holds 0.",
        )
    return sentence.format(
        contact=number(contact, 2),
        lift=number(lift),
        gain=number(gain.at, 1),
        low=number(gain.low, 1),
        high=number(gain.high, 1),
        price=price,
    )


def _table(lift: float, spent: float) -> Table:
    spans = {name: slope_at(contact) for name, contact in CONTACT.items()}
    return Table(
        (
            Text("Mô hình", "Format"),
            Text("Mức tiếp xúc", "Contact intensity"),
            Text("Độ dốc", "Slope"),
            Text("CX tăng thêm (khoảng 95 %)", "CX gained (95% interval)"),
            Text("Giá một điểm CX", "Price of one CX point"),
        ),
        [
            [
                FORMATS[name],
                number(CONTACT[name], 2),
                number(slope.at, 2),
                slope.times(lift).text(),
                _price(spent, slope.times(lift)),
            ]
            for name, slope in spans.items()
        ],
    )


_MEETING: Final = {
    0.0: Text("không gặp ai", "meets nobody"),
    0.5: Text("gặp vừa", "meets some"),
    1.0: Text("luôn gặp người", "always a person"),
}


def _place(contact: float) -> Text:
    """Write a contact intensity, with its meaning where the learner is asked."""
    place = Text("mức {c}", "contact {c}").format(c=number(contact, needed_decimals(contact, 2)))
    if contact not in _MEETING:
        return place
    return place + same(" (") + _MEETING[contact] + same(")")


gain_by_contact: Final = CurvePrediction(
    key="gain-by-contact",
    question=Quantity(
        Text(
            "Gắn kết tăng 10 điểm thì CX tăng mấy điểm, ở từng mức tiếp xúc?",
            "When engagement rises by 10 points, by how many does CX, at each contact intensity?",
        ),
        None,
        0.0,
        6.0,
        0.1,
    ),
    answer=lambda: PER_POINTS * slopes()["estimate"].to_numpy(),
    x=tuple(CONTACTS),
    points=tuple(_MEETING),
    place=_place,
)


_INGREDIENTS: Final = {
    "engagement": Text("gắn kết của nhân viên", "employee engagement"),
    "satisfaction": Text("sự hài lòng của nhân viên", "employee satisfaction"),
    "process_q": Text("quy trình", "process"),
    "product_q": Text("sản phẩm", "product"),
    "system_q": Text("hệ thống", "system"),
}


@cache
def _ingredients(store_format: str) -> pd.DataFrame:
    """CX points for ten points more of each ingredient, the others held still."""
    months = stores_by_month()
    alike = months[months["format"] == store_format]
    effects = partial_effects(alike, "cx", list(_INGREDIENTS), cluster="store_id")
    columns = {"joint": "estimate", "joint_low": "low", "joint_high": "high"}
    return PER_POINTS * effects[list(columns)].rename(columns=columns)


@lab(
    key="ingredients",
    title=Text("Nguyên liệu của trải nghiệm", "The ingredients of an experience"),
    formulas=(
        (
            Text("Hiệu ứng riêng của từng yếu tố", "What each does beside the others"),
            partial_effects,
        ),
    ),
    sources=("cohen2003", "simon2009"),
    store_format=Choice(
        label=Text("Mô hình cửa hàng", "Store format"), options=FORMATS, default="cua_hang_tu_van"
    ),
)
def ingredients(store_format: str) -> View:
    """Compare what people, process, product and system do to CX in one store format."""
    effects = _ingredients(store_format)
    spans = {name: Span.of(effects, name) for name in _INGREDIENTS}
    first = max(spans, key=lambda name: spans[name].at)
    return View(
        finding=Text(
            "{format}: nguyên liệu mạnh nhất là {first}, 10 điểm đem về {gain} điểm CX; {sure} "
            "trong 5 nguyên liệu chắc chắn có tác dụng.",
            "{format}: the strongest ingredient is {first}, 10 points bring {gain} CX points; "
            "{sure} of 5 ingredients surely work.",
        ).format(
            format=FORMATS[store_format],
            first=_INGREDIENTS[first],
            gain=number(spans[first].at, 1),
            sure=number(sum(span.positive for span in spans.values())),
        ),
        chart=partial(charts.ingredients, effects, _INGREDIENTS),
        key_figures=(
            spans["engagement"].figure(Text("Gắn kết", "Engagement")),
            spans["satisfaction"].figure(Text("Hài lòng", "Satisfaction")),
            spans["process_q"].figure(Text("Quy trình", "Process")),
        ),
        table=Table(
            (
                Text("Nguyên liệu", "Ingredient"),
                Text("CX tăng thêm cho 10 điểm (khoảng 95 %)", "CX gained for 10 points (95%)"),
            ),
            [[_INGREDIENTS[name], span.text()] for name, span in spans.items()],
        ),
    )
