"""The big outlet: 6,013 listing pages of ten articles, each made when it is asked for and kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import overload
from urllib.parse import urlsplit

from .addresses import SPEAKING, Address
from .model import NOW, Answer, Article, GeneratedSite
from .newsroom import Newsroom, numbers

PAGES, PER_PAGE, EVERY = 6013, 10, 30
"""The last: minutes from one article to the one before."""


class Archive(Sequence[Article]):
    """Articles that are made from their number each time; slices are tuples."""

    def __init__(self, room: Newsroom, address: Address) -> None:
        self.room, self.address = room, address

    def __len__(self) -> int:
        return PAGES * PER_PAGE

    @overload
    def __getitem__(self, at: int) -> Article: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Article, ...]: ...
    def __getitem__(self, at: int | slice) -> Article | tuple[Article, ...]:
        if isinstance(at, slice):
            return tuple(self._article(number) for number in range(*at.indices(len(self))))
        return self._article(range(len(self))[at])

    def __iter__(self) -> Iterator[Article]:
        return map(self._article, range(len(self)))

    def _article(self, number: int) -> Article:
        before = timedelta(minutes=number * EVERY + Random(f"{self.room.site.seed}/{number}").randrange(EVERY))
        room = self.room
        return room.article(number, len(self), NOW - before, self.address, room.language, "", set())


def big(seed: int) -> GeneratedSite:
    """1 2 3 ... 6,013, newest first, each teaser with its date."""
    room = Newsroom("big", 16, seed, dates="time")
    address = SPEAKING[room.chance.choice(("id-html", "comma", "dotted"))]
    room.site.articles = archive = Archive(room, address)
    room.site.find = partial(_find, archive, *_count(room, address))
    room.furnish(menu=((_path(room, 1), room.labels["latest"]),))
    room.front(shown=10)
    room.site.families.append(partial(_listing, room))
    room.site.listings, room.site.per_page = (room.url(_path(room, 1)),), PER_PAGE
    return room.site


def _path(room: Newsroom, page: int) -> str:
    where = f"/{room.paths['latest']}"
    if page == 1:
        return where
    return f"{where}?page={page}" if room.site.seed % 2 else f"{where}/{page}"


def _listing(room: Newsroom, path: str, query: Mapping[str, str]) -> Answer | None:
    where = f"/{room.paths['latest']}"
    said = query.get("page", "1") if path == where else path.removeprefix(f"{where}/")
    if not path.startswith(where) or not re.fullmatch(r"[1-9]\d{0,3}", said) or int(said) > PAGES:
        return None
    page = int(said)
    chunk = islice(map(room.site.articles.__getitem__, range(page * PER_PAGE - PER_PAGE, page * PER_PAGE)), PER_PAGE)
    return room.list_page(partial(_path, room), chunk, page, PAGES, numbers, "listing", room.labels["latest"])


def _count(room: Newsroom, address: Address) -> tuple[int, int]:
    """First number in the URLs, and the step to the next."""
    first, second = (_number(address(number, "x", "x", NOW)) for number in (0, 1))
    return first, second - first


def _number(path: str) -> int:
    numbers_in = re.findall(r"\d+", path)
    return int(numbers_in[-1]) if numbers_in else -1


def _find(archive: Archive, first: int, step: int, target: str) -> Article | None:
    from_oldest, rest = divmod(_number(target) - first, step)
    if rest or not 0 <= from_oldest < len(archive):
        return None
    article = archive[len(archive) - 1 - from_oldest]
    return article if urlsplit(article.url).path == target else None
