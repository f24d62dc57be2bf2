"""The certificate as a sheet of paper, A4 across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cxlib.charts.style import ACCENT, GOLD, INK, LINE, SOFT
from cxlib.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_A4: Final = (11.69, 8.27)
_NAME_SIZE: Final = 38
_NAME_WIDTH: Final = 0.86 * _A4[0] * 72
"""How wide the name may be, in points."""


def certificate(
    title: Text,
    name: str,
    achievement: Text,
    figures: Sequence[tuple[Text, Text]],
    date: Text,
    small_print: Text,
    lang: Lang,
) -> Figure:
    """Draw the sheet.

    Args:
        title: what it is.
        name: whose it is, drawn letter by letter as it stands.
        achievement: what she did.
        figures: two or three results, each with its name.
        date: when.
        small_print: what the sheet does not claim.
        lang: the language of the sheet.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    sheet = Figure(figsize=_A4, facecolor="white")

    def write(x: float, y: float, text: str, size: float, colour: str, weight: str) -> None:
        sheet.text(
            x, y, text, size=size, color=colour, weight=weight, ha="center", parse_math=False
        )

    for inset, colour, width in ((0.03, ACCENT, 3.0), (0.04, LINE, 1.0)):
        box = Rectangle(
            (inset, inset * 1.4),
            1 - 2 * inset,
            1 - 2.8 * inset,
            transform=sheet.transFigure,
            fill=False,
            edgecolor=colour,
            linewidth=width,
        )
        sheet.add_artist(box)
    write(0.5, 0.83, "CX MASTER", 18, ACCENT, "bold")
    write(0.5, 0.74, title(lang), 28, INK, "bold")
    write(0.5, 0.59, name, _size_that_fits(name), GOLD, "bold")
    write(0.5, 0.51, achievement(lang), 15, INK, "normal")
    for place, (label, value) in enumerate(figures, start=1):
        x = place / (len(figures) + 1)
        write(x, 0.37, value(lang), 26, ACCENT, "bold")
        write(x, 0.325, label(lang), 12, SOFT, "normal")
    write(0.5, 0.21, date(lang), 14, INK, "normal")
    write(0.5, 0.105, small_print(lang), 10, SOFT, "normal")
    return sheet


def _size_that_fits(name: str) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(weight="bold", size=_NAME_SIZE)
    width, _, _ = text_to_path.get_text_width_height_descent(name, font, ismath=False)
    return _NAME_SIZE * min(1.0, _NAME_WIDTH / width)
