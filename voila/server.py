"""The course's Voilà server: its pages, what they need to live, and nothing else of the disk.

Start it with ``python voila/server.py --port=8866 --no-browser``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import forked_kernels
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from settings import SETTINGS
from tornado.web import HTTPError, RedirectHandler
from voila.app import Voila
from voila.handler import BaseVoilaHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

COURSE: Final = Path(__file__).resolve().parent.parent

PAGE: Final = r"((?:notebooks/(?:vi|en)|exercises(?:/\w+)*)/[\w-]+\.ipynb)"
LOBBY: Final = "voila/render/notebooks/{}/00-lobby.ipynb"

LIFELINES: Final = (
    KernelHandler,
    VoilaKernelWebsocketHandler,
    VoilaShutdownKernelHandler,
    TemplateStaticFileHandler,
    MultiStaticFileHandler,
    FileFindHandler,
)


class LessonPage(TornadoVoilaHandler):
    """One notebook as a page."""

    async def get(self, path: str) -> None:
        """Send the page, with the cookie that lets it end its own kernel when it closes.

        Voilà's script sends that cookie back, but nothing in Voilà sets it (voila#1458).
        """
        _ = self.xsrf_token
        await super().get(path)


class NoSuchPage(BaseVoilaHandler):
    """Every other address."""

    def get(self) -> None:
        """Say that there is no such page."""
        raise HTTPError(404)


class CourseServer(Voila):
    """Voilà with an open door for the course's pages only."""

    def init_settings(self) -> dict[str, Any]:
        """Add the page that answers every unknown address."""
        return super().init_settings() | {
            "default_handler_class": NoSuchPage,
            "default_handler_args": {"voila_configuration": self.voila_configuration},
        }

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """Keep of Voilà's addresses those a page lives by, and add the course's own."""
        base = self.server_url
        lifelines = [rule for rule in super().init_handlers() if rule[1] in LIFELINES]
        page = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            *lifelines,
            (base, RedirectHandler, _temporary(base + LOBBY.format("vi"))),
            (rf"{base}(vi|en)/?", RedirectHandler, _temporary(base + LOBBY.format("{0}"))),
            (rf"{base}voila/render/{PAGE}", LessonPage, page),
        ]


def _temporary(url: str) -> dict[str, Any]:
    return {"url": url, "permanent": False}


def _find_template() -> None:
    known = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(COURSE), known)))


if __name__ == "__main__":
    _find_template()
    forked_kernels.install()
    CourseServer.launch_instance(config=SETTINGS, root_dir=str(COURSE), config_file_paths=[])
