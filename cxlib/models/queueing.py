"""The queue behind a wait: how many are served in time, how long the rest wait, how many give up.

Arrivals are Poisson, handling times exponential, one line, steady state. Any unit of time will do
as long as it is the same throughout: 200 calls an hour are ``200 / 60`` a minute beside a handling
time in minutes. Shares are ratios: 80 % is ``0.80``.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import numpy as np

from cxlib.models import _checks as check
from cxlib.models._checks import FloatArray

_NEGLIGIBLE: Final = 40.0
_LONGEST_LINE: Final = 2**22
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Queue:
    """A waiting line in steady state, made by :func:`erlang_c` or :func:`erlang_a`.

    Attributes:
        arrival_rate: customers arriving per unit of time.
        handling_time: average time one agent spends on one customer.
        agents: agents on duty.
        patience: average time a customer would wait before giving up; ``math.inf`` is for ever.
        wait_probability: share of customers who find every agent busy.
        abandon_probability: share of customers who give up before they are served.
        average_wait: average time in line over all customers: those served at once and those
            who gave up count too. When nobody gives up this is the average speed of answer (ASA).
    """

    arrival_rate: float
    handling_time: float
    agents: int
    patience: float
    wait_probability: float
    abandon_probability: float
    average_wait: float

    @property
    def offered_load(self) -> float:
        """Work arriving, in Erlangs: agents who would be busy if nobody gave up."""
        return self.arrival_rate * self.handling_time

    @property
    def occupancy(self) -> float:
        """Share of their time that agents are busy."""
        return self.offered_load * (1.0 - self.abandon_probability) / self.agents

    @property
    def queue_length(self) -> float:
        """Average number of customers in line, by Little's law."""
        return number_in_system(self.arrival_rate, self.average_wait)

    @property
    def customers_inside(self) -> float:
        """Average number of customers in line or being served."""
        return self.queue_length + self.occupancy * self.agents

    def service_level(self, within: float) -> float:
        r"""Share of all customers answered within a time; those who gave up were not answered.

        .. math:: SL(T) = 1 - P_{ab} - \int_T^\infty e^{-\theta x} v(x)\,dx

        Here *v* is the density of the wait a customer of endless patience would face and
        :math:`\theta` is one over the average patience. When nobody gives up it becomes
        :math:`1 - C\,e^{-(c-A)T/AHT}`.

        Source: Erlang (1917); with patience Zeltyn & Mandelbaum (2005).

        Args:
            within: the time promised, 0 or more.

        Raises:
            ValueError: a negative or not finite time.
        """
        check.number("within", within, low=0.0)
        full_rate = self.agents / self.handling_time
        backlog = _Backlog.of(self._arrivals_still_willing(within), full_rate, self._leaving_rate)
        someone_behind = -math.expm1(-backlog.log_total)
        late = self._facing_longer(within) * someone_behind * full_rate / self.arrival_rate
        return max(0.0, 1.0 - self.abandon_probability - late)

    def waiting_beyond(self, time: float) -> float:
        """Share of all customers whose time in line, served or not, is longer than this.

        Args:
            time: 0 or more.

        Raises:
            ValueError: a negative or not finite time.
        """
        check.number("time", time, low=0.0)
        return self._facing_longer(time) * math.exp(-self._leaving_rate * time)

    def wait_quantile(self, share: float) -> float:
        """The time in line that this share of all customers does not exceed.

        Args:
            share: between 0 and 1, for example 0.9 for the 90th percentile.

        Raises:
            ValueError: a share that is not strictly between 0 and 1.
        """
        from scipy.optimize import brentq

        beyond = 1.0 - _between_none_and_all("share", share)
        if self.wait_probability <= beyond:
            return 0.0
        longest = self.handling_time
        while self.waiting_beyond(longest) > beyond:
            longest *= 2.0
        return float(brentq(lambda time: self.waiting_beyond(time) - beyond, 0.0, longest))

    @property
    def _leaving_rate(self) -> float:
        return 1.0 / self.patience

    def _arrivals_still_willing(self, time: float) -> float:
        return self.arrival_rate * math.exp(-self._leaving_rate * time)

    def _facing_longer(self, time: float) -> float:
        """Share of customers who, were their patience endless, would be served only after this."""
        full_rate, leaving_rate = self.agents / self.handling_time, self._leaving_rate
        effective = -math.expm1(-leaving_rate * time) / leaving_rate if leaving_rate else time
        now = _Backlog.of(self.arrival_rate, full_rate, leaving_rate)
        later = _Backlog.of(self._arrivals_still_willing(time), full_rate, leaving_rate)
        log_ratio = later.log_total - now.log_total
        decay = self.arrival_rate * effective - full_rate * time
        return self.wait_probability * math.exp(log_ratio + decay)


@dataclass(frozen=True, slots=True)
class Staffing:
    """The smallest team that keeps a service level.

    Attributes:
        agents: agents on duty.
        scheduled: people on the payroll for that shift, absences and breaks included.
        queue: the waiting line with that many agents on duty.
    """

    agents: int
    scheduled: int
    queue: Queue


def erlang_b(offered_load: float, agents: int) -> float:
    r"""Share of customers turned away when there is no line to wait in.

    .. math:: B_0 = 1, \qquad B_k = \frac{A\,B_{k-1}}{k + A\,B_{k-1}}

    Source: Erlang (1917).

    Args:
        offered_load: arrivals times handling time, in Erlangs.
        agents: agents (or lines) at work, 1 or more.

    Raises:
        ValueError: a load that is not a positive number or fewer than one agent.
    """
    check.positive("offered_load", offered_load)
    blocking = 1.0
    for busy in range(1, check.count("agents", agents) + 1):
        blocking = offered_load * blocking / (busy + offered_load * blocking)
    return blocking


def erlang_c(arrival_rate: float, handling_time: float, agents: int) -> Queue:
    r"""The waiting line when everybody waits until served (M/M/c).

    .. math:: C = \frac{B}{1-\rho(1-B)}, \qquad \rho = \frac{A}{c},
        \qquad ASA = \frac{C \cdot AHT}{c - A}

    Source: Erlang (1917).

    Args:
        arrival_rate: customers per unit of time.
        handling_time: average handling time (AHT) in the same unit.
        agents: agents on duty.

    Raises:
        ValueError: agents who cannot keep up with the work (ρ ≥ 1), because the line would grow
            without end; a rate or time that is not a positive number; fewer than one agent.
    """
    return _steady_state(arrival_rate, handling_time, agents, math.inf)


def erlang_a(arrival_rate: float, handling_time: float, patience: float, agents: int) -> Queue:
    r"""The waiting line when customers give up after an exponential patience (M/M/c+M).

    .. math:: \pi_{c+k} = \pi_c \prod_{j=1}^{k} \frac{\lambda}{c\mu + j\theta},
        \qquad P_{ab} = \theta\,E[W]

    The line is stable at any load, because those who give up relieve it.

    Source: Palm (1957); Garnett, Mandelbaum & Reiman (2002).

    Args:
        arrival_rate: customers per unit of time.
        handling_time: average handling time in the same unit.
        patience: average time customers would wait before giving up, :math:`1/\theta`; estimate
            it from censored waits, never from those who left alone.
        agents: agents on duty.

    Raises:
        ValueError: a rate or time that is not a positive number, fewer than one agent, or so
            much work and patience that more than four million people would stand in line.
    """
    check.positive("patience", patience)
    return _steady_state(arrival_rate, handling_time, agents, patience)


def mm1(arrival_rate: float, service_rate: float) -> Queue:
    r"""The waiting line at one counter (M/M/1): Erlang C with a single agent.

    .. math:: L = \frac{\rho}{1-\rho}, \qquad W_q = \frac{\rho}{\mu-\lambda}

    Source: Erlang (1917); any textbook of queueing.

    Args:
        arrival_rate: customers per unit of time.
        service_rate: customers one counter can serve per unit of time.

    Raises:
        ValueError: arrivals that reach the service rate, or a rate that is not positive.
    """
    return erlang_c(arrival_rate, 1.0 / check.positive("service_rate", service_rate), 1)


def number_in_system(arrival_rate: float, time_in_system: float) -> float:
    r"""Little's law: how many customers are inside on average.

    .. math:: L = \lambda W

    Source: Little (1961).

    Args:
        arrival_rate: customers per unit of time.
        time_in_system: average time a customer stays inside, in the same unit.

    Raises:
        ValueError: a rate that is not a positive number, or a negative or not finite time.
    """
    time = check.number("time_in_system", time_in_system, low=0.0)
    return check.positive("arrival_rate", arrival_rate) * time


def required_agents(
    arrival_rate: float,
    handling_time: float,
    *,
    within: float,
    target: float,
    patience: float = math.inf,
    shrinkage: float = 0.0,
) -> Staffing:
    r"""The fewest agents who answer a target share of all customers within a time.

    .. math:: c' = \left\lceil \frac{c}{1-s} \right\rceil

    with c agents at work, shrinkage s and c' agents on the schedule.

    Args:
        arrival_rate: customers per unit of time.
        handling_time: average handling time in the same unit.
        within: the time promised, in the same unit.
        target: the share to be answered in that time, between 0 and 1.
        patience: average patience for Erlang A; ``math.inf``, nobody gives up, is Erlang C.
        shrinkage: share of paid time lost to leave, breaks and training, from 0 to below 1.

    Raises:
        ValueError: a target outside (0, 1), a shrinkage outside [0, 1), or an input that
            :func:`erlang_c` or :func:`erlang_a` refuses.
    """
    _between_none_and_all("target", target)
    check.positive("arrival_rate", arrival_rate)
    check.positive("handling_time", handling_time)
    if not 0.0 <= shrinkage < 1.0:
        raise ValueError(f"shrinkage must be at least 0 and below 1, got {shrinkage}")

    keeping_up = math.floor(arrival_rate * handling_time * (1.0 + _ROUNDING)) + 1
    fewest = keeping_up if math.isinf(patience) else 1

    def enough(agents: int) -> bool:
        queue = _steady_state(arrival_rate, handling_time, agents, patience)
        return queue.service_level(within) >= target

    plenty = keeping_up
    while not enough(plenty):
        plenty *= 2
    agents = fewest + bisect_left(range(fewest, plenty), True, key=enough)
    scheduled = math.ceil(agents / (1.0 - shrinkage) - _ROUNDING)
    return Staffing(agents, scheduled, _steady_state(arrival_rate, handling_time, agents, patience))


@dataclass(frozen=True, slots=True)
class _Backlog:
    """The states with every agent busy, weighed against the state with nobody yet in line.

    Attributes:
        log_total: logarithm of the sum of their weights.
        mean: average number in line while every agent is busy.
    """

    log_total: float
    mean: float

    @classmethod
    def of(cls, arrival_rate: float, full_rate: float, leaving_rate: float) -> _Backlog:
        if leaving_rate == 0.0:
            spare = 1.0 - arrival_rate / full_rate
            return cls(-math.log(spare), (1.0 - spare) / spare)
        log_weights = _log_line_weights(arrival_rate, full_rate, leaving_rate)
        highest = float(log_weights.max())
        weights = np.exp(log_weights - highest)
        total = float(weights.sum())
        mean = float(weights @ np.arange(weights.size)) / total
        return cls(highest + math.log(total), mean)


def _log_line_weights(arrival_rate: float, full_rate: float, leaving_rate: float) -> FloatArray:
    """Log weights of 0, 1, 2 … people in line, as far as they matter."""
    length = 64
    while length <= _LONGEST_LINE:
        in_line = np.arange(1, length + 1)
        with np.errstate(divide="ignore"):  # nobody is still willing to wait: log 0
            steps = np.log(arrival_rate / (full_rate + in_line * leaving_rate))
        log_weights = np.concatenate(([0.0], np.cumsum(steps)))
        if log_weights[-1] < log_weights.max() - _NEGLIGIBLE:
            return log_weights
        length *= 2
    raise ValueError("the line would be millions long: add agents or lower the patience")


def _steady_state(arrival_rate: float, handling_time: float, agents: int, patience: float) -> Queue:
    check.positive("arrival_rate", arrival_rate)
    check.positive("handling_time", handling_time)
    check.count("agents", agents)
    if not patience > 0.0:
        raise ValueError(f"patience must be positive, got {patience}")
    load = arrival_rate * handling_time
    if math.isinf(patience) and load >= agents * (1.0 - _ROUNDING):
        raise ValueError(
            f"{agents} agents cannot keep up with {load:g} Erlangs of work: the line would grow "
            "without end; add agents, or let customers give up (Erlang A)"
        )
    blocking = erlang_b(load, agents)
    backlog = _Backlog.of(arrival_rate, agents / handling_time, 1.0 / patience)
    all_busy = blocking / (blocking + (1.0 - blocking) * math.exp(-backlog.log_total))
    average_wait = all_busy * backlog.mean / arrival_rate
    return Queue(
        arrival_rate=arrival_rate,
        handling_time=handling_time,
        agents=agents,
        patience=patience,
        wait_probability=all_busy,
        abandon_probability=average_wait / patience,
        average_wait=average_wait,
    )


def _between_none_and_all(name: str, share: float) -> float:
    if not 0.0 < share < 1.0:
        raise ValueError(f"{name} must lie strictly between 0 and 1, got {share}")
    return share
