"""Tasks that start one another, and when they are over."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Over when the last has ended, or one has failed. Nothing here cancels: what was asked is waited for."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def run(self, task: Coroutine[Any, Any, None]) -> None:
        """Start a task."""
        started = asyncio.ensure_future(task)
        self._running.add(started)
        started.add_done_callback(self._ended)

    async def over(self) -> None:
        """Wait for the end; raises what a task raised."""
        if self._running:
            await self._over

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        error = task.exception()
        if self._over.done():
            return
        if error:
            self._over.set_exception(error)
        elif not self._running:
            self._over.set_result(None)
