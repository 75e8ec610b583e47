"""A table of divisions that do not exist, in the place of the official one."""

from __future__ import annotations

import gzip

import pytest

from archive.register import divisions

LINES = """
99\t云梦泽省
9901\t青泽市
990102\t萤川县\t001苇塘街道\t100月牙镇\t200松针乡\t201鹿鸣乡\t400萤川农场
"""
EXTRA, FARM = "鹿鸣乡", "萤川农场"
"""A township of 萤川县 that its portal does not list, and a farm."""


@pytest.fixture
def official(tmp_path, monkeypatch):
    """萤川县 is in the official table, with one township and a farm that its registry record does not have."""
    table = tmp_path / "divisions.txt.gz"
    table.write_bytes(gzip.compress(("# fictional" + LINES).encode()))
    monkeypatch.setattr(divisions, "TABLE", table)
    divisions._text.cache_clear()
    yield table
    divisions._text.cache_clear()
