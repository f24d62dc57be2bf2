"""What a lab shows: a finding in words, a chart, the key figures and the table behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, Literal

from cxlib.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tone = Literal["plain", "good", "bad"]

_NUMBER: Final = re.compile(r"[^\w]*\d")
_LONG: Final = 24  # letters of a cell that is a sentence


@dataclass(frozen=True)
class KeyFigure:
    """One number worth a glance, with its name."""

    label: Text
    value: Text
    tone: Tone = "plain"


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart, already written for a reader; the first column heads its row."""

    heads: Sequence[Text]
    rows: Sequence[Sequence[Text]]

    def html(self, lang: Lang) -> str:
        styles = [
            _style([row[place](lang) for row in self.rows]) for place in range(len(self.heads))
        ]
        heads = "".join(
            f'<th scope="col"{style}>{escape(head(lang))}</th>'
            for style, head in zip(styles, self.heads, strict=True)
        )
        rows = "".join(
            f'<tr><th scope="row"{styles[0]}>{escape(first(lang))}</th>'
            + "".join(
                f"<td{style}>{escape(cell(lang))}</td>"
                for style, cell in zip(styles[1:], rest, strict=True)
            )
            + "</tr>"
            for first, *rest in self.rows
        )
        return (
            f'<div class="cx-scroll" tabindex="0"><table><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )


def _style(cells: Sequence[str]) -> str:
    """Tell columns of words, which stand on the left, and of sentences from those of numbers."""
    numbers = sum(bool(_NUMBER.match(cell)) for cell in cells)
    if 2 * numbers >= len(cells):
        return ""
    long = max(map(len, cells)) > _LONG
    return f' class="cx-words{" cx-long" if long else ""}"'


@dataclass(frozen=True)
class View:
    """The result of a lab, free of any widget; texts hold both languages."""

    finding: Text
    chart: Callable[[Lang], Figure]
    key_figures: Sequence[KeyFigure]
    table: Table
    warnings: Sequence[Text] = ()

    def html(self, lang: Lang, *, narrow: bool = False) -> str:
        """Compose what stands on the screen, the chart with its text alternative.

        A ``narrow`` screen gets larger type inside the chart.
        """
        from matplotlib import rc_context

        from cxlib.charts.style import NARROW
        from cxlib.charts.svg import swept, to_svg

        with rc_context(NARROW if narrow else {}), swept():
            chart = to_svg(self.chart(lang), self.describe(lang))

        finding = escape(self.finding(lang))
        warnings = "".join(
            f'<p class="cx-warning" role="alert">{escape(text(lang))}</p>' for text in self.warnings
        )
        figures = "".join(
            f'<div class="cx-figure cx-{item.tone}"><dt>{escape(item.label(lang))}</dt>'
            f"<dd>{escape(item.value(lang))}</dd></div>"
            for item in self.key_figures
        )
        return (
            f'<div class="cx-said"><p class="cx-finding">{finding}</p>{warnings}</div>'
            f'<div class="cx-chart">{chart}</div>'
            f'<dl class="cx-figures">{figures}</dl>'
        )

    def describe(self, lang: Lang) -> str:
        """Say the chart in one paragraph, for those who cannot see it."""
        figures = "; ".join(f"{item.label(lang)}: {item.value(lang)}" for item in self.key_figures)
        return f"{self.finding(lang)} {figures}."
