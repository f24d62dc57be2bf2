"""Kernels forked from a warmed parent, where the system can fork; see ``fork_server.py``."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.metadata import EntryPoint
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import psutil
from fork_server import Order
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

FORK_SERVER: Final = Path(__file__).with_name("fork_server.py")
NAME: Final = "forked"


class ForkServer:
    """The warmed parent, started at once and ended with this process."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        no_debugger = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # it warns that it may miss files
        self._process = subprocess.Popen(
            [sys.executable, str(FORK_SERVER), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env={**os.environ, **one_thread, **no_debugger},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self._door = Connection(ours.detach())
        self._turn = threading.Lock()
        self._ready = False

    def wait(self) -> None:
        """Wait until it can fork."""
        with self._turn:
            if not self._ready:
                self._ready = bool(self._door.recv())

    def fork(self, order: Order) -> int:
        """Return the process id of a fresh kernel."""
        self.wait()
        with self._turn:
            self._door.send(order)
            kernel: int = self._door.recv()
            return kernel


class ForkedKernel(psutil.Process):
    """A kernel process with the few methods of ``Popen`` that Jupyter uses."""

    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        """Return None while the kernel runs."""
        return None if self.is_running() else 0

    def send_signal(self, sig: int) -> None:
        """Send a signal; like ``Popen``, say nothing when the kernel is gone already."""
        with suppress(psutil.NoSuchProcess):
            super().send_signal(sig)


class ForkedKernels(LocalProvisioner):
    """Starts a kernel by a fork; everything else is Jupyter's own local provisioner."""

    parent_process: ForkServer

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel that listens where the connection file says."""
        order = Order(
            arguments=cmd[cmd.index("ipykernel_launcher") + 1 :],
            folder=str(kwargs.get("cwd") or Path.cwd()),
            # Some names are members of an Enum of Voilà's, which the parent would have to import.
            environment={name[:]: value for name, value in kwargs["env"].items()},
        )
        self.pid = await asyncio.to_thread(self.parent_process.fork, order)
        self.pgid = self.pid
        self.process = ForkedKernel(self.pid)
        return self.connection_info


def install() -> None:
    """Start the warmed parent and make Jupyter use it; without ``fork`` change nothing.

    Only Linux forks a process full of numerical libraries safely. ``CX_KERNELS=plain`` asks for
    Jupyter's own kernels where few pages are open at a time.
    """
    if sys.platform != "linux" or os.environ.get("CX_KERNELS") == "plain":
        return
    ForkedKernels.parent_process = ForkServer()
    factory = KernelProvisionerFactory.instance()
    target = f"{__name__}:{ForkedKernels.__name__}"
    factory.provisioners[NAME] = EntryPoint(NAME, target, factory.GROUP_NAME)
    factory.default_provisioner_name = NAME


def wait() -> None:
    """Wait until the warmed parent, if there is one, can fork."""
    if NAME in KernelProvisionerFactory.instance().provisioners:
        ForkedKernels.parent_process.wait()
