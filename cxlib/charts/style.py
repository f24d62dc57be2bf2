"""The house style of every chart: one width, one type, one palette.

Sizes of text are relative (``"small"``, ``"medium"``) and margins are counted in ems, so a chart
for a phone is the same chart with larger type.
"""

from __future__ import annotations

from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

from cxlib.text import Text

INK: Final = "#1d2733"
SOFT: Final = "#5b6b7b"
LINE: Final = "#e3ddd2"
ACCENT: Final = "#0f6e6e"
PALE: Final = "#bcd9d6"
WARM: Final = "#b84a22"
GOLD: Final = "#8a5f0c"

LABEL: Final[dict[str, Any]] = {"fontsize": "small", "weight": "bold"}
YOUR_GUESS: Final = Text("bạn đoán", "your guess")
GUESS_LINE: Final[dict[str, Any]] = {"color": GOLD, "lw": 2, "ls": ":"}

_RC: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "figure.figsize": (6.4, 3.6),
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.unicode_minus": True,
}
NARROW: Final[dict[Any, Any]] = {"font.size": 17, "figure.figsize": (6.4, 4.6)}

mpl.rcParams.update(_RC)


def blank(height: float = 1.0) -> Figure:
    """Make an empty figure of the course's width, ``height`` times as high as usual."""
    width, usual = mpl.rcParams["figure.figsize"]
    return Figure(figsize=(width, usual * height))


def inset(
    figure: Figure,
    left: float = 0,
    right: float = 0,
    top: float = 0,
    bottom: float = 0,
    **more: float,
) -> None:
    """Leave room around the axes, in ems (the height of the type)."""
    em = mpl.rcParams["font.size"] / 72
    width, height = figure.get_size_inches()
    figure.subplots_adjust(
        left=left * em / width,
        right=1 - right * em / width,
        top=1 - top * em / height,
        bottom=bottom * em / height,
        **more,
    )
