"""The rules that a site declares for its text: what to drop, and where the body stands."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.document import Block, Document
from newscrawl.items import Site
from newscrawl.sites.selectors import compiled, elements

RULES = ("drop", "body", "title", "authors", "date")
"""The attributes of `Site` that hold selectors."""


def faults(site: Site) -> Iterator[str]:
    """What is wrong with the site's selectors, each named by attribute and position: "drop[1]: '.donate[': ..."."""
    for name in RULES:
        selectors: object = getattr(site, name)
        if isinstance(selectors, str):
            yield f"{name}: {selectors!r} is one string; write a tuple, with a comma: {name} = ({selectors!r},)"
        elif not isinstance(selectors, tuple | list):
            yield f"{name}: {selectors!r} is no tuple of selectors"
        else:
            reasons = ((f"{name}[{at}]: {one!r}", _fault(one)) for at, one in enumerate(selectors))
            yield from (f"{where}: {reason}" for where, reason in reasons if reason)


def _fault(selector: object) -> str | None:
    if not isinstance(selector, str):
        return "no string"
    try:
        compiled(selector)
    except ValueError as error:
        return str(error)
    return None


def drop(document: Document, site: Site) -> None:
    """Takes the elements that the site's `drop` selects out of the page, their tails left."""
    for selector in site.drop:
        for node in elements(document.tree, selector):
            if node.getparent() is not None:
                node.drop_tree()


def blocks_of_rule(document: Document, site: Site) -> list[Block] | None:
    """The blocks within the elements of the first `body` selector that finds text; None where none does."""
    for selector in site.body:
        found = {node for match in elements(document.tree, selector) for node in match.iter()}
        blocks = [block for block in document.blocks if block.text and block.container in found]
        if blocks:
            return blocks
    return None
