"""Kano's questionnaire: what pleases, what is taken for granted, what leaves customers cold."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from cxlib.charts import touchpoints as charts
from cxlib.learning.fields import Choice, Pick, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.kano import (
    Answer,
    KanoResult,
    kano_category,
    kano_coefficients,
    kano_table,
)
from cxlib.text import Text, number, percent

CATEGORIES: Final = {
    "A": Text("Hấp dẫn", "Attractive"),
    "O": Text("Một chiều", "One-dimensional"),
    "M": Text("Phải có", "Must-be"),
    "I": Text("Dửng dưng", "Indifferent"),
    "R": Text("Ngược ý", "Reverse"),
    "Q": Text("Đáng ngờ", "Questionable"),
}
_MEANINGS: Final = {
    "A": Text(
        "có thì thích, thiếu cũng chẳng trách", "welcome when there, not missed when lacking"
    ),
    "O": Text("có thì vui, thiếu thì bực", "glad when there, annoyed when lacking"),
    "M": Text("thiếu thì bực, có thì coi là đương nhiên", "annoyed when lacking, else no notice"),
    "I": Text("có hay không cũng vậy", "all the same either way"),
    "R": Text("khách lại muốn điều ngược lại", "customers want the reverse"),
    "Q": Text(
        "hai câu trả lời mâu thuẫn, có lẽ khách hiểu nhầm câu hỏi",
        "the two answers conflict; the question was perhaps misread",
    ),
}
_REPLIES: Final[dict[Answer, Text]] = {
    "like": Text("Thích", "Like it"),
    "must_be": Text("Phải thế chứ", "Must be so"),
    "neutral": Text("Sao cũng được", "Neutral"),
    "live_with": Text("Tạm chấp nhận", "Live with it"),
    "dislike": Text("Không thích", "Dislike it"),
}
_REPLY_OPTIONS: Final[dict[str, Text]] = {str(key): text for key, text in _REPLIES.items()}


@lab(
    key="kano-pair",
    title=Text("Bạn là khách: hai câu hỏi, một ô", "You are the customer: two questions, one cell"),
    presets={
        "delight": Preset(
            Text("Tình huống 1: thiệp viết tay", "Case 1: a hand-written card"),
            {"there": "like", "lacking": "neutral"},
        ),
        "basic": Preset(
            Text("Tình huống 2: hàng không móp", "Case 2: goods undamaged"),
            {"there": "must_be", "lacking": "dislike"},
        ),
        "odd": Preset(
            Text("Tình huống 3: câu trả lời lạ", "Case 3: an odd pair"),
            {"there": "like", "lacking": "like"},
        ),
    },
    sources=("kano1984", "berger1993"),
    there=Pick(
        label=Text("Nếu có điều này, bạn thấy", "If it is there, you feel"),
        options=_REPLY_OPTIONS,
        default="must_be",
    ),
    lacking=Pick(
        label=Text("Nếu không có, bạn thấy", "If it is lacking, you feel"),
        options=_REPLY_OPTIONS,
        default="dislike",
    ),
)
def kano_pair(there: Answer, lacking: Answer) -> View:
    """Classify one customer's pair of answers in Kano's evaluation table."""
    category = kano_category(there, lacking)
    return View(
        finding=Text(
            "Bạn rơi vào ô “{name}”: {meaning}.", "Your cell is “{name}”: {meaning}."
        ).format(name=CATEGORIES[category], meaning=_MEANINGS[category]),
        chart=partial(
            charts.kano_cells, kano_table(), _REPLY_OPTIONS, CATEGORIES, (there, lacking)
        ),
        key_figures=(KeyFigure(Text("Loại", "Category"), CATEGORIES[category]),),
        table=Table(
            (Text("Loại", "Category"), Text("Nghĩa là", "Meaning")),
            [[name, _MEANINGS[key]] for key, name in CATEGORIES.items()],
        ),
    )


_MOVABLE: Final = ("A", "O", "M", "I")
_TRACKING: Final = {"A": 40, "O": 25, "M": 15, "I": 20}
_UNDAMAGED: Final = {"A": 5, "O": 20, "M": 65, "I": 10}
_WRAPPING: Final = {"A": 20, "O": 5, "M": 5, "I": 70}
_GROUP: Final = Text("Bao nhiêu khách trả lời như vậy?", "How many customers answer so?")
_VOICES: Final = {
    "A": Text("“Có thì thích, không có cũng chẳng sao.”", "“Lovely to have, no harm without.”"),
    "O": Text("“Có thì vui, thiếu thì bực.”", "“Glad to have it, cross without.”"),
    "M": Text("“Có là đương nhiên, thiếu là bực.”", "“Of course it is there; cross without.”"),
    "I": Text("“Có hay không cũng vậy.”", "“All the same to me.”"),
}
_FEATURES: Final = {
    Text("Báo đường đi của đơn", "Order tracking"): _TRACKING,
    Text("Hàng không móp", "Goods undamaged"): _UNDAMAGED,
    Text("Giao trong 24 giờ", "Delivered in 24 hours"): {"A": 15, "O": 55, "M": 20, "I": 10},
    Text("Thợ chỉ cách dùng", "Fitter shows how to use"): {"A": 55, "O": 15, "M": 5, "I": 25},
    Text("Giấy gói in tên khách", "Wrapping with their name"): _WRAPPING,
}


def _values(counts: dict[str, int]) -> dict[str, float]:
    return {name: float(count) for name, count in counts.items()}


def _result(counts: dict[str, float]) -> KanoResult:
    return kano_coefficients(pd.Series(counts, dtype=float))


def _counted(key: str, least: float = 0) -> Quantity:
    """Ask how many customers are of one category, in their own words."""
    return Quantity(CATEGORIES[key], _TRACKING[key], least, 100, 5, hint=_VOICES[key], group=_GROUP)


def _name(counts: dict[str, float]) -> Text:
    """Name the feature of An Nhiên's that these counts belong to."""
    known = (name for name, given in _FEATURES.items() if given == counts)
    return next(known, Text("Việc đang xét", "This feature"))


@lab(
    key="kano-survey",
    title=Text("Có thì được gì, thiếu thì mất gì?", "What does it win, what does lacking it cost?"),
    presets={
        "tracking": Preset(
            Text("Tình huống 1: báo đường đi của đơn", "Case 1: order tracking"),
            _values(_TRACKING),
        ),
        "undamaged": Preset(
            Text("Tình huống 2: hàng không móp", "Case 2: goods undamaged"), _values(_UNDAMAGED)
        ),
        "wrapping": Preset(
            Text("Tình huống 3: giấy gói in tên", "Case 3: personal wrapping"), _values(_WRAPPING)
        ),
    },
    formulas=((Text("Hệ số Better và Worse", "Better and Worse"), kano_coefficients),),
    sources=("kano1984", "berger1993", "matzler1998"),
    A=_counted("A"),
    O=_counted("O"),
    M=_counted("M"),
    I=_counted("I", least=5),
)
def kano_survey(**counts: float) -> View:
    """Turn counted answers into what having the feature wins and what lacking it costs."""
    result = _result(counts)
    known = {name: _result(_values(given)) for name, given in _FEATURES.items()}
    named = {_name(counts): result} | known
    total = sum(counts.values())
    return View(
        finding=_finding(_name(counts), result),
        chart=partial(
            charts.kano_arms,
            {name: (item.better, item.worse) for name, item in named.items()},
        ),
        key_figures=(
            KeyFigure(
                Text("Có thì được (Better)", "Winning (Better)"), number(result.better, 2), "good"
            ),
            KeyFigure(
                Text("Thiếu thì mất (Worse)", "Losing (Worse)"), number(result.worse, 2), "bad"
            ),
            KeyFigure(
                Text("Loại đông nhất", "Most frequent"),
                _NONE_YET if _divided(result) else CATEGORIES[result.category],
            ),
        ),
        table=Table(
            (
                Text("Việc", "Feature"),
                Text("Loại đông nhất", "Most frequent"),
                *(CATEGORIES[key] for key in _MOVABLE),
                Text("Better", "Better"),
                Text("Worse", "Worse"),
            ),
            [
                [
                    name,
                    CATEGORIES[item.category],
                    *(percent(float(item.counts[key] / item.counts.sum()), 0) for key in _MOVABLE),
                    number(item.better, 2),
                    number(item.worse, 2),
                ]
                for name, item in named.items()
            ],
        ),
        warnings=(_FEW,) if total < _ENOUGH else (),
    )


_ENOUGH: Final = 30
_FEW: Final = Text(
    "Chưa tới 30 câu trả lời: hai hệ số này còn rất chông chênh.",
    "Fewer than 30 answers: these two coefficients are very shaky.",
)
_CATEGORY_FINDINGS: Final = {
    "A": Text(
        "{name}: có thì {won} trên 100 khách vui, thiếu thì {lost} khách bực. Nhóm đông nhất thích "
        "có thêm mà không đòi.",
        "{name}: having it pleases {won} of 100 customers, lacking it annoys {lost}. The largest "
        "group would love it, and does not demand it.",
    ),
    "O": Text(
        "{name}: có thì {won} trên 100 khách vui, thiếu thì {lost} khách bực. Làm được tới đâu, "
        "khách vui tới đó.",
        "{name}: having it pleases {won} of 100 customers, lacking it annoys {lost}. The better it "
        "is done, the happier they are.",
    ),
    "M": Text(
        "{name}: thiếu thì {lost} trên 100 khách bực, có thì {won} khách vui. Nhóm đông nhất coi "
        "là đương nhiên.",
        "{name}: lacking it annoys {lost} of 100 customers, having it pleases {won}. The largest "
        "group takes it for granted.",
    ),
    "I": Text(
        "{name}: có thì {won} trên 100 khách vui, thiếu thì {lost} khách bực. Nhóm đông nhất dửng "
        "dưng, hãy để tiền cho việc khác.",
        "{name}: having it pleases {won} of 100 customers, lacking it annoys {lost}. The largest "
        "group does not care, so spend elsewhere.",
    ),
}
_DIVIDED: Final = Text(
    "{name}: có thì {won} trên 100 khách vui, thiếu thì {lost} khách bực. Khách còn chia ý, chưa "
    "loại nào đông hơn hẳn.",
    "{name}: having it pleases {won} of 100 customers, lacking it annoys {lost}; customers are "
    "divided, no category leads.",
)
_NONE_YET: Final = Text("chưa rõ", "none yet")


def _divided(result: KanoResult) -> bool:
    """Tell whether two or more categories are equally frequent at the top."""
    return bool((result.counts == result.counts.max()).sum() > 1)


def _finding(name: Text, result: KanoResult) -> Text:
    sentence = _DIVIDED if _divided(result) else _CATEGORY_FINDINGS[result.category]
    return sentence.format(
        name=name, won=number(result.better * 100), lost=number(-result.worse * 100)
    )


must_be_wins: Final = Prediction(
    key="must-be-wins",
    question=Choice(
        label=Text(
            "“Hàng đến nơi không móp méo”: 65 trên 100 khách coi là phải có. Nếu An Nhiên đóng gói "
            "kỹ gấp đôi, khách sẽ thế nào?",
            "“Goods arrive undamaged”: 65 of 100 customers call it a must. If An Nhien packs twice "
            "as carefully, what will customers do?",
        ),
        options={
            "delight": Text("Thích hẳn lên: việc quan trọng mà", "Be delighted: it is important"),
            "little": Text("Chỉ vui hơn chút ít", "Be only a little happier"),
            "worse": Text("Khó chịu vì phiền phức", "Be annoyed by the fuss"),
        },
    ),
    answer=lambda: "little" if _result(_values(_UNDAMAGED)).better < 0.5 else "delight",
)
