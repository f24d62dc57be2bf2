"""Labs of lesson 01, "CX là gì, và cái gì không phải?"."""

from cxlib.labs.what_is_cx.departments import all_agree, four_departments
from cxlib.labs.what_is_cx.intent import bad_visits, smooth_journeys, two_stores, whole_journey
from cxlib.labs.what_is_cx.own_map import scope_map
from cxlib.labs.what_is_cx.scope import held_by_care, who_holds_cx
from cxlib.labs.what_is_cx.sorting import one_box, sort_after, sort_before, sort_during
from cxlib.labs.what_is_cx.teams import two_teams

__all__ = [
    "all_agree",
    "bad_visits",
    "four_departments",
    "held_by_care",
    "one_box",
    "scope_map",
    "smooth_journeys",
    "sort_after",
    "sort_before",
    "sort_during",
    "two_stores",
    "two_teams",
    "who_holds_cx",
    "whole_journey",
]
