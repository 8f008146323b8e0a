"""A spider that is none of ours, crawled in a project with and without the add-on: it sees and does the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytestmark = pytest.mark.e2e

SPIDER = """
from scrapy import Request, Spider


class ForeignSpider(Spider):
    name = "foreign"

    async def start(self):
        yield Request(f"{self.home}/login", self.on_login, errback=self.on_error)
        yield Request(f"{self.home}/missing", self.on_page, errback=self.on_error)
        yield Request("data:,inline", self.on_page, errback=self.on_error)

    def on_login(self, response):
        yield from self.on_page(response)
        yield Request(f"{self.home}/inside", self.on_page, errback=self.on_error)

    def on_page(self, response):
        yield {"path": response.url.removeprefix(self.home), "status": response.status, "text": response.text}

    def on_error(self, failure):
        yield {"error": type(failure.value).__name__}
"""
SETTINGS = 'SPIDER_MODULES = ["foreign_spiders"]\nROBOTSTXT_OBEY = False\n'
ADDON = 'ADDONS = {"newscrawl.addon.Addon": 500}\n'


class Pages(BaseHTTPRequestHandler):
    """Sets a cookie at /login and prints what it is asked with; /missing is 404."""

    def do_GET(self) -> None:
        said = f"cookie {self.headers.get('Cookie')}, agent {self.headers.get('User-Agent')}".encode()
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Set-Cookie", "session=7")
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args: object) -> None: ...


@contextmanager
def served() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def crawled(folder: Path, home: str, settings: str) -> tuple[list[dict[str, Any]], str]:
    """What the spider found, and the log."""
    folder.mkdir()
    (folder / "foreign_settings.py").write_text(settings)
    (folder / "foreign_spiders.py").write_text(SPIDER)
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = foreign_settings\n")
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "scrapy", "crawl", "foreign", "-a", f"home={home}", "-O", "out.jsonl"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted(map(json.loads, lines), key=str), done.stderr


def test_the_add_on_leaves_it_as_it_is(tmp_path: Path) -> None:
    with served() as home:
        plain, plain_log = crawled(tmp_path / "plain", home, SETTINGS)
        ours, log = crawled(tmp_path / "ours", home, SETTINGS + ADDON)
    assert ours == plain
    assert {"error": "HttpError"} in ours
    assert "session=7" in next(item["text"] for item in ours if item.get("path") == "/inside")
    assert "DEBUG" in log
    assert "DEBUG" in plain_log
