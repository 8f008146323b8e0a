"""A ledger with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newscrawl.ledger import Ledger, writer
from tests.ledger.rig import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.db"


@pytest.fixture
def begin(path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Ledger]]:
    """Begins runs "1", "2", ... of the spider "s"; those still open are closed at the end."""
    opened: list[Ledger] = []
    monkeypatch.setattr(writer, "SECONDS", 0.002)  # a test waits for each change by itself

    def begin_run(spider: str = "s", **options: object) -> Ledger:
        run_id = str(options.pop("run_id", len(opened) + 1))
        opened.append(Ledger(path, spider=spider, run_id=run_id, now=clock, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield begin_run
    for ledger in opened:
        ledger.close()
