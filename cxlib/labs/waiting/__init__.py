"""Labs of lesson 05, "Khách chờ được bao lâu?"."""

from cxlib.labs.waiting.day import day_of_calls, paid_but_idle
from cxlib.labs.waiting.felt import felt_minutes, felt_wait
from cxlib.labs.waiting.hotline import impatient, one_more_agent, wait_with_eleven
from cxlib.labs.waiting.lines import (
    five_lines,
    half_will_wait,
    order_of_patience,
    told_or_not,
    who_stayed,
)
from cxlib.labs.waiting.own_sheet import own_waiting

__all__ = [
    "day_of_calls",
    "felt_minutes",
    "felt_wait",
    "five_lines",
    "half_will_wait",
    "impatient",
    "one_more_agent",
    "order_of_patience",
    "own_waiting",
    "paid_but_idle",
    "told_or_not",
    "wait_with_eleven",
    "who_stayed",
]
