"""ZIP packages and the XML in them, opened with limits: what is hostile or damaged is refused in one sentence.

Declared sizes are not believed: every part is inflated up to its limit and no further.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from parsers.readers import Locked, Unreadable

MOST_MEMBERS = 5_000
"""Members of one package."""

MOST_PART_BYTES = 48 << 20
"""One part, inflated; the largest report seen has under 1 MB of XML."""

MOST_TOTAL_BYTES = 256 << 20
"""All members together, inflated, as declared."""

MOST_RATIO = 500
"""How many times a member of more than `SMALL_PART_BYTES` may be larger than its compressed form; XML that is one
table of blank cells reaches 60."""

SMALL_PART_BYTES = 1 << 20

_DEFLATE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    RuntimeError,
    OSError,
    ValueError,
)


class Package:
    """The parts of a ZIP by name, without regard to case (`format_` is the format its refusals name)."""

    def __init__(self, data: bytes, format_: str) -> None:
        self.format = format_
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(
                format_, "the file is cut off or damaged: its ZIP directory cannot be read"
            ) from error
        members = [info for info in self._zip.infolist() if not info.is_dir()]
        self.members = members
        self._by_name = {_plain(info.filename): info for info in members}
        self._refuse_bombs(members)

    def _refuse_bombs(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MOST_MEMBERS:
            raise Unreadable(self.format, f"the ZIP has {len(members)} members, more than {MOST_MEMBERS}")
        total = sum(info.file_size for info in members)
        if total > MOST_TOTAL_BYTES:
            raise Unreadable(
                self.format, f"the ZIP would unpack to {total >> 20} MB, more than {MOST_TOTAL_BYTES >> 20}"
            )

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; `None` where there is none of this name."""
        info = self._by_name.get(_plain(name))
        return None if info is None else self.bytes_of(info)

    def bytes_of(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of a member."""
        if info.flag_bits & 1:
            raise Locked(self.format)
        limit = MOST_PART_BYTES
        if info.file_size > SMALL_PART_BYTES:
            limit = min(limit, max(info.compress_size, 1) * MOST_RATIO)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except _DEFLATE_ERRORS as error:
            raise Unreadable(
                self.format, f"{info.filename} in it is damaged or packed in an unknown way"
            ) from error
        if len(data) > limit:
            raise Unreadable(self.format, f"{info.filename} in it unpacks to more than {limit >> 20} MB")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part."""
        data = self.part(name)
        return None if data is None else parse_xml(data, self.format, name)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Id → (last word of the type, target) of the relations of a part; external ones are left out."""
        folder, _, file = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        if root is None:
            return {}
        return {
            entry.get("Id", ""): (
                entry.get("Type", "").rpartition("/")[2],
                _resolve(folder, entry.get("Target", "")),
            )
            for entry in root
            if isinstance(entry.tag, str) and entry.get("TargetMode") != "External"
        }

    def main_part(self) -> str | None:
        """The name of the part that the package is about."""
        return next(
            (target for kind, target in self.relations("").values() if kind == "officeDocument"), None
        )


def parse_xml(data: bytes, format_: str, name: str) -> etree._Element:
    """The root of an XML document: no entities, no network, no huge trees."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(format_, f"{name} in it is no well-formed XML, or is nested too deep") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Unreadable(format_, f"{name} in it declares a document type, which no office program writes")
    return root


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolve(folder: str, target: str) -> str:
    """A relation's target as a part name."""
    if target.startswith("/"):
        return target.lstrip("/")
    parts = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)
