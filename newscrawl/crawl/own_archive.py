"""Pages of archives that newscrawl has written, as the crawls had them before they read them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from newscrawl.archive.resumed import WrittenPages
from newscrawl.archive.warc import ArchivedProfile, ArchivedResponse, read_records
from newscrawl.crawl.archive_visit import Part, ReadAgain, RereadVisit
from newscrawl.crawl.session import Session
from newscrawl.fetch.fetched_page import FetchedPage, Reread, has_end
from newscrawl.items import Archive, Discovery, Page, Rights, Site
from newscrawl.web.limits import Limits
from newscrawl.web.rights import first_stated, of_headers, of_robots
from newscrawl.web.urls import domain_of


class _Rendered(msgspec.Struct):
    status: int
    headers: dict[str, str]


class _Known(msgspec.Struct):
    """What the crawl knew of an exchange; requested_url is there for the page of an article."""

    spider: str = ""
    run_id: str = ""
    requested_url: str | None = None
    first_seen_at: str | None = None
    revision: int = 1
    discovered_via: Discovery = msgspec.field(default_factory=Discovery)
    robots: tuple[str, str] = ("", "")
    partial: bool = False
    page: _Rendered | None = None


class _Profile(msgspec.Struct):
    run_id: str
    profile: bytes


class OwnArchive:
    """What the first pass over the files tells, for the second."""

    def __init__(self, session: Session, site_of: Callable[[str], Site | None], written: WrittenPages) -> None:
        """`site_of`: today's rules of a spider by name. `written`: what is not to be written again."""
        self._written = written
        self._session = session
        self._site_of = cache(site_of)
        self._profiles: dict[tuple[str, str], bytes] = {}
        self._ended: set[str] = set()
        self._places: dict[int, list[tuple[str, int]]] = {}
        self._known = ReadAgain()

    def add_profile(self, found: ArchivedProfile) -> None:
        """Takes a profile by which a run has read the pages of a site."""
        with suppress(msgspec.MsgspecError):
            told = msgspec.json.decode(found.about, type=_Profile)
            if found.site:
                self._profiles[told.run_id, found.site] = told.profile
            else:
                self._ended.add(told.run_id)

    def add_place(self, found: ArchivedResponse) -> None:
        """Notes where a page is that may be a part of an article; pages of articles have their own record."""
        told = _told(found)
        if told is not None and told.requested_url is None and found.status == 200:
            self._places.setdefault(hash(found.url), []).append((found.file, found.offset))

    def page(self, found: ArchivedResponse) -> FetchedPage | None:
        """The page of an article; None for other exchanges, and for what gave no page when it was live."""
        told = _told(found)
        if told is None or told.requested_url is None:
            return None
        status = told.page.status if told.page else found.status
        if status not in (200, 203) or (told.partial and not has_end(found.body)):
            return None
        headers = told.page.headers if told.page else found.headers
        place = Archive(file=_name(found.file), offset=found.offset, digest=found.digest)
        return FetchedPage(
            page=Page(
                url=found.url,
                requested_url=told.requested_url,
                content_type=headers.get("content-type"),
                http_status=status,
                fetched_at=found.date or "",
                first_seen_at=told.first_seen_at,
                discovered_via=told.discovered_via,
                spider=told.spider,
                run_id=told.run_id,
                revision=told.revision,
                archive=place,
                rights=_rights(found.url, headers, told),
            ),
            html=found.body,
            visit=RereadVisit(
                self._session, self._known, lambda url: self._part(url, found), is_written=self._written.has(place)
            ),
            reread=Reread(site=self._site_of(told.spider) or Site(), profile=self._profile(found.url, told.run_id)),
        )

    def _profile(self, url: str, run_id: str) -> bytes:
        """That of the run; of a run that was killed before it could tell, the one that its pages give."""
        stored = self._profiles.get((run_id, domain_of(url) or ""))
        if stored is not None:
            return stored
        return b"" if run_id in self._ended else self._session.profiles.of(url)

    def _part(self, url: str, page: ArchivedResponse) -> Part | None:
        """The next answer for that URL behind the page, else the last before it."""
        places = self._places.get(hash(url), [])
        later = [place for place in places if place > (page.file, page.offset)]
        for file, offset in later[:1] or places[-1:]:
            for found in read_records(file if "://" in file else Path(file), max_bytes=Limits().bytes, start=offset):
                if isinstance(found, ArchivedResponse):
                    return (found.headers.get("content-type"), found.body) if found.url == url else None
        return None


def _told(found: ArchivedResponse) -> _Known | None:
    try:
        return msgspec.json.decode(found.about or b"", type=_Known)
    except msgspec.MsgspecError:
        return None


def _rights(url: str, headers: dict[str, str], told: _Known) -> Rights:
    return first_stated([of_headers(headers, url), of_robots(told.robots[0], url, told.robots[1])])


def _name(file: str) -> str:
    """The file's name beneath the data folder."""
    return "/".join(file.split("/")[-3:])
