"""`python -m tests.fuzz [--minutes N] [--format F]`: spoils documents and reads them until the time is over."""

import argparse
import sys
import time

from tests.fuzz.documents import BOMBS, FORMATS
from tests.fuzz.run import run

BATCH = 200


def main() -> int:
    """Run, and print what went wrong with the command that does it again."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--format", choices=[*FORMATS, "bomb"], help="this format only")
    parser.add_argument(
        "--first", type=int, default=int(time.time()) % 1_000_000 * 1000, help="number of the first case"
    )
    parser.add_argument("--count", type=int, help="so many cases, whatever the time")
    asked = parser.parse_args()
    kinds = [asked.format] if asked.format else [*FORMATS, "bomb"]
    stop, first, failures, read = time.monotonic() + 60 * asked.minutes, asked.first, 0, 0
    while True:
        for kind in kinds:
            bombs = kind == "bomb"
            for outcome in run(kind, 0 if bombs else first, len(BOMBS) if bombs else asked.count or BATCH):
                read += 1
                if outcome.failed:
                    failures += 1
                    sys.stdout.write(f"{outcome.name}\t{outcome.said}\t{outcome.seconds:.2f} s\n")
                    sys.stdout.flush()
            if bombs:
                kinds = [other for other in kinds if other != "bomb"]
        first += asked.count or BATCH
        if asked.count or time.monotonic() > stop or not kinds:
            break
    sys.stdout.write(f"{read} documents read, {failures} failed\n")
    return 1 if failures else 0


sys.exit(main())
