"""Every way by which a page can name a URL: `ssrf` leads to FaultServer.targets by each of them (see ../ssrf.py)."""

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
    targets = [escape(target) for target in exchange.targets]
    documents = {
        "/link": (articles.listing(targets), "text/html"),
        "/sitemap.xml": (articles.urlset(targets), "application/xml"),
        "/sitemap-index.xml": (articles.sitemap_index(targets), "application/xml"),
        "/feed.xml": (articles.rss(("Calm at sea", target) for target in targets), "application/rss+xml"),
    }
    head = LINKS.get(exchange.rest, "").format(targets[0])
    if exchange.rest == "/meta-refresh":
        return f"<!DOCTYPE html><html><head>{head}<title>Moved</title></head><body></body></html>", "text/html"
    default = (articles.article(exchange.name, head=head), "text/html")
    return documents.get(exchange.rest, default)


@fault("rejected", "blocked_address", path="/link", entry="listing", articles=None)
def ssrf(exchange: Exchange) -> None:
    """/link, /redirect, /sitemap.xml, /sitemap-index.xml, /feed.xml, /canonical, /amphtml, /next-part, /meta-refresh,
    /alternate-feed, /image, /base and /iframe lead to FaultServer.targets, which must not be asked for."""
    if exchange.rest == "/redirect":
        exchange.redirect(exchange.targets[0])
    else:
        body, content_type = _document(exchange)
        exchange.reply(body, content_type=content_type)


@fault("rejected", "blocked_address", entry="site", articles=None)
def ssrf_robots(exchange: Exchange) -> None:
    """robots.txt redirects to FaultServer.targets; that of sitemap-line.ssrf-robots.example names it as a sitemap."""
    if exchange.rest == "/robots.txt" and not exchange.visit.host.startswith("sitemap-line."):
        exchange.redirect(exchange.targets[0])
    elif exchange.rest == "/robots.txt":
        exchange.reply(f"User-agent: *\nAllow: /\nSitemap: {exchange.targets[0]}\n", content_type="text/plain")
    else:
        exchange.article()
