"""How fast pages become records, beside peers in the same minutes: `python -m benchmarks.speed live PAGES.warc.gz`.

    live      a crawl of the pages over loopback: bare Scrapy, Scrapy with inline trafilatura, newspaper4k (where it is
              installed), newscrawl with one worker and with two
    archive   `crawl warc` over the pages with one worker and with two
    reading   reading alone against plain trafilatura with metadata, in two processes that take turns page by page
    idle      a second run of a site of which everything is known, against `scrapy version`

CPU is that of every process of a run; ratios are medians over pairs that run in turn, since a shared machine is never
equally quick. Wall time is printed and worth little there.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import importlib.util
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.memory import own_memory
from benchmarks.speed_peers import PEERS

SCRAPY = [str(Path(sys.executable).with_name("scrapy"))]
CHUNK = 10
"""Pages that one side reads before the other has its turn."""
OF_THE_RUN = frozenset(("fetched_at", "first_seen_at", "run_id"))
"""Fields in which two runs over the same pages differ."""


class Run(NamedTuple):
    """What one run took."""

    wall: float
    cpu: float
    memory: float
    """Highest sum of the processes' own memory (PSS), MB."""
    records: int


def pages(warc: Path, most: int) -> Iterator[tuple[str, bytes]]:
    """URL and body of the first responses of the archive."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with warc.open("rb") as stream:
        for number, record in enumerate(ArchiveIterator(stream, record_types=WarcRecordType.response)):
            if number >= most:
                return
            yield record.headers["WARC-Target-URI"], record.reader.read()


def serve(files: Mapping[str, tuple[str, bytes]], port: Any) -> None:
    """Answers with these files until its process is ended; tells its port by the pipe."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, body = files.get(self.path, ("", b""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.send(server.server_port)
    server.serve_forever()


class Site:
    """A site over loopback, in a process of its own: pages, robots.txt and a sitemap."""

    def __init__(self, bodies: Mapping[str, bytes]) -> None:
        self.bodies = bodies

    def __enter__(self) -> Site:
        files = {path: ("text/html", gzip.compress(body, 5)) for path, body in self.bodies.items()}
        mine, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(
            target=_serve_all, args=(files, list(self.bodies), theirs), daemon=True
        )
        self._process.start()
        self.root = f"http://127.0.0.1:{mine.recv()}/"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()


def _serve_all(files: dict[str, tuple[str, bytes]], paths: list[str], port: Any) -> None:
    class Late:
        def send(self, number: int) -> None:
            root = f"http://127.0.0.1:{number}"
            lines = "".join(f"<url><loc>{root}{path}</loc></url>" for path in paths)
            sitemap = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{lines}</urlset>"
            robots = f"User-agent: *\nAllow: /\nSitemap: {root}/sitemap.xml\n"
            files["/sitemap.xml"] = ("application/xml", gzip.compress(sitemap.encode()))
            files["/robots.txt"] = ("text/plain", gzip.compress(robots.encode()))
            port.send(number)

    serve(files, Late())


def below(process: int) -> set[int]:
    """The processes of its session, which a crawl's workers share."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat[stat.rindex(")") + 2 :].split()[3]) == process:
                found.add(int(entry.name))
    return found


def cpu_of(process: int) -> float:
    """CPU seconds of a process so far."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return 0.0
    fields = stat[stat.rindex(")") + 2 :].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(command: list[str], folder: Path, output: Path | None = None, **environment: str) -> Run:
    """Runs a command; a worker's CPU counts as it was last seen, ten times a second."""
    began, used, most = time.monotonic(), dict[int, float](), 0.0
    with (folder / "log").open("wb") as log:
        run = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True
        )
        while run.poll() is None:
            alive = below(run.pid)
            used |= {process: cpu_of(process) or used.get(process, 0.0) for process in alive}
            most = max(most, sum(map(own_memory, alive)) / 1e6)
            time.sleep(0.1)
    records = len(output.read_bytes().splitlines()) if output and output.exists() else 0
    return Run(time.monotonic() - began, sum(used.values()), most, records)


def settings(**values: object) -> list[str]:
    """Settings as the command line has them."""
    return [part for name, value in values.items() for part in ("-s", f"{name}={value}")]


def crawl(root: str, data: Path, workers: int, output: Path) -> list[str]:
    """newscrawl over the site."""
    return [
        *SCRAPY, "crawl", "news", "-a", f"url={root}", "-a", "revisit=0", "-O", str(output),
        *settings(NEWSCRAWL_DATA_DIR=data, NEWSCRAWL_ALLOW_PRIVATE_HOSTS="127.0.0.1", NEWSCRAWL_WORKERS=workers,
                  DOWNLOAD_DELAY=0, CONCURRENT_REQUESTS_PER_DOMAIN=16, CONCURRENT_REQUESTS=16, LOG_LEVEL="INFO"),
    ]  # fmt: skip


def live(options: argparse.Namespace) -> None:
    """The same pages by each of the crawlers, in turn."""
    stories = enumerate(body for _, body in pages(options.pages, options.most))
    bodies = {f"/2026/11/{1 + n % 28:02}/the-story-of-day-number-{n}-told-in-full/": body for n, body in stories}
    names = [name for name, peer in PEERS.items() if peer.needs is None or importlib.util.find_spec(peer.needs)]
    found: dict[str, list[Run]] = {name: [] for name in [*names, "newscrawl, 1 worker", "newscrawl, 2 workers"]}
    with tempfile.TemporaryDirectory() as folder, Site(bodies) as site:
        here = Path(folder)
        _project(here)
        for pair in range(options.pairs):
            for name, runs in found.items():
                output = here / f"{pair}.{name[:12]}.{name[11:12]}.jsonl"
                if name in names:
                    (here / "peer.py").write_text(PEERS[name].spider)
                    peer = [
                        *SCRAPY,
                        "runspider",
                        "peer.py",
                        "-a",
                        f"root={site.root}",
                        "-O",
                        str(output),
                        "-s",
                        "ADDONS={}",
                    ]
                    runs.append(measured(peer, here, output, SCRAPY_SETTINGS_MODULE=""))
                else:
                    workers = int(name[11])
                    runs.append(
                        measured(crawl(site.root, here / f"data{pair}{workers}", workers, output), here, output)
                    )
    _table(found, len(bodies), "Scrapy + inline trafilatura")


def _project(here: Path) -> None:
    (here / "scrapy.cfg").write_text("[settings]\ndefault = newscrawl.settings\n")


def _table(found: Mapping[str, list[Run]], count: int, base: str) -> None:
    def ratio(runs: list[Run], of: Callable[[Run], float]) -> float:
        return statistics.median(of(run) / of(other) for run, other in zip(runs, found[base], strict=True))

    for name, runs in found.items():
        mid = {field: statistics.median(getattr(run, field) for run in runs) for field in Run._fields}
        print(
            f"{name:30} {count / mid['wall']:6.1f} pages/s ({ratio(runs, lambda run: 1 / run.wall):.2f} x)"
            f"  CPU {1000 * mid['cpu'] / count:5.1f} ms a page ({ratio(runs, lambda run: run.cpu):.2f} x)"
            f"  PSS {mid['memory']:4.0f} MB ({ratio(runs, lambda run: run.memory):.2f} x)  {mid['records']:.0f} records"
        )


def archive(options: argparse.Namespace) -> None:
    """`crawl warc` with one worker and with two; whether both wrote the same records."""
    found: dict[str, list[Run]] = {"1 worker": [], "2 workers": []}
    written: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        _project(here)
        for pair in range(options.pairs):
            for workers, (name, runs) in enumerate(found.items(), 1):
                output = here / f"{pair}{workers}.jsonl"
                command = [*SCRAPY, "crawl", "warc", "-a", f"path={options.pages.resolve()}", "-O", str(output)]
                data = settings(NEWSCRAWL_DATA_DIR=here / "data", NEWSCRAWL_WORKERS=workers, LOG_LEVEL="INFO")
                runs.append(measured([*command, *data], here, output))
                written[name] = set(map(_comparable, output.read_text("utf-8").splitlines()))
    _table(found, found["1 worker"][0].records, "1 worker")
    print("records equal" if written["1 worker"] == written["2 workers"] else "RECORDS DIFFER")


def _comparable(line: str) -> str:
    record = json.loads(line)
    return json.dumps(
        {name: value for name, value in record.items() if name not in ("fetched_at", "first_seen_at", "run_id")}
    )


def reading(options: argparse.Namespace) -> None:
    """Reading in one process and plain trafilatura in another, chunk by chunk."""
    sides = [_Side("read", options), _Side("plain", options)]
    ratios, totals = [], [0.0, 0.0]
    for _ in range(options.pairs):
        spent = [0.0, 0.0]
        for start in range(0, options.most, CHUNK):
            for place, side in enumerate(sides):
                spent[place] += side.read(start, start + CHUNK)
        ratios.append(spent[0] / spent[1])
        totals = [total + one for total, one in zip(totals, spent, strict=True)]
    ours, theirs = (1000 * total / options.pairs / options.most for total in totals)
    print(f"reading {ours:.1f} ms of CPU a page, plain trafilatura with metadata {theirs:.1f}")
    print(f"median {statistics.median(ratios):.2f} x ({', '.join(f'{ratio:.2f}' for ratio in sorted(ratios))})")
    print(f"trafilatura was asked on {100 * sides[0].asked() / options.most:.1f} % of the pages")


class _Side:
    """One of the two that take turns."""

    def __init__(self, kind: str, options: argparse.Namespace) -> None:
        self._mine, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        context.Process(target=_take_turns, args=(kind, options.pages, options.most, theirs), daemon=True).start()
        self._mine.recv()

    def read(self, start: int, end: int) -> float:
        self._mine.send((start, end))
        return float(self._mine.recv())

    def asked(self) -> int:
        self._mine.send(None)
        return int(self._mine.recv())


def _take_turns(kind: str, warc: Path, most: int, turns: Any) -> None:
    import gc

    import trafilatura

    from newscrawl.extraction.body import trafilatura_core
    from newscrawl.items import Page
    from newscrawl.reading.read_page import read_page
    from newscrawl.reading.worker import GARBAGE

    every = list(pages(warc, most))
    asked: set[str] = set()
    now = [""]
    core = trafilatura_core.core_lines

    def counted(tree: Any) -> list[str]:
        asked.add(now[0])
        return core(tree)

    def ours(url: str, html: bytes) -> None:
        now[0] = url
        read_page(html, Page(url=url, requested_url=url, fetched_at="2026-11-30T12:00:00+00:00", is_all=True))

    def plain(url: str, html: bytes) -> None:
        trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)

    one = ours if kind == "read" else plain
    trafilatura_core.core_lines = counted
    gc.freeze()
    gc.set_threshold(GARBAGE)  # as a worker does, for both
    for url, html in every[:20]:
        one(url, html)
    turns.send("ready")
    while (turn := turns.recv()) is not None:
        began = time.process_time()
        for url, html in every[slice(*turn)]:
            one(url, html)
        turns.send(time.process_time() - began)
    turns.send(len(asked))


def idle(options: argparse.Namespace) -> None:
    """A run that finds nothing new on a known site of 28 pages."""
    story = "".join(f"<p>Paragraph {n} tells more of the gale on the harbour, at some length.</p>" for n in range(9))
    heads = {f"/2026/11/{n:02}/the-gale-of-day-{n}-told-in-full/": f"<h1>Gale of day {n}</h1>" for n in range(1, 29)}
    bodies = {path: f"<title>Harbour</title>{head}{story}".encode() for path, head in heads.items()}
    ratios = []
    with tempfile.TemporaryDirectory() as folder, Site(bodies) as site:
        here = Path(folder)
        _project(here)
        command = [*crawl(site.root, here / "data", 2, here / "out.jsonl"), "-a", "revisit=3d"]
        measured(command, here)
        for _ in range(options.pairs):
            ours, version = _waited(command, here), _waited([*SCRAPY, "version"], here)
            ratios.append(ours / version)
            print(f"idle run {ours:.2f} s of CPU, scrapy version {version:.2f} s", flush=True)
    print(f"median {statistics.median(ratios):.2f} x")


def _waited(command: list[str], here: Path) -> float:
    """CPU of a command; of those of its processes that it does not wait for, as last seen."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seen = measured(command, here).cpu
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return max(seen, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("live", "archive", "reading", "idle"))
    parser.add_argument("pages", type=Path, nargs="?", help="a WARC file; idle needs none")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--most", type=int, default=330, help="pages")
    options = parser.parse_args()
    {"live": live, "archive": archive, "reading": reading, "idle": idle}[options.what](options)


if __name__ == "__main__":
    main()
