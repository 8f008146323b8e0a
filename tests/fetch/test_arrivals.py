"""How many bytes may be under way: as long as holders live, and whatever a host sent before."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import StopDownload
from scrapy.signalmanager import SignalManager

from newscrawl.fetch import arrivals
from newscrawl.fetch.arrivals import Arrivals


class Crawler(SimpleNamespace):
    """What Arrivals needs of one, with a page that is being read."""

    __hash__ = object.__hash__  # type: ignore[assignment]


@pytest.fixture
def crawler(monkeypatch: pytest.MonkeyPatch) -> Crawler:
    monkeypatch.setattr(arrivals, "MAX_BYTES", 1000)
    monkeypatch.setattr(arrivals, "USUAL", 100)
    slot = SimpleNamespace(active={"a page"})
    return Crawler(signals=SignalManager(), engine=SimpleNamespace(scraper=SimpleNamespace(slot=slot)))


class Holder:
    """Stands for a response."""


def admitted(one: Arrivals, host: str = "a.example") -> bool:
    async def ask() -> bool:
        try:
            await asyncio.wait_for(one.room(host), 0.2)
        except TimeoutError:
            return False
        return True

    return asyncio.run(ask())


def test_a_download_waits_while_bodies_are_held(crawler: Any) -> None:
    one = Arrivals(crawler)
    response, page, body = Holder(), Holder(), b"x" * 950
    one.hold(response, body)
    one.hold(page, body)
    assert one.total == 950
    assert not admitted(one)
    del response
    assert not admitted(one)
    del page
    assert one.total == 0
    assert admitted(one)


def test_where_nothing_is_read_one_is_let_through(crawler: Any) -> None:
    one, page = Arrivals(crawler), Holder()
    one.hold(page, b"x" * 2000)
    assert not admitted(one)
    crawler.engine.scraper.slot.active.clear()
    assert admitted(one)
    with one.watched(Request("http://b.example/"), "b.example"):
        assert not admitted(one)


def test_what_grows_beyond_its_host_s_usual_size_while_there_is_no_room_is_broken_off(crawler: Any) -> None:
    one = Arrivals(crawler)
    first, second = Request("http://a.example/"), Request("http://b.example/")
    with one.watched(first, "a.example"), one.watched(second, "b.example") as arrived:
        one.bytes_received(b"x" * 800, first)
        with pytest.raises(StopDownload):
            one.bytes_received(b"x" * 300, second)
        assert arrived.is_crowded_out
    one.expect("b.example", 900)
    with one.watched(second, "b.example") as arrived:
        one.bytes_received(b"x" * 900, second)
        assert not arrived.is_crowded_out
    assert not admitted_beside(one, 200)


def admitted_beside(one: Arrivals, size: int) -> bool:
    page = Holder()
    one.hold(page, b"x" * size)
    return admitted(one, "b.example")
