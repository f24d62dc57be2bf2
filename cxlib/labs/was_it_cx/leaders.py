"""CX leaders beat the index, in a world where shares know nothing of CX."""

from __future__ import annotations

from functools import cache, partial
from typing import Final, NamedTuple

import numpy as np

from cxlib.charts import pilot as charts
from cxlib.labs.was_it_cx.stores import FloatArray
from cxlib.learning.fields import Choice, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.text import Text, number, out_of, percent, points, signed

WORLDS: Final = 200
YEARS: Final = 7
_FIRMS: Final = 100
_MEAN: Final = 0.08
_SPREAD: Final = 0.25
_SEED: Final = 10
_SAME: Final = "same"
_DEFAULT: Final = {"when": _SAME, "halo": 0.1, "listed": 10}


class Portfolios(NamedTuple):
    """What 100 put in at the start became, shape (worlds, years + 1)."""

    leaders: FloatArray
    market: FloatArray
    laggards: FloatArray


@cache
def _worlds() -> tuple[FloatArray, FloatArray]:
    """Draw the luck in shares and that in ratings, shape (worlds, years + 1, firms)."""
    shape = (WORLDS, YEARS + 1, _FIRMS)
    rng = np.random.default_rng(_SEED)
    return rng.normal(size=shape), rng.normal(size=shape)


@cache
def portfolios(when: str, halo: float, listed: int) -> Portfolios:
    """Hold the best and the worst rated, each year the list of the way chosen.

    A rating is the year's share luck, as far as the halo reaches, and chance for the rest.
    """
    luck, chance = _worlds()
    ratings = halo * luck + np.sqrt(1 - halo**2) * chance
    lists = {
        _SAME: ratings[:, 1:],
        "before": ratings[:, :-1],
        "end": np.repeat(ratings[:, 1:].sum(axis=1, keepdims=True), YEARS, axis=1),
    }[when]
    returns = np.maximum(_MEAN + _SPREAD * luck[:, 1:], -0.95)
    order = np.argsort(lists, axis=2)
    held = [
        np.take_along_axis(returns, order[..., firms], axis=2).mean(axis=2)
        for firms in (slice(-listed, None), slice(None), slice(listed))
    ]
    return Portfolios(*(_grown(yearly) for yearly in held))


def _grown(yearly: FloatArray) -> FloatArray:
    start = np.full((WORLDS, 1), 100.0)
    return np.hstack([start, 100 * np.cumprod(1 + yearly, axis=1)])


@lab(
    key="leaders-and-luck",
    title=Text("Cổ phiếu “dẫn đầu về CX”", "Shares of the “CX leaders”"),
    presets={
        "published": Preset(
            Text("Tình huống 1: bảng của chính năm ấy", "Case 1: the list of the same year"),
            {**_DEFAULT, "world": 1},
        ),
        "before": Preset(
            Text("Tình huống 2: chọn trước", "Case 2: chosen beforehand"),
            {**_DEFAULT, "when": "before", "world": 1},
        ),
        "end": Preset(
            Text("Tình huống 3: bảy năm sau mới chọn", "Case 3: chosen seven years later"),
            {**_DEFAULT, "when": "end", "halo": 0.3, "world": 1},
        ),
    },
    sources=("watermark2015", "fornell2016", "jacobson2009", "fornell2009"),
    when=Choice(
        label=Text("Danh sách dẫn đầu lập lúc nào", "When the list is made"),
        options={
            _SAME: Text("mỗi năm, theo năm ấy", "each year, of that year"),
            "before": Text("chọn trước, theo năm ngoái", "beforehand, of last year"),
            "end": Text("hết 7 năm mới chọn", "after all 7 years"),
        },
        default=_SAME,
    ),
    halo=Quantity(
        Text("Hào quang: điểm CX ăn theo giá cổ phiếu", "Halo: ratings that follow shares"),
        0.1,
        0.0,
        0.5,
        0.01,
        hint=Text("tương quan trong cùng một năm", "correlation within a year"),
    ),
    listed=Quantity(Text("Số công ty trong danh sách", "Companies on the list"), 10, 5, 25, 1),
    world=Quantity(Text("Thế giới số", "World number"), 1, 1, WORLDS, 1),
)
def leaders_and_luck(
    when: str, halo: float, listed: float, world: float, guess: float | None = None
) -> View:
    """Follow leaders, index and laggards in one world, and the lead in all worlds."""
    held = portfolios(when, halo, round(listed))
    here = round(world) - 1
    lead = (held.leaders[:, -1] - held.market[:, -1]) / 100
    won = int((lead > 0).sum())
    typical = float(np.median(lead))
    return View(
        finding=_finding(when, won, typical),
        chart=partial(
            charts.leaders,
            [paths[here] for paths in held],
            lead,
            here,
            guess,
        ),
        key_figures=(
            *(
                KeyFigure(name + _AT_THE_END, signed(percent(paths[here, -1] / 100 - 1, 0)))
                for name, paths in zip(_NAMES, held, strict=True)
            ),
            KeyFigure(
                Text("Số thế giới mà nhóm dẫn đầu thắng", "Worlds where leaders win"),
                out_of(won, WORLDS),
            ),
        ),
        table=Table(
            (Text("Năm", "Year"), *_NAMES),
            [
                [number(year), *(number(paths[here, year]) for paths in held)]
                for year in range(YEARS + 1)
            ],
        ),
    )


_NAMES: Final = (
    Text("Dẫn đầu", "Leaders"),
    Text("Chỉ số", "Index"),
    Text("Cuối bảng", "Laggards"),
)
_AT_THE_END: Final = Text(", sau 7 năm", ", after 7 years")


def _finding(when: str, won: int, typical: float) -> Text:
    if won > 0.65 * WORLDS:
        sentence = Text(
            "Cổ phiếu ở đây chỉ là may rủi, vậy mà nhóm “dẫn đầu” thắng chỉ số ở {won}/{all} thế "
            "giới, thường hơn {typical} sau 7 năm: hào quang đã chọn hộ.",
            "Shares here are pure luck, yet the “leaders” beat the index in {won} of {all} worlds, "
            "typically by {typical} after 7 years: the halo did the picking.",
        )
    elif when == "before":
        sentence = Text(
            "Chọn trước thì hết phép lạ: nhóm “dẫn đầu” thắng chỉ số ở {won}/{all} thế giới, không "
            "hơn gì tung đồng xu.",
            "Chosen beforehand, the miracle is gone: the “leaders” beat the index in {won} of "
            "{all} worlds, no better than a coin toss.",
        )
    else:
        sentence = Text(
            "Hào quang chừng này chưa đủ làm nên “phép lạ”: nhóm “dẫn đầu” thắng chỉ số ở "
            "{won}/{all} thế giới.",
            "So little halo makes no “miracle” yet: the “leaders” beat the index in {won} of "
            "{all} worlds.",
        )
    return sentence.format(won=number(won), all=number(WORLDS), typical=points(typical, 0))


leaders_ahead: Final = Prediction(
    key="leaders-ahead",
    question=Quantity(
        Text(
            "100 công ty, giá cổ phiếu hoàn toàn do may rủi. Báo chí chấm điểm CX, và công ty đang "
            "lên được chấm cao hơn một chút. Mỗi năm lấy 10 công ty đầu bảng của chính năm ấy. "
            "Trong 200 thế giới như vậy, nhóm này thắng chỉ số ở bao nhiêu?",
            "100 firms whose shares are pure luck. The press rates their CX, and rising firms are "
            "rated a little higher. Each year, take the 10 top-rated firms of that year. In how "
            "many of 200 such worlds does this group beat the index?",
        ),
        None,
        0,
        WORLDS,
        1,
    ),
    answer=lambda: float(_worlds_won()),
)


def _worlds_won() -> int:
    held = portfolios(_SAME, 0.1, 10)
    return int((held.leaders[:, -1] > held.market[:, -1]).sum())
