"""One real day of a bank's calls: the same team all day, or a team for every half-hour."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import waiting as charts
from cxlib.data import load
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.queueing import required_agents
from cxlib.text import Text, number, percent, same

_HALF_HOUR_MIN: Final = 30
_HANDLING_MIN: Final = 3
_WITHIN_MIN: Final = 20 / 60
_TARGET: Final = 0.80
_OPENS: Final = 7.0


@cache
def calls_by_half_hour() -> NDArray[np.int64]:
    """Calls of each full half-hour, from 7:00 to 21:00."""
    calls = load("bank_calls").query("minute < 840")
    return calls.groupby(calls["minute"] // _HALF_HOUR_MIN)["calls"].sum().to_numpy()


@cache
def agents_needed(target: float) -> NDArray[np.int64]:
    """Agents each half-hour needs to answer the target share within 20 seconds."""
    return np.array(
        [
            required_agents(
                calls / _HALF_HOUR_MIN, _HANDLING_MIN, within=_WITHIN_MIN, target=target
            ).agents
            for calls in calls_by_half_hour().tolist()
        ]
    )


def _mean_team() -> int:
    return round(float(agents_needed(_TARGET).mean()))


def _largest_team() -> int:
    return int(agents_needed(_TARGET).max())


@lab(
    key="day-of-calls",
    title=Text("Một ngày của tổng đài", "A hotline's day"),
    presets={
        "peak": Preset(
            Text("Tình huống 1: đủ cho lúc đông nhất", "Case 1: enough for the peak"),
            {"flat": _largest_team(), "target": _TARGET},
        ),
        "mean": Preset(
            Text("Tình huống 2: xếp theo trung bình", "Case 2: staffed for the average"),
            {"flat": _mean_team(), "target": _TARGET},
        ),
    },
    formulas=((Text("Số người cần trực", "Agents needed"), required_agents),),
    sources=("erlang1917", "weinberg2007"),
    flat=Quantity(
        Text("Số người trực cố định cả ngày", "Same number of agents all day"),
        _largest_team(),
        40,
        220,
        1,
    ),
    target=Share(
        Text("Tỷ lệ phải nhấc máy trong 20 giây", "To be answered within 20 s"),
        _TARGET,
        0.5,
        0.95,
        0.05,
    ),
)
def day_of_calls(flat: float, target: float, guess: float | None = None) -> View:
    """Hold a flat team against what each half-hour needs."""
    needed = agents_needed(target)
    short = needed > flat
    idle = float(np.maximum(flat - needed, 0).sum() / (flat * needed.size))
    calls = calls_by_half_hour()
    kept_waiting = float(calls[short].sum() / calls.sum())
    return View(
        finding=_day_finding(flat, int(short.sum()), idle, kept_waiting, needed),
        chart=partial(charts.day_of_calls, _OPENS, needed, flat, guess),
        key_figures=(
            KeyFigure(
                Text("Giờ công trả thừa", "Hours paid but idle"),
                percent(idle, 0),
                "bad" if idle > 0.2 else "plain",
            ),
            KeyFigure(
                Text("Khung nửa giờ thiếu người", "Half-hours short of staff"),
                number(short.sum()),
                "bad" if short.any() else "good",
            ),
            KeyFigure(
                Text("Cuộc gọi rơi vào lúc thiếu người", "Calls that meet too few agents"),
                percent(kept_waiting, 0),
            ),
        ),
        table=Table(
            (
                Text("Từ", "From"),
                Text("Cuộc gọi", "Calls"),
                Text("Cần trực", "Needed"),
                Text("Thừa (+) thiếu (−)", "Over (+) short (−)"),
            ),
            [
                [_clock(slot), number(count), number(need), number(flat - need)]
                for slot, (count, need) in enumerate(zip(calls, needed, strict=True))
            ],
        ),
    )


def _clock(slot: int) -> Text:
    hour, minute = divmod(int(_OPENS * 60) + slot * _HALF_HOUR_MIN, 60)
    return same(f"{hour}:{minute:02d}")


def _day_finding(
    flat: float, short: int, idle: float, kept_waiting: float, needed: NDArray[np.int64]
) -> Text:
    said = {
        "flat": number(flat),
        "short": number(short),
        "all": number(needed.size),
        "idle": percent(idle, 0),
        "waiting": percent(kept_waiting, 0),
        "low": number(needed.min()),
        "high": number(needed.max()),
    }
    if short == 0:
        sentence = Text(
            "Xếp cố định {flat} người thì không lúc nào thiếu, nhưng {idle} giờ công là trả thừa: "
            "lúc vắng chỉ cần {low} người.",
            "With {flat} agents all day you are never short, but {idle} of the paid hours are "
            "idle: at quiet times {low} agents are enough.",
        )
    elif short == needed.size:
        sentence = Text(
            "{flat} người thì khung giờ nào cũng thiếu: lúc vắng nhất đã cần {low} người, lúc đông "
            "nhất cần {high}.",
            "{flat} agents are too few in every half-hour: the quietest needs {low} already, the "
            "busiest {high}.",
        )
    else:
        sentence = Text(
            "{flat} người: {short} trong {all} khung nửa giờ bị thiếu, đúng lúc {waiting} cuộc gọi "
            "đổ về; vậy mà {idle} giờ công vẫn thừa.",
            "{flat} agents: {short} of {all} half-hours are short, just when {waiting} of the "
            "calls come in; and still {idle} of the hours are idle.",
        )
    return sentence.format(**said)


def _idle_at_the_peak_team() -> float:
    needed = agents_needed(_TARGET)
    return float(1 - needed.mean() / needed.max())


paid_but_idle: Final = Prediction(
    key="paid-but-idle",
    question=Share(
        Text(
            "Một ngày có thật của tổng đài một ngân hàng, 7 giờ đến 21 giờ. Nếu lúc nào cũng xếp "
            "đủ người như nửa giờ đông nhất, theo bạn bao nhiêu phần trăm giờ công là thừa?",
            "A real day of a bank's hotline, from 7 to 21 o'clock. If there are always as many "
            "agents as the busiest half-hour needs, what share of the paid hours is too much?",
        ),
        None,
        0.0,
        0.8,
        0.01,
    ),
    answer=_idle_at_the_peak_team,
)
