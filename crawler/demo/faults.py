"""What portals do to crawlers, as functions from the right answer to another: for `Site.fail`.

`error_page`, `challenge`, `gbk` and `gzipped` are faults; the other functions make one from their arguments.
"""

from __future__ import annotations

import gzip
from dataclasses import replace

from crawler.demo.responses import HTML, Fault, Response, Wire, with_length

BLOCK = 65_536


def error_page(_: Response) -> Response:
    """A page that says 页面不存在, with status 200."""
    return _page("页面不存在", "您访问的页面不存在或已被删除，请返回首页。", 200)


def challenge(_: Response) -> Response:
    """A script to be run before the page is shown, with status 521."""
    body = (
        "<script>document.cookie='__jsl_clearance_s=1700000000.1|0|x;max-age=3600';location.reload()</script>"
    )
    cookie = "__jsluid_h=0123456789abcdef0123456789abcdef; max-age=31536000; path=/; HttpOnly"
    return Response(body.encode(), 521, (("Content-Type", HTML), ("Set-Cookie", cookie)))


def gbk(right: Response) -> Response:
    """The page in GBK, declared as gb2312."""
    if ("Content-Type", HTML) not in right.headers:
        return right
    text = right.body.decode().replace("charset=utf-8", "charset=gb2312")
    return replace(right, body=text.encode("gbk"))


def gzipped(right: Response) -> Response:
    """The body compressed, whether the client asked for it or not."""
    headers = (*right.headers, ("Content-Encoding", "gzip"))
    return replace(right, body=gzip.compress(right.body, mtime=0), headers=headers)


def status(code: int, **headers: str) -> Fault:
    """A short page with this status, and further headers."""
    page = _page(str(code), f"{code}", code)
    return lambda _: replace(page, headers=(*page.headers, *headers.items()))


def redirect(location: str, code: int = 302) -> Fault:
    """To another address: of this host, of another, or the same again."""
    return lambda _: Response(b"", code, (("Content-Type", HTML), ("Location", location)))


def cut(after: int) -> Fault:
    """The connection closed after so many bytes of the body."""
    return lambda right: replace(right, deliver=lambda wire, r: _part(wire, r, len(r.body), after))


def wrong_length(difference: int) -> Fault:
    """A Content-Length that is too long, or too short where the difference is negative."""
    return lambda right: replace(
        right, deliver=lambda wire, r: _part(wire, r, len(r.body) + difference, len(r.body))
    )


def hang(seconds: float) -> Fault:
    """Nothing at all for so long, then a closed connection."""

    def deliver(wire: Wire, _: Response) -> None:
        wire.pause(seconds)
        wire.close()

    return lambda right: replace(right, deliver=deliver)


def drip(size: int, pause_seconds: float) -> Fault:
    """The body in small pieces with a pause after each."""

    def deliver(wire: Wire, response: Response) -> None:
        wire.head(response.status, with_length(response, len(response.body)))
        for start in range(0, len(response.body), size):
            wire.write(response.body[start : start + size])
            wire.pause(pause_seconds)

    return lambda right: replace(right, deliver=deliver)


def shortened(after: int, before: bytes = b"") -> Fault:
    """The page as a system keeps it that lost the end of a text: so many bytes, then what stood from `before` on, or
    nothing at all."""

    def cut_off(right: Response) -> Response:
        rest = right.body.find(before) if before else -1
        return replace(right, body=right.body[:after] + (right.body[rest:] if rest > after else b""))

    return cut_off


def serving(body: bytes) -> Fault:
    """Another body in the place of the right one."""
    return lambda right: replace(right, body=body)


def huge(size: int) -> Fault:
    """The body followed by blanks until it has this size."""

    def deliver(wire: Wire, response: Response) -> None:
        wire.head(response.status, with_length(response, size))
        wire.write(response.body)
        for start in range(len(response.body), size, BLOCK):
            wire.write(b" " * min(BLOCK, size - start))

    return lambda right: replace(right, deliver=deliver)


def chunked(size: int, finished: bool = True) -> Fault:
    """The body in chunks, without a Content-Length; `finished=False` leaves the last chunk out and closes."""

    def deliver(wire: Wire, response: Response) -> None:
        wire.head(response.status, (*response.headers, ("Transfer-Encoding", "chunked")))
        for start in range(0, len(response.body), size):
            piece = response.body[start : start + size]
            wire.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        if finished:
            wire.write(b"0\r\n\r\n")
        else:
            wire.close()

    return lambda right: replace(right, deliver=deliver)


def both(first: Fault, second: Fault) -> Fault:
    """One fault on top of another."""
    return lambda right: second(first(right))


def times(count: int, fault: Fault) -> Fault:
    """A fault that passes: so many answers are faulty, the rest are right."""
    left = iter(range(count))
    return lambda right: right if next(left, None) is None else fault(right)


def _part(wire: Wire, response: Response, said: int, sent: int) -> None:
    wire.head(response.status, (*with_length(response, said), ("Connection", "close")))
    wire.write(response.body[:sent])
    wire.close()


def _page(title: str, text: str, code: int) -> Response:
    body = (
        '<!DOCTYPE html><html><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><p>{text}</p></body></html>\n"
    )
    return Response(body.encode(), code)
