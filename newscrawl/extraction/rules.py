"""The rules that a site declares for its text: what to drop, and where the body stands."""

from __future__ import annotations

from newscrawl.document import Block, Document
from newscrawl.extraction.metadata.selectors import elements
from newscrawl.items import Site


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
