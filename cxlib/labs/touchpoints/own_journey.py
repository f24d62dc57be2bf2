"""The learner's own journey: its emotion curve, its moments of truth, and where to invest."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.charts import touchpoints as charts
from cxlib.labs.touchpoints.survey import NAMES, scores
from cxlib.learning.fields import Lines, Money, Quantity, Taken, Upload
from cxlib.learning.lab import lab
from cxlib.learning.lines import read_lines, write_lines
from cxlib.learning.profile import Profile
from cxlib.learning.uploads import read_tables, templates
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.portfolio import Portfolio, best_portfolio, worst_first
from cxlib.own_tables import TOUCHPOINTS
from cxlib.text import LANGS, Lang, Problem, Text, money, number, percent, same, shortened

_EXAMPLE: Final = {
    "quang_cao": ("before", 1, 690e6),
    "website": ("before", 2, 440e6),
    "tu_van": ("during", 5, 220e6),
    "thanh_toan": ("during", 2, 150e6),
    "giao_hang": ("after", 10, 720e6),
    "lap_dat": ("after", 3, 140e6),
    "cskh": ("after", 7, 790e6),
    "bao_hanh": ("after", 5, 250e6),
}
_STAGES: Final = {
    "before": Text("Trước khi mua", "Before buying"),
    "during": Text("Khi mua", "While buying"),
    "after": Text("Sau khi mua", "After buying"),
}
_MOST: Final = 30
_LABEL_LENGTH: Final = 20
_NOTHING: Final = Portfolio((), 0.0, 0.0)
_BUDGET_SHARE: Final = 0.002


@cache
def _example(lang: Lang) -> str:
    """Write An Nhien's touchpoints as the lines a learner would type."""
    stages = next(column.categories for column in TOUCHPOINTS.columns if column.name == "stage")
    rows = [
        (
            NAMES[key](lang),
            stages[stage](lang),
            importance,
            round(float(scores()[key].mean()), 1),
            cost,
        )
        for key, (stage, importance, cost) in _EXAMPLE.items()
    ]
    table = pd.DataFrame(rows, columns=[column.name for column in TOUCHPOINTS.columns])
    return write_lines(table, TOUCHPOINTS, lang).replace(";", "; ")


def _limited(table: pd.DataFrame) -> pd.DataFrame:
    if len(table) > _MOST:
        raise Problem(
            Text(
                "Có {n} điểm chạm. Hãy giữ lại {most} điểm chạm đáng kể nhất.",
                "There are {n} touchpoints. Keep the {most} that matter most.",
            ).format(n=number(len(table)), most=number(_MOST))
        )
    return table


def _read(lines: str) -> pd.DataFrame:
    """Return the rows in the order of the journey; ``name`` is a Text."""
    if lines:
        table = _limited(read_lines(lines, TOUCHPOINTS, "vi"))
        names = [same(name) for name in table["touchpoint"]]
    else:
        table, english = (read_lines(_example(lang), TOUCHPOINTS, lang) for lang in LANGS)
        pairs = zip(table["touchpoint"], english["touchpoint"], strict=True)
        names = [Text(vi, en) for vi, en in pairs]
    stages = table["stage"].astype(object).where(table["stage"].isin(list(_STAGES)))
    called = pd.Series(names, index=table.index, dtype=object)
    table = table.assign(stage=stages.ffill().fillna("before"), name=called)
    order = table["stage"].map(list(_STAGES).index).sort_values(kind="stable").index
    table = table.loc[order].reset_index(drop=True)
    return table


def _weighed(table: pd.DataFrame, target: float) -> pd.DataFrame:
    """Add each touchpoint's weight, its gap to the target and what closing it is worth."""
    weight = table["importance"] / table["importance"].sum()
    gap = (target - table["performance"]).clip(lower=0)
    return table.assign(
        weight=weight, value=weight * gap, decisive=weight > weight.mean() * (1 + 1e-9)
    )


def _take(filename: str, content: bytes, lang: Lang) -> Taken:
    tables, told, sound = read_tables(filename, content, (TOUCHPOINTS,), lang)
    table = _limited(tables[TOUCHPOINTS.name])
    values = {} if table.empty else {"touchpoints": write_lines(table, TOUCHPOINTS, lang)}
    return Taken(values, told, sound)


def _from_profile(profile: Profile) -> dict[str, float]:
    """Start with a five-hundredth of a year's revenue."""
    revenue = profile.customers * profile.revenue_per_customer
    return {"budget": float(round(revenue * _BUDGET_SHARE, -6))}


@lab(
    key="own-journey",
    title=Text("Hành trình và danh mục đầu tư của bạn", "Your journey and where to invest"),
    formulas=(
        (Text("Danh mục tốt nhất trong ngân sách", "The best set within a budget"), best_portfolio),
    ),
    sources=("lemon2016", "kolesar1967"),
    arrangement="stack",
    from_profile=_from_profile,
    file=Upload(
        label=Text(
            "Đã có danh sách điểm chạm trong tệp? Gửi lên đây.",
            "A list of touchpoints in a file? Send it here.",
        ),
        take=_take,
        templates_html=templates(TOUCHPOINTS.title, (TOUCHPOINTS,)),
    ),
    budget=Money(Text("Ngân sách", "Budget"), 1e9, 0, 1e13, 1e6, slider=False),
    target=Quantity(Text("Muốn đạt mấy điểm", "Score to reach"), 8.5, 5, 10, 0.1),
    touchpoints=Lines(
        label=Text("Mỗi dòng một điểm chạm", "The touchpoints, one a line"),
        hint=Text(
            "điểm chạm; giai đoạn (trước khi mua, khi mua, sau khi mua); quan trọng 1–10; khách "
            "chấm 0–10; chi phí để đạt mức mong muốn (chưa biết thì để trống). Dán từ Excel cũng "
            "được.",
            "touchpoint; stage (before buying, while buying, after buying); importance 1–10; "
            "customers' score 0–10; cost of reaching the target (empty if unknown). Pasting from "
            "Excel works.",
        ),
        example=_example,
        check=lambda lines, lang: _limited(read_lines(lines, TOUCHPOINTS, lang)),
    ),
)
def own_journey(budget: float, target: float, touchpoints: str) -> View:
    """Draw the learner's journey and choose the touchpoints that her budget should mend."""
    table = _weighed(_read(touchpoints), target)
    best, rule = _chosen(table, budget)
    table = table.assign(funded=table.index.astype(str).isin(best.chosen))
    return View(
        finding=_finding(table, best, rule),
        chart=partial(
            charts.emotion_curve,
            table.assign(name=table["name"].map(partial(shortened, length=_LABEL_LENGTH))),
            _STAGES,
            target,
        ),
        key_figures=(
            KeyFigure(Text("Danh mục tốn", "The set costs"), money(best.cost)),
            KeyFigure(Text("Điểm hành trình tăng", "The journey gains"), number(best.value, 2)),
            KeyFigure(Text("Nếu sửa tệ nhất trước", "Worst first gains"), number(rule.value, 2)),
            KeyFigure(
                Text("Khoảnh khắc quyết định còn dưới mức", "Moments of truth below target"),
                number(int((table["decisive"] & (table["value"] > 0)).sum())),
            ),
        ),
        table=_portfolio_table(table),
    )


def _chosen(table: pd.DataFrame, budget: float) -> tuple[Portfolio, Portfolio]:
    """Return the best set and the set of “worst first” among what has a cost and a gap."""
    open_rows = table[table["cost"].notna() & (table["value"] > 0)]
    open_rows = open_rows.set_index(open_rows.index.astype(str))
    if open_rows.empty:
        return _NOTHING, _NOTHING
    costs, values = open_rows["cost"], open_rows["value"]
    best = best_portfolio(costs, values, budget)
    return best, worst_first(costs, values, open_rows["performance"], budget)


def _decided(row: pd.Series) -> Text:
    if row["funded"]:
        return Text("rót tiền", "fund")
    if row["value"] == 0:
        return Text("đã đạt", "reached")
    if pd.isna(row["cost"]):
        return Text("chưa rõ chi phí", "cost unknown")
    return Text("để sau", "later")


def _portfolio_table(table: pd.DataFrame) -> Table:
    return Table(
        (
            Text("Điểm chạm", "Touchpoint"),
            Text("Giai đoạn", "Stage"),
            Text("Sức nặng", "Weight"),
            Text("Khách chấm", "Score"),
            Text("Đạt mức mong muốn thì tăng", "Reaching the target adds"),
            Text("Chi phí", "Cost"),
            Text("Quyết định", "Decision"),
        ),
        [
            [
                row["name"],
                _STAGES[row["stage"]],
                percent(row["weight"], 0),
                number(row["performance"], 1),
                number(row["value"], 2),
                money(row["cost"]) if pd.notna(row["cost"]) else _UNKNOWN,
                _decided(row),
            ]
            for _, row in table.sort_values("value", ascending=False).iterrows()
        ],
    )


_UNKNOWN: Final = Text("chưa rõ", "unknown")


def _named(names: list[Text]) -> Text:
    """Name one or two touchpoints, count more of them."""
    if len(names) > 2:
        return Text("{n} điểm chạm", "{n} touchpoints").format(n=number(len(names)))
    return Text(" và ".join(name.vi for name in names), " and ".join(name.en for name in names))


def _finding(table: pd.DataFrame, best: Portfolio, rule: Portfolio) -> Text:
    first = table.sort_values("value", kind="stable").iloc[-1]
    worst = table.sort_values("performance", kind="stable").iloc[0]
    if first["value"] == 0:
        return Text(
            "Mọi điểm chạm đã đạt mức mong muốn. Hãy nâng mức ấy lên, hoặc giữ cho vững.",
            "Every touchpoint has reached the target. Raise it, or keep things steady.",
        )
    if not best.chosen:
        sentence = Text(
            "Đáng sửa nhất là {first}, nhưng chưa có việc nào vừa ngân sách: hãy ghi chi phí hoặc "
            "chia nhỏ việc.",
            "Most worth mending is {first}, but nothing fits the budget: add costs or smaller "
            "steps.",
        )
    elif best.value > rule.value + 1e-9:
        sentence = Text(
            "Rót {cost} cho {names} thì hành trình tăng {gain} điểm; sửa tệ nhất trước ({worst}) "
            "chỉ được {less}.",
            "{cost} for {names} lifts the journey by {gain} points; worst first ({worst}) gives "
            "only {less}.",
        )
    else:
        sentence = Text(
            "Rót {cost} cho {names} thì hành trình tăng {gain} điểm. Lần này sửa tệ nhất trước "
            "cũng tốt như vậy.",
            "{cost} for {names} lifts the journey by {gain} points. This time worst first does as "
            "well.",
        )
    return sentence.format(
        first=first["name"],
        worst=worst["name"],
        cost=money(best.cost),
        names=_named(table[table["funded"]]["name"].to_list()),
        gain=number(best.value, 2),
        less=number(rule.value, 2),
    )
