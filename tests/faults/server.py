"""FaultServer: HTTP/1.1 on raw sockets of 127.0.0.1 that answers as badly as the table says, and remembers who asked.

    with FaultServer() as server:
        server.url("truncated-gzip")     # http://127.0.0.1:PORT/truncated-gzip/article
        server.host_url("robots-500")    # http://robots-500.example/article; resolve it by server.hosts()

A scene is chosen by a label of the Host header ("www.robots-500.example"), else by the first segment of the path. Every
scene's robots.txt allows all, but for the scenes "robots-*" and "ssrf-robots".
"""

from __future__ import annotations

import itertools
import socket
import socketserver
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from newscrawl.web.rights import TDMREP_PATH

from .exchange import Exchange, Visit
from .table import FAULTS

ALLOW_ALL = b"User-agent: *\nAllow: /\n"
HEAD_LIMIT = 1 << 20


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    owner: FaultServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        self.owner.errors.append(sys.exc_info()[1])


class _Connection(socketserver.BaseRequestHandler):
    """Reads requests off one connection until a fault closes it."""

    request: socket.socket
    server: _Listener

    def handle(self) -> None:
        owner = self.server.owner
        with owner.tracked(self.request), suppress(OSError):
            while (head := _read_head(self.request)) and owner.answer(self.request, head):
                pass


class _Canary(socketserver.BaseRequestHandler):
    """Notes every connection, whatever is said on it, and answers something harmless."""

    server: _Listener

    def handle(self) -> None:
        with suppress(OSError):
            self.request.settimeout(1)
            self.server.owner.intruders.append(self.request.recv(4096))
            self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")


class FaultServer:
    """Context manager. `pace`: seconds between two drips of the slow faults."""

    def __init__(self, pace: float = 0.05) -> None:
        self.pace = pace
        self.targets: dict[str, list[str]] = {}
        """By host: URLs to which the scenes `ssrf` and `ssrf-robots` lead; set them before the crawl."""
        self.visits: list[Visit] = []
        self.intruders: list[bytes] = []
        """First bytes of each connection to the canary, a second port that is never on the guard's list."""
        self.errors: list[BaseException | None] = []
        """Exceptions of the scenes themselves; there should be none."""
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._seen: Counter[tuple[str, str]] = Counter()
        self._open: set[socket.socket] = set()
        self._listeners = [self._listen(_Connection), self._listen(_Canary)]
        self.port, self.canary_port = (listener.server_address[1] for listener in self._listeners)

    def _listen(self, handler: type[socketserver.BaseRequestHandler]) -> _Listener:
        listener = _Listener(("127.0.0.1", 0), handler)
        listener.owner = self
        return listener

    def __enter__(self) -> FaultServer:
        for listener in self._listeners:
            threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for listener in self._listeners:
            listener.shutdown()
            listener.server_close()
        with self._lock:
            for sock in self._open:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def url(self, name: str, path: str | None = None) -> str:
        """URL of a scene by path; without `path`, where its row begins."""
        return f"http://127.0.0.1:{self.port}/{name}{FAULTS[name].path if path is None else path}"

    def host_url(self, name: str, path: str | None = None) -> str:
        """The same under a host of its own, NAME.example."""
        return f"http://{name}.example{FAULTS[name].path if path is None else path}"

    def hosts(self, *names: str) -> str:
        """`name=127.0.0.1:port,...` for these host names; without any, NAME.example of every fault."""
        names = names or tuple(f"{name}.example" for name in FAULTS)
        return ",".join(f"{name}=127.0.0.1:{self.port}" for name in names)

    def asked(self, name: str, *, robots: bool = False) -> list[Visit]:
        """The requests that one scene got, in order; robots.txt only where wanted, tdmrep.json never."""
        mine = [visit for visit in self.visits if visit.scene == name and not visit.target.endswith(TDMREP_PATH)]
        return mine if robots else [visit for visit in mine if not visit.target.endswith("/robots.txt")]

    def gaps(self, host: str) -> list[float]:
        """Seconds between the starts of consecutive requests to a host, robots.txt included, tdmrep.json left out."""
        asked = [visit for visit in self.visits if visit.host == host and not visit.target.endswith(TDMREP_PATH)]
        starts = sorted(visit.started for visit in asked)
        return [later - earlier for earlier, later in itertools.pairwise(starts)]

    def peak(self, host: str) -> int:
        """Most requests to a host that were under way at one time."""
        now = time.monotonic()
        mine = [visit for visit in self.visits if visit.host == host]
        edges = sorted([(v.started, 1) for v in mine] + [(v.ended or now, -1) for v in mine])
        return max(itertools.accumulate(step for _, step in edges), default=0)

    def tracked(self, sock: socket.socket) -> _Tracked:
        """Registers a connection, so that leaving the server cuts it."""
        return _Tracked(sock, self._open, self._lock)

    def answer(self, sock: socket.socket, head: bytes) -> bool:
        """Answers one request; true when the connection can take another."""
        visit = _parse(head)
        with self._lock:
            self._seen[visit.host, visit.target] += 1
            visit.nth = self._seen[visit.host, visit.target]
            self.visits.append(visit)
        exchange = self._exchange(sock, visit)
        try:
            self._serve(exchange)
        finally:
            exchange.ended()
        return exchange.keep and not self._stop.is_set()

    def _serve(self, exchange: Exchange) -> None:
        if exchange.rest == TDMREP_PATH:
            exchange.reply("nothing here", 404)
            return
        own_robots = exchange.name.startswith("robots-") or exchange.name == "ssrf-robots"
        if exchange.rest == "/robots.txt" and not own_robots:
            exchange.reply(ALLOW_ALL, content_type="text/plain")
        elif exchange.name:
            FAULTS[exchange.name].serve(exchange)
        else:
            exchange.reply("nothing here", 404)

    def _exchange(self, sock: socket.socket, visit: Visit) -> Exchange:
        label = next((label for label in visit.host.split(".") if label in FAULTS), None)
        first, _, below = visit.target.lstrip("/").partition("/")
        if label:
            base, rest = f"http://{visit.headers['host']}", visit.target
        elif first in FAULTS:
            label, base, rest = first, f"http://127.0.0.1:{self.port}/{first}", f"/{below}"
        else:
            label, base, rest = "", f"http://127.0.0.1:{self.port}", visit.target
        visit.scene = label or None
        return Exchange(
            sock=sock,
            visit=visit,
            name=label,
            base=base,
            rest=rest,
            pace=self.pace,
            wait=self._stop.wait,
            canary=f"127.0.0.1:{self.canary_port}",
            targets=self.targets.get(visit.host, [""]),
        )


class _Tracked:
    """A connection among the open ones, while it lasts."""

    def __init__(self, sock: socket.socket, among: set[socket.socket], lock: threading.Lock) -> None:
        self.sock, self.among, self.lock = sock, among, lock

    def __enter__(self) -> None:
        with self.lock:
            self.among.add(self.sock)

    def __exit__(self, *_: Any) -> None:
        with self.lock:
            self.among.discard(self.sock)


def _read_head(sock: socket.socket) -> bytes:
    """Bytes up to the empty line; b"" when the client has left."""
    data = b""
    while b"\r\n\r\n" not in data and len(data) < HEAD_LIMIT:
        if not (part := sock.recv(65536)):
            return b""
        data += part
    return data


def _parse(head: bytes) -> Visit:
    lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, *_ = [*lines[0].split(" "), "", ""]
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if target.startswith("http"):  # a proxy's form, "GET http://host/path"
        parts = urlsplit(target)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
    host = headers.get("host", "").rsplit(":", 1)[0].lower()
    return Visit(time.monotonic(), host, method, target, headers)
