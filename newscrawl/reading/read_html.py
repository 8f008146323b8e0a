"""`newscrawl.read(html, url)`: one page, without a crawl."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.items import Article, Page, Rejection, Site
from newscrawl.reading.read_page import read_page
from newscrawl.web.dates import utc


def read(
    html: bytes,
    url: str,
    *,
    content_type: str | None = None,
    fetched_at: str | None = None,
    site: Site | None = None,
) -> Article | Rejection:
    """Reads one page; returns the article, or a rejection with its reason. It fetches nothing.

    `html`: the page's bytes, without content encoding, in any charset. `url`: of the response, absolute.
    `content_type`: its header. `fetched_at`: ISO 8601 with a zone; now where it is left out. `site`: declared rules.
    An article of several parts gives a rejection whose reason begins with "needs_" and whose detail is the URL to ask.
    A page that stalls a parser is not stopped here; a crawl reads pages in processes with limits.
    """
    moment = fetched_at or utc(datetime.now(UTC))
    page = Page(url=url, requested_url=url, content_type=content_type, fetched_at=moment, is_all=True)
    verdict = read_page(html, page, site)
    if isinstance(verdict, Article | Rejection):
        return verdict
    return Rejection(reason=f"needs_{verdict.how}", detail=verdict.url)
