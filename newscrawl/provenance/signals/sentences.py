"""Sentences about republication: "This story originally appeared on X", above, below and outside the article."""

from __future__ import annotations

import re

from newscrawl.document import Block, Document
from newscrawl.items import Evidence
from newscrawl.provenance.extent import extent
from newscrawl.provenance.layout import is_comment
from newscrawl.provenance.links import SOCIAL, Target, target_of
from newscrawl.provenance.model import Context, Part, Signal
from newscrawl.provenance.names import name_key, names_domain, same_name
from newscrawl.provenance.phrasebook import LONGEST, Hit, Phrase
from newscrawl.provenance.phrasebook import find as find_phrase

NEXT_BLOCKS = 2
"""How far behind a sentence its link may stand: a logo, "read the full story"."""


def find(document: Document, context: Context) -> list[Signal]:
    """The sentences of the phrase files that stand on the page, each with its link."""
    candidates = context.phrases.candidates([block.text.lower() for block in document.blocks])
    found = (_signal(document, context, index, phrase) for index, phrase in candidates)
    return [signal for signal in found if signal]


def _signal(document: Document, context: Context, index: int, phrase: Phrase) -> Signal | None:
    block = document.blocks[index]
    hit = find_phrase(phrase, block.text, linked=tuple(link.text for link in block.links))
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
        role=phrase.role,
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
        return [link.href for link in block.links if block.text.find(link.text) + len(link.text) > hit.start]
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
    return None


def is_own_name(name: str, context: Context) -> bool:
    """Whether the name is the outlet's own: a name the page gives it, its domain's, or an alias in the directory."""
    entry = context.directory.by_name(name)
    if entry and context.directory.same_outlet(entry.domain, context.source_domain):
        return True
    key = name_key(name)
    if key in context.site_names or names_domain(name, context.source_domain):
        return True
    return not key.isascii() and any(_same_chinese(key, own) for own in context.site_names if len(own) > 1)


def _same_chinese(name: str, own: str) -> bool:
    """Whether two Chinese names are one outlet's: 半月谈网 and 半月谈, 法制日报 and 法制日报社."""
    one, other = _CHINESE_ENDING.sub("", name), _CHINESE_ENDING.sub("", own)
    return len(one) > 1 and one == other


_CHINESE_ENDING = re.compile(r"(?:网站|网|網|报社|社|杂志社|杂志|在线|客户端|新闻网|新闻)$")
