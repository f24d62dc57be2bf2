"""A class on the trainer's laptop: whoever knows the class code gets in, nobody else.

The code opens the door once; from then on the browser carries a pass. Both live as long as the
server. A wrong code costs patience: an address gets few tries a minute.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Final

from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher
from voila.handler import BaseVoilaHandler

TRIES, SECONDS = 10, 60
COOKIE: Final = "cx-class"
LOOK: Final = r"voila/templates/cxmaster/static/[\w-]+\.\w+"
"""What the page at the door needs itself."""


@dataclass
class ClassDoor:
    """The class code, the pass it earns, and who tried a wrong one when."""

    code: str
    pass_: str = field(default_factory=secrets.token_urlsafe)
    _wrong: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def opens_to(self, typed: str) -> bool:
        """Whether this is the code, however it is spaced and cased."""
        return hmac.compare_digest(_bare(typed), _bare(self.code))

    def knows(self, request: HTTPServerRequest) -> bool:
        """Whether the request carries the pass."""
        cookie = request.cookies.get(COOKIE)
        return cookie is not None and hmac.compare_digest(cookie.value, self.pass_)

    def must_wait(self, address: str) -> bool:
        """Whether this address has tried too often within the last minute."""
        tries = self._wrong[address]
        while tries and tries[0] < time.monotonic() - SECONDS:
            tries.popleft()
        return len(tries) >= TRIES

    def note_wrong(self, address: str) -> None:
        """Remember a wrong code."""
        self._wrong[address].append(time.monotonic())


def _bare(code: str) -> bytes:
    return re.sub(r"[\s-]", "", code).upper().encode()


class Outside(Matcher):
    """Matches every request without the pass, except for the look of the page at the door."""

    def __init__(self, door: ClassDoor, base_url: str) -> None:
        self._door = door
        self._look = re.compile(re.escape(base_url) + LOOK)

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Match whoever has to stay outside."""
        if self._door.knows(request) or self._look.fullmatch(request.path):
            return None
        return {}


class DoorPage(BaseVoilaHandler):
    """Asks for the class code, lets in who knows it, and shows the page she came for."""

    def initialize(self, door: ClassDoor, **kwargs: Any) -> None:
        """Know the door."""
        super().initialize(**kwargs)
        self._door = door

    def get(self) -> None:
        """Open to the right code; else say what is asked for."""
        address, typed = self.request.remote_ip or "", self.get_argument("code", "")
        if self._door.must_wait(address):
            self._ask(429, "wait")
        elif not typed:
            self._ask(401, "ask")
        elif self._door.opens_to(typed):
            self.set_cookie(COOKIE, self._door.pass_, httponly=True, samesite="Lax")
            self.redirect(self.request.path)
        else:
            self._door.note_wrong(address)
            self._ask(403, "wrong")

    def _ask(self, status: int, said: str) -> None:
        self.set_status(status)
        self.write(self.render_template("door.html", said=said, path=self.request.path))


class ClassPage(BaseVoilaHandler):
    """How to get in, for the projector: address, code and a QR code that holds both."""

    def initialize(self, door: ClassDoor, **kwargs: Any) -> None:
        """Know the door."""
        super().initialize(**kwargs)
        self._door = door

    def get(self) -> None:
        """Show the way in."""
        import segno

        address = f"{self.request.protocol}://{self.request.host}{self.base_url}"
        qr = segno.make_qr(f"{address}?code={self._door.code}")
        drawn = qr.svg_inline(omitsize=True, border=2, light="#fff")
        page = self.render_template("class.html", address=address, code=self._door.code, qr=drawn)
        self.write(page)
