"""Bodies read in parallel processes, a batch at a time; the process that asks is the only one that writes.

What a batch brought is written before the next is waited for, so that whatever dies leaves whole batches behind and
the next update goes on from there. A document that kills the process it is read in costs only itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

BATCH = 16
"""Documents per task and per transaction: the hand-over of so many costs little, and at the end a process waits for
the others no longer than they take for half of them."""
WORTH_PROCESSES = 128
"""Fewer documents than this are read before other processes have started."""
AHEAD = 4
"""Batches read ahead of the writer, for each process."""


class Died(Exception):  # noqa: N818 - it says what became of the reader
    """The process that read a document ended without an answer."""


def processors() -> int:
    """The processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int
) -> Iterator[list[tuple[Task, Result | Died]]]:
    """Do the tasks, in order, batch by batch; in this process where there are few or `jobs` is 1."""
    batches = [tasks[start : start + BATCH] for start in range(0, len(tasks), BATCH)]
    if jobs < 2 or len(tasks) < WORTH_PROCESSES or not _processes_start():
        for batch in batches:
            yield [(task, work(task)) for task in batch]
        return
    while batches:
        done = yield from _in_processes(work, batches, jobs)
        batches = batches[done:]
        if batches:
            yield one_by_one(work, batches.pop(0))


def _in_processes(
    work: Callable[[Task], Result], batches: list[Sequence[Task]], jobs: int
) -> Generator[list[tuple[Task, Result | Died]], None, int]:
    """Yields until all is done or a process dies, and returns how many batches were done."""
    done = 0
    ahead = iter(batches)
    waiting: deque[tuple[Sequence[Task], Future[list[Result]]]] = deque()
    pool = _pool(jobs)
    try:
        waiting.extend((batch, pool.submit(_batch, work, batch)) for batch in islice(ahead, jobs * AHEAD))
        while waiting:
            batch, future = waiting.popleft()
            results = future.result()
            waiting.extend((after, pool.submit(_batch, work, after)) for after in islice(ahead, 1))
            yield list(zip(batch, results, strict=True))
            done += 1
    except BrokenProcessPool:
        return done
    finally:
        pool.shutdown(cancel_futures=True)
    return done


def one_by_one(work: Callable[[Task], Result], batch: Sequence[Task]) -> list[tuple[Task, Result | Died]]:
    """Do tasks each in a process of its own, for one of them kills the process it is done in."""
    out: list[tuple[Task, Result | Died]] = []
    for task in batch:
        with _pool(1) as pool:
            try:
                out.append((task, pool.submit(work, task).result()))
            except BrokenProcessPool:
                out.append((task, Died()))
    return out


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Forked from a clean process: a fork of this one would inherit the archive's lock and the database.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["archive.readings.warm"])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


@cache
def _processes_start() -> bool:
    """Whether other processes come up here at all: where they do not, no document is to blame."""
    with _pool(1) as pool:
        try:
            return pool.submit(bool, 1).result()
        except BrokenProcessPool:
            return False


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the writer, which ends its readers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent: Any = multiprocessing.parent_process()
    parent.join()
    os._exit(1)


def _batch(work: Callable[[Task], Result], batch: Sequence[Task]) -> list[Result]:
    return [work(task) for task in batch]
