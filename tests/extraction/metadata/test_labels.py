"""Language, section, tags, image, kind, canonical URL, name of the site, rights."""

import pytest
from lxml.html import tostring

from newscrawl.extraction.metadata import read_metadata
from newscrawl.items import Site
from tests.extraction.metadata.metadata_pages import FETCHED, STORY, document, json_ld, read

ARTICLE = {"headline": "Old bridge reopens"}


@pytest.mark.parametrize(
    ("head", "lang", "expected"),
    [
        (json_ld(**ARTICLE, inLanguage="de-DE"), "en", "de"),
        ("", "pt-BR", "pt"),
        ('<meta property="og:locale" content="fr_FR">', "", "fr"),
        ("", "", "en"),
    ],
)
def test_language(head: str, lang: str, expected: str) -> None:
    assert read(head, STORY, lang=lang).language == expected


@pytest.mark.parametrize(
    ("head", "path", "expected"),
    [
        (json_ld(**ARTICLE, articleSection=["Harbour", "City"]), "/x/y", "Harbour"),
        ('<meta property="article:section" content="City">', "/x/y", "City"),
        (
            json_ld(
                **{
                    "@type": "BreadcrumbList",
                    "itemListElement": [{"name": "Home"}, {"item": {"name": "City"}}, {"name": "Old"}],
                }
            ),
            "/x/y",
            "City",
        ),
        ("", "/politics/bridge", "politics"),
        ("", "/2025/bridge", None),
        ("", "/article/bridge", None),
        ("", "/bridge-reopens", None),
    ],
)
def test_section(head: str, path: str, expected: str | None) -> None:
    assert read(head, STORY, url=f"https://courier.example{path}").section == expected


def test_tags_once_and_in_order() -> None:
    head = json_ld(**ARTICLE, keywords=["Bridge", "harbour, Bridge"]) + '<meta property="article:tag" content="Ferry">'
    assert read(head, STORY).tags == ["Bridge", "harbour", "Ferry"]
    assert read('<meta name="keywords" content="a; b;c">', STORY).tags == ["a", "b", "c"]
    assert len(read(json_ld(**ARTICLE, keywords=[f"k{n}" for n in range(99)]), STORY).tags) == 50


@pytest.mark.parametrize(
    "image", ["/a.jpg", {"@type": "ImageObject", "url": "/a.jpg"}, ["/a.jpg", "/b.jpg"], [{"contentUrl": "a.jpg"}]]
)
def test_main_image_is_absolute(image: object) -> None:
    found = read(json_ld(**ARTICLE, image=image), STORY, url="https://courier.example/x")
    assert found.main_image == "https://courier.example/a.jpg"


def test_an_image_that_is_no_address() -> None:
    assert read('<meta property="og:image" content="javascript:alert(1)">', STORY).main_image is None


@pytest.mark.parametrize(
    ("head", "path", "expected"),
    [
        (json_ld(**ARTICLE), "/city/x", "news"),
        (json_ld(**{**ARTICLE, "@type": "OpinionNewsArticle"}), "/city/x", "opinion"),
        (json_ld(**{**ARTICLE, "@type": ["LiveBlogPosting"]}), "/city/x", "live"),
        (json_ld(**{**ARTICLE, "@type": "VideoObject"}), "/city/x", "video"),
        (json_ld(**{**ARTICLE, "@type": "Review"}), "/city/x", "other"),
        ("", "/opinion/x", "opinion"),
        ("", "/press-releases/x", "press_release"),
        ("", "/news/opinion-polls-close", "news"),
    ],
)
def test_kind(head: str, path: str, expected: str) -> None:
    assert read(head, STORY, url=f"https://courier.example{path}").kind == expected


def test_canonical_url_in_head_or_body() -> None:
    link = '<link rel="canonical" href="/a">'
    assert read(link, STORY, url="https://courier.example/b").canonical_url == "https://courier.example/a"
    assert read("", link + STORY, url="https://courier.example/b").canonical_url == "https://courier.example/a"
    assert (
        read('<meta property="og:url" content="https://other.example/c">', STORY).canonical_url
        == "https://other.example/c"
    )
    assert read("", STORY).canonical_url is None


def test_the_name_of_the_site_in_its_best_spelling() -> None:
    head = '<meta property="og:site_name" content="harbourcourier">' + json_ld(
        **ARTICLE, publisher={"name": "Harbour Courier"}
    )
    assert read(head, STORY).site_name == "Harbour Courier"
    assert read('<meta property="og:site_name" content="https://courier.example">', STORY).site_name is None


@pytest.mark.parametrize(
    ("value", "expected"), [(True, True), ("False", False), ("http://schema.org/True", True), ("paid", None)]
)
def test_accessible_for_free(value: object, expected: bool | None) -> None:
    assert read(json_ld(**ARTICLE, isAccessibleForFree=value), STORY).accessible_for_free is expected


def test_rights_as_stated() -> None:
    head = '<meta name="robots" content="noarchive"><meta name="tdm-reservation" content="1">'
    rights = read(head, '<a rel="license" href="https://licence.example/by">CC</a>' + STORY).rights
    assert (rights.license, rights.robots, rights.tdm) == ("https://licence.example/by", "noarchive", "1")
    assert (read("", STORY).rights.license, read("", STORY).rights.robots) == (None, None)


def test_the_standfirst() -> None:
    assert (
        read(json_ld(**ARTICLE, description="Ten years of works end."), STORY).description == "Ten years of works end."
    )
    assert read("", STORY).description is None


def test_nothing_in_the_tree_changes() -> None:
    page = document("<title>a</title>", "<h1>Old bridge</h1><p>By Ann Lee</p>" + STORY)
    before = tostring(page.tree)
    read_metadata(page, fetched_at=FETCHED, site=Site())
    assert tostring(page.tree) == before
