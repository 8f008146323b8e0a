"""Outlets that name their articles on listing pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from . import prose
from .addresses import BARE
from .look import anchor
from .model import Answer, Article, GeneratedSite
from .newsroom import Newsroom, Pager, arrow, load_more, no_pager, numbers, rel_next


def numbered(seed: int) -> GeneratedSite:
    """1 2 3 ... N, and nothing else."""
    room = Newsroom("numbered-listing", 4, seed)
    room.write(120, room.address(), every=400)
    where = f"/{room.paths['archive']}"
    form = room.chance.choice((f"{where}/{{}}", f"{where}?p={{}}", f"{where}/{{}}.html", f"{where}-{{}}/"))
    return _one_listing(room, where, form, 10, numbers)


def next_page(seed: int) -> GeneratedSite:
    """/page/N/; the head's rel=next, or one arrow."""
    room = Newsroom("rel-next", 9, seed)
    room.write(90, room.address(), every=400)
    where = room.chance.choice(("/", f"/{room.paths['latest']}/"))
    return _one_listing(room, where, f"{where}page/{{}}/", 9, room.chance.choice((rel_next, arrow)))


def bare_numbers(seed: int) -> GeneratedSite:
    """Articles at /news/12345, /a-123.html, /entry-0, /story?id=77 ..."""
    room = Newsroom("bare-numbers", 13, seed)
    room.write(90, room.address(BARE), every=400)
    where = f"/{room.paths['latest']}"
    return _one_listing(room, where, f"{where}?page={{}}", 10, numbers)


def cursor(seed: int) -> GeneratedSite:
    """A link that loads more, to an address that names no number."""
    room = Newsroom("load-more", 14, seed)
    room.write(80, room.address(), every=400)
    where = f"/{room.paths['latest']}"
    key = room.chance.choice(("after", "cursor", "before"))
    codes = [Random(f"{seed}/cursor/{page}").randbytes(9).hex() for page in range(99)]
    return _one_listing(room, where, where, 8, load_more, lambda page: f"{where}?{key}={codes[page]}")


def query_pages(seed: int) -> GeneratedSite:
    """?page=N with parameters of a session that are others on each page, on the links to articles too."""
    room = Newsroom("query-pages", 8, seed)
    room.write(90, room.address(), every=400)
    name, where = room.chance.choice(("PHPSESSID", "sid", "sessid")), f"/{room.paths['latest']}"
    room.frame = replace(room.frame, look=replace(room.frame.look, canonical=True))

    def path(page: int) -> str:
        return f"{where}?page={page}&sort=date&{name}={_session(seed, page)}" if page > 1 else where

    def href(article: Article) -> str:
        target = article.url.removeprefix(room.url(""))
        return f"{target}{'&' if '?' in target else '?'}{name}={_session(seed, article.number // 10)}"

    site = _one_listing(room, where, where, 10, numbers, path, href)
    for page in range(1, 10):
        for plain in (f"{where}?page={page}&sort=date", f"{where}?page={page}"):
            site.routes[plain] = site.routes[path(page)]
    return site


def _session(seed: int, page: int) -> str:
    return Random(f"{seed}/session/{page}").randbytes(8).hex()


def _one_listing(
    room: Newsroom, where: str, form: str, per_page: int, pager: Pager, path: Callable[[int], str] | None = None,
    href: Callable[[Article], str] | None = None,
) -> GeneratedSite:  # fmt: skip
    """An outlet with one listing of everything, from `where` on; `form` gives the path of page 2 and more."""
    later = path or form.format

    def address(page: int) -> str:
        return later(page) if page > 1 else where

    start = room.listing(address, room.site.articles, per_page, pager, href=href)
    room.furnish(menu=((where, room.labels["latest"]),))
    if where != "/":
        room.front()
    room.site.per_page, room.site.listings = per_page, (start,)
    return room.site


def dated_archives(seed: int) -> GeneratedSite:
    """Archives: a page of months, months of days (or of articles), days of articles; days without any stay empty."""
    room = Newsroom("dated-archives", 5, seed)
    articles = room.write(110, room.address(), every=1300)
    room.site.listings = (_archive(room, articles, by_day=room.chance.random() < 0.6),)
    room.furnish(menu=((f"/{room.paths['archive']}/", room.labels["archive"]),))
    room.front()
    return room.site


def _archive(room: Newsroom, articles: Sequence[Article], *, by_day: bool) -> str:
    months: dict[str, dict[str, list[Article]]] = {}
    day, oldest = articles[0].published, articles[-1].published
    while day.date() >= oldest.date():
        of_day = [article for article in articles if article.published.date() == day.date()]
        months.setdefault(f"/{day:%Y/%m}/", {})[f"/{day:%Y/%m/%d}/"] = of_day
        day -= timedelta(days=1)
    for month, days in months.items():
        if by_day:
            for path, of_day in days.items():
                room.listing(lambda _, path=path: path, of_day, 200, no_pager, "archive", path)
            _links(room, month, [(path, path.strip("/").replace("/", "-")) for path in days])
        else:
            whole = [article for of_day in days.values() for article in of_day]
            room.listing(lambda _, month=month: month, whole, 200, no_pager, "archive", month)
    return _links(room, f"/{room.paths['archive']}/", [(month, _named(room, month)) for month in months])


def _named(room: Newsroom, month: str) -> str:
    year, number = month.strip("/").split("/")
    return f"{prose.words(room.language)['months'][int(number) - 1]} {year}"


def _links(room: Newsroom, path: str, links: Sequence[tuple[str, str]]) -> str:
    """A page of links to archives."""
    rows = "".join(f"<li>{anchor(*link)}</li>" for link in links)

    def page() -> Answer:
        return room.html("archive", room.labels["archive"], f"<h1>{room.labels['archive']}</h1><ul>{rows}</ul>")

    return room.put(path, "archive", page)


def two_languages(seed: int) -> GeneratedSite:
    """Two languages on one host, each with its front page and listing; hreflang on these. Each text is an article."""
    room = Newsroom("two-languages", 6, seed)
    other = room.chance.choice([name for name in prose.LANGUAGES if name != room.language])
    pair = (room.language, other)
    address = room.address()
    for language in pair:
        room.write(40, address, every=700, language=language, prefix=f"/{language}")
    alternate = "".join(f'<link rel="alternate" hreflang="{language}" href="/{language}/">\n' for language in pair)
    room.furnish(menu=[(f"/{language}/", language.upper()) for language in pair], head=alternate)
    for language in pair:
        mine = [article for article in room.site.articles if article.language == language]
        room.site.listings += (room.listing(_of_language(language), mine, 10, numbers, title=language.upper()),)
    room.front(shown=0, links=[(f"/{language}/", language.upper()) for language in pair])
    room.site.languages = pair
    return room.site


def _of_language(language: str) -> Callable[[int], str]:
    return lambda page: f"/{language}/?page={page}" if page > 1 else f"/{language}/"
