"""A certificate comes when everything is done, says what it is, and draws a name as letters."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlib.learning.certificate import (
    CERTIFICATE,
    Certificate,
    PersonName,
    earned,
    figures,
    in_words,
    pdf,
    svg,
)
from cxlib.learning.diagnostic import AFTER, BEFORE
from cxlib.learning.page import Page
from cxlib.learning.panel import Panel
from cxlib.learning.progress import Lesson, course_progress, kind_of, outline
from cxlib.text import LANGS, Lang, Problem, same

NO_TOPICS: Final = {"vi": (), "en": ()}
DAY: Final = date(2026, 3, 9)
NAME: Final = "Nguyễn Thị Phương Hạnh"
SELF_ISSUED: Final = {"vi": "do chính người học tự tạo", "en": "Self-issued"}
LESSONS: Final = (
    Lesson("01", "01-a", same("A"), 30, ("prediction.a", "quiz.01-a"), NO_TOPICS),
    Lesson("02", "02-b", same("B"), 30, ("quiz.02-b", "exercise.02-b.e"), NO_TOPICS),
)
DONE: Final[dict[str, Any]] = {
    "prediction.a": 1,
    "quiz.01-a": {"right": 4, "of": 5},
    "quiz.02-b": {"right": 3, "of": 3},
    "exercise.02-b.e": {"right": 1, "of": 1},
    BEFORE: {"right": 4, "of": 10},
    AFTER: {"right": 7, "of": 10},
}
MADE: Final = Certificate(NAME, DAY, 2, (7, 8), 4, 7, 10)

each_lang = pytest.mark.parametrize("lang", LANGS)


def send(panel: Panel, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [])
    return dict(panel.state)


def make(kept: dict[str, Any]) -> Certificate | None:
    return earned(kept, course_progress(kept, LESSONS), NAME, DAY)


def test_everything_done_earns_it() -> None:
    assert make(DONE) == MADE
    assert MADE.gain == 0.5


@pytest.mark.parametrize("step", [step for step in DONE if step != BEFORE])
def test_anything_missing_withholds_it(step: str) -> None:
    assert make({name: value for name, value in DONE.items() if name != step}) is None


@pytest.mark.parametrize("before", [None, "4/10", {"right": 4, "of": 9}], ids=str)
def test_without_a_first_assessment_it_states_no_gain(before: Any) -> None:
    made = make({**DONE, BEFORE: before})
    assert made is not None
    assert made.gain is None
    assert len(figures(made)) == 2


@each_lang
def test_it_states_name_day_scores_gain_and_that_it_is_self_issued(lang: Lang) -> None:
    said = in_words(MADE)(lang).replace("\u00a0", " ")
    for fact in (NAME, "2026", "7/10", {"vi": "88 %", "en": "88%"}[lang], SELF_ISSUED[lang]):
        assert fact in said
    assert {"vi": "tiến bộ 50 %", "en": "gain 50%"}[lang] in said
    drawn = svg(MADE, lang)
    assert NAME in re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    assert SELF_ISSUED[lang] in re.sub(r'aria-label="[^"]*"', "", drawn)


@each_lang
def test_the_same_certificate_is_the_same_file(lang: Lang) -> None:
    first = pdf(MADE, lang)
    pdf.cache_clear()
    assert first.startswith(b"%PDF")
    assert pdf(MADE, lang) == first
    assert pdf(replace(MADE, on=date(2026, 3, 10)), lang) != first


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("$x^2$", id="no mathematics"),
        pytest.param("W" * 60, id="widest"),
        pytest.param("i", id="shortest"),
        pytest.param("Ỹ Ặ Ữ Đ ỡ ẫ", id="rare Vietnamese letters"),
        pytest.param("<script>", id="no markup"),
    ],
)
def test_any_name_is_drawn_letter_by_letter_within_the_sheet(name: str) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from cxlib.learning.certificate import sheet

    figure = sheet(replace(MADE, name=name), "vi")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    (drawn,) = [text for text in figure.texts if text.get_text() == name]
    box = drawn.get_window_extent(canvas.get_renderer())
    assert box.x0 > 0.04 * figure.bbox.width, "the name runs over the left edge"
    assert box.x1 < 0.96 * figure.bbox.width, "the name runs over the right edge"
    assert not drawn.get_parse_math()
    assert "<script>" not in svg(replace(MADE, name=name), "vi")


# ------------------------------------------------------------------------------------- the name


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("  Lê   Thị  Ánh ", "Lê Thị Ánh", id="spaces"),
        pytest.param(unicodedata.normalize("NFD", NAME), NAME, id="letters put together"),
        pytest.param("Anne-Marie O’Neil Jr.", "Anne-Marie O’Neil Jr.", id="other names"),
    ],
)
def test_a_name_is_read(typed: str, read: str) -> None:
    assert PersonName(label=same("?")).read(typed, "vi") == read


@pytest.mark.parametrize("typed", ["<b>A</b>", "$x$", "A\x00", "名前", "🙂", "A" * 61, "A1"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(Problem):
        PersonName(label=same("?")).read(typed, "vi")


@given(st.text(max_size=80))
def test_a_name_holds_letters_and_few_marks_or_is_refused(typed: str) -> None:
    try:
        name = PersonName(label=same("?")).read(typed, "en")
    except Problem:
        return
    assert re.fullmatch(r"(?:[^\W\d_]|[ .'’-])*", name)
    assert len(name) <= 60


# ----------------------------------------------------------------------------------- on the page


def finished(lang: Lang) -> Page:
    page = Page("00-lobby", lang)
    steps = [step for lesson in outline() for step in lesson.steps]
    scored = {"right": 1, "of": 1}
    page.store.load({s: scored if kind_of(s) in ("quiz", "exercise") else 1 for s in steps})
    page.store.load({BEFORE: DONE[BEFORE], AFTER: DONE[AFTER]})
    return page


def test_it_stays_closed_until_earned_whatever_the_browser_says() -> None:
    page = Page("00-lobby", "vi")
    panel = page.certificate()
    page.store.put(CERTIFICATE, {"name": NAME, "on": "2026-03-09"})
    assert panel.state["curtained"]
    assert panel.state["screen"] == ""


@each_lang
def test_name_and_button_make_it_ready_to_download(lang: Lang) -> None:
    page = finished(lang)
    panel = page.certificate()
    assert "svg" not in panel.state["screen"]
    assert send(panel, do="act", name="issue")["message"]
    send(panel, do="enter", name="name", raw=NAME)
    state = send(panel, do="act", name="issue")
    (content,) = re.findall(r"data:application/pdf;base64,([\w+/=]+)", state["screen"])
    assert b64decode(content).startswith(b"%PDF")
    assert NAME in state["live"]
    assert page.store.get(CERTIFICATE) == {"name": NAME, "on": date.today().isoformat()}


def test_a_refused_name_makes_nothing() -> None:
    page = finished("vi")
    panel = page.certificate()
    send(panel, do="enter", name="name", raw="<b>")
    state = send(panel, do="act", name="issue")
    assert "svg" not in state["screen"]
    assert page.store.get(CERTIFICATE) is None


def test_it_is_found_again_with_its_first_day() -> None:
    page = finished("en")
    page.store.put(CERTIFICATE, {"name": NAME, "on": "2026-03-09"})
    assert "March 9, 2026" in page.certificate().state["live"]


@pytest.mark.parametrize(
    "junk",
    [5, {}, {"name": 5, "on": "2026-03-09"}, {"name": "<b>", "on": "2026-03-09"}, {"name": NAME}]
    + [{"name": NAME, "on": day} for day in ("soon", "2026-13-01", 7)],
    ids=str,
)
def test_junk_in_the_browser_makes_no_certificate(junk: Any) -> None:
    page = finished("en")
    page.store.put(CERTIFICATE, junk)
    panel = page.certificate()
    assert not panel.state["curtained"]
    assert "svg" not in panel.state["screen"]
