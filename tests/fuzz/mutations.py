"""Ways to spoil a document: of its bytes, of the members of a ZIP, of nested structures."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from crawler.demo.office import as_zip

ODD = (b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"\x7f\xff\xff\xff", b"-1", b"99999999999")
NESTS = {
    b"<": (
        b"<table><tr><td>",
        b"<w:tbl><w:tr><w:tc>",
        b"<div>",
        b"<ofd:Layer>",
        b"<![CDATA[",
        b"<!--",
        b"&x;",
    ),
    b"{": (b"{", b"{\\*", b"\\trowd\\cellx1", b"{\\upr", b"\\u20000", b"\\bin99999 "),
    b"%": (b"[", b"<<", b"q ", b"1 0 R ", b"(", b"BT "),
}
"""Openings of nested structures, by the byte that formats with them begin with."""

MOST_NESTED = 3_000


def mutate(rng: Random, documents: Sequence[bytes]) -> bytes:
    """One document spoiled in one to four ways, with pieces of the others."""
    data = rng.choice(documents)
    for _ in range(rng.randint(1, 4)):
        data = _spoil(rng, data, rng.choice(documents))
    return data


def _spoil(rng: Random, data: bytes, other: bytes) -> bytes:
    if data.startswith(b"PK") and rng.random() < 0.8:
        return _members(rng, data, other)
    return rng.choice(BYTES)(rng, data, other)


def _flip(rng: Random, data: bytes, other: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 4, 32)) if out else 0):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _cut(rng: Random, data: bytes, other: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _lose(rng: Random, data: bytes, other: bytes) -> bytes:
    start, stop = _span(rng, data)
    return data[:start] + data[stop:]


def _repeat(rng: Random, data: bytes, other: bytes) -> bytes:
    start, stop = _span(rng, data)
    return data[:stop] + data[start:stop] * rng.choice((1, 2, 20)) + data[stop:]


def _splice(rng: Random, data: bytes, other: bytes) -> bytes:
    start, stop = _span(rng, data)
    first, last = _span(rng, other)
    return data[:start] + other[first:last] + data[stop:]


def _odd(rng: Random, data: bytes, other: bytes) -> bytes:
    at, odd = rng.randrange(len(data) + 1), rng.choice(ODD)
    return data[:at] + odd + data[at + rng.choice((0, len(odd))) :]


def _number(rng: Random, data: bytes, other: bytes) -> bytes:
    """Another number where digits stand: spans, sizes, offsets."""
    digits = [at for at in range(len(data)) if data[at : at + 1].isdigit()]
    if not digits:
        return data
    at = rng.choice(digits)
    return data[:at] + rng.choice((b"0", b"-1", b"65536", b"2147483648", b"9" * 20, b"1e9")) + data[at + 1 :]


def _nest(rng: Random, data: bytes, other: bytes) -> bytes:
    kinds = next((opens for start, opens in NESTS.items() if data.lstrip()[:1] == start), NESTS[b"<"])
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(kinds) * rng.randint(2, MOST_NESTED) + data[at:]


BYTES: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (
    _flip,
    _cut,
    _lose,
    _repeat,
    _splice,
    _odd,
    _number,
    _nest,
)


def _members(rng: Random, data: bytes, other: bytes) -> bytes:
    """A ZIP with a member spoiled, lost, renamed, swapped with another, or taken from another ZIP."""
    try:
        members = _unpacked(data)
        strange = _unpacked(other) if other.startswith(b"PK") else {"a.bin": other}
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
        return _flip(rng, data, other)
    if not members or not strange:
        return _flip(rng, data, other)
    name, second = rng.choice(list(members)), rng.choice(list(members))
    how = rng.choice(("spoil", "spoil", "spoil", "lose", "rename", "swap", "take"))
    if how == "spoil":
        members[name] = rng.choice(BYTES)(rng, members[name], members[second])
    elif how == "lose":
        del members[name]
    elif how == "rename":
        members[rng.choice(("../x.xml", "/etc/x", name.upper(), "a" * 300))] = members.pop(name)
    elif how == "swap":
        members[name], members[second] = members[second], members[name]
    else:
        members[name] = strange[rng.choice(list(strange))]
    return as_zip(members)


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name)[: 1 << 20] for name in archive.namelist()[:50]}


def _span(rng: Random, data: bytes) -> tuple[int, int]:
    """A piece, mostly a short one."""
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 4, 64, 1024, len(data))))
