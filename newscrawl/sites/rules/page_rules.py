"""The rules of a site, its spider's before those of its config file: checked, and applied to a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from newscrawl.items import Page, ReadingOptions, Site
from newscrawl.sites.rules import SiteConfig
from newscrawl.sites.rules.apply_config import is_native_ad, replaced
from newscrawl.sites.rules.selectors import compiled, elements
from newscrawl.web.document import Document, parse
from newscrawl.web.page_blocks import Block

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


@dataclass(frozen=True, slots=True)
class Rules:
    """What a page is read by: what its spider declares, and beneath it what its site config file says."""

    own: Site
    config: SiteConfig
    options: ReadingOptions
    """What the settings of the run say."""

    @property
    def site(self) -> Site:
        """The selectors, the spider's own where it declares any for an attribute."""
        return self.config.beneath(self.own)

    @property
    def strip(self) -> tuple[str, ...]:
        """The config's `strip`, in whose place a spider's `drop` stands."""
        return () if self.own.drop else self.config.strip

    @property
    def prune(self) -> bool:
        """Whether what `body` selects is judged block by block: a config's unless it says no, a spider's never."""
        return not self.own.body and self.config.prune is not False

    @property
    def digest(self) -> str | None:
        """First 12 hex digits of the rules' sha256; None where there are none."""
        rules: list[object] = [getattr(self.own, name) for name in RULES]
        if self.config != SiteConfig():
            rules.append(self.config)
        return hashlib.sha256(msgspec.json.encode(rules)).hexdigest()[:12] if any(rules) else None

    def parse(self, html: bytes, page: Page) -> Document | str:
        """The page parsed, after the config's replacements; the reason where it exceeds a limit or holds nothing."""
        content_type, warnings = page.content_type, set[str]()
        if self.config.replacements:
            html, content_type, warnings = replaced(html, content_type, self.config)
        document = parse(html, page.url, content_type=content_type)
        if isinstance(document, Document):
            document.warnings |= warnings
            if is_native_ad(document, self.config):
                document.warnings.add("native_ad")
        return document

    def refusal(self, method: str) -> str | None:
        """Why a page whose body was found by that method is none of those that the config is for."""
        is_for_others = self.config.autodetect is False and self.config.body and not self.own.body
        return "no_rule_matches" if is_for_others and method != "rules" else None


def drop(document: Document, site: Site) -> None:
    """Takes the elements that the site's `drop` selects out of the page, their tails left."""
    if site.drop:
        vars(document).pop("blocks", None)  # they are cut from what is left
    for selector in site.drop:
        for node in elements(document.tree, selector):
            if node.getparent() is not None:
                node.drop_tree()


def blocks_of_rule(document: Document, site: Site) -> list[Block] | None:
    """The blocks within the elements of the first `body` selector that finds text; None where none does."""
    for selector in site.body:
        found = {node for match in elements(document.tree, selector) for node in match.iter()}
        blocks = [block for block in document.blocks if block.text and block.taken is None and block.container in found]
        if blocks:
            return blocks
    return None
