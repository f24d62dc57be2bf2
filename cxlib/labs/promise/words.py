"""How this lesson writes days and felt points."""

from __future__ import annotations

from cxlib.text import Text, needed_decimals, number, same


def days(count: float) -> Text:
    """Write a length of time: ``3 ngày``, ``3 days``, ``1 day``."""
    shown = number(count, needed_decimals(count, 1))
    unit = Text("ngày", "day" if abs(count) == 1 else "days")
    return shown + same("\u00a0") + unit


def felt(value: float) -> Text:
    """Write felt points with their sign: ``+1,84``, ``−4,14``, ``0``."""
    shown = number(value, 2)
    if round(value, 2) == 0:
        return number(0)
    return same("+") + shown if value > 0 else shown
