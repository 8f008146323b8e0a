"""El Faro de Calizo, a sample outlet: an RSS and an Atom feed."""

from __future__ import annotations

from newscrawl.spider import SiteSpider


class FaroDeCalizoSpider(SiteSpider):
    """An island's paper, in Spanish."""

    name = "farodecalizo"
    site_name = "El Faro de Calizo"
    feeds = ("http://farodecalizo.example/rss.xml", "http://farodecalizo.example/atom.xml")
    listings = ("http://farodecalizo.example/noticias",)
