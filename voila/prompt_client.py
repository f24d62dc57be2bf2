"""A client of a kernel that does not wait without need."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from queue import Empty

from jupyter_client.asynchronous import AsyncKernelClient


class PromptClient(AsyncKernelClient):
    """Goes to work as soon as the kernel answers.

    Jupyter's own client then listens another fifth of a second for old news to throw away.
    """

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        async with asyncio.timeout(timeout):
            while True:
                self.kernel_info()
                with suppress(Empty):
                    await self.shell_channel.get_msg(timeout=1)
                    await self.iopub_channel.get_msg(timeout=0.2)
                    return

    wait_for_ready = _async_wait_for_ready
