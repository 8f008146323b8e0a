"""The workers answer every page, however hostile, within the limit, and outlive what it does to them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.items import Article, Page, Rejection
from newscrawl.reading.tasks import BATCH, DiscoveryPage
from newscrawl.reading.workers import Workers
from tests.hostile.pages import HOSTILE, hostile_pages

pytestmark = pytest.mark.e2e

PAGE = Page(
    url="https://courier.example/a", requested_url="https://courier.example/a", fetched_at="2026-11-24T00:00:00Z"
)


def spin(_: bytes) -> bytes:
    while True:
        pass


def hoard(_: bytes) -> bytes:
    return b"x" * (4 << 30)


def die(_: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def be_killed(task: bytes) -> bytes:
    """Dies as by the system's hand, the first so many times."""
    times, _, seen = task.decode().partition(" ")
    with Path(seen).open("ab") as file:
        file.write(b".")
    if Path(seen).stat().st_size <= int(times):
        os.kill(os.getpid(), signal.SIGKILL)
    return b"read"


def be_told_to_end(_: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGINT)
    return b"read"


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
            return await workers._pool.call(task, bytes, 0), (await workers.read(b"<p>short</p>", PAGE)).verdict  # type: ignore[arg-type]
        finally:
            workers.close()

    first, second = asyncio.run(both())
    assert isinstance(first, Rejection)
    assert first.reason == reason
    assert isinstance(second, Rejection)
    assert second.reason not in ("crashed", "too_slow", "out_of_memory")


def answer(work: Callable[[bytes], bytes], task: bytes = b"") -> object:
    """What a task of these tests comes to."""

    async def ask() -> object:
        workers = Workers(count=1, cpu_seconds=5)
        try:
            return await workers._pool.call(work, lambda: task, 0)  # type: ignore[arg-type]
        finally:
            workers.close()

    return asyncio.run(ask())


def test_a_page_whose_worker_is_killed_is_read_again_and_rejected_where_that_goes_on(tmp_path: Path) -> None:
    assert answer(be_killed, f"1 {tmp_path}/once".encode()) == b"read"
    assert answer(be_killed, f"3 {tmp_path}/always".encode()) == Rejection(
        reason="crashed", detail=f"worker ended with {-signal.SIGKILL}, each time"
    )


def test_workers_do_not_heed_signals_to_the_group() -> None:
    assert answer(be_told_to_end) == b"read"


def test_what_waits_for_a_worker_ends_when_the_pool_is_stopped() -> None:
    async def stop() -> list[BaseException | object]:
        workers = Workers(count=1, cpu_seconds=60)
        calls = [asyncio.ensure_future(workers._pool.call(spin, bytes, 0)) for _ in range(5)]
        try:
            await asyncio.sleep(0.5)
            workers.stop()
            return await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), 5)
        finally:
            workers.close()

    assert {type(error) for error in asyncio.run(stop())} == {InterruptedError}


def imported(_: bytes) -> bytes:
    return b" ".join(name.encode() for name in ("scrapy", "twisted", "trafilatura") if name in sys.modules)


def test_a_worker_has_what_reads_pages_and_nothing_of_the_crawl(tmp_path: Path) -> None:
    script = tmp_path / "crawl.py"
    script.write_text(CRAWL)
    here = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(tmp_path)])}
    done = subprocess.run([sys.executable, str(script)], env=here, capture_output=True, timeout=60)
    assert done.stdout.split() == [b"trafilatura"], done.stderr.decode()


CRAWL = """
import scrapy.cmdline
import asyncio
from functools import partial
from newscrawl.reading.workers import Workers
from tests.reading.test_workers import imported

async def ask():
    workers = Workers(count=1)
    print((await workers._pool.call(imported, bytes, 0)).decode())
    workers.close()

if __name__ == "__main__":
    asyncio.run(ask())
"""


def test_a_large_sitemap_comes_whole_and_in_order() -> None:
    urls = [f"https://courier.example/{number}-the-gale-of-the-day" for number in range(2 * BATCH + 7)]
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in urls)

    async def ask() -> DiscoveryPage | Rejection:
        workers = Workers(count=1)
        try:
            return await workers.discover(f"<urlset>{listed}</urlset>".encode(), "https://courier.example/s.xml", None)
        finally:
            workers.close()

    read = asyncio.run(ask())
    assert isinstance(read, DiscoveryPage)
    assert [entry.url for entry in read.found.entries] == urls
    assert not read.batches
