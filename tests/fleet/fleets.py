"""Starts `scrapy fleet` as a user would, and reads what it left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.chaos.kills import verdict
from tests.crawl.processes import below, command
from tests.fleet.towns import Towns

ROOT = Path(__file__).parents[2]
WHOLE = {"lost": 0, "doubled": 0, "torn": 0, "strange": 0}


class Fleets:
    """Fleets that crawl the same sites into one data folder."""

    def __init__(self, folder: Path, towns: Towns, **environment: str) -> None:
        self.folder, self.towns = folder, towns
        self.data = folder / "data"
        (folder / "sites.txt").write_text("\n".join(towns.homes))
        self.environment = os.environ | {
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
            "NEWSCRAWL_DATA_DIR": str(self.data),
            "XDG_STATE_HOME": str(folder / "state"),
            "NEWSCRAWL_HOSTS": towns.hosts,
            **environment,
        }

    def start(self, *arguments: str, file: str = "sites.txt", delay: float = 0) -> subprocess.Popen[bytes]:
        """Starts one; what it says goes to the file fleet.log."""
        names = [file] if file else []
        words = [sys.executable, "-m", "scrapy", "fleet", *names, "-n", "4", "-s", f"DOWNLOAD_DELAY={delay}"]
        with (self.folder / "fleet.log").open("ab") as log:
            return subprocess.Popen([*words, *arguments], env=self.environment, cwd=self.folder, stdout=log, stderr=log)

    def run(self, *arguments: str, file: str = "sites.txt") -> int:
        """Runs one to its end."""
        return self.start(*arguments, file=file).wait(300)

    def log(self) -> str:
        return (self.folder / "fleet.log").read_text()

    def summaries(self) -> list[dict[str, Any]]:
        return [json.loads(file.read_text()) for file in sorted((self.data / "fleets").glob("*.json"))]

    def verdict(self) -> dict[str, int]:
        """What the files lack, have twice or torn."""
        return verdict(sorted((self.data / "articles").glob("*/*")), self.towns.urls)


def runs_below(fleet: int) -> list[int]:
    """The processes of the fleet's runs."""
    return [process for process in below(fleet) if "fleet.run_process" in command(process)]
