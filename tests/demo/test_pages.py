"""The demo's pages: each says what its expected record says, and no link leads nowhere."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin, urlsplit

import pytest
from lxml.html import HtmlElement, document_fromstring, fromstring

from newscrawl.demo import SampleOutlet, TrueRecord, expected, outlets
from newscrawl.demo.outlets import OUTLETS
from newscrawl.demo.site import Resource, all_listings, plain_pages
from newscrawl.demo.story import stories

Sites = dict[str, dict[str, Resource]]
EACH_OUTLET = pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.key)


def parsed(resource: Resource) -> HtmlElement:
    encoding = resource.content_type.rpartition("charset=")[2]
    return document_fromstring(resource.body.decode(encoding))


def page_of(sites: Sites, url: str) -> HtmlElement:
    parts = urlsplit(url)
    return parsed(sites[parts.netloc][parts.path])


def shown(page: HtmlElement) -> str:
    """What the page shows, or what its scripts would show of its state; white space folded."""
    state = page.xpath("//script[@id='__NEXT_DATA__']/text()")
    if state:
        article = json.loads(state[0])["props"]["pageProps"]["article"]
        parts = [article["titre"], article["chapo"], article["signature"], article["note"], article["source"]]
        html = "\n".join([part for part in parts if part] + [block["html"] for block in article["contenu"]])
        return folded(fromstring(f"<div>{html}</div>").text_content())
    return folded(page.find("body").text_content())


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("record", expected().values(), ids=lambda record: record.url.partition("//")[2])
def test_a_page_says_what_its_record_says(record: TrueRecord, sites: Sites) -> None:
    page = page_of(sites, record.url)
    text = shown(page)
    lines = [line.removeprefix("- ") for line in (*record.body, *record.optional)]
    assert [line for line in [record.title, *lines] if folded(line) not in text] == []
    assert [name for name in record.authors if name not in text] == []
    assert record.title in page.findtext(".//title")


@pytest.mark.parametrize(
    "record", [record for record in expected().values() if record.origin and record.origin.url], ids=lambda r: r.url
)
def test_a_copy_links_its_original(record: TrueRecord, sites: Sites) -> None:
    parts = urlsplit(record.url)
    assert record.origin is not None
    assert record.origin.url is not None
    source = sites[parts.netloc][parts.path].body.decode("windows-1252", "replace")
    assert record.origin.url in source
    assert record.origin.domain in record.origin.url
    assert record.origin.domain != OUTLETS[record.outlet].host


def test_copies_know_each_other() -> None:
    records = expected()
    with_copies = [record for record in records.values() if record.copies]
    assert len(with_copies) >= 10
    assert all(record.url in records[other].copies for record in with_copies for other in record.copies)


@EACH_OUTLET
def test_no_link_leads_nowhere(outlet: SampleOutlet, sites: Sites) -> None:
    broken = set()
    for path, resource in sites[outlet.host].items():
        if not resource.content_type.startswith("text/html"):
            continue
        page = parsed(resource)
        base = urljoin(outlet.url(path), page.xpath("string(//base/@href)"))
        for href in page.xpath("//@href | //@src"):
            parts = urlsplit(urljoin(base, href))
            served = sites.get(parts.netloc)
            if served is not None and not {f"{parts.path}?{parts.query}", parts.path} & served.keys():
                broken.add((path, href))
    assert broken == set()


@EACH_OUTLET
def test_the_listing_pages_name_every_story_once_and_are_numbered_to_the_last(outlet: SampleOutlet) -> None:
    pages = [listing for listing in all_listings(outlet).values() if not listing.heading]
    assert [story.key for listing in pages for story in listing.stories] == [story.key for story in outlet.stories]
    assert len(pages) >= 4
    first = [link.label for link in pages[0].links]
    assert first[:3] == ["1", "2", "3"]
    assert first[-1] == str(len(pages))
    assert pages[0].links[0].path is None
    assert pages[-1].next_path is None


@EACH_OUTLET
def test_each_section_is_listed(outlet: SampleOutlet) -> None:
    listed = {listing.heading for listing in all_listings(outlet).values() if listing.heading}
    assert listed == set(outlet.sections.values())


@EACH_OUTLET
def test_every_outlet_has_pages_that_are_no_article(outlet: SampleOutlet, sites: Sites) -> None:
    paths = [path for path, _, _ in plain_pages(outlet)]
    assert len(paths) == 3
    assert outlet.about in paths
    assert not {outlet.url(path) for path in paths} & expected().keys()
    assert sites[outlet.host].keys() >= {*paths, "/", "/robots.txt", "/style.css"}


def test_links_are_written_in_every_way_of_real_sites(sites: Sites) -> None:
    def story_links(host: str, path: str, slug: str) -> list[str]:
        return [link for link in parsed(sites[host][path]).xpath("//a/@href") if slug in link]

    assert story_links("harbourledger.example", "/council/", "slipway")[0].startswith("http://harbour")
    assert story_links("www.fenmoormonitor.example", "/topics/science/", "peat")[0].startswith("//www.")
    assert story_links("lohetalbote.example", "/ressort-lokales.html", "bahn")[0].startswith("artikel/")
    assert parsed(sites["farodecalizo.example"]["/noticias"]).xpath("//base/@href") == ["http://farodecalizo.example/"]


def test_the_script_outlet_shows_nothing_without_scripts(sites: Sites) -> None:
    outlet = OUTLETS["gazettelittoral"]
    for story in outlet.stories:
        page = parsed(sites[outlet.host][outlet.path_of(story)])
        for script in page.xpath("//body//script"):
            script.text = ""
        assert page.find("body").text_content().strip() == ""
    with_body = [b"articleBody" in sites[outlet.host][outlet.path_of(story)].body for story in outlet.stories]
    assert {True, False} == set(with_body)


def test_the_old_system_has_no_class_and_no_paragraph(sites: Sites) -> None:
    outlet = OUTLETS["lohetalbote"]
    for story in outlet.stories:
        page = parsed(sites[outlet.host][outlet.path_of(story)])
        assert page.xpath("//@class | //@id | //p | //article | //main | //h1 | //meta[@property]") == []


def test_the_republish_widget_stands_on_own_stories_only(sites: Sites) -> None:
    outlet = OUTLETS["fenmoormonitor"]
    for story in stories().values():
        if story.outlet == outlet.key:
            body = sites[outlet.host][outlet.path_of(story)].body
            assert (b"Republish this story" in body) == (story.origin is None)
