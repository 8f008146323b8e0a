"""Redirects, by status and by meta refresh: good ones, endless ones, and those that lead where no crawler should go."""

from __future__ import annotations

from .. import articles
from ..exchange import Exchange
from ..table import fault


def _refresh(target: str, seconds: int = 0) -> str:
    return f'<meta http-equiv="refresh" content="{seconds}; url={target}">'


def _stub(target: str) -> str:
    return f"<!DOCTYPE html><html><head>{_refresh(target)}<title>Moved</title></head><body></body></html>"


@fault("read")
def redirect_moved(exchange: Exchange) -> None:
    """301, 302, 307, 308 in a row, absolute and relative, then the article. The discovered URL becomes an alias."""
    steps = {"/article": (301, f"{exchange.base}/a"), "/a": (302, "b"), "/b": (307, "./c"), "/c": (308, "target")}
    if exchange.rest in steps:
        status, location = steps[exchange.rest]
        exchange.redirect(location, status)
    else:
        exchange.article()


@fault("read", path="/listing", entry="listing")
def redirect_to_known(exchange: Exchange) -> None:
    """Three listed URLs that redirect to a fourth, which is listed too: one record, three aliases."""
    slugs = ("old-1", "old-2", "old-3")
    if exchange.rest == "/listing":
        exchange.links([f"{exchange.base}/{slug}" for slug in (*slugs, "target")])
    elif exchange.rest.strip("/") in slugs:
        exchange.redirect(f"{exchange.base}/target", 301)
    else:
        exchange.article()


@fault("read")
def redirect_odd_location(exchange: Exchange) -> None:
    """A Location with raw UTF-8 and a space in it, which browsers follow (percent-encoded)."""
    if exchange.rest == "/article":
        exchange.send("HTTP/1.1 302 Found\r\nLocation: /redirect-odd-location/über uns\r\n".encode())
        exchange.send(b"Content-Length: 0\r\n\r\n")
    else:
        exchange.article()


@fault("pending", "redirect_limit", most_requests=25)
def redirect_endless(exchange: Exchange) -> None:
    """Each URL redirects to another new one."""
    number = int(exchange.query.get("n", "0"))
    exchange.redirect(f"{exchange.base}/article?n={number + 1}")


@fault("pending", "redirect_limit", most_requests=25)
def redirect_loop(exchange: Exchange) -> None:
    """Two URLs that redirect to each other."""
    exchange.redirect(f"{exchange.base}/{'other' if exchange.rest == '/article' else 'article'}")


@fault("pending", "redirect_limit", most_requests=25)
def redirect_to_itself(exchange: Exchange) -> None:
    """A URL that redirects to itself, whatever one sends."""
    exchange.redirect(f"{exchange.base}{exchange.rest}")


@fault("read")
def redirect_until_cookie(exchange: Exchange) -> None:
    """Redirects to itself and sets a cookie; with the cookie, it is the article."""
    if "seen=1" in exchange.visit.headers.get("cookie", ""):
        exchange.article()
    else:
        exchange.reply(b"", 302, Location=f"{exchange.base}/article", Set_Cookie="seen=1; Path=/")


@fault("rejected", "bad_redirect")
def redirect_without_location(exchange: Exchange) -> None:
    """302 without Location."""
    exchange.reply("<p>Gone elsewhere.</p>", 302)


@fault("pending", "bad_redirect")
def redirect_to_nonsense(exchange: Exchange) -> None:
    """302 to http://[not-an-address/ : a URL at which parsers raise."""
    exchange.redirect("http://[not-an-address/:99999999/")


@fault("rejected", "blocked_scheme", most_requests=1)
def redirect_to_file(exchange: Exchange) -> None:
    """302 to file:///etc/passwd."""
    exchange.redirect("file:///etc/passwd")


@fault("rejected", "blocked_scheme", most_requests=1)
def redirect_to_data(exchange: Exchange) -> None:
    """302 to a data: URL that holds a whole article."""
    exchange.redirect("data:text/html," + articles.article("smuggled").replace("\n", "").replace(" ", "%20"))


@fault("rejected", "blocked_scheme", most_requests=1)
def redirect_to_ftp(exchange: Exchange) -> None:
    """302 to ftp: on the canary's port."""
    exchange.redirect(f"ftp://{exchange.canary}/secret")


@fault("pending", "bad_redirect", most_requests=1)
def redirect_to_javascript(exchange: Exchange) -> None:
    """302 to javascript:."""
    exchange.redirect("javascript:fetch('/secret')")


@fault("rejected", "blocked_address", most_requests=1)
def redirect_to_private(exchange: Exchange) -> None:
    """302 to another port of this machine. The canary must see no connection."""
    exchange.redirect(f"http://{exchange.canary}/secret")


@fault("rejected", "blocked_address", most_requests=1)
def redirect_to_metadata_service(exchange: Exchange) -> None:
    """302 to a cloud's metadata service."""
    exchange.redirect("http://169.254.169.254/latest/meta-data/iam/security-credentials/")


@fault("rejected", "blocked_address", most_requests=3)
def redirect_chain_to_private(exchange: Exchange) -> None:
    """Two good hops, the third leads to the canary in decimal form: every hop has to be looked at."""
    port = exchange.canary.rsplit(":", 1)[1]
    steps = {"/article": f"{exchange.base}/a", "/a": f"{exchange.base}/b", "/b": f"http://2130706433:{port}/secret"}
    exchange.redirect(steps.get(exchange.rest, steps["/b"]))


@fault("read")
def meta_refresh(exchange: Exchange) -> None:
    """An empty page whose meta refresh leads to the article."""
    if exchange.rest == "/article":
        exchange.reply(_stub(f"{exchange.base}/target"))
    else:
        exchange.article()


@fault("read", most_requests=2)
def meta_refresh_to_itself(exchange: Exchange) -> None:
    """An article that reloads itself every 300 s and once at 0 s, as live pages do: read it, do not follow."""
    head = _refresh(f"{exchange.base}/article", 300) + _refresh("", 0)
    exchange.reply(articles.article(exchange.name, head=head))


@fault("read", most_requests=2)
def meta_refresh_in_noscript(exchange: Exchange) -> None:
    """A whole article with a refresh inside <noscript>, meant for browsers without scripts: the article is here."""
    head = f"<noscript>{_refresh(f'{exchange.base}/no-script')}</noscript>"
    if exchange.rest == "/article":
        exchange.reply(articles.article(exchange.name, head=head))
    else:
        exchange.reply("<h1>Please turn on scripts</h1>")


@fault("rejected", "redirect_limit", most_requests=25)
def meta_refresh_loop(exchange: Exchange) -> None:
    """Two empty pages that refresh to each other."""
    exchange.reply(_stub(f"{exchange.base}/{'other' if exchange.rest == '/article' else 'article'}"))


@fault("rejected", "blocked_address", most_requests=1)
def meta_refresh_to_private(exchange: Exchange) -> None:
    """An empty page that refreshes to the canary."""
    exchange.reply(_stub(f"http://{exchange.canary}/secret"))


@fault("rejected", "blocked_scheme", most_requests=1)
def meta_refresh_to_file(exchange: Exchange) -> None:
    """An empty page that refreshes to file:///etc/passwd."""
    exchange.reply(_stub("file:///etc/passwd"))
