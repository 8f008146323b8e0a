"""Articles of our own, made from a slug: the same slug gives the same article, two slugs two quite different ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from random import Random

WHO = (
    "The harbour master", "A spokeswoman for the ferry line", "The deputy mayor", "Two residents of the lower quarter",
    "The union of crane drivers", "An engineer who asked not to be named", "The county's chief surveyor",
    "A retired lighthouse keeper", "The schools committee", "Farmers along the canal",
)  # fmt: skip
DID = (
    "rejected the estimate of {n} million crowns", "asked for {n} more weeks to study the plans",
    "counted {n} lorries on the coast road in a single morning", "said that {n} households had been without water",
    "warned that the bridge would carry no more than {n} tonnes", "promised to reopen {n} kilometres of towpath",
    "put the number of objections at {n}", "recalled the storm that sank {n} boats in one night",
)  # fmt: skip
WHEN = (
    "at a crowded meeting on Tuesday evening", "in a letter read out to the council", "shortly before the vote",
    "after an inspection that lasted most of the week", "while volunteers were still clearing the quay",
    "in answer to a question from this newspaper", "during a visit to the unfinished pumping station",
)  # fmt: skip
WHY = (
    "because the dredging had cost far more than anyone expected", "and offered no date for the next hearing",
    "although the contract leaves little room for delay", "and the room applauded for almost a minute",
    "since the tide gauges had shown a steady rise for years", "but added that the work would go on regardless",
)  # fmt: skip
PLACES = (
    "Marlow Sound",
    "Eastmere",
    "Kettlewick",
    "Port Sorrel",
    "Dunhaven",
    "Low Fenby",
    "Harrowgate Quay",
    "Stonecross",
)
NAMES = ("Ida Verhoven", "Tomas Lindqvist", "Maren Okafor", "Piet Sandoval", "Greta Amundsen", "Luca Farrow")


def _random(slug: str) -> Random:
    return Random(f"article/{slug}")


def title(slug: str) -> str:
    """The headline."""
    chance = _random(slug)
    words = slug.replace("-", " ").replace("/", " ")
    return f"{chance.choice(PLACES)} council hears of {words} and {chance.randrange(11, 99)} other worries"


def author(slug: str) -> str:
    """The one author."""
    return _random(slug).choice(NAMES)


def paragraphs(slug: str, count: int = 9) -> list[str]:
    """The body's paragraphs, of three sentences each."""
    chance = _random(f"{slug}/body")
    return [" ".join(_sentence(chance) for _ in range(3)) for _ in range(count)]


def _sentence(chance: Random) -> str:
    did = chance.choice(DID).format(n=chance.randrange(12, 900))
    return f"{chance.choice(WHO)} of {chance.choice(PLACES)} {did} {chance.choice(WHEN)}, {chance.choice(WHY)}."


def article(slug: str, *, head: str = "", body: list[str] | None = None, headline: str | None = None) -> str:
    """A plain news page with JSON-LD, without a charset of its own. `head` goes into the head as it is."""
    text = paragraphs(slug) if body is None else body
    headline = title(slug) if headline is None else headline
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": headline,
        "datePublished": "2026-11-20T08:30:00+00:00", "author": {"@type": "Person", "name": author(slug)},
    }  # fmt: skip
    blocks = "\n".join(f"<p>{paragraph}</p>" for paragraph in text)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{head}<title>{headline}</title>\n'
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script></head>\n'
        f'<body><header><a href="./">Front page</a></header><main><article><h1>{headline}</h1>\n'
        f'<p class="byline">By {author(slug)}</p><time datetime="2026-11-20T08:30:00+00:00">20 November 2026</time>\n'
        f"{blocks}\n</article></main><footer>The Sound Courier</footer></body></html>\n"
    )


def listing(targets: Iterable[str], extra: str = "") -> str:
    """A section's front page with a headline for each link."""
    rows = "\n".join(f'<li><h2><a href="{target}">{title(target)}</a></h2></li>' for target in targets)
    head = '<!DOCTYPE html><html lang="en"><head><title>Latest news</title></head>'
    return f"{head}<body><ul>{rows}</ul>{extra}</body></html>"


def rss(entries: Iterable[tuple[str, str]], *, prolog: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """RSS 2.0 of (title, link) pairs, put in unescaped."""
    items = "".join(
        f"<item><title>{name}</title><link>{link}</link><pubDate>Fri, 20 Nov 2026 08:30:00 GMT</pubDate></item>\n"
        for name, link in entries
    )
    return f'{prolog}<rss version="2.0"><channel><title>The Sound Courier</title>\n{items}</channel></rss>'


def urlset(locs: Iterable[str], *, prolog: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """A sitemap of these locations, put in unescaped."""
    rows = "".join(f"<url><loc>{loc}</loc><lastmod>2026-11-20</lastmod></url>\n" for loc in locs)
    return f'{prolog}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>'


def sitemap_index(locs: Iterable[str]) -> str:
    """A sitemap index of these sitemaps."""
    rows = "".join(f"<sitemap><loc>{loc}</loc></sitemap>\n" for loc in locs)
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return f'{head}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</sitemapindex>'
