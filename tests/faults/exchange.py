"""One request and the raw socket to answer it on, with the ways of answering that the faults share."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from . import articles

HTML = "text/html; charset=utf-8"
PHRASES = {
    200: "OK",
    206: "Partial Content",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    404: "Not Found",
}


@dataclass(slots=True)
class Visit:
    """One request as the server saw it."""

    started: float
    """time.monotonic() when its head was read."""
    host: str
    """Host header without the port, lower case."""
    method: str
    target: str
    """Path and query as sent."""
    headers: dict[str, str]
    """Names in lower case."""
    scene: str | None = None
    """Name of the fault that answered."""
    nth: int = 1
    """How often this host and target were asked for, this one included."""
    sent: int = 0
    """Bytes handed to the kernel for it."""
    ended: float | None = None
    """time.monotonic() when the answer was out or given up."""


@dataclass(slots=True)
class Exchange:
    """What a fault gets: the request, and the socket."""

    sock: socket.socket
    visit: Visit
    name: str
    """The scene."""
    base: str
    """URL of the scene, without a slash at the end."""
    rest: str
    """Path below the base, with its slash."""
    pace: float
    """Seconds between two drips."""
    wait: Callable[[float | None], bool]
    """Sleeps; true as soon as the server is to stop."""
    canary: str
    """host:port of the server that nobody may call."""
    targets: list[str]
    """URLs that the scene `ssrf` is to lead to; where there is room for one, the first."""
    keep: bool = False
    """Whether the connection stays open for another request."""
    query: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.rest)
        self.rest, pairs = parts.path, parse_qs(parts.query, keep_blank_values=True)
        self.query = {key: values[-1] for key, values in pairs.items()}

    def send(self, data: bytes) -> None:
        """Raw bytes, 64 KiB at a time, so that what was taken is counted while it goes."""
        for start in range(0, len(data), 65536):
            part = data[start : start + 65536]
            self.sock.sendall(part)
            self.visit.sent += len(part)

    def head(self, status: int = 200, content_type: str | None = HTML, **headers: str) -> None:
        """Status line and headers, as given (an underscore is a hyphen), and nothing else."""
        lines = [f"HTTP/1.1 {status} {PHRASES.get(status, 'Status')}"]
        if content_type is not None:
            lines.append(f"Content-Type: {content_type}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send("\r\n".join([*lines, "", ""]).encode("latin-1"))

    def reply(self, body: bytes | str, status: int = 200, content_type: str | None = HTML, **headers: str) -> None:
        """A whole and correct answer; the connection stays open."""
        data = body.encode() if isinstance(body, str) else body
        self.head(status, content_type, Content_Length=str(len(data)), **headers)
        self.send(data)
        self.keep = True

    def article(self, slug: str = "", **headers: str) -> None:
        """The scene's article, answered correctly."""
        self.reply(articles.article(slug or self.name), **headers)

    def links(self, targets: Iterable[str]) -> None:
        """A listing page of these links."""
        self.reply(articles.listing(targets))

    def redirect(self, location: str, status: int = 302) -> None:
        """A redirect, with Location as given."""
        self.reply(b"", status, Location=location)

    def forever(self, part: bytes, pause: float = 0.0) -> None:
        """Sends the part until the client or the test has enough."""
        while not self.wait(pause):
            self.send(part)

    def hang(self) -> None:
        """Says nothing until the test ends or the client goes."""
        self.sock.settimeout(0.2)
        while not self.wait(0):
            try:
                if not self.sock.recv(1024):
                    return
            except TimeoutError:
                continue

    def reset(self) -> None:
        """RST in place of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def first(self) -> bool:
        """Whether this is the first request of this target."""
        return self.visit.nth == 1

    def ended(self) -> None:
        self.visit.ended = time.monotonic()
