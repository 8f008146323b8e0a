"""Feeds that are broken, hostile or too large. Where the row does not say otherwise, they name three good articles."""

from __future__ import annotations

import gzip
from html import escape
from urllib.parse import urlsplit

from .. import articles, growing
from ..exchange import Exchange
from ..table import fault

RSS = "application/rss+xml"
ENTITIES = '<!ENTITY l1 "&l0;&l0;"><!ENTITY l2 "&l1;&l1;">'
ENTITY_PROLOG = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{ENTITIES}]>'
FILE_PROLOG = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def entries(exchange: Exchange, count: int = 3) -> list[tuple[str, str]]:
    return [(f"Entry {number}", f"{exchange.base}/entry-{number}") for number in range(count)]


def feed(exchange: Exchange, body: bytes | str, content_type: str = RSS) -> None:
    """The feed at its own path, articles at every other."""
    if exchange.rest == "/feed.xml":
        exchange.reply(body, content_type=content_type)
    else:
        exchange.article(exchange.rest.strip("/"))


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_malformed(exchange: Exchange) -> None:
    """A bare ampersand, an unknown entity, an unclosed tag and a control character: the entries can still be read."""
    body = articles.rss(entries(exchange)).replace("Entry 1", "Tea & scones &nbsp; <b>bold \x0b")
    feed(exchange, body)


@fault("read", path="/feed.xml", entry="feed", articles=2)
def feed_cut(exchange: Exchange) -> None:
    """The feed ends inside the third entry's link: the two whole ones are read, and the cut link is not asked for."""
    body = articles.rss(entries(exchange))
    feed(exchange, body[: body.rindex("/entry-2") + 4])


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_entities(exchange: Exchange) -> None:
    """Entities of its own DOCTYPE in the first title, one of them made of others: they are not expanded."""
    items = entries(exchange)
    feed(exchange, articles.rss([("&l2;", items[0][1]), *items[1:]], prolog=ENTITY_PROLOG))


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_external_entity(exchange: Exchange) -> None:
    """A title of &x;, declared as file:///etc/passwd: no word of that file may come out."""
    items = entries(exchange)
    feed(exchange, articles.rss([("&x;", items[0][1]), *items[1:]], prolog=FILE_PROLOG))


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_external_dtd(exchange: Exchange) -> None:
    """A DOCTYPE whose system identifier is the canary's URL: no connection."""
    prolog = f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://{exchange.canary}/rss.dtd">'
    feed(exchange, articles.rss(entries(exchange), prolog=prolog))


@fault("nothing", "bad_feed", path="/feed.xml", entry="feed")
def feed_html(exchange: Exchange) -> None:
    """A page that says the feed was discontinued, as application/rss+xml."""
    feed(
        exchange,
        "<!DOCTYPE html><html><body><h1>Our feeds were discontinued</h1><p>Follow us elsewhere.</p></body></html>",
    )


@fault("nothing", "bad_feed", path="/feed.xml", entry="feed")
def feed_no_bytes(exchange: Exchange) -> None:
    """200, no bytes."""
    feed(exchange, b"")


@fault("nothing", path="/feed.xml", entry="feed")
def feed_no_entries(exchange: Exchange) -> None:
    """A sound feed without an entry: nothing new is no failure."""
    feed(exchange, articles.rss([]))


@fault("nothing", path="/feed.xml", entry="feed", most_requests=None)
def feed_100k(exchange: Exchange) -> None:
    """100,000 entries, 17 MB: bounded (too_large is an answer), and the crawl's loop does not stand still meanwhile."""
    feed(exchange, articles.rss(entries(exchange, 100_000)) if exchange.rest == "/feed.xml" else b"")


@fault("nothing", "too_large", path="/feed.xml", entry="feed", most_bytes=32 << 20)
def feed_endless(exchange: Exchange) -> None:
    """Entries without end."""
    exchange.head(200, RSS, Connection="close")
    exchange.send(b"<rss version='2.0'><channel>")
    item = b"<item><title>Again</title><link>http://feed-endless.example/again</link></item>\n"
    exchange.forever(item * 1000)


@fault("nothing", "too_large", path="/feed.xml", entry="feed")
def feed_gzip_grows(exchange: Exchange) -> None:
    """A feed that grows over the limit as gzip."""
    exchange.reply(growing.gzip_body(), content_type=RSS, Content_Encoding="gzip")


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_relative_links(exchange: Exchange) -> None:
    """Links without host, without slash, and with dots: relative to the feed."""
    path = urlsplit(exchange.base).path
    feed(exchange, articles.rss([("A", f"{path}/entry-0"), ("B", "entry-1"), ("C", "./x/../entry-2")]))


@fault("read", path="/feed.xml", entry="feed")
def feed_odd_links(exchange: Exchange) -> None:
    """One good link among file:, data:, javascript:, an empty one, one without a host, the canary's, and one over 10
    KB: the good one is read, the others are counted."""
    odd = ("file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "", "http://", "http://[::1",
           f"http://{exchange.canary}/secret", f"{exchange.base}/{'a' * 10_000}")  # fmt: skip
    feed(
        exchange, articles.rss([*((f"Odd {n}", link) for n, link in enumerate(odd)), ("Good", f"{exchange.base}/good")])
    )


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_padded_links(exchange: Exchange) -> None:
    """White space, newlines and CDATA around the links."""
    padded = [(name, f"\n\t <![CDATA[ {link}\n ]]>\n") for name, link in entries(exchange)]
    feed(exchange, articles.rss(padded))


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_as_html_type(exchange: Exchange) -> None:
    """A sound feed as text/html, behind two blank lines."""
    feed(exchange, "\n\n" + articles.rss(entries(exchange)), "text/html")


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_false_charset(exchange: Exchange) -> None:
    """The prolog says utf-8, the bytes are windows-1252."""
    feed(exchange, articles.rss([(f"Café {name}", link) for name, link in entries(exchange)]).encode("cp1252"))


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_gzip_file(exchange: Exchange) -> None:
    """A gzip file without Content-Encoding, as application/rss+xml."""
    feed(exchange, gzip.compress(articles.rss(entries(exchange)).encode(), mtime=0))


@fault("read", path="/feed.xml", entry="feed", articles=3)
def feed_odd_dates(exchange: Exchange) -> None:
    """Dates in the year 99999, of 30 February, and a text of 50 KB: the entries count, the dates do not."""
    body = articles.rss(entries(exchange))
    for date in ("Fri, 20 Nov 99999 08:30:00 GMT", "30 Feb 2026 25:61:61 XYZ", "1" * 50_000):
        body = body.replace("Fri, 20 Nov 2026 08:30:00 GMT", date, 1)
    feed(exchange, body)


@fault("read", path="/feed.xml", entry="feed")
def feed_deep(exchange: Exchange) -> None:
    """A description nested 5,000 deep, escaped and not; then a good entry."""
    deep = "<b>" * 5000 + "x" + "</b>" * 5000
    body = articles.rss([("Deep", f"{exchange.base}/entry-0")])
    feed(exchange, body.replace("</link>", f"</link><description>{escape(deep)}</description><x>{deep}</x>"))
