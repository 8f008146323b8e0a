"""Wire copy by its dateline or its closing mark: "RAFAH, Gaza Strip (AP) —", "Bruselas, 7 oct (EFE).-", "... (dpa)"."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.items import Evidence
from newscrawl.provenance.article_extent import beside_picture, is_caption
from newscrawl.provenance.date_phrases import is_date
from newscrawl.provenance.directory.directory import Publisher
from newscrawl.provenance.name_keys import same_name
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.signal import Context, Signal
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

OPENING, CLOSING = 4, 4
"""How many blocks from the text's beginning and end are looked at."""

_DASH = r"(?:\s{0,2}(?:[-–—―‒:._]|--|–|\?|â€.?|\|)){1,3}"
_WIDE = {
    "news.cn": re.compile(
        r"^\W{0,3}(?:据)?新华(?:社|网)[^，。]{0,20}?\d{1,2}月?\d{0,2}日?(?:专)?电|^（新华社|\(新华社"
    ),
    "chinanews.com.cn": re.compile(r"^\W{0,3}(?:中新社|中新网)[^，。]{0,20}?\d{1,2}日电"),
    "people.com.cn": re.compile(r"^\W{0,3}人民网[^，。]{0,16}?\d{1,2}月\d{1,2}日电"),
    "kyodonews.jp": re.compile(r"^【[^】]{1,20}共同】"),
    "afp.com": re.compile(r"^【\d{1,2}月\d{1,2}日\s?AFP】"),
    "reuters.com": re.compile(r"^[［\[][^］\]]{1,30}ロイター[］\]]"),
    "jiji.com": re.compile(r"^【[^】]{1,20}時事】"),
    "apanews.net": re.compile(r"^APA\s?[-–]\s?[^\W\d_]{3,20}(?:\s\([^)]{3,30}\))?\s?[-–—]"),
}
"""Datelines of a form of their own, by the agency's domain."""
_NAMED = re.compile(
    r"^\W{0,3}(?:[^\W\d_][^()\n!?;]{0,60}?\s)?\((?P<latin>[A-Z]{3,5}|[^\W\d_][^()]{4,40})\)"
    + _DASH
    + r"|^\W{0,3}(?P<chinese>[\u4e00-\u9fff]{2,8}?)"
    r"(?:[^，。]{0,14}?\d{1,2}月\d{1,2}日(?:电|讯|消息|报道)|讯[：:\s]|消息[：:]|报道[：:\s】]|报道记者)"
)
"""Datelines with a name written out: "SPRINGFIELD (Capitol News Illinois) —", 央视网消息：, 【环球网报道 李明】."""

_BRACKET = re.compile(
    r"^\s?[〔【（(［\[](?P<inner>[^〕】）)］\]]{0,20}[^\x00-\u02ff][^〕】）)］\]]{0,24})[〕】）)］\]](?!\s?[:：])"
)
"""A bracket in a script without capitals that opens the text."""
_CREDITED = re.compile(r"[记記]者|[电電]|[报報][导道導]|特派|[综綜]合|\d")
_STOPPED = re.compile(
    r"^\W{0,3}[^\W\d_][^.!?()]{1,28}\.\s\d{1,2}\s[^\W\d_]{3,12}\.\s(?P<latin>[^.!?()]{2,30})\.\s(?P<chinese>)"
)
"""Київ. 2 березня. УНІАН."""


def find(document: Document, context: Context) -> list[Signal]:
    """The datelines that open the text and the marks that close it."""
    layout, blocks = context.layout, document.blocks
    signals = []
    for block in blocks[max(0, layout.start - 2) : min(layout.end, layout.start + OPENING)]:
        signals += _opening(block, context)
    for index in layout.closing(CLOSING, 2, blocks):
        signals += _closing(blocks[index], context)
    return signals


def _opening(block: Block, context: Context) -> list[Signal]:
    text = block.text[:160]
    if is_caption(block):
        return []
    match = _opening_regex(context.directory.marks).match(text)
    if match and (found := _agency(match["mark"] or match["bare"], context)) and _opens(match, found, context):
        return _signals(found, match[0], "dateline/opening")
    for domain, regex in _WIDE.items():
        if (match := regex.match(text)) and (publisher := context.directory.by_domain(domain)):
            return _signals([publisher], match[0], "dateline/opening")
    return _named(text, context)


_REPORTER = re.compile(
    r"^\W{0,2}(?P<name>[^\s／/|｜:：，。]{2,14})\s?[／/|｜]\s?(?:[^\s／/|｜]{0,4}(?:記者|记者|特派員|编译|編譯|綜合|综合|整理|[報报][導导道]|文|編輯|编辑)|記者)"
)
"""聯合新聞網／記者李明／台北報導."""


def _named(text: str, context: Context) -> list[Signal]:
    """A publisher of the directory, written out, where a dateline has an agency's mark."""
    if (reporter := _REPORTER.match(text)) and (known := context.directory.named(reporter["name"])):
        return [] if is_own_name(reporter["name"], context) else _signals([known], reporter[0], "dateline/reporter")
    if bracket := _BRACKET.match(text):
        return _bracketed(bracket, context)
    match = _NAMED.match(text) or _STOPPED.match(text)
    name = (match["latin"] or match["chinese"]) if match else None
    publisher = context.directory.by_name(name)
    if match is None or publisher is None or name is None or is_own_name(name, context):
        return []
    if _abbreviates(name, text[: match.end()].split("(", maxsplit=1)[0]):
        return []
    return _signals([publisher], match[0], "dateline/opening")


def _bracketed(match: re.Match[str], context: Context) -> list[Signal]:
    """The publisher that a bracket opens the text with: 〔中央社〕, （中央社記者李明台北3日電）, (태안=연합뉴스)."""
    inner = match["inner"]
    parts = [
        *(inner[:length] for length in (6, 5, 4, 3)),
        inner.rsplit("=", maxsplit=1)[-1],
        *_CREDITED.split(inner)[:1],
        *re.split(r"[\s　/／|｜・]", inner),
    ]
    for part in parts:
        publisher = context.directory.named(part) if len(part) > 1 else None
        if publisher and publisher.kind in ("agency", "publisher"):
            return [] if is_own_name(part, context) else _signals([publisher], match[0], "dateline/opening")
    return []


def _opens(match: re.Match[str], found: list[Publisher], context: Context) -> bool:
    """Whether what stands before the mark is a place and a date, not a sentence or a party's name.

    "Pakistan Tehreek-e-Insaf (PTI) Chairman" has no dash; "The Associated Press (AP) — " explains its letters.
    """
    place = (match["place"] or match["place_bare"] or "").strip(" ,-–—")
    at_home = found[0].country == context.directory.country
    if _abbreviates(match["mark"] or match["bare"], place):
        return False
    if match["bare"]:
        return (at_home or not found[0].weak) and _is_place(place)
    if match["dash"] is None and place and not _is_clearly_place(place, at_home=at_home):
        return False
    names = (found[0].name, *found[0].names)
    return not any(same_name(place, name) for name in names) and _is_place(place)


def _abbreviates(mark: str, place: str) -> bool:
    """Whether the mark is short for what stands before it: "Port Tariff Institute (PTI) — "."""
    return len(mark) > 1 and "".join(word[0] for word in re.findall(r"\w+", place) if word[0].isupper()).endswith(mark)


def _is_clearly_place(place: str, *, at_home: bool) -> bool:
    """Whether a mark needs no dash behind it: "EAST LANSING, Mich. (AP) The"; "Bonn (KNA) Die" only at home."""
    return place.split(",")[0].isupper() or bool(re.search(r"\d", place)) or (at_home and " " not in place)


def _is_place(place: str) -> bool:
    """Whether all words are a name's, short, or a month's: "Praha 3. března"."""
    words = place.split()
    return all(
        not word[:1].islower() or len(word) <= 4 or is_date(f"{word} 1") or (at > 0 and words[at - 1][:1].isdigit())
        for at, word in enumerate(words)
    )


def _closing(block: Block, context: Context) -> list[Signal]:
    match = _closing_regex(context.directory.marks).search(block.text[-90:])
    if match is None or is_caption(block) or beside_picture(block) or len(block.text) < len(match[0]):
        return []
    found = _agency(match["mark"], context)
    at_home = bool(found) and found[0].country == context.directory.country
    if not found or (found[0].weak and len(match["mark"]) < 3 and not at_home):
        return []
    return _signals(found, block.text[-120:], "dateline/closing")


def _signals(found: list[Publisher], text: str, rule: str) -> list[Signal]:
    """One for each agency; of several none is the origin."""
    return [
        Signal(
            evidence=Evidence(kind="dateline", text=text.strip(), rule=rule),
            name=publisher.called(text),
            domain=publisher.domain,
            relation="wire" if publisher.kind == "agency" else "republished",
            role="originator" if len(found) == 1 else "contributor",
            confidence="explicit_name",
        )
        for publisher in found
    ]


def _agency(credit: str, context: Context) -> list[Publisher]:
    """The agencies of a mark such as "AP", "dpa/lno", "AFP/Reuters"; none where the outlet itself is among them."""
    found: list[Publisher] = []
    for part in re.split(r"[/,;|]|\s(?:and|und|et|y)\s|\s-\s", credit):
        publisher = context.directory.by_mark(part.strip(" .-–—"))
        if publisher is None:
            if re.fullmatch(r"[a-z]{1,4}|AFX|infocom|Archiv|[KW][A-Z]{2,4}", part.strip()):
                continue
            return []
        if context.directory.same_outlet(publisher.domain, context.source_domain):
            return []
        found.append(publisher)
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4)
def _opening_regex(marks_known: tuple[str, ...]) -> re.Pattern[str]:
    """A place of at most 70 characters, the mark in brackets, a dash; or a place in capitals and the mark alone."""
    marks = "|".join(re.escape(mark) for mark in marks_known)
    credit = rf"(?:[A-Z]{{3,5}}/)?(?:{marks})(?:\s?[/,;+-]\s?(?:{marks}|[a-z]{{1,4}}|[A-Z]{{3,5}})){{0,2}}"
    place = (
        r"[^\W\d_][^()\[\]\n.!?:;]{0,50}?(?:[(\[][^()\[\]\n]{2,25}[)\]][^()\[\]\n.!?:;]{0,20}?)?"
        r"(?:\.[^()\[\]\n!?:;]{0,40}?)?"
    )
    return re.compile(
        rf"^\W{{0,3}}(?:(?:(?P<place>{place})[\s,:-]{{1,3}})?[(\[/]\s?(?P<mark>{credit})\s?[)\]/]"
        rf"(?:(?P<dash>{_DASH})|(?=\s{{0,2}}[A-ZÄÖÜ«„\"“।\u0400-\u0dff]))"
        rf"|(?:(?P<place_bare>{place})\s{{0,2}}[-–—,]?\s{{0,2}})?(?P<bare>{credit})\s{{0,2}}(?:\.?[-–—]{{1,2}}\s|\s[-–—|]{{1,2}}|\.-|(?<=[^\x00-\x7f])[.:]\s)\s?(?=\S))"
    )


@lru_cache(maxsize=4)
def _closing_regex(marks_known: tuple[str, ...]) -> re.Pattern[str]:
    """The mark at the end of a paragraph: "(dpa)", "— Reuters", ". EFE", "/ANSA", "/ritzau/", "(KEYSTONE-SDA)"."""
    marks = "|".join(re.escape(mark) for mark in marks_known)
    credit = rf"(?:{marks})(?:\s?[/,;+-]\s?(?:{marks}|[a-z]{{1,4}}|AFX)){{0,2}}"
    return re.compile(
        rf"(?:[(\[]\s?©?|(?:^|[.!?…”\"»]\s?)(?:[-–—]{{1,2}}\s?|©\s?)|[.!?…”\"»](?:\s|\s?/))"
        rf"(?P<mark>{credit})\s?(?:[)\]]\.?|/|\.?)$"
    )
