"""The promise audit: who promises what about the same thing, and which promise can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.catalogue import schema
from cxlib.charts import promise as charts
from cxlib.data import load
from cxlib.learning.fields import Choice, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.expectation import PromiseAudit, audit_promises, deliverability
from cxlib.text import Text, needed_decimals, number, percent, same

_COLUMNS: Final = {column.name: column for column in schema("so_loi_hua").columns}
SUBJECTS: Final[Mapping[str, Text]] = _COLUMNS["subject"].categories
CHANNELS: Final[Mapping[str, Text]] = _COLUMNS["channel"].categories
_UNITS: Final[Mapping[str, Text]] = _COLUMNS["unit"].categories

KEPT_AT_LEAST: Final = Share(
    Text("Lời hứa phải giữ được ít nhất", "A promise must be kept in at least"),
    0.90,
    0.5,
    0.99,
    0.01,
)

_FEW: Final = 4

_RULES: Final = {
    "today": Text("Giữ nguyên như hôm nay", "Leave them as they are"),
    "shortest": Text("Mọi nơi cùng hứa mức ngắn nhất", "All promise the shortest"),
    "longest": Text("Mọi nơi cùng hứa mức dài nhất", "All promise the longest"),
    "ninth": Text("Mọi nơi hứa mức 9/10 lần kịp", "All promise what 9 in 10 keep"),
}
_SHOWN: Final = {
    "contradicted": Text("Việc mỗi nơi hứa một kiểu", "Promised differently today"),
    "agreed": Text("Việc mọi nơi hứa như nhau", "Promised alike today"),
}


@cache
def audited(rule: str = "today") -> PromiseAudit:
    """Audit An Nhien's register of 72 messages, as it is or after one rule for all channels."""
    register = load("so_loi_hua").astype({"subject": str})
    promises = register.groupby("subject")["promise_value"]
    values = {
        "today": register["promise_value"],
        "shortest": promises.transform("min"),
        "longest": promises.transform("max"),
        "ninth": register["actual_p90"],
    }
    return audit_promises(register.assign(promise_value=values[rule]), subject="subject")


@lab(
    key="promise-audit",
    title=Text("Kiểm toán 72 câu hứa", "Auditing 72 messages"),
    presets={
        "shortest": Preset(
            Text("Tình huống 1: thống nhất theo mức ngắn nhất", "Case 1: agree on the shortest"),
            {"rule": "shortest"},
        ),
        "longest": Preset(
            Text("Tình huống 2: thống nhất theo mức dài nhất", "Case 2: agree on the longest"),
            {"rule": "longest"},
        ),
        "ninth": Preset(
            Text("Tình huống 3: hứa theo số đo thực tế", "Case 3: promise what was measured"),
            {"rule": "ninth"},
        ),
    },
    formulas=(
        (Text("Xác suất giữ được lời hứa", "Chance that a promise is kept"), deliverability),
    ),
    sources=("parasuraman1985",),
    rule=Choice(
        label=Text("Bạn sẽ sửa các câu hứa thế nào?", "How will you mend the messages?"),
        options=_RULES,
        default="today",
    ),
    target=KEPT_AT_LEAST,
    shown=Choice(label=Text("Xem", "Show"), options=_SHOWN, default="contradicted"),
)
def promise_audit(rule: str, target: float, shown: str) -> View:
    """Set every message against what really happens."""
    audit = audited(rule)
    messages = audit.messages
    wanted = audited().messages["contradicted"] == (shown == "contradicted")
    seen = messages[wanted].sort_values("subject", kind="stable")
    deliverable = audit.deliverable_share(target)
    weakest = messages.nsmallest(1, "kept").iloc[0]
    lowest = float(weakest["kept"])
    return View(
        finding=_finding(rule, len(audit.contradictions), deliverable, target),
        chart=partial(charts.promises_kept, seen, SUBJECTS, _spoken, target),
        key_figures=(
            KeyFigure(
                Text("Số việc mỗi nơi hứa một kiểu", "Subjects promised differently"),
                Text("{n} trên {all}", "{n} of {all}").format(
                    n=number(len(audit.contradictions)), all=number(len(SUBJECTS))
                ),
                "bad" if len(audit.contradictions) else "good",
            ),
            KeyFigure(
                Text("Câu hứa đạt mục tiêu", "Messages that meet the target"),
                percent(deliverable, 0),
                "good" if deliverable > 0.8 else "bad",
            ),
            KeyFigure(
                Text("Khó giữ nhất: {s}", "Hardest to keep: {s}").format(
                    s=SUBJECTS[str(weakest["subject"])]
                ),
                percent(lowest, needed_decimals(lowest * 100, 1)),
            ),
        ),
        table=Table(
            (
                Text("Hứa về việc", "Subject"),
                Text("Kênh", "Channel"),
                Text("Câu hứa hôm nay", "Message today"),
                Text("Mức hứa sau khi sửa", "Promise once mended"),
                Text("Thực tế 5/10 lần", "Actual, 5 in 10"),
                Text("Thực tế 9/10 lần", "Actual, 9 in 10"),
                Text("Giữ được", "Kept"),
            ),
            [_row(message) for _, message in seen.iterrows()],
        ),
    )


def _row(message: pd.Series) -> list[Text]:
    return [
        SUBJECTS[message["subject"]],
        CHANNELS[message["channel"]],
        Text(message["text_vi"], message["text_en"]),
        *(_time(message[name], message) for name in ("promise_value", "actual_p50", "actual_p90")),
        percent(message["kept"], 0),
    ]


def _time(value: float, message: pd.Series) -> Text:
    return _with_unit(number(value, needed_decimals(value, 1)), message["unit"])


def _with_unit(amount: Text, unit: str) -> Text:
    name = _UNITS[unit]
    one = Text(name.vi, name.en.removesuffix("s")) if amount.en == "1" else name
    return amount + same("\u00a0") + one


def _spoken(messages: pd.DataFrame) -> Text:
    return _with_unit(listed(messages["promise_value"]), messages["unit"].iloc[0])


def listed(promises: pd.Series) -> Text:
    """Write the different promises of one subject in a row: ``2 / 5 / 7``."""
    values = [number(value, needed_decimals(value, 1)) for value in sorted(promises.unique())]
    if len(values) > _FEW:
        return values[0] + same(" … ") + values[-1]
    return Text(" / ".join(v.vi for v in values), " / ".join(v.en for v in values))


def _finding(rule: str, contradictions: int, deliverable: float, target: float) -> Text:
    if rule == "today":
        sentence = Text(
            "{n} trên {all} việc mỗi nơi hứa một kiểu; chỉ {share} câu hứa giữ được từ "
            "{target} số lần trở lên.",
            "{n} of {all} subjects are promised differently; only {share} of the messages are "
            "kept in {target} of cases or more.",
        )
    elif rule == "ninth":
        sentence = Text(
            "Hứa theo số đo: hết mâu thuẫn; {share} câu hứa giữ được từ {target} số lần trở lên.",
            "Promise what was measured: no contradiction; {share} of the messages are kept in "
            "{target} of cases or more.",
        )
    else:
        sentence = Text(
            "Hết mâu thuẫn, nhưng chỉ {share} câu hứa giữ được từ {target} số lần trở lên: nhất "
            "quán chưa phải là giữ lời.",
            "No contradiction, yet only {share} of the messages are kept in {target} of cases or "
            "more: to agree is not to keep.",
        )
    return sentence.format(
        n=number(contradictions),
        all=number(len(SUBJECTS)),
        share=percent(deliverable, 0),
        target=percent(target, 0),
    )


contradictions_found: Final = Prediction(
    key="contradictions-found",
    question=Quantity(
        Text(
            "Sổ lời hứa của An Nhiên có 72 câu về 26 việc, từ web, tổng đài, Zalo đến cửa hàng. "
            "Theo bạn, có mấy việc đang mỗi nơi hứa một kiểu?",
            "An Nhien's register holds 72 messages about 26 subjects, on the web, the hotline, "
            "Zalo and in stores. How many subjects are promised differently here and there?",
        ),
        None,
        0,
        26,
        1,
    ),
    answer=lambda: float(len(audited().contradictions)),
)
