from collections.abc import Iterator

import pytest

from crawler.demo.county import yingchuan
from crawler.demo.portal import SamplePortal
from tests.crawler import running


@pytest.fixture(scope="session", autouse=True)
def reactor_threads() -> Iterator[None]:
    yield
    running.close()


@pytest.fixture
def small() -> Iterator[SamplePortal]:
    with SamplePortal(yingchuan()) as portal:
        yield portal


@pytest.fixture
def recorder() -> running.FakeRecorder:
    return running.FakeRecorder()
