"""How long the event loop stands still while an archive is read that has malformed pages among the real ones.

    python benchmarks/stall.py PAGES.warc.gz

Prints the longest stalls and the 99.9th percentile of a task that wants to run every 5 ms, and how the pages ended.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

EVERY = 0.005
"""Seconds between two looks at the clock."""


class Stalls:
    """A Scrapy extension that measures how late a task is each time it wakes up."""

    def __init__(self, crawler: Any) -> None:
        from scrapy import signals

        self.late: list[float] = []
        crawler.signals.connect(self.begin, signals.engine_started)
        crawler.signals.connect(self.end, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Any) -> Stalls:
        """Called by Scrapy."""
        return cls(crawler)

    def begin(self) -> None:
        """The crawl begins."""
        self.task = asyncio.get_running_loop().create_task(self.measure())

    async def measure(self) -> None:
        """Until the crawl ends."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(EVERY)
            self.late.append(time.perf_counter() - before - EVERY)

    def end(self) -> None:
        """Stores what was measured."""
        self.task.cancel()
        Path(os.environ["STALLS"]).write_text(json.dumps(self.late))


def hostile_archive(path: Path) -> int:
    """Writes the malformed pages as WARC responses; returns how many."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    from tests.hostile.pages import hostile_pages

    count = 0
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for name, html in hostile_pages(7):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            url = f"https://hostile.example/{name}/a-malformed-page"
            payload = io.BytesIO(html)
            writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=headers))
            count += 1
    return count


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "real.warc.gz").symlink_to(Path(sys.argv[1]).resolve())
        count = hostile_archive(folder / "hostile.warc.gz")
        here = Path(__file__).resolve().parent
        environment = os.environ | {
            "STALLS": str(folder / "stalls.json"),
            "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)]),
            "NEWSCRAWL_DATA_DIR": str(folder / "data"),
        }
        extensions = {"newscrawl.extensions.run_summary.RunExtension": 0, "stall.Stalls": 1}
        command = [sys.executable, "-m", "scrapy", "crawl", "warc", "-a", f"path={folder}/*.warc.gz"]
        command += ["-s", f"EXTENSIONS={json.dumps(extensions)}"]
        done = subprocess.run(command, cwd=here.parent, env=environment, capture_output=True, text=True)
        measured = json.loads((folder / "stalls.json").read_text())
    late = sorted(measured)
    when = sum(measured[: measured.index(late[-1])]) + EVERY * measured.index(late[-1])
    print(f"{count} hostile pages among the real ones; exit code {done.returncode}")
    longest = ", ".join(f"{1000 * seconds:.0f}" for seconds in late[:-6:-1])
    print(f"longest stalls {longest} ms, the first {when:.1f} s after the start")
    print(f"99.9 % under {1000 * late[int(0.999 * len(late))]:.0f} ms")
    print(done.stderr.splitlines()[-1])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
