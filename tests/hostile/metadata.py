"""Odd metadata: JSON-LD, links and dates of other types and values than expected."""

from __future__ import annotations

import json
from random import Random

from .table import TITLE, hostile, page

MARK = '<script type="application/ld+json">'


def _json_ld(text: str, close: str = "</script>") -> bytes:
    return page(head=f"{MARK}{text}{close}").encode()


def _news(**fields: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **fields}


@hostile("read")
def json_deep_lists(chance: Random) -> bytes:
    """JSON-LD of lists in lists, deeper than Python recurses: json.loads raises RecursionError, no ValueError."""
    depth = 100_000
    return _json_ld("[" * depth + "]" * depth)


@hostile("read")
def json_deep_objects(chance: Random) -> bytes:
    """An author inside an author inside an author."""
    depth = 40
    return _json_ld('{"@type":"NewsArticle","author":' * depth + '"x"' + "}" * depth)


@hostile("read")
def json_graph_cycle(chance: Random) -> bytes:
    """An @graph whose @id references lead in a circle, and nodes with the same @id."""
    ring = [{"@id": f"#{n}", "@type": "NewsArticle", "isPartOf": {"@id": f"#{(n + 1) % 3}"}} for n in range(3)]
    same = [{"@id": "#same", "author": {"@id": "#same"}}] * 20
    return _json_ld(json.dumps({"@context": "https://schema.org", "@graph": ring + same}))


@hostile("read")
def json_wrong_types(chance: Random) -> bytes:
    """Every field of another type than expected: a headline that is a list, a date that is a number, authors nested."""
    odd: list[object] = [None, 0, 1e308, True, [], {}, [[["x"]]], {"@value": {"@value": None}}, "", [None, {"name": 7}]]
    keys = (
        "author", "datePublished", "dateModified", "publisher", "image", "keywords", "inLanguage", "url",
        "isBasedOn", "articleSection", "@id", "mainEntityOfPage", "isAccessibleForFree", "provider",
    )  # fmt: skip
    blocks = [_news(**{key: chance.choice(odd) for key in keys}) for _ in range(20)]
    blocks += [{"@type": value, "headline": value} for value in odd]  # type: ignore[misc]
    return page(head="".join(f"{MARK}{json.dumps(block)}</script>" for block in blocks)).encode()


@hostile("read")
def json_huge_numbers(chance: Random) -> bytes:
    """Integers of 5,000 digits (int() refuses over 4,300), NaN, Infinity, 1e999."""
    digits = "9" * 5_000
    return _json_ld(f'{{"@type":"NewsArticle","wordCount":{digits},"position":NaN,"x":[Infinity,-Infinity,1e999,-0]}}')


@hostile("read")
def json_lone_surrogates(chance: Random) -> bytes:
    r"""\ud800 in headline, author and section: json.loads accepts it, writing it as UTF-8 raises."""
    fields = r'"headline":"Calm \ud800 at sea","author":{"name":"Ida \udfff"},"articleSection":"\ud83d"'
    return _json_ld('{"@type":"NewsArticle",' + fields + "}")


@hostile("read")
def json_nul_and_controls(chance: Random) -> bytes:
    r"""\u0000, \u001b and raw control characters inside JSON-LD strings."""
    return _json_ld(
        '{"@type":"NewsArticle","author":"Ida\\u0000 \\u001b[31mVerhoven \x01\x02\x08","keywords":"a\\u0000b"}'
    )


def _day(chance: Random) -> str:
    return f"{chance.randrange(99_999)}-{chance.randrange(15):02d}-{chance.randrange(35):02d}"


@hostile("either", article=True)
def dates(chance: Random) -> bytes:
    """Dates in text and time elements, impossible ones among them."""
    days = ((_day(chance), _day(chance)) for _ in range(50))
    times = "".join(f'<time datetime="{one}T25:61:61+99:99">{two}</time> ' for one, two in days)
    head = f'<meta property="article:published_time" content="{_day(chance)}">'
    return page(body=f"<p>{times}</p>", head=head).encode()


@hostile("read")
def base_javascript(chance: Random) -> bytes:
    """<base href="javascript:...">, then relative links, image and canonical."""
    links = '<link rel="canonical" href="a"><link rel="next" href="b"><meta property="og:image" content="c.jpg">'
    return page(head=f'<base href="javascript:alert(1)//">{links}', body='<a href="d">d</a>').encode()


@hostile("read")
def broken_urls(chance: Random) -> bytes:
    """Canonical, image and links that are no URLs: http://[, http://:80, //, a port of five nines, NUL."""
    odd = (
        "http://[", "http://[::1", "http://:80/", "//", "http://a:99999/", "http://a\x00b/", "http://%zz/", "ht tp://a",
        "?", "http://\u202e/", "http://a" + ".a" * 300, "javascript:1", "data:,", "http://xn--/", "http://é" * 99,
    )  # fmt: skip
    head = "".join(f'<link rel="canonical" href="{u}"><meta property="og:image" content="{u}">' for u in odd)
    return page(head=head, body="".join(f'<a href="{u}">x</a>' for u in odd * 2)).encode()


@hostile("read")
def cyclic_links(chance: Random) -> bytes:
    """Canonical, next, prev, amphtml, alternate and refresh all name the page itself, in five spellings."""
    forms = ("", "#", "?", "./", "https://news.example/story")
    rels = ("canonical", "next", "prev", "amphtml", "alternate", "first", "last")
    head = "".join(f'<link rel="{rel}" href="{form}">' for rel in rels for form in forms)
    return page(head=f'{head}<meta http-equiv="refresh" content="0">').encode()


@hostile("read")
def language_lies(chance: Random) -> bytes:
    """lang and og:locale of 200 letters, of "../..", of NUL; the text is English."""
    long = "x-" * 100
    head = f'<meta property="og:locale" content="{long}"><meta http-equiv="content-language" content="../../en">'
    return page(head=head).replace('lang="en"', 'lang="zz\x00-../etc"').encode()
