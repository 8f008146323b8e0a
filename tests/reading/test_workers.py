"""The workers answer every page, however hostile, within the limit, and outlive what it does to them."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from newscrawl.items import Article, Page, Rejection
from newscrawl.reading.workers import Workers
from tests.hostile.pages import HOSTILE, hostile_pages

pytestmark = pytest.mark.e2e

PAGE = Page(
    url="https://courier.example/a", requested_url="https://courier.example/a", fetched_at="2026-11-24T00:00:00Z"
)


def spin() -> bytes:
    while True:
        pass


def hoard() -> bytes:
    return b"x" * (4 << 30)


def die() -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


async def verdicts() -> dict[str, Article | Rejection]:
    """Two at a time, as the pages come: all together they are 250 MB."""
    workers = Workers(count=2, cpu_seconds=10)
    room = asyncio.Semaphore(2)
    found: dict[str, Article | Rejection] = {}

    async def ask(name: str, html: bytes) -> None:
        try:
            found[name] = (await workers.read(html, PAGE)).verdict  # type: ignore[assignment]
        except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
            found[name] = Rejection(reason=f"raised {error!r}")
        finally:
            room.release()

    try:
        tasks = []
        for name, html in hostile_pages():
            await room.acquire()
            tasks.append(asyncio.ensure_future(ask(name, html)))
        await asyncio.gather(*tasks)
    finally:
        workers.close()
    return found


def test_hostile_pages_come_back() -> None:
    found = asyncio.run(verdicts())
    assert sorted(found) == sorted(HOSTILE)
    wrong = {
        name: verdict.reason if isinstance(verdict, Rejection) else "read"
        for name, verdict in found.items()
        if (isinstance(verdict, Rejection) and verdict.reason.startswith("raised"))
        or HOSTILE[name].may not in ("either", "read" if isinstance(verdict, Article) else "reject")
    }
    assert wrong == {}


@pytest.mark.parametrize(("task", "reason"), [(spin, "too_slow"), (hoard, "out_of_memory"), (die, "crashed")])
def test_what_breaks_a_worker_is_a_rejection_and_the_next_page_is_read(task: object, reason: str) -> None:
    async def both() -> tuple[object, object]:
        workers = Workers(count=1, cpu_seconds=1)
        try:
            return await workers._call(task), (await workers.read(b"<p>short</p>", PAGE)).verdict  # type: ignore[arg-type]
        finally:
            workers.close()

    first, second = asyncio.run(both())
    assert isinstance(first, Rejection)
    assert first.reason == reason
    assert isinstance(second, Rejection)
    assert second.reason not in ("crashed", "too_slow", "out_of_memory")
