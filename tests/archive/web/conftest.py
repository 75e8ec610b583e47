import pytest

from tests.archive.web.archives import archive


@pytest.fixture(scope="package")
def made(tmp_path_factory):
    """The archive and its site, made once: nothing here changes its evidence."""
    return archive(tmp_path_factory.mktemp("web"))
