"""Every way by which a page can name a URL: `ssrf` leads to FaultServer.target by each of them (see ../ssrf.py)."""

from __future__ import annotations

from html import escape

from .. import articles
from ..exchange import Exchange
from ..table import fault

LINKS = {
    "/canonical": '<link rel="canonical" href="{}">',
    "/amphtml": '<link rel="amphtml" href="{}">',
    "/next-part": '<link rel="next" href="{}">',
    "/meta-refresh": '<meta http-equiv="refresh" content="0; url={}">',
    "/alternate-feed": '<link rel="alternate" type="application/rss+xml" href="{}">',
    "/image": '<meta property="og:image" content="{}">',
    "/base": '<base href="{}">',
    "/iframe": '<iframe src="{}"></iframe>',
}
"""Articles that name the target in their head, by path."""


def _document(exchange: Exchange) -> tuple[str, str]:
    target = escape(exchange.target)
    documents = {
        "/link": (articles.listing([target]), "text/html"),
        "/sitemap.xml": (articles.urlset([target]), "application/xml"),
        "/sitemap-index.xml": (articles.sitemap_index([target]), "application/xml"),
        "/feed.xml": (articles.rss([("Calm at sea", target)]), "application/rss+xml"),
    }
    default = (articles.article(exchange.name, head=LINKS.get(exchange.rest, "").format(target)), "text/html")
    return documents.get(exchange.rest, default)


@fault("reject", "blocked_address", path="/link", entry="listing", articles=None)
def ssrf(exchange: Exchange) -> None:
    """/link, /redirect, /sitemap.xml, /sitemap-index.xml, /feed.xml, /canonical, /amphtml, /next-part, /meta-refresh,
    /alternate-feed, /image, /base and /iframe lead to FaultServer.target, which must not be asked for."""
    if exchange.rest == "/redirect":
        exchange.redirect(exchange.target)
    else:
        body, content_type = _document(exchange)
        exchange.reply(body, content_type=content_type)


@fault("reject", "blocked_address", entry="site", articles=None)
def ssrf_robots(exchange: Exchange) -> None:
    """robots.txt redirects to FaultServer.target; that of sitemap-line.ssrf-robots.example names it as a sitemap."""
    if exchange.rest == "/robots.txt" and not exchange.visit.host.startswith("sitemap-line."):
        exchange.redirect(exchange.target)
    elif exchange.rest == "/robots.txt":
        exchange.reply(f"User-agent: *\nAllow: /\nSitemap: {exchange.target}\n", content_type="text/plain")
    else:
        exchange.article()
