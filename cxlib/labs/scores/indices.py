"""One experience, four indices: NPS, CSAT, CES and an index of the ACSI kind."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd

from cxlib.charts import scores as charts
from cxlib.learning.fields import Choice, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.answering import Crowd, simulate_answers
from cxlib.models.scores import acsi, csat, customer_effort, nps
from cxlib.text import Text, number, percent, same

_ANSWERS: Final = 1_000
_SEED: Final = 6
CROWDS: Final = {
    "store": Crowd(0.24, 0.05, 6.6),
    "online": Crowd(0.60, 0.27, 7.4, -0.5),
    "hotline": Crowd(0.33, 0.22, 5.2),
    "delivery": Crowd(0.42, 0.15, 6.8, 0.6),
    "zalo": Crowd(0.20, 0.16, 8.3),
}
CHANNELS: Final = {
    "store": Text("Cửa hàng", "Stores"),
    "online": same("Online"),
    "hotline": same("Hotline"),
    "delivery": Text("Giao lắp", "Delivery"),
    "zalo": same("Zalo"),
}
INDICES: Final = ("NPS", "CSAT", "CES", "ACSI")


@cache
def _indices(channel: str, boxes: int, reserve: float) -> tuple[float, ...]:
    rng = np.random.default_rng([_SEED, list(CROWDS).index(channel)])
    given = simulate_answers(rng, CROWDS[channel], _ANSWERS, reserve)
    means = given[["overall", "expectations", "ideal"]].mean()
    return (
        nps(given["recommend"]).score,
        csat(given["satisfied"], boxes=boxes).share,
        customer_effort(given["easy"]).easy.share,
        acsi(*means),
    )


def _values(boxes: int = 2, reserve: float = 0.0) -> pd.DataFrame:
    """Return the four indices of each channel; only the online customers mark with reserve."""
    rows = {
        channel: _indices(channel, boxes, reserve if channel == "online" else 0.0)
        for channel in CHANNELS
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(INDICES))


def _written(values: pd.DataFrame) -> dict[str, list[Text]]:
    """Write each channel's indices with their units."""
    return {
        str(channel): [number(row[0]), percent(row[1], 0), percent(row[2], 0), number(row[3], 1)]
        for channel, row in zip(values.index, values.to_numpy(), strict=True)
    }


def _firsts(values: pd.DataFrame) -> dict[str, str]:
    return {index: str(values[index].idxmax()) for index in INDICES}


@lab(
    key="four-indices",
    title=Text("Bốn chỉ số, một trải nghiệm", "Four indices, one experience"),
    presets={
        "top-box": Preset(
            Text("Tình huống 1: chỉ đếm điểm 5", "Case 1: count the 5s only"), {"boxes": "one"}
        ),
        "reserved": Preset(
            Text("Tình huống 2: khách chấm dè dặt", "Case 2: reserved customers"),
            {"reserve": 1.0},
        ),
    },
    formulas=(
        (Text("Chỉ số kiểu ACSI", "An index of the ACSI kind"), acsi),
        (Text("Từ cảm nhận đến điểm số (mô phỏng)", "From feeling to mark"), simulate_answers),
    ),
    sources=("reichheld2003", "dixon2010", "fornell1996", "chen1995"),
    boxes=Choice(
        label=Text("CSAT đếm ai là “hài lòng”?", "Whom does CSAT count as satisfied?"),
        options={
            "two": Text("chấm 4 hoặc 5 trên 5", "4 or 5 out of 5"),
            "one": Text("chỉ chấm 5 trên 5", "5 out of 5 only"),
        },
        default="two",
    ),
    reserve=Quantity(
        Text("Khách online chấm dè dặt hơn (điểm)", "Online customers mark lower by"),
        0,
        0,
        2,
        0.25,
        hint=Text(
            "thói quen dùng thang điểm; trải nghiệm thật không đổi",
            "a habit of marking; the experience stays the same",
        ),
    ),
)
def four_indices(boxes: str, reserve: float, guess: str | None = None) -> View:
    """Rank the channels by each of four indices drawn from the same answers."""
    values = _values(1 if boxes == "one" else 2, reserve)
    shown = _written(values)
    firsts = _firsts(values)
    return View(
        finding=_finding(firsts, reserve, values),
        chart=partial(charts.rank_lines, values, shown, CHANNELS, int(guess) if guess else None),
        key_figures=[
            KeyFigure(
                Text("Tốt nhất theo {index}", "Best by {index}").format(index=same(index)),
                CHANNELS[channel],
            )
            for index, channel in firsts.items()
        ],
        table=Table(
            (Text("Kênh", "Channel"), *(same(index) for index in INDICES)),
            [[name, *shown[channel]] for channel, name in CHANNELS.items()],
        ),
    )


def _finding(firsts: dict[str, str], reserve: float, values: pd.DataFrame) -> Text:
    if reserve:
        sentence = Text(
            "Khách online chấm dè dặt hơn {reserve} điểm, trải nghiệm vẫn vậy: NPS của kênh Online "
            "từ {before} còn {after}, đứng thứ {rank}. Thước đo đổi chứ khách không đổi.",
            "Online customers mark lower by {reserve}, their experience is the same: NPS of Online "
            "goes from {before} to {after}, rank {rank}. The yardstick changed, not the customers.",
        )
        rank = int(values["NPS"].rank(ascending=False)["online"])
        return sentence.format(
            reserve=Quantity.display(reserve),
            before=number(_values()["NPS"]["online"]),
            after=number(values["NPS"]["online"]),
            rank=number(rank),
        )
    return Text(
        "Cùng những khách ấy, bốn chỉ số gọi {n} kênh khác nhau là “tốt nhất”: NPS chọn {nps}, "
        "CSAT chọn {csat}, CES chọn {ces}, ACSI chọn {acsi}.",
        "Of the same customers, four indices call {n} different channels “best”: NPS says {nps}, "
        "CSAT {csat}, CES {ces}, ACSI {acsi}.",
    ).format(
        n=number(len(set(firsts.values()))),
        **{index.lower(): CHANNELS[channel] for index, channel in firsts.items()},
    )


best_channels: Final = Prediction(
    key="best-channels",
    question=Choice(
        label=Text(
            "An Nhiên hỏi khách ở năm kênh, mỗi kênh 1.000 phiếu, rồi tính cả bốn chỉ số. Bao "
            "nhiêu kênh khác nhau sẽ được một chỉ số nào đó gọi là “tốt nhất”?",
            "An Nhien asks customers of five channels, 1,000 answers each, and computes all four "
            "indices. How many different channels will some index call “best”?",
        ),
        options={
            "1": Text("Một: đo đúng thì phải giống nhau", "One: right measures must agree"),
            "2": Text("Hai", "Two"),
            "3": Text("Ba", "Three"),
            "4": Text("Bốn: mỗi chỉ số một kênh", "Four: each index its own"),
        },
    ),
    answer=lambda: str(len(set(_firsts(_values()).values()))),
)
