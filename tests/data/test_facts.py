"""Published figures, the ten statistics cards and the bibliography they rest on."""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from bibtexparser import load as load_bibtex

from authoring.agreement import disagreements, numbers
from cxlib.data import DATASETS, load
from cxlib.parse import fold
from cxlib.references import references

ROOT = DATASETS.parent
FACTS = load("public_facts").to_dict("records")
CARDS = load("statistics_cards").to_dict("records")
SPOKEN = ("claim", "said_by", "origin", "verdict")
CITATION = re.compile(
    r"([A-ZÀ-ÝĐ][\w'-]+)(?:(?:, [A-ZÀ-Ý][\w' -]+)*,? (?:&|and) [A-ZÀ-Ý][\w' -]+| et al\.)?"
    r" \(?((?:18|19|20)\d\d)\b"
)


def cited(path: Path) -> set[tuple[str, str]]:
    """Surname of the first author and year of everything cited in the docstrings of a module."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    texts = [ast.get_docstring(node) or "" for node in nodes if isinstance(node, kinds)]
    return set(chain.from_iterable(CITATION.findall(" ".join(text.split())) for text in texts))


def test_references_have_no_key_twice() -> None:
    keys = re.findall(r"^@\w+\{([^,]+),", (DATASETS / "references.bib").read_text("utf-8"), re.M)
    assert len(keys) == len(set(keys)) == len(references())


def test_keys_of_references_begin_with_author_and_end_with_year() -> None:
    with (DATASETS / "references.bib").open(encoding="utf-8") as file:
        entries = load_bibtex(file).entries
    wrong = [e["ID"] for e in entries if not e["ID"].endswith(e["year"]) and e["year"] != "n.d."]
    assert not wrong


@pytest.mark.parametrize(
    "path", sorted((ROOT / "cxlib").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_what_the_library_cites_stands_in_the_bibliography(path: Path) -> None:
    known = [text.partition(")")[0].split(" (") for text in references().values()]
    missing = [
        f"{name} ({year})"
        for name, year in sorted(cited(path))
        if not any(year in found and fold(name) in fold(found[0]) for found in known)
    ]
    assert not missing


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["key"])
def test_fact_says_the_same_in_both_languages(fact: dict[str, str]) -> None:
    assert not disagreements(fact["vi"], fact["en"])


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["key"])
def test_fact_names_a_known_source(fact: dict[str, str]) -> None:
    assert fact["source"] in references()


@pytest.mark.parametrize(
    "fact", [fact for fact in FACTS if fact["value"] == fact["value"]], ids=lambda fact: fact["key"]
)
def test_sentence_holds_the_value_of_its_fact(fact: dict[str, str]) -> None:
    value, is_share = float(fact["value"]), fact["unit"].startswith("ratio")
    written = f"{round(value * 100, 6):.10g}%" if is_share else f"{value:.10g}"
    said = {number.removesuffix("%") for number in numbers(fact["en"], "en")}
    assert written.removesuffix("%") in said


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["key"])
def test_value_and_unit_come_together(fact: dict[str, str]) -> None:
    assert (fact["value"] == fact["value"]) == bool(fact["unit"])


def test_there_are_ten_statistics_cards() -> None:
    assert len(CARDS) == 10


@pytest.mark.parametrize("part", SPOKEN)
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card["key"])
def test_card_says_the_same_in_both_languages(card: dict[str, str], part: str) -> None:
    assert not disagreements(card[f"{part}_vi"], card[f"{part}_en"])


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card["key"])
def test_card_names_a_known_source_or_none(card: dict[str, str]) -> None:
    assert not card["source"] or card["source"] in references()
