"""Cookies and headers of an outlet one pays for reach its host alone, no log, no file; a company's proxy works."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from .paper import Answer, Pages, Paper, article, listing

pytestmark = pytest.mark.e2e

PAID, AWAY, LANDING = "/news/the-paid-story-told", "/news/the-story-that-left", "/news/the-story-elsewhere"
FILE = """
["http://paid.example"]
cookies = { session = "sesame" }
headers = { X-Plan = "sesame-too" }
"""


def site() -> Pages:
    return {
        "paid.example/": listing((PAID, AWAY)),
        f"paid.example{PAID}": article("paid"),
        f"paid.example{AWAY}": Answer(status=302, location=f"http://other.example{LANDING}"),
        f"other.example{LANDING}": article("elsewhere"),
    }


def test_only_the_host_gets_them_and_nothing_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "paid.toml").write_text(FILE)
    with Paper(site()) as paper:
        crawl = paper.crawl(tmp_path)
        settings = ("-s", "NEWSCRAWL_SUBSCRIPTIONS=paid.toml", "-s", "LOG_LEVEL=DEBUG")
        done = crawl.run("news", "-a", "url=http://paid.example/", *settings)
    assert done.returncode == 0, done.stderr
    assert len(crawl.records()) == 2
    for asked in paper.asked:
        sent = (asked.headers.get("Cookie"), asked.headers.get("X-Plan"))
        assert sent == (("session=sesame", "sesame-too") if asked.host == "paid.example" else (None, None)), asked
    assert {asked.host for asked in paper.asked} == {"paid.example", "other.example"}
    assert "sesame" not in done.stderr
    kept = [path for path in crawl.data.rglob("*") if path.is_file() and b"sesame" in path.read_bytes()]
    assert kept == []


class _Proxy(BaseHTTPRequestHandler):
    """Forwards GET requests for http URLs, as a company's proxy does."""

    place = ""
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        host, _, path = self.path.removeprefix("http://").partition("/")
        request = Request(f"http://{self.place}/{path}", headers={"Host": host})
        with build_opener(ProxyHandler({})).open(request, timeout=20) as answer:
            body = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


def test_a_companys_proxy_is_allowed_by_name(tmp_path: Path) -> None:
    with Paper({"paid.example/feed.xml": feed(), f"paid.example{PAID}": article("paid")} | files()) as paper:
        _Proxy.place, _Proxy.asked = paper.place, []
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Proxy)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (tmp_path / "paid.py").write_text(SPIDER)
        crawl = paper.crawl(tmp_path)
        place = f"127.0.0.1:{server.server_port}"
        crawl.environment |= {"http_proxy": f"http://{place}", "no_proxy": "", "NEWSCRAWL_HOSTS": ""}
        crawl.environment["NEWSCRAWL_ALLOW_PRIVATE_HOSTS"] = place
        done = crawl.run("paid", "-s", "SPIDER_MODULES=paid")
        crawl.environment["NEWSCRAWL_ALLOW_PRIVATE_HOSTS"] = ""
        refused = crawl.run("paid", "-s", "SPIDER_MODULES=paid")
        server.shutdown()
        server.server_close()
    assert done.returncode == 0, done.stderr
    assert f"http://paid.example{PAID}" in _Proxy.asked
    assert len(crawl.records()) == 1
    assert refused.returncode == 4, "a proxy at a private address is refused like any other host"


SPIDER = """
from newscrawl.spider import SiteSpider

class Paid(SiteSpider):
    name = "paid"
    feeds = ("http://paid.example/feed.xml",)
"""


def feed() -> Answer:
    item = f"<item><title>The paid story</title><link>http://paid.example{PAID}</link></item>"
    return Answer(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), kind="application/rss+xml")


def files() -> Pages:
    """What else is asked: the proxy above knows no 404."""
    return {"paid.example/robots.txt": Answer(b""), "paid.example/.well-known/tdmrep.json": Answer(b"[]")}
