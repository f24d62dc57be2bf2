"""A guess may be an order or a curve, with or without confidence, and is compared in words."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import kendalltau

from cxlib.learning.fields import Choice, Money, Quantity, Ranking, Share
from cxlib.learning.lab import Lab, LabFace, LabPanel
from cxlib.learning.panel import Panel
from cxlib.learning.predict import (
    CurvePrediction,
    Prediction,
    PredictionFace,
    calibration,
    turned_pairs,
)
from cxlib.learning.store import Store
from cxlib.learning.view import Table, View
from cxlib.text import LANGS, Lang, Text, number, same


def _month(month: float) -> Text:
    return Text("tháng {n}", "month {n}").format(n=number(month))


RANKING: Final = Prediction(
    key="first-repairs",
    question=Ranking(
        label=Text("Sửa điểm chạm nào trước?", "Which touchpoint first?"),
        options={
            "app": Text("Ứng dụng <b>", "App <b>"),
            "ship": Text("Giao hàng", "Delivery"),
            "call": Text("Tổng đài", "Hotline"),
            "shop": Text("Cửa hàng", "Shop"),
            "bill": Text("Hóa đơn", "Invoice"),
        },
    ),
    answer=lambda: ("call", "ship", "app", "shop", "bill"),
    asks_confidence=True,
)
CURVE: Final = CurvePrediction(
    key="who-stays",
    question=Share(Text("Bao nhiêu khách còn ở lại?", "Who is still there?"), None, 0, 1, 0.01),
    answer=lambda: [1.0, 0.7, 0.6, 0.55, 0.52],
    x=(0, 3, 6, 9, 12),
    points=(0, 6, 12),
    place=_month,
)
NUMBER: Final = Prediction(
    key="loss",
    question=Money(Text("Mất bao nhiêu?", "How much is lost?"), None, 0, 1e9, 1e7),
    answer=lambda: 4.04e8,
    asks_confidence=True,
)
CHOICE: Final = Prediction(
    key="largest",
    question=Choice(label=same("?"), options={"a": same("A"), "b": same("B")}),
    answer=lambda: "b",
    asks_confidence=True,
)
GUESSED: Final[list[tuple[Prediction, dict[str, Any]]]] = [
    (NUMBER, {"guess": 3e8}),
    (CHOICE, {"guess": "a"}),
    (RANKING, {"guess": ["ship", "call", "app", "shop", "bill"]}),
    (CURVE, {"point-0": 1.0, "point-1": 0.8, "point-2": 0.6}),
]
each_kind = pytest.mark.parametrize(
    ("prediction", "entered"), GUESSED, ids=["number", "choice", "ranking", "curve"]
)


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


def _panel(prediction: Prediction, lang: Lang, store: Store) -> Panel:
    return Panel(PredictionFace(prediction, lang, store), store)


def _send(panel: Panel, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [])
    return panel.state


def _commit(panel: Panel, entered: dict[str, Any]) -> dict[str, Any]:
    for name, raw in entered.items():
        _send(panel, do="enter", name=name, raw=raw)
    return _send(panel, do="act", name="commit")


# -------------------------------------------------------------------------- from guess to memory


@each_kind
class TestEveryKind:
    def test_guess_is_committed_locked_and_taken_back(
        self, prediction: Prediction, entered: dict[str, Any], lang: Lang
    ) -> None:
        store = Store()
        panel = _panel(prediction, lang, store)
        assert prediction.guess(store) is None
        state = _commit(panel, entered)
        assert state["message"] == ""
        assert set(state["locked"]) == set(panel.spec["fields"])
        assert state["hidden"] == ["commit"]
        assert prediction.guess(store) is not None
        state = _send(panel, do="act", name="again")
        assert (state["locked"], state["hidden"]) == ([], ["again"])
        assert prediction.guess(store) is None
        assert prediction.comparison_html(store, lang) == ""

    def test_guess_comes_back_from_the_browser(
        self, prediction: Prediction, entered: dict[str, Any], lang: Lang
    ) -> None:
        first, later = Store(), Store()
        _commit(_panel(prediction, lang, first), entered)
        again = _panel(prediction, lang, later)
        later.load(json.loads(json.dumps(first.values())))
        assert np.array_equal(prediction.guess(later), prediction.guess(first))
        assert again.state["hidden"] == ["commit"]

    @pytest.mark.parametrize(
        "tampered",
        ["<b>", 1e99, float("nan"), {}, [], [[]], ["a", "b", "c"], [1, 2, 3], [0.5], [0.5] * 9],
        ids=repr,
    )
    def test_tampered_guess_counts_as_none(
        self, prediction: Prediction, entered: dict[str, Any], tampered: Any
    ) -> None:
        store = Store()
        panel = _panel(prediction, "vi", store)
        store.load({prediction.memory: tampered})
        assert prediction.guess(store) is None
        assert panel.state["hidden"] == ["again"]

    def test_lab_opens_on_the_guess_or_without_one(
        self, prediction: Prediction, entered: dict[str, Any], lang: Lang
    ) -> None:
        store = Store()
        panel = LabPanel(LabFace(LAB, lang, store, after=prediction), store)
        assert panel.state["curtained"]
        _commit(_panel(prediction, lang, store), entered)
        assert not panel.state["curtained"]
        assert prediction.comparison_html(store, lang) in panel.state["screen"]
        trainer = LabPanel(LabFace(LAB, lang, Store(), after=prediction), Store())
        assert not _send(trainer, do="act", name="open")["curtained"]


def _draw(guess: Any = None) -> View:
    drawn.append(guess)
    from matplotlib.figure import Figure

    return View(same("Xong"), lambda _: Figure(), (), Table((same("x"),), ((same("1"),),)))


drawn: list[Any] = []
LAB: Final = Lab("tiny", same("Tiny"), _draw, {})


def test_answer_is_not_in_the_page_before_the_guess(lang: Lang) -> None:
    panel = _panel(replace(CURVE, answer=lambda: [0.91, 0.83, 0.77, 0.69, 0.61]), lang, Store())
    sent = json.dumps([panel.spec, panel.state], ensure_ascii=False)
    assert [digits for digits in ("91", "83", "77", "69", "61") if f"0.{digits}" in sent] == []


# --------------------------------------------------------------------------------- orders


@pytest.mark.parametrize(
    ("guess", "vi", "en"),
    [
        pytest.param(
            "call ship app shop bill",
            "Bạn xếp đúng cả 5 vị trí.",
            "You put all 5 in place.",
            id="all in place",
        ),
        pytest.param(
            "ship call app shop bill",
            "Bạn xếp đúng 3/5 vị trí; trong 10 cặp có 1 cặp bị đảo thứ tự.",
            "You put 3 of 5 in place; of 10 pairs, 1 stand the other way round.",
            id="neighbours turned",
        ),
        pytest.param(
            "bill shop app ship call",
            "Bạn xếp đúng 1/5 vị trí; trong 10 cặp có 10 cặp bị đảo thứ tự.",
            "You put 1 of 5 in place; of 10 pairs, 10 stand the other way round.",
            id="backwards",
        ),
    ],
)
def test_orders_are_compared_in_words(guess: str, vi: str, en: str) -> None:
    said = RANKING.comparison(tuple(guess.split()))
    assert said.vi.endswith(vi)
    assert said.en.endswith(en)
    assert "Tổng đài → Giao hàng → Ứng dụng <b> → Cửa hàng → Hóa đơn" in said.vi


def test_turned_pairs_agree_with_scipy() -> None:
    answer = tuple("abcde")
    for guess in permutations(answer):
        tau = kendalltau([guess.index(key) for key in answer], range(5)).statistic
        assert turned_pairs(guess, answer) == round((1 - tau) / 2 * 10)


# --------------------------------------------------------------------------------- curves


def test_sliders_stand_under_the_question(lang: Lang) -> None:
    spec = _panel(CURVE, lang, Store()).spec
    labels = {"vi": ["tháng 0", "tháng 6", "tháng 12"], "en": ["month 0", "month 6", "month 12"]}
    assert [item["label"] for item in spec["fields"].values()] == labels[lang]
    assert spec["groups"][0]["title"] == CURVE.question.label(lang)


def test_lab_is_handed_the_curve_over_its_grid() -> None:
    store = Store()
    panel = LabPanel(LabFace(LAB, "vi", store, after=CURVE), store)
    drawn.clear()
    _commit(_panel(CURVE, "vi", store), GUESSED[3][1])
    assert drawn[-1].tolist() == pytest.approx([1.0, 0.9, 0.8, 0.7, 0.6])
    assert panel.state["curtained"] is False


def test_curves_are_compared_by_mean_and_worst_distance() -> None:
    said = CURVE.comparison(CURVE.curve([1.0, 0.8, 0.6]))
    # distances 0, 20, 20, 15 and 8 points
    assert "lệch trung bình 12,6\xa0điểm\xa0%" in said.vi
    assert "ở tháng 3: bạn đoán 90\xa0%, kết quả là 70\xa0%" in said.vi
    assert "off by 12.6\xa0pp on average" in said.en
    assert "at month 3: you guessed 90%, the outcome is 70%" in said.en


def test_half_a_curve_cannot_be_committed(lang: Lang) -> None:
    store = Store()
    state = _commit(_panel(CURVE, lang, store), {"point-0": 1.0, "point-2": 0.5})
    assert state["message"] != ""
    assert CURVE.guess(store) is None


def test_sketch_follows_the_sliders_and_hides_from_screen_readers() -> None:
    panel = _panel(CURVE, "vi", Store())
    assert 'points="0.0,20.0 50.0,20.0 100.0,20.0"' in panel.state["screen"]
    state = _send(panel, do="enter", name="point-0", raw=1.0)
    assert 'points="0.0,0.0 50.0,20.0 100.0,20.0"' in state["screen"]
    assert 'aria-hidden="true"' in state["screen"]


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_curve_goes_through_its_points_and_keeps_its_range(points: list[float]) -> None:
    curve: NDArray[np.float64] = CURVE.curve(points)
    assert curve.shape == (5,)
    assert curve[[0, 2, 4]].tolist() == points
    assert min(points) <= curve.min() <= curve.max() <= max(points)


# --------------------------------------------------------------------------------- confidence


def test_confidence_is_asked_only_where_the_author_wants_it() -> None:
    assert "confidence" in _panel(NUMBER, "vi", Store()).spec["fields"]
    assert "confidence" not in _panel(CURVE, "vi", Store()).spec["fields"]


def test_confidence_is_optional_and_kept_apart_from_the_guess(lang: Lang) -> None:
    store = Store()
    panel = _panel(NUMBER, lang, store)
    _commit(panel, {"guess": 3e8})
    assert (NUMBER.guess(store), NUMBER.confidence(store)) == (3e8, None)
    _send(panel, do="act", name="again")
    _commit(panel, {"confidence": "80 %"})
    assert (NUMBER.guess(store), NUMBER.confidence(store)) == (3e8, 0.8)
    later = Store()
    again = _panel(NUMBER, lang, later)
    later.load(json.loads(json.dumps(store.values())))
    assert again.state["fields"]["confidence"]["position"] == 0.8


@pytest.mark.parametrize("tampered", ["x", 7, -1, [], {}, None], ids=repr)
def test_tampered_confidence_counts_as_none(tampered: Any) -> None:
    store = Store()
    store.load({NUMBER.memory: 3e8, NUMBER.confidence_memory: tampered})
    assert NUMBER.confidence(store) is None
    assert NUMBER.guess(store) == 3e8


@pytest.mark.parametrize(
    ("prediction", "close", "far"),
    [
        (NUMBER, 4.9e8, 5.1e8),
        (CHOICE, "b", "a"),
        (RANKING, ["ship", "call", "app", "shop", "bill"], ["app", "call", "ship", "shop", "bill"]),
        (CURVE, np.array([0.95, 0.7, 0.6, 0.5, 0.5]), np.array([1.0, 0.9, 0.8, 0.7, 0.6])),
    ],
    ids=["number", "choice", "ranking", "curve"],
)
def test_close_is_within_a_tenth_of_what_is_possible(
    prediction: Prediction, close: Any, far: Any
) -> None:
    assert prediction.is_close(close)
    assert not prediction.is_close(far)


@pytest.mark.parametrize(
    ("sure", "close", "vi", "en"),
    [
        (0.9, True, "Bạn chắc 90\xa0%", "intuition was right"),
        (0.6, False, "mà kết quả lại khác", "came out otherwise"),
        (0.3, True, "Bạn chỉ chắc 30\xa0%", "know more about this than you"),
        (0.0, False, "Bạn chỉ chắc 0\xa0%", "a good start"),
    ],
)
def test_calibration_is_told_in_one_sentence(sure: float, close: bool, vi: str, en: str) -> None:
    said = calibration(sure, close)
    assert vi in said.vi
    assert en in said.en


def test_calibration_follows_the_comparison_only_when_confidence_was_given(lang: Lang) -> None:
    store = Store()
    store.load({NUMBER.memory: 9e8})
    plain = NUMBER.comparison_html(store, lang)
    store.load({NUMBER.confidence_memory: 0.95})
    told = NUMBER.comparison_html(store, lang)
    assert calibration(0.95, False)(lang) not in plain
    assert told == plain.replace("</p>", f" {calibration(0.95, False)(lang)}</p>")


def test_comparison_is_escaped(lang: Lang) -> None:
    store = Store()
    store.load({RANKING.memory: ["app", "ship", "call", "shop", "bill"]})
    assert "&lt;b&gt;" in RANKING.comparison_html(store, lang)
    assert "<b>" not in RANKING.comparison_html(store, lang)


def test_numbers_without_a_unit_can_be_predicted() -> None:
    plain = Prediction("n", Quantity(same("?"), None, 0, 10, 1), lambda: 7.4)
    assert "bạn đoán 5" in plain.comparison(5).vi.lower()
    assert "kết quả là 7 (lệch 2)" in plain.comparison(5).vi
