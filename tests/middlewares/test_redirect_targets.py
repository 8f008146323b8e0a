"""A redirected request and the queue in which it waits."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.utils.test import get_crawler

from newscrawl.middlewares.redirect_targets import RedirectTargetsMiddleware


def test_a_redirected_request_waits_in_the_queue_of_its_own_host() -> None:
    """One that is left in its first host's queue keeps that host's articles waiting for another host's delay."""
    redirected = Request("http://slow.example/", meta={"download_slot": "fast.example", "redirect_times": 1})
    first = Request("http://fast.example/", meta={"download_slot": "fast.example-feeds"})
    for request in (redirected, first):
        RedirectTargetsMiddleware().process_request(request)
    downloader = Downloader(get_crawler())
    assert downloader.get_slot_key(redirected) == "slow.example"
    assert downloader.get_slot_key(first) == "fast.example-feeds"
