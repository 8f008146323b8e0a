"""Articles in several parts in a crawl: their parts are fetched as politely as pages, and give one record."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.extraction.body.test_multipage import page

from .crawling import Crawl

pytestmark = pytest.mark.e2e

HOST = "http://tide-post.example"
LISTING = "<html><body>" + "".join(
    f"<article><h2><a href='/{name}-of-the-harbour'>The long story of the {name} of the harbour</a></h2></article>"
    for name in ("whole", "broken", "shut")
)
PAGES = {
    "/robots.txt": b"User-agent: *\nDisallow: /shut-of-the-harbour/2\n",
    "/": LISTING.encode(),
    "/whole-of-the-harbour": page("first", "<a href='/whole-of-the-harbour/2'>2</a>", "The whole harbour"),
    "/whole-of-the-harbour/2": page("second", "<a href='/whole-of-the-harbour/3'>3</a>", "The whole harbour"),
    "/whole-of-the-harbour/3": page("third", title="The whole harbour"),
    "/broken-of-the-harbour": page("broken", "<a href='/broken-of-the-harbour/2'>2</a>", "The broken harbour"),
    "/shut-of-the-harbour": page("shut", "<a href='/shut-of-the-harbour/2'>2</a>", "The shut harbour"),
    "/shut-of-the-harbour/2": page("secret", title="The shut harbour"),
}


class _Outlet(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def outlet(tmp_path: Path) -> Iterator[tuple[Crawl, list[str]]]:
    handler = type("Outlet", (_Outlet,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"127.0.0.1:{server.server_port}"
        yield Crawl(tmp_path, hosts=f"tide-post.example={place}", allowed=place), handler.asked
        server.shutdown()


def test_parts_give_one_record_and_one_that_cannot_be_had_is_told(outlet: tuple[Crawl, list[str]]) -> None:
    crawl, asked = outlet
    done = crawl.run("news", "-a", f"url={HOST}/")
    assert done.returncode == 0, done.stderr
    records = {record["title"]: record for record in crawl.records()}
    assert set(records) == {"The whole harbour", "The broken harbour", "The shut harbour"}, done.stderr
    whole = records["The whole harbour"]
    assert whole["url"] == f"{HOST}/whole-of-the-harbour"
    assert [name in whole["body"] for name in ("first", "second", "third")] == [True] * 3
    assert whole["extraction"]["warnings"] == []
    for name in ("broken", "shut"):
        assert "part_missing" in records[f"The {name} harbour"]["extraction"]["warnings"]
    assert "/shut-of-the-harbour/2" not in asked
    assert asked.count("/whole-of-the-harbour/2") == 1
