"""The board case in words, tables and charts: one page for the screen, nine chapters for Word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np

from cxlib.charts import investment as charts
from cxlib.data import load
from cxlib.labs.invest_and_return.cockpit import judge
from cxlib.learning.board_case import DRIVERS, SCENARIOS, BoardCase
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.paper import Chapter, Paper, Picture, Words
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.business_case import Outcome
from cxlib.models.cashflow import return_on_investment
from cxlib.models.intervals import z_of_confidence
from cxlib.models.programme import COSTS
from cxlib.references import reference
from cxlib.schemas import BENEFIT_ITEMS, COST_ITEMS
from cxlib.text import Text, money, number, percent, points, same

_SHOWN_BARS: Final = 6
_RISKY: Final = 1 / 3
"""From this chance of a loss on, a board should be asked for a pilot first."""


def one_page(case: BoardCase) -> View:
    """Show what the case comes to and how sure it is."""
    figures = judged(case, case.outcome).key_figures
    futures, swings = case.futures, case.swings.head(_SHOWN_BARS)
    plan = case.outcome.npv
    return View(
        finding=finding(case),
        chart=partial(charts.chance_and_tornado, futures.outcome, plan, swings, DRIVERS, None),
        key_figures=(*figures[:3], *_sureness(case)),
        table=scenario_table(case),
    )


def judged(case: BoardCase, outcome: Outcome) -> View:
    """Judge one scenario as lesson 09 does."""
    return judge(outcome.costs, outcome.benefits, outcome.benefits, case.plan.rate)


def _sureness(case: BoardCase) -> tuple[KeyFigure, ...]:
    loss = case.futures.probability_of_loss
    return (
        KeyFigure(
            Text("Xác suất lỗ", "Chance of a loss"),
            percent(loss, 0),
            "bad" if loss >= _RISKY else "good",
        ),
        KeyFigure(
            Text("5 % kịch bản xấu nhất: NPV dưới", "Worst 5% of scenarios: NPV below"),
            money(case.futures.quantile(0.05)),
        ),
        KeyFigure(
            Text("Hòa vốn khi lợi ích đạt … kế hoạch", "Breaks even at … of planned benefits"),
            _NEVER if math.isinf(case.breakeven) else percent(case.breakeven, 0),
        ),
    )


_NEVER: Final = Text("không hòa vốn được", "cannot break even")


def share_of_plan(ratio: float) -> Text:
    """Write a share of the planned benefits."""
    if math.isinf(ratio):
        return _NEVER
    return percent(ratio, 0) + Text(" kế hoạch", " of the plan")


def finding(case: BoardCase) -> Text:
    """Say the whole case in a sentence."""
    loss = case.futures.probability_of_loss
    pays = _PAYS if loss < _RISKY else _MAY_PAY
    sentence = pays if case.outcome.npv >= 0 else _LOSES
    return sentence.format(
        company=case.company,
        spent=money(float(case.outcome.costs.sum())),
        value=money(abs(case.outcome.npv)),
        loss=number(loss * 100),
        needed=share_of_plan(case.breakeven),
    )


_PAYS: Final = Text(
    "{company} chi {spent} trong ba năm và tạo thêm {value}, quy về hôm nay; cứ 100 kịch bản thì "
    "{loss} kịch bản lỗ.",
    "{company} spends {spent} over three years and gains {value} in today's money; {loss} of 100 "
    "futures lose.",
)
_MAY_PAY: Final = Text(
    "{company} chi {spent} trong ba năm; theo kế hoạch thì tạo thêm {value}, quy về hôm nay, "
    "nhưng cứ 100 kịch bản thì {loss} kịch bản lỗ: nên thí điểm trước.",
    "{company} spends {spent} over three years; as planned it gains {value} in today's money, yet "
    "{loss} of 100 futures lose: a pilot should come first.",
)
_LOSES: Final = Text(
    "{company} chi {spent} trong ba năm và mất {value}, quy về hôm nay: chưa nên trình. Điểm hòa "
    "vốn: {needed}.",
    "{company} spends {spent} over three years and loses {value} in today's money: not ready for "
    "the board. Break-even: {needed}.",
)


def scenario_table(case: BoardCase) -> Table:
    """Set the three scenarios side by side."""
    views = {key: judged(case, outcome) for key, outcome in case.outcomes.items()}
    lines = zip(*(view.key_figures for view in views.values()), strict=True)
    rows = [
        [Text("Lợi ích thành hiện thực", "Share of the benefits that comes true")]
        + [percent(how.realised, 0) for _, how in SCENARIOS.values()],
        [Text("Chi vượt kế hoạch", "Cost overrun")]
        + [percent(how.overrun, 0) for _, how in SCENARIOS.values()],
        [Text("Lợi ích đến chậm (tháng)", "Benefits late by (months)")]
        + [number(how.months_late) for _, how in SCENARIOS.values()],
        *([line[0].label, *(figure.value for figure in line)] for line in lines),
    ]
    heads = [Text("Kịch bản", "Scenario"), *(name for name, _ in SCENARIOS.values())]
    return Table(heads, rows)


# ------------------------------------------------------------------------------ the whole paper

TITLE: Final = Text(
    "Tờ trình đầu tư cho trải nghiệm khách hàng", "Proposal to invest in customer experience"
)
CHAPTERS: Final[dict[str, Text]] = {
    "problem": Text("1. Vấn đề và lời hứa", "1. The problem and the promise"),
    "ecosystem": Text("2. Hệ sinh thái và nhân viên", "2. The ecosystem and the employees"),
    "portfolio": Text("3. Danh mục việc cần làm", "3. The portfolio of work"),
    "costs": Text("4. Tám khoản chi", "4. The eight costs"),
    "benefits": Text("5. Lợi ích, không cộng trùng", "5. Benefits, none counted twice"),
    "value": Text("6. Giá trị và độ chắc chắn", "6. The value, and how sure it is"),
    "pilot": Text("7. Thí điểm và điều kiện dừng", "7. The pilot and when to stop"),
    "risks": Text(
        "8. Rủi ro, pháp luật và sổ giả định", "8. Risks, law and the assumption register"
    ),
    "ask": Text("9. Lời đề nghị", "9. What is asked for"),
}
"""The nine chapters, by key."""


def board_paper(case: BoardCase) -> Paper:
    """Write the case down in nine chapters, the gist of it first."""
    found = {
        key: tuple(Words(passage.text, passage.assumed) for passage in case.passages.get(key, ()))
        for key in CHAPTERS
    }
    parts: dict[str, Sequence[Words | Table | Picture]] = {
        **found,
        "problem": _problem(case, found["problem"]),
        "costs": (_spent(case), _cost_table(case)),
        "benefits": (_won(case), _benefit_table(case), *found["benefits"]),
        "value": _value(case),
        "pilot": (*_pilot(case), *found["pilot"]),
        "risks": (*found["risks"], *_risks(case)),
        "ask": (*found["ask"], *_ask(case)),
    }
    chapters = [Chapter(title, parts[key]) for key, title in CHAPTERS.items()]
    gist = Chapter(Text("Tóm tắt", "In brief"), (Words(finding(case)), *_ask(case)[:1]))
    return Paper(TITLE, _ADDRESS.format(company=case.company), (gist, *chapters))


_ADDRESS: Final = Text(
    "{company} · Kính gửi Hội đồng quản trị", "{company} · To the board of directors"
)


def _problem(case: BoardCase, found: Sequence[Words]) -> tuple[Words, ...]:
    """What she says customers suffer from, else what stands in for it; then the promise."""
    problem, promise = case.ask.problem, case.ask.promise
    measured = tuple(words for words in found if not words.assumed)
    told = (Words(_PROBLEM.format(problem=same(problem))), *measured) if problem else tuple(found)
    promised = _PROMISE.format(promise=same(promise) if promise else _USUAL_PROMISE)
    return (*told, Words(promised, assumed=not promise))


_PROBLEM: Final = Text("Nỗi khổ của khách: {problem}", "What customers suffer from: {problem}")
_PROMISE: Final = Text("Lời hứa với khách: {promise}", "The promise to customers: {promise}")
_USUAL_PROMISE: Final = Text(
    "điều gì đã nói thì làm đúng, đúng hẹn, ngay từ lần đầu.",
    "what we say, we do, on time and right the first time.",
)


def _spent(case: BoardCase) -> Words:
    costs = case.outcome.costs
    return Words(
        _SPENT.format(
            total=money(float(costs.sum())), first=money(costs[0]), yearly=money(costs[1])
        )
    )


_SPENT: Final = Text(
    "Cả chương trình tốn {total}: {first} chi một lần khi bắt đầu và {yearly} mỗi năm sau đó.",
    "The programme costs {total}: {first} once at the start and {yearly} in each later year.",
)
_ITEM: Final = Text("Khoản", "Item")
_SOURCE: Final = Text("Nguồn", "Source")
_TOTAL: Final = Text("Tổng", "Total")


def _cost_table(case: BoardCase) -> Table:
    origins = _origins(case)
    rows = [
        [
            same(f"{code} · ") + COST_ITEMS[code],
            *(money(amount) for amount in case.plan.row(code)[:2]),
            money(case.plan.row(code).sum()),
            origins.get(code, same("–")),
        ]
        for code in COSTS
    ]
    total = case.outcome.costs
    rows.append([_TOTAL, money(total[0]), money(total[1]), money(total.sum()), same("")])
    heads = (_ITEM, Text("Một lần", "Once"), Text("Mỗi năm", "Each year"), _TOTAL, _SOURCE)
    return Table(heads, rows)


def _origins(case: BoardCase) -> dict[str, Text]:
    return {item.code: item.origin_name for item in case.assumptions}


def _won(case: BoardCase) -> Words:
    sentence = _TWICE if case.plan.twice else _ONCE
    return Words(sentence.format(total=money(float(case.outcome.benefits.sum()))))


_ONCE: Final = Text(
    "Lợi ích tính trên biên lợi nhuận đóng góp, không tính trên doanh thu: {total} trong ba năm. "
    "Cuộc sống tốt hơn (B9) và văn hóa công ty (B10) là giá trị để theo đuổi, không quy ra tiền.",
    "Benefits are counted on contribution margin, not on revenue: {total} over three years. A "
    "better world (B9) and a culture of one's own (B10) are values and not turned into money.",
)
_TWICE: Final = Text(
    "Lợi ích tính trên biên lợi nhuận đóng góp, không tính trên doanh thu: {total} trong ba năm. "
    "Giá trị vòng đời (B5) đã gồm sẵn B1, B2, B3 và B7 nên không được cộng. Cuộc sống tốt hơn (B9) "
    "và văn hóa công ty (B10) là giá trị để theo đuổi, không quy ra tiền.",
    "Benefits are counted on contribution margin, not on revenue: {total} over three years. "
    "Lifetime value (B5) already holds B1, B2, B3 and B7, so it is not added. A better world (B9) "
    "and a culture of one's own (B10) are values and not turned into money.",
)


def _benefit_table(case: BoardCase) -> Table:
    origins, totals = _origins(case), case.outcome.benefits
    years = range(1, len(totals))
    rows = [
        [
            same(f"{code} · ") + BENEFIT_ITEMS[code],
            *(money(amount) for amount in case.plan.row(code)[1:]),
            origins[code],
        ]
        for code in case.plan.counted
    ]
    rows.append([_TOTAL, *(money(amount) for amount in totals[1:]), same("")])
    return Table((_ITEM, *_year_heads(years), _SOURCE), rows)


def _year_heads(years: Sequence[int]) -> tuple[Text, ...]:
    return tuple(Text(f"Năm {year}", f"Year {year}") for year in years)


def _value(case: BoardCase) -> tuple[Words | Table | Picture, ...]:
    view, outcome, page = judged(case, case.outcome), case.outcome, one_page(case)
    running = np.cumsum(outcome.net / (1 + case.plan.rate) ** np.arange(len(outcome.net)))
    simple = return_on_investment(outcome.benefits, outcome.costs)
    flows = partial(charts.roi_cockpit, outcome.net, running, simple, outcome.roi, None)
    futures = case.futures
    return (
        Words(view.finding),
        view.table,
        Picture(flows, view.finding),
        Words(_THREE),
        scenario_table(case),
        Words(
            _SURE.format(
                loss=percent(futures.probability_of_loss, 0),
                mean=money(futures.mean),
                worst=money(futures.quantile(0.05)),
                needed=share_of_plan(case.breakeven),
            )
        ),
        Picture(page.chart, Text(page.describe("vi"), page.describe("en"))),
    )


_THREE: Final = Text(
    "Ba kịch bản đi từ thận trọng đến lạc quan; kịch bản cơ sở là kế hoạch như đã lập.",
    "Three scenarios run from cautious to hopeful; the base scenario is the plan as it stands.",
)
_SURE: Final = Text(
    "Mỗi giả định là một khoảng, nguồn càng chắc thì khoảng càng hẹp. Trong mười nghìn kịch bản "
    "bốc ngẫu nhiên, {loss} bị lỗ; NPV bình quân là {mean}, và 5 % xấu nhất có NPV dưới {worst}. "
    "Điểm hòa vốn: {needed}.",
    "Each assumption is a range, the narrower the surer its source. Of ten thousand futures drawn "
    "at random, {loss} lose; the average NPV is {mean}, and the worst 5% have an NPV below "
    "{worst}. Break-even: {needed}.",
)


def _pilot(case: BoardCase) -> tuple[Words, ...]:
    pilot = case.pilot
    error = z_of_confidence(0.95) * math.sqrt(
        2 * case.retention * (1 - case.retention) / pilot.customers
    )
    return (
        Words(
            _TRIAL.format(
                n=Quantity.display(pilot.customers),
                months=Quantity.display(pilot.months),
                cost=money(pilot.cost),
            )
        ),
        Words(_SHARPNESS.format(n=Quantity.display(pilot.customers), error=points(error, 1))),
        Words(_STOP.format(least=Share.display(pilot.least), needed=share_of_plan(case.breakeven))),
    )


_TRIAL: Final = Text(
    "Bốc thăm: {n} khách được phục vụ theo cách mới, {n} khách giữ như cũ; theo dõi {months} "
    "tháng, chi phí {cost}.",
    "By lot, {n} customers are served the new way and {n} as before, for {months} months, at a "
    "cost of {cost}.",
)
_SHARPNESS: Final = Text(
    "Với {n} khách mỗi nhóm, mức chênh về tỷ lệ khách ở lại đo được có thể lệch chừng ±{error} "
    "(độ tin cậy 95 %); hiệu quả nhỏ hơn thế thì cuộc thí điểm này chưa nhìn ra.",
    "With {n} customers in each group, the measured difference in retention is off by about "
    "±{error} (95% confidence); this pilot cannot see a smaller effect.",
)
_STOP: Final = Text(
    "Điều kiện dừng, chốt trước khi chạy: lợi ích đo được dưới {least} kế hoạch thì dừng và báo "
    "cáo. Điểm hòa vốn của cả chương trình: {needed}.",
    "When to stop, settled before it runs: if the measured benefit is below {least} of the plan, "
    "we stop and report. Break-even of the whole programme: {needed}.",
)


def _risks(case: BoardCase) -> tuple[Words | Table, ...]:
    names = [DRIVERS[str(driver)] for driver in case.swings.index[:3]]
    listed = Text("; ".join(name.vi for name in names), "; ".join(name.en for name in names))
    facts = load("public_facts").set_index("key").to_dict("index")
    law = [
        Text(fact["vi"], fact["en"]) + same(f" ({reference(fact['source'])})")
        for fact in (facts["privacy_law"], facts["consumer_law"])
    ]
    return (
        Words(_WATCH.format(listed=listed)),
        *(Words(sentence) for sentence in law),
        Words(_REGISTER),
        register_table(case),
    )


_WATCH: Final = Text(
    "Ba giả định làm NPV dao động mạnh nhất, cần tìm hiểu và theo dõi trước tiên: {listed}.",
    "The three assumptions that swing NPV most, to be researched and watched first: {listed}.",
)
_REGISTER: Final = Text(
    "Sổ giả định: mỗi con số đều ghi rõ lấy từ đâu. Tiền là tổng ba năm.",
    "The assumption register: each number says where it comes from. Money is the sum of three "
    "years.",
)


def register_table(case: BoardCase) -> Table:
    """List every number of the case with where it comes from."""
    rows = [
        [
            item.name if item.code == "rate" else same(f"{item.code} · ") + item.name,
            item.value,
            item.origin_name,
            same(item.source or "–"),
        ]
        for item in case.assumptions
    ]
    heads = (
        Text("Giả định", "Assumption"),
        Text("Giá trị", "Value"),
        Text("Loại nguồn", "Kind of source"),
        Text("Nguồn cụ thể", "Source"),
    )
    return Table(heads, rows)


def _ask(case: BoardCase) -> tuple[Words, ...]:
    ask, pilot = case.ask, case.pilot
    owner = same(ask.owner) if ask.owner else _NOBODY
    sentence = _ASK_STAGED if ask.staged else _ASK_WHOLE
    asked = sentence.format(
        amount=money(ask.amount),
        cost=money(pilot.cost),
        months=Quantity.display(pilot.months),
        least=Share.display(pilot.least),
    )
    return (Words(asked), Words(_OWNED.format(owner=owner), assumed=not ask.owner))


_NOBODY: Final = Text("người phụ trách còn phải chỉ định", "a person still to be named")
_ASK_STAGED: Final = Text(
    "Kính đề nghị Hội đồng quản trị duyệt {cost} cho thí điểm {months} tháng và dành {amount} cho "
    "cả chương trình, chỉ giải ngân khi lợi ích đo được đạt từ {least} kế hoạch trở lên.",
    "The board is asked to approve {cost} for a pilot of {months} months, and to set {amount} "
    "aside for the whole programme, released only if the measured benefit reaches {least} of the "
    "plan.",
)
_ASK_WHOLE: Final = Text(
    "Kính đề nghị Hội đồng quản trị duyệt {amount} cho cả chương trình, và cho dừng nếu lợi ích "
    "đo được dưới {least} kế hoạch.",
    "The board is asked to approve {amount} for the whole programme, and to stop it if the "
    "measured benefit is below {least} of the plan.",
)
_OWNED: Final = Text(
    "Chịu trách nhiệm: {owner}. Báo cáo mỗi quý: tiền đã chi, lợi ích đo được, giả định nào sai.",
    "Answering for it: {owner}. Reported every quarter: money spent, benefit measured, assumptions "
    "proven wrong.",
)
