"""The command `gongkai`: verbs found by name, faults turned into one sentence and an exit status."""

from __future__ import annotations

import gc
import importlib
import sys

import click

from parsers.errors import Fault, Status

VERBS = {
    "parse": "read files, no archive touched",
    "ingest": "archive files given by hand",
    "crawl": "walk the columns of portals",
    "discover": "find a portal's columns from its home page, and propose its record",
    "revisit": "look again at reports that are known",
    "update": "read what the archive holds and has not read",
    "judge": "what only a person can decide, and deciding it",
    "inspect": "say what a portal's page is",
    "show": "what is known of a unit",
    "ledger": "what was seen, when, against which due day",
    "missing": "reports that are due and were not there",
    "changes": "what changed between captures",
    "series": "figures over the years, each with its quality or why there is none",
    "cite": "where a number stands, and how to cite it",
    "export": "the data as a package, the evidence as a WACZ",
    "health": "which portals we see, and which we are kept from seeing",
    "status": "what the archive holds",
    "verify": "re-read every record against its digests, and the database against the records",
    "release": "freeze the data under a name, and say what changed between two releases",
    "backup": "copy the archive, also while it is being crawled",
    "merge": "take what other archives hold into one",
    "serve": "the archive as web pages, read-only",
    "rebuild": "make the database again from warc/ and inputs/",
    "demo": "the whole job on a sample portal",
}
"""Every verb with the line that `gongkai --help` prints; the module of a verb is imported only when called."""


_OBJECTS = 50_000
"""So many new objects between collections of cycles: what starting makes stays, and at 700 the collector walks it
again and again."""


class Verbs(click.Group):
    """Verbs imported on demand, so that `gongkai parse` starts without Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"crawler.verbs.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.command(
    name="gongkai",
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option(
    "--archive",
    envvar="GONGKAI_ARCHIVE",
    default="gongkai-archive",
    metavar="DIR",
    show_default=True,
    help="The archive's folder; every verb takes it too.",
)
@click.version_option(package_name="gongkai")
@click.pass_context
def gongkai(ctx: click.Context, archive: str) -> None:
    """公开: keeps the record of China's annual reports on Open Government Information.

    Exit status: 0 done; 1 done, and something needs a person; 2 wrong arguments; 3 no report in the file;
    4 unreadable file; 5 another process holds the archive; 130 stopped by Ctrl-C, and what came is kept.
    """
    ctx.obj = archive


def main() -> None:
    """Entry point of the console script."""
    gc.set_threshold(_OBJECTS)
    try:
        sys.exit(_status())
    finally:
        gc.freeze()  # what is there at the end goes with the process, and need not be searched for cycles first


def _status() -> int:
    try:
        return gongkai.main(standalone_mode=False) or 0
    except Fault as fault:
        click.echo(f"gongkai: {fault.sentence}", err=True)
        return fault.status
    except click.ClickException as error:
        error.show()
        return Status.ARGUMENTS
    except click.Abort:
        click.echo("gongkai: stopped", err=True)
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away: `gongkai ledger | head`
        return 0
