"""Documents that wait for an extra: what could not be read, or not whole, for lack of it.

When the extra is there later they are read again in the same generation. LibreOffice takes two seconds to start and a
tenth for a file, so that files are converted many in one start, before the documents are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from itertools import islice

from archive.database import Database
from archive.readings.kept import Kept
from parsers import ocr, office
from parsers.engines import OCR, OFFICE, Engines, Make
from parsers.parse import parse
from parsers.readers.converted import TARGETS, key

INSTALL = {
    OCR: "pip install 'gongkai[ocr]'",
    OFFICE: "apt install libreoffice-writer-nogui libreoffice-calc-nogui",
}
"""The command that brings each extra."""

CONVERTED_TOGETHER = 64
"""Files in one start of the converter, which costs as much as twenty of them; what it makes is kept when it ends."""


def waiting(database: Database, generation: int) -> dict[str, int]:
    """How many documents wait for each extra; pictures of one page count apart."""
    rows = database.execute(
        """SELECT value, count(DISTINCT body) FROM readings, json_each(lacks) WHERE generation = ? AND lacks != '[]'
           AND body NOT IN (SELECT album FROM albums) GROUP BY value ORDER BY value""",
        [generation],
    )
    return dict(map(tuple, rows))


def there(wanted: Iterable[str]) -> list[str]:
    """Which of some extras are installed."""
    installed = {OCR: ocr.is_installed, OFFICE: office.found}
    return [extra for extra in wanted if installed[extra]()]


def bodies(database: Database, generation: int, extras: list[str]) -> list[int]:
    """The bodies whose readings lack one of some extras."""
    rows = database.execute(
        """SELECT DISTINCT body FROM readings, json_each(lacks) WHERE generation = ? AND lacks != '[]'
           AND value IN (SELECT value FROM json_each(?)) ORDER BY body""",
        [generation, json.dumps(extras)],
    )
    return [row[0] for row in rows]


def touch(database: Database, bodies: Iterable[int]) -> None:
    """Have the portals that rest on some bodies derived anew."""
    database.execute(
        """INSERT OR IGNORE INTO touched SELECT urls.address FROM json_each(?) AS wanted
           JOIN records ON records.body = wanted.value JOIN urls ON urls.id = records.url""",
        [json.dumps(list(bodies))],
    )


def convert(documents: Iterable[bytes], kept: Kept, converter: office.LibreOffice) -> None:
    """Have all files converted that reading some documents would have converted one by one."""
    documents = iter(documents)
    while some := list(islice(documents, CONVERTED_TOGETHER)):
        for name, (target, files) in _orders(some, kept, converter).items():
            made = converter.convert_all(files, target)
            for body, done in zip(files, made, strict=True):
                kept(body, name, partial(bytes, done))


def _orders(
    documents: Iterable[bytes], kept: Kept, converter: office.LibreOffice
) -> dict[str, tuple[str, list[bytes]]]:
    """What reading would have converted and is not kept: files and their target, by the name they are kept by."""
    orders: dict[str, tuple[str, list[bytes]]] = {
        key(converter.engine, target): (target, []) for target in dict.fromkeys(TARGETS.values())
    }

    def ordered(body: bytes, name: str, make: Make) -> bytes:
        if name not in orders or kept.holds(body, name):
            return kept(body, name, make)
        orders[name][1].append(body)
        return b""

    for data in documents:
        parse(data, Engines(ordered, converter))
    return {name: (target, files) for name, (target, files) in orders.items() if files}
