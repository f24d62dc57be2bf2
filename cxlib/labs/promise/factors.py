"""Ten things that shape what customers expect, and how much of it a company controls."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from cxlib.charts import promise as charts
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.expectation import controllable_share
from cxlib.text import Text, number, percent

# Our own list, after the antecedents of Zeithaml, Berry and Parasuraman; the article's is lost.
FACTORS: Final[Mapping[str, Text]] = {
    "promises": Text("Lời hứa mình nói ra", "What we promise"),
    "implicit": Text("Giá và hình thức", "Price and looks"),
    "past": Text("Lần mua trước ở chỗ mình", "Earlier purchases from us"),
    "after": Text("Tin báo sau khi mua", "Messages after buying"),
    "staff": Text("Nhân viên cư xử, nói năng", "How our staff speak and act"),
    "mouth": Text("Truyền miệng, đánh giá trên mạng", "Word of mouth and reviews"),
    "rivals": Text("Đối thủ đang làm thế nào", "What competitors do"),
    "needs": Text("Nhu cầu riêng của khách", "Personal needs"),
    "situation": Text("Tình thế: gấp, mưa bão, lễ Tết", "Situation: urgent, storm, Tet"),
    "culture": Text("Nơi phục vụ tốt nhất từng gặp", "Best service met anywhere"),
}
_OURS: Final = ("promises", "implicit", "past", "after", "staff")
_FIRST: Final = (8, 6, 1, 3, 3, 9, 7, 5, 5, 6)
_REGULAR: Final = (6, 3, 10, 6, 7, 4, 4, 5, 5, 4)
_EQUAL: Final = (5,) * len(FACTORS)
_GROUP: Final = Text("Mười yếu tố (danh sách của khóa học)", "Ten factors (this course's list)")


def _weights(values: tuple[int, ...]) -> dict[str, float]:
    return {f"{key}_weight": float(w) for key, w in zip(FACTORS, values, strict=True)}


def _fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for (key, name), weight in zip(FACTORS.items(), _FIRST, strict=True):
        control = 1.0 if key in _OURS else 0.0
        fields[f"{key}_weight"] = Quantity(
            Text("Sức nặng (1–10)", "Weight (1–10)"),
            weight,
            1,
            10,
            1,
            slider=False,
            row=name,
            group=_GROUP,
        )
        fields[f"{key}_control"] = Share(
            Text("Kiểm soát", "Control"), control, 0, 1, 0.05, slider=False, row=name, group=_GROUP
        )
    return fields


@lab(
    key="ten-factors",
    title=Text("Mười yếu tố, mình nắm được mấy phần?", "Ten factors: how much is ours?"),
    presets={
        "count": Preset(
            Text("Tình huống 1: chỉ đếm đầu mục", "Case 1: just count them"), _weights(_EQUAL)
        ),
        "first": Preset(
            Text("Tình huống 2: khách mua lần đầu", "Case 2: first-time customers"),
            _weights(_FIRST),
        ),
        "regular": Preset(
            Text("Tình huống 3: khách quen", "Case 3: regular customers"), _weights(_REGULAR)
        ),
    },
    formulas=((Text("Phần kỳ vọng kiểm soát được", "Share under control"), controllable_share),),
    sources=("zeithaml1993", "expectation-article"),
    **_fields(),
)
def ten_factors(guess: float | None = None, **values: float) -> View:
    """Weigh how much of what shapes expectation is in the company's hands."""
    weights = {key: values[f"{key}_weight"] for key in FACTORS}
    controls = {key: values[f"{key}_control"] for key in FACTORS}
    share = controllable_share(list(weights.values()), list(controls.values()))
    held = {key: weights[key] * controls[key] for key in FACTORS}
    loose = {key: weights[key] - held[key] for key in FACTORS}
    return View(
        finding=_finding(share, held, loose),
        chart=partial(charts.controlled_factors, weights, controls, FACTORS, share, guess),
        key_figures=(
            KeyFigure(Text("Tính theo sức nặng", "By weight"), percent(share, 0)),
            KeyFigure(
                Text("Đếm đầu mục", "By counting"),
                percent(sum(controls.values()) / len(FACTORS), 0),
            ),
        ),
        table=Table(
            (
                Text("Yếu tố", "Factor"),
                Text("Sức nặng", "Weight"),
                Text("Kiểm soát", "Control"),
                Text("Phần nắm được", "Under control"),
            ),
            [
                [
                    FACTORS[key],
                    number(weights[key]),
                    percent(controls[key], 0),
                    number(held[key], 1),
                ]
                for key in FACTORS
            ],
        ),
    )


def _finding(share: float, held: Mapping[str, float], loose: Mapping[str, float]) -> Text:
    ours, theirs = max(held, key=held.__getitem__), max(loose, key=loose.__getitem__)
    sentence = Text("Công ty nắm được {share} kỳ vọng.", "We control {share} of expectation.")
    if held[ours] > 0:
        sentence += Text(" Đòn bẩy lớn nhất: “{ours}”.", " The biggest lever: “{ours}”.").format(
            ours=FACTORS[ours]
        )
    if loose[theirs] > 0:
        sentence += Text(
            " Phải sống chung với: “{theirs}”.", " To be lived with: “{theirs}”."
        ).format(theirs=FACTORS[theirs])
    return sentence.format(share=percent(share, 0))


share_controlled: Final = Prediction(
    key="share-controlled",
    question=Share(
        Text(
            "Đếm đầu mục thì mình nắm được 5 trên 10 yếu tố. Với khách mua lần đầu, nếu tính theo "
            "sức nặng từng yếu tố, theo bạn mình nắm được bao nhiêu phần trăm kỳ vọng?",
            "By counting, 5 of the 10 factors are ours. For first-time customers, weighing each "
            "factor, what share of expectation do we control?",
        ),
        None,
        0.0,
        1.0,
        0.01,
    ),
    answer=lambda: controllable_share(_FIRST, [1.0 if key in _OURS else 0.0 for key in FACTORS]),
)
