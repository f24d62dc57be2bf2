"""Labs of lesson 07, "Sửa điểm chạm nào trước?"."""

from cxlib.labs.touchpoints.budget import two_billion, worst_first_share
from cxlib.labs.touchpoints.commitments import own_commitments
from cxlib.labs.touchpoints.importance import advertising_moves, asked_or_derived
from cxlib.labs.touchpoints.kano import kano_pair, kano_survey, must_be_wins
from cxlib.labs.touchpoints.memory import memory_after, reorder_journey, what_is_remembered
from cxlib.labs.touchpoints.own_journey import own_journey
from cxlib.labs.touchpoints.priority_map import line_moved, priority_map

__all__ = [
    "advertising_moves",
    "asked_or_derived",
    "kano_pair",
    "kano_survey",
    "line_moved",
    "memory_after",
    "must_be_wins",
    "own_commitments",
    "own_journey",
    "priority_map",
    "reorder_journey",
    "two_billion",
    "what_is_remembered",
    "worst_first_share",
]
