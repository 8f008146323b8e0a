"""The sample outlets: names, hosts, shapes of their URLs, where discovery starts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from newscrawl.demo.story import SampleStory, stories, stories_of


@dataclass(frozen=True, kw_only=True)
class SampleOutlet:
    """One sample outlet. Paths begin with "/"; `{...}` in a path names fields of the story or the number of a page."""

    key: str
    name: str
    host: str
    language: str
    """BCP 47, as the pages declare it where they do."""
    theme: str
    """Module of newscrawl.demo.themes that renders its pages."""
    article: str
    """Shape of its articles' paths."""
    sections: dict[str, str]
    """Path segment of each section and its name as printed."""
    listing: tuple[str, str]
    """Path of all stories: first page, page n."""
    section_listing: tuple[str, str]
    """Path of a section's stories: first page, page n."""
    per_page: int
    feeds: tuple[str, ...] = ()
    """Paths of its feeds; the name's ending tells the kind."""
    sitemaps: tuple[str, ...] = ()
    """What robots.txt names."""
    follow_listing: bool = True
    """False where the listing pages show no link without scripts."""
    robots: str = "Disallow:\n"
    """Rules of robots.txt after "User-agent: *"."""
    about: str
    """Path of the page about the outlet."""
    prints_standfirst: bool = True
    states_time: bool = True
    """False where the pages give the day only."""
    encoding: str = "utf-8"

    @property
    def home(self) -> str:
        """URL of the front page."""
        return f"http://{self.host}/"

    def url(self, path: str) -> str:
        """Absolute URL of a path."""
        return f"http://{self.host}{path}"

    def path_of(self, story: SampleStory) -> str:
        """Path of a story's page."""
        return self.article.format(
            section=story.section, slug=story.slug, date=f"{story.published:%Y/%m/%d}", number=story.number
        )

    def url_of(self, story: SampleStory) -> str:
        """URL of a story's page."""
        return self.url(self.path_of(story))

    @cached_property
    def stories(self) -> list[SampleStory]:
        """Its stories, newest first."""
        return stories_of(self.key)

    @property
    def start_points(self) -> dict[str, tuple[str, ...]]:
        """URLs from which every story can be found, by kind: feeds, sitemaps, listings."""
        return {
            "feeds": tuple(map(self.url, self.feeds)),
            "sitemaps": tuple(map(self.url, self.sitemaps)),
            "listings": (self.url(self.listing[0]),) if self.follow_listing else (),
        }


OUTLETS = {
    outlet.key: outlet
    for outlet in (
        SampleOutlet(
            key="harbourledger",
            name="Harbour Ledger",
            host="harbourledger.example",
            language="en-GB",
            theme="elementor",
            article="/{section}/{slug}/",
            sections={
                "council": "Council",
                "courts": "Courts",
                "waterfront": "Waterfront",
                "business": "Business",
                "sport": "Sport",
                "culture": "Culture",
                "opinion": "Opinion",
                "people": "People",
            },
            listing=("/latest/", "/latest/page/{page}/"),
            section_listing=("/{section}/", "/{section}/page/{page}/"),
            per_page=3,
            feeds=("/feed/rss.xml",),
            robots="Disallow: /wp-admin/\n",
            about="/about-us/",
            prints_standfirst=False,
        ),
        SampleOutlet(
            key="fenmoormonitor",
            name="Fenmoor Monitor",
            host="www.fenmoormonitor.example",
            language="en",
            theme="one_article",
            article="/{date}/{slug}/",
            sections={
                "environment": "Environment",
                "education": "Education",
                "health": "Health",
                "county": "County Hall",
                "science": "Science",
                "economy": "Economy",
                "comment": "Comment",
                "nation": "Nation",
            },
            listing=("/archive/", "/archive/?page={page}"),
            section_listing=("/topics/{section}/", "/topics/{section}/?page={page}"),
            per_page=2,
            feeds=("/feed.atom",),
            sitemaps=("/news-sitemap.xml",),
            robots="Disallow: /search\nAllow: /\n",
            about="/about/",
        ),
        SampleOutlet(
            key="lohetalbote",
            name="Lohetalbote",
            host="lohetalbote.example",
            language="de",
            theme="soup",
            article="/artikel/{number}/{slug}.html",
            sections={
                "lokales": "Lokales",
                "blaulicht": "Gericht & Polizei",
                "wirtschaft": "Wirtschaft",
                "sport": "Sport",
                "kultur": "Kultur",
                "meinung": "Meinung",
                "umwelt": "Umwelt",
            },
            listing=("/archiv.html", "/archiv-{page}.html"),
            section_listing=("/ressort-{section}.html", "/ressort-{section}-{page}.html"),
            per_page=2,
            about="/ueber-uns.html",
            states_time=False,
            encoding="windows-1252",
        ),
        SampleOutlet(
            key="gazettelittoral",
            name="La Gazette du Littoral",
            host="www.gazette-littoral.example",
            language="fr",
            theme="next_state",
            article="/{section}/{slug}-{number}",
            sections={
                "port": "Port et pêche",
                "justice": "Justice",
                "environnement": "Environnement",
                "culture": "Culture",
                "sport": "Sport",
                "tribunes": "Tribunes",
                "economie": "Économie",
            },
            listing=("/derniers-articles", "/derniers-articles?page={page}"),
            section_listing=("/{section}", "/{section}?page={page}"),
            per_page=2,
            sitemaps=("/sitemap.xml",),
            follow_listing=False,
            robots="Disallow: /api/\n",
            about="/a-propos",
        ),
        SampleOutlet(
            key="farodecalizo",
            name="El Faro de Calizo",
            host="farodecalizo.example",
            language="es",
            theme="fields",
            article="/noticias/{section}/{slug}-{number}",
            sections={
                "municipal": "Municipal",
                "sucesos": "Sucesos",
                "comarca": "Comarca",
                "deportes": "Deportes",
                "economia": "Economía",
                "cultura": "Cultura",
                "ciencia": "Ciencia",
            },
            listing=("/noticias", "/noticias?pagina={page}"),
            section_listing=("/noticias/{section}", "/noticias/{section}?pagina={page}"),
            per_page=2,
            feeds=("/rss.xml", "/atom.xml"),
            robots="Disallow: /buscar\n",
            about="/quienes-somos",
        ),
    )
}


def origin_url(story: SampleStory) -> str | None:
    """URL of the original that a copy names; None without an origin or where only its publisher is known."""
    if story.origin is None or story.origin.story is None:
        return story.origin.url if story.origin else None
    original = stories()[story.origin.story]
    return OUTLETS[original.outlet].url_of(original)
