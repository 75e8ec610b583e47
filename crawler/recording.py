"""The extension that opens the archive's recorder for a crawl that was given none, and says who we are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from scrapy import signals

from archive.captures.recorder import Recorder, open_recorder

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.registry import Portal


class Walker(Protocol):
    """As much of the spider as the other components need."""

    portals: list[Portal]
    recorder: Recorder | None


def walker(crawler: Crawler) -> Walker:
    """The spider of a crawl."""
    return cast("Walker", crawler.spider)


def recorder(crawler: Crawler) -> Recorder:
    """The recorder of a crawl, which `Recording` has opened."""
    return cast("Recorder", walker(crawler).recorder)


class Recording:
    """`gongkai crawl` opens the recorder itself; under `scrapy crawl column` this does."""

    def __init__(self, crawler: Crawler) -> None:
        given = walker(crawler).recorder
        self._recorder = given or open_recorder(Path(crawler.settings["GONGKAI_ARCHIVE"]))
        walker(crawler).recorder = self._recorder
        crawler.settings.set("USER_AGENT", self._recorder.user_agent, priority="spider")
        crawler.settings.set("GONGKAI_QUIET_HOURS", self._recorder.quiet_hours, priority="spider")
        if self._recorder.budget:
            crawler.settings.set("GONGKAI_MAX_REQUESTS", self._recorder.budget, priority="spider")
        if given is None:
            crawler.signals.connect(self._finish, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Recording:
        """Scrapy's way to make an extension."""
        return cls(crawler)

    def _finish(self) -> None:
        self._recorder.finish()
