"""Labs of lesson 11, "Bắt đầu từ đâu, theo la bàn nào?"."""

from cxlib.labs.compass.decisions import decision_deck, ease_left
from cxlib.labs.compass.maturity import first_two_stages, maturity
from cxlib.labs.compass.money import best_order, money_without_compass, order_of_money, people_only
from cxlib.labs.compass.payslip import payslip, promise_left
from cxlib.labs.compass.roadmap import own_roadmap
from cxlib.labs.compass.traits import five_raters, traits_agreed

__all__ = [
    "best_order",
    "decision_deck",
    "ease_left",
    "first_two_stages",
    "five_raters",
    "maturity",
    "money_without_compass",
    "order_of_money",
    "own_roadmap",
    "payslip",
    "people_only",
    "promise_left",
    "traits_agreed",
]
