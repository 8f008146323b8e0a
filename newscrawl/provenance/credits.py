"""Reads a credit: "By Ann Lee and Bo Berg, Associated Press", "Le Monde avec AFP", "ino/dpa", "Von dpa"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from newscrawl.provenance.directory.directory import Publisher
from newscrawl.provenance.name_keys import name_key, names_domain
from newscrawl.provenance.signal import Context

LONGEST = 160
"""Characters of a credit line; more is a paragraph."""

_BY = re.compile(
    r"\W{0,3}(?:(?:(?:written|reported|story|news|texte?|published|posted|provided) )?by|von|vom|via"
    r"|(?:(?:rédigé|écrit|publié|escrito|publicado|redactado) )?(?:par|por)|di|del|de|van|door|od|av|af"
    r"|autore?n?|autorin|auteur|author|agentur|agencia|agence|agenzia|agência|text(?=:)|red(?:acci[oó]n|azione|action)(?=\s\w)"
    r"|source|quelle|kaynak|fonte|fuente|bron|źródło|kilde|källa|lähde|zdroj|sursa|forrás|izvor|sumber|nguồn|πηγή|источник|джерело"
    r"|автор|haber|from|المصدر|مصدر|स्रोत|出典|文|作者|来源)"
    r"(?:\b|(?<=[文者源典]))\s{0,2}:?\s{0,2}(?:l[’'](?=[A-Z]))?",
    re.I,
)
_DATE_FIRST = re.compile(
    r"^(?:[A-Za-z]{4,12}:?\s)?\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[\d:.,\s–-]{0,12}(?:Uhr|h)?\s?[|•·,–-]?\s?(?=[^\W\d])"
)
"""A date before the credit: "03.03.2026 - 14:12 Uhr | dpa"."""
_DASH = re.compile(r"[-–—]{1,2}\s?\w[^-–—]{2,40}$")
_GLUED_BY = re.compile(r"(?:By|Par|Von)(?=[A-Z])")
_MONTH = (
    r"(?:jan|feb|m[aä]r|mrt|maart|apr|ma[iy]|mei|jun|jul|aug|sep|o[ckt]t|nov|de[cz]|fév|avr|juin|juil|aoû|déc|ene|abr|ago|dic"
    r"|fev|set|out|dez|gen|mag|giu|lug|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|oca|şub|nis|haz|tem|ağu|eyl|kas|ara"
    r"|янв|февр|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)"
    r"[a-zéûäçğıа-я]{0,7}"
)
_DATE = re.compile(
    r"(?:\b(?:updated|published(?! by)|posted(?! by)|modified|publié|veröffentlicht|aktualisiert|stand"
    r"|mis à jour|publicado|actualizado|aktualisierung|güncelleme|giriş)\b|\(?\b\d{1,2}[./:h]\d{2}"
    r"|(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:19|20|25)\d\d|\b\d{1,2}(?:\.|st|nd|rd|th)?\s"
    rf"{_MONTH}\b|\b{_MONTH}\.?\s\d{{1,2}}\b|(?<!\d)(?:19|20)\d\d[-/.年]"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).{0,160}$",
    re.I,
)
_REST = re.compile(r"(?:[|•·]|\s[-–—]\s|,?\s(?:with|avec|mit|con|in|à|en|aus)\s).{0,160}$")
"""What may follow the agency: a place, who helped: "AFP - Paris", "The Associated Press, with files from CTV"."""
_STRIP = " .,:;-–—()[]|/*_（）【】"
_PARTIAL = re.compile(
    r"\b(?:with|mit|avec|con|com|met|med|staff|agency|agencies|agenturen?|agences?|agencias?|redaktion|redacción|redazione|rédaction"
    r"|material|reports|inputs|wires?|services|contribut\w{0,8})\b|^and\b",
    re.I,
)
_SPLIT = re.compile(r"\s{0,2}(?:/|,|;|&|\+|、|\||\s(?:and|und|et|y|e|en|og|och|i)\s)\s{0,2}", re.I)
_JOINED = re.compile(r"(?:\s(?:and|und|et|y|e|en|og|och|i)\s(?:the\s)?|\s?[&+]\s?)$", re.I)
_INITIALS = re.compile(r"[a-zäöü]{1,4}|[A-ZÄÖÜ]{1,3}")
_LEAD = re.compile(
    r"^(?:con (?:información|datos|informaciones|informazioni|material(?:es)?|aportes) (?:de|di|da)l?"
    r"|mit (?:material|informationen|angaben|agenturmaterial)(?: (?:von|der|des))?"
    r"|unter verwendung von material (?:von|der)"
    r"|com (?:informações|informação|dados|agências) d[aeo]s?|avec (?:des )?(?:informations?|éléments) (?:de|d[’'])"
    r"|with (?:files|(?:additional )?reporting|inputs?|material|information|reports?|contributions?) (?:from|by)"
    r"|met (?:informatie|medewerking|bijdragen|dank) (?:van|aan)|z wykorzystaniem (?:materiałów|informacji)"
    r"|с использованием материалов|по материалам|بالتعاون مع|مع"
    r"|mit|avec|with|con|com|met|med)\s(?:l[’'](?!agence))?"
    r"|^(?:本[報报网網社])?[綜综]合[:：]?|^(?:एजेंसी )?इनपुट\s?[:：]?\s?",
    re.I,
)
_TAIL = re.compile(r"[外]?[電电]?(?:報導|报道|報道|消息|外電|外电)$|\s(?:के साथ|से)$")
"""What closes a list of agencies: 本報綜合法新社、美聯社報導."""
_NEUTRAL = re.compile(r"wire services?(?: content)?|report for america|news agency|staff writers?|contributor", re.I)
_PLACE = re.compile(r"[A-ZÄÖÜÉ][A-ZÄÖÜÉ .'-]{3,24}|[A-ZÄÖÜÉ][a-zà-ÿ]{2,20}")
_PICTURE = re.compile(
    r"\b(?:photos?|images?|getty|pictures?|shutterstock|foto|fotos|bild|bilder|video|illustration|file)\b(?!\s?[-:]?\s?agency)",
    re.I,
)
"""Who made a picture: "AP Photo", "Getty Images/AFP"."""
_LOOKS_A_NAME = re.compile(r"\.|[a-z][A-Z]|^(?:CNN|CNBC|NPR|BBC|CBS|NBC|PBS|CBC|NDTV|RFI|MSNBC|ESPN|DW|VOA|NHK|CGTN)$")
_WORDS = frozenset(
    "business culture deadline echo express focus food fortune health life live local metro mirror money monitor"
    " national nature news observer opinion people politics post quartz reason science self slate sport sports standard"
    " star style sun time today travel variety vice wired world".split()
)
"""Names of publishers that are a section's or a desk's as well: "By Ann Lee, Science"."""
_EDITION = re.compile(r"(dpa|APA|AFP|EFE|Reuters|ANSA|epd)[- /](?:AFX|l[a-z]{2}|infocom|tmn|International)")
_TITLE = re.compile(
    r"(?P<mark>.{2,30}?)\s(?:(?:[A-Z][a-z]{2,14}|Real Estate|White House|National Security|Pro Football)\s){0,2}?"
    r"(?:Staff\s)?(?:[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|[Ee]ditors?|[Cc]olumnist|[Ss]taff)$"
)
_SUFFIX = re.compile(
    r"\s(?:staff|sports|red|news\s?agency|news\s?service|news\s?wire|wire(?:\sservice)?|haber\sajansı)$", re.I
)
_AGENCY = re.compile(
    r"(?:l[’']|(?:the|la|die|der|de|da|do) )?(?:news |press |nachrichten)?"
    r"(?:agenc(?:e|y|ia)|agência|agenzia|agentur(?:en)?|agentschap|агентств[оа]|وكالة) "
    r"|(?:d[aeo]s?|von|der|the) |l[’']",
    re.I,
)
"""What may stand before an agency's name in a list: "avec Reuters et l'agence MAP", "da Reuters e da RFI"."""
_FOR = re.compile(r"(?P<person>[^,|/]{4,60}?)\s(?:for|of|from)\s(?P<mark>(?:the\s)?[A-Z].{1,40})")
_IN_BRACKETS = re.compile(r"(?P<person>[^()]{4,80})\s?\((?P<mark>[^()]{2,30})\)$")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit line says of publishers."""

    kind: Literal["sole", "person", "partial"]
    """sole: the agency alone; person: a person of the agency; partial: the outlet with the agency."""
    publishers: tuple[Publisher, ...]
    text: str
    """The line as printed."""


def read_credit(text: str, context: Context, *, marked: bool = True) -> Credit | None:
    """What the line credits; None where it names no publisher of the directory but the outlet itself.

    `marked` says that the page marks the line as a byline: without that or a "By", weak short forms do not count.
    """
    if not 2 <= len(text) <= LONGEST or "©" in text or text.endswith(":") or _PICTURE.search(text):
        return None
    line, prefixed = _without_by(_DATE.sub("", _DATE_FIRST.sub("", text)), context)
    prefixed = prefixed or bool(_DASH.match(text))
    line = line.strip(_STRIP)
    marked = marked or prefixed
    if found := _publisher(line, context, marked):
        return Credit("sole", (found,), text)
    if (found := _publisher(_REST.sub("", line).strip(_STRIP), context, marked)) and found.kind == "agency":
        return Credit("sole", (found,), text)
    if found := _beside_place(line, context):
        return Credit("sole", (found,), text)
    short = re.sub(r"\s[-–—]\s.{0,60}$", "", line)
    if (match := _IN_BRACKETS.match(short + ")" if "(" in short and ")" not in short else short)) and (
        found := _publisher(match["mark"], context, prefixed or (marked and bool(re.search("[|,]", match["person"]))))
    ):
        if found.kind == "distributor" and (inner := _parts(match["person"], text, context, marked)):
            return replace(inner, publishers=(*inner.publishers, found))  # "Ann Lee, Los Angeles Times (TNS)"
        return Credit("partial" if _names_outlet(match["person"], context) else "person", (found,), text)
    if (
        (match := _FOR.fullmatch(line))
        and _is_person(match["person"])
        and (found := _publisher(match["mark"], context, marked))
    ):
        return Credit("person", (found,), text)
    return _parts(line, text, context, marked) or _glued(line, text, context, prefixed=prefixed)


def _beside_place(line: str, context: Context) -> Publisher | None:
    """The agency of "EFE Madrid" and "Madrid - EFE"."""
    mark, place = line.split(" ", maxsplit=1) if line[:2].isupper() and " " in line else ("", "")
    if " - " in line or " | " in line:
        place, mark = re.split(r"\s[-|]\s", line, maxsplit=1)
    publisher = context.directory.by_mark(mark)
    is_agency = publisher is not None and publisher.kind == "agency" and not publisher.weak
    return publisher if is_agency and _PLACE.fullmatch(place) and not _names_outlet(mark, context) else None


def opens_credit(text: str) -> bool:
    """Whether the text begins as a credit does: "Source: ", "With files from ", a bracket, an asterisk."""
    line = text.strip(_STRIP)
    return text[:1] in "([（*" or bool(_LEAD.match(line)) or bool((by := _BY.match(line)) and ":" in by[0])


def is_dated(text: str) -> bool:
    """Whether a date stands behind the credit: "The Associated Press January 11, 2012, 9:25AM ET"."""
    return bool(_DATE.search(text))


def _without_by(text: str, context: Context) -> tuple[str, bool]:
    """The line without "By", "Von", "Source:", and whether it had one; "Agência Brasil" is a name as it stands."""
    line = text
    for _ in range(2):
        match = _BY.match(line) or _GLUED_BY.match(line)
        plain = line.strip(_STRIP)
        if match is None or any(
            context.directory.by_name(name) for name in (plain, _REST.sub("", plain).strip(_STRIP))
        ):
            break
        line = line[match.end() :]
    return (line, line != text) if line else (text, False)


def _parts(line: str, text: str, context: Context, marked: bool) -> Credit | None:
    """A credit of several parts: persons, the outlet, initials, agencies."""
    parts = [stripped for part in _SPLIT.split(_LEAD.sub("", line)) if (stripped := _TAIL.sub("", part.strip(_STRIP)))][
        :12
    ]
    signed = marked and len(parts) == 2 and _is_person(parts[0])
    leads = _LEAD.match(line) is not None
    marked = marked or leads
    found = {
        part: publisher
        for part in parts
        if (publisher := _publisher(part, context, marked, signed=signed))
        or ((called := _AGENCY.match(part)) and (publisher := _publisher(part[called.end() :], context, marked)))
    }
    if not found:
        return None
    publishers = tuple(dict.fromkeys(found.values()))
    others = [part for part in parts if part not in found and not _NEUTRAL.fullmatch(part)]
    if not others and len(publishers) == 1 and not leads:
        return Credit("sole", publishers, text)
    if (
        len(publishers) > 1
        or leads
        or _PARTIAL.search(line)
        or _names_outlet(line, context)
        or any(_names_outlet(part, context) for part in others)
    ):
        return Credit("partial", publishers, text)
    if parts[-1] in found and _JOINED.search(line[: line.rfind(parts[-1])]):
        return Credit("partial", publishers, text)  # "Ann Lee and Associated Press": a staff writer's piece
    is_place = all(_PLACE.fullmatch(part) for part in others)
    if is_place and (parts[0] in found or (len(parts) == 2 and publishers[0].kind == "agency")):
        return Credit("sole", publishers, text)  # "AFP, MANILA", "EFE/Madrid", "Madrid / EFE"
    if all(_INITIALS.fullmatch(part) for part in others):
        # "dpa/eh" is the agency's copy with the editor's initials; "ino/dpa" the editor's piece with the agency's help.
        return Credit("sole" if parts[0] in found else "partial", publishers, text)
    return (
        Credit("person", publishers, text) if parts[-1] in found and all(_is_person(part) for part in others) else None
    )


def _glued(line: str, text: str, context: Context, *, prefixed: bool) -> Credit | None:
    """A person and an agency without a comma: "Hillel Italie The Associated Press"; behind "By" any publisher."""
    words = re.sub(r"(?<=[a-zé])(?=The [A-Z])", " ", line).split()
    for length in (4, 3, 2, 1):
        publisher = _publisher(" ".join(words[-length:]), context, prefixed) if len(words) > length + 1 else None
        if publisher is None or not (prefixed or publisher.kind in ("agency", "press_release")):
            continue
        before = words[:-length]
        if _PARTIAL.search(" ".join(before)) or _names_outlet(" ".join(before), context):
            return Credit("partial", (publisher,), text)
        if len(before) <= 10 and all(_is_person(part) for part in _SPLIT.split(" ".join(before))):
            return Credit("person", (publisher,), text)
    return None


def _is_person(part: str) -> bool:
    """Whether a part can be a person's name: two to five capitalised words without digits."""
    words = part.split()
    return (
        2 <= len(words) <= 5
        and words[0] != "The"
        and all(word[:1].isupper() or word in _PARTICLES for word in words)
        and not re.search(r"\d|[:?!]", part)
    )


_PARTICLES = frozenset("de del la le van von der den da dos di al el bin ibn ter zu".split())


def _names_outlet(part: str, context: Context) -> bool:
    """Whether a part of a credit is the outlet's own name."""
    if (
        name_key(part) in context.site_names
        or names_domain(part, context.source_domain)
        or part.lower() == context.source_domain
    ):
        return True
    entry = context.directory.by_name(part)
    return entry is not None and context.directory.same_outlet(entry.domain, context.source_domain)


def _publisher(name: str, context: Context, marked: bool, *, signed: bool = False) -> Publisher | None:
    """The publisher of that name, spelling or mark; editions ("dpa-AFX") and titles ("AP Sports Writer") aside.

    `signed` says that a person's name stands before it.
    """
    name = name.strip()
    if match := _EDITION.fullmatch(name):
        name = match[1]
    publisher = _lookup(name, context, marked)
    if publisher is None and (match := _TITLE.fullmatch(name)):
        publisher = _lookup(match["mark"], context, marked) or _lookup(match["mark"].upper(), context, marked)
        publisher = publisher if publisher and publisher.kind == "agency" else None
    if publisher is None and (shorter := _SUFFIX.sub("", name)) != name:
        publisher = _lookup(shorter, context, True)
        if publisher and publisher.kind == "publisher" and " " not in shorter:
            publisher = None  # "Capital News Service" of a campus is not the magazine Capital
    if (
        publisher is None
        or context.directory.is_stray(name, publisher)
        or publisher.kind == "aggregator"
        or (
            publisher.kind == "publisher"
            and not stands_out(name, marked)
            and not (signed and name_key(name) not in _WORDS)
        )
    ):
        return None
    return None if _names_outlet(name, context) or publisher.domain == context.source_domain else publisher


def stands_out(name: str, marked: bool) -> bool:
    """Whether an outlet's name in a credit is no mere word ("Time", "Today", "The National") and stands in a byline."""
    words = name_key(name).split()
    named = name.startswith("The ") and not _WORDS & set(words)
    return marked and (len(words) > 1 or named or not name.isascii() or bool(_LOOKS_A_NAME.search(name)))


def _lookup(name: str, context: Context, marked: bool) -> Publisher | None:
    """By mark, letter by letter; by name, but a short form only in the case in which it is written."""
    publisher = context.directory.by_mark(name)
    if publisher is None:
        publisher = context.directory.by_name(name)
        if (
            publisher
            and len(name) <= 5
            and name.isascii()
            and name not in (publisher.name, *publisher.names, publisher.name.upper())
        ):
            return None
    at_home = publisher is not None and publisher.country == context.directory.country
    if publisher and publisher.weak and len(name) <= 6 and not at_home and not (marked and name == name.upper()):
        return None
    return publisher
