"""The pipeline of stories: off where no days are asked for."""

from __future__ import annotations

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.pipelines.link_stories import StoriesPipeline
from newscrawl.spider import SiteSpider


def test_0_days_look_for_no_copies() -> None:
    assert StoriesPipeline(Crawler(SiteSpider, {"NEWSCRAWL_STORY_DAYS": 1})).days == 1
    with pytest.raises(NotConfigured):
        StoriesPipeline(Crawler(SiteSpider, {"NEWSCRAWL_STORY_DAYS": 0}))
