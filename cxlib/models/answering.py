"""From what customers feel to what a survey shows: scales, habits of rating, who answers.

Shares and response rates are ratios 0–1; feelings run from 0 (worst) to 10 (best).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlib.models._checks import FloatArray, count, number, numbers, shares

_FEELING: Final = {"mean": (9.3, 7.5, 4.3), "sd": (0.5, 0.6, 1.4)}
_EASE_SD: Final = 1.4
_EASE_FOLLOWS_FEELING: Final = 0.4
_USUAL_FEELING: Final = 7.0
_IDEAL_GAP: Final = -0.8
_SLIP_SD: Final = 0.25


@dataclass(frozen=True, slots=True)
class Crowd:
    """The customers of one channel.

    Attributes:
        delighted: share who are delighted, 0–1.
        upset: share who are upset, 0–1; the rest is content.
        ease: how easy the channel is for a customer of usual feeling, 0–10.
        beyond_expectation: how far experience lies above expectation, on the scale of feelings.
    """

    delighted: float
    upset: float
    ease: float
    beyond_expectation: float = 0.0


def simulate_answers(
    rng: np.random.Generator, crowd: Crowd, answers: int, reserve: float = 0.0
) -> pd.DataFrame:
    r"""Answers of one channel's customers to the usual questions, all from one experience.

    A feeling x on 0–10 becomes a mark on a scale from a to b by

    .. math:: a + (b - a)\,\frac{x - r}{10}

    rounded, with a small slip of the hand; r is how reserved the customers are in giving marks.

    Source: an assumption of this course.

    Args:
        rng: source of random numbers.
        crowd: who they are.
        answers: how many answer, 1 or more.
        reserve: r, how far they mark below what they feel, 0–10.

    Returns:
        One row per customer: ``recommend`` 0–10, ``satisfied`` 1–5, ``easy`` 1–7, and
        ``overall``, ``expectations`` and ``ideal`` 1–10.

    Raises:
        ValueError: shares, a reserve or a number of answers out of range.
    """
    n = count("answers", answers)
    withheld = number("reserve", reserve, low=0, high=10)
    mix = [crowd.delighted, 1 - crowd.delighted - crowd.upset, crowd.upset]
    kinds = rng.choice(3, size=n, p=numbers("shares of the crowd", mix, low=0, high=1))
    mean, sd = (np.array(_FEELING[name])[kinds] for name in ("mean", "sd"))
    feeling = rng.normal(mean, sd)
    ease = rng.normal(crowd.ease, _EASE_SD, n)
    ease += _EASE_FOLLOWS_FEELING * (feeling - _USUAL_FEELING)

    def marks(felt: FloatArray, low: int, high: int) -> FloatArray:
        exact = low + (high - low) * (felt - withheld) / 10
        return np.clip(np.round(exact + rng.normal(0, _SLIP_SD, n)), low, high)

    return pd.DataFrame(
        {
            "recommend": marks(feeling, 0, 10),
            "satisfied": marks(feeling, 1, 5),
            "easy": marks(ease, 1, 7),
            "overall": marks(feeling, 1, 10),
            "expectations": marks(feeling + crowd.beyond_expectation, 1, 10),
            "ideal": marks(feeling + _IDEAL_GAP, 1, 10),
        }
    )


def answering_shares(groups: ArrayLike, response_rates: ArrayLike) -> FloatArray:
    r"""What the groups of customers weigh among those who answer.

    .. math:: q_k = \frac{s_k\,\rho_k}{\sum_j s_j\,\rho_j}

    The number of invitations is not in it: asking more people does not mend who answers.

    Source: the definition; its consequences for surveys in Groves & Peytcheva (2008).

    Args:
        groups: share of each group among all customers s, scaled to sum to 1, ``(groups,)``.
        response_rates: share of each group that answers ρ, 0–1, same shape.

    Raises:
        ValueError: shares or rates out of range, unequal lengths, or nobody answering.
    """
    rates = numbers("response_rates", response_rates, low=0, high=1)
    answering = shares("groups", groups, rates.size) * rates
    if answering.sum() == 0:
        raise ValueError("somebody must answer")
    return np.asarray(answering / answering.sum())


def ask_complaints_first(groups: ArrayLike, moved: float) -> FloatArray:
    """Shares of promoters, passives and detractors when complaints are asked about first.

    Thinking of what went wrong moves some answers one group down, the same share of promoters and
    of passives.

    Source: an assumption of this course; order effects in Strack, Martin & Schwarz (1988).

    Args:
        groups: shares of promoters, passives, detractors, scaled to sum to 1.
        moved: share of promoters and of passives that moves one group down, 0–1.

    Raises:
        ValueError: shares or the part moved out of range.
    """
    promoters, passives, detractors = shares("groups", groups, 3)
    part = number("moved", moved, low=0, high=1)
    return np.array(
        [
            promoters * (1 - part),
            passives + part * (promoters - passives),
            detractors + part * passives,
        ]
    )
