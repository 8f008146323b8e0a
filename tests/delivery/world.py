"""A run with records to deliver, and what stands in the files."""

from __future__ import annotations

import json
from pathlib import Path

from newscrawl.ledger import Ledger
from tests.ledger.rig import Clock, found


class World:
    """A data folder, its runs and its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = Clock()
        self.ledgers: list[Ledger] = []

    def run(self, spider: str = "s") -> Ledger:
        """Begins a run."""
        path, run_id = self.root / "ledger.db", str(len(self.ledgers) + 1)
        self.ledgers.append(Ledger(path, spider=spider, run_id=run_id, now=self.clock, revisit=False))
        return self.ledgers[-1]

    def export(self, ledger: Ledger, *numbers: int) -> None:
        """Settles articles of these numbers, and waits until the writer has delivered what it may."""
        ledger.discover(found(*(f"https://a.example/{number}" for number in numbers))).result()
        for row in ledger.take(len(numbers)).result():
            record = json.dumps({"n": int(row.url.rpartition("/")[2])}).encode()
            ledger.settle(row, "article", record=record, content_hash="00").result()
        ledger.outbox().do(lambda: None).result()

    def files(self, stream: str = "articles", spider: str = "s") -> dict[str, bytes]:
        """Names and bytes of a spider's files, in the order of their names."""
        return {path.name: path.read_bytes() for path in sorted((self.root / stream / spider).glob("*"))}

    def numbers(self) -> list[int]:
        """What the lines of all plain files say, sorted."""
        return sorted(json.loads(line)["n"] for data in self.files().values() for line in data.splitlines())
