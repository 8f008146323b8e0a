"""Exports killed at named and random points, then run to the end: is each record in the target once?

`python -m tests.delivery.export_chaos FOLDER URI ARTICLES TRIALS [PROTECTION]`, where {} in URI stands for the trial's
folder; PROTECTION is taken out. One line of JSON a trial: where it was killed, what was lost, doubled or strange.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from newscrawl.delivery.consumers import Consumer
from newscrawl.delivery.export_run import Export
from newscrawl.delivery.reader import Reader
from newscrawl.delivery.targets.uris import open_target, public
from newscrawl.ledger.exports import Exports
from tests.chaos.kills import Aim, Killer
from tests.delivery.bucket_server import bucket
from tests.delivery.chaos import in_child
from tests.delivery.export_reading import read_back
from tests.delivery.export_rig import expected, key, three_days
from tests.delivery.postgres_server import server

STEPS = ("write", "finish", "move", "register", "take")
"""Named points: the target's write and finish, the ledger's cursor, its first registration, the reading of a batch."""
SYSTEM = ("fsync", "rename", "commit")
RECORDS = 17
"""Of a batch, so that there are many."""


def export(data: Path, uri: str, killer: Killer | None = None, records: int = RECORDS) -> None:
    """One call of `scrapy export`, without Scrapy."""
    with Exports(data / "ledger.db", lambda: 0) as exports:
        consumer = Consumer.register(data, "chaos", public(uri))
        with consumer.lock():
            target = open_target(uri, consumer.name)
            target.records = records
            if killer:
                for owner, name in ((target, "write"), (target, "finish"), (exports, "move"), (exports, "register")):
                    setattr(owner, name, killer.wrap(name, getattr(owner, name)))
                killer_take = killer.wrap("take", Reader.take)
                Reader.take = lambda *args: killer_take(*args)  # type: ignore[method-assign]
            Export(exports, data, consumer, target, spiders=(), since="").catch_up()
            target.close()


def calls_of_one_export(data: Path, folder: Path, uri: str, records: int) -> dict[str, int]:
    """How often an undisturbed export comes to each point."""
    counts = folder / "counts"

    def counting() -> None:
        killer = Killer()
        killer.arm()
        export(data, uri, killer, records)
        counts.write_text(json.dumps(killer.calls))

    assert in_child(counting) == 0
    calls: dict[str, int] = json.loads(counts.read_text())
    return calls


def aims(calls: dict[str, int], trials: int) -> Iterator[Aim]:
    """A quarter of the trials between the target's write and the cursor's, the rest at all points in turn."""
    dice = random.Random(7)
    points = [(step, when) for step in (*STEPS, *SYSTEM) for when in ("before", "after") if calls.get(step)]
    for number in range(trials):
        between = ("finish", "after") if number % 16 == 4 else ("write", "after")
        step, when = between if number % 4 == 0 else points[number % len(points)]
        yield step, when, dice.randint(1, calls[step])


def trial(root: Path, prepared: Path, uri: str, aim: Aim, records: int) -> dict[str, Any]:
    """One kill, then an export to the end, in which a day that was waiting has been delivered meanwhile."""
    shutil.copytree(prepared, root)
    target = uri.format(root)
    begin_empty(target)

    def killed() -> None:
        killer = Killer(*aim)
        killer.arm()
        export(root / "data", target, killer, records)

    code = in_child(killed)
    torn = in_child(lambda: readable(target))
    last = in_child(lambda: export(root / "data", target, None, records))
    (root / "found.json").unlink(missing_ok=True)
    in_child(lambda: (root / "found.json").write_text(json.dumps(read_back(target))) and None)
    found = Counter(map(tuple, json.loads((root / "found.json").read_text())))
    wanted = set(map(key, expected(root / "data")))
    return {
        "aim": aim,
        "killed": code == -signal.SIGKILL,
        "last": last,
        "torn": torn,
        "lost": len(wanted - set(found)),
        "doubled": sum(found.values()) - len(found),
        "strange": len(set(found) - wanted),
    }


def readable(uri: str) -> None:
    """Whether a reader can read what a kill has left, and finds nothing twice; an error where not."""
    found = read_back(uri)
    if len(found) != len(set(found)):
        raise ValueError("doubled")


def _without_cursor_in_target() -> None:
    """The position that the target keeps is not read: the ledger's is trusted, which comes later."""
    Export._write_from = Export._write  # type: ignore[attr-defined]
    Export._write = lambda self, spider, stored: Export._write_from(self, spider, None)  # type: ignore[attr-defined, method-assign]


SABOTAGE: dict[str, Callable[[], None]] = {"position": _without_cursor_in_target}


def load(uri: str) -> None:
    """Loads the kind's libraries once, before the children are forked."""
    if uri.startswith(("parquet", "duckdb")):
        import duckdb  # noqa: F401

        import newscrawl.delivery.targets.parquet  # noqa: F401
    if uri.startswith("postgresql"):
        import psycopg  # noqa: F401
    if uri.startswith("jsonl:s3"):
        import s3fs  # noqa: F401


def begin_empty(uri: str) -> None:
    """Drops what the trial before has left in the database."""
    if uri.startswith("postgresql"):
        import psycopg

        with psycopg.connect(uri, autocommit=True) as db:
            db.execute("DROP SCHEMA public CASCADE")
            db.execute("CREATE SCHEMA public")


SERVERS: dict[str, Callable[[], AbstractContextManager[str]]] = {"postgresql:": server, "s3:": bucket}


def main(root: Path, uri: str, articles: int, trials: int, without: str) -> None:
    """All trials of one kind of target; "postgresql:" and "s3:" mean a server of their own."""
    if uri in SERVERS:
        with SERVERS[uri]() as made:
            main(root, made, articles, trials, without)
        return
    SABOTAGE.get(without, lambda: None)()
    records = max(RECORDS, articles // 10)
    load(uri)
    prepared, counted = root / "prepared", root / "counted"
    three_days(prepared / "data", articles)
    shutil.copytree(prepared, counted)
    calls = calls_of_one_export(counted / "data", counted, uri.format(counted), records)
    for number, aim in enumerate(aims(calls, trials)):
        done = trial(root / str(number), prepared, uri, aim, records)
        sys.stdout.write(json.dumps(done) + "\n")
        shutil.rmtree(root / str(number))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] if len(sys.argv) > 5 else "")
