"""Builds the pages of tests/provenance/written/: copies that say where they come from, and pages that only look so.

`LANG.toml` holds the words of a language's sites and the cases: `[[positive]]` first, then `[[lookalike]]`, counted
through from 0. Even numbers are half A, which may be read by those who write rules, odd ones half B, which may not.
A case has `title`, `text` (a paragraph a line), `look` (a skeleton, else by number), `site` ("Name|domain"), `by`, and
under the name of a place what stands there: meta (below the byline), above, box (after the first paragraph), last (in
the text's end), below, bio, tags, caption, side, teaser, comment, share, foot; `head` (HTML), `ld` (more of the
JSON-LD), `canonical`. There `[text](url)` is a link, ` ¶ ` parts blocks, and what begins with `<` is HTML as it stands.

`gold` is [name, domain, url, relation]: "" is not stated and not judged, `a|b` leaves the choice; without a url the
page links no original article. `leak` must leave the body, by default the lines in LINES; `stay` must stay in it, by
default the paragraph next to the line.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from string import Template
from typing import Any, Literal

HERE = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
LINES = ("meta", "above", "box", "last", "below")
"""Places whose line must leave the body where it states an origin."""
LINK = re.compile(r"\[([^\[\]]+)\]\((\S+?)\)")

LOOKS = {
    "wp": """<body class="post-template-default single single-post"><header class="site-header"><p class="site-title">
<a href="/" rel="home">$site</a></p><nav class="main-navigation"><ul class="menu">$nav</ul></nav></header>
<div id="content" class="site-content"><main id="main"><article id="post-$n" class="post type-post hentry">
<header class="entry-header"><h1 class="entry-title">$title</h1><div class="entry-meta"><span class="posted-on">
<time class="entry-date published" datetime="$iso">$day</time></span> <span class="byline">
<span class="author vcard">$by
</span></span></div>$meta</header>$caption<div class="entry-content">$above$text$last</div>$below
<footer class="entry-footer">$tags$share</footer></article>$bio$related$comments</main>
<aside id="secondary" class="widget-area">$side</aside></div><footer class="site-footer">$foot</footer></body>""",
    "cms": """<body><div class="page-wrap"><div class="topline"><a class="logo" href="/">$site</a>
<ul class="topmenu">$nav
</ul></div><div class="content-col"><div class="news-detail" itemscope itemtype="https://schema.org/NewsArticle">
<h1 class="news-title" itemprop="headline">$title</h1><div class="news-info"><span class="news-date">$day</span>
<span class="news-author">$by</span></div>$meta$caption<div class="news-text" itemprop="articleBody">$above$text$last
</div>$below<div class="news-share">$share</div>$tags$bio</div>$related$comments</div><div class="right-col">$side</div>
<div class="bottom">$foot</div></div></body>""",
    "table": """<body bgcolor="#ffffff"><table width="980" align="center" cellpadding="4"><tr>
<td colspan="3" class="head">
<a href="/"><b>$site</b></a></td></tr><tr><td width="160" valign="top" class="menu"><ul>$nav</ul></td>
<td valign="top" class="main"><h1>$title</h1><font size="1" color="gray">$day | $by</font><br>$meta$caption
<div class="text">$above$text$last</div>$below$tags$share$bio<hr>$related$comments</td>
<td width="200" valign="top">$side
</td></tr><tr><td colspan="3" class="foot">$foot</td></tr></table></body>""",
    "app": """<body><div id="__app"><header class="css-1h2x"><a class="css-9aq" href="/">$site</a>
<nav class="css-k3n"><ul>
$nav</ul></nav></header><main class="css-0"><article class="css-1v8"><div class="css-tt1">
<h1 class="css-h1a">$title</h1>
<div class="css-m7e"><span class="css-au">$by</span><time datetime="$iso">$day</time></div>$meta</div>$caption
<section class="css-b0d" data-testid="article-body">$above$text$last</section>$below$share$tags$bio</article>
<section class="css-rel">$related</section>$comments</main><aside class="css-sd">$side</aside>
<footer class="css-ft">$foot</footer></div></body>""",
    "drupal": """<body class="path-node page-node-type-article"><header role="banner"><a href="/" title="Home">$site</a>
<nav role="navigation"><ul class="menu">$nav</ul></nav></header><main role="main"><h1 class="page-title"><span
class="field field--name-title">$title</span></h1><article class="node node--type-article node--view-mode-full">
<div class="node__submitted"><span class="field--name-uid">$by</span> <span class="field--name-created">$day</span>
</div>
$meta<div class="node__content">$caption
<div class="field field--name-body field--type-text-with-summary">$above$text$last
</div>$below$tags</div>$share$bio</article>$comments$related</main><aside role="complementary">$side</aside>
<footer role="contentinfo">$foot</footer></body>""",
    "joomla": """<body class="site com_content view-article"><div class="header"><a class="brand" href="/">$site</a>
<ul class="nav menu">$nav</ul></div><div class="item-page"><div class="page-header"><h2>$title</h2></div>
<dl class="article-info muted"><dt class="article-info-term">&nbsp;</dt><dd class="createdby">$by</dd>
<dd class="published"><time datetime="$iso">$day</time></dd></dl>$meta$caption<div class="article-body">$above$text$last
</div>$below$tags$share$bio</div>$related$comments<div class="span3">$side</div><div class="footer">$foot</div>
</body>""",
    "blog": """<body><div class="header-inner"><a href="/">$site</a></div><div class="tabs"><ul>$nav</ul></div>
<div class="main"><h2 class="date-header">$day</h2><div class="post hentry">
<h3 class="post-title entry-title">$title</h3>
$meta<div class="post-body entry-content">$caption$above$text$last</div>$below<div class="post-footer">
<span class="post-author">$by</span>$tags$share</div>$bio</div>$comments$related</div><div class="sidebar">$side</div>
<div class="footer">$foot</div></body>""",
}
"""Skeletons of pages, as common systems print them."""
CLASSES = {
    "meta": ("post-source", "info-row", "submeta", "article-sub"),
    "above": ("lead-note", "intro-note", "preface", "editorial-note"),
    "box": ("infobox", "note-box", "callout", "inset"),
    "last": ("", "", "text-right", "source"),
    "below": ("source-line", "news-source", "article-bottom", "credits"),
}
"""Class names around a line, one by the case's number."""


@dataclass(frozen=True)
class Gold:
    """What should be read from a page."""

    kind: Literal["positive", "lookalike"]
    name: str
    domains: tuple[str, ...]
    url: str
    relations: tuple[str, ...]
    leaks: tuple[str, ...]
    stay: str


def half(number: int) -> str:
    """A may be read by those who write rules, B may not."""
    return "BA"[number % 2 == 0]


def pages(language: str) -> Iterator[tuple[int, str, bytes, Gold]]:
    """The pages of a language: number, URL, HTML and what should be read from it."""
    words = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    cases = [(kind, case) for kind in ("positive", "lookalike") for case in words.get(kind, [])]
    for number, (kind, case) in enumerate(cases):
        page = Page(language, words, case, number)
        yield number, page.url, page.html().encode(), gold(kind, case)


def gold(kind: Any, case: dict[str, Any]) -> Gold:
    """What should be read from a case."""
    name, domain, url, relation = case["gold"] if kind == "positive" else ("", "", "", "")
    leaks: list[str] = []
    if kind == "positive":
        lines = [line for place in LINES for line in blocks(case.get(place, ""))]
        leaks = [case["leak"]] if "leak" in case else [plain(line) for line in lines]
    return Gold(
        kind,
        name,
        tuple(domain.split("|")) if domain else (),
        url,
        tuple(relation.split("|")) if relation else (),
        tuple(leak for leak in leaks if leak),
        case.get("stay") or near(case, leaks),
    )


def near(case: dict[str, Any], leaks: list[str]) -> str:
    """The paragraph next to the line, without the line itself."""
    paragraphs = [plain(line) for line in case["text"].strip().split("\n")]
    text = paragraphs[0 if any(place in case for place in ("meta", "above", "box")) else -1]
    for leak in leaks:
        text = max(text.split(leak), key=len) if leak else text
    return text.strip()


def blocks(text: str) -> list[str]:
    """The blocks of a place."""
    return [block.strip() for block in text.split("¶") if block.strip()]


def plain(text: str) -> str:
    """A line as a reader sees it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", LINK.sub(r"\1", text))).split())


def marked(text: str) -> str:
    """A line as HTML."""
    return LINK.sub(lambda found: f'<a href="{escape(found[2])}">{found[1]}</a>', text)


@dataclass(frozen=True)
class Page:
    """A page being written; its markup is by the case's number."""

    language: str
    words: dict[str, Any]
    case: dict[str, Any]
    number: int

    @property
    def site(self) -> tuple[str, str]:
        """Name and domain of the outlet."""
        sites = self.words["sites"]
        name, domain = self.case.get("site", sites[self.number % len(sites)]).split("|")
        return name, domain

    @property
    def url(self) -> str:
        """The page's address."""
        return f"https://{self.site[1]}/{('news', '2026/03', 'article', 'p')[self.number % 4]}/{8100 + self.number}"

    def html(self) -> str:
        """The whole page."""
        look = self.case.get("look") or list(LOOKS)[self.number % len(LOOKS)]
        day, month = self.number % 27 + 1, self.number % 3 + 1
        parts = {
            "site": self.site[0],
            "n": str(8100 + self.number),
            "title": self.case["title"],
            "iso": f"2026-{month:02}-{day:02}T08:15:00+02:00",
            "day": self.words["date"].format(d=day, m=month, y=2026),
            "by": marked(self.case.get("by", self.words["bylines"][self.number % len(self.words["bylines"])])),
            "nav": "".join(f'<li><a href="/c/{n}/">{item}</a></li>' for n, item in enumerate(self.words["nav"])),
            "text": self.text(look),
            **{place: self.line(place) for place in ("meta", "above", "last", "below")},
            **{place: getattr(self, place)() for place in ("caption", "tags", "share", "bio", "related", "comments")},
            "side": "".join(f'<div class="widget">{self.shown(item)}</div>' for item in blocks(self.get("side"))),
            "foot": f"{self.shown(self.get('foot'))}<p>© 2026 {self.site[0]}. {self.words['rights']}</p>",
        }
        body = Template(LOOKS[look]).substitute(parts)
        return f'<!DOCTYPE html><html lang="{self.language}"><head>{self.head(parts["iso"])}</head>{body}</html>'

    def get(self, place: str) -> str:
        """What stands in a place."""
        text: str = self.case.get(place, "")
        return text

    def shown(self, text: str) -> str:
        """A block: HTML as it stands, or a paragraph."""
        return text if text.startswith("<") or not text else f"<p>{marked(text)}</p>"

    def line(self, place: str) -> str:
        """The blocks of a place, each in an element whose name is by number."""
        name = CLASSES[place][self.number // 2 % 4]
        tag = "p" if place == "last" or self.number % 5 == 0 else "div"
        opened = f'<{tag} class="{name}">' if name else f"<{tag}>"
        return "".join(
            block if block.startswith("<") else f"{opened}{marked(block)}</{tag}>" for block in blocks(self.get(place))
        )

    def text(self, look: str) -> str:
        """The story's paragraphs, with the box after the first."""
        paragraphs = [marked(line) for line in self.case["text"].strip().split("\n")]
        if look == "table" and self.number % 2:
            return paragraphs[0] + "<br><br>" + self.line("box") + "<br><br>".join(paragraphs[1:])
        printed = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
        return printed[0] + self.line("box") + "\n".join(printed[1:])

    def caption(self) -> str:
        """The picture, on pages that caption one and on some others."""
        if "caption" not in self.case:
            return '<img src="/img/main.jpg" alt="" width="640">' if self.number % 3 == 0 else ""
        return (
            f'<figure><img src="/img/main.jpg" alt=""><figcaption>{marked(self.get("caption"))}</figcaption></figure>'
        )

    def tags(self) -> str:
        """The list of topics."""
        items = blocks(self.get("tags")) or self.words["tags"][self.number % 3 :][:2]
        links = ", ".join(
            item if item.startswith("<") else marked(item) if "](" in item else f'<a href="/tag/{n}/">{item}</a>'
            for n, item in enumerate(items)
        )
        return f'<div class="tags-links">{links}</div>'

    def share(self) -> str:
        """The share row."""
        rows = "".join(f'<a href="https://share.example/{name}">{name}</a> ' for name in ("Facebook", "Telegram", "X"))
        return f'<div class="share-row"><span>{self.words["share"]}</span> {rows}</div>{self.shown(self.get("share"))}'

    def bio(self) -> str:
        """The box about the author."""
        return f'<div class="author-box">{self.shown(self.get("bio"))}</div>' if self.get("bio") else ""

    def related(self) -> str:
        """Teasers of other pieces, after the story on half of the pages."""
        items = blocks(self.get("teaser"))
        if not items and self.number // 2 % 2:
            return ""
        rows = [item if "](" in item else f"[{item}](/news/{n + 71})" for n, item in enumerate(items)]
        rows += [f"[{item}](/news/{n + 31})" for n, item in enumerate(self.words["teasers"])]
        heads = "".join(f"<li>{marked(row)}</li>" for row in rows)
        return f'<div class="related-posts"><h3>{self.words["related"]}</h3><ul>{heads}</ul></div>'

    def comments(self) -> str:
        """What readers said, on the same half and where a case has some."""
        items = blocks(self.get("comment"))
        if not items and self.number // 2 % 2:
            return ""
        rows = "".join(
            f'<li class="comment"><cite class="fn">{who}</cite> <div class="comment-content"><p>{said}</p></div></li>'
            for who, said in (item.split(": ", 1) for item in map(marked, items or self.words["comments"]))
        )
        return f'<div id="comments" class="comments-area"><h3>{self.words["discussion"]}</h3><ol>{rows}</ol></div>'

    def head(self, published: str) -> str:
        """Title, canonical address, meta tags, JSON-LD."""
        title, (site, _) = escape(self.case["title"]), self.site
        return (
            f'<meta charset="utf-8"><title>{title} – {site}</title>'
            f'<link rel="canonical" href="{self.case.get("canonical", self.url)}">'
            f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">'
            f'<meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{published}">{self.get("head")}{self.json_ld(published)}'
        )

    def json_ld(self, published: str) -> str:
        """A NewsArticle, on a third of the pages and where the case says more."""
        if "ld" not in self.case and self.number % 3:
            return ""
        news = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.case["title"],
            "datePublished": published,
            "mainEntityOfPage": self.url,
            "publisher": {"@type": "Organization", "name": self.site[0], "url": f"https://{self.site[1]}/"},
            **self.case.get("ld", {}),
        }
        return f'<script type="application/ld+json">{json.dumps(news, ensure_ascii=False)}</script>'
