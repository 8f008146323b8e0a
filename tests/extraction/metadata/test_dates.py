"""Dates: what is read, what is refused, which of several is the article's."""

import pytest

from newscrawl.items import Site
from newscrawl.web import date_reading
from tests.extraction.metadata.metadata_pages import STORY, json_ld, read

HEADLINE = "<h1>Old bridge reopens</h1>"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2025-06-05T14:46:12+02:00", "2025-06-05T14:46:12+02:00"),
        ("2025-06-05T14:46:12+0200", "2025-06-05T14:46:12+02:00"),
        ("2025-06-05T14:46:12.769Z", "2025-06-05T14:46:12+00:00"),
        ("2025-06-05 14:46", "2025-06-05T14:46:00"),
        ("2025-06-05", "2025-06-05"),
        ("20250605", "2025-06-05"),
        ("1749127572", "2025-06-05T12:46:12+00:00"),
        ("Thu, 05 Jun 2025 14:46:12 +0200", "2025-06-05T14:46:12+02:00"),
        ("Thu Jun 05 14:46:12 CEST 2025", "2025-06-05T14:46:12+02:00"),
        ("Thu Jun 05 2025 14:46:12 GMT+0200 (CEST)", "2025-06-05T14:46:12+02:00"),
        ("2025-06-05 14:46:12 EST", "2025-06-05T14:46:12-05:00"),
        ("2025-06-05T14:46GMT", "2025-06-05T14:46:00+00:00"),
        ("2025-06-05 14:46 XYZ", "2025-06-05T14:46:00"),
        ("Thursday, June 5, 2025, 02:46 PM", None),  # `printed` knows the half of the day
        ("2025-06-052025-07-09", None),
        ("2025-06-05174912757214:46:12", None),
        ("2025-02-31", None),
        ("2025-06-05T14:46:12+99:00", None),
        ("soon", None),
    ],
)
def test_dates_of_structured_data(raw: str, expected: str | None) -> None:
    moment = date_reading.structured(raw)
    assert (moment and moment.iso) == expected


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "June 5, 2025 at 2:46 pm", "2025-06-05T14:46:00"),
        ("en", "5th June 2025", "2025-06-05"),
        ("en", "Published 2025 Jun 5", "2025-06-05"),
        ("de", "Kiel, 5. Juni 2025, 14:46 Uhr", "2025-06-05T14:46:00"),
        ("de", "05.06.2025", "2025-06-05"),
        ("fr", "Publié le 5 août 2025 à 14h46", "2025-08-05T14:46:00"),
        ("es", "5 de junio de 2025", "2025-06-05"),
        ("pt", "5 de março de 2025", "2025-03-05"),
        ("it", "5 giugno 2025", "2025-06-05"),
        ("nl", "5 mei 2025", "2025-05-05"),
        ("ja", "2025年6月5日", "2025-06-05"),
        ("en", "5 June 2025. Updated 7 June 2025", "2025-06-05"),
        ("en", "2:46PM GMT 5 Jun 2025", "2025-06-05T14:46:00+00:00"),
        ("en", "Ann Lee, Harbour Courier 8:42 a.m. EDT June 5, 2025", "2025-06-05T08:42:00-04:00"),
        ("en", "Published: 22:04, 5 Jun 2025", "2025-06-05T22:04:00"),
        ("en", "Updated 5:27 am CST, Thursday, June 5, 2025", "2025-06-05T05:27:00-06:00"),
        ("en", "June 5, 2025, 07:47 PM EST", "2025-06-05T19:47:00-05:00"),
        ("en", "June 5, 2025 8:03 AM ET", "2025-06-05T08:03:00"),
        ("en", "5 June 2025 10:00 GMT+2", "2025-06-05T10:00:00+02:00"),
        ("en", "Jun 5, 20255:45 AM", "2025-06-05T05:45:00"),
        ("en", "Thursday, June 5, 2025, 02:46 PM", "2025-06-05T14:46:00"),
        ("en", "LUNCH 10:00 AND MORE TO SEE HERE, 5 June 2025", "2025-06-05"),
        ("en", "2025-06-05 14:46:12", "2025-06-05T14:46:12"),
        ("en", "2025-06-05, 02:46 PM", "2025-06-05T14:46:00"),
        ("en", "2025-06-05T14:46:12Z", "2025-06-05T14:46:12+00:00"),
        ("en", "2025-06-05 14:46 +25:00", "2025-06-05T14:46:00"),
        ("zh", "时间：2025-06-05 14:46 来源：港口报", "2025-06-05T14:46:00"),
        ("ja", "2025年6月5日 14時46分", "2025-06-05T14:46:00"),
        ("ko", "2025.06.05 오후 2:46", "2025-06-05T14:46:00"),
        ("ko", "2025년 6월 5일 14시 46분", "2025-06-05T14:46:00"),
        ("en", "Table 5 for 2025", None),
    ],
)
def test_dates_as_printed(language: str, line: str, expected: str | None) -> None:
    moment = date_reading.printed(line, language, month_first=False)
    assert (moment and moment.iso) == expected


@pytest.mark.parametrize(
    ("lang", "head", "host", "expected"),
    [
        ("en-US", "", "courier.example", "2025-06-05"),
        ("en", "", "courier.example", "2025-06-05"),
        ("en-GB", "", "courier.example", "2025-05-06"),
        ("en", '<meta property="og:locale" content="en_GB">', "courier.example", "2025-05-06"),
        ("en-US", "", "courier.co.uk", "2025-05-06"),  # a CMS that leaves its `lang` as delivered
        ("es", "", "courier.example", "2025-05-06"),
    ],
)
def test_figures_are_read_as_the_country_writes_them(lang: str, head: str, host: str, expected: str) -> None:
    found = read(head, HEADLINE + "<p>06/05/2025</p>" + STORY, lang=lang, url=f"https://{host}/bridge")
    assert found.date_published == expected


def test_figures_are_read_as_another_source_names_the_day() -> None:
    url = "https://courier.example/news/2025/may/06/bridge"
    assert read("", HEADLINE + "<p>06/05/2025</p>" + STORY, lang="en-US", url=url).date_published == "2025-05-06"


def test_figures_are_read_so_that_they_do_not_lie_ahead() -> None:
    assert read("", HEADLINE + "<p>04/03/2026</p>" + STORY, lang="en-US").date_published == "2026-03-04"


def test_the_zone_and_the_raw_text_are_kept() -> None:
    found = read(
        json_ld(headline="Old bridge reopens", datePublished="2025-06-05T23:46:12+0900", dateModified="2025-06-06"),
        STORY,
    )
    assert (found.date_published, found.date_published_raw) == ("2025-06-05T23:46:12+09:00", "2025-06-05T23:46:12+0900")
    assert (found.date_modified, found.date_modified_raw) == ("2025-06-06", "2025-06-06")


def test_the_time_comes_from_whichever_source_of_the_day_has_it() -> None:
    head = json_ld(headline="Old bridge reopens", datePublished="2025-06-05")
    head += '<meta property="article:published_time" content="2025-06-05T09:00:00+02:00">'
    assert read(head, HEADLINE + STORY).date_published == "2025-06-05T09:00:00+02:00"


def test_the_most_exact_source_of_the_day_is_taken() -> None:
    head = '<meta property="article:published_time" content="2025-06-05T09:00:26+02:00">'
    line = "<p>June 5, 2025 9:00 AM CEST</p>"
    assert read(head, HEADLINE + line + STORY).date_published == "2025-06-05T09:00:26+02:00"


@pytest.mark.parametrize(
    "raw", ["2026-03-12", "2031-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0001-01-01", "9999-12-31"]
)
def test_impossible_dates_are_refused(raw: str) -> None:
    found = read(json_ld(headline="Old bridge reopens", datePublished=raw), HEADLINE + "<p>5 June 2025</p>" + STORY)
    assert found.date_published == "2025-06-05"
    assert "date_refused" in found.warnings


def test_a_day_that_has_begun_in_the_east_is_no_future() -> None:
    head = json_ld(headline="Old bridge reopens", datePublished="2026-03-11T01:30:00+14:00")
    assert read(head, STORY).date_published == "2026-03-11T01:30:00+14:00"


@pytest.mark.parametrize(
    "lines",
    [
        "<p>5 June 2025</p>",
        "<p>Updated 9 July 2025</p><p>Published 5 June 2025</p>",
        "<p>Updated 9 July 2025, published 5 June 2025</p>",
        "<p>First seen in May. Last updated on 9 July 2025.</p><p>5 June 2025</p>",
        '<p><time datetime="2024-02-112025-06-05">June 5, 2025</time></p>',
        '<p><time class="updated" datetime="2025-07-09">then</time> <time datetime="2025-06-05">before</time></p>',
        '<p class="dateline"><time datetime="2025-06-05T08:00">Thursday</time></p>',
    ],
)
def test_the_printed_date_where_the_metadata_are_silent(lines: str) -> None:
    found = read("", HEADLINE + lines + STORY)
    assert found.date_published is not None
    assert found.date_published[:10] == "2025-06-05"


def test_a_date_in_the_text_or_a_caption_is_not_the_articles() -> None:
    caption = "<p>A long caption tells that this picture of the harbour and of its bridge was taken on 1 May 2020</p>"
    text = "<p>On 2 May 2020 the old bridge had been closed by the council, and many came.</p>"
    head = json_ld(headline="Old bridge reopens", datePublished="2025-06-05")
    assert read(head, HEADLINE + caption + STORY + text).date_published == "2025-06-05"


def test_a_moved_site_dates_its_old_pages_anew() -> None:
    head = json_ld(headline="Old bridge reopens", datePublished="2025-06-05T12:00:00Z")
    assert read(head, HEADLINE + "<p>1 March 2017 by Ann Lee</p>" + STORY).date_published == "2017-03-01"


def test_a_printed_date_that_is_the_updates() -> None:
    head = '<meta property="article:published_time" content="2025-06-05">'
    head += '<meta property="article:modified_time" content="2025-07-09T08:00:00Z">'
    assert read(head, HEADLINE + "<p>9 July 2025</p>" + STORY).date_published == "2025-06-05"


def test_a_printed_date_before_all_others_is_not_the_updates() -> None:
    head = json_ld(headline="Old bridge reopens", datePublished="2025-07-10", dateModified="2025-07-10")
    assert read(head, HEADLINE + "<p>9 July 2025</p>" + STORY).date_published == "2025-07-09"


def test_when_a_paper_was_received_is_not_when_it_was_published() -> None:
    head = '<meta name="citation_publication_date" content="2025 Jun 5">'
    line = "<p>Received 2024 Oct 12; Accepted 2025 May 2</p>"
    assert read(head, HEADLINE + line + STORY).date_published == "2025-06-05"


def test_a_labelled_line_below_the_text_weighs_as_one_at_the_headline() -> None:
    head = json_ld(headline="Old bridge reopens", datePublished="2025-07-09T08:00:00Z")
    line = '<p>Published <time pubdate datetime="2025-06-05">June 5</time></p>'
    assert read(head, HEADLINE + STORY * 5 + line).date_published == "2025-06-05"
    others = line + "<p>Published 7 June 2025</p>"  # teasers
    found = read(head, HEADLINE + STORY * 5 + others)
    assert found.date_published == "2025-07-09T08:00:00+00:00"


def test_a_date_with_its_update_below_the_text() -> None:
    lines = "<p>June 5, 2025. <i>Updated: July 9, 2025</i></p>"
    assert read("", HEADLINE + STORY * 5 + lines).date_published == "2025-06-05"


def test_posted_on_below_the_text() -> None:
    assert read("", HEADLINE + STORY * 5 + "<p>Posted on June 5, 2025</p>").date_published == "2025-06-05"
    assert read("", HEADLINE + STORY * 5 + "<p>Published</p><p>June 5, 2025</p>").date_published == "2025-06-05"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("November 2015", "2015-11"),
        ("Nov. 2015", "2015-11"),
        ("The winter of November 2015", None),
        ("May 2031", None),
        ("Report 2015", None),
    ],
)
def test_a_month_is_the_date_where_a_line_gives_no_more(line: str, expected: str | None) -> None:
    assert read(f"{HEADLINE}<p>{line}</p>{STORY}").date_published == expected


def test_a_day_goes_before_a_month() -> None:
    assert read(f"{HEADLINE}<p>June 2025</p><p>5 June 2025</p>{STORY}").date_published == "2025-06-05"


def test_an_update_stands_in_with_a_warning() -> None:
    found = read("", HEADLINE + STORY * 5 + "<p>Updated June 5, 2025</p>")
    assert found.date_published == "2025-06-05"
    assert "date_of_update" in found.warnings


@pytest.mark.parametrize("path", ["2025/06/05/bridge.html", "news/2025/jun/05/bridge", "2025/june/5"])
def test_the_address_dates_an_article(path: str) -> None:
    found = read("", HEADLINE + STORY, url=f"https://www.harbour-courier.example/{path}")
    assert found.date_published == "2025-06-05"


def test_no_date_is_none() -> None:
    assert read("", HEADLINE + STORY).date_published is None


def test_a_site_rule_goes_first() -> None:
    head = json_ld(headline="Old bridge reopens", datePublished="2025-06-05")
    body = HEADLINE + '<i class="when">1. Mai 2024</i>' + STORY
    assert read(head, body, lang="de", site=Site(date=(".when",))).date_published == "2024-05-01"


@pytest.mark.parametrize(
    ("lang", "line", "expected"),
    [
        ("es", "27/11/2025 01:57 | Actualizado a 27/11/2025 19:20", "2025-11-27T01:57:00"),
        ("de", "27.11.2025, 01:57 Uhr (aktualisiert 27.11.2025, 19:20 Uhr)", "2025-11-27T01:57:00"),
        ("de", "27.11.2025, 01:57 Uhr, Stand: 27.11.2025, 19:20 Uhr", "2025-11-27T01:57:00"),
        ("fr", "Publié le 27/11/2025 à 01:57, mis à jour le 27/11/2025 à 19:20", "2025-11-27T01:57:00"),
        ("it", "27 novembre 2025 01:57 - Aggiornato il 27 novembre 2025 19:20", "2025-11-27T01:57:00"),
        ("en", "Updated 27 Nov 2025 19:20 | Published 27 Nov 2025 01:57", "2025-11-27T01:57:00"),
        ("pl", "27.11.2025 01:57, aktualizacja: 27.11.2025 19:20", "2025-11-27T01:57:00"),
        ("nl", "27-11-2025 01:57, laatst bijgewerkt: 27-11-2025 19:20", "2025-11-27T01:57:00"),
        ("en", "Published 27 Nov 2025 01:57", "2025-11-27T19:20:45+01:00"),  # one date: the attribute is its exact form
        ("en", "27 Nov 2025 18:20 GMT, updated 28 Nov 2025", "2025-11-27T19:20:45+01:00"),  # the same moment
        ("en", "26 Nov 2025, updated 29 Nov 2025", "2025-11-27T19:20:45+01:00"),  # a day in another zone
        ("en", "26 Nov 2025, updated 27 Nov 2025", "2025-11-26"),
    ],
)
def test_the_date_of_publication_of_an_element_that_prints_two(lang: str, line: str, expected: str) -> None:
    element = f'<time datetime="2025-11-27T19:20:45.000+01:00">{line}</time>'
    assert read("", HEADLINE + element + STORY, lang=lang).date_published == expected


def test_an_element_marked_as_the_update_gives_the_date_that_it_prints() -> None:
    line = (
        '<time itemprop="dateModified" datetime="2025-11-27T19:20:45+01:00">26/11/2025 01:57 | Act. 27/11/2025</time>'
    )
    found = read("", HEADLINE + line + STORY, lang="es")
    assert (found.date_published, found.date_modified) == ("2025-11-26T01:57:00", "2025-11-27T19:20:45+01:00")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Press release of 25 January 2022 | Harbourtown – The minister spoke with the mayors about the bridge.</p>",
        "<p>HARBOURTOWN, January 25, 2022 /PR/ -- The minister spoke with the mayors about the bridge.</p>",
        "<p>(Harbourtown, 25 January 2022) The minister spoke with the mayors about the bridge.</p>",
        "<p>Harbourtown on the Sea | Westport, 25 January 2022</p>",
    ],
)
def test_a_dateline_dates_a_page_that_names_no_day_elsewhere(line: str) -> None:
    assert read("", HEADLINE + STORY + line + STORY).date_published == "2022-01-25"


def test_a_date_after_the_last_change_is_an_event_s() -> None:
    head = "".join(
        f'<meta property="article:{name}_time" content="2019-11-27T15:2{number}:00+01:00">'
        for number, name in enumerate(("published", "modified"))
    )
    found = read(head, HEADLINE + "<p>Date: 21.02.2020, 7 pm</p>" + STORY)
    assert found.date_published == "2019-11-27T15:20:00+01:00"


def test_a_url_may_write_its_day_without_zeros() -> None:
    assert (
        read("", HEADLINE + STORY, url="https://courier.example/home/2017/7/12/montauk").date_published == "2017-07-12"
    )
