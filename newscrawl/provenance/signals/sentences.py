"""Sentences about republication: "This story originally appeared on X", above, below and outside the article."""

from __future__ import annotations

import re
from dataclasses import replace

from newscrawl.items import Evidence
from newscrawl.provenance.article_extent import in_sidebar, is_comment
from newscrawl.provenance.declared_authors import has_person, prints_person
from newscrawl.provenance.link_marks import marked
from newscrawl.provenance.links import REFERENCES, SOCIAL, Target, target_of
from newscrawl.provenance.name_keys import names_domain, same_name
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.phrasebook import LONGEST, Hit, Phrase
from newscrawl.provenance.phrasebook import find as find_phrase
from newscrawl.provenance.places import starts
from newscrawl.provenance.sentence_extent import extent
from newscrawl.provenance.signal import Context, Part, Signal
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block
from newscrawl.web.text import fold

NEXT_BLOCKS = 2
"""How far behind a sentence its link may stand: a logo, "read the full story"."""
MAX_NAME = 5
"""Words of a link that is a name, not a title."""
_JOINS = re.compile(r",\s|\s(?:and|und|et|y|e|en|i|и|ve)\s|、")
_SISTER = re.compile(
    r"\b(?:our|its|the) sister (?:paper|newspaper|site|title|publication|station)"
    r"|Schwester(?:blatt|zeitung|titel|portal)|cabecera hermana|diario hermano|(?:journal|titre) du même groupe"
    r"|testata sorella|jornal do mesmo grupo|zusterkrant",
    re.I,
)
_ADVERT = re.compile(
    r"(?:(?:paid |sponsored |partner )(?:post|content)|anzeige|werbung|sponsored|advertorial|advertisement|ad|promoted"
    r"|publicité|publi-?reportage|contenu sponsorisé|publicidad|contenido patrocinado|pubblicità|publicidade"
    r"|advertentie|reklama|reklam|реклама|广告|廣告|広告|pr|إعلان|विज्ञापन)\W{0,3}",
    re.I,
)
"""The heading of a box that somebody paid for."""


def find(document: Document, context: Context) -> list[Signal]:
    """The sentences of the phrase files that stand on the page, each with its link."""
    candidates = context.phrases.candidates([block.text.lower() for block in document.blocks])
    found = (_signal(document, context, index, phrase) for index, phrase in candidates)
    return [part for signal in found if signal for part in _each(signal, context)]


def _each(signal: Signal, context: Context) -> list[Signal]:
    """A signal for each publisher that a contributor's name joins: "The Canadian Press and CBC’s Marlon Reyes"."""
    if signal.role != "contributor" or not signal.name or context.directory.by_name(signal.name):
        return [signal]
    parts = [re.sub(r"[’']s\s.{0,80}", "", part) for part in _JOINS.split(signal.name)]
    known = [part for part in parts if context.directory.by_name(part)]
    return [replace(signal, name=part) for part in known] or [signal]


def _signal(document: Document, context: Context, index: int, phrase: Phrase) -> Signal | None:
    block = document.blocks[index]
    found = ((start, _find(document, context, block, phrase, start)) for start in starts(block, index, phrase, context))
    start, hit = next(((start, hit) for start, hit in found if hit), (0, None))
    if hit is None:
        return None
    targets, veto = _targets(document, context, index, hit)
    article = next((target for target in targets if target.is_article), None)
    article = article or (_beside(document, index, targets[0]) if targets else None)
    target = article or (targets[0] if targets else None)
    if (
        target is None
        and (phrase.link or hit.name is None)
        and veto is None
        and phrase.role == "originator"
        and phrase.relation != "adapted"
    ):
        veto = "no_link"
    part = Part(block, start, len(block.text)) if start else _part(context, index, block, hit)
    return Signal(
        evidence=Evidence(
            kind="phrase",
            text=block.text[:500],
            href=target.url if target else None,
            rule=phrase.rule,
            language=phrase.language,
        ),
        name=_name(hit, target, context),
        domain=target.domain if target else None,
        url=article.url if article else None,
        relation="network_copy" if phrase.relation == "republished" and _SISTER.search(block.text) else phrase.relation,
        role="contributor" if phrase.partial and _is_tip(document, context, hit, start) else phrase.role,
        confidence="explicit_link" if target else "explicit_name",
        blocks=[block] if part is None and len(block.text) <= LONGEST else [],
        parts=[part] if part else [],
        veto=veto or _veto(document, context, index, hit, target),
    )


def _is_tip(document: Document, context: Context, hit: Hit, start: int) -> bool:
    """Whether "Via X" below a piece with an author of its own tells where the news is from, not the piece."""
    if has_person(document, context):
        return True
    known = context.directory.by_name(hit.name) if hit.name else None
    is_agency = known is not None and known.kind == "agency"
    return start == 0 and hit.phrase.name.startswith("via") and not is_agency and prints_person(document, context)


def _find(document: Document, context: Context, block: Block, phrase: Phrase, start: int) -> Hit | None:
    """The phrase in the block's text from `start` on; the hit counts from the block's beginning."""
    text = block.text[start:]
    if phrase.marked:
        text = marked(document, context, block, text, named=phrase.position == "note")
        if "⟦" not in text:
            return None
    hit = find_phrase(phrase, text, linked=() if phrase.marked else _set_apart(block))
    if hit is None:
        return None
    places = [start + at - sum(text.count(sign, 0, at) for sign in "⟦⟧") for at in (hit.start, hit.end, hit.name_start)]
    return replace(hit, start=places[0], end=places[1], name_start=places[2])


def _name(hit: Hit, target: Target | None, context: Context) -> str | None:
    """The name in the slot; of a link that bears the story's title the publisher's as the directory knows it."""
    if not (hit.phrase.marked and target and hit.name):
        return hit.name
    entry = context.directory.by_domain(target.domain)
    return entry.title if entry else hit.name if len(hit.name.split()) <= MAX_NAME else None


def _part(context: Context, index: int, block: Block, hit: Hit) -> Part | None:
    """The sentence's part of a paragraph of the story; None where the block says nothing else."""
    start, end = extent(block, hit)
    in_story = context.layout.start <= index < context.layout.end
    return Part(block, start, end) if in_story and end - start < len(block.text) else None


def _targets(document: Document, context: Context, index: int, hit: Hit) -> tuple[list[Target], str | None]:
    """Where the sentence's links lead, other sites only; "self" where all lead to the outlet itself."""
    block = document.blocks[index]
    own = False
    found = []
    for link in _links_after(block, hit):
        target = target_of(document, link)
        if target is None or target.domain in SOCIAL:
            continue
        if context.directory.same_outlet(target.domain, context.source_domain):
            own = True
        else:
            found.append(target)
    if not found and not own and (hit.name is None or len(block.text) < 300):
        found = _next_links(document, context, index, hit)
    return found, "self" if own and not found else None


def _beside(document: Document, index: int, front: Target) -> Target | None:
    """The article behind a logo beside a sentence that links only the publisher's front page."""
    logos = [block for block in document.blocks[max(0, index - 1) : index + 2] if not block.text]
    found = (target_of(document, link.href) for block in logos for link in block.links)
    return next((target for target in found if target and target.is_article and target.domain == front.domain), None)


def _links_after(block: Block, hit: Hit) -> list[str]:
    """The links that stand in the wording or behind it, those around the name first."""
    if hit.phrase.marked:
        return [link.href for link in block.links if link.text and block.text.startswith(link.text, hit.name_start)]
    near: list[str] = []
    far: list[str] = []
    for link in block.links:
        at = block.text.find(link.text, hit.start) if link.text else hit.start
        if at >= hit.start:
            (near if at <= hit.end + 200 else far).append(link.href)
    if not near and not far:
        reached = [link.href for link in block.links if block.text.find(link.text) + len(link.text) > hit.start]
        # "<a>Harbour Watch</a> is a newsroom. This story first appeared there."
        return reached or ([link.href for link in block.links] if hit.phrase.slot == "none" else [])
    return near or far


def _next_links(document: Document, context: Context, index: int, hit: Hit) -> list[Target]:
    """A link to another site in the next blocks, if a logo, the name or a short "read more" carries it."""
    before = document.blocks[max(0, index - 1) : index] if hit.name is None else []
    logos = [block for block in before if not block.text]
    for block in logos + document.blocks[index + 1 : index + 1 + NEXT_BLOCKS]:
        if len(block.text) > 120:
            return []
        for link in block.links:
            target = target_of(document, link.href)
            if (
                target
                and target.domain not in SOCIAL
                and not context.directory.same_outlet(target.domain, context.source_domain)
            ):
                logo = not link.text
                fits = hit.name is not None and (
                    names_domain(hit.name, target.domain) or same_name(link.text, hit.name)
                )
                if fits or (hit.name is None and (logo or len(link.text) < 60)):
                    return [target]
    return []


def _veto(document: Document, context: Context, index: int, hit: Hit, target: Target | None) -> str | None:
    block = document.blocks[index]
    if target is None and hit.name and is_own_name(hit.name, context):
        return "self"
    if block.text in context.repeated:
        return "boilerplate"
    if hit.phrase.role == "originator" and is_comment(block):
        return "comment"
    if _is_teaser(document, context, index, hit) or (index > context.layout.story_end + 2 and in_sidebar(block)):
        return "teaser"
    if hit.phrase.known and not _is_known(hit, target, context):
        return "unknown_name"
    if index and _ADVERT.fullmatch(document.blocks[index - 1].text):
        return "advertisement"
    return _label_veto(block, hit, target, context) if hit.phrase.position == "label" and target else None


def _label_veto(block: Block, hit: Hit, target: Target, context: Context) -> str | None:
    """Why a label with a link does not count."""
    if not hit.phrase.marked:
        if not any(same_name(link.text, hit.name or "") or not link.text for link in block.links):
            return "no_name"  # "Source: the minutes of the meeting", one word of it linked
        if target.domain in REFERENCES:
            return "reference"
        if not (target.is_article or _is_known(hit, target, context) or names_domain(hit.name or "", target.domain)):
            return "front_page"
    return None


def _set_apart(block: Block) -> tuple[str, ...]:
    """The texts of the block's links, and what it prints in italics with a sign within: "Yes! Magazine" is one name."""
    italics = [node for node, is_tail in block.pieces if not is_tail and node.tag in ("em", "i", "cite", "b", "strong")]
    texts = [fold(node.text) for node in italics]
    return tuple(link.text for link in block.links) + tuple(text for text in texts if re.search(r"[!?:,]\s\w", text))


def _is_teaser(document: Document, context: Context, index: int, hit: Hit) -> bool:
    """Whether the line speaks of another story: an entry of a list behind the text, or one that begins with a title."""
    block = document.blocks[index]
    items = block.container.getparent()
    in_list = block.tag == "li" and items is not None and len(items.findall("li")) > 2
    if index < context.layout.story_end + 2:
        return in_list and index > context.layout.start and block.link_share > 0.3
    if in_list:
        return True
    titles = [link.text for link in block.links if link.text and block.text.find(link.text) < hit.start]
    if hit.phrase.slot == "required" and any(
        block.text.find(link.text) <= hit.start and len(link.text) > hit.end + 4 for link in block.links
    ):
        return True  # "[Reprinted from Coastal Review: Ten nets]", all of it a link
    return any(not same_name(title, hit.name or "") for title in titles)


def _is_known(hit: Hit, target: Target | None, context: Context) -> bool:
    """Whether the directory knows the publisher by the name or by the site that the line links."""
    found = context.directory.by_name(hit.name) or (target and context.directory.by_domain(target.domain))
    return found is not None
