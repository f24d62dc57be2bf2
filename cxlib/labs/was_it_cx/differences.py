"""Three ways to claim an effect, and what must hold for each of them to be right."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from cxlib.charts import pilot as charts
from cxlib.labs.was_it_cx.stores import FloatArray
from cxlib.learning.fields import Points
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import difference_in_differences
from cxlib.text import Text, number, percent, points, signed

_HALF: Final = 6
_START: Final = 0.739
# Ups and downs that both regions share, zero on average before and after.
_SEASON: Final = np.array([0.0, 0.4, -0.5, 0.5, -0.4, 0.0, 0.3, -0.5, 0.2, 0.4, -0.4, 0.0]) / 100
_CLOSE: Final = 0.0005
_CALM: Final = {"effect": 0.03, "common": 0.012, "gap": 0.001, "drift": 0.0, "shock": 0.0}
_METHODS: Final = {
    "before_after": Text("Trước – sau", "Before–after"),
    "after_only": Text("So hai vùng lúc sau", "Regions, afterwards"),
    "did": Text("Khác biệt kép", "Difference-in-differences"),
}


def _regions(
    effect: float, common: float, gap: float, drift: float, shock: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return pilot and control region month by month, and the pilot region without the pilot."""
    months = np.arange(2 * _HALF)
    later = months >= _HALF
    control = _START + _SEASON + common * later
    without = control + gap + drift * (months - (_HALF - 1) / 2)
    return without + (effect + shock) * later, control, without + shock * later


def _estimates(pilot: FloatArray, control: FloatArray) -> dict[str, float]:
    t0, t1, c0, c1 = (
        float(months.mean())
        for region in (pilot, control)
        for months in (region[:_HALF], region[_HALF:])
    )
    return {
        "before_after": t1 - t0,
        "after_only": t1 - c1,
        "did": difference_in_differences(t0, t1, c0, c1),
    }


@lab(
    key="two-differences",
    title=Text("Ba cách nói “nhờ chúng tôi”", "Three ways to say “thanks to us”"),
    presets={
        "market": Preset(
            Text("Tình huống 1: cả thị trường đi lên", "Case 1: the whole market rises"),
            {**_CALM, "common": 0.05},
        ),
        "apart": Preset(
            Text("Tình huống 2: hai vùng vốn chênh nhau", "Case 2: regions unlike from the start"),
            {**_CALM, "gap": 0.06},
        ),
        "drift": Preset(
            Text("Tình huống 3: vùng thí điểm vốn đang lên", "Case 3: already on the rise"),
            {**_CALM, "effect": 0.0, "drift": 0.005},
        ),
    },
    formulas=((Text("Khác biệt kép", "Difference-in-differences"), difference_in_differences),),
    sources=("card1994", "bertrand2004"),
    effect=Points(Text("Tác động thật", "True effect"), 0.03, 0.0, 0.06, 0.005),
    common=Points(
        Text("Cả hai vùng cùng đổi", "Change common to both regions"), 0.012, -0.05, 0.05, 0.001
    ),
    gap=Points(
        Text("Vùng thí điểm cao hơn sẵn", "Head start of the pilot region"),
        0.001,
        -0.06,
        0.06,
        0.001,
    ),
    drift=Points(
        Text("Vùng thí điểm tự lên mỗi tháng", "Own trend of the pilot region, monthly"),
        0.0,
        -0.005,
        0.005,
        0.0005,
    ),
    shock=Points(
        Text("Chuyện riêng của vùng thí điểm", "Another event in the pilot region only"),
        0.0,
        -0.04,
        0.04,
        0.005,
    ),
)
def two_differences(
    effect: float,
    common: float,
    gap: float,
    drift: float,
    shock: float,
    guess: float | None = None,
) -> View:
    """Compare three estimates of the same effect with the truth."""
    pilot, control, without = _regions(effect, common, gap, drift, shock)
    found = _estimates(pilot, control)
    parallel = abs(drift) < _CLOSE / 2
    return View(
        finding=_finding(found, effect, drift),
        chart=partial(charts.two_regions, pilot, control, found, effect, _METHODS, guess),
        key_figures=(
            *(
                KeyFigure(
                    _METHODS[method],
                    signed(points(value, 1)),
                    "good" if abs(value - effect) < _CLOSE else "bad",
                )
                for method, value in found.items()
            ),
            KeyFigure(
                Text("Nửa năm trước: hai đường", "The half-year before: lines"),
                Text("song song", "parallel") if parallel else Text("tách nhau", "drifting apart"),
                "good" if parallel else "bad",
            ),
        ),
        table=Table(
            (
                Text("Tháng", "Month"),
                Text("Vùng thí điểm", "Pilot region"),
                Text("Vùng đối chứng", "Control region"),
                Text("Thí điểm, nếu không làm gì", "Pilot region, had nothing been done"),
            ),
            [
                [number(month), *map(percent, row)]
                for month, row in enumerate(zip(pilot, control, without, strict=True), start=1)
            ],
        ),
        warnings=_warnings(drift),
    )


def _finding(found: dict[str, float], effect: float, drift: float) -> Text:
    right = abs(found["did"] - effect) < _CLOSE
    parallel = abs(drift) < _CLOSE / 2
    values = {name: signed(points(value, 1)) for name, value in found.items()}
    if right and parallel:
        sentence = Text(
            "Sự thật là {truth}. So trước với sau báo {before_after}, so hai vùng báo "
            "{after_only}, khác biệt kép báo {did}: hai đường song song nên nó đúng.",
            "The truth is {truth}. Before against after says {before_after}, the two regions "
            "{after_only}, difference-in-differences {did}: parallel lines make it right.",
        )
    elif right:
        sentence = Text(
            "Sự thật là {truth}, khác biệt kép báo {did}, nhưng chỉ là tình cờ: hai đường không "
            "song song, và một chuyện riêng vừa khéo bù lại.",
            "The truth is {truth} and difference-in-differences says {did}, but by accident: the "
            "lines were not parallel, and another event just happened to make up for it.",
        )
    elif not parallel:
        sentence = Text(
            "Sự thật là {truth}, khác biệt kép báo {did}: hai đường vốn đã không song song, và "
            "nửa năm trước để lộ điều đó.",
            "The truth is {truth}, difference-in-differences says {did}: the lines were not "
            "parallel to begin with, and the half-year before gives it away.",
        )
    else:
        sentence = Text(
            "Sự thật là {truth}, khác biệt kép báo {did}. Nửa năm trước song song hoàn hảo mà vẫn "
            "sai: có chuyện riêng của một vùng xen vào đúng lúc ấy.",
            "The truth is {truth}, difference-in-differences says {did}. The half-year before was "
            "perfectly parallel and it is still wrong: another event came just then.",
        )
    return sentence.format(truth=signed(points(effect, 1)), **values)


def _warnings(drift: float) -> list[Text]:
    if abs(drift) < _CLOSE / 2:
        return []
    return [
        Text(
            "Mỗi tháng hai đường tách nhau thêm {drift}, ngay từ trước khi làm: ở đây chỉ có khác "
            "biệt kép thôi thì chưa đủ.",
            "The lines part by another {drift} every month before anything is done: "
            "difference-in-differences alone is not enough here.",
        ).format(drift=points(abs(drift)))
    ]


programme_share: Final = Prediction(
    key="programme-share",
    question=Points(
        Text(
            "Vùng thí điểm: tỷ lệ khách hài lòng từ 74,0 % lên 78,2 %. Vùng đối chứng, không làm "
            "gì: từ 73,9 % lên 75,1 %. Theo bạn, chương trình đem lại bao nhiêu điểm %?",
            "Pilot region: satisfied customers go from 74.0% to 78.2%. Control region, nothing "
            "done: from 73.9% to 75.1%. How many percentage points did the programme bring?",
        ),
        None,
        -0.02,
        0.08,
        0.001,
    ),
    answer=lambda: difference_in_differences(0.740, 0.782, 0.739, 0.751),
)
