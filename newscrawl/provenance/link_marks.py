"""What {link} of a phrase stands for, set between "⟦" and "⟧": links to articles elsewhere, names of publishers."""

from __future__ import annotations

import re

from newscrawl.provenance.credits import stands_out
from newscrawl.provenance.links import REFERENCES, SOCIAL, Target, target_of
from newscrawl.provenance.name_keys import names_domain
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.signal import Context
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

MAX_NAMED = 240
"""Characters of a note that links nothing."""
_QUOTED = re.compile('[《「『„“«"‹]([^《》「」『』„“”«»"‹›]{2,40})[》」』“”»"›]')
_WRITTEN = re.compile(
    r"(?<!\w)(?:[^\W\d_a-zà-ÿа-я][\w.’'&-]{0,24}[\w!]|[A-Z]{2,6})"
    r"(?:\s(?:(?:of|the|de|du|des|del|di|do|da|e|la|le|der|die|das|and|&)\s){0,2}[^\W\d_a-zà-ÿа-я][\w.’'&-]{0,24}){0,5}"
)
"""A name as running text writes it: capitalised words with what joins them."""
_OPENERS = frozenset(
    "By From Via Source Text Story Article Von Aus Bei Quelle Der Die Das Dem Den Artikel Par De Du Texte Le La Les"
    " Por Del El Los Texto Fuente Da Do Di Il Lo Testo Fonte Van Uit Door Het Bron Z Za Tekst Из С От Текст".split()
)
"""What may stand before a name with a capital letter of its own."""


def marked(document: Document, context: Context, block: Block, text: str, *, named: bool) -> str:
    """The text with "⟦⟧" around the links that {link} stands for: to an article elsewhere or to a known publisher.

    With `named`, a short text that links none of them has them around the names of publishers that are known.
    """
    at = 0
    for link in block.links:
        target = target_of(document, link.href)
        found = text.find(link.text, at) if link.text else -1
        if found < 0 or target is None or not _counts(target, link.text if named else "", context):
            continue
        at = found + len(link.text)
        text = f"{text[:found]}⟦{link.text}⟧{text[at:]}"
        at += 2
    return _named(text, context) if named and not at and len(text) <= MAX_NAMED else text


def _named(text: str, context: Context) -> str:
    """The text with "⟦⟧" around the names of known publishers: of several words, or plainly names."""
    names = {match[1] for match in _QUOTED.finditer(text)} | {match[0] for match in _WRITTEN.finditer(text)}
    names |= {name.split(" ", maxsplit=1)[1] for name in names if name.split(" ")[0] in _OPENERS and " " in name}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        entry = context.directory.by_name(name) if name in text and stands_out(name, marked=True) else None
        if entry and entry.kind in ("agency", "publisher") and not is_own_name(name, context):
            before, _, behind = text.partition(name)
            if before.count("⟦") == before.count("⟧"):
                text = f"{before}⟦{name}⟧{behind}"
    return text


def _counts(target: Target, text: str, context: Context) -> bool:
    directory = context.directory
    if (
        target.domain in SOCIAL
        or target.domain in REFERENCES
        or directory.same_outlet(target.domain, context.source_domain)
    ):
        return False
    return target.is_article or directory.by_domain(target.domain) is not None or names_domain(text, target.domain)
