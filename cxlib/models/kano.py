"""Kano's model: which features please, which are expected, and which leave customers cold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import pandas as pd

from cxlib.models import _checks as check

Answer = Literal["like", "must_be", "neutral", "live_with", "dislike"]
Category = Literal["A", "O", "M", "I", "R", "Q"]

ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
_STRONGEST_FIRST: Final[tuple[Category, ...]] = ("M", "O", "A", "I", "R", "Q")


@dataclass(frozen=True, slots=True, eq=False)
class KanoResult:
    """What a feature does to satisfaction.

    Attributes:
        counts: answers by category A, O, M, I, R, Q.
        better: how far having it can lift satisfaction, 0 to 1.
        worse: how far lacking it can lower satisfaction, −1 to 0.
        category: the most frequent category; of equals the one that weighs more, M > O > A > I.
    """

    counts: pd.Series[float]
    better: float
    worse: float
    category: Category


def kano_category(functional: Answer, dysfunctional: Answer) -> Category:
    """Category of one customer's pair of answers, by the 5 × 5 evaluation table.

    Source: Kano, Seraku, Takahashi & Tsuji (1984); table as in Berger et al. (1993).

    Args:
        functional: how she feels if the feature is there.
        dysfunctional: how she feels if it is not.

    Returns:
        A attractive, O one-dimensional, M must-be, I indifferent, R reverse, Q questionable.

    Raises:
        ValueError: for an answer outside the five.
    """
    for answer in (functional, dysfunctional):
        if answer not in ANSWERS:
            raise ValueError(f"an answer must be one of {', '.join(ANSWERS)}, got {answer}")
    pair = (functional, dysfunctional)
    if pair in {("like", "like"), ("dislike", "dislike")}:
        return "Q"
    if functional == "dislike" or dysfunctional == "like":
        return "R"
    if dysfunctional == "dislike":
        return "O" if functional == "like" else "M"
    return "A" if functional == "like" else "I"


def kano_table() -> pd.DataFrame:
    """The whole evaluation table: rows functional, columns dysfunctional answers."""
    cells = [[kano_category(f, d) for d in ANSWERS] for f in ANSWERS]
    return pd.DataFrame(
        cells,
        index=pd.Index(ANSWERS, name="functional"),
        columns=pd.Index(ANSWERS, name="dysfunctional"),
    )


def classify_feature(functional: Sequence[Answer], dysfunctional: Sequence[Answer]) -> KanoResult:
    """Verdict on a feature from the pairs of answers of all customers.

    Args:
        functional: each customer's feeling if the feature is there.
        dysfunctional: the same customers' feeling if it is not.

    Returns:
        Counts, coefficients and the most frequent category.

    Raises:
        ValueError: for answers that do not pair up or are unknown, or what
            :func:`kano_coefficients` refuses.
    """
    if len(functional) != len(dysfunctional):
        raise ValueError("every customer must have given both answers")
    categories = [kano_category(f, d) for f, d in zip(functional, dysfunctional, strict=True)]
    return kano_coefficients(pd.Series(categories, dtype=object).value_counts().astype(float))


def kano_coefficients(counts: pd.Series[float]) -> KanoResult:
    r"""Better and worse coefficients from counted categories.

    .. math:: \text{Better} = \frac{A + O}{A + O + M + I}, \qquad
       \text{Worse} = -\frac{O + M}{A + O + M + I}

    Source: Berger et al. (1993); Matzler & Hinterhuber (1998).

    Args:
        counts: answers by category; categories left out count as zero.

    Returns:
        Counts, coefficients and the most frequent category.

    Raises:
        ValueError: for unknown categories, negative or missing counts, or no answer in A, O, M, I.
    """
    if not set(counts.index) <= set(CATEGORIES):
        raise ValueError(f"categories must be among {', '.join(CATEGORIES)}")
    if counts.size:
        check.numbers("counts", counts.to_numpy(), low=0)
    counts = counts.reindex(list(CATEGORIES), fill_value=0).astype(float)
    usable = counts[["A", "O", "M", "I"]].sum()
    if usable == 0:
        raise ValueError("no answer falls in A, O, M or I, so the coefficients have no base")
    return KanoResult(
        counts=counts,
        better=float(counts[["A", "O"]].sum() / usable),
        worse=-float(counts[["O", "M"]].sum() / usable),
        category=max(_STRONGEST_FIRST, key=lambda category: float(counts[category])),
    )
