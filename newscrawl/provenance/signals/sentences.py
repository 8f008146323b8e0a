"""Sentences about republication: "This story originally appeared on X", above, below and outside the article."""

from __future__ import annotations

import re

from newscrawl.document import Block, Document, fold
from newscrawl.items import Evidence
from newscrawl.provenance.authors import has_person
from newscrawl.provenance.extent import extent
from newscrawl.provenance.layout import beside_picture, is_caption, is_comment
from newscrawl.provenance.links import REFERENCES, SOCIAL, Target, target_of
from newscrawl.provenance.model import Context, Part, Signal
from newscrawl.provenance.names import names_domain, same_name
from newscrawl.provenance.outlet import is_own_name
from newscrawl.provenance.phrasebook import LONGEST, Hit, Phrase
from newscrawl.provenance.phrasebook import find as find_phrase

NEXT_BLOCKS = 2
"""How far behind a sentence its link may stand: a logo, "read the full story"."""
LABEL_BEHIND = 5
"""How many blocks behind the text a label such as "Source: X" may stand; behind it come teasers and boxes."""
LONGEST_LABEL = 140


def find(document: Document, context: Context) -> list[Signal]:
    """The sentences of the phrase files that stand on the page, each with its link."""
    candidates = context.phrases.candidates([block.text.lower() for block in document.blocks])
    found = (_signal(document, context, index, phrase) for index, phrase in candidates)
    return [signal for signal in found if signal]


def _signal(document: Document, context: Context, index: int, phrase: Phrase) -> Signal | None:
    block = document.blocks[index]
    if phrase.position == "label" and not _is_label_place(block, index, context):
        return None
    hit = find_phrase(phrase, block.text, linked=_set_apart(block))
    if hit is None:
        return None
    targets, veto = _targets(document, context, index, hit)
    article = next((target for target in targets if target.is_article), None)
    target = article or (targets[0] if targets else None)
    if (
        target is None
        and (phrase.link or hit.name is None)
        and veto is None
        and phrase.role == "originator"
        and phrase.relation != "adapted"
    ):
        veto = "no_link"
    part = _part(context, index, block, hit)
    return Signal(
        evidence=Evidence(
            kind="phrase",
            text=block.text[:500],
            href=target.url if target else None,
            rule=phrase.rule,
            language=phrase.language,
        ),
        name=hit.name,
        domain=target.domain if target else None,
        url=article.url if article else None,
        relation=phrase.relation,
        role="contributor" if phrase.partial and has_person(document, context) else phrase.role,
        confidence="explicit_link" if target else "explicit_name",
        blocks=[block] if part is None and len(block.text) <= LONGEST else [],
        parts=[part] if part else [],
        veto=veto or _veto(document, context, index, hit, target),
    )


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


def _links_after(block: Block, hit: Hit) -> list[str]:
    """The links that stand in the wording or behind it, those around the name first."""
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
    for block in document.blocks[index + 1 : index + 1 + NEXT_BLOCKS]:
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
        return "chrome"
    if hit.phrase.role == "originator" and is_comment(block):
        return "comment"
    if _is_teaser(document, context, index, hit):
        return "teaser"
    if hit.phrase.known and not _is_known(hit, target, context):
        return "unknown_name"
    if hit.phrase.position == "label" and target:
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
    if index < context.layout.end + 2:
        return False
    items = block.container.getparent()
    if block.tag == "li" and items is not None and len(items.findall("li")) > 2:
        return True
    titles = [link.text for link in block.links if link.text and block.text.find(link.text) < hit.start]
    return any(not same_name(title, hit.name or "") for title in titles)


def _is_known(hit: Hit, target: Target | None, context: Context) -> bool:
    """Whether the directory knows the publisher by the name or by the site that the line links."""
    found = context.directory.by_name(hit.name) or (target and context.directory.by_domain(target.domain))
    return found is not None


def _is_label_place(block: Block, index: int, context: Context) -> bool:
    """Whether a label there speaks of the story: beside the headline, or at the text's end, and of no picture."""
    layout = context.layout
    near = layout.headline - 2 <= index <= layout.start + 1 or layout.end - 2 <= index <= layout.end + LABEL_BEHIND
    return near and len(block.text) <= LONGEST_LABEL and not is_caption(block) and not beside_picture(block)
