"""Bytes of a document → the reports in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parsers.report import Report

Outcome = Literal["report", "blank_form", "not_report", "unreadable"]


@dataclass(slots=True)
class Reading:
    """What a document is: its format as sniffed, the outcome, the reports in it, the engines that took part.
    `message` is the one sentence that says why it is no report, or why it cannot be read.
    """

    format: str
    outcome: Outcome
    reports: list[Report] = field(default_factory=list)
    engines: tuple[str, ...] = ()
    message: str = ""


def parse(data: bytes) -> Reading:
    """Read a document of any format."""
    raise NotImplementedError
