"""The learner's own file: what was understood, what to mend, and a template to start from."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, Final

from cxlib.schemas import Schema
from cxlib.templates import template_csv, template_xlsx
from cxlib.text import Lang, Problem, Text, number
from cxlib.upload import read_table

if TYPE_CHECKING:
    import pandas as pd

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_START: Final = Text("Tải tệp mẫu: ", "Download a template: ")
_MEND: Final = Text(
    "Tệp này chưa được dùng: có {n} chỗ cần sửa. Số bạn nhập trước đó vẫn giữ nguyên.",
    "The file is not used yet; places to mend: {n}. The figures you had entered stay as they are.",
)
_MORE: Final = Text("… và {n} chỗ nữa.", "… and {n} more.")
_SHOWN: Final = 12


def read_tables(
    filename: str, content: bytes, schemas: Sequence[Schema], lang: Lang
) -> tuple[dict[str, pd.DataFrame], str, bool]:
    """Read from one file every table it holds among ``schemas``.

    Returns:
        The good rows of each table by schema name, what to tell the learner as HTML, and whether
        every row was good.

    Raises:
        Problem: the file as a whole cannot be used, or holds none of the tables.
    """
    found, refused = {}, []
    for schema in schemas:
        try:
            found[schema.name] = read_table(filename, content, schema, lang)
        except Problem as problem:
            refused.append(problem)
    if not found:
        raise refused[0]
    good = {name: upload.good for name, upload in found.items()}
    problems = [problem.sentence for upload in found.values() for problem in upload.problems]
    if problems:
        told = [_MEND.format(n=number(len(problems))), *problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            told.append(_MORE.format(n=number(len(problems) - _SHOWN)))
        return good, _list(told, lang, "cx-wrong"), False
    told = [sentence for upload in found.values() for sentence in upload.understood]
    return good, _list(told, lang, ""), True


def templates(name: Text, schemas: Sequence[Schema]) -> Callable[[Lang], str]:
    """Offer the templates in a language, as links that carry the file in themselves."""
    return cache(partial(_templates_html, name, schemas))


def _templates_html(name: Text, schemas: Sequence[Schema], lang: Lang) -> str:
    files = [(f"{name(lang)}.xlsx", _XLSX, template_xlsx(schemas, lang))]
    files += [(f"{s.title(lang)}.csv", "text/csv", template_csv(s, lang)) for s in schemas]
    links = ", ".join(
        f'<a download="{escape(filename)}" href="data:{kind};base64,{b64encode(content).decode()}">'
        f"{escape(filename)}</a>"
        for filename, kind, content in files
    )
    return f"<p>{escape(_START(lang))}{links}</p>"


def _list(sentences: Sequence[Text], lang: Lang, css_class: str) -> str:
    items = "".join(f"<li>{escape(sentence(lang))}</li>" for sentence in sentences)
    return f'<ul class="{css_class}">{items}</ul>'
