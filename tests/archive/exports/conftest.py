import pytest

from tests.archive.exports.archives import archive, opened


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """The archive and its site, made once: nothing here writes to it."""
    return archive(tmp_path_factory.mktemp("exports"))


@pytest.fixture
def at_hand(kept):
    """The archive as of its last crawl."""
    with opened(kept[0]) as shown:
        yield shown
