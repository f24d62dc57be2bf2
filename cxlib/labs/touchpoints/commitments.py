"""From a wish to a commitment: measure, goal, deadline, owner, and regular reviews."""

from __future__ import annotations

from functools import cache, partial
from typing import Any, Final

import pandas as pd

from cxlib.charts import touchpoints as charts
from cxlib.learning.fields import Lines, Quantity
from cxlib.learning.lab import lab
from cxlib.learning.lines import read_lines, write_lines
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.schemas import Column, Schema
from cxlib.text import LANGS, Lang, Problem, Text, needed_decimals, number, same, shortened

_MOST: Final = 12
_LABEL_LENGTH: Final = 34
_LONGEST: Final = 36

COMMITMENTS: Final = Schema(
    "commitments",
    Text("Cam kết cải tiến", "Commitments"),
    (
        Column("work", Text("Việc", "Improvement"), "text"),
        Column(
            "months",
            Text("Thời hạn (tháng)", "Deadline (months)"),
            "count",
            low=1,
            high=_LONGEST,
        ),
        Column("measure", Text("Thước đo", "Measure"), "text", required=False),
        Column("today", Text("Hôm nay", "Today"), "number", required=False),
        Column("goal", Text("Mục tiêu", "Goal"), "number", required=False),
        Column("owner", Text("Người phụ trách", "Owner"), "text", required=False),
    ),
)
_EXAMPLE: Final = (
    (
        Text("Báo đường đi của đơn", "Order tracking"),
        3,
        Text("% đơn được báo trước giờ giao", "% of orders announced"),
        40,
        95,
        Text("Anh Quân", "Quan"),
    ),
    (
        Text("Gọi lại khi khách gọi nhỡ", "Missed-call return"),
        6,
        Text("% gọi lại trong 30 phút", "% called back in 30 minutes"),
        25,
        90,
        Text("Chị Mai", "Mai"),
    ),
    (Text("Cho mượn máy khi bảo hành", "Loan appliance"), 4, same(""), None, None, same("")),
)
_WANTED: Final = {
    "measure": Text("thước đo", "measure"),
    "today": Text("mức hôm nay", "today's level"),
    "goal": Text("mục tiêu", "goal"),
    "owner": Text("người phụ trách", "owner"),
}
_NOT_YET: Final = Text("chưa có", "missing")


@cache
def _example(lang: Lang) -> str:
    """Write An Nhien's commitments as the lines a learner would type."""
    rows = [[cell(lang) if isinstance(cell, Text) else cell for cell in row] for row in _EXAMPLE]
    table = pd.DataFrame(rows, columns=[column.name for column in COMMITMENTS.columns])
    return write_lines(table, COMMITMENTS, lang).replace(";", "; ")


def _limited(lines: str, lang: Lang) -> pd.DataFrame:
    table = read_lines(lines, COMMITMENTS, lang)
    if len(table) > _MOST:
        raise Problem(
            Text(
                "Có {n} việc, quá nhiều để cùng theo dõi. Hãy giữ {most} việc.",
                "{n} improvements are too many to follow at once. Keep {most}.",
            ).format(n=number(len(table)), most=number(_MOST))
        )
    return table


def _read(lines: str) -> list[dict[str, Any]]:
    """Return one commitment a row, with its words in both languages and what it still lacks."""
    tables = [_limited(lines, "vi")] * 2 if lines else [_limited(_example(g), g) for g in LANGS]
    vi, en = ([dict(row) for _, row in table.iterrows()] for table in tables)
    return [
        {
            **row,
            **{name: Text(row[name], other[name]) for name in ("work", "measure", "owner")},
            "lacks": [name for name in _WANTED if row[name] == "" or pd.isna(row[name])],
        }
        for row, other in zip(vi, en, strict=True)
    ]


@lab(
    key="own-commitments",
    title=Text("Cam kết cải tiến của bạn", "Your commitments"),
    sources=("locke2002",),
    arrangement="stack",
    review=Quantity(Text("Mấy tháng rà soát một lần", "Review every (months)"), 1, 1, 6, 1),
    commitments=Lines(
        label=Text("Mỗi dòng một việc đã chọn", "What you chose, one a line"),
        hint=Text(
            "việc; thời hạn (tháng); thước đo; hôm nay; mục tiêu; người phụ trách. Hai ô đầu là "
            "đủ để bắt đầu.",
            "improvement; deadline (months); measure; today; goal; owner. The first two are enough "
            "to start with.",
        ),
        example=_example,
        check=_limited,
    ),
)
def own_commitments(review: float, commitments: str) -> View:
    """Turn the chosen improvements into commitments and say what each still lacks."""
    rows = _read(commitments)
    complete = [row for row in rows if not row["lacks"]]
    return View(
        finding=_finding(rows, review),
        chart=partial(
            charts.commitments,
            [(shortened(row["work"], _LABEL_LENGTH), row["months"], _told(row)) for row in rows],
            [not row["lacks"] for row in rows],
            int(review),
        ),
        key_figures=(
            KeyFigure(
                Text("Việc đã đủ điều kiện", "Complete"),
                Text("{n} trên {all}", "{n} of {all}").format(
                    n=number(len(complete)), all=number(len(rows))
                ),
                "good" if len(complete) == len(rows) else "bad",
            ),
            KeyFigure(Text("Số lần rà soát mỗi năm", "Reviews in a year"), number(12 // review)),
        ),
        table=Table(
            tuple(column.header for column in COMMITMENTS.columns),
            [
                [
                    row["work"],
                    number(row["months"]),
                    *(
                        _NOT_YET if name in row["lacks"] else _written(row[name])
                        for name in _WANTED
                    ),
                ]
                for row in rows
            ],
        ),
    )


def _written(cell: Any) -> Text:
    return cell if isinstance(cell, Text) else number(cell, needed_decimals(cell, 1))


def _told(row: dict[str, Any]) -> Text:
    """Write today's level and the goal, or what is still lacking."""
    if not row["lacks"]:
        return _written(row["today"]) + same(" → ") + _written(row["goal"])
    lacking = [_WANTED[name] for name in row["lacks"]]
    if len(lacking) > 2:
        return Text("thiếu {n} điều", "{n} things missing").format(n=number(len(lacking)))
    listed = Text(", ".join(t.vi for t in lacking), ", ".join(t.en for t in lacking))
    return Text("thiếu {what}", "no {what}").format(what=listed)


def _finding(rows: list[dict[str, Any]], review: float) -> Text:
    unfinished = [row for row in rows if row["lacks"]]
    if unfinished:
        return Text(
            "{n} trên {all} việc mới chỉ là mong muốn. “{work}” còn thiếu: {what}.",
            "{n} of {all} are still mere wishes. “{work}” lacks: {what}.",
        ).format(
            n=number(len(unfinished)),
            all=number(len(rows)),
            work=unfinished[0]["work"],
            what=Text(
                ", ".join(_WANTED[name].vi for name in unfinished[0]["lacks"]),
                ", ".join(_WANTED[name].en for name in unfinished[0]["lacks"]),
            ),
        )
    last = max(row["months"] for row in rows)
    return Text(
        "Đã thành cam kết thật ({all}/{all} việc): đủ thước đo, mục tiêu, thời hạn và người "
        "phụ trách. Việc cuối xong ở tháng thứ {last}; cứ {review} tháng rà soát một lần.",
        "Real commitments ({all}/{all}): measure, goal, deadline and owner. The last is due in "
        "month {last}; reviews every {review} months.",
    ).format(all=number(len(rows)), last=number(last), review=number(review))
