"""Many small sites on one loopback server, each under its own name, and what each was asked for."""

from __future__ import annotations

from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from tests.faults import articles

PARAGRAPHS = 5
TAG = '"one"'


class Towns:
    """`count` sites with `each` articles, on 127.0.0.1, as a context manager. A feed names all of a site's articles."""

    def __init__(self, count: int, each: int) -> None:
        self.names = [f"town{number:04}.example" for number in range(count)]
        self.paths = [f"/news/{number:03}-report" for number in range(each)]
        self.asked: defaultdict[str, list[str]] = defaultdict(list)
        """Paths by host, in the order of the requests."""
        self._lock = Lock()
        self._http = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"towns": self}))
        self._http.daemon_threads = True

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._http.server_address[1]}"

    @property
    def hosts(self) -> str:
        """Value of NEWSCRAWL_HOSTS."""
        return ",".join(f"{name}={self.address}" for name in self.names)

    @property
    def homes(self) -> list[str]:
        return [f"http://{name}/" for name in self.names]

    @property
    def urls(self) -> list[str]:
        """Of all articles."""
        return [f"http://{name}{path}" for name in self.names for path in self.paths]

    def answer(self, host: str, path: str) -> bytes | None:
        with self._lock:
            self.asked[host].append(path)
        if path in self.paths:
            slug = f"{host.partition('.')[0]}{path}"
            body = articles.paragraphs(slug, PARAGRAPHS)
            return articles.article(slug, body=body, head='<meta charset="utf-8">').encode()
        if path == "/":
            head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><title>Town</title>'
            return f"<!DOCTYPE html><html><head>{head}</head><body><h1>Town</h1></body></html>".encode()
        if path == "/feed.xml":
            return articles.rss((each, f"http://{host}{each}") for each in self.paths).encode()
        return None

    def __enter__(self) -> Self:
        Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Silent: runs that are killed reset their connections."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    towns: Towns

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        body = self.towns.answer(host, self.path)
        status = 404 if body is None else 304 if self.headers.get("If-None-Match") == TAG else 200
        self.send_response(status)
        if body is not None:
            self.send_header("ETag", TAG)
        if status != 304:
            self.send_header("Content-Type", "application/rss+xml" if self.path.endswith(".xml") else "text/html")
            self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        if status == 200:
            self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass
