"""Starts `scrapy crawl` as a user would, and reads what it left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from newscrawl.demo.server import DemoServer

Record = dict[str, Any]


class Crawl:
    """Crawls that share a data folder."""

    def __init__(self, folder: Path, *, hosts: str = "", allowed: str = "") -> None:
        self.folder = folder
        self.data = folder / "data"
        self.started: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "SCRAPY_SETTINGS_MODULE": "newscrawl.demo.demo_settings",
            "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]),
            "NEWSCRAWL_DATA_DIR": str(self.data),
            "XDG_STATE_HOME": str(folder / "state"),
            "NEWSCRAWL_HOSTS": hosts,
            "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": allowed,
        }

    @classmethod
    def of_demo(cls, folder: Path, server: DemoServer) -> Crawl:
        """Crawls of the sample outlets."""
        return cls(folder, hosts=server.hosts, allowed=server.allow_private_hosts)

    def command(self, *arguments: str, delay: float = 0, workers: int = 1) -> list[str]:
        """The command line of a crawl."""
        settings = ("-s", f"DOWNLOAD_DELAY={delay}", "-s", f"NEWSCRAWL_WORKERS={workers}")
        return [sys.executable, "-m", "scrapy", "crawl", *arguments, *settings]

    def run(self, *arguments: str, timeout: float = 120, **how: Any) -> subprocess.CompletedProcess[str]:
        """Runs to the end; the log is in `stderr`."""
        command = self.command(*arguments, **how)
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=timeout
        )

    def start(self, *arguments: str, start_new_session: bool = False, **how: Any) -> subprocess.Popen[bytes]:
        """Starts and leaves it running; the log goes to the file crawl.log."""
        with (self.folder / "crawl.log").open("wb") as log:
            process = subprocess.Popen(
                self.command(*arguments, **how),
                env=self.environment,
                cwd=self.folder,
                stderr=log,
                stdout=log,
                start_new_session=start_new_session,
            )
        self.started.append(process)
        return process

    def end(self) -> None:
        """Kills what a test that failed left running."""
        for process in self.started:
            process.kill()
            process.wait()

    def log(self) -> str:
        """The log of what was started."""
        return (self.folder / "crawl.log").read_text(encoding="utf-8")

    def records(self, spider: str = "*") -> list[Record]:
        """All delivered records."""
        files = sorted((self.data / "articles").glob(f"{spider}/*.jsonl*"))
        return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    def summaries(self) -> list[Record]:
        """The runs' summaries in their order."""
        return [json.loads(file.read_text(encoding="utf-8")) for file in sorted((self.data / "runs").glob("*.json"))]
