"""scrapyd, started by the test, schedules a crawl through its HTTP API: `_job` is ignored, records are delivered."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from .crawling import Crawl

pytestmark = pytest.mark.e2e

PATIENCE = 120
CONFIGURATION = """
[settings]
default = newscrawl.demo.demo_settings

[scrapyd]
http_port = {port}
poll_interval = 0.2
"""


class Scrapyd:
    """Its API."""

    def __init__(self, crawl: Crawl) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        (crawl.folder / "scrapy.cfg").write_text(CONFIGURATION.format(port=self._port))
        environment = {name: value for name, value in crawl.environment.items() if name != "SCRAPY_SETTINGS_MODULE"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scrapyd"],
            cwd=crawl.folder,
            env=environment | {"NO_PROXY": "127.0.0.1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, what: str, **arguments: str) -> dict[str, Any]:
        """A GET, or a POST of the arguments."""
        data = urlencode(arguments).encode() if what == "schedule" else None
        query = "" if data else f"?{urlencode(arguments)}"
        with urlopen(f"http://127.0.0.1:{self._port}/{what}.json{query}", data, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def wait_for(self, what: str, **arguments: str) -> Iterator[dict[str, Any]]:
        """Its answers, again and again."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(URLError, ConnectionError):
                yield self.ask(what, **arguments)
            time.sleep(0.2)
        pytest.fail(f"scrapyd: no {what}")


@pytest.fixture
def scrapyd(crawl: Crawl) -> Iterator[Scrapyd]:
    pytest.importorskip("scrapyd")
    started = Scrapyd(crawl)
    yield started
    started.process.terminate()
    started.process.wait(30)


def test_a_crawl_that_scrapyd_schedules(crawl: Crawl, scrapyd: Scrapyd, tmp_path: Path) -> None:
    assert next(scrapyd.wait_for("daemonstatus"))["status"] == "ok"
    assert "harbourledger" in scrapyd.ask("listspiders", project="default")["spiders"]
    arguments = {"project": "default", "spider": "harbourledger", "limit": "2"}
    scheduled = scrapyd.ask("schedule", **arguments, setting="DOWNLOAD_DELAY=0", priority="1")
    assert scheduled["status"] == "ok"
    jobs = scrapyd.wait_for("listjobs", project="default")
    [done] = next(answer["finished"] for answer in jobs if answer["finished"])
    assert done["id"] == scheduled["jobid"]
    assert len(crawl.records("harbourledger")) == 2
    [summary] = crawl.summaries()
    assert summary["exit_code"] == 0
    log = (tmp_path / "logs" / "default" / "harbourledger" / f"{done['id']}.log").read_text()
    assert "exit code 0 (good)" in log
