"""The panels of the capstone: what is asked for, the register, checks and files, the rubric."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from cxlib.labs.investment_case.checks import checklist_html, checks
from cxlib.labs.investment_case.dossier import (
    ASK,
    ASK_FIELDS,
    CODES,
    MARKS,
    REGISTER,
    REGISTER_FIELDS,
    ask_entries,
    assemble,
)
from cxlib.labs.investment_case.paper import board_paper, finding, one_page
from cxlib.learning.board_case import BoardCase
from cxlib.learning.fields import Choice, Entries, Field, Quantity
from cxlib.learning.panel import Action, Face, Layout, Screen, paragraph
from cxlib.learning.paper import WORD, paper_docx, paper_html
from cxlib.learning.sources import formulas_and_sources
from cxlib.learning.store import Store
from cxlib.learning.workbook import EXCEL, case_xlsx
from cxlib.models.business_case import plan_npv
from cxlib.text import Lang, Problem, Text, number, same

_RESET: Final = Action("reset", Text("Đặt lại", "Reset"))


class KeptForm(Face):
    """Fields whose values the browser keeps under one key."""

    memory: str
    fields: Mapping[str, Field]

    def __init__(self, lang: Lang, store: Store) -> None:
        self._lang = lang
        self._store = store
        self._entries = Entries.start(self.fields, lang)
        self.recall()

    def enter(self, name: str, raw: Any) -> None:
        self._entries = self._entries.enter(name, raw)
        if name not in self._entries.problems:
            told = self._store.get(self.memory)
            kept = told if isinstance(told, Mapping) else {}
            self._store.put(self.memory, {**kept, name: self._entries.values[name]})

    def act(self, name: str) -> None:
        self._store.put(self.memory, None)
        self.recall()

    def recall(self) -> None:
        self._entries = Entries.start(self.fields, self._lang).recall(self._store.get(self.memory))

    def case(self) -> BoardCase:
        """Return the case as it stands now."""
        return assemble(self._store.values())


# ------------------------------------------------------------------------- what is asked for


class BoardCaseFace(KeptForm):
    """Takes what only the capstone asks for and shows the case on one page."""

    memory = ASK
    fields = ASK_FIELDS
    _folds: Final = {
        "paper": Text("Chín phần của hồ sơ", "The nine parts of the case"),
        "table": Text("Ba kịch bản", "Three scenarios"),
        "sources": Text("Công thức & nguồn", "Formulas and sources"),
    }

    def __init__(self, lang: Lang, store: Store) -> None:
        self._open: frozenset[str] = frozenset()
        self._drawn: tuple[BoardCase, bool, str] | None = None
        self.layout = Layout(
            key="board-case",
            lang=lang,
            fields=self.fields,
            title=Text("Hồ sơ của bạn trên một trang", "Your case on one page"),
            presets=(_RESET,),
            folds=self._folds,
            arrangement="side",
        )
        super().__init__(lang, store)

    def screen(self) -> Screen:
        try:
            case = self.case()
        except Problem as problem:
            message = problem.message(self._lang)
            return Screen(self._entries, paragraph(message, "cx-warning"), message)
        return Screen(
            entries=self._entries,
            html=self._draw(case),
            spoken=finding(case)(self._lang),
            folds={name: self._fold(name, case) for name in self._open},
        )

    def _draw(self, case: BoardCase) -> str:
        """Draw the case, once for as long as it stays the same."""
        if not self._drawn or self._drawn[0] is not case or self._drawn[1] != self.narrow:
            html = one_page(case).html(self._lang, narrow=self.narrow)
            self._drawn = (case, self.narrow, html)
        return self._drawn[2]

    def fold(self, name: str, opened: bool) -> None:
        self._open = self._open | {name} if opened else self._open - {name}

    def recall(self) -> None:
        told = ask_entries(self._store.values()).values
        self._entries = Entries.start(self.fields, self._lang, **told)

    def _fold(self, name: str, case: BoardCase) -> str:
        if name == "paper":
            return paper_html(board_paper(case), self._lang)
        if name == "table":
            return one_page(case).table.html(self._lang)
        formula = Text("NPV của cả hồ sơ", "NPV of the whole case"), plan_npv
        return formulas_and_sources((formula,), ("brealey2020", "malcolm1959"), self._lang)


class RegisterFace(KeptForm):
    """Takes where each number comes from and shows the register."""

    memory = REGISTER
    fields = REGISTER_FIELDS

    def __init__(self, lang: Lang, store: Store) -> None:
        self.layout = Layout(
            key="register",
            lang=lang,
            fields=self.fields,
            title=Text("Sổ giả định", "The assumption register"),
            presets=(_RESET,),
            arrangement="profile",
        )
        super().__init__(lang, store)

    def screen(self) -> Screen:
        try:
            case = self.case()
        except Problem as problem:
            return Screen(self._entries, paragraph(problem.message(self._lang), "cx-warning"))
        origins = [item.origin for item in case.assumptions]
        told = _TAGGED.format(
            all=number(len(origins)),
            own=number(len(origins) - origins.count("template") - origins.count(None)),
            borrowed=number(origins.count("template")),
            untold=number(origins.count(None)),
        )(self._lang)
        notes = dict.fromkeys((f"{code}_origin" for code in CODES), escape(_UNUSED(self._lang)))
        for item in case.assumptions:
            now = item.value + same(" · ") + item.origin_name
            notes[f"{item.code}_origin"] = escape(now(self._lang))
        return Screen(self._entries, paragraph(told, "cx-finding"), told, notes)


_TAGGED: Final = Text(
    "Hồ sơ dựa trên {all} con số: {own} đã có nguồn của bạn, {borrowed} còn là số mẫu, {untold} "
    "chưa ghi nguồn.",
    "Of {all} numbers in the case, {own} have a source of yours, {borrowed} are still templates, "
    "{untold} have no source yet.",
)
_UNUSED: Final = Text("chưa dùng trong hồ sơ", "not used in the case")


# ------------------------------------------------------------------------------ checks and files


@dataclass(frozen=True)
class _File:
    """A file that is made when the learner asks for it, and never kept."""

    action: Action
    name: Text
    kind: str
    write: Callable[[BoardCase, Lang], bytes]

    def link(self, case: BoardCase, lang: Lang, shown: Lang) -> str:
        """Return a link that carries the file, written in ``lang``, in itself."""
        content = b64encode(self.write(case, lang)).decode()
        name = escape(self.name(lang))
        return (
            f'<p>{escape(_READY(shown))} <a class="cx-button cx-strong" download="{name}" '
            f'href="data:{self.kind};base64,{content}">{name}</a></p>'
        )


def _write_paper(case: BoardCase, lang: Lang) -> bytes:
    return paper_docx(board_paper(case), lang)


_READY: Final = Text("Tệp đã sẵn sàng, bấm để tải:", "The file is ready, press to download:")
_WRITTEN: Final = "written"
_LANGUAGE: Final = Choice(
    label=Text("Ngôn ngữ của tệp", "Language of the files"),
    options={"vi": Text("tiếng Việt", "Vietnamese"), "en": Text("tiếng Anh", "English")},
)
_FILES: Final = (
    _File(
        Action("xlsx", Text("Tạo bảng tính Excel", "Make the Excel model"), "strong"),
        Text("ho-so-dau-tu-cx.xlsx", "cx-investment-case.xlsx"),
        EXCEL,
        case_xlsx,
    ),
    _File(
        Action("docx", Text("Tạo tờ trình Word", "Make the Word proposal"), "strong"),
        Text("to-trinh-dau-tu-cx.docx", "cx-board-proposal.docx"),
        WORD,
        _write_paper,
    ),
)
FILES: Final = {item.action.name: item for item in _FILES}
"""The files the case can be taken home in, by action."""


class ExportFace(Face):
    """Checks the case and writes it to files when asked."""

    def __init__(self, lang: Lang, store: Store) -> None:
        self._store = store
        self._links: dict[str, str] = {}
        self._entries = Entries.start({_WRITTEN: _LANGUAGE}, lang).put({_WRITTEN: lang})
        self.layout = Layout(
            key="export",
            lang=lang,
            fields={_WRITTEN: _LANGUAGE},
            title=Text("Kiểm tra rồi mang về", "Check it, then take it home"),
            actions=tuple(item.action for item in _FILES),
            arrangement="side",
        )

    def screen(self) -> Screen:
        lang = self.layout.lang
        try:
            case = assemble(self._store.values())
        except Problem as problem:
            return Screen(self._entries, paragraph(problem.message(lang), "cx-warning"))
        wrong = sum(not check.passed for check in checks(case))
        said = (_MEND.format(n=number(wrong)) if wrong else _SOUND)(lang)
        html = paragraph(said, "cx-finding") + checklist_html(case, lang)
        return Screen(self._entries, html + "".join(self._links.values()), said)

    def enter(self, name: str, raw: Any) -> None:
        self._entries = self._entries.enter(name, raw)
        self._links = {}

    def act(self, name: str) -> None:
        case = assemble(self._store.values())
        written: Lang = "vi" if self._entries.values[_WRITTEN] == "vi" else "en"
        self._links[name] = FILES[name].link(case, written, self.layout.lang)

    def recall(self) -> None:
        """Forget the files made: the case may no longer be what it was then."""
        self._links = {}


_SOUND: Final = Text(
    "Máy không tìm thấy lỗi nào. Giờ đến lượt người đọc.",
    "The machine finds nothing wrong. Now it is the readers' turn.",
)
_MEND: Final = Text(
    "Còn {n} chỗ nên sửa trước khi hội đồng hỏi.", "To mend before the board asks: {n}."
)


# ---------------------------------------------------------------------------------- the rubric


def _criterion(label: Text, most: int, hint: Text) -> Quantity:
    told = Text(f" Tối đa {most} điểm.", f" At most {most} points.")
    return Quantity(label, None, 0, most, 1, hint=hint + told)


RUBRIC: Final[dict[str, Quantity]] = {
    "logic": _criterion(
        Text("Mạch lập luận", "The chain of reasons"),
        20,
        Text(
            "Từ nỗi khổ của khách đến tiền: không có mắt xích nào phải tin suông.",
            "From the customers' trouble to money: no link must be taken on faith.",
        ),
    ),
    "sources": _criterion(
        Text("Con số có nguồn gốc", "Numbers with an origin"),
        20,
        Text(
            "Chỉ vào số nào cũng trả lời được: lấy ở đâu, ai chịu trách nhiệm.",
            "Point at any number: where it is from and who answers for it.",
        ),
    ),
    "money": _criterion(
        Text("Tính tiền cho đúng", "Money counted right"),
        15,
        Text(
            "Trên biên lợi nhuận, có chiết khấu, không cộng trùng.",
            "On margin, discounted, nothing twice.",
        ),
    ),
    "uncertainty": _criterion(
        Text("Nói thật về rủi ro", "Honest about risk"),
        15,
        Text(
            "Có xác suất lỗ, điểm hòa vốn, và giả định nào đáng lo nhất.",
            "Chance of a loss, break-even, and the assumption to worry about.",
        ),
    ),
    "pilot": _criterion(
        Text("Thí điểm và nhân quả", "Pilot and causality"),
        10,
        Text(
            "Có nhóm đối chứng bốc thăm và điều kiện dừng chốt trước.",
            "A control group drawn by lot and a stopping rule settled before.",
        ),
    ),
    "people": _criterion(
        Text("Hợp với nhân viên và mức tiếp xúc", "Fits employees and contact"),
        10,
        Text(
            "Nơi khách gặp người thì lo cho người; nơi khách tự làm thì sửa hệ thống.",
            "People where customers meet people; systems where they serve themselves.",
        ),
    ),
    "clarity": _criterion(
        Text("Rõ ràng với hội đồng", "Clear for a board"),
        10,
        Text(
            "Đọc trang đầu là biết xin gì, được gì, mất gì.",
            "The first page says what is asked, gained and risked.",
        ),
    ),
}
"""What only people can judge: 100 points in seven criteria."""


class RubricFace(KeptForm):
    """Takes the points a learner or her trainer gives the case."""

    memory = MARKS
    fields = RUBRIC

    def __init__(self, lang: Lang, store: Store) -> None:
        self.layout = Layout(
            key="rubric",
            lang=lang,
            fields=self.fields,
            title=Text("Chấm hồ sơ: 100 điểm", "Mark the case: 100 points"),
            presets=(_RESET,),
            arrangement="profile",
        )
        super().__init__(lang, store)

    def screen(self) -> Screen:
        said = verdict(self._entries.values)(self._lang)
        return Screen(self._entries, paragraph(said, "cx-finding"), said)


def verdict(marks: Mapping[str, float | None]) -> Text:
    """Say what the marks given so far amount to, and where most points are missing."""
    given = {key: mark for key, mark in marks.items() if mark is not None}
    if len(given) < len(RUBRIC):
        return _OPEN.format(n=number(len(RUBRIC) - len(given)), total=number(sum(given.values())))
    total = sum(given.values())
    weakest = min(given, key=lambda key: given[key] / RUBRIC[key].high)
    sentence = next(words for least, words in _VERDICTS if total >= least)
    name = RUBRIC[weakest].label
    return sentence.format(total=number(total), weakest=Text(name.vi.lower(), name.en.lower()))


_OPEN: Final = Text(
    "Đã chấm {total} điểm, còn {n} tiêu chí. Hãy nhờ thêm một người chưa đọc hồ sơ chấm cùng.",
    "{total} points so far, {n} criteria to go. Ask somebody who has not read the case to mark "
    "it too.",
)
_VERDICTS: Final = (
    (
        100,
        Text(
            "{total}/100: trọn vẹn. Hãy để người khó tính nhất công ty chấm lại một lần.",
            "{total}/100: complete. Let the strictest person in the company mark it once more.",
        ),
    ),
    (
        85,
        Text(
            "{total}/100: trình được. Còn dư giờ thì sửa thêm “{weakest}”.",
            "{total}/100: ready for the board. With time left, mend “{weakest}”.",
        ),
    ),
    (
        65,
        Text(
            "{total}/100: gần được. Hãy bắt đầu từ tiêu chí yếu nhất: “{weakest}”.",
            "{total}/100: nearly there. Begin with the weakest criterion: “{weakest}”.",
        ),
    ),
    (
        0,
        Text(
            "{total}/100: chưa nên trình. Yếu nhất là “{weakest}”; mất điểm ở đây cũng là chỗ hội "
            "đồng sẽ hỏi.",
            "{total}/100: not ready. Weakest is “{weakest}”; where points are lost the board will "
            "ask.",
        ),
    ),
)
