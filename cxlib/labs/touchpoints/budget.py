"""Two billion dong for sixteen wishes: the learner's choice, two popular rules, the best set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.catalogue import schema
from cxlib.charts import touchpoints as charts
from cxlib.data import load
from cxlib.labs.touchpoints.survey import NAMES
from cxlib.learning.fields import Choice, Money, Several, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.portfolio import Portfolio, best_portfolio, cheapest_first, worst_first
from cxlib.text import Text, money, number, percent, same

_IMPROVEMENTS: Final[Mapping[str, Text]] = next(
    column.categories
    for column in schema("diem_cham_chi_phi").columns
    if column.name == "improvement"
)
_SHORT: Final = {
    "hinh_that": Text("Ảnh quảng cáo thật", "Real ad photos"),
    "chien_dich_moi": Text("Chiến dịch mới", "Brand campaign"),
    "web_nhanh": Text("Tăng tốc web", "Faster website"),
    "ton_kho_tren_web": Text("Tồn kho trên web", "Stock on the web"),
    "them_vi_dien_tu": Text("Thêm ví điện tử", "More e-wallets"),
    "quay_tu_thanh_toan": Text("Quầy tự thanh toán", "Self-checkout"),
    "hen_gio_lap_dat": Text("Hẹn giờ lắp đặt", "Installation slots"),
    "doi_tho_rieng": Text("Đội thợ riêng", "Own fitters"),
    "bao_duong_di_cua_don": Text("Báo đường đi đơn", "Order tracking"),
    "khach_chon_khung_gio": Text("Chọn giờ nhận", "Delivery slots"),
    "kho_vung_mien_trung": Text("Kho miền Trung", "Central warehouse"),
    "mot_ho_so_khach": Text("Một hồ sơ khách", "One customer file"),
    "goi_lai_khi_lo_may": Text("Gọi lại khi nhỡ", "Missed-call return"),
    "cho_muon_may": Text("Cho mượn máy", "Loan appliance"),
    "bao_hanh_tai_nha": Text("Bảo hành tận nhà", "Warranty at home"),
    "hoi_nhu_cau_truoc": Text("Hỏi nhu cầu trước", "Ask before advising"),
}
BUDGET: Final = 2e9
_PLANS: Final = {
    "own": Text("Của bạn", "Yours"),
    "worst": Text("Tệ nhất trước", "Worst first"),
    "cheapest": Text("Rẻ nhất trước", "Cheapest first"),
    "best": Text("Tốt nhất", "Best"),
}
_SHOWN: Final = {
    "own": Text("Chỉ phương án của tôi", "Only my own plan"),
    "all": Text("So với ba phương án khác", "Beside three other plans"),
}
_MOST: Final = 4e9


@cache
def improvements() -> pd.DataFrame:
    """Return the sixteen improvements by key, with their value, the worst touchpoint first."""
    table = load("diem_cham_chi_phi").astype({"improvement": str, "touchpoint": str})
    table = table.assign(value=table["importance"] * table["gap_closed"])
    return table.set_index("improvement").sort_values("score_today", kind="stable")


@cache
def _needs() -> Mapping[str, tuple[str, ...]]:
    needed = improvements()["requires"].dropna()
    return {str(name): (str(need),) for name, need in needed.items()}


@cache
def plan(rule: str, budget: float) -> Portfolio:
    """Fill a budget by one rule: worst first, cheapest first, or the best set there is."""
    table = improvements()
    costs, values = table["cost_vnd"].astype(float), table["value"]
    if rule == "worst":
        return worst_first(costs, values, table["score_today"], budget, _needs())
    if rule == "cheapest":
        return cheapest_first(costs, values, budget, _needs())
    return best_portfolio(costs, values, budget, _needs())


def _own(chosen: tuple[str, ...]) -> tuple[Portfolio, tuple[str, ...]]:
    """Add up the learner's choice; what lacks its precondition costs money and brings nothing."""
    table = improvements()
    idle = tuple(name for name in chosen if not set(_needs().get(name, ())) <= set(chosen))
    working = [name for name in table.index if name in chosen and name not in idle]
    cost = float(table["cost_vnd"][list(chosen)].sum())
    return Portfolio(chosen, cost, sum(table["value"][name] for name in working)), idle


def _listed(rule: str) -> tuple[str, ...]:
    """Return what a rule chooses for the first budget, in the order of the list."""
    chosen = plan(rule, BUDGET).chosen
    return tuple(key for key in _IMPROVEMENTS if key in chosen)


def worst_first_reaches(budget: float = BUDGET) -> float:
    """Return what the rule “worst first” reaches, as a share of the best set's value."""
    return plan("worst", budget).value / plan("best", budget).value


@lab(
    key="two-billion",
    title=Text("Ngân sách 2 tỷ: bạn chọn việc nào?", "₫2 billion: which would you choose?"),
    presets={
        "worst": Preset(
            Text("Tình huống 1: tệ nhất trước", "Case 1: worst first"),
            {"chosen": _listed("worst"), "budget": BUDGET, "shown": "all"},
        ),
        "cheapest": Preset(
            Text("Tình huống 2: rẻ nhất trước", "Case 2: cheapest first"),
            {"chosen": _listed("cheapest"), "budget": BUDGET, "shown": "all"},
        ),
        "best": Preset(
            Text("Tình huống 3: tốt nhất", "Case 3: the best set"),
            {"chosen": _listed("best"), "budget": BUDGET, "shown": "all"},
        ),
    },
    formulas=(
        (Text("Danh mục tốt nhất trong ngân sách", "The best set within a budget"), best_portfolio),
    ),
    sources=("kolesar1967", "dantzig1957"),
    budget=Money(Text("Ngân sách", "Budget"), BUDGET, 4e8, _MOST, 1e8),
    chosen=Several(
        label=Text("Việc bạn chọn", "What you choose"),
        options={key: _SHORT[key] for key in _IMPROVEMENTS},
    ),
    shown=Choice(label=Text("Cho xem", "Show"), options=_SHOWN, default="own"),
)
def two_billion(
    budget: float, chosen: tuple[str, ...], shown: str, guess: float | None = None
) -> View:
    """Compare the learner's choice with two popular rules and the best set."""
    own, idle = _own(chosen)
    others = {rule: plan(rule, budget) for rule in _PLANS if rule != "own"}
    plans = {"own": own} if shown == "own" else {"own": own, **others}
    table, best = improvements(), others["best"]
    over = own.cost > budget
    return View(
        finding=_finding(own, others, budget, shown),
        chart=partial(
            charts.budget_board,
            table.assign(name=pd.Series(_SHORT)),
            {rule: (_PLANS[rule], found) for rule, found in plans.items()},
            best.value,
            guess if shown == "all" else None,
        ),
        key_figures=(
            KeyFigure(Text("Đã tiêu", "Spent"), money(own.cost), "bad" if over else "plain"),
            KeyFigure(
                Text("Còn lại", "Left"), money(budget - own.cost), "bad" if over else "plain"
            ),
            KeyFigure(Text("Điểm chung tăng", "Overall score gains"), number(own.value, 2)),
            KeyFigure(
                Text("So với tốt nhất", "Of the best"),
                _OVER
                if over
                else percent(own.value / best.value, 0)
                if shown == "all"
                else same("?"),
            ),
        ),
        table=Table(
            (
                Text("Việc", "Improvement"),
                Text("Điểm chạm", "Touchpoint"),
                Text("Hôm nay", "Today"),
                Text("Quan trọng", "Importance"),
                Text("Tăng thêm", "Gain"),
                Text("Chi phí", "Cost"),
                Text("Tháng", "Months"),
                Text("Cần trước", "Requires"),
            ),
            [
                [
                    _IMPROVEMENTS[str(key)],
                    NAMES[row["touchpoint"]],
                    number(row["score_today"], 1),
                    percent(row["importance"], 0),
                    number(row["gap_closed"], 1),
                    money(row["cost_vnd"]),
                    number(row["months"]),
                    _SHORT[_needs()[str(key)][0]] if key in _needs() else Text("không", "nothing"),
                ]
                for key, row in table.iterrows()
            ],
        ),
        warnings=tuple(
            _IDLE.format(name=_SHORT[name], need=_SHORT[_needs()[name][0]]) for name in idle
        ),
    )


_OVER: Final = Text("vượt ngân sách", "over budget")
_IDLE: Final = Text(
    "“{name}” chỉ chạy được khi có “{need}”, nên hiện chưa đem lại điểm nào.",
    "“{name}” works only with “{need}”, so for now it brings nothing.",
)


def _finding(own: Portfolio, others: Mapping[str, Portfolio], budget: float, shown: str) -> Text:
    best, worst = others["best"], others["worst"]
    if own.cost > budget:
        sentence = Text(
            "Vượt ngân sách {over}: hãy bỏ bớt việc.", "Over budget by {over}: drop something."
        )
    elif not own.chosen:
        sentence = Text(
            "Bạn có {budget} và mười sáu việc để chọn.", "You have {budget} and sixteen wishes."
        )
    elif shown == "own":
        sentence = Text(
            "Phương án của bạn: {n} việc, {cost}, điểm chung tăng {own}.",
            "Your plan: {n} improvements, {cost}, the overall score gains {own}.",
        )
    else:
        sentence = Text(
            "Phương án của bạn đạt {share} mức tốt nhất.", "Your plan reaches {share} of the best."
        )
    if shown == "all":
        sentence += Text(
            " Tệ nhất trước chỉ đạt {worst} vì đổ tiền vào chỗ khách ít bận tâm.",
            " Worst first reaches only {worst}: its money goes where customers hardly care.",
        )
    return sentence.format(
        over=money(own.cost - budget),
        budget=money(budget),
        n=number(len(own.chosen)),
        cost=money(own.cost),
        own=number(own.value, 2),
        share=percent(own.value / best.value, 0),
        worst=percent(worst.value / best.value, 0),
    )


worst_first_share: Final = Prediction(
    key="worst-first-share",
    question=Share(
        Text(
            "Có 2 tỷ ₫. Sửa điểm chạm tệ nhất trước, rồi tới chỗ tệ nhì, cho đến khi hết tiền: bạn "
            "đạt bao nhiêu phần trăm so với cách chọn tốt nhất?",
            "There are ₫2 billion. Mend the worst touchpoint first, then the next, until the money "
            "is gone: what share of the best choice does that reach?",
        ),
        None,
        0,
        1,
        0.01,
    ),
    answer=worst_first_reaches,
    asks_confidence=True,
)
