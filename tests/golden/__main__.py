"""`python -m tests.golden`: shows the figures; `--update [--allow-lower NAME]…` pins them."""

import argparse
import json
import sys

from tests.golden.measure import PINNED, measure, pinned, worse


def main() -> int:
    """Show or pin."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("--update", action="store_true", help="pin the figures as they are")
    parser.add_argument(
        "--allow-lower", action="append", default=[], metavar="NAME", help="a floor that may fall"
    )
    asked = parser.parse_args()
    new = measure()
    text = json.dumps(new, indent=2) + "\n"
    sys.stdout.write(text)
    if not asked.update:
        return 0
    refused = [
        name for name in (worse(pinned(), new) if PINNED.exists() else []) if name not in asked.allow_lower
    ]
    if refused:
        sys.stderr.write(f"worse than pinned: {', '.join(refused)}; name each with --allow-lower to pin it\n")
        return 1
    PINNED.write_text(text)
    return 0


sys.exit(main())
