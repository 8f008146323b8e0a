"""One crawl of many faults: each scene of tests/faults under a host of its own, NAME.faults.example."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from newscrawl.ledger import DeadLetter
from newscrawl.ledger.admin import Admin
from tests.faults import FAULTS, Fault, FaultServer, articles

from .crawling import Crawl, Record

INDEX = "index.faults.example"
ARTICLES = ("article", "site")
SPIDER = """
from newscrawl.spider import SiteSpider

class Faults(SiteSpider):
    name = "faults"
    feeds = {feeds!r}
    sitemaps = {sitemaps!r}
    listings = {listings!r}

    def closed(self, reason):
        memory = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
        self.logger.info("peak of memory: %s", *memory)
"""


def host(name: str) -> str:
    return f"{name}.faults.example"


def url(fault: Fault) -> str:
    return f"http://{host(fault.name)}{fault.path}"


def spider(faults: Iterable[Fault]) -> str:
    """The source of a spider whose feed names the faulty articles, and that starts at the other entries."""
    entries = {kind: tuple(url(fault) for fault in faults if fault.entry == kind) for kind in ("feed", "sitemap")}
    listings = tuple(url(fault) for fault in faults if fault.entry == "listing")
    feeds = (f"http://{INDEX}/feed.xml", *entries["feed"])
    return SPIDER.format(feeds=feeds, sitemaps=entries["sitemap"], listings=listings)


@contextmanager
def index(faults: Iterable[Fault]) -> Any:
    """A good server with a feed of the faulty articles; gives its port."""
    feed = articles.rss((fault.name, url(fault)) for fault in faults if fault.entry in ARTICLES).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/feed.xml" else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(feed) if self.path == "/feed.xml" else 0))
            self.end_headers()
            if self.path == "/feed.xml":
                self.wfile.write(feed)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


@dataclass
class Outcome:
    """What newscrawl made of one fault."""

    records: list[Record]
    letters: list[DeadLetter]
    requests: int
    most_bytes: int
    gaps: list[float]

    @property
    def reasons(self) -> set[str]:
        return {letter.reason for letter in self.letters if letter.reason}


@dataclass
class Report:
    """What a crawl of many faults gave."""

    code: int
    log: str
    summary: Record
    outcomes: dict[str, Outcome]


def crawl_faults(
    crawl: Crawl, server: FaultServer, names: Iterable[str], *settings: str, timeout: float = 280
) -> Report:
    faults = [FAULTS[name] for name in names]
    (crawl.folder / "probe.py").write_text(spider(faults))
    with index(faults) as port:
        hosts = server.hosts(*(host(fault.name) for fault in faults))
        crawl.environment["NEWSCRAWL_HOSTS"] = f"{hosts},{INDEX}=127.0.0.1:{port}"
        server.visits.clear()
        done = crawl.run(
            "faults",
            *("-s", "SPIDER_MODULES=probe", "-s", "DOWNLOAD_TIMEOUT=4", "-s", f"DOWNLOAD_MAXSIZE={2**20}", *settings),
            timeout=timeout,
            workers=2,
        )
    summaries = crawl.summaries()
    return Report(done.returncode, done.stderr, summaries[-1] if summaries else {}, outcomes(crawl, server, faults))


def outcomes(crawl: Crawl, server: FaultServer, faults: Iterable[Fault]) -> dict[str, Outcome]:
    records, letters = crawl.records(), letters_of(crawl.data)
    found = {}
    for fault in faults:
        asked = server.asked(fault.name)
        found[fault.name] = Outcome(
            records=[record for record in records if scene(record["requested_url"]) == fault.name],
            letters=[letter for letter in letters if scene(letter.url) == fault.name],
            requests=len(asked),
            most_bytes=max((visit.sent for visit in server.asked(fault.name, robots=True)), default=0),
            gaps=server.gaps(host(fault.name)),
        )
    return found


def scene(address: str) -> str:
    return (urlsplit(address).hostname or "").removesuffix(".faults.example").rpartition(".")[2]


def letters_of(data: Path) -> list[DeadLetter]:
    with Admin(data / "ledger.db") as admin:
        return admin.dead_letters(states=("pending", "rejected", "dead", "gone"), limit=100_000)
