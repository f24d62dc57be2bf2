"""A prediction is committed, kept, compared, and can be taken back."""

from __future__ import annotations

from typing import Any, Final

import pytest

from cxlib.learning.fields import Choice, Share
from cxlib.learning.panel import Panel
from cxlib.learning.predict import Prediction, PredictionFace
from cxlib.learning.store import Store
from cxlib.text import LANGS, Lang, Text

NUMBER: Final = Prediction(
    key="number",
    question=Share(Text("Còn bao nhiêu?", "What is left?"), None, -0.5, 0.5, 0.005),
    answer=lambda: 0.06989,
)
OPTION: Final = Prediction(
    key="option",
    question=Choice(
        label=Text("Khoản nào?", "Which?"),
        options={"C1": Text("Tuyển dụng", "Hiring"), "C6": Text("Điểm chạm", "Touchpoints")},
    ),
    answer=lambda: "C6",
)


def _panel(prediction: Prediction, lang: Lang = "vi") -> tuple[Panel, Store]:
    store = Store()
    return Panel(PredictionFace(prediction, lang, store), store), store


def _send(panel: Panel, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [])
    return panel.state


@pytest.mark.parametrize(
    ("guess", "vi", "en"),
    [
        (0.15, "Bạn đoán 15\xa0%; ", "You guessed 15%; "),
        (0.15, "kết quả là 7\xa0%", "the outcome is 7%"),
        (0.15, "lệch 8\xa0điểm\xa0%", "off by 8\xa0pp"),
        (-0.1, "Bạn đoán −10\xa0%", "You guessed −10%"),
    ],
)
def test_numbers_are_compared_with_their_distance(guess: float, vi: str, en: str) -> None:
    said = NUMBER.comparison(guess)
    assert vi in said.vi
    assert en in said.en


@pytest.mark.parametrize(
    ("guess", "vi", "en"),
    [
        (
            "C1",
            "Bạn đoán: Tuyển dụng. Kết quả với số liệu ban đầu: Điểm chạm. Bất ngờ chưa?",
            "Surprised?",
        ),
        ("C6", "Bạn đoán: Điểm chạm. Kết quả với số liệu ban đầu: Điểm chạm. Đúng!", "Right!"),
    ],
)
def test_options_are_compared_in_words(guess: str, vi: str, en: str) -> None:
    said = OPTION.comparison(guess)
    assert said.vi == vi
    assert said.en.endswith(en)


@pytest.mark.parametrize(("prediction", "raw"), [(NUMBER, "15 %"), (OPTION, "C1")])
def test_guess_is_committed_locked_and_taken_back(prediction: Prediction, raw: str) -> None:
    panel, store = _panel(prediction)
    assert panel.state["hidden"] == ["again"]
    _send(panel, do="enter", name="guess", raw=raw)
    assert prediction.guess(store) is None
    state = _send(panel, do="act", name="commit")
    assert prediction.guess(store) == prediction.question.read(raw, "vi")
    assert (state["locked"], state["hidden"]) == (["guess"], ["commit"])
    assert state["fields"]["guess"]["note"] != ""
    state = _send(panel, do="act", name="again")
    assert prediction.guess(store) is None
    assert (state["locked"], state["hidden"]) == ([], ["again"])


@pytest.mark.parametrize(("lang", "said"), [("vi", "Hãy đoán"), ("en", "Guess first")])
def test_nothing_to_commit_is_told(lang: Lang, said: str) -> None:
    panel, store = _panel(NUMBER, lang)
    assert said in _send(panel, do="act", name="commit")["message"]
    assert NUMBER.guess(store) is None
    assert _send(panel, do="enter", name="guess", raw="5 %")["message"] == ""


def test_unreadable_guess_cannot_be_committed() -> None:
    panel, store = _panel(NUMBER)
    assert "abc" in _send(panel, do="enter", name="guess", raw="abc")["fields"]["guess"]["problem"]
    _send(panel, do="act", name="commit")
    assert NUMBER.guess(store) is None


def test_answer_is_nowhere_in_the_panel_before_the_guess() -> None:
    panel, _ = _panel(NUMBER)
    shown = f"{panel.spec} {panel.state}"
    assert "0.0698" not in shown
    assert "7\xa0%" not in shown


def test_guess_comes_back_from_the_browser() -> None:
    panel, store = _panel(NUMBER)
    store.load({NUMBER.memory: 0.15})
    assert panel.state["fields"]["guess"]["text"] == "15\xa0%"
    assert panel.state["locked"] == ["guess"]


@pytest.mark.parametrize("tampered", ["abc", 7, -7, {}, [], ["C1"], "C9"], ids=repr)
@pytest.mark.parametrize("prediction", [NUMBER, OPTION], ids=["number", "option"])
@pytest.mark.parametrize("lang", LANGS)
def test_tampered_guess_counts_as_none(prediction: Prediction, lang: Lang, tampered: Any) -> None:
    panel, store = _panel(prediction, lang)
    store.load({prediction.memory: tampered})
    assert prediction.guess(store) is None
    assert prediction.comparison_html(store, lang) == ""
    assert panel.state["locked"] == []
