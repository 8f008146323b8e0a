"""`newscrawl.crawl(...)`: articles of a crawl in Python, which runs as `scrapy crawl news` in a process of its own."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from threading import Thread
from typing import IO, Any

import msgspec

from newscrawl.items import Article

logger = logging.getLogger("newscrawl.crawl")

STREAM = "NEWSCRAWL_STREAM_FD"
"""Environment variable: the open file to which the crawl's process writes each record as a line of JSON."""
SECONDS_TO_END = 10.0
"""How long the process has to end by itself when it is no longer wanted."""
MAX_LINES = 20
"""Last lines of the log that an error keeps."""
NO_ERROR = (0, 3, 10)
"""Exit codes that raise nothing: good, no article, a site that is not as it was."""

Setting = str | int | float | bool


class CrawlError(RuntimeError):
    """A crawl that ended badly; raised after its last article. `exit_code` is that of `scrapy crawl`."""

    def __init__(self, exit_code: int, log: str) -> None:
        super().__init__(f"the crawl ended with exit code {exit_code}" + (f":\n{log}" if log else ""))
        self.exit_code = exit_code
        self.log = log
        """The last warnings and errors of its log."""


def crawl(
    sites: str | Iterable[str] = (),
    *,
    articles: str | Iterable[str] = (),
    limit: int | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    section: str | None = None,
    data_dir: str | Path | None = None,
    settings: Mapping[str, Setting] | None = None,
) -> Iterator[Article]:
    """The articles of sites, or of exactly these URLs, as they are found.

    `sites`: a URL of a site or of a feed, or several. `articles`: URLs of articles, in place of sites. `limit`: most
    articles. `since`, `until`: first and last day. `section`: a part of the articles' paths. `data_dir`: a folder in
    which the crawl remembers what it has fetched, so that the next one gives only what is new; without it nothing is
    kept. `settings`: newscrawl's and Scrapy's, such as {"USER_AGENT": "..."}.

    The crawl runs in a process of its own. It ends when the iterator is closed or left; CrawlError where it fails.
    """
    run = _Run(sites, articles, {"limit": limit, "since": since, "until": until, "section": section}, data_dir)
    with run:
        run.start(settings or {})
        while (article := run.read()) is not None:
            yield article


async def crawl_async(
    sites: str | Iterable[str] = (),
    *,
    articles: str | Iterable[str] = (),
    limit: int | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    section: str | None = None,
    data_dir: str | Path | None = None,
    settings: Mapping[str, Setting] | None = None,
) -> AsyncIterator[Article]:
    """The same for `async for`; the event loop goes on meanwhile."""
    run = _Run(sites, articles, {"limit": limit, "since": since, "until": until, "section": section}, data_dir)
    try:
        run.start(settings or {})
        while (article := await asyncio.to_thread(run.read)) is not None:
            yield article
    finally:
        await asyncio.shield(asyncio.to_thread(run.end))


class _Run:
    """The process of one crawl."""

    def __init__(
        self,
        sites: str | Iterable[str],
        articles: str | Iterable[str],
        arguments: Mapping[str, Any],
        data_dir: str | Path | None,
    ) -> None:
        self._urls = {"urls_file": _lines(sites), "articles_file": _lines(articles)}
        if [bool(urls) for urls in self._urls.values()].count(True) != 1:
            raise ValueError("newscrawl.crawl takes URLs of sites, or articles=URLs; one of them")
        self._arguments = {name: str(value) for name, value in arguments.items() if value is not None}
        self._data_dir = data_dir
        self._log: deque[str] = deque(maxlen=MAX_LINES)
        self._process: subprocess.Popen[bytes] | None = None
        self._records: IO[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._logging: Thread | None = None

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def start(self, settings: Mapping[str, Setting]) -> None:
        """Starts the process."""
        self._folder = tempfile.TemporaryDirectory(prefix="newscrawl-")
        folder = Path(self._folder.name)
        data_dir = Path(self._data_dir).absolute() if self._data_dir is not None else folder / "data"
        chosen = {"LOG_LEVEL": "WARNING", "NEWSCRAWL_DATA_DIR": str(data_dir)} | dict(settings)
        command = [sys.executable, "-m", "scrapy", "crawl", "news"]
        for name, urls in self._urls.items():
            if urls:
                (folder / name).write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
                command += ["-a", f"{name}={folder / name}"]
        command += [part for name, value in self._arguments.items() for part in ("-a", f"{name}={value}")]
        command += [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
        readable, writable = os.pipe()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own command; no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[writable],
                env=os.environ | {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", STREAM: str(writable)},
            )
        finally:
            os.close(writable)
            self._records = os.fdopen(readable, "rb")
        self._logging = Thread(target=self._hear, args=[self._process.stderr], daemon=True)
        self._logging.start()

    def read(self) -> Article | None:
        """The next article; None at the end. CrawlError where the crawl has failed."""
        assert self._process is not None
        assert self._records is not None
        if line := self._records.readline():
            return msgspec.json.decode(line, type=Article)
        code = self._process.wait()
        if self._logging is not None:
            self._logging.join()
        if code not in NO_ERROR:
            raise CrawlError(code, "\n".join(self._log))
        return None

    def end(self) -> None:
        """Ends the process, where it still runs, and takes away what it does not keep."""
        if process := self._process:
            process.terminate()  # first: a thread may hold the pipe until its other end is closed
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if self._logging is not None:
                self._logging.join()
        if self._records is not None:
            self._records.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _hear(self, log: IO[bytes]) -> None:
        """Hands the log's lines on to this process' logging."""
        with log:
            for raw in log:
                line = raw.decode("utf-8", "replace").rstrip()
                self._log.append(line)
                level = (
                    logging.ERROR if " ERROR: " in line else logging.WARNING if " WARNING: " in line else logging.INFO
                )
                logger.log(level, "%s", line)


def _lines(urls: str | Iterable[str]) -> list[str]:
    """The URLs, each on a line of its own; ValueError for one that is not."""
    listed = [urls] if isinstance(urls, str) else [*urls]
    for url in listed:
        if not url.strip() or url.splitlines() != [url]:
            raise ValueError(f"no URL: {url!r}")
    return listed
