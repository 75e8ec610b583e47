"""Archives (ZIP): every member that is a document is read; archives in it too, to a depth of two.

What in an archive is no document by its name (pictures, style sheets, what systems leave behind) is passed over; a
document that cannot be read is named, because a report must not seem whole when a part of it was not seen.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field

from parsers.document import Document
from parsers.engines import NONE, Engines
from parsers.readers import Unreadable, read_as
from parsers.readers.package import MOST_TOTAL_BYTES, Package
from parsers.readers.sniff import sniff

MOST_DEPTH = 2
"""Archives in archives."""

MOST_DOCUMENTS = 500
"""Of one file."""

_PASSED = re.compile(
    r"(?:^|/)(?:__macosx/|\._|~\$|\.ds_store$|thumbs\.db$|desktop\.ini$)"
    r"|\.(?:png|jpe?g|gif|bmp|tiff?|ico|svg|css|js|json|xml|woff2?|ttf|eot|mp[34]|avi|url|lnk|exe|dll|sig|md5)$",
    re.IGNORECASE,
)
_UTF_8 = 0x800


@dataclass(slots=True)
class Contents:
    """The documents of an archive with the names of their members in `meta["member"]`, and what could not be read
    with their names in the sentences."""

    documents: list[Document] = field(default_factory=list)
    unread: list[Unreadable] = field(default_factory=list)
    size: int = 0


def read(data: bytes, engines: Engines = NONE) -> Document:
    """The document in an archive that holds one; of several none is the archive's."""
    found = contents(data, engines)
    if not found.documents:
        raise refusal(found)
    if len(found.documents) == 1 and not found.unread:
        return found.documents[0]
    names = [document.meta["member"] for document in found.documents]
    names += [error.sentence.partition(": ")[0] for error in found.unread]
    raise Unreadable(
        "zip", f"the archive holds {len(names)} documents, each to be read by itself: {'、'.join(names)}"
    )


def refusal(found: Contents) -> Unreadable:
    """Why an archive without a document that can be read cannot be."""
    reason = f": {found.unread[0].sentence}" if found.unread else ""
    lacks = tuple(dict.fromkeys(name for error in found.unread for name in error.lacks))
    return Unreadable("zip", f"the archive holds no document that can be read{reason}", lacks)


def contents(data: bytes, engines: Engines = NONE) -> Contents:
    """What is in an archive."""
    found = Contents()
    _gather(data, "", 1, found, engines)
    return found


def _gather(data: bytes, folder: str, depth: int, found: Contents, engines: Engines) -> None:
    package = Package(data, "zip")
    for info in package.members:
        name = folder + member_name(info)
        if _PASSED.search(name):
            continue
        if len(found.documents) + len(found.unread) >= MOST_DOCUMENTS:
            raise Unreadable("zip", f"the archive holds more than {MOST_DOCUMENTS} documents")
        try:
            _member(package.bytes_of(info), name, depth, found, engines)
        except Unreadable as error:
            found.unread.append(Unreadable(error.format, f"{name}: {error.sentence}", error.lacks))


def _member(data: bytes, name: str, depth: int, found: Contents, engines: Engines) -> None:
    found.size += len(data)
    if found.size > MOST_TOTAL_BYTES:
        raise Unreadable("zip", f"with it the archive unpacks to more than {MOST_TOTAL_BYTES >> 20} MB")
    format_ = sniff(data)
    if format_ == "zip":
        if depth >= MOST_DEPTH:
            raise Unreadable("zip", f"it lies in more than {MOST_DEPTH} archives one in the other")
        _gather(data, f"{name}/", depth + 1, found, engines)
    elif data.strip():
        document = read_as(format_, data, engines)
        document.meta["member"] = name
        found.documents.append(document)


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member: in UTF-8 if it says so or is so, else in GB 18030, as Chinese Windows packs."""
    if info.flag_bits & _UTF_8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
