"""Waiting lines against published numbers, other people's code, exact fractions and simulation."""

from __future__ import annotations

import heapq
import math
import time
from dataclasses import dataclass
from fractions import Fraction

import call_center_tools as oracle
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from cxlib.models.queueing import (
    Queue,
    erlang_a,
    erlang_b,
    erlang_c,
    mm1,
    number_in_system,
    required_agents,
)

SECOND = 1 / 60
HOTLINE = {"arrival_rate": 100 / 30, "handling_time": 3.0}
GARNETT = {"arrival_rate": 48.0, "handling_time": 1.0, "agents": 50}
BUSY_HOTLINE = {"arrival_rate": 360 / 30, "handling_time": 4.0}

loads = st.floats(0.2, 60.0)
patiences = st.floats(0.05, 50.0)
times = st.floats(0.0, 5.0)


@dataclass(frozen=True)
class Simulated:
    waited: float
    abandoned: float
    average_wait: float
    answered_in_20_seconds: float
    ninth_decile: float


def simulate(arrival_rate: float, handling_time: float, patience: float, agents: int) -> Simulated:
    """One long day, customer by customer: the agent who is free first takes the next."""
    random = np.random.default_rng(20_26)
    customers = 400_000
    arrivals = np.cumsum(random.exponential(1 / arrival_rate, customers))
    free_at = [0.0] * agents
    waits, served = np.empty(customers), np.empty(customers, dtype=bool)
    handling = random.exponential(handling_time, customers)
    endurance = random.exponential(patience, customers)
    for customer, now in enumerate(arrivals):
        needed = max(0.0, free_at[0] - now)
        served[customer] = endurance[customer] >= needed
        waits[customer] = min(needed, endurance[customer])
        if served[customer]:
            heapq.heapreplace(free_at, now + needed + handling[customer])
    return Simulated(
        waited=float((waits > 0).mean()),
        abandoned=float(1 - served.mean()),
        average_wait=float(waits.mean()),
        answered_in_20_seconds=float((served & (waits <= 20 * SECOND)).mean()),
        ninth_decile=float(np.quantile(waits, 0.9)),
    )


def exact_erlang_a(
    arrival_rate: Fraction, handling_time: Fraction, patience: Fraction, agents: int
) -> dict[str, float]:
    """Birth-death balance in exact fractions, up to a line of 120 people."""
    weights = [Fraction(1)]
    for inside in range(1, agents + 120):
        departures = min(inside, agents) / handling_time + max(0, inside - agents) / patience
        weights.append(weights[-1] * arrival_rate / departures)
    total = sum(weights)
    line = sum(max(0, inside - agents) * weight for inside, weight in enumerate(weights)) / total
    busy = sum(min(inside, agents) * weight for inside, weight in enumerate(weights)) / total
    return {
        "wait_probability": float(sum(weights[agents:]) / total),
        "abandon_probability": float(line / patience / arrival_rate),
        "average_wait": float(line / arrival_rate),
        "occupancy": float(busy / agents),
    }


@pytest.mark.parametrize(
    ("measure", "published"),
    [("wait_probability", 0.174132), ("occupancy", 0.714286)],
    ids=lambda value: f"O44 erlang_c pyworkforce docs [V] {value}",
)
def test_erlang_c_measures(measure: str, published: float) -> None:
    assert getattr(erlang_c(**HOTLINE, agents=14), measure) == pytest.approx(published, abs=1e-6)


@pytest.mark.parametrize(
    ("demand", "agents", "within", "published", "tolerance"),
    [
        pytest.param(HOTLINE, 14, 20, 0.888350, 1e-6, id="O44 erlang_c pyworkforce docs [V]"),
        pytest.param(HOTLINE, 13, 20, 0.7956, 5e-5, id="O44 one agent fewer, own run [V]"),
        pytest.param(HOTLINE, 13, 20, 0.796, 5e-4, id="NB05 lab B, 13 agents [C]"),
        pytest.param(HOTLINE, 14, 20, 0.888, 5e-4, id="NB05 lab B, 14 agents [C]"),
        pytest.param(BUSY_HOTLINE, 54, 15, 0.793, 5e-4, id="NB05 exercise, 54 agents [C]"),
        pytest.param(BUSY_HOTLINE, 55, 15, 0.846, 5e-4, id="NB05 exercise, 55 agents [C]"),
    ],
)
def test_service_level(
    demand: dict[str, float], agents: int, within: float, published: float, tolerance: float
) -> None:
    level = erlang_c(**demand, agents=agents).service_level(within * SECOND)
    assert level == pytest.approx(published, abs=tolerance)


@pytest.mark.parametrize(
    ("demand", "within", "shrinkage", "agents", "scheduled"),
    [
        pytest.param(HOTLINE, 20, 0.30, 14, 20, id="O44 required agents pyworkforce docs [V]"),
        pytest.param(BUSY_HOTLINE, 15, 0.0, 55, 55, id="NB05 exercise, fewest agents [C]"),
    ],
)
def test_required_agents(
    demand: dict[str, float], within: float, shrinkage: float, agents: int, scheduled: int
) -> None:
    team = required_agents(**demand, within=within * SECOND, target=0.8, shrinkage=shrinkage)
    assert 21 / (1 - 0.3) > 30, "the rounding this test is about"
    assert (team.agents, team.scheduled) == (agents, scheduled)
    assert team.queue == erlang_c(**demand, agents=agents)


@pytest.mark.parametrize(
    ("measured", "published"),
    [
        pytest.param(
            lambda queue: queue.average_wait / SECOND,
            20.83,
            id="O46 ASA seconds, Garnett 2002 Table 1 [M]",
        ),
        pytest.param(
            lambda queue: queue.wait_quantile(0.9) / SECOND,
            58.1,
            id="O46 90th percentile seconds, Garnett 2002 Table 1 [M]",
        ),
        pytest.param(
            lambda queue: queue.queue_length,
            16.67,
            id="O46 customers in line, Garnett 2002 Table 1 [M]",
        ),
        pytest.param(
            lambda queue: queue.occupancy * 100,
            96.0,
            id="O46 occupancy per cent, Garnett 2002 Table 1 [M]",
        ),
    ],
)
def test_erlang_c_against_garnett(measured, published: float) -> None:
    assert measured(erlang_c(**GARNETT)) == pytest.approx(published, abs=0.05)


def test_the_same_line_when_people_give_up() -> None:
    wait = erlang_a(**GARNETT, patience=2.0).average_wait / SECOND
    assert wait == pytest.approx(3.7, abs=0.05), "NB05 lab B, Erlang A against C [C]"


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        pytest.param("wait_probability", 0.225797, id="O48 P(wait), exact birth-death [X]"),
        pytest.param("abandon_probability", 0.0249633, id="O48 P(abandon), exact birth-death [X]"),
        pytest.param("average_wait", 0.124817, id="O48 E[W] minutes, exact birth-death [X]"),
        pytest.param("occupancy", 0.750028, id="O48 occupancy, exact birth-death [X]"),
    ],
)
def test_erlang_a(measure: str, expected: float) -> None:
    ours = getattr(erlang_a(**HOTLINE, patience=5.0, agents=13), measure)
    exact = exact_erlang_a(Fraction(100, 30), Fraction(3), Fraction(5), 13)[measure]
    assert ours == pytest.approx(expected, abs=1e-6), f"{measure} is not the listed value"
    assert ours == pytest.approx(exact, rel=1e-12), f"{measure} is not the exact fraction"


@pytest.mark.parametrize(
    ("patience", "agents"),
    [
        pytest.param(5.0, 13, id="O48 simulation [X]"),
        pytest.param(2.0, 9, id="overloaded line, simulation [X]"),
    ],
)
def test_erlang_a_against_a_simulation(patience: float, agents: int) -> None:
    seen = simulate(**HOTLINE, patience=patience, agents=agents)
    queue = erlang_a(**HOTLINE, patience=patience, agents=agents)
    assert queue.wait_probability == pytest.approx(seen.waited, abs=0.01)
    assert queue.abandon_probability == pytest.approx(seen.abandoned, abs=0.003)
    assert queue.average_wait == pytest.approx(seen.average_wait, abs=0.01)
    assert queue.service_level(20 * SECOND) == pytest.approx(seen.answered_in_20_seconds, abs=0.01)
    assert queue.wait_quantile(0.9) == pytest.approx(seen.ninth_decile, rel=0.03)


@pytest.mark.parametrize("agents", [8, 10, 13])
def test_erlang_a_wait_distribution_against_its_integral(agents: int) -> None:
    """The density of the offered wait (Baccelli & Hebuterne 1981), integrated numerically."""
    arrival_rate, leaving_rate, full_rate = 100 / 30, 1 / 5, agents / 3
    queue = erlang_a(**HOTLINE, patience=5.0, agents=agents)

    def density(wait: float) -> float:
        willing = arrival_rate * -math.expm1(-leaving_rate * wait) / leaving_rate
        return math.exp(willing - full_rate * wait)

    def beyond(start: float, lost: float = 0.0) -> float:
        return quad(lambda wait: density(wait) * math.exp(-lost * wait), start, 200, limit=200)[0]

    scale = queue.wait_probability / beyond(0.0)
    late = scale * beyond(1.0, leaving_rate)
    still_waiting = scale * beyond(1.0) * math.exp(-leaving_rate)
    assert queue.waiting_beyond(1.0) == pytest.approx(still_waiting, abs=1e-9)
    assert queue.service_level(1.0) == pytest.approx(1 - queue.abandon_probability - late, abs=1e-9)


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        pytest.param(lambda queue: queue.customers_inside, 5.0, id="O50 M/M/1 L [D]"),
        pytest.param(lambda queue: queue.queue_length, 25 / 6, id="O50 M/M/1 Lq = 4.1667 [D]"),
        pytest.param(lambda queue: queue.average_wait, 5 / 12, id="O50 M/M/1 Wq = .41667 [D]"),
    ],
)
def test_mm1(measured, expected: float) -> None:
    assert measured(mm1(arrival_rate=10, service_rate=12)) == pytest.approx(expected, abs=1e-9)


def test_little_law_links_number_and_time() -> None:
    assert number_in_system(arrival_rate=60, time_in_system=0.5) == 30


@given(load=loads, spare=st.floats(0.05, 20.0), handling_time=st.floats(0.1, 20.0), within=times)
def test_erlang_c_agrees_with_call_center_tools(
    load: float, spare: float, handling_time: float, within: float
) -> None:
    agents = math.ceil(load + spare)
    queue = erlang_c(load / handling_time, handling_time, agents)
    wait_probability = oracle.erlang_c(load, agents)
    assert queue.wait_probability == pytest.approx(wait_probability, rel=1e-9, abs=1e-12)
    assert queue.average_wait == pytest.approx(
        oracle.calc_average_speed_of_answer(load, agents, wait_probability, handling_time), abs=1e-9
    )
    assert queue.service_level(within) == pytest.approx(
        oracle.calc_service_level(load, agents, wait_probability, within, handling_time), abs=1e-9
    )
    assert queue.occupancy == pytest.approx(oracle.calc_occupancy(load, agents))


@given(load=loads, agents=st.integers(1, 80))
def test_erlang_b_is_its_definition(load: float, agents: int) -> None:
    terms = [load**busy / math.factorial(busy) for busy in range(agents + 1)]
    assert erlang_b(load, agents) == pytest.approx(terms[-1] / math.fsum(terms), rel=1e-9)


@given(load=st.floats(0.5, 40.0), occupancy=st.floats(0.3, 0.97), within=times)
def test_erlang_a_becomes_erlang_c_as_patience_grows(
    load: float, occupancy: float, within: float
) -> None:
    agents = math.ceil(load / occupancy)
    patient = erlang_c(load, 1.0, agents)
    distances = [
        abs(erlang_a(load, 1.0, patience, agents).average_wait - patient.average_wait)
        for patience in (1e1, 1e3, 1e5, 1e7)
    ]
    almost = erlang_a(load, 1.0, 1e9, agents)
    assert distances == sorted(distances, reverse=True), "more patience moved Erlang A away from C"
    assert almost.wait_probability == pytest.approx(patient.wait_probability, abs=1e-5)
    assert almost.average_wait == pytest.approx(patient.average_wait, rel=1e-4, abs=1e-9)
    assert almost.service_level(within) == pytest.approx(patient.service_level(within), abs=1e-5)


@given(load=loads, patience=patiences, agents=st.integers(1, 80), within=times)
def test_one_more_agent_never_hurts(
    load: float, patience: float, agents: int, within: float
) -> None:
    fewer, more = (erlang_a(load, 1.0, patience, team) for team in (agents, agents + 1))
    assert more.service_level(within) >= fewer.service_level(within) - 1e-12
    assert more.abandon_probability <= fewer.abandon_probability + 1e-12
    assert more.average_wait <= fewer.average_wait + 1e-12


@given(load=loads, patience=patiences, agents=st.integers(1, 80), within=times)
def test_shares_are_shares_and_work_is_conserved(
    load: float, patience: float, agents: int, within: float
) -> None:
    queue = erlang_a(load, 1.0, patience, agents)
    shares = (
        queue.wait_probability,
        queue.abandon_probability,
        queue.occupancy,
        queue.service_level(within),
        queue.waiting_beyond(within),
    )
    assert all(0 <= share <= 1 + 1e-12 for share in shares), f"not shares: {shares}"
    assert queue.waiting_beyond(0) == pytest.approx(queue.wait_probability)
    assert queue.service_level(1e4) == pytest.approx(1 - queue.abandon_probability)


@given(load=loads, patience=patiences, agents=st.integers(1, 80), share=st.floats(0.01, 0.99))
def test_quantile_inverts_the_share_waiting(
    load: float, patience: float, agents: int, share: float
) -> None:
    queue = erlang_a(load, 1.0, patience, agents)
    quantile = queue.wait_quantile(share)
    if quantile == 0:
        assert queue.wait_probability <= 1 - share
    else:
        assert queue.waiting_beyond(quantile) == pytest.approx(1 - share, abs=1e-9)


@given(
    load=st.floats(0.3, 60.0),
    target=st.floats(0.05, 0.99),
    within=st.floats(0.0, 2.0),
    patience=st.one_of(patiences, st.just(math.inf)),
)
def test_required_agents_is_the_fewest(
    load: float, target: float, within: float, patience: float
) -> None:
    def level(agents: int) -> float:
        if math.isfinite(patience):
            return erlang_a(load, 1.0, patience, agents).service_level(within)
        return erlang_c(load, 1.0, agents).service_level(within) if agents > load else 0.0

    agents = required_agents(load, 1.0, within=within, target=target, patience=patience).agents
    assert level(agents) >= target, f"{agents} agents are too few"
    assert agents == 1 or level(agents - 1) < target, f"{agents} agents are more than needed"


def test_shrinkage_that_divides_evenly_adds_nobody_extra() -> None:
    team = required_agents(17.0, 1.0, within=0.1, target=0.8, shrinkage=0.3)
    assert 21 / (1 - 0.3) > 30, "the rounding this test is about"
    assert (team.agents, team.scheduled) == (21, 30), "21 agents / 0.7 are 30 people, not 31"


def test_a_thousand_agents_take_at_most_ten_milliseconds() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        queue = erlang_a(arrival_rate=1005.0, handling_time=1.0, patience=2.0, agents=1000)
        queue.service_level(1 / 3)
        return time.perf_counter() - start

    best = min(seconds() for _ in range(20))
    assert best <= 0.010, f"Erlang A with 1,000 agents took {best * 1000:.1f} ms"


@pytest.mark.parametrize("load", [900.0, 1000.0, 1300.0])
def test_a_thousand_agents_stay_exact(load: float) -> None:
    queue = erlang_a(load, 1.0, 3.0, 1000)
    inside = np.arange(1, 4000)
    departures = np.minimum(inside, 1000) + np.maximum(0, inside - 1000) / 3.0
    logs = np.concatenate(([0.0], np.cumsum(np.log(load / departures))))
    shares = np.exp(logs - logs.max())
    shares /= shares.sum()
    line = float(shares[1000:] @ np.arange(shares.size - 1000))
    assert queue.wait_probability == pytest.approx(shares[1000:].sum(), rel=1e-9)
    assert queue.average_wait == pytest.approx(line / load, rel=1e-9)


@pytest.mark.parametrize("agents", [9, 10])
def test_erlang_c_refuses_more_work_than_agents_can_do(agents: int) -> None:
    with pytest.raises(ValueError, match="cannot keep up"):
        erlang_c(**HOTLINE, agents=agents)


def test_mm1_refuses_full_load_in_spite_of_rounding() -> None:
    assert 49 * (1 / 49) < 1, "the rounding this test is about"
    with pytest.raises(ValueError, match="cannot keep up"):
        mm1(arrival_rate=49, service_rate=49)


def test_a_line_of_millions_is_refused() -> None:
    with pytest.raises(ValueError, match="millions"):
        erlang_a(arrival_rate=1200, handling_time=1, patience=1e6, agents=1000)


LINE: Queue = erlang_a(**HOTLINE, patience=5.0, agents=13)


@pytest.mark.parametrize("bad", [0.0, -1.0, math.nan, math.inf])
@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda bad: erlang_b(bad, 3), id="erlang_b load"),
        pytest.param(lambda bad: erlang_b(3.0, bad), id="erlang_b agents"),
        pytest.param(lambda bad: erlang_c(bad, 1.0, 3), id="erlang_c arrival rate"),
        pytest.param(lambda bad: erlang_c(1.0, bad, 3), id="erlang_c handling time"),
        pytest.param(lambda bad: erlang_c(1.0, 1.0, bad), id="erlang_c agents"),
        pytest.param(lambda bad: erlang_a(1.0, 1.0, bad, 3), id="erlang_a patience"),
        pytest.param(lambda bad: mm1(1.0, bad), id="mm1 service rate"),
        pytest.param(lambda bad: number_in_system(bad, 1.0), id="little arrival rate"),
        pytest.param(lambda bad: LINE.wait_quantile(bad), id="quantile share"),
        pytest.param(lambda bad: required_agents(bad, 1, within=1, target=0.8), id="staff rate"),
        pytest.param(lambda bad: required_agents(1, bad, within=1, target=0.8), id="staff time"),
        pytest.param(lambda bad: required_agents(1, 1, within=1, target=bad), id="staff target"),
    ],
)
def test_bad_input_is_refused(ask, bad: float) -> None:
    with pytest.raises(ValueError, match=r"must|cannot"):
        ask(bad)


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda bad: LINE.service_level(bad), id="service level within"),
        pytest.param(lambda bad: LINE.waiting_beyond(bad), id="waiting beyond"),
        pytest.param(lambda bad: number_in_system(1.0, bad), id="little time"),
        pytest.param(lambda bad: required_agents(1, 1, within=bad, target=0.8), id="staff within"),
        pytest.param(
            lambda bad: required_agents(1, 1, within=1, target=0.8, shrinkage=bad), id="shrinkage"
        ),
    ],
)
def test_bad_times_and_shrinkage_are_refused(ask, bad: float) -> None:
    with pytest.raises(ValueError, match="must"):
        ask(bad)


@pytest.mark.parametrize("bad", [0.0, -1.0, math.nan, -math.inf])
def test_staffing_refuses_a_patience_that_is_not_positive(bad: float) -> None:
    with pytest.raises(ValueError, match="patience must be positive"):
        required_agents(1.0, 1.0, within=1.0, target=0.8, patience=bad)


def test_half_an_agent_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number"):
        erlang_c(1.0, 1.0, 2.5)
