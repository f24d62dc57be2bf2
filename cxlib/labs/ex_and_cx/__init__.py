"""Labs of lesson 02, "EX = CX?"."""

from cxlib.labs.ex_and_cx.contact import contact_knob, gain_by_contact, ingredients
from cxlib.labs.ex_and_cx.departments import department_drivers, largest_driver
from cxlib.labs.ex_and_cx.direction import (
    an_nhien_arrows,
    customers_first,
    lagged_arrows,
    three_companies,
)
from cxlib.labs.ex_and_cx.people import happy_not_engaged, hidden_share
from cxlib.labs.ex_and_cx.satisfaction import (
    gain_left,
    held_slice,
    measured_satisfaction,
    real_correlations,
)
from cxlib.labs.ex_and_cx.start import where_to_start

__all__ = [
    "an_nhien_arrows",
    "contact_knob",
    "customers_first",
    "department_drivers",
    "gain_by_contact",
    "gain_left",
    "happy_not_engaged",
    "held_slice",
    "hidden_share",
    "ingredients",
    "lagged_arrows",
    "largest_driver",
    "measured_satisfaction",
    "real_correlations",
    "three_companies",
    "where_to_start",
]
