"""RTF taken apart: tokens, the state of nested groups, bytes in the encodings of their fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
"""A control word and its number, a byte in hex, a control sign, a brace, or text."""

CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
"""The encoding of a font by its charset; others have the encoding of the document."""

SYMBOLS = 2
"""The charset of fonts whose characters are pictures."""

PRINTED = {
    "tab": " ", "line": "\n", "lbr": "\n", "column": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ", "~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip

_UNPRINTED = """
    colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf fldinst shprslt sp
    nonesttables nonshppict ud listtable listoverridetable revtbl rsidtbl generator themedata datastore filetbl
    objdata bkmkstart bkmkend annotation atnid atnauthor
"""
SKIPPED = frozenset(_UNPRINTED.split())
"""Destinations that hold nothing that is printed in the text."""

KEPT = frozenset(("nesttableprops", "shpinst", "do", "shptxt", "dptxbxtext", "footnote"))
"""Destinations that are read although they may be marked as ones to skip."""


@dataclass(slots=True)
class State:
    """What holds until the end of a group."""

    skip: bool = False
    fonts: bool = False
    story: str = ""
    """`box` or `note` in the group that begins one."""
    nested: bool = False
    font: int = -1
    wide: int = 1
    """How many characters stand for a character of Unicode, for readers who do not know it."""
    gone: frozenset[str] = frozenset()
    mark: str = ""

    def copy(self) -> State:
        """The state of a group inside this one."""
        return replace(self, story="")


def code_page(number: int) -> str:
    """The encoding of a Windows code page."""
    return {936: "gb18030", 54936: "gb18030", 65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}")


def decode(data: bytes, encoding: str) -> str:
    """Text from bytes; what does not fit is marked as unreadable."""
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
