"""The look of an outlet: its frame (navigation, side column, footer, cookie bar), lists of teasers, article pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from random import Random

from . import prose
from .model import Article

STYLES = ("list", "cards", "table", "soup")


@dataclass(frozen=True, slots=True)
class Look:
    """What the seed decides of an outlet's markup."""

    name: str
    """The outlet, as printed."""
    language: str
    style: str
    prefix: str
    """Of the class names."""
    dates: str
    """In lists: time (element with datetime), printed, none."""
    json_ld: bool
    opengraph: bool
    canonical: bool
    """Whether articles declare their URL."""
    main: str
    """Element around what is not boilerplate."""

    @property
    def labels(self) -> dict[str, str]:
        return prose.words(self.language)["labels"]


def look(name: str, language: str, chance: Random, *, dates: str | None = None) -> Look:
    """A look by chance."""
    return Look(
        name,
        language,
        chance.choice(STYLES),
        chance.choice(("c", "site", "np", "x7", "tpl", "mod")),
        dates or chance.choice(("time", "printed", "none")),
        chance.random() < 0.6,
        chance.random() < 0.7,
        chance.random() < 0.8,
        chance.choice(("main", "div id=content", "div class=wrap", "section id=main")),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of an outlet."""

    look: Look
    menu: tuple[tuple[str, str], ...]
    """(href, text) at the top."""
    footer: tuple[tuple[str, str], ...]
    most_read: tuple[Article, ...]
    head: str = ""
    """Links to feeds and the like."""

    def page(self, title: str, inner: str, *, head: str = "", language: str = "") -> bytes:
        """A whole page, UTF-8."""
        at, says = self.look.prefix, self.look.labels
        menu = "".join(f'<li class="{at}-nav-item">{anchor(*link)}</li>' for link in self.menu)
        footer = " | ".join(anchor(*link) for link in self.footer)
        read = "".join(f"<li>{anchor(article.url, article.title)}</li>" for article in self.most_read)
        side = f'<aside class="{at}-side"><h4>{says["most_read"]}</h4><ol>{read}</ol></aside>' if read else ""
        return f"""<!DOCTYPE html>
<html lang="{language or self.look.language}"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/s.css">
{self.head}{head}</head><body>
<div class="{at}-cookies" role="dialog"><p>{says["cookies"]}</p><button>OK</button></div>
<header><a class="{at}-logo" href="/">{escape(self.look.name)}</a><nav><ul>{menu}</ul></nav>
<form action="/search"><input name="q" placeholder="{says["search"]}"></form></header>
<{self.look.main}>
{inner}
</{self.look.main.split()[0]}>
{side}
<div class="{at}-newsletter"><p>{says["newsletter"]}</p><form action="/newsletter"><input name="mail"></form></div>
<footer><p>{footer}</p><p>© 2026 {escape(self.look.name)}</p></footer></body></html>
""".encode()


def anchor(href: str, text: str, attributes: str = "") -> str:
    """A link; what stands in the page is escaped once."""
    return f'<a href="{escape(href)}"{attributes}>{escape(text)}</a>'


def teasers(look: Look, entries: Iterable[tuple[str, Article]]) -> str:
    """A list of articles, each with the href it gets here."""
    at, rows = look.prefix, [_teaser(look, href, article) for href, article in entries]
    if look.style == "table":
        return f'<table class="{at}-list"><tbody>{"".join(rows)}</tbody></table>'
    if look.style == "list":
        return f'<ul class="{at}-list">{"".join(rows)}</ul>'
    return f'<div class="{at}-list">{"".join(rows)}</div>'


def _teaser(look: Look, href: str, article: Article) -> str:
    at, link, date = look.prefix, escape(href), _date(look, article)
    title, standfirst = escape(article.title), escape(lead(article))
    if look.style == "list":
        return f'<li class="{at}-item"><a href="{link}">{title}</a> {date}</li>\n'
    if look.style == "table":
        return f'<tr><td>{date}</td><td><a href="{link}">{title}</a></td><td>{escape(article.section_name)}</td></tr>\n'
    if look.style == "cards":
        return (
            f'<article class="{at}-card"><a href="{link}"><img src="/p/{article.number}.jpg" alt=""></a>'
            f'<h3><a href="{link}">{title}</a></h3><p>{standfirst}</p>{date}'
            f'<a class="{at}-count" href="{link}#comments">12 {look.labels["comments"]}</a></article>\n'
        )
    return (
        f'<div class="{at}-b1"><div class="{at}-b2"><a href="{link}"><div class="{at}-b3">{title}</div>'
        f'<div class="{at}-b4">{standfirst}</div></a>{date}</div></div>\n'
    )


def _date(look: Look, article: Article) -> str:
    if look.dates == "none":
        return ""
    shown = prose.printed(article.language, article.published)
    if look.dates == "time":
        return f'<time datetime="{article.published.isoformat()}">{shown}</time>'
    return f'<span class="{look.prefix}-date">{shown}</span>'


def lead(article: Article) -> str:
    """The first sentence."""
    return prose.paragraphs(article.language, article.key)[0].split(". ")[0].rstrip(".") + "."


def article_inner(look: Look, article: Article, related: Sequence[Article]) -> str:
    """The article between the boilerplate of its page."""
    says = prose.words(article.language)["labels"]
    text = "".join(f"<p>{escape(part)}</p>\n" for part in prose.paragraphs(article.language, article.key))
    links = "".join(f"<li>{anchor(other.url, other.title)}</li>" for other in related)
    when = prose.printed(article.language, article.published)
    return (
        f'<article class="{look.prefix}-story"><p class="kicker">{escape(article.section_name)}</p>'
        f'<h1>{escape(article.title)}</h1><p class="byline">{says["by"]} {escape(article.author)}</p>'
        f'<time datetime="{article.published.isoformat()}">{when}</time>\n<div class="{look.prefix}-text">{text}</div>'
        f'</article><div class="{look.prefix}-related"><h3>{says["related"]}</h3><ul>{links}</ul></div>'
    )


def article_head(look: Look, article: Article, url: str) -> str:
    """Metadata as far as the look has it. `url` is what the page declares of itself."""
    head = f'<meta name="description" content="{escape(lead(article))}">\n'
    if look.canonical:
        head += f'<link rel="canonical" href="{escape(url)}">\n'
    if look.opengraph:
        head += (
            f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(article.title)}">\n'
        )
        head += f'<meta property="article:published_time" content="{article.published.isoformat()}">\n'
    if look.json_ld:
        data = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": article.title, "url": url,
            "datePublished": article.published.isoformat(), "inLanguage": article.language,
            "articleSection": article.section_name, "author": {"@type": "Person", "name": article.author},
        }  # fmt: skip
        head += f'<script type="application/ld+json">{json.dumps(data)}</script>\n'
    return head
