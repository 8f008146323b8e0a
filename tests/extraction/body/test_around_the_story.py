"""Offers, biographies, bylines and intros: what stands around a story and is part of it or not."""

from __future__ import annotations

import pytest

import newscrawl
from newscrawl.items import Article

URL = "https://www.courier.example/news/2026/11/12/a-mining-town-bets-on-the-sun"
TEXTS = (
    "For a hundred years Silverdale lived off lead. Now mirrors on the spoil heaps are to power nine thousand homes.",
    "When the last pit closed, Wilma Harcourt stayed below for three more weeks to shut off the pumps.",
    "Today she stands on the heap and counts mirrors, which turn with the sun and hum a little in the wind.",
    "The town paid for a third of them; the rest came from a fund that the province set up after the pits had closed.",
)
STORY = "".join(f"<p>{text}</p>" for text in TEXTS)


def read(body: str, lang: str = "en", ld: str = "") -> Article:
    head = f"<title>A mining town bets on the sun</title><script type='application/ld+json'>{ld}</script>" if ld else ""
    html = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body><main><article>'
    html += f"<h1>A mining town bets on the sun</h1>{body}</article></main></body></html>"
    found = newscrawl.read(html.encode(), URL, fetched_at="2026-11-30T10:00:00Z")
    assert isinstance(found, Article), found
    return found


OFFERS = {
    "en": ("To continue reading, subscribe", "Unlimited access to every story from £1 a week. Cancel anytime, online."),
    "de": (
        "Weiterlesen mit Talbote+",
        "Zugang zu allen Artikeln im Web und in der App, jederzeit kündbar, 2,95 Euro pro Woche.",
    ),
    "fr": (
        "La suite est réservée aux abonnés",
        "Accès illimité à tous nos articles, sans engagement, 1 € le premier mois.",
    ),
    "es": (
        "Para seguir leyendo, hazte suscriptor",
        "Acceso ilimitado a todo el contenido por 1 € al mes, cancela cuando quieras.",
    ),
    "it": (
        "Questo contenuto è riservato agli abbonati",
        "Accesso illimitato a tutti gli articoli, 1 € al mese, disdici quando vuoi.",
    ),
    "nl": (
        "Verder lezen? Word abonnee",
        "Onbeperkt toegang tot alle artikelen, maandelijks opzegbaar, 2 euro per maand.",
    ),
    "pl": (
        "Aby czytać dalej, wykup dostęp",
        "Nieograniczony dostęp do wszystkich artykułów za 5 zł za miesiąc, prenumerata.",
    ),
    "pt": (
        "Para continuar lendo, assine",
        "Acesso ilimitado a todo o conteúdo por 1 € por mês, cancele quando quiser.",
    ),
}


@pytest.mark.parametrize("language", OFFERS)
@pytest.mark.parametrize("box", ["<div class='paywall'>{}</div>", "<section class='x9'>{}</section>", "{}"])
def test_an_offer_leaves_the_body(language: str, box: str) -> None:
    gate, promise = OFFERS[language]
    found = read(STORY + box.format(f"<h3>{gate}</h3><p>{promise}</p><a href='/abo'>OK</a>"), language)
    assert found.body.split("\n\n") == list(TEXTS)
    assert found.accessible_for_free is False
    assert "paywall" in found.extraction.warnings


def test_a_story_about_subscriptions_keeps_its_text() -> None:
    about = "<p>Readers who take a subscription may cancel at any time, the paper said, and pay two pounds a week.</p>"
    found = read(STORY + about)
    assert "cancel at any time" in found.body
    assert "paywall" not in found.extraction.warnings


@pytest.mark.parametrize(
    ("ld", "meta", "expected"),
    [
        ('"isAccessibleForFree": false', "", False),
        ('"isAccessibleForFree": "False"', "", False),
        ('"isAccessibleForFree": "http://schema.org/True"', "", True),
        ('"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".pay"}', "", False),
        ('"hasPart": [{"isAccessibleForFree": "False"}]', "", False),
        ('"x": 1', '<meta property="article:content_tier" content="locked">', False),
        ('"x": 1', '<meta property="article:content_tier" content="free">', True),
        ('"x": 1', '<meta property="article:content_tier" content="metered">', None),
        ('"x": 1', '<meta itemprop="isAccessibleForFree" content="false">', False),
        ('"x": 1', "", None),
    ],
)
def test_whether_an_article_is_free(ld: str, meta: str, expected: bool | None) -> None:
    found = read(meta + STORY, ld=f'{{"@type": "NewsArticle", "headline": "A mining town bets on the sun", {ld}}}')
    assert found.accessible_for_free is expected
    assert ("paywall" in found.extraction.warnings) == (expected is False)


BYLINE = "<p class='byline'>By <a rel='author' href='/people/ro'>Rosalind Achterberg</a></p>"
BIOGRAPHY = (
    "Rosalind Achterberg is a lapsed beekeeper and the author of eleven books. She taught for twelve years in Harrow."
)


@pytest.mark.parametrize(
    "biography",
    [
        f"<aside class='author-card'><div class='author-bio'><h4>About the author</h4><p>{BIOGRAPHY}</p></div></aside>",
        f"<div class='autorenbox'><p>{BIOGRAPHY}</p><p>{BIOGRAPHY * 6}</p></div>",
        f"<div class='wp-block-post-author-biography'>{BIOGRAPHY}</div>",
        f"<div id='about-the-author'><p>{BIOGRAPHY}</p></div>",
        f"<p><em>{BIOGRAPHY}</em></p>",
        f"<p>{BIOGRAPHY}</p>",
        f"<p>— {BIOGRAPHY}</p>",
        "<p><i>The author is a lapsed beekeeper, wrote eleven books and taught for years at the school.</i></p>",
    ],
)
def test_the_authors_biography_leaves_the_body(biography: str) -> None:
    found = read(BYLINE + STORY + biography)
    assert found.authors == ["Rosalind Achterberg"]
    assert "beekeeper" not in found.body
    assert TEXTS[0] in found.body
    assert TEXTS[-1] in found.body


def test_an_author_within_the_story_stays() -> None:
    told = "<p>Rosalind Achterberg was there when the first mirror turned, and says that nobody cheered that day.</p>"
    assert "nobody cheered" in read(BYLINE + told + STORY).body


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Ann Lee</p>",
        "<p>By Ann Lee and Bob Ray | 12 November 2026</p>",
        "<div class='meta'>Ann Lee, Harrow</div>",
    ],
)
def test_a_byline_never_opens_the_body(byline: str) -> None:
    assert read(byline + STORY).body.startswith(TEXTS[0])


ENTRIES = "".join(
    f"<div class='{{}}'><time>{hour}:40</time><h3>Update {hour}</h3><p>{text}</p></div>"
    for hour, text in zip((17, 15, 12, 9), TEXTS, strict=True)
)
INTRO = "The river Har burst its banks on Thursday morning. We followed the day hour by hour."


@pytest.mark.parametrize("name", ["live-post", "liveblog-entry", "ticker-entry", "live-update"])
def test_a_live_blog_is_told_by_its_entries_and_keeps_its_intro(name: str) -> None:
    found = read(f"<p class='standfirst'>{INTRO}</p>" + ENTRIES.replace("{}", name))
    assert found.kind == "live"
    assert found.body.startswith(INTRO)
    assert TEXTS[3] in found.body


@pytest.mark.parametrize(
    "lang_title", ["Flood in Harrow: as it happened", "Hochwasser im Liveticker", "Inondations: en direct"]
)
def test_a_live_blog_is_told_by_its_title_and_times(lang_title: str) -> None:
    html = f"<html lang=en><head><title>{lang_title}</title></head><body><article><h1>{lang_title}</h1><p>{INTRO}</p>"
    html += ENTRIES.replace("{}", "x1") + "</article></body></html>"
    found = newscrawl.read(html.encode(), URL, fetched_at="2026-11-30T10:00:00Z")
    assert isinstance(found, Article)
    assert found.kind == "live"
    assert found.body.startswith(INTRO)


@pytest.mark.parametrize(
    "url",
    [
        "https://mp.weekly.example/s?sn=43340f4018",
        "https://weekly.example/view.php?id=77",
        "https://weekly.example/news/articleView.html?idxno=4711",
        "https://weekly.example/?p=2895",
        "https://weekly.example/read?doc=a1b2c3d4e5f6",
    ],
)
def test_an_article_under_a_query_is_one(url: str) -> None:
    title = "A mining town bets on the sun"
    html = f"<html lang=en><title>{title}</title><h1>{title}</h1><div>{STORY}</div>"
    assert isinstance(newscrawl.read(html.encode(), url, fetched_at="2026-11-30T10:00:00Z"), Article)
