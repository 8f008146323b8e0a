"""Cookies that a redirect sets are sent along that chain of redirects, and nowhere else."""

from __future__ import annotations

from http.cookiejar import Cookie, DefaultCookiePolicy
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from newscrawl.fetch.browser.browser_requests import is_rendered
from newscrawl.web.urls import host_domain

META = "newscrawl_redirect_cookies"
MAX_COOKIES = 20
"""Cookies of a chain that are kept, and no longer than MAX_LENGTH characters: they make the next request's head."""
MAX_LENGTH = 4096


class RedirectCookiesMiddleware:
    """Sees a redirect before Scrapy's middleware for redirects, which copies the request's meta.

    Many outlets set a cookie by a redirect to the same URL, and redirect for ever who does not send it.
    """

    def process_request(self, request: Request) -> None:
        """Sends what the chain has set so far, to the hosts that it is for."""
        if isinstance(jar := request.meta.get(META), CookieJar):
            jar.add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keeps what a redirect sets."""
        if 300 <= response.status < 400 and "Location" in response.headers and not is_rendered(response):
            jar = request.meta.setdefault(META, CookieJar(policy=DefaultCookiePolicy()))
            for cookie in jar.make_cookies(response, request):
                if _is_own(cookie, request) and len(jar) < MAX_COOKIES:
                    jar.set_cookie_if_ok(cookie, request)
            request.headers.pop("Cookie", None)  # the next request of the chain has them anew
        return response


def _is_own(cookie: Cookie, request: Request) -> bool:
    """Whether a cookie is of the site that sets it, and of a sensible length: none for all of co.uk."""
    domain = cookie.domain.removeprefix(".").removesuffix(".local")
    of_site = host_domain(domain) == host_domain(urlsplit(request.url).hostname or "")
    return of_site and len(cookie.value or "") + len(cookie.name) <= MAX_LENGTH
