"""What changes between two runs: the second one must revise, leave alone, or bury."""

from __future__ import annotations

import gzip

from .. import articles
from ..exchange import Exchange
from ..table import fault

TAG = '"v1"'
DATE = "Fri, 20 Nov 2026 08:30:00 GMT"


def _unchanged(exchange: Exchange) -> bool:
    asked = exchange.visit.headers
    return asked.get("if-none-match") == TAG or asked.get("if-modified-since") == DATE


@fault("read", again="unchanged")
def etag_304(exchange: Exchange) -> None:
    """ETag and Last-Modified; a conditional request gets 304. A revisit must be conditional, and the 304 parses
    nothing."""
    if _unchanged(exchange):
        exchange.head(304, content_type=None, ETag=TAG)
        exchange.keep = True
    else:
        exchange.article(ETag=TAG, Last_Modified=DATE)


@fault("read", path="/feed.xml", entry="feed", again="unchanged", articles=3)
def feed_304(exchange: Exchange) -> None:
    """A feed with an ETag: on the second run one request, a 304, and no article asked for."""
    if exchange.rest != "/feed.xml":
        exchange.article(exchange.rest.strip("/"))
    elif _unchanged(exchange):
        exchange.head(304, content_type=None, ETag=TAG)
    else:
        entries = [(f"Entry {number}", f"{exchange.base}/entry-{number}") for number in range(3)]
        exchange.reply(articles.rss(entries), content_type="application/rss+xml", ETag=TAG, Last_Modified=DATE)


@fault("read", again="unchanged")
def body_on_304(exchange: Exchange) -> None:
    """A 304 that carries a body, against the rules: what follows on the connection must not be read as an answer."""
    if _unchanged(exchange):
        exchange.head(304, content_type=None, ETag=TAG)
        exchange.send(articles.article("forged", headline="Forged").encode())
        exchange.keep = True
    else:
        exchange.article(ETag=TAG)


@fault("read", again="unchanged")
def changing_etag(exchange: Exchange) -> None:
    """The same text under a new ETag each time: no new record."""
    exchange.article(ETag=f'"{exchange.visit.nth}"')


@fault("read", again="unchanged")
def changing_noise(exchange: Exchange) -> None:
    """The same article with other teasers, counters and a clock around it at each request: no new record."""
    number = exchange.visit.nth
    noise = "".join(
        f'<li><a href="/t{number}{row}">{articles.title(f"teaser {number} {row}")}</a></li>' for row in range(8)
    )
    clock = f"<p>{number * 37} readers are online. It is {number % 24}:00 in Port Sorrel.</p>"
    exchange.reply(
        articles.article(exchange.name).replace("<footer>", f"<aside>{clock}<ul>{noise}</ul></aside><footer>")
    )


@fault("read", again="revised")
def changed_text(exchange: Exchange) -> None:
    """One paragraph more from the second request on, and dateModified: a record of revision 2."""
    body = articles.paragraphs(exchange.name)
    if not exchange.first():
        body.append("Correction: an earlier version of this article gave the wrong number of tugboats in the harbour.")
    exchange.reply(articles.article(exchange.name, body=body))


@fault("read", again="revised")
def changed_headline(exchange: Exchange) -> None:
    """Another headline from the second request on, the same text: a record of revision 2."""
    headline = articles.title(exchange.name) + ("" if exchange.first() else ", and relents")
    exchange.reply(articles.article(exchange.name, headline=headline))


@fault("read", again="gone")
def gone_after_export(exchange: Exchange) -> None:
    """The article, then 410: a tombstone."""
    if exchange.first():
        exchange.article()
    else:
        exchange.reply("<h1>Gone</h1>", 410)


@fault("read", again="gone")
def missing_after_export(exchange: Exchange) -> None:
    """The article, then 404: a tombstone too."""
    if exchange.first():
        exchange.article()
    else:
        exchange.reply("<h1>Not found</h1>", 404)


@fault("read", again="unchanged")
def broken_after_export(exchange: Exchange) -> None:
    """The article, then 500s: no tombstone, and what was exported stays as it is."""
    if exchange.first():
        exchange.article()
    else:
        exchange.reply("<h1>Internal Server Error</h1>", 500)


@fault("read", again="unchanged")
def wall_after_export(exchange: Exchange) -> None:
    """The article, then a bot wall with 200: no revision may be made of the wall."""
    if exchange.first():
        exchange.article()
    else:
        exchange.reply("<title>Just a moment...</title><h1>Checking your browser</h1><p>Verify you are human.</p>" * 5)


@fault("read", again="unchanged")
def cut_after_export(exchange: Exchange) -> None:
    """The article, then its gzip stream cut at 60 %: no revision may be made of the shorter text."""
    data = gzip.compress(articles.article(exchange.name).encode(), mtime=0)
    exchange.reply(data if exchange.first() else data[: len(data) * 6 // 10], Content_Encoding="gzip")
