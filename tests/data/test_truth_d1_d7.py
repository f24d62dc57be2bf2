"""D1–D7: the method a lesson teaches finds the planted truth, and the naive method does not.

An estimate recovers the truth within two standard errors and misses it beyond three.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import astuple
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray

from cxlib.data import load
from cxlib.models.drivers import driver_table, lmg, stated_against_derived
from cxlib.models.engagement import (
    ModeratedRegression,
    cross_lagged_panel,
    moderated_regression,
    partial_effects,
    simple_slopes,
)
from cxlib.models.expectation import LossAversion, loss_aversion
from cxlib.models.intervals import proportion
from cxlib.models.journey import compare_memory_rules
from cxlib.models.patience import PatienceCurve, kaplan_meier, leavers_average, log_rank
from cxlib.models.purchases import (
    BgNbd,
    bgnbd_expected_purchases,
    bgnbd_fit,
    bgnbd_log_likelihood,
    gamma_gamma_fit,
)
from cxlib.models.queueing import erlang_a, erlang_c
from cxlib.models.retention import (
    Sbg,
    sbg_fit,
    sbg_log_likelihood,
    sbg_retention,
    sbg_survival,
    survival_trend,
    trend_survival,
)
from datasets.generators import (
    cua_hang_thang,
    giao_dich_ca_phe,
    giao_hang_hua_thuc,
    goi_cuoc,
    khao_sat_hanh_trinh,
    kien_nhan,
    tong_dai,
)

STORES = cua_hang_thang.TRUTH
JOURNEY = khao_sat_hanh_trinh.TRUTH
DELIVERY = giao_hang_hua_thuc.TRUTH
LINES = kien_nhan.TRUTH
HOTLINE = tong_dai.TRUTH
COFFEE = giao_dich_ca_phe.TRUTH
PLAN = goi_cuoc.TRUTH

Z95 = NormalDist().inv_cdf(0.975)


def assert_recovers(what: str, estimate: float, error: float, truth: float) -> None:
    off = abs(estimate - truth) / error
    assert off <= 2, f"{what}: {estimate:.4g} ± {error:.2g} is {off:.1f} errors from {truth:.4g}"


def assert_misses(what: str, estimate: float, error: float, truth: float) -> None:
    off = abs(estimate - truth) / error
    assert off > 3, f"{what}: {estimate:.4g} ± {error:.2g} comes within {off:.1f} of {truth:.4g}"


def likelihood_errors(
    log_likelihood: Callable[[NDArray[np.float64]], float], peak: tuple[float, ...]
) -> NDArray[np.float64]:
    """Standard errors from the curvature of a log-likelihood at its peak."""
    top = np.array(peak)
    steps = np.diag(1e-3 * top)
    curvature = [
        [
            log_likelihood(top + a + b)
            - log_likelihood(top + a - b)
            - log_likelihood(top - a + b)
            + log_likelihood(top - a - b)
            for b in steps
        ]
        for a in steps
    ]
    information = -np.array(curvature) / (4e-6 * np.outer(top, top))
    return np.sqrt(np.diag(np.linalg.inv(information)))


# ------------------------------------------------------- D1 stores: what engagement does to CX

QUALITIES = ["process_q", "product_q", "system_q"]


@pytest.fixture(scope="module")
def stores() -> pd.DataFrame:
    return load("cua_hang_thang")


@pytest.fixture(scope="module")
def moderated(stores: pd.DataFrame) -> ModeratedRegression:
    controls = ["satisfaction", *QUALITIES]
    return moderated_regression(
        stores, "cx", "engagement", "contact_intensity", controls, cluster="store_id"
    )


@pytest.mark.parametrize(
    ("term", "truth"),
    [
        ("engagement:contact_intensity", STORES["cx"]["engagement_by_contact"]),
        ("engagement", 0.0),
        *((name, STORES["cx"][name]) for name in ("satisfaction", *QUALITIES)),
    ],
)
def test_d1_moderated_regression_recovers(
    moderated: ModeratedRegression, term: str, truth: float
) -> None:
    row = moderated.coefficients.loc[term]
    assert_recovers(term, row["estimate"], row["se"], truth)


@pytest.mark.parametrize("store_format", STORES["engagement_slope"])
def test_d1_engagement_pays_as_much_as_there_is_contact(
    stores: pd.DataFrame, moderated: ModeratedRegression, store_format: str
) -> None:
    truth = STORES["engagement_slope"][store_format]
    at_contact = simple_slopes(moderated, [STORES["contact_intensity"][store_format]]).iloc[0]
    assert_recovers("simple slope", at_contact["estimate"], at_contact["se"], truth)

    alike = stores[stores["format"] == store_format]
    predictors = ["engagement", "satisfaction", *QUALITIES]
    own = partial_effects(alike, "cx", predictors, cluster="store_id").loc["engagement"]
    assert_recovers("slope of this format alone", own["joint"], own["joint_se"], truth)


def test_d1_slope_of_advice_stores_is_within_the_exercise(moderated: ModeratedRegression) -> None:
    slope = simple_slopes(moderated, [0.75])["estimate"].iloc[0]
    assert 0.25 <= slope <= 0.35, f"lesson 2 accepts .25 to .35, the data give {slope:.3f}"


def test_d1_one_slope_for_all_stores_misses_the_warehouses(stores: pd.DataFrame) -> None:
    naive = partial_effects(stores, "cx", ["engagement", *QUALITIES], cluster="store_id")
    row = naive.loc["engagement"]
    assert_misses(
        "one slope", row["joint"], row["joint_se"], STORES["engagement_slope"]["online_kho"]
    )


def test_d1_satisfaction_seems_to_work_until_engagement_enters(stores: pd.DataFrame) -> None:
    effects = partial_effects(stores, "cx", ["engagement", "satisfaction"], cluster="store_id")
    row, truth = effects.loc["satisfaction"], STORES["cx"]["satisfaction"]
    assert_misses("satisfaction alone", row["raw"], row["raw_se"], truth)
    assert_recovers("satisfaction beside engagement", row["joint"], row["joint_se"], truth)


def feedback(stores: pd.DataFrame) -> tuple[float, float, pd.DataFrame]:
    """Effect of last month's CX on engagement, in points per point, its error and all paths."""
    paths = cross_lagged_panel(stores, "store_id", "month", "engagement", "cx").paths
    points = stores["engagement"].std() / stores["cx"].std()
    back = paths.loc[("cx", "engagement")]
    return back["estimate"] * points, back["se"] * points, paths


def test_d1_deviations_from_the_usual_show_both_directions(stores: pd.DataFrame) -> None:
    both = ["engagement", "cx"]
    usual = stores.groupby("store_id")[both].transform("mean")
    estimate, error, paths = feedback(stores.assign(**(stores[both] - usual)))
    assert_recovers("feedback", estimate, error, STORES["engagement"]["cx_last_month"])
    assert paths.loc[("engagement", "cx"), "low"] > 0, "engagement does not run ahead of CX"


def test_d1_raw_levels_miss_the_feedback(stores: pd.DataFrame) -> None:
    estimate, error, _ = feedback(stores)
    assert_misses("feedback from levels", estimate, error, STORES["engagement"]["cx_last_month"])


def test_d1_customers_come_back_where_cx_is_high(stores: pd.DataFrame) -> None:
    came_back = stores["n_retained"]
    outcome = np.column_stack([came_back, stores["n_customers"] - came_back])
    above_70 = sm.add_constant(stores["cx"] - 70)
    fit = sm.GLM(outcome, above_70, family=sm.families.Binomial()).fit()
    truth = STORES["retention_log_odds"]
    assert_recovers("log odds at CX 70", fit.params["const"], fit.bse["const"], truth["at_cx_70"])
    assert_recovers("per point", fit.params["cx"], fit.bse["cx"], truth["per_cx_point"])


def test_d1_engaged_employees_stay(stores: pd.DataFrame) -> None:
    fit = sm.OLS(stores["turnover_pct"], sm.add_constant(stores["engagement"])).fit()
    slope, error = fit.params["engagement"], fit.bse["engagement"]
    assert_recovers("turnover per point", slope, error, STORES["turnover_pct"]["engagement"])


# ------------------------------------------------------- D2 journey: which touchpoint matters

TOUCHPOINTS = list(JOURNEY["weights"])


@pytest.fixture(scope="module")
def journeys() -> pd.DataFrame:
    return load("khao_sat_hanh_trinh")


@pytest.fixture(scope="module")
def asked_at_once(journeys: pd.DataFrame) -> pd.DataFrame:
    """Scores and overall of those asked at once; unused touchpoints at their mean, as they count.

    A touchpoint that was not used moves nothing, just like one with an average score.
    """
    rows = journeys[journeys["asked"] == "ngay_sau"]
    scores = rows[[f"score_{name}" for name in TOUCHPOINTS]].set_axis(TOUCHPOINTS, axis=1)
    return scores.fillna(scores.mean()).assign(overall=rows["overall"])


@pytest.fixture(scope="module")
def weights(asked_at_once: pd.DataFrame) -> pd.DataFrame:
    return partial_effects(asked_at_once, "overall", TOUCHPOINTS)


@pytest.mark.parametrize("touchpoint", TOUCHPOINTS)
def test_d2_regression_recovers_the_weight(weights: pd.DataFrame, touchpoint: str) -> None:
    row = weights.loc[touchpoint]
    assert_recovers(touchpoint, row["joint"], row["joint_se"], JOURNEY["weights"][touchpoint])


def test_d2_two_touchpoints_hold_half_of_what_is_explained(asked_at_once: pd.DataFrame) -> None:
    shares = lmg(asked_at_once[TOUCHPOINTS], asked_at_once["overall"]).percent
    assert set(shares.nlargest(2).index) == {"giao_hang", "cskh"}
    assert shares.nlargest(2).sum() == pytest.approx(0.50, abs=0.04), "lesson 7 accepts 50 % ± 4"


def test_d2_complete_answers_alone_say_the_same(journeys: pd.DataFrame) -> None:
    columns = [f"score_{name}" for name in TOUCHPOINTS]
    complete = journeys[journeys["asked"] == "ngay_sau"].dropna(subset=columns)
    shares = lmg(complete[columns], complete["overall"]).percent
    assert set(shares.nlargest(2).index) == {"score_giao_hang", "score_cskh"}
    assert shares.nlargest(2).sum() == pytest.approx(0.50, abs=0.04)


def test_d2_halo_hides_the_useless_touchpoint_from_correlations(
    asked_at_once: pd.DataFrame,
) -> None:
    alone = driver_table(asked_at_once[TOUCHPOINTS], asked_at_once["overall"])["correlation"]
    assert alone.min() > 0.3, "without the halo some touchpoint would not correlate"
    naive, truth = alone / alone.sum(), pd.Series(JOURNEY["weights"])
    assert naive["quang_cao"] > 4 * truth["quang_cao"], "advertising is not overrated"
    assert naive["giao_hang"] < 0.7 * truth["giao_hang"], "delivery is not underrated"


def test_d2_stated_importance_puts_the_useless_touchpoint_first(
    journeys: pd.DataFrame, weights: pd.DataFrame
) -> None:
    stated = pd.Series({name: journeys[f"stated_{name}"].mean() for name in TOUCHPOINTS})
    both = stated_against_derived(stated, weights["joint"])
    assert both.table.loc["quang_cao", ["stated_rank", "derived_rank"]].tolist() == [1, 8]
    assert both.rank_correlation < 0, "what customers say goes with what moves them"


def moments(journeys: pd.DataFrame) -> pd.DataFrame:
    """Scores in the order in which each customer met the touchpoints."""
    return pd.DataFrame.from_dict(
        {
            index: pd.Series([row[f"score_{name}"] for name in row["visited_order"].split(">")])
            for index, row in journeys.iterrows()
        },
        orient="index",
    )


@pytest.mark.parametrize(
    ("asked", "best"), [("ngay_sau", "mean"), ("sau_3_thang", "negative_peak_end")]
)
def test_d2_memory_follows_its_rule(journeys: pd.DataFrame, asked: str, best: str) -> None:
    rows = journeys[journeys["asked"] == asked]
    rules = compare_memory_rules(moments(rows), rows["overall"], allow_unvisited=True)["r_squared"]
    assert rules.index[0] == best
    assert rules.iloc[0] > rules.iloc[1] + 0.1, f"{asked}: rules too close to tell apart"


def test_d2_after_three_months_the_worst_and_the_last_remain(journeys: pd.DataFrame) -> None:
    rows = journeys[journeys["asked"] == "sau_3_thang"]
    seen = moments(rows)
    remembered = pd.DataFrame({"worst": seen.min(axis=1), "last": seen.ffill(axis=1).iloc[:, -1]})
    fit = sm.OLS(rows["overall"], sm.add_constant(remembered)).fit()
    for part, truth in JOURNEY["memory_after_three_months"].items():
        assert_recovers(part, fit.params[part], fit.bse[part], truth)


# ------------------------------------------------------- D3 deliveries: how much a late day hurts


@pytest.fixture(scope="module")
def deliveries() -> pd.DataFrame:
    table, scale = load("giao_hang_hua_thuc"), DELIVERY["latent_scale"]
    return table.assign(
        days_early=table["promise_days"] - table["actual_days"],
        felt=4 + (table["sat_latent"] - scale["at_4_points"]) / scale["per_point"],
    )


@pytest.fixture(scope="module")
def pain(deliveries: pd.DataFrame) -> LossAversion:
    return loss_aversion(deliveries["days_early"], deliveries["felt"])


def ratio_error(fit: LossAversion) -> float:
    return fit.ratio * math.log(fit.high / fit.low) / (2 * Z95)


def slopes_with_errors(deliveries: pd.DataFrame, rating: str) -> tuple[pd.Series, pd.Series]:
    days = deliveries["days_early"]
    sides = pd.DataFrame({"gain": days.clip(lower=0), "loss": -days.clip(upper=0)})
    fit = sm.OLS(deliveries[rating], sm.add_constant(sides)).fit(cov_type="HC3")
    return fit.params, fit.bse


def test_d3_loss_aversion_is_recovered(pain: LossAversion) -> None:
    assert_recovers("λ", pain.ratio, ratio_error(pain), DELIVERY["loss_aversion"])
    assert pain.high - pain.low < 0.7, "20,000 orders should pin λ down"


def test_d3_both_slopes_are_recovered(deliveries: pd.DataFrame) -> None:
    slope, error = slopes_with_errors(deliveries, "felt")
    assert_recovers("on time", slope["const"], error["const"], DELIVERY["on_time"])
    assert_recovers("gain", slope["gain"], error["gain"], DELIVERY["gain_per_day_early"])
    assert_recovers("loss", -slope["loss"], error["loss"], DELIVERY["loss_per_day_late"]["average"])


@pytest.mark.parametrize(("urgent", "kind"), [(0, "not_urgent"), (1, "urgent")])
def test_d3_urgent_orders_suffer_twice(deliveries: pd.DataFrame, urgent: int, kind: str) -> None:
    slope, error = slopes_with_errors(deliveries[deliveries["urgent"] == urgent], "felt")
    assert_recovers(kind, -slope["loss"], error["loss"], DELIVERY["loss_per_day_late"][kind])


def test_d3_truth_agrees_with_itself() -> None:
    loss, urgent = DELIVERY["loss_per_day_late"], DELIVERY["urgent_share"]
    average = urgent * loss["urgent"] + (1 - urgent) * loss["not_urgent"]
    assert average == pytest.approx(loss["average"])
    assert loss["average"] / DELIVERY["gain_per_day_early"] == DELIVERY["loss_aversion"]


def test_d3_one_line_for_early_and_late_misses_both(deliveries: pd.DataFrame) -> None:
    line = sm.OLS(deliveries["felt"], sm.add_constant(deliveries["days_early"])).fit()
    slope, error = line.params["days_early"], line.bse["days_early"]
    assert_misses("one line, early", slope, error, DELIVERY["gain_per_day_early"])
    assert_misses("one line, late", slope, error, DELIVERY["loss_per_day_late"]["average"])


def test_d3_ceiling_of_the_questionnaire_inflates_loss_aversion(
    deliveries: pd.DataFrame, pain: LossAversion
) -> None:
    capped = loss_aversion(deliveries["days_early"], deliveries["sat_5"])
    assert capped.ratio > pain.ratio + 0.15, f"λ {pain.ratio:.2f} and {capped.ratio:.2f}"
    assert capped.gain < 0.92 * pain.gain, "the ceiling swallows no delight"


def test_d3_satisfied_customers_order_again(deliveries: pd.DataFrame) -> None:
    above_4 = sm.add_constant(deliveries["felt"] - 4)
    fit = sm.GLM(deliveries["reorder_90d"], above_4, family=sm.families.Binomial()).fit()
    truth = DELIVERY["reorder_log_odds"]
    assert_recovers("at 4", fit.params["const"], fit.bse["const"], truth["at_4_points"])
    assert_recovers("per point", fit.params["felt"], fit.bse["felt"], truth["per_point"])


@pytest.mark.parametrize("channel", DELIVERY["channel_days_beside_order"])
def test_d3_channels_contradict_the_order(deliveries: pd.DataFrame, channel: str) -> None:
    beside = deliveries[f"channel_promise_{channel}"] - deliveries["promise_days"]
    for days, truth in DELIVERY["channel_days_beside_order"][channel].items():
        found = proportion(int((beside == int(days)).sum()), len(beside))
        error = (found.high - found.low) / (2 * Z95)
        assert_recovers(f"{channel} {days} days", found.share, error, truth)


# ------------------------------------------------------- D4 patience: who left and who was served


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    return load("kien_nhan")


def log_median_error(curve: PatienceCurve) -> float:
    low, high = curve.median_interval
    return math.log(high / low) / (2 * Z95)


@pytest.mark.parametrize("situation", LINES["situations"])
def test_d4_kaplan_meier_recovers_the_median_and_leavers_miss_it(
    lines: pd.DataFrame, situation: str
) -> None:
    people = lines[lines["situation"] == situation]
    truth = LINES["situations"][situation]["median"]
    curve = kaplan_meier(people["wait_min"], people["left"])
    error = log_median_error(curve)
    assert_recovers("log median", math.log(curve.median), error, math.log(truth))
    assert curve.median == pytest.approx(truth, rel=0.1)

    naive = leavers_average(people["wait_min"], people["left"]).median
    assert 0.45 * truth < naive < 0.8 * truth, f"leavers' median {naive:.1f} beside {truth}"


def test_d4_told_people_wait_a_third_longer(lines: pd.DataFrame) -> None:
    medians = {name: patience["median"] for name, patience in LINES["situations"].items()}
    waited = lines["wait_min"] / lines["situation"].map(medians).astype(float)
    told = lines["informed"] == 1
    curves = [kaplan_meier(waited[group], lines.loc[group, "left"]) for group in (told, ~told)]
    gain = math.log(curves[0].median / curves[1].median)
    error = math.hypot(*map(log_median_error, curves))
    assert_recovers("log ratio", gain, error, math.log(LINES["informed_factor"]))
    assert log_rank(waited, lines["left"], lines["informed"]).p_value < 0.001


# ------------------------------------------------------- D5 hotline: patience, load and felt waits


@pytest.fixture(scope="module")
def hotline() -> pd.DataFrame:
    table = load("tong_dai")
    answered = table["calls"] - table["abandoned"]
    lost = table["abandoned"] * table["abandon_wait_s"].fillna(0)
    return table.assign(
        answered=answered,
        waited=answered * table["asa_s"] + lost,
        lost_waiting=lost,
        monday=table["date"].dt.day_of_week == 0,
    )


def patience(hotline: pd.DataFrame) -> float:
    """Time all callers spent waiting, per caller who gave up: θ = P_ab / E[W]."""
    return float(hotline["waited"].sum() / hotline["abandoned"].sum())


def test_d5_patience_is_recovered_from_all_who_waited(hotline: pd.DataFrame) -> None:
    estimate = patience(hotline)
    error = estimate / math.sqrt(hotline["abandoned"].sum())
    assert_recovers("patience", estimate, error, HOTLINE["patience_mean_s"])

    naive = hotline["lost_waiting"].sum() / hotline["abandoned"].sum()
    assert naive < HOTLINE["patience_mean_s"] / 3, f"callers who left waited {naive:.0f} s"


def test_d5_handling_time_and_mondays_are_recovered(hotline: pd.DataFrame) -> None:
    handling = (hotline["answered"] * hotline["aht_s"]).sum() / hotline["answered"].sum()
    error = handling / math.sqrt(hotline["answered"].sum())
    assert_recovers("handling", handling, error, HOTLINE["handling_mean_s"])

    monday, other = (hotline.loc[hotline["monday"] == m, "calls"] for m in (True, False))
    busier = math.log(monday.mean() / other.mean())
    error = math.sqrt(1 / monday.sum() + 1 / other.sum())
    assert_recovers("log Monday factor", busier, error, math.log(HOTLINE["monday_factor"]))


def test_d5_erlang_a_foretells_the_waits_that_erlang_c_overstates(hotline: pd.DataFrame) -> None:
    usual = hotline.groupby(["monday", "slot"])["calls"].transform("mean")
    rates, handling = usual / 1800, HOTLINE["handling_mean_s"]
    keeps_up = rates * handling < 0.97 * hotline["agents"]
    teams = list(zip(rates[keeps_up], hotline.loc[keeps_up, "agents"], strict=True))
    some_leave = [erlang_a(r, handling, patience(hotline), n).average_wait for r, n in teams]
    all_stay = [erlang_c(r, handling, n).average_wait for r, n in teams]

    rows = hotline[keeps_up]
    seen = rows["waited"].sum() / rows["calls"].sum()
    assert np.average(some_leave, weights=rows["calls"]) == pytest.approx(seen, rel=0.1)
    assert np.average(all_stay, weights=rows["calls"]) > 2 * seen


def test_d5_rating_falls_with_the_wait_and_with_giving_up(hotline: pd.DataFrame) -> None:
    causes = pd.DataFrame(
        {
            "per_second": hotline["waited"] / hotline["calls"],
            "hung_up": hotline["abandoned"] / hotline["calls"],
        }
    )
    by_calls = {"weights": hotline["calls"]}
    full = sm.WLS(hotline["csat_mean"], sm.add_constant(causes), **by_calls).fit()
    for name in causes:
        assert_recovers(name, full.params[name], full.bse[name], HOTLINE["csat"][name])
    assert_recovers("base", full.params["const"], full.bse["const"], HOTLINE["csat"]["base"])

    alone = sm.WLS(hotline["csat_mean"], sm.add_constant(causes[["per_second"]]), **by_calls).fit()
    assert_misses(
        "wait alone",
        alone.params["per_second"],
        alone.bse["per_second"],
        HOTLINE["csat"]["per_second"],
    )


# ------------------------------------------------------- D6 coffee: who is still a customer

CALIBRATION_WEEKS = COFFEE["holdout_from_week"] - 1


@pytest.fixture(scope="module")
def members() -> pd.DataFrame:
    """Repeat purchases, last one, weeks observed, mean repeat amount; and purchases to come."""
    table = load("giao_dich_ca_phe")
    weeks = (table["date"] - pd.Timestamp("2024-01-01")).dt.days / 7
    table = table.assign(week=weeks, first=weeks.groupby(table["customer_id"]).transform("min"))
    known = table[table["week"] < CALIBRATION_WEEKS]
    again = known[known["week"] > known["first"]].groupby("customer_id")
    to_come = table[table["week"] >= CALIBRATION_WEEKS].groupby("customer_id").size()
    first = known.groupby("customer_id")["first"].min()
    summary = pd.DataFrame(
        {
            "frequency": again.size(),
            "recency": again["week"].max() - first,
            "age": CALIBRATION_WEEKS - first,
            "mean_value": again["amount_vnd"].mean(),
            "to_come": to_come,
        }
    )
    return summary.loc[first.index].fillna(0)


@pytest.fixture(scope="module")
def buying(members: pd.DataFrame) -> BgNbd:
    return bgnbd_fit(members["frequency"], members["recency"], members["age"])


def test_d6_bgnbd_recovers_pace_and_loss(members: pd.DataFrame, buying: BgNbd) -> None:
    history = [members[name] for name in ("frequency", "recency", "age")]
    errors = likelihood_errors(
        lambda values: bgnbd_log_likelihood(BgNbd(*values), *history), astuple(buying)
    )
    for (name, truth), error in zip(COFFEE["purchases"].items(), errors, strict=True):
        assert_recovers(name, getattr(buying, name), error, truth)


def test_d6_holdout_is_foretold_and_the_old_pace_overshoots(
    members: pd.DataFrame, buying: BgNbd
) -> None:
    weeks = COFFEE["weeks"] - CALIBRATION_WEEKS
    history = [members[name] for name in ("frequency", "recency", "age")]
    foretold = bgnbd_expected_purchases(buying, weeks, *history).sum()
    came = members["to_come"].sum()
    assert foretold == pytest.approx(came, rel=0.05)

    naive = (members["frequency"] / members["age"] * weeks).sum()
    assert naive > 1.5 * came, f"the old pace promises {naive:.0f}, {came:.0f} came"


def test_d6_gamma_gamma_recovers_the_spending(members: pd.DataFrame) -> None:
    bought = members.loc[members["frequency"] > 0, ["frequency", "mean_value"]].to_numpy()
    rng = np.random.default_rng(0)
    resamples = [bought[rng.integers(0, len(bought), len(bought))] for _ in range(40)]

    def estimates(rows: NDArray[np.float64]) -> list[float]:
        fit = gamma_gamma_fit(*rows.T)
        return [fit.p, fit.q, fit.v, fit.p * fit.v / (fit.q - 1)]

    errors = np.std([estimates(rows) for rows in resamples], axis=0, ddof=1)
    truths = COFFEE["spending"] | {"mean": COFFEE["mean_spending_vnd"]}
    for (name, truth), found, error in zip(truths.items(), estimates(bought), errors, strict=True):
        assert_recovers(name, found, error, truth)


# ------------------------------------------------------- D7 subscriptions: who leaves and when


@pytest.fixture(scope="module")
def subscribers() -> pd.DataFrame:
    """Customers still there: one row an age, one column a cohort."""
    return load("goi_cuoc").pivot_table("customers", "age_months", "cohort")


@pytest.mark.parametrize("cohort", range(1, 7))
def test_d7_sbg_recovers_the_cohort(subscribers: pd.DataFrame, cohort: int) -> None:
    customers = subscribers[cohort].dropna()
    truth = PLAN["with_programme" if cohort == PLAN["with_programme"]["cohort"] else "usual"]
    model = sbg_fit(customers)
    errors = likelihood_errors(
        lambda values: sbg_log_likelihood(Sbg(*values), customers), astuple(model)
    )
    assert_recovers("α", model.alpha, errors[0], truth["alpha"])
    assert_recovers("β", model.beta, errors[1], truth["beta"])
    assert model.mean_churn == pytest.approx(truth["mean_churn"], abs=0.01)


def test_d7_programme_shows_at_the_same_age(subscribers: pd.DataFrame) -> None:
    kept = (subscribers / subscribers.loc[0]).loc[6]
    improved = PLAN["with_programme"]["cohort"]
    others = kept.drop(improved)
    error = math.sqrt(0.25 / subscribers.loc[0].min())
    assert kept[improved] > others.max() + 3 * error, "the programme does not stand out"
    assert others.max() - others.min() < 4 * error, "equal cohorts differ"


def test_d7_retention_rises_with_age_though_nobody_improves(subscribers: pd.DataFrame) -> None:
    customers = subscribers[1].to_numpy()
    retention = customers[1:] / customers[:-1]
    assert retention[-1] > retention[0] + 0.1

    usual = Sbg(PLAN["usual"]["alpha"], PLAN["usual"]["beta"])
    errors = np.sqrt(retention * (1 - retention) / customers[:-1])
    expected = sbg_retention(usual, np.arange(1, len(customers)))
    assert (np.abs(retention - expected) < 3 * errors).all(), "sBG alone does not explain the rise"


def test_d7_sbg_foretells_the_year_that_trends_miss(subscribers: pd.DataFrame) -> None:
    survival = (subscribers[1] / subscribers.loc[0, 1]).to_numpy()
    known, last = 7, len(survival) - 1
    foretold = sbg_survival(sbg_fit(subscribers[1].iloc[: known + 1]), last)[0]
    assert foretold == pytest.approx(survival[last], rel=0.04)
    for kind in ("linear", "quadratic", "exponential"):
        naive = trend_survival(survival_trend(survival[: known + 1], kind), last)[0]
        assert abs(naive / survival[last] - 1) > 0.25, f"{kind} trend comes close: {naive:.3f}"
