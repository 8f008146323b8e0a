"""La Gazette du Littoral, a sample outlet: a sitemap only, since its listings show no link without scripts."""

from __future__ import annotations

from newscrawl.spider import SiteSpider


class GazetteLittoralSpider(SiteSpider):
    """A coast's paper, in French."""

    name = "gazettelittoral"
    site_name = "La Gazette du Littoral"
    sitemaps = ("http://www.gazette-littoral.example/sitemap.xml",)
