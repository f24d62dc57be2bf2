"""Nine hundred employees: who is happy, who is engaged, and the four tests that tell."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd

from cxlib.charts import engagement as charts
from cxlib.data import load
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.engagement import cronbach_alpha
from cxlib.text import Text, number, percent

TESTS: Final = {
    "clear": Text("rõ", "clear"),
    "contributes": Text("đóng góp", "contributes"),
    "excited": Text("hào hứng", "excited"),
    "committed": Text("cam kết", "committed"),
}
MIDDLE: Final = 3.0
_SCALE: Final = Text("thang 1–5", "scale of 1–5")
_STEPS: Final = {"satisfaction": 0.25, "engagement": 0.125}  # between two possible means


@cache
def _people() -> pd.DataFrame:
    """Mean answer to each test, to all four and on satisfaction, 1–5, one row a person."""
    survey = load("khao_sat_nhan_vien")
    means = {test: survey[[f"{test}_1", f"{test}_2"]].mean(axis=1) for test in TESTS}
    people = pd.DataFrame(means)
    people["engagement"] = people.mean(axis=1)
    people["satisfaction"] = survey.filter(like="satisfied_").mean(axis=1)
    return people


@cache
def _scattered() -> pd.DataFrame:
    """Everybody moved by less than one step, so that equal answers do not hide each other."""
    people = _people()[list(_STEPS)]
    shift = np.random.default_rng(2).uniform(0, 0.95, people.shape) * list(_STEPS.values())
    return people + shift


@lab(
    key="happy-not-engaged",
    title=Text("Vui nhưng không gắn kết", "Happy but not engaged"),
    presets={
        "strict": Preset(
            Text("Tình huống 1: chuẩn gắn kết khắt khe", "Case 1: a strict bar for engagement"),
            {"happy_bar": 3.0, "engaged_bar": 3.75},
        ),
        "delighted": Preset(
            Text("Tình huống 2: chỉ tính người rất vui", "Case 2: the very happy only"),
            {"happy_bar": 4.25, "engaged_bar": 3.0},
        ),
    },
    formulas=((Text("Độ tin cậy của thang đo", "Reliability of a scale"), cronbach_alpha),),
    sources=("cronbach1951", "harter2002"),
    happy_bar=Quantity(
        Text("“Vui” là từ mấy điểm", "“Happy” from (points)"),
        MIDDLE,
        2.0,
        4.5,
        0.25,
        hint=_SCALE,
    ),
    engaged_bar=Quantity(
        Text("“Gắn kết” là từ mấy điểm", "“Engaged” from (points)"),
        MIDDLE,
        2.0,
        4.5,
        0.25,
        hint=_SCALE,
    ),
)
def happy_not_engaged(happy_bar: float, engaged_bar: float, guess: float | None = None) -> View:
    """Count who is happy, who is engaged, and who is only one of the two."""
    people = _people()
    happy, engaged = people["satisfaction"] >= happy_bar, people["engagement"] >= engaged_bar
    hidden = float((happy & ~engaged).sum() / happy.sum())
    passes = people[list(TESTS)] >= engaged_bar
    passing = pd.DataFrame(
        {"engaged": passes[happy & engaged].mean(), "happy": passes[happy & ~engaged].mean()}
    )
    guessed_bar = None
    if guess is not None:
        guessed_bar = float(np.quantile(people.loc[happy, "engagement"], np.clip(guess, 0, 1)))
    chart = partial(
        charts.people_map, _scattered(), happy_bar, engaged_bar, passing, TESTS, guessed_bar
    )
    return View(
        finding=Text(
            "Trong {happy} người vui, {hidden} không gắn kết: chỉ hỏi “bạn có hài lòng không?” thì "
            "không thấy họ.",
            "Of {happy} happy people, {hidden} are not engaged: a satisfaction survey alone cannot "
            "see them.",
        ).format(happy=number(happy.sum()), hidden=percent(hidden, 0)),
        chart=chart,
        key_figures=(
            KeyFigure(Text("Trong tất cả: vui", "Of everybody: happy"), percent(happy.mean(), 0)),
            KeyFigure(
                Text("Trong tất cả: vui và gắn kết", "Of everybody: happy and engaged"),
                percent((happy & engaged).mean(), 0),
                "good",
            ),
            KeyFigure(
                Text("Trong tất cả: vui, không gắn kết", "Of everybody: happy, not engaged"),
                percent((happy & ~engaged).mean(), 0),
                "bad",
            ),
        ),
        table=Table(
            (
                Text("Phép thử", "Test"),
                Text("Người vui và gắn kết đạt", "Passed by the happy and engaged"),
                Text("Người vui, không gắn kết đạt", "Passed by the happy, not engaged"),
            ),
            [
                [TESTS[str(test)], percent(row["engaged"], 0), percent(row["happy"], 0)]
                for test, row in passing.fillna(0.0).iterrows()
            ],
        ),
    )


@cache
def _hidden_share() -> float:
    people = _people()
    happy = people[people["satisfaction"] >= MIDDLE]
    return float((happy["engagement"] < MIDDLE).mean())


hidden_share: Final = Prediction(
    key="hidden-share",
    question=Share(
        Text(
            "Trong những người vui ấy, bao nhiêu phần trăm không gắn kết với mục tiêu chung?",
            "Of these happy people, what percentage is not engaged with the common goal?",
        ),
        None,
        0.0,
        1.0,
        0.01,
    ),
    answer=_hidden_share,
)
