"""The learner's own line: how many people at busy hours, what it costs, what the wait is told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd

from cxlib.charts import waiting as charts
from cxlib.labs.waiting.felt import LEVERS, TELLING, felt
from cxlib.labs.waiting.words import duration, minutes
from cxlib.learning.fields import Money, Quantity, Several, Share, Taken, Upload
from cxlib.learning.lab import Preset, lab
from cxlib.learning.panel import paragraph
from cxlib.learning.uploads import read_tables, templates
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.patience import kaplan_meier
from cxlib.models.queueing import Queue, Staffing, erlang_a, required_agents
from cxlib.own_tables import WAITS
from cxlib.text import Lang, Problem, Text, money, needed_decimals, number, percent, same

TOLD_FACTOR: Final = 1.35
"""How much longer customers wait when told; the factor of the course's simulated lines."""

_HOURS_A_MONTH: Final = 176
_HALF_HOUR_MIN: Final = 30
_LOST_SHARE: Final = 0.05
_VOLUME: Final = Text("Khách đến", "Customers arriving")
_PROMISE: Final = Text("Lời hứa và sự kiên nhẫn", "Promise and patience")
_COST: Final = Text("Tiền", "Money")
_PATIENCE: Final = Quantity(
    Text("Kiên nhẫn trung bình (phút)", "Average patience (minutes)"),
    3,
    0.2,
    240,
    0.1,
    group=_PROMISE,
    slider=False,
)


@dataclass(frozen=True)
class Busy:
    """The busy hours of a year: customers arriving, time each takes, patience, promise.

    Attributes:
        arrivals: customers in the busy hours of a year.
        per_minute: customers a minute.
        handling: minutes each takes.
        patience: average patience in minutes.
        within: minutes promised.
        shrinkage: share of paid time not on duty.
        agent_year: dong a year for one more agent on duty in the busy hours.
        lost: dong lost with each customer who gives up.
    """

    arrivals: float
    per_minute: float
    handling: float
    patience: float
    within: float
    shrinkage: float
    agent_year: float
    lost: float

    def staffing(self, target: float) -> Staffing:
        """Return the smallest team that keeps the promise for a share of the customers."""
        return required_agents(
            self.per_minute,
            self.handling,
            within=self.within,
            target=target,
            patience=self.patience,
            shrinkage=self.shrinkage,
        )

    def line(self, agents: int) -> Queue:
        """Return the waiting line with that many agents."""
        return erlang_a(self.per_minute, self.handling, self.patience, agents)

    def costs(self, counts: range) -> pd.DataFrame:
        """Return payroll and loss, dong a year, and the service level for each team."""
        lines = [self.line(count) for count in counts]
        return pd.DataFrame(
            {
                "payroll": [count * self.agent_year for count in counts],
                "lost": [self.arrivals * line.abandon_probability * self.lost for line in lines],
                "level": [line.service_level(self.within) for line in lines],
            },
            index=list(counts),
        )


def _take(filename: str, content: bytes, lang: Lang) -> Taken:
    tables, told, sound = read_tables(filename, content, (WAITS,), lang)
    waits = tables[WAITS.name]
    if not waits["left"].any():
        raise Problem(
            Text(
                "Trong tệp chưa có ai bỏ về, nên chưa đo được sự kiên nhẫn. Hãy ghi cả những khách "
                "đã bỏ cuộc (cột “Bỏ về” bằng 1).",
                "Nobody in the file left, so patience cannot be measured yet. Record those who "
                "gave up as well (1 in the column “Left”).",
            )
        )
    patience = float(waits["minutes"].sum() / waits["left"].sum())
    kept = min(max(patience, _PATIENCE.low), _PATIENCE.high)
    return Taken({"patience": kept}, told + _measured(waits)(lang), sound)


def _measured(waits: pd.DataFrame) -> Text:
    """Tell what the file says about patience, as HTML, line by line."""
    said = same("")
    for name, group in waits.groupby("situation", sort=False):
        curve = kaplan_meier(group["minutes"], group["left"])
        sentence = Text(
            "{name}: {people} khách, {left} bỏ về; một nửa chịu chờ hơn {median}.",
            "{name}: {people} customers, {left} left; half of them wait more than {median}.",
        ).format(
            name=same(str(name)),
            people=number(curve.people),
            left=number(curve.leavers),
            median=minutes(curve.median),
        )
        said += Text(paragraph(sentence.vi, "cx-hint"), paragraph(sentence.en, "cx-hint"))
    return said


_FIELDS: Final[dict[str, Any]] = {
    "file": Upload(
        label=Text(
            "Có ghi lại ai chờ bao lâu, ai bỏ về? Gửi tệp lên đây.",
            "Have you recorded who waited how long, and who left? Send the file here.",
        ),
        take=_take,
        templates_html=templates(Text("Thời gian chờ", "Waits"), (WAITS,)),
    ),
    "contacts": Quantity(
        Text("Lượt khách liên hệ một năm", "Contacts a year"),
        150_000,
        1,
        20e6,
        1,
        group=_VOLUME,
        slider=False,
    ),
    "days": Quantity(
        Text("Ngày mở cửa một năm", "Days open a year"), 300, 200, 365, 1, group=_VOLUME
    ),
    "busy_hours": Quantity(
        Text("Giờ cao điểm mỗi ngày", "Busy hours a day"), 4, 1, 12, 0.5, group=_VOLUME
    ),
    "busy_share": Share(
        Text("Phần khách đến giờ cao điểm", "Share of customers who come then"),
        0.5,
        0.1,
        1.0,
        0.05,
        group=_VOLUME,
    ),
    "handling": Quantity(
        Text("Phút phục vụ mỗi khách", "Minutes per customer"), 3.5, 0.5, 60, 0.5, group=_VOLUME
    ),
    "within": Quantity(
        Text("Hứa phục vụ trong (giây)", "Promised within (seconds)"),
        20,
        10,
        900,
        10,
        group=_PROMISE,
    ),
    "target": Share(
        Text("Tỷ lệ phải giữ lời", "Promise kept for"), 0.8, 0.5, 0.9, 0.05, group=_PROMISE
    ),
    "patience": _PATIENCE,
    "salary": Money(
        Text("Chi phí một người trực mỗi tháng", "Cost of one agent a month"),
        12e6,
        1e6,
        200e6,
        1e5,
        group=_COST,
        slider=False,
    ),
    "shrinkage": Share(
        Text("Giờ công không trực", "Paid time off duty"),
        0.3,
        0.0,
        0.5,
        0.05,
        group=_COST,
        hint=Text("nghỉ phép, giải lao, đào tạo", "leave, breaks, training"),
    ),
    "lost": Money(
        Text("Mỗi khách bỏ cuộc làm mất", "Lost with each customer who gives up"),
        30_000,
        0,
        1e9,
        1_000,
        group=_COST,
        slider=False,
    ),
    "done": Several(
        label=Text("Khi khách phải chờ, bạn sẽ", "When customers must wait, you will"),
        options=LEVERS,
    ),
}


@lab(
    key="own-waiting",
    title=Text("Bảng xếp ca và báo chờ của bạn", "Your staffing and waiting sheet"),
    presets={
        "tell": Preset(
            Text("Báo trước thời gian chờ", "Say how long it will be"), {"done": (TELLING,)}
        ),
        "counter": Preset(
            Text("Quầy phục vụ thay vì tổng đài", "A counter instead of a hotline"),
            {"handling": 6.0, "within": 300.0, "patience": 12.0},
        ),
    },
    formulas=(
        (Text("Số người cần trực", "Agents needed"), required_agents),
        (Text("Hàng chờ Erlang A", "The Erlang A line"), erlang_a),
    ),
    sources=("palm1957", "garnett2002", "maister1985"),
    from_profile=lambda profile: {
        "contacts": profile.customers * profile.contacts,
        "lost": round(profile.margin_per_customer * _LOST_SHARE),
    },
    **_FIELDS,
)
def own_waiting(
    contacts: float,
    days: float,
    busy_hours: float,
    busy_share: float,
    handling: float,
    within: float,
    target: float,
    patience: float,
    salary: float,
    shrinkage: float,
    lost: float,
    done: tuple[str, ...],
) -> View:
    """Size the busy hours of the learner's own company and count what waiting costs."""
    arrivals = contacts * busy_share
    busy = Busy(
        arrivals=arrivals,
        per_minute=arrivals / (days * busy_hours * 60),
        handling=handling,
        patience=patience * (TOLD_FACTOR if TELLING in done else 1.0),
        within=within / 60,
        shrinkage=shrinkage,
        agent_year=busy_hours * days * salary / _HOURS_A_MONTH / (1 - shrinkage),
        lost=lost,
    )
    enough = busy.staffing(target)
    costs = busy.costs(_teams(enough.agents))
    total = costs["payroll"] + costs["lost"]
    cheapest = total.index.tolist()[int(total.argmin())]
    wait = enough.queue.average_wait * 60
    return View(
        finding=_sheet_finding(
            enough, target, within, costs["payroll"][enough.agents], costs["lost"][enough.agents]
        ),
        chart=partial(charts.costs_by_agents, costs, enough.agents, cheapest),
        key_figures=(
            KeyFigure(
                Text(
                    "Cần trực cùng lúc cho {calls} khách mỗi nửa giờ",
                    "On duty at once for {calls} customers per half-hour",
                ).format(calls=_at_least_one(busy.per_minute * _HALF_HOUR_MIN)),
                number(enough.agents),
            ),
            KeyFigure(
                Text("Cần có trong bảng ca, kể cả nghỉ phép", "On the roster, leave included"),
                number(enough.scheduled),
            ),
            KeyFigure(
                Text("Thêm một người trực, mỗi năm", "One more agent, a year"),
                money(busy.agent_year),
            ),
            KeyFigure(
                Text("Chờ trung bình {wait}, khách thấy như", "Wait of {wait}, feels like").format(
                    wait=duration(wait)
                ),
                duration(felt(wait, done)),
            ),
        ),
        table=Table(
            (
                Text("Số người trực", "Agents on duty"),
                Text("Giữ lời", "Promise kept"),
                Text("Lương một năm", "Payroll a year"),
                Text("Mất vì khách bỏ cuộc", "Lost with customers"),
                Text("Tổng", "Total"),
            ),
            [
                [
                    number(count),
                    percent(level),
                    money(payroll),
                    money(gone),
                    money(payroll + gone),
                ]
                for count, payroll, gone, level in costs.itertuples()
            ],
        ),
    )


def _teams(needed: int) -> range:
    """Nine team sizes around the one needed, a twentieth of it apart."""
    step = max(1, round(0.05 * needed))
    below = min(3, (needed - 1) // step)
    return range(needed - below * step, needed + (9 - below) * step, step)


def _at_least_one(customers: float) -> Text:
    if customers < 1:
        return Text("chưa tới 1", "below 1")
    return number(customers, needed_decimals(customers, 1))


def _sheet_finding(
    enough: Staffing, target: float, within: float, payroll: float, lost: float
) -> Text:
    return Text(
        "Giờ cao điểm cần {agents} người trực để ít nhất {target} khách được phục vụ trong "
        "{within}: mỗi năm tốn {payroll} tiền lương, và vẫn mất {lost} vì {gone} khách bỏ cuộc.",
        "At busy hours it takes {agents} agents to serve at least {target} of customers within "
        "{within}: {payroll} of payroll a year, and {lost} still lost with the {gone} who give "
        "up.",
    ).format(
        agents=number(enough.agents),
        target=percent(target, 0),
        within=duration(within),
        payroll=money(payroll),
        lost=money(lost),
        gone=percent(enough.queue.abandon_probability),
    )
