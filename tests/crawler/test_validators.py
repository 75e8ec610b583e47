"""A second crawl of an unchanged portal moves almost no bytes."""

import os
import subprocess
import sys
import threading
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from archive.database import read_database
from archive.folder import Folder
from crawler.demo.county import yingchuan
from crawler.demo.record import registry_record
from crawler.demo.trs import answer, paths


class Handler(SimpleHTTPRequestHandler):
    """Static files, with Last-Modified and its 304."""

    asked: list[tuple[str, int, bool]] = []  # noqa: RUF012 - shared by all connections on purpose

    def log_request(self, code="-", size="-"):
        self.asked.append((self.path, int(code), "If-Modified-Since" in self.headers))

    def log_message(self, *_):
        pass


@pytest.fixture
def static(tmp_path):
    """The small county as files behind a server that knows validators: base URL, and what was asked."""
    site, root = yingchuan(), tmp_path / "site"
    for path in paths(site):
        response = answer(site, path)
        if response.status == 200:
            file = root / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(response.body)
            os.utime(file, (1_700_000_000, 1_700_000_000))
    Handler.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=root))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield site, f"http://127.0.0.1:{server.server_port}", root
    server.shutdown()
    server.server_close()
    thread.join()


def crawl(folder, now):
    Handler.asked.clear()
    command = [sys.executable, "-m", "crawler", "--archive", str(folder.root), "crawl", "yingchuan"]
    subprocess.run(command, env={**os.environ, "GONGKAI_NOW": now}, check=True, capture_output=True)
    return list(Handler.asked)


def kinds(folder, since):
    with closing(read_database(folder)) as database:
        rows = database.execute("SELECT kind, count(*) FROM captures WHERE at > ? GROUP BY kind", [since])
        return dict(map(tuple, rows))


def test_second_crawl_asks_with_validators_and_sees_the_same(static, tmp_path):
    site, base, _ = static
    folder = Folder(tmp_path / "archive").create()
    (folder.inputs / "portals" / "yingchuan.yaml").write_text(registry_record(site, base))
    first = crawl(folder, "2025-05-06T01:00:00Z")
    assert {code for _, code, _ in first} == {200}
    second = crawl(folder, "2025-05-08T01:00:00Z")
    assert sorted(path for path, *_ in first) == sorted(path for path, *_ in second)
    assert {(code, sent) for path, code, sent in second if path != "/robots.txt"} == {(304, True)}
    assert [(code, sent) for path, code, sent in second if path == "/robots.txt"] == [(200, False)]
    assert kinds(folder, "2025-05-07") == {"validated": len(second) - 1, "revisit": 1}
    with closing(read_database(folder)) as database:
        assert {row[0] for row in database.execute("SELECT stop FROM walks")} <= {"end", "total"}
        assert database.execute("SELECT min(sights) FROM renditions").fetchone()[0] == 2


def test_what_changed_is_fetched(static, tmp_path):
    site, base, root = static
    folder = Folder(tmp_path / "archive").create()
    (folder.inputs / "portals" / "yingchuan.yaml").write_text(registry_record(site, base))
    crawl(folder, "2025-05-06T01:00:00Z")
    path = site.address("月牙镇", 2023)
    site.edit_cell("月牙镇", 2023, "requests.granted.business", 41)
    (root / path.lstrip("/")).write_bytes(answer(site, path).body)
    for now in ("2025-05-08T01:00:00Z", "2025-05-10T01:00:00Z"):
        crawl(folder, now)
    with closing(read_database(folder)) as database:
        (event,) = database.execute("SELECT year, captures FROM events WHERE kind = 'revised'").fetchall()
        assert event["year"] == 2023
