"""G6 through one whole crawl: every row of tests/faults/ssrf.py by every entry, and nobody private is asked."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.faults import FaultServer, ssrf

from .crawling import Crawl

pytestmark = pytest.mark.e2e

WATCH = """
import errno, socket, sys
from pathlib import Path

LOG, PORT, ANSWERS, asked = Path({log!r}), {port}, {answers!r}, {{}}
resolve = socket.getaddrinfo

def answer(host, port=None, *args, **options):
    if host not in ANSWERS:  # a numeric form is itself, other names there are not
        return resolve("127.0.0.1" if host == "localhost" else host, port, flags=socket.AI_NUMERICHOST)
    asked[host] = asked.get(host, -1) + 1
    names = ANSWERS[host]
    found = names[min(asked[host], len(names) - 1)]
    families = [socket.AF_INET6 if ":" in name else socket.AF_INET for name in found]
    return [(family, socket.SOCK_STREAM, 6, "", (name, port or 0)) for family, name in zip(families, found)]

def watch(event, details):
    if event == "socket.connect" and isinstance(details[1], tuple) and details[1][:2] != ("127.0.0.1", PORT):
        with LOG.open("a") as log:
            log.write(f"{{details[1][0]}}\\n")
        raise OSError(errno.ENETUNREACH, "the test lets nobody out")

socket.getaddrinfo = answer
sys.addaudithook(watch)
"""
"""A crawl's sitecustomize: stands in for DNS, notes each connection to anyone but the fault server, and cuts it off."""

SPIDER = """
from newscrawl.spider import SiteSpider

class Lured(SiteSpider):
    name = "lured"
    autodiscovers = True
    feeds = {feeds!r}
    sitemaps = {sitemaps!r}
    listings = {listings!r}
"""
ANSWERS = {f"{name}.attacker.example": answers for name, answers in ssrf.DNS.items()}
ARTICLES = ("redirect", "canonical", "amphtml", "next_part", "meta_refresh")
"""Entries of articles; the others are discovery pages."""
FOLLOWED = {"link", "redirect", "meta_refresh", "sitemap", "sitemap_index", "feed", "alternate_feed", "robots_redirect",
            "robots_sitemap"}  # fmt: skip
"""Entries by which a public URL is asked for; the others lead nowhere at all."""
CONTROL = "control.ssrf.example"


class Lures:
    """Hosts of the fault server, each with the URLs to which it leads, and where a crawl of them begins."""

    def __init__(self, server: FaultServer) -> None:
        self.server = server
        self.articles: list[str] = []
        self.starts: dict[str, list[str]] = {"feeds": [], "sitemaps": [], "listings": []}

    def lead(self, entry: ssrf.Entry, label: str, targets: list[str]) -> None:
        """A host that leads to these targets by this entry."""
        if entry in ("robots_redirect", "robots_sitemap"):
            host = f"{'sitemap-line.' if entry == 'robots_sitemap' else ''}{label}.ssrf-robots.example"
            path = "/robots.txt" if entry == "robots_sitemap" else "/article"
        else:
            host, path = f"{label}.ssrf.example", ssrf.PATHS[entry]
        self.server.targets[host] = targets
        if entry in ARTICLES or entry == "robots_redirect":
            self.articles.append(f"http://{host}{path}")
        else:
            kind = "feeds" if entry == "feed" else "listings" if entry in ("link", "alternate_feed") else "sitemaps"
            self.starts[kind].append(f"http://{host}{path}")


def lures_of(server: FaultServer) -> Lures:
    """Every row by the entries that can carry it, and a public URL by each."""
    lures = Lures(server)
    rows = [row for row in ssrf.ROWS if row.entry in ("start", "link") and row.must and not row.allowed]
    forms = [row.at(server.canary_port) for row in rows]
    names = [f"http://{host}:{server.canary_port}/" for host in ANSWERS]
    inside = [url for url in forms if url.isascii() and url.isprintable() and url.startswith("http://")]
    for number, url in enumerate([*forms, *names]):
        if url.isascii() and url.isprintable():
            lures.lead("redirect", f"redirect-{number}", [url])
            lures.lead("meta_refresh", f"refresh-{number}", [url])
    for entry in ("link", "feed", "sitemap", "sitemap_index"):
        lures.lead(entry, "all", [*forms, *names])
    for entry in ssrf.VIA:
        lures.lead(entry, f"control-{entry.replace('_', '-')}", [f"http://{CONTROL}/2026/11/20/calm-at-sea-by-{entry}"])
        for name, url in ssrf.SAMPLES.items():
            lures.lead(entry, f"{name}-{entry.replace('_', '-')}", [url.format(port=server.canary_port)])
    lures.lead("feed", "index", lures.articles)
    lures.starts["feeds"] += [*inside, *names]  # so their domains are the spider's own, and their links its rows
    lures.starts["feeds"].append(f"http://{CONTROL}/feed.xml")
    return lures


@pytest.fixture(scope="module")
def lured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crawl, FaultServer]]:
    folder = tmp_path_factory.mktemp("ssrf")
    with FaultServer() as server:
        lures = lures_of(server)
        # A start with a name or password is refused in words, before anything is asked.
        starts = {kind: tuple(url for url in urls if not urlsplit(url).username) for kind, urls in lures.starts.items()}
        (folder / "probe.py").write_text(SPIDER.format(**starts))
        watch = WATCH.format(log=str(folder / "connections"), port=server.port, answers=ANSWERS)
        (folder / "sitecustomize.py").write_text(watch)
        crawl = Crawl(folder, hosts=server.hosts(*server.targets, CONTROL))
        options = ("-s", "SPIDER_MODULES=probe", "-s", "RETRY_TIMES=0", "-s", "DNSCACHE_ENABLED=0")
        done = crawl.run("lured", *options, "--logfile", "log", timeout=280, workers=2)
        assert done.returncode in (0, 4), done.stderr + (folder / "log").read_text()
        yield crawl, server


def test_nobody_private_is_connected_to(lured: tuple[Crawl, FaultServer]) -> None:
    crawl, server = lured
    assert server.intruders == []
    connections = crawl.folder / "connections"
    assert set(connections.read_text().split()) == set(ssrf.PUBLIC), "a mixed answer may be cleaned of its private part"


def test_each_entry_is_one_by_which_public_urls_are_followed(lured: tuple[Crawl, FaultServer]) -> None:
    """So that what is not asked for was refused, and not merely overlooked."""
    _, server = lured
    asked = {visit.target.rpartition("-by-")[2] for visit in server.visits if visit.host == CONTROL}
    assert asked & set(ssrf.VIA) == FOLLOWED


def test_the_refusals_are_told(lured: tuple[Crawl, FaultServer]) -> None:
    crawl, _ = lured
    refused = crawl.summaries()[-1]["rejected"]
    assert refused["blocked_address"] > 100
    assert refused["blocked_scheme"] > 10
    assert crawl.summaries()[-1]["problems"] == []
    assert " ERROR: " not in (crawl.folder / "log").read_text()
