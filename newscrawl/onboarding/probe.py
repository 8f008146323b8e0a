"""Asks an unknown site where its articles are: front page, robots.txt, feeds, sitemaps, sections, a sample of pages."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.discovery import ENOUGH, DiscoveryLink, well_known
from newscrawl.fetch.browser import Step
from newscrawl.fetch.errors import FetchError
from newscrawl.fetch.fetched_page import SHOWS_NOTHING, header
from newscrawl.items import Rejection, Site
from newscrawl.onboarding.fetcher import Fetch, page_of
from newscrawl.onboarding.survey import Asked, NamedUrl, Sampled, Survey
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.workers import Workers
from newscrawl.web.urls import domain_of

MAX_FEEDS = 8
MAX_SITEMAPS = 6
MAX_MEMBERS = 2
"""Members of a sitemap index that are read: enough to see what it names."""
MAX_SECTIONS = 12
SAMPLE = 4
"""Articles that a sample should hold."""
CHECKED = 10
"""Pages that are read of a known site: what `changes` was reasoned for."""
MAX_TRIED = 8
"""Pages that are fetched for it."""
Steps = tuple[tuple[Step, ...], tuple[Step, ...]] | None


class Prober:
    """One survey of one site; a page a request, one after the other."""

    def __init__(
        self, fetch: Fetch, workers: Workers, domains: set[str | None], site: Site | None = None, *, steps: Steps = None
    ) -> None:
        """`domains`: those of the outlet, whose URLs count. `site`: rules of reading. `steps`: those of a site whose
        pages are rendered by the browser, on a listing page and on an article."""
        self.fetch = fetch
        self.workers = workers
        self.domains = domains
        self.site = site or Site()
        self.listing_steps: tuple[Step, ...] | None = steps[0] if steps else None
        self.steps: tuple[Step, ...] | None = steps[1] if steps else None
        self.bodies: dict[str, tuple[bytes, str | None, str]] = {}
        """Body, Content-Type and time of each page of a sample, by its URL."""

    async def survey(self, url: str) -> Survey:
        """All that is to be known before a spider is written; FetchError where the page given cannot be had."""
        found = Survey(home=url)
        home = await self.home(DiscoveryLink(url=url, kind="listing", rel="declared"), found)
        guesses = well_known(url)
        robots = await self.ask(guesses[0], found)
        named = [*home.more, *robots.more]
        await self.first_or_guessed([one for one in named if one.kind == "feed"], guesses, found, "feed")
        maps = [one for one in named if "sitemap" in one.kind]
        await self.first_or_guessed(maps, guesses, found, "sitemap")
        await self.ask_members(found)
        further = [one for one in home.more if one.rel == "section"][:MAX_SECTIONS]
        if not home.has_next and not found.is_in_sitemaps:
            await self.ask_all(further, found)
        await self.sample(found, articles=SAMPLE, most=MAX_TRIED)
        return found

    async def home(self, link: DiscoveryLink, found: Survey) -> Asked:
        """The page given; where it names no article, as the browser shows it, if that names some: then all listings are
        asked so. FetchError where it cannot be had."""
        home = await self.ask(link, found)
        if home.kind is None:
            raise FetchError(home.trouble)
        if home.kind == "listing" and not home.named:
            self.listing_steps, shown = (), Survey(home=link.url)
            if (await self.ask(link, shown)).named:
                found.asked, found.is_rendered = shown.asked, True
                return shown.asked[0]
            self.listing_steps = None
        return home

    async def look_again(self, starts: list[DiscoveryLink]) -> Survey:
        """What the declared pages of a known site name now, and a sample of it."""
        found = Survey(home=starts[0].url)
        await self.ask_all(starts, found)
        await self.ask_members(found)
        await self.sample(found, articles=CHECKED, most=CHECKED)
        return found

    async def ask_members(self, found: Survey) -> None:
        """Asks the newest members of each sitemap index."""
        for index in found.of("sitemap_index"):
            await self.ask_all(sorted(index.more, key=lambda one: one.date or "", reverse=True)[:MAX_MEMBERS], found)

    async def first_or_guessed(
        self, named: list[DiscoveryLink], guesses: list[DiscoveryLink], found: Survey, kind: str
    ) -> None:
        """Asks what the site names; where that is nothing, the usual places, until one is of use."""
        most = MAX_FEEDS if kind == "feed" else MAX_SITEMAPS
        await self.ask_all(named[:most], found)
        if any(kind in (one.kind or "") and not one.trouble for one in found.asked):
            return
        for guess in guesses:
            if kind in guess.kind and not (await self.ask(guess, found)).trouble:
                return

    async def ask_all(self, links: Iterable[DiscoveryLink], found: Survey) -> None:
        """Asks each, one after the other."""
        for link in links:
            await self.ask(link, found)

    async def ask(self, link: DiscoveryLink, found: Survey) -> Asked:
        """Asks a discovery page once; what became of it stands in the survey."""
        if known := next((one for one in found.asked if one.link.url == link.url), None):
            return known
        asked = Asked(link=link)
        found.asked.append(asked)
        try:
            response = await self.fetch(link.url, self.listing_steps if link.kind == "listing" else None)
        except FetchError as error:
            asked.trouble = str(error)
            return asked
        read = await self.workers.discover(response.body, response.url, header(response, "Content-Type"))
        if isinstance(read, Rejection):
            asked.trouble = read.reason
            return asked
        asked.kind, asked.more = read.found.kind, read.found.more
        sure = [one for one in read.found.named if one.score >= ENOUGH]
        own = [one for one in sure if domain_of(one.url) in self.domains]
        asked.named = {one.normalized_url: NamedUrl(url=one.url, title=one.discovery.title) for one in own}
        if link.kind != "listing" and asked.kind in ("listing", "unknown"):
            asked.trouble = f"is no {link.kind.replace('_', ' ')}"
        elif link.kind in ("feed", "listing") and not (asked.named or asked.more):
            asked.trouble = "names no article"
        return asked

    async def sample(self, found: Survey, *, articles: int, most: int) -> None:
        """Reads pages until there are enough articles among them, or most are read."""
        for tried, url in enumerate(found.candidates()):
            if tried >= most or len(found.read) >= articles:
                return
            found.sample.append(await self.sampled(url))

    async def sampled(self, url: str) -> Sampled:
        """A page of the sample; one that shows nothing as the browser shows it, where that is an article."""
        seen = await self.read(url, self.steps)
        if self.steps is not None or seen.rejection is None or seen.rejection.reason not in SHOWS_NOTHING:
            return Sampled(url=url, seen=seen)
        shown = await self.read(url, ())
        if shown.article is not None:
            return Sampled(url=url, seen=shown, is_rendered=True)
        return Sampled(url=url, seen=seen)

    async def read(self, url: str, steps: tuple[Step, ...] | None) -> Explanation:
        """How a page is read, in the browser where there are steps; one that cannot be had is a rejection."""
        try:
            response = await self.fetch(url, steps)
        except FetchError as error:
            return Explanation(rejection=Rejection(reason=str(error)))
        page = page_of(response, requested_url=url, spider="probe")
        self.bodies[url] = (response.body, page.content_type, page.fetched_at)
        return await self.workers.explain(response.body, page, self.site)
