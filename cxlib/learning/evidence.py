"""Published figures as the reader sees them: value, source, and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cxlib.catalogue.terms import STATUSES
from cxlib.data import load
from cxlib.references import reference
from cxlib.text import Lang, held_together


@dataclass(frozen=True)
class Evidence:
    """Rows of ``datasets/public_facts.csv`` shown as a list with a status tag on each."""

    keys: Sequence[str]
    lang: Lang

    def __repr__(self) -> str:
        return "; ".join(self.keys)

    def _repr_html_(self) -> str:
        facts = load("public_facts").set_index("key")
        items = "".join(self._item(facts.loc[key].to_dict()) for key in self.keys)
        return f'<ul class="cx-evidence">{items}</ul>'

    def _item(self, fact: Mapping[Any, Any]) -> str:
        status = fact["status"]
        return (
            f"<li>{escape(held_together(fact[self.lang]))} "
            f'<em class="cx-certainty cx-{status}">({STATUSES[status](self.lang)})</em>'
            f"<br><small>{escape(reference(fact['source']))}</small></li>"
        )
