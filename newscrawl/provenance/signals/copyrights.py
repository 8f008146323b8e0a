"""Copyright lines behind the text that name another publisher: "© 2020 Reuters", "© dpa-infocom, dpa:240516-99-5"."""

from __future__ import annotations

import re

from newscrawl.items import Evidence
from newscrawl.provenance.article_extent import is_caption, is_comment
from newscrawl.provenance.links import SOCIAL, target_of
from newscrawl.provenance.name_keys import names_domain
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.phrasebook import is_picture
from newscrawl.provenance.signal import Context, Signal
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

BEHIND = 12
"""Blocks behind the text in which the line is looked for; a footer stands further down."""

_LINE = re.compile(
    r"(?:©|\(c\)|copyright|™\s?&\s?©)(?:\s|©|\(c\)|@|copyright|by|:|&|™){0,12}(?:\d{4}(?:\s?[-–]\s?\d{2,4})?)?"
    r"[\s,.:]{0,4}(?:by\s)?"
    r"(?P<name>[^©|]{2,80})",
    re.I,
)
_END = re.compile(
    r"(?<![\s.][A-Z])\.|[;|•(]|,?\s(?:all\s+rights|alle\s+rechte|tous\s+droits|todos\s+los|inc\b|llc\b"
    r"|ltd\b|a\s(?:time|division)|limited\b|corp\b|gmbh\b|via\b|click\b|distributed\b)"
    r"|,\s|\s\d{4}|\s[-–—]\s",
    re.I,
)
_OF_SITE = re.compile(r"\b(?:on|of) this (?:web)?site\b|\bmay be licen[cs]ed\b", re.I)
"""Of the whole site, not of the story: "© The Associated Press. Some material on this site may be licensed"."""
_OWNER = re.compile(
    r"\b(?:media|group|holdings?|publishing|publications|communications|company|broadcasting|verlag|gruppe|mediengruppe"
    r"|éditions|grupo|gruppo|groupe|editorial|editora|wydawnictwo|koncern)\b",
    re.I,
)
"""A firm that owns outlets: its line is on all their pages."""
_DPA = re.compile(r"(?:©\s?)?dpa-infocom|dpa:\d{6}-\d{2}-\d{3,}", re.I)


def find(document: Document, context: Context) -> list[Signal]:
    """The copyright lines in the text's last blocks and behind it."""
    layout, blocks = context.layout, document.blocks
    signals = []
    for index in layout.closing(4, BEHIND, blocks):
        block = blocks[index]
        if (
            len(block.text) <= 400
            and not is_caption(block)
            and not is_comment(block)
            and (signal := _signal(document, context, index))
        ):
            signals.append(signal)
    return signals


def _signal(document: Document, context: Context, index: int) -> Signal | None:
    block = document.blocks[index]
    name = _name(block.text)
    if name is None or is_picture(name):
        return None
    publisher = context.directory.named(name)
    domain = _linked_domain(document, index, name)
    if publisher and (domain is None or not context.directory.same_outlet(domain, publisher.domain)):
        domain = publisher.domain
    if domain is None:
        return None
    own = is_own_name(name, context) or context.directory.same_outlet(domain, context.source_domain)
    return Signal(
        evidence=Evidence(kind="copyright", text=block.text, rule="copyright/behind-text"),
        name=publisher.called(name) if publisher else name,
        domain=domain,
        url=_linked_article(document, block, domain),
        relation="wire" if publisher and publisher.kind == "agency" else "republished",
        confidence="explicit_name",
        blocks=[block],
        veto=_veto(context, index, name, domain, is_own=own, is_known=publisher is not None),
    )


def _veto(context: Context, index: int, name: str, domain: str, *, is_own: bool, is_known: bool) -> str | None:
    """Why the line does not count; a name that nobody knows counts close to the text, linked to the site it names."""
    if is_own:
        return "self"
    if context.blocks[index].text in context.repeated:
        return "boilerplate"
    publisher = context.directory.by_domain(domain)
    if _OWNER.search(name) and not (publisher and publisher.kind in ("agency", "press_release", "distributor")):
        return "owner"
    near = index < max(context.layout.end, context.layout.story_end) + 3
    return None if is_known or (near and names_domain(name, domain)) else "unknown_name"


def _linked_article(document: Document, block: Block, domain: str) -> str | None:
    """The article of that site that the line links."""
    targets = (target_of(document, link.href) for link in block.links)
    return next((target.url for target in targets if target and target.is_article and target.domain == domain), None)


def _name(text: str) -> str | None:
    if _DPA.search(text):
        return "dpa"
    match = _LINE.search(text)
    if match is None or match.start() > 25 or _OF_SITE.search(text):
        return None
    name = match["name"]
    end = _END.search(name)
    return (name[: end.start()] if end else name).strip(" .,:-–—/") or None


def _linked_domain(document: Document, index: int, name: str) -> str | None:
    """The site of a name that no directory knows: a link with or beside the line whose domain is the name's."""
    for block in document.blocks[max(0, index - 1) : index + 2]:
        for link in block.links:
            target = target_of(document, link.href)
            if target and target.domain not in SOCIAL and (names_domain(name, target.domain) or _is_logo(block)):
                return target.domain
    return None


def _is_logo(block: Block) -> bool:
    return not block.text and len(block.links) == 1
