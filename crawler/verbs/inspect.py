"""`gongkai inspect`."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
import zlib
from dataclasses import asdict
from http.client import HTTPException
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from crawler.console import print_table
from parsers.errors import Fault, Status
from parsers.portals import inspect
from parsers.portals.encodings import UTF_8
from parsers.portals.model import Inspection, Page, Request

NOWHERE = "http://unknown.invalid/column/page/"
"""Stands for the address of a file that was given without one (RFC 2606: resolves nowhere)."""
MAX_BYTES = 16 << 20
TIMEOUT_SECONDS = 60


@click.command(short_help="say what a portal's page is")
@click.argument("source", metavar="URL|FILE")
@click.option("--url", metavar="URL", help="The address a file came from: its links are relative to it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(source: str, url: str | None, as_json: bool) -> None:
    """Say which family made a page, what class it is of, its entries with their verdicts, and what to ask next.

    \b
    gongkai inspect http://www.example.gov.cn/zfxxgk/nb/
    gongkai inspect saved.html --url http://www.example.gov.cn/zfxxgk/nb/ --json
    """
    seen = inspect(_fetch(source) if urlsplit(source).scheme in {"http", "https"} else _read(source, url))
    if as_json:
        click.echo(json.dumps(as_data(seen), ensure_ascii=False, indent=1))
    else:
        _print(seen)


def as_data(seen: Inspection) -> dict[str, Any]:
    """The contract of `gongkai inspect --json`."""
    return {
        "family": seen.family,
        "fingerprint": seen.fingerprint,
        "page_class": seen.page_class,
        "entries": [asdict(entry) for entry in seen.entries],
        "next": [_request(request) for request in seen.next],
    }


def _request(request: Request) -> dict[str, Any]:
    """A request as data; `encoding`, if the form is not sent in UTF-8, `json`, the body as it stands, and
    `headers` are there where it has them."""
    asked: dict[str, Any] = {"method": request.method, "url": request.url, "form": dict(request.form)}
    if request.form and request.encoding != UTF_8:
        asked["encoding"] = request.encoding
    if request.json:
        asked["json"] = request.json
    if request.headers:
        asked["headers"] = dict(request.headers)
    return asked


def _read(source: str, url: str | None) -> Page:
    path = Path(source)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise Fault(f"{source}: {error.strerror}", Status.UNREADABLE) from error
    if url is None:
        click.echo(f"no --url given: relative addresses are shown below {NOWHERE}", err=True)
    elif urlsplit(url).scheme not in {"http", "https"}:
        raise Fault(f"--url {url} is no http or https address")
    return Page(url or NOWHERE, body)


def _fetch(url: str) -> Page:
    headers = {"User-Agent": f"gongkai/{version('gongkai')}", "Accept-Language": "zh-CN,zh;q=0.9"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the opener knows http and https only
    try:
        try:
            answer = _opener().open(request, timeout=TIMEOUT_SECONDS)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            body = answer.read(MAX_BYTES + 1)
        if answer.headers.get("Content-Encoding", "") == "gzip":  # some send it unasked
            body = zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES + 1)
    except (OSError, ValueError, HTTPException, zlib.error) as error:
        reason = getattr(error, "reason", None) or error
        raise Fault(f"{url}: {getattr(reason, 'strerror', None) or reason}", Status.UNREADABLE) from error
    if len(body) > MAX_BYTES:
        raise Fault(f"{url}: longer than {MAX_BYTES >> 20} MB", Status.UNREADABLE)
    return Page(answer.url, body, answer.status, answer.headers.get("Content-Type", ""))


def _opener() -> urllib.request.OpenerDirector:
    """An opener without FTP and files, that takes certificates as the crawl does: many portals' are out of date."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=context),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _print(seen: Inspection) -> None:
    fingerprint = f" ({seen.fingerprint})" if seen.fingerprint else ""
    click.echo(f"family {seen.family}{fingerprint}, class {seen.page_class} ({seen.evidence})")
    if seen.title:
        click.echo(f"title {seen.title}, published on {seen.published_on or 'no day that it says'}")
    if seen.entries:
        rows = [[e.published_on or "", e.verdict, e.title, e.url] for e in seen.entries]
        print_table(rows, ["published on", "verdict", "title", "url"])
    for attachment in seen.attachments:
        click.echo(f"file {attachment.title} {attachment.url}")
    for request in seen.next:
        click.echo(f"next {request.method} {request.url} {request.json}".rstrip())
