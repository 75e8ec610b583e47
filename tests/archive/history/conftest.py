import pytest

from archive.folder import Folder
from tests.archive.simulated import small


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


@pytest.fixture
def site():
    return small()
