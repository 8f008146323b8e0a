"""Crawls the sample outlets, each by its own spider in a process of its own, as anyone would: `scrapy crawl NAME`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.demo.outlets import OUTLETS, SampleOutlet
from newscrawl.demo.server import DemoServer

AT_ONCE = 2
"""Crawls at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRun:
    """What the crawl of one outlet gave."""

    outlet: SampleOutlet
    exit_code: int
    records: list[dict[str, Any]]
    """The lines of its files, as `newscrawl.items.Article` describes them."""
    rejected: int
    log: Path


def crawl_all(server: DemoServer, folder: Path) -> list[DemoRun]:
    """Crawls every outlet into the folder; prints a line for each as it ends."""
    (folder / "logs").mkdir(parents=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda outlet: crawl(outlet, server, folder), OUTLETS.values()))


def crawl(outlet: SampleOutlet, server: DemoServer, folder: Path) -> DemoRun:
    """Crawls one outlet: no delay, since the server is ours."""
    log = folder / "logs" / f"{outlet.key}.log"
    command = [sys.executable, "-m", "scrapy", "crawl", outlet.key, "-s", "DOWNLOAD_DELAY=0", "-s", f"LOG_FILE={log}"]
    environment = os.environ | {
        "SCRAPY_SETTINGS_MODULE": "newscrawl.demo.demo_settings",
        "NEWSCRAWL_DATA_DIR": str(folder),
        "NEWSCRAWL_HOSTS": server.hosts,
        "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": server.allow_private_hosts,
    }
    done = subprocess.run(command, env=environment, check=False)  # noqa: S603 - our own command
    run = DemoRun(
        outlet=outlet,
        exit_code=done.returncode,
        records=records_of(folder, outlet.key),
        rejected=rejected_of(folder, outlet.key),
        log=log,
    )
    print(f"  {outlet.name}: {len(run.records)} articles", flush=True)
    return run


def records_of(folder: Path, spider: str) -> list[dict[str, Any]]:
    """All records of a spider."""
    files = sorted((folder / "articles" / spider).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def rejected_of(folder: Path, spider: str) -> int:
    """Pages that gave no record, by the run's summary."""
    summaries = [json.loads(file.read_text(encoding="utf-8")) for file in (folder / "runs").glob(f"*-{spider}.json")]
    return sum(summary["visits"]["rejected"] for summary in summaries)
