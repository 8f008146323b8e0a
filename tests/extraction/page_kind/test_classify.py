"""Pages that are no articles (walls, errors, lists, shops), and articles that look like them (briefs, listicles)."""

from __future__ import annotations

from html import escape

import pytest

from newscrawl.extraction.blocks.page_layout import lay_out
from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.metadata import read_metadata
from newscrawl.extraction.page_kind.classify import REASONS, score
from newscrawl.extraction.page_kind.page_signs import signs
from newscrawl.items import Article, Page, Rejection, Site
from newscrawl.reading.read_page import read_page
from newscrawl.web.document import Document, parse

BOILERPLATE = """<header><a href="/">Tidewater Echo</a><nav><ul><li><a href="/local">Local</a>
<li><a href="/sport">Sport</a>
<li><a href="/weather">Weather</a></ul></nav></header>"""
FOOTER = """<footer><p>Tidewater Echo, Quay Street 4</p>
<a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></footer>"""
PARAGRAPHS = (
    "The harbour council voted on Tuesday evening to keep the old swing bridge open to carts and cyclists in winter.",
    "Engineers had warned that two of the four bearings were worn, and that a closure in winter would be cheaper.",
    "“Nobody wants to walk the long way round in January,” said councillor Maren Okafor, who moved the amendment.",
    "The repair is now put at 1.4 million, of which the province pays a third; tenders go out before the month ends.",
)


def page(body: str, title: str, head: str = "") -> str:
    """A whole page of the sample outlet around the given markup."""
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body>{BOILERPLATE}{body}{FOOTER}</body></html>"
    )


def story(title: str, *paragraphs: str, more: str = "", date: str = "2026-03-04T08:30:00+01:00") -> str:
    """A page with one article on it, dated as news templates date theirs."""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    head = f'<meta property="og:type" content="article"><meta property="article:published_time" content="{date}">'
    return page(
        f"<main><article><h1>{escape(title)}</h1><time datetime={date}>4 March"
        f" 2026</time>{text}{more}</article></main>",
        f"{escape(title)} | Tidewater Echo",
        head,
    )


def verdict(html: str, path: str) -> str:
    """ "article", or the reason of the rejection."""
    url = f"https://www.tidewater-echo.example{path}"
    found = read_page(
        html.encode(),
        Page(url=url, requested_url=url, content_type="text/html; charset=utf-8", fetched_at="2026-03-05T00:00:00Z"),
    )
    if isinstance(found, Rejection):
        assert found.reason in REASONS
        return found.reason
    assert isinstance(found, Article)
    return "article"


ERRORS = {
    "en": (
        "Page not found | Tidewater Echo",
        "Sorry, we looked everywhere. The page you asked for has moved or is gone.",
    ),
    "de": (
        "Seite nicht gefunden - Flutbote",
        "Die gewünschte Seite gibt es nicht oder nicht mehr. Bitte nutzen Sie die Suche.",
    ),
    "fr": (
        "Page introuvable",
        "La page demandée n’est plus là. Elle a peut-être changé d’adresse, ou n’a jamais existé.",
    ),
    "es": (
        "Página no encontrada",
        "Lo sentimos: lo que busca ya no está aquí. Puede volver a la portada o usar el buscador.",
    ),
    "pt": (
        "Página não encontrada",
        "O endereço que você digitou não leva a lugar nenhum. Volte à capa ou use a busca.",
    ),
    "it": (
        "Pagina non trovata",
        "L’indirizzo richiesto non porta da nessuna parte. Torna alla prima pagina o usa la ricerca.",
    ),
    "nl": (
        "Pagina niet gevonden",
        "Wat u zoekt staat hier niet (meer). Ga terug naar de voorpagina of gebruik de zoekbalk.",
    ),
    "code": (
        "404",
        "Nothing to see at this address. The tide took it. Try the front page or search for what you need.",
    ),
    "server": ("503 Service Temporarily Unavailable", "nginx"),
}


@pytest.mark.parametrize("language", ERRORS)
def test_error_pages_that_answer_200(language: str) -> None:
    title, text = ERRORS[language]
    assert verdict(page(f"<main><h1>{title.split(' | ')[0]}</h1><p>{text}</p></main>", title), "/local/gone-8812") == (
        "error_page"
    )


def test_an_error_page_with_the_latest_stories_below() -> None:
    teasers = "".join(f'<div class=t><a href="/local/s{i}">{PARAGRAPHS[i % 4][:70]}</a></div>' for i in range(8))
    html = page(f"<h1>Oops! That page can’t be found.</h1><p>Read these instead:</p>{teasers}", "Tidewater Echo")
    assert verdict(html, "/local/gone-8812") == "error_page"


BOT_WALLS = {
    "cloudflare": "<html><head><title>Just a moment...</title></head><body><div"
    " class=main-wrapper><h1>tidewater-echo.example</h1>"
    "<p>Verifying that you are who you say. This takes a few seconds.</p></div></body></html>",
    "denied": "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>You don't have"
    " permission to access"
    " “/local” on this server.<p>Reference #18.2f3a</body></html>",
    "datadome": "<html><head><title>tidewater-echo.example</title></head><body><p>Please enable JS and"
    " disable any ad blocker</p>"
    '<script src="https://ct.captcha-delivery.com/c.js"></script></body></html>',
    "human": "<html><head><title>tidewater-echo.example</title></head><body><p>Press and hold the button.</p>"
    "<div id=px-captcha></div></body></html>",
    "de": "<html lang=de><head><title>Flutbote</title></head><body><h1>Einen Augenblick bitte</h1><p>Bitte"
    " bestätigen Sie, dass Sie"
    " kein Roboter sind, dann geht es gleich weiter.</p></body></html>",
    "fr": "<html lang=fr><head><title>L’Écho</title></head><body><h1>Vérification de sécurité</h1><p>Cochez"
    " la case pour continuer"
    " votre lecture.</p></body></html>",
    "es": "<html lang=es><head><title>El Eco</title></head><body><p>Antes de seguir, verifica que eres"
    " humano. Solo será un"
    " instante y no volveremos a preguntar.</p></body></html>",
}


@pytest.mark.parametrize("kind", BOT_WALLS)
def test_bot_walls_that_answer_200(kind: str) -> None:
    assert verdict(BOT_WALLS[kind], "/local/bridge-stays-open-8812") == "bot_wall"


CONSENT_WALLS = {
    "en": (
        "Before you continue to Tidewater Echo",
        "We and our 214 partners use cookies and similar tracking to store and read information on your device.",
        "With your consent we show personalised ads, measure how they do, and share what we learn with our vendors.",
        "Accept all",
    ),
    "de": (
        "Mit Werbung und Cookies weiterlesen",
        "Wir und unsere Partner nutzen Cookies und Tracking, um Ihnen Werbung zu zeigen, die zu Ihnen passt.",
        "Ihre Einwilligung in die Verarbeitung personenbezogener Daten können Sie im Datenschutz-Center widerrufen.",
        "Alle akzeptieren",
    ),
    "fr": (
        "Le respect de votre vie privée compte pour nous",
        "Avec votre consentement, nos partenaires et nous utilisons des cookies ou traceurs pour mesurer l’audience.",
        "Votre consentement peut être retiré à tout moment, comme l’explique notre page sur les données personnelles"
        " et les cookies.",
        "Tout accepter",
    ),
    "nl": (
        "Wij vragen uw toestemming",
        "Met uw toestemming plaatsen wij en onze partners cookies om advertenties te tonen die bij u passen.",
        "U kunt uw toestemming altijd intrekken; lees in ons privacy-overzicht wat er met persoonsgegevens gebeurt.",
        "Alles accepteren",
    ),
}


@pytest.mark.parametrize("language", CONSENT_WALLS)
def test_consent_walls(language: str) -> None:
    title, first, second, button = CONSENT_WALLS[language]
    html = (
        f"<html lang={language}><head><title>{title}</title></head><body><h1>{title}</h1><p>{first}</p><p>{second}</p>"
    )
    html += f"<button>{button}</button></body></html>"
    assert verdict(html, "/local/bridge-stays-open-8812") == "consent_wall"


def test_a_page_that_only_asks_for_scripts() -> None:
    html = "<html><head><title>Tidewater Echo</title></head><body><p>You need to enable JavaScript to run"
    " this app.</p></body></html>"
    assert verdict(html, "/local/bridge-stays-open-8812") == "script_wall"


def test_a_page_without_text() -> None:
    assert (
        verdict("<html><head><title>Tidewater Echo</title></head><body><div id=app></div></body></html>", "/x")
        == "empty"
    )


def teasers(number: int, summary: bool = True) -> str:
    """Cards of so many stories."""
    cards = (
        f'<div class=card><a href="/local/story-{i}"><img src="/{i}.jpg"></a><h3><a href="/local/story-{i}">'
        f"Story number {i} of the day about the bridge</a></h3><time>{1 + i % 28} March 2026</time>"
        + (f"<p>{PARAGRAPHS[i % 4]} ({i})</p>" if summary else "")
        + "</div>"
        for i in range(number)
    )
    return "".join(cards)


@pytest.mark.parametrize("summary", [True, False], ids=["summaries", "headlines"])
@pytest.mark.parametrize(
    ("path", "title", "reason"),
    [
        ("/", "Tidewater Echo", "front"),
        ("/section/local", "Local", "listing"),
        ("/tag/bridges/", "Bridges", "listing"),
        ("/author/maren-okafor/page/2", "Maren Okafor", "listing"),
        ("/search?q=bridge", "Search", "search"),
        ("/suche?suche=bruecke", "Suche", "search"),
        ("/photos/harbour", "Photos", "gallery"),
    ],
)
def test_lists_of_stories(path: str, title: str, reason: str, summary: bool) -> None:
    assert verdict(page(f"<main><h1>{title}</h1>{teasers(24, summary)}</main>", title), path) == reason


def test_a_shop() -> None:
    goods = "".join(
        f'<li class=product-card><a href="/shop/mug-{i}"><img src="/m{i}.jpg">Mug with bridge, model {i}</a>'
        f"<span>€ {8 + i},90</span>"
        "<button class=add-to-cart>Add to cart</button></li>"
        for i in range(30)
    )
    intro = f"<p>{PARAGRAPHS[0]} Our mugs show it from all sides, and part of the price goes to its upkeep.</p>"
    html = page(
        f"<h1>Mugs</h1>{intro}<ul>{goods}</ul>", "Mugs - Echo Shop", '<meta property="og:type" content="product.group">'
    )
    assert verdict(html, "/shop/mugs") == "shop"


COOKIES = (
    "Most readers press “accept all” on a cookie banner within two seconds, a study of the university of"
    " Tidewater says.",
    "The researchers watched 900 people meet consent boxes of 40 outlets; tracking was refused by one in eleven.",
    "“Consent that nobody reads is no consent,” said Ilse Brandt, who led the study and advises the privacy"
    " commissioner.",
    "Publishers answer that their partners need cookies to pay for the news, and that personalised ads fund reporters.",
)
CAPTCHAS = (
    "Ticking a box to verify you are human has become a daily chore; now machines do it better, engineers"
    " in Lund report.",
    "Their program solved 98 of 100 picture riddles. People who had to prove they are not a robot managed 86.",
    "“Complete the captcha” may soon be a line from the past, says the team, which wants to see devices"
    " vouch for people.",
)
ARTICLES = {
    "plain": (story("Swing bridge stays open to carts and cyclists", *PARAGRAPHS), "/local/swing-bridge-stays-open"),
    "brief": (
        story(
            "Ferry back on the water after repair",
            "The ferry between Quay Street and the island sails again since noon.",
            "It had lain in the yard for nine days with a broken shaft, the operator said.",
        ),
        "/local/ferry-back-on-the-water",
    ),
    "cookies": (
        story("Why we all click accept: cookie consent, studied", *COOKIES, more="<button>Accept all</button>"),
        "/science/cookie-consent-study",
    ),
    "captchas": (story("Are you a robot? Machines now pass the test", *CAPTCHAS), "/science/are-you-a-robot-captchas"),
    "404": (
        story("Page not found: the town archive that vanished from the web", *PARAGRAPHS[:3]),
        "/local/page-not-found-town-archive",
    ),
    "live blog": (
        story(
            "Live: storm reaches the coast",
            *(f"{h}:05 {PARAGRAPHS[h % 4]} Gusts of {h + 80} were measured." for h in range(8, 20)),
        ),
        "/weather/live/storm-reaches-the-coast",
    ),
    "photo story": (
        story(
            "A day on the swing bridge in ten pictures",
            PARAGRAPHS[0],
            more="".join(
                f"<figure><img src=/p{i}.jpg><figcaption>Picture {i}: the keeper turns the wheel for the"
                f" {i}th time, while"
                f" carts wait on the northern bank. Photo: Edda Lune</figcaption></figure>"
                for i in range(1, 11)
            ),
        ),
        "/local/a-day-on-the-swing-bridge-in-ten-pictures",
    ),
    "listicle": (
        story(
            "Seven benches with a view of the harbour",
            PARAGRAPHS[0],
            more="".join(
                f"<h2>{i}. Bench on pier {i}</h2><img src=/b{i}.jpg><p>Sit here at low tide, when the"
                f" herons come to fish in the"
                f" pools below pier {i}. <a href=/map/{i}>See it on the map</a></p>"
                for i in range(1, 8)
            ),
        ),
        "/leisure/seven-benches-with-a-view",
    ),
    "recipe": (
        story(
            "Smoked mackerel soup, as the bridge keepers cook it",
            "A soup for cold watches, ready in half an hour, which Edda Lune wrote down on her last shift"
            " on the bridge.",
            more="<h2>Ingredients</h2><ul><li>2 smoked mackerels<li>400 g potatoes<li>1 leek<li>0.5 l"
            " milk<li>salt, pepper</ul>"
            "<h2>Method</h2><ol><li>Boil the potatoes with the leek for 15 minutes in just enough water to"
            " cover them.<li>Add"
            " the milk and the fish, taken off its bones, and let it draw without boiling.<li>Season and serve.</ol>",
        ),
        "/food/smoked-mackerel-soup",
    ),
    "opinion": (
        story("Leave the bridge alone", *(f"{text} I disagree." for text in PARAGRAPHS)),
        "/opinion/leave-the-bridge-alone",
    ),
    "review": (
        story(
            "Tested: five bicycle lamps for dark quays",
            *(
                f"Lamp {i} costs €{i}9.90 and lights the quay for {i + 3} hours; {PARAGRAPHS[i % 4]}"
                for i in range(1, 6)
            ),
            more="<table><tr><td>Lamp 1<td>€19.90<tr><td>Lamp 2<td>€29.90</table>"
            '<a class="buy" href="/out/1">Buy for €19.90</a>',
        ),
        "/tests/five-bicycle-lamps-tested",
    ),
}


@pytest.mark.parametrize("kind", ARTICLES)
def test_articles_of_all_kinds(kind: str) -> None:
    assert verdict(*ARTICLES[kind]) == "article"


def test_an_article_without_any_metadata_under_a_numbered_address() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 2)
    html = page(
        f"<h1>Swing bridge stays open to carts and cyclists</h1>{text}", "Swing bridge stays open to carts and cyclists"
    )
    assert verdict(html, "/news/10482") == "article"


def test_teasers_around_a_story_do_not_make_it_a_list() -> None:
    html = story("Swing bridge stays open to carts and cyclists", *PARAGRAPHS, *PARAGRAPHS[::-1]).replace(
        "</main>", f"</main><aside>{teasers(20)}</aside><div class=more>{teasers(12, summary=False)}</div>"
    )
    assert verdict(html, "/local/swing-bridge-stays-open") == "article"


def test_an_unclosed_link_is_no_card() -> None:
    html = story(
        "Swing bridge stays open to carts and cyclists", *PARAGRAPHS, *(f"{text} So it stays." for text in PARAGRAPHS)
    )
    assert verdict(html.replace("<article>", "<article><a href=/share>"), "/local/swing-bridge-stays-open") == "article"


def test_a_headline_that_begins_like_a_wall() -> None:
    """Undated and short, from a template of the years before metadata."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    for title in (
        "Security check delays all flights at the airport",
        "Page not found in the archive after flood, says clerk",
    ):
        assert verdict(page(f"<h1>{title}</h1>{text}", title), "/2011/05/story-20110512.html") == "article"


def test_the_table_weighs_each_sign_and_no_other() -> None:
    document = parse(story("Leave the bridge alone", *PARAGRAPHS).encode(), "https://www.tidewater-echo.example/a")
    assert isinstance(document, Document)
    metadata = read_metadata(document, fetched_at="2026-03-05T00:00:00Z", site=Site())
    found = signs(document, metadata, Body(list(PARAGRAPHS)), lay_out(document))
    assert all(0 <= value <= 1 for value in found.values())
    score(found)
    for name in found:
        with pytest.raises(KeyError):
            score({other: value for other, value in found.items() if other != name})
