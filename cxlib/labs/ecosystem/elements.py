"""The four elements of the ecosystem, and how far one may make up for another."""

from __future__ import annotations

import math
from typing import Final

from cxlib.learning.fields import Share
from cxlib.text import Text, number, same

ELEMENTS: Final = {
    "people": Text("Con người", "People"),
    "systems": Text("Hệ thống", "Systems"),
    "products": Text("Sản phẩm", "Products"),
    "processes": Text("Quy trình", "Processes"),
}


def in_sentence(name: Text) -> Text:
    """Write a name as it stands inside a sentence."""
    return Text(name.vi[0].lower() + name.vi[1:], name.en[0].lower() + name.en[1:])


def substitution(default: float) -> Share:
    """Make the slider that says how far a strength makes up for a weakness."""
    return Share(
        Text("Mức bù trừ cho nhau", "How far one makes up for another"),
        default,
        0.0,
        1.0,
        0.01,
        hint=Text(
            "0 %: điều tệ nhất quyết định · 100 %: cộng lại chia đều",
            "0%: the worst decides · 100%: plain average",
        ),
    )


def rho_of(share: float) -> float:
    """Turn the slider into the ρ of the model: 1 at 100 %, 0 at 50 %, −∞ at 0 %."""
    return 2 - 1 / share if share > 0 else -math.inf


def rho_shown(rho: float) -> Text:
    """Write ρ for a key figure."""
    return same("−∞") if math.isinf(rho) else number(rho, 1)
