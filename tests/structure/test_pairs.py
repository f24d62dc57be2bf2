"""Vietnamese and English say the same: in the sources' pairs and in every ``Text`` of the code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from authoring.__main__ import main
from authoring.agreement import disagreements, numbers
from authoring.literals import Literal, text_literals
from authoring.pairs import LOOK, mark_checked, pairs, problems, text_hash
from authoring.source import SourceError, read
from cxlib.text import LANGS

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
SOURCES = sorted(
    path
    for folder in ("notebooks", "exercises")
    for path in (ROOT / folder / "source").glob("*.md")
)
CODE = sorted((ROOT / "cxlib").rglob("*.py"))


# The course


def test_the_course_has_sources() -> None:
    assert SOURCES, "notebooks/source holds no lesson"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_both_languages_of_a_source_agree(path: Path) -> None:
    assert problems(read(path)) == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_both_languages_of_each_text_in_code_agree(path: Path) -> None:
    wrong = [
        f"line {text.line}: {problem}"
        for text in text_literals(path)
        for problem in disagreements(text.vi, text.en) + silences(text)
    ]
    assert not wrong, "; ".join(wrong)


def silences(text: Literal) -> list[str]:
    return [f"no {lang}" for lang in LANGS if not getattr(text, lang).strip()]


def test_texts_are_found_in_code(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text(
        'a = Text("một", "one")\n'
        'b = text.Text(vi="hai " "ba", en="two " "three")\n'
        'c = Text(name, "not a literal")\n'
        'd = f(Text("", "four"))\n'
    )
    found = {(text.line, text.vi, text.en) for text in text_literals(code)}
    assert found == {(1, "một", "one"), (2, "hai ba", "two three"), (4, "", "four")}


# What agrees and what does not


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        pytest.param("1.234,5", "1,234.5", id="thousands and decimals"),
        pytest.param("12,5 %", "12.5%", id="percent"),
        pytest.param("12,5\u00a0% một năm", "12.5 percent a year", id="percent in words"),
        pytest.param("1,52 điểm %", "1.52 pp", id="points"),
        pytest.param("tăng 5 điểm phần trăm", "up 5 percentage points", id="points in words"),
        pytest.param("3,5 tỷ ₫", "₫3.5 billion", id="billion"),
        pytest.param("3,5 tỉ", "3.5bn", id="other spelling"),
        pytest.param("500 nghìn ₫", "₫500,000", id="scale or zeros"),
        pytest.param("2 nghìn tỷ", "2 trillion", id="two scales"),
        pytest.param("−0,41 tỷ", "−₫0.41 billion", id="minus before the currency"),
        pytest.param("1,5 – 3,6 tỷ ₫", "1.5 – 3.6 ₫ billion", id="currency before the scale"),
        pytest.param("từ 25–95 %", "25–95%", id="range"),
        pytest.param("so 2 tỷ lệ ấy", "compare those 2 rates", id="tỷ that is no billion"),
        pytest.param("1 000 khách? Không: 1.000", "1 000 customers? No: 1,000", id="spaced"),
        pytest.param("tháng 3/2021", "March 2021", id="month"),
        pytest.param("5 năm, 3 bước", "in 3 steps over 5 years", id="other order"),
        pytest.param("hai cách", "two ways", id="words are not compared"),
        pytest.param("lãi $r_1 = 0{,}12$", "rate $r_1 = 0.12$", id="maths is left alone"),
        pytest.param("[bài](../vi/10.ipynb)", "[lesson](../en/10.ipynb)", id="link by language"),
        pytest.param("gõ `1.234,5`", "type `1,234.5`", id="number as code"),
        pytest.param("gọi `npv(0.12)`", "call `npv(0.12)`", id="code"),
        pytest.param("lãi {npv} sau {t} năm", "in {t} years {npv}", id="places"),
        pytest.param('<p class="w12">5</p>', "5", id="attributes are not numbers"),
    ],
)
def test_agreement(vi: str, en: str) -> None:
    assert disagreements(vi, en) == []


@pytest.mark.parametrize(
    ("vi", "en", "said"),
    [
        pytest.param("12,5 %", "12.6%", "Vietnamese has 12.5%, English has 12.6%", id="value"),
        pytest.param("12,5 %", "12.5", "has 12.5%, English has 12.5", id="percent lost"),
        pytest.param("5 %", "5 percentage points", "English has 5 pp", id="percent or points"),
        pytest.param("3,5 tỷ", "3.5 million", "3500000000", id="scale"),
        pytest.param("12.5", "12.5", "Vietnamese has 12, 5", id="English number in Vietnamese"),
        pytest.param("1,234", "1,234", "has 1.234, English has 1234", id="thousands or decimals"),
        pytest.param("−5", "5", "Vietnamese has -5", id="sign"),
        pytest.param("5 và 5", "5", "has 5, English has none", id="said twice"),
        pytest.param("[a](x.md)", "[a](y.md)", "links differ", id="link"),
        pytest.param("https://a.vn/1", "", "links differ", id="bare link lost"),
        pytest.param("`npv`", "`irr`", "code spans differ", id="code"),
        pytest.param("```\nx = 1\n```", "```\nx = 2\n```", "code spans differ", id="fence"),
        pytest.param("{npv}", "{irr}", "{places} differ", id="place"),
    ],
)
def test_disagreement(vi: str, en: str, said: str) -> None:
    found = disagreements(vi, en)
    assert len(found) == 1, found
    assert said in found[0]


def test_numbers_come_in_one_common_writing() -> None:
    vi = "Chi 1.250.000 ₫, lãi −3,50 tỷ, tức 7,0 % hay 0,5 điểm %."
    assert numbers(vi, "vi") == ["1250000", "-3500000000", "7%", "0.5 pp"]


# Twins and who has compared them


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    house = shutil.copytree(FIXTURES, tmp_path / "house")
    return Path(house) / "notebooks" / "source" / "01-tiny.md"


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_bytes()
    assert old.encode() in content, f"{path.name} holds no {old!r} to replace"
    path.write_bytes(content.replace(old.encode(), new.encode()))


def test_twins_are_found(tiny: Path) -> None:
    kinds = [(pair.vi.kind, pair.vi.part) for pair in pairs(read(tiny))]
    assert kinds == [("prose", "title"), ("code", "explain"), ("prose", "trainer")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            '+++ {"part": "trainer", "lang": "en"}\n\nNotes for the trainer.\n',
            "",
            r"cell 7 \(Ghi chú cho giảng viên.\): its English twin is missing",
            id="no English",
        ),
        pytest.param(
            '+++ {"part": "trainer", "lang": "vi"}\n\nGhi chú cho giảng viên.\n\n',
            "",
            r"cell 7 \(Notes for the trainer.\): its Vietnamese twin must",
            id="no Vietnamese",
        ),
        pytest.param(
            '{"part": "trainer", "lang": "en"}',
            '{"part": "quiz", "lang": "en"}',
            "cell 7 .*: its English twin must",
            id="another part",
        ),
        pytest.param(
            '"lang": "en"}\n\n# Two',
            '"lang": "vi"}\n\n# Two',
            "cell 1 .*: its English twin must",
            id="Vietnamese twice",
        ),
    ],
)
def test_a_lonely_cell_is_named(tiny: Path, old: str, new: str, said: str) -> None:
    edit(tiny, old, new)
    with pytest.raises(SourceError, match=f"^01-tiny.md, {said}"):
        pairs(read(tiny))


def test_a_changed_vietnamese_text_stops_the_build(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark_checked(read(tiny))
    assert problems(read(tiny)) == []
    edit(tiny, "Ghi chú cho", "Lời nhắn cho")
    assert main(["01"], tiny.parents[2]) == 1
    assert f"cell 7 (Lời nhắn cho giảng viên.): {LOOK}" in capsys.readouterr().err
    assert not list(tiny.parents[2].rglob("*.ipynb"))


def test_a_pair_that_disagrees_is_named(tiny: Path) -> None:
    mark_checked(read(tiny))
    edit(tiny, "₫3.5 billion", "₫3.5 million")
    (problem,) = problems(read(tiny))
    assert problem.startswith("01-tiny.md, cell 1 (# Hai cộng hai?): numbers differ")


def test_wrapping_lines_anew_needs_no_second_look() -> None:
    assert text_hash("một hai\nba") == text_hash("một  hai ba\n")
    assert text_hash("một hai") != text_hash("một, hai")


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_checked_changes_only_the_english_headers(tiny: Path, newline: str) -> None:
    edit(tiny, "\n", newline)
    before = tiny.read_bytes().split(b"\n")
    marked = mark_checked(read(tiny))
    after = tiny.read_bytes().split(b"\n")
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [pair.en.part for pair in marked] == ["title", "trainer"]
    assert [
        line.startswith(b'+++ {"part": "t') and b'"lang": "en"' in line for line in changed
    ] == [
        True,
        True,
    ]
    assert mark_checked(read(tiny)) == []
