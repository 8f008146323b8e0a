"""Cookies of a redirect: sent along the chain to whom they are for, and to nobody else."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawl.middlewares.redirect_cookies import MAX_COOKIES, RedirectCookiesMiddleware

START = "https://news.paper.co.uk/a"


def sent(cookies: list[str], target: str, status: int = 302) -> str | None:
    """The Cookie header of the request to the target, after a redirect that set these cookies."""
    middleware, request = RedirectCookiesMiddleware(), Request(START)
    middleware.process_request(request)
    assert "Cookie" not in request.headers
    headers = {"Set-Cookie": cookies, "Location": target}
    middleware.process_response(request, Response(START, status=status, headers=headers))
    following = request.replace(url=target)
    middleware.process_request(following)
    found = following.headers.get("Cookie")
    return found.decode() if found else None


@pytest.mark.parametrize(
    ("cookie", "target", "header"),
    [
        ("v=1; Path=/", START, "v=1"),
        ("v=1; Domain=.paper.co.uk; Path=/", "https://www.paper.co.uk/", "v=1"),
        ("v=1; Path=/", "https://www.paper.co.uk/", None),
        ("v=1; Path=/", "https://other.example/", None),
        ("v=1; Domain=.co.uk; Path=/", "https://other.co.uk/", None),
        ("v=1; Path=/; Secure", "http://news.paper.co.uk/a", None),
        ("v=" + "x" * 5000 + "; Path=/", START, None),
    ],
)
def test_a_cookie_goes_where_it_may(cookie: str, target: str, header: str | None) -> None:
    assert sent([cookie], target) == header


def test_only_redirects_set_cookies_and_no_more_than_a_head_can_hold() -> None:
    assert sent(["v=1; Path=/"], START, status=200) is None
    many = sent([f"c{number}=1; Path=/" for number in range(100)], START)
    assert many is not None
    assert many.count("=") == MAX_COOKIES
