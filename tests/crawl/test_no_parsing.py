"""The Scrapy process parses nothing from outside: a whole crawl succeeds while every parser in that process raises.

It is the crawl of any site: `news` finds its articles, and a feed gets what the run produced.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl.demo import expected

from .crawling import Crawl

pytestmark = pytest.mark.e2e

# The workers are processes of their own, started from a clean interpreter: what is broken here is whole there.
SETTINGS = """
from newscrawl.demo.demo_settings import *
EXTENSIONS = {**EXTENSIONS, "probe.Sabotage": 0}
"""
SABOTAGE = """
from pathlib import Path
import feedparser, lxml.etree, lxml.html, parsel.selector
import newscrawl.discovery.site_detection, newscrawl.web.document, newscrawl.extraction.body.trafilatura_core

def refuse(*args, **kwargs):
    raise AssertionError("parsed in the Scrapy process")

class Sabotage:
    @classmethod
    def from_crawler(cls, crawler):
        for module, names in {
            lxml.etree: ("fromstring", "HTML", "XML", "parse", "iterparse", "HTMLParser", "XMLParser"),
            lxml.html: ("fromstring", "document_fromstring", "HTMLParser"),
            newscrawl.web.document: ("document_fromstring", "HTMLParser", "decode"),
            newscrawl.discovery.site_detection: ("parse",),
            newscrawl.extraction.body.trafilatura_core: ("core_lines",),
            parsel.selector: ("create_root_node",),
            feedparser: ("parse",),
        }.items():
            for name in names:
                assert hasattr(module, name), (module, name)
                setattr(module, name, refuse)
        try:
            newscrawl.web.document.parse(b"<p>A page</p>", "https://a.example/")
        except AssertionError:
            Path("sabotaged").touch()
        return cls()
"""


def test_a_crawl_succeeds_where_its_process_cannot_parse(crawl: Crawl) -> None:
    (crawl.folder / "probe_settings.py").write_text(SETTINGS)
    (crawl.folder / "probe.py").write_text(SABOTAGE)
    crawl.environment["SCRAPY_SETTINGS_MODULE"] = "probe_settings"
    done = crawl.run("news", "-a", "url=http://harbourledger.example/", "-O", "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert "parsed in the Scrapy process" not in done.stderr
    wanted = {page.url for page in expected().values() if page.outlet == "harbourledger"}
    assert sorted(record["url"] for record in crawl.records("news")) == sorted(wanted)
    lines = (crawl.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["url"] for line in lines) == sorted(wanted)
    assert Path(crawl.folder, "sabotaged").exists(), "the parsers were not broken: the test proves nothing"
