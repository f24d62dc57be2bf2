"""Labs of lesson 10, "Làm sao biết là nhờ CX?"."""

from cxlib.labs.was_it_cx.cards import source_hunt, traced_cards
from cxlib.labs.was_it_cx.differences import programme_share, two_differences
from cxlib.labs.was_it_cx.leaders import leaders_ahead, leaders_and_luck
from cxlib.labs.was_it_cx.lottery import lottery, luckiest_draw
from cxlib.labs.was_it_cx.own_pilot import own_pilot
from cxlib.labs.was_it_cx.size import customers_per_arm, pilot_size
from cxlib.labs.was_it_cx.worst import worst_rise, worst_stores

__all__ = [
    "customers_per_arm",
    "leaders_ahead",
    "leaders_and_luck",
    "lottery",
    "luckiest_draw",
    "own_pilot",
    "pilot_size",
    "programme_share",
    "source_hunt",
    "traced_cards",
    "two_differences",
    "worst_rise",
    "worst_stores",
]
