"""A portal that behaves badly costs only itself: another in the same crawl is seen whole."""

import contextlib
import socket
import struct
from dataclasses import replace

import pytest

from archive.captures.records import FINISHED_STOPS
from crawler.demo import faults
from crawler.demo.county import qinghe, yingchuan
from crawler.demo.portal import SamplePortal
from tests.crawler.running import FakeRecorder, crawl, register

XZ, BM, ASIDE = "/zfxxgk/nb/xz/", "/zfxxgk/nb/bm/", "/zfxxgk/nb/qt/"
LIMIT = 100_000


def reset(right):
    """The connection is torn down without a word."""

    def deliver(wire, _):
        wire.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        wire.connection.close()
        wire.close()

    return replace(right, deliver=deliver)


def endless(right):
    """The page, and then blanks until the client hangs up."""

    def deliver(wire, response):
        wire.head(response.status, (*response.headers, ("Connection", "close")))
        wire.write(response.body)
        with contextlib.suppress(ConnectionError):
            while True:
                wire.write(b" " * faults.BLOCK)
        wire.close()

    return replace(right, deliver=deliver)


def not_gzip(right):
    """Plain text that is said to be compressed."""
    return replace(right, headers=(*right.headers, ("Content-Encoding", "gzip")))


SICK = {
    "hangs": faults.hang(3),
    "drips": faults.drip(200, 0.2),
    "resets": reset,
    "redirects in a circle": faults.redirect(ASIDE),
    "redirects to itself": faults.redirect(XZ),
    "says too long a length": faults.wrong_length(500),
    "says too short a length": faults.wrong_length(-500),
    "ends in the middle": faults.chunked(300, finished=False),
    "says it is compressed": not_gzip,
    "never ends": endless,
    "is too long": faults.huge(1 << 20),
}


@pytest.mark.parametrize("fault", SICK.values(), ids=SICK)
def test_a_sick_portal_costs_only_itself(tmp_path, fault):
    recorder = FakeRecorder()
    with SamplePortal(qinghe()) as sick, SamplePortal(yingchuan()) as sound:
        for path in (XZ, BM):
            sick.site.fail(path, fault)
        sick.site.fail(ASIDE, faults.redirect(XZ))
        register(tmp_path, sick)
        register(tmp_path, sound)
        crawl(tmp_path, "qinghe,yingchuan", recorder, DOWNLOAD_TIMEOUT=0.6, GONGKAI_MAX_BYTES=LIMIT)
    walks = {(w.portal, w.column): w for w in recorder.walks}
    assert (walks["yingchuan", "townships"].stop, walks["yingchuan", "townships"].counts["fetched"]) == (
        "total",
        6,
    )
    for column in ("townships", "departments"):
        walk = walks.get(("qinghe", column))
        assert walk is None or walk.stop not in FINISHED_STOPS
    assert all(len(exchange.payload) < 4 * LIMIT for exchange in recorder.exchanges)
    assert len(sick.fetched()) < 60


@pytest.mark.parametrize(
    "fault",
    [
        lambda right: replace(right, headers=(("Content-Type", "text/html; charset=iso-8859-1"),)),
        lambda right: replace(right, headers=(("Content-Type", "text/html; charset=no-such-thing"),)),
        lambda right: replace(right, headers=(("Content-Type", "application/pdf"),)),
        faults.both(
            faults.gbk, lambda right: replace(right, headers=(("Content-Type", "text/html; charset=utf-8"),))
        ),
    ],
)
def test_a_list_that_lies_about_its_encoding_is_read(tmp_path, fault):
    recorder = FakeRecorder()
    with SamplePortal(yingchuan()) as portal:
        portal.site.fail(XZ, fault)
        register(tmp_path, portal)
        crawl(tmp_path, "yingchuan", recorder)
    [walk] = recorder.walks
    assert (walk.stop, walk.counts["fetched"]) == ("total", 6)
