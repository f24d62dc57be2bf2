"""The certificate of a learner who finished the course: self-issued, and it says so."""

from __future__ import annotations

import io
import unicodedata
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from cxlib.learning.diagnostic import AFTER, BEFORE, items, learning_gain
from cxlib.learning.fields import Entries, Words
from cxlib.learning.panel import Action, Face, Layout, Screen, paragraph
from cxlib.learning.progress import (
    LessonProgress,
    course_progress,
    is_complete,
    kind_of,
    outline,
    score,
)
from cxlib.learning.store import Store
from cxlib.text import Lang, Problem, Text, number, out_of, percent, same

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CERTIFICATE: Final = "certificate"
"""The store key of name and date."""

_PUNCTUATION: Final = " .'’-"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate states.

    Attributes:
        name: the learner's name as she wrote it.
        on: the day it was issued.
        lessons: how many lessons were completed.
        quizzes: right answers in all quizzes, and questions asked.
        before: right answers of the diagnostic at the start, None if it was not taken.
        after: right answers of the diagnostic at the end.
        of: questions of the diagnostic.
    """

    name: str
    on: date
    lessons: int
    quizzes: tuple[int, int]
    before: int | None
    after: int
    of: int

    @property
    def gain(self) -> float | None:
        """The learning gain, None where none can be computed."""
        return None if self.before is None else learning_gain(self.before, self.after, self.of)


def is_earned(kept: Mapping[str, Any], progress: Sequence[LessonProgress]) -> bool:
    """Whether every built lesson is complete and the ten questions at the end are answered."""
    return is_complete(progress) and score(kept.get(AFTER))[1] == len(items())


def earned(
    kept: Mapping[str, Any], progress: Sequence[LessonProgress], name: str, on: date
) -> Certificate | None:
    """Make the certificate that ``kept`` has earned, or None while something is missing."""
    if not is_earned(kept, progress):
        return None
    quizzes = [
        score(kept.get(step)) for item in progress for step in item.done if kind_of(step) == "quiz"
    ]
    after, of = score(kept.get(AFTER))
    before, asked = score(kept.get(BEFORE))
    return Certificate(
        name=name,
        on=on,
        lessons=len(progress),
        quizzes=(sum(right for right, _ in quizzes), sum(asked for _, asked in quizzes)),
        before=before if asked == of else None,
        after=after,
        of=of,
    )


# -------------------------------------------------------------------------------- how it reads

_TITLE: Final = Text("Giấy chứng nhận hoàn thành", "Certificate of completion")
_ACHIEVEMENT: Final = Text(
    "đã hoàn thành {n} bài học của khóa CX Master, cùng mọi dự đoán, thực hành và bài tập",
    "has completed {n} lessons of CX Master, with all predictions, labs and exercises",
)
_ACHIEVEMENT_ONE: Final = Text(
    "đã hoàn thành bài học của khóa CX Master, cùng mọi dự đoán, thực hành và bài tập",
    "has completed the lesson of CX Master, with all predictions, labs and exercises",
)
_QUIZZES: Final = Text("điểm ôn nhanh", "quiz score")
_DIAGNOSTIC: Final = Text("tự đánh giá cuối khóa", "final self-assessment")
_GAIN: Final = Text("mức tiến bộ", "learning gain")
_SELF_ISSUED: Final = Text(
    "Giấy này do chính người học tự tạo từ tiến độ trong trình duyệt của mình; "
    "không tổ chức nào kiểm tra hay xác nhận.",
    "Self-issued: the learner made this sheet from the progress in her own browser; "
    "no organisation has checked or confirmed it.",
)


def figures(certificate: Certificate) -> list[tuple[Text, Text]]:
    """List the results a certificate shows, each with its name."""
    right, asked = certificate.quizzes
    shown = [
        (_QUIZZES, percent(right / asked, 0)),
        (_DIAGNOSTIC, out_of(certificate.after, certificate.of)),
    ]
    if certificate.gain is not None:
        shown.append((_GAIN, percent(certificate.gain, 0)))
    return shown


def in_words(certificate: Certificate) -> Text:
    """Say all that the sheet says, for those who cannot see it."""
    results = [label + same(" ") + value for label, value in figures(certificate)]
    listed = Text(", ".join(r.vi for r in results), ", ".join(r.en for r in results))
    parts = (_TITLE, same(certificate.name), _achievement(certificate), listed)
    whole = [*parts, _day(certificate.on), _SELF_ISSUED]
    return Text(". ".join(part.vi for part in whole), ". ".join(part.en for part in whole))


def sheet(certificate: Certificate, lang: Lang) -> Figure:
    """Draw the certificate."""
    from cxlib.charts.certificate import certificate as draw

    return draw(
        _TITLE,
        certificate.name,
        _achievement(certificate),
        figures(certificate),
        _day(certificate.on),
        _SELF_ISSUED,
        lang,
    )


@lru_cache(maxsize=4)
def pdf(certificate: Certificate, lang: Lang) -> bytes:
    """Write the certificate as a PDF file; the same certificate gives the same bytes."""
    from matplotlib import rc_context

    file, drawn = io.BytesIO(), sheet(certificate, lang)
    metadata = {"Title": _TITLE(lang), "CreationDate": None, "Creator": None, "Producer": None}
    with rc_context({"pdf.fonttype": 42}):
        drawn.savefig(file, format="pdf", metadata=metadata)
    return file.getvalue()


@lru_cache(maxsize=4)
def svg(certificate: Certificate, lang: Lang) -> str:
    """Draw the certificate for the page, with its words for those who cannot see it."""
    from cxlib.charts.svg import to_svg

    return to_svg(sheet(certificate, lang), in_words(certificate)(lang))


def _achievement(certificate: Certificate) -> Text:
    sentence = _ACHIEVEMENT if certificate.lessons > 1 else _ACHIEVEMENT_ONE
    return sentence.format(n=number(certificate.lessons))


def _day(on: date) -> Text:
    from babel.dates import format_date

    return Text(
        f"Ngày {on.day} tháng {on.month} năm {on.year}", format_date(on, "long", locale="en")
    )


# ------------------------------------------------------------------------------- on the page

_PANEL: Final = Text("Giấy chứng nhận", "Certificate")
_CURTAIN: Final = Text(
    "Giấy chứng nhận mở ra khi bạn học xong mọi bài và làm bài tự đánh giá cuối khóa.",
    "The certificate opens when you have finished every lesson and the self-assessment at the end.",
)
_ISSUE: Final = Action("issue", Text("Tạo giấy chứng nhận", "Make my certificate"), "strong")
_NAMELESS: Final = Text("Hãy ghi tên bạn trước đã.", "Write your name first.")
_CONGRATULATIONS: Final = Text(
    "Chúc mừng, bạn đã đi trọn khóa học! Hãy ghi tên để tạo giấy chứng nhận.",
    "Congratulations, you have gone all the way! Write your name to make your certificate.",
)
_DOWNLOAD: Final = Text("Tải giấy chứng nhận (PDF)", "Download the certificate (PDF)")
_FILE_NAME: Final = Text("cx-master-chung-nhan.pdf", "cx-master-certificate.pdf")


@dataclass(frozen=True, kw_only=True)
class PersonName(Words):
    """A person's name in Latin letters, which every Vietnamese name is."""

    longest: int = 60
    autocomplete: str = "name"

    def read(self, raw: Any, lang: Lang) -> str:
        name = unicodedata.normalize("NFC", super().read(raw, lang))
        if not all(_is_latin(letter) or letter in _PUNCTUATION for letter in name):
            raise Problem(
                Text(
                    "Tên chỉ gồm chữ cái, dấu cách, dấu chấm, dấu nháy và gạch nối.",
                    "A name holds only Latin letters, spaces, dots, apostrophes and hyphens.",
                )
            )
        return name


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")


_FIELDS: Final = {"name": PersonName(label=Text("Họ và tên", "Your full name"))}


class CertificateFace(Face):
    """Takes the learner's name and shows the certificate she has earned."""

    def __init__(self, lang: Lang, store: Store) -> None:
        self._store = store
        self._message = ""
        self._on: date | None = None
        self._entries = Entries.start(_FIELDS, lang)
        self.layout = Layout(
            key=CERTIFICATE,
            lang=lang,
            fields=_FIELDS,
            title=_PANEL,
            actions=(_ISSUE,),
            curtain=_CURTAIN,
            arrangement="certificate",
        )
        self.recall()

    def screen(self) -> Screen:
        lang, kept = self.layout.lang, self._store.values()
        progress = course_progress(kept, outline())
        if not is_earned(kept, progress):
            return Screen(entries=self._entries, curtained=True)
        said, html = _CONGRATULATIONS, paragraph(_CONGRATULATIONS(lang), "cx-finding")
        if self._on is not None:
            made = earned(kept, progress, self._entries.values["name"], self._on)
            assert made is not None
            said, html = in_words(made), _shown(made, lang)
        return Screen(entries=self._entries, html=html, spoken=said(lang), message=self._message)

    def enter(self, name: str, raw: Any) -> None:
        self._message = ""
        self._on = None
        self._entries = self._entries.enter(name, raw)

    def act(self, name: str) -> None:
        if not self._entries.values["name"]:
            self._message = _NAMELESS(self.layout.lang)
        elif not self._entries.problems:
            self._on = date.today()
            issued = {"name": self._entries.values["name"], "on": self._on.isoformat()}
            self._store.put(CERTIFICATE, issued)

    def recall(self) -> None:
        entries = Entries.start(_FIELDS, self.layout.lang)
        match self._store.get(CERTIFICATE):
            case {"name": str(name), "on": str(on)}:
                self._entries = entries.recall({"name": name})
                self._on = _read_day(on) if self._entries.values["name"] else None
            case _:
                self._entries, self._on = entries, None


def _read_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _shown(certificate: Certificate, lang: Lang) -> str:
    content = b64encode(pdf(certificate, lang)).decode()
    return (
        f'<div class="cx-certificate">{svg(certificate, lang)}</div>'
        f'<p><a class="cx-button cx-strong" download="{_FILE_NAME(lang)}" '
        f'href="data:application/pdf;base64,{content}">{escape(_DOWNLOAD(lang))}</a></p>'
    )
