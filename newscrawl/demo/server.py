"""Serves the sample outlets on loopback, each under its own name: `python -m newscrawl.demo.server`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from contextlib import suppress
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from newscrawl.demo.outlets import OUTLETS
from newscrawl.demo.site import Resource, not_found, resources

ADDRESS = "127.0.0.1"


class _Handler(BaseHTTPRequestHandler):
    """Answers from memory; the Host header chooses the outlet."""

    protocol_version = "HTTP/1.1"
    sites: Mapping[str, Mapping[str, Resource]] = {}
    missing: Mapping[str, Resource] = {}

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        if host not in self.sites:
            self.answer(421, Resource.text(f"No sample outlet is named {host}.\n", "text/plain"))
        elif found := self.sites[host].get(self.path) or self.sites[host].get(self.path.partition("?")[0]):
            self.answer(304 if self.has(found) else 200, found)
        else:
            self.answer(404, self.missing[host])

    do_HEAD = do_GET  # noqa: N815 http.server's name

    def has(self, resource: Resource) -> bool:
        """Whether the client says that it holds this version; If-None-Match counts before If-Modified-Since."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return resource.etag in (tag.strip() for tag in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == format_datetime(resource.modified, usegmt=True)

    def answer(self, status: int, resource: Resource) -> None:
        body = b"" if status == 304 else resource.body
        self.send_response(status)
        self.send_header("Content-Type", resource.content_type)
        if status in (200, 304):
            self.send_header("ETag", resource.etag)
            self.send_header("Last-Modified", format_datetime(resource.modified, usegmt=True))
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the crawl's own log tells what was fetched."""


class DemoServer:
    """The sample outlets on 127.0.0.1, as a context manager. Port 0 takes a free one."""

    def __init__(self, port: int = 0) -> None:
        self._http = ThreadingHTTPServer((ADDRESS, port), _handler())
        self._http.daemon_threads = True
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def port(self) -> int:
        """The port taken."""
        return int(self._http.server_address[1])

    @property
    def hosts(self) -> str:
        """Value of NEWSCRAWL_HOSTS: each outlet's name resolved to this server."""
        return ",".join(f"{outlet.host}={ADDRESS}:{self.port}" for outlet in OUTLETS.values())

    @property
    def allow_private_hosts(self) -> str:
        """Value of NEWSCRAWL_ALLOW_PRIVATE_HOSTS: what the guard lets through."""
        return f"{ADDRESS}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def _handler() -> type[_Handler]:
    """The handler with its pages: http.server wants a class, so they are attributes of it."""
    sites = {outlet.host: resources(outlet) for outlet in OUTLETS.values()}
    missing = {outlet.host: not_found(outlet) for outlet in OUTLETS.values()}
    return type("Handler", (_Handler,), {"sites": sites, "missing": missing})


def main() -> None:
    """Serves until Ctrl-C and prints what to add to a crawl."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    with suppress(KeyboardInterrupt), DemoServer(parser.parse_args().port) as server:
        print(how_to_crawl(server), flush=True)  # noqa: T201 the command's output
        Event().wait()


def how_to_crawl(server: DemoServer) -> str:
    """The outlets' front pages, and what to type to crawl one; the settings are variables, for every command."""
    homes = "\n".join(f"  {outlet.home}" for outlet in OUTLETS.values())
    return (
        f"Serving on {ADDRESS}:{server.port} until Ctrl-C:\n{homes}\n"
        "In another terminal, so that every command finds them:\n"
        f"export NEWSCRAWL_HOSTS={server.hosts}\n"
        f"export NEWSCRAWL_ALLOW_PRIVATE_HOSTS={server.allow_private_hosts}\n"
        f"{Path(sys.executable).parent / 'scrapy'} crawl news -a url={next(iter(OUTLETS.values())).home}"
    )


if __name__ == "__main__":
    main()
