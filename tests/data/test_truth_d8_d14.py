"""What was planted in sets D8–D14 is found by the lesson's method and missed by the naive one."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import numpy as np
import pandas as pd
import pytest

from cxlib.data import load
from cxlib.models.cashflow import present_value
from cxlib.models.engagement import cronbach_alpha
from cxlib.models.evidence import did_regression
from cxlib.models.expectation import audit_promises
from cxlib.models.portfolio import Portfolio, best_portfolio, cheapest_first, worst_first
from cxlib.models.programme import cost_flows, investment_case_npv
from cxlib.models.scores import funnel_limits, nps, nps_variance, shrink
from cxlib.models.uncertainty import Pert, monte_carlo
from cxlib.parse import fold
from datasets.generators import (
    chuong_trinh_cx,
    diem_cham_chi_phi,
    gop_y,
    khao_sat_nhan_vien,
    nps_song,
    so_loi_hua,
    thi_diem,
)

# D8 chuong_trinh_cx (lesson 9): what a programme costs in all


def costs_by_code() -> pd.DataFrame:
    plan = load("chuong_trinh_cx")
    return plan.groupby("code", observed=True)[["one_off_vnd", "recurring_vnd"]].sum()


def test_d8_monthly_payments_add_up_to_the_retail_template() -> None:
    retail = load("cost_templates").query("industry == 'retail'").set_index("code")
    found = costs_by_code()
    assert found["one_off_vnd"].to_dict() == retail["one_off_vnd"].to_dict()
    assert found["recurring_vnd"].to_dict() == (3 * retail["yearly_vnd"]).to_dict()
    assert found.sum().to_dict() == {"one_off_vnd": 3_000_000_000, "recurring_vnd": 3_600_000_000}


def test_d8_every_year_takes_its_own_yearly_amount() -> None:
    plan = load("chuong_trinh_cx")
    by_year = plan.groupby([plan["month"].dt.year, "code"], observed=True)["recurring_vnd"].sum()
    for year, amounts in by_year.unstack("code").iterrows():
        assert amounts.to_dict() == chuong_trinh_cx.TRUTH["yearly_vnd"], f"year {year} differs"


def test_d8_eight_lines_show_the_largest_cost_and_the_total() -> None:
    truth = chuong_trinh_cx.TRUTH
    flows = cost_flows(truth["one_off_vnd"], truth["yearly_vnd"], years=3)
    found = costs_by_code().sum(axis=1)
    assert found.to_dict() == flows.sum(axis=1).to_dict(), "the yearly plan differs"
    assert found.idxmax() == truth["largest"]
    assert found.sum() == truth["total_vnd"]


def test_d8_the_first_quarter_misleads() -> None:
    plan = load("chuong_trinh_cx")
    plan["paid"] = plan["one_off_vnd"] + plan["recurring_vnd"]
    quarter = plan[plan["month"] < "2026-04"].groupby("code", observed=True)["paid"].sum()
    truth = chuong_trinh_cx.TRUTH
    assert quarter.idxmax() != truth["largest"]
    assert 12 * quarter.sum() > 2 * truth["total_vnd"], "the quarter times twelve looks right"


def test_d8_one_number_per_assumption_hides_the_loss() -> None:
    """NB09 lab C: with the most likely values the plan earns, in most futures it loses."""
    from cxlib.labs.an_nhien import AN_NHIEN, FIXED, RAMP

    sheet = load("chuong_trinh_cx_gia_dinh").set_index("driver")
    estimates = {str(name): Pert(*row) for name, row in sheet[["low", "mode", "high"]].iterrows()}
    truth = chuong_trinh_cx.TRUTH
    costs = cost_flows(truth["one_off_vnd"], truth["yearly_vnd"], years=3).sum().to_numpy()

    def case(drivers: dict[str, np.ndarray]) -> np.ndarray:
        everything = {**FIXED, **drivers}
        return investment_case_npv(everything, company=AN_NHIEN, costs=costs, ramp=RAMP)

    naive = case({name: np.array([estimate.mode]) for name, estimate in estimates.items()})[0]
    futures = monte_carlo(case, estimates)
    assert naive > 0.3e9, f"the most likely values give {naive / 1e9:.2f} billion"
    assert futures.mean < 0 < futures.probability_of_loss - 0.5, f"{futures.probability_of_loss}"


def test_d8_assumptions_are_those_of_the_lab() -> None:
    from cxlib.labs.an_nhien import ESTIMATES

    sheet = load("chuong_trinh_cx_gia_dinh").set_index("driver")
    found = {str(name): tuple(row) for name, row in sheet[["low", "mode", "high"]].iterrows()}
    assert found == dict(ESTIMATES)


def test_d8_undiscounted_cost_overstates_what_is_paid_today() -> None:
    truth = chuong_trinh_cx.TRUTH
    by_year = cost_flows(truth["one_off_vnd"], truth["yearly_vnd"], years=3).sum().to_numpy()
    today = float(present_value(0.12, by_year))
    by_hand = 3e9 + 1.2e9 * (1 / 1.12 + 1 / 1.12**2 + 1 / 1.12**3)
    assert today == pytest.approx(by_hand)
    assert truth["total_vnd"] - today > 0.7e9


# D9 gop_y (lesson 6): counting keywords against the label

PRAISE = (
    *("nhanh", "tốt", "tuyệt vời", "hài lòng", "ưng", "nhiệt tình", "chu đáo", "dễ", "tiện", "gọn"),
    *("đẹp", "rẻ", "đúng hẹn", "sớm", "khéo", "giỏi", "dễ thương", "mười điểm"),
)
BLAME = (
    *("chậm", "trễ", "lâu", "thất vọng", "chán", "bực", "tệ", "dở", "lỗi", "sai", "phiền", "hỏng"),
    *("đắt", "bẩn", "ồn", "ẩu", "thiếu", "xin kiếu"),
)


def found_in(words: tuple[str, ...], text: str) -> int:
    return sum(bool(re.search(rf"\b{word}\b", text)) for word in words)


def by_keywords(text: str) -> int:
    """The baseline of the exercise: more praising than blaming words, or the reverse."""
    lower = text.lower()
    return int(np.sign(found_in(PRAISE, lower) - found_in(BLAME, lower)))


def by_folded_keywords(text: str) -> int:
    """The same list and the same text, both without diacritics."""
    praise, blame = (tuple(map(fold, words)) for words in (PRAISE, BLAME))
    return int(np.sign(found_in(praise, fold(text)) - found_in(blame, fold(text))))


@cache
def judged_comments() -> pd.DataFrame:
    comments = load("gop_y")
    plain, folded = (comments["text"].map(way) for way in (by_keywords, by_folded_keywords))
    return comments.assign(
        plain=plain == comments["sentiment"], folded=folded == comments["sentiment"]
    )


def accuracy(group: str, way: str) -> float:
    comments = judged_comments()
    return float(comments.query(group)[way].mean())


def test_d9_disguises_and_sarcasm_come_as_often_as_planned() -> None:
    comments = load("gop_y")
    truth = gop_y.TRUTH
    assert Counter(comments["surface"]) == truth["surface"]
    assert comments["sarcastic"].sum() == truth["sarcastic"]
    for column in ("sentiment", "region"):
        shares = comments[column].astype(str).value_counts(normalize=True)
        for value, planned in truth[f"{column}_shares"].items():
            assert shares[value] == pytest.approx(planned, abs=0.06), f"share of {value}"


def test_d9_severity_and_gap_fit_the_sentiment() -> None:
    comments = load("gop_y")
    assert ((comments["severity"] > 0) == (comments["sentiment"] == -1)).all()
    assert set(comments.loc[comments["expectation_gap"] == "late", "sentiment"]) == {-1}
    assert set(comments.loc[comments["expectation_gap"] == "early", "sentiment"]) == {1}


def test_d9_keywords_do_well_on_standard_spelling() -> None:
    found = accuracy("surface == 'chuan' and sarcastic == 0", "plain")
    assert 0.75 <= found <= 0.95, f"accuracy {found:.2f}"


def test_d9_keywords_fail_without_diacritics_and_folding_mends_it() -> None:
    group = "surface == 'khong_dau'"
    plain, folded = accuracy(group, "plain"), accuracy(group, "folded")
    assert plain <= 0.45, f"accuracy {plain:.2f} without diacritics"
    assert folded >= 0.75, f"accuracy {folded:.2f} after folding"


def test_d9_folding_everything_costs_accuracy_on_standard_spelling() -> None:
    """Without diacritics "tiền" (money) reads as "tiện" (handy)."""
    group = "surface == 'chuan' and sarcastic == 0"
    assert accuracy(group, "plain") - accuracy(group, "folded") >= 0.05


def test_d9_keywords_are_taken_in_by_sarcasm_and_folding_does_not_help() -> None:
    for way in ("plain", "folded"):
        found = accuracy("sarcastic == 1", way)
        assert found <= 0.2, f"{way}: accuracy {found:.2f} on sarcasm"


def test_d9_one_overall_accuracy_hides_the_groups_that_fail() -> None:
    overall = accuracy("sarcastic >= 0", "plain")
    assert overall >= 0.7, f"overall accuracy {overall:.2f}"
    assert overall - accuracy("surface == 'khong_dau'", "plain") >= 0.3


# D10 nps_song (lesson 6): reward the store manager of the month?

IMPROVED = nps_song.TRUTH["improved_store"]


@cache
def waves() -> pd.DataFrame:
    """NPS by wave and store."""
    answers = load("nps_song").groupby(["wave", "store_id"])["score"]
    return answers.agg(lambda scores: nps(scores).score).unstack()


def change_by_store() -> pd.DataFrame:
    """NPS before and from wave 7, with the standard error of the difference."""
    answers = load("nps_song")
    late = answers["wave"] >= nps_song.TRUTH["improved_from_wave"]
    rows = {}
    for store in answers["store_id"].unique():
        here = answers["store_id"] == store
        before, after = (nps(answers.loc[here & half, "score"]) for half in (~late, late))
        error = np.hypot(before.standard_error, after.standard_error)
        rows[store] = {"change": after.score - before.score, "se": error}
    return pd.DataFrame.from_dict(rows, orient="index")


def test_d10_pooled_answers_recover_the_common_nps() -> None:
    answers = load("nps_song")
    found = nps(answers.loc[answers["store_id"] != IMPROVED, "score"])
    assert found.low <= nps_song.TRUTH["nps"] <= found.high, f"NPS {found.score:.1f}"
    assert found.high - found.low < 3


def test_d10_no_wave_tells_the_equal_stores_apart() -> None:
    truth = nps_song.TRUTH
    sd = 100 * np.sqrt(nps_variance(truth["promoters"], truth["detractors"]))
    scores = waves().drop(columns=IMPROVED).to_numpy().ravel()
    low, high = funnel_limits(truth["nps"], sd, np.full(scores.size, 60))
    outside = np.mean((scores < low) | (scores > high))
    assert outside == pytest.approx(0.05, abs=0.03), f"{outside:.1%} of the scores lie outside"
    for wave, row in waves().drop(columns=IMPROVED).iterrows():
        kept = shrink(row, np.full(len(row), sd / np.sqrt(60))).weights.max()
        assert kept < 0.35, f"wave {wave}: shrinkage keeps {kept:.0%} of the differences"


def test_d10_waves_before_and_after_find_the_store_that_moved() -> None:
    changes = change_by_store()
    certain = changes[abs(changes["change"]) > 1.96 * changes["se"]]
    assert list(certain.index) == [IMPROVED]
    found = changes.loc[IMPROVED]
    assert found["change"] == pytest.approx(nps_song.TRUTH["improvement"], abs=3)


def test_d10_ranking_each_wave_rewards_luck() -> None:
    scores = waves()
    equal = scores.drop(columns=IMPROVED)
    assert ((equal.max(axis=1) - equal.min(axis=1)) > 20).all(), "equal stores look equal"
    assert scores.idxmax(axis=1).nunique() >= 8, "the same store wins again and again"
    jump = scores.diff().loc[nps_song.TRUTH["improved_from_wave"]]
    assert (jump.drop(IMPROVED) >= 12).sum() >= 3, "only the improved store jumps"
    assert jump.idxmax() != IMPROVED


# D11 thi_diem (lesson 10): was it the programme?


@cache
def shares() -> pd.DataFrame:
    """Share of satisfied customers by store and month number."""
    pilot = load("thi_diem")
    pilot["share"] = pilot["satisfied"] / pilot["answers"]
    return pilot.pivot(index="store_id", columns="month", values="share").set_axis(
        range(1, 13), axis=1
    )


def worst_of_january() -> pd.DataFrame:
    table = shares()
    return table.loc[table[1].nsmallest(thi_diem.TRUTH["worst"]).index]


def test_d11_the_worst_stores_gain_though_nothing_is_done() -> None:
    """NB10 lab A: .645 becomes .692 by regression to the mean alone."""
    worst = worst_of_january()
    gain = worst[2] - worst[1]
    assert gain.mean() == pytest.approx(thi_diem.TRUTH["worst_gain"], abs=0.005)
    assert thi_diem.TRUTH["worst_gain"] == pytest.approx(0.047, abs=0.0005)
    assert gain.mean() > 4 * gain.sem(), "the naive test would not even be fooled"


def test_d11_a_fresh_baseline_shows_that_nothing_happened() -> None:
    worst = worst_of_january()
    gain = worst[[4, 5, 6]].mean(axis=1) - worst[[2, 3]].mean(axis=1)
    assert abs(gain.mean()) < 2 * gain.sem(), f"gain {gain.mean():.3f} ± {gain.sem():.3f}"


def test_d11_randomised_stores_recover_the_effect() -> None:
    """NB10 lab B: 2.77 ± .9 points in the prototype, truth 2.5."""
    pilot = load("thi_diem")
    found = did_regression(
        pilot["satisfied"] / pilot["answers"],
        (pilot["arm"] == "thi_diem").astype(int),
        (pilot["month"] >= "2025-07").astype(int),
        pilot["store_id"],
    )
    effect = thi_diem.TRUTH["effect"]
    assert found.low <= effect <= found.high, f"{found.low:.4f} to {found.high:.4f}"
    assert found.estimate == pytest.approx(effect, abs=0.009)
    assert found.standard_error == pytest.approx(0.0045, abs=0.0005)


def test_d11_before_and_after_alone_overstates_the_effect() -> None:
    pilot = load("thi_diem")
    treated = pilot.loc[pilot["arm"] == "thi_diem", "store_id"].unique()
    table = shares().loc[treated]
    change = table.loc[:, 7:].mean(axis=1) - table.loc[:, :6].mean(axis=1)
    low = change.mean() - 1.96 * change.sem()
    assert low > thi_diem.TRUTH["effect"], f"before and after: {change.mean():.4f}"


# D12 so_loi_hua (lesson 4): promises that contradict one another


def contradicted_by_audit() -> set[str]:
    audit = audit_promises(load("so_loi_hua"), subject="subject")
    return set(map(str, audit.contradictions.index))


def test_d12_the_audit_finds_the_fourteen_contradictions() -> None:
    planted = so_loi_hua.TRUTH["contradicted"]
    assert len(planted) == 14
    assert contradicted_by_audit() == set(planted)


def test_d12_reading_the_numbers_in_the_words_misleads() -> None:
    register = load("so_loi_hua")
    first_number = register["text_vi"].str.extract(r"(\d+)", expand=False)
    different = first_number.groupby(register["subject"].astype(str)).nunique() > 1
    suspected, planted = set(different[different].index), set(so_loi_hua.TRUTH["contradicted"])
    assert suspected - planted, "no false alarm"
    assert planted - suspected, "nothing missed"


def test_d12_by_touchpoint_the_units_do_not_even_compare() -> None:
    with pytest.raises(ValueError, match="two units"):
        audit_promises(load("so_loi_hua"), subject="touchpoint")


def test_d12_kept_half_the_time_is_not_kept() -> None:
    register = load("so_loi_hua")
    audit = audit_promises(register, subject="subject")
    kept = so_loi_hua.TRUTH["kept_nine_times_in_ten"]
    assert audit.deliverable_share(0.9) * len(register) == pytest.approx(kept)
    naive = (register["actual_p50"] <= register["promise_value"]).sum()
    assert naive > 1.5 * kept, f"the median says {naive} promises are kept, in truth {kept}"


# D13 khao_sat_nhan_vien (lesson 2): happy but not engaged

ITEMS = {
    "alpha_engagement": list(khao_sat_nhan_vien.ENGAGEMENT),
    "alpha_satisfaction": list(khao_sat_nhan_vien.SATISFACTION),
}
MIDDLE = 3


@cache
def people() -> pd.DataFrame:
    """Mean engagement and satisfaction, person by person."""
    survey = load("khao_sat_nhan_vien")
    return pd.DataFrame(
        {
            "store_id": survey["store_id"],
            "engagement": survey[ITEMS["alpha_engagement"]].mean(axis=1),
            "satisfaction": survey[ITEMS["alpha_satisfaction"]].mean(axis=1),
        }
    )


@pytest.mark.parametrize("scale", ITEMS)
def test_d13_reliability_is_as_planted(scale: str) -> None:
    found = cronbach_alpha(load("khao_sat_nhan_vien")[ITEMS[scale]])
    truth = khao_sat_nhan_vien.TRUTH[scale]
    assert found.alpha == pytest.approx(truth, abs=0.02)
    assert found.low <= truth <= found.high


def test_d13_the_scales_correlate_as_planted() -> None:
    found = people()["engagement"].corr(people()["satisfaction"])
    assert found == pytest.approx(khao_sat_nhan_vien.TRUTH["correlation"], abs=0.05)


def test_d13_both_scales_together_show_the_happy_who_are_not_engaged() -> None:
    happy = people()["satisfaction"] >= MIDDLE
    engaged = people()["engagement"] >= MIDDLE
    planted = khao_sat_nhan_vien.TRUTH["shares"]["happy_not_engaged"]
    assert (happy & ~engaged).mean() == pytest.approx(planted, abs=0.02)


def test_d13_satisfaction_alone_takes_the_happy_for_engaged() -> None:
    engaged = khao_sat_nhan_vien.TRUTH["shares"]["engaged_and_content"]
    believed = (people()["satisfaction"] >= MIDDLE).mean()
    assert believed - engaged > 0.15, f"{believed:.0%} content, {engaged:.0%} engaged"


def test_d13_a_high_alpha_of_all_items_does_not_betray_two_traits() -> None:
    everything = load("khao_sat_nhan_vien")[[item for scale in ITEMS.values() for item in scale]]
    assert cronbach_alpha(everything).alpha > 0.85


def test_d13_people_belong_to_the_stores_of_the_panel() -> None:
    usual = load("cua_hang_thang").groupby("store_id")[["engagement", "satisfaction"]].mean()
    here = people().groupby("store_id").mean(numeric_only=True)
    assert set(here.index) == set(usual.index)
    for trait in usual:
        tie = here[trait].corr(usual[trait])
        assert tie > 0.5, f"{trait} of the survey and of the panel correlate by {tie:.2f} only"


# D14 diem_cham_chi_phi (lesson 7): two billion dong and sixteen wishes


@cache
def choices() -> dict[str, Portfolio]:
    plan = load("diem_cham_chi_phi").set_index("improvement")
    plan.index = plan.index.astype(str)
    value = plan["importance"] * plan["gap_closed"]
    needs = {str(name): (str(need),) for name, need in plan["requires"].dropna().items()}
    costs, budget = plan["cost_vnd"], diem_cham_chi_phi.BUDGET
    return {
        "best": best_portfolio(costs, value, budget, needs),
        "worst first": worst_first(costs, value, plan["score_today"], budget, needs),
        "cheapest first": cheapest_first(costs, value, budget, needs),
    }


def test_d14_the_knapsack_finds_the_stored_optimum() -> None:
    found, truth = choices()["best"], diem_cham_chi_phi.TRUTH
    assert list(found.chosen) == truth["chosen"]
    assert found.value == pytest.approx(truth["value"])
    assert found.cost == truth["cost_vnd"] <= diem_cham_chi_phi.BUDGET


def test_d14_no_other_affordable_set_does_as_well() -> None:
    """All 65,536 sets, counted out."""
    plan = load("diem_cham_chi_phi").set_index("improvement")
    plan.index = plan.index.astype(str)
    sets = (np.arange(2 ** len(plan))[:, None] >> np.arange(len(plan))) & 1
    allowed = sets @ plan["cost_vnd"].to_numpy() <= diem_cham_chi_phi.BUDGET
    for name, need in plan["requires"].dropna().items():
        allowed &= sets[:, plan.index.get_loc(name)] <= sets[:, plan.index.get_loc(str(need))]
    values = np.where(allowed, sets @ (plan["importance"] * plan["gap_closed"]).to_numpy(), -1)
    best = values.argmax()
    assert list(plan.index[sets[best] == 1]) == diem_cham_chi_phi.TRUTH["chosen"]
    assert np.sort(values)[-2] < values[best] - 0.01, "the optimum is not alone"


@pytest.mark.parametrize(("rule", "most"), [("worst first", 0.5), ("cheapest first", 0.8)])
def test_d14_the_popular_rules_waste_the_budget(rule: str, most: float) -> None:
    reached = choices()[rule].value / diem_cham_chi_phi.TRUTH["value"]
    assert reached < most, f"{rule} reaches {reached:.0%} of the best"
