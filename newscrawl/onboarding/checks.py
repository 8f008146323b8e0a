"""What must hold for a site: names agree, pages are saved and give what is expected, each rule earns its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from newscrawl.items import Article, Needs, Page, Rejection, Site
from newscrawl.onboarding.expectations import differences, shortcomings
from newscrawl.onboarding.saved_pages import SavedPage
from newscrawl.sites.rules.page_rules import RULES

Read = Callable[[bytes, Page, Site], Article | Rejection | Needs]
"""Reads a page by the rules of a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpiderNames:
    """The names of a spider, which must agree."""

    spider: str
    module: str
    """Last part of its module's name: the file."""
    class_name: str


def misnamed(names: SpiderNames) -> Iterator[str]:
    """mytown in mytown.py is MyTownSpider."""
    if names.module != names.spider:
        yield f"spider {names.spider!r} stands in {names.module}.py: should be {names.spider}.py"
    if names.class_name.lower() != names.spider.replace("_", "").lower() + "spider":
        yield f"spider {names.spider!r} is class {names.class_name}: should be {class_name(names.spider)}"


def class_name(spider: str) -> str:
    """The class for a spider's name: "my_town" is MyTownSpider."""
    return "".join(part.capitalize() for part in spider.split("_")) + "Spider"


def page_faults(saved: SavedPage, site: Site, read: Read) -> list[str]:
    """Why a saved page's test fails; empty where it passes."""
    found = list(shortcomings(saved))
    return found + list(differences(read(saved.html, saved.page, site), saved.expected))


def idle(name: str, at: int, site: Site, pages: list[SavedPage], read: Read) -> str | None:
    """Why a rule does not earn its place: without it each saved page still gives what is expected."""
    selectors: tuple[str, ...] = getattr(site, name)
    without = replace(site, **{name: selectors[:at] + selectors[at + 1 :]})  # type: ignore[arg-type]
    if any(any(differences(read(saved.html, saved.page, without), saved.expected)) for saved in pages):
        return None
    return f"{name}[{at}] {selectors[at]!r}: no saved page needs it; save one that does, or take it out"


def rules_of(site: Site) -> Iterator[tuple[str, int]]:
    """Each selector that the site declares, by attribute and position."""
    return ((name, at) for name in RULES for at in range(len(getattr(site, name))))
