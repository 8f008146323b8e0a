"""Bounds on the work of one response, in a crawl: set low, so that harmless answers reach them (G4)."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.extraction.body.test_multipage import page

from .crawling import Crawl

pytestmark = pytest.mark.e2e

HOST = "http://tide-post.example"
NAMES = ("crumbs", "members", "plain")
LISTING = "".join(
    f"<article><h2><a href='/{name}-of-the-harbour'>The long story of the {name} of the harbour</a></h2></article>"
    for name in NAMES
)
SETTINGS = """
import threading
from newscrawl.settings import *
import newscrawl.fetch.arrivals, newscrawl.middlewares.decompression, newscrawl.middlewares.robots_rules
import newscrawl.web.decompress
from protego import Protego

newscrawl.fetch.arrivals.MAX_CRUMBS = 100
newscrawl.web.decompress.MAX_MEMBERS = 3
newscrawl.middlewares.decompression.SMALL = newscrawl.middlewares.robots_rules.SMALL = 20
loop = threading.get_ident()

def elsewhere(work):
    def run(*args, **how):
        assert threading.get_ident() != loop
        return work(*args, **how)
    return run

Protego.can_fetch = elsewhere(Protego.can_fetch)
newscrawl.middlewares.decompression.decode = elsewhere(newscrawl.web.decompress.decode)
"""


class _Outlet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            return self.answer(b"User-agent: *\nDisallow: /private/\n", "text/plain")
        if self.path == "/":
            return self.answer(LISTING.encode())
        article = page(self.path, title=f"The {self.path[1:].replace('-', ' ')}")
        if self.path.startswith("/members"):
            cut = len(article) // 4
            pieces = (article[:cut], article[cut : 2 * cut], article[2 * cut : 3 * cut], article[3 * cut :])
            return self.answer(b"".join(map(gzip.compress, pieces)), coding="gzip")
        if self.path.startswith("/plain"):
            return self.answer(gzip.compress(article), coding="gzip")
        if self.path.startswith("/crumbs"):
            return self.crumble(article)
        return self.send_error(404)

    def answer(self, body: bytes, kind: str = "text/html", coding: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(body)

    def crumble(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n")

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Outlet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"127.0.0.1:{server.server_port}"
        yield Crawl(tmp_path, hosts=f"tide-post.example={place}", allowed=place)
        server.shutdown()


def test_what_goes_beyond_the_bounds_is_given_up_and_the_loop_is_left_alone(crawl: Crawl) -> None:
    (crawl.folder / "probe_settings.py").write_text(SETTINGS)
    crawl.environment["SCRAPY_SETTINGS_MODULE"] = "probe_settings"
    done = crawl.run("news", "-a", f"url={HOST}/", "-s", "RETRY_ENABLED=False", "-s", "LOG_LEVEL=DEBUG")
    assert [record["url"] for record in crawl.records()] == [f"{HOST}/plain-of-the-harbour"], done.stderr
    stats = {name: f"'newscrawl/failed/{name}': 1" in done.stderr for name in ("bad_response", "too_large")}
    assert stats == {"bad_response": True, "too_large": True}, done.stderr
