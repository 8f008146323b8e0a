"""Dialogs on consent are closed by the right button, in the real browser; other dialogs are left alone."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import async_playwright

from newscrawl.fetch.browser.chromium import find_chromium
from newscrawl.fetch.browser.rendering import close_consent

pytestmark = pytest.mark.e2e

DIALOG = "<article><p>The story.</p></article><div {}><p>{}</p>{}</div>"
ROLE = "role='dialog'"


def buttons(*texts: str) -> str:
    return "".join(f"<button onclick='document.title = this.textContent'>{text}</button>" for text in texts)


def dialog(about: str, *texts: str, what: str = ROLE) -> str:
    return DIALOG.format(what, about, buttons(*texts))


CASES = {
    "english": (dialog("We value your privacy.", "Settings", "Accept all", "Reject all"), "Reject all"),
    "german": (dialog("Wir nutzen Cookies.", "Alle akzeptieren", "Nur notwendige Cookies"), "Nur notwendige Cookies"),
    "french": (
        dialog("Le respect de votre vie privée", "Tout accepter", "Continuer sans accepter"),
        "Continuer sans accepter",
    ),
    "spanish": (dialog("Usamos cookies", "Aceptar todo", "Rechazar todo"), "Rechazar todo"),
    "portuguese": (dialog("A sua privacidade", "Aceitar tudo", "Rejeitar tudo"), "Rejeitar tudo"),
    "italian": (dialog("Il tuo consenso", "Accetta", "Continua senza accettare"), "Continua senza accettare"),
    "dutch": (dialog("Deze site gebruikt cookies", "Alles accepteren", "Alles afwijzen"), "Alles afwijzen"),
    "polish": (dialog("Dbamy o prywatność", "Przejdź do serwisu", "Więcej"), "Przejdź do serwisu"),
    "swedish": (dialog("Vi använder cookies", "Godkänn alla", "Endast nödvändiga"), "Endast nödvändiga"),
    "japanese": (dialog("当サイトはクッキーを使用します", "同意する", "すべて拒否"), "すべて拒否"),
    "accepting is all there is": (dialog("This site uses cookies.", "OK"), "OK"),
    "paying is no way": (dialog("Cookies oder Abo", "Ablehnen und Abo abschließen", "Akzeptieren"), "Akzeptieren"),
    "by its class": (dialog("We use cookies", "Decline", what="class='cookie-banner'"), "Decline"),
    "in a shadow": (
        "<div id='host'></div><script>document.getElementById('host').attachShadow({mode: 'open'}).innerHTML ="
        f""" "<div><p>Your consent</p>{buttons("Deny", "Allow all")}</div>";</script>""",
        "Deny",
    ),
    "in a frame": (
        '<iframe srcdoc="<p>Your consent</p>'
        "<button onclick='parent.document.title = this.textContent'>Refuse all</button>\"></iframe>",
        "Refuse all",
    ),
    "not about consent": (dialog("Your newsletter", "Accept"), ""),
    "hidden": (dialog("We use cookies", "Reject all", what="role='dialog' style='display: none'"), ""),
    "an article on cookies": ("<article><p>Cookies and consent.</p>" + buttons("Reject all") + "</article>", ""),
    "a link elsewhere": (DIALOG.format(ROLE, "We use cookies", "<a href='/policy'>Reject all</a>"), ""),
}


async def clicked() -> dict[str, str]:
    """What was clicked in each case, by the page's own account."""
    found = {}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium())
        page = await browser.new_page()
        for name, (html, _) in CASES.items():
            await page.set_content(html, wait_until="load")
            await close_consent(page)
            found[name] = await page.title()
        await browser.close()
    return found


def test_the_right_button_is_clicked() -> None:
    assert asyncio.run(clicked()) == {name: button for name, (_, button) in CASES.items()}
