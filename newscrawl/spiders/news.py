"""Any news site: `scrapy crawl news -a url=URL` finds its feeds and sitemaps; `-a urls_file=FILE` for many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawl.crawl.arguments import ArgumentError
from newscrawl.discovery import DiscoveryLink, well_known
from newscrawl.spider import SiteSpider
from newscrawl.web.urls import without_password

MAX_TOLD = 20
"""Bad lines of a file that the error names."""


class NewsSpider(SiteSpider):
    """Starts with a site's home page, robots.txt, sitemaps and feeds, wherever they usually stand."""

    name = "news"
    autodiscovers = True

    def __init__(
        self,
        url: str | None = None,
        urls_file: str | None = None,
        article: str | None = None,
        articles_file: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if [bool(one) for one in (url, urls_file, article, articles_file)].count(True) != 1:
            raise ArgumentError(
                "scrapy crawl news needs -a url=URL or -a urls_file=FILE for sites, or -a article=URL or"
                " -a articles_file=FILE for exactly these pages; one of them"
            )
        self.urls = _urls("urls_file", url, urls_file)
        self.given = _urls("articles_file", article, articles_file)

    def articles(self) -> Sequence[str]:
        """The articles given, where no sites are."""
        return self.given

    def starts(self) -> Iterable[DiscoveryLink]:
        """The pages given, and the well-known places of their sites, one of each site in turn."""
        yield from (DiscoveryLink(url=url, kind="listing", rel="declared") for url in self.urls)
        guesses = {links[0].url: links for url in self.urls if (links := well_known(url))}
        yield from (link for link in chain.from_iterable(zip_longest(*guesses.values())) if link)


def _urls(name: str, url: str | None, file: str | None) -> list[str]:
    return urls_of(Path(file), name) if file else [checked_url(url)] if url else []


def checked_url(text: str) -> str:
    """With a scheme and a path; ArgumentError for what is no http or https URL."""
    url = text if "//" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
        is_url = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not url.split()[1:]
    except ValueError:  # "http://[", "http://a:port/"
        is_url = False
    if not is_url:
        raise ArgumentError(f"{text}: not an http or https URL")
    if "@" in parts.netloc:
        told = "holds a name or password; write a spider with http_user and http_pass"
        raise ArgumentError(f"{without_password(url)}: {told}")
    return url if parts.path else f"{url}/"


def urls_of(file: Path, name: str = "urls_file") -> list[str]:
    """The URLs of a file, one a line, each once; empty lines and those that begin with # are left out.

    ArgumentError names each bad line, or what is wrong with the file.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ArgumentError(f"{name}={file}: {error}") from None
    urls: dict[str, None] = {}
    wrong: list[str] = []
    for number, line in enumerate(map(str.strip, lines), start=1):
        try:
            if line and not line.startswith("#"):
                urls[checked_url(line)] = None
        except ArgumentError as error:
            wrong.append(f"{file}:{number}: {str(error)[:300]}")
    if wrong or not urls:
        untold = [f"and {len(wrong) - MAX_TOLD} more bad lines"] if len(wrong) > MAX_TOLD else []
        raise ArgumentError("\n".join([*wrong[:MAX_TOLD], *untold]) or f"{name}={file}: holds no URL")
    return list(urls)
