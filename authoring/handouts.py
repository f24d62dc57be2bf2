"""Every page on paper: one HTML file that needs no server, with the pictures of its notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import nbformat
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.filters import markdown2html
from nbformat import NotebookNode

from cxlib.learning.glossary import explained
from cxlib.text import LANGS, Lang, Text

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDERS: Final = ("notebooks", "exercises", "exercises/solutions")
LOOK: Final = "voila/templates/cxmaster/static/theme.css"
LEFT_OUT: Final = ("setup", "trainer")
NOTE: Final = Text(
    "Bản in: hình cho thấy kết quả đầu tiên của từng phòng thí nghiệm. Muốn tự tay kéo thử, hãy mở "
    "khóa học.",
    "Handout: each picture shows the first result of a lab. To move the levers yourself, open the "
    "course.",
)
ALL_PAGES: Final = Text("Tất cả bản in", "All handouts")


def write_all(root: Path, target: Path) -> list[Path]:
    """Write the handout of every built notebook and a page that lists them."""
    written = [_write(notebook, target, root) for notebook in _notebooks(root)]
    index = target / "index.html"
    lists = {lang: list(_contents(root, lang)) for lang in LANGS}
    index.write_text(_page("index.html.j2", root, lang="vi", lists=lists), "utf-8")
    return [*written, index]


def handout(notebook: NotebookNode, root: Path = ROOT, up: str = "../..") -> str:
    """Make one handout; ``up`` leads from it to the list of all."""
    lang: Lang = notebook.metadata["lang"]
    return _page(
        "handout.html.j2",
        root,
        lang=lang,
        title=notebook.metadata["title"],
        note=NOTE(lang),
        home=f"{up}/index.html",
        all_pages=ALL_PAGES(lang),
        parts=_parts(notebook.cells),
        terms=explained(lang) if notebook.metadata["cx"]["slug"] == "glossary" else (),
    )


def _notebooks(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for lang in LANGS:
            yield from sorted((root / folder / lang).glob("*.ipynb"))


def _contents(root: Path, lang: Lang) -> Iterator[tuple[str, str]]:
    for path in sorted((root / "notebooks" / lang).glob("*.ipynb")):
        title: str = nbformat.read(path, as_version=4).metadata["title"]
        yield f"notebooks/{lang}/{path.stem}.html", title


def _write(notebook: Path, target: Path, root: Path) -> Path:
    place = notebook.relative_to(root).with_suffix(".html")
    up = "/".join([".."] * (len(place.parts) - 1))
    file = target / place
    file.parent.mkdir(parents=True, exist_ok=True)
    node = nbformat.read(notebook, as_version=4)
    file.write_text(handout(node, root, up), "utf-8")
    return file


def _page(template: str, root: Path, **content: Any) -> str:
    look = Markup((root / LOOK).read_text("utf-8"))
    templates = Environment(
        loader=FileSystemLoader(root / "authoring" / "paper"), autoescape=True, trim_blocks=True
    )
    return templates.get_template(template).render(look=look, **content)


def _parts(cells: Sequence[NotebookNode]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Gather neighbouring cells of one part, as the course's pages do."""
    parts: list[tuple[str, list[Mapping[str, Any]]]] = []
    part = "title"
    for cell in cells:
        trainer = "trainer" in cell.metadata.get("tags", [])
        part = "trainer" if trainer else cell.metadata.get("part", part)
        if part in LEFT_OUT:
            continue
        if not parts or parts[-1][0] != part:
            parts.append((part, []))
        parts[-1][1].extend(_blocks(cell))
    return parts


def _blocks(cell: NotebookNode) -> Iterator[Mapping[str, Any]]:
    if cell.cell_type == "markdown":
        prose = markdown2html(cell.source).replace('.ipynb"', '.html"')
        yield {"kind": "prose", "html": Markup(prose)}
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        text = "".join(data.get("text/plain", ""))
        if "image/png" in data:
            picture = "".join(data["image/png"]).replace("\n", "")
            yield {"kind": "picture", "png": picture, "finding": text}
        elif "text/html" in data:
            yield {"kind": "prose", "html": Markup("".join(data["text/html"]))}
        elif text:
            yield {"kind": "questions", "lines": text.split("\n")}
