"""A fleet under way: starts runs as places become free, repeats those that were killed, ends all when it is told to."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import msgspec

from newscrawl.config import Config
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.summary import Summary, run_id
from newscrawl.crawl.whole_files import write_whole
from newscrawl.delivery import DeliveryError
from newscrawl.fleet.fleet_summary import GOOD, FleetSummary, SiteResult, screen, worst
from newscrawl.fleet.jobs import Job, Queue
from newscrawl.fleet.local_runs import STOPPING, LocalRun
from newscrawl.fleet.shared_delivery import EVERY, SharedDelivery
from newscrawl.ledger import LedgerError
from newscrawl.web.dates import utc

TRIES = 3
"""Runs of a site that may be killed by something else (want of memory, a person) before the site is given up."""
LOOK = 0.5
"""Seconds between two looks at whether a run has had its slice while others wait, and two of the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetOptions:
    """How a fleet works."""

    at_once: int
    """Runs at a time."""
    slice_seconds: float
    """After which a run makes room, where others wait."""
    words: tuple[str, ...] = ()
    """What each run is called with beside its own arguments."""


class Show(Protocol):
    """Where the fleet tells how far it is."""

    def screen(self, lines: Callable[[int], Sequence[str]]) -> None:
        """How far it is, in as many lines as the function is called with."""

    def tell(self, line: str) -> None:
        """Something that stays."""


class Fleet:
    """Crawls each site once. `deliveries`: what writes the records of spiders that several runs share."""

    def __init__(
        self, config: Config, jobs: Sequence[Job], options: FleetOptions, show: Show, started: datetime | None = None
    ) -> None:
        self._started = started or datetime.now(UTC)
        self._clock = time.monotonic()
        self.summary = FleetSummary(fleet_id=f"{run_id('fleet', self._started)}", started_at=utc(self._started))
        self._config, self._options, self._show = config, options, show
        self._queue = Queue(jobs, int(self._started.timestamp()))
        self._spiders = sorted({job.spider for job in jobs if job.arguments})
        self._results: dict[str, SiteResult] = {}
        self._under_way: dict[str, tuple[LocalRun, float]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._deliveries: list[SharedDelivery] = []
        self._signals = 0

    async def run(self) -> FleetSummary:
        """Runs to the end; writes the summary."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        try:
            self._open()
            await self._crawl()
        except (LedgerError, DeliveryError) as error:
            self._trouble(error)
            await self._crawl()  # those under way end, and nothing is started any more
        await self._close()
        return self._finish()

    def stop(self) -> None:
        """Ends the runs in order; called again, at once."""
        self._signals += 1
        self.summary.not_started += [job.name for job in self._queue.clear() if not job.codes]
        for delivery in self._deliveries:
            delivery.hurry(STOPPING)
        for run, _ in self._under_way.values():
            run.stop() if self._signals == 1 else run.kill()

    def _open(self) -> None:
        for spider in self._spiders:
            delivery = SharedDelivery(self._config, spider, self.summary.fleet_id)
            self._deliveries.append(delivery)
            for warning in delivery.warnings:
                self._problem(warning)

    async def _crawl(self) -> None:
        """Until nothing waits and nothing is under way."""
        next_delivery = next_look = 0.0
        while self._start() or self._tasks:
            done, _ = await asyncio.wait(self._tasks, timeout=EVERY, return_when=asyncio.FIRST_COMPLETED)
            self._tasks -= done
            for task in done:
                task.result()
            now = time.monotonic()
            if now >= next_delivery:
                next_delivery = now + EVERY
                if not self._signals:
                    self.summary.delivered = sum([await delivery.deliver() for delivery in self._deliveries])
            if now >= next_look:
                next_look = now + LOOK
                self._make_room(now)
                self._draw(now)

    def _start(self) -> bool:
        """Fills the free places; whether something was started."""
        before = len(self._tasks)
        while not self._signals and len(self._tasks) < self._options.at_once and (job := self._queue.take()):
            self._tasks.add(asyncio.ensure_future(self._run(job)))
        return len(self._tasks) > before

    def _make_room(self, now: float) -> None:
        """Ends runs that had their slice, as many as wait; each goes on when its turn comes again, for twice as long:
        what a run does first may take longer than a slice."""
        late = [run for run, until in self._under_way.values() if now > until]
        for run in late[: len(self._queue)]:
            run.make_room()

    async def _run(self, job: Job) -> None:
        started = datetime.now(UTC)
        number = run_id(job.spider, started)
        log = self._config.data_dir / "logs" / f"{number}.log"
        words = [
            "crawl",
            job.spider,
            *job.arguments,
            *self._options.words,
            *_undelivered(job),
            "-s",
            f"NEWSCRAWL_RUN_ID={number}",
        ]
        run = await LocalRun.start(words, log)
        self._under_way[job.name] = run, time.monotonic() + self._options.slice_seconds * 2 ** len(job.codes)
        if self._signals:  # told to end while it was being started
            run.stop()
        code = await run.wait()
        del self._under_way[job.name]
        result = self._results.setdefault(job.name, SiteResult(name=job.name, exit_code=0))
        result.runs.append(number)
        result.codes.append(code)
        job.codes.append(code)
        result.seconds = round(result.seconds + (datetime.now(UTC) - started).total_seconds(), 1)
        self._add_visits(result, number)
        job.deaths += code < 0
        is_due_again = run.had_slice if code == ExitCode.INTERRUPTED else code < 0 and job.deaths < TRIES
        again = is_due_again and not self._signals
        self._queue.done(job, again=again)
        self._keep_log(result, log, code)
        if not again:
            self._settle(result, code)

    def _settle(self, result: SiteResult, code: int) -> None:
        result.exit_code = ExitCode.INTERRUPTED if code < 0 else code
        self.summary.sites.append(result)
        if result.exit_code not in GOOD:
            self._show.tell(f"{result.name}: exit code {result.exit_code}; {result.log}")

    def _keep_log(self, result: SiteResult, log: Path, code: int) -> None:
        """Of runs that ended well nobody reads it."""
        if code in GOOD:
            log.unlink(missing_ok=True)
        result.log = None if code in GOOD else str(log)

    def _add_visits(self, result: SiteResult, number: str) -> None:
        try:
            encoded = (self._config.data_dir / "runs" / f"{number}.json").read_bytes()
            visits = msgspec.json.decode(encoded, type=Summary).visits
        except (OSError, msgspec.MsgspecError):  # killed
            return
        for kind, count in visits.items():
            result.visits[kind] = result.visits.get(kind, 0) + count

    def _trouble(self, error: Exception) -> None:
        code = ExitCode.LEDGER_TROUBLE if isinstance(error, LedgerError) else ExitCode.OUTPUT_NOT_WRITTEN
        self.summary.exit_code = self.summary.exit_code or int(code)
        self._problem(str(error))
        if not self._signals:
            self.stop()

    async def _close(self) -> None:
        delivered = 0
        for delivery in self._deliveries:
            try:
                delivered += await delivery.close()
            except (LedgerError, DeliveryError) as error:
                self._trouble(error)
        self.summary.delivered = max(delivered, self.summary.delivered)

    def _finish(self) -> FleetSummary:
        summary = self.summary
        stopped = [int(ExitCode.INTERRUPTED)] if self._signals else []
        summary.exit_code = worst([summary.exit_code, *stopped, *(site.exit_code for site in summary.sites)])
        summary.finished_at = utc(datetime.now(UTC))
        folder = self._config.data_dir / "fleets"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            encoded = msgspec.json.format(msgspec.json.encode(summary), indent=1)
            write_whole(folder / f"{summary.fleet_id}.json", encoded)
        except OSError as error:
            self._problem(f"the summary could not be written: {error}")
            summary.exit_code = worst([summary.exit_code, ExitCode.OUTPUT_NOT_WRITTEN])
        with suppress(OSError):
            (self._config.data_dir / "logs").rmdir()
        return summary

    def _problem(self, text: str) -> None:
        self.summary.problems.append(text[:500])
        self._show.tell(text)

    def _draw(self, now: float) -> None:
        running = {name: now - run.started for name, (run, _) in self._under_way.items()}
        self._show.screen(lambda lines: screen(self.summary, running, len(self._queue), now - self._clock, lines))


def _undelivered(job: Job) -> tuple[str, ...]:
    """Where several runs share a spider, the fleet writes their records."""
    return ("-s", "NEWSCRAWL_DELIVERS=0") if job.arguments else ()
