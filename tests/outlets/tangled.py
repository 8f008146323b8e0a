"""Outlets that lead a crawler astray: rough links, other pages that look like articles, endless pages."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from html import escape
from random import Random
from urllib.parse import unquote

from . import documents, prose
from .addresses import SPEAKING
from .look import anchor
from .model import Answer, Article, GeneratedSite
from .newsroom import XML, Newsroom, numbers

BROKEN = (
    "javascript:void(0)", "mailto:desk@desk.example?subject=a/b", "tel:+440000960110", "#", "", "http://", "http:///",
    "https://[broken", "http://{host}:99999/politics/a-port-too-many", "data:text/html,hello", "ftp://{host}/politics/a-file",
    "www.{host}/politics/a-story-without-a-scheme", "/politics/a-story-that-nobody-has-written-yet", "/%zz/%", "//",
)  # fmt: skip
"""Links on every listing page that lead to no article."""


def rough_links(seed: int) -> GeneratedSite:
    """Links as browsers take them: relative, upper-case hosts, spaces, entities, raw letters, tracking, redirects."""
    room = Newsroom("rough-links", 7, seed)
    spaced = " " if seed % 2 else "-"

    def address(number: int, slug: str, section: str, _: date) -> str:
        return (
            f"/{section}/{slug.replace('-', spaced, 1) if number % 7 == 0 else slug}{'-ä' if number % 5 == 0 else ''}"
        )

    articles = room.write(90, address, every=400)
    for article in articles[::10]:
        room.redirect(f"/go/{article.number}", article.url)
    where = f"/{room.paths['latest']}/"
    path = lambda n: f"{where}{n}/" if n > 1 else where  # noqa: E731 the path of a page
    last = -(-len(articles) // 10)
    for page in range(1, last + 1):
        chunk = articles[page * 10 - 10 : page * 10]
        room.put(path(page), "listing", partial(_rough_page, room, path, chunk, page, last))
    room.furnish(menu=((where, room.labels["latest"]),))
    room.front(shown=3)
    room.site.per_page, room.site.listings = 10, (room.url(where),)
    return room.site


def _rough_page(room: Newsroom, path: Callable[[int], str], chunk: tuple[Article, ...], page: int, last: int) -> Answer:
    rows = "".join(
        f"<li><a href={_rough(room, article, path(page))}>{escape(article.title)}</a></li>\n" for article in chunk
    )
    junk = "".join(
        f'<li><a href="{href.format(host=room.site.host)}">{escape(href) or "x"}</a></li>\n' for href in BROKEN
    )
    _, below = numbers(room, path, page, last)
    return room.html("listing", room.labels["latest"], f"<ul>{rows}</ul><ul>{junk}</ul>{below}")


def _rough(room: Newsroom, article: Article, page: str) -> str:
    """The value of an href with its quotes: one of ten ways to link the article from that page."""
    host, path = room.site.host, article.url.removeprefix(room.url(""))
    raw = unquote(path)
    ways = (
        f'"/go/{article.number}"', f'"{posixpath.relpath(raw, page)}"', f'"//{host}{path}"',
        f'"HTTP://{host.upper()}{path}"', f'" \n {path}\t"', f'"{path}?utm_source=front&amp;utm_medium=web#comments"',
        f'"{path.replace("/", "&#47;", 1)}"', f"'/nowhere/..{raw}'", path, f'"http://{host}:80{raw}"',
    )  # fmt: skip
    return ways[article.number % 10]


def cluttered(seed: int) -> GeneratedSite:
    """Overlapping sections, teasers of other outlets, and galleries, shop and other pages with article-like URLs."""
    room = Newsroom("clutter", 12, seed)
    form = room.chance.choice(("id-html", "dotted", "section", "section-slash", "comma"))
    articles = room.write(100, SPEAKING[form], every=400)
    room.site.neighbours = frozenset(f"neighbour-{number}-{room.site.host}" for number in (1, 2))
    elsewhere = [_of_neighbour(room, host, articles[-1]) for host in sorted(room.site.neighbours)]
    menu = []
    for slug, name in prose.words(room.language)["sections"]:
        # Each section: its own articles, every ninth of the others, two teasers of other outlets among them.
        mine = [article for article in articles if article.section == slug or article.number % 9 == 0]
        path = partial(_section_page, slug)
        room.listing(
            path, [*mine[:4], elsewhere[0], *mine[4:14], elsewhere[1], *mine[14:]], 10, numbers, "section", name
        )
        menu.append((path(1), name))
    decoys, topics = _decoys(room, form), room.by_topic_and_author()
    room.furnish(menu=(*menu, *decoys[-2:]))
    room.front(f"<h3>{room.labels['partners']}</h3>{room.teasers(elsewhere)}", links=[*decoys, *topics])
    room.site.listings = tuple(room.url(href) for href, _ in menu)
    return room.site


def _section_page(slug: str, page: int) -> str:
    return f"/{slug}/?page={page}" if page > 1 else f"/{slug}/"


def _of_neighbour(room: Newsroom, host: str, like: Article) -> Article:
    """An article of another outlet, at a URL of the same form."""
    url = f"http://{host}{like.url.removeprefix(room.url(''))}"
    return replace(like, url=url, title=prose.title(room.language, Random(url)), key=url)


def _decoys(room: Newsroom, form: str) -> list[tuple[str, str]]:
    """Goods and galleries at URLs of the articles' own form; answers links to them."""
    said, links = prose.words(room.language), []
    for number, item in enumerate([*said["goods"], *said["galleries"]]):
        kind = "shop" if item in said["goods"] else "gallery"
        target = SPEAKING[form](900 + number, item["slug"], room.paths[kind], room.site.articles[0].published)
        inner = _goods(room, item["title"]) if kind == "shop" else _gallery(item["title"])
        room.put(target, kind, partial(room.html, kind, item["title"], inner))
        links.append((target, item["title"]))
    return links


def _goods(room: Newsroom, title: str) -> str:
    button = f'<button class="buy">{room.labels["price"]}</button>'
    return (
        f'<div class="product"><h1>{title}</h1><img src="/p/item.jpg" alt=""><p class="price">39,00</p>{button}</div>'
    )


def _gallery(title: str) -> str:
    pictures = "".join(
        f'<figure><img src="/p/{n}.jpg" alt=""><figcaption>{n}/12</figcaption></figure>' for n in range(1, 13)
    )
    return f'<h1>{title}</h1><div class="gallery">{pictures}</div>'


def endless(seed: int) -> GeneratedSite:
    """A calendar that goes on for ever, and a sitemap index whose indexes never end; the articles stand beside them."""
    room = Newsroom("endless", 15, seed)
    articles = room.write(60, room.address(), every=400)
    where = f"/{room.paths['latest']}"
    start = room.listing(lambda n: f"{where}?page={n}" if n > 1 else where, articles, 10, numbers)
    room.furnish(menu=((where, room.labels["latest"]), ("/calendar?month=2026-11", room.labels["calendar"])))
    room.front()
    room.site.families += [partial(_calendar, room), partial(_endless_sitemap, room)]
    room.site.listings, room.site.per_page = (start,), 10
    room.site.sitemaps = (room.url("/sitemap-index-0.xml"),)
    room.robots(*room.site.sitemaps)
    return room.site


def _calendar(room: Newsroom, path: str, query: Mapping[str, str]) -> Answer | None:
    """A month with a link to each of its days and to the months around it; a day on which nothing happens."""
    if path.startswith("/calendar/"):
        return room.html("calendar", path, f"<h1>{path[10:]}</h1><p>{room.labels['none']}</p>")
    try:
        first = date.fromisoformat(f"{query.get('month', '')}-01") if path == "/calendar" else None
    except ValueError:
        return None
    if first is None or not 2 <= first.year <= 9998:
        return None
    on, back = first + timedelta(days=31), first - timedelta(days=1)
    days = "".join(f"<td>{anchor(f'/calendar/{first:%Y/%m}/{day:02}', str(day))}</td>" for day in range(1, 29))
    around = anchor(f"/calendar?month={back:%Y-%m}", room.labels["previous"], ' rel="prev"')
    around += anchor(f"/calendar?month={on:%Y-%m}", room.labels["next"], ' rel="next"')
    return room.html(
        "calendar", room.labels["calendar"], f"<h1>{first:%m/%Y}</h1><table><tr>{days}</tr></table>{around}"
    )


def _endless_sitemap(room: Newsroom, path: str, query: Mapping[str, str]) -> Answer | None:
    """/sitemap-index-N.xml names /sitemap-part-N.xml and two more indexes; part 0 has the articles, others nothing."""
    kind, _, number = path.removeprefix("/sitemap-").removesuffix(".xml").partition("-")
    if kind not in ("index", "part") or not number.isdigit() or len(number) > 300:
        return None
    if kind == "part":
        articles = room.site.articles if number == "0" else ()
        return Answer(documents.urlset([(article.url, "") for article in articles]), "sitemap", XML)
    names = (f"part-{number}", f"index-{number}1", f"index-{number}2")
    return Answer(documents.sitemap_index([(room.url(f"/sitemap-{name}.xml"), "") for name in names]), "sitemap", XML)
