"""Reads a credit: "By Ann Lee and Bo Berg, Associated Press", "Le Monde avec AFP", "ino/dpa", "Von dpa"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from newscrawl.provenance.directory import Publisher
from newscrawl.provenance.model import Context
from newscrawl.provenance.names import name_key, names_domain

LONGEST = 160
"""Characters of a credit line; more is a paragraph."""

_BY = re.compile(
    r"^(?:\W{0,3}(?:by|von|vom|par|por|di|da|del|de|van|door|od|av|af|autor|autorin|author|written by|source|quelle|kaynak|fonte|fuente|bron"
    r"|источник|автор|haber|reported by|story by|text|texte|redacción|redaktion|from|news by)\b:?\s{0,2}){1,2}\s{0,2}(?=\S)"
    r"|^(?:by|par|von)\s?:?(?=[A-Z])",
    re.I,
)
_TAIL = re.compile(
    r"\s{0,2}(?:[|•·–—]|\s-\s|\b(?:updated|published|posted|last|publié|veröffentlicht|aktualisiert|stand|mis à jour|publicado|actualizado"
    r"|on|am|le|el)\b:?\s{1,3}(?=\W{0,2}(?:\w{2,10}\W{1,3})?\d)|\(?\d{1,2}[./:h]\d{2}|\b\d{1,2}\.?\s\w{3,10}\.?,?\s(?:19|20)\d\d|\b\w{3,9}\.?\s\d{1,2},?\s(?:19|20)\d\d"
    r"|\b(?:19|20)\d\d[-/.年]|/\s(?:updated|published)).{0,160}$",
    re.I,
)
_PARTIAL = re.compile(
    r"\b(?:with|mit|avec|con|com|and staff|staff|agencies|agenturen|agences|agencias|redaktion|material|wire reports|wires|services|contribut)\b",
    re.I,
)
_SPLIT = re.compile(r"\s{0,2}(?:/|,|;|&|\+|、|\||\s(?:and|und|et|y|e|en|og|och|i)\s)\s{0,2}", re.I)
_INITIALS = re.compile(r"^[a-zäöü]{1,4}$")
_EDITION = re.compile(
    r"^(?:dpa|APA|AFP|EFE|Reuters|ANSA)[- /](?:AFX|l[a-z]{2}|infocom|tmn|International|Archiv)$", re.I
)
_SUFFIX = re.compile(
    r"\s(?:staff(?:\swriters?|\sreporter)?|writers?|reporter|news\sagency|news\sservice|wire(?:\sservice)?|correspondent|news)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit line says of publishers."""

    kind: Literal["sole", "person", "partial"]
    """sole: the agency alone; person: a person of the agency; partial: the outlet with the agency."""
    publishers: tuple[Publisher, ...]
    text: str
    """The line as printed."""


def read_credit(text: str, context: Context) -> Credit | None:
    """What the line credits; None where it names no publisher of the directory but the outlet itself."""
    if not 2 <= len(text) <= LONGEST:
        return None
    line = _TAIL.sub("", _BY.sub("", text)).strip(" .,:;-–—()[]|/*")
    if sole := _publisher(line, context):
        return Credit("sole", (sole,), text)
    parts = [part.strip(" .,()[]") for part in _SPLIT.split(line) if part.strip(" .,()[]")]
    found = [publisher for part in parts if (publisher := _publisher(part, context))]
    if not found:
        return _glued(line, text, context)
    others = [part for part in parts if _publisher(part, context) is None]
    if (
        _PARTIAL.search(line)
        or any(is_outlet(part, context) or _INITIALS.match(part) for part in others)
        or len(set(found)) > 1
    ):
        only_initials = all(_INITIALS.match(part) for part in others)
        if (
            len(set(found)) == 1
            and others
            and only_initials
            and not _PARTIAL.search(line)
            and found[0].marks
            and parts.index(next(p for p in parts if _publisher(p, context))) == 0
        ):
            return Credit("sole", tuple(found), text)  # "dpa/eh": the agency's copy with the editor's initials
        return Credit("partial", tuple(dict.fromkeys(found)), text)
    last_is_agency = _publisher(parts[-1], context) is not None
    return Credit("person", (found[-1],), text) if last_is_agency or len(others) == 0 else None


def is_outlet(part: str, context: Context) -> bool:
    """Whether a part of a credit is the outlet's own name."""
    if (
        name_key(part) in context.site_names
        or names_domain(part, context.source_domain)
        or part.lower() == context.source_domain
    ):
        return True
    entry = context.directory.by_name(part)
    return entry is not None and context.directory.same_outlet(entry.domain, context.source_domain)


def _publisher(name: str, context: Context) -> Publisher | None:
    """The publisher of that name, spelling or mark, editions ("dpa-AFX", "dpa/lno") and titles aside."""
    if match := _EDITION.match(name):
        name = re.split(r"[- /]", match[0])[0]
    publisher = context.directory.by_mark(name) or context.directory.by_name(name)
    if publisher is None and (shorter := _SUFFIX.sub("", name)) != name:
        publisher = context.directory.by_name(shorter)
    if publisher is None or (
        name.islower()
        and publisher.name.lower() != name
        and name not in publisher.marks
        and " " not in name
        and "." not in name
    ):
        return None
    return None if context.directory.same_outlet(publisher.domain, context.source_domain) else publisher


def _glued(line: str, text: str, context: Context) -> Credit | None:
    """A person and an agency without a comma: "Hillel Italie The Associated Press", "Orhan Coskun Reuters"."""
    words = re.sub(r"(?<=[a-zé])(?=The [A-Z])", " ", line).split()
    for length in (4, 3, 2, 1):
        if (
            len(words) > length + 1
            and (publisher := _publisher(" ".join(words[-length:]), context))
            and publisher.kind == "agency"
        ):
            if length == 1 and words[-1].islower() and publisher.marks and words[-1] not in publisher.marks:
                continue
            before = words[:-length]
            if _PARTIAL.search(before[-1]):
                return Credit("partial", (publisher,), text)
            if len(words) <= 12 and all(
                word[:1].isupper() or word in ("and", "und", "et", "y", "de", "van", "von", "|", "&", "al")
                for word in before
            ):
                return Credit("person", (publisher,), text)
    return None
