"""The learned profiles of a run: which pages they are made from, and which profile a page is read by."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from hashlib import sha256

from newscrawl.crawl.under_way import UnderWay
from newscrawl.discovery import UrlPatterns
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.ledger import Ledger, UrlEntry
from newscrawl.reading.workers import Workers
from newscrawl.sites.profiles import (
    FEWEST,
    WINDOW,
    PageFingerprint,
    SiteMemory,
    encoded_profile,
    new_boilerplate,
    remember,
    url_hash,
)
from newscrawl.web.urls import domain_of

MAX_SITES = 2_000
"""Sites of an archive that get a profile, those with most pages: 40 MB."""
FIRST = 8
"""Pages of a site that nothing is known of, listing pages among them, from which its first profile is made: articles
wait until so many are there, or no more can come."""
MAX_WAITING = 12 * 2**20
"""Bytes of pages that wait, of all sites together; beyond, a site is read with what is known of it."""


class Profiles:
    """The profiles of a run by registrable domain, encoded for the workers. A profile does not change in a run."""

    def __init__(self) -> None:
        self._encoded: dict[str, bytes] = {}

    def of(self, url: str) -> bytes:
        """The profile by which a page is read; b"" without one."""
        return self._encoded.get(domain_of(url) or "", b"")

    def encoded(self) -> list[tuple[str, bytes]]:
        """Sites and their profiles."""
        return list(self._encoded.items())

    def learn(self, site: str, memory: SiteMemory) -> None:
        """Makes a site's profile of the pages that are remembered of it, where they are enough."""
        if encoded := encoded_profile(memory):
            self._encoded[site] = encoded


@dataclass(slots=True, kw_only=True)
class _Learnt:
    """What a run knows of one site."""

    memory: SiteMemory
    """Of earlier runs."""
    url_patterns: UrlPatterns
    """What is known of its URLs, this run included."""
    is_known: bool
    """Whether its pages are read; its profile stays as it is from then on."""
    fingerprints: dict[int, PageFingerprint] = field(default_factory=dict)
    """Of this run's pages, the first WINDOW, by the hash of their URL."""
    waiting: list[FetchedPage] = field(default_factory=list)


class SiteLearner:
    """What a crawl learns of its sites, kept in the ledger for the next run.

    A page's record must not depend on whether it was fetched first or last, so the first pages of an unknown site wait
    until a profile can be made of them.
    """

    def __init__(self, ledger: Ledger, under_way: UnderWay, workers: Workers, profiles: Profiles) -> None:
        self._ledger = ledger
        self._under_way = under_way
        self._workers = workers
        self._profiles = profiles
        self._sites: dict[str, _Learnt] = {}
        self._loading = asyncio.Lock()
        self._waiting_bytes = 0

    async def admits(self, page: FetchedPage, entry: UrlEntry) -> bool:
        """Whether the page is to be read now; if not, it waits here and is given back to the feeder."""
        url = page.page.url
        site = await self._site(url)
        if not site.is_known:
            await self.saw(url, await self._workers.fingerprint(page.html, page.page))
        if site.is_known:
            return True
        site.waiting.append(page)
        self._waiting_bytes += len(page.html)
        self._under_way.withhold(entry)
        if len(site.waiting) >= FIRST or self._waiting_bytes > MAX_WAITING:
            self._make_known(domain_of(url) or "", site)
        return False

    async def wants(self, url: str) -> bool:
        """Whether the fingerprint of the page at that URL is of use."""
        fingerprints = (await self._site(url)).fingerprints
        return len(fingerprints) < WINDOW and url_hash(url) not in fingerprints

    async def saw(self, url: str, seen: PageFingerprint | None) -> None:
        """Takes the fingerprint of a page, a listing or an article, where it has one."""
        site = await self._site(url)
        if seen is not None and len(site.fingerprints) < WINDOW:
            site.fingerprints[seen.page] = seen
        if not site.is_known and len(site.fingerprints) >= FIRST:
            self._make_known(domain_of(url) or "", site)

    async def url_patterns(self, url: str) -> UrlPatterns:
        """What is known of the URLs of the site of that URL."""
        return (await self._site(url)).url_patterns

    def read_rest(self, hosts: Collection[str]) -> None:
        """Nothing more comes of these hosts: what waits of them is read with what is known."""
        for name, site in self._sites.items():
            if any(page.entry is not None and page.entry.host in hosts for page in site.waiting):
                self._make_known(name, site)

    def learned(self) -> dict[str, int]:
        """By site, how many blocks its pages repeat now and did not in the runs before."""
        found = {name: new_boilerplate(site.memory, site.fingerprints.values()) for name, site in self._sites.items()}
        return {name: count for name, count in found.items() if count}

    def store(self) -> None:
        """Writes what the run has learned to the ledger, for the next one."""
        for name, site in self._sites.items():
            if site.fingerprints or site.url_patterns.counts != site.memory.shapes:
                self._put(name, site)

    async def _site(self, url: str) -> _Learnt:
        name = domain_of(url) or ""
        async with self._loading:
            if name not in self._sites:
                stored = await asyncio.wrap_future(self._ledger.profile(name))
                memory = SiteMemory.decode(stored[1]) if stored else SiteMemory()
                self._profiles.learn(name, memory)
                self._sites[name] = _Learnt(
                    memory=memory, url_patterns=UrlPatterns(memory.shapes), is_known=len(memory.pages) >= FEWEST
                )
        return self._sites[name]

    def _make_known(self, name: str, site: _Learnt) -> None:
        self._profiles.learn(name, self._put(name, site))
        site.is_known = True
        waiting, site.waiting = site.waiting, []
        self._waiting_bytes -= sum(len(page.html) for page in waiting)
        self._under_way.give_back(waiting)

    def _put(self, name: str, site: _Learnt) -> SiteMemory:
        memory = replace(remember(site.memory, site.fingerprints.values()), shapes=site.url_patterns.counts)
        encoded = memory.encode()
        self._ledger.put_profile(name, sha256(encoded).hexdigest()[:12], encoded)
        return memory


Place = tuple[str, int]
"""Where a page stands in an archive: file and offset."""


class Sampling:
    """Which pages of an archive are looked at for profiles: of each site the newest, as its memory would keep them."""

    def __init__(self) -> None:
        self._sites: dict[str, list[tuple[str, int, Place]]] = {}

    def add(self, url: str, fetched_at: str, place: Place) -> None:
        """Notes a page."""
        pages = self._sites.setdefault(domain_of(url) or "", [])
        pages.append((fetched_at[:10], -url_hash(url), place))
        if len(pages) >= 2 * WINDOW:
            _cut(pages)

    def chosen(self) -> set[Place]:
        """The pages to look at, of the sites that have enough."""
        sites = sorted(self._sites, key=lambda site: (-len(self._sites[site]), site))
        chosen: set[Place] = set()
        for pages in (self._sites[site] for site in sites[:MAX_SITES]):
            _cut(pages)
            chosen.update(place for _, _, place in pages if len(pages) >= FEWEST)
        return chosen


def _cut(pages: list[tuple[str, int, Place]]) -> None:
    pages.sort(reverse=True)
    del pages[WINDOW:]
