"""The learner's glossary: found with or without accents, counted aloud, safe to show."""

from __future__ import annotations

import pytest

from cxlib.learning.glossary import GlossaryFace, explained, plain, search, terms
from cxlib.text import LANGS, Lang


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hoan von", "thời gian hoàn vốn"),
        ("HOÀN vốn", "thời gian hoàn vốn"),
        ("vốn hoàn", "thời gian hoàn vốn"),
        ("payb", "thời gian hoàn vốn"),
        ("npv", "giá trị hiện tại ròng"),
        ("diem cham", "điểm chạm"),
        ("điểm tiếp xúc", "điểm chạm"),
        ("utilisation", "hệ số bận"),
    ],
)
def test_term_is_found(words: str, found: str) -> None:
    assert found in [term.name.vi for term in search(words, "vi")]


def test_every_word_must_be_in_the_term() -> None:
    assert search("hoàn vốn chạm", "vi") == []
    assert search("oan von", "vi") == [], "a word is found from its beginning only"


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_finds_every_term_in_order(lang: Lang) -> None:
    names = [plain(term.name(lang)) for term in search("", lang)]
    assert len(names) == len(terms())
    assert names == sorted(names)


@pytest.mark.parametrize("lang", LANGS)
def test_number_of_terms_found_is_said(lang: Lang) -> None:
    face = GlossaryFace(lang)
    face.enter("words", "npv")
    screen = face.screen()
    assert "1" in screen.spoken
    assert screen.spoken in screen.html
    assert screen.html.count("<dt>") == 1


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_found_is_said_in_words(lang: Lang) -> None:
    face = GlossaryFace(lang)
    face.enter("words", "<b>zzz</b>")
    screen = face.screen()
    assert screen.spoken
    assert "<dt>" not in screen.html
    assert "zzz" not in screen.html


def test_show_all_brings_every_term_back() -> None:
    face = GlossaryFace("vi")
    assert face.screen().hidden == {"all"}
    face.enter("words", "npv")
    assert not face.screen().hidden
    face.act("all")
    assert face.screen().html.count("<dt>") == len(terms())


@pytest.mark.parametrize("lang", LANGS)
def test_tooltips_hold_names_a_lesson_can_be_searched_for(lang: Lang) -> None:
    entries = {entry["title"]: entry for entry in explained(lang)}
    abbreviated = [term for term in terms() if term.meaning and term.abbreviation]
    assert abbreviated
    for term in abbreviated:
        names = entries[term.title(lang)]["names"]
        assert term.abbreviation in names
        assert term.name(lang).lower() in names
    assert all(entry["meaning"].endswith(".") for entry in entries.values())
