"""Tasks that start one another, and when they are over."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Over when the last has ended. Nothing here cancels, as `asyncio.TaskGroup` does when one fails or the waiting is
    given up: what was asked is waited for."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._faults: list[Exception] = []

    def run(self, task: Coroutine[Any, Any, None]) -> None:
        """Start a task."""
        started = asyncio.ensure_future(task)
        self._running.add(started)
        started.add_done_callback(self._ended)

    async def over(self) -> None:
        """Wait for the end; raises all that tasks raised."""
        while self._running:
            await asyncio.wait(self._running)
        if self._faults:
            raise ExceptionGroup("tasks failed", self._faults)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        fault = RuntimeError("a task was cancelled") if task.cancelled() else task.exception()
        if isinstance(fault, Exception):
            self._faults.append(fault)
