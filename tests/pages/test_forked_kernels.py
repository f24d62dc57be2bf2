"""Kernels forked from a warmed parent behave like kernels started afresh."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel
from jupyter_client.provisioning import KernelProvisionerFactory

VOILA = Path(__file__).resolve().parents[2] / "voila"
WAIT = 30

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks kernels")


@pytest.fixture(scope="module")
def forked_kernels() -> Iterator[Any]:
    """The module, installed, and Jupyter's own way restored afterwards."""
    sys.path.insert(0, str(VOILA))
    import forked_kernels

    forked_kernels.install()
    yield forked_kernels
    KernelProvisionerFactory.clear_instance()
    sys.path.remove(str(VOILA))


Kernel = tuple[KernelManager, BlockingKernelClient]


@pytest.fixture
def kernel(forked_kernels: Any) -> Iterator[Kernel]:
    """A fresh kernel and its client."""
    manager, client = start_new_kernel(startup_timeout=WAIT)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def value(client: BlockingKernelClient, expression: str) -> str:
    """What the kernel says an expression is."""
    reply = client.execute_interactive(
        "", user_expressions={"x": expression}, timeout=WAIT, output_hook=lambda _: None
    )
    return reply["content"]["user_expressions"]["x"]["data"]["text/plain"]


@linux
def test_kernel_is_a_child_of_the_warmed_parent(kernel: Kernel) -> None:
    manager, client = kernel
    process = psutil.Process(int(value(client, "__import__('os').getpid()")))
    assert "fork_server.py" in " ".join(process.parent().cmdline())
    assert process.pid == manager.provisioner.pid


@linux
def test_course_is_imported_already(kernel: Kernel) -> None:
    assert value(kernel[1], "'cxlib.learning' in __import__('sys').modules") == "True"


@linux
def test_forks_draw_different_random_numbers(forked_kernels: Any) -> None:
    drawn = []
    for _ in range(2):
        manager, client = start_new_kernel(startup_timeout=WAIT)
        drawn.append(
            value(client, "(__import__('random').random(), __import__('numpy').random.rand())")
        )
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert drawn[0] != drawn[1]


@linux
def test_kernel_can_be_interrupted(kernel: Kernel) -> None:
    manager, client = kernel
    sent = client.execute("__import__('time').sleep(30)")
    time.sleep(1)
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=10)
    while reply["parent_header"]["msg_id"] != sent:
        reply = client.get_shell_msg(timeout=10)
    assert reply["content"]["ename"] == "KeyboardInterrupt"


@linux
def test_kernel_can_be_restarted(kernel: Kernel) -> None:
    manager, client = kernel
    client.execute_interactive("x = 1", timeout=WAIT)
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=WAIT)
    assert value(client, "'x' in globals()") == "False"


@linux
def test_dead_kernel_is_noticed(kernel: Kernel) -> None:
    manager, _ = kernel
    psutil.Process(manager.provisioner.pid).kill()
    until = time.monotonic() + 10
    while manager.is_alive() and time.monotonic() < until:
        time.sleep(0.1)
    assert not manager.is_alive()


@linux
def test_nothing_outlives_the_server(forked_kernels: Any) -> None:
    parent = forked_kernels.ForkServer()
    process = psutil.Process(parent._process.pid)
    parent._door.close()
    assert process.wait(WAIT) in (0, None)


def test_elsewhere_jupyter_starts_kernels_its_own_way(
    forked_kernels: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    KernelProvisionerFactory.clear_instance()
    forked_kernels.install()
    assert KernelProvisionerFactory.instance().default_provisioner_name == "local-provisioner"
