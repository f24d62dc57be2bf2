"""What a panel asks where no widget runs."""

from __future__ import annotations

import pytest

from cxlib.labs import waiting
from cxlib.learning import Page
from cxlib.learning.predict import Prediction
from cxlib.text import Lang


def printed(prediction: Prediction, lang: Lang) -> str:
    return Page("05-waiting", lang).predict(prediction).fallback()["text/plain"]


@pytest.mark.parametrize(
    ("lang", "title", "ends"),
    [("vi", "Dự đoán của bạn", "(1 – 20)"), ("en", "Your prediction", "(1 – 20)")],
)
def test_number_is_a_question_with_a_blank_and_its_ends(lang: Lang, title: str, ends: str) -> None:
    first, question = printed(waiting.half_will_wait, lang).split("\n")
    assert first == title
    assert question == f"{waiting.half_will_wait.question.label(lang)} ……… {ends}"


def test_order_has_a_blank_before_each_item() -> None:
    ranking = waiting.order_of_patience.question
    lines = printed(waiting.order_of_patience, "vi").split("\n")[2:]
    assert lines == [f"……… {option('vi')}" for option in ranking.options.values()]


def test_quiz_has_a_box_before_each_option() -> None:
    lines = Page("05-waiting", "en").quiz().fallback()["text/plain"].split("\n")
    assert sum(line.startswith("☐ ") for line in lines) >= 3 * 3
    assert len(lines) > sum(line.startswith("☐ ") for line in lines)
