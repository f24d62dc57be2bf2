"""One file holds the course's terms, and nobody writes what it tells us to avoid."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from authoring.agreement import disagreements
from authoring.literals import text_literals
from authoring.source import read
from cxlib.text import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]
TERMS: list[dict[str, Any]] = yaml.safe_load((ROOT / "cxlib" / "glossary.yml").read_text("utf-8"))
SOURCES = sorted(
    path for kind in ("notebooks", "exercises") for path in (ROOT / kind / "source").glob("*.md")
)
CODE = sorted((ROOT / "cxlib").rglob("*.py"))
REQUIRED, OPTIONAL = {"key", "vi", "en"}, {"abbr", "short", "also", "avoid"}
NEEDED_FOR_INVESTING = {
    *("NPV", "IRR", "ROI", "CLV", "CAC", "CX", "EX", "NPS", "payback", "discounted payback"),
    *("discount rate", "break-even", "Monte Carlo simulation", "tornado chart", "churn rate"),
    *("contribution margin", "retention rate", "cost to serve", "trust", "touchpoint"),
}

each_term = pytest.mark.parametrize("term", TERMS, ids=lambda term: term["key"])
each_lang = pytest.mark.parametrize("lang", LANGS)


@each_term
def test_term_has_the_right_fields(term: dict[str, Any]) -> None:
    assert term.keys() >= REQUIRED
    assert term.keys() <= REQUIRED | OPTIONAL
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term["key"])
    assert all(isinstance(term[name], str) and term[name].strip() for name in ("vi", "en"))
    assert set(term.get("short", LANGS)) == set(LANGS), "a meaning needs both languages"
    for name in ("also", "avoid"):
        assert set(term.get(name, ())) <= set(LANGS)
        assert all(isinstance(words, list) and words for words in term.get(name, {}).values())


@each_term
def test_meaning_is_one_sentence_that_agrees_in_both_languages(term: dict[str, Any]) -> None:
    for meaning in term.get("short", {}).values():
        assert re.fullmatch(r"[A-ZĐÀ-Ỹ][^.!?]*(\d[.]\d[^.!?]*)*[.]", meaning), meaning
        assert len(meaning.split()) <= 35, "too long for a tooltip"
    if "short" in term:
        assert disagreements(term["short"]["vi"], term["short"]["en"]) == []


@pytest.mark.parametrize("field", ["key", "vi", "en", "abbr"])
def test_each_term_stands_once(field: str) -> None:
    counted = Counter(term[field].lower() for term in TERMS if field in term)
    assert [word for word, times in counted.items() if times > 1] == []


def test_terms_of_the_investment_lesson_are_explained() -> None:
    explained = {name for t in TERMS if "short" in t for name in (t["en"], t.get("abbr"))}
    assert NEEDED_FOR_INVESTING - explained == set()


@each_lang
def test_glossary_follows_itself(lang: Lang) -> None:
    words = [
        text
        for term in TERMS
        for text in (term[lang], term.get("short", {}).get(lang, ""), *names(term, "also", lang))
    ]
    assert {text: avoided(text, lang) for text in words if avoided(text, lang)} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_sources_avoid_misleading_words(path: Path) -> None:
    wrong = {
        cell.name: found
        for cell in read(path).cells
        for lang in ([cell.lang] if cell.lang else LANGS)
        if (found := avoided(cell.text, lang))
    }
    assert not wrong, wrong


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_texts_in_code_avoid_misleading_words(path: Path) -> None:
    wrong = {
        f"line {text.line}": found
        for text in text_literals(path)
        for lang in LANGS
        if (found := avoided(getattr(text, lang), lang))
    }
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dữ liệu bị Kiểm duyệt.", ["kiểm duyệt: write dữ liệu chưa quan sát hết (censored)"]),
        ("Dữ liệu\nbị kiểm\nduyệt", ["kiểm duyệt: write dữ liệu chưa quan sát hết (censored)"]),
        ("Điểm tiếp xúc của khách", []),
    ],
)
def test_a_misleading_word_is_found(text: str, found: list[str]) -> None:
    assert avoided(text, "vi") == found


def avoided(text: str, lang: Lang) -> list[str]:
    """The misleading words in a text, each with what to write instead."""
    plain = " ".join(text.lower().split())
    return [
        f"{word}: write {term[lang]}"
        for term in TERMS
        for word in names(term, "avoid", lang)
        if re.search(rf"\b{re.escape(word.lower())}\b", plain)
    ]


def names(term: dict[str, Any], field: str, lang: Lang) -> list[str]:
    found: list[str] = term.get(field, {}).get(lang, [])
    return found
