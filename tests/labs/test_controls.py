"""Whatever a learner moves, types or presses, every lab answers in words, numbers and a chart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from every_lab import LabState

from cxlib.learning.fields import Choice, Entries, Field, Quantity, Several, Upload, Words
from cxlib.learning.lab import Lab, LabFace, LabPanel
from cxlib.learning.predict import Prediction
from cxlib.learning.store import Store
from cxlib.learning.view import View
from cxlib.text import LANGS, Lang, Problem, Text, same

VIETNAMESE_ONLY: Final = re.compile(
    "[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵ]", re.IGNORECASE
)
NOT_FOR_READERS: Final = re.compile(r"\bnan\b(?! giải)|\binf\b|\bNone\b|[{}]|np\.|<NA>|\bNaT\b")
NUMBER_IN_THE_OTHER_LANGUAGE: Final = {
    "vi": re.compile(r"\d%|₫\d"),
    "en": re.compile(r"\d\s%|\d\s₫"),
}
DASH_FOR_A_NUMBER: Final = re.compile(r"(?<!\d )–|–(?! \d)")
SVG: Final = "{http://www.w3.org/2000/svg}"
TYPED: Final = ("1,5 tỷ", "3.5 billion", "12,5 %", "12.5%", "-3", "1e999", "abc", "", "  ", "−")


# ------------------------------------------------------------------------------ the lab itself


def test_view_is_fit_to_be_read(lab_state: LabState) -> None:
    view = _view(lab_state)
    if view is not None:
        assert list(_faults(view)) == []


def test_chart_is_drawn_with_its_text_alternative(lab_state: LabState) -> None:
    view = _view(lab_state)
    if view is None:
        return
    for lang, narrow in lab_state.looks:
        html = view.html(lang, narrow=narrow)
        (svg,) = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
        drawing = ElementTree.fromstring(svg)
        assert drawing.get("role") == "img"
        assert "<style" not in svg, "a style sheet in a chart styles the whole page"
        assert drawing.get("aria-label") == view.describe(lang)
        words = [node.text for node in drawing.iter(f"{SVG}text") if node.text]
        assert [fault for text in words for fault in _ill_written(text, lang)] == []
        assert escape(view.finding(lang)) in html


@pytest.mark.parametrize("lang", LANGS)
def test_two_charts_on_a_page_share_no_id(any_lab: Lab, lang: Lang) -> None:
    view = any_lab()
    first, second = (set(re.findall(r'\bid="([^"]+)"', view.html(lang))) for _ in range(2))
    assert first
    assert first & second == set()


def _view(state: LabState) -> View | None:
    """Compute the view; only a plan without any cost may ask the learner to go on first."""
    try:
        return state.lab(**state.values)
    except Problem:
        if state.lab.key == "own-plan" and not any(_costs(state).values()):
            return None
        raise


def _costs(state: LabState) -> dict[str, Any]:
    values = {name: item.default for name, item in state.lab.fields.items()} | dict(state.values)
    return {name: value for name, value in values.items() if re.match(r"C\d_", name)}


def _faults(view: View) -> Iterator[str]:
    for text in _texts(view):
        for lang in LANGS:
            yield from _ill_written(text(lang), lang)
    for lang in LANGS:
        if DASH_FOR_A_NUMBER.search(view.finding(lang)):
            yield f"a number is missing in the finding: {view.finding(lang)}"
    if not view.table.rows:
        yield "the table is empty"
    if any(len(row) != len(view.table.heads) for row in view.table.rows):
        yield "a row of the table does not fit its heads"


def _texts(view: View) -> Iterator[Text]:
    yield view.finding
    yield from view.warnings
    yield from (text for item in view.key_figures for text in (item.label, item.value))
    yield from view.table.heads
    yield from (cell for row in view.table.rows for cell in row)


def _ill_written(text: str, lang: Lang) -> Iterator[str]:
    if not text.strip():
        yield f"empty text in {lang}"
    for what, pattern in (
        ("is not for readers", NOT_FOR_READERS),
        ("is written as in the other language", NUMBER_IN_THE_OTHER_LANGUAGE[lang]),
        *([("is Vietnamese", VIETNAMESE_ONLY)] if lang == "en" else []),
    ):
        if found := pattern.search(text):
            yield f"{found[0]!r} {what}, in {lang}: {text}"


# ------------------------------------------------------------------------------ what is typed


@pytest.mark.parametrize("lang", LANGS)
def test_typed_text_gives_a_value_within_limits_or_a_problem(any_lab: Lab, lang: Lang) -> None:
    entries = Entries.start(any_lab.fields, lang)
    for name, item in any_lab.fields.items():
        for raw in TYPED if isinstance(item, Quantity) else ():
            after = entries.enter(name, raw)
            value = after.values[name]
            assert item.low <= value <= item.high
            if name in after.problems:
                assert value == item.default, f"{name} lost its value to {raw!r}"
                problem = after.wire()[name]["problem"]
                assert list(_ill_written(problem.replace(raw, ""), lang)) == []
                assert after.wire()[name]["text"] == raw


@pytest.mark.parametrize("lang", LANGS)
def test_limits_of_every_field_can_be_typed_as_they_are_shown(any_lab: Lab, lang: Lang) -> None:
    entries = Entries.start(any_lab.fields, lang)
    for name, item in any_lab.fields.items():
        for value in item.ends():
            shown = item.show(value, lang)
            raw = shown["text"] if "text" in shown else _chosen(item, shown)
            after = entries.enter(name, raw)
            assert after.problems == {}, f"{name} refuses its own {raw!r}"
            assert after.values[name] == (pytest.approx(value) if _is_number(value) else value)


def _chosen(item: Field, shown: dict[str, Any]) -> Any:
    return shown["chosen"][0] if isinstance(item, Choice) else shown["chosen"]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


# --------------------------------------------------------------------------- behind its panel


def _panel(lab: Lab, lang: Lang, store: Store | None = None, **how: Any) -> LabPanel:
    store = store or Store()
    return LabPanel(LabFace(lab, lang, store, **how), store)


def _send(panel: LabPanel, **event: Any) -> dict[str, Any]:
    """Let the browser report an event; return what is shown then."""
    panel._handle_custom_msg(event, [])
    return panel.state


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


def _first_setting(lab: Lab) -> tuple[str, Any]:
    """A field of the lab and a value for it that is not its default."""
    for name, item in lab.fields.items():
        for value in item.ends():
            if value != item.default:
                return name, value
    raise AssertionError(f"no field of {lab.key} can be moved")


def test_nonsense_is_told_and_the_result_stays(movable_lab: Lab, lang: Lang) -> None:
    name = next(n for n, item in movable_lab.fields.items() if not isinstance(item, Upload))
    panel = _panel(movable_lab, lang)
    finding, values = panel.state["live"], dict(panel.face.values)
    state = _send(panel, do="enter", name=name, raw="abc")
    problem = state["fields"][name]["problem"]
    assert list(_ill_written(problem, lang)) == []
    assert state["live"] == finding
    assert panel.face.values == values


def test_value_entered_moves_the_lab_and_reset_brings_it_back(movable_lab: Lab, lang: Lang) -> None:
    name, value = _first_setting(movable_lab)
    panel = _panel(movable_lab, lang)
    first = panel.state["fields"]
    _send(panel, do="enter", name=name, raw=value)
    assert panel.face.values[name] == value
    assert _send(panel, do="act", name="reset")["fields"] == first


def test_every_preset_button_sets_its_values(any_lab: Lab) -> None:
    panel = _panel(any_lab, "vi")
    for action in panel.spec["presets"][:-1]:
        _send(panel, do="act", name=action["name"])
        assert panel.state["message"] == ""
        wanted = any_lab.presets[action["name"]].values
        assert {name: panel.face.values[name] for name in wanted} == dict(wanted)


def test_presets_leave_the_names_of_the_other_buttons(any_lab: Lab) -> None:
    assert {"reset", "open"} & set(any_lab.presets) == set()


def test_preset_values_lie_within_their_fields(any_lab: Lab) -> None:
    for name, preset in any_lab.presets.items():
        for field, value in preset.values.items():
            read = any_lab.fields[field].read(value, "vi")
            assert read == value, f"preset {name} sets {field} to what its field refuses"


def test_folds_show_the_table_and_the_sources(any_lab: Lab, lang: Lang) -> None:
    panel = _panel(any_lab, lang)
    assert panel.state["folds"] == {}
    _send(panel, do="open", name="table")
    folds = _send(panel, do="open", name="sources")["folds"]
    assert folds["table"].count("<tr>") == len(any_lab().table.rows) + 1
    assert folds["sources"].count("<li>") == len(any_lab.sources)
    assert _send(panel, do="close", name="table")["folds"].keys() == {"sources"}


# -------------------------------------------------------------------------------- the curtain


GUESS: Final = Prediction(
    key="a-guess",
    question=Quantity(same("?"), None, 0, 10, 1),
    answer=lambda: 7.0,
)


def test_curtain_is_closed_until_a_prediction_is_committed(any_lab: Lab, lang: Lang) -> None:
    store = Store()
    panel = _panel(any_lab, lang, store, after=GUESS)
    assert panel.state["curtained"]
    assert panel.state["screen"] == ""
    store.put(GUESS.memory, 4.0)
    assert not panel.state["curtained"]
    assert escape(GUESS.comparison(4.0)(lang)) in panel.state["screen"]
    store.put(GUESS.memory, None)
    assert panel.state["curtained"]


def test_curtain_opens_without_a_prediction_when_asked(any_lab: Lab, lang: Lang) -> None:
    panel = _panel(any_lab, lang, after=GUESS)
    (button,) = panel.spec["curtainActions"]
    state = _send(panel, do="act", name=button["name"])
    assert not state["curtained"]
    assert "cx-guess" not in state["screen"]
    assert "<svg" in state["screen"]


# --------------------------------------------------------------------------------- the memory


MEMORY: Final = "company.test"


def test_values_are_kept_and_found_again(movable_lab: Lab) -> None:
    name, value = _first_setting(movable_lab)
    store = Store()
    _send(_panel(movable_lab, "vi", store, memory=MEMORY), do="enter", name=name, raw=value)
    assert LabFace(movable_lab, "en", store, memory=MEMORY).values[name] == value


def test_values_come_from_the_browser_later(movable_lab: Lab) -> None:
    name, value = _first_setting(movable_lab)
    store = Store()
    panel = _panel(movable_lab, "vi", store, memory=MEMORY)
    store.load({MEMORY: {name: value}})
    assert panel.face.values[name] == value
    assert panel.state["version"] == 1


def test_lab_without_memory_keeps_nothing(movable_lab: Lab) -> None:
    name, value = _first_setting(movable_lab)
    store = Store()
    _send(_panel(movable_lab, "vi", store), do="enter", name=name, raw=value)
    assert store.values() == {}


@pytest.mark.parametrize(
    "wrong",
    ["abc", "<script>", 1e99, -1e99, float("nan"), [], ["x"], [{}], {}, {"a": 1}],
    ids=lambda wrong: repr(wrong)[:12],
)
def test_memory_that_was_tampered_with_is_ignored(any_lab: Lab, wrong: Any) -> None:
    store = Store()
    fields = {n: item for n, item in any_lab.fields.items() if not isinstance(item, Upload)}
    store.put(MEMORY, dict.fromkeys([*fields, "no_such_field"], wrong))
    values = LabFace(any_lab, "vi", store, memory=MEMORY).values
    allowed = {n: _left_by(item, wrong) for n, item in fields.items()}
    assert values == allowed


def _left_by(item: Any, wrong: Any) -> Any:
    """Any text will do where words are asked, and choosing nothing where several may be chosen."""
    if isinstance(item, Words):
        return item.read(wrong, "vi")
    return () if isinstance(item, Several) and wrong == [] else item.default


@pytest.mark.parametrize("wrong", [None, "abc", 5, ["setup"], [["setup", 1]]], ids=repr)
def test_memory_of_another_shape_is_ignored(any_lab: Lab, wrong: Any) -> None:
    store = Store()
    store.put(MEMORY, wrong)
    assert (
        LabFace(any_lab, "vi", store, memory=MEMORY).values
        == LabFace(any_lab, "vi", Store()).values
    )
