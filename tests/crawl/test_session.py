"""The end of a run's books: what does not add up is trouble, and no run ends well over it (G2)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.config import Config
from newscrawl.crawl.arguments import Arguments
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.session import RunError, Session
from newscrawl.items import DiscoveredUrl

URL = "https://a.example/1"


def books_of(folder: Path) -> Session:
    settings = Settings()
    settings.setmodule("newscrawl.settings")
    settings.set("NEWSCRAWL_DATA_DIR", str(folder), priority="cmdline")
    books = Session(
        Config.from_settings(settings), spider="s", run_id="1", starts=["https://a.example/"], arguments=Arguments()
    )
    books.ledger.discover([DiscoveredUrl(url=URL, normalized_url=URL)]).result()
    (row,) = books.ledger.take(1).result()
    books.ledger.settle(row, "rejected", reason="listing").result()
    return books


def test_a_run_whose_books_balance_ends_well(tmp_path: Path) -> None:
    report = books_of(tmp_path).close(complete=True)
    assert (report.taken, report.visits["rejected"], report.known) == (1, 1, 1)


def test_a_row_without_a_fate_is_trouble(tmp_path: Path) -> None:
    books = books_of(tmp_path)
    with sqlite3.connect(tmp_path / "ledger.db") as database:
        database.execute("UPDATE run SET taken = taken + 1")
    database.close()
    with pytest.raises(RunError, match="does not add up") as raised:
        books.close(complete=True)
    assert raised.value.code == ExitCode.LEDGER_TROUBLE
