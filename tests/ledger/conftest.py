"""A ledger with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.items import Discovery, DiscoveryKind
from newscrawl.ledger import Found, Ledger, writer


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **delta: float) -> None:
        self.now += timedelta(**delta)


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


def found(*urls: str, kind: DiscoveryKind = "feed", date: str | None = None) -> list[Found]:
    """URLs as a discovery page names them; their normalized form has no www."""
    return [
        Found(url=url, normalized_url=url.replace("//www.", "//"), discovery=Discovery(kind=kind, date=date))
        for url in urls
    ]
