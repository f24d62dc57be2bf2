"""Survey scores against published figures, against statsmodels, and by their own logic."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from cxlib.models.scores import (
    NpsMethod,
    acsi,
    csat,
    customer_effort,
    funnel_limits,
    nps,
    nps_change,
    nps_from_counts,
    nps_sample_size,
    nps_sample_size_for_change,
    nps_variance,
    shrink,
)

COURSE_SD = 100 * np.sqrt(nps_variance(0.42, 0.18))  # D10: NPS 24 for every store
COURSE_WAVES = [26.7, 26.7, 33.3, 16.7, 35.0, 31.7, 18.3, 33.3, 23.3, 28.3, 30.0, 18.3]
BATTING_AT_FIRST = np.array(
    [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
) / 45  # fmt: skip
BATTING_LATER = np.array(
    [.346, .298, .276, .222, .273, .270, .263, .210, .269, .230, .264, .256, .303, .264, .226,
     .285, .316, .200]
)  # fmt: skip

answer_counts = st.tuples(*[st.integers(0, 300)] * 3).filter(lambda counts: sum(counts) > 0)
nps_methods = st.sampled_from(get_args(NpsMethod))


# Published figures


@pytest.mark.parametrize(
    ("got", "expected", "tolerance"),
    [
        pytest.param(lambda n: n.score, 100 / 3, 1e-9, id="O26 score CrossValidated [V]"),
        pytest.param(lambda n: n.standard_error, 4.141, 1e-3, id="O26 SE CrossValidated [V]"),
        pytest.param(
            lambda n: n.n * (n.standard_error / 100) ** 2,
            5 / 9,
            1e-9,
            id="O26 variance CrossValidated [V]",
        ),
    ],
)
def test_nps_of_the_worked_example(got, expected, tolerance) -> None:
    value = got(nps_from_counts(162, 108, 54))
    assert value == pytest.approx(expected, abs=tolerance), f"found {value}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("score", 50.0, id="O27 NB06 score cybaea [V formula]"),
        pytest.param("standard_error", 6.708, id="O27 NB06 SE cybaea [V formula]"),
        pytest.param("low", 36.85, id="O27 NB06 low cybaea [V formula]"),
        pytest.param("high", 63.15, id="O27 NB06 high cybaea [V formula]"),
    ],
)
def test_nps_of_60_30_10(name: str, expected: float) -> None:
    value = getattr(nps_from_counts(60, 30, 10), name)
    assert value == pytest.approx(expected, abs=0.01), f"{name} is {value}"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param(nps_sample_size(0.42, 0.18, 5), 834, id="O28 NB06 to within 5 points [D]"),
        pytest.param(
            nps_sample_size_for_change(0.42, 0.18, 5), 3406, id="O28 NB06 change of 5 points [D]"
        ),
    ],
)
def test_sample_sizes_of_the_course_stores(size: int, expected: int) -> None:
    assert abs(size - expected) <= 1, f"{size} answers"


@pytest.mark.parametrize("expected", [pytest.param(71.11, id="O35 ACSI-type formula [D]")])
def test_acsi_of_8_7_7(expected: float) -> None:
    index = acsi(8, 7, 7, [0.4, 0.3, 0.3])
    assert index == pytest.approx(expected, abs=0.01), f"the index is {index}"


# The course's own numbers


def test_a_store_going_from_24_to_33_among_60_answers_has_shown_nothing() -> None:
    """NB06: the standard error of one wave is 9.5 points."""
    before, after = nps_from_counts(25, 24, 11), nps_from_counts(28, 24, 8)
    assert before.score == pytest.approx(23.3, abs=0.1)
    assert after.score == pytest.approx(33.3, abs=0.1)
    assert COURSE_SD / np.sqrt(60) == pytest.approx(9.5, abs=0.05)
    assert not nps_change(before, after).excludes_zero, "noise was taken for a change"


def test_the_waves_of_an_average_store_stay_in_the_funnel() -> None:
    """D10: twelve waves of one draw, true NPS 24 throughout."""
    low, high = funnel_limits(24, COURSE_SD, [60])
    assert (low[0], high[0]) == pytest.approx((5.36, 42.64), abs=0.01), f"{low} to {high}"
    assert all(low[0] < wave < high[0] for wave in COURSE_WAVES), "a wave left the funnel"


def test_waves_that_differ_by_chance_shrink_to_their_mean() -> None:
    shrunk = shrink(COURSE_WAVES, np.full(12, COURSE_SD / np.sqrt(60)))
    assert shrunk.between_sd == 0, f"differences of {shrunk.between_sd} points were found"
    assert shrunk.scores == pytest.approx(np.full(12, np.mean(COURSE_WAVES)))


# Net Promoter Score


def test_nps_sorts_answers_into_promoters_passives_and_detractors() -> None:
    answers = [10, 9, 9, 8, 7, 6, 0]
    assert nps(answers) == nps_from_counts(3, 2, 2)


@settings(deadline=None)
@given(counts=answer_counts, method=nps_methods, confidence=st.floats(0.8, 0.999))
def test_nps_and_its_interval_stay_in_range(counts, method, confidence) -> None:
    found = nps_from_counts(*counts, confidence, method)
    assert -100 <= found.low <= found.score + 1e-9, f"found {found}"
    assert found.score - 1e-9 <= found.high <= 100, f"found {found}"


def test_an_adjusted_interval_is_never_empty() -> None:
    for counts in [(5, 0, 0), (0, 5, 0), (0, 0, 5)]:
        found = nps_from_counts(*counts, method="adjusted")
        assert found.high - found.low > 20, f"five like answers seem certain: {found}"


def test_the_adjusted_interval_covers_the_truth_in_small_samples() -> None:
    rng = np.random.default_rng(6)
    samples = rng.multinomial(15, [0.42, 0.40, 0.18], 4000)
    found = [nps_from_counts(*map(int, counts), method="adjusted") for counts in samples]
    covered = np.mean([interval.low <= 24 <= interval.high for interval in found])
    assert 0.935 <= covered <= 0.975, f"{covered:.1%} of the intervals hold the truth"


@pytest.mark.parametrize(("n", "too_few"), [(29, True), (30, False)])
def test_fewer_than_30_answers_are_flagged(n: int, too_few: bool) -> None:
    assert nps([10] * n).too_few is too_few


@settings(deadline=None)
@given(counts=answer_counts)
def test_the_variance_is_that_of_scores_of_plus_and_minus_one(counts) -> None:
    promoters, passives, detractors = counts
    marks = np.repeat([1, 0, -1], counts)
    n = promoters + passives + detractors
    assert nps_variance(promoters / n, detractors / n) == pytest.approx(marks.var(), abs=1e-9)


def test_the_sample_size_gives_the_margin_it_promises() -> None:
    n = nps_sample_size(0.5, 0.2, 4)
    wave = nps_from_counts(round(0.5 * n), round(0.3 * n), n - round(0.5 * n) - round(0.3 * n))
    assert wave.high - wave.score == pytest.approx(4, abs=0.01), f"the margin is {wave}"


# Other scores


def test_csat_counts_the_best_two_answers() -> None:
    found = csat([5, 4, 4, 3, 2, 1, 5, 5])
    assert (found.share, found.n) == (5 / 8, 8)
    assert csat([5, 4, 4, 3], boxes=1).share == 1 / 4
    assert csat([10, 9, 8, 1], best=10).share == 1 / 2


def test_effort_has_a_mean_and_a_share_of_easy() -> None:
    found = customer_effort([7, 6, 5, 4, 1])
    assert found.mean == pytest.approx(4.6)
    assert found.easy.share == pytest.approx(3 / 5)


@settings(deadline=None)
@given(means=st.tuples(*[st.floats(1, 10)] * 3))
def test_acsi_runs_from_0_to_100(means) -> None:
    assert -1e-9 <= acsi(*means) <= 100 + 1e-9
    assert acsi(1, 1, 1) == 0
    assert acsi(10, 10, 10) == pytest.approx(100)


# Many stores


def test_the_funnel_holds_as_many_equal_stores_as_it_says() -> None:
    rng = np.random.default_rng(7)
    sizes = rng.integers(20, 400, 20_000)
    shares = rng.binomial(sizes, 0.7) / sizes
    low, high = funnel_limits(0.7, np.sqrt(0.21), sizes, 0.95)
    inside = np.mean((low <= shares) & (shares <= high))
    assert inside == pytest.approx(0.95, abs=0.01), f"{inside:.1%} are inside"


def test_shrinking_batting_averages_brings_them_closer_to_the_rest_of_the_season() -> None:
    """The players of Efron & Morris (1975), 45 times at bat each."""
    first = BATTING_AT_FIRST
    shrunk = shrink(first, np.full(18, np.sqrt(first.mean() * (1 - first.mean()) / 45)))
    missed = ((shrunk.scores - BATTING_LATER) ** 2).sum()
    raw = ((first - BATTING_LATER) ** 2).sum()
    assert missed < raw / 3, f"shrunken averages miss by {missed}, raw ones by {raw}"


stores = st.lists(st.tuples(st.floats(-100, 100), st.floats(0.5, 30)), min_size=3, max_size=20).map(
    lambda rows: tuple(np.array(rows).T)
)


@settings(deadline=None)
@given(stores=stores)
def test_shrinkage_agrees_with_a_random_effects_meta_analysis(stores) -> None:
    scores, errors = stores
    shrunk = shrink(scores, errors)
    with np.errstate(all="ignore"):
        other = combine_effects(scores, errors**2, method_re="dl")
    assert shrunk.between_sd**2 == pytest.approx(max(other.tau2, 0), rel=1e-6, abs=1e-6)


@settings(deadline=None)
@given(stores=stores)
def test_no_score_moves_away_from_the_mean(stores) -> None:
    scores, errors = stores
    shrunk = shrink(scores, errors)
    assert (np.abs(shrunk.scores - shrunk.mean) <= np.abs(scores - shrunk.mean) + 1e-9).all()
    assert ((shrunk.weights >= 0) & (shrunk.weights <= 1)).all(), f"weights {shrunk.weights}"


def test_small_stores_are_trusted_less() -> None:
    shrunk = shrink([10, 50, 30, 10], [2, 2, 2, 20])
    assert shrunk.weights[3] < 0.5 < shrunk.weights[0], f"weights {shrunk.weights}"


# Refusals


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        pytest.param(lambda: nps([]), "at least 1", id="no answers"),
        pytest.param(lambda: nps([9, float("nan")]), "finite", id="gap"),
        pytest.param(lambda: nps([9, 11]), "between 0 and 10", id="eleven"),
        pytest.param(lambda: nps([9, 7.5]), "whole", id="half a point"),
        pytest.param(lambda: nps_from_counts(0, 0, 0), "at least 1", id="nobody counted"),
        pytest.param(lambda: nps_from_counts(-1, 2, 3), "promoters", id="negative count"),
        pytest.param(lambda: nps_from_counts(1, 2, 3, method="x"), "method", id="method"),
        pytest.param(lambda: nps_from_counts(1, 2, 3, 1.0), "confidence", id="certainty"),
        pytest.param(lambda: nps_variance(0.7, 0.4), "promoters", id="shares above 1"),
        pytest.param(lambda: nps_variance(float("nan"), 0.4), "promoters", id="share nan"),
        pytest.param(lambda: nps_sample_size(0.4, 0.2, 0), "margin", id="margin zero"),
        pytest.param(
            lambda: nps_sample_size_for_change(0.4, 0.2, -5), "change", id="change negative"
        ),
        pytest.param(
            lambda: nps_sample_size_for_change(0.4, 0.2, 5, power=1), "power", id="power certain"
        ),
        pytest.param(lambda: csat([1, 6]), "between 1 and 5", id="six of five"),
        pytest.param(lambda: csat([1, 5], boxes=5), "boxes", id="all boxes"),
        pytest.param(lambda: customer_effort([0, 7]), "between 1 and 7", id="effort zero"),
        pytest.param(lambda: acsi(0, 5, 5), "between 1 and 10", id="mean below the scale"),
        pytest.param(lambda: acsi(5, 5, 5, [0, 0, 0]), "weights", id="no weights"),
        pytest.param(lambda: funnel_limits(24, -1, [60]), "sd", id="sd negative"),
        pytest.param(lambda: funnel_limits(24, 70, [0]), "sizes", id="empty store"),
        pytest.param(lambda: shrink([1, 2], [1, 1]), "at least 3", id="two stores"),
        pytest.param(lambda: shrink([1, 2, 3], [1, 1, 0]), "above zero", id="no noise"),
        pytest.param(lambda: shrink([1, 2, 3], [1, 1]), "standard error", id="error missing"),
        pytest.param(lambda: shrink([1, 2, 3], [1, 1, -1]), "standard_errors", id="negative error"),
    ],
)
def test_impossible_inputs_are_refused(ask, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        ask()
