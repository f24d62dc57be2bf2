"""Labs of lesson 04, "Hứa bao nhiêu ngày?"."""

from cxlib.labs.promise.audit import contradictions_found, promise_audit
from cxlib.labs.promise.choice import choose_promise, moving_target, promise_chosen
from cxlib.labs.promise.factors import share_controlled, ten_factors
from cxlib.labs.promise.feeling import (
    five_three_seven,
    kept_yet_hurt,
    pain_of_two_days,
    surprise_wears_off,
)
from cxlib.labs.promise.pain import late_against_early, measure_the_pain
from cxlib.labs.promise.register import own_promise, own_register

__all__ = [
    "choose_promise",
    "contradictions_found",
    "five_three_seven",
    "kept_yet_hurt",
    "late_against_early",
    "measure_the_pain",
    "moving_target",
    "own_promise",
    "own_register",
    "pain_of_two_days",
    "promise_audit",
    "promise_chosen",
    "share_controlled",
    "surprise_wears_off",
    "ten_factors",
]
