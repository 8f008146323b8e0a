"""The one entrance of discovery: tells by the bytes what a fetched document is and has it read."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from newscrawl.discovery.discovery_result import DiscoveryResult, Draft
from newscrawl.discovery.feeds import read_feed, read_json_feed
from newscrawl.discovery.listings import read_listing
from newscrawl.discovery.robots_sitemaps import MAX_ROBOTS_BYTES, read_robots
from newscrawl.discovery.sitemaps import read_sitemap, read_url_list
from newscrawl.discovery.unpack import text_of, unpacked
from newscrawl.web.document import parse

_HEAD = 2**16
_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(!doctype\s+html|html|rss|rdf|feed|channel|urlset|sitemapindex)\b", re.IGNORECASE
)
_READERS = {"urlset": read_sitemap, "sitemapindex": read_sitemap} | dict.fromkeys(
    ("rss", "rdf", "feed", "channel"), read_feed
)
_ROBOTS_LINE = re.compile(r"(?:user-agent|sitemap|disallow|allow|crawl-delay)\s{0,9}:", re.IGNORECASE)
_URL_LINE = re.compile(r"https?://\S{1,2048}\s*$", re.IGNORECASE)


def discover(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    aliases: Collection[str] = (),
) -> DiscoveryResult:
    """What a fetched document tells about where articles are. Never raises; what could not be read is in `problems`.

    Tells by the bytes, not by URL or Content-Type, what the document is: servers call feeds text/html and answer /feed
    with an HTML page. `url` is the response's. `aliases` are registrable domains whose links on a listing page count as
    the site's own.
    """
    problems: list[str] = []
    body = unpacked(body, problems)
    found = _read(body, url, content_type, problems, aliases)
    found.problems[:0] = problems
    return found


def _read(
    body: bytes,
    url: str,
    content_type: str | None,
    problems: list[str],
    aliases: Collection[str],
) -> DiscoveryResult:
    head = text_of(body[:_HEAD], content_type, []).strip()
    root = _ROOT.search(head)
    if not root and head[:9].lower() in ("<!doctype", "<?xml ver"):  # a prolog longer than the head: a DTD
        root = _ROOT.search(text_of(body, content_type, []))
    name = root[1].lower() if root else ""
    if name in _READERS:
        return _READERS[name](_from_root(text_of(body, content_type, problems), problems), url)
    if head.startswith("{"):
        return read_json_feed(text_of(body, content_type, problems), url)
    if not name and _is_robots(head, url):
        return read_robots(text_of(body[: MAX_ROBOTS_BYTES + 1], content_type, problems), url)
    if _URL_LINE.match(head.partition("\n")[0]):
        return read_url_list(text_of(body, content_type, problems), url)
    if name or "<" in head:
        return _read_html(body, url, content_type, aliases)
    return _unknown(url, f"neither markup nor a list of URLs: {head[:60]!r}" if head else "empty")


def _from_root(text: str, problems: list[str]) -> str:
    """The text from its root element on, line numbers kept: no parser sees a DOCTYPE, whose entities can explode."""
    match = _ROOT.search(text)
    start = match.start() if match else 0
    prolog = text[:start]
    if "<!ENTITY" in prolog:
        problems.append("entity declarations were left out")
    return "\n" * prolog.count("\n") + text[start:]


def _is_robots(head: str, url: str) -> bool:
    lines = (line.strip() for line in head.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return bool(_ROBOTS_LINE.match(first)) or (_path(url).endswith("/robots.txt") and "<" not in head[:200])


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _read_html(body: bytes, url: str, content_type: str | None, aliases: Collection[str]) -> DiscoveryResult:
    document = parse(body, url, content_type=content_type)
    if isinstance(document, str):
        return _unknown(url, f"page not parsed: {document}")
    return read_listing(document, aliases=aliases)


def _unknown(url: str, problem: str) -> DiscoveryResult:
    draft = Draft("unknown", url)
    draft.problem(problem)
    return draft.done()
