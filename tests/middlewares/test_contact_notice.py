"""A crawl of a real host that names no contact says so once; the user's own hosts are no real ones."""

from __future__ import annotations

import logging

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from newscrawl.middlewares.contact_notice import ContactNoticeMiddleware
from newscrawl.settings import USER_AGENT

OWN = {"NEWSCRAWL_HOSTS": "own.example=127.0.0.1:80", "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "intranet.example"}


def asked(caplog: pytest.LogCaptureFixture, *urls: str) -> list[str]:
    crawler = get_crawler(Spider, OWN | {"USER_AGENT": USER_AGENT})
    middleware = ContactNoticeMiddleware.from_crawler(crawler)
    caplog.clear()
    for url in urls:
        middleware.process_request(Request(url))
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


def test_the_first_real_host_gives_one_warning(caplog: pytest.LogCaptureFixture) -> None:
    warnings = asked(caplog, "http://own.example/", "http://paper.example/a", "http://paper.example/b")
    assert len(warnings) == 1
    assert "paper.example" in warnings[0]
    assert "USER_AGENT" in warnings[0]


def test_hosts_of_the_user_give_none(caplog: pytest.LogCaptureFixture) -> None:
    assert asked(caplog, "http://own.example/", "http://intranet.example/x") == []


def test_a_project_that_names_its_contact_has_no_such_middleware() -> None:
    with pytest.raises(NotConfigured):
        ContactNoticeMiddleware.from_crawler(get_crawler(Spider, {"USER_AGENT": "study (+https://uni.example/bot)"}))
