"""A hotline's line: what one more agent does, and what customers who give up do to the forecast."""

from __future__ import annotations

import math
from functools import partial
from typing import Final

from cxlib.charts import waiting as charts
from cxlib.labs.waiting.words import duration
from cxlib.learning.fields import Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.queueing import Queue, erlang_a, erlang_c
from cxlib.text import Text, needed_decimals, number, percent

PROMISED_S: Final = 20
_HALF_HOUR_MIN: Final = 30
_AROUND: Final = 5
_ASKED: Final = (100, 3)
_AGENTS: Final = Text("Số người trực", "Agents on duty")


def steady(calls: float, handling_min: float, agents: int) -> Queue | None:
    """Return the line of a half-hour when everybody waits, or None when it grows without end."""
    if calls * handling_min / _HALF_HOUR_MIN >= agents:
        return None
    return erlang_c(calls / _HALF_HOUR_MIN, handling_min, agents)


def answered(queue: Queue | None) -> float:
    """Return the share answered within 20 seconds; of an endless line nobody is."""
    return queue.service_level(PROMISED_S / 60) if queue else 0.0


def average_wait(queue: Queue | None) -> float:
    """Return the average wait in seconds; infinite when the line is endless."""
    return queue.average_wait * 60 if queue else math.inf


@lab(
    key="one-more-agent",
    title=Text("Một người nữa", "One more agent"),
    presets={
        "enough": Preset(
            Text("Tình huống 1: thêm người thứ 14", "Case 1: add agent number 14"),
            {"agents": 14, "calls": 100, "handling": 3},
        ),
        "busy": Preset(
            Text("Tình huống 2: “tận dụng” còn 11 người", "Case 2: “efficient”, 11 agents"),
            {"agents": 11, "calls": 100, "handling": 3},
        ),
        "doubled": Preset(
            Text("Tình huống 3: gọi gấp đôi, 24 người", "Case 3: twice the calls, 24 agents"),
            {"agents": 24, "calls": 200, "handling": 3},
        ),
    },
    formulas=(
        (Text("Hàng chờ Erlang C", "The Erlang C line"), erlang_c),
        (Text("Mức phục vụ", "Service level"), Queue.service_level),
    ),
    sources=("erlang1917",),
    agents=Quantity(_AGENTS, 13, 2, 40, 1),
    calls=Quantity(Text("Cuộc gọi mỗi nửa giờ", "Calls per half-hour"), 100, 20, 200, 5),
    handling=Quantity(Text("Phút xử lý mỗi cuộc", "Minutes per call"), 3, 1, 6, 0.5),
)
def one_more_agent(
    agents: float, calls: float, handling: float, guess: float | None = None
) -> View:
    """Show what each agent more or fewer does to the wait of a busy half-hour."""
    chosen = int(agents)
    load = calls * handling / _HALF_HOUR_MIN
    last = max(chosen, math.floor(load)) + _AROUND
    staffing = range(max(1, chosen - _AROUND), last + 1)
    queues = {count: steady(calls, handling, count) for count in staffing}
    now, more = queues[chosen], queues[chosen + 1]
    busy = load / chosen
    shares = [answered(queue) for queue in queues.values()]
    waits = [average_wait(queue) for queue in queues.values()]
    as_asked = (calls, handling) == _ASKED
    return View(
        finding=_agents_finding(chosen, load, now, more),
        chart=partial(
            charts.one_more_agent,
            list(staffing),
            shares,
            waits,
            chosen,
            guess if as_asked else None,
        ),
        key_figures=(
            KeyFigure(
                Text("Nhấc máy trong 20 giây", "Answered within 20 s"),
                percent(answered(now)),
                "good" if answered(now) >= 0.8 else "bad",
            ),
            KeyFigure(Text("Chờ trung bình", "Average wait"), duration(average_wait(now))),
            KeyFigure(
                Text("Hệ số bận", "Occupancy"),
                percent(min(busy, 1.0), 0),
                "bad" if busy >= 1 else "plain",
            ),
        ),
        table=Table(
            (
                _AGENTS,
                Text("Hệ số bận", "Occupancy"),
                Text("Nhấc máy trong 20 giây", "Answered within 20 s"),
                Text("Chờ trung bình", "Average wait"),
            ),
            [
                [
                    number(count),
                    percent(min(load / count, 1.0), 0),
                    percent(share),
                    duration(wait),
                ]
                for count, share, wait in zip(staffing, shares, waits, strict=True)
            ],
        ),
    )


def _agents_finding(agents: int, load: float, now: Queue | None, more: Queue | None) -> Text:
    if now is None:
        return Text(
            "{agents} người không kham nổi: lượng việc đủ cho {load} người làm không nghỉ, nên "
            "hàng chờ cứ dài mãi. Cần ít nhất {least} người.",
            "{agents} agents cannot keep up: there is work for {load} who never pause, so the "
            "line grows without end. It takes at least {least}.",
        ).format(
            agents=number(agents),
            load=number(load, needed_decimals(load, 1)),
            least=number(math.floor(load) + 1),
        )
    if answered(now) > 0.995:
        return Text(
            "{agents} người trực thì gần như ai gọi cũng có người nghe ngay; thêm người nữa chẳng "
            "ai nhận ra. Họ bận {busy} thời gian.",
            "With {agents} agents nearly every call is answered at once; nobody would notice one "
            "more. They are busy {busy} of the time.",
        ).format(agents=number(agents), busy=percent(now.occupancy, 0))
    return Text(
        "Đang có {agents} người trực, thêm một người nữa: cuộc gọi được nhấc máy trong 20 giây từ "
        "{before} lên {after}, chờ trung bình từ {wait} xuống {shorter}.",
        "With {agents} agents on duty, one more takes the calls answered within 20 seconds from "
        "{before} to {after} and the average wait from {wait} to {shorter}.",
    ).format(
        agents=number(agents),
        before=percent(answered(now)),
        after=percent(answered(more)),
        wait=duration(average_wait(now)),
        shorter=duration(average_wait(more)),
    )


wait_with_eleven: Final = Prediction(
    key="wait-with-eleven",
    question=Quantity(
        Text(
            "Hotline An Nhiên: nửa giờ có 100 cuộc gọi, mỗi cuộc 3 phút. 14 người trực bận 71 % "
            "thời gian, khách chờ trung bình 8 giây. Nếu chỉ còn 11 người, bận 91 %, khách chờ "
            "trung bình bao nhiêu giây?",
            "An Nhien's hotline: 100 calls in half an hour, 3 minutes each. 14 agents are busy "
            "71% of the time and customers wait 8 seconds on average. With 11 agents, busy 91%, "
            "how many seconds do customers wait on average?",
        ),
        None,
        0,
        180,
        1,
    ),
    answer=lambda: average_wait(steady(*_ASKED, 11)),
)

# Garnett, Mandelbaum and Reiman's example: 48 calls a minute, one minute each.
_CALLS_PER_MIN: Final = 48
_HANDLING_MIN: Final = 1
_STAFFING: Final = range(44, 57)


@lab(
    key="impatient",
    title=Text("Khi khách gác máy", "When customers hang up"),
    presets={
        "book": Preset(
            Text("Tình huống 1: ví dụ kinh điển", "Case 1: the classic example"),
            {"agents": 50, "patience": 2},
        ),
        "overload": Preset(
            Text("Tình huống 2: ít người hơn lượng việc", "Case 2: fewer agents than work"),
            {"agents": 46, "patience": 2},
        ),
    },
    formulas=(
        (Text("Hàng chờ Erlang C", "The Erlang C line"), erlang_c),
        (Text("Hàng chờ Erlang A", "The Erlang A line"), erlang_a),
    ),
    sources=("erlang1917", "palm1957", "garnett2002"),
    agents=Quantity(_AGENTS, 50, _STAFFING[0], _STAFFING[-1], 1),
    patience=Quantity(
        Text("Kiên nhẫn trung bình (phút)", "Average patience (minutes)"), 2, 0.5, 10, 0.5
    ),
)
def impatient(agents: float, patience: float) -> View:
    """Compare the wait when nobody gives up with the wait when customers hang up."""
    endless = {
        count: erlang_c(_CALLS_PER_MIN, _HANDLING_MIN, count)
        if count > _CALLS_PER_MIN * _HANDLING_MIN
        else None
        for count in _STAFFING
    }
    leaving = {
        count: erlang_a(_CALLS_PER_MIN, _HANDLING_MIN, patience, count) for count in _STAFFING
    }
    chosen = int(agents)
    waits_c = [average_wait(queue) for queue in endless.values()]
    waits_a = [average_wait(queue) for queue in leaving.values()]
    said = {
        "agents": number(chosen),
        "c": duration(average_wait(endless[chosen])),
        "a": duration(average_wait(leaving[chosen])),
        "lost": percent(leaving[chosen].abandon_probability),
    }
    sentence = (
        Text(
            "Với {agents} người trực, Erlang C báo khách chờ {c}. Nhưng vì {lost} khách gác máy, "
            "thời gian chờ thật chỉ còn {a}.",
            "With {agents} agents Erlang C reports a wait of {c}. But {lost} of customers hang "
            "up, so the wait is really {a}.",
        )
        if endless[chosen]
        else Text(
            "{agents} người không đủ cho lượng việc, Erlang C đành bó tay. Tổng đài vẫn chạy, "
            "khách chỉ chờ {a}, vì {lost} đã gác máy: đó là cái giá bị giấu đi.",
            "{agents} agents are fewer than the work, and Erlang C gives up. The hotline still "
            "runs, with a wait of {a}, because {lost} of customers hang up: that is the hidden "
            "price.",
        )
    )
    return View(
        finding=sentence.format(**said),
        chart=partial(charts.impatient, list(_STAFFING), waits_c, waits_a, chosen),
        key_figures=(
            KeyFigure(Text("Chờ theo Erlang C", "Wait by Erlang C"), said["c"]),
            KeyFigure(Text("Chờ theo Erlang A", "Wait by Erlang A"), said["a"]),
            KeyFigure(Text("Khách gác máy", "Customers who hang up"), said["lost"]),
        ),
        table=Table(
            (
                _AGENTS,
                Text("Chờ, không ai gác máy (C)", "Wait, nobody hangs up (C)"),
                Text("Chờ, có người gác máy (A)", "Wait, some hang up (A)"),
                Text("Khách gác máy", "Hang up"),
            ),
            [
                [number(n), duration(c), duration(a), percent(leaving[n].abandon_probability)]
                for n, c, a in zip(_STAFFING, waits_c, waits_a, strict=True)
            ],
        ),
    )
