"""Hostile metadata: JSON-LD, meta, microdata, titles, authors, links and dates made to be slow, large or misleading."""

from __future__ import annotations

import json
from random import Random

from .table import TITLE, count, hostile, page

MARK = '<script type="application/ld+json">'


def _json_ld(text: str, close: str = "</script>") -> bytes:
    return page(head=f"{MARK}{text}{close}").encode()


def _news(**fields: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **fields}


@hostile("either", article=True)
def unterminated_json_string(chance: Random, scale: float) -> bytes:
    """JSON-LD whose string never closes, 43 KB of words and escapes: a regex for repair takes 8.5 s, at 103 KB 48 s."""
    return _json_ld('{"@type": "NewsArticle", "headline": "' + r"calm at sea \" " * count(scale, 2_900))


@hostile("either", article=True)
def unterminated_json_string_large(chance: Random, scale: float) -> bytes:
    """The same at 2 MB."""
    return _json_ld('{"@type": "NewsArticle", "articleBody": "' + "calm, at sea. " * count(scale, 145_000))


@hostile("either", article=True)
def unterminated_json_quotes(chance: Random, scale: float) -> bytes:
    """JSON-LD of 50,000 quotes and backslashes without sense: candidates for a string at every place."""
    text = "".join(chance.choice(('"', "\\", '\\"', ":", ",", "{", "name")) for _ in range(count(scale, 100_000)))
    return _json_ld('{"author": ' + text)


@hostile("either", article=True)
def json_error_at_the_end(chance: Random, scale: float) -> bytes:
    """840 KB of JSON-LD with 10,000 authors, right but for a comma before the last bracket: who falls back on patterns
    walks the whole again for each author."""
    authors = [{"@type": "Person", "name": f"Author {number} Verhoven", "url": f"/a/{number}"} for number in
               range(count(scale, 10_000))]  # fmt: skip
    return _json_ld(json.dumps(_news(author=authors))[:-1] + ",}")


@hostile("read")
def json_many_authors(chance: Random, scale: float) -> bytes:
    """100,000 authors in valid JSON-LD."""
    authors = [{"@type": "Person", "name": f"Author {number}"} for number in range(count(scale, 100_000))]
    return _json_ld(json.dumps(_news(author=authors)))


@hostile("read")
def json_deep_lists(chance: Random, scale: float) -> bytes:
    """JSON-LD of 100,000 nested lists: json.loads raises RecursionError, which is no ValueError."""
    depth = count(scale, 100_000)
    return _json_ld("[" * depth + "]" * depth)


@hostile("read")
def json_deep_objects(chance: Random, scale: float) -> bytes:
    """An author inside an author inside an author, 900 deep: loads well, and then breaks a recursive walk."""
    depth = count(scale, 900)
    return _json_ld('{"@type":"NewsArticle","author":' * depth + '"x"' + "}" * depth)


@hostile("read")
def json_graph_cycle(chance: Random, scale: float) -> bytes:
    """An @graph whose @id references lead in a circle, and 10,000 nodes with the same @id."""
    ring = [{"@id": f"#{n}", "@type": "NewsArticle", "isPartOf": {"@id": f"#{(n + 1) % 3}"}} for n in range(3)]
    same = [{"@id": "#same", "author": {"@id": "#same"}}] * count(scale, 10_000)
    return _json_ld(json.dumps({"@context": "https://schema.org", "@graph": ring + same}))


@hostile("read")
def json_wrong_types(chance: Random, scale: float) -> bytes:
    """Every field of another type than expected: a headline that is a list, a date that is a number, authors nested."""
    odd: list[object] = [None, 0, 1e308, True, [], {}, [[["x"]]], {"@value": {"@value": None}}, "", [None, {"name": 7}]]
    keys = (
        "author", "datePublished", "dateModified", "publisher", "image", "keywords", "inLanguage", "url",
        "isBasedOn", "articleSection", "@id", "mainEntityOfPage", "isAccessibleForFree", "provider",
    )  # fmt: skip
    blocks = [_news(**{key: chance.choice(odd) for key in keys}) for _ in range(count(scale, 300))]
    blocks += [{"@type": value, "headline": value} for value in odd]  # type: ignore[misc]
    return page(head="".join(f"{MARK}{json.dumps(block)}</script>" for block in blocks)).encode()


@hostile("read")
def json_huge_numbers(chance: Random, scale: float) -> bytes:
    """Integers of 100,000 digits (int() refuses over 4,300), NaN, Infinity, 1e999."""
    digits = "9" * count(scale, 100_000)
    return _json_ld(f'{{"@type":"NewsArticle","wordCount":{digits},"position":NaN,"x":[Infinity,-Infinity,1e999,-0]}}')


@hostile("read")
def json_lone_surrogates(chance: Random, scale: float) -> bytes:
    r"""\ud800 in headline, author and section: json.loads accepts it, writing it as UTF-8 raises."""
    fields = r'"headline":"Calm \ud800 at sea","author":{"name":"Ida \udfff"},"articleSection":"\ud83d"'
    return _json_ld('{"@type":"NewsArticle",' + fields + "}")


@hostile("read")
def json_nul_and_controls(chance: Random, scale: float) -> bytes:
    r"""\u0000, \u001b and raw control characters inside JSON-LD strings."""
    return _json_ld(
        '{"@type":"NewsArticle","author":"Ida\\u0000 \\u001b[31mVerhoven \x01\x02\x08","keywords":"a\\u0000b"}'
    )


@hostile("either", article=True)
def json_duplicate_keys(chance: Random, scale: float) -> bytes:
    """One object with the key "headline" 200,000 times, and one with 200,000 different keys."""
    same = ",".join(f'"headline":"{number}"' for number in range(count(scale, 200_000)))
    many = ",".join(f'"k{number}":1' for number in range(count(scale, 200_000)))
    return _json_ld(f'[{{"@type":"NewsArticle",{same}}},{{{many}}}]')


@hostile("either", article=True)
def meta_tags(chance: Random, scale: float) -> bytes:
    """100,000 meta tags."""
    names = ("author", "article:tag", "keywords", "og:title", "article:published_time", "dc.source", "robots")
    tags = "".join(f'<meta name="{chance.choice(names)}" content="{n}">' for n in range(count(scale, 100_000)))
    return page(head=tags).encode()


@hostile("either", article=True)
def microdata_items(chance: Random, scale: float) -> bytes:
    """100,000 microdata items, in groups of 50 inside each other."""
    item = '<div itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ida</span>'
    groups = (item * 50 + "</div>" * 50) * count(scale, 2_000)
    return page(body=groups).encode()


@hostile("either", article=True)
def title_of_10_mb(chance: Random, scale: float) -> bytes:
    """A <title> and an og:title of 10 MB each."""
    words = " | Ferry sails" * count(scale, 700_000)
    made = page(head=f'<meta property="og:title" content="{words}">')
    return made.replace("</title>", f"{words}</title>", 1).encode()


@hostile("either", article=True)
def headline_of_1_mb(chance: Random, scale: float) -> bytes:
    """An <h1> with 1 MB of title separators before its words: " - | : »", at which a cleaner would cut."""
    return page().replace("<h1>", "<h1>" + " - | : » " * count(scale, 100_000)).encode()


@hostile("either", article=True)
def bylines(chance: Random, scale: float) -> bytes:
    """A byline of 100,000 names with "and", "und", commas and titles between."""
    joints = (", ", " and ", " und ", "; ", " / ", ", Dr. ", " with ", " By ")
    names = "".join(f"Ida{chance.choice(joints)}Maren{chance.choice(joints)}" for _ in range(count(scale, 50_000)))
    return page().replace("By Ida Verhoven", f"By {names}").encode()


@hostile("either", article=True)
def author_elements(chance: Random, scale: float) -> bytes:
    """50,000 elements with class "author" and rel=author."""
    element = '<a rel="author" class="author byline" href="/a">Ida V</a>'
    return page(body=element * count(scale, 50_000)).encode()


def _day(chance: Random) -> str:
    return f"{chance.randrange(99_999)}-{chance.randrange(15):02d}-{chance.randrange(35):02d}"


@hostile("either", article=True)
def dates(chance: Random, scale: float) -> bytes:
    """50,000 dates in text and time elements, impossible ones among them."""
    days = ((_day(chance), _day(chance)) for _ in range(count(scale, 25_000)))
    times = "".join(f'<time datetime="{one}T25:61:61+99:99">{two}</time> ' for one, two in days)
    head = f'<meta property="article:published_time" content="{_day(chance)}">'
    return page(body=f"<p>{times}</p>", head=head).encode()


@hostile("read")
def base_javascript(chance: Random, scale: float) -> bytes:
    """<base href="javascript:...">, then relative links, image and canonical."""
    links = '<link rel="canonical" href="a"><link rel="next" href="b"><meta property="og:image" content="c.jpg">'
    return page(head=f'<base href="javascript:alert(1)//">{links}', body='<a href="d">d</a>').encode()


@hostile("read")
def broken_urls(chance: Random, scale: float) -> bytes:
    """Canonical, image and 500 links that are no URLs: http://[, http://:80, //, a port of five nines, NUL."""
    odd = (
        "http://[", "http://[::1", "http://:80/", "//", "http://a:99999/", "http://a\x00b/", "http://%zz/", "ht tp://a",
        "?", "http://\u202e/", "http://a" + ".a" * 2000, "javascript:1", "data:,", "http://xn--/", "http://é" * 99,
    )  # fmt: skip
    head = "".join(f'<link rel="canonical" href="{u}"><meta property="og:image" content="{u}">' for u in odd)
    return page(head=head, body="".join(f'<a href="{u}">x</a>' for u in odd * count(scale, 30))).encode()


@hostile("read")
def cyclic_links(chance: Random, scale: float) -> bytes:
    """Canonical, next, prev, amphtml, alternate and refresh all name the page itself, in five spellings."""
    forms = ("", "#", "?", "./", "https://news.example/story")
    rels = ("canonical", "next", "prev", "amphtml", "alternate", "first", "last")
    head = "".join(f'<link rel="{rel}" href="{form}">' for rel in rels for form in forms)
    return page(head=f'{head}<meta http-equiv="refresh" content="0">').encode()


@hostile("read")
def language_lies(chance: Random, scale: float) -> bytes:
    """lang and og:locale of 10,000 letters, of "../..", of NUL; the text is English."""
    long = "x-" * count(scale, 5_000)
    head = f'<meta property="og:locale" content="{long}"><meta http-equiv="content-language" content="../../en">'
    return page(head=head).replace('lang="en"', 'lang="zz\x00-../etc"').encode()
