"""A synthetic crawl through ledger and delivery, killed at named points.

`python -m tests.delivery.chaos FOLDER CALLS [PROTECTION]`: CALLS of each operation are chosen; PROTECTION is taken out,
see SABOTAGE. One thread forks a child for each trial, so that Python starts once. A line of JSON for each trial: what
was lost, doubled, torn.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from newscrawl.delivery import Delivery, DeliveryError, Options
from newscrawl.delivery.jsonlines import JsonLines
from newscrawl.items import DiscoveredUrl, Discovery
from newscrawl.ledger import Cursor, DiscoveryPageState, FinalUrl, Ledger, LedgerError, UrlEntry, Validators, writer
from newscrawl.ledger import ledger as ledger_module
from newscrawl.ledger.sqlite import queue, runs
from newscrawl.ledger.sqlite.encoding import Run
from tests.chaos.kills import OPERATIONS, WHEN, Aim, Killer, verdict

ARTICLES = 60


def found() -> list[DiscoveredUrl]:
    urls = [f"https://{'abc'[number % 3]}.example/{number}" for number in range(ARTICLES)]
    return [DiscoveredUrl(url=url, normalized_url=url, discovery=Discovery(kind="feed")) for url in urls]


def expected() -> list[str]:
    """URLs of the records: every tenth page is no article, every seventh redirects to its final form."""
    numbers = [number for number in range(ARTICLES) if number % 10]
    return sorted(f"https://{'abc'[number % 3]}.example/{number}{'' if number % 7 else '/final'}" for number in numbers)


def visit(ledger: Ledger, row: UrlEntry) -> None:
    number = int(row.url.rpartition("/")[2]) if not row.url.endswith("final") else 1
    if number % 10 == 0:
        ledger.settle(row, "rejected", reason="listing")
        return
    final = row.url if number % 7 or row.url.endswith("final") else f"{row.url}/final"
    record = json.dumps({"url": final, "body": "x" * 300}).encode()
    ledger.settle(row, "article", record=record, content_hash="0f" * 32, final_url=FinalUrl(final, final))


def crawl(folder: Path, run_id: str, options: Options) -> None:
    """One run to the end, with a small group so that there are many commits."""
    writer.GROUP, ledger_module.CHUNK = 10, 20
    ledger = Ledger(folder / "ledger.db", spider="s", run_id=run_id, now=lambda: datetime.now(UTC), revisit=False)
    try:
        assert ledger.lock("a.example").result() is None
        delivery = Delivery(ledger, folder, options)
        if not ledger.validators("https://f").result().etag:
            ledger.discover(found(), DiscoveryPageState(url="https://f", validators=Validators("1")))
        while rows := ledger.take(7).result():
            for row in rows:
                visit(ledger, row)
        delivery.close()
        report = ledger.finish().result()
        assert report.balanced, report
    finally:
        ledger.close()


def in_child(work: Callable[[], None]) -> int:
    """Runs it in a child; the exit code, negative for a signal."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
    except (DeliveryError, LedgerError):
        os._exit(5)
    except BaseException:  # noqa: BLE001  a child must not go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def outcome(folder: Path) -> dict[str, int]:
    """What stands in the files, against what should; how many are open."""
    files = sorted((folder / "articles" / "s").glob("*"))
    return {**verdict(files, expected()), "open": len(list(folder.rglob("*.part")))}


def killed(folder: Path, options: Options, aims: list[Aim]) -> dict[str, Any]:
    """Runs killed at these points, one after the other, then one to the end."""
    folder.mkdir()

    def armed(number: int, aim: Aim) -> None:
        Killer(*aim).arm()
        crawl(folder, f"killed-{number}", options)

    codes = [in_child(partial(armed, number, aim)) for number, aim in enumerate(aims)]
    last = in_child(lambda: crawl(folder, "last", options))
    return {"aims": aims, "killed": codes.count(-signal.SIGKILL), "last": last, **outcome(folder)}


def starved(folder: Path, options: Options, size: int) -> dict[str, Any]:
    """A run on a disk where no file may exceed a size, then one to the end."""
    folder.mkdir()

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        crawl(folder, "starved", options)

    first = in_child(limited)
    last = in_child(lambda: crawl(folder, "last", options))
    return {"size": size, "first": first, "last": last, **outcome(folder)}


def calls_of_one_run(folder: Path, options: Options) -> dict[str, int]:
    """How often an undisturbed run comes to each operation."""
    folder.mkdir()
    counts = folder / "counts"

    def counting() -> None:
        killer = Killer()
        killer.arm()
        crawl(folder, "counted", options)
        counts.write_text(json.dumps(killer.calls))

    assert in_child(counting) == 0
    calls: dict[str, int] = json.loads(counts.read_text())
    return calls


def points(calls: dict[str, int], each: int) -> Iterator[Aim]:
    """Every operation, before, within and after; at `each` of its calls, evenly chosen, the first and the last too."""
    for operation in OPERATIONS:
        count = calls.get(operation, 0)
        for nth in sorted({1 + round(step * (count - 1) / max(1, each - 1)) for step in range(each if count else 0)}):
            for when in WHEN:
                if when != "half" or operation == "pwrite":
                    yield operation, when, nth


SABOTAGE: dict[str, Callable[[], None]] = {
    "cut": lambda: setattr(JsonLines, "_open", _open_without_cut),
    "cursor": lambda: setattr(JsonLines, "recover", lambda sink: None),
    "free": lambda: setattr(runs, "free_dead", lambda db, run_locks: None),
    "validators": lambda: setattr(queue, "listing_number", _validators_at_once),
    "offset": lambda: setattr(JsonLines, "_move", _move_ahead),
}
"""Protections that can be taken out, to see that the trials find it."""


def _open_without_cut(sink: JsonLines, part: Path) -> None:
    sink._file = os.open(part, os.O_RDWR | os.O_CREAT)
    sink._cursor = replace(sink._cursor, offset=part.stat().st_size)


def _move_ahead(sink: JsonLines, to: Cursor) -> None:
    """The cursor kept in memory, and committed when a file is closed only."""
    if to.file is None or to.offset == 0:
        sink._outbox.move(sink._consumer, sink._stream, to)
    sink._cursor = to


def _validators_at_once(db: sqlite3.Connection, run: Run, url: str, now: int) -> int:
    return queue.put_page_state(db, run, DiscoveryPageState(url=url, validators=Validators("1")), now)


def tell(trial: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(trial) + "\n")
    sys.stdout.flush()


def kill_everywhere(root: Path, options: Options, calls: int) -> list[Aim]:
    """A trial for every point; answers the points."""
    chosen = list(points(calls_of_one_run(root / f"{options.compression}-calls", options), calls))
    for number, aim in enumerate(chosen):
        tell(killed(root / f"{options.compression}-{number}", options, [aim]))
    return chosen


def main(root: Path, calls: int, without: str) -> None:
    """All trials; with a protection taken out only those that a single kill of plain files makes."""
    plain = Options(rotate_bytes=4000)
    SABOTAGE.get(without, lambda: None)()
    chosen = kill_everywhere(root, plain, calls)
    if without:
        return
    kill_everywhere(root, Options(compression="gzip", rotate_bytes=300), 2)
    kill_everywhere(root, Options(compression="zstd", rotate_bytes=300), 2)
    dice = random.Random(1)
    for number in range(10):
        tell(killed(root / f"row-{number}", plain, [dice.choice(chosen) for _ in range(5)]))
    for size in (1_000, 5_000, 40_000, 100_000, 200_000, 300_000, 1_000_000):
        tell(starved(root / f"disk-{size}", Options(), size))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
