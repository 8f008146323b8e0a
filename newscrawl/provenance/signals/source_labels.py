"""Labels that name the source about the text: "Source: X", Источник: X, 来源：X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newscrawl.items import Relation
from newscrawl.provenance.article_extent import beside_picture, is_caption, is_comment
from newscrawl.provenance.declared_authors import has_person
from newscrawl.provenance.directory.directory import Publisher
from newscrawl.provenance.label_lines import LONGEST, Labelled, read_line
from newscrawl.provenance.links import REFERENCES, SOCIAL, Target, target_of
from newscrawl.provenance.name_keys import resembles, same_name, site_in
from newscrawl.provenance.own_outlet import in_frame, is_own_name
from newscrawl.provenance.phrasebook import is_picture
from newscrawl.provenance.signal import Context, Part, Signal
from newscrawl.provenance.signals.source_links import label_evidence
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block
from newscrawl.web.urls import host_domain

BEFORE, BEHIND = 30, 9
ROW = 140
"""Characters of a row of labels, which leaves the body whole."""
PROSE = 20
"""Characters before a label that are a sentence of the story."""
_MARKED = re.compile(r"source|istochnik|zrod|zdroj|quelle|fuente|fonte|kaynak|sursa|forras|from", re.I)
_PARTS = re.compile(r"\s?[,，、;/+&]\s?|\s(?:and|und|et|y|e|i|a|и|та|ve|και|si|și)\s")
_LIST = 3
"""More lines with a source than these, of several publishers, are a list of other stories."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A block that may hold a label."""

    block: Block
    index: int
    is_head: bool
    """Whether it stands about the headline."""
    is_last: bool
    """Whether it is one of the text's last paragraphs."""


def find(document: Document, context: Context) -> list[Signal]:
    """The labels beside the headline, behind the text and in elements that are named for a source."""
    read = ((place, found) for place in _places(document, context) for found in _labelled(document, context, place))
    signals = [signal for place, found in read if (signal := _signal(document, context, place, found))]
    behind = {signal.domain or signal.name for signal in signals if signal.veto is None}
    if len(behind) > _LIST:
        return [replace(signal, veto=signal.veto or "list") for signal in signals]
    return signals


def _places(document: Document, context: Context) -> Iterator[_Place]:
    layout, blocks = context.layout, document.blocks
    head = range(max(0, min(layout.headline - 4, layout.start - BEFORE)), min(layout.start + 3, len(blocks)))
    last = set(layout.closing(3, 0, blocks))
    closing = set(layout.closing(3, BEHIND, blocks))
    furthest = min(max(layout.end, layout.story_end) + 25, len(blocks))
    for index in range(head.start, furthest):
        block = blocks[index]
        placed = index in head or index in closing or _is_marked(block)
        if not placed or not block.text or block.tag in ("button", "figcaption", "th", "h1") or is_comment(block):
            continue
        if index in closing - last and block.tag == "li" and block.link_share > 0.8:
            continue
        logo = len(block.text) <= 30 and block.text[-1] in ":："
        if not is_caption(block) and (logo or _is_marked(block) or not beside_picture(block)):
            yield _Place(block, index, index in head, index in last)


def _is_marked(block: Block) -> bool:
    """Whether the element of a short line is named for a source."""
    if len(block.text) > LONGEST:
        return False
    nodes = (block.container, block.container.getparent())
    names = (node.get(key) for node in nodes if node is not None for key in ("class", "id", "itemprop"))
    return any(_MARKED.search(name) for name in names if name)


def _labelled(document: Document, context: Context, place: _Place) -> Iterator[Labelled]:
    """What the block labels; of a label alone in its block what the next block holds."""
    block, labels = place.block, context.phrases.labels
    if len(block.text) > LONGEST and not place.is_last:
        return
    yield from read_line(block, labels)
    if len(block.text) > 30:
        return
    label = labels.ending(block.text.rstrip(" :："))
    if label is None or label.start or place.index + 1 >= len(document.blocks):
        return
    behind = document.blocks[place.index + 1]
    link = next(iter(behind.links), None)
    image = link.node.find(".//img") if link and not behind.text else None
    name = (image.get("alt") or "logo") if image is not None else link.text if link else behind.text
    if 1 < len(name) <= 60:
        in_row = label.kind == "source" and (block.text[-1] in ":：" or image is not None)
        yield Labelled(label, name, link, 0, len(block.text), quoted=False, more="", in_row=in_row)


def _signal(document: Document, context: Context, place: _Place, found: Labelled) -> Signal | None:
    name, target = found.name, target_of(document, found.link.href) if found.link else None
    if context.phrases.labels.is_nobody(name):
        return None
    publishers = _publishers(context, name, exact=found.label.kind == "by")
    own = _own(context, name) or any(_own(context, part) for part in _PARTS.split(name) if len(part) > 2)
    known = publishers[0] if publishers else None
    if in_frame(name, context, known=known is not None) or (known is None and _leads_home(context, target)):
        own, known, publishers = True, None, []
    outside = target if target and not _is_own(context, target) and target.domain not in SOCIAL else None
    if known and outside and context.directory.named(name) is None and known.domain != outside.domain:
        known, publishers = None, []  # "Current Biology" linked to a paper is not The Current
    site = host_domain(stated) if (stated := site_in(name)) else None
    domain = known.domain if known else outside.domain if outside else site
    same = outside is not None and domain is not None and context.directory.same_outlet(outside.domain, domain)
    staff = not place.is_head and not found.in_row and has_person(document, context)
    translated = context.phrases.labels.says_translated(place.block.text)
    return Signal(
        evidence=label_evidence(place.block, found.label, outside),
        name=known.called(name) if known and found.label.language != "zh" else name,
        domain=domain,
        url=outside.url if outside and same and outside.is_article else None,
        relation=_relation(found, known, translated=translated),
        role="contributor" if staff or _is_shared(publishers, own=own) else "originator",
        confidence="explicit_link" if same else "explicit_name",
        blocks=_blocks(document, place, found),
        parts=_part(place, found),
        veto="self"
        if (own and not publishers) or _is_own_site(context, site)
        else _veto(context, place, found, known, outside, site),
    )


def _publishers(context: Context, name: str, *, exact: bool) -> list[Publisher]:
    """The publishers that the directory knows in the name: the whole of it, or its parts in their order."""
    exact = exact or (name.isascii() and len(name.split()) < 2) or len(_PARTS.split(name)) > 1
    whole = context.directory.named(name) if exact else context.directory.within(name)
    if whole:
        return [] if _own(context, name) or context.directory.is_stray(name, whole) else [whole]
    parts = [part for part in _PARTS.split(name) if len(part) > 1]
    found = [known for part in parts[:4] if (known := context.directory.named(part)) and not _own(context, part)]
    return found if len(parts) > 1 and parts[0] and context.directory.named(parts[0]) else []


def _is_shared(publishers: list[Publisher], *, own: bool) -> bool:
    """Whether the line credits several in part: the outlet and others, or agencies only."""
    agencies = [publisher for publisher in publishers if publisher.kind == "agency"]
    return bool(publishers) and (
        own or (len(publishers) > 1 and len(agencies) == len(publishers)) or len(publishers) > 2
    )


def _own(context: Context, name: str) -> bool:
    return is_own_name(name, context)


def _is_own(context: Context, target: Target) -> bool:
    return context.directory.same_outlet(target.domain, context.source_domain)


def _is_own_site(context: Context, site: str | None) -> bool:
    return site is not None and context.directory.same_outlet(site, context.source_domain)


def _leads_home(context: Context, target: Target | None) -> bool:
    """Whether a link leads to the outlet's front page."""
    return target is not None and not target.is_article and _is_own(context, target)


def _relation(found: Labelled, known: Publisher | None, *, translated: bool) -> Relation:
    if found.label.kind == "release":
        return "press_release"
    if translated:
        return "translated"
    return "wire" if known and known.kind == "agency" else "republished"


def _veto(
    context: Context, place: _Place, found: Labelled, known: Publisher | None, outside: Target | None, site: str | None
) -> str | None:
    """Why the label does not count: of names that the directory lacks only those count that are plainly publishers."""
    if place.block.text in context.repeated or is_picture(found.name):
        return "picture" if is_picture(found.name) else "boilerplate"
    if found.label.kind in ("by", "bare"):
        return _by_veto(found, known)
    if _SEVERAL.match(found.more) and not _goes_on(context, found.more):
        return "several"
    if known or (site and site not in REFERENCES and site not in SOCIAL):
        return _institution_veto(found, known, outside, site)
    if outside is None:
        return None if _is_plain_name(place, found) else "unknown_name"
    if outside.domain in REFERENCES:
        return "reference"
    text = found.link.text if found.link else ""
    if text and not (same_name(text, found.name) or found.name in text or text in found.name):
        return "no_name"
    if outside.is_article:
        return None if len(found.name.split()) <= 8 or found.label.kind == "release" else "no_name"
    named = resembles(found.name, outside.domain) or found.quoted or place.is_head or _is_marked(place.block)
    return None if named or (found.label.language == "zh" and _is_plain_name(place, found)) else "front_page"


def _goes_on(context: Context, more: str) -> bool:
    """Whether behind the name stands another fact about the story, not another source: ", autor: Jan Nowicki"."""
    labels = context.phrases.labels
    label = re.match(r"\W{1,4}([^\W\d]{2,20}(?:\s[^\W\d]{2,14})?)\s?[:：]", more)
    return labels.says_translated(more) or (label is not None and labels.is_beside(label[1].lower()))


def _by_veto(found: Labelled, known: Publisher | None) -> str | None:
    """Whether who "wrote" it, or whom a line without a sign names, is a known publisher, and plainly so."""
    if known is None:
        return "no_publisher"
    plain = known.kind == "agency" or len(found.name.split()) > 1 or not found.name.isascii() or "." in found.name
    return None if plain and known.kind in ("agency", "publisher") else "no_publisher"


_INSTITUTION = re.compile(r"\.(?:edu|gov|gob|gouv|int|mil|ac|go)(?:\.[a-z]{2})?$")


def _institution_veto(found: Labelled, known: Publisher | None, outside: Target | None, site: str | None) -> str | None:
    """A university or an authority below a text is the source of its facts, but for press releases and their pages."""
    domain = known.domain if known else site or ""
    if found.label.kind == "release" or (outside and outside.is_article) or not _INSTITUTION.search(domain):
        return None
    return None if known and known.kind == "agency" else "institution"


_SEVERAL = re.compile(r"[\"'»”“)]?\s?(?:[,،、/&+]|\b(?:and|und|et|y|e|och|og|en|i|и|та)\b)\s?[^\W\d]")
"""Behind a linked or quoted name another one: sources of facts."""


def _is_plain_name(place: _Place, found: Labelled) -> bool:
    """Whether a name that nobody knows is a publisher's by where it stands: in the row of facts about the story."""
    if found.label.language == "zh" and found.name[:1] > "\u2e80":
        return True
    words = found.name.split()
    return len(words) <= 4 and found.name[:1].isupper() and place.is_head and found.in_row


def _blocks(document: Document, place: _Place, found: Labelled) -> list[Block]:
    """The label's row, and the name where it stands in a block of its own."""
    alone = found.end == len(place.block.text) and place.block.text.rstrip(" :：") != "" and found.start == 0
    if found.end <= len(place.block.text) and found.name not in place.block.text and alone:
        return [place.block, document.blocks[place.index + 1]]
    return [] if _prose_before(place, found) else [place.block]


def _prose_before(place: _Place, found: Labelled) -> int:
    """Where the sentences end that stand before the label in a paragraph of the story; 0 where none do."""
    text = place.block.text
    before = text[: found.start].rstrip(" ([（【*")
    is_prose = place.is_last and len(before) >= PROSE and before[-1] in ".!?…。！？»”"
    return len(before) if is_prose or (len(text) > ROW and found.start >= 3) else 0


def _part(place: _Place, found: Labelled) -> list[Part]:
    """The end of a paragraph that the label stands at."""
    start = _prose_before(place, found)
    return [Part(place.block, start, len(place.block.text))] if start else []
