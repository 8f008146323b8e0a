"""The jobs of a fleet: from a file of URLs, or of all spiders; with what the ledger tells of each site's past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from scrapy import Spider
from scrapy.spiderloader import SpiderLoaderProtocol

from newscrawl.fleet.jobs import Job, usual_gap
from newscrawl.ledger import LedgerError
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.place import Place, is_there
from newscrawl.spider import SiteSpider
from newscrawl.spiders.news import NewsSpider, urls_of
from newscrawl.spiders.warc import WarcSpider
from newscrawl.watch.site_run import SiteRun
from newscrawl.web.urls import domain_of

Past = Mapping[str, list[tuple[int, int]]]
"""By site (a registrable domain) its runs: when each ended, and how many articles it found."""


def jobs_of_file(file: Path, ledger: Place) -> list[Job]:
    """A job for each URL; ArgumentError for lines that are none, LedgerError."""
    spider = NewsSpider.name
    jobs = [
        Job(name=url, spider=spider, arguments=("-a", f"url={url}"), domains=frozenset({domain_of(url) or url}))
        for url in urls_of(file, "fleet")
    ]
    return _with_past(jobs, _past(ledger, [spider]))


def jobs_of_spiders(loader: SpiderLoaderProtocol, ledger: Place) -> list[Job]:
    """A job for each spider of the project that is a site's; LedgerError."""
    classes = {name: loader.load(name) for name in sorted(loader.list())}
    jobs = [
        Job(name=name, spider=name, domains=frozenset(_domains(spider)))
        for name, spider in classes.items()
        if issubclass(spider, SiteSpider) and not issubclass(spider, NewsSpider | WarcSpider)
    ]
    return _with_past(jobs, _past(ledger, [job.spider for job in jobs]))


def _domains(spider: type[Spider]) -> Iterable[str]:
    declared = (getattr(spider, kind, ()) for kind in ("feeds", "sitemaps", "listings"))
    return {domain for urls in declared for url in urls if (domain := domain_of(url))}


def _past(ledger: Place, spiders: Iterable[str]) -> dict[str, Past]:
    """By spider; nothing where there is no ledger yet."""
    if not is_there(ledger):
        return {}
    with Admin(ledger) as admin:
        return {spider: {site: _runs(runs) for site, runs in admin.past(spider).items()} for spider in spiders}


def _runs(encoded: Iterable[bytes]) -> list[tuple[int, int]]:
    found = []
    for figures in encoded:
        try:
            run = msgspec.json.decode(figures, type=SiteRun)
        except msgspec.MsgspecError as error:
            raise LedgerError(f"the figures of a run cannot be read: {error}") from error
        found.append((run.at, run.new))
    return found


def _with_past(jobs: list[Job], past: Mapping[str, Past]) -> list[Job]:
    for job in jobs:
        sites = past.get(job.spider, {})
        own = job.domains if job.arguments else sites.keys()
        runs = [run for site in own for run in sites.get(site, [])]
        if runs:
            job.last, job.gap = max(at for at, _ in runs), usual_gap(runs)
    return jobs
