"""Statuses: which are tried again, after how long, and which are final."""

from __future__ import annotations

import time
from email.utils import formatdate

from .. import articles
from ..exchange import Exchange
from ..table import fault


def _busy_once(exchange: Exchange, status: int, retry_after: str | None) -> None:
    if not exchange.first():
        exchange.article()
    elif retry_after is None:
        exchange.reply("busy", status)
    else:
        exchange.reply("busy", status, Retry_After=retry_after)


@fault("read", pause=2.0)
def busy_429_seconds(exchange: Exchange) -> None:
    """429 with Retry-After: 2, then the article. The pause holds for the host, not for this URL alone."""
    _busy_once(exchange, 429, "2")


@fault("read", pause=1.0)
def busy_429_date(exchange: Exchange) -> None:
    """429 with Retry-After as an HTTP date 3 s ahead (whole seconds, so at least 2 s are left), then the article."""
    _busy_once(exchange, 429, formatdate(time.time() + 3, usegmt=True))


@fault("read")
def busy_429_past_date(exchange: Exchange) -> None:
    """429 with a Retry-After that lies in 1994: no pause but the ordinary one."""
    _busy_once(exchange, 429, "Sun, 06 Nov 1994 08:49:37 GMT")


@fault("pending", "retry_after", most_requests=3)
def busy_429_absurd(exchange: Exchange) -> None:
    """429 with Retry-After: 999999999999, always. Waiting 31,000 years is as wrong as asking again at once."""
    exchange.reply("busy", 429, Retry_After="999999999999")


@fault("read")
def busy_429_garbage(exchange: Exchange) -> None:
    """429 with Retry-After: soon."""
    _busy_once(exchange, 429, "soon")


@fault("read")
def busy_429_negative(exchange: Exchange) -> None:
    """429 with Retry-After: -5."""
    _busy_once(exchange, 429, "-5")


@fault("read")
def busy_429_unicode_digits(exchange: Exchange) -> None:
    """429 with Retry-After of superscript digits, which str.isdigit() accepts and int() does not."""
    _busy_once(exchange, 429, "\xb2\xb3")


@fault("read", path="/feed.xml", entry="feed", most_requests=40, articles=5)
def storm_503(exchange: Exchange) -> None:
    """A feed of five articles; each answers 503 with Retry-After: 1 twice before it comes. A host-wide pause gets
    through with 16 requests."""
    if exchange.rest == "/feed.xml":
        entries = [(f"Entry {number}", f"{exchange.base}/storm-{number}") for number in range(5)]
        exchange.reply(articles.rss(entries), content_type="application/rss+xml")
    elif exchange.visit.nth <= 2:
        exchange.reply("busy", 503, Retry_After="1")
    else:
        exchange.article(exchange.rest.strip("/"))


@fault("pending", "http_500", status=500, again="retried")
def always_500(exchange: Exchange) -> None:
    """500, whatever one does; a later run may try again, for a stated number of runs."""
    exchange.reply("<h1>Internal Server Error</h1>", 500)


@fault("read")
def once_500(exchange: Exchange) -> None:
    """500 once."""
    _busy_once(exchange, 500, None)


@fault("pending", "http_404", status=404, most_requests=1)
def not_found_404(exchange: Exchange) -> None:
    """404: asking again at once is rude."""
    exchange.reply("<h1>Not found</h1>", 404)


@fault("dead", "http_410", status=410, most_requests=1)
def gone_410(exchange: Exchange) -> None:
    """410."""
    exchange.reply("<h1>Gone</h1>", 410)


@fault("pending", "http_403", status=403, most_requests=2)
def forbidden_403(exchange: Exchange) -> None:
    """403 for everything."""
    exchange.reply("<h1>Forbidden</h1>", 403)


@fault("pending", "http_401", status=401, most_requests=2)
def password_401(exchange: Exchange) -> None:
    """401 with a Basic challenge: no password is to be sent, not even an empty one."""
    exchange.reply("<h1>Password</h1>", 401, WWW_Authenticate='Basic realm="editors"')


@fault("pending", "http_451", status=451, most_requests=2)
def legal_451(exchange: Exchange) -> None:
    """451, with a whole article in its body: the status counts."""
    exchange.reply(articles.article(exchange.name), 451)


@fault("pending", "http_999", status=999, most_requests=4)
def odd_status_999(exchange: Exchange) -> None:
    """999, as a large network answers crawlers."""
    exchange.reply("<h1>Request denied</h1>", 999)


@fault("pending", "http_404", status=404, again="retried", most_requests=1)
def missing_then_there(exchange: Exchange) -> None:
    """404 the first time, the article from the second on: a feed was quicker than the site. A later run (or a requeue)
    gets it; one run does not ask twice."""
    if exchange.first():
        exchange.reply("<h1>Not found</h1>", 404)
    else:
        exchange.article()


@fault("pending", "http_304", status=304, most_requests=2)
def unasked_304(exchange: Exchange) -> None:
    """304 without a body, though nothing was conditional and nothing is known."""
    exchange.head(304)


@fault("pending", "http_206", status=206)
def unasked_206(exchange: Exchange) -> None:
    """206 with the first 500 bytes, though no range was asked for. A record of them must not be made."""
    exchange.reply(b"<html><body><h1>Half</h1><p>" + b"The tide came in. " * 26, 206, Content_Range="bytes 0-499/9000")


@fault("pending", "http_204")
def empty_204(exchange: Exchange) -> None:
    """204."""
    exchange.head(204, content_type=None)
