"""The ground on which a search for columns may walk: no portal yet, but what the guard and the pacing take for one."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from pydantic import Field

from crawler import registry

_PORTS = {"http": 80, "https": 443}


class Ground(registry.Portal):
    """The home page's host, the hosts below it (`xxgk.x.gov.cn` of `www.x.gov.cn`), and `elsewhere`: hosts of other
    portals to which a link that names a column led."""

    name: str = ""
    division: str = ""
    columns: tuple[registry.Column, ...] = ()
    elsewhere: set[str] = Field(default_factory=set)

    def is_own(self, url: str) -> bool:
        """Whether an address stands on the place's own hosts."""
        if super().owns(url):
            return True
        name = _usual_host(url)
        sites = [host.removeprefix("www.") for host in self.hosts if ":" not in host and not is_number(host)]
        return any(name == site or name.endswith(f".{site}") for site in sites)

    def owns(self, url: str) -> bool:
        """Whether an address may be asked for."""
        return self.is_own(url) or _usual_host(url) in self.elsewhere


def is_governmental(url: str) -> bool:
    """Whether an address stands under gov.cn: copies of such pages stand on many hosts that are nobody's."""
    return (urlsplit(url).hostname or "").lower().endswith(".gov.cn")


def is_number(host: str) -> bool:
    """Whether a host is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _usual_host(url: str) -> str:
    """The host of a web address at the usual port, in lower case; nothing for any other address."""
    try:
        parts = urlsplit(url)
        usual = parts.port in {None, _PORTS.get(parts.scheme)}
    except ValueError:
        return ""
    return (parts.hostname or "").lower() if usual and parts.scheme in _PORTS else ""
