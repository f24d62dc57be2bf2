"""What a text and its translation must share: numbers, links, code and ``{places}`` to fill."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cxlib.text import Lang

_FENCE: Final = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.DOTALL | re.MULTILINE)
_CODE: Final = re.compile(r"(`+)(.+?)\1")
_MATHS: Final = re.compile(r"\$\$.*?\$\$|\$(?![\s\d])[^$\n]+\$", re.DOTALL)
_LINK: Final = re.compile(
    r"\]\(\s*([^)\s]+)[^)]*\)|\b(?:href|src)=[\"']([^\"']+)|(https?://[^\s<>)\"']+)"
)
_TAG: Final = re.compile(r"</?[A-Za-z][^>]*>|&#?\w+;")
_PLACE: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_LANGUAGE_IN_LINK: Final = re.compile(r"(?<![A-Za-z])(?:vi|en)(?![A-Za-z])")
_MONTH: Final = re.compile(
    r"\b(?:(January)|(February)|(March)|(April)|(May)(?=\s+\d)|(June)|(July)|(August)"
    r"|(September)|(October)|(November)|(December))\b"
)


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How one language writes a number, and the words that scale it or give its unit."""

    thousands: str
    decimal: str
    scales: dict[str, int]
    percent: str
    points: str

    @property
    def number(self) -> re.Pattern[str]:
        group, decimal = re.escape(self.thousands), re.escape(self.decimal)
        return re.compile(
            r"(?:(?<![\w.,)–-])(?P<minus>[−-])[₫$€]?)?"
            rf"(?P<digits>\d{{1,3}}(?:{group}\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?)"
            rf"(?P<scales>(?:[\s₫-]*(?:{'|'.join(self.scales)}))*)"
            rf"(?:(?P<points>[\s-]*(?:{self.points}))|(?P<percent>[\s-]*(?:{self.percent})))?"
        )


_GRAMMARS: Final[dict[Lang, _Grammar]] = {
    "vi": _Grammar(
        thousands=".",
        decimal=",",
        scales={
            r"nghìn\b": 10**3,
            r"ngàn\b": 10**3,
            r"triệu\b(?!\s+chứng)": 10**6,
            r"t[ỷỉ]\b(?!\s+(?:lệ|suất|số|trọng|giá))": 10**9,
        },
        percent=r"%|phần trăm",
        points=r"điểm\s*(?:%|phần trăm)",
    ),
    "en": _Grammar(
        thousands=",",
        decimal=".",
        scales={
            r"thousand\b": 10**3,
            r"million\b": 10**6,
            r"(?:billion|bn)\b": 10**9,
            r"trillion\b": 10**12,
        },
        percent=r"%|percent\b|per cent\b",
        points=r"percentage[\s-]points?\b|pp\b",
    ),
}


def disagreements(vi: str, en: str) -> list[str]:
    """Say in words which numbers, links, code spans or places only one of two twins holds.

    Numbers are compared as values, each read in its own language: ``3,5 tỷ`` agrees with
    ``3.5 billion`` and ``12,5 %`` with ``12.5%``, but not with ``12.5 pp``. Numbers written out
    as words are not compared.
    """
    return [
        f"{what} differ: Vietnamese has {_list(only_vi)}, English has {_list(only_en)}"
        for what, find in _MUST_AGREE.items()
        for only_vi, only_en in [_differences(find(vi, "vi"), find(en, "en"))]
        if only_vi or only_en
    ]


def numbers(text: str, lang: Lang) -> list[str]:
    """Every number in a text in one common writing: plain digits, then ``%`` or `` pp``."""
    for hidden in (_FENCE, _CODE, _MATHS, _LINK, _TAG, _PLACE):
        text = hidden.sub(" ", text)
    return _read_numbers(text, lang)


def _read_numbers(text: str, lang: Lang) -> list[str]:
    if lang == "en":
        text = _MONTH.sub(lambda month: str(month.lastindex), text)
    grammar = _GRAMMARS[lang]
    return [_canonical(found, grammar) for found in grammar.number.finditer(text)]


def _canonical(found: re.Match[str], grammar: _Grammar) -> str:
    plain = found["digits"].replace(grammar.thousands, "").replace(grammar.decimal, ".")
    value = Decimal(plain)
    for word, scale in grammar.scales.items():
        value *= Decimal(scale) ** len(re.findall(word, found["scales"]))
    unit = " pp" if found["points"] else "%" if found["percent"] else ""
    return f"{'-' if found['minus'] else ''}{value.normalize():f}{unit}"


def _links(text: str, lang: Lang) -> list[str]:
    targets = (next(filter(None, link.groups())) for link in _LINK.finditer(text))
    return [_LANGUAGE_IN_LINK.sub("·", target) for target in targets]


def _code(text: str, lang: Lang) -> list[str]:
    fences = [fence[0] for fence in _FENCE.finditer(text)]
    spans = [span[2] for span in _CODE.finditer(_FENCE.sub(" ", text))]
    return fences + [
        span if re.search(r"[^\W\d]", span) else " ".join(_read_numbers(span, lang)) or span
        for span in spans
    ]


def _places(text: str, lang: Lang) -> list[str]:
    return sorted(set(_PLACE.findall(text)))


_MUST_AGREE: Final[dict[str, Callable[[str, Lang], list[str]]]] = {
    "numbers": numbers,
    "links": _links,
    "code spans": _code,
    "{places}": _places,
}


def _differences(vi: list[str], en: list[str]) -> tuple[Counter[str], Counter[str]]:
    return Counter(vi) - Counter(en), Counter(en) - Counter(vi)


def _list(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "none of its own"
