"""What a ZIP or an OLE container holds: told from its directory, because members may hold documents themselves."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_PARTS = (
    (re.compile(r"word/document\d*\.xml|word/.*\.xml"), "docx"),
    (re.compile(r"xl/workbook\.bin"), "xlsb"),
    (re.compile(r"xl/.*\.xml"), "xlsx"),
    (re.compile(r"ofd\.xml"), "ofd"),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{26}([\x20-\x7e]{4,60}?\.xml)", re.DOTALL)
_STREAMS = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("EncryptedPackage", "encrypted"),
)


def in_zip(data: bytes) -> str:
    """`docx`, `xlsx`, `xlsb`, `ofd`, `odt`, `ods`, or `zip` where it is none of them."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()[:2000]
            if kind := _open_document(archive, names):
                return kind
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = [name.decode() for name in _LOCAL_NAME.findall(data[:65536])]
    plain = [name.replace("\\", "/").lstrip("/").lower() for name in names]
    return next((kind for part, kind in _PARTS if any(part.fullmatch(name) for name in plain)), "zip")


def _open_document(archive: zipfile.ZipFile, names: list[str]) -> str:
    """What the first member of an OpenDocument says of it; empty in other archives."""
    if names[:1] != ["mimetype"] or "content.xml" not in names or archive.infolist()[0].file_size > 100:
        return ""
    return _OPEN_DOCUMENTS.get(archive.read("mimetype").strip(), "")


def in_compound(data: bytes) -> str:
    """`doc`, `xls`, `encrypted` (an office document behind a password), `damaged`, or `compound`."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            streams = {entry[0].lower() for entry in compound.listdir() if len(entry) == 1}
    except Exception:  # noqa: BLE001 - a damaged directory raises whatever its bytes lead to
        found = (kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data)
        return next(found, "damaged")
    return next((kind for stream, kind in _STREAMS if stream.lower() in streams), "compound")
