"""Every formula a lab shows can be drawn, and every source it names exists."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

import pytest
from every_lab import every_lab

from cxlib.charts.formula import formula_svg
from cxlib.data import load
from cxlib.learning.evidence import STATUSES, Evidence
from cxlib.learning.lab import Lab
from cxlib.learning.sources import formulas_and_sources, formulas_of
from cxlib.models.cashflow import breakeven_retention, present_value
from cxlib.parse import fold
from cxlib.references import reference, references
from cxlib.text import LANGS, Lang

FORMULAS: Final = sorted(
    {latex for lab in every_lab() for _, model in lab.formulas for latex in formulas_of(model)}
)


def test_labs_have_formulas() -> None:
    assert FORMULAS


@pytest.mark.parametrize("latex", FORMULAS)
def test_formula_is_drawn(latex: str) -> None:
    drawing = ElementTree.fromstring(formula_svg(latex))
    assert drawing.get("aria-label") == latex
    width, height = (float(drawing.get(side).removesuffix("pt")) for side in ("width", "height"))
    assert 8 < width < 600, f"{width} pt wide"
    assert 8 < height < 120, f"{height} pt high"


def test_every_formula_of_a_lab_has_its_latex(any_lab: Lab) -> None:
    missing = [name.en for name, model in any_lab.formulas if not formulas_of(model)]
    assert missing == [], "the docstring has no .. math:: block"


def test_every_lab_names_a_source(any_lab: Lab) -> None:
    assert any_lab.sources
    for key in any_lab.sources:
        assert reference(key).strip()


@pytest.mark.parametrize("lang", LANGS)
def test_fold_names_each_formula_and_source(any_lab: Lab, lang: Lang) -> None:
    fold = formulas_and_sources(any_lab.formulas, any_lab.sources, lang)
    drawn = sum(len(formulas_of(model)) for _, model in any_lab.formulas)
    assert fold.count("<svg") == drawn
    assert fold.count("<strong>") == len(any_lab.formulas) + 1
    assert fold.count("<li>") == len(any_lab.sources)
    assert {"vi": "Nguồn", "en": "Sources"}[lang] in fold


def _named_years(lab: Lab) -> Iterator[tuple[str, str]]:
    """Author and year of every "(Author year)" in the docstrings behind a lab."""
    for _, model in lab.formulas:
        for text in re.findall(r"\(([A-Z][^()]*? \d{4})\)", inspect.getdoc(model) or ""):
            author, _, year = text.rpartition(" ")
            yield re.split(r"[ ,&]", author)[0], year


def test_sources_in_docstrings_are_in_the_bibliography(any_lab: Lab) -> None:
    for author, year in _named_years(any_lab):
        entries = (fold(entry) for entry in references().values())
        found = [entry for entry in entries if fold(author) in entry and year in entry]
        assert found, f"{author} {year} is not in datasets/references.bib"


def test_unknown_source_is_named() -> None:
    with pytest.raises(KeyError, match="no-such-source"):
        reference("no-such-source")


class TestFormulasOf:
    def test_lines_of_a_formula_become_formulas(self) -> None:
        def model() -> None:
            r"""Do it.

            .. math::

                a &= b \\
                c &= d

            Then more.
            """

        assert formulas_of(model) == ["a = b", "c = d"]

    def test_formula_on_the_line_of_its_directive(self) -> None:
        assert formulas_of(present_value) == [r"PV = \sum_{t=0}^{T} \frac{c_t}{(1+i)^t}"]

    def test_all_of_a_long_formula_is_kept(self) -> None:
        (formula,) = formulas_of(breakeven_retention)
        assert formula.startswith("K =")
        assert formula.endswith("{1+K}")


class TestEvidence:
    @pytest.mark.parametrize("lang", LANGS)
    def test_every_published_figure_shows_source_and_status(self, lang: Lang) -> None:
        facts = load("public_facts")
        html = Evidence(list(facts["key"]), lang)._repr_html_()
        assert html.count("<li>") == len(facts)
        for status in set(facts["status"]):
            assert STATUSES[status](lang) in html

    def test_unknown_figure_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            Evidence(["no-such-fact"], "vi")._repr_html_()
