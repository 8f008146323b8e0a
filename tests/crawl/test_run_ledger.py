"""The end of a run's ledger: what does not add up is trouble, and no run ends well over it (G2)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.config import Config
from newscrawl.crawl.arguments import Arguments
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.run_ledger import RunError, RunLedger
from newscrawl.items import DiscoveredUrl

URL = "https://a.example/1"


def ledger_of(folder: Path) -> RunLedger:
    settings = Settings()
    settings.setmodule("newscrawl.settings")
    settings.set("NEWSCRAWL_DATA_DIR", str(folder), priority="cmdline")
    run_ledger = RunLedger(
        Config.from_settings(settings), spider="s", run_id="1", starts=["https://a.example/"], arguments=Arguments()
    )
    run_ledger.ledger.discover([DiscoveredUrl(url=URL, normalized_url=URL)]).result()
    (entry,) = run_ledger.ledger.take(1).result()
    run_ledger.ledger.settle(entry, "rejected", reason="listing").result()
    return run_ledger


def test_a_run_whose_balance_adds_up_ends_well(tmp_path: Path) -> None:
    report = ledger_of(tmp_path).close(complete=True)
    assert (report.taken, report.visits["rejected"], report.known) == (1, 1, 1)


def test_an_entry_without_a_state_is_trouble(tmp_path: Path) -> None:
    run_ledger = ledger_of(tmp_path)
    with sqlite3.connect(tmp_path / "ledger.db") as database:
        database.execute("UPDATE run SET taken = taken + 1")
    database.close()
    with pytest.raises(RunError, match="does not add up") as raised:
        run_ledger.close(complete=True)
    assert raised.value.code == ExitCode.LEDGER_TROUBLE
