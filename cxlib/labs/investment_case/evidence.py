"""What a board should ask first: the large assumption that nobody has measured."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import investment_case as charts
from cxlib.labs.investment_case.dossier import plan_of, ranges
from cxlib.learning.fields import Choice, Several
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.business_case import Plan, plan_npv
from cxlib.models.programme import COSTS
from cxlib.models.uncertainty import Pert
from cxlib.text import Text, money, percent

JOBS: Final[dict[str, Text]] = {
    "costs": Text("lấy báo giá cho cả tám khoản chi", "get quotes for all eight costs"),
    "rate": Text(
        "chốt tỷ suất chiết khấu với phòng tài chính", "settle the discount rate with finance"
    ),
    "B1": Text("đo thử xem khách có ở lại nhiều hơn (B1)", "measure whether more stay (B1)"),
    "B2": Text("đo thử xem khách có chi nhiều hơn (B2)", "measure whether they spend more (B2)"),
    "B3": Text("đo thử xem khách có giới thiệu thêm (B3)", "measure whether they refer more (B3)"),
    "B7": Text("đo thử xem cuộc gọi có giảm (B7)", "measure whether calls go down (B7)"),
}
"""Ways to be surer, by what they make surer."""

_DRAWS: Final = 4_000
_MOST: Final = percent(0.9, 0)


@cache
def _plan() -> Plan:
    return plan_of({}, None)


@cache
def _draws(low: float, mode: float, high: float, column: int) -> NDArray[np.float64]:
    """Draw an estimate at the same evenly spread chances every time, shuffled by column."""
    chances = (np.arange(_DRAWS) + 0.5) / _DRAWS
    return Pert(low, mode, high).quantile(np.random.default_rng(column).permutation(chances))


@cache
def futures(done: frozenset[str]) -> NDArray[np.float64]:
    """Net present values of An Nhiên's plan when some jobs are done, shape (draws,)."""
    origins: dict[str, str | None] = dict.fromkeys(done - {"costs"}, "measured")
    if "costs" in done:
        origins |= dict.fromkeys(COSTS, "quoted")
    estimates = ranges(_plan(), origins)
    drawn = {
        name: _draws(estimate.low, estimate.mode, estimate.high, column)
        for column, (name, estimate) in enumerate(estimates.items())
    }
    return plan_npv(drawn, plan=_plan())


def width(done: frozenset[str]) -> float:
    """How far the middle 90 % of the net present values reach, dong."""
    low, high = np.quantile(futures(done), (0.05, 0.95))
    return float(high - low)


def narrowing(job: str, done: Collection[str]) -> float:
    """How much one job narrows that width beside the others done, dong."""
    others = frozenset(done) - {job}
    return width(others) - width(others | {job})


@lab(
    key="first-question",
    title=Text("Hội đồng sẽ hỏi gì trước?", "What will the board ask first?"),
    presets={
        "buyers": Preset(
            Text("Tình huống 1: làm việc dễ trước", "Case 1: the easy jobs first"),
            {"done": ("costs", "rate")},
        ),
        "customers": Preset(
            Text("Tình huống 2: đo ở khách trước", "Case 2: measure customers first"),
            {"done": ("B1", "B2", "B3")},
        ),
    },
    formulas=(
        (Text("NPV của cả hồ sơ", "NPV of the whole case"), plan_npv),
        (Text("Phân phối PERT", "The PERT distribution"), Pert),
    ),
    sources=("malcolm1959", "lovallo2003"),
    done=Several(label=Text("Những việc đã làm", "Jobs done"), options=JOBS),
)
def first_question(done: Collection[str], guess: str | None = None) -> View:
    """Show how sure the case is with the jobs done, and what each job is worth."""
    chosen = frozenset(done)
    worth = {job: narrowing(job, chosen) for job in JOBS}
    before, after = futures(frozenset()), futures(chosen)
    left = [job for job in JOBS if job not in chosen]
    return View(
        finding=_finding(chosen, worth, left),
        chart=partial(charts.evidence, before, after, worth, JOBS, chosen, guess),
        key_figures=(
            KeyFigure(Text("Khoảng NPV rộng", "Width of the NPV range"), money(width(chosen))),
            KeyFigure(
                Text("Hẹp hơn lúc đầu", "Narrower than at first"),
                percent(1 - width(chosen) / width(frozenset()), 0),
            ),
            KeyFigure(
                Text("Xác suất lỗ", "Chance of a loss"), percent(float((after < 0).mean()), 0)
            ),
        ),
        table=Table(
            (Text("Việc", "Job"), Text("Khoảng NPV hẹp lại", "Narrows the NPV range by")),
            [[JOBS[job], money(round(worth[job], -6))] for job in JOBS],
        ),
    )


def _finding(done: frozenset[str], worth: dict[str, float], left: list[str]) -> Text:
    if not left:
        sentence = Text(
            "Làm hết mọi việc rồi, NPV của {most} kịch bản vẫn trải trên {width}: chắc hơn trước, "
            "nhưng không bao giờ chắc hẳn.",
            "All is done, and the NPV of {most} of futures still spans {width}: surer, never sure.",
        )
        return sentence.format(most=_MOST, width=money(width(done)))
    best = max(left, key=lambda job: worth[job])
    sentence = Text(
        "NPV của {most} kịch bản trải trên một khoảng rộng {width}. Việc đáng làm nhất lúc này: "
        "“{best}”, khoảng ấy sẽ hẹp lại {worth}.",
        "The NPV of {most} of the futures spans {width}. The job most worth doing now: “{best}”; "
        "it narrows that range by {worth}.",
    )
    return sentence.format(
        most=_MOST, width=money(width(done)), best=JOBS[best], worth=money(round(worth[best], -6))
    )


_ASKED: Final = ("costs", "rate", "B1", "B7")
best_evidence: Final = Prediction(
    key="best-evidence",
    question=Choice(
        label=Text(
            "Trước ngày trình, chị Hạnh chỉ kịp làm một việc cho các con số bớt mù mờ. Việc nào "
            "làm NPV chắc chắn hơn nhiều nhất?",
            "Before the meeting Ms Hanh has time for one job that makes the numbers less vague. "
            "Which makes the NPV most certain?",
        ),
        options={job: JOBS[job] for job in _ASKED},
    ),
    answer=lambda: max(_ASKED, key=lambda job: narrowing(job, ())),
)
