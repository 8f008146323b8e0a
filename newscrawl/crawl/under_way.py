"""What is under way in a run: URL entries handed out, discovery pages asked, pages that are withheld."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable

from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.ledger import UrlEntry
from newscrawl.web.urls import host_domain

BATCH = 64
"""Entries taken from the ledger at a time: one transaction."""


class UnderWay:
    """Memory is bounded by hosts, not by URLs."""

    def __init__(self, *, per_host: int, limit: int | None = None) -> None:
        """`per_host`: entries of one host at a time. `limit`: most entries that may give a record."""
        self._per_host = per_host
        self._limit = limit
        self._entries: Counter[str] = Counter()
        self._handed_out: dict[int, UrlEntry] = {}
        self._left: set[str] = set()
        self._discovering: Counter[str] = Counter()
        self._withheld: Counter[str] = Counter()
        self._withheld_entries: set[int] = set()
        self._pages: list[FetchedPage] = []
        self._changed = asyncio.Event()

    def begin_discovery(self, site: str) -> None:
        """Notes that a discovery page of a site (its registrable domain) is asked."""
        self._discovering[site] += 1

    def end_discovery(self, site: str) -> None:
        """It has been answered, and what it named is in the ledger."""
        self._discovering[site] -= 1
        self._changed.set()

    def begin(self, entries: Iterable[UrlEntry]) -> None:
        """Entries are handed out."""
        for entry in entries:
            self._entries[entry.host] += 1
            self._handed_out[entry.id] = entry

    def end(self, entry: UrlEntry, *, made_record: bool = False) -> None:
        """An entry is settled, or is left to the next run."""
        if self._handed_out.pop(entry.id, None) is None:
            return
        self._entries[entry.host] -= 1
        if self._entries[entry.host] <= 0:
            del self._entries[entry.host]
        if made_record and self._limit is not None:
            self._limit -= 1
        self._changed.set()

    def withhold(self, entry: UrlEntry) -> None:
        """An entry's page waits for others of its host, which may be asked meanwhile."""
        self._withheld[entry.host] += 1
        self._withheld_entries.add(entry.id)
        self._changed.set()

    def give_back(self, pages: Iterable[FetchedPage]) -> None:
        """Pages that were withheld are to be read now."""
        for page in pages:
            if page.entry is not None:
                self._withheld[page.entry.host] -= 1
                self._withheld_entries.discard(page.entry.id)
            self._pages.append(page)
        self._changed.set()

    def leave(self, host: str) -> None:
        """Hands out no more entries of the host in this run."""
        self._left.add(host)
        self._changed.set()

    def given_back(self) -> list[FetchedPage]:
        """The pages that are to be read now, each once."""
        pages, self._pages = self._pages, []
        return pages

    @property
    def handed_out(self) -> list[UrlEntry]:
        """Entries that are not settled, without those whose pages are withheld."""
        return [entry for entry in self._handed_out.values() if entry.id not in self._withheld_entries]

    @property
    def has_enough(self) -> bool:
        """Whether as many records as wanted are made or under way; no discovery page is asked meanwhile."""
        return self._limit is not None and self._limit <= self._entries.total()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way that could name more."""
        return not self._entries and not self._discovering.total()

    @property
    def room(self) -> int:
        """How many entries may be handed out now."""
        return BATCH if self._limit is None else max(0, min(BATCH, self._limit - self._entries.total()))

    @property
    def avoided_hosts(self) -> set[str]:
        """Hosts of which no entry is handed out now."""
        return self._left | self._busy_hosts

    @property
    def busy_sites(self) -> set[str]:
        """Sites that have not run empty."""
        return {_site(host) for host in self._busy_hosts} | self._discovered_sites

    def waiting_hosts(self) -> list[str]:
        """Hosts of which all that is under way is withheld: nothing more comes before it is given back."""
        sites = self._discovered_sites
        withheld = ((host, count) for host, count in self._withheld.items() if count > 0)
        return [host for host, count in withheld if count == self._entries[host] and _site(host) not in sites]

    def expect_change(self) -> None:
        """Begins to look for a change; see `change`."""
        self._changed.clear()

    async def change(self, seconds: float) -> bool:
        """Waits until something has changed since `expect_change`; False where nothing does for so long."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return False
        return True

    @property
    def _busy_hosts(self) -> set[str]:
        return {host for host, count in self._entries.items() if count - self._withheld[host] >= self._per_host}

    @property
    def _discovered_sites(self) -> set[str]:
        return {site for site, count in self._discovering.items() if count}


def _site(host: str) -> str:
    return host_domain(host.rpartition("@")[2].partition(":")[0])
