"""Follows the links of a generated outlet, without a network: what a patient reader with a browser would reach."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from .model import PAGES_OF_LISTS, Answer, GeneratedSite, target_of

FOLLOWED = PAGES_OF_LISTS | {"feed", "sitemap"}
PARTS = ("//link[@rel='next' or @rel='alternate']", "//nav//a", "//main//a", "//*[@id or @class='wrap']//a")
"""What is followed of a page: its head, its menu and its main part, which is one of the last two."""
XPATHS = {"feed": "//*[local-name()='link']", "sitemap": "//*[local-name()='loc']"}


def reached(site: GeneratedSite, start: Iterable[str], limit: int = 400) -> set[str]:
    """URLs of the articles that lists, feeds and sitemaps lead to from these URLs, over so many pages at most."""
    todo, seen, found = list(start), set(start), set()
    for _ in range(limit):
        if not todo:
            break
        url = todo.pop(0)
        answer = fetch(site, url)
        for link in links(url, answer) if answer and answer.kind in FOLLOWED else ():
            if article := site.canonical(link):
                found.add(article)
            elif link not in seen:
                seen.add(link)
                todo.append(link)
    return found


def fetch(site: GeneratedSite, url: str) -> Answer | None:
    """The answer of this host; None for any other."""
    return site.answer(site.host, target_of(url)) if (urlsplit(url).hostname or "") == site.host else None


def links(url: str, answer: Answer) -> Iterator[str]:
    """Absolute http links of a page, a feed or a sitemap, as a browser resolves them."""
    body = gzip.decompress(answer.body) if answer.body[:2] == b"\x1f\x8b" else answer.body
    for href in _json(body) if body[:1] == b"{" else _marked(answer.kind, body):
        try:
            link = urljoin(url, href.strip().replace("\n", "").replace("\t", ""))
            if urlsplit(link).scheme == "http" and urlsplit(link).hostname:
                yield link.partition("#")[0]
        except ValueError:  # "https://[broken"
            continue


def _json(body: bytes) -> list[str]:
    return [item["url"] for item in json.loads(body)["items"]]


def _marked(kind: str, body: bytes) -> list[str]:
    if kind in XPATHS:
        tree = etree.fromstring(body, etree.XMLParser(recover=True))
        return [node.get("href") or node.text or "" for node in tree.xpath(XPATHS[kind])]
    tree = lxml.html.fromstring(body)
    return [str(href) for part in PARTS for href in tree.xpath(f"{part}/@href")]
