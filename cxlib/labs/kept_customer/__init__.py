"""Labs of lesson 08, "Một khách ở lại đáng giá bao nhiêu?"."""

from cxlib.labs.kept_customer.averages import fifth_year, nobody_changes, same_age
from cxlib.labs.kept_customer.benefits import counted_twice, ten_benefits
from cxlib.labs.kept_customer.forecasts import draw_on, draw_the_curve
from cxlib.labs.kept_customer.own_sheet import own_value
from cxlib.labs.kept_customer.silence import half_year, likelier_customer, still_a_customer
from cxlib.labs.kept_customer.value import (
    fewer_leavers,
    five_per_cent,
    multiples,
    one_customer,
    worth_in_years,
)

__all__ = [
    "counted_twice",
    "draw_on",
    "draw_the_curve",
    "fewer_leavers",
    "fifth_year",
    "five_per_cent",
    "half_year",
    "likelier_customer",
    "multiples",
    "nobody_changes",
    "one_customer",
    "own_value",
    "same_age",
    "still_a_customer",
    "ten_benefits",
    "worth_in_years",
]
