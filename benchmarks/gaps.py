"""Requests to one host by every two commands at once: the smallest gap between two requests, against the host's delay.

    python -m benchmarks.gaps [DELAY [FIRST]]    seconds, 0.5 by default; from which pair on

Each command works in a project and a data folder of its own; what they share is the user's state folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations_with_replacement
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from tests.crawl.paper import Paper, article, listing
from tests.crawl.project import COMMANDS, Project

HOST = "paper.example"
NAMES = [f"/{number}-story-of-the-harbour" for number in range(8)]
SPIDERS = '\nSPIDER_MODULES = ["town.spiders", "newscrawl.spiders"]\n'
SPIDER = f"""
from newscrawl.spider import SiteSpider
class Harbour(SiteSpider):
    name = "harbour"
    listings = ("http://{HOST}/",)
"""
COMMAND = {
    "crawl of a site": ("crawl", "news", "-a", f"url=http://{HOST}/"),
    "crawl of named articles": ("crawl", "news", "-a", "articles_file=articles.txt"),
    "preview": ("preview", f"http://{HOST}{NAMES[0]}", "--json"),
    "addsite": ("addsite", f"http://{HOST}/", "--name", "brought"),
    "savepage": ("savepage", f"http://{HOST}{NAMES[1]}", "--spider", "harbour"),
}


def started(folder: Path, name: str, paper: Paper, delay: float) -> subprocess.Popen[bytes]:
    """The command, in a project of its own."""
    hosts = SimpleNamespace(hosts=f"{HOST}={paper.place}", allow_private_hosts=paper.place)
    project = Project(folder, Path(sys.executable), hosts, COMMANDS + SPIDERS)  # type: ignore[arg-type]
    project.write("harbour", SPIDER)
    (folder / "articles.txt").write_text("".join(f"http://{HOST}{path}\n" for path in NAMES))
    settings = ("-s", f"DOWNLOAD_DELAY={delay}", "-s", "NEWSCRAWL_WORKERS=1")
    environment = project.environment | {
        "XDG_STATE_HOME": str(folder.parent / "state"),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "scrapy", *COMMAND[name], *settings]
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def main(delay: float, first: int) -> None:
    """Prints a line for each pair."""
    pages = {f"{HOST}{name}": article(name[1:]) for name in NAMES} | {f"{HOST}/": listing(NAMES)}
    print("| commands | requests | delay, s | smallest gap, s | exit codes |\n|---|---|---|---|---|")
    for pair in list(combinations_with_replacement(COMMAND, 2))[first:]:
        with TemporaryDirectory() as folder, Paper(pages) as paper:
            places = [Path(folder) / f"project{number}" for number in range(2)]
            running = [started(place, name, paper, delay) for place, name in zip(places, pair, strict=True)]
            codes = [run.wait(300) for run in running]
            gaps = paper.gaps(HOST)
            sys.stderr.writelines(
                (place / "log").read_text() for place, code in zip(places, codes, strict=True) if code
            )
            print(f"| {' + '.join(pair)} | {len(gaps) + 1} | {delay} | {min(gaps):.2f} | {codes} |", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.5, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
