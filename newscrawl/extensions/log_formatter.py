"""How pages that give no record are logged: one INFO line each; nothing from outside breaks a line."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider, logformatter
from scrapy.http import Response
from scrapy.logformatter import LogFormatterResult
from twisted.python.failure import Failure

from newscrawl.fetch.errors import NothingNew, Rejected
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.views.terminal import one_line


class LogFormatter(logformatter.LogFormatter):
    """Scrapy's lines, but for rejections (one line with reason and URL) and records (no body in the log)."""

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One line: "rejected listing https://..."."""
        url = one_line(item.page.requested_url) if isinstance(item, FetchedPage) else ""
        if isinstance(exception, NothingNew):
            return {"level": logging.DEBUG, "msg": "%(visit)s %(url)s", "args": {"visit": str(exception), "url": url}}
        if not isinstance(exception, Rejected):
            return super().dropped(item, exception, response, spider)
        rejection = exception.rejection
        detail = f" ({one_line(rejection.detail)})" if rejection.detail else ""
        if rejection.near_border:
            detail += f", near the border by {rejection.sign}, {rejection.length} characters"
        args = {"reason": rejection.reason, "url": url, "detail": detail}
        return {"level": logging.INFO, "msg": "rejected %(reason)s %(url)s%(detail)s", "args": args}

    def scraped(self, item: Any, response: Any, spider: Spider) -> LogFormatterResult:
        """Nothing: the summary counts records."""
        return None  # type: ignore[return-value]  # Scrapy takes it for silence, but does not declare it
