"""Where do we stand? The lowest of six areas says it, beside what 234 practitioners said."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np

from cxlib.charts import compass as charts
from cxlib.data import load
from cxlib.labs.compass.rubric import (
    AN_NHIEN,
    AREAS,
    STAGES,
    chosen,
    in_sentence,
    next_sign,
    rubric_fields,
)
from cxlib.learning.fields import Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.text import Text, number, percent


@cache
def surveyed() -> tuple[float, ...]:
    """Share of surveyed companies at each stage; stage 4, not published alone, is the rest."""
    facts = load("public_facts").set_index("key")["value"]
    first, second, third, last = (
        float(facts[f"cx_maturity_{stage}"])
        for stage in ("investigate", "initiate", "mobilize", "embed")
    )
    return first, second, third, 1 - first - second - third - last, last


@lab(
    key="maturity",
    title=Text("Sáu mảng, năm bậc", "Six areas, five stages"),
    presets={
        "an-nhien": Preset(Text("Tình huống 1: An Nhiên", "Case 1: An Nhien"), chosen(**AN_NHIEN)),
        "measured": Preset(
            Text("Tình huống 2: đo rất giỏi", "Case 2: measures very well"),
            chosen(strategy=2, insight=5, design=4, metrics=5, culture=2, accountability=2),
        ),
        "even": Preset(
            Text("Tình huống 3: sáu mảng bậc 3", "Case 3: all six at stage 3"),
            chosen(**dict.fromkeys(AREAS, 3)),
        ),
    },
    sources=("xminstitute2024", "cxpa2021"),
    arrangement="stack",
    **rubric_fields(),
)
def maturity(guess: float | None = None, **stages: str) -> View:
    """Read a company's stage off its lowest area and set it beside the survey."""
    levels = {area: int(stages[area]) for area in AREAS}
    lowest, mean = min(levels.values()), float(np.mean(list(levels.values())))
    weakest = [area for area, level in levels.items() if level == lowest]
    return View(
        finding=_finding(lowest, mean, weakest),
        chart=partial(charts.maturity, AREAS, levels, surveyed(), guess),
        key_figures=(
            KeyFigure(
                Text("Bậc của công ty", "Stage of the company"),
                number(lowest) + Text(" · ", " · ") + STAGES[lowest - 1],
                "good" if lowest >= 3 else "bad",
            ),
            KeyFigure(Text("Trung bình sáu mảng", "Mean of the six"), number(mean, 1)),
            KeyFigure(
                Text("Khảo sát, thang khác: bậc 1 + 2", "Survey, other scale: 1 + 2"),
                percent(sum(surveyed()[:2]), 0),
            ),
        ),
        table=Table(
            (
                Text("Mảng", "Area"),
                Text("Bậc", "Stage"),
                Text("Dấu hiệu của bậc kế tiếp", "Sign of the next stage"),
            ),
            [
                [AREAS[area], number(level), next_sign(area, level)]
                for area, level in levels.items()
            ],
        ),
    )


def _finding(lowest: int, mean: float, weakest: list[str]) -> Text:
    parts = {
        "stage": number(lowest),
        "mean": number(mean, 1),
        "areas": _listed([in_sentence(AREAS[area]) for area in weakest]),
        "count": number(len(weakest)),
        "sign": next_sign(weakest[0], lowest),
    }
    if lowest == len(STAGES):
        return Text(
            "Cả sáu mảng đều bậc 5. Hãy nhờ nhân viên quầy chấm lại rồi hẵng ăn mừng.",
            "All six areas at stage 5. Let the people at the till rate them before you celebrate.",
        )
    if len(weakest) == len(AREAS):
        return Text(
            "Cả sáu mảng cùng ở bậc {stage}: hãy chọn một hành trình và nâng cả sáu mảng ở đó.",
            "All six areas are at stage {stage}: choose one journey next and raise all six there.",
        ).format(**parts)
    if len(weakest) > 1:
        return Text(
            "Trung bình {mean}, nhưng cả công ty mới ở bậc {stage} vì {count} mảng còn ở đó: "
            "{areas}.",
            "The mean is {mean}, yet the company only stands at stage {stage} because of {count} "
            "areas: {areas}.",
        ).format(**parts)
    return Text(
        "Trung bình {mean}, nhưng cả công ty mới ở bậc {stage} vì mảng {areas}. Dấu hiệu của bậc "
        "kế tiếp: “{sign}”.",
        "The mean is {mean}, yet the company only stands at stage {stage} because of {areas}. Sign "
        "of the next stage: “{sign}”.",
    ).format(**parts)


def _listed(names: list[Text]) -> Text:
    return Text("; ".join(name.vi for name in names), "; ".join(name.en for name in names))


first_two_stages: Final = Prediction(
    key="first-two-stages",
    question=Share(
        Text(
            "Năm 2024, 234 người làm CX ở các công ty lớn tự xếp công ty mình vào năm bậc, theo "
            "bảng tự chấm của một hãng phần mềm. Bạn đoán bao nhiêu phần trăm mới ở hai bậc đầu?",
            "In 2024, 234 CX practitioners in large companies placed their company on five stages, "
            "by a software vendor's own assessment. What share is still at the first two?",
        ),
        None,
        0,
        1,
        0.01,
    ),
    answer=lambda: sum(surveyed()[:2]),
)
