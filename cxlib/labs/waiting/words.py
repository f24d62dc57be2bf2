"""How the labs of this lesson write a length of time."""

from __future__ import annotations

import math
from typing import Final

from cxlib.text import Text, needed_decimals, number

_LONGEST_IN_SECONDS: Final = 180


def minutes(count: float) -> Text:
    """Write minutes: ``8 phút``, ``8 min``; a wait nobody has seen the end of is said."""
    if not math.isfinite(count):
        return Text("chưa đo được", "not measured yet")
    shown = number(count, needed_decimals(count, 1))
    return Text(f"{shown.vi}\u00a0phút", f"{shown.en}\u00a0min")


def duration(seconds: float) -> Text:
    """Write a wait in the unit people would say; an endless one is said."""
    if not math.isfinite(seconds):
        return Text("dài mãi", "endless")
    if seconds > _LONGEST_IN_SECONDS:
        return minutes(seconds / 60)
    shown = number(seconds, needed_decimals(seconds, 1) if seconds < 100 else 0)
    return Text(f"{shown.vi}\u00a0giây", f"{shown.en}\u00a0s")
