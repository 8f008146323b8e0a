"""What all tests share: their order, where ../shared is, what happens without it, and how hypothesis runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
NOT_RUN = "needs the real pages in ../shared, which is not there"

# Compiled modules are kept whatever the environment says: without them each crawl that a test starts compiles Scrapy,
# trafilatura and newscrawl anew, in two processes, which is four tenths of what these tests take.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Commands that tests start share the turns of hosts with each other, and not with the user's.
_state = TemporaryDirectory(prefix="newscrawl-state-")
os.environ["XDG_STATE_HOME"] = _state.name

# How long an example takes depends on what else the machine does, so it fails no test.
settings.register_profile("newscrawl", deadline=None)
settings.load_profile("newscrawl")


def pytest_configure(config: pytest.Config) -> None:
    """In CI the folder must be there: tests that are left out unseen would be worse than none."""
    if os.environ.get("CI") == "true" and not SHARED.is_dir():
        raise pytest.UsageError(f"{SHARED} is missing, and CI=true: the tests marked shared must run")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that start crawls come first, the shorter ones fill what is left; without ../shared some are not run."""
    starting = {item.path for item in items if item.get_closest_marker("e2e")}
    items.sort(key=lambda item: item.path not in starting)
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason=NOT_RUN))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the tests that were not run for want of ../shared."""
    skipped = terminalreporter.stats.get("skipped", [])
    missed = sorted(report.nodeid for report in skipped if NOT_RUN in str(report.longrepr))
    if missed:
        terminalreporter.section("not run: ../shared is missing", yellow=True)
        for nodeid in missed:
            terminalreporter.write_line(nodeid)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages with gold. Tests that use it carry the marker shared."""
    assert SHARED.is_dir(), "a test that reads ../shared lacks @pytest.mark.shared"
    return SHARED
