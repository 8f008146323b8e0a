"""A data folder as three days of crawls leave it: files, an outbox beyond them, revisions and tombstones."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from newscrawl.commands.export import Command
from newscrawl.delivery import Delivery, Options
from newscrawl.items import Article, Discovery, Evidence, Extraction, Origin, Party, Rights, Source, Story
from newscrawl.ledger import Ledger, UrlEntry
from newscrawl.web.dates import utc
from newscrawl.web.urls import url_key
from tests.ledger.rig import Clock, found

SPIDER = "paper"


def article(number: int, revision: int, clock: Clock, url: str) -> Article:
    """A record in which every key has something to say in one article or another."""
    agency = Origin(
        name="Example Wire",
        domain="wire.example",
        url=f"https://wire.example/{number}" if number % 2 else None,
        relation="wire",
        confidence="explicit_name",
        evidence=[Evidence(kind="phrase", text=f'First in "Wire" № {number}', rule="en/first-in", language="en")],
    )
    outlet = f"{'abc'[number % 3]}.example"
    return Article(
        id=url_key(SPIDER, url).hex(),
        url=url,
        requested_url=url,
        canonical_url=None,
        normalized_url=url,
        kind="news",
        title=f"=Ferry {number}" if number % 5 == 0 else f"Ferry {number} sails, revision {revision}",
        description=None,
        body=f'Crossing {number} of revision {revision}.\n\nA second block, "quoted"; Überfahrt.\0\x01',
        authors=["Ann Ode", "Bo Li"] if number % 2 else [],
        byline="By Ann Ode",
        date_published="2026-02" if number % 4 == 0 else "2026-02-27T09:30:00+01:00",
        date_published_raw="Feb 27",
        date_modified=None,
        date_modified_raw=None,
        language="en",
        section="harbour" if number % 2 else "sport",
        tags=["ferry", f"tag {number % 7}"],
        main_image=None,
        source=Source(name="Example Paper", domain=outlet, url=f"https://{outlet}/"),
        originally_appeared_on=agency if number % 3 == 0 else None,
        provenance_chain=[Party(name="Example Wire", domain="wire.example", role="originator")]
        if number % 3 == 0
        else [],
        contributors=[Party(name="Bo Post", domain=None, role="contributor")] if number % 4 == 0 else [],
        story=copy_of(number, url, clock) if number % 6 < 2 else None,
        accessible_for_free=None if number % 2 else True,
        rights=Rights(license="CC BY"),
        discovered_via=Discovery(kind="feed", url=f"https://{outlet}/feed", keywords=["sea"]),
        fetched_at=utc(clock.now),
        first_seen_at="2026-03-01T12:00:00Z",
        revision=revision,
        content_hash=f"{number:08x}{revision:08x}",
        spider=SPIDER,
        run_id="r",
        http_status=200,
        archive=None,
        extraction=Extraction(method="blocks", version="0/0"),
    )


def copy_of(number: int, url: str, clock: Clock) -> Story:
    """Articles stand in stories of two."""
    return Story(
        id=f"s{number // 2}",
        first_seen_url=url,
        first_seen_at=utc(clock.now),
        containment=0.9,
        relation="copy",
        contained=0.9,
        contains=0.875,
        outside_quotes=0.5,
    )


class Crawls:
    """Crawls of one spider into a data folder, on days that the test names."""

    def __init__(self, root: Path, compression: Any = "none") -> None:
        self.root, self.clock = root, Clock()
        self.options = Options(rotate_bytes=60_000, compression=compression)
        self.runs = 0

    def day(self, *numbers: int, gone: Callable[[int], bool] = lambda _: False, deliver: bool = True) -> None:
        """Fetches new articles and all that is due; each fetch finds a new text, but for those that are gone."""
        self.runs += 1
        ledger = Ledger(self.root / "ledger.db", spider=SPIDER, run_id=str(self.runs), now=self.clock)
        delivery = Delivery(ledger, self.root, self.options) if deliver else None
        ledger.discover(found(*(f"https://{'abc'[number % 3]}.example/{number}" for number in numbers))).result()
        while entries := ledger.take(100).result():
            for entry in entries:
                self._visit(ledger, entry, gone)
        if delivery:
            delivery.close()
        ledger.finish().result()
        ledger.close()
        self.clock.move(days=3)

    def _visit(self, ledger: Ledger, entry: UrlEntry, gone: Callable[[int], bool]) -> None:
        number = int(entry.url.rpartition("/")[2])
        if entry.revision and gone(number):
            ledger.settle(entry, "gone", http_status=410)
            return
        record = article(number, entry.revision + 1, self.clock, entry.normalized_url)
        body = json.dumps(asdict(record), ensure_ascii=False).encode()
        ledger.settle(entry, "article", record=body, content_hash=record.content_hash)


def three_days(root: Path, articles: int, compression: Any = "none") -> Crawls:
    """Two days that were delivered and pruned, one that waits in the outbox; every tenth article goes away on the last
    but one, and a third of them comes on the last."""
    crawls = Crawls(root, compression)
    crawls.day(*range(articles // 2))
    crawls.day(*range(articles // 2, articles * 2 // 3), gone=lambda number: number % 10 == 0)
    crawls.day(*range(articles * 2 // 3, articles), deliver=False, gone=lambda number: number % 10 == 1)
    return crawls


def expected(root: Path) -> list[dict[str, Any]]:
    """All records and tombstones of the folder, whether in files or in the outbox, in any order, each once."""
    from newscrawl.ledger.sqlite.encoding import unpacked
    from newscrawl.ledger.sqlite.schema import connect
    from tests.chaos.kills import read

    lines = [
        line
        for stream in ("articles", "tombstones")
        for path in (root / stream).rglob("*.jsonl*")
        for line in read(path)
    ]
    db = connect(root / "ledger.db")
    lines += [unpacked(coding, body) for coding, body in db.execute("SELECT coding, body FROM outbox ORDER BY id")]
    db.close()
    return list({bytes(line).rstrip(b"\n"): json.loads(line) for line in lines}.values())


def key(record: dict[str, Any]) -> tuple[Any, ...]:
    """What a record or tombstone is known by."""
    return record["id"], record["revision"], record.get("gone_at")


class Folder:
    """A data folder, and exports from it."""

    def __init__(self, root: Path, crawls: Crawls) -> None:
        self.root, self.data, self.crawls = root, crawls.root, crawls

    def command(self, *args: str) -> int:
        """The command's exit code."""
        command = Command()
        command.settings = Settings({"NEWSCRAWL_DATA_DIR": str(self.data)})
        parser = argparse.ArgumentParser()
        command.add_options(parser)
        options, rest = parser.parse_known_args(list(args))
        command.run(rest, options)
        return int(command.exitcode)

    def export(self, uri: str, *args: str) -> None:
        assert self.command("--to", uri, *args) == 0

    def wanted(self) -> list[Any]:
        return sorted(map(key, expected(self.data)), key=str)
