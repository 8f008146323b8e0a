"""SIGTERM to a run, and to its process group, in ten states: how long it takes to end, what is lost, what is doubled.

    python -m benchmarks.sigterm RESULTS [TRIALS]    5 of each by default; goes on where it was stopped
    python -m benchmarks.sigterm --table RESULTS     what there is so far

Each trial starts a run, waits for its state, sends the signal and lets another run go to the end. RESULTS gets a line
of JSON for each trial.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from subprocess import Popen
from tempfile import TemporaryDirectory
from typing import Any

from tests.crawl.crawling import Crawl
from tests.crawl.paper import Answer, Pages, Paper, article, listing
from tests.crawl.processes import awaited, below, is_alive
from tests.crawl.test_warc import HTML, warc

GOAL = 8.0
"""Seconds."""
LONGEST = 120.0
AT_A_TIME = 3
"""Trials, on two cores: a run that is to end must do so on a busy machine too."""
NAMES = [f"/{number}-story-of-the-harbour" for number in range(12)]
HOST = "paper.example"
SPIN = """
import pathlib, sys
if any("forkserver" in word for word in sys.orig_argv):
    import newscrawl.reading.worker_tasks as tasks
    def spin(*_):
        pathlib.Path("spins").touch()
        while True:
            pass
    tasks.read_page = spin
"""
SILENT = """
import pathlib, socket, time
def silent(*_, **__):
    pathlib.Path("asked").touch()
    time.sleep(120)
socket.getaddrinfo = silent
"""
BROWSER = """
from newscrawl.spider import SiteSpider
class Quay(SiteSpider):
    name = "quay"
    listings = ("http://paper.example/",)
    browser = True
"""

Trial = dict[str, Any]


@dataclass
class Scene:
    """A state: what is crawled, how, and when it is there."""

    pages: Pages
    arguments: tuple[str, ...] = ("news", "-a", f"url=http://{HOST}/")
    delay: float = 0.3
    custom: str = ""
    """Text of sitecustomize.py, for the run that is stopped."""
    is_there: Callable[[Crawl, Paper], Any] = lambda crawl, _: delivered(crawl)
    slow: float = 0.0
    """Seconds that an article takes, until the signal was sent."""
    second: tuple[str, ...] = ()
    """Another run at the same time."""
    files: dict[str, bytes] = field(default_factory=dict)
    holds_lock: bool = False
    expected: int = len(NAMES)


def delivered(crawl: Crawl) -> int:
    """Lines in the files of records."""
    return sum(file.read_bytes().count(b"\n") for file in (crawl.data / "articles").glob("*/*"))


def asked(paper: Paper) -> int:
    """Articles asked for so far."""
    return sum("story" in one.path for one in paper.asked)


def one_host(host: str = HOST) -> Pages:
    """A front page and its articles."""
    pages = {f"{host}{name}": article(f"{host.partition('.')[0]}-{name[1:]}") for name in NAMES}
    return {f"{host}/": listing(NAMES), **pages}


def scripted() -> Pages:
    """The same, whose articles show nothing without scripts."""
    pages = one_host()
    for key, page in pages.items():
        if key != f"{HOST}/":
            html = json.dumps(page.body.decode()).replace("</", "<\\/")
            text = f"<html><script>setTimeout(() => {{document.open(); document.write({html}); document.close()}}, 400)"
            pages[key] = Answer(f"{text}</script></html>".encode())
    return pages


def sixty() -> Pages:
    """Sixty hosts of two articles."""
    pages: Pages = {}
    for number in range(60):
        host = f"paper{number}.example"
        pages |= {f"{host}{name}": article(f"{number}-{name[1:]}") for name in NAMES[:2]}
        pages[f"{host}/"] = listing(NAMES[:2])
    return pages


def archive() -> bytes:
    """Six hundred articles after as many pages that are none, whose rejections tell how far a run is."""
    names = [f"/{number}-story-of-the-harbour" for number in range(600)]
    empty = ((f"http://{HOST}{name}-none", HTML, b"<html><body><p>Nothing.</p></body></html>") for name in names)
    return warc(*empty, *((f"http://{HOST}{name}", HTML, article(name[1:]).body) for name in names))


def scenes() -> dict[str, Callable[[], Scene]]:
    """The ten states."""
    urls = "".join(f"http://paper{number}.example/\n" for number in range(60)).encode()
    return {
        "start": lambda: Scene(one_host(), is_there=lambda *_: time.sleep(Random().uniform(0, 2.5)) or True),
        "idle": lambda: Scene(one_host(), delay=60, is_there=lambda _, paper: paper.asked),
        "busy worker": lambda: Scene(one_host(), custom=SPIN, is_there=lambda c, _: (c.folder / "spins").exists()),
        "held lock": lambda: Scene(one_host(), holds_lock=True),
        "silent DNS": lambda: Scene(one_host(), custom=SILENT, is_there=lambda c, _: (c.folder / "asked").exists()),
        "slow server": lambda: Scene(one_host(), slow=60, is_there=lambda _, paper: asked(paper)),
        "big archive": lambda: Scene(
            {f"{HOST}/": Answer()},
            ("warc", "-a", "path=big.warc.gz", "-O", "out.jsonl"),
            is_there=lambda c, _: c.log().count("rejected") > 100,
            files={"big.warc.gz": archive()},
            expected=600,
        ),
        "browser": lambda: Scene(
            scripted(), ("quay", "-s", "SPIDER_MODULES=quay"), files={"quay.py": BROWSER.encode()}
        ),
        "two runs": lambda: Scene(
            one_host() | one_host("other.example"),
            second=("news", "-a", "url=http://other.example/"),
            expected=2 * len(NAMES),
        ),
        "60 hosts": lambda: Scene(
            sixty(), ("news", "-a", "urls_file=urls.txt"), files={"urls.txt": urls}, expected=120
        ),
    }


@contextmanager
def written(path: Path, text: str) -> Iterator[None]:
    """The file, meanwhile."""
    if text:
        path.write_text(text)
    yield
    path.unlink(missing_ok=True)


def trial(scene: Scene, *, to_group: bool, folder: Path) -> Trial:
    """One trial."""
    released: list[bool] = []
    slow = scene.slow
    with Paper(scene.pages, lambda path: slow if "story" in path and not released else 0.0) as paper:
        crawl = paper.crawl(folder) if scene.custom != SILENT else silent(paper, folder)
        for name, content in scene.files.items():
            (folder / name).write_bytes(content)
        with written(folder / "sitecustomize.py", scene.custom):
            runs = [crawl.start(*scene.arguments, delay=scene.delay, workers=2, start_new_session=True)]
            if scene.second:
                runs.append(crawl.start(*scene.second, delay=scene.delay, workers=2, start_new_session=True))
            awaited(lambda: scene.is_there(crawl, paper) or any(run.poll() is not None for run in runs), LONGEST)
            codes, seconds = stopped(crawl, runs, to_group=to_group, holds_lock=scene.holds_lock)
        released.append(True)
        crawl = paper.crawl(folder)
        after = [crawl.run(*arguments) for arguments in (scene.arguments, scene.second) if arguments]
        fed = folder / "out.jsonl"
        records = list(map(json.loads, fed.read_text().splitlines())) if fed.exists() else crawl.records()
        urls = Counter(record["url"] for record in records)
        crashed = sum(summary["rejected"].get("crashed", 0) for summary in crawl.summaries())
    return {
        "seconds": round(seconds, 1),
        "codes": codes,
        "last": [run.returncode for run in after],
        "errors": [line for run in after for line in run.stderr.splitlines() if run.returncode and " ERROR: " in line],
        "lost": scene.expected - len(urls),
        "doubled": urls.total() - len(urls),
        "crashed": crashed,
    }


def silent(paper: Paper, folder: Path) -> Crawl:
    """A crawl for which no name is known before it asks."""
    crawl = paper.crawl(folder)
    crawl.environment["NEWSCRAWL_HOSTS"] = ""
    return crawl


def stopped(crawl: Crawl, runs: list[Popen[bytes]], *, to_group: bool, holds_lock: bool) -> tuple[list[int], float]:
    """The exit codes after SIGTERM, and the seconds until all processes are gone."""
    ledger = sqlite3.connect(crawl.data / "ledger.db", isolation_level=None) if holds_lock else None
    if ledger:
        ledger.execute("BEGIN IMMEDIATE")
        time.sleep(1)
    children = [process for run in runs for process in below(run.pid)]
    began = time.monotonic()
    for run in runs:
        with suppress(ProcessLookupError):  # it has ended
            (os.killpg if to_group else os.kill)(run.pid, signal.SIGTERM)
    codes = [run.wait(LONGEST) for run in runs]
    seconds = time.monotonic() - began
    if ledger:
        ledger.close()
    awaited(lambda: not any(map(is_alive, children)), LONGEST)
    return codes, seconds


def main(results: Path, count: int) -> None:
    """Runs what is not in the file yet."""
    finished = Counter((one["state"], one["to"]) for one in done(results))
    left = [
        (state, to)
        for number in range(count)
        for state in scenes()
        for to in ("process", "group")
        if finished[state, to] <= number
    ]
    with ThreadPoolExecutor(AT_A_TIME) as pool, results.open("a", encoding="utf-8") as file:
        for made in pool.map(one_trial, left):
            file.write(json.dumps(made) + "\n")
            file.flush()


def one_trial(which: tuple[str, str]) -> Trial:
    """In a folder of its own."""
    state, to = which
    with TemporaryDirectory() as folder:
        return {"state": state, "to": to, **trial(scenes()[state](), to_group=to == "group", folder=Path(folder))}


def done(results: Path) -> list[Trial]:
    """The trials in the file."""
    return [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []


def table(results: Path) -> None:
    """A line for each state."""
    print(
        "| state | signal to | trials | longest end, s | lost | doubled | exit codes |\n|---|---|---|---|---|---|---|"
    )
    trials = done(results)
    for name in scenes():
        for to in ("process", "group"):
            mine = [one for one in trials if (one["state"], one["to"]) == (name, to)]
            codes = Counter(code for one in mine for code in one["codes"])
            cells = [
                *(name, to, len(mine), max((one["seconds"] for one in mine), default="")),
                *(sum(one[what] for one in mine) for what in ("lost", "doubled")),
                ", ".join(f"{code} ({times})" for code, times in sorted(codes.items())),
            ]
            print(f"| {' | '.join(map(str, cells))} |")
    longest = max((one["seconds"] for one in trials), default=0)
    print(f"\nLongest end: {longest} s; goal {GOAL:.0f} s. Pages charged with a worker's death:", end=" ")
    print(sum(one["crashed"] for one in trials))


if __name__ == "__main__":
    if sys.argv[1] != "--table":
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
    table(Path(sys.argv[-1] if sys.argv[1] == "--table" else sys.argv[1]))
