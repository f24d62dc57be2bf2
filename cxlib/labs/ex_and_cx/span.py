"""An estimate with its 95 % interval, the way all labs of the lesson write one."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from cxlib.learning.view import KeyFigure, Tone
from cxlib.text import Text, from_to, number, percent, same, signed


class Span(NamedTuple):
    """An estimate and the ends of its interval."""

    at: float
    low: float
    high: float

    @classmethod
    def of(cls, table: pd.DataFrame, row: Any) -> Span:
        """Read one row of a table with the columns estimate, low and high."""
        return cls(*(float(table[column].loc[row]) for column in ("estimate", "low", "high")))

    @property
    def positive(self) -> bool:
        """Whether the whole interval lies above zero."""
        return self.low > 0

    def times(self, factor: float) -> Span:
        """Return the span in another unit."""
        return Span(self.at * factor, self.low * factor, self.high * factor)

    def signed(self, decimals: int) -> Text:
        """Write the estimate with its sign: ``+3,1``."""
        return signed(number(self.at, decimals))

    def text(self, decimals: int = 1) -> Text:
        """Write the estimate with its sign and interval: ``+3,1 (2,4 đến 3,8)``."""
        ends = from_to(number(self.low, decimals), number(self.high, decimals))
        return self.signed(decimals) + same(" (") + ends + same(")")

    def figure(self, label: Text, decimals: int = 1, tone: Tone = "plain") -> KeyFigure:
        """Show a change large, and its interval in the label, where it has room."""
        ends = from_to(number(self.low, decimals), number(self.high, decimals))
        words = label + same(", ") + percent(0.95, 0) + same(": ") + ends
        return KeyFigure(words, self.signed(decimals), tone)
