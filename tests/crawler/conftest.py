from collections.abc import Iterator

import pytest

from tests.crawler import running


@pytest.fixture(scope="session", autouse=True)
def reactor_threads() -> Iterator[None]:
    yield
    running.close()
