"""Where the real documents lie that tests may read but the project never holds."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3] / "shared"


def path(*parts: str) -> Path:
    """A file or folder beside the project; its absence skips the test."""
    found = ROOT.joinpath(*parts)
    if not found.exists():
        pytest.skip("../shared is not here")
    return found
