"""The noise game: praise the top shop, warn the bottom one, and see what the next wave brings."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlib.charts import scores as charts
from cxlib.data import load
from cxlib.learning.fields import Choice, Pick, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.scores import funnel_limits, nps_from_counts, nps_variance
from cxlib.text import Text, from_to, number, out_of, same

FloatArray = NDArray[np.float64]

WAVES: Final = 12
ANSWERS: Final = 60
SHOPS: Final = tuple(f"M{shop:02d}" for shop in range(1, 21))
_NAMES: Final = {shop: same(shop) for shop in SHOPS}
_OPEN: Final = "open"


@cache
def _groups() -> pd.DataFrame:
    """Count promoters, detractors and answers of each shop in each wave."""
    answers = load("nps_song")
    answers["promoters"], answers["detractors"] = answers["score"] >= 9, answers["score"] <= 6
    grouped = answers.groupby(["store_id", "wave"])
    counts = grouped[["promoters", "detractors"]].sum().astype(int)
    return counts.assign(n=grouped.size())


def wave_scores() -> FloatArray:
    """Return the NPS of each shop in each wave, shape (shops, waves)."""
    return _score(_groups()).to_numpy().reshape(len(SHOPS), WAVES)


def _score(counts: pd.DataFrame) -> pd.Series:
    return 100 * (counts["promoters"] - counts["detractors"]) / counts["n"]


def _by_chance(counts: pd.DataFrame, answers: int) -> tuple[float, float]:
    """Return between which scores so many answers put equal shops, at the mean of all counted."""
    promoters, detractors = counts[["promoters", "detractors"]].sum() / counts["n"].sum()
    sd = 100 * np.sqrt(nps_variance(promoters, detractors))
    low, high = funnel_limits(100 * (promoters - detractors), sd, [answers])
    return float(low[0]), float(high[0])


def _turns(scores: FloatArray) -> list[tuple[int, int]]:
    """In which direction the top and the bottom shop of each wave moved in the next."""
    steps = np.sign(np.diff(scores)).astype(int)
    ends = zip(scores.argmax(axis=0), scores.argmin(axis=0), steps.T, strict=False)
    return [(int(step[top]), int(step[bottom])) for top, bottom, step in ends]


@lab(
    key="noise-game",
    title=Text("Trò chơi khen và nhắc", "The game of praise and warning"),
    presets={
        "first": Preset(
            Text("Tình huống 1: mở đợt 2", "Case 1: open wave 2"),
            {"wave": 1, "praised": "top", "warned": "bottom", "opened": _OPEN},
        ),
        "fall": Preset(
            Text("Tình huống 2: ngôi sao đợt 6", "Case 2: the star of wave 6"),
            {"wave": 6, "praised": "top", "warned": "bottom", "opened": _OPEN},
        ),
        "year": Preset(
            Text("Tình huống 3: hết năm", "Case 3: the year is over"),
            {"wave": 11, "praised": "top", "warned": "bottom", "opened": _OPEN},
        ),
    },
    formulas=((Text("NPS và sai số chuẩn", "NPS and its standard error"), nps_from_counts),),
    sources=("reichheld2003", "kahneman1973"),
    wave=Quantity(Text("Vừa có kết quả đợt", "Results are in for wave"), 1, 1, WAVES - 1, 1),
    praised=Pick(
        label=Text("Khen", "Praise"),
        options={"top": Text("quán đầu bảng", "top of the list"), **_NAMES},
        default="top",
    ),
    warned=Pick(
        label=Text("Nhắc nhở", "Warn"),
        options={"bottom": Text("quán cuối bảng", "bottom of the list"), **_NAMES},
        default="bottom",
    ),
    opened=Choice(
        label=Text("Đợt kế tiếp", "The next wave"),
        options={
            "closed": Text("chưa mở", "still closed"),
            _OPEN: Text("mở ra xem", "open it"),
        },
        default="closed",
    ),
)
def noise_game(
    wave: float, praised: str, warned: str, opened: str, guess: float | None = None
) -> View:
    """Praise one shop and warn another after a wave, and see both in the next."""
    seen = round(wave) + (opened == _OPEN)
    scores = wave_scores()[:, :seen]
    latest = scores[:, round(wave) - 1]
    high = int(latest.argmax()) if praised == "top" else SHOPS.index(praised)
    low = int(latest.argmin()) if warned == "bottom" else SHOPS.index(warned)
    turns = _turns(scores)
    limits = _by_chance(_groups(), ANSWERS)
    outside = int(((scores < limits[0]) | (scores > limits[1])).sum())
    return View(
        finding=(_opened if opened == _OPEN else _closed)(scores, round(wave), high, low),
        chart=partial(
            charts.noise_game, scores, SHOPS, round(wave), high, low, limits, turns, guess
        ),
        key_figures=(
            KeyFigure(
                Text("Quán đầu bảng, đợt sau tụt", "Top shop fell next"),
                _count([turn[0] for turn in turns], -1),
            ),
            KeyFigure(
                Text("Quán cuối bảng, đợt sau tăng", "Bottom shop rose next"),
                _count([turn[1] for turn in turns], 1),
            ),
            KeyFigure(
                Text("Điểm ngoài dải may rủi", "Scores outside chance"),
                out_of(outside, scores.size),
            ),
        ),
        table=_game_table(scores),
    )


def _count(turns: list[int], direction: int) -> Text:
    if not turns:
        return Text("chưa biết", "not known yet")
    return out_of(turns.count(direction), len(turns))


def _closed(scores: FloatArray, wave: int, praised: int, warned: int) -> Text:
    latest = scores[:, wave - 1]
    return Text(
        "Đợt {wave}: {top} đầu bảng với {most} điểm, {bottom} cuối bảng với {least}. Bạn khen "
        "{praised}, nhắc {warned}. Đợt sau sẽ ra sao? Mở ra xem.",
        "Wave {wave}: {top} leads with {most} points, {bottom} is last with {least}. You praise "
        "{praised} and warn {warned}. What comes next? Open it.",
    ).format(
        wave=number(wave),
        top=same(SHOPS[latest.argmax()]),
        most=number(latest.max(), 1),
        bottom=same(SHOPS[latest.argmin()]),
        least=number(latest.min(), 1),
        praised=same(SHOPS[praised]),
        warned=same(SHOPS[warned]),
    )


_MOVED: Final = {
    -1: Text("tụt từ {now} xuống {then}", "falls from {now} to {then}"),
    0: Text("đứng yên ở {then}", "stays at {then}"),
    1: Text("tăng từ {now} lên {then}", "rises from {now} to {then}"),
}


def _opened(scores: FloatArray, wave: int, praised: int, warned: int) -> Text:
    def moved(shop: int) -> Text:
        now, then = scores[shop, wave - 1 : wave + 1]
        sentence = _MOVED[int(np.sign(then - now))]
        return sentence.format(now=number(now, 1), then=number(then, 1))

    if praised == warned:
        return Text(
            "{shop} vừa được khen vừa bị nhắc: đợt sau {moved}. Lời nào “có tác dụng”? Chẳng lời "
            "nào: các câu trả lời đã được bốc thăm từ trước.",
            "{shop} was praised and warned at once: next it {moved}. Which words “worked”? "
            "Neither: the answers had been drawn by lot beforehand.",
        ).format(shop=same(SHOPS[praised]), moved=moved(praised))
    return Text(
        "Khen {praised}: đợt sau {up}. Nhắc {warned}: đợt sau {down}. Mà lời khen hay lời nhắc đều "
        "không chạm tới con số nào: các câu trả lời đã được bốc thăm từ trước.",
        "{praised} was praised and next {up}. {warned} was warned and next {down}. Yet neither "
        "praise nor warning touched a number: the answers had been drawn by lot beforehand.",
    ).format(
        praised=same(SHOPS[praised]),
        up=moved(praised),
        warned=same(SHOPS[warned]),
        down=moved(warned),
    )


def _game_table(scores: FloatArray) -> Table:
    rows = []
    for wave, latest in enumerate(scores.T, start=1):
        cells = [number(wave)]
        for shop in (int(latest.argmax()), int(latest.argmin())):
            later = number(scores[shop, wave], 1) if wave < scores.shape[1] else same("?")
            cells += [same(f"{SHOPS[shop]}: ") + number(latest[shop], 1), later]
        rows.append(cells)
    heads = (
        Text("Đợt", "Wave"),
        Text("Đầu bảng", "Top"),
        Text("Đợt sau", "Next wave"),
        Text("Cuối bảng", "Bottom"),
        Text("Đợt sau", "Next wave"),
    )
    return Table(heads, rows)


warned_rises: Final = Prediction(
    key="warned-rises",
    question=Quantity(
        Text(
            "Suốt 11 đợt, cứ có kết quả là anh Phúc nhắc quán cuối bảng. Theo bạn, trong 11 lần "
            "đó, bao nhiêu lần quán bị nhắc tăng điểm ở đợt sau?",
            "In 11 waves, each time results are in, Mr Phuc warns the bottom shop. In how many of "
            "those 11 times did the warned shop score higher in the next wave?",
        ),
        None,
        0,
        11,
        1,
    ),
    answer=lambda: sum(bottom == 1 for _, bottom in _turns(wave_scores())),
)


@lab(
    key="pooled-waves",
    title=Text("Gộp nhiều đợt lại", "Pool the waves"),
    presets={
        "one": Preset(
            Text("Tình huống 1: chỉ đợt 6", "Case 1: wave 6 alone"), {"start": 6, "waves": 1}
        ),
        "all": Preset(
            Text("Tình huống 2: cả 12 đợt", "Case 2: all 12 waves"), {"start": 1, "waves": 12}
        ),
        "late": Preset(
            Text("Tình huống 3: từ đợt 7", "Case 3: from wave 7 on"), {"start": 7, "waves": 6}
        ),
    },
    formulas=(
        (Text("Dải may rủi (biểu đồ phễu)", "The range of chance (funnel)"), funnel_limits),
        (Text("Phương sai của NPS", "Variance of the NPS"), nps_variance),
    ),
    sources=("spiegelhalter2005", "reichheld2003"),
    start=Quantity(Text("Bắt đầu từ đợt", "Start at wave"), 1, 1, WAVES, 1),
    waves=Quantity(Text("Gộp mấy đợt", "How many waves"), 1, 1, WAVES, 1),
)
def pooled_waves(start: float, waves: float) -> View:
    """Pool some waves and see which shops still stand outside the range of chance."""
    first, last = round(start), min(round(start + waves) - 1, WAVES)
    counts = _groups().query("@first <= wave <= @last").groupby("store_id").sum()
    scores = _score(counts).sort_values()
    answers = ANSWERS * (last - first + 1)
    limits = _by_chance(counts, answers)
    margin = (limits[1] - limits[0]) / 2
    outside = [str(store) for store in scores.index[~scores.between(*limits)]]
    return View(
        finding=_pooled(first, last, answers, outside),
        chart=partial(charts.pooled_waves, scores, margin, limits),
        key_figures=(
            KeyFigure(Text("Phiếu mỗi quán", "Answers per shop"), number(answers)),
            KeyFigure(
                Text("Thấp nhất và cao nhất", "Lowest and highest"),
                number(scores.iloc[0], 1) + Text(" và ", " and ") + number(scores.iloc[-1], 1),
            ),
            KeyFigure(
                Text("Dải may rủi", "Range of chance"),
                from_to(number(limits[0], 1), number(limits[1], 1)),
            ),
        ),
        table=Table(
            (Text("Quán", "Shop"), same("NPS"), Text("Khoảng 95 %", "95% interval")),
            [
                [
                    same(str(store)),
                    number(score, 1),
                    from_to(number(score - margin, 1), number(score + margin, 1)),
                ]
                for store, score in scores.items()
            ],
        ),
    )


def _pooled(first: int, last: int, answers: int, outside: list[str]) -> Text:
    waves = Text("Đợt {first}", "Wave {first}")
    if last > first:
        waves = Text("Gộp đợt {first} đến đợt {last}", "Waves {first} to {last} pooled")
    if outside:
        said = Text(
            ": với {n} phiếu mỗi quán, nằm ngoài dải may rủi: {stores}. Nhớ rằng trong 20 quán y "
            "hệt nhau, trung bình cũng có 1 quán lọt ra ngoài.",
            ": with {n} answers per shop, outside the range of chance: {stores}. Mind that of 20 "
            "shops all alike, 1 falls outside on average.",
        )
    else:
        said = Text(
            ": với {n} phiếu mỗi quán, không quán nào ra khỏi dải may rủi. Bảng xếp hạng này không "
            "nói lên điều gì.",
            ": with {n} answers per shop, none leaves the range of chance. This ranking tells "
            "nothing.",
        )
    return (waves + said).format(
        first=number(first), last=number(last), n=number(answers), stores=same(", ".join(outside))
    )
