from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlib import parse
from cxlib.parse import parse_count, parse_money, parse_number, parse_points, parse_share
from cxlib.text import LANGS, Lang, Problem, money, number, percent, points

PARSERS: tuple[Callable[[str, Lang], float], ...] = (
    parse_number,
    parse_count,
    parse_money,
    parse_share,
    parse_points,
)


def same(value: float, wanted: float) -> bool:
    return math.isclose(value, wanted, rel_tol=1e-12, abs_tol=1e-15)


@pytest.mark.parametrize(
    ("raw", "lang", "wanted"),
    [
        ("1.234,5", "vi", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("1,234.5", "vi", 1234.5),
        ("1.234,5", "en", 1234.5),
        ("1.234", "vi", 1234),
        ("1,234", "en", 1234),
        ("1.234.567", "en", 1234567),
        ("12,5", "en", 12.5),
        ("0,125", "en", 0.125),
        ("1234.567", "vi", 1234.567),
        (" 1 234 567,5 ", "vi", 1234567.5),
        ("1\u00a0234", "vi", 1234),
        ("1\u202f234", "en", 1234),
        ("\u22125", "vi", -5),
        ("(1.250.000)", "vi", -1250000),
        ("１２，５", "vi", 12.5),
        ("2 triệu", "vi", 2_000_000),
        ("\ufeff7\u200b", "en", 7),
    ],
)
def test_numbers_as_people_type_them(raw: str, lang: Lang, wanted: float) -> None:
    assert parse_number(raw, lang) == wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("1.250.000 ₫", 1_250_000),
        ("3,5 tỷ", 3_500_000_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1,2 tỉ đồng", 1_200_000_000),
        ("850tr", 850_000_000),
        ("850 trđ", 850_000_000),
        ("850 triệu", 850_000_000),
        ("1.2 billion", 1_200_000_000),
        ("500k", 500_000),
        ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000),
        ("VND 3.5 bn", 3_500_000_000),
        ("₫3.5 billion", 3_500_000_000),
        ("−₫3.5 billion", -3_500_000_000),
        ("(2 tỷ)", -2_000_000_000),
        ("500.000đ", 500_000),
        ("500,000", 500_000),
        ("0", 0),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_money_as_people_type_it(raw: str, lang: Lang, wanted: float) -> None:
    assert parse_money(raw, lang) == wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [("70", 0.7), ("70 %", 0.7), ("70,5%", 0.705), ("0,7 %", 0.007), ("0", 0), ("-2 %", -0.02)],
)
def test_a_share_is_kept_as_a_ratio(raw: str, wanted: float) -> None:
    assert same(parse_share(raw, "vi"), wanted)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("1,5 điểm %", 0.015),
        ("1,5 điểm", 0.015),
        ("1.5 pp", 0.015),
        ("-2 điểm phần trăm", -0.02),
        ("3 percentage points", 0.03),
        ("0", 0.0),
    ],
)
def test_points_are_kept_as_a_ratio(raw: str, wanted: float) -> None:
    assert same(parse_points(raw, "vi"), wanted)


def test_a_count_is_whole() -> None:
    assert [parse_count(raw, "vi") for raw in ("1.200", "1,5 nghìn", "7")] == [1200, 1500, 7]


@pytest.mark.parametrize(
    ("parser", "raw", "lang", "names"),
    [
        (parse_number, "1,234", "vi", ("1,2340", "1234")),
        (parse_number, "1.234", "en", ("1.2340", "1234")),
        (parse_money, "1,234 tỷ", "vi", ("1,2340", "1234")),
        (parse_money, "1,234 tỷ", "en", ("1.2340", "1234")),
        (parse_money, "1.234 billion", "vi", ("1,2340", "1234")),
        (parse_share, "12.345 %", "vi", ("12,3450", "12345")),
        (parse_share, "0,7", "vi", ("0,7 %", "70 %")),
        (parse_share, "1", "en", ("1%", "100%")),
        (parse_points, "5", "vi", ("75 %", "73,5 %", "5 điểm")),
        (parse_points, "5 %", "en", ("75%", "73.5%", "5 pp")),
        (parse_money, "3,5", "vi", ("triệu", "tỷ")),
    ],
)
def test_two_readings_are_named_and_never_chosen(
    parser: Callable[[str, Lang], float], raw: str, lang: Lang, names: tuple[str, ...]
) -> None:
    with pytest.raises(Problem) as refused:
        parser(raw, lang)
    message = refused.value.message(lang)
    assert raw in message
    assert [name for name in names if name not in message] == []


def test_the_advice_given_for_two_readings_is_accepted() -> None:
    assert (parse_number("1,2340", "vi"), parse_number("1234", "vi")) == (1.234, 1234)
    assert (parse_share("0,7 %", "vi"), parse_share("70 %", "vi")) == (0.007, 0.7)
    assert parse_points("3,5 điểm", "vi") == 0.035


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    "raw",
    [
        "abc",
        "1.2.3",
        "1,2,3",
        "--5",
        "(5",
        "5)",
        "1e5",
        "5²",
        "٣",
        "C1",
        "=1+1",
        "1tr5",
        "500 USD",
        "$5",
        "12/5",
        "1.2345.678",
        "NaN",
        "inf",
        "∞",
        "–",
        ".",
    ],
)
def test_anything_else_is_refused_with_what_was_typed(
    parser: Callable[[str, Lang], float], raw: str
) -> None:
    with pytest.raises(Problem) as refused:
        parser(raw, "vi")
    assert f"“{raw}”" in refused.value.message.vi
    assert f"“{raw}”" in refused.value.message.en


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("raw", ["", "  ", "\u00a0\u200b\n"])
def test_an_empty_box_asks_for_a_number(parser: Callable[[str, Lang], float], raw: str) -> None:
    with pytest.raises(Problem) as refused:
        parser(raw, "vi")
    assert "Hãy nhập một số" in refused.value.message.vi


def test_a_quoted_text_is_short_and_harmless() -> None:
    with pytest.raises(Problem) as refused:
        parse_number("<img src='x' onerror=\"alert(1)\">\n" + "x" * 10_000_000, "vi")
    message = refused.value.message.vi
    assert len(message) < 120
    assert set("<>\"'\n").isdisjoint(message)


def outcome(parser: Callable[[str, Lang], float], raw: str, lang: Lang) -> float | Problem:
    try:
        return parser(raw, lang)
    except Problem as problem:
        return problem


@given(st.text(), st.sampled_from(LANGS), st.sampled_from(PARSERS))
def test_any_text_gives_a_finite_number_or_a_problem(
    raw: str, lang: Lang, parser: Callable[[str, Lang], float]
) -> None:
    found = outcome(parser, raw, lang)
    assert bool(found.message(lang)) if isinstance(found, Problem) else math.isfinite(found)


amounts = st.floats(-1e12, 1e12, allow_nan=False)
decimals = st.sampled_from([0, 1, 2, 4, 6])


@given(amounts, decimals, st.sampled_from(LANGS))
def test_a_shown_number_reads_back(value: float, places: int, lang: Lang) -> None:
    assert parse_number(number(value, places)(lang), lang) == round(value, places)


@given(amounts, st.sampled_from(LANGS))
def test_a_number_shown_with_three_decimals_is_never_misread(value: float, lang: Lang) -> None:
    found = outcome(parse_number, number(value, 3)(lang), lang)
    assert isinstance(found, Problem) or found == round(value, 3)


@given(st.floats(-9.9, 9.9), st.sampled_from([0, 1, 2, 4]), st.sampled_from(LANGS))
def test_a_shown_percentage_reads_back(ratio: float, places: int, lang: Lang) -> None:
    read = parse_share(percent(ratio, places)(lang), lang)
    assert math.isclose(read, round(ratio * 100, places) / 100, abs_tol=1e-12)


@given(st.floats(-1, 1), st.sampled_from([0, 1, 2, 4]), st.sampled_from(LANGS))
def test_shown_points_read_back(ratio: float, places: int, lang: Lang) -> None:
    read = parse_points(points(ratio, places)(lang), lang)
    assert math.isclose(read, round(ratio * 100, places) / 100, abs_tol=1e-12)


@given(st.floats(-1e14, 1e14), st.sampled_from(LANGS))
def test_shown_money_reads_back_to_the_digits_shown(dong: float, lang: Lang) -> None:
    shown = money(dong)(lang)
    read = parse_money(shown, lang)
    assert money(read)(lang) == shown
    assert math.isclose(read, dong, rel_tol=0.006, abs_tol=0.5)


@given(st.integers(0, 10**9), st.sampled_from(LANGS))
def test_a_shown_count_reads_back(count: int, lang: Lang) -> None:
    assert parse_count(number(count)(lang), lang) == count


@given(st.text())
def test_folding_twice_changes_nothing_more(words: str) -> None:
    assert parse.fold(parse.fold(words)) == parse.fold(words)
