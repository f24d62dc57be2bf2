"""What the marks do not say: six hundred comments, read by people and by a list of words."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.catalogue.terms import TOUCHPOINTS
from cxlib.charts import scores as charts
from cxlib.data import load
from cxlib.learning.fields import Choice, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.parse import fold
from cxlib.text import Text, number, out_of

ANGRY_WORDS: Final = (
    "chán",
    "bực",
    "tệ",
    "thất vọng",
    "trễ",
    "chậm",
    "dở",
    "mệt",
    "xin kiếu",
)
_WITH_DIACRITICS: Final = rf"\b(?:{'|'.join(ANGRY_WORDS)})\b"
_WITHOUT: Final = rf"\b(?:{'|'.join(map(fold, ANGRY_WORDS))})\b"


@cache
def _read() -> pd.DataFrame:
    """Tell of each comment what it is about and which readers take it for a complaint."""
    comments = load("gop_y")
    return pd.DataFrame(
        {
            "touchpoint": comments["touchpoint"].astype(str),
            "plain": comments["surface"] == "khong_dau",
            "sarcastic": comments["sarcastic"] == 1,
            "complaint": comments["sentiment"] == -1,
            "promise": comments["expectation_gap"] == "late",
            "person": comments["sentiment"] == -1,
            "words": comments["text"].str.lower().str.contains(_WITH_DIACRITICS),
            "folded": comments["text"].map(fold).str.contains(_WITHOUT),
        }
    )


def _counts(reader: str) -> pd.DataFrame:
    """Count the complaints about each touchpoint: recognised by kind, and missed."""
    told = _read().query("complaint")
    seen = told[reader]
    kinds = pd.DataFrame(
        {
            "touchpoint": told["touchpoint"],
            "promise": seen & told["promise"],
            "other": seen & ~told["promise"],
            "missed": ~seen,
        }
    )
    counts = kinds.groupby("touchpoint").sum().reindex(list(TOUCHPOINTS))
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return counts.loc[order]


_READERS: Final = {
    "person": Text("người đọc từng câu", "a person, line by line"),
    "words": Text("máy đếm từ khóa có dấu", "a list of words, with diacritics"),
    "folded": Text("máy bỏ dấu rồi mới đếm", "the list, diacritics dropped"),
}


@lab(
    key="comments",
    title=Text("Đọc 600 góp ý", "Reading 600 comments"),
    presets={
        "machine": Preset(
            Text("Tình huống 1: giao cho máy", "Case 1: leave it to a machine"),
            {"reader": "words"},
        ),
        "folded": Preset(
            Text("Tình huống 2: dạy máy bỏ dấu", "Case 2: teach it to drop diacritics"),
            {"reader": "folded"},
        ),
    },
    sources=("oliver1980",),
    reader=Choice(
        label=Text("Ai đọc góp ý?", "Who reads them?"), options=_READERS, default="person"
    ),
)
def comments(reader: str, guess: float | None = None) -> View:
    """Count the complaints by touchpoint, and how many are about a broken promise."""
    counts, told = _counts(reader), _read()
    found, promise = int(counts[["promise", "other"]].sum().sum()), int(counts["promise"].sum())
    total = int(told["complaint"].sum())
    complaints = told[told["complaint"]]
    return View(
        finding=_finding(reader, counts, total),
        chart=partial(charts.complaints, counts, TOUCHPOINTS, promise / found, guess),
        key_figures=(
            KeyFigure(Text("Lời chê nhận ra", "Complaints recognised"), out_of(found, total)),
            KeyFigure(
                Text("Lời chê không dấu", "Those without diacritics"),
                out_of(
                    int((complaints["plain"] & complaints[reader]).sum()),
                    int(complaints["plain"].sum()),
                ),
            ),
            KeyFigure(
                Text("Lời chê mỉa mai", "Sarcastic ones"),
                out_of(
                    int((complaints["sarcastic"] & complaints[reader]).sum()),
                    int(complaints["sarcastic"].sum()),
                ),
            ),
            KeyFigure(
                Text("Bắt nhầm lời không chê", "False alarms"),
                number(int((told[reader] & ~told["complaint"]).sum())),
            ),
        ),
        table=Table(
            (
                Text("Điểm chạm", "Touchpoint"),
                Text("Kém lời hứa", "Below the promise"),
                Text("Chuyện khác", "Other matters"),
                Text("Bỏ sót", "Missed"),
            ),
            [
                [TOUCHPOINTS[str(key)], *(number(row[part]) for part in counts.columns)]
                for key, row in counts.iterrows()
            ],
        ),
    )


def _finding(reader: str, counts: pd.DataFrame, total: int) -> Text:
    found, promise = int(counts[["promise", "other"]].sum().sum()), int(counts["promise"].sum())
    most = str(counts["promise"].idxmax())
    if reader == "person":
        return Text(
            "Cứ 100 lời chê thì {share} lời nói về chuyện trễ hẹn hay kém lời hứa, nhiều nhất ở "
            "“{place}”: điều mà một câu hỏi NPS không bao giờ cho bạn biết.",
            "Of 100 complaints, {share} are about lateness or less than was promised, most of all "
            "at “{place}”: something an NPS question alone will never tell you.",
        ).format(share=number(100 * promise / total), place=TOUCHPOINTS[most])
    if reader == "words":
        return Text(
            "Máy tìm chín từ hay gặp khi khách bực và bỏ sót {missed} lời chê, trong đó có mọi câu "
            "viết không dấu và mọi câu mỉa mai.",
            "The machine looks for nine words that angry customers use and misses {missed} "
            "complaints, among them every one without diacritics and every sarcastic one.",
        ).format(missed=number(total - found))
    return Text(
        "Bỏ dấu trước khi đếm thì máy nhận ra {found}/{total} lời chê; câu mỉa mai vẫn lọt lưới, "
        "và có lời không chê bị bắt nhầm.",
        "With diacritics dropped first, the machine recognises {found}/{total} complaints; sarcasm "
        "still slips through, and some comments are accused wrongly.",
    ).format(found=number(found), total=number(total))


def _promise_share() -> float:
    told = _read().query("complaint")
    return float(told["promise"].mean())


about_promises: Final = Prediction(
    key="about-promises",
    question=Share(
        Text(
            "An Nhiên có 274 lời chê trong 600 góp ý mới nhận. Theo bạn, bao nhiêu phần trăm lời "
            "chê nói về chuyện trễ hẹn hay kém hơn lời hứa?",
            "Of 600 comments An Nhien received, 274 are complaints. What percentage of these "
            "complaints is about lateness or less than was promised?",
        ),
        None,
        0.0,
        1.0,
        0.01,
    ),
    answer=_promise_share,
)
