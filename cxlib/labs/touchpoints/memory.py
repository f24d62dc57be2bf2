"""Peak and end: the same moments in another order, and what is remembered of them."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.charts import touchpoints as charts
from cxlib.labs.touchpoints.survey import asked
from cxlib.learning.fields import Choice, Quantity, Ranking
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.journey import Peak, compare_memory_rules, peak_end
from cxlib.text import Text, number, percent, signed

_MOMENTS: Final = {
    "call": Text("Gọi báo trước", "Call ahead"),
    "late": Text("Thợ đến trễ", "Fitter late"),
    "work": Text("Lắp gọn, sạch", "Tidy work"),
    "teach": Text("Chỉ cách dùng", "Shows how to use"),
    "gift": Text("Tặng bộ lau bếp", "Cleaning set gift"),
    "fee": Text("Báo thu thêm phí", "Extra fee"),
}
_FELT: Final = {"call": 7.0, "late": 3.0, "work": 8.0, "teach": 9.0, "gift": 8.0, "fee": 4.0}
_AS_IS: Final = tuple(_MOMENTS)
_FEE_FIRST: Final = ("call", "fee", "late", "work", "gift", "teach")
_LATE_LAST: Final = ("call", "work", "teach", "gift", "fee", "late")
_PEAKS: Final = {
    "worst": Text("Lúc tệ nhất và lúc cuối", "The worst moment and the last"),
    "best": Text("Lúc hay nhất và lúc cuối", "The best moment and the last"),
}
_PEAK_NAMES: Final[dict[Peak, Text]] = {
    "worst": Text("lúc tệ nhất", "the worst moment"),
    "best": Text("lúc hay nhất", "the best moment"),
}


def remembered(order: tuple[str, ...], peak: Peak = "worst") -> float:
    """Return what is remembered of the moments in this order, on their scale of 0–10."""
    return float(peak_end(pd.DataFrame([[_FELT[key] for key in order]]), peak).iloc[0])


@lab(
    key="reorder-journey",
    title=Text("Cùng sáu khoảnh khắc, khác ký ức", "Six moments, another memory"),
    presets={
        "as_is": Preset(
            Text("Tình huống 1: như hôm nay", "Case 1: as it is"),
            {"order": _AS_IS, "peak": "worst"},
        ),
        "fee_first": Preset(
            Text("Tình huống 2: báo phí từ đầu", "Case 2: the fee told first"),
            {"order": _FEE_FIRST, "peak": "worst"},
        ),
        "late_last": Preset(
            Text("Tình huống 3: phải đợi ở cuối", "Case 3: the wait comes last"),
            {"order": _LATE_LAST, "peak": "worst"},
        ),
    },
    formulas=((Text("Đỉnh và kết", "Peak and end"), peak_end),),
    sources=("kahneman1993", "redelmeier1996"),
    order=Ranking(label=Text("Xếp lại buổi lắp bếp", "Reorder the visit"), options=_MOMENTS),
    peak=Choice(label=Text("Khách nhớ", "Customers remember"), options=_PEAKS, default="worst"),
)
def reorder_journey(order: tuple[str, ...], peak: Peak, guess: float | None = None) -> View:
    """Reorder the moments of a visit: the average stays, the memory does not."""
    felt = [_FELT[key] for key in order]
    mean, memory = sum(felt) / len(felt), remembered(order, peak)
    extreme = min(felt) if peak == "worst" else max(felt)
    return View(
        finding=_finding(mean, memory, peak, extreme, felt[-1]),
        chart=partial(
            charts.emotion_order,
            [(_MOMENTS[key], _FELT[key]) for key in order],
            extreme,
            mean,
            memory,
            guess,
        ),
        key_figures=(
            KeyFigure(Text("Điểm trung bình", "Average"), number(mean, 1)),
            KeyFigure(
                Text("Điểm còn nhớ", "Remembered"),
                number(memory, 1),
                "good" if memory > mean else "bad" if memory < mean else "plain",
            ),
            KeyFigure(
                Text("So với hôm nay", "Against today"),
                signed(number(memory - remembered(_AS_IS, peak), 1)),
            ),
        ),
        table=Table(
            (Text("Khoảnh khắc", "Moment"), Text("Khách chấm", "Score")),
            [[_MOMENTS[key], number(_FELT[key])] for key in order],
        ),
    )


def _finding(mean: float, memory: float, peak: Peak, extreme: float, end: float) -> Text:
    return Text(
        "Trung bình {mean} điểm, khách nhớ {memory}: chỉ {peak} ({extreme}) và lúc cuối ({end}) "
        "đọng lại.",
        "The average is {mean}, remembered {memory}: only {peak} ({extreme}) and the end ({end}) "
        "stay.",
    ).format(
        mean=number(mean, 1),
        memory=number(memory, 1),
        peak=_PEAK_NAMES[peak],
        extreme=number(extreme),
        end=number(end),
    )


memory_after: Final = Prediction(
    key="memory-after",
    question=Quantity(
        Text(
            "Sáu khoảnh khắc của buổi lắp bếp được 7, 3, 8, 9, 8 và 4 điểm, trung bình 6,5. Nếu "
            "khách chỉ nhớ lúc tệ nhất và lúc cuối, điểm còn nhớ là bao nhiêu?",
            "The six moments of a hob's installation score 7, 3, 8, 9, 8 and 4, on average 6.5. If "
            "only the worst moment and the last are remembered, how many points remain?",
        ),
        None,
        0,
        10,
        0.1,
    ),
    answer=lambda: remembered(_AS_IS),
)


_ASKED: Final = {
    "ngay_sau": Text("Ngay sau hành trình", "Right after the journey"),
    "sau_3_thang": Text("Ba tháng sau", "Three months later"),
}
_RULES: Final = {
    "mean": Text("Trung bình", "The average"),
    "peak_end": Text("Hay nhất + cuối", "Best + last"),
    "negative_peak_end": Text("Tệ nhất + cuối", "Worst + last"),
}


@cache
def _rules(when: str) -> pd.Series[float]:
    """R² of each memory rule among the customers asked at one time."""
    rows = asked(when).reset_index(drop=True)
    visits = rows["visited_order"].str.split(">").explode().to_frame("touchpoint").reset_index()
    visits["step"] = visits.groupby("index").cumcount()
    scores = rows.filter(like="score_").rename(columns=lambda name: name.removeprefix("score_"))
    visits["score"] = (
        scores.stack().loc[pd.MultiIndex.from_frame(visits[["index", "touchpoint"]])].to_numpy()
    )
    moments = visits.pivot(index="index", columns="step", values="score")
    table = compare_memory_rules(moments, rows["overall"], allow_unvisited=True)
    return table["r_squared"].reindex(list(_RULES))


@lab(
    key="what-is-remembered",
    title=Text("Hỏi ngay, hay hỏi sau ba tháng?", "Ask at once, or after three months?"),
    formulas=((Text("So ba quy tắc ký ức", "Comparing three rules"), compare_memory_rules),),
    sources=("redelmeier1996",),
    when=Choice(label=Text("Hỏi khi nào", "When asked"), options=_ASKED, default="sau_3_thang"),
)
def what_is_remembered(when: str) -> View:
    """Show which rule explains best what customers say of a journey, at once and much later."""
    explained = _rules(when)
    best = str(explained.idxmax())
    return View(
        finding=Text(
            "{when}, quy tắc “{rule}” đoán điểm chung sát nhất: giải thích được {share} khác biệt.",
            "{when}, “{rule}” tells the overall score best: it explains {share} of the variance.",
        ).format(when=_ASKED[when], rule=_RULES[best], share=percent(float(explained[best]), 0)),
        chart=partial(charts.memory_rules, explained, _RULES),
        key_figures=tuple(
            KeyFigure(_RULES[str(rule)], percent(float(share), 0))
            for rule, share in explained.items()
        ),
        table=Table(
            (Text("Quy tắc", "Rule"), *_ASKED.values()),
            [
                [name, *(percent(float(_rules(time)[rule]), 0) for time in _ASKED)]
                for rule, name in _RULES.items()
            ],
        ),
    )
