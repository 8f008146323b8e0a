"""A ledger with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newscrawl.ledger import Ledger, writer
from newscrawl.ledger.place import Place
from tests.delivery.postgres_server import new_database, server
from tests.ledger.rig import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server of the tests' own."""
    with server() as uri:
        yield uri


@pytest.fixture(params=["sqlite", "postgres"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where the ledger is: each test runs on both."""
    if request.param == "sqlite":
        return tmp_path / "data" / "ledger.db"
    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The same for what only a file has."""
    return tmp_path / "data" / "ledger.db"


@pytest.fixture
def begin(path: Place, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Ledger]]:
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
