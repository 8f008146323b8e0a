"""What a page must give: proposed from how it was read, and held against how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape

from newscrawl.items import Article, Needs, Rejection
from newscrawl.onboarding.saved_pages import CONFIRMED, Expected, ExpectedOrigin, SavedPage
from newscrawl.reading.explanation import Explanation
from newscrawl.web.document import parse
from newscrawl.web.text import fold

LONGEST = 160
"""Characters of a proposed text: enough to find it on the page."""
MAX_LACKS = 6
SHORTEST = 12
"""Characters of a text that may be proposed for `body_lacks`: shorter ones stand in many a body."""


def proposed(seen: Explanation, *, url: str, content_type: str | None, fetched_at: str) -> Expected:
    """What was read of a page, for a person to confirm. The page must have given an article."""
    article = seen.article
    assert article is not None
    return Expected(
        url=url,
        content_type=content_type,
        fetched_at=fetched_at,
        title=article.title,
        authors=article.authors,
        date=article.date_published,
        origin=ExpectedOrigin.of(article),
        body_has=_has(article),
        body_lacks=_lacks(seen, article),
        to_confirm=list(CONFIRMED),
    )


def _has(article: Article) -> list[str]:
    """The beginning of the first block, of one in the middle and of the last: where an end is lost, it shows."""
    blocks = article.body.split("\n\n")
    chosen = (blocks[0], blocks[len(blocks) // 2], blocks[-1])
    return list(dict.fromkeys(_cut(block.partition("\n")[0]) for block in chosen))


def _lacks(seen: Explanation, article: Article) -> list[str]:
    """Sentences cut out, then the blocks left out that stand nearest to the text: between its blocks, then after."""
    kept = [at for at, block in enumerate(seen.blocks) if block.kept]
    first, last = (kept[0], kept[-1]) if kept else (0, 0)
    order = sorted(range(len(seen.blocks)), key=lambda at: 0 if first < at < last else abs(at - last))
    texts = [*seen.cut, *(seen.blocks[at].text for at in order if not seen.blocks[at].kept)]
    known = f"{article.title}\n{article.body}"
    chosen = (_cut(text) for text in texts if len(text) >= SHORTEST)
    return list(dict.fromkeys(text for text in chosen if text not in known))[:MAX_LACKS]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]


def differences(verdict: Article | Rejection | Needs, expected: Expected) -> Iterator[str]:
    """How what was read differs from what is expected, a line for each field."""
    if isinstance(verdict, Rejection):
        yield f"no article: {verdict.reason}"
    elif isinstance(verdict, Needs):
        yield f"no article: needs {verdict.how} {verdict.url}"
    else:
        yield from _unlike(verdict, expected)
        yield from (f"body_has: {text!r} is not in the body" for text in expected.body_has if text not in verdict.body)
        yield from (f"body_lacks: {text!r} is in the body" for text in expected.body_lacks if text in verdict.body)


def _unlike(article: Article, expected: Expected) -> Iterator[str]:
    read = {
        "title": article.title,
        "authors": article.authors,
        "date": article.date_published,
        "origin": ExpectedOrigin.of(article),
    }
    for name, value in read.items():
        if value != (wanted := getattr(expected, name)):
            yield f"{name}: read {value!r}, expected {wanted!r}"


def shortcomings(saved: SavedPage) -> Iterator[str]:
    """Why an expectation proves nothing: unconfirmed, empty, or of texts that the page does not have."""
    expected = saved.expected
    if expected.to_confirm:
        names = ", ".join(expected.to_confirm)
        yield f"compare with {expected.url}, mend what is wrong, then take out of to_confirm: {names}"
    if not (expected.title or "").strip():
        yield "title is empty"
    for name in ("body_has", "body_lacks"):
        texts: list[str] = getattr(expected, name)
        if not texts or not all(text.strip() for text in texts):
            yield f"{name} is empty: {_NAMES[name]}"
    yield from _not_on_page(saved, [text for text in expected.body_lacks if text.strip()])


_NAMES = {
    "body_has": "name texts of the article",
    "body_lacks": "name texts of the page that are not the article's, or it proves nothing",
}
"""What the lists are to hold."""


def _not_on_page(saved: SavedPage, texts: Iterable[str]) -> Iterator[str]:
    document = parse(saved.html, saved.expected.url, content_type=saved.expected.content_type)
    if isinstance(document, str):
        return
    source = unescape(saved.html.decode("utf-8", "replace"))  # a script's data may hold the text that the page shows
    page = fold(" ".join([*(block.text for block in document.blocks), source]))
    yield from (f"body_lacks: {text!r} stands nowhere on the page" for text in texts if fold(text) not in page)
