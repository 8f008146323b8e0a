"""The demo's feeds, sitemaps and robots.txt: they parse, and together with the listing pages name every story."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from lxml import etree
from lxml.html import document_fromstring

from newscrawl.demo import SampleOutlet, expected, outlets
from newscrawl.demo.outlets import OUTLETS
from newscrawl.demo.site import Resource

Sites = dict[str, dict[str, Resource]]
EACH_OUTLET = pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.key)
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def path_of(outlet: SampleOutlet, url: str) -> str:
    assert url.startswith(outlet.home)
    return "/" + url.removeprefix(outlet.home)


def locations(resource: Resource) -> list[str]:
    return [str(url) for url in etree.fromstring(resource.body).xpath("//s:loc/text()", namespaces=NAMES)]


def test_all_kinds_of_discovery_are_spread_over_the_outlets() -> None:
    kinds = {outlet.key: {kind for kind, urls in outlet.start_points.items() if urls} for outlet in outlets()}
    assert kinds == {
        "harbourledger": {"feeds", "listings"},
        "fenmoormonitor": {"feeds", "sitemaps", "listings"},
        "lohetalbote": {"listings"},
        "gazettelittoral": {"sitemaps"},
        "farodecalizo": {"feeds", "listings"},
    }


@EACH_OUTLET
def test_feeds_parse_and_name_the_newest_stories(outlet: SampleOutlet, sites: Sites) -> None:
    for path in outlet.feeds:
        feed = feedparser.parse(sites[outlet.host][path].body)
        assert not feed.bozo
        assert feed.version == ("atom10" if "atom" in path else "rss20")
        assert [entry.link for entry in feed.entries] == [outlet.url_of(story) for story in outlet.stories[:8]]
        assert [entry.title for entry in feed.entries] == [story.title for story in outlet.stories[:8]]
        assert all(entry.published_parsed for entry in feed.entries)


@EACH_OUTLET
def test_the_front_page_announces_the_feeds(outlet: SampleOutlet, sites: Sites) -> None:
    page = document_fromstring(sites[outlet.host]["/"].body)
    page.make_links_absolute(page.xpath("string(//base/@href)") or outlet.home)
    announced = [str(url) for url in page.xpath("//link[@rel='alternate']/@href")]
    assert announced == [outlet.url(path) for path in outlet.feeds]


def test_a_copy_names_its_source_in_the_feed(sites: Sites) -> None:
    feed = feedparser.parse(sites["harbourledger.example"]["/feed/rss.xml"].body)
    xml = etree.fromstring(sites["harbourledger.example"]["/feed/rss.xml"].body)
    assert len(feed.entries) == 8
    copies = [story for story in OUTLETS["harbourledger"].stories[:8] if story.origin and story.origin.story]
    assert [node.text for node in xml.iter("source")] == ["Fenmoor Monitor"] * len(copies)


def test_the_news_sitemap_names_each_story_with_title_date_and_keywords(sites: Sites) -> None:
    outlet = OUTLETS["fenmoormonitor"]
    tree = etree.fromstring(sites[outlet.host]["/news-sitemap.xml"].body)
    assert locations(sites[outlet.host]["/news-sitemap.xml"]) == [outlet.url_of(story) for story in outlet.stories]
    for name, values in {
        "title": [story.title for story in outlet.stories],
        "publication_date": [story.published.isoformat() for story in outlet.stories],
        "keywords": [", ".join(story.tags) for story in outlet.stories],
    }.items():
        assert tree.xpath(f"//news:{name}/text()", namespaces=NAMES) == values


def test_the_sitemap_index_leads_to_each_story_and_to_the_other_pages(sites: Sites) -> None:
    outlet = OUTLETS["gazettelittoral"]
    served = sites[outlet.host]
    named = [url for part in locations(served["/sitemap.xml"]) for url in locations(served[path_of(outlet, part)])]
    assert len(named) == len(set(named))
    assert set(named) > {outlet.url_of(story) for story in outlet.stories}
    assert {path_of(outlet, url) for url in named} < served.keys()


@EACH_OUTLET
def test_robots_txt_lets_every_story_and_start_point_through(outlet: SampleOutlet, sites: Sites) -> None:
    robots = RobotFileParser()
    robots.parse(sites[outlet.host]["/robots.txt"].body.decode().splitlines())
    starts = [url for urls in outlet.start_points.values() for url in urls]
    stories = [url for url, record in expected().items() if record.outlet == outlet.key]
    assert [url for url in [*starts, *stories] if not robots.can_fetch("newscrawl", url)] == []
    assert (robots.site_maps() or []) == list(outlet.start_points["sitemaps"])


@EACH_OUTLET
def test_start_points_are_served(outlet: SampleOutlet, sites: Sites) -> None:
    starts = [url for urls in outlet.start_points.values() for url in urls]
    assert starts
    assert {path_of(outlet, url) for url in starts} <= sites[outlet.host].keys()
