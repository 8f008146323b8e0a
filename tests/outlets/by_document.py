"""Outlets that name their articles in feeds or sitemaps."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from . import documents
from .model import Answer, Article, GeneratedSite
from .newsroom import Newsroom, numbers


def feed_only(seed: int) -> GeneratedSite:
    """RSS or Atom, one feed of the newest and one for each section; some links go by a counter of clicks."""
    room = Newsroom("feed-only", 1, seed)
    room.write(50, room.address(), every=300)
    counted = room.chance.random() < 0.5
    if counted:
        for article in room.site.articles:
            room.redirect(f"/click/{article.number}", article.url)
    form, folder = room.chance.choice(("rss", "atom")), room.chance.choice(("/feed/", "/rss/", "/xml/"))

    def link(article: Article) -> str:
        return room.url(f"/click/{article.number}?cmpid=rss") if counted else f"{article.url}{_tracking(article)}"

    feeds = [room.feed(form, folder, room.site.articles[:20], link)]
    for section in sorted({article.section for article in room.site.articles}):
        mine = [article for article in room.site.articles if article.section == section]
        feeds.append(room.feed(form, f"{folder}{section}.xml", mine, link))
    room.furnish(head="".join(_autodiscovery(url, documents.FEEDS[form][1]) for url in feeds))
    room.front(shown=4)
    room.site.feeds = tuple(feeds)
    return room.site


def news_sitemap_only(seed: int) -> GeneratedSite:
    """The last two days in a news sitemap that robots.txt names; the front page is filled by a script."""
    room = Newsroom("news-sitemap-only", 2, seed)
    room.write(60, room.address(), every=45)
    room.furnish()
    room.frame = replace(room.frame, most_read=())
    path = room.chance.choice(("/news-sitemap.xml", "/sitemaps/news.xml", "/googlenews", "/sitemap_news.xml.gz"))
    room.site.sitemaps = (_sitemap(room, path, documents.news_sitemap(room.name, room.site.articles)),)
    room.robots(*room.site.sitemaps)
    room.front('<div id="app"></div><script src="/app.js"></script>', shown=0)
    return room.site


def sitemap_index(seed: int) -> GeneratedSite:
    """50 sitemaps: 47 of articles (some gzipped; by chance an index of the older ones), 3 of other pages."""
    room = Newsroom("sitemap-index", 3, seed)
    articles = room.write(188, room.address(), every=1500)
    room.furnish(menu=room.sections(8))
    room.by_topic_and_author()
    parts = [_part(room, number, articles[number * 4 : number * 4 + 4]) for number in range(47)]
    parts += [
        (_sitemap(room, f"/sitemap-{kind}.xml", documents.urlset(_pages(room, kind))), "")
        for kind in ("pages", "tag", "author")
    ]
    if room.chance.random() < 0.5:
        older = room.put_bytes("/sitemap-older.xml", "sitemap", lambda rows=parts[30:47]: documents.sitemap_index(rows))
        parts[30:47] = [(older, "")]
    if room.chance.random() < 0.5:
        parts.reverse()
    path = room.chance.choice(("/sitemap.xml", "/sitemap_index.xml", "/sitemaps/all.xml"))
    room.site.sitemaps = (room.put_bytes(path, "sitemap", lambda: documents.sitemap_index(parts)),)
    if path == "/sitemaps/all.xml" or room.chance.random() < 0.5:
        room.robots(*room.site.sitemaps)
    room.front(shown=5)
    return room.site


def malformed_feed(seed: int) -> GeneratedSite:
    """A feed with the faults of hand-made feeds, beside a listing that has everything."""
    room = Newsroom("malformed-feed", 10, seed)
    articles = room.write(70, room.address(), every=400)
    home, chance = room.site.home, room.chance.randrange(1 << 30)
    entries = [(article.url, article) for article in articles[:25]]

    def broken() -> bytes:
        return documents.malformed_rss(room.name, home, entries, Random(chance))

    feed = room.put_bytes(
        "/rss.php", "feed", broken, room.chance.choice(("text/xml", "text/html", "application/rss+xml"))
    )
    start = room.listing(
        lambda n: f"/{room.paths['latest']}?page={n}" if n > 1 else f"/{room.paths['latest']}", articles, 12, numbers
    )
    room.site.per_page = 12
    room.furnish(
        menu=((f"/{room.paths['latest']}", room.labels["latest"]),), head=_autodiscovery(feed, "application/rss+xml")
    )
    room.front()
    room.site.feeds, room.site.listings = (feed,), (start,)
    return room.site


def quiet_feeds(seed: int) -> GeneratedSite:
    """JSON Feed, Atom and RDF under paths that tell nothing, named in the head of the front page alone."""
    room = Newsroom("quiet-feeds", 11, seed)
    articles = room.write(60, room.address(), every=300)
    forms = ["json", "atom", "rdf"]
    room.chance.shuffle(forms)
    room.furnish()
    head = ""
    for place, form in enumerate(forms):
        url = room.feed(form, f"/syndication/{41 + place}", articles[place * 15 : place * 15 + 30])
        kind = "application/json" if form == "json" and seed % 2 else documents.FEEDS[form][1]
        head += _autodiscovery(url if place else url.removeprefix(room.url("")), kind)
        room.site.feeds += (url,)
    _front_with_head(room, head)
    return room.site


def _front_with_head(room: Newsroom, head: str) -> None:
    def page() -> Answer:
        return room.html("front", room.labels["front"], room.teasers(room.site.articles[:3]), head=head)

    room.put("/", "front", page)


def _part(room: Newsroom, number: int, articles: tuple[Article, ...]) -> tuple[str, str]:
    """One sitemap of articles: its URL and lastmod."""
    path = f"/sitemap-posts-{number + 1}.xml" + (".gz" if room.chance.random() < 0.3 else "")
    entries = [(article.url, article.published.isoformat()) for article in articles]
    return _sitemap(room, path, documents.urlset(entries)), articles[0].published.date().isoformat()


def _pages(room: Newsroom, kind: str) -> list[tuple[str, str]]:
    """(loc, lastmod) of other pages: of one kind of list, or of what is no list."""
    others = room.site.others.items()
    if kind == "pages":
        return [(url, "2026-03-01") for url, found in others if found not in ("tag", "author", "sitemap", "section")]
    return [(url, "2026-11-24") for url, found in others if found == kind]


def _sitemap(room: Newsroom, path: str, body: bytes) -> str:
    if path.endswith(".gz"):
        return room.put_bytes(path, "sitemap", lambda: documents.zipped(body), "application/x-gzip")
    return room.put_bytes(path, "sitemap", lambda: body)


def _tracking(article: Article) -> str:
    return ("&" if "?" in article.url else "?") + "utm_source=rss&utm_medium=feed"


def _autodiscovery(url: str, content_type: str) -> str:
    return f'<link rel="alternate" type="{content_type}" href="{url}">\n'
