"""Draw a LaTeX formula as SVG with matplotlib's own typesetter, so no page needs another host."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.figure import Figure

from cxlib.charts.svg import to_svg


def formula_svg(latex: str, size: float = 15) -> str:
    """Return one formula as an ``<svg>``; its text alternative is the LaTeX source."""
    figure = Figure(figsize=(0.01, 0.01))
    figure.text(0, 0, f"${latex}$", fontsize=size)
    with mpl.rc_context({"svg.fonttype": "path", "mathtext.fontset": "stix"}):
        return to_svg(figure, latex, tight=True)
