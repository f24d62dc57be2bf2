"""What people type into one box → a number, and never a silent guess between two readings.

A written number is taken apart into digits and unit words. Its digits are read in both styles,
``1.234,5`` (Vietnamese) and ``1,234.5`` (English). If both readings stand and nothing decides
between them, the writer is asked. The column reader of uploads builds on the same grammar.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from cxlib.text import Lang, Problem, Text, number, same

NumberKind = Literal["number", "count", "money", "share", "points"]

MAX_LENGTH: Final = 100
_SHOWN_LENGTH: Final = 40
_QUOTED_FROM: Final = 200

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u3000\t\r\n"), " ")
_MINUSES: Final = dict.fromkeys(map(ord, "\u2212\u2012\u2013\ufe63"), "-")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_TIDY: Final = _FULL_WIDTH | _SPACES | _MINUSES | _INVISIBLE
_UNSEEN: Final = "".join(map(chr, (*_SPACES, *_INVISIBLE))) + " "
_HARMLESS: Final = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’"})

CURRENCIES: Final = ("₫", "d", "dong", "vnd")
_HUNDREDTH: Final = Decimal("0.01")
_SCALE_WORDS: Final[dict[Lang, dict[str, int]]] = {
    "vi": {"nghin": 3, "ngan": 3, "tr": 6, "trieu": 6, "ty": 9, "ti": 9, "nghinty": 12},
    "en": {"thousand": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9},
}
_SCALES: Final[dict[str, Decimal]] = {"": Decimal(1), "k": Decimal(1000)} | {
    word: Decimal(10**power) for words in _SCALE_WORDS.values() for word, power in words.items()
}


def _with_currency(word: str) -> list[str]:
    return [word, *(unit for name in CURRENCIES for unit in (word + name, name + word))]


UNITS: Final[dict[NumberKind, dict[str, Decimal]]] = {
    "number": _SCALES,
    "count": _SCALES,
    "money": {unit: factor for word, factor in _SCALES.items() for unit in _with_currency(word)},
    "share": dict.fromkeys(("%", "phantram", "percent", "pct"), _HUNDREDTH),
    "points": dict.fromkeys(
        ("diem", "diem%", "%diem", "diemphantram", "pp", "pts", "points", "percentagepoints"),
        _HUNDREDTH,
    ),
}
"""Unit words, folded and without spaces, and the factor that leads to ₫ or to a ratio."""

_ACCEPTED: Final[dict[NumberKind, set[str]]] = {
    kind: {"", *units, *("%" if kind == "points" else "")} for kind, units in UNITS.items()
}
_UNIT_STYLES: Final[dict[str, Lang]] = {
    unit: lang
    for lang, words in _SCALE_WORDS.items()
    for word in words
    for unit in _with_currency(word)
}

_EXAMPLES: Final[dict[NumberKind, Text]] = {
    "number": Text("một số, ví dụ 1.234,5", "a number, for example 1,234.5"),
    "count": Text("một số nguyên, ví dụ 1.200", "a whole number, for example 1,200"),
    "money": Text(
        "số tiền bằng đồng, ví dụ 1.250.000 ₫, 850 triệu hay 3,5 tỷ",
        "an amount in dong, for example ₫1,250,000, 850 million or 3.5 billion",
    ),
    "share": Text(
        "một tỷ lệ phần trăm, ví dụ 70 % hay 12,5 %", "a percentage, such as 70% or 12.5%"
    ),
    "points": Text(
        "mức thay đổi bằng điểm phần trăm, ví dụ 1,5 điểm %",
        "a change in percentage points, for example 1.5 pp",
    ),
}


def _body(group: str, point: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:[1-9][0-9]{{0,2}}(?:(?:{group}[0-9]{{3}})+|(?: [0-9]{{3}})+)|[0-9]+)"
        rf"(?:{point}[0-9]+)?|{point}[0-9]+"
    )


_BODIES: Final[dict[Lang, re.Pattern[str]]] = {"vi": _body(r"\.", ","), "en": _body(",", r"\.")}
_BRACKETED: Final = re.compile(r"([^0-9()]*)\(([^()]*)\)([^0-9()]*)")
_WRITTEN: Final = re.compile(
    r"(?P<sign>[-+]?) *(?P<before>[^0-9().,+-]*)(?P<inner_sign>[-+]?) *"
    r"(?P<body>[.,]?[0-9](?:[0-9., ]*[0-9])?)(?P<after>[^0-9()]*)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """One number as somebody wrote it, taken apart but not yet read."""

    typed: str
    negative: bool
    readings: dict[Lang, str]
    unit: str


def parse_number(raw: str, lang: Lang) -> float:
    """Read a plain number; ``k``, ``triệu`` and the like are understood.

    Raises:
        Problem: if the box is empty, holds no number, or can be read in two ways.
    """
    return _parse(raw, lang, "number")


def parse_count(raw: str, lang: Lang) -> int:
    """Read a whole number.

    Raises:
        Problem: as :func:`parse_number`, or if the number is not whole.
    """
    value = _parse(raw, lang, "count")
    if value != round(value):
        raise Problem(not_whole(raw))
    return round(value)


def parse_money(raw: str, lang: Lang) -> float:
    """Read an amount of money in ₫: ``1.250.000 ₫``, ``850tr``, ``3,5 tỷ``, ``VND 3.5 bn``.

    Dong have no decimals, so ``500,000`` is half a million in either language, while a bare
    ``3,5`` lacks its unit.

    Raises:
        Problem: as :func:`parse_number`, or if the unit is missing or not dong.
    """
    return _parse(raw, lang, "money")


def parse_share(raw: str, lang: Lang) -> float:
    """Read a percentage and return the ratio: ``70`` and ``70 %`` → 0.7.

    Raises:
        Problem: as :func:`parse_number`, or for a bare number up to 1, which may be a ratio.
    """
    return _parse(raw, lang, "share")


def parse_points(raw: str, lang: Lang) -> float:
    """Read a change in percentage points and return the ratio: ``1,5 điểm`` → 0.015.

    Raises:
        Problem: as :func:`parse_number`, or if the unit is missing or is a plain ``%``.
    """
    return _parse(raw, lang, "points")


def take_apart(raw: str, kind: NumberKind) -> Written:
    """Split what was typed into sign, digits and unit, and read the digits in both styles.

    Raises:
        Problem: if there is no number, or its form or unit is unknown for this kind.
    """
    tidy = tidied(raw[: MAX_LENGTH + 1])
    if not tidy:
        raise Problem(Text("Hãy nhập một số.", "Please enter a number."))
    bracketed = _BRACKETED.fullmatch(tidy)
    match = _WRITTEN.fullmatch("".join(bracketed.groups()) if bracketed else tidy)
    if match is None or len(raw) > MAX_LENGTH:
        raise Problem(not_a_number(raw, kind))
    signs = match["sign"] + match["inner_sign"] + ("(" if bracketed else "")
    found = readings(match["body"])
    unit = unit_key(match["before"] + match["after"])
    if len(signs) > 1 or not found or unit not in _ACCEPTED[kind]:
        raise Problem(not_a_number(raw, kind))
    return Written(raw, signs in ("-", "("), found, unit)


def readings(body: str) -> dict[Lang, str]:
    """Every style in which these digits make a number, with the number as Python writes it."""
    found: dict[Lang, str] = {}
    if _BODIES["vi"].fullmatch(body):
        found["vi"] = body.replace(" ", "").replace(".", "").replace(",", ".")
    if _BODIES["en"].fullmatch(body):
        found["en"] = body.replace(" ", "").replace(",", "")
    return found


def settle(found: dict[Lang, str], style: Lang | None, whole: bool) -> Decimal | None:
    """The one value of a written number, or None while two readings stay open.

    Args:
        found: readings by style.
        style: the style known from elsewhere, if any.
        whole: the unit has no decimals (dong, people), so the mark can only group thousands.
    """
    values = {Decimal(value) for value in found.values()}
    if len(values) == 1:
        return values.pop()
    hints = {Decimal(found[style])} if style else set()
    if whole:
        hints.add(max(values))
    return hints.pop() if len(hints) == 1 else None


def fold(words: str) -> str:
    """Letters without diacritics and case, single spaces: the form in which we compare words."""
    bare = unicodedata.normalize("NFD", words.translate(_TIDY).casefold().replace("đ", "d"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


@lru_cache(maxsize=1024)
def unit_key(words: str) -> str:
    """A unit as the keys of :data:`UNITS` spell it."""
    return fold(words).replace(" ", "").strip(".")


def tidied(raw: str) -> str:
    """Typed text with plain digits, spaces and minus signs, and without invisible characters."""
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    return unicodedata.normalize("NFC", raw.translate(_TIDY)).strip()


def is_empty(raw: str) -> bool:
    """Whether a text shows nothing: only spaces and invisible characters."""
    return not raw.strip(_UNSEEN)


def quoted(raw: str) -> Text:
    """What was typed, shortened and harmless even where somebody forgets to escape it."""
    seen = " ".join("".join(c if c.isprintable() else " " for c in raw[:_QUOTED_FROM]).split())
    if len(seen) > _SHOWN_LENGTH:
        seen = seen[: _SHOWN_LENGTH - 1] + "…"
    return same(f"“{seen.translate(_HARMLESS)}”")


def not_a_number(raw: str, kind: NumberKind) -> Text:
    """The message for text where a number belongs."""
    return Text(
        "Chưa đọc được {typed}. Hãy ghi {example}.",
        "{typed} could not be read. Please write {example}.",
    ).format(typed=quoted(raw), example=_EXAMPLES[kind])


def not_whole(raw: str) -> Text:
    """The message for a fraction where a whole number belongs."""
    return Text(
        "{typed} không phải số nguyên. Hãy ghi {example}.",
        "{typed} is not a whole number. Please write {example}.",
    ).format(typed=quoted(raw), example=_EXAMPLES["count"])


def two_numbers(written: Written) -> Text:
    """The message for digits that both styles can read, with what to write instead."""
    low, high = sorted(Decimal(value) for value in written.readings.values())
    return Text(
        "{typed} có hai cách đọc. Nếu là số lẻ, hãy ghi {decimal}; nếu là số nguyên, "
        "hãy ghi {whole}.",
        "{typed} can be read two ways. If it is a decimal, write {decimal}; if it is a whole "
        "number, write {whole}.",
    ).format(typed=quoted(written.typed), decimal=number(float(low), 4), whole=same(f"{high:.0f}"))


def bare_doubt(raw: str, kind: NumberKind, value: float) -> Text | None:
    """What is open about a number without its unit, with what to write; None if nothing is."""
    size = abs(value)
    if kind == "share" and 0 < size <= 1:
        return _two_shares(raw, value)
    if kind == "points" and size > 0:
        return _two_changes(raw, value)
    if kind == "money" and size < 1000 and value % 1 != 0:
        return _no_money_unit(raw)
    return None


def _parse(raw: str, lang: Lang, kind: NumberKind) -> float:
    written = take_apart(raw, kind)
    factor = UNITS[kind].get(written.unit, _HUNDREDTH)
    whole = kind in ("count", "money") and factor == 1
    value = settle(written.readings, _typed_style(written, kind, lang), whole)
    if value is None:
        raise Problem(two_numbers(written))
    if written.negative:
        value = -value
    is_bare = written.unit == "" or (kind == "points" and written.unit == "%")
    doubt = bare_doubt(raw, kind, float(value)) if is_bare else None
    if doubt is not None:
        raise Problem(doubt)
    return float(value * factor)


def _typed_style(written: Written, kind: NumberKind, lang: Lang) -> Lang | None:
    """The language decides only for its own thousands mark: ``1.234`` in Vietnamese.

    It does not where thousands make no sense (``1.234 %``) or the unit speaks the other language.
    """
    if kind in ("share", "points") or _UNIT_STYLES.get(written.unit, lang) != lang:
        return None
    other: Lang = "en" if lang == "vi" else "vi"
    own, foreign = (Decimal(written.readings.get(style, "0")) for style in (lang, other))
    return lang if own > foreign else None


def _no_money_unit(raw: str) -> Text:
    return Text(
        "{typed} tính bằng đồng, triệu hay tỷ? Hãy ghi thêm đơn vị, ví dụ 3,5 tỷ.",
        "Is {typed} in dong, million or billion? Please add the unit, for example 3.5 billion.",
    ).format(typed=quoted(raw))


def _two_shares(raw: str, value: float) -> Text:
    return Text(
        "{typed} là {percent} % hay {ratio} %? Hãy ghi rõ dấu %: “{percent} %” hoặc “{ratio} %”.",
        "Is {typed} {percent}% or {ratio}%? Please write “{percent}%” or “{ratio}%”.",
    ).format(typed=quoted(raw), percent=_shown(value), ratio=_shown(value * 100))


def _two_changes(raw: str, value: float) -> Text:
    return Text(
        "{typed} là {value} điểm % (70 % thành {added} %) hay {value} % của mức hôm nay "
        "(70 % thành {grown} %)? Ô này cần điểm %: hãy ghi “{value} điểm” cho cách đầu, "
        "“{share} điểm” cho cách sau.",
        "Is {typed} {value} percentage points (70% becomes {added}%) or {value}% of today's level "
        "(70% becomes {grown}%)? Points are needed here: write “{value} pp” for the first, "
        "“{share} pp” for the second.",
    ).format(
        typed=quoted(raw),
        value=_shown(value),
        added=_shown(70 + value),
        grown=_shown(70 + 0.7 * value),
        share=_shown(0.7 * value),
    )


def _shown(value: float) -> Text:
    """A number with as many decimals as it has, up to six."""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return number(value, decimals)
