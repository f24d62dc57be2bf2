"""The board case as one value: what screen, spreadsheet and paper all show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import pandas as pd

from cxlib.models.business_case import (
    Outcome,
    Plan,
    Scenario,
    breakeven_share,
    evaluate,
    plan_npv,
)
from cxlib.models.uncertainty import MonteCarlo, Pert, monte_carlo, tornado
from cxlib.text import Text

ORIGINS: Final[dict[str, Text]] = {
    "measured": Text("đo tại công ty", "measured in the company"),
    "quoted": Text("báo giá, hợp đồng", "quote or contract"),
    "published": Text("nghiên cứu đã công bố", "published research"),
    "judged": Text("ước đoán có người chịu trách nhiệm", "a judgement somebody answers for"),
    "template": Text("số mẫu của khóa học", "template of the course"),
}
"""Where a number may come from, the surest first."""

UNTAGGED: Final = Text("chưa ghi nguồn", "no source yet")

SCENARIOS: Final[dict[str, tuple[Text, Scenario]]] = {
    "cautious": (Text("Thận trọng", "Cautious"), Scenario(0.7, 0.15, 6.0)),
    "base": (Text("Cơ sở", "Base"), Scenario()),
    "hopeful": (Text("Lạc quan", "Hopeful"), Scenario(1.15, -0.05, 0.0)),
}
"""The three scenarios a board sees, by key. Illustrative."""


DRIVERS: Final[dict[str, Text]] = {
    "B1": Text("B1 · nhiều khách ở lại hơn", "B1 · more customers stay"),
    "B2": Text("B2 · khách chi nhiều hơn", "B2 · customers spend more"),
    "B3": Text("B3 · khách được giới thiệu", "B3 · referred customers"),
    "B4": Text("B4 · ủng hộ sản phẩm mới", "B4 · new products backed"),
    "B5": Text("B5 · giá trị vòng đời tăng", "B5 · lifetime value rises"),
    "B6": Text("B6 · bớt lệ thuộc khách mới", "B6 · fewer new customers needed"),
    "B7": Text("B7 · chi phí phục vụ giảm", "B7 · lower cost to serve"),
    "B8": Text("B8 · ít nhân viên nghỉ việc", "B8 · fewer employees leave"),
    "cost_overrun": Text("chi vượt kế hoạch", "cost overrun"),
    "delay_months": Text("lợi ích đến chậm", "late benefits"),
    "rate": Text("tỷ suất chiết khấu", "discount rate"),
}
"""What swings the net present value, in few words."""


@dataclass(frozen=True)
class Assumption:
    """One number the case rests on.

    Attributes:
        code: C1–C8, B1–B8 or ``rate``.
        name: what it is called.
        value: the number as a reader sees it.
        origin: a key of :data:`ORIGINS`, or None while nobody has said.
        source: where exactly it comes from, in the learner's own words.
    """

    code: str
    name: Text
    value: Text
    origin: str | None
    source: str

    @property
    def origin_name(self) -> Text:
        """Where it comes from, in words."""
        return ORIGINS[self.origin] if self.origin else UNTAGGED


@dataclass(frozen=True)
class Pilot:
    """A trial before the programme.

    Attributes:
        customers: customers in each of the two groups.
        months: how long it runs.
        cost: what it costs, dong.
        least: share of the planned benefit below which the programme stops.
    """

    customers: float
    months: float
    cost: float
    least: float


@dataclass(frozen=True)
class Ask:
    """What the board is asked for.

    Attributes:
        amount: dong asked for over all years.
        staged: whether the pilot alone is asked for first.
        owner: who answers for it.
        problem: what customers suffer from today.
        promise: what is promised to them.
    """

    amount: float
    staged: bool
    owner: str
    problem: str
    promise: str


@dataclass(frozen=True)
class Passage:
    """One statement of the case; an ``assumed`` one rests on no figure of the company."""

    text: Text
    assumed: bool = False


@dataclass(frozen=True)
class BoardCase:
    """Everything the learner lays before the board.

    Attributes:
        company: its name.
        margin: contribution margin of the company a year, dong.
        retention: share of its customers who stay another year.
        plan: costs and benefits.
        ranges: driver → its estimate, relative to the plan.
        assumptions: the register.
        ask: what is asked for.
        pilot: the trial before it.
        gather: returns what the other lessons found, by chapter; that may take a second.
    """

    company: Text
    margin: float
    retention: float
    plan: Plan
    ranges: Mapping[str, Pert]
    assumptions: Sequence[Assumption]
    ask: Ask
    pilot: Pilot
    gather: Callable[[], Mapping[str, Sequence[Passage]]]

    @cached_property
    def passages(self) -> Mapping[str, Sequence[Passage]]:
        """What the other lessons found, by chapter."""
        return self.gather()

    @cached_property
    def outcome(self) -> Outcome:
        """The plan as it stands."""
        return evaluate(self.plan)

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """The plan in each scenario."""
        return {key: evaluate(self.plan, how) for key, (_, how) in SCENARIOS.items()}

    @cached_property
    def breakeven(self) -> float:
        """The share of the benefits that must come true."""
        return breakeven_share(self.plan)

    @cached_property
    def futures(self) -> MonteCarlo:
        """Ten thousand ways it may turn out."""
        return monte_carlo(partial(plan_npv, plan=self.plan), self.ranges)

    @cached_property
    def swings(self) -> pd.DataFrame:
        """What swings the net present value, widest first."""
        return tornado(partial(plan_npv, plan=self.plan), self.ranges)
