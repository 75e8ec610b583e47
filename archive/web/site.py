"""The pages: Datasette over web.db, with our templates, headers and functions."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path
from typing import Any

from archive.web import NAME, schema, tables
from archive.web.queries import QUERIES
from parsers.errors import Fault

TITLE = "公开 gongkai：政府信息公开工作年度报告"
ROWS_PER_PAGE = 50
SQL_LIMIT_MS = 3000
"""Enough for a scan of some hundred thousand rows, too short to stand in other readers' way."""
CELL_CHARACTERS = 200

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer carries: our pages need no script, and none runs, whatever stands in the data."""

Scope = dict[str, Any]
Send = Callable[[Scope], Awaitable[None]]
App = Callable[[Scope, Callable[[], Awaitable[Scope]], Send], Awaitable[None]]


def application(path: Path, names: Collection[str] = ()) -> App:
    """The ASGI application over a web.db. It answers to some names of hosts or, without any, to all. A fault without
    the extra `web`."""
    try:
        from datasette.app import Datasette
        from datasette.database import Database

        from archive.web import plugin
    except ImportError as error:
        raise Fault("the web pages need the extra: pip install 'gongkai[web]'") from error
    plugin.register()
    site = Datasette(
        [],
        metadata=metadata(),
        template_dir=str(Path(__file__).parent / "templates"),
        settings={
            "allow_download": False,
            "default_page_size": ROWS_PER_PAGE,
            "sql_time_limit_ms": SQL_LIMIT_MS,
            "suggest_facets": False,
            "truncate_cells_html": CELL_CHARACTERS,
        },
    )
    site.add_database(Database(site, path=str(path), is_mutable=True), name=NAME)
    return guarded(site.app(), frozenset(map(_plain, names)))


def guarded(app: App, names: Collection[str] = ()) -> App:
    """An application that sends `HEADERS` with every answer, says nothing of the machine it runs on, and answers only
    to its names: a page of another site whose name was made to lead here reads nothing."""

    async def wrapped(scope: Scope, receive: Callable[[], Awaitable[Scope]], send: Send) -> None:
        async def sending(message: Scope) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message = message | {"headers": [*message.get("headers", []), *extra]}
            await send(message)

        if scope["type"] == "http" and names and (asked := _host(scope)) not in names:
            await _refuse(sending, 421, OTHER_HOST.format(asked or "no host", ", ".join(sorted(names))))
        elif scope["type"] == "http" and _of_the_machine(scope["path"]):
            await _refuse(sending, 404, "not found")
        else:
            await app(scope, receive, sending)

    return wrapped


OTHER_HOST = """本服务不以此名称提供页面。
This server does not answer to {}, only to {}: `gongkai serve --allow-host NAME` adds a name."""


async def _refuse(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{text}\n".encode()})


def _host(scope: Scope) -> str:
    """The host that a request names, without its port."""
    named = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return _plain(re.sub(r":\d*$", "", named.decode("latin-1")))


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _of_the_machine(path: str) -> bool:
    """Datasette's pages of versions, paths, threads and settings."""
    return path.startswith("/-/") and not path.startswith("/-/static/")


def _sorted(by: str) -> dict[str, str]:
    return {"sort_desc" if by.startswith("-") else "sort": by.lstrip("-")} if by else {}


def metadata() -> dict[str, Any]:
    """Titles, labels of columns, facets and queries, as Datasette reads them."""
    shown = {
        table.name: {
            "title": f"{table.zh} {table.en}",
            "description": table.note,
            "columns": {field.name: f"{field.zh} {field.en}" for field in table.fields},
            "facets": list(table.facets),
            **_sorted(table.sort),
            **({"label_column": table.label} if table.label else {}),
        }
        for table in tables.TABLES
    }
    queries = {
        query.name: {
            "title": query.title,
            "description": query.description + query.hint,
            "sql": query.sql,
            "hide_sql": True,
        }
        for query in QUERIES
    }
    hidden = {name: {"hidden": True} for name in schema.HIDDEN}
    return {
        "title": TITLE,
        "databases": {NAME: {"title": TITLE, "tables": shown | hidden, "queries": queries}},
    }
