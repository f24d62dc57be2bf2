"""The importance–performance map: where one draws the lines, and how sure each place is."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.charts import touchpoints as charts
from cxlib.labs.touchpoints.survey import NAMES, overall, scores
from cxlib.learning.fields import Choice, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.drivers import importance_performance, lmg
from cxlib.text import Text, number, percent

QUADRANTS: Final = {
    "concentrate_here": Text("Sửa trước", "Mend first"),
    "keep_up": Text("Giữ vững", "Keep up"),
    "low_priority": Text("Để sau", "Low priority"),
    "possible_overkill": Text("Có thể thừa", "Overkill?"),
}
_MEAN_IMPORTANCE: Final = 0.125
_MEDIAN_IMPORTANCE: Final = 0.085
_MEAN_PERFORMANCE: Final = 7.25
_ALL: Final = "1000"
_ANSWERS: Final = {
    "80": Text("80 phiếu", "80 answers"),
    "250": Text("250 phiếu", "250 answers"),
    _ALL: Text("Cả 1.000 phiếu", "All 1,000"),
}
_DRAWS: Final = 200
_SURE: Final = 0.9


@cache
def _placed(line: float, level: float, answers: str) -> pd.DataFrame:
    """Place the touchpoints; importance as a share of what is explained."""
    drivers, outcome = scores(int(answers)), overall(int(answers))
    explained = lmg(drivers, outcome).r_squared
    placed = importance_performance(
        drivers, outcome, cut=(line * explained, level), draws=_DRAWS, seed=7
    )
    return placed.assign(importance=placed["importance"] / explained)


@lab(
    key="priority-map",
    title=Text("Kẻ vạch, rồi mới biết sửa gì", "Draw the lines, then see what to mend"),
    presets={
        "mean": Preset(
            Text("Tình huống 1: vạch trung bình", "Case 1: lines at the mean"),
            {"line": _MEAN_IMPORTANCE, "level": _MEAN_PERFORMANCE, "answers": _ALL},
        ),
        "median": Preset(
            Text("Tình huống 2: hạ một vạch", "Case 2: a lower line"),
            {"line": _MEDIAN_IMPORTANCE, "level": _MEAN_PERFORMANCE, "answers": _ALL},
        ),
        "few": Preset(
            Text("Tình huống 3: chỉ 80 phiếu", "Case 3: only 80 answers"),
            {"line": _MEAN_IMPORTANCE, "level": _MEAN_PERFORMANCE, "answers": "80"},
        ),
    },
    formulas=((Text("Tầm quan trọng (LMG)", "Importance (LMG)"), lmg),),
    sources=("martilla1977", "efron1993"),
    line=Share(
        Text("Vạch tầm quan trọng", "Line of importance"), _MEAN_IMPORTANCE, 0.05, 0.25, 0.005
    ),
    level=Quantity(
        Text("Vạch mức thể hiện (điểm)", "Line of performance (points)"),
        _MEAN_PERFORMANCE,
        6.5,
        8.0,
        0.05,
    ),
    answers=Choice(
        label=Text("Số phiếu khảo sát", "Survey answers"), options=_ANSWERS, default=_ALL
    ),
)
def priority_map(line: float, level: float, answers: str) -> View:
    """Draw importance against performance with movable lines and the certainty of each place."""
    placed = _placed(line, level, answers)
    first = placed.index[placed["quadrant"] == "concentrate_here"]
    sure = int((placed["certainty"] >= _SURE).sum())
    return View(
        finding=_finding(placed, sure),
        chart=partial(charts.priority_map, placed, NAMES, QUADRANTS, (line, level), _SURE),
        key_figures=(
            KeyFigure(QUADRANTS["concentrate_here"], number(len(first))),
            KeyFigure(
                Text("Vị trí chắc từ {sure}", "Placed with {sure} certainty").format(
                    sure=percent(_SURE, 0)
                ),
                Text("{n} trên {all}", "{n} of {all}").format(
                    n=number(sure), all=number(len(placed))
                ),
                "good" if sure == len(placed) else "plain",
            ),
            KeyFigure(
                Text("Lung lay nhất", "Least certain"), NAMES[str(placed["certainty"].idxmin())]
            ),
        ),
        table=Table(
            (
                Text("Điểm chạm", "Touchpoint"),
                Text("Tầm quan trọng", "Importance"),
                Text("Mức thể hiện", "Performance"),
                Text("Ô", "Quadrant"),
                Text("Độ chắc", "Certainty"),
            ),
            [
                [
                    NAMES[str(key)],
                    percent(row["importance"]),
                    number(row["performance"], 1),
                    QUADRANTS[row["quadrant"]],
                    percent(row["certainty"], 0),
                ]
                for key, row in placed.sort_values("importance", ascending=False).iterrows()
            ],
        ),
    )


def _finding(placed: pd.DataFrame, sure: int) -> Text:
    first = placed[placed["quadrant"] == "concentrate_here"].sort_values(
        "importance", ascending=False
    )
    if first.empty:
        start = Text(
            "Với hai vạch này, không điểm chạm nào vừa quan trọng vừa yếu.",
            "With these lines, no touchpoint is both important and weak.",
        )
    else:
        names = [NAMES[str(key)] for key in first.index]
        listed = Text(
            ", ".join(name.vi.lower().replace("cskh", "CSKH") for name in names),
            ", ".join(name.en.lower() for name in names),
        )
        start = Text("Nên sửa trước: {names}.", "Mend first: {names}.").format(names=listed)
    shaky = placed[placed["certainty"] < _SURE]
    if shaky.empty:
        end = Text(" Cả tám vị trí đều chắc.", " All eight places are certain.")
    else:
        end = Text(" {sure} trên 8 vị trí là chắc.", " {sure} of 8 places are certain.").format(
            sure=number(sure)
        )
    return start + end


def _moved_up() -> str:
    """Name the touchpoint that only a lower line of importance brings to be mended first."""
    at_median, at_mean = (
        set(placed.index[placed["quadrant"] == "concentrate_here"])
        for placed in (
            _placed(line, _MEAN_PERFORMANCE, _ALL)
            for line in (_MEDIAN_IMPORTANCE, _MEAN_IMPORTANCE)
        )
    )
    (moved,) = at_median - at_mean
    return str(moved)


line_moved: Final = Prediction(
    key="line-moved",
    question=Choice(
        label=Text(
            "Trên bản đồ, vạch tầm quan trọng đang ở mức trung bình 12,5 %. Hạ vạch xuống 8,5 % "
            "mà không đụng gì tới dữ liệu thì điểm chạm nào nhảy vào ô “Sửa trước”?",
            "On the map the line of importance lies at the mean, 12.5%. Lower it to 8.5% and touch "
            "nothing else: which touchpoint jumps into “Mend first”?",
        ),
        options={
            **{key: NAMES[key] for key in ("quang_cao", "website", "bao_hanh")},
            "none": Text("Không điểm chạm nào: dữ liệu vẫn thế", "None: the data are the same"),
        },
    ),
    answer=_moved_up,
)
