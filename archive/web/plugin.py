"""What our pages add to Datasette: functions in SQL, and what templates show. Needs the extra `web`."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import quote

from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils.asgi import Response
from markupsafe import Markup

from archive.web import NAME, tables
from archive.web.codes import CONDITION
from archive.web.queries import LABELS, QUERIES
from archive.web.words import excerpt, wanted

F = TypeVar("F", bound=Callable[..., Any])
hook: Callable[[F], F] = hookimpl
VIEWS = {table.name: table.view for table in tables.TABLES}
log = logging.getLogger("gongkai.web")


@hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """The functions of `queries`."""
    conn.create_function(
        "excerpt", 2, lambda text, query: excerpt(text or "", query or ""), deterministic=True
    )
    conn.create_function("wanted", 1, lambda query: wanted(query or ""), deterministic=True)


@hook
def extra_template_vars(datasette: Any) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What the start page and the foot of every page show."""

    async def read() -> dict[str, Any]:
        made = (await datasette.get_database(NAME).execute("SELECT * FROM made")).first()
        return {
            "made": made,
            "shown_tables": tables.TABLES,
            "shown_queries": QUERIES,
            "shown_in": NAME,
            "query_labels": LABELS,
        }

    return read


@hook
def render_cell(value: Any, column: str, table: str | None) -> Markup | None:
    """Addresses lead to the live page; units and reports, in queries and views, to what is known of them; reasons are
    said in Chinese first."""
    if not value or not isinstance(value, str):
        return None
    if column == "url" and value.startswith(("http://", "https://")):
        return Markup('<a href="{0}" title="{0}" rel="noreferrer">原网页</a>').format(value)
    if column == "why":
        return Markup("<br>").join(_condition(part) for part in value.split("；"))
    return _known(value, column) if not table or VIEWS.get(table) else None


def _known(value: str, column: str) -> Markup | None:
    """What leads to a unit or a report."""
    if column == "unit":
        return Markup('<a href="/{}/unit_page?unit={}">{}</a>').format(NAME, quote(value, safe=""), value)
    if column == "report":
        unit, year, _ = value.rsplit("-", 2)
        return Markup('<a href="/{}/figures_of?unit={}&year={}">{}</a>').format(
            NAME, quote(unit, safe=""), year, value
        )
    return None


def _condition(said: str) -> Markup:
    """A reason of the ledger, in Chinese before its own words."""
    zh = CONDITION.get(said.partition(": ")[0], ("",))[0]
    return Markup("{}<br><small>{}</small>").format(zh, said) if zh else Markup("{}").format(said)


@hook
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """The page of an error; only what is our own fault goes to the log."""

    async def answer() -> Response:
        status = getattr(exception, "status", 500)
        if status == 500:
            log.error("%s: %s", request.path, exception, exc_info=exception)
        said = str(exception) if status != 500 else "internal error"
        context = {"ok": False, "status": status, "error": said, "title": getattr(exception, "title", None)}
        if request.path.endswith(".json"):
            return Response.json(context, status=status)
        return Response.html(
            await datasette.render_template("error.html", context, request=request), status=status
        )

    return answer


def register() -> None:
    """Tell Datasette, once in a process. Its own hook for errors goes: it runs beside ours and prints every 404 with
    all that was in memory."""
    if not pm.has_plugin(NAME):
        pm.unregister(name="datasette.handle_exception")
        pm.register(sys.modules[__name__], name=NAME)
