"""An Nhiên, the example company of many lessons, and the programme it plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cxlib.models.programme import UPLIFTS, Company, Uplift

AN_NHIEN: Final = Company(
    customers=50_000,
    margin_per_customer=600_000,
    retention=0.70,
    contacts_per_customer=3,
    cost_per_contact=25_000,
    acquisition_cost=350_000,
    employees=400,
    replacement_cost=20e6,
)
RAMP: Final = (0.6, 1.0, 1.0)
COSTS: Final = (3e9, 1.2e9, 1.2e9, 1.2e9)

# Low, most likely, high: what the plan's authors would defend. Illustrative.
ESTIMATES: Final[Mapping[str, tuple[float, float, float]]] = {
    "retention": (0.010, 0.030, 0.045),
    "spend": (0.000, 0.020, 0.035),
    "referral": (0.000, 0.012, 0.020),
    "contacts": (0.020, 0.080, 0.120),
    "turnover": (0.000, 0.040, 0.070),
    "cost_overrun": (-0.05, 0.00, 0.20),
    "delay_months": (0.0, 0.0, 6.0),
    "rate": (0.10, 0.12, 0.14),
}
FIXED: Final = {"new_product": 0.005, "fewer_acquisitions": 0.3}
LIKELY: Final = Uplift(
    **{name: mode for name, (_, mode, _) in ESTIMATES.items() if name in UPLIFTS}, **FIXED
)
