"""The address guard: nothing off a portal's hosts is asked, and no private address without leave."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from scrapy.utils.httpobj import urlparse_cached

from crawler.recording import walker

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.registry import Portal

PORTAL = "gongkai_portal"
"""Key of a request's meta: the portal for which it is made."""


class RefusedAddress(IgnoreRequest):
    """Raised by the guard for a request that must not be made."""


def is_private(address: str) -> bool:
    """Whether an IP address is anything but public."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = (getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)) or ip
    return not inner.is_global or ip.is_multicast


class Guard:
    """Downloader middleware above all others: robots.txt, redirects and retries pass it too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._passed: set[tuple[str, str, str]] = set()
        GuardedResolver.allowed.clear()
        GuardedResolver.refused.clear()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse addresses of no portal, and private ones written as numbers; names are looked at when resolved."""
        parts, owner = urlparse_cached(request), request.meta.get(PORTAL)
        mark = (owner.id if owner else "", parts.scheme, parts.netloc)
        if mark in self._passed:
            return
        portal = self._portal(request)
        if portal is None:
            raise RefusedAddress(f"{parts.netloc} is none of the portal's hosts")
        host = parts.hostname or ""
        if portal.allow_private:
            GuardedResolver.allowed.add(host)
        elif _is_number(host) and is_private(host):
            raise RefusedAddress(f"{host} is a private address")
        self._passed.add(mark)

    def _portal(self, request: Request) -> Portal | None:
        portal = request.meta.get(PORTAL)
        candidates = [portal] if portal else walker(self._crawler).portals  # robots.txt names no portal
        return next((p for p in candidates if p.owns(request.url)), None)


class GuardedResolver(CachingHostnameResolver):
    """Resolves names to IPv4 and IPv6 addresses; private ones are left out, unless a portal allows them.

    The reactor has one resolver for all crawls of the process, hence the class attributes.
    """

    allowed: ClassVar[set[str]] = set()
    refused: ClassVar[set[str]] = set()

    def resolveHostName(self, resolutionReceiver: Any, hostName: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N802, N803 - Twisted's names
        """Look a name up and look at what it stands for."""
        receiver: Any = _Receiver(resolutionReceiver, hostName)
        return super().resolveHostName(receiver, hostName, *args, **kwargs)


class _Receiver:
    """Hands on the addresses that may be connected to."""

    def __init__(self, receiver: Any, name: str) -> None:
        self._receiver, self._name = receiver, name
        self._left_out, self._handed_on = 0, 0
        self.resolutionBegan = receiver.resolutionBegan  # Twisted's name

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's name
        if self._name not in GuardedResolver.allowed and is_private(address.host):
            self._left_out += 1
            return
        self._handed_on += 1
        self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        if self._left_out and not self._handed_on:
            GuardedResolver.refused.add(self._name)
        self._receiver.resolutionComplete()


def check_peer(request: Request, peer: IPv4Address | IPv6Address | None) -> None:
    """Raise where the address that answers is private and the request's host may not stand for one."""
    host = urlparse_cached(request).hostname or ""
    if peer is not None and host not in GuardedResolver.allowed and is_private(str(peer)):
        raise RefusedAddress(f"{host} was answered from the private address {peer}")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
