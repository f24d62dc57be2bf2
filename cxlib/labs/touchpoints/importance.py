"""What customers say matters beside what moves their overall score."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.charts import touchpoints as charts
from cxlib.labs.touchpoints.survey import NAMES, PLANTED, overall, scores, stated
from cxlib.learning.fields import Choice, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.drivers import driver_table, lmg, stated_against_derived
from cxlib.text import Text, number, percent, points

_METHODS: Final = {
    "correlation": Text("Tương quan từng điểm chạm", "Each correlation alone"),
    "lmg": Text("Chia công (LMG)", "Credit shared out (LMG)"),
    "beta": Text("Hồi quy (β chuẩn hóa)", "Regression (standardised β)"),
}
_METHOD: Final = Text("Suy ra bằng cách", "Derived by")
_STATED: Final = Text("Khách nói", "Customers say")
_DERIVED: Final = Text("Suy ra", "Derived")
_PLANTED: Final = Text("Sức nặng cài sẵn", "Planted weight")


@cache
def _drivers() -> pd.DataFrame:
    return driver_table(scores(), overall())


def derived(method: str) -> pd.Series[float]:
    """Return the importance of each touchpoint by one method, summing to one."""
    shares = _drivers()[method]
    return shares / shares.sum()


@lab(
    key="asked-or-derived",
    title=Text("Hỏi khách, hay nhìn điểm khách chấm?", "Ask them, or watch what moves them?"),
    presets={
        "alone": Preset(
            Text("Tình huống 1: tương quan", "Case 1: correlation"),
            {"method": "correlation"},
        ),
        "credit": Preset(
            Text("Tình huống 2: chia công LMG", "Case 2: credit shared out"), {"method": "lmg"}
        ),
        "beside": Preset(Text("Tình huống 3: hồi quy", "Case 3: regression"), {"method": "beta"}),
    },
    formulas=((Text("Chia R² cho các điểm chạm (LMG)", "R² shared among touchpoints (LMG)"), lmg),),
    sources=("lindeman1980", "gromping2006", "gustafsson2004"),
    method=Choice(label=_METHOD, options=_METHODS, default="lmg"),
)
def asked_or_derived(method: str, guess: float | None = None) -> View:
    """Compare what customers say matters with what moves their overall score."""
    both = stated_against_derived(stated(), derived(method))
    table = both.table.assign(planted=pd.Series(PLANTED), rated=stated())
    off = float((table["derived"] - table["planted"]).abs().mean())
    return View(
        finding=_finding(table, method),
        chart=partial(charts.asked_or_derived, table, NAMES, guess),
        key_figures=(
            KeyFigure(
                Text("Hai điểm chạm mạnh nhất", "The two strongest"),
                percent(float(table["derived"].nlargest(2).sum())),
            ),
            KeyFigure(
                Text("Quảng cáo", "Advertising"), percent(float(table["derived"]["quang_cao"]))
            ),
            KeyFigure(
                Text(
                    "Hai thứ hạng khớp nhau (−1 đến 1)",
                    "The two rankings agree (−1 to 1)",
                ),
                number(both.rank_correlation, 2),
                "bad" if both.rank_correlation < 0 else "plain",
            ),
            KeyFigure(
                Text("Lệch bình quân so với sự thật", "Average error against the truth"),
                points(off, 1),
            ),
        ),
        table=Table(
            (
                Text("Điểm chạm", "Touchpoint"),
                Text("Khách tự chấm (1–10)", "Customers say (1–10)"),
                _STATED,
                _DERIVED,
                _PLANTED,
                Text("Tương quan", "Correlation"),
            ),
            [
                [
                    NAMES[str(key)],
                    number(row["rated"], 1),
                    percent(row["stated"]),
                    percent(row["derived"]),
                    percent(row["planted"], 0),
                    number(float(_drivers()["correlation"][str(key)]), 2),
                ]
                for key, row in table.iterrows()
            ],
        ),
    )


def _finding(table: pd.DataFrame, method: str) -> Text:
    said, moved = str(table["stated"].idxmax()), str(table["derived"].idxmax())
    if method == "correlation":
        sentence = Text(
            "Nhìn tương quan thì điểm chạm nào cũng “đáng kể”, từ {low} đến {high}: hào quang đã "
            "làm mờ khác biệt.",
            "By correlation every touchpoint looks respectable, from {low} to {high}: the halo has "
            "blurred the differences.",
        )
    else:
        sentence = Text(
            "Khách nói {said} quan trọng nhất, nhưng nó chỉ chiếm {little}; thứ làm điểm chung "
            "lên xuống là {moved}, {much}.",
            "Customers call {said} most important, yet it holds only {little}; what moves the "
            "overall score is {moved}, {much}.",
        )
    alone = _drivers()["correlation"]
    return sentence.format(
        said=_small(said),
        moved=_small(moved),
        little=percent(float(table["derived"][said])),
        much=percent(float(table["derived"][moved])),
        low=number(float(alone.min()), 2),
        high=number(float(alone.max()), 2),
    )


def _small(key: str) -> Text:
    name = NAMES[key]
    return Text(name.vi.lower(), name.en.lower())


advertising_moves: Final = Prediction(
    key="advertising-moves",
    question=Share(
        Text(
            "Khách coi quảng cáo là quan trọng nhất trong tám điểm chạm: 8,6 trên 10. Theo bạn, "
            "quảng cáo chiếm bao nhiêu phần trăm những gì làm điểm chung lên xuống?",
            "Customers rate advertising the most important of eight touchpoints: 8.6 of 10. What "
            "share of all that moves the overall score is due to advertising?",
        ),
        None,
        0,
        0.5,
        0.005,
    ),
    answer=lambda: derived("lmg")["quang_cao"],
    asks_confidence=True,
)
