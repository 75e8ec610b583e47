"""Reads scans: page images → sheets, so that the tables of a scan are found by the same grid of rulings as drawn ones.

Needs the extra `gongkai[ocr]`. What is read so is never plain: `parsers.recognised` flags every number.
"""

from __future__ import annotations

from importlib import import_module

EXTRA = "text recognition (OCR) is an extra: pip install 'gongkai[ocr]'"
"""What a user is told whose installation lacks it."""

DOUBT = "\ufffc"
"""Ends the text of a cell that should be a value and was not read with certainty. Such a cell is never a number."""

VERSION = 2
"""Raised whenever this package would make another sheet of the same image: kept sheets are made anew then."""

ENGINE_NAME = "rapidocr"
"""How the name of the engine begins in `Document.engines`."""


MODULES = ("engine", "images", "scan")
"""Modules that can be imported only where the extra is installed."""


def is_installed() -> bool:
    """Whether the extra is there."""
    try:
        for name in MODULES:
            import_module(f"{__name__}.{name}")
    except ImportError:
        return False
    return True
