"""How the tests settle rows, and what they look at then."""

from __future__ import annotations

import json
from hashlib import sha256

from newscrawl.ledger import FinalUrl, Ledger, Report, UrlEntry, Visit
from tests.ledger.rig import found

URL = "https://a.example/1"
FINAL = FinalUrl("https://www.a.example/final", "https://a.example/final")


def one(ledger: Ledger, url: str = URL) -> UrlEntry:
    """The only row there is to take, discovered where it is new."""
    ledger.discover(found(url)).result()
    (row,) = ledger.take(10).result()
    return row


def article(ledger: Ledger, row: UrlEntry, text: str = "text", **more: object) -> Visit:
    record = json.dumps({"url": row.url, "revision": row.revision + 1, "body": text}).encode()
    hashed = sha256(text.encode()).hexdigest()
    return ledger.settle(row, "article", record=record, content_hash=hashed, **more).result()  # type: ignore[arg-type]


def end(ledger: Ledger) -> Report:
    report = ledger.finish().result()
    ledger.close()
    assert report.balanced
    return report


def messages(ledger: Ledger, stream: str = "articles") -> list[dict[str, object]]:
    outbox = ledger.outbox()
    found = outbox.do(lambda: outbox.read(stream, 0, 100)).result()  # type: ignore[arg-type]
    return [json.loads(message.body) for message in found]


def state(report: Report) -> str:
    (name,) = [name for name, number in report.states.items() if number]
    return name
