"""Builds the pages of tests/provenance/written_asia/: news pages by a writer who had not seen the rules.

`LANG.toml` has the outlets and the boilerplate of a language, sentences to fill up its stories, then its pages. The
first line of `text` is the headline; a line that opens with "^" stands below the headline, with "$" after the text,
with "&" after the article, with "%" in the head; a line that opens with "<" is printed as it is, every other line is a
paragraph. `{site}`, `{host}` and `{url}` are the outlet's own. `gold` is "name|domain,domain|url|relation": the domains
are those that are right, the address that of the original article, each part may be empty; a page without `gold` is a
look-alike. `leak` must not be in the body, `stay` must be, and so must each paragraph, cut by the leak and by `loose`,
which may stay or go.
Pages with an even number are half A, which writers of rules may read; those with an odd one half B, which they may not.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
PUBLISHED = "2026-03-03T08:15:00Z"
SHORTEST_PIECE = 8
"""Characters of what is left of a paragraph beside the leak, from which on it is looked for."""


@dataclass(frozen=True)
class Gold:
    """What the page states about its origin."""

    name: str
    domains: tuple[str, ...]
    url: str | None
    relation: str | None


@dataclass(frozen=True)
class Written:
    """A page and what should be read from it."""

    number: int
    language: str
    url: str
    html: bytes
    gold: Gold | None
    leak: str | None
    stays: list[str] = field(default_factory=list)

    @property
    def half(self) -> str:
        """A may be read by writers of rules, B may not."""
        return "BA"[self.number % 2 == 0]


def pages(language: str) -> list[Written]:
    """The pages of a language, in the order of its file."""
    told = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    return [built(language, number, page, told) for number, page in enumerate(told["pages"], 1)]


def built(language: str, number: int, page: dict[str, Any], told: dict[str, Any]) -> Written:
    """One page with its gold."""
    chance = Random(f"{language}-{number}")
    told = {**told, **told.get("variants", {}).get(page.get("variant", ""), {})}
    name, host = page.get("site", told["sites"][number % len(told["sites"])]).split("|")
    path = chance.choice(["news/2026/03/{}.html", "article/{}", "2026/0303/c{}.htm", "local/{}/", "news/{}"])
    writing = Writing(page, told, chance, name, host, f"https://www.{host}/" + path.format(4100 + number))
    leak = page.get("leak")
    html = writing.page()
    cuts = [page[name] for name in ("leak", "loose") if name in page]
    stays = [*pieces(writing.paragraphs(), cuts), *([page["stay"]] if "stay" in page else [])]
    return Written(number, language, writing.url, html.encode(), gold(page.get("gold")), leak, stays)


def gold(line: str | None) -> Gold | None:
    """The origin of a gold line."""
    if line is None:
        return None
    name, domains, url, relation = [*line.split("|"), "", "", ""][:4]
    return Gold(name, tuple(domains.split(",")) if domains else (), url or None, relation or None)


def pieces(paragraphs: list[str], cuts: list[str]) -> list[str]:
    """What must stay of plain paragraphs: all but some words."""
    for cut in cuts:
        paragraphs = [piece.strip() for text in paragraphs for piece in text.split(cut)]
    return [piece for piece in paragraphs if len(piece) >= SHORTEST_PIECE]


@dataclass(frozen=True)
class Writing:
    """A page being written; what the page does not say is by chance."""

    said: dict[str, Any]
    told: dict[str, Any]
    chance: Random
    site: str
    host: str
    url: str

    def lines(self, mark: str) -> list[str]:
        """The lines of a place; "" is the text itself."""
        found = []
        for line in self.said["text"].strip().split("\n")[1:]:
            place = line[0] if line[:1] in "^$&%" else ""
            if line and place == mark:
                found.append(self.filled(line[len(mark) :]))
        return found

    def filled(self, line: str) -> str:
        """The line with the outlet's own name and addresses."""
        return line.replace("{site}", self.site).replace("{host}", self.host).replace("{url}", self.url)

    def paragraphs(self) -> list[str]:
        """Paragraphs without markup."""
        return [unescape(line) for line in self.lines("") if "<" not in line]

    @property
    def title(self) -> str:
        """The headline."""
        return str(self.said["text"].strip().split("\n")[0])

    def page(self) -> str:
        """The whole page."""
        look = self.chance.choice([self.weblog, self.tables, self.portal, self.modern, self.plain])
        return (
            f'<!doctype html><html lang="{self.told["lang"]}"><head>{self.head()}</head><body>{self.nav()}'
            f"{look(f'<h1>{self.title}</h1>', self.info(), self.text())}{self.after()}</body></html>"
        )

    def text(self) -> str:
        """The story, with sentences that suit any story in its midst, opened by a picture on some pages."""
        lines = self.lines("")
        at = max(n for n, line in enumerate(lines) if "<" not in line)
        lines[at:at] = self.chance.sample(self.told["fill"], self.told.get("fills", 3))
        printed = "".join(line if line.startswith("<") else f"<p>{line}</p>\n" for line in lines)
        picture = '<figure><img src="/img/1.jpg" alt=""></figure>' if self.chance.random() < 0.3 else ""
        return picture + printed

    def info(self) -> str:
        """What stands below the headline: as the page says, else byline and date by chance."""
        if said := self.lines("^"):
            return "".join(said)
        by = self.chance.choice(self.told["bylines"])
        day = self.chance.choice(self.told["dates"])
        return self.chance.choice(
            [
                f'<div class="info"><span class="time">{day}</span> <span class="author">{by}</span></div>',
                f'<p class="byline">{by}</p><p class="date">{day}</p>',
                f'<time datetime="{PUBLISHED}">{day}</time>',
                f'<ul class="meta"><li>{by}</li><li>{day}</li></ul>',
            ]
        )

    def below(self) -> str:
        """What stands after the text."""
        return "".join(self.lines("$"))

    def share(self) -> str:
        """A row of buttons, on half of the pages."""
        row = "".join(f'<a href="https://share.example/{name}">{name}</a>' for name in self.told["share"])
        return f'<div class="share">{row}</div>' if self.chance.random() < 0.5 else ""

    def weblog(self, title: str, info: str, text: str) -> str:
        """As the common blog system prints a post."""
        return (
            f'<main id="main"><article class="post hentry"><header class="entry-header">{title}'
            f'<div class="entry-meta">{info}</div></header><div class="entry-content">{text}{self.share()}</div>'
            f'<footer class="entry-footer">{self.below()}</footer></article></main>'
        )

    def tables(self, title: str, info: str, text: str) -> str:
        """As old systems print it."""
        return (
            f'<table width="960" class="wrap"><tr><td class="left">{title}<div class="titleinfo">{info}</div>'
            f'<div id="zoom">{text}</div>{self.below()}{self.share()}</td>'
            f'<td class="right"><b>{self.told["words"][0]}</b></td></tr></table>'
        )

    def portal(self, title: str, info: str, text: str) -> str:
        """In boxes with telling classes."""
        return (
            f'<div class="container"><div class="main-content"><div class="article-head">{title}{info}</div>'
            f'<div class="article-body" id="articleBody">{text}</div>{self.share()}{self.below()}</div></div>'
        )

    def modern(self, title: str, info: str, text: str) -> str:
        """Sections in classes made by a machine."""
        return (
            f'<main><article class="css-1a2b"><section class="css-77x">{title}{info}</section>{self.share()}'
            f'<section class="css-b0dy">{text}{self.below()}</section></article></main>'
        )

    def plain(self, title: str, info: str, text: str) -> str:
        """An article that only says so."""
        return f"<article>{title}{info}{text}{self.below()}</article>{self.share()}"

    def nav(self) -> str:
        """Name and menu."""
        items = "".join(f'<li><a href="/{n}/">{item}</a></li>' for n, item in enumerate(self.told["nav"]))
        return f'<header><a class="logo" href="/">{self.site}</a><nav><ul>{items}</ul></nav></header>'

    def after(self) -> str:
        """What follows the article; teasers and comments each on half of the pages."""
        related, comments, rights = self.told["words"]
        rows = "".join(
            f'<li><a href="/article/{n}.html">{item}</a></li>'
            for n, item in enumerate(self.chance.sample(self.told["teasers"], 3), 300)
        )
        teasers = f'<div class="related"><h3>{related}</h3><ul>{rows}</ul></div>' if self.chance.random() < 0.5 else ""
        said = "".join(
            f'<div class="comment"><b>{who}</b><p>{what}</p></div>'
            for who, what in (item.split("|") for item in self.chance.sample(self.told["comments"], 2))
        )
        talk = f'<div id="comments"><h3>{comments}</h3>{said}</div>' if self.chance.random() < 0.5 else ""
        return f"{''.join(self.lines('&'))}{teasers}{talk}<footer><p>© 2026 {self.site}. {rights}</p></footer>"

    def head(self) -> str:
        """Title, canonical address, meta tags, JSON-LD."""
        canonical = self.said.get("canonical", self.url)
        return (
            f'<meta charset="utf-8"><title>{self.title} - {self.site}</title><link rel="canonical" href="{canonical}">'
            f'<meta property="og:title" content="{escape(self.title)}"><meta property="og:type" content="article">'
            f'<meta property="og:site_name" content="{self.site}">{"".join(self.lines("%"))}{self.json_ld()}'
        )

    def json_ld(self) -> str:
        """A NewsArticle, where the page or chance asks for one."""
        if "ld" not in self.said and self.chance.random() < 0.5:
            return ""
        news = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": PUBLISHED,
            "mainEntityOfPage": self.url,
            "publisher": {"@type": "NewsMediaOrganization", "name": self.site, "url": f"https://www.{self.host}/"},
            **json.loads(self.filled(self.said.get("ld", "{}"))),
        }
        return f'<script type="application/ld+json">{json.dumps(news, ensure_ascii=False)}</script>'
