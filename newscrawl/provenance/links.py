"""Which site and which article a link on the page leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from newscrawl.web.document import Document
from newscrawl.web.urls import domain_of

SOCIAL = frozenset(
    "facebook.com twitter.com x.com t.co instagram.com linkedin.com pinterest.com reddit.com whatsapp.com wa.me t.me"
    " telegram.me telegram.org youtube.com youtu.be tiktok.com threads.net bsky.app addtoany.com sharethis.com"
    " flipboard.com getpocket.com tumblr.com weibo.com qq.com vk.com ok.ru line.me xing.com mailchi.mp disqus.com"
    " creativecommons.org w3.org schema.org gravatar.com doubleclick.net googleadservices.com googlesyndication.com"
    " blogger.com wordpress.org themegrill.com wix.com"
    " amzn.to amazon.com amazon.co.uk amazon.de apple.com spotify.com wikipedia.org bookshop.org".split()
)
"""Sites that a line about republication links beside the publisher: networks, shops, licences. qq.com is a publisher
too, but a link to it is nearly always a share button; the directory knows its name."""

REFERENCES = frozenset(
    "doi.org arxiv.org biorxiv.org medrxiv.org ssrn.com jstor.org researchgate.net nih.gov github.com"
    " wikimedia.org archive.org statista.com worldbank.org ourworldindata.org google.com goo.gle flickr.com"
    " unsplash.com pexels.com pixabay.com freepik.com gettyimages.com shutterstock.com istockphoto.com alamy.com"
    " deviantart.com canva.com giphy.com imgur.com imdb.com goodreads.com change.org gofundme.com".split()
)
"""Sites of papers, figures, pictures and programs: "Source: arXiv" says where a fact is from, not the story."""

SHORTENERS = frozenset("bit.ly ow.ly goo.gl tinyurl.com trib.al buff.ly dlvr.it lnkd.in fb.me is.gd tmsnrt.rs".split())
"""Links that hide where they lead."""

HOSTS = frozenset(
    "wordpress.com wpengine.com wpenginepowered.com pantheonsite.io herokuapp.com vercel.app netlify.app"
    " azurewebsites.net amazonaws.com cloudfront.net akamaized.net fastly.net localhost local localdomain"
    " wpcomstaging.com kinsta.cloud cdn.ampproject.org ampproject.org appspot.com firebaseapp.com web.app pages.dev"
    " arcpublishing.com brightspotcdn.com googleusercontent.com translate.goog feedburner.com example.com".split()
)
"""Hosts of publishing systems, staging and caches: such a canonical is the outlet's own page or a mistake."""
_OUTLETS_HOSTS = frozenset({"wordpress.com"})
"""Those of them that give outlets hosts of their own: only the front, wordpress.com itself, is meant."""

_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,6}/(?=https?:)", re.I)
_REDIRECT = re.compile(
    r"^https?://(?:[\w-]{1,30}\.){0,3}(?:google\.[a-z.]{2,6}/url|facebook\.com/l\.php|linksynergy\.com"
    r"|safelinks\.protection\.outlook\.com)"
)
_OWN_REDIRECT = re.compile(
    r"^https?://[^/?]{1,100}/(?:[\w-]{1,20}/)?(?:out|go|goto|redirect|redir|exit|leave|link|away|click|external)(?:\.\w{2,4})?/?\?",
    re.I,
)
"""Where a site counts the clicks on links to others: /out?to=https%3A%2F%2F..."""
_AMP_CACHE = re.compile(r"^https?://[\w-]{1,100}\.cdn\.ampproject\.org/[cv]/(?:s/)?")
_ADDRESS = re.compile(r"^[\d.]{7,15}$|:")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads."""

    url: str
    domain: str
    is_article: bool
    """Whether it leads to a page below the site's front page."""


def target_of(document: Document, href: str | None) -> Target | None:
    """Where the link leads, out of archives and redirects; None where it leads to no publisher."""
    url = unwrap(document.absolute(href))
    domain = domain_of(url)
    if url is None or domain is None or "." not in domain or domain in SHORTENERS or _ADDRESS.match(domain):
        return None
    return Target(url, domain, is_article(url))


def unwrap(url: str | None) -> str | None:
    """The URL within an archive's, a redirect's or an AMP cache's."""
    if not url:
        return None
    url = _ARCHIVE.sub("", url)
    if _REDIRECT.match(url) or _OWN_REDIRECT.match(url):
        values = (value for values in parse_qs(urlsplit(url).query).values() for value in values)
        return next((value for value in values if value.startswith(("http://", "https://"))), None)
    if _AMP_CACHE.match(url):
        return "https://" + unquote(_AMP_CACHE.sub("", url))
    return url


def is_host(domain: str) -> bool:
    """Whether the domain is a publishing system's, a staging host's or a cache's, or one of its customers' there."""
    _, _, behind = domain.partition(".")
    return domain in HOSTS or (behind not in _OUTLETS_HOSTS and any(domain.endswith(f".{host}") for host in HOSTS))


def is_article(url: str) -> bool:
    """Whether the URL can be an article's: a path of some length, or a query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path.strip("/")
    if re.fullmatch(
        r"(?:[a-z]{2}(?:[-_][a-z]{2})?|blog(?:/[a-z]{2})?|news|home|index\.\w{2,5}|default\.\w{2,5}"
        r"|about(?:-us)?|en/home)",
        path,
        re.I,
    ):
        return False
    if path.startswith(("tag/", "tags/", "author/", "authors/", "category/", "topic/", "section/", "by/")):
        return False
    return len(path) > 5 or bool(re.search(r"\d{3,}", path + parts.query))
