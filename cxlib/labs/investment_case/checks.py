"""What a machine can check before the board does, and what to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np

from cxlib.labs.investment_case.paper import share_of_plan
from cxlib.learning.board_case import BoardCase
from cxlib.models.business_case import plan_npv
from cxlib.text import Lang, Text, money, number, percent, same

_ONE_DONG: Final = 1.0
_LIKE_REVENUE: Final = 0.3
_TOO_RISKY: Final = 1 / 3


@dataclass(frozen=True)
class Check:
    """One question with its answer: what is right, or what to mend."""

    key: str
    passed: bool
    told: Text


def checks(case: BoardCase) -> Iterator[Check]:
    """Check the case, one question after the other."""
    yield _sums_tie(case)
    yield _every_number_has_a_source(case)
    yield _npv_recomputes(case)
    yield _loss_is_told(case)
    yield _nothing_counts_twice(case)
    yield _margin_not_revenue(case)
    yield _stop_at_break_even(case)
    yield _somebody_answers(case)


def checklist_html(case: BoardCase, lang: Lang) -> str:
    """Write the checks as a list, the ones to mend marked."""
    items = "".join(
        f'<li class="{"cx-right" if check.passed else "cx-wrong"}">'
        f"{'✓' if check.passed else '✗'} {escape(check.told(lang))}</li>"
        for check in checks(case)
    )
    return f'<ul class="cx-checks">{items}</ul>'


def _sums_tie(case: BoardCase) -> Check:
    total = float(case.plan.costs.to_numpy().sum())
    said = {"asked": money(case.ask.amount), "total": money(total)}
    if abs(case.ask.amount - total) < max(_ONE_DONG, 0.005 * total):
        told = Text(
            "Tổng khớp: tám khoản chi cộng lại đúng bằng {asked} xin duyệt.",
            "The sums tie: the eight costs come to the {asked} asked for.",
        )
        return Check("sums", True, told.format(**said))
    told = Text(
        "Tổng lệch: bạn xin {asked} mà tám khoản chi cộng lại là {total}. Hãy sửa một trong hai.",
        "The sums do not tie: you ask for {asked}, the eight costs come to {total}. Mend one.",
    )
    return Check("sums", False, told.format(**said))


def _every_number_has_a_source(case: BoardCase) -> Check:
    untold = [item.code for item in case.assumptions if item.origin is None]
    borrowed = [item for item in case.assumptions if item.origin == "template"]
    if untold:
        named = same(", ".join(code for code in untold if code != "rate"))
        if "rate" in untold:
            more = same(", ") if named.vi else same("")
            named = Text("tỷ suất chiết khấu", "the discount rate") + more + named
        told = Text(
            "Chưa ghi nguồn: {named}. Hãy chọn loại nguồn trong sổ giả định.",
            "No source yet: {named}. Choose the kind of source in the register.",
        )
        return Check("sources", False, told.format(named=named))
    told = Text(
        "Con số nào cũng ghi nguồn; {n} con số còn là mẫu của khóa học, được ghi rõ là giả định.",
        "Every number has its source; {n} are still templates of the course, marked as assumed.",
    )
    return Check("sources", True, told.format(n=number(len(borrowed))))


def _npv_recomputes(case: BoardCase) -> Check:
    """Compare the plan's NPV, year by year, with the simulation's, benefit by benefit."""
    again = float(plan_npv({}, plan=case.plan)[0])
    fits = bool(np.isclose(again, case.outcome.npv, atol=_ONE_DONG))
    told = Text(
        "NPV tính theo hai cách, cộng từng năm và cộng từng lợi ích, đều ra {value}.",
        "NPV computed in two ways, by year and by benefit, is {value}.",
    )
    differs = Text(
        "NPV tính lại ra {value}, khác con số trong hồ sơ. Hãy báo cho người soạn khóa học.",
        "NPV computed again is {value}, not the one in the case. Tell the makers of the course.",
    )
    return Check("npv", fits, (told if fits else differs).format(value=money(again)))


def _loss_is_told(case: BoardCase) -> Check:
    loss = case.futures.probability_of_loss
    bold = loss >= _TOO_RISKY and not case.ask.staged
    told = Text(
        "Xác suất lỗ {loss} được nêu ngay trong hồ sơ, và lời đề nghị hợp với nó.",
        "The chance of a loss, {loss}, stands in the case, and what is asked for fits it.",
    )
    mend = Text(
        "Xác suất lỗ là {loss} mà bạn xin duyệt cả chương trình một lần. Hãy xin thí điểm trước.",
        "The chance of a loss is {loss}, yet you ask for the whole programme at once. Ask for a "
        "pilot first.",
    )
    return Check("loss", not bold, (mend if bold else told).format(loss=percent(loss, 0)))


def _nothing_counts_twice(case: BoardCase) -> Check:
    twice = case.plan.twice
    told = Text(
        "Không cộng trùng: B5 không đứng chung với B1, B2, B3 hay B7.",
        "Nothing counts twice: B5 does not stand beside B1, B2, B3 or B7.",
    )
    mend = Text(
        "B5 đã gồm sẵn {codes} nên không được cộng vào tổng. Hãy xóa nó trong bảng tính bài 09 để "
        "không ai hiểu lầm.",
        "B5 already holds {codes}, so it is left out of the sum. Delete it in the calculation of "
        "lesson 09 so that nobody is misled.",
    )
    return Check("twice", not twice, (mend if twice else told).format(codes=same(", ".join(twice))))


def _margin_not_revenue(case: BoardCase) -> Check:
    share = float(case.outcome.benefits.max()) / case.margin
    fits = share <= _LIKE_REVENUE
    told = Text(
        "Lợi ích năm cao nhất bằng {share} biên lợi nhuận đóng góp của cả công ty: nghe hợp lý.",
        "The best year's benefit is {share} of the company's contribution margin: plausible.",
    )
    mend = Text(
        "Lợi ích năm cao nhất bằng {share} biên lợi nhuận đóng góp của cả công ty. Có phải bạn đã "
        "tính trên doanh thu?",
        "The best year's benefit is {share} of the company's contribution margin. Was it counted "
        "on revenue?",
    )
    return Check("margin", fits, (told if fits else mend).format(share=percent(share, 0)))


def _stop_at_break_even(case: BoardCase) -> Check:
    sound = case.pilot.least >= case.breakeven
    said = {"least": share_of_plan(case.pilot.least), "needed": share_of_plan(case.breakeven)}
    told = Text(
        "Điều kiện dừng ({least}) không thấp hơn điểm hòa vốn ({needed}).",
        "The stopping rule ({least}) is not below break-even ({needed}).",
    )
    mend = Text(
        "Điều kiện dừng ({least}) thấp hơn điểm hòa vốn ({needed}): thí điểm “đạt” mà vẫn "
        "lỗ. Hãy nâng lên.",
        "The stopping rule ({least}) is below break-even ({needed}): a pilot may "
        "“pass” and still lose. Raise it.",
    )
    return Check("stop", sound, (told if sound else mend).format(**said))


def _somebody_answers(case: BoardCase) -> Check:
    named = bool(case.ask.owner)
    told = Text("Có người chịu trách nhiệm: {owner}.", "Somebody answers for it: {owner}.")
    mend = Text(
        "Chưa có tên người chịu trách nhiệm. Hội đồng nào cũng hỏi câu này đầu tiên.",
        "Nobody is named to answer for it. Every board asks that first.",
    )
    return Check("owner", named, told.format(owner=same(case.ask.owner)) if named else mend)
