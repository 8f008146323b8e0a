"""Imported by the workers' fork server, and by nothing else: what reads pages, once for all workers.

A process that is forked would run the crawl's main script again, to find what was defined there: with `scrapy` that
imports Scrapy and Twisted into each worker, .3 s of CPU and 30 MB. Nothing that workers are sent is defined there.
"""

from __future__ import annotations

from multiprocessing import spawn

from newscrawl.reading import worker_tasks

__all__ = ["worker_tasks"]


def _without_main(_: str) -> None:
    """In place of running the main script."""


spawn._fixup_main_from_path = _without_main  # type: ignore[attr-defined]
