"""Which of a site's feeds, sitemaps and listings are declared: all that is needed to name its articles, no more."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.discovery import DiscoveryLink
from newscrawl.discovery.discovery_result import DocumentKind, LinkKind, LinkRel
from newscrawl.onboarding.survey import Asked, Declared, NamedUrl, Survey

HOME = "https://gull.example/"


def asked(
    kind: DocumentKind, path: str, numbers: Iterable[int] = (), *, next: bool = False, rel: LinkRel = "autodiscovery"
) -> Asked:
    of: dict[DocumentKind, LinkKind] = {"sitemap_index": "sitemap", "unknown": "listing"}
    link = DiscoveryLink(url=HOME + path, kind=of.get(kind, kind), rel=rel)  # type: ignore[arg-type]
    named = {f"{HOME}{number}": NamedUrl(url=f"{HOME}{number}") for number in numbers}
    more = [DiscoveryLink(url=f"{HOME}{path}?page=2", kind="listing", rel="next")] if next else []
    return Asked(link=link, kind=kind, named=named, more=more)


def survey(*pages: Asked) -> Survey:
    return Survey(home=HOME, asked=list(pages))


def test_the_front_page_with_its_next_page_stands_for_all_listings() -> None:
    found = survey(asked("listing", "", range(3), next=True), asked("feed", "feed", range(8)))
    assert found.declared() == Declared(feeds=(HOME + "feed",), listings=(HOME,))


def test_without_a_next_page_the_sections_are_declared() -> None:
    sections = [asked("listing", name, [number], next=True) for number, name in enumerate(("town", "sport"))]
    found = survey(asked("listing", "", range(3)), *sections, asked("listing", "about"))
    assert found.declared() == Declared(listings=(HOME, HOME + "town", HOME + "sport"))


def test_a_page_that_names_no_article_but_archives_is_declared() -> None:
    archive = asked("listing", "archive")
    archive.more = [DiscoveryLink(url=HOME + "2026/11/", kind="listing", rel="archive", date="2026-11")]
    found = survey(asked("listing", "", range(3)), archive, asked("listing", "about"))
    assert found.declared() == Declared(listings=(HOME, HOME + "archive"))


def test_a_front_page_without_articles_is_not_declared_its_sections_are() -> None:
    found = survey(asked("listing", ""), asked("listing", "de", range(3), next=True), asked("listing", "fr", [9]))
    assert found.declared() == Declared(listings=(HOME + "de", HOME + "fr"))


def test_a_sitemap_that_names_what_is_new_makes_listings_needless() -> None:
    found = survey(asked("listing", "", range(10), next=True), asked("sitemap", "map.xml", range(1, 100)))
    assert found.declared() == Declared(sitemaps=(HOME + "map.xml",))


def test_a_sitemap_of_other_pages_does_not() -> None:
    found = survey(asked("listing", "", range(10), next=True), asked("sitemap", "map.xml", range(8, 100)))
    assert found.declared() == Declared(sitemaps=(HOME + "map.xml",), listings=(HOME,))


def test_a_news_sitemap_does_not_it_names_two_days() -> None:
    found = survey(asked("listing", "", range(3), next=True), asked("news_sitemap", "news.xml", range(9)))
    assert found.declared() == Declared(sitemaps=(HOME + "news.xml",), listings=(HOME,))


def test_of_two_forms_of_a_feed_one_is_declared_and_of_an_index_no_member() -> None:
    index = asked("sitemap_index", "index.xml", next=True)
    member = asked("sitemap", "2026.xml", range(9), rel="index")
    found = survey(asked("listing", ""), asked("feed", "rss", range(8)), asked("feed", "atom", range(7)), index, member)
    assert found.declared() == Declared(feeds=(HOME + "rss",), sitemaps=(HOME + "index.xml",))


def test_what_is_of_no_use_is_not_declared() -> None:
    broken = asked("feed", "rss", range(8))
    broken.trouble = "is no feed"
    assert survey(asked("listing", ""), broken).declared() == Declared()


def test_a_sample_takes_of_each_page_in_turn_and_no_article_twice() -> None:
    found = survey(asked("listing", "", [1, 2, 3]), asked("feed", "rss", [1, 9]), asked("sitemap", "map", [7, 8]))
    assert list(found.candidates()) == [f"{HOME}{number}" for number in (1, 7, 9, 2, 8, 3)]
