"""Reads documents under limits, in a process of its own: `python -m tests.fuzz.child KIND FIRST COUNT SECONDS`.

A kind is a format, `any` for all of them in turn, or `bomb`.
One line per document on standard output: its name before it is read, its outcome and CPU seconds after. A document
that needs longer of the processor kills the process; one that needs more than `MEGABYTES` does, too, or is a crash.
"""

import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from parsers.parse import parse
from tests.fuzz.documents import BOMBS, FORMATS, documents
from tests.fuzz.mutations import mutate

SECONDS, MEGABYTES = 10, 500
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "urllib.",
    "ftplib.",
)
TEMPORARY = tempfile.gettempdir()
"""Found once: looking for it opens files."""

OUTCOMES = {"report", "blank_form", "not_report", "unreadable"}


def cases(kind: str, first: int, count: int) -> Iterator[tuple[str, bytes]]:
    """The documents that a run reads: spoiled ones of a format by number, or bombs by name."""
    if kind == "bomb":
        yield from ((name, make()) for name, make in list(BOMBS.items())[first : first + count])
        return
    for number in range(first, first + count):
        format_, name = (FORMATS[number % len(FORMATS)] if kind == "any" else kind), f"{kind} {number}"
        yield name, mutate(Random(name), documents(format_))


def read(data: bytes) -> str:
    """The outcome; `ValueError` where the reading is not as the contract says."""
    reading = parse(data)
    if reading.outcome not in OUTCOMES or bool(reading.message) == bool(reading.reports):
        raise ValueError(f"outcome {reading.outcome}, {len(reading.reports)} reports, “{reading.message}”")
    json.dumps([report.as_json({}) for report in reading.reports], ensure_ascii=False).encode()
    return reading.outcome


def guard(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse network, other programs, and files outside the temporary folder."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"a reader must not call {event}")
    if event == "open" and _writes(arguments[2]) and not _is_temporary(arguments[0]):
        raise PermissionError(f"a reader must not write {arguments[0]}")


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _is_temporary(path: object) -> bool:
    return isinstance(path, int) or path == os.devnull or Path(str(path)).is_relative_to(TEMPORARY)


def address_space() -> int:
    """Bytes of address space that the process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def main(kind: str, first: int, count: int, seconds: float) -> None:
    """Read the cases one after the other."""
    sys.dont_write_bytecode = True
    for data in documents("pdf") + documents("xls") + documents("docx"):
        parse(data)  # what readers import is not what a document costs
    for name, data in cases(kind, first, count):
        print(f"begin\t{name}", flush=True)  # noqa: T201
        _read_one(name, data, seconds)


def _read_one(name: str, data: bytes, seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (address_space() + (MEGABYTES << 20), resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 4 * seconds)  # what waits uses no CPU
    GUARDED.append(guard)
    before = time.process_time()
    try:
        said = read(data)
    except Exception as error:  # noqa: BLE001 - whatever comes out of a reader is what we look for
        said = f"crash: {type(error).__name__}: {str(error)[:200]} {_place(error)}"
    GUARDED.clear()
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(f"end\t{name}\t{said}\t{time.process_time() - before:.2f}", flush=True)  # noqa: T201


def _place(error: Exception) -> str:
    trace = error.__traceback__
    frames = []
    while trace:
        frames.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(frames[-4:]))


GUARDED: list = []
"""The guard, while a document is read."""

if __name__ == "__main__":
    sys.addaudithook(lambda event, arguments: [check(event, arguments) for check in GUARDED] and None)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
