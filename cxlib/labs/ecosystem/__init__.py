"""Labs of lesson 03, "Hệ sinh thái CX của bạn có đồng hướng không?"."""

from cxlib.labs.ecosystem.compass import compass, reaches_customers
from cxlib.labs.ecosystem.journey_map import four_times_the_effort, journey_map
from cxlib.labs.ecosystem.own_map import own_map
from cxlib.labs.ecosystem.spending import hundred_points, plan_in_another_world
from cxlib.labs.ecosystem.weakest_link import weakest_link, where_ten_points_pay

__all__ = [
    "compass",
    "four_times_the_effort",
    "hundred_points",
    "journey_map",
    "own_map",
    "plan_in_another_world",
    "reaches_customers",
    "weakest_link",
    "where_ten_points_pay",
]
