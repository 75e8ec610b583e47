"""The one exception whose message is meant for the user."""

from enum import IntEnum


class Status(IntEnum):
    """Exit statuses of the command."""

    DONE = 0
    ATTENTION = 1  # done, and something needs a person
    ARGUMENTS = 2  # wrong arguments, registry, inputs or folder
    NO_REPORT = 3  # nothing in the file is a report
    UNREADABLE = 4  # the file cannot be read
    BUSY = 5  # another process holds the archive


class Fault(Exception):  # noqa: N818 - it is the word the user reads about, and no programming error
    """One clear sentence for the user and the exit status that goes with it."""

    def __init__(self, sentence: str, status: Status = Status.ARGUMENTS) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class Newer(Fault):
    """What lies there was made by a newer version, and an older one must not touch it."""
