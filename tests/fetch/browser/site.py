"""A site whose pages show nothing without scripts, and canaries: servers on private addresses that nobody may reach."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

NAME = "quaypost.example"
STORY = (
    "The swing bridge over the inner basin stays closed to carts until the spring, the harbour board said on Tuesday.",
    "Divers found two of the eight bearings cracked, and the makers of the old ones gave up business years ago.",
    "A foundry upriver has offered to cast new ones by February, at twice what the board had set aside for the work.",
    "Until then the ferry runs every ten minutes from six in the morning, and traders on the island pay no fare.",
)
"""Paragraphs of the article."""

SHELL = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Bridge closed until spring - Quay Post</title>
{head}</head><body><noscript>Please enable JavaScript to read this site.</noscript><div id="app"></div>
<script>{script}</script></body></html>"""
RENDER = """
const show = story => { document.getElementById("app").innerHTML =
  "<article><h1>Bridge closed until spring</h1><time datetime='2026-11-03'>3 November 2026</time>" +
  story.map(text => "<p>" + text + "</p>").join("") + "</article>"; };
fetch("/api/story").then(answer => answer.json()).then(show);
"""

Answer = tuple[str, bytes] | tuple[int, str]
"""Content type and body; or a status and where it redirects to."""


class Server:
    """Answers GET by a function of the path, on loopback; `asked` holds the paths."""

    def __init__(self, answer: Callable[[str], Answer | None]) -> None:
        self.asked: list[str] = []
        self.connections = 0
        self.headers: dict[str, dict[str, str]] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(answer))
        self._http.daemon_threads = True
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def _handler(self, answer: Callable[[str], Answer | None]) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                server.connections += 1
                super().setup()

            def do_GET(self) -> None:
                server.asked.append(self.path)
                server.headers[self.path] = {name.lower(): value for name, value in self.headers.items()}
                found = answer(self.path)
                if found is None:
                    self.send_error(404)
                elif isinstance(found[0], int):
                    self.send_response(found[0])
                    self.send_header("Location", str(found[1]))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    assert isinstance(found[1], bytes)
                    self.send_response(200)
                    self.send_header("Content-Type", found[0])
                    self.send_header("Content-Length", str(len(found[1])))
                    self.end_headers()
                    self.wfile.write(found[1])

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        return Handler

    @property
    def port(self) -> int:
        """The port taken."""
        return int(self._http.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()


def feed(*slugs: str) -> Answer:
    """A feed that names these articles."""
    items = "".join(f"<item><title>A story</title><link>http://{NAME}/harbour/{slug}</link></item>" for slug in slugs)
    return (
        "application/rss+xml",
        f"<rss version='2.0'><channel><title>Quay Post</title>{items}</channel></rss>".encode(),
    )


def story(path: str, head: str = "") -> Answer | None:
    """An article that scripts make, and what they make it of."""
    if path == "/api/story":
        return "application/json", json.dumps(STORY).encode()
    return ("text/html", SHELL.format(head=head, script=RENDER).encode()) if path.startswith("/harbour/") else None


def spider(*lines: str, browser: bool = True) -> str:
    """The spider `quaypost`, with further lines of its class."""
    return "\n".join(
        (
            "from newscrawl.browser import Click, Scroll",
            "from newscrawl.spider import SiteSpider",
            "class QuayPost(SiteSpider):",
            "    name = 'quaypost'",
            f"    feeds = ('http://{NAME}/feed.xml',)",
            f"    browser = {browser}",
            *(f"    {line}" for line in lines),
        )
    )
