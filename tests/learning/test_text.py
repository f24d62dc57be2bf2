"""Numbers, money and shares as each language writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlib.parse import parse_money, parse_number, parse_points, parse_share
from cxlib.text import (
    LANGS,
    Lang,
    Problem,
    Text,
    held_together,
    money,
    needed_decimals,
    number,
    percent,
    points,
    same,
    years,
)

SWAPPED: Final = str.maketrans(".,", ",.")
GROUPED: Final = {
    "vi": re.compile(r"−?\d{1,3}(\.\d{3})*(,\d+)?"),
    "en": re.compile(r"−?\d{1,3}(,\d{3})*(\.\d+)?"),
}
FORMATTERS: Final[list[Callable[[float], Text]]] = [number, percent, points, money, years]
anything = st.floats(allow_nan=False, allow_infinity=False)
sizes = st.floats(-1e12, 1e12)


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        (number(1234.5, 1), "1.234,5", "1,234.5"),
        (number(-0.5, 1), "−0,5", "−0.5"),
        (number(-0.0001, 2), "0,00", "0.00"),
        (number(2.5), "2", "2"),
        (percent(0.125), "12,5\xa0%", "12.5%"),
        (percent(-0.07, 0), "−7\xa0%", "−7%"),
        (points(0.0152), "1,52\xa0điểm\xa0%", "1.52\xa0pp"),
        (money(0), "0\xa0₫", "₫0"),
        (money(600_000), "600.000\xa0₫", "₫600,000"),
        (money(3.5e9), "3,5\xa0tỷ\xa0₫", "₫3.5\xa0billion"),
        (money(-411e6), "−411\xa0triệu\xa0₫", "−₫411\xa0million"),
        (money(999_999_999), "1\xa0tỷ\xa0₫", "₫1\xa0billion"),
        (money(16.66e12), "16.660\xa0tỷ\xa0₫", "₫16,660\xa0billion"),
        (money(3e9, 1), "3,0\xa0tỷ\xa0₫", "₫3.0\xa0billion"),
        (years(2.375, 2), "2,38\xa0năm", "2.38\xa0years"),
        (years(math.inf), "không bao giờ", "never"),
    ],
)
def test_written_as_people_write_it(text: Text, vi: str, en: str) -> None:
    assert (text.vi, text.en) == (vi, en)


@pytest.mark.parametrize("formatter", [number, percent, points, money])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_shown_as_a_dash(formatter: Any, value: float) -> None:
    assert "–" in formatter(value).vi
    assert not re.search("nan|inf", formatter(value).vi + formatter(value).en)


@given(value=anything, decimals=st.integers(0, 4))
def test_both_languages_write_the_same_number(value: float, decimals: int) -> None:
    shown = number(value, decimals)
    assert shown.vi.translate(SWAPPED) == shown.en
    for lang in LANGS:
        assert GROUPED[lang].fullmatch(shown(lang))


@pytest.mark.parametrize("formatter", FORMATTERS)
@given(value=st.floats(-1e300, 1e300))
def test_every_size_can_be_written(formatter: Any, value: float) -> None:
    for lang in LANGS:
        assert re.search(r"\d", formatter(value)(lang))
        assert not re.search(r"(?<!\d)−0(?![.,\d])|e[+-]|E[+-]", formatter(value)(lang))


@pytest.mark.parametrize("lang", LANGS)
@given(value=sizes, decimals=st.integers(0, 2))
def test_written_number_reads_back(lang: Lang, value: float, decimals: int) -> None:
    read = parse_number(number(value, decimals)(lang), lang)
    assert read == pytest.approx(value, abs=0.51 * 10**-decimals)


@pytest.mark.parametrize("lang", LANGS)
@given(value=sizes)
def test_written_money_reads_back_to_three_digits(lang: Lang, value: float) -> None:
    read = parse_money(money(value)(lang), lang)
    assert read == pytest.approx(value, rel=0.0051, abs=0.51)


@pytest.mark.parametrize("lang", LANGS)
@given(value=st.floats(-10, 10))
def test_written_share_and_points_read_back(lang: Lang, value: float) -> None:
    for write, read in ((percent, parse_share), (points, parse_points)):
        assert read(write(value, 2)(lang), lang) == pytest.approx(value, abs=0.51e-4)


@given(value=st.floats(-1e9, 1e9), most=st.integers(0, 4))
def test_needed_decimals_lose_nothing(value: float, most: int) -> None:
    enough = needed_decimals(value, most)
    assert 0 <= enough <= most
    assert round(value, enough) == pytest.approx(round(value, most), rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(
    ("prose", "held"),
    [
        ("80–90 % khách", "80–90\xa0% khách"),
        ("tăng 5 điểm % nữa", "tăng 5\xa0điểm\xa0% nữa"),
        ("3 tỷ ₫ và 2 nơi", "3\xa0tỷ\xa0₫ và 2 nơi"),
    ],
)
def test_numbers_stay_beside_their_units(prose: str, held: str) -> None:
    assert held_together(prose) == held


class TestText:
    TEXT: Final = Text("Còn {left}", "{left} left")

    def test_call_reads_one_language(self) -> None:
        assert (self.TEXT("vi"), self.TEXT("en")) == ("Còn {left}", "{left} left")

    def test_parts_are_filled_in_their_language(self) -> None:
        filled = self.TEXT.format(left=percent(0.5))
        assert filled == Text("Còn 50,0\xa0%", "50.0% left")

    def test_part_with_braces_is_not_read_as_a_place(self) -> None:
        assert self.TEXT.format(left=same("{x}")).en == "{x} left"

    def test_missing_part_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            self.TEXT.format(right=same("x"))

    def test_sum_joins_both_languages(self) -> None:
        assert same("C1: ") + Text("một", "one") == Text("C1: một", "C1: one")

    def test_problem_speaks_both_languages(self) -> None:
        problem = Problem(Text("Sai", "Wrong"))
        assert str(problem) == "Wrong"
        assert problem.message.vi == "Sai"
