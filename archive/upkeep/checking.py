"""One WARC record against its digests and against its row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.captures import payloads, warc
from archive.captures.scan import HEAD_END, Piece, fields, fits
from archive.database import Database


def record_id(piece: Piece) -> str:
    """The id of a record, empty where it has none."""
    return piece.fields.get("warc-record-id", "")


def check(piece: Piece, rows: dict[str, Any] | None, path: Path) -> Iterator[dict[str, Any]]:
    """What is wrong with a record by itself, and with its row."""
    about = {"offset": piece.offset, "end": piece.end, "record": record_id(piece) or None}
    message = piece.fault or _misfit(piece, path)
    if message:
        more = {
            "type": piece.kind or None,
            "url": piece.fields.get("warc-target-uri"),
            "at": piece.fields.get("warc-date"),
        }
        yield {"code": "damaged", **about, **more, "message": message}
        return
    offset, _, payload = (rows or {}).get(record_id(piece), (piece.offset, "", None))
    if offset != piece.offset:
        yield {"code": "row_differs", **about, "message": f"its row says that it stands at {offset}"}
    elif payload and payload != warc.sha256(_payload(piece, path)):
        yield {"code": "row_differs", **about, "message": f"its row says that its payload is {payload}"}


def _misfit(piece: Piece, path: Path) -> str:
    """Why a whole record is not what was written, empty where it is or its digests are of an unknown kind."""
    block, payload = (piece.fields.get(f"warc-{part}-digest") for part in ("block", "payload"))
    if block and fits(block, piece.block) is False:
        return "its block does not have its digest"
    if payload is None or piece.kind not in {"response", "resource"}:
        return ""
    # what is chunked has the digest of what was sent, or of what it means: tools differ
    told = (fits(payload, _stored(piece)), fits(payload, _payload(piece, path)))
    return "its payload does not have its digest" if told == (False, False) else ""


def _is_http(piece: Piece) -> bool:
    return piece.fields.get("content-type", "").startswith("application/http")


def _stored(piece: Piece) -> bytes:
    return piece.block.partition(HEAD_END)[2] if _is_http(piece) else piece.block


def _payload(piece: Piece, path: Path) -> bytes:
    """The payload without the chunks of its transfer, as the index takes it."""
    head = fields(piece.block.partition(HEAD_END)[0]) if _is_http(piece) else {}
    chunked = "chunked" in head.get("transfer-encoding", "").lower()
    return payloads.read_payload(path, piece.offset)[0] if chunked else _stored(piece)


def without_row(database: Database, piece: Piece, rows: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A record that the index should have: it is among neither the rows of its file nor those of another."""
    wanted = {
        "response": "records" if _is_http(piece) else "",
        "revisit": "records" if _is_http(piece) else "",
        "resource": "records",
        "metadata": {"walk": "walks", "failure": "failures"}.get(piece.fields.get("x-gongkai-kind", ""), ""),
    }.get(piece.kind, "")
    if not wanted or record_id(piece) in rows:
        return
    if database.execute(f"SELECT 1 FROM {wanted} WHERE record = ?", [record_id(piece)]).fetchone() is None:
        yield {
            "code": "record_without_row",
            "offset": piece.offset,
            "record": record_id(piece),
            "message": "the index has no row of it: `gongkai rebuild`, or `warcio recompress` for a foreign file",
        }
