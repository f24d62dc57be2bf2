"""What a reader sees in words: one text in two languages, and numbers the way she writes them.

Every formatter returns a :class:`Text`, so a sentence and the numbers inside it are composed
once and shown in either language.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import localcontext
from functools import lru_cache
from textwrap import shorten
from typing import Final, Literal

Lang = Literal["vi", "en"]
LANGS: Final[tuple[Lang, ...]] = ("vi", "en")

_LOCALES: Final[dict[Lang, str]] = {"vi": "vi_VN", "en": "en"}
_ANY_FLOAT: Final = 330  # digits of the longest number
_NO_BREAK: Final = "\u00a0"
_NOT_ZERO: Final = re.compile("[1-9]")
_NUMBER_AND_UNIT: Final = re.compile(r"(?<=\d) (?=%|₫|tỷ|triệu|nghìn|điểm|billion|million)")
_UNIT_AND_SIGN: Final = re.compile(r"(?<=tỷ|ệu|ểm) (?=₫|%)")
_MONEY_STEPS: Final[tuple[tuple[float, str, str], ...]] = (
    (1e9, "tỷ", "billion"),
    (1e6, "triệu", "million"),
    (1.0, "", ""),
)


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Vietnamese and in English; call it with a language to read it."""

    vi: str
    en: str

    def __call__(self, lang: Lang) -> str:
        """Return the words in one language."""
        return self.vi if lang == "vi" else self.en

    def format(self, **parts: Text) -> Text:
        """Fill the ``{name}`` places of both languages with other texts."""
        return Text(
            self.vi.format(**{name: part.vi for name, part in parts.items()}),
            self.en.format(**{name: part.en for name, part in parts.items()}),
        )

    def __add__(self, other: Text) -> Text:
        return Text(self.vi + other.vi, self.en + other.en)


class Problem(ValueError):
    """Something the reader can mend, said in her language: what is wrong and what to do."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def held_together(prose: str) -> str:
    """Keep a number and its unit on one line."""
    return _UNIT_AND_SIGN.sub(_NO_BREAK, _NUMBER_AND_UNIT.sub(_NO_BREAK, prose))


def same(word: str) -> Text:
    """A word that both languages write alike (a name, a code, an abbreviation)."""
    return Text(word, word)


def number(value: float, decimals: int = 0) -> Text:
    """``1234.5`` → ``1.234,5`` in Vietnamese, ``1,234.5`` in English; no value gives ``–``."""
    if not math.isfinite(value):
        return same("–")
    return Text(_decimal(value, decimals, "vi"), _decimal(value, decimals, "en"))


def percent(ratio: float, decimals: int = 1) -> Text:
    """A ratio as a percentage: ``0.125`` → ``12,5 %`` and ``12.5%``."""
    shown = number(ratio * 100, decimals)
    return Text(f"{shown.vi}{_NO_BREAK}%", f"{shown.en}%")


def points(ratio: float, decimals: int = 2) -> Text:
    """A difference of two ratios in percentage points: ``0.0152`` → ``1,52 điểm %``."""
    shown = number(ratio * 100, decimals)
    return Text(f"{shown.vi}{_NO_BREAK}điểm{_NO_BREAK}%", f"{shown.en}{_NO_BREAK}pp")


def money(dong: float, decimals: int | None = None) -> Text:
    """An amount of dong in the unit people say: ``3.5e9`` → ``3,5 tỷ ₫``, ``₫3.5 billion``.

    Without ``decimals`` the number keeps about three digits, without zeros at its end.
    """
    if not math.isfinite(dong):
        return same("–")
    scale, unit_vi, unit_en = next(
        (step for step in _MONEY_STEPS if abs(dong) >= step[0] * 0.9995), _MONEY_STEPS[-1]
    )
    scaled = dong / scale
    if decimals is None:
        digits = 0 if scale == 1.0 else max(0, 2 - int(math.log10(max(abs(scaled), 1.0))))
        decimals = needed_decimals(scaled, digits)
    shown_vi, shown_en = _decimal(scaled, decimals, "vi"), _decimal(abs(scaled), decimals, "en")
    sign = "−" if _decimal(scaled, decimals, "en").startswith("−") else ""
    return Text(
        _NO_BREAK.join(filter(None, (shown_vi, unit_vi, "₫"))),
        _NO_BREAK.join(filter(None, (f"{sign}₫{shown_en}", unit_en))),
    )


def signed(shown: Text) -> Text:
    """Put a plus before what is written of a value above zero: ``+3,1``, ``−4``, ``0,0``."""
    above = not shown.en.startswith("−") and _NOT_ZERO.search(shown.en)
    return same("+") + shown if above else shown


def from_to(low: Text, high: Text) -> Text:
    """Write the two ends of a range: ``2 đến 5``, ``2 to 5``."""
    return low + Text(" đến ", " to ") + high


def out_of(part: int, whole: int) -> Text:
    """Write a count with the number it was taken from: ``3/8``."""
    return number(part) + same("/") + number(whole)


def shortened(name: Text, length: int) -> Text:
    """Cut a name after whole words so that it fits, with ``…`` at its end."""
    vi, en = (shorten(name(lang), length, placeholder="…") for lang in LANGS)
    return Text(vi or name.vi[:length], en or name.en[:length])


def years(count: float, decimals: int = 1) -> Text:
    """A length of time in years: ``2.4 năm``, ``2.4 years``; no value says it never happens."""
    if not math.isfinite(count):
        return Text("không bao giờ", "never")
    shown = number(count, decimals)
    return Text(f"{shown.vi}{_NO_BREAK}năm", f"{shown.en}{_NO_BREAK}years")


def needed_decimals(value: float, most: int) -> int:
    """Return how many decimals ``value`` needs, at most ``most``: none for 12, two for 1.25."""
    return next((n for n in range(most) if math.isclose(round(value, n), round(value, most))), most)


@lru_cache(maxsize=4096)
def _decimal(value: float, decimals: int, lang: Lang) -> str:
    from babel.numbers import format_decimal

    rounded = round(value, decimals) + 0.0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=_ANY_FLOAT):
        return format_decimal(rounded, format=pattern, locale=_LOCALES[lang]).replace("-", "−")
