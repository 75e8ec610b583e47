"""What our pages add to Datasette: functions in SQL, and what templates show. Needs the extra `web`."""

from __future__ import annotations

import logging
import re
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import quote

from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils.asgi import Response
from markupsafe import Markup

from archive import wording
from archive.web import NAME, labels, tables
from archive.web.codes import CONDITION, vocabularies
from archive.web.queries import LABELS, PARAMETERS, QUERIES
from archive.web.words import excerpt, wanted

F = TypeVar("F", bound=Callable[..., Any])
hook: Callable[[F], F] = hookimpl
SHOWN_CELLS = 3
CODED = frozenset({"timing", "reading", "scope", "code", "flag", "form", "kind"})
"""Columns that hold codes. A query shows `presence` beside its `status`."""
MEANINGS = {code: zh for codes in reversed(vocabularies().values()) for code, (zh, _) in codes.items()}
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)")
_PATH = re.compile(r"[a-z_]+(?:\.[a-z_0-9*]+){0,2}")
_TEXT = re.compile(r">[^<]*<")
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
    """What the start page and the foot of every page show, and what the pages call things."""

    async def read() -> dict[str, Any]:
        made = (await datasette.get_database(NAME).execute("SELECT * FROM made")).first()
        return {
            "made": made,
            "shown_tables": tables.TABLES,
            "shown_queries": QUERIES,
            "shown_in": NAME,
            "query_labels": LABELS,
            "query_parameters": PARAMETERS,
            "labels": labels,
            "detail": detail,
        }

    return read


def detail(link: str) -> Markup:
    """The link that leads to the page of a row, by a word instead of its key."""
    return Markup(_TEXT.sub(">详情<", link, count=1))  # noqa: S704 - a link that Datasette made, without its text


@hook
def render_cell(value: Any, column: str, table: str | None) -> Markup | None:
    """Addresses lead to the live page; units and reports, in queries and views, to what is known of them; what has a
    code before it is said in Chinese first."""
    if not value or not isinstance(value, str):
        return None
    if writer := _WRITERS.get(column):
        return writer(value)
    return _known(value, column) or _code(value, column, table)


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


def _code(value: str, column: str, table: str | None) -> Markup | None:
    """A code that Datasette does not show by the row of its vocabulary: in queries, in views, on pages of rows."""
    coded = column in CODED or (table and column in {"presence", "expected_by"})
    if not coded or value not in MEANINGS:
        return None
    return Markup("{} <small>{}</small>").format(MEANINGS[value], value)


def _url(value: str) -> Markup | None:
    if not value.startswith(("http://", "https://")):
        return None
    return Markup('<a href="{0}" title="{0}" rel="noreferrer">原网页</a>').format(value)


def _why(value: str) -> Markup:
    """The reasons of a row of the ledger, each with its code behind."""
    return Markup("<br>").join(map(_reason, value.split("\n")))


def _reason(said: str) -> Markup:
    code, _, text = said.partition(": ")
    shown = Markup("{} <small>{}</small>").format(text, code)
    return shown if code in CONDITION else Markup("{}").format(said)


def _basis(value: str) -> Markup:
    return Markup("{} <small>{}</small>").format(wording.basis(value), value.partition(":")[0])


def _instant(value: str) -> Markup | None:
    """An instant to the minute."""
    if not (shown := _STAMP.match(value)):
        return None
    return Markup('<time datetime="{0}" title="{0}">{1} {2}</time>').format(value, *shown.groups())


def _cells(value: str) -> Markup | None:
    """The cells that a finding or an event names; where it tells what became of them it names them itself."""
    if not all(map(_PATH.fullmatch, paths := value.split("\n"))):
        return None
    shown = [Markup("{} <small>{}</small>").format(*cell) for cell in labels.cells(paths[:SHOWN_CELLS])]
    left = len(paths) - SHOWN_CELLS
    return Markup("<br>").join([*shown, *([f"另有 {left} 个"] if left > 0 else [])])


_WRITERS: dict[str, Callable[[str], Markup | None]] = {
    "url": _url,
    "why": _why,
    "basis": _basis,
    "cells": _cells,
    **dict.fromkeys(("last_clear_sight", "seen_before", "seen_at", "confirmed_at"), _instant),
    **dict.fromkeys(("first_seen", "last_seen"), _instant),
}
"""How the columns of a name are shown, in tables and in queries."""


@hook
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """The page of an error; only what is our own fault goes to the log."""

    async def answer() -> Response:
        status = getattr(exception, "status", 404 if isinstance(exception, sqlite3.ProgrammingError) else 500)
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
