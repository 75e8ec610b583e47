import pytest


@pytest.fixture
def inputs(tmp_path):
    (tmp_path / "portals").mkdir()
    return tmp_path
