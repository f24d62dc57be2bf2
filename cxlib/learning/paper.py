"""A short paper in chapters, shown on a page or written as a Word file, the same in both."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import compress, zip_longest
from typing import TYPE_CHECKING, Any, Final

from cxlib.learning.view import Table
from cxlib.text import Lang, Text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from matplotlib.figure import Figure

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ASSUMED: Final = Text("Giả định", "Assumption")
_TAGS: Final[dict[Lang, str]] = {"vi": "vi-VN", "en": "en-GB"}
_CREATED: Final = datetime(2025, 1, 1)
_INK: Final = "1D2733"
_ACCENT: Final = "0F6E6E"
_SHADE: Final = "EAF2F1"
_PAGE_CM: Final = (21.0, 29.7)
_MARGIN_CM: Final = 2.0
_DPI: Final = 200


@dataclass(frozen=True)
class Words:
    """One paragraph; an ``assumed`` one is marked as such."""

    text: Text
    assumed: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart with its text alternative."""

    chart: Callable[[Lang], Figure]
    told: Text


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands under it."""

    title: Text
    blocks: Sequence[Words | Table | Picture]


@dataclass(frozen=True)
class Paper:
    """A titled paper with a line that says whom it is for."""

    title: Text
    address: Text
    chapters: Sequence[Chapter]


# ---------------------------------------------------------------------------------- on a page


def paper_html(paper: Paper, lang: Lang) -> str:
    """Write the words and tables of the paper for a page; its pictures stand there already."""
    return "".join(
        f"<h4>{escape(chapter.title(lang))}</h4>"
        + "".join(_block_html(block, lang) for block in chapter.blocks)
        for chapter in paper.chapters
    )


def _block_html(block: Words | Table | Picture, lang: Lang) -> str:
    if isinstance(block, Table):
        return block.html(lang)
    if isinstance(block, Picture):
        return ""
    mark = f'<em class="cx-certainty">({_ASSUMED(lang)})</em> ' if block.assumed else ""
    return f"<p>{mark}{escape(block.text(lang))}</p>"


# ------------------------------------------------------------------------------- as a Word file


def paper_docx(paper: Paper, lang: Lang) -> bytes:
    """Write the paper as a Word file in one language."""
    import docx

    document = docx.Document()
    _set_up(document, paper, lang)
    document.add_heading(paper.title(lang), level=0)
    document.add_paragraph(paper.address(lang), style="Subtitle")
    for chapter in paper.chapters:
        document.add_heading(chapter.title(lang), level=1)
        for block, following in zip_longest(chapter.blocks, chapter.blocks[1:]):
            if isinstance(block, Words):
                paragraph = _add_words(document, block, lang)
                paragraph.paragraph_format.keep_with_next = isinstance(following, Table)
            elif isinstance(block, Table):
                _add_table(document, block, lang)
            else:
                _add_picture(document, block, lang)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Document, paper: Paper, lang: Lang) -> None:
    """Set page, type and language; the built-in styles keep their names for navigation."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, _PAGE_CM)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    colours = {"Title": _ACCENT, "Heading 1": _ACCENT}
    sizes = {"Normal": 10.5, "Title": 20.0, "Subtitle": 11.0, "Heading 1": 13.0}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.size = Pt(size)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), "Calibri")
        style.font.color.rgb = RGBColor.from_string(colours.get(name, _INK))
        for spacing in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(spacing)
    normal, heading = document.styles["Normal"], document.styles["Heading 1"]
    normal.paragraph_format.space_after = Pt(5)
    heading.paragraph_format.space_before = Pt(11)
    heading.paragraph_format.space_after = Pt(4)
    _tag_language(document, lang)
    about = document.core_properties
    about.title, about.language, about.author = paper.title(lang), _TAGS[lang], ""
    about.comments = ""
    about.created = about.modified = _CREATED
    _number_pages(section.footer.paragraphs[0])


def _tag_language(document: Document, lang: Lang) -> None:
    """Tell Word which language it reads, so that spelling and screen readers follow."""
    from docx.oxml.ns import qn

    for element in document.styles.element.iter(qn("w:lang")):
        for script in ("val", "eastAsia", "bidi"):
            element.set(qn(f"w:{script}"), _TAGS[lang])


def _number_pages(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = _element("w:fldSimple", {"w:instr": "PAGE"})
    field.append(_element("w:r"))
    paragraph._p.append(field)


def _add_words(document: Document, words: Words, lang: Lang) -> Paragraph:
    paragraph = document.add_paragraph()
    if words.assumed:
        paragraph.add_run(f"({_ASSUMED(lang)}) ").bold = True
    paragraph.add_run(words.text(lang)).italic = words.assumed
    return paragraph


def _add_table(document: Document, table: Table, lang: Lang) -> None:
    """Add a table whose first row repeats on every page and whose rows do not break."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = document.add_table(1 + len(table.rows), len(table.heads), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    lines = [table.heads, *table.rows]
    numeric = [_is_numeric([row[place] for row in table.rows]) for place in range(len(table.heads))]
    for at, (row, line) in enumerate(zip(made.rows, lines, strict=True)):
        kept = row._tr.get_or_add_trPr()
        kept.append(_element("w:cantSplit"))
        if at == 0:
            kept.append(_element("w:tblHeader"))
        for place, (cell, words) in enumerate(zip(row.cells, line, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.keep_with_next = at < len(table.rows)
            run = paragraph.add_run(words(lang))
            run.font.size, run.bold = Pt(9), at == 0
            if numeric[place]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if at == 0:
                _shade(cell)
    _size_columns(made, table, numeric, lang)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _is_numeric(cells: Sequence[Text]) -> bool:
    """Whether most cells of a column begin like a number."""
    starts = [cell.en.lstrip("−₫")[:1].isdigit() for cell in cells]
    return sum(starts) * 2 > len(starts)


def _size_columns(made: Any, table: Table, numeric: Sequence[bool], lang: Lang) -> None:
    """Share the page's width by how long the texts of a column are, alike among numbers."""
    from docx.shared import Cm

    lines = [table.heads, *table.rows]
    longest = [max(len(line[place](lang)) for line in lines) for place in range(len(table.heads))]
    weights = [min(max(length, 7), 42) for length in longest]
    widest = max(compress(weights, numeric), default=0)
    weights = [widest if alike else own for own, alike in zip(weights, numeric, strict=True)]
    width = _PAGE_CM[0] - 2 * _MARGIN_CM
    made.autofit = False
    for place, weight in enumerate(weights):
        share = Cm(width * weight / sum(weights))
        made.columns[place].width = share
        for cell in made.columns[place].cells:
            cell.width = share


def _shade(cell: _Cell) -> None:
    shade = _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _SHADE})
    cell._tc.get_or_add_tcPr().append(shade)


def _add_picture(document: Document, picture: Picture, lang: Lang) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    from cxlib.charts.svg import to_png

    drawn = io.BytesIO(to_png(picture.chart(lang), dpi=_DPI))
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    inline = paragraph.add_run().add_picture(drawn, width=Cm(13.5))._inline
    inline.docPr.set("descr", picture.told(lang))


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    return made
