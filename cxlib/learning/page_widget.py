"""What stands once on a page: the line to the browser's memory and the code of all panels."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from cxlib.learning.store import Store

STATIC: Final = Path(__file__).parent / "static"


class PageWidget(anywidget.AnyWidget):
    """Mirrors a :class:`Store` into the browser, and brings the code that draws the panels."""

    _esm = STATIC / "page.js"
    _css = "".join((STATIC / name).read_text("utf-8") for name in ("panel.css", "lobby.css"))
    panel_code = traitlets.Unicode((STATIC / "panel.js").read_text("utf-8")).tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        store.listen(self._save)
        self.on_msg(self._found)

    def _save(self, changed: frozenset[str]) -> None:
        """Send every value; a key that is forgotten goes as None."""
        self.saved = dict.fromkeys([*self.saved, *changed]) | self._store.values()

    def _found(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        found = message.get("found")
        if isinstance(found, dict):
            self._store.load(found)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return display_data(super()._repr_mimebundle_(), {"text/plain": "CX Master"})


def display_data(bundle: Any, fallback: Mapping[str, str]) -> dict[str, Any]:
    """Join a widget's own display data with what stands where no widget runs."""
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    return {**(data or {}), **fallback}
