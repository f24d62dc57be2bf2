"""Cash flows against published figures, against numpy-financial, and by their own logic."""

from __future__ import annotations

import math

import numpy as np
import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlib.models import cashflow
from cxlib.models.value import margin_multiple

COURSE_CASE = [-3.0, 0.3, 1.8, 2.4]
COURSE_BENEFITS = [0.0, 1.5, 3.0, 3.6]
COURSE_COSTS = [3.0, 1.2, 1.2, 1.2]
THREE_RATES = [-5, 10.5, 1, -8, 1]

amounts = st.floats(-1e6, 1e6, allow_subnormal=False)
gains = st.floats(1.0, 1e6)
rates = st.floats(-0.5, 1.0)
discount_rates = st.floats(0.0, 0.5)
flow_rows = st.lists(amounts, min_size=1, max_size=12)
gain_rows = st.lists(gains, min_size=1, max_size=12)


# Published figures


@pytest.mark.parametrize(
    ("rate", "flows", "expected", "tolerance"),
    [
        pytest.param(
            0.08,
            [-40000, 5000, 8000, 12000, 30000],
            3065.22267,
            1e-5,
            id="O19 npv numpy-financial docstring [V-doc]",
        ),
        pytest.param(
            0.281,
            [-100, 39, 59, 55, 20],
            -0.0084786,
            1e-6,
            id="O20 npv numpy docs [V-doc/X]",
        ),
        pytest.param(0.12, COURSE_CASE, 0.411079, 1e-5, id="O23 course case npv [D]"),
    ],
)
def test_npv_of_published_flows(
    rate: float, flows: list[float], expected: float, tolerance: float
) -> None:
    worth = cashflow.npv(rate, flows)
    assert worth == pytest.approx(expected, abs=tolerance), f"npv is {worth}"


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        pytest.param([-100, 39, 59, 55, 20], 0.28095, id="O21 irr docstring, Gitman 2003 [V-doc]"),
        pytest.param([-100, 0, 0, 74], -0.0955, id="O21 irr docstring, a loss [V-doc]"),
        pytest.param(THREE_RATES, 0.08860, id="O21 irr docstring, three sign changes [V-doc]"),
        pytest.param(COURSE_CASE, 0.18126, id="O23 course case irr [D]"),
    ],
)
def test_irr_of_published_flows_is_among_the_rates(flows: list[float], expected: float) -> None:
    found = cashflow.irr(flows).rates
    nearest = min(found, key=lambda rate: abs(rate - expected))
    assert nearest == pytest.approx(expected, abs=1e-5), f"{expected} is not among {found}"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(cashflow.payback(COURSE_CASE), 2.375, id="O23 payback [D]"),
        pytest.param(
            cashflow.discounted_payback(0.12, COURSE_CASE), 2.75936, id="O23 discounted payback [D]"
        ),
        pytest.param(
            cashflow.npv(0.12, COURSE_BENEFITS), 6.293276, id="O23 present value of benefits [D]"
        ),
        pytest.param(
            cashflow.npv(0.12, COURSE_COSTS), 5.882198, id="O23 present value of costs [D]"
        ),
        pytest.param(
            cashflow.breakeven_scale(COURSE_BENEFITS, COURSE_COSTS, 0.12),
            0.93468,
            id="O23 break-even scale of benefits [D]",
        ),
    ],
)
def test_course_case(figure: float, expected: float) -> None:
    assert figure == pytest.approx(expected, abs=1e-5), f"{figure} instead of {expected}"


@pytest.mark.parametrize(
    ("rate", "percent"),
    [
        pytest.param(0.12, 6.99, id="O23 return on investment [D]"),
        pytest.param(0.0, 22.73, id="O23 simple return without time [D]"),
    ],
)
def test_return_of_the_course_case(rate: float, percent: float) -> None:
    roi = 100 * cashflow.return_on_investment(COURSE_BENEFITS, COURSE_COSTS, rate)
    assert roi == pytest.approx(percent, abs=0.005), f"ROI is {roi} %"


@pytest.mark.parametrize(
    ("gain", "spend", "expected"),
    [
        pytest.param(
            101.3, 70.0, 0.447143, id="O24 airline case, Rust, Lemon & Zeithaml 2004 44.7 % [V]"
        )
    ],
)
def test_return_on_marketing(gain: float, spend: float, expected: float) -> None:
    roi = cashflow.rom_roi(gain, spend)
    assert roi == pytest.approx(expected, abs=1e-4), f"return on marketing is {roi}"


@pytest.mark.parametrize(
    ("retention", "uplift"),
    [pytest.param(0.715181, 0.015181, id="O17 break-even retention, closed form [D]")],
)
def test_breakeven_retention(retention: float, uplift: float) -> None:
    needed = cashflow.breakeven_retention(50_000, 600_000, 0.70, 0.12, 3e9)
    assert needed.retention == pytest.approx(retention, abs=1e-6), f"r* is {needed.retention}"
    assert needed.uplift == pytest.approx(uplift, abs=1e-6), f"uplift is {needed.uplift}"
    assert needed.reachable, "71.5 % retention can be reached"


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [
        pytest.param(0.90, 0.95, 40.7, id="O18 five points more customers kept [D]"),
        pytest.param(0.90, 0.905, 3.1, id="O18 five percent fewer leavers [D]"),
        pytest.param(0.60, 0.65, 20.4, id="O18 five points more from a low start [D]"),
    ],
)
def test_what_five_percent_more_retention_is_worth(
    before: float, after: float, percent: float
) -> None:
    gain = 100 * (margin_multiple(after, 0.10) / margin_multiple(before, 0.10) - 1)
    assert gain == pytest.approx(percent, abs=0.1), f"the customer is worth {gain} % more"


# Present value


@given(rate=rates, flows=flow_rows)
def test_npv_agrees_with_numpy_financial(rate: float, flows: list[float]) -> None:
    ours, theirs = cashflow.npv(rate, flows), numpy_financial.npv(rate, flows)
    assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-3), f"{ours} against {theirs}"


@given(rate=rates, flows=flow_rows, scale=st.floats(-10, 10), seed=st.integers(0, 99))
def test_npv_is_linear_in_the_flows(
    rate: float, flows: list[float], scale: float, seed: int
) -> None:
    others = np.random.default_rng(seed).uniform(-1e6, 1e6, len(flows))
    together = cashflow.npv(rate, scale * np.array(flows) + others)
    apart = scale * cashflow.npv(rate, flows) + cashflow.npv(rate, others)
    assert together == pytest.approx(apart, rel=1e-9, abs=1e-2), f"{together} against {apart}"


def test_present_value_of_many_scenarios_is_that_of_each() -> None:
    scenario_rates = np.array([0.0, 0.1, -0.2])
    flows = np.array([[-3.0, -2.0, -1.0], [1.0, 2.0, 3.0], [4.0, 0.0, -4.0]])
    together = cashflow.present_value(scenario_rates, flows)
    each = [cashflow.npv(rate, flows[:, i]) for i, rate in enumerate(scenario_rates)]
    assert together == pytest.approx(each), f"{together} against {each}"


# Internal rate of return


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        pytest.param([-1000, 2500, -1540], [0.10, 0.40], id="two rates"),
        pytest.param([-1000, 2200, -1210], [0.10], id="a double root is one rate"),
        pytest.param([1000, -2000, 1500], [], id="two sign changes and no rate"),
        pytest.param([1000, -2000, 1000.0001], [], id="two sign changes and no rate, just so"),
        pytest.param([-1000, 0, 0, 0], [], id="only paying"),
        pytest.param([0, 5, 5], [], id="only earning"),
        pytest.param([0, 0, 0], [], id="nothing at all"),
        pytest.param([0, 0, -5, 6, 0], [0.20], id="zeros before and after"),
        pytest.param([-100.0, 1e-4], [-0.999999], id="nearly everything lost"),
        pytest.param([-1.0, 100.0], [99.0], id="hundredfold"),
        pytest.param([-1e9, 1.2e9, 0.1 + 0.2 - 0.3], [0.20], id="a rounding error is no flow"),
        pytest.param([-1e9, 1.2e9, -1e-7], [0.20], id="a rounding error is no outlay"),
        pytest.param([1225.0, -6.8e-306], [], id="a flow too small to matter"),
    ],
)
def test_irr_reports_every_rate(flows: list[float], expected: list[float]) -> None:
    found = cashflow.irr(flows).rates
    assert found == pytest.approx(tuple(expected), abs=1e-9), f"rates {found}, not {expected}"


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("percent", [-20, 5, 7, 12, 20, 35, 80])
def test_a_rate_that_npv_only_touches_is_one_rate(percent: int, times: int) -> None:
    flows = np.polynomial.polynomial.polyfromroots([1 / (1 + percent / 100)] * times)
    found = cashflow.irr(1000 * flows).rates
    assert found == pytest.approx((percent / 100,), abs=1e-4), f"{percent} %, found {found}"


@pytest.mark.parametrize(
    ("flows", "changes", "ambiguous"),
    [
        (COURSE_CASE, 1, False),
        ([-1000, 2500, -1540], 2, True),
        (THREE_RATES, 3, True),
        ([-10, 0, 5, 0, 8], 1, False),
        ([1, 2, 3], 0, False),
        ([-1e9, 1.2e9, -1e-7], 1, False),
    ],
)
def test_irr_counts_sign_changes(flows: list[float], changes: int, ambiguous: bool) -> None:
    found = cashflow.irr(flows)
    assert found.sign_changes == changes, f"{found.sign_changes} sign changes in {flows}"
    assert found.ambiguous is ambiguous, f"ambiguous is {found.ambiguous} for {flows}"


@given(
    percents=st.lists(st.integers(-40, 200), min_size=1, max_size=4, unique_by=lambda x: x // 5),
    scale=gains,
)
def test_irr_finds_every_rate_planted_in_the_flows(percents: list[int], scale: float) -> None:
    planted = np.sort(percents) / 100
    flows = scale * np.polynomial.polynomial.polyfromroots(1 / (1 + planted))
    found = cashflow.irr(flows).rates
    assert found == pytest.approx(planted, abs=1e-6), f"found {found}, planted {planted}"


@given(outlay=gains, returns=gain_rows)
def test_one_outlay_has_one_rate_as_in_numpy_financial(outlay: float, returns: list[float]) -> None:
    found = cashflow.irr([-outlay, *returns])
    assert len(found.rates) == 1, f"{len(found.rates)} rates for one sign change"
    worth = cashflow.npv(found.rates[0], [-outlay, *returns])
    assert abs(worth) <= 1e-9 * outlay, f"npv at the irr is {worth}"
    theirs = numpy_financial.irr([-outlay, *returns])
    if math.isfinite(theirs):
        assert found.rates[0] == pytest.approx(theirs, rel=1e-6, abs=1e-6), f"they say {theirs}"


@given(flows=st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=12))
def test_irr_makes_npv_zero_and_obeys_descartes(flows: list[int]) -> None:
    found = cashflow.irr(flows)
    assert len(found.rates) <= found.sign_changes, f"{found} breaks the rule of signs"
    assert list(found.rates) == sorted(found.rates), f"{found.rates} are not ascending"
    for rate in found.rates:
        size = cashflow.npv(rate, np.abs(flows))
        assert abs(cashflow.npv(rate, flows)) <= 1e-7 * size, f"npv at {rate} is not 0"


def test_irr_of_ten_years_of_months() -> None:
    monthly = cashflow.irr([-1e9] + [2e7] * 120).rates[0]
    instalment = -numpy_financial.pmt(monthly, 120, 1e9)
    assert instalment == pytest.approx(2e7, rel=1e-9), f"the loan at this rate costs {instalment}"


# Payback


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        pytest.param([-10, 4, 4, 4], 2.5, id="within the third year"),
        pytest.param([-0.3, 0.1, 0.1, 0.1], 3.0, id="exactly at the end, despite rounding"),
        pytest.param([-10, 4, 4], math.inf, id="never"),
        pytest.param([-10], math.inf, id="only an outlay"),
        pytest.param([0, 5, -3], 0.0, id="never out of pocket"),
        pytest.param([0, -100, 60, 60], 2 + 40 / 60, id="the outlay comes later"),
        pytest.param([-10, 12, -5, 6], 2.5, id="the last time it turns positive counts"),
        pytest.param([-10, 12, -5], math.inf, id="ends below zero after a good year"),
    ],
)
def test_payback(flows: list[float], expected: float) -> None:
    found = cashflow.payback(flows)
    assert found == pytest.approx(expected), f"payback of {flows} is {found}"


@given(flows=st.lists(st.integers(-1000, 1000), min_size=1, max_size=12))
def test_money_is_paid_back_exactly_when_the_flows_do_not_end_below_zero(flows: list[int]) -> None:
    paid_back = math.isfinite(cashflow.payback(flows))
    assert paid_back == (sum(flows) >= 0), f"paid back: {paid_back}, total: {sum(flows)}"


@given(outlay=gains, returns=gain_rows, rate=discount_rates)
def test_discounting_never_shortens_payback(
    outlay: float, returns: list[float], rate: float
) -> None:
    flows = [-outlay, *returns]
    simple, discounted = cashflow.payback(flows), cashflow.discounted_payback(rate, flows)
    assert simple <= discounted * (1 + 1e-9), f"payback {simple}, discounted {discounted}"


# Break-even


@given(
    benefits=gain_rows, rate=discount_rates, cost_share=st.floats(0.01, 5), seed=st.integers(0, 99)
)
def test_breakeven_scale_makes_npv_zero(
    benefits: list[float], rate: float, cost_share: float, seed: int
) -> None:
    costs = cost_share * np.random.default_rng(seed).uniform(1, 1e6, len(benefits))
    scale = cashflow.breakeven_scale(benefits, costs, rate)
    left = cashflow.npv(rate, scale * np.array(benefits) - costs)
    assert abs(left) <= 1e-9 * cashflow.npv(rate, costs), f"npv at break-even is {left}"


@given(
    retention=st.floats(0, 0.95),
    rate=st.floats(0.01, 0.5),
    investment=st.floats(0, 2e9),
)
def test_breakeven_retention_is_worth_the_investment(
    retention: float, rate: float, investment: float
) -> None:
    needed = cashflow.breakeven_retention(50_000, 600_000, retention, rate, investment)
    if needed.reachable:
        gain = margin_multiple(needed.retention, rate) - margin_multiple(retention, rate)
        earned = 50_000 * 600_000 * gain
        assert earned == pytest.approx(investment, rel=1e-6, abs=1.0), f"it earns {earned}"


def test_no_retention_pays_back_more_than_customers_can_ever_bring() -> None:
    needed = cashflow.breakeven_retention(100, 1.0, 0.70, 0.12, 100 * (1 / 0.12 - 0.7 / 0.42) + 1)
    assert not needed.reachable, f"{needed.retention} passes for reachable"


# Delay


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        pytest.param(0, [0, 12, 24, 36], id="in time"),
        pytest.param(12, [0, 0, 12, 24], id="a year, the last flow lost"),
        pytest.param(3, [0, 9, 21, 33], id="three months"),
        pytest.param(18, [0, 0, 6, 18], id="a year and a half"),
        pytest.param(60, [0, 0, 0, 0], id="past the horizon"),
    ],
)
def test_delay(months: float, expected: list[float]) -> None:
    late = cashflow.delay([0, 12, 24, 36], months)
    assert late == pytest.approx(np.array(expected)), f"{months} months late: {late}"


def test_delay_of_each_scenario() -> None:
    late = cashflow.delay([5, 12, 24], np.array([0.0, 6.0, 12.0]))
    each = np.stack([cashflow.delay([5, 12, 24], months) for months in (0, 6, 12)], axis=1)
    assert late == pytest.approx(each), f"together {late}, each {each}"


@given(benefits=gain_rows, rate=discount_rates, months=st.floats(0, 60), more=st.floats(0, 24))
def test_a_longer_delay_never_raises_npv(
    benefits: list[float], rate: float, months: float, more: float
) -> None:
    sooner = cashflow.npv(rate, cashflow.delay(benefits, months))
    later = cashflow.npv(rate, cashflow.delay(benefits, months + more))
    assert later <= sooner * (1 + 1e-9), f"{later} after {more} more months, {sooner} before"


# Refusals


@pytest.mark.parametrize("flows", [[], [1.0, math.nan], [math.inf, 1.0], [[1.0], [2.0]]])
@pytest.mark.parametrize(
    "measure",
    [
        lambda flows: cashflow.npv(0.1, flows),
        cashflow.irr,
        cashflow.payback,
        lambda flows: cashflow.discounted_payback(0.1, flows),
        lambda flows: cashflow.delay(flows, 1),
        lambda flows: cashflow.return_on_investment(flows, [1.0]),
        lambda flows: cashflow.breakeven_scale([1.0], flows, 0.1),
    ],
    ids=["npv", "irr", "payback", "discounted_payback", "delay", "roi", "breakeven_scale"],
)
def test_flows_that_are_no_row_of_numbers_are_refused(measure, flows) -> None:
    with pytest.raises(ValueError, match="flows must"):
        measure(flows)


@pytest.mark.parametrize("rate", [-1.0, -1.5, math.nan, math.inf])
@pytest.mark.parametrize(
    "measure", [cashflow.npv, cashflow.present_value, cashflow.discounted_payback]
)
def test_rates_that_leave_no_money_are_refused(measure, rate: float) -> None:
    with pytest.raises(ValueError, match="rate must"):
        measure(rate, [-1.0, 2.0])


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda: cashflow.return_on_investment([1.0], [0.0]), "costs must be a positive"),
        (lambda: cashflow.breakeven_scale([0.0], [1.0], 0.1), "benefits must be a positive"),
        (lambda: cashflow.rom_roi(1.0, 0.0), "costs must be a positive"),
        (lambda: cashflow.delay([1.0], -1), "months must"),
        (lambda: cashflow.delay([1.0], math.nan), "months must"),
        (lambda: cashflow.breakeven_retention(0, 1, 0.7, 0.1, 1), "customers must"),
        (lambda: cashflow.breakeven_retention(1, -1, 0.7, 0.1, 1), "margin must"),
        (lambda: cashflow.breakeven_retention(1, 1, 1.7, 0.1, 1), "retention must"),
        (lambda: cashflow.breakeven_retention(1, 1, 0.7, -0.1, 1), "rate must"),
        (lambda: cashflow.breakeven_retention(1, 1, 0.7, 0.1, -1), "investment must"),
    ],
)
def test_inputs_without_an_answer_are_refused(measure, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        measure()
