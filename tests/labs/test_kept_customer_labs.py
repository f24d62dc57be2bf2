"""What lesson 08 promises its readers in words holds in its labs."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cxlib.charts.lifetime import spread
from cxlib.charts.svg import to_svg
from cxlib.data import load
from cxlib.labs import kept_customer as labs
from cxlib.labs.kept_customer.own_sheet import borrowed, by_year
from cxlib.labs.kept_customer.silence import histories
from cxlib.learning.fields import Upload
from cxlib.learning.lab import Lab
from cxlib.learning.profile import Profile, examples
from cxlib.learning.view import View
from cxlib.text import LANGS, Problem

TABLE = "O7 margin-multiple table, Gupta & Lehmann [M/V]"
READINGS = "O18 the two readings of 5 % [D]"
TRENDS = "O3/O4 Fader & Hardie 2007, year-12 errors [V]"
POINTS = "O17 one and three points at An Nhien [D]"


def _preset(lab: Lab, name: str) -> View:
    return lab(**lab.presets[name].values)


def _shown(view: View, label: str) -> str:
    """The English value of the key figure with this English label."""
    return next(item.value.en for item in view.key_figures if item.label.en == label)


def _percentages(view: View) -> list[str]:
    return re.findall(r"[+−]?[\d.]+%", view.finding.en)


class TestOneCustomer:
    def test_ten_years_shrink_to_four_and_a_half(self) -> None:
        view = labs.one_customer()
        assert re.findall(r"([\d.]+)\xa0years", view.finding.en) == ["10", "4.5"]
        assert _shown(view, "Multiple") == "4.50"
        assert _shown(view, "Lifetime value") == "₫2.7\xa0million"

    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            pytest.param(0, ["60%", "1.20", "1.15", "1.11", "1.07"], id=f"r .6 {TABLE}"),
            pytest.param(1, ["70%", "1.75", "1.67", "1.59", "1.52"], id=f"r .7 {TABLE}"),
            pytest.param(2, ["80%", "2.67", "2.50", "2.35", "2.22"], id=f"r .8 {TABLE}"),
            pytest.param(3, ["90%", "4.50", "4.09", "3.75", "3.46"], id=f"r .9 {TABLE}"),
        ],
    )
    def test_table_is_the_published_one(self, row: int, expected: list[str]) -> None:
        assert [cell.en for cell in labs.one_customer().table.rows[row]] == expected

    def test_revenue_by_mistake_is_more_than_three_times_too_much(self) -> None:
        assert _shown(labs.one_customer(), "If revenue is taken by mistake") == "₫9\xa0million"

    def test_last_points_are_worth_most(self) -> None:
        assert re.findall(r"\d\.\d\d", labs.multiples().finding.en) == ["0.51", "1.59"]


class TestFivePerCent:
    def test_two_readings_of_the_case_often_quoted(self) -> None:
        """O18: .90 → .95 gives 40.7 %, 5 % fewer leavers 3.1 % [D]."""
        assert _percentages(labs.five_per_cent()) == ["5%", "40.7%", "5%", "3.1%"], READINGS

    def test_in_retail_no_reading_reaches_the_claim(self) -> None:
        _, more, _, fewer = (
            float(p[:-1]) for p in _percentages(_preset(labs.five_per_cent, "retail"))
        )
        assert fewer < more < 25

    def test_fewer_leavers_move_retention_to_90_5(self) -> None:
        assert _shown(labs.five_per_cent(), "Read as leavers: retention") == "90.50%"


class TestAverages:
    def test_retention_rises_from_74_to_87_6_though_nobody_changes(self) -> None:
        assert _percentages(labs.nobody_changes()) == ["74.0%", "87.6%"]

    def test_average_undervalues_customers(self) -> None:
        view = labs.nobody_changes()
        assert _shown(view, "Value by the first-year average") == "1.95\xa0years"
        assert _shown(view, "True value") == "2.78\xa0years"

    def test_where_all_are_alike_retention_stands_still(self) -> None:
        assert "stays at 75.0%" in _preset(labs.nobody_changes, "alike").finding.en

    def test_easy_leavers_vanish_first(self) -> None:
        easy, hard = (
            [float(row[column].en.replace(",", "")) for row in labs.nobody_changes().table.rows]
            for column in (1, 2)
        )
        assert easy[0] / hard[0] > 10 * easy[5] / hard[5]

    def test_cohorts_compared_at_the_same_age(self) -> None:
        assert _percentages(labs.same_age()) == ["82.6%", "77.3%"]

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            pytest.param({}, ["−81%", "+92%", "−30%", "−4%"], id=f"high end {TRENDS}"),
            pytest.param(
                {"cohort": "regular"}, ["−293%", "+576%", "−54%", "−2%"], id=f"regular {TRENDS}"
            ),
        ],
    )
    def test_errors_of_the_forecasts(self, values: dict[str, str], expected: list[str]) -> None:
        assert _percentages(labs.draw_the_curve(**values)) == expected

    @pytest.mark.parametrize("known", range(4, 11))
    @pytest.mark.parametrize("cohort", ["high_end", "regular"])
    def test_sbg_is_the_nearest_however_much_is_known(self, cohort: str, known: int) -> None:
        view = labs.draw_the_curve(cohort=cohort, known=known)
        assert [item.label.en for item in view.key_figures if item.tone == "good"] == ["sBG model"]

    def test_curve_drawn_by_the_learner_belongs_to_the_high_end_only(self) -> None:
        guess = np.full(5, 0.3)
        drawn = [
            "bạn đoán" in to_svg(labs.draw_the_curve(cohort=cohort, guess=guess).chart("vi"), "")
            for cohort in ("high_end", "regular")
        ]
        assert drawn == [True, False]


class TestSilence:
    def test_heavy_buyer_gone_silent_is_likelier_lost(self) -> None:
        view = labs.still_a_customer()
        assert _shown(view, "An is still a customer") == "15%"
        assert _shown(view, "Binh is still a customer") == "72%"

    def test_after_a_week_the_heavy_buyer_is_the_safer_one(self) -> None:
        assert "still the safer one" in _preset(labs.still_a_customer, "just_here").finding.en

    def test_overtaking_week_told_to_the_trainer(self) -> None:
        safer = [
            "still the safer one" in labs.still_a_customer(silent=week).finding.en
            for week in range(1, 13)
        ]
        assert safer == [True] * sum(safer) + [False] * (12 - sum(safer))
        assert 0 < sum(safer) < 12

    def test_real_music_buyers_behave_alike(self) -> None:
        view = _preset(labs.still_a_customer, "music")
        an, binh = (
            int(_shown(view, f"{name} is still a customer")[:-1]) for name in ("An", "Binh")
        )
        assert an < binh

    def test_purchases_typed_with_decimals_are_rounded(self) -> None:
        assert labs.still_a_customer(heavy=19.6).finding == labs.still_a_customer().finding

    def test_half_a_year_later(self) -> None:
        assert re.findall(r"\d,\d{3}", labs.half_year().finding.en) == ["5,444", "2,818", "2,840"]

    def test_purchases_of_one_day_count_as_one(self) -> None:
        table = pd.DataFrame({"customer": ["a", "a", "a", "b"], "week": [0.0, 2.0, 2.0, 1.0]})
        found = histories(table, 4.0)
        assert found.loc["a"].tolist() == [1, 2.0, 4.0]
        assert found.loc["b"].tolist() == [0, 0.0, 3.0]


class TestBenefits:
    def test_all_eight_are_2_2_times_the_true_sum(self) -> None:
        view = labs.ten_benefits()
        assert "2.2 times the true sum" in view.finding.en
        (warning,) = view.warnings
        assert warning.en.startswith("Red light: B5 already holds B1, B2, B3, B7.")

    @pytest.mark.parametrize("name", ["yearly", "lifetime"])
    def test_either_way_of_telling_is_clean(self, name: str) -> None:
        view = _preset(labs.ten_benefits, name)
        assert view.warnings == ()
        assert "no dong is counted twice" in view.finding.en

    def test_two_ways_of_telling_differ(self) -> None:
        sums = [_shown(_preset(labs.ten_benefits, n), "True sum") for n in ("yearly", "lifetime")]
        assert sums == ["₫6.33\xa0billion", "₫9.02\xa0billion"]

    @pytest.mark.parametrize("part", ["B1", "B2", "B3", "B7"])
    def test_one_part_beside_lifetime_value_lights_the_lamp(self, part: str) -> None:
        assert labs.ten_benefits(counted=("B5", part)).warnings
        assert not labs.ten_benefits(counted=("B5", "B8")).warnings

    def test_values_do_not_move_the_sum(self) -> None:
        without = labs.ten_benefits(counted=("B1", "B8"))
        with_values = labs.ten_benefits(counted=("B1", "B8", "B9", "B10"))
        assert _shown(without, "True sum") == _shown(with_values, "True sum")
        assert _shown(with_values, "Stated in words, not added") == "B9, B10"

    def test_values_alone_are_no_money(self) -> None:
        assert "No money" in _preset(labs.ten_benefits, "values").finding.en


class TestPredictions:
    @pytest.mark.parametrize(
        ("prediction", "shown"),
        [
            (labs.worth_in_years, "4.5"),
            (labs.fewer_leavers, "3.1%"),
            (labs.fifth_year, "88%"),
            (labs.likelier_customer, "Binh"),
            (labs.counted_twice, "2.2"),
        ],
        ids=lambda value: getattr(value, "key", None),
    )
    def test_outcome_told_after_a_guess(self, prediction: Any, shown: str) -> None:
        guess = prediction.question.ends()[0]
        assert f"outcome is {shown}" in prediction.comparison(guess).en or (
            f"Outcome with the first values: {shown}" in prediction.comparison(guess).en
        )

    def test_curve_to_be_drawn_is_the_real_one(self) -> None:
        cohort = load("sbg_cohorts").query("cohort == 'high_end' and year >= 8")
        assert labs.draw_on.answer().tolist() == (cohort["customers"] / 1000).tolist()

    def test_likelier_customer_is_what_the_lab_shows(self) -> None:
        an, binh = (float(item.value.en[:-1]) for item in labs.still_a_customer().key_figures[:2])
        assert labs.likelier_customer.answer() == ("light" if an < binh else "heavy")

    @pytest.mark.parametrize(
        ("lab", "guess"),
        [
            (labs.one_customer, 10.0),
            (labs.five_per_cent, 0.3),
            (labs.nobody_changes, 0.74),
            (labs.draw_the_curve, np.full(5, 0.3)),
            (labs.still_a_customer, "heavy"),
            (labs.ten_benefits, 1.5),
        ],
        ids=lambda value: getattr(value, "key", ""),
    )
    def test_prediction_is_drawn_over_the_result(self, lab: Lab, guess: Any) -> None:
        with_guess, without = (to_svg(lab(guess=given).chart("vi"), "") for given in (guess, None))
        assert "bạn đoán" in with_guess
        assert "bạn đoán" not in without


class TestOwnSheet:
    def test_one_point_at_an_nhien(self) -> None:
        """O17: 50,000 × ₫600,000 × (multiple at .71 − multiple at .70) = ₫1.95 billion [D]."""
        view = _preset(labs.own_value, "an_nhien")
        assert _shown(view, "Worth of 1\xa0pp of retention") == "₫1.95\xa0billion", POINTS

    def test_three_points_at_an_nhien(self) -> None:
        view = labs.own_value(rise=0.03)
        assert _shown(view, "Worth of 3\xa0pp of retention") == "₫6.15\xa0billion", POINTS

    def test_new_and_old_customers_are_worth_the_same_where_they_stay_alike(self) -> None:
        (_, old, *_), (_, new, *_) = labs.own_value(first=0.8, later=0.8).table.rows
        assert old == new

    def test_margin_of_all_revenue_is_questioned(self) -> None:
        (warning,) = labs.own_value(margin=1.0).warnings
        assert "nearly all of revenue" in warning.en

    def test_retention_cannot_pass_100_per_cent(self) -> None:
        (warning,) = labs.own_value(later=0.99, rise=0.05).warnings
        assert "cannot pass 100%" in warning.en


SHEET = {name: item.default for name, item in labs.own_value.fields.items()}


class TestSheetByYear:
    def test_year_is_left_alone(self) -> None:
        known = by_year(SHEET)
        assert (known.number, known.margin) == (50_000, 600_000)
        assert (known.retention, known.rise) == pytest.approx((0.70, 0.01))

    def test_twelve_months_make_a_year(self) -> None:
        known = by_year({**SHEET, "period": "month", "later": 0.95, "rise": 0.01})
        assert known.retention == pytest.approx(0.95**12, abs=1e-6)
        assert known.retention + known.rise == pytest.approx(0.96**12, abs=2e-6)

    def test_rise_stops_short_of_keeping_everybody(self) -> None:
        known = by_year({**SHEET, "later": 0.98, "rise": 0.05})
        assert known.retention + known.rise < 1

    @pytest.mark.parametrize("name", [None, *labs.own_value.presets])
    def test_examples_are_borrowed_whatever_is_supposed(self, name: str | None) -> None:
        example = labs.own_value.presets[name].values if name else {}
        assert borrowed({**SHEET, **example, "rise": 0.03})

    @pytest.mark.parametrize("profile", list(examples()), ids=lambda profile: profile.industry)
    def test_industrys_figures_are_borrowed(self, profile: Profile) -> None:
        assert borrowed({**SHEET, **labs.own_value.start({}, profile)})

    @pytest.mark.parametrize("name", ["customers", "revenue", "later"])
    def test_one_figure_of_her_own_makes_the_sheet_hers(self, name: str) -> None:
        assert not borrowed({**SHEET, name: SHEET[name] * 1.01})


def _send(content: str, lang: Any = "vi") -> Any:
    upload = labs.own_value.fields["file"]
    assert isinstance(upload, Upload)
    return upload.take("mine.csv", content.encode(), lang)


def _cohort_file(rows: list[tuple[str, int, int]]) -> str:
    body = "\n".join(",".join(map(str, row)) for row in rows)
    return f"Nhóm,Kỳ thứ mấy,Số khách còn lại\n{body}\n"


class TestOwnFile:
    @pytest.mark.parametrize("lang", LANGS)
    def test_cohorts_split_the_average(self, lang: Any) -> None:
        plans = load("goi_cuoc").query("cohort in (1, 2)")
        rows = plans[["cohort", "age_months", "customers"]].itertuples(index=False)
        taken = _send(_cohort_file([tuple(row) for row in rows]), lang)
        assert taken.sound
        assert taken.values["first"] == pytest.approx(0.777, abs=0.001)
        assert taken.values["later"] == pytest.approx(0.90, abs=0.02)
        assert "sBG" in taken.told

    def test_cohort_where_retention_does_not_rise_is_used_without_the_model(self) -> None:
        left = [("A", period, count) for period, count in enumerate((1000, 950, 880, 780, 650))]
        taken = _send(_cohort_file(left))
        assert taken.values == {"first": 0.95, "later": pytest.approx(2310 / 2610, abs=1e-4)}
        assert "Chưa khớp được mô hình sBG" in taken.told

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ([("A", 0, 100), ("A", 1, 110), ("A", 2, 90)], "grows with time"),
            ([("A", 0, 100), ("A", 0, 90), ("A", 1, 80), ("A", 2, 70)], "one row only"),
            ([("A", 0, 100), ("A", 1, 90)], "three periods in a row"),
        ],
        ids=["growing", "repeated", "short"],
    )
    def test_cohorts_that_cannot_be_used(self, rows: list[Any], said: str) -> None:
        with pytest.raises(Problem, match=said):
            _send(_cohort_file(rows))

    def test_faulty_rows_are_told_before_anything_else(self) -> None:
        taken = _send("Nhóm,Kỳ thứ mấy,Số khách còn lại\nA,0,100\nA,1,-90\nA,hai,80\n")
        assert not taken.sound
        assert taken.values == {}
        assert taken.told.count("<li>Dòng") == 2

    def test_purchases_tell_who_is_still_a_customer(self) -> None:
        coffee = load("giao_dich_ca_phe")
        body = coffee.assign(date=coffee["date"].dt.strftime("%d/%m/%Y"))
        rows = body[["customer_id", "date", "amount_vnd"]].to_csv(index=False, header=False)
        taken = _send(f"Mã khách hàng,Ngày mua,Số tiền\n{rows}")
        assert taken.sound
        assert 500 < taken.values["customers"] < coffee["customer_id"].nunique()
        assert taken.values["revenue"] > 100_000

    def test_purchases_without_repeats_say_what_is_missing(self) -> None:
        body = "\n".join(f"K{n},{n:02}/03/2025,50000" for n in range(1, 20))
        with pytest.raises(Problem, match="at least a year of purchases"):
            _send(f"Mã khách hàng,Ngày mua,Số tiền\n{body}\n")


@pytest.mark.parametrize(
    ("heights", "lowest"),
    [([1.0, 1.0, 1.0], -np.inf), ([0.0, 0.2, 5.0], 0.0), ([3.0, 1.0, 2.9], 0.0)],
)
def test_labels_keep_their_gap_and_their_order(heights: list[float], lowest: float) -> None:
    placed = spread(heights, gap=0.5, lowest=lowest)
    assert min(placed) >= lowest
    assert np.diff(sorted(placed)).min() > 0.499
    assert np.argsort(placed, kind="stable").tolist() == np.argsort(heights, kind="stable").tolist()
