"""The fold "Formulas and sources", made from a model's docstring and the bibliography."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Final

from cxlib.references import reference
from cxlib.text import Lang, Text

_MATH: Final = re.compile(r"\.\. math::\s*\n?(.+?)(?:\n\s*\n|\Z)", re.DOTALL)
_SOURCES: Final = Text("Nguồn", "Sources")


def formulas_and_sources(
    formulas: Sequence[tuple[Text, Callable[..., Any]]], sources: Sequence[str], lang: Lang
) -> str:
    """Compose the fold: each named formula drawn from its docstring, then the references."""
    from cxlib.charts.formula import formula_svg

    parts = [
        f'<div class="cx-formula" tabindex="0"><p><strong>{escape(name(lang))}</strong></p>'
        + "".join(formula_svg(latex) for latex in formulas_of(model))
        + "</div>"
        for name, model in formulas
    ]
    items = "".join(f"<li>{escape(reference(key))}</li>" for key in sources)
    return "".join(parts) + f"<p><strong>{_SOURCES(lang)}</strong></p><ul>{items}</ul>"


def formulas_of(model: Callable[..., Any]) -> list[str]:
    """Return the LaTeX of every ``.. math::`` block in a function's docstring."""
    text = inspect.getdoc(model) or ""
    lines = (line for block in _MATH.findall(text) for line in block.split("\\\\"))
    return [" ".join(line.replace("&", "").split()) for line in lines]
