"""Requests whose pages are rendered by the browser. Needs no browser, and no package for one, to be there."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from newscrawl.fetch.browser.steps import Step

STEPS = "newscrawl_steps"
"""Key in a request's meta: the steps to make in the page."""


def in_browser(request: Request, steps: tuple[Step, ...] = ()) -> Request:
    """The request, to be made by the browser; unconditional, since what a page shows is not in its own answer only."""
    return request.replace(headers={}, meta=request.meta | {"playwright": True, STEPS: steps})


def is_rendered(response: Response) -> bool:
    """Whether a response's body is what the browser made of the page."""
    return "playwright" in response.flags
