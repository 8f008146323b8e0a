"""The demo's server, and folders for crawls of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.demo.server import DemoServer

from .crawling import Crawl


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server


@pytest.fixture
def crawl(tmp_path: Path, demo: DemoServer) -> Iterator[Crawl]:
    crawl = Crawl.of_demo(tmp_path, demo)
    yield crawl
    crawl.end()
