"""The next page of a listing: "1 2 3 ... 6,013", rel=next, ?page=, /page/N/, "older"; by structure before words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from newscrawl.discovery.anchors import Anchor
from newscrawl.discovery.discovery_result import absolute
from newscrawl.web.dates import iso
from newscrawl.web.document import Document
from newscrawl.web.urls import differ_by_session, domain_of, without_session

_NUMBER = re.compile(r"(?<!\d)\d{1,7}(?!\d)")
_LABEL = re.compile(r"\D{0,12}?(\d{1,3}(?:[,.\u00a0\u202f ]\d{3}){1,2}|\d{1,7})\D{0,2}")
_DATED = re.compile(r"(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?(?:0?[1-9]|[12]\d|3[01]))?(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=/|$)")
"""A year, or page 1,900 to 2,099 of a long listing."""
_DATE_ALONE = re.compile(rf"(?<![0-9A-Za-z])(?:{_DATED.pattern}|{_YEAR.pattern})(?![0-9A-Za-z])")
"""A date that is no part of a code: "?after=d170f43a1386692068" has none."""
_CALENDAR = re.compile(
    r"[?&/_-](?:dates?|days?|months?|years?|cal|calendar|dat|tag|monat|jahr|jour|mois|annee|dia|mes|ano|ym|ymd)[=/_-]?$",
    re.IGNORECASE,
)
_PAGED = re.compile(
    r"[?&/_.-](?:pages?|paged|pagina|pag|pg|p|seite|page_?(?:no|num|number)|pn|strona|sivu|sida|side)[=/_-]?$",
    re.IGNORECASE,
)
_PATH_END = re.compile(r"/(?:index|default)\.\w{2,5}$|\.(?:html?|php|aspx?|jsp)$|/$", re.IGNORECASE)
_OFFSET = re.compile(r"[?&](?:start|offset|from|skip|first|begin|ofs)=$", re.IGNORECASE)
_HINT = re.compile(
    r"\bnext\b|older|load[-_]?more|show[-_]?more|view[-_]?more|pagination[-_]?next|nextpage", re.IGNORECASE
)
_ARROWS = frozenset(("›", "»", "→", ">", ">>", "❯", "⟩", "▶", "⇒"))
_NEXT_WORDS = re.compile(
    r"next|older|more|weiter|nächste|naechste|ältere|mehr|suivant|plus|ancien|siguiente|antigu|más|próxim|seguinte|mais"
    r"|successiv|avanti|altr|volgende|meer|oudere|nästa|äldre|neste|næste|ældre|flere|seuraava|następn|starsze|więcej"
    r"|další|starší|ďalš|következő|régebbi|următo|sonraki|daha|следующ|далее|вперед|ещё|еще|наступн|далі|επόμεν|التالي"
    r"|المزيد|הבא|अगल|ถัดไป|下一页|下一頁|下页|更多|次へ|次の|もっと|다음|더보기|tiếp|xem thêm|berikutnya",
    re.IGNORECASE,
)
"""What the next page is called; asked only where the link's URL already fits (see `_named`)."""
_MAX_LABEL = 40
"""Characters of what a link to the next page is called; longer texts, and those in headings, are headlines."""
_LEAST_ID = 100_000
"""Numbers from here on are ids of articles, which also go up by one; the longest listing known has 6,013 pages."""
_AFTER = frozenset(("", "/", ".", "?", "&", "_", "#"))
"""What may follow a page's number; "/page-2-of-our-history" is an article."""
_TAIL = 30
"""Characters before a number that tell what it counts; a hostile URL is long."""
_DATA_HREFS = ("data-next-url", "data-next", "data-next-page", "data-url", "data-href", "hx-get", "data-load-more-url")


class Pages(NamedTuple):
    """What a listing tells of its pages."""

    next_url: str | None = None
    next_page: int | None = None
    page: int | None = None
    """Number of this page, from 1."""
    pages: int | None = None
    """The highest number named."""


class _Slot(NamedTuple):
    """A number in a URL: the URL parted around it."""

    before: str
    number: int
    after: str


def pagination(document: Document, links: Iterable[Anchor]) -> Pages:
    """The next page of this listing, and the numbers that are known; all None where it names none.

    Days, months and years are no pages: a calendar goes on for ever, and every page of it names another.
    """
    url = without_session(document.url.partition("#")[0])
    own = domain_of(url)
    links = [*links, *_hidden(document, own)]
    links = [link for link in links if not differ_by_session(url, link.url) and domain_of(link.url) == own]
    numbered = _numbered(url, links)
    if numbered.next_url:
        return numbered
    titled = {link.url for link in links if link.heading or len(link.text) > _MAX_LABEL}
    untitled = [link for link in links if link.url not in titled]
    found = _declared(document, url, links) or _successor(url, untitled) or _named(url, untitled)
    page = numbered.page or _page_of(url, url)
    if not found:
        return numbered._replace(page=page)
    following = _page_of(url, found.url) or (page + 1 if page else None)
    if following == 1:  # counted from 0: the second page is ?page=1
        return Pages(found.url, 2, 1, numbered.pages)
    return Pages(found.url, following, page or (following - 1 if following else None), numbered.pages)


def _rels(link: Anchor) -> list[str]:
    return (link.node.get("rel") or "").lower().split()


def _pseudo(document: Document, node: HtmlElement, href: str | None, own: str | None) -> Anchor | None:
    url = absolute(document.base_url, href)
    if not url or domain_of(url) != own or url == document.url:
        return None
    return Anchor(url=url, text="", node=node, heading=False, card=False, boilerplate=False, place="")


def _declared(document: Document, url: str, links: Iterable[Anchor]) -> Anchor | None:
    """The link with rel=next, in the text or the head; WordPress says so of the next article too, on each article."""
    heads = [node for node in document.tree.iter("link") if "next" in (node.get("rel") or "").lower().split()]
    named = [link for node in heads[:5] if (link := _pseudo(document, node, node.get("href"), domain_of(url)))]
    named += [link for link in links if "next" in _rels(link)]
    named = [link for link in named if not differ_by_session(url, link.url)]
    return next((link for link in named if _continues(url, link.url)), None)


def _continues(url: str, following: str) -> bool:
    """Whether the URL is beneath the listing's own, or its own with another query, or has a page's number."""
    paged = any(_PAGED.search(slot.before[-_TAIL:]) for slot in _slots(following))
    return paged or _extends(url, following)


def _hidden(document: Document, own: str | None) -> list[Anchor]:
    """Buttons that carry the next page's URL in an attribute: <button data-url="/news?page=2">Load more</button>."""
    nodes = document.tree.iter("button", "div", "a", "span", "li", "section")
    hrefs = ((node, href) for node in nodes for name in _DATA_HREFS if (href := node.get(name)))
    return [link for node, href in hrefs if (link := _pseudo(document, node, href, own))]


def _slots(url: str, *, years: bool = False) -> Iterator[_Slot]:
    """The numbers in the URL's path and query that may be a page's: no dates, no parts of longer numbers. What may be a
    year counts as a page's where it is an offset or so named, elsewhere with `years` only."""
    start = url.find("/", 8)
    if start < 0:
        return
    dated = [match.span() for match in _DATED.finditer(url, start)]
    in_years = set() if years else {match.start() for match in _YEAR.finditer(url, start)}
    for match in list(_NUMBER.finditer(url, start))[:12]:
        before, number, after = url[: match.start()], int(match[0]), url[match.end() :]
        tail = before[-_TAIL:]
        in_date = any(low <= match.start() < high for low, high in dated) and not _PAGED.search(tail)
        in_date |= match.start() in in_years and not (_PAGED.search(tail) or _OFFSET.search(tail))
        if after[:1] in _AFTER and not in_date and not _CALENDAR.search(before[-_TAIL:]):
            yield _Slot(before, number, after)


def _numbered(url: str, links: Iterable[Anchor]) -> Pages:
    """The pages that "1 2 3 ... 6,013" names: links whose texts are numbers and whose URLs differ only in a number."""
    by_stem: defaultdict[tuple[str, str], dict[int, tuple[int, str]]] = defaultdict(dict)
    for link in links:
        label = _LABEL.fullmatch(link.text) if len(link.text) <= 24 else None
        if label:
            named = int(re.sub(r"\D", "", label[1]))
            for slot in _slots(link.url, years=True):
                if label.start(1) == 0 or _PAGED.search(slot.before[-_TAIL:]):  # "Page 2", but not "Formula 2"
                    by_stem[slot.before, slot.after].setdefault(named, (slot.number, link.url))
    rows = [(stem, row) for stem, row in by_stem.items() if _is_row(stem, row, url)]
    if not rows:
        return Pages()
    stem, row = max(rows, key=lambda item: (_extends(url, item[0][0]), len(item[1])))
    page = _current(url, stem, row)
    following = row.get(page + 1)
    return Pages(following and following[1], page + 1 if following else None, page, max(page, *row))


def _is_row(stem: tuple[str, str], row: dict[int, tuple[int, str]], url: str) -> bool:
    """Whether text and number of the links go together: page 2 at 2, at 1 (counted from 0), or at 20 (an offset)."""
    paged = bool(_PAGED.search(stem[0][-_TAIL:]))
    related = _extends(url, stem[0]) or any((slot.before, slot.after) == stem for slot in _slots(url, years=True))
    if not paged and (not related or all(1900 <= named <= 2100 for named in row)):
        return False
    same = all(named == number for named, (number, _) in row.items())
    if same or all(named == number + 1 for named, (number, _) in row.items()):
        return True
    steps = {number // (named - 1) for named, (number, _) in row.items() if named > 1 and number % (named - 1) == 0}
    whole = all(named <= 1 or number % (named - 1) == 0 for named, (number, _) in row.items())
    return whole and len(steps) == 1 and (len(row) > 1 or bool(_OFFSET.search(stem[0][-_TAIL:])))


def _current(url: str, stem: tuple[str, str], row: dict[int, tuple[int, str]]) -> int:
    """The number of the page itself: by its URL, else 1 (the first page has no number in its URL)."""
    named, (number, _) = max(row.items())
    for slot in _slots(url, years=True):
        if (slot.before, slot.after) == stem:
            if number in (named, named - 1):
                return slot.number + named - number
            return slot.number // max(1, number // max(1, named - 1)) + 1
    return 1


def _extends(url: str, before: str) -> bool:
    """Whether a URL that begins so lies beneath the listing's own."""
    return _bare(before).startswith(_stem(url))


def _bare(url: str) -> str:
    """The URL without scheme and "www.": sites mix their own names."""
    return url.partition("#")[0].partition("://")[2].removeprefix("www.")


def _stem(url: str) -> str:
    """The same without query, index file, file ending and closing slash."""
    site, slash, path = _bare(url).partition("?")[0].partition("/")
    return site + _PATH_END.sub("", slash + path)


def _successor(url: str, links: Iterable[Anchor]) -> Anchor | None:
    """The link that is this page's URL with the next number, or with the number 2 where this one has none."""
    own = {(slot.before, slot.after): slot.number for slot in _slots(url)}
    for link in links:
        if any(_follows(url, own, slot, link) for slot in _slots(link.url)):
            return link
    return None


def _follows(url: str, own: dict[tuple[str, str], int], slot: _Slot, link: Anchor) -> bool:
    tail = slot.before[-_TAIL:]
    number = own.get((slot.before, slot.after))
    if number is not None:
        return slot.number == number + 1 < _LEAST_ID and (
            "?" in slot.before or bool(_PAGED.search(tail)) or _hinted(link)
        )
    first = slot.number == 2 or (slot.number > 2 and bool(_OFFSET.search(tail)))
    return not own and first and _adds_only(url, slot) and (bool(_PAGED.search(tail)) or _hinted(link))


def _adds_only(url: str, slot: _Slot) -> bool:
    """Whether the URL with the number is this page's and no more: one parameter besides, or "/page/2" behind it."""
    if "?" in slot.before:
        path, _, query = slot.before.partition("?")
        theirs = parse_qsl(query + "0" + slot.after, keep_blank_values=True)
        ours = parse_qsl(urlsplit(url).query, keep_blank_values=True)
        return _stem(path) == _stem(url) and all(pair in theirs for pair in ours) and len(theirs) == len(ours) + 1
    behind = _bare(slot.before).removeprefix(_stem(url))
    return _extends(url, slot.before) and len(behind) <= 16 and behind.strip("/_-").count("/") == 0


def _named(url: str, links: Iterable[Anchor]) -> Anchor | None:
    """The link that words, an arrow or its class call the next page, if it leads to this path or beneath: cursors."""
    for link in links:
        same = "?" in link.url and _stem(link.url) == _stem(url)
        paged = any(_PAGED.search(slot.before[-_TAIL:]) for slot in _slots(link.url))
        if (same or paged) and _hinted(link) and not _LABEL.fullmatch(link.text) and not _is_dated(link):
            return link
    return None


def _is_dated(link: Anchor) -> bool:
    parts = urlsplit(link.url)
    values = [value for name, value in parse_qsl(parts.query) if not _counts(name, value)]
    return any(iso(value) for value in values) or any(map(_DATE_ALONE.search, (parts.path, *values)))


def _counts(name: str, value: str) -> bool:
    """Whether a parameter is a page's number or an offset: "start=1900" is no year."""
    before = f"?{name[-_TAIL:]}="
    return value.isdigit() and len(value) <= 5 and bool(_PAGED.search(before) or _OFFSET.search(before))


def _hinted(link: Anchor) -> bool:
    """Whether the link itself says that it is the next page: number, arrow, word, class or label."""
    text = link.text.strip()
    label = _LABEL.fullmatch(text)
    if (label and label.start(1) == 0) or text in _ARROWS:
        return True
    if len(text) <= 24 and _NEXT_WORDS.search(text):
        return True
    attributes = " ".join(link.node.get(name) or "" for name in ("class", "id", "aria-label", "rel", "title"))
    return bool(_HINT.search(attributes[:300]))


def _page_of(url: str, of: str) -> int | None:
    """The number of a page by its URL, where it is a page's number and no offset; `url` is the listing's."""
    slots = list(_slots(of))
    if any(_OFFSET.search(slot.before[-_TAIL:]) for slot in slots):
        return None
    paged = [slot.number for slot in slots if _PAGED.search(slot.before[-_TAIL:])]
    behind = [slot.number for slot in slots if "?" not in slot.before and _extends(url, slot.before)]
    return next(iter(paged + behind[::-1]), None)
