import asyncio

import pytest

from crawler.tasks import Tasks
from tests.crawler.running import reactor_loop


def test_the_end_is_that_of_the_last_and_says_all_that_failed():
    ended = []

    async def fails(said):
        raise ValueError(said)

    async def starts_another(tasks):
        await asyncio.sleep(0.01)
        tasks.run(ends())

    async def ends():
        await asyncio.sleep(0.01)
        ended.append(True)

    async def whole():
        tasks = Tasks()
        tasks.run(fails("one"))
        tasks.run(fails("two"))
        tasks.run(starts_another(tasks))
        await tasks.over()

    with pytest.raises(ExceptionGroup) as found:
        reactor_loop().run_until_complete(whole())
    assert sorted(map(str, found.value.exceptions)) == ["one", "two"]
    assert ended == [True]


def test_a_task_that_is_cancelled_has_failed():
    async def cancels_itself():
        raise asyncio.CancelledError

    async def whole():
        tasks = Tasks()
        tasks.run(cancels_itself())
        await asyncio.wait_for(tasks.over(), 1)

    with pytest.raises(ExceptionGroup, match="tasks failed"):
        reactor_loop().run_until_complete(whole())


def test_whoever_gives_up_waiting_ends_no_task():
    ended = []

    async def ends():
        await asyncio.sleep(0.02)
        ended.append(True)

    async def whole():
        tasks = Tasks()
        tasks.run(ends())
        waiting = asyncio.ensure_future(tasks.over())
        await asyncio.sleep(0)
        waiting.cancel()
        await tasks.over()

    reactor_loop().run_until_complete(whole())
    assert ended == [True]


def test_nothing_is_over_at_once():
    async def whole():
        await Tasks().over()

    reactor_loop().run_until_complete(whole())
