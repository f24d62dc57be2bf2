"""How counts and intervals are written in these labs."""

from __future__ import annotations

from cxlib.text import Text, number, same


def out_of(part: int, whole: int) -> Text:
    """Write a count with the number it was taken from."""
    return number(part) + same("/") + number(whole)


def from_to(low: Text, high: Text) -> Text:
    """Write the two ends of an interval."""
    return low + Text(" đến ", " to ") + high
