"""The ledger at a million URLs: the known-URL check, taking, settling, memory, size; what it adds to a crawl.

    python benchmarks/ledger.py [URLS]        default 1,000,000; takes some minutes and 2 GB below TMPDIR

The peer, text keys in SQLite, is measured in the same run. Each line: what, figure, ratio to the limit or to the peer.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from newscrawl.delivery import Delivery
from newscrawl.items import DiscoveredUrl, Discovery
from newscrawl.ledger import DiscoveryPageState, Ledger, UrlEntry, Validators, Visit
from newscrawl.ledger.admin import Admin
from newscrawl.web.urls import url_key
from tests.chaos.crawls import Newscrawl
from tests.chaos.site import Site

START = datetime(2026, 1, 1, tzinfo=UTC)
HOSTS = 40
LOOKUPS = 20_000
BODY = "x" * 4500
"""With the rest of a record, 5 KB."""


def url_of(number: int) -> str:
    """A URL of usual length, 88 characters."""
    day = number % 28 + 1
    return f"https://www.site-{number % HOSTS:02}.example/news/2026/01/{day:02}/a-headline-of-usual-length-{number:08}"


def found(first: int, last: int) -> list[DiscoveredUrl]:
    """URLs with the title and date that a feed gives."""
    return [
        DiscoveredUrl(
            url=(url := url_of(number)),
            normalized_url=url.replace("//www.", "//"),
            discovery=Discovery(
                kind="feed",
                title=f"A headline of usual length, as feeds give them {number:08}",
                date=(START + timedelta(seconds=number)).isoformat(),
            ),
        )
        for number in range(first, last)
    ]


def resident() -> float:
    """Most memory so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 2**20)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def tell(what: str, figure: str, ratio: str = "") -> None:
    """One line."""
    print(f"{what:<58} {figure:>16}  {ratio}", flush=True)


def fill(ledger: Ledger, n: int) -> None:
    """Discovers n URLs, a feed of 1,000 at a time."""
    for first in range(0, n, 1000):
        listing = DiscoveryPageState(url=f"https://site-{first % HOSTS}.example/feed")
        ledger.discover(found(first, min(n, first + 1000)), listing).result()


def known_check(path: Path, n: int) -> None:
    """The check as `discover` makes it, key included; peers: text keys in SQLite, a set of keys in memory."""
    dice = random.Random(1)
    urls = [url_of(dice.randrange(2 * n)).replace("//www.", "//") for _ in range(LOOKUPS)]
    db = sqlite3.connect(path)
    query = "SELECT url FROM known WHERE key = ?"
    hits = 0

    def check() -> None:
        nonlocal hits
        hits = sum(db.execute(query, (url_key("bench", url),)).fetchone() is not None for url in urls)

    cold = timed(check)[1] / LOOKUPS * 1e6
    spent = timed(check)[1] / LOOKUPS * 1e6
    tell(
        "known-URL check",
        f"{spent:.1f} us CPU",
        f"{spent / 20:.2f} of the 20 us allowed; {cold:.1f} us on a new connection; {hits / LOOKUPS:.0%} known",
    )
    pages = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'known'").fetchone()[0] / 1e6
    limit = 40 * n / 1e6
    tell("known-URL table", f"{pages:.1f} MB", f"{pages / limit:.2f} of the {limit:.0f} MB allowed")
    db.execute("ATTACH ':memory:' AS peer")
    db.execute("CREATE TABLE peer.known (url TEXT PRIMARY KEY) WITHOUT ROWID")
    texts = ((f"bench\n{url_of(number)}",) for number in random.Random(2).sample(range(n), min(n, 200_000)))
    db.executemany("INSERT INTO peer.known VALUES (?)", texts)
    text_mb = db.execute("SELECT page_count FROM pragma_page_count('peer')").fetchone()[0] * 4096 / 1e6
    tell(
        "  peer: text keys in SQLite",
        f"{text_mb * n / min(n, 200_000):.0f} MB",
        f"{text_mb * n / min(n, 200_000) / pages:.1f} times ours",
    )
    db.close()


def sizes(path: Path, n: int) -> None:
    """What is used in the file, by tables and indexes, before and after a vacuum."""
    db = sqlite3.connect(path)
    total = db.execute("SELECT sum(pgsize) FROM dbstat").fetchone()[0] / 1e6
    limit = 450 * n / 1e6
    tell("whole ledger", f"{total:.0f} MB", f"{total / limit:.2f} of the {limit:.0f} MB allowed")
    for name, size in db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 5"):
        tell(f"  {name}", f"{size / 1e6:.1f} MB")
    db.close()
    with Admin(path) as admin:
        spent = timed(admin.vacuum)[0]
    total = path.stat().st_size / 1e6
    tell("whole ledger after a vacuum", f"{total:.0f} MB", f"{total / limit:.2f}; in {spent:.1f} s")


def feeder(ledger: Ledger, n: int) -> list[UrlEntry]:
    """Takes n rows, 50 at a time."""
    rows: list[UrlEntry] = []
    while len(rows) < n:
        rows += ledger.take(50).result()
    return rows


def settle(ledger: Ledger, rows: list[UrlEntry]) -> None:
    """Settles them all with records of 5 KB."""
    futures: list[Future[Visit]] = []
    for row in rows:
        record = json.dumps({"url": row.url, "body": BODY}).encode()
        digest = sha256(row.url.encode()).hexdigest()
        etag = Validators(etag=f'"{digest[:32]}"', last_modified="Thu, 01 Jan 2026 00:00:00 GMT")
        futures.append(
            ledger.settle(row, "article", record=record, content_hash=digest, http_status=200, validators=etag)
        )
    for future in futures:
        future.result()


def crawl_cpu(pages: int) -> float:
    """CPU seconds of a crawl's Scrapy process, without its workers, over so many pages of 5 KB."""
    with Site(pages) as site, tempfile.TemporaryDirectory() as folder:
        _, status, usage = os.wait4(Newscrawl(Path(folder), site).start().pid, 0)
        assert status == 0, (Path(folder) / "log").read_text()
    return usage.ru_utime + usage.ru_stime


def share_of_a_crawl(seconds: float) -> None:
    """The ledger's CPU per page against a crawl's, its start left out. Reading, in the workers, comes on top."""
    page = (crawl_cpu(1200) - crawl_cpu(200)) / 1000
    tell(
        "ledger's CPU per page: discovered, taken, settled",
        f"{seconds * 1e6:.0f} us",
        f"{seconds / page:.1%} of the {page * 1e3:.1f} ms of a crawl's Scrapy process, 10 % allowed",
    )


def runs() -> Iterator[str]:
    """Run ids."""
    number = 0
    while True:
        number += 1
        yield f"bench-{number}"


def main(n: int) -> None:
    """All figures."""
    ids = runs()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = root / "ledger.db"

        def begin() -> Ledger:
            return Ledger(path, spider="bench", run_id=next(ids), now=lambda: START + timedelta(days=30))

        ledger = begin()
        wall, cpu = timed(lambda: fill(ledger, n))
        per_page = cpu / n
        tell(f"discovering {n:,} new URLs", f"{cpu / n * 1e6:.0f} us CPU each", f"{wall / n * 1e6:.0f} us wall")
        before = resident()
        first = timed(lambda: ledger.take(50).result())[0]
        wall, cpu = timed(lambda: feeder(ledger, 5000))
        per_page += cpu / 5000
        tell(
            f"taking 50 of {n:,} pending in {HOSTS} hosts",
            f"{wall / 100 * 1e3:.1f} ms",
            f"the first: {first * 1e3:.1f} ms",
        )
        tell("memory that taking adds", f"{resident() - before:.1f} MB", f"{resident():.0f} MB in all")
        wall, cpu = timed(lambda: [ledger.discover(found(0, 100)).result() for _ in range(50)])
        tell("a feed of 100 known URLs", f"{cpu / 50 * 1e3:.1f} ms CPU", f"{wall / 50 * 1e3:.1f} ms wall")
        known_check(path, n)
        ledger.finish().result()
        ledger.close()
        ledger = begin()
        delivery = Delivery(ledger, root)
        rows = feeder(ledger, 5000)
        wall, cpu = timed(lambda: settle(ledger, rows))
        tell(
            "settling and delivering an article of 5 KB",
            f"{cpu / 5000 * 1e6:.0f} us CPU",
            f"{wall / 5000 * 1e6:.0f} us wall",
        )
        share_of_a_crawl(per_page + cpu / 5000)
        delivery.close()
        ledger.finish().result()
        ledger.close()
        as_if_all_exported(path)
        wall, _ = timed(lambda: begin().close())
        tell(f"beginning a run, nothing due of {n:,}", f"{wall * 1e3:.0f} ms")
        with Admin(path) as admin:
            tell("counts", f"{timed(admin.counts)[0] * 1e3:.0f} ms")
            tell("check", f"{timed(admin.check)[0]:.1f} s")
        sizes(path, n)


def as_if_all_exported(path: Path) -> None:
    """Gives every row what an exported one has, and empties the outbox: the size is that of a settled ledger."""
    db = sqlite3.connect(path)
    db.execute(
        "UPDATE url SET state = 1, due = 1900000000 + id, visited = 1767225600, revision = 1, status = 200,"
        " content_hash = randomblob(16), etag = '\"' || hex(randomblob(16)) || '\"',"
        " last_modified = 'Thu, 01 Jan 2026 00:00:00 GMT' WHERE state = 0"
    )
    db.execute("DELETE FROM outbox")
    db.commit()
    db.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
