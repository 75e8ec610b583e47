"""The browser extra: portals marked `browser: true`, whose pages are drawn by scripts, are seen through Chromium.

Chromium resolves names itself and follows redirects that nobody is asked about. So it knows no host but those of the
portals it is started for, each pinned to the address that the guard has passed, and no proxy; and every request of a
page is looked at again before it is made.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from crawler.guard import GuardedResolver, is_private
from crawler.handler import RENDERED
from parsers.errors import Fault

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from crawler.registry import Portal

EXECUTABLE = "GONGKAI_BROWSER"
"""Environment variable that names the browser's executable, where it is not one of `NAMES` on the path."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
TURNED = "gongkai_turned"
"""Key of a request's meta: its page is a list, and is turned to its end."""
_USUAL_PORTS = ("80", "443")
MOST_LOADS = 3
"""A page may load itself again once its script has set a cookie; one that goes on and on is a challenge not passed."""
_NOT_NEEDED = frozenset(
    {"image", "media", "font", "stylesheet", "websocket", "eventsource", "ping", "manifest"}
)
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",  # through a proxy the address guard would guard nothing
)


def executable() -> str:
    """The path of the browser; raises a `Fault` where the extra or the browser is not installed."""
    if find_spec("scrapy_playwright") is None:
        raise Fault("a portal marked `browser: true` needs the extra: pip install 'gongkai[browser]'")
    named = os.environ.get(EXECUTABLE)
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise Fault(
            f"the extra `browser` finds no Chromium: apt install chromium, or name one in ${EXECUTABLE}"
        )
    return found


def prepare(settings: BaseSettings, portals: list[Portal]) -> None:
    """Set a crawl up so that pages of portals marked `browser: true` are drawn; nothing where there are none."""
    drawn = [portal for portal in portals if portal.browser]
    if not drawn:
        return
    flags = [*_FLAGS, f"--host-resolver-rules={', '.join(_resolver_rules(drawn))}"]
    options = {"executable_path": executable(), "args": flags, "chromium_sandbox": os.geteuid() != 0}
    timeout_ms = 1000 * settings.getfloat("DOWNLOAD_TIMEOUT")
    for name, value in {
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "crawler.drawing.DrawingHandler"),
        "PLAYWRIGHT_LAUNCH_OPTIONS": options,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": timeout_ms,
        "PLAYWRIGHT_ABORT_REQUEST": PageGuard(drawn),
    }.items():
        settings.set(name, value, priority="spider")


def meta(user_agent: str, *, turned: bool = False) -> dict[str, Any]:
    """What a request's meta must hold so that the browser answers it, `turned` to the end of its list."""
    context = {
        "user_agent": user_agent,
        "locale": "zh-CN",
        "service_workers": "block",  # they would ask past the guard
        "accept_downloads": True,
        "ignore_https_errors": True,  # as the crawl without a browser: many portals' certificates are out of date
    }
    return {
        RENDERED: True,
        "playwright_context_kwargs": context,
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        **({TURNED: True} if turned else {}),
    }


class PageGuard:
    """Says which requests of a page are aborted: all but scripts, documents and data from the portals' own hosts."""

    def __init__(self, portals: list[Portal]) -> None:
        self._portals = portals
        self._loads: WeakKeyDictionary[Any, int] = WeakKeyDictionary()

    def __call__(self, request: Any) -> bool:
        """Whether a request of the browser is aborted."""
        if request.resource_type in _NOT_NEEDED or not self.allows(request.url):
            return True
        if not request.is_navigation_request():
            return False
        self._loads[request.frame] = self._loads.get(request.frame, 0) + 1
        return self._loads[request.frame] > MOST_LOADS

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for."""
        return self.portal_of(url) is not None

    def portal_of(self, url: str) -> Portal | None:
        """The portal of an address that may be asked for."""
        private = _is_private_number(urlsplit(url).hostname or "")
        return next((p for p in self._portals if p.owns(url) and (p.allow_private or not private)), None)


def _resolver_rules(portals: Iterable[Portal]) -> Iterator[str]:
    """Chromium's rules for names: the portals' hosts stand for what they stand for now, all others for nothing."""
    for portal in portals:
        for host in portal.hosts:
            name, _, port = host.partition(":")
            if address := _address(name, private=portal.allow_private):
                for number in [port] if port else _USUAL_PORTS:
                    yield f"MAP {name}:{number} {address}:{number}"
    yield "MAP * ~NOTFOUND"


def _address(name: str, *, private: bool) -> str | None:
    try:
        infos = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except OSError:
        return None  # the browser will not find it either, and the archive will say so
    addresses = [str(info[4][0]) for info in infos]
    allowed = [address for address in addresses if private or not is_private(address)]
    if not allowed:
        GuardedResolver.refused.add(name)
        return None
    address = min(allowed, key=lambda a: ":" in a)
    return f"[{address}]" if ":" in address else address


def _is_private_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return is_private(host)
