"""A process that imports the course once and forks a ready kernel for every learner who comes.

Importing pandas, matplotlib and the labs takes a kernel two seconds and over 100 MB. A fork takes
milliseconds and shares that memory until it writes to it. Run by ``forked_kernels.py`` only.
"""

from __future__ import annotations

import gc
import logging
import os
import pkgutil
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Final, NoReturn, TypedDict

KERNEL: Final = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "cxlib.learning",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "pandas",
    "psutil",
    "tornado.platform.asyncio",
)
"""What a kernel imports before the first cell; ipykernel takes much of it only when it starts."""

REST_SECONDS: Final = 2.0
NICE: Final = 5
"""Kernels yield to the server: one process serves the pages of all."""


class Order(TypedDict):
    """What a kernel is to be started with."""

    arguments: Sequence[str]
    folder: str
    environment: dict[str, str]


def serve(door: Connection) -> None:
    """Warm up, fork a kernel for each order and answer with its process id, until the door shuts.

    Says "ready" after the first chore. From then on orders come before chores, and whoever comes
    first has the processors to herself for a while.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that end leave no zombie
    logging.disable(logging.WARNING)
    with suppress(EOFError, BrokenPipeError):
        chores = _chores()
        next(chores)
        door.send("ready")
        rest = REST_SECONDS
        for _ in chores:
            while door.poll():
                _answer(door)
                door.poll(rest)
                rest = 0.0
        while True:
            _answer(door)


def _chores() -> Iterator[None]:
    """Import what every kernel needs, read what every page shows, then draw each lab once."""
    for module in KERNEL:
        import_module(module)
    from cxlib import labs
    from cxlib.data import load
    from cxlib.learning.lab import Lab, LabFace
    from cxlib.learning.questions import QUIZZES, questions
    from cxlib.learning.store import Store
    from cxlib.references import references

    yield
    references()
    load("public_facts")
    yield
    names = [f"cxlib.labs.{found.name}" for found in pkgutil.iter_modules(labs.__path__)]
    lessons = [import_module(name) for name in names]
    yield
    for quiz in QUIZZES.glob("*.yml"):
        questions(quiz.stem, "quiz")
        yield
    for lesson in lessons:
        for lab in [item for item in vars(lesson).values() if isinstance(item, Lab)]:
            LabFace(lab, "vi", Store()).screen()
            yield
    gc.collect()


def _answer(door: Connection) -> None:
    order: Order = door.recv()
    kernel = os.fork()
    if kernel == 0:
        door.close()
        _become_kernel(order)
    door.send(kernel)


def _become_kernel(order: Order) -> NoReturn:
    import ipywidgets
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp

    gc.freeze()  # its collector would otherwise touch, and so copy, every page it inherits
    try:
        os.setsid()
        os.nice(NICE)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environment"])
        random.seed()
        np.random.seed()
        own = ["--HistoryManager.enabled=False", f"--IPKernelApp.parent_handle={os.getppid()}"]
        app = IPKernelApp.instance()
        app.initialize([*order["arguments"], *own])
        ipywidgets.register_comm_target()  # done at import only where a kernel already runs
        app.start()
    finally:
        os._exit(0)


if __name__ == "__main__":
    sys.path.pop(0)  # this script's folder
    serve(Connection(int(sys.argv[1])))
