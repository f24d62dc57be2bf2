"""Slips with numbers that are the same everywhere: a sign, a unit, a year, a margin.

Each turns the right answer into a wrong one by a known factor, so a wrong number tells which slip
was made. Slips of one question only are listed with that question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cxlib.learning.fields import Quantity, Share
from cxlib.text import Text

_RATIO_UNITS: Final = ("number", "share", "points")
_NARROWEST, _WIDEST = 0.005, 0.05

_WRONG_SIGN: Final = Text(
    "Độ lớn đúng nhưng sai dấu. Hãy xem lại: đây là khoản thu hay chi, tăng hay giảm?",
    "The size is right, the sign is not. Ask again: does it come in or go out, rise or fall?",
)
_PERCENT_FOR_RATIO: Final = Text(
    "Số của bạn lớn gấp 100 lần: bạn ghi phần trăm vào chỗ cần tỷ lệ. Hãy chia cho 100, "
    "như 12,5 % là 0,125.",
    "Your number is 100 times too large: a percentage stands where a ratio belongs. Divide by "
    "100, as 12.5% is 0.125.",
)
_RATIO_FOR_PERCENT: Final = Text(
    "Số của bạn nhỏ đi 100 lần: bạn ghi tỷ lệ vào chỗ cần phần trăm. Hãy nhân với 100, "
    "như 0,125 là 12,5 %.",
    "Your number is 100 times too small: a ratio stands where a percentage belongs. Multiply by "
    "100, as 0.125 is 12.5%.",
)
_MONEY_TOO_LARGE: Final = Text(
    "Nhầm đơn vị tiền: số của bạn lớn gấp {times} lần. Hãy đổi mọi khoản về đồng rồi tính lại.",
    "The money unit slipped: your number is {times} times too large. Turn every amount into dong "
    "and compute again.",
)
_MONEY_TOO_SMALL: Final = Text(
    "Nhầm đơn vị tiền: số của bạn nhỏ đi {times} lần. Hãy đổi mọi khoản về đồng rồi tính lại.",
    "The money unit slipped: your number is {times} times too small. Turn every amount into dong "
    "and compute again.",
)
_MONEY_UNITS: Final = {
    1e3: Text("một nghìn", "a thousand"),
    1e6: Text("một triệu", "a million"),
    1e9: Text("một tỷ", "a billion"),
}
_ONE_YEAR: Final = Text(
    "Đó mới là kết quả của một năm. Câu hỏi tính cho {years} năm: hãy cộng đủ các năm.",
    "That is the result of one year. The question covers {years} years: add them all up.",
)
_REVENUE: Final = Text(
    "Bạn đang tính trên doanh thu. Chỉ phần lãi mới là lợi ích: hãy nhân với biên lợi nhuận "
    "{margin}.",
    "You computed with revenue. Only the margin is a gain: multiply by the margin of {margin}.",
)
_POINTS_FOR_PERCENT: Final = Text(
    "Bạn trả lời bằng điểm phần trăm. Câu hỏi cần phần trăm so với mức ban đầu: hãy chia cho "
    "{base}.",
    "You answered in percentage points. The question asks for percent of the starting level: "
    "divide by {base}.",
)
_PERCENT_FOR_POINTS: Final = Text(
    "Bạn trả lời bằng phần trăm so với mức ban đầu. Câu hỏi cần điểm phần trăm: hãy lấy mức sau "
    "trừ mức trước.",
    "You answered in percent of the starting level. The question asks for percentage points: "
    "take the level after less the level before.",
)


@dataclass(frozen=True)
class Setting:
    """What a question about a number tells of itself, so that more slips can be recognised.

    Args:
        years: how many years the answer covers.
        margin: the margin that turns revenue into the answer, a ratio.
        base: the level from which a change in percent or in points starts, a ratio.
    """

    years: float | None = None
    margin: float | None = None
    base: float | None = None


@dataclass(frozen=True)
class Slip:
    """A wrong number, how near an answer must come to it, and what to say then."""

    value: float
    within: float
    reason: Text

    def explains(self, answer: float) -> bool:
        """Tell whether an answer may come from this slip."""
        return abs(answer - self.value) <= self.within


def nearest(slips: list[Slip], answer: float) -> Slip | None:
    """Return the slip that explains an answer best, if any does."""
    made = [slip for slip in slips if slip.explains(answer)]
    return min(made, key=lambda slip: abs(answer - slip.value), default=None)


def common_slips(right: float, tolerance: float, unit: str, setting: Setting) -> list[Slip]:
    """List the slips that can be told apart from the right answer.

    Args:
        right: the right answer.
        tolerance: how far an answer may lie off and still be right.
        unit: ``number``, ``money``, ``share`` or ``points``.
        setting: what else is known of the question.
    """
    exactness = min(max(tolerance, _NARROWEST * abs(right)), _WIDEST * abs(right))
    slips = [
        Slip(right * factor, exactness * abs(factor), reason)
        for factor, reason in _factors(unit, setting)
    ]
    return [slip for slip in slips if abs(slip.value - right) > tolerance + slip.within]


def _factors(unit: str, setting: Setting) -> Iterator[tuple[float, Text]]:
    yield -1, _WRONG_SIGN
    if unit in _RATIO_UNITS:
        yield 100, _PERCENT_FOR_RATIO
        yield 1 / 100, _RATIO_FOR_PERCENT
    if unit == "money":
        for times, words in _MONEY_UNITS.items():
            yield times, _MONEY_TOO_LARGE.format(times=words)
            yield 1 / times, _MONEY_TOO_SMALL.format(times=words)
    if setting.years:
        yield 1 / setting.years, _ONE_YEAR.format(years=Quantity.display(setting.years))
    if setting.margin:
        yield 1 / setting.margin, _REVENUE.format(margin=Share.display(setting.margin))
    if setting.base and unit == "share":
        yield setting.base, _POINTS_FOR_PERCENT.format(base=Share.display(setting.base))
    if setting.base and unit == "points":
        yield 1 / setting.base, _PERCENT_FOR_POINTS
