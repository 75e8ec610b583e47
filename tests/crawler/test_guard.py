import ipaddress

import pytest
from scrapy import Request
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.demo.county import yingchuan
from crawler.demo.portal import SamplePortal
from crawler.guard import GuardedResolver, RefusedAddress, _Receiver, check_peer, is_private
from tests.crawler.running import FakeRecorder, crawl, register

ADDRESSES = {
    "39.102.231.87": False,
    "2408:8000::1": False,
    "10.0.0.1": True,
    "127.0.0.1": True,
    "169.254.169.254": True,
    "100.64.0.1": True,
    "0.0.0.0": True,  # noqa: S104
    "224.0.0.1": True,
    "::1": True,
    "fe80::1%eth0": True,
    "fd00::1": True,
    "::ffff:10.0.0.1": True,
    "2002:7f00:1::": True,
}


@pytest.mark.parametrize(("address", "private"), ADDRESSES.items())
def test_private_addresses(address, private):
    assert is_private(address) is private


class Receiver:
    def __init__(self):
        self.handed_on, self.complete = [], False

    def resolutionBegan(self, resolution):  # noqa: N802
        pass

    def addressResolved(self, address):  # noqa: N802
        self.handed_on.append(address.host)

    def resolutionComplete(self):  # noqa: N802
        self.complete = True


@pytest.fixture(autouse=True)
def forget():
    for names in (GuardedResolver.allowed, GuardedResolver.refused):
        names.clear()
    yield
    for names in (GuardedResolver.allowed, GuardedResolver.refused):
        names.clear()


def resolve(*addresses):
    inner = Receiver()
    receiver = _Receiver(inner, "www.x.example")
    for address in addresses:
        kind = IPv6Address if ":" in address else IPv4Address
        receiver.addressResolved(kind("TCP", address, 80))
    receiver.resolutionComplete()
    assert inner.complete
    return inner.handed_on


def test_private_addresses_of_either_family_are_left_out():
    assert resolve("39.102.231.87", "10.0.0.1", "fd00::1", "2408:8000::1") == [
        "39.102.231.87",
        "2408:8000::1",
    ]
    assert GuardedResolver.refused == set()


def test_a_name_with_nothing_else_is_refused():
    assert resolve("10.0.0.1", "::1") == []
    assert GuardedResolver.refused == {"www.x.example"}


def test_a_portal_may_allow_them():
    GuardedResolver.allowed.add("www.x.example")
    assert resolve("10.0.0.1", "::1") == ["10.0.0.1", "::1"]


def test_an_answer_from_a_private_address_is_not_read(tmp_path, monkeypatch):
    """Were the resolver got round, the connected peer would still be looked at."""
    monkeypatch.setattr(
        _Receiver, "addressResolved", lambda self, address: self._receiver.addressResolved(address)
    )
    recorder = FakeRecorder()
    with SamplePortal(yingchuan()) as portal:
        name = portal.host.replace("127.0.0.1", "localhost")
        register(tmp_path, portal, **{"allow_private: true": "allow_private: false", portal.host: name})
        crawl(tmp_path, "yingchuan", recorder)
    assert recorder.exchanges == []
    assert {f.kind for f in recorder.failures} == {"address_guard"}


def test_who_answers_is_looked_at_again():
    request = Request("http://www.x.example/")
    check_peer(request, ipaddress.ip_address("39.102.231.87"))
    check_peer(request, None)
    for peer in ("10.0.0.1", "::1"):
        with pytest.raises(RefusedAddress, match="private"):
            check_peer(request, ipaddress.ip_address(peer))
    GuardedResolver.allowed.add("www.x.example")
    check_peer(request, ipaddress.ip_address("10.0.0.1"))
