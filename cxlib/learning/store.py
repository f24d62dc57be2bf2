"""Where a learner's answers live while a page is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


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
