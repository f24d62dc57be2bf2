"""From feeling to mark, and from all customers to those who answer."""

from __future__ import annotations

import numpy as np
import pytest

from cxlib.models.answering import Crowd, answering_shares, ask_complaints_first, simulate_answers

CROWD = Crowd(delighted=0.5, upset=0.2, ease=7.0)
GROUPS = [0.42, 0.40, 0.18]


def test_marks_stay_on_their_scales() -> None:
    given = simulate_answers(np.random.default_rng(1), CROWD, 5_000, reserve=2.0)
    scales = {"recommend": (0, 10), "satisfied": (1, 5), "easy": (1, 7), "overall": (1, 10)}
    for question, (low, high) in scales.items():
        marks = given[question]
        assert marks.between(low, high).all()
        assert (marks == marks.round()).all()


def test_feelings_of_the_crowd_come_out() -> None:
    only_delighted, only_upset = (
        simulate_answers(np.random.default_rng(1), crowd, 1_000)["recommend"]
        for crowd in (Crowd(1.0, 0.0, 7.0), Crowd(0.0, 1.0, 7.0))
    )
    assert only_delighted.mean() == pytest.approx(9.3, abs=0.1)
    assert only_upset.mean() == pytest.approx(4.3, abs=0.1)


def test_reserve_lowers_each_mark_by_its_share_of_the_scale() -> None:
    frank, reserved = (
        simulate_answers(np.random.default_rng(1), Crowd(0.0, 0.0, 6.0), 4_000, reserve)
        for reserve in (0.0, 1.0)
    )
    fall = frank.mean() - reserved.mean()
    assert fall["recommend"] == pytest.approx(1.0, abs=0.02)
    assert fall["overall"] == pytest.approx(0.9, abs=0.02)
    assert fall["easy"] == pytest.approx(0.6, abs=0.02)


@pytest.mark.parametrize(
    ("crowd", "answers", "reserve", "said"),
    [
        pytest.param(Crowd(0.7, 0.4, 7.0), 10, 0.0, "shares", id="more than everybody"),
        pytest.param(Crowd(-0.1, 0.4, 7.0), 10, 0.0, "shares", id="a negative share"),
        pytest.param(CROWD, 0, 0.0, "answers", id="no answers"),
        pytest.param(CROWD, 10, 11.0, "reserve", id="a reserve beyond the scale"),
    ],
)
def test_impossible_surveys_are_refused(
    crowd: Crowd, answers: int, reserve: float, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        simulate_answers(np.random.default_rng(1), crowd, answers, reserve)


def test_equal_rates_leave_the_shares_as_they_are() -> None:
    assert answering_shares(GROUPS, [0.06] * 3) == pytest.approx(GROUPS)


def test_shares_of_those_who_answer_follow_the_definition() -> None:
    shares = answering_shares(GROUPS, [0.05, 0.03, 0.15])
    assert shares == pytest.approx([0.021 / 0.06, 0.012 / 0.06, 0.027 / 0.06])
    assert 100 * (shares[0] - shares[2]) == pytest.approx(-10)


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        pytest.param([0.0, 0.0, 0.0], "somebody must answer", id="nobody answers"),
        pytest.param([0.1, 0.1], "groups must have 2 values", id="a group without rate"),
        pytest.param([0.1, 0.1, 1.2], "response_rates", id="more than all answer"),
    ],
)
def test_impossible_rates_are_refused(rates: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        answering_shares(GROUPS, rates)


def test_complaints_first_moves_a_part_one_group_down() -> None:
    assert ask_complaints_first(GROUPS, 0.0) == pytest.approx(GROUPS)
    assert ask_complaints_first(GROUPS, 1.0) == pytest.approx([0.0, 0.42, 0.58])
    moved = ask_complaints_first(GROUPS, 0.12)
    assert moved.sum() == pytest.approx(1.0)
    assert moved[0] == pytest.approx(0.42 * 0.88)
