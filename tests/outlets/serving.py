"""Serves generated outlets on loopback under their names, and remembers who asked for what."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

from .model import Answer, GeneratedSite

ADDRESS = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """One request and how it was answered."""

    at: float
    """time.monotonic()"""
    host: str
    target: str
    """Path and query as sent."""
    kind: str
    """Of the page (`Answer.kind`)."""
    status: int

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.target}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        site = self.server.sites.get(host)
        answer = site.answer(host, self.path) if site else Answer(b"", "elsewhere", status=421)
        tag = f'"{sha256(answer.body).hexdigest()[:20]}"'
        status = 304 if answer.status == 200 and self._has(tag, answer) else answer.status
        self.server.requests.append(Request(time.monotonic(), host, self.path, answer.kind, status))
        self._send(status, tag, answer)

    do_HEAD = do_GET  # noqa: N815 http.server's name

    def _has(self, tag: str, answer: Answer) -> bool:
        """If-None-Match counts before If-Modified-Since."""
        if (tags := self.headers.get("If-None-Match")) is not None:
            return tag in (known.strip() for known in tags.split(","))
        return self.headers.get("If-Modified-Since") == _http_date(answer)

    def _send(self, status: int, tag: str, answer: Answer) -> None:
        self.send_response(status)
        self.send_header("Content-Type", answer.content_type)
        if status in (200, 304):
            self.send_header("ETag", tag)
            self.send_header("Last-Modified", _http_date(answer))
        if answer.location:
            self.send_header("Location", answer.location)
        if status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: `requests` tells."""


def _http_date(answer: Answer) -> str:
    return format_datetime(answer.modified.astimezone(UTC), usegmt=True)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, sites: Iterable[GeneratedSite]) -> None:
        self.sites = {host: site for site in sites for host in site.hosts}
        self.requests: list[Request] = []
        super().__init__((ADDRESS, 0), _Handler)


class OutletServer:
    """Context manager around the server; ask `requests` and `asked` afterwards too."""

    def __init__(self, sites: Iterable[GeneratedSite]) -> None:
        self._http = _Http(sites)
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    @property
    def requests(self) -> list[Request]:
        """Every request, in order."""
        return self._http.requests

    @property
    def hosts(self) -> str:
        """Value of NEWSCRAWL_HOSTS: every outlet and every neighbour."""
        return ",".join(f"{host}={ADDRESS}:{self.port}" for host in sorted(self._http.sites))

    @property
    def allow_private_hosts(self) -> str:
        """Value of NEWSCRAWL_ALLOW_PRIVATE_HOSTS."""
        return f"{ADDRESS}:{self.port}"

    def asked(self, site: GeneratedSite, *kinds: str) -> list[Request]:
        """What a site and its neighbours were asked for; only pages of these kinds, where some are given."""
        return [one for one in self.requests if one.host in site.hosts and (not kinds or one.kind in kinds)]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
