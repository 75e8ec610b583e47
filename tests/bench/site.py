"""A static portal served by a process of its own: lists of 50 and articles without files, each with its validator."""

from __future__ import annotations

import asyncio
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from parsers.portals.files import may_hold_files
from tests.bench.reports import pages

PER_LIST = 50
COLUMN = "/zfxxgk/nb/xz/"
"""The column's folder; its pages are those of a TRS portal."""


@contextmanager
def serving(articles: int) -> Iterator[str]:
    """The address of the site while it is served."""
    command = [sys.executable, "-m", "tests.bench.site", str(articles)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port = server.stdout.readline().strip()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def answers(articles: int) -> dict[str, bytes]:
    """Every path of the site with the bytes of its page."""
    bodies = [page for page in pages() if not may_hold_files(page)]
    lists = -(-articles // PER_LIST)
    found = {_list_path(n): _list(n, lists, articles) for n in range(lists)}
    found[COLUMN] = found[_list_path(0)]
    for n in range(articles):
        found[f"{COLUMN}{_name(n)}"] = bodies[n % len(bodies)] + f"<!-- {n} -->".encode()
    return found


def _name(n: int) -> str:
    return f"202401/t202401{n % 28 + 1:02}_{10_000 + n}.html"


def _list_path(n: int) -> str:
    return f"{COLUMN}index{f'_{n}' if n else ''}.html"


def _list(n: int, lists: int, articles: int) -> bytes:
    rows = "\n".join(_row(i) for i in range(n * PER_LIST, min(articles, (n + 1) * PER_LIST)))
    following = f'<a class="next" href="{_list_path(n + 1)}">下一页</a>' if n + 1 < lists else ""
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><body>\n'
        f'<ul class="list">\n{rows}\n</ul>\n{following}\n'
        f'<script>createPageHTML({lists}, {n}, "index", "html");</script>\n</body></html>'
    ).encode()


def _row(n: int) -> str:
    title = f"青石{n}镇人民政府2023年政府信息公开工作年度报告"
    return f'<li><a href="./{_name(n)}">{title}</a><span>2024-01-{n % 28 + 1:02}</span></li>'


class _Server(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as little as a crawl needs; what it says is made beforehand."""

    made: dict[bytes, tuple[bytes, bytes, bytes]]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._pending = b""

    def data_received(self, data: bytes) -> None:
        *requests, self._pending = (self._pending + data).split(b"\r\n\r\n")
        for request in requests:
            whole, tag, unchanged = self.made.get(request.split(b" ", 2)[1], self.made[b""])
            known = re.search(rb"if-none-match: *(\S+)", request, re.IGNORECASE)
            self._transport.write(unchanged if known and known[1] == tag else whole)  # type: ignore[attr-defined]


def _made(body: bytes, status: str = "200 OK") -> tuple[bytes, bytes, bytes]:
    tag = b'"' + hashlib.sha256(body).hexdigest()[:16].encode() + b'"'
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\nETag: "
    whole = head.encode() + tag + b"\r\n\r\n" + body
    return whole, tag, b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"


async def _serve(articles: int) -> None:
    _Server.made = {path.encode(): _made(body) for path, body in answers(articles).items()}
    _Server.made[b""] = _made(b"nothing here", "404 Not Found")
    server = await asyncio.get_running_loop().create_server(_Server, "127.0.0.1", 0, backlog=128)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
