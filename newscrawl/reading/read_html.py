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
    """The article of a page, or why it gives none.

    `url`: of the response. `content_type`: its header. `fetched_at`: ISO 8601 with zone, else now. `site`: rules.
    A page that stalls is not stopped: pages from outside are safer in `newscrawl.reading.workers`.
    """
    moment = fetched_at or utc(datetime.now(UTC))
    page = Page(url=url, requested_url=url, content_type=content_type, fetched_at=moment, is_all=True)
    verdict = read_page(html, page, site)
    if isinstance(verdict, Article | Rejection):
        return verdict
    return Rejection(reason=f"needs_{verdict.how}", detail=verdict.url)
