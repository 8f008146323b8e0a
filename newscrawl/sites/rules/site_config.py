"""`SiteConfig`: what site config files say of a site's pages, as far as newscrawl follows it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from newscrawl.items import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """Where a page links to the rest of its article."""

    selector: str
    """XPath of the link: an element with `href`, an attribute, or a URL as text."""
    condition: str | None = None
    """XPath that must find something on the page, else the link does not count (if_page_contains)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """The rules of a site. Selectors are XPath as `sites.rules.selectors` reads it; the first that finds wins."""

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    """What is no part of the body. Title, authors, date and origin may stand in it: they are read before."""
    replacements: tuple[tuple[str, str], ...] = ()
    """Strings of the page's source and what takes their place, in order, before it is parsed."""
    single_page: tuple[PageLink, ...] = ()
    next_page: tuple[PageLink, ...] = ()
    native_ad: tuple[str, ...] = ()
    """What finds something on pages that are advertisements in the form of articles."""
    prune: bool | None = None
    """False: the body is taken as it stands. Otherwise what looks like boilerplate within it goes."""
    autodetect: bool | None = None
    """False: a page on which no `body` finds text is no article, and no more general config is asked."""

    def beneath(self, site: Site) -> Site:
        """The site with this config's selectors where it declares none of its own. `strip` is not among them."""
        return replace(
            site,
            body=site.body or self.body,
            title=site.title or self.title,
            authors=site.authors or self.authors,
            date=site.date or self.date,
        )

    def above(self, other: SiteConfig) -> SiteConfig:
        """Both configs as one, this one's rules first."""
        return SiteConfig(
            **{field.name: _joined(getattr(self, field.name), getattr(other, field.name)) for field in fields(self)}
        )


def _joined(own: Any, other: Any) -> Any:
    if isinstance(own, tuple):
        return tuple(dict.fromkeys((*own, *other)))
    return other if own is None else own
