"""The course's Voilà server: its pages, what they need to live, and nothing else of the disk.

Start it with ``python voila/server.py --port=8866 --no-browser``. With a class code in the
environment variable ``CX_CLASS_CODE`` only those who know the code get in.
"""

from __future__ import annotations

import asyncio
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import forked_kernels
import page_exporter
import psutil
from class_door import ClassDoor, ClassPage, DoorPage, Outside
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from settings import MEGABYTE, SETTINGS
from tornado.web import HTTPError, StaticFileHandler
from traitlets import Int
from voila.app import Voila
from voila.handler import BaseVoilaHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

COURSE: Final = Path(__file__).resolve().parent.parent

PAGE: Final = r"((?:notebooks/(?:vi|en)|exercises(?:/\w+)*)/[\w-]+\.ipynb)"
LOBBY: Final = "voila/render/notebooks/{}/00-lobby.ipynb"
CLASS_CODE: Final = os.environ.pop("CX_CLASS_CODE", "")  # nothing started later inherits it


class FrontDoor(BaseVoilaHandler):
    """The short addresses."""

    def get(self, lang: str = "vi") -> None:
        """Lead to the lobby."""
        self.redirect(self.base_url + LOBBY.format(lang))


class LessonPage(TornadoVoilaHandler):
    """One notebook as a page."""

    def initialize(self, turns: asyncio.Semaphore, spare_megabytes: int, **kwargs: Any) -> None:
        """Know where to queue, and how much memory a new page must leave free."""
        super().initialize(**kwargs)
        self._turns = turns
        self._spare = spare_megabytes * MEGABYTE
        self._left = False

    async def get(self, path: str) -> None:
        """Send the page when its turn has come.

        A few pages at a time are sooner ready than all at once: the first of a class need not wait
        until the last has hers.
        """
        async with self._turns:
            if not self._left:
                await self._send(path)

    def on_connection_close(self) -> None:
        """Note that nobody waits any more."""
        self._left = True
        super().on_connection_close()

    async def _send(self, path: str) -> None:
        """Send the page, with the cookie that lets it end its own kernel when it closes.

        Voilà's script sends that cookie back, but nothing in Voilà sets it (voila#1458).
        """
        if psutil.virtual_memory().available < self._spare:
            raise HTTPError(503)
        if SCRIPTS:
            links = (f"<{script}>; rel=preload; as=script; fetchpriority=low" for script in SCRIPTS)
            self.set_header("Link", ", ".join(links))
        _ = self.xsrf_token
        await super().get(path)


SCRIPTS: Final[dict[str, None]] = {}
"""The scripts that pages have asked for, in their order: the next page announces them at once."""


class ScriptFile(StaticFileHandler):
    """A script of Voilà or of a Lab extension."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send the script and remember that pages want it."""
        await super().get(path, include_body)
        if path.endswith(".js"):
            SCRIPTS[self.request.uri or ""] = None


class VoilaScript(ScriptFile, MultiStaticFileHandler):
    """A script of Voilà."""


class ExtensionScript(ScriptFile, FileFindHandler):
    """A script of a Lab extension."""


class TemplateFile(TemplateStaticFileHandler):
    """A file of the course's look."""

    def set_extra_headers(self, path: str) -> None:
        """Let browsers ask again for a file whose address does not change with its content."""
        super().set_extra_headers(path)
        if "v" not in self.request.arguments:
            self.set_header("Cache-Control", "no-cache")


class PageSocket(VoilaKernelWebsocketHandler):
    """A page's line to its kernel."""

    def on_close(self) -> None:
        """Let the kernel's patience begin when the line is cut, not at the last thing it did."""
        if self.kernel_id in self.kernel_manager:
            self.kernel_manager.get_kernel(self.kernel_id).last_activity = datetime.now(UTC)
        super().on_close()


LIFELINES: Final = {
    KernelHandler: KernelHandler,
    VoilaShutdownKernelHandler: VoilaShutdownKernelHandler,
    VoilaKernelWebsocketHandler: PageSocket,
    TemplateStaticFileHandler: TemplateFile,
    MultiStaticFileHandler: VoilaScript,
    FileFindHandler: ExtensionScript,
}
"""Voilà's handlers that a page lives by, and ours in their place."""


class NoSuchPage(BaseVoilaHandler):
    """Every other address."""

    def get(self) -> None:
        """Say that there is no such page."""
        raise HTTPError(404)


class CourseServer(Voila):
    """Voilà with an open door for the course's pages only."""

    pages_at_once = Int(
        2 * (os.cpu_count() or 1), help="Pages that are made at the same time; others queue"
    ).tag(config=True)
    spare_megabytes = Int(300, help="Memory that stays free: a page that needs it waits").tag(
        config=True
    )

    def init_settings(self) -> dict[str, Any]:
        """Add the page that answers every unknown address; let a class use any name of ours.

        Without a class, a foreign name that resolves to this machine is refused. In a class the
        pass does that: a browser sends it to the name only that it was given under.
        """
        return super().init_settings() | {
            "default_handler_class": NoSuchPage,
            "default_handler_args": {"voila_configuration": self.voila_configuration},
            "allow_remote_access": bool(CLASS_CODE),
        }

    def listen(self) -> None:
        """Open when the first page would not have to wait."""
        forked_kernels.wait()
        super().listen()

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """Keep of Voilà's addresses those a page lives by, and add the course's own."""
        base, words = self.server_url, {"voila_configuration": self.voila_configuration}
        lifelines = [
            (rule[0], LIFELINES[rule[1]], *rule[2:])
            for rule in super().init_handlers()
            if rule[1] in LIFELINES
        ]
        page = {
            "template_paths": self.template_paths,
            "config": self.config,
            "turns": asyncio.Semaphore(self.pages_at_once),
            "spare_megabytes": self.spare_megabytes,
            **words,
        }
        return [
            *_class_rules(base, words),
            *lifelines,
            (base, FrontDoor, words),
            (rf"{base}(vi|en)/?", FrontDoor, words),
            (rf"{base}voila/render/{PAGE}", LessonPage, page),
        ]


def _class_rules(base: str, words: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Keep everybody outside who does not know the class code, if there is one."""
    if not CLASS_CODE:
        return []
    known = {"door": ClassDoor(CLASS_CODE), **words}
    return [
        (Outside(known["door"], base), DoorPage, known),
        (rf"{base}class", ClassPage, known),
    ]


def _find_template() -> None:
    known = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(COURSE), known)))


if __name__ == "__main__":
    _find_template()
    logging.disable(logging.WARNING)  # Jupyter composes news of every message, for nobody
    page_exporter.install()
    forked_kernels.install()
    CourseServer.launch_instance(config=SETTINGS, root_dir=str(COURSE), config_file_paths=[])
