"""A run whose PostgreSQL server is killed and restarted in the middle goes on, and loses and doubles nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Thread
from time import sleep

import pytest

from newscrawl.delivery import Delivery
from newscrawl.ledger import Ledger, writer
from newscrawl.ledger.admin import Admin
from tests.chaos.kills import verdict
from tests.delivery.postgres_server import Server, restartable
from tests.ledger.rig import Clock, found

URLS = [f"https://a.example/{number}" for number in range(120)]


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    with restartable() as server:
        yield server


def crash(server: Server, dice: Random) -> None:
    sleep(dice.uniform(0, 0.6))
    server.kill()
    sleep(dice.uniform(0, 0.5))
    server.start_again()


@pytest.mark.parametrize("number", range(3))
def test_a_run_goes_on_when_the_server_was_killed_and_restarted(
    number: int, own_server: Server, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "SECONDS", 0.01)
    uri, spider = own_server.uri, f"s{number}"
    killer = Thread(target=crash, args=(own_server, Random(number)))
    ledger = Ledger(uri, spider=spider, run_id=f"run{number}", now=clock)
    delivery = Delivery(ledger, tmp_path)
    killer.start()
    ledger.discover(found(*URLS)).result()
    while rows := ledger.take(7).result():
        for row in rows:
            record = b'{"url": "%s"}' % row.url.encode()
            ledger.settle(row, "article", record=record, content_hash=f"{row.id:064x}").result()
    killer.join()
    delivery.close()
    report = ledger.finish().result()
    ledger.close()
    files = sorted((tmp_path / "articles" / spider).iterdir())
    again = Ledger(uri, spider=spider, run_id=f"again{number}", now=clock)  # what a lost answer left behind
    left = again.take(200).result()
    again.close()
    expected = set(URLS) - {row.url for row in left}
    assert verdict(files, expected) == {"lost": 0, "doubled": 0, "torn": 0, "strange": 0}
    assert report.balanced
    with Admin(uri) as admin:
        assert admin.check() == []
