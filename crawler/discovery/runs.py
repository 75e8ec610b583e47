"""Searches made ready and run: one Scrapy process for all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from urllib.parse import urlsplit

import click
from pydantic import ValidationError

from archive import clock
from archive.captures.recorder import open_recorder
from archive.folder import Folder
from crawler import browser, process, registry
from crawler.discovery.ground import Ground
from crawler.discovery.proposal import slug
from crawler.discovery.search import LOOKS, Search
from parsers.errors import Fault, Status


def new_search(
    url: str,
    *,
    name_of: str | None = None,
    name: str = "",
    division: str = "",
    pace_seconds: float = 1,
    allow_private: bool = False,
    drawn: bool = False,
    looks: int | None = None,
) -> Search:
    """The search of a place that has no record, from its home page; `drawn` says that scripts draw its pages. Raises
    a `Fault` where an argument is wrong."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Fault(f"{url} is no http or https address")
    host = parts.netloc.lower().removesuffix(":80" if parts.scheme == "http" else ":443")
    try:
        ground = Ground(
            id=name_of or slug(host),
            name=name,
            division=division,
            hosts=(host,),
            allow_private=allow_private,
            browser=drawn,
            pace_seconds=pace_seconds,
        )
    except ValidationError as error:
        raise Fault(
            "; ".join(f"{e['loc'][0]}: {e['input']!r}: {e['msg']}" for e in error.errors())
        ) from error
    return Search(ground, f"{parts.scheme}://{host}{parts.path or '/'}", clock.now(), looks=looks or LOOKS)


def search_again(portal: registry.Portal, looks: int | None = None) -> Search:
    """The search of a portal of the registry: its columns, then from its home page."""
    ground = Ground.model_validate(portal.model_dump(exclude={"columns", "units"}))
    addresses = [urlsplit(column.url) for column in portal.columns]
    first = next((a for a in addresses if a.netloc.lower() == portal.hosts[0]), addresses[0])
    home = f"{first.scheme}://{first.netloc}/"
    return Search(ground, home, clock.now(), portal.columns, looks=looks or LOOKS)


def run(
    archive: Folder, searches: list[Search], wait: float, told: Callable[[Search], None] | None = None
) -> None:
    """Run searches to their end; `told` hears of each as it ends. Raises `click.Abort` where they were cut short."""
    if process.is_quiet(archive):
        sys.exit(Status.ATTENTION)
    if any(search.ground.browser for search in searches):
        browser.executable()
    with open_recorder(archive.root, wait=wait) as recorder:
        spider = process.run(archive, "discover", [], recorder=recorder, searches=searches, told=told)
    if spider.close_reason != "finished":
        click.echo(f"the search was cut short ({spider.close_reason}); what came is kept", err=True)
        raise click.Abort
    if unfinished := [search.ground.id for search in searches if not search.finished]:
        raise Fault(f"{', '.join(unfinished)}: the search did not come to its end; the log above says why")
