"""A figure as SVG for a page: text stays text, ids are unique, words say it too."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from cxlib.charts import style
from cxlib.garbage import held_back

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TOKENS: Final = {
    style.INK: "ink",
    style.SOFT: "soft",
    style.LINE: "line",
    style.ACCENT: "accent",
    style.PALE: "pale",
    style.WARM: "warm",
    style.GOLD: "gold",
    "#ffffff": "panel",
}
_COLOUR: Final = re.compile("|".join(_TOKENS))
_UNSAID: Final = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_STYLESHEET: Final = re.compile(r"<defs>\s*<style.*?</defs>", re.DOTALL)
_SCREEN_FONTS: Final = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
_serial = count(1)


def to_svg(figure: Figure, description: str, *, tight: bool = False) -> str:
    """Draw ``figure`` as one ``<svg>`` element whose text alternative is ``description``.

    Colours of the palette are tokens of the page, so that one drawing serves light and dark.
    Matplotlib's style sheet becomes an attribute: in a page it would apply to everything, and make
    the browser style the whole page anew at every drawing.
    It fills the width of its box; a ``tight`` one is cut to its ink and keeps its own size.
    """
    page = io.StringIO()
    cut: dict[str, Any] = {"bbox_inches": "tight", "pad_inches": 0.03} if tight else {}
    figure.savefig(page, format="svg", metadata=_UNSAID, **cut)
    body = page.getvalue()
    body = _STYLESHEET.sub("", body[body.index("<svg") :], count=1)
    prefix = f"cx{next(_serial)}-"
    body = re.sub(r'\bid="', f'id="{prefix}', body)
    body = re.sub(r'(xlink:href="|url\()#', rf"\g<1>#{prefix}", body)
    body = body.replace("'DejaVu Sans'", _SCREEN_FONTS)
    body = _COLOUR.sub(lambda found: f"var(--cx-{_TOKENS[found[0]]}, {found[0]})", body)
    opening, rest = body.split(">", 1)
    if not tight:
        opening = re.sub(r' (width|height)="[^"]*"', "", opening)
    label = escape(description, quote=True)
    return f'{opening} stroke-linejoin="round" role="img" aria-label="{label}">{rest}'


@contextmanager
def swept() -> Iterator[None]:
    """Clear a figure away as soon as it is drawn.

    A figure is one knot of objects that hold each other. Left to Python's garbage collector it
    makes every tenth key press three times as slow; swept while young it costs a millisecond.
    """
    with held_back():
        try:
            yield
        finally:
            gc.collect(0)


def to_png(figure: Figure, dpi: int = 110) -> bytes:
    """Draw ``figure`` as a picture for places where no widget runs, such as a printed page."""
    page = io.BytesIO()
    figure.savefig(page, format="png", dpi=dpi, facecolor="white", metadata={"Software": None})
    return page.getvalue()
