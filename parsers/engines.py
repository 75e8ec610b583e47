"""What reading may use beside the bytes, handed in by who reads: a memory of costly outputs, a converter of files.

Text recognition and office conversion are slow, so that their outputs are worth keeping: by the body they were made
from and the engine with its versions they were made by. A reading that nobody hands anything to is a function of the
bytes alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

Make = Callable[[], bytes]
Cache = Callable[[bytes, str, Make], bytes]
"""Given a body, an engine with its versions and a maker of its output: the output as kept for this body and engine,
else as made."""


class Converter(Protocol):
    """Makes of a file that no reader knows one that a reader knows."""

    @property
    def engine(self) -> str:
        """Its name with its version."""

    def convert(self, data: bytes, target: str) -> bytes:
        """The file as `target` (`docx` or `xlsx`); empty where nothing can be made of it."""


def anew(body: bytes, engine: str, make: Make) -> bytes:
    """The cache that keeps nothing."""
    return make()


@dataclass(frozen=True, slots=True)
class Engines:
    """The cache and, where there is one, the converter."""

    cache: Cache = anew
    office: Converter | None = None


NONE = Engines()
"""Nothing is kept and no program is run."""

OCR, OFFICE = "ocr", "office"
"""The extras, as a reading names those it lacked."""
