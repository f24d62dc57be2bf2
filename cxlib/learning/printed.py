"""What a panel's fields look like on paper, or wherever no widget runs: questions to answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

BOX: Final = "☐"
BLANK: Final = "………"
MIXED: Final = ("quiz.", "exercise.", "diagnostic.")
"""Panels whose options come in another order each time; on paper they stay in one."""


def on_paper(spec: Mapping[str, Any]) -> str:
    """Write a panel, described as to the browser, as plain text."""
    mixed = spec["key"].startswith(MIXED)
    fields = [line for field in spec["fields"].values() for line in _field(field, mixed)]
    return "\n".join([spec["title"] or spec["words"]["panel"], *fields])


def _field(field: Mapping[str, Any], mixed: bool) -> list[str]:
    label = " · ".join(filter(None, (field["label"], field.get("row"))))
    if field["kind"] == "file":
        return []
    mark = BLANK if field["kind"] == "ranking" else BOX
    if "options" in field:
        options = sorted(field["options"]) if mixed else field["options"]
        return [label, *(f"{mark} {text}" for _, text in options)]
    ends = f" ({' – '.join(field['ends'])})" if "ends" in field else ""
    return [f"{label} {BLANK}{ends}"]
