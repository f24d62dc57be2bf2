"""Turns notebooks into pages without doing for every learner what is the same for all."""

from __future__ import annotations

from typing import Any, Final

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, pass_context
from voila.exporter import VoilaExporter

from voila import notebook_renderer

TEMPLATES: Final[BytecodeCache] = FileSystemBytecodeCache()
PROSE: Final[dict[str, str]] = {}
"""What the course's own cells, none of which has attachments, became."""


class PageExporter(VoilaExporter):
    """Voilà's exporter, with templates compiled once and prose rendered once."""

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.bytecode_cache = TEMPLATES
        return environment

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Return a cell's prose as HTML."""
        if source not in PROSE:
            PROSE[source] = super().markdown2html(context, source)
        return PROSE[source]


def install() -> None:
    """Make Voilà use it: its renderer takes the exporter's class by name."""
    notebook_renderer.VoilaExporter = PageExporter
