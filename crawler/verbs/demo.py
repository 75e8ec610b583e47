"""`gongkai demo`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from parsers.errors import Fault


@click.command(short_help="the whole job on a sample portal")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def command(folder: Path | None) -> None:
    """Crawl a sample portal on this machine, let it change, crawl again, and tell what follows.

    The archive is made in FOLDER, else in a new temporary folder.

    \b
    gongkai demo
    gongkai demo /tmp/sample
    """
    from crawler.demo.story import tell

    if folder is not None and folder.exists() and any(folder.iterdir()):
        raise Fault(f"{folder} is not empty: the demo needs a new folder")
    tell(folder or Path(tempfile.mkdtemp(prefix="gongkai-demo-")))
