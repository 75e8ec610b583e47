"""`python -m tests.bench [NAME…]`: one table of all benches, or of those named."""

from __future__ import annotations

import argparse

from crawler.console import print_table
from tests.bench.archive import ARCHIVE
from tests.bench.crawling import CRAWLING
from tests.bench.ocr import OCR
from tests.bench.pairs import Absent, Pair, run
from tests.bench.reading import READING
from tests.bench.warc import WARC
from tests.crawler.running import close

PAIRS = {pair.name: pair for pair in (*READING, *OCR, *CRAWLING, *WARC, *ARCHIVE)}
HEADERS = ["bench", "what", "ours", "reference", "ratio median (min–max)", "target"]


def main() -> None:
    """Run what is asked for and print the table."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(PAIRS)}")
    names = asked.parse_args().names or list(PAIRS)
    if unknown := [name for name in names if name not in PAIRS]:
        asked.error(f"no bench is called {', '.join(unknown)}; there are {', '.join(PAIRS)}")
    try:
        rows = [_row(PAIRS[name]) for name in names]
    finally:
        close()
    print_table(rows, HEADERS, "Times for one piece of work; a ratio of 2 is twice as fast as the reference")


def _row(pair: Pair) -> list[str]:
    target = f"≥ {pair.target:g}" if pair.target else ""
    try:
        result = run(pair)
    except Absent as absent:
        return [pair.name, pair.what, "", f"{pair.reference}: {absent}", "", target]
    low, high = min(result.ratios), max(result.ratios)
    return [
        pair.name,
        pair.what,
        _time(result.ours),
        f"{pair.reference}: {_time(result.reference)}",
        f"{result.ratio:.3g} ({low:.3g}–{high:.3g})",
        target if result.ratio >= (pair.target or 0) else f"{target}: missed",
    ]


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms"


main()
