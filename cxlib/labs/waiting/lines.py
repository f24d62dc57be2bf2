"""Five waiting lines: how long people stand them, and who is missing from the average."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlib.charts import waiting as charts
from cxlib.charts.style import ACCENT, GOLD, INK, WARM
from cxlib.data import load
from cxlib.labs.waiting.words import minutes
from cxlib.learning.fields import Pick, Quantity, Ranking, Share, Words
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.patience import PatienceCurve, kaplan_meier, leavers_average, log_rank
from cxlib.text import Text, from_to, needed_decimals, number, percent

LINES: Final = {
    "quay_thanh_toan": Text("Thu ngân siêu thị", "Supermarket checkout"),
    "ban_nha_hang": Text("Bàn ở quán ăn", "Table at a restaurant"),
    "phong_kham": Text("Phòng khám", "Doctor's office"),
    "ve_su_kien": Text("Vé show ca nhạc", "Concert tickets"),
    "thu_tuc_hanh_chinh": Text("Bộ phận một cửa", "Government office"),
}
CHECKOUT: Final = "quay_thanh_toan"
_AUTHOR_LEFT: Final = 45
_LONGEST_LIMIT: Final = 600
_MINUTES: Final = Text("Bạn chờ tối đa bao nhiêu phút?", "How many minutes at most?")
_LINE: Final = Text("Hàng chờ", "Waiting line")
_WHICH: Final = Pick(label=_LINE, options=LINES, default=CHECKOUT)
_USUAL_AND_TOP: Final = {
    "quay_thanh_toan": (10, 30),
    "ban_nha_hang": (20, 60),
    "phong_kham": (40, 90),
    "ve_su_kien": (30, 120),
    "thu_tuc_hanh_chinh": (60, 120),
}
_LIMITS: Final[dict[str, Any]] = {
    line: Quantity(LINES[line], usual, 1, top, 1, group=_MINUTES)
    for line, (usual, top) in _USUAL_AND_TOP.items()
}


@dataclass(frozen=True)
class Observed:
    """What was seen of the people in one line: minutes waited, and whether they left (1)."""

    waits: NDArray[np.float64]
    left: NDArray[np.float64]

    @property
    def curve(self) -> PatienceCurve:
        """Patience estimated from everybody."""
        return kaplan_meier(self.waits, self.left)

    @property
    def leavers(self) -> NDArray[np.float64]:
        """Waits of those who left, shortest first."""
        return np.sort(self.waits[self.left == 1])

    @property
    def leavers_median(self) -> float:
        """The biased answer: the median wait of those who left."""
        return leavers_average(self.waits, self.left).median

    def with_fewer_leavers(self, fewer: float) -> Observed:
        """Tell what would be seen if everyone were served by the time the last leaver is due."""
        if fewer == 0.0:
            return self
        last = self.leavers[round((1 - fewer) * self.leavers.size) - 1]
        return Observed(np.minimum(self.waits, last), self.left * (self.waits <= last))


@cache
def _people() -> pd.DataFrame:
    return load("kien_nhan").astype({"wait_min": float, "left": float})


@cache
def observed(line: str, informed: int | None = None) -> Observed:
    """Return the people of one line, all of them or only those (not) told the wait."""
    people = _people()
    people = people[people["situation"] == line]
    if informed is not None:
        people = people[people["informed"] == informed]
    return Observed(people["wait_min"].to_numpy(), people["left"].to_numpy())


@cache
def _curves() -> dict[str, PatienceCurve]:
    return {line: observed(line).curve for line in LINES}


@cache
def _spread() -> dict[str, tuple[float, ...]]:
    """The waits after which a quarter, half and three quarters of each line are gone."""
    return {
        line: tuple(_gone(curve, share) for share in (0.25, 0.5, 0.75))
        for line, curve in _curves().items()
    }


def _gone(curve: PatienceCurve, share: float) -> float:
    reached = curve.table.loc[curve.table["staying"] <= 1 - share, "wait"]
    return float(reached.iloc[0])


# ------------------------------------------------------------------------------- five lines


@lab(
    key="five-lines",
    title=Text("Năm hàng chờ", "Five waiting lines"),
    presets={
        "author": Preset(
            Text("Tình huống 1: tác giả ở phòng khám", "Case 1: the author at the doctor's"),
            {"phong_kham": _AUTHOR_LEFT},
        ),
        "hurried": Preset(
            Text("Tình huống 2: người đang vội", "Case 2: somebody in a hurry"),
            {line: top // 10 for line, (_, top) in _USUAL_AND_TOP.items()},
        ),
        "calm": Preset(
            Text("Tình huống 3: người thong thả", "Case 3: somebody with time"),
            {line: top for line, (_, top) in _USUAL_AND_TOP.items()},
        ),
    },
    formulas=((Text("Ước lượng Kaplan–Meier", "The Kaplan–Meier estimate"), kaplan_meier),),
    sources=("kaplan1958",),
    **_LIMITS,
)
def five_lines(guess: Any = None, **limits: float) -> View:
    """Set the learner's own limits beside those of 400 people in each line."""
    before = {line: 1 - float(_curves()[line].staying(limit)[0]) for line, limit in limits.items()}
    spread = _spread()
    return View(
        finding=_limits_finding(limits, before),
        chart=partial(charts.five_lines, spread, limits, before, LINES, _ranks(guess)),
        key_figures=(
            _standing(before, min(before, key=lambda line: before[line])),
            _standing(before, max(before, key=lambda line: before[line])),
        ),
        table=Table(
            (
                _LINE,
                Text("Một phần tư đã về (phút)", "A quarter gone (min)"),
                Text("Một nửa đã về", "Half gone"),
                Text("Ba phần tư đã về", "Three quarters gone"),
                Text("Giới hạn của bạn", "Your limit"),
                Text("Về trước bạn", "Gone before you"),
            ),
            [
                [
                    LINES[line],
                    *(minutes(wait) for wait in spread[line]),
                    minutes(limit),
                    percent(before[line], 0),
                ]
                for line, limit in limits.items()
            ],
        ),
    )


def _standing(before: dict[str, float], line: str) -> KeyFigure:
    label = Text("{line}: số người về trước bạn", "{line}: leave before you")
    return KeyFigure(label.format(line=LINES[line]), percent(before[line], 0))


def _ranks(guess: Any) -> dict[str, int]:
    """Return the place of each line in the guessed order; none if it is no order of lines."""
    order = guess if isinstance(guess, tuple) else ()
    return {line: rank for rank, line in enumerate(order, 1)}


def _limits_finding(limits: dict[str, float], before: dict[str, float]) -> Text:
    short, long = (pick(limits, key=lambda line: limits[line]) for pick in (min, max))
    low, high = min(before.values()), max(before.values())
    if high < 0.25:
        sentence = Text(
            "Bạn đang vội: ở hàng nào bạn cũng bỏ về trước hơn ba phần tư mọi người. Hôm khác, "
            "chính bạn sẽ trả lời khác.",
            "You are in a hurry: in every line more than three quarters outstay you. On another "
            "day you would answer otherwise.",
        )
    elif low > 0.75:
        sentence = Text(
            "Bạn rất thong thả: hàng nào cũng có hơn ba phần tư mọi người về trước bạn. Đừng lấy "
            "mình làm thước đo cho khách.",
            "You have all the time: in every line more than three quarters leave before you. Do "
            "not take yourself as the measure of your customers.",
        )
    else:
        sentence = Text(
            "Cùng là bạn mà giới hạn chênh {ratio} lần: {short} {least}, {long} {most}. Và so với "
            "mọi người, nơi thì {low} về trước bạn, nơi thì tới {high}.",
            "The same you, yet limits {ratio} times apart: {short} {least}, {long} {most}. And in "
            "one line {low} leave before you, in another as many as {high}.",
        )
    return sentence.format(
        ratio=_times(limits[long] / limits[short]),
        short=_lowered(LINES[short]),
        least=minutes(limits[short]),
        long=_lowered(LINES[long]),
        most=minutes(limits[long]),
        low=percent(low, 0),
        high=percent(high, 0),
    )


def _times(ratio: float) -> Text:
    return number(ratio, needed_decimals(ratio, 1))


def _lowered(name: Text) -> Text:
    return Text(name.vi[0].lower() + name.vi[1:], name.en[0].lower() + name.en[1:])


order_of_patience: Final = Prediction(
    key="order-of-patience",
    question=Ranking(
        label=Text(
            "Xếp năm hàng chờ: nơi người ta bỏ về sớm nhất đứng đầu, nơi chịu chờ lâu nhất đứng "
            "cuối.",
            "Put the five lines in order: where people leave soonest first, where they wait "
            "longest last.",
        ),
        options={
            line: LINES[line]
            for line in (
                "ve_su_kien",
                "quay_thanh_toan",
                "thu_tuc_hanh_chinh",
                "ban_nha_hang",
                "phong_kham",
            )
        },
    ),
    answer=lambda: tuple(sorted(LINES, key=lambda line: _curves()[line].median)),
)


# ------------------------------------------------------------------------ those who stayed


@lab(
    key="who-stayed",
    title=Text("Những người vắng mặt", "The missing people"),
    presets={
        "faster": Preset(
            Text("Tình huống 1: mở thêm quầy", "Case 1: more tills open"),
            {"line": CHECKOUT, "fewer": 0.6},
        ),
        "office": Preset(
            Text("Tình huống 2: bộ phận một cửa", "Case 2: the government office"),
            {"line": "thu_tuc_hanh_chinh", "fewer": 0.0},
        ),
        "classroom": Preset(
            Text("Tình huống 3: một lớp mười người", "Case 3: a class of ten"),
            {"line": CHECKOUT, "fewer": 0.0, "limits": "5 5 7 8 10 10 10 12 15 20"},
        ),
    },
    formulas=((Text("Ước lượng Kaplan–Meier", "The Kaplan–Meier estimate"), kaplan_meier),),
    sources=("kaplan1958", "greenwood1926"),
    line=_WHICH,
    fewer=Share(
        Text("Số người bỏ về giảm", "Fewer leavers by"),
        0.0,
        0.0,
        0.9,
        0.05,
        hint=Text("nhờ phục vụ nhanh hơn", "as service gets faster"),
    ),
    limits=Words(
        label=Text(
            "Giới hạn cả lớp (phút), ví dụ 5 8 10",
            "The class's limits (min), such as 5 8 10",
        ),
        longest=300,
    ),
)
def who_stayed(line: str, fewer: float, limits: str, guess: float | None = None) -> View:
    """Estimate patience with and without the people who were served in time."""
    before, now = observed(line), observed(line).with_fewer_leavers(fewer)
    curve, naive = now.curve, now.leavers_median
    curves = [
        charts.Curve(
            Text("mọi khách (Kaplan–Meier)", "everyone (Kaplan–Meier)"),
            curve.table,
            minutes(curve.median),
            ACCENT,
        ),
        charts.Curve(
            Text("chỉ người bỏ về", "leavers only"), _alone(now.leavers), minutes(naive), WARM
        ),
    ]
    figures = [
        KeyFigure(Text("Người bỏ về", "Left"), number(now.leavers.size)),
        KeyFigure(Text("Được phục vụ", "Were served"), number(now.waits.size - now.leavers.size)),
        KeyFigure(Text("Trung vị người bỏ về", "Median of leavers"), minutes(naive), "bad"),
        KeyFigure(Text("Trung vị mọi khách", "Median of everyone"), minutes(curve.median), "good"),
    ]
    known = _limits_of(limits)
    if known.size:
        middle = minutes(float(np.median(known)))
        curves.append(charts.Curve(Text("lớp học", "the class"), _alone(known), middle, INK))
        figures.append(
            KeyFigure(
                Text("Trung vị lớp học ({n} người)", "Median of the class ({n})").format(
                    n=number(known.size)
                ),
                middle,
            )
        )
    shown_guess = guess if line == CHECKOUT else None
    longest = max([before.waits.max(), *known])
    return View(
        finding=_stayed_finding(before, now, fewer),
        chart=partial(charts.patience_curves, curves, longest, shown_guess),
        key_figures=figures,
        table=_five_medians(fewer),
        warnings=(_NO_LIMITS,) if limits and not known.size else (),
    )


_NO_LIMITS: Final = Text(
    "Chưa đọc được giới hạn của lớp. Hãy gõ số phút tròn từ 1 đến 600, ví dụ: 5 10 10 15.",
    "The class's limits could not be read. Type whole minutes from 1 to 600, such as: 5 10 10 15.",
)


def _limits_of(typed: str) -> NDArray[np.float64]:
    read = [int(found) for found in re.findall(r"\d+", typed)]
    return np.array(sorted(n for n in read if 1 <= n <= _LONGEST_LIMIT), dtype=float)


def _alone(waits: NDArray[np.float64]) -> pd.DataFrame:
    """The curve of people who all left, as if nobody else had been there."""
    return kaplan_meier(waits, np.ones(waits.size)).table


def _stayed_finding(before: Observed, now: Observed, fewer: float) -> Text:
    naive, median = now.leavers_median, now.curve.median
    if fewer == 0:
        sentence = Text(
            "Chỉ nhìn người bỏ về, ta tưởng khách chịu chờ {naive}. Tính cả những người đã chờ tới "
            "lượt, một nửa khách chịu chờ hơn {median}: lâu hơn {longer}.",
            "Looking at leavers only, customers stand {naive}. Counting those who stayed to be "
            "served, half of them stand more than {median}: {longer} longer.",
        )
        return sentence.format(
            naive=minutes(naive), median=minutes(median), longer=percent(median / naive - 1, 0)
        )
    sentence = Text(
        "Phục vụ nhanh hơn thì trung vị của nhóm bỏ về tụt từ {naive_before} còn {naive}. Chẳng ai "
        "nóng tính hơn: người kiên nhẫn tới lượt trước khi kịp bỏ về. Đường của mọi khách vẫn như "
        "cũ, chỉ dừng ở phút {last}.",
        "With faster service the median of the leavers falls from {naive_before} to {naive}. "
        "Nobody became less patient: the patient have no occasion to leave any more. The curve of "
        "everyone stays as it was and just stops at minute {last}.",
    )
    last = float(now.waits.max())
    return sentence.format(
        naive_before=minutes(before.leavers_median),
        naive=minutes(naive),
        last=number(last, needed_decimals(last, 1)),
    )


def _five_medians(fewer: float) -> Table:
    rows = []
    for line, name in LINES.items():
        now = observed(line).with_fewer_leavers(fewer)
        median, (low, high) = now.curve.median, now.curve.median_interval
        interval = from_to(minutes(low), minutes(high))
        rows.append(
            [
                name,
                number(now.leavers.size),
                minutes(now.leavers_median),
                minutes(median),
                interval,
            ]
        )
    return Table(
        (
            _LINE,
            Text("Bỏ về, trong 400 người", "Left, of 400 people"),
            Text("Trung vị người bỏ về", "Median of leavers"),
            Text("Trung vị mọi khách", "Median of everyone"),
            Text("Khoảng tin cậy 95 %", "95% confidence interval"),
        ),
        rows,
    )


half_will_wait: Final = Prediction(
    key="half-will-wait",
    question=Quantity(
        Text(
            "Quầy thu ngân: trong 400 khách, 92 người bỏ hàng chờ ra về, trung vị là sau 6,1 phút; "
            "308 người chờ tới lượt. Theo bạn, một nửa số khách chịu chờ được bao nhiêu phút?",
            "At the checkout, 92 of 400 customers left the line, at a median of 6.1 minutes; 308 "
            "stayed until their turn. How many minutes is half of all customers willing to wait?",
        ),
        None,
        1,
        20,
        0.1,
    ),
    answer=lambda: _curves()[CHECKOUT].median,
)


@lab(
    key="told-or-not",
    title=Text("Nói trước hay im lặng?", "Tell them or not?"),
    formulas=((Text("So sánh hai nhóm", "Comparing two groups"), log_rank),),
    sources=("kaplan1958", "mantel1966"),
    line=_WHICH,
)
def told_or_not(line: str) -> View:
    """Compare the patience of those who were told how long the wait would be with the others."""
    told, silent = (observed(line, informed) for informed in (1, 0))
    longer, shorter = told.curve.median, silent.curve.median
    everyone = np.concatenate([told.waits, silent.waits])
    left = np.concatenate([told.left, silent.left])
    group = np.repeat([1, 0], [told.waits.size, silent.waits.size])
    chance = log_rank(everyone, left, group).p_value
    told_name, silent_name = (
        Text("được báo trước", "told the wait"),
        Text("không được báo", "not told"),
    )
    sure = (
        Text("chênh lệch này khó là ngẫu nhiên", "hardly chance")
        if chance < 0.05
        else Text("chênh lệch này vẫn có thể là ngẫu nhiên", "it may still be chance")
    )
    return View(
        finding=Text(
            "Được báo trước, một nửa khách chịu chờ {longer} thay vì {shorter}, tức thêm {more}: "
            "{sure}.",
            "When told, half of the customers wait {longer} instead of {shorter}, {more} more: "
            "{sure}.",
        ).format(
            longer=minutes(longer),
            shorter=minutes(shorter),
            more=percent(longer / shorter - 1, 0),
            sure=sure,
        ),
        chart=partial(
            charts.patience_curves,
            [
                charts.Curve(told_name, told.curve.table, minutes(longer), ACCENT),
                charts.Curve(silent_name, silent.curve.table, minutes(shorter), GOLD),
            ],
            float(everyone.max()),
            None,
        ),
        key_figures=(
            KeyFigure(told_name, minutes(longer)),
            KeyFigure(silent_name, minutes(shorter)),
            KeyFigure(Text("Giá trị p (log-rank)", "p value (log-rank)"), _p_value(chance)),
        ),
        table=Table(
            (
                Text("Nhóm", "Group"),
                Text("Số người", "People"),
                Text("Bỏ về", "Left"),
                Text("Trung vị", "Median"),
            ),
            [
                [name, number(seen.waits.size), number(seen.leavers.size), minutes(median)]
                for name, seen, median in (
                    (told_name, told, longer),
                    (silent_name, silent, shorter),
                )
            ],
        ),
    )


def _p_value(chance: float) -> Text:
    if chance < 0.001:
        return Text("dưới 0,001", "below 0.001")
    return number(chance, 3)
