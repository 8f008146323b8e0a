"""A small server of several hosts for crawls: pages by "host/path", what was asked for and when."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from newscrawl.web.rights import TDMREP_PATH
from tests.extraction.body.test_multipage import page

from .crawling import Crawl


class Asked(NamedTuple):
    """One request."""

    host: str
    path: str
    at: float
    headers: Mapping[str, str] = {}


class Answer(NamedTuple):
    """What is sent back."""

    body: bytes = b""
    status: int = 200
    location: str = ""
    kind: str = "text/html; charset=utf-8"


Pages = dict[str, Answer]


def article(name: str) -> Answer:
    """An article's page."""
    return Answer(page(name, title=f"The long story of the {name} of the harbour"))


def listing(paths: Iterable[str]) -> Answer:
    """A front page that leads to articles."""
    stories = (f"<article><h2><a href='{path}'>The long story of {path[1:]} told</a></h2></article>" for path in paths)
    return Answer("".join(stories).encode())


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Silent: crawls that are stopped break their connections."""


class Paper:
    """The server, as a context manager; every host that pages name resolves to it."""

    def __init__(self, pages: Pages, slow: Callable[[str], float] = lambda _: 0) -> None:
        self.pages = pages
        self.asked: list[Asked] = []
        """But for the tdmrep.json of a host that has none, which each host is asked for once a run."""
        paper = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host = (self.headers.get("Host") or "").partition(":")[0]
                if self.path != TDMREP_PATH or f"{host}{self.path}" in paper.pages:
                    paper.asked.append(Asked(host, self.path, time.monotonic(), dict(self.headers)))
                time.sleep(slow(self.path))
                answer = paper.pages.get(f"{host}{self.path}", Answer(status=404))
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.body)))
                if answer.location:
                    self.send_header("Location", answer.location)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.place = f"127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def crawl(self, folder: Path, **others: str) -> Crawl:
        """Crawls of its hosts; `others`: further hosts (their dots as "_") and where they are."""
        hosts = {key.partition("/")[0]: self.place for key in self.pages}
        hosts |= {name.replace("_", "."): place for name, place in others.items()}
        folder.mkdir(exist_ok=True)
        return Crawl(folder, hosts=",".join(f"{name}={place}" for name, place in hosts.items()), allowed=self.place)

    def gaps(self, host: str) -> list[float]:
        """Seconds between two requests to a host."""
        times = sorted(asked.at for asked in self.asked if asked.host == host)
        return [later - earlier for earlier, later in pairwise(times)]
