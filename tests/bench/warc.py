"""WARC written and read, against warcio: the same records, one gzip member each, with their digests."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from archive.captures import warc
from archive.captures.payloads import records
from archive.captures.records import Exchange
from crawler.demo import templates
from crawler.demo.county import qinghe
from tests.bench.pairs import Absent, Pair, Sides

AT = datetime(2025, 2, 1, tzinfo=UTC)
PAGES = 60
BYTES = 47_000
"""A usual page of a portal."""
HEADERS = [(b"Content-Type", b"text/html; charset=utf-8"), (b"Server", b"nginx"), (b"ETag", b'"5f3a"')]


def exchanges(size: int = BYTES) -> list[Exchange]:
    """Answers as a crawl has them: pages of reports, with as much prose as brings them to a size. Its characters are
    drawn at random, so that it is as hard to compress as prose can be."""
    draw = random.Random(7)
    asked = [(b"Host", b"portal.example"), (b"User-Agent", b"gongkai")]
    site, out = qinghe(), []
    for number, article in enumerate(site.articles[:PAGES]):
        page = templates.article(site, article).encode()
        prose = "".join(chr(draw.randrange(0x4E00, 0x5E00)) for _ in range((size - len(page)) // 3)).encode()
        payload = page.replace(b"</body>", b"<p>" + prose + b"</p></body>")
        url = f"http://portal.example/{number}.html"
        out.append(Exchange(url, "GET", asked, b"", 200, HEADERS, payload, AT))
    return out


def _ours(found: list[Exchange], path: Path) -> None:
    file = warc.WarcFile(path)
    for one in found:
        response_id = warc.new_id()
        file.append(warc.response(response_id, one, warc.sha256(one.payload)))
        file.append(warc.request(warc.new_id(), one, response_id))
    file.close()


def _theirs(found: list[Exchange], path: Path) -> None:
    try:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter
    except ModuleNotFoundError as error:
        raise Absent("warcio is not installed (pip install -e '.[dev]')") from error
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        for one in found:
            told = StatusAndHeaders("200 OK", _text(one.headers), protocol="HTTP/1.1")
            response = writer.create_warc_record(one.url, "response", BytesIO(one.payload), http_headers=told)
            asked = StatusAndHeaders(
                f"GET /{one.url[-6:]} HTTP/1.1", _text(one.request_headers), is_http_request=True
            )
            request = writer.create_warc_record(one.url, "request", http_headers=asked)
            writer.write_request_response_pair(request, response)


def _text(headers: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode(), value.decode()) for name, value in headers]


def _room(work: Callable[[Path], Sides]) -> Iterator[Sides]:
    room = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
    try:
        yield work(room)
    finally:
        shutil.rmtree(room)


def written() -> Iterator[Sides]:
    """Both write the pairs of request and response with their digests."""
    found = exchanges()

    def work(room: Path) -> Sides:
        _theirs(found[:1], room / "probe")

        def ours() -> None:
            (room / "ours.warc.gz").unlink(missing_ok=True)
            _ours(found, room / "ours.warc.gz")

        return Sides(ours, lambda: _theirs(found, room / "theirs.warc.gz"), len(found))

    return _room(work)


def read() -> Iterator[Sides]:
    """Both read every payload of one file, and let go of it."""
    return _reading(exchanges())


def read_bare() -> Iterator[Sides]:
    """The same of pages without the prose, which are short and full of markup."""
    return _reading(exchanges(0))


def _reading(found: list[Exchange]) -> Iterator[Sides]:
    def work(room: Path) -> Sides:
        path = room / "file.warc.gz"
        _ours(found, path)
        if list(_read(path)) != list(_read_by_warcio(path)):
            raise ValueError("the two do not read the same")
        return Sides(
            lambda: sum(map(len, _read(path))), lambda: sum(map(len, _read_by_warcio(path))), len(found)
        )

    return _room(work)


def _read(path: Path) -> Iterator[bytes]:
    return (record.reader.read() for _, record in records(path, 0, path.stat().st_size))


def _read_by_warcio(path: Path) -> Iterator[bytes]:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ModuleNotFoundError as error:
        raise Absent("warcio is not installed (pip install -e '.[dev]')") from error
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                yield record.content_stream().read()


WARC = [
    Pair("warc-write", "requests and responses with digests, a gzip member each", "warcio", 5, written),
    Pair("warc-read", "every payload of a file", "warcio", 2, read),
    Pair("warc-read-bare", "every payload of a file of pages without prose", "warcio", 2, read_bare),
]
