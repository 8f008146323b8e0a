"""A site of many small articles, named by feeds of 100, that tells when it has answered so many of them."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Condition, Thread
from types import TracebackType
from typing import Self

from tests.faults import articles

HOST = "chaos.example"
FEED_ENTRIES = 100
PARAGRAPHS = 8
"""They make a page of 5 KB."""


class Site:
    """On 127.0.0.1, as a context manager; over TLS where a context is given."""

    def __init__(self, count: int, tls: SSLContext | None = None) -> None:
        self.home = f"http{'s' if tls else ''}://{HOST}"
        self.paths = [f"/news/{number:05}" for number in range(count)]
        self._bodies: dict[str, bytes | None] = dict.fromkeys(self.paths)  # made when they are asked for
        feeds = range(0, count, FEED_ENTRIES)
        self.feeds = [f"{self.home}/feeds/{first}.xml" for first in feeds]
        self._bodies |= {f"/feeds/{first}.xml": self._feed(self.paths[first : first + FEED_ENTRIES]) for first in feeds}
        self.asked = 0
        """Requests for articles."""
        self._changed = Condition()
        handler = type("Handler", (_Handler,), {"site": self})
        self._http = _Server(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        if tls:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def address(self) -> str:
        """127.0.0.1:PORT."""
        return f"127.0.0.1:{self._http.server_address[1]}"

    @property
    def urls(self) -> list[str]:
        """Of all articles."""
        return [f"{self.home}{path}" for path in self.paths]

    def answer(self, path: str) -> bytes | None:
        """The body under a path; None for a path that there is not."""
        with self._changed:
            self.asked += path.startswith("/news/")
            self._changed.notify_all()
        body = self._bodies.get(path)
        if body is None and path in self._bodies:
            self._bodies[path] = body = _page(path)
        return body

    def count_anew(self) -> None:
        """Forgets how many articles were asked for."""
        with self._changed:
            self.asked = 0

    def wait_for(self, asked: int, timeout: float) -> bool:
        """Waits until so many articles were asked for; False when the time is over."""
        with self._changed:
            return self._changed.wait_for(lambda: self.asked >= asked, timeout)

    def _feed(self, paths: list[str]) -> bytes:
        return articles.rss((path, f"{self.home}{path}") for path in paths).encode()

    def __enter__(self) -> Self:
        Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Silent: crawls that are killed reset their connections."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    site: Site

    def do_GET(self) -> None:
        body = self.site.answer(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "application/rss+xml" if self.path.endswith(".xml") else "text/html")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


def _page(path: str) -> bytes:
    return articles.article(path, body=articles.paragraphs(path, PARAGRAPHS), head='<meta charset="utf-8">').encode()
