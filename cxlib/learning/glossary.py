"""The course's terms: a list to search, and their meanings for the first use in a lesson."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Any, Final

from cxlib.learning.fields import Entries, Words
from cxlib.learning.panel import Action, Face, Layout, Screen, paragraph
from cxlib.prepared import parse_yaml, parsed
from cxlib.text import LANGS, Lang, Text, number

FILE: Final = Path(__file__).resolve().parents[1] / "glossary.yml"

_TITLE: Final = Text("Tra thuật ngữ", "Look up a term")
_SEARCH: Final = Text(
    "Gõ tiếng Việt (có dấu hay không dấu đều được), tiếng Anh hoặc chữ viết tắt, rồi nhấn Enter",
    "Type Vietnamese (with or without accents), English or an abbreviation, then press Enter",
)
_ALL: Final = Action("all", Text("Hiện tất cả", "Show all"))
_COUNT: Final = Text("Có {n} thuật ngữ.", "Terms: {n}.")
_NONE: Final = Text(
    "Chưa có thuật ngữ nào như vậy. Hãy thử một từ ngắn hơn.",
    "There is no such term yet. Try a shorter word.",
)


@dataclass(frozen=True)
class Term:
    """One entry of the term file."""

    name: Text
    abbreviation: str
    meaning: Text | None
    also: Mapping[Lang, Sequence[str]]

    def names(self, lang: Lang) -> tuple[str, ...]:
        """Every way to write the term in one language."""
        return tuple(filter(None, (self.name(lang), self.abbreviation, *self.also[lang])))

    @cached_property
    def searchable(self) -> str:
        """All names in both languages, plain, with a blank before each word."""
        return "".join(f" {plain(name)}" for lang in LANGS for name in self.names(lang))

    def title(self, lang: Lang) -> str:
        """The name, with its abbreviation if it has one."""
        name = self.name(lang)
        return f"{name} ({self.abbreviation})" if self.abbreviation else name


@cache
def terms() -> tuple[Term, ...]:
    """Read the term file."""
    return tuple(_term(entry) for entry in parsed(FILE, parse_yaml))


def search(words: str, lang: Lang) -> list[Term]:
    """Find the terms of which each word begins some word, sorted by name in ``lang``.

    Accents and case do not matter; ``hoan von`` finds ``thời gian hoàn vốn``. No word finds all.
    """
    found = [term for term in terms() if holds(term.searchable, words)]
    return sorted(found, key=lambda term: plain(term.name(lang)))


def holds(searchable: str, words: str) -> bool:
    """Whether each word begins some word of a text that :func:`plain` wrote."""
    return all(f" {word}" in f" {searchable}" for word in plain(words).split())


def plain(text: str) -> str:
    """Write a text in lower case, without accents, with one blank between words."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare))


def explained(lang: Lang) -> list[dict[str, Any]]:
    """List for a page's tooltips every term with a meaning: its names, its title, the meaning.

    An abbreviation counts only as it is written, any other name in whatever case.
    """
    return [
        {
            "names": [
                name if name == term.abbreviation else name.lower() for name in term.names(lang)
            ],
            "title": term.title(lang),
            "meaning": term.meaning(lang),
        }
        for term in terms()
        if term.meaning
    ]


class GlossaryFace(Face):
    """Shows all terms, or those that hold what the learner looks for."""

    def __init__(self, lang: Lang) -> None:
        self.layout = Layout(
            "glossary",
            lang,
            {"words": Words(label=_SEARCH)},
            title=_TITLE,
            actions=(_ALL,),
            arrangement="list",
        )
        self._entries = Entries.start(self.layout.fields, lang)

    def screen(self) -> Screen:
        lang, words = self.layout.lang, self._entries.values["words"]
        found = search(words, lang)
        count = (_COUNT.format(n=number(len(found))) if found else _NONE)(lang)
        items = "".join(_item_html(term, lang) for term in found)
        return Screen(
            entries=self._entries,
            html=paragraph(count, "cx-hint") + (f'<dl class="cx-terms">{items}</dl>' * bool(found)),
            spoken=count if words else "",
            hidden=frozenset() if words else frozenset({_ALL.name}),
        )

    def enter(self, name: str, raw: Any) -> None:
        self._entries = self._entries.enter(name, raw)

    def act(self, name: str) -> None:
        self._entries = Entries.start(self.layout.fields, self.layout.lang)


def _term(entry: Mapping[str, Any]) -> Term:
    meaning = entry.get("short")
    return Term(
        name=Text(entry["vi"], entry["en"]),
        abbreviation=entry.get("abbr", ""),
        meaning=Text(meaning["vi"], meaning["en"]) if meaning else None,
        also={lang: entry.get("also", {}).get(lang, ()) for lang in LANGS},
    )


def _item_html(term: Term, lang: Lang) -> str:
    other: Lang = "en" if lang == "vi" else "vi"
    also = "".join(f", {escape(name)}" for name in term.also[lang])
    meaning = f"<p>{escape(term.meaning(lang))}</p>" if term.meaning else ""
    return (
        f'<div><dt>{escape(term.title(lang))}{also}</dt><dd><i lang="{other}">'
        f"{escape(term.name(other))}</i>{meaning}</dd></div>"
    )
