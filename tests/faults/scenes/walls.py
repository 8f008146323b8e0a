"""Status 200, but not the article: error pages, challenges, forms. And articles that only look like walls."""

from __future__ import annotations

from .. import articles
from ..exchange import Exchange
from ..table import fault

TITLE_404 = "Page not found: how the council lost its archive"
FILLER = "<p>Our readers' desk is open from nine to five. We are sorry for the trouble this may cause you.</p>" * 3


def _page(title: str, body: str) -> str:
    nav = "".join(f'<a href="/{word}">{word.title()}</a> ' for word in ("news", "sport", "culture", "weather"))
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><nav>{nav}</nav>'
        f"<main><h1>{title}</h1>{body}</main><footer>The Sound Courier</footer></body></html>"
    )


@fault("rejected", "error_page", most_requests=2)
def soft_404(exchange: Exchange) -> None:
    """200 with "Page not found" and a paragraph of regrets."""
    exchange.reply(_page("Page not found", f"<p>The page you were looking for does not exist any more.</p>{FILLER}"))


@fault("rejected", "front", most_requests=3)
def soft_404_front_page(exchange: Exchange) -> None:
    """A deleted article's URL that redirects to the front page, a list of headlines: no article."""
    if exchange.rest == "/article":
        exchange.redirect(f"{exchange.base}/")
    else:
        exchange.links([f"{exchange.base}/news/{number}" for number in range(40)])


@fault("rejected", "no_story", most_requests=2)
def server_error_200(exchange: Exchange) -> None:
    """200 with a stack trace of the site's database in place of the article."""
    lines = "".join(f"<p>at courier.db.Pool.take(Pool.java:{number})</p>" for number in range(30))
    exchange.reply(_page("Error establishing a database connection", lines))


@fault("rejected", "error_page", most_requests=2)
def maintenance_200(exchange: Exchange) -> None:
    """200 with "We will be back soon"."""
    exchange.reply(_page("Down for maintenance", f"<p>We are doing some work and will be back soon.</p>{FILLER}"))


@fault("rejected", "bot_wall", most_requests=2)
def bot_wall_200(exchange: Exchange) -> None:
    """200 with a challenge: no article, and not to be asked again at once."""
    script = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><div id="challenge-form"></div>'
    text = "<p>Checking your browser before accessing the site. Please verify you are human.</p>"
    exchange.reply(_page("Just a moment...", text + script))


@fault("pending", "http_503", most_requests=4)
def bot_wall_503(exchange: Exchange) -> None:
    """503 with the same challenge."""
    text = "<p>Please stand by while we check your browser.</p><div class='captcha'></div>"
    exchange.reply(_page("Attention required", text), 503)


@fault("rejected", "bot_wall", most_requests=2)
def captcha_200(exchange: Exchange) -> None:
    """200 with a captcha and an incident number that differs at each request."""
    text = f"<p>Access to this page has been denied. Reference {exchange.visit.nth:08d}.</p>"
    exchange.reply(_page("Are you a robot?", f"{text}<div class='g-recaptcha'></div>"))


@fault("rejected", "no_story", most_requests=3)
def login_wall(exchange: Exchange) -> None:
    """A redirect to a login form."""
    form = '<form action="/login" method="post"><input name="user"><input type="password" name="password"></form>'
    if exchange.rest == "/article":
        exchange.redirect(f"{exchange.base}/login?next=%2Farticle")
    else:
        exchange.reply(_page("Log in", f"<p>Please log in or subscribe to go on reading.</p>{form}"))


@fault("rejected", "consent_wall", most_requests=3)
def consent_wall(exchange: Exchange) -> None:
    """A consent page of some length in place of the article."""
    text = "<p>We and our 842 partners store and access information on a device, such as cookies.</p>" * 6
    form = '<form action="/consent" method="post"><button>Accept all</button><button>Reject all</button></form>'
    exchange.reply(_page("Your privacy choices", text + form))


@fault("read")
def paywall_teaser(exchange: Exchange) -> None:
    """Two paragraphs, then an offer; JSON-LD says isAccessibleForFree false. The record has accessible_for_free
    false."""
    page = articles.article(exchange.name, body=articles.paragraphs(exchange.name)[:2])
    page = page.replace('"@type": "NewsArticle"', '"@type": "NewsArticle", "isAccessibleForFree": false')
    exchange.reply(page.replace("</article>", "<div class='paywall'>Subscribe to read on.</div></article>"))


@fault("read", title=TITLE_404)
def article_about_404(exchange: Exchange) -> None:
    """A real article with the headline "Page not found: how the council lost its archive"."""
    exchange.reply(articles.article(exchange.name, headline=TITLE_404))


@fault("read")
def article_about_captchas(exchange: Exchange) -> None:
    """A real article on captchas that says "verify you are human" and loads a captcha for its comments."""
    text = [*articles.paragraphs(exchange.name), "The box asks visitors to verify that they are human, and many fail."]
    page = articles.article(exchange.name, body=text)
    exchange.reply(page.replace("</main>", "</main><div class='g-recaptcha'></div>"))


@fault("read")
def article_with_banner(exchange: Exchange) -> None:
    """A real article under a consent banner and beside a login form: both are boilerplate."""
    banner = "<div id='consent'><p>We value your privacy. Accept all cookies?</p><button>Accept</button></div>"
    form = "<form action='/login'><input type='password' name='p'>Log in to comment</form>"
    page = articles.article(exchange.name)
    exchange.reply(page.replace("<body>", f"<body>{banner}").replace("<footer>", f"{form}<footer>"))
