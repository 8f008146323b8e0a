"""Builds the pages of tests/provenance/unseen/: lines about origin, and lines that only look so, in markup that varies.

A line of `pages_LANG.jsonl` is a page: under the name of a place what stands there, and what `read` should say.
Places: start, end (of the text), byline, title, meta (below the byline), above, middle, below (in the text), aside (a
box in the article), share (after the share row), box (outside the article), side, teaser, caption, footer, head (tags
of the head), ld (more of the JSON-LD). In them `[text](url)` is a link, `!alt!(url)` a linked logo, `![text]!(url)` a
link in two inline tags, `(~url)` goes over an address that counts clicks, `*x*` is italic, ` ¶ ` parts blocks.
`origin` is null or [name, domain, url, relation], where `a|b` leaves the choice and null is not judged; `leak` is the
text that must not be in the body, by default the line itself; `contributors` are the names credited in part.
`third/` and `fourth/` hold later sets by others, of the same form; the fourth is for measuring only: leave it unread.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

HERE = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem.removeprefix("pages_") for path in HERE.glob("pages_*.jsonl")))
LINES = ("meta", "above", "aside", "share", "box", "below")
"""Places whose line must leave the body where it states an origin."""
MARKUP = re.compile(
    r"!\[(?P<split>[^\]]+)\]!\((?P<a>\S+?)\)|!(?P<logo>[^!\n]+)!\((?P<b>\S+?)\)|\[(?P<text>[^\]]+)\]\((?P<c>\S+?)\)"
)


@dataclass(frozen=True)
class Unseen:
    """A page and what should be read from it."""

    id: str
    language: str
    half: str
    url: str
    html: bytes
    origin: list[Any] | None
    leaks: list[str]
    keeps: list[str]
    contributors: list[str]


@cache
def words(language: str) -> dict[str, Any]:
    """The base stories, outlets and boilerplate of a language."""
    return tomllib.loads((HERE / f"stories_{language}.toml").read_text(encoding="utf-8"))


def pages() -> list[Unseen]:
    """All pages, in the order of their files: halves A and B, then C and D of the later set."""
    return [
        built(language, line, halves)
        for folder, halves in ((HERE, "BA"), (HERE / "third", "DC"), (HERE / "fourth", "EE"))
        for language in LANGUAGES
        for line in (folder / f"pages_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def built(language: str, line: str, halves: str = "BA") -> Unseen:
    """The page of one line; its half is by the line's digest."""
    digest = hashlib.sha256(line.encode()).hexdigest()
    key, said, chance = f"{language}-{digest[:8]}", json.loads(line), Random(digest)
    name, domain = (said.get("site") or chance.choice(words(language)["sites"])).split("|")
    url = f"https://www.{domain}/{chance.choice(['news/2026/03/', '2026/03/03/', 'local/', 'article/'])}{key}.html"
    html = Writing(language, said, chance, name, url).page()
    lines = [text for place in LINES for text in plain_blocks(said.get(place, ""))] if said["origin"] else []
    return Unseen(
        key,
        language,
        halves[int(digest[-2:], 16) % 2],
        url,
        html.encode(),
        said["origin"],
        [said["leak"]] if "leak" in said else lines,
        plain_blocks(said.get("middle", "")),
        said.get("contributors", []),
    )


def plain_blocks(text: str) -> list[str]:
    """The blocks of a line as a reader sees them; images, scripts and buttons show nothing."""
    shown = re.sub(
        r"<(script|textarea|button).*?</\1>|<[^>]+>", "", MARKUP.sub(lambda m: m["split"] or m["text"] or "", text)
    )
    return [" ".join(unescape(block.replace("*", "")).split()) for block in shown.split("¶") if block.strip()]


@dataclass(frozen=True)
class Writing:
    """A page being written; every choice of markup is by the chance of its line."""

    language: str
    said: dict[str, Any]
    chance: Random
    site: str
    url: str

    def inline(self, text: str) -> str:
        """The line's short marks as HTML."""
        return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", MARKUP.sub(self.link, text))

    def link(self, found: re.Match[str]) -> str:
        """A link as one of many systems prints it."""
        target = found["a"] or found["b"] or found["c"]
        if target.startswith("~"):
            target = f"/out?to={quote(target[1:], safe='')}&pos=3"
        how = self.chance.choice(
            ["", ' target="_blank" rel="noopener"', ' rel="nofollow noreferrer"', ' class="css-x1k9"']
        )
        text = found["text"] or ""
        if found["logo"]:
            text = f'<img src="/img/logo-{len(target)}.png" alt="{found["logo"]}" width="120">'
        elif found["split"]:
            half = len(found["split"]) // 2
            text = f"<strong>{found['split'][:half]}</strong><strong>{found['split'][half:]}</strong>"
        elif self.chance.random() < 0.2:
            text = f"<span>{text}</span>"
        return f'<a href="{escape(target)}"{how}>{text}</a>'

    def blocks(self, place: str) -> str:
        """The blocks of a place, each in a wrapping by chance."""
        wrap = self.chance.choice(
            [
                "<p>{}</p>",
                "<p><em>{}</em></p>",
                "<p><small>{}</small></p>",
                '<div class="note">{}</div>',
                "<p><span>{}</span></p>",
            ]
        )
        return "".join(
            wrap.format(self.inline(part.strip())) for part in self.said.get(place, "").split("¶") if part.strip()
        )

    def boxed(self, place: str, tag: str, names: list[str]) -> str:
        """The place in an element of its own, or nothing."""
        inner = self.blocks(place)
        return f'<{tag} class="{self.chance.choice(names)}">{inner}</{tag}>' if inner else ""

    def page(self) -> str:
        """The whole page."""
        title, paragraphs = self.story()
        look = self.chance.choice([self.weblog, self.classic, self.modern])
        return (
            f'<!doctype html><html lang="{self.language}"><head>{self.head(title)}</head><body>{self.nav()}'
            f"{look(f'<h1>{title}</h1>', self.byline(), self.text(paragraphs))}{self.around()}</body></html>"
        )

    def story(self) -> tuple[str, list[str]]:
        """Headline and five paragraphs or more."""
        title, *paragraphs = self.chance.choice(words(self.language)["stories"]).strip().split("\n")
        kept = paragraphs[: self.chance.randint(5, len(paragraphs))]
        kept[0] = self.inline(self.said.get("start", "")) + kept[0]
        kept[-1] += self.inline(self.said.get("end", ""))
        return self.said.get("title", title), kept

    def text(self, paragraphs: list[str]) -> str:
        """The story with the lines that stand in it."""
        printed = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
        if "middle" in self.said:
            printed.insert(3, f"<p>{self.inline(self.said['middle'])}</p>")
        aside = self.boxed("aside", "aside", ["callout", "infobox", "editor-note"])
        printed.insert(self.chance.choice([1, 3]), aside)
        caption = self.inline(self.said.get("caption", ""))
        figure = f'<figure><img src="/img/1.jpg" alt=""><figcaption>{caption}</figcaption></figure>'
        return figure + self.blocks("above") + "".join(printed) + self.blocks("below")

    def byline(self) -> str:
        """Byline, date and what stands below them."""
        by = self.inline(self.said.get("byline") or self.chance.choice(words(self.language)["bylines"]))
        tag = self.chance.choice(
            ['<p class="byline">{}</p>', '<div class="author">{}</div>', '<span class="post-author">{}</span>']
        )
        return f'{tag.format(by)}<time datetime="2026-03-03T06:00:00Z">2026-03-03</time>{self.blocks("meta")}'

    def share(self) -> str:
        """The share row and what follows it."""
        label = words(self.language)["boilerplate"][6]
        rows = "".join(
            f'<li><a href="https://share.example/{name}">{name}</a></li>' for name in ("Facebook", "X", "WhatsApp")
        )
        return f'<div class="share"><span>{label}</span><ul>{rows}</ul></div>{self.blocks("share")}'

    def weblog(self, title: str, byline: str, text: str) -> str:
        """As the common blog system prints a post."""
        box = self.boxed("box", "div", ["source-box", "widget", "article-credit"])
        return (
            f'<main><article class="post type-post"><header class="entry-header">{title}'
            f'<div class="entry-meta">{byline}</div></header><div class="entry-content">{text}</div>'
            f'<footer class="entry-footer">{self.share()}</footer></article>{box}</main>'
        )

    def classic(self, title: str, byline: str, text: str) -> str:
        """Without article or main, in classes that say little."""
        box = self.boxed("box", "div", ["box1", "extra", "bottom"])
        inner = f'{title}{byline}<div class="txt">{text}</div>{self.share()}{box}'
        return f'<div id="wrap"><div class="col8">{inner}</div></div>'

    def modern(self, title: str, byline: str, text: str) -> str:
        """Sections in classes made by a machine."""
        box = self.boxed("box", "section", ["css-9f2", "sc-bdVaJa", "StyledBox-q8"])
        return (
            f'<main id="content"><article class="css-1q2w"><section class="css-77a">{title}{byline}</section>'
            f'<section class="css-b0d">{text}</section>{self.share()}</article>{box}</main>'
        )

    def nav(self) -> str:
        """The menu."""
        items = "".join(
            f'<li><a href="/{n}/">{item}</a></li>' for n, item in enumerate(words(self.language)["boilerplate"][:5])
        )
        return f'<header><a href="/">{self.site}</a><nav><ul>{items}</ul></nav></header>'

    def around(self) -> str:
        """Teasers, sidebar and footer."""
        boilerplate = words(self.language)["boilerplate"]
        teasers = "".join(f'<li><a href="/news/{n}.html">{item}</a></li>' for n, item in enumerate(boilerplate[9:]))
        inner = self.inline(self.said.get("teaser", ""))
        own = f"<li>{inner}</li>" if inner else ""
        side = self.boxed("side", "aside", ["sidebar", "rail", "partners"])
        return (
            f'<section class="related"><h2>{boilerplate[7]}</h2><ul>{own}{teasers}</ul></section>{side}'
            f"<footer>{self.blocks('footer')}<p>© 2026 {self.site}. {boilerplate[8]}</p></footer>"
        )

    def head(self, title: str) -> str:
        """Title, canonical address, meta tags, JSON-LD."""
        tags = {"canonical": self.url, **self.said.get("head", {})}
        metas = "".join(
            f'<meta name="{name}" content="{escape(value)}">' for name, value in tags.items() if name != "canonical"
        )
        return (
            f'<meta charset="utf-8"><title>{title} | {self.site}</title>'
            f'<link rel="canonical" href="{tags["canonical"]}">'
            f'<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="{self.site}">'
            f'<meta property="og:type" content="article">{metas}{self.json_ld(title)}'
        )

    def json_ld(self, title: str) -> str:
        """A NewsArticle, where the line or chance asks for one."""
        if "ld" not in self.said and self.chance.random() < 0.5:
            return ""
        news = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": "2026-03-03T06:00:00Z",
            "mainEntityOfPage": self.url,
            "publisher": {"@type": "Organization", "name": self.site},
            **self.said.get("ld", {}),
        }
        return f'<script type="application/ld+json">{json.dumps(news, ensure_ascii=False)}</script>'
