"""Sixteen improvements and a budget. What each costs, how much it mends, what it needs first.

A plan of the fictional chain An Nhiên, written by hand; nothing is drawn.

1. Each of the eight touchpoints has a score today (0–10) and an importance (a share; all eight
   add up to one). The worst scores belong to touchpoints that hardly matter.
2. Each improvement mends one touchpoint: it lifts the score by ``gap_closed`` points for
   ``cost_vnd`` within ``months``. Its value is importance × gap closed: points of overall
   experience.
3. Two improvements stand on another one (``requires``) and cannot be bought without it.

The truth is the most valuable set within two billion dong, found exactly.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from cxlib.models.portfolio import best_portfolio

SEED: Final = 20_260_114
BUDGET: Final = 2_000_000_000


class Touchpoint(NamedTuple):
    """Today's score (0–10) and importance (share) of one touchpoint."""

    score: float
    importance: float


class Improvement(NamedTuple):
    """One project: touchpoint, cost in million dong, points gained, months, what it needs."""

    touchpoint: str
    million: int
    gap_closed: float
    months: int
    requires: str = ""


TOUCHPOINTS: Final = {
    "quang_cao": Touchpoint(5.2, 0.02),
    "website": Touchpoint(6.0, 0.05),
    "tu_van": Touchpoint(7.6, 0.14),
    "thanh_toan": Touchpoint(5.7, 0.05),
    "giao_hang": Touchpoint(6.8, 0.30),
    "lap_dat": Touchpoint(6.3, 0.08),
    "cskh": Touchpoint(6.9, 0.22),
    "bao_hanh": Touchpoint(6.6, 0.14),
}
IMPROVEMENTS: Final = {
    "hinh_that": Improvement("quang_cao", 40, 0.8, 1),
    "chien_dich_moi": Improvement("quang_cao", 650, 2.2, 6),
    "web_nhanh": Improvement("website", 180, 1.0, 3),
    "ton_kho_tren_web": Improvement("website", 260, 1.4, 4),
    "them_vi_dien_tu": Improvement("thanh_toan", 150, 1.2, 2),
    "quay_tu_thanh_toan": Improvement("thanh_toan", 540, 1.9, 6),
    "hen_gio_lap_dat": Improvement("lap_dat", 140, 1.0, 2),
    "doi_tho_rieng": Improvement("lap_dat", 980, 2.1, 8),
    "bao_duong_di_cua_don": Improvement("giao_hang", 300, 0.9, 3),
    "khach_chon_khung_gio": Improvement("giao_hang", 420, 1.3, 5, "bao_duong_di_cua_don"),
    "kho_vung_mien_trung": Improvement("giao_hang", 1_200, 2.1, 10),
    "mot_ho_so_khach": Improvement("cskh", 560, 1.2, 6),
    "goi_lai_khi_lo_may": Improvement("cskh", 230, 1.1, 2, "mot_ho_so_khach"),
    "cho_muon_may": Improvement("bao_hanh", 250, 1.3, 2),
    "bao_hanh_tai_nha": Improvement("bao_hanh", 520, 1.6, 5),
    "hoi_nhu_cau_truoc": Improvement("tu_van", 220, 0.8, 2),
}


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """Lay out the plan, one row an improvement; ``rng`` is not needed."""
    return pd.DataFrame(
        {
            "improvement": name,
            "touchpoint": one.touchpoint,
            "score_today": TOUCHPOINTS[one.touchpoint].score,
            "importance": TOUCHPOINTS[one.touchpoint].importance,
            "gap_closed": one.gap_closed,
            "cost_vnd": one.million * 1_000_000,
            "months": one.months,
            "requires": one.requires,
        }
        for name, one in IMPROVEMENTS.items()
    )


def _optimum() -> dict[str, Any]:
    plan = generate(np.random.default_rng(SEED)).set_index("improvement")
    needs = {name: (one.requires,) for name, one in IMPROVEMENTS.items() if one.requires}
    best = best_portfolio(plan["cost_vnd"], plan["importance"] * plan["gap_closed"], BUDGET, needs)
    return {
        "budget_vnd": BUDGET,
        "chosen": list(best.chosen),
        "cost_vnd": int(best.cost),
        "value": round(best.value, 4),
    }


TRUTH: Final[dict[str, Any]] = _optimum()
