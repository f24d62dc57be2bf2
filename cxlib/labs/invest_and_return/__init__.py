"""Labs of lesson 09, "Đầu tư bao nhiêu, lời ra sao?"."""

from cxlib.labs.invest_and_return.cockpit import roi_after_time, roi_cockpit, shrinking_money
from cxlib.labs.invest_and_return.costs import cost_builder, largest_cost
from cxlib.labs.invest_and_return.own_plan import own_plan
from cxlib.labs.invest_and_return.risk import breakeven, loss_chance, retention_needed, uncertainty
from cxlib.labs.invest_and_return.trust import (
    after_the_poster,
    attitude_free,
    cost_after_trust,
    trust_and_cost,
)

__all__ = [
    "after_the_poster",
    "attitude_free",
    "breakeven",
    "cost_after_trust",
    "cost_builder",
    "largest_cost",
    "loss_chance",
    "own_plan",
    "retention_needed",
    "roi_after_time",
    "roi_cockpit",
    "shrinking_money",
    "trust_and_cost",
    "uncertainty",
]
