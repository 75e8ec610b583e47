"""The style sheet, as far as it hides text: which styles do."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from parsers.readers.word97.sprms import sprms

HIDDEN = 0x083C
AS_STYLE, AGAINST_STYLE = 128, 129
"""Values of a property that is switched by styles: as the style has it, or the other way."""

NO_STYLE = 0xFFF
_PARAGRAPH, _CHARACTER = 1, 2


def is_hidden(value: int | None, by_style: bool) -> bool:
    """What a value makes of text that a style hides or does not; `None` leaves it to the style."""
    if value is None or value == AS_STYLE:
        return by_style
    return not by_style if value == AGAINST_STYLE else bool(value)


def hidden_styles(sheet: bytes) -> frozenset[int]:
    """The numbers of the styles that hide text; styles rest on others."""
    try:
        styles = dict(_styles(sheet))
    except (struct.error, IndexError):
        return frozenset()
    return frozenset(number for number in styles if _hides(number, styles))


def _hides(number: int, styles: dict[int, tuple[int, int | None]]) -> bool:
    chain: list[int | None] = []
    while number in styles and len(chain) <= len(styles):
        base, value = styles[number]
        chain.append(value)
        number = base
    hidden = False
    for value in reversed(chain):
        hidden = is_hidden(value, hidden)
    return hidden


def _styles(sheet: bytes) -> Iterator[tuple[int, tuple[int, int | None]]]:
    """Number → the style it rests on, and what it says of hiding."""
    if len(sheet) < 6:
        return
    size, count, base = struct.unpack_from("<3H", sheet)
    at = 2 + size
    for number in range(count):
        if at + 2 > len(sheet):
            return
        (length,) = struct.unpack_from("<H", sheet, at)
        style = sheet[at + 2 : at + 2 + length]
        at += 2 + length
        if len(style) >= base + 2:
            yield number, _style(style, base)


def _style(style: bytes, base: int) -> tuple[int, int | None]:
    kind, parts = struct.unpack_from("<2H", style, 2)
    (name,) = struct.unpack_from("<H", style, base)
    lists = list(_lists(style, base + 4 + 2 * name, parts & 0xF))
    wanted = {_PARAGRAPH: 1, _CHARACTER: 0}.get(kind & 0xF, len(lists))
    properties = lists[wanted] if wanted < len(lists) else b""
    values = [operand[0] for code, operand in sprms(properties) if code == HIDDEN]
    return kind >> 4, values[-1] if values else None


def _lists(style: bytes, at: int, count: int) -> Iterator[bytes]:
    for _ in range(count):
        at += at % 2
        if at + 2 > len(style):
            return
        (length,) = struct.unpack_from("<H", style, at)
        yield style[at + 2 : at + 2 + length]
        at += 2 + length
