"""What lesson 05 promises its readers in words holds in its labs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cxlib.charts.svg import to_svg
from cxlib.labs import waiting as labs
from cxlib.labs.waiting.lines import LINES
from cxlib.labs.waiting.own_sheet import TOLD_FACTOR
from cxlib.learning.fields import Taken, Upload
from cxlib.learning.lab import Lab
from cxlib.learning.profile import Profile, templates
from cxlib.learning.view import View
from cxlib.models.patience import kaplan_meier
from cxlib.own_tables import WAITS
from cxlib.templates import template_csv
from cxlib.text import Problem

SHIPPED = "shipped D4 data, KM also by hand below [C]"


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


def _number(written: str) -> float:
    return float(re.findall(r"[\d.]+", written.replace(",", ""))[0])


def _row(view: View, name: str) -> list[str]:
    return next([cell.en for cell in row] for row in view.table.rows if row[0].en == name)


class TestFiveLines:
    def test_ticket_line_loses_a_quarter_by_23_9_and_keeps_a_quarter_beyond_66_3(self) -> None:
        row = _row(labs.five_lines(), "Concert tickets")
        assert (row[1], row[3]) == ("23.9\xa0min", "66.3\xa0min")

    def test_author_left_the_doctor_later_than_most(self) -> None:
        row = _row(_preset(labs.five_lines, "author"), "Doctor's office")
        assert row[4:] == ["45\xa0min", "72%"]

    def test_same_person_has_limits_six_times_apart(self) -> None:
        assert "6 times apart" in labs.five_lines().finding.en

    @pytest.mark.parametrize(
        ("name", "said"), [("hurried", "You are in a hurry"), ("calm", "all the time")]
    )
    def test_mood_makes_another_customer(self, name: str, said: str) -> None:
        assert said in _preset(labs.five_lines, name).finding.en

    def test_longer_limits_see_more_people_leave(self) -> None:
        shares = [
            _number(_row(labs.five_lines(phong_kham=limit), "Doctor's office")[5])
            for limit in (10, 30, 50, 90)
        ]
        assert shares == sorted(shares)
        assert shares[0] < shares[-1]


class TestWhoStayed:
    @pytest.mark.parametrize(
        ("line", "leavers", "everyone"),
        [
            pytest.param("quay_thanh_toan", "6.1", "8", id=f"checkout {SHIPPED}"),
            pytest.param("ve_su_kien", "23.1", "43.8", id=f"tickets {SHIPPED}"),
            pytest.param("ban_nha_hang", "14.9", "19.4", id=f"restaurant {SHIPPED}"),
            pytest.param("thu_tuc_hanh_chinh", "38.7", "60.7", id=f"office {SHIPPED}"),
            pytest.param("phong_kham", "27.2", "34.6", id=f"clinic {SHIPPED}"),
        ],
    )
    def test_average_of_leavers_is_too_short(self, line: str, leavers: str, everyone: str) -> None:
        view = labs.who_stayed(line=line)
        assert _shown(view, "Median of leavers") == f"{leavers}\xa0min"
        assert _shown(view, "Median of everyone") == f"{everyone}\xa0min"

    def test_median_of_the_checkout_by_hand(self) -> None:
        from cxlib.data import load

        people = load("kien_nhan").query("situation == 'quay_thanh_toan'")
        steps = people.groupby("wait_min")["left"].agg(["sum", "size"])
        there = len(people) - steps["size"].cumsum().shift(fill_value=0)
        staying = (1 - steps["sum"] / there).cumprod()
        assert staying[staying <= 0.5].index[0] == 8.0

    def test_faster_service_makes_leavers_look_less_patient(self) -> None:
        medians = [
            _number(_shown(labs.who_stayed(fewer=fewer), "Median of leavers"))
            for fewer in (0.0, 0.3, 0.6, 0.9)
        ]
        assert medians == sorted(medians, reverse=True)
        assert medians[-1] < 0.5 * medians[0]

    def test_everyones_curve_stays_where_it_was(self) -> None:
        from cxlib.labs.waiting.lines import observed

        before, now = observed("quay_thanh_toan"), observed("quay_thanh_toan")
        now = now.with_fewer_leavers(0.6)
        times = [1.0, 2.5, 4.0, float(now.waits.max())]
        assert now.curve.staying(times) == pytest.approx(before.curve.staying(times))

    def test_class_of_ten_has_a_curve_of_its_own(self) -> None:
        view = _preset(labs.who_stayed, "classroom")
        assert _shown(view, "Median of the class (10)") == "10\xa0min"
        assert "the class" in to_svg(view.chart("en"), "")
        assert view.warnings == ()

    @pytest.mark.parametrize("typed", ["ten or so", "0 0", "9999"])
    def test_class_that_cannot_be_read_is_told(self, typed: str) -> None:
        (warning,) = labs.who_stayed(limits=typed).warnings
        assert "5 10 10 15" in warning.vi

    def test_telling_is_measured_from_20_to_92_per_cent(self) -> None:
        more = [
            re.findall(r"(\d+)% more", labs.told_or_not(line=line).finding.en) for line in LINES
        ]
        found = sorted(int(share) for (share,) in more)
        assert (found[0], found[-1]) == (20, 92)


class TestHotline:
    @pytest.mark.parametrize(
        ("agents", "share", "wait"),
        [
            pytest.param(13, "79.6%", "17.1\xa0s", id="NB05 lab B, 13 agents [C]"),
            pytest.param(14, "88.8%", "7.8\xa0s", id="O44 pyworkforce docs, 14 agents [V]"),
            pytest.param(11, "39.0%", "123\xa0s", id="11 agents, Erlang C [D]"),
        ],
    )
    def test_one_more_agent(self, agents: int, share: str, wait: str) -> None:
        view = labs.one_more_agent(agents=agents)
        assert _shown(view, "Answered within 20 s") == share
        assert _shown(view, "Average wait") == wait

    def test_finding_says_what_the_fourteenth_agent_brings(self) -> None:
        shares = re.findall(r"[\d.]+%", labs.one_more_agent().finding.en)
        assert shares == ["79.6%", "88.8%"]

    def test_eleven_agents_are_busy_91_per_cent(self) -> None:
        assert _shown(_preset(labs.one_more_agent, "busy"), "Occupancy") == "91%"

    def test_twice_the_calls_take_24_agents_not_28(self) -> None:
        assert _number(_shown(_preset(labs.one_more_agent, "doubled"), "Answered within 20 s")) > 80
        fewer = labs.one_more_agent(agents=23, calls=200)
        assert _number(_shown(fewer, "Answered within 20 s")) < 80

    def test_overload_is_said_with_what_it_takes(self) -> None:
        view = labs.one_more_agent(agents=10)
        assert "It takes at least 11" in view.finding.en
        assert _shown(view, "Average wait") == "endless"

    def test_plenty_of_agents_is_said(self) -> None:
        assert "nobody would notice" in labs.one_more_agent(agents=40).finding.en

    def test_20_8_seconds_by_erlang_c_are_3_7_by_erlang_a(self) -> None:
        view = _preset(labs.impatient, "book")
        assert _shown(view, "Wait by Erlang C") == "20.8\xa0s", "O46 Garnett 2002 Table 1 [M]"
        assert _shown(view, "Wait by Erlang A") == "3.7\xa0s", "NB05 lab B [C]"

    def test_short_wait_of_an_overloaded_hotline_is_paid_with_customers(self) -> None:
        view = _preset(labs.impatient, "overload")
        assert _shown(view, "Wait by Erlang C") == "endless"
        assert _number(_shown(view, "Customers who hang up")) > 5


class TestDay:
    def test_peak_team_is_never_short_and_idle_29_per_cent(self) -> None:
        view = _preset(labs.day_of_calls, "peak")
        assert _shown(view, "Half-hours short of staff") == "0"
        assert _shown(view, "Hours paid but idle") == "29%"

    def test_average_team_is_short_when_70_per_cent_call(self) -> None:
        view = _preset(labs.day_of_calls, "mean")
        assert view.finding.en.startswith("122 agents: 15 of 28 half-hours are short")
        assert _shown(view, "Calls that meet too few agents") == "70%"

    def test_every_half_hour_of_the_real_day_is_there(self) -> None:
        rows = labs.day_of_calls().table.rows
        assert [rows[0][0].en, rows[-1][0].en, len(rows)] == ["7:00", "20:30", 28]

    def test_smallest_team_is_always_short(self) -> None:
        assert "too few in every half-hour" in labs.day_of_calls(flat=40).finding.en


class TestFeltWait:
    def test_95_per_cent_in_eight_parts_make_24_3_minutes_of_ten(self) -> None:
        assert _shown(labs.felt_wait(), "It feels like") == "24.3\xa0min"

    def test_three_sentences_beat_20_per_cent_of_speed(self) -> None:
        words, faster = (_preset(labs.felt_wait, name) for name in ("words", "faster"))
        assert _shown(words, "As good as serving faster by") == "31%"
        assert _number(_shown(words, "It feels like")) < _number(_shown(faster, "It feels like"))

    def test_with_all_eight_the_clock_is_what_is_felt(self) -> None:
        assert _shown(_preset(labs.felt_wait, "all"), "It feels like") == "10\xa0min"


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "guess", "shown"),
        [
            (labs.half_will_wait, 6.0, "the outcome is 8 "),
            (labs.wait_with_eleven, 20.0, "the outcome is 123 "),
            (labs.paid_but_idle, 0.1, "the outcome is 29%"),
            (labs.felt_minutes, 19.5, "the outcome is 24.3 "),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_told_after_a_guess(self, prediction: Any, guess: float, shown: str) -> None:
        assert shown in prediction.comparison(guess).en

    def test_order_is_the_order_of_the_medians_shown(self) -> None:
        rows = sorted(labs.five_lines().table.rows, key=lambda row: _number(row[2].en))
        assert [LINES[line] for line in labs.order_of_patience.answer()] == [row[0] for row in rows]

    @pytest.mark.parametrize(
        ("lab", "guess"),
        [
            (labs.five_lines, tuple(LINES)),
            (labs.who_stayed, 12.0),
            (labs.one_more_agent, 30.0),
            (labs.day_of_calls, 0.15),
            (labs.felt_wait, 19.5),
        ],
        ids=lambda value: getattr(value, "key", ""),
    )
    def test_prediction_is_drawn_over_the_result(self, lab: Lab, guess: Any) -> None:
        with_guess, without = (to_svg(lab(guess=given).chart("vi"), "") for given in (guess, None))
        assert "bạn đoán" in with_guess
        assert "bạn đoán" not in without


class TestOwnSheet:
    def test_an_nhien_needs_six_at_busy_hours(self) -> None:
        view = labs.own_waiting()
        assert _shown(view, "On duty at once for 31.3 customers per half-hour") == "6"
        assert _shown(view, "On the roster, leave included") == "9", "6 / 0.7, rounded up"
        assert re.findall(r"₫([\d.]+)", view.finding.en) == ["701", "85.7"]

    def test_telling_the_wait_lowers_the_loss(self) -> None:
        told = _preset(labs.own_waiting, "tell")
        assert re.findall(r"₫([\d.]+)", told.finding.en) == ["701", "73.7"]
        assert TOLD_FACTOR == 1.35, "planted in the simulated lines, D4 [C]"

    def test_cheapest_team_is_not_the_smallest_shown(self) -> None:
        view = labs.own_waiting()
        totals = {row[0].en: row[4].en for row in view.table.rows}
        assert "★ cheapest: 5 agents" in to_svg(view.chart("en"), "")
        assert [totals[count] for count in "3456"] == [
            "₫1.04\xa0billion",
            "₫849\xa0million",
            "₫775\xa0million",
            "₫787\xa0million",
        ]

    def test_starts_from_the_profile(self) -> None:
        figures = templates()["bank"]
        profile = Profile(name="", industry="bank", unit="billion", **figures)
        assert labs.own_waiting.from_profile is not None
        start = labs.own_waiting.from_profile(profile)
        assert start == {"contacts": 1_200_000, "lost": 75_000}

    @pytest.mark.parametrize("industry", sorted(templates()))
    def test_every_industry_can_be_staffed(self, industry: str) -> None:
        profile = Profile(name="", industry=industry, unit="billion", **templates()[industry])
        assert labs.own_waiting.from_profile is not None
        start = labs.own_waiting.from_profile(profile)
        view = labs.own_waiting(**start)
        assert _number(view.key_figures[0].value.en) >= 1
        assert _number(view.finding.en.split("takes")[1]) == _number(view.key_figures[0].value.en)


class TestOwnWaits:
    HEADS = template_csv(WAITS, "en").decode("utf-8-sig").splitlines()[0]

    def _sent(self, *rows: str) -> Taken:
        upload = labs.own_waiting.fields["file"]
        assert isinstance(upload, Upload)
        mark = ";" if ";" in self.HEADS else ","
        lines = [self.HEADS, *(row.replace(",", mark) for row in rows)]
        return upload.take("waits.csv", "\n".join(lines).encode(), "en")

    def test_patience_counts_everybody(self) -> None:
        taken = self._sent("desk,2,1", "desk,4,0", "desk,6,0", "desk,8,1")
        assert taken.values == {"patience": pytest.approx(20 / 2)}
        assert taken.sound

    def test_median_of_each_line_is_told(self) -> None:
        told = self._sent("desk,2,1", "desk,4,0", "desk,6,1", "desk,8,1").told
        median = kaplan_meier([2, 4, 6, 8], [1, 0, 1, 1]).median
        assert f"desk: 4 customers, 3 left; half of them wait more than {median:g}\xa0min" in told

    def test_file_in_which_nobody_left_says_what_to_do(self) -> None:
        with pytest.raises(Problem, match="Record those who gave up") as caught:
            self._sent("desk,2,0", "desk,4,0")
        assert "chưa có ai bỏ về" in caught.value.message.vi

    def test_patience_stays_within_its_box(self) -> None:
        field = labs.own_waiting.fields["patience"]
        for rows in (["desk,0,1", "desk,0,1"], ["desk,9999,1", "desk,9999,0"]):
            assert field.read(self._sent(*rows).values["patience"], "en")
