"""The fence of a ledger in PostgreSQL: who stood still, and lost its place, writes nothing when it wakes up."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from newscrawl.ledger import Ledger
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.postgres import postgres_locks
from tests.delivery.postgres_server import new_database
from tests.ledger.rig import Clock

HOLDER = """
import sys, time
from datetime import UTC, datetime
from newscrawl.items import DiscoveredUrl
from newscrawl.ledger import Ledger, LedgerError
from newscrawl.ledger.postgres import postgres_connection

postgres_connection.CALM = 1
ledger = Ledger(sys.argv[1], spider="s", run_id="stopped", now=lambda: datetime.now(UTC))
ledger.lock("a.example").result()
urls = [f"https://a.example/{number}" for number in range(9)]
ledger.discover([DiscoveredUrl(url=url, normalized_url=url) for url in urls]).result()
rows = ledger.take(9).result()
print("ready", ledger.may_request(), flush=True)
sys.stdin.readline()
print("awake", ledger.may_request(), flush=True)
written = 0
for row in rows:
    try:
        ledger.settle(row, "article", record=b"{}", content_hash="ab" * 32).result()
        written += 1
    except LedgerError:
        pass
print(written, flush=True)
"""


def test_a_holder_that_was_replaced_while_it_stood_still_writes_nothing(
    postgres: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = new_database(postgres)
    monkeypatch.setattr(postgres_locks, "LEASE", 1)
    command = [sys.executable, "-W", "ignore", "-c", HOLDER, uri]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdin
            assert holder.stdout
            assert holder.stdout.readline() == "ready True\n"
            holder.send_signal(signal.SIGSTOP)
            ledger = Ledger(uri, spider="s", run_id="next", now=clock)
            assert ledger.lock("a.example").result() is not None  # it may come back yet
            time.sleep(1.5)
            assert ledger.lock("a.example").result() is None
            taken = {row.url for row in ledger.take(9).result()}
            holder.send_signal(signal.SIGCONT)
            holder.stdin.write("go on\n")
            holder.stdin.flush()
            assert holder.stdout.readline() == "awake False\n"
            assert holder.stdout.readline() == "0\n"
        finally:
            holder.kill()
    ledger.finish().result()
    ledger.close()
    assert len(taken) in (0, 9)
    with Admin(uri) as admin:
        assert admin.counts()["s"]["exported"] == 0
        assert admin.check() == []
