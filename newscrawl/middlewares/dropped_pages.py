"""Settles a page's URL where a spider middleware of the project drops the page, or raises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from newscrawl.fetch.fetched_page import DROPPED, VISIT, FetchedPage, PageVisit


class DroppedPagesMiddleware:
    """The spider middleware next to the engine sees what all others have left; the pipelines settle what they get."""

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The result as it is."""
        goes_on = False
        try:
            async for made in result:
                goes_on = goes_on or _goes_on_with(made, response)
                yield made
        except Exception:
            await self._settle(response, "failed", "callback_error", goes_on=goes_on)
            raise
        await self._settle(response, "rejected", DROPPED, goes_on=goes_on)

    async def _settle(self, response: Response, outcome: Any, reason: str, *, goes_on: bool) -> None:
        visit: PageVisit | None = response.meta.pop(VISIT, None) if response.request else None
        if visit is not None and not goes_on:
            await visit.settle(outcome, reason=reason, http_status=response.status)


def _goes_on_with(made: Any, response: Response) -> bool:
    """Whether the page goes to the pipelines, or its URL is requested once more."""
    if isinstance(made, Request):
        return "entry" in made.cb_kwargs and made.cb_kwargs["entry"] is response.cb_kwargs.get("entry")
    return isinstance(made, FetchedPage) and made.entry is response.cb_kwargs.get("entry")
