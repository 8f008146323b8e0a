"""Sitemaps that are endless, broken or hostile. Unless the row says otherwise, they name three good articles."""

from __future__ import annotations

import gzip

from .. import articles, growing
from ..exchange import Exchange
from ..table import fault
from .feeds import ENTITY_PROLOG, FILE_PROLOG

XML = "application/xml"


def _locs(exchange: Exchange, count: int = 3) -> list[str]:
    return [f"{exchange.base}/entry-{number}" for number in range(count)]


def _sitemap(exchange: Exchange, body: bytes | str, at: str = "/sitemap.xml") -> None:
    if exchange.rest == at:
        exchange.reply(body, content_type=XML)
    else:
        exchange.article(exchange.rest.strip("/"))


@fault("nothing", path="/sitemap.xml", entry="sitemap", most_requests=600)
def sitemap_endless_index(exchange: Exchange) -> None:
    """Every sitemap is an index of two new ones: a crawl without a bound on depth and number never ends."""
    number = int(exchange.query.get("n", "1"))
    exchange.reply(articles.sitemap_index(f"{exchange.base}/sitemap.xml?n={number * 2 + side}" for side in (0, 1)))


@fault("nothing", path="/sitemap.xml", entry="sitemap", most_requests=3)
def sitemap_of_itself(exchange: Exchange) -> None:
    """An index that names itself, twice with a different fragment."""
    own = f"{exchange.base}/sitemap.xml"
    exchange.reply(articles.sitemap_index([own, f"{own}#a", f"{own}#b"]), content_type=XML)


@fault("read", path="/sitemap.xml", entry="sitemap", most_requests=40000, articles=None)
def sitemap_wide_index(exchange: Exchange) -> None:
    """An index of 50,000 sitemaps, each with one article and yesterday's date: a run asks for as many as
    NEWSCRAWL_DISCOVERY_PAGES allows."""
    if exchange.rest == "/sitemap.xml":
        exchange.reply(articles.sitemap_index(f"{exchange.base}/part-{number}.xml" for number in range(50_000)))
    elif exchange.rest.endswith(".xml"):
        exchange.reply(articles.urlset([f"{exchange.base}{exchange.rest.removesuffix('.xml')}"]), content_type=XML)
    else:
        exchange.article(exchange.rest.strip("/"))


@fault("read", path="/sitemap.xml.gz", entry="sitemap", articles=3)
def sitemap_gz(exchange: Exchange) -> None:
    """A sound sitemap as a gzip file: the control."""
    _sitemap(exchange, gzip.compress(articles.urlset(_locs(exchange)).encode(), mtime=0), "/sitemap.xml.gz")


@fault("read", path="/sitemap.xml.gz", entry="sitemap", articles=3)
def sitemap_gz_that_is_not(exchange: Exchange) -> None:
    """Named .xml.gz, sent plain."""
    _sitemap(exchange, articles.urlset(_locs(exchange)), "/sitemap.xml.gz")


@fault("read", path="/sitemap.xml.gz", entry="sitemap", articles=3)
def sitemap_gz_twice(exchange: Exchange) -> None:
    """A gzip file, sent with Content-Encoding gzip on top."""
    data = gzip.compress(articles.urlset(_locs(exchange)).encode(), mtime=0)
    if exchange.rest == "/sitemap.xml.gz":
        exchange.reply(gzip.compress(data, mtime=0), content_type="application/x-gzip", Content_Encoding="gzip")
    else:
        exchange.article(exchange.rest.strip("/"))


@fault("nothing", "bad_sitemap", path="/sitemap.xml.gz", entry="sitemap")
def sitemap_gzip_grows(exchange: Exchange) -> None:
    """A gzip file of 3 MiB, no sitemap: without Content-Encoding no limit in the HTTP layer sees its size."""
    _sitemap(exchange, growing.gzip_body(), "/sitemap.xml.gz")


@fault("read", path="/sitemap.xml", entry="sitemap", most_requests=4)
def sitemap_odd_locs(exchange: Exchange) -> None:
    """<loc> of file:///etc/passwd, data:, ftp:, javascript:, nothing at all; and one good one, which is read."""
    odd = [
        "file:///etc/passwd",
        "data:text/html,x",
        f"ftp://{exchange.canary}/x",
        "javascript:1",
        "",
        "  ",
        "http:///x",
    ]
    _sitemap(exchange, articles.urlset([*odd, f"{exchange.base}/good"]))


@fault("read", path="/sitemap.xml", entry="sitemap", most_requests=4)
def sitemap_private_locs(exchange: Exchange) -> None:
    """<loc> of private addresses in many forms, the canary's among them; and one good one."""
    port = exchange.canary.rsplit(":", 1)[1]
    hosts = ("0x7f000001", "0177.1", "[::ffff:127.0.0.1]", "localhost", "user@127.0.0.1")
    forms = ["http://169.254.169.254/latest/", "http://10.0.0.1/", *(f"http://{host}:{port}/" for host in hosts)]
    _sitemap(exchange, articles.urlset([*forms, f"{exchange.base}/good"]))


@fault("nothing", path="/sitemap.xml", entry="sitemap", most_requests=3)
def sitemap_index_to_private(exchange: Exchange) -> None:
    """An index whose sitemaps are file:///etc/passwd and the canary's."""
    exchange.reply(articles.sitemap_index(["file:///etc/passwd", f"http://{exchange.canary}/sitemap.xml"]))


@fault("read", path="/sitemap.xml", entry="sitemap", articles=4)
def sitemap_entities(exchange: Exchange) -> None:
    """Entities of its own DOCTYPE in the first <loc>."""
    locs = _locs(exchange)
    _sitemap(exchange, articles.urlset(["&l2;", *locs], prolog=ENTITY_PROLOG.replace("rss", "urlset")))


@fault("read", path="/sitemap.xml", entry="sitemap", articles=4)
def sitemap_external_entity(exchange: Exchange) -> None:
    """<loc>BASE/&x;</loc> with x from file:///etc/passwd: the file's text must not travel out in a URL."""
    locs = [f"{exchange.base}/entry-&x;", *_locs(exchange)]
    _sitemap(exchange, articles.urlset(locs, prolog=FILE_PROLOG.replace("rss", "urlset")))


@fault("read", path="/sitemap.xml", entry="sitemap", articles=3)
def sitemap_malformed(exchange: Exchange) -> None:
    """A bare ampersand in a query and a stray tag: the locations can be read."""
    body = (
        articles.urlset(_locs(exchange))
        .replace("/entry-1<", "/entry-1?a=1&b=2<")
        .replace("<lastmod>", "<p><lastmod>", 1)
    )
    _sitemap(exchange, body)


@fault("read", path="/sitemap.xml", entry="sitemap", articles=2)
def sitemap_cut(exchange: Exchange) -> None:
    """Ends inside the third location: the two whole ones are read, the cut one is not asked for."""
    body = articles.urlset(_locs(exchange))
    _sitemap(exchange, body[: body.rindex("/entry-2") + 4])


@fault("nothing", "bad_sitemap", path="/sitemap.xml", entry="sitemap")
def sitemap_html(exchange: Exchange) -> None:
    """A page for people in place of the sitemap, with status 200."""
    exchange.reply(articles.listing([f"{exchange.base}/section/{number}" for number in range(20)]))


@fault("nothing", path="/sitemap.xml", entry="sitemap", most_requests=None)
def sitemap_200k(exchange: Exchange) -> None:
    """200,000 locations, four times what the protocol allows, 21 MB: bounded, and too_large is an answer."""
    _sitemap(exchange, articles.urlset(_locs(exchange, 200_000)) if exchange.rest == "/sitemap.xml" else b"")


@fault("read", path="/sitemap.xml", entry="sitemap", articles=3)
def sitemap_plain_text(exchange: Exchange) -> None:
    """A list of URLs as text, one a line, which the protocol allows."""
    if exchange.rest == "/sitemap.xml":
        exchange.reply("\ufeff" + "\r\n".join(_locs(exchange)), content_type="text/plain")
    else:
        exchange.article(exchange.rest.strip("/"))
