"""What benchmarks/speed.py measures newscrawl against: spiders that take the URLs of a sitemap and read its pages."""

from __future__ import annotations

from typing import NamedTuple

_SPIDER = """
import scrapy
{imports}

class Peer(scrapy.Spider):
    name = "peer"
    custom_settings = dict(ROBOTSTXT_OBEY=True, CONCURRENT_REQUESTS_PER_DOMAIN=16, DOWNLOAD_DELAY=0, LOG_LEVEL="INFO",
                           TELNETCONSOLE_ENABLED=False)

    async def start(self):
        yield scrapy.Request(self.root + "sitemap.xml", self.listed)

    def listed(self, response):
        for url in response.selector.re(r"<loc>([^<]+)"):
            yield scrapy.Request(url, self.page)

    def page(self, response):
        {reads}
"""


class Peer(NamedTuple):
    """A peer's spider."""

    spider: str
    needs: str | None
    """The package that it needs; None for one that newscrawl has."""


PEERS = {
    "bare Scrapy": Peer(_SPIDER.format(imports="", reads="yield dict(url=response.url)"), None),
    "Scrapy + inline trafilatura": Peer(
        _SPIDER.format(
            imports="import trafilatura",
            reads="""d = trafilatura.bare_extraction(
            response.body, url=response.url, with_metadata=True, include_comments=False)
        if d:
            d = d.as_dict()
            yield dict(url=response.url, title=d["title"], body=d["text"], date=d["date"], author=d["author"])""",
        ),
        None,
    ),
    "Scrapy + inline newspaper4k": Peer(
        _SPIDER.format(
            imports="import newspaper",
            reads="""a = newspaper.Article(response.url)
        a.download(input_html=response.text)
        a.parse()
        yield dict(url=response.url, title=a.title, body=a.text, date=str(a.publish_date), author=a.authors)""",
        ),
        "newspaper",
    ),
}
