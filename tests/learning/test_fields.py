"""Fields read what people type in either language, keep their limits and show themselves."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlib.learning.fields import (
    Choice,
    Entries,
    Field,
    Money,
    Points,
    Quantity,
    Several,
    Share,
    Taken,
    Upload,
)
from cxlib.tables import MAX_BYTES
from cxlib.text import LANGS, Lang, Problem, Text, same

LABEL: Final = Text("Chi ban đầu", "Spent up front")
QUANTITY: Final = Quantity(LABEL, 50, 0, 2000, 1)
MONEY: Final = Money(LABEL, 3e9, 0, 10e9, 1e8)
SHARE: Final = Share(LABEL, 0.12, 0.0, 1.0, 0.005)
POINTS: Final = Points(LABEL, 0.03, 0.0, 0.1, 0.001)
CHOICE: Final = Choice(label=LABEL, options={"a": Text("Một", "One"), "b": Text("Hai", "Two")})
SEVERAL: Final = Several(label=LABEL, options=CHOICE.options)
UPLOAD: Final = Upload(label=LABEL, take=lambda *_: Taken({}, ""), templates_html=lambda _: "")


@pytest.mark.parametrize(
    ("field", "lang", "raw", "value"),
    [
        (QUANTITY, "vi", "1.234,5", 1234.5),
        (QUANTITY, "en", "1,234.5", 1234.5),
        (QUANTITY, "vi", 12, 12.0),
        (MONEY, "vi", "1,5 tỷ", 1.5e9),
        (MONEY, "en", "1.5 billion", 1.5e9),
        (MONEY, "en", "₫850 million", 850e6),
        (MONEY, "vi", "850tr", 850e6),
        (MONEY, "vi", "1.250.000 ₫", 1_250_000),
        (SHARE, "vi", "12,5 %", 0.125),
        (SHARE, "en", "12.5%", 0.125),
        (SHARE, "vi", "70", 0.7),
        (POINTS, "vi", "1,5 điểm", 0.015),
        (POINTS, "en", "1.5 pp", 0.015),
        (CHOICE, "vi", "b", "b"),
        (SEVERAL, "vi", ["b", "a"], ("a", "b")),
        (SEVERAL, "vi", [], ()),
        (SEVERAL, "vi", ("a",), ("a",)),
    ],
)
def test_field_reads_what_people_enter(field: Field, lang: Lang, raw: Any, value: Any) -> None:
    read = field.read(raw, lang)
    assert read == (pytest.approx(value) if isinstance(value, float) else value)


@pytest.mark.parametrize(
    ("field", "raw", "said"),
    [
        (
            MONEY,
            "-3 tỷ",
            Text("phải nằm trong khoảng 0\xa0₫ đến 10\xa0tỷ\xa0₫", "must lie between"),
        ),
        (MONEY, "3,5", Text("tính bằng đồng, triệu hay tỷ?", "in dong, million or billion?")),
        (MONEY, "abc", Text("Chưa đọc được “abc”", "“abc” could not be read")),
        (MONEY, "", Text("Hãy nhập một số.", "Please enter a number.")),
        (SHARE, "150 %", Text("bạn nhập 150\xa0%", "you entered 150%")),
        (SHARE, "0.5", Text("0,5 % hay 50 %", "0.5% or 50%")),
        (POINTS, "5", Text("Ô này cần điểm %", "Points are needed here")),
        (QUANTITY, "-3", Text("bạn nhập −3", "you entered −3")),
        (QUANTITY, "1" * 60, Text("bạn nhập 111.111", "you entered 111,111")),
        (QUANTITY, float("nan"), Text("phải nằm trong", "must lie between")),
        (QUANTITY, float("inf"), Text("phải nằm trong", "must lie between")),
        (CHOICE, "c", Text("Hãy chọn một câu trả lời.", "Choose one answer.")),
        (CHOICE, ["a"], Text("Hãy chọn một câu trả lời.", "Choose one answer.")),
        (CHOICE, None, Text("Hãy chọn một câu trả lời.", "Choose one answer.")),
        (SEVERAL, ["a", "c"], Text("Hãy chọn trong các ô", "Choose among the boxes")),
        (SEVERAL, [{}], Text("Hãy chọn trong các ô", "Choose among the boxes")),
        (SEVERAL, 5, Text("Hãy chọn trong các ô", "Choose among the boxes")),
        (UPLOAD, "x", Text("Hãy chọn một tệp.", "Choose a file.")),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_field_says_what_is_wrong(field: Field, raw: Any, said: Text, lang: Lang) -> None:
    with pytest.raises(Problem) as caught:
        field.read(raw, lang)
    assert said(lang) in caught.value.message(lang)


@pytest.mark.parametrize("field", [QUANTITY, MONEY, SHARE, POINTS, CHOICE, SEVERAL])
@pytest.mark.parametrize("lang", LANGS)
def test_ends_are_within_the_limits(field: Field, lang: Lang) -> None:
    for end in field.ends():
        assert field.read(end, lang) == end


@pytest.mark.parametrize("lang", LANGS)
@given(place=st.integers(0, 1000))
def test_slider_position_comes_back_as_typed_text(lang: Lang, place: int) -> None:
    for field in (QUANTITY, MONEY, SHARE, POINTS):
        value = min(field.low + place * field.step, field.high)
        typed = field.show(value, lang)["text"]
        assert field.read(typed, lang) == pytest.approx(value, abs=field.step / 2)


@pytest.mark.parametrize("lang", LANGS)
@given(raw=st.text(max_size=120) | st.none() | st.lists(st.text()) | st.floats() | st.booleans())
def test_any_input_gives_a_value_in_range_or_a_problem(lang: Lang, raw: Any) -> None:
    for field in (QUANTITY, MONEY, SHARE, POINTS):
        try:
            assert field.low <= field.read(raw, lang) <= field.high
        except Problem as problem:
            said = problem.message(lang)
        else:
            continue
        assert said.strip()


class TestWire:
    def test_slider_tells_its_limits_in_words(self) -> None:
        described = MONEY.wire("vi")
        assert (described["low"], described["high"], described["step"]) == (0, 10e9, 1e8)
        assert described["ends"] == ["0\xa0₫", "10\xa0tỷ\xa0₫"]

    def test_box_has_no_limits_to_slide_between(self) -> None:
        described = Money(LABEL, 0, 0, 1e13, 1e7, slider=False).wire("en")
        assert described["kind"] == "box"
        assert "low" not in described

    def test_value_not_set_yet_shows_the_middle_and_no_text(self) -> None:
        unset = Share(LABEL, None, 0.0, 0.5, 0.1).show(None, "vi")
        assert unset == {"text": "", "position": 0.25, "unset": True}

    @pytest.mark.parametrize("lang", LANGS)
    def test_file_field_says_its_limit(self, lang: Lang) -> None:
        described = UPLOAD.wire(lang)
        assert described["maxBytes"] == MAX_BYTES
        assert f"{MAX_BYTES // 2**20} MB" in described["hint"]


class TestEntries:
    FIELDS: Final = {"cost": MONEY, "rate": SHARE}

    def start(self, lang: Lang = "vi") -> Entries:
        return Entries.start(self.FIELDS, lang)

    def test_earlier_value_outlives_a_bad_one(self) -> None:
        entries = self.start().enter("cost", "2 tỷ").enter("cost", "hai tỷ")
        assert entries.values["cost"] == 2e9
        shown = entries.wire()["cost"]
        assert shown["text"] == "hai tỷ"
        assert "hai tỷ" in shown["problem"]

    def test_good_value_clears_the_problem(self) -> None:
        entries = self.start().enter("cost", "abc").enter("cost", "2 tỷ")
        assert entries.problems == {}
        assert "problem" not in entries.wire()["cost"]

    def test_problem_of_one_field_leaves_the_others(self) -> None:
        entries = self.start().enter("cost", "abc").enter("rate", "20 %")
        assert entries.values["rate"] == 0.2
        assert set(entries.problems) == {"cost"}

    def test_putting_a_value_clears_its_problem_only(self) -> None:
        entries = self.start().enter("cost", "abc").enter("rate", "abc").put({"cost": 1e9})
        assert set(entries.problems) == {"rate"}

    @pytest.mark.parametrize(
        ("lang", "words"), [("vi", "Chưa đọc được"), ("en", "could not be read")]
    )
    def test_problem_speaks_the_language_of_the_page(self, lang: Lang, words: str) -> None:
        assert words in self.start(lang).enter("cost", "abc").wire()["cost"]["problem"]

    def test_recall_takes_what_is_valid_and_skips_the_rest(self) -> None:
        kept = {"cost": 2e9, "rate": 7, "gone": 1}
        recalled = self.start().recall(kept)
        assert recalled.values == {"cost": 2e9, "rate": 0.12}
        assert recalled.problems == {}

    @pytest.mark.parametrize("kept", [None, 5, "x", [1], {"cost": {}}], ids=repr)
    def test_recall_of_rubbish_changes_nothing(self, kept: Any) -> None:
        assert self.start().recall(kept) == self.start()

    def test_complete_needs_every_value_and_no_problem(self) -> None:
        fields = {"guess": Share(same("?"), None, 0, 1, 0.1)}
        entries = Entries.start(fields, "vi")
        assert not entries.complete()
        assert entries.enter("guess", "50 %").complete()
        assert not entries.enter("guess", "50 %").enter("guess", "abc").complete()
