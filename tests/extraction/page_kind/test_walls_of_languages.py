"""Consent walls and bot walls of status 200, in several languages, also under the article's headline."""

from __future__ import annotations

import pytest

import newscrawl
from newscrawl.items import Article, Rejection

URL = "https://www.zeitbote.example/politik/2026-11/wehr-riss"
STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "Engineers who drained the mill race last week found a crack four metres long in the footing of Bexley Weir.",
        "The crack runs below the sluice gate and was hidden by silt, so divers missed it on three earlier surveys.",
        "Work to pump grout into the gap starts on Monday and should take about nine days if the water stays low.",
        "Anglers have been told to keep off the east bank, and the footbridge is closed until the engineers have gone.",
    )
)
ARTICLE = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Crack found",'
    ' "datePublished": "2026-11-20T08:00:00Z"}</script><meta property="og:type" content="article">'
)

WALLS = {
    "de": (
        "Weiterlesen mit Werbung",
        "Besuchen Sie zeitbote.example wie gewohnt mit Werbung und Tracking. Mehr steht in der Datenschutzerklärung.",
        "Nutzen Sie das Pur-Abo ganz ohne Werbung und ohne Tracking für 3,99 Euro im Monat. Jederzeit kündbar.",
        "Akzeptieren und weiter",
    ),
    "en": (
        "Your data, your choice",
        "We and our 312 partners store information on your device, such as cookies, for personalised ads.",
        "You can read with ads or subscribe to read without ads, and withdraw your consent at any time.",
        "Accept and continue",
    ),
    "fr": (
        "Avec ou sans publicité",
        "Avec nos 214 partenaires, nous utilisons des cookies, des traceurs, de la publicité.",
        "Vous pouvez vous abonner pour lire sans publicité, ou retirer votre consentement à tout moment.",
        "Accepter et continuer",
    ),
    "es": (
        "Con publicidad o suscripción",
        "Nosotros y nuestros 98 socios usamos cookies en tu "
        "dispositivo para mostrar anuncios personalizados y publicidad.",
        "Puedes suscribirte para leer sin publicidad o retirar "
        "tu consentimiento en cualquier momento desde la portada.",
        "Aceptar y continuar",
    ),
    "it": (
        "Scegli come continuare",
        "Noi e i nostri 120 fornitori usiamo cookie sul tuo "
        "dispositivo per mostrare pubblicità e annunci personalizzati.",
        "Puoi abbonarti per leggere senza pubblicità oppure revocare il consenso in ogni momento in fondo alla pagina.",
        "Accetta e continua",
    ),
    "nl": (
        "Met advertenties of een abonnement",
        "Wij en onze 77 partners plaatsen cookies op jouw apparaat om gepersonaliseerde advertenties te laten zien.",
        "Je kunt een abonnement nemen zonder advertenties, of je "
        "toestemming intrekken onder aan elke pagina van de site.",
        "Akkoord",
    ),
    "pl": (
        "Dbamy o Twoją prywatność",
        "My i nasi partnerzy zapisujemy pliki cookie na "
        "urządzeniu, aby wyświetlać spersonalizowane reklamy w serwisie.",
        "Zgodę można w każdej chwili wycofać. Prenumerata "
        "pozwala czytać serwis bez reklam i bez plików cookie partnerów.",
        "Przejdź do serwisu",
    ),
    "pt": (
        "Com publicidade ou assinatura",
        "Nós e os nossos 64 parceiros usamos cookies no seu "
        "dispositivo para mostrar publicidade e anúncios personalizados.",
        "Pode assinar para ler sem publicidade ou retirar o seu "
        "consentimento a qualquer momento no fim de cada página.",
        "Aceitar e continuar",
    ),
}


def read(body: str, head: str = "", lang: str = "en") -> Article | Rejection:
    html = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return newscrawl.read(html.encode(), URL, fetched_at="2026-11-30T10:00:00Z")


def wall(language: str, headline: str) -> str:
    _, first, second, button = WALLS[language]
    return (
        f"<main><h1>{headline}</h1><p>{first}</p><p>{second}</p><button>{button}</button><a href='/abo'>Abo</a></main>"
    )


@pytest.mark.parametrize("language", WALLS)
@pytest.mark.parametrize("kind", ["own headline", "article's headline", "article's data", "no headline"])
def test_a_consent_wall_is_no_article(language: str, kind: str) -> None:
    own = WALLS[language][0]
    headline = {"own headline": own, "no headline": ""}.get(kind, "Crack found below Bexley Weir")
    head = f"<title>{headline or 'Zeitbote'}</title>" + (ARTICLE if kind == "article's data" else "")
    found = read(wall(language, headline), head, language)
    assert isinstance(found, Rejection)
    assert found.reason == "consent_wall"


@pytest.mark.parametrize("language", WALLS)
@pytest.mark.parametrize("head", ["", ARTICLE])
def test_an_article_with_a_banner_is_one(language: str, head: str) -> None:
    _, first, second, button = WALLS[language]
    banner = f"<div class='banner'><p>{first}</p><p>{second}</p><button>{button}</button></div>"
    head += "<title>Crack found below Bexley Weir</title>"
    found = read(f"{banner}<main><h1>Crack found below Bexley Weir</h1>{STORY}</main>", head, language)
    assert isinstance(found, Article), found
    assert first not in found.body


def test_an_article_about_cookies_is_one() -> None:
    story = (
        "<p>The court ruled that cookies need consent, and that partners who track readers must ask them first.</p>" * 9
    )
    assert isinstance(read(f"<h1>Court rules on cookie consent</h1>{story}", ARTICLE), Article)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Making sure you're not a bot!",
            "You are seeing this because the administrator set up a proof-of-work scheme.",
        ),
        ("Checking you are not a bot", "Loading challenge for your browser, please wait."),
        ("Vercel Security Checkpoint", "We're verifying your browser."),
        ("Client Challenge", "A required part of this site couldn't load."),
        ("Just a moment...", "Enable JavaScript and cookies to continue"),
        ("Nur einen Moment…", "Ihr Browser wird überprüft."),
        ("Un attimo...", "Stiamo verificando che tu non sia un robot."),
        ("Chwileczkę…", "Sprawdzamy, czy nie jesteś robotem."),
        ("zeitbote.example", "Please complete the captcha to read on."),
        ("请稍候…", "请确认您不是机器人"),
    ],
)
def test_a_bot_wall_is_no_article(title: str, text: str) -> None:
    found = read(f"<h1>{title}</h1><p>{text}</p>", f"<title>{title}</title>")
    assert isinstance(found, Rejection)
    assert found.reason in ("bot_wall", "script_wall")
