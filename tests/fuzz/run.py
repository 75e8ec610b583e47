"""Runs the reading process over cases, and starts it again after a case that killed it."""

import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from tests.fuzz.child import SECONDS


class Outcome(NamedTuple):
    """What became of a case."""

    name: str
    said: str
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether it was no report, refusal or finding within the limits."""
        return self.said.startswith(("crash", "killed")) or self.seconds > SECONDS


def run(kind: str, first: int, count: int, seconds: float = SECONDS) -> Iterator[Outcome]:
    """The outcomes of the cases of a kind from a number on."""
    while count > 0:
        done = yield from _batch(kind, first, count, seconds)
        first, count = first + done, count - done


def _batch(kind: str, first: int, count: int, seconds: float) -> Iterator[Outcome]:
    """Outcomes up to a case that killed the process; returns how many."""
    command = [sys.executable, "-m", "tests.fuzz.child", kind, str(first), str(count), str(seconds)]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.split("\t") for line in child.stdout.splitlines()]
    done = [Outcome(line[1], line[2], float(line[3])) for line in lines if line[0] == "end"]
    yield from done
    if len(done) == count:
        return count
    began = [line[1] for line in lines if line[0] == "begin"]
    if len(began) == len(done):
        raise RuntimeError(f"{kind} from {first}: {child.stderr[-500:]}")
    yield Outcome(began[-1], f"killed by signal {-child.returncode} {child.stderr[-300:].strip()}", 0.0)
    return len(done) + 1
