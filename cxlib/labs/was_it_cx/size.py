"""How many customers a pilot needs, and how much more when stores are what the lot divides."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import Final, get_args

import numpy as np

from cxlib.charts import pilot as charts
from cxlib.labs.was_it_cx.stores import FloatArray
from cxlib.learning.fields import Points, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import SampleSizeFormula, design_effect, two_proportion_sample_size
from cxlib.text import Text, number, percent, same

EFFECTS: Final = np.linspace(0.01, 0.15, 57)
_FORMULAS: Final[dict[SampleSizeFormula, Text]] = {
    "pooled": Text("Gộp phương sai (bài này dùng)", "Pooled (used here)"),
    "unpooled": Text("Không gộp", "Unpooled"),
    "arcsine": Text("Arcsin (Cohen)", "Arcsine (Cohen)"),
    "evan-miller": same("Evan Miller"),
}


@cache
def _curve(base: float) -> FloatArray:
    """Return the customers per arm by effect, shape (len(EFFECTS),)."""
    return np.array([two_proportion_sample_size(base, base + e) for e in EFFECTS], dtype=float)


@lab(
    key="pilot-size",
    title=Text("Thí điểm bao nhiêu khách thì đủ?", "How many customers make a pilot?"),
    presets={
        "stores": Preset(
            Text("Tình huống 1: bốc thăm cửa hàng, 21 khách mỗi nơi", "Case 1: 21 per store"),
            {"base": 0.20, "effect": 0.05, "cluster": 21, "icc": 0.05},
        ),
        "small": Preset(
            Text("Tình huống 2: muốn thấy cả 1 điểm %", "Case 2: to see even 1 pp"),
            {"base": 0.20, "effect": 0.01, "cluster": 1, "icc": 0.05},
        ),
        "many": Preset(
            Text("Tình huống 3: hỏi 100 khách mỗi nơi", "Case 3: 100 customers per store"),
            {"base": 0.20, "effect": 0.05, "cluster": 100, "icc": 0.05},
        ),
    },
    formulas=(
        (Text("Số khách mỗi nhóm", "Customers per arm"), two_proportion_sample_size),
        (Text("Hiệu ứng thiết kế", "Design effect"), design_effect),
    ),
    sources=("fleiss2003", "kish1965", "cohen1988"),
    base=Share(Text("Tỷ lệ hôm nay", "Share today"), 0.20, 0.05, 0.80, 0.01),
    effect=Points(
        Text("Mức tăng nhỏ nhất đáng làm", "Smallest rise worth having"), 0.05, 0.01, 0.15, 0.0025
    ),
    cluster=Quantity(
        Text("Số khách mỗi cửa hàng", "Customers per store"),
        1,
        1,
        100,
        1,
        hint=Text("1 = bốc thăm từng khách", "1 = lots are drawn for each customer"),
    ),
    icc=Quantity(
        Text("Khách cùng cửa hàng giống nhau (ICC)", "Likeness within a store (ICC)"),
        0.05,
        0.0,
        0.3,
        0.01,
        hint=Text("0 = không giống hơn người lạ", "0 = no more alike than strangers"),
    ),
)
def pilot_size(
    base: float, effect: float, cluster: float, icc: float, guess: float | None = None
) -> View:
    """Find the customers per arm, drawn one by one and drawn by store."""
    single = two_proportion_sample_size(base, base + effect)
    times = design_effect(cluster, icc)
    needed = math.ceil(single * times)
    stores = math.ceil(needed / cluster)
    return View(
        finding=_finding(base, effect, single, times, stores),
        chart=partial(
            charts.pilot_size, EFFECTS, _curve(base), times, effect, (single, needed), guess
        ),
        key_figures=(
            KeyFigure(Text("Bốc thăm từng khách", "Lots for customers"), number(single)),
            KeyFigure(Text("Hiệu ứng thiết kế", "Design effect"), same("×") + number(times, 2)),
            KeyFigure(Text("Số khách mỗi nhóm", "Customers per arm"), number(needed)),
            KeyFigure(
                Text("Số cửa hàng mỗi nhóm", "Stores per arm"),
                number(stores) if cluster > 1 else Text("không cần", "not needed"),
            ),
        ),
        table=Table(
            (Text("Công thức", "Formula"), Text("Khách mỗi nhóm", "Customers per arm")),
            [
                [
                    _FORMULAS[formula],
                    number(two_proportion_sample_size(base, base + effect, formula)),
                ]
                for formula in get_args(SampleSizeFormula)
            ],
        ),
    )


def _finding(base: float, effect: float, single: int, times: float, stores: int) -> Text:
    sentence = Text(
        "Muốn nhận ra {base} lên {target}, mỗi nhóm cần {single} khách",
        "To see {base} become {target} takes {single} customers per arm",
    )
    if times > 1:
        sentence += Text(
            "; bốc thăm theo cửa hàng thì phải nhân {times}, thành {needed} khách ở {stores} cửa "
            "hàng.",
            "; with lots for stores it is ×{times}: {needed} customers in {stores} stores per arm.",
        )
    else:
        sentence += Text(
            ". Muốn nhận ra một nửa mức tăng ấy thì cần {half}.", ". Half that rise takes {half}."
        )
    return sentence.format(
        base=percent(base, 0),
        target=Share.display(base + effect),
        single=number(single),
        times=number(times, 2),
        needed=number(math.ceil(single * times)),
        stores=number(stores),
        half=number(two_proportion_sample_size(base, base + effect / 2)),
    )


customers_per_arm: Final = Prediction(
    key="customers-per-arm",
    question=Quantity(
        Text(
            "Cứ 100 khách của An Nhiên thì 20 người quay lại mua trong quý. Nếu con số ấy lên 25, "
            "chị Hạnh muốn có 80 % khả năng nhận ra. Theo bạn, mỗi nhóm cần bao nhiêu khách?",
            "Of 100 customers of An Nhien, 20 buy again within the quarter. Should that become 25, "
            "Ms Hanh wants an 80% chance to detect it. How many customers does each arm need?",
        ),
        None,
        50,
        5_000,
        1,
    ),
    answer=lambda: two_proportion_sample_size(0.20, 0.25),
)
