"""Responses to pages: what goes wrong before a page reaches the pipelines settles its URL."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from newscrawl.crawl.requests import Requests
from newscrawl.items import Discovery
from newscrawl.ledger import UrlEntry, Validators

URL = "https://a.example/1"
ENTRY = UrlEntry(
    id=1,
    url=URL,
    normalized_url=URL,
    host="a.example",
    discovery=Discovery(),
    first_seen_at="2026-11-24T00:00:00Z",
    revision=0,
    attempts=0,
    validators=Validators(),
)


class Settler:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.settled: list[tuple[str, str | None]] = []

    async def settle(self, entry: UrlEntry, outcome: str, **what: Any) -> None:
        self.settled.append((outcome, what.get("reason")))


class Learner:
    """Breaks."""

    wants = saw = None

    async def admits(self, page: object, entry: UrlEntry) -> bool:
        raise KeyError("a bug")


def test_a_page_on_which_newscrawl_itself_breaks_has_failed_and_does_not_keep_the_run_waiting() -> None:
    settler = Settler()
    arrivals = SimpleNamespace(hold=lambda page, body: None)
    session: Any = SimpleNamespace(declared=SimpleNamespace(spider="s"), run_id="1", arrivals=arrivals)
    requests = Requests(session, settler, Learner(), None)  # type: ignore[arg-type]
    response = HtmlResponse(URL, body=b"<p>text</p>", request=Request(URL))

    async def parsed() -> list[object]:
        return [page async for page in requests.parse(response, ENTRY)]

    with pytest.raises(KeyError):
        asyncio.run(parsed())
    assert settler.settled == [("failed", "callback_error")]
