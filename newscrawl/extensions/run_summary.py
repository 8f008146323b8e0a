"""The run's summary: runs/RUN_ID.json, the last log line, and the exit code for the `crawl` command."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.python.failure import Failure

from newscrawl.crawl.exit_codes import ExitCode, exit_code
from newscrawl.crawl.session import Session
from newscrawl.crawl.summary import Summary, summarize
from newscrawl.crawl.whole_files import write_whole
from newscrawl.web.dates import utc

logger = logging.getLogger(__name__)

MAX_TOLD = 10
"""Sites that are not as they were in the last line of the log."""


class RunExtension:
    """Begins with the crawl, ends after everything else has closed its files."""

    def __init__(self, crawler: Crawler) -> None:
        session = Session.find(crawler)
        if session is None:
            raise NotConfigured("only for newscrawl's spiders")
        self.crawler = crawler
        self.session = session
        self.started = datetime.now(UTC)
        self.reason = "finished"
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.spider_error, signals.spider_error)
        crawler.signals.connect(self.engine_stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunExtension:
        """Called by Scrapy."""
        return cls(crawler)

    def spider_error(self, failure: Failure, response: object) -> None:
        """An exception in a callback fails its page; in start() it fails the run."""
        if response is None:
            self.crawler.stats.set_value("newscrawl/run/trouble", int(ExitCode.START_FAILED))
            self.session.problems.append(f"start failed: {failure.getErrorMessage()}")

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Notes why the crawl ended."""
        self.reason = reason

    def engine_stopped(self) -> None:
        """Writes the summary and decides the exit code, last; feeds and the ledger are closed by now."""
        session = self.session
        stats = self.crawler.stats.get_stats()
        summary = Summary(
            run_id=session.run_id,
            spider=session.declared.spider,
            started_at=utc(self.started),
            finished_at=utc(datetime.now(UTC)),
            reason=self.reason,
            known=dict[str, int](session.reports[-1].states.items()) if session.reports else {},
            sites=session.watch.sites,
            walls=session.walls.found,
            changes=session.changes,
            articles=session.articles,
            problems=session.problems,
            sizes=_sizes(session.config.data_dir),
        )
        summarize(summary, stats)
        summary.figures = session.measured.figures(summary.visits["rejected"] - summary.rejected.get("not_in_time", 0))
        summary.exit_code = exit_code(summary, stats, feeds=len(self.crawler.settings.getdict("FEEDS")))
        self._write(summary)
        self.crawler.stats.set_value("newscrawl/run/exit_code", summary.exit_code)
        logger.info(_last_line(summary))

    def _write(self, summary: Summary) -> None:
        folder = self.session.config.data_dir / "runs"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            encoded = msgspec.json.format(msgspec.json.encode(summary), indent=1)
            write_whole(folder / f"{summary.run_id}.json", encoded)
        except OSError as error:
            logger.error("the run's summary could not be written: %s", error)
            if self.crawler.stats.get_value("newscrawl/run/trouble") is None:  # else the graver reason stays
                summary.exit_code = ExitCode.OUTPUT_NOT_WRITTEN


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of the ledger and of the records' files; {} without a ledger."""
    try:
        ledger = (folder / "ledger.db").stat().st_size
        return {"ledger": ledger, "articles": sum(file.stat().st_size for file in (folder / "articles").glob("*/*"))}
    except OSError:  # a file was moved away meanwhile
        return {}


def _last_line(summary: Summary) -> str:
    visits = ", ".join(f"{count} {kind}" for kind, count in summary.visits.items() if count) or "nothing new"
    code = ExitCode(summary.exit_code)
    changed = [f"{site}: {', '.join(names)}" for site, names in summary.changes.items()]
    if len(changed) > MAX_TOLD:
        changed[MAX_TOLD:] = [f"and {len(changed) - MAX_TOLD} more sites"]
    what = "".join(f"; {one}" for one in changed)
    return f"run {summary.run_id}: {visits}; exit code {code.value} ({code.name.lower().replace('_', ' ')}){what}"
