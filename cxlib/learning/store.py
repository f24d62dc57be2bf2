"""Where a learner's answers live: her own browser, or a plain dict where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

_STATIC: Final = Path(__file__).parent / "static"


class Store:
    """Named values with listeners; nothing of it is ever written to the server's disk."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._listeners: list[Callable[[frozenset[str]], None]] = []

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value kept under ``key``."""
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Keep a JSON-like value under ``key``."""
        self.load({key: value})

    def load(self, values: Mapping[str, Any]) -> None:
        """Take over several values at once and tell every listener which keys changed.

        The value None forgets its key.
        """
        changed = frozenset(key for key, value in values.items() if self._values.get(key) != value)
        joined = {**self._values, **values}
        self._values = {key: value for key, value in joined.items() if value is not None}
        if changed:
            for listener in self._listeners:
                listener(changed)

    def replace(self, values: Mapping[str, Any]) -> None:
        """Keep ``values`` and nothing else."""
        self.load({**dict.fromkeys(self._values), **values})

    def values(self) -> dict[str, Any]:
        """Return a copy of everything kept."""
        return dict(self._values)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call ``listener`` with the changed keys after every change."""
        self._listeners.append(listener)


class BrowserStore(anywidget.AnyWidget):
    """Mirrors a :class:`Store` into the localStorage of the browser that shows it."""

    _esm = _STATIC / "store.js"
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
