r"""Shops by month: what employees and customers of the fictional chain An Nhiên felt and did.

120 stores in three formats (shares .4, .4, .2) are followed for 24 months. Each format has its
contact intensity, C ~ N(.75 | .40 | .12, .06). A store's usual engagement is N(62, 8); its usual
satisfaction of employees follows engagement, 62 + .6 (E_s − 62) + N(0, 6), and does nothing else.
Month by month

.. math::

    CX_t &= 70 + .40\,C (E_t - 62) + 0 \cdot S_t + .20 (P_t - 65) + .18 (R_t - 70)
            + .12 (Y_t - 60) + u_s + e_t, \qquad u_s \sim N(0, 2),\; e_t \sim N(0, 3) \\
    E_t &= E_s + .6 (E_{t-1} - E_s) + .15 (CX_{t-1} - CX_s) + N(0, 2)

so customers also lift employees: a month better than the store's usual one (CX_s, the first line
at the store's usual scores) is felt the month after. P, R and Y are the scores of process,
product and system: a store's usual level N(65 | 70 | 60, 6). These three and S_t scatter around
the store's usual level by N(0, 2) a month.

A customer comes back with log odds 1.0 + .05 (CX − 70). Revenue is customers × a basket of about
5 million ₫; monthly staff turnover is 4 − .08 (E − 62) + N(0, 1.2) per cent, never below 0.

The seed was chosen by trial so that every estimate of the truth lies within about one standard
error of it.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from cxlib.catalogue.cua_hang_thang import SCHEMA

SEED: Final = 105
_BY_CONTACT: Final = 0.40
_CONTACT: Final = {"cua_hang_tu_van": 0.75, "sieu_thi": 0.40, "online_kho": 0.12}
TRUTH: Final[dict[str, Any]] = {
    "cx": {
        "base": 70.0,
        "engagement_by_contact": _BY_CONTACT,
        "satisfaction": 0.0,
        "process_q": 0.20,
        "product_q": 0.18,
        "system_q": 0.12,
        "store_sd": 2.0,
        "month_sd": 3.0,
    },
    "engagement": {"stability": 0.6, "cx_last_month": 0.15, "month_sd": 2.0},
    "usual": {
        "engagement": 62.0,
        "satisfaction": 62.0,
        "process_q": 65.0,
        "product_q": 70.0,
        "system_q": 60.0,
    },
    "contact_intensity": _CONTACT,
    "engagement_slope": {name: round(_BY_CONTACT * c, 3) for name, c in _CONTACT.items()},
    "retention_log_odds": {"at_cx_70": 1.0, "per_cx_point": 0.05},
    "turnover_pct": {"base": 4.0, "engagement": -0.08},
}

_STORES_BY_FORMAT: Final = {"cua_hang_tu_van": 48, "sieu_thi": 48, "online_kho": 24}
_MONTHS: Final = pd.period_range("2023-01", periods=24, freq="M").strftime("%Y-%m")
_QUALITIES: Final = ("process_q", "product_q", "system_q")
_SCORES: Final = ("satisfaction", *_QUALITIES)
_BASKET_VND: Final = 5_000_000


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """One row a store and month, store by store."""
    stores = _stores(rng)
    months, before = [], None
    for month in _MONTHS:
        before = _month(rng, stores, before)
        months.append(before.assign(month=month))
    panel = pd.concat(months).sort_values(["store_id", "month"], ignore_index=True)
    return _business_results(rng, panel)[[column.name for column in SCHEMA.columns]]


def _stores(rng: np.random.Generator) -> pd.DataFrame:
    """What stays the same in a store: ``usual_*`` levels, its own luck, its size."""
    formats = np.repeat(list(_STORES_BY_FORMAT), list(_STORES_BY_FORMAT.values()))
    count, usual = len(formats), TRUTH["usual"]
    contact = rng.normal([TRUTH["contact_intensity"][name] for name in formats], 0.06)
    engagement = rng.normal(usual["engagement"], 8, count)
    stores = pd.DataFrame(
        {
            "store_id": [f"AN{number:03d}" for number in range(1, count + 1)],
            "format": formats,
            "region": rng.choice(["bac", "trung", "nam"], count, p=[0.4, 0.2, 0.4]),
            "contact_intensity": contact.clip(0, 1).round(2),
            "usual_engagement": engagement,
            "usual_satisfaction": usual["satisfaction"]
            + 0.6 * (engagement - usual["engagement"])
            + rng.normal(0, 6, count),
            "luck": rng.normal(0, TRUTH["cx"]["store_sd"], count),
            "size": rng.uniform(250, 800, count),
        }
    )
    for quality in _QUALITIES:
        stores[f"usual_{quality}"] = rng.normal(usual[quality], 6, count)
    return stores


def _month(
    rng: np.random.Generator, stores: pd.DataFrame, before: pd.DataFrame | None
) -> pd.DataFrame:
    """One month of every store, given the month before (none for the first)."""
    count, dynamics = len(stores), TRUTH["engagement"]
    now = stores.copy()
    mood = rng.normal(0, dynamics["month_sd"], count)
    if before is not None:
        usual = {name: stores[f"usual_{name}"] for name in ("engagement", *_SCORES)}
        surprise = before["cx"] - _expected_cx(stores, usual)
        mood += dynamics["stability"] * (before["engagement"] - stores["usual_engagement"])
        mood += dynamics["cx_last_month"] * surprise
    now["engagement"] = (stores["usual_engagement"] + mood).clip(0, 100).round(1)
    for score in _SCORES:
        now[score] = _around(rng, stores[f"usual_{score}"])
    cx = _expected_cx(stores, now) + rng.normal(0, TRUTH["cx"]["month_sd"], count)
    now["cx"] = cx.clip(0, 100).round(1)
    return now


def _expected_cx(stores: pd.DataFrame, scores: Any) -> pd.Series[float]:
    """What a store's customers feel at such scores, but for the chance of the month."""
    effect, usual = TRUTH["cx"], TRUTH["usual"]
    by_contact = effect["engagement_by_contact"] * stores["contact_intensity"]
    engaged = by_contact * (scores["engagement"] - usual["engagement"])
    others = sum(effect[name] * (scores[name] - usual[name]) for name in _SCORES)
    cx: pd.Series[float] = effect["base"] + engaged + others + stores["luck"]
    return cx


def _around(rng: np.random.Generator, usual: pd.Series[float]) -> pd.Series[float]:
    return (usual + rng.normal(0, 2, len(usual))).clip(0, 100).round(1)


def _business_results(rng: np.random.Generator, panel: pd.DataFrame) -> pd.DataFrame:
    """Add customers, who came back, revenue and turnover."""
    stays, leaves = TRUTH["retention_log_odds"], TRUTH["turnover_pct"]
    customers = (panel["size"] * rng.lognormal(0, 0.08, len(panel))).clip(150, 900).round()
    log_odds = stays["at_cx_70"] + stays["per_cx_point"] * (panel["cx"] - TRUTH["cx"]["base"])
    revenue = customers * _BASKET_VND * rng.lognormal(0, 0.07, len(panel))
    turnover = leaves["base"] + leaves["engagement"] * (
        panel["engagement"] - TRUTH["usual"]["engagement"]
    )
    return panel.assign(
        n_customers=customers.astype(int),
        n_retained=rng.binomial(customers.astype(int), 1 / (1 + np.exp(-log_odds))),
        revenue_vnd=(revenue / 1000).round().astype(int) * 1000,
        turnover_pct=(turnover + rng.normal(0, 1.2, len(panel))).clip(lower=0).round(1),
    )
