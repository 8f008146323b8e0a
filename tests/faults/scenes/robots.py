"""robots.txt at fault. Each scene needs a host of its own, whose /article is asked for."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .. import articles, growing
from ..exchange import Exchange
from ..table import fault

RULES = "User-agent: *\nDisallow: /private\nDisallow: /article\n"
OPEN = "User-agent: *\nDisallow: /private\n"
MANY = 40


def _site(exchange: Exchange, robots: Callable[[], None]) -> None:
    if exchange.rest == "/robots.txt":
        robots()
    else:
        exchange.article()


def _text(exchange: Exchange, rules: str, status: int = 200) -> None:
    _site(exchange, lambda: exchange.reply(rules, status, "text/plain"))


@fault("rejected", "robots_disallowed", entry="site", most_requests=0)
def robots_disallow_all(exchange: Exchange) -> None:
    """Disallow: / for everyone."""
    _text(exchange, "User-agent: *\nDisallow: /\n")


@fault("pending", "robots_unreachable", entry="site", most_requests=0)
def robots_500(exchange: Exchange) -> None:
    """500, always: keep out (RFC 9309, 2.3.1.4)."""
    _text(exchange, "down", 500)


@fault("read", entry="site", most_requests=2)
def robots_503_once(exchange: Exchange) -> None:
    """503 once, then rules that allow: a retry finds them."""
    _text(exchange, OPEN, 503 if exchange.first() else 200)


@fault("read", entry="site")
def robots_404(exchange: Exchange) -> None:
    """404: no rules."""
    _text(exchange, "<h1>Not found</h1>", 404)


@fault("read", entry="site")
def robots_403(exchange: Exchange) -> None:
    """403: RFC 9309 counts every 4xx as "no rules"."""
    _text(exchange, "<h1>Forbidden</h1>", 403)


@fault("pending", "robots_unreachable", entry="site")
def robots_429(exchange: Exchange) -> None:
    """429, always: by the letter a 4xx, by sense a request to stay away."""
    _text(exchange, "slow down", 429)


@fault("pending", "robots_unreachable", entry="site", most_requests=0)
def robots_hanging(exchange: Exchange) -> None:
    """No answer: keep out, and do not wait for it with every URL of the host."""
    _site(exchange, exchange.hang)


@fault("pending", "robots_unreachable", entry="site", most_requests=0)
def robots_reset(exchange: Exchange) -> None:
    """RST in place of robots.txt: keep out."""
    _site(exchange, exchange.reset)


@fault("rejected", "robots_disallowed", entry="site", most_requests=0, most_bytes=32 << 20)
def robots_50_mb(exchange: Exchange) -> None:
    """Rules that forbid the article in the first 100 bytes, then 50 MB of comments. 500 KiB are to be read, no more,
    and their rules hold."""

    def serve() -> None:
        exchange.head(200, "text/plain", Content_Length=str(50 << 20))
        line = b"# " + b"padding " * 15 + b"xxxxx\n"
        exchange.send(RULES.encode().ljust(16384, b"\n"))
        for _ in range(50 * 64 - 1):
            exchange.send(line * 128)

    _site(exchange, serve)


@fault("rejected", "robots_disallowed", entry="site", most_requests=0, most_bytes=32 << 20)
def robots_endless(exchange: Exchange) -> None:
    """The same without a length and without an end, many rules in it."""

    def serve() -> None:
        exchange.head(200, "text/plain", Connection="close")
        exchange.send(RULES.encode())
        exchange.forever(b"".join(b"Disallow: /nowhere/%d\n" % number for number in range(4000)))

    _site(exchange, serve)


@fault("pending", "robots_unreachable", entry="site")
def robots_gzip_grows(exchange: Exchange) -> None:
    """robots.txt that grows to 3 MiB as gzip."""
    _site(exchange, lambda: exchange.reply(growing.gzip_body(), content_type="text/plain", Content_Encoding="gzip"))


@fault("rejected", "robots_disallowed", entry="site", most_requests=1)
def robots_redirect(exchange: Exchange) -> None:
    """A redirect to /rules.txt, which forbids the article."""
    if exchange.rest == "/rules.txt":
        exchange.reply(RULES, content_type="text/plain")
    else:
        _site(exchange, lambda: exchange.redirect("/rules.txt", 301))


@fault("read", entry="site", most_requests=25)
def robots_redirect_loop(exchange: Exchange) -> None:
    """A redirect to itself: after five hops RFC 9309 lets one take it as missing."""
    _site(exchange, lambda: exchange.redirect("/robots.txt", 302))


@fault("read", entry="site")
def robots_redirect_to_private(exchange: Exchange) -> None:
    """A redirect to the canary, which must see no connection. What comes of the article is open."""
    _site(exchange, lambda: exchange.redirect(f"http://{exchange.canary}/robots.txt"))


@fault("read", entry="site")
def robots_redirect_to_file(exchange: Exchange) -> None:
    """A redirect to file:///etc/passwd."""
    _site(exchange, lambda: exchange.redirect("file:///etc/passwd"))


@fault("read", path="/feed.xml", entry="feed", articles=3)
def robots_crawl_delay(exchange: Exchange) -> None:
    """Crawl-delay: 2, and a feed of three articles: any two requests to the host lie 2 s apart."""
    if exchange.rest == "/feed.xml":
        entries = [(f"Entry {number}", f"{exchange.base}/entry-{number}") for number in range(3)]
        exchange.reply(articles.rss(entries), content_type="application/rss+xml")
        return
    _text(exchange, "User-agent: *\nCrawl-delay: 2\nDisallow: /private\n")


@fault("read", entry="site")
def robots_crawl_delay_absurd(exchange: Exchange) -> None:
    """Crawl-delay: 86400. Bounded, or the host is left alone; a crawl that sleeps for a day is neither."""
    _text(exchange, "User-agent: *\nCrawl-delay: 86400\nDisallow: /private\n")


@fault("read", entry="site")
def robots_crawl_delay_garbage(exchange: Exchange) -> None:
    """Crawl-delay: nan, inf, -1, 1e400 and a word, for five groups that all apply: none may reach a timer."""
    values = ("nan", "inf", "-1", "1e400", "slowly")
    _text(exchange, "".join(f"User-agent: *\nCrawl-delay: {value}\nAllow: /\n\n" for value in values))


@fault("read", entry="site")
def robots_html(exchange: Exchange) -> None:
    """The site's front page with status 200 in place of robots.txt: no line of it is a rule."""
    page = "<html><head><title>Front page</title></head><body><p>disallow: nothing</p></body></html>"
    _site(exchange, lambda: exchange.reply(page))


@fault("read", entry="site")
def robots_binary(exchange: Exchange) -> None:
    """20 KB of noise with status 200."""
    noise = Random(exchange.name).randbytes(20_000)
    _site(exchange, lambda: exchange.reply(noise, content_type="text/plain"))


@fault("rejected", "robots_disallowed", entry="site", most_requests=0)
def robots_with_bom(exchange: Exchange) -> None:
    """A byte order mark, CR line ends, tabs and odd case before rules that forbid the article."""
    _text(exchange, "\ufeffUSER-AGENT\t:  *\rdisallow :/article   # not yet\r")


@fault("rejected", "robots_disallowed", entry="site", most_requests=0)
def robots_named_agent(exchange: Exchange) -> None:
    """All may, "newscrawl" may not: the group that names the crawler holds, in whatever case."""
    _text(exchange, "User-agent: *\nAllow: /\n\nUser-agent: NewsCrawl\nUser-agent: other\nDisallow: /\n")


@fault("read", entry="site")
def robots_pattern_bait(exchange: Exchange) -> None:
    """Patterns of many stars against /aaaa...: a matcher that backtracks takes years. The article is allowed."""
    stars = "/" + "*a" * MANY + "*b$"
    rules = "".join(f"Disallow: {stars}{number}\n" for number in range(50))
    _text(exchange, f"User-agent: *\n{rules}")


@fault("read", entry="site", path="/" + "a" * 1500)
def robots_pattern_bait_long(exchange: Exchange) -> None:
    """The same patterns, and a URL of 1,500 "a" to match them against."""
    _text(exchange, "User-agent: *\nDisallow: /" + "*a" * MANY + "*b$\n")
