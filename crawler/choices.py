"""Options of the verbs that make panels: which units and years, which cells, and how."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from archive.exports.crosswalk import JOININGS, Joining
from archive.exports.editions import CHOICES, Choice
from archive.exports.quality import MARKS
from archive.exports.selection import Selection
from archive.exports.standing import Options

Verb = Callable[..., Any]


def _years(_ctx: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    if match is None or int(match[1]) > int(match[2] or match[1]):
        raise click.BadParameter(f"{text} is no year and no span of years like 2019-2024")
    return int(match[1]), int(match[2] or match[1])


def _marks(_ctx: click.Context, _parameter: click.Parameter, text: str) -> frozenset[str]:
    names = frozenset(filter(None, text.split(",")))
    if unknown := sorted(names - MARKS.keys()):
        raise click.BadParameter(f"{unknown[0]} is no mark; marks are {', '.join(MARKS)}")
    return names


_DIVISION: dict[str, Any] = {"metavar": "CODE|NAME", "default": ""}
_ONE_OF: dict[str, Any] = {"show_default": True}

_SELECTION = (
    click.option("--county", help="Only units of this county.", **_DIVISION),
    click.option("--city", help="Only units of this city.", **_DIVISION),
    click.option("--province", help="Only units of this province.", **_DIVISION),
    click.option("--kind", default="", help="Only units of this kind (government, department, township, …)."),
    click.option(
        "--years",
        "span",
        metavar="FROM-TO",
        callback=_years,
        help="Only these report years, like 2019-2024.",
    ),
)
_PANEL = (
    click.option(
        "--path",
        "paths",
        multiple=True,
        metavar="CELL",
        help="Only these cells, like 'requests.*.total'; may be given again.",
    ),
    click.option(
        "--version",
        "choice",
        type=click.Choice(CHOICES),
        default="latest",
        help="Figures as last seen, as first seen, or as last seen by the end of the due day.",
        **_ONE_OF,
    ),
    click.option(
        "--join",
        "joining",
        type=click.Choice(JOININGS),
        default="same",
        help="Cells that go by another name in another form: joined never, where they are the same, or near.",
        **_ONE_OF,
    ),
    click.option(
        "--zero",
        metavar="MARKS",
        default="",
        callback=_marks,
        help="Marks that count as zero: slash, dash, wu (with commas).",
    ),
)


def selection_options(function: Verb) -> Verb:
    """`--county`, `--city`, `--province`, `--kind` and `--years`, given to the verb as one `Selection`, `selected`."""

    @wraps(function)
    def gathered(
        *args: Any,
        county: str,
        city: str,
        province: str,
        kind: str,
        span: tuple[int, int] | None,
        **rest: Any,
    ) -> Any:
        return function(*args, selected=Selection("", county, city, province, kind, span), **rest)

    return _with(gathered, _SELECTION)


def panel_options(function: Verb) -> Verb:
    """`--path`, `--version`, `--join` and `--zero`, given to the verb as `paths` and one `Options`, `how`."""

    @wraps(function)
    def gathered(*args: Any, choice: Choice, joining: Joining, zero: frozenset[str], **rest: Any) -> Any:
        return function(*args, how=Options(choice, joining, zero), **rest)

    return _with(gathered, _PANEL)


def _with(function: Verb, options: tuple[Any, ...]) -> Verb:
    for option in reversed(options):
        function = option(function)
    return function
