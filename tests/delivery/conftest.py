"""A data folder for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from newscrawl.ledger import LedgerError, writer
from tests.delivery.world import World


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(writer, "SECONDS", 0.002)
    made = World(tmp_path / "data")
    yield made
    for ledger in made.ledgers:
        with suppress(LedgerError):
            ledger.close()
