"""One file per CMS family: page → family, page class, entries, next requests as data.

Pure: the same functions read a live response, a record of the archive and a file saved by hand.
"""

from parsers.portals.model import Inspection, Page


def inspect(page: Page) -> Inspection:
    """Say what a portal's page is and what follows from it."""
    # Late: `parsers.titles` takes its verdicts from our model, and we take our verdicts from it.
    from parsers.portals.look import look

    return look(page)
