"""`gongkai serve`."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from archive.folder import Folder
from archive.web.fill import place, refresh
from archive.web.fresh import State, keep_fresh, state
from archive.web.site import application
from crawler.console import archive_option
from parsers.errors import Fault

PORT = 8001
LOCAL = ("localhost", "127.0.0.1", "::1")


@click.command(short_help="the archive as web pages, read-only")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes a free one."
)
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="Answer to this name too, as that of a proxy before it; may be given several times.",
)
@archive_option
def command(host: str, port: int, names: tuple[str, ...], archive: Folder) -> None:
    """Show the archive in a browser: the ledger, missing, late and revised reports, figures, a search in the prose.

    Needs `pip install 'gongkai[web]'`. The pages are read-only and show web.db, a copy in which phone numbers and what
    is known as a name are masked; it is made from the archive first, follows it while it is served, and can be removed
    at any time. Archived pages themselves are never served. Only this machine can see the pages unless --host says
    otherwise; until then, or where --allow-host is given, requests for any other host are refused.

    \b
    gongkai serve
    gongkai serve --port 8080
    gongkai serve --allow-host nianbao.example.org
    """
    app = application(Path())  # a missing extra is said before anything is made
    with _listening(host, port) as bound, place(archive) as path:
        shown = state(archive.require())
        _say_where(archive, path)
        refresh(archive, path)
        app = application(path, [*names, host, *LOCAL] if names or _loopback(bound) else ())
        name = f"[{host}]" if ":" in host else host
        if not _loopback(bound):
            click.echo(
                f"gongkai: other machines can reach {host}, and masking overlooks names: look at what you publish",
                err=True,
            )
        click.echo(f"http://{name}:{bound.getsockname()[1]}/   (Ctrl+C ends it)")
        _serve(app, bound, archive, path, shown)


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise Fault(f"{host}:{port} cannot be listened at: {error.strerror or error}") from error


def _loopback(bound: socket.socket) -> bool:
    return ipaddress.ip_address(bound.getsockname()[0]).is_loopback


def _say_where(archive: Folder, path: Path) -> None:
    if path.parent != archive.root:
        told = "cannot be written: web.db is made in a temporary folder, and goes when this ends"
        click.echo(f"{archive.root} {told}", err=True)
    if not path.exists():
        click.echo("making web.db from the archive: a minute for 100,000 reports", err=True)


def _serve(app: Any, bound: socket.socket, archive: Folder, path: Path, shown: State) -> None:
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, log_level="error", server_header=False))

    async def run() -> None:
        fresh = asyncio.create_task(
            keep_fresh(archive, path, shown, lambda sentence: click.echo(sentence, err=True))
        )
        try:
            await server.serve(sockets=[bound])
        finally:
            fresh.cancel()

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: nothing is left behind
    with suppress(KeyboardInterrupt):
        asyncio.run(run())
