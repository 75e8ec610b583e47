"""The address guard: nothing off a portal's hosts is asked, and no private address without leave."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError

from crawler.recording import walker

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.registry import Portal

PORTAL = "gongkai_portal"
"""Key of a request's meta: the portal for which it is made."""


class RefusedAddress(IgnoreRequest):
    """Raised by the guard for a request that must not be made."""


def is_private(address: str) -> bool:
    """Whether an IP address is anything but public."""
    ip = ipaddress.ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None)
    return not (mapped or ip).is_global or ip.is_multicast


class Guard:
    """Downloader middleware above all others: robots.txt, redirects and retries pass it too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        GuardedResolver.allowed.clear()
        GuardedResolver.refused.clear()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse addresses of no portal, and private ones written as numbers; names are looked at when resolved."""
        portal = self._portal(request)
        if portal is None:
            raise RefusedAddress(f"{urlparse_cached(request).netloc} is none of the portal's hosts")
        host = urlparse_cached(request).hostname or ""
        if portal.allow_private:
            GuardedResolver.allowed.add(host)
        elif _is_number(host) and is_private(host):
            raise RefusedAddress(f"{host} is a private address")

    def _portal(self, request: Request) -> Portal | None:
        portal = request.meta.get(PORTAL)
        candidates = [portal] if portal else walker(self._crawler).portals  # robots.txt names no portal
        return next((p for p in candidates if p.owns(request.url)), None)


class GuardedResolver(CachingThreadedResolver):
    """Resolves names; a name that stands for a private address does not resolve, unless a portal allows it.

    The reactor has one resolver for all crawls of the process, hence the class attributes.
    """

    allowed: ClassVar[set[str]] = set()
    refused: ClassVar[set[str]] = set()

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:  # noqa: N802 - Twisted's name
        """Look a name up and look at what it stands for."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if name not in self.allowed and is_private(address):
            self.refused.add(name)
            raise DNSLookupError(f"{name} stands for the private address {address}")
        return address


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
