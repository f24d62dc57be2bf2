"""Draw lots again and again: each lottery measures the same truth, give or take its error."""

from __future__ import annotations

from functools import cache, partial
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import pilot as charts
from cxlib.labs.was_it_cx.stores import QUIET_MONTHS, STORES, FloatArray, in_pilot, shares
from cxlib.learning.fields import Choice, Points, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import did_regression
from cxlib.text import Text, number, out_of, points, same, signed

EFFECT: Final = 0.025
"""What the pilot truly does, as it was planted into the simulated data."""
DRAWS: Final = 40
_HALF: Final = STORES // 2
_LOT: Final = "lot"
_OTHER_REASONS: Final = 3.0  # to apply, against the store's own rise


class Draws(NamedTuple):
    """What each lottery found: its estimate and half the width of its 95% interval."""

    estimates: FloatArray
    margins: FloatArray


@cache
def _untreated() -> FloatArray:
    """Return how each store would have changed from half-year to half-year without the pilot."""
    halves = shares()[:, QUIET_MONTHS:].mean(axis=1) - shares()[:, :QUIET_MONTHS].mean(axis=1)
    untreated: FloatArray = halves - EFFECT * in_pilot()
    return untreated


def _arms(entry: str, draw: int) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Return the stores of both arms; the first lottery is the one that was really held."""
    rng = np.random.default_rng(draw)
    if entry != _LOT:
        change = _untreated()
        eager = np.argsort(-change / change.std() + _OTHER_REASONS * rng.normal(size=STORES))
        return eager[:_HALF], rng.permutation(eager[_HALF:])
    if draw == 1:
        return np.flatnonzero(in_pilot()), np.flatnonzero(~in_pilot())
    order = rng.permutation(STORES)
    return order[:_HALF], order[_HALF:]


@cache
def draws(entry: str, effect: float, per_arm: int) -> Draws:
    """Hold every lottery and compare the changes of the two arms."""
    from scipy.special import stdtrit

    arms = [_arms(entry, draw) for draw in range(1, DRAWS + 1)]
    pilot, control = (
        _untreated()[np.array([drawn[side][:per_arm] for drawn in arms])] for side in (0, 1)
    )
    variances = pilot.var(axis=1, ddof=1) + control.var(axis=1, ddof=1)
    return Draws(
        pilot.mean(axis=1) + effect - control.mean(axis=1),
        stdtrit(2 * per_arm - 2, 0.975) * np.sqrt(variances / per_arm),
    )


@lab(
    key="lottery",
    title=Text("Bốc thăm, rồi bốc thăm lại", "Draw lots, and draw again"),
    presets={
        "real": Preset(
            Text("Tình huống 1: lượt bốc thăm thật", "Case 1: the real lottery"),
            {"draws_held": 1, "effect": EFFECT, "per_arm": 100, "entry": _LOT},
        ),
        "nothing": Preset(
            Text("Tình huống 2: chương trình vô dụng", "Case 2: a useless programme"),
            {"draws_held": DRAWS, "effect": 0.0, "per_arm": 100, "entry": _LOT},
        ),
        "eager": Preset(
            Text("Tình huống 3: ai hăng hái thì vào", "Case 3: the eager join"),
            {"draws_held": DRAWS, "effect": EFFECT, "per_arm": 100, "entry": "eager"},
        ),
    },
    formulas=((Text("Khác biệt kép theo cửa hàng", "DiD by store"), did_regression),),
    sources=("fisher1935", "liang1986", "bertrand2004"),
    draws_held=Quantity(Text("Số lượt bốc thăm", "Lotteries held"), 1, 1, DRAWS, 1),
    per_arm=Quantity(Text("Số cửa hàng mỗi nhóm", "Stores in each arm"), 100, 10, 100, 5),
    effect=Points(Text("Tác động thật", "True effect"), EFFECT, 0.0, 0.06, 0.005),
    entry=Choice(
        label=Text("Ai được thí điểm", "Who joins the pilot"),
        options={
            _LOT: Text("bốc thăm", "drawn by lot"),
            "eager": Text("nơi hăng hái xin vào", "the eager who apply"),
        },
        default=_LOT,
    ),
)
def lottery(
    draws_held: float, per_arm: float, effect: float, entry: str, guess: float | None = None
) -> View:
    """Divide the same stores anew, measure, and compare with the planted truth."""
    held = round(draws_held)
    found = draws(entry, effect, round(per_arm))
    estimates, margins = found.estimates[:held], found.margins[:held]
    hits = abs(estimates - effect) <= margins
    return View(
        finding=(_by_lot if entry == _LOT else _by_zeal)(estimates, margins, hits, effect),
        chart=partial(charts.lotteries, found.estimates, found.margins, held, effect, guess),
        key_figures=(
            KeyFigure(
                Text("Lượt vừa bốc (điểm %)", "The latest draw (pp)"),
                _with_margin(estimates[-1], margins[-1]),
            ),
            KeyFigure(
                Text("Bình quân các lượt (điểm %)", "Mean of the draws (pp)"),
                signed(number(100 * estimates.mean(), 2)),
            ),
            KeyFigure(
                Text("Khoảng chứa sự thật", "Intervals that hold the truth"),
                out_of(int(hits.sum()), held),
                "good" if hits.mean() >= 0.9 else "bad",
            ),
        ),
        table=Table(
            (
                Text("Lượt", "Draw"),
                Text("Đo được", "Measured"),
                Text("Thấp nhất", "Low end"),
                Text("Cao nhất", "High end"),
                Text("Chứa sự thật", "Holds the truth"),
            ),
            [
                [
                    number(draw),
                    signed(points(estimate)),
                    signed(points(estimate - margin)),
                    signed(points(estimate + margin)),
                    Text("có", "yes") if hit else Text("không", "no"),
                ]
                for draw, (estimate, margin, hit) in enumerate(
                    zip(estimates, margins, hits, strict=True), start=1
                )
            ],
        ),
    )


def _with_margin(estimate: float, margin: float) -> Text:
    """Write an estimate in percentage points with what it may be off by, without the unit."""
    return signed(number(100 * estimate, 2)) + same("\u00a0±\u00a0") + number(100 * margin, 2)


def _by_lot(
    estimates: FloatArray, margins: FloatArray, hits: NDArray[np.bool_], effect: float
) -> Text:
    latest = Text(
        "Lượt {n} đo được {found}; sự thật là {truth}, {inside} khoảng ấy.",
        "Draw {n} measured {found}; the truth is {truth}, {inside} that range.",
    )
    if len(estimates) > 1:
        latest += Text(
            " Qua {n} lượt, con số nhảy từ {low} đến {high}, và {hits} khoảng tin cậy 95 % chứa "
            "sự thật.",
            " Over {n} draws the figure went from {low} to {high}, and {hits} of the 95% "
            "confidence intervals held the truth.",
        )
    return latest.format(
        n=number(len(estimates)),
        found=_with_margin(estimates[-1], margins[-1]) + Text("\u00a0điểm\u00a0%", "\u00a0pp"),
        truth=signed(points(effect)),
        inside=Text("nằm trong", "within") if hits[-1] else Text("nằm ngoài", "outside"),
        low=signed(points(estimates.min())),
        high=signed(points(estimates.max())),
        hits=number(hits.sum()),
    )


def _by_zeal(
    estimates: FloatArray, margins: FloatArray, hits: NDArray[np.bool_], effect: float
) -> Text:
    return Text(
        "Để nơi hăng hái tự xin vào thì bình quân đo được {mean}, trong khi sự thật là {truth}: "
        "{hits}/{n} khoảng chứa sự thật, mà không khoảng nào tự báo là mình lệch.",
        "When the eager apply, the mean measured is {mean} while the truth is {truth}: "
        "{hits} of {n} intervals hold the truth, and none tells that it is off.",
    ).format(
        mean=signed(points(estimates.mean())),
        truth=signed(points(effect)),
        hits=number(hits.sum()),
        n=number(len(hits)),
    )


luckiest_draw: Final = Prediction(
    key="luckiest-draw",
    question=Points(
        Text(
            "Chương trình nâng tỷ lệ khách hài lòng đúng 2,5 điểm %. Nếu bốc thăm lại 40 lần, "
            "mỗi lần chia 200 cửa hàng thành hai nhóm khác, thì lượt may mắn nhất sẽ báo cáo bao "
            "nhiêu điểm %?",
            "The programme lifts satisfied customers by exactly 2.5 percentage points. Draw lots "
            "40 times over, each time dividing the 200 stores anew: how many points does the "
            "luckiest draw report?",
        ),
        None,
        0.0,
        0.10,
        0.001,
    ),
    answer=lambda: float(draws(_LOT, EFFECT, 100).estimates.max()),
)
