"""Makes one outlet: its articles, its look, the pages that every outlet has, and lists of articles with a pager."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from . import documents, prose
from .addresses import SPEAKING, Address
from .look import Frame, anchor, article_head, article_inner, look, teasers
from .model import HTML, NOW, Answer, Article, GeneratedSite, encoded, tidy

XML = "application/xml"
Pager = Callable[["Newsroom", Callable[[int], str], int, int], tuple[str, str]]
"""(room, path of a page, this page, last page) -> (for the head, below the list)."""


class Newsroom:
    """An outlet in the making; `site` is what comes of it. Everything by chance comes from URL pattern and seed."""

    def __init__(self, url_pattern: str, place: int, seed: int, *, dates: str | None = None) -> None:
        self.chance = Random(f"outlet/{url_pattern}/{seed}")
        self.language = self.chance.choice(prose.LANGUAGES)
        said = prose.words(self.language)
        self.name = f"{self.chance.choice(said['places'])} {self.chance.choice(said['outlets'])}"
        self.labels, self.paths = said["labels"], said["paths"]
        host = f"{prose.slug(self.name)}-{place}-{seed}.example"
        self.site = GeneratedSite(url_pattern, seed, host, (self.language,))
        self.frame = Frame(look(self.name, self.language, self.chance, dates=dates), (), (), ())
        self.site.article_page = self.article_page
        self.site.missing = partial(self.html, "missing", self.labels["missing"], "<h1>404</h1>", status=404)

    def url(self, target: str) -> str:
        return f"http://{self.site.host}{target}"

    # Articles

    def write(
        self, count: int, address: Address, *, every: int, language: str = "", prefix: str = ""
    ) -> tuple[Article, ...]:
        """Articles, newest first, on average `every` minutes between two, and makes them the site's."""
        moment, made, taken = NOW, [], set[str]()
        for number in range(count):
            moment -= timedelta(minutes=self.chance.randint(every // 3, every * 5 // 3))
            made.append(self.article(number, count, moment, address, language or self.language, prefix, taken))
        together = (*self.site.articles, *made)
        self.site.articles = tuple(sorted(together, key=lambda article: article.published, reverse=True))
        known = {tidy(article.url.removeprefix(self.url(""))): article for article in self.site.articles}
        self.site.find = known.get
        self.frame = replace(self.frame, most_read=self._most_read(made))
        return tuple(made)

    def article(
        self, number: int, count: int, moment: datetime, address: Address, language: str, prefix: str, taken: set[str]
    ) -> Article:
        """One article; its title is none of those taken."""
        key = f"{self.site.host}/{language}/{number}"
        chance, said = Random(key), prose.words(language)
        title = prose.title(language, chance)
        while title in taken:
            title = prose.title(language, chance)
        taken.add(title)
        section, section_name = chance.choice(said["sections"])
        published = moment.astimezone(prose.zone(language)).replace(second=0, microsecond=0)
        path, mark, query = (prefix + address(count - 1 - number, prose.slug(title), section, published)).partition("?")
        author, tag = prose.person(language, chance), chance.choice(said["tags"])[0]
        url = self.url(encoded(path) + mark + query)
        return Article(number, url, title, author, published, section, section_name, tag, language, key)

    def _most_read(self, articles: Sequence[Article]) -> tuple[Article, ...]:
        return tuple(self.chance.sample(articles[:30], min(5, len(articles))))

    def article_page(self, article: Article) -> Answer:
        """The page of an article, with the next three as related ones."""
        around = self.site.articles
        related = [around[(article.number + step) % len(around)] for step in (1, 2, 5)]
        head = article_head(self.frame.look, article, article.url)
        inner = article_inner(self.frame.look, article, related)
        body = self.frame.page(f"{article.title} - {self.name}", inner, head=head, language=article.language)
        return Answer(body, "article", modified=article.published)

    # Pages

    def html(self, kind: str, title: str, inner: str, *, head: str = "", status: int = 200) -> Answer:
        return Answer(self.frame.page(f"{title} - {self.name}", inner, head=head), kind, status=status)

    def put(self, target: str, kind: str, make: Callable[[], Answer]) -> str:
        """Adds a page that is no article; answers its URL."""
        self.site.routes[target] = make
        self.site.others[self.url(target)] = kind
        return self.url(target)

    def put_bytes(self, target: str, kind: str, make: Callable[[], bytes], content_type: str = XML) -> str:
        """The same for a feed or a sitemap."""
        return self.put(target, kind, lambda: Answer(make(), kind, content_type))

    def redirect(self, target: str, to: str) -> str:
        """Adds a redirect to a URL; answers its own URL."""
        self.site.routes[target] = lambda: Answer(b"", "redirect", HTML, 301, to)
        self.site.redirects[self.url(target)] = to
        return self.url(target)

    def robots(self, *sitemaps: str, disallow: str = "/search") -> None:
        lines = ["User-agent: *", f"Disallow: {disallow}", *(f"Sitemap: {url}" for url in sitemaps), ""]
        self.site.routes["/robots.txt"] = lambda: Answer("\n".join(lines).encode(), "robots", "text/plain")

    def front(self, inner: str = "", *, shown: int = 6, links: Iterable[tuple[str, str]] = ()) -> None:
        """The front page: some teasers, some links."""
        more = "".join(f"<p>{anchor(*link)}</p>" for link in links)

        def page() -> Answer:
            list_of = self.teasers(self.site.articles[:shown]) if shown else ""
            return self.html("front", self.labels["front"], f"<h1>{self.name}</h1>{inner}{list_of}{more}")

        self.put("/", "front", page)

    def teasers(self, articles: Iterable[Article], href: Callable[[Article], str] | None = None) -> str:
        """A list of articles; their links are paths, unless `href` says otherwise."""
        link = href or (lambda article: article.url.removeprefix(self.url("")))
        return teasers(self.frame.look, ((link(article), article) for article in articles))

    def listing(
        self, path: Callable[[int], str], articles: Sequence[Article], per_page: int, pager: Pager,
        kind: str = "listing", title: str = "", href: Callable[[Article], str] | None = None,
    ) -> str:  # fmt: skip
        """Pages 1, 2, ... of all these articles; answers the URL of the first."""
        last = max(1, -(-len(articles) // per_page))
        for page in range(1, last + 1):
            chunk = articles[(page - 1) * per_page : page * per_page]
            make = partial(self.list_page, path, chunk, page, last, pager, kind, title or self.labels["latest"], href)
            self.put(path(page), kind, make)
        return self.url(path(1))

    def list_page(
        self, path: Callable[[int], str], chunk: Iterable[Article], page: int, last: int, pager: Pager, kind: str,
        title: str, href: Callable[[Article], str] | None = None,
    ) -> Answer:  # fmt: skip
        """One page of a list."""
        head, below = pager(self, path, page, last)
        return self.html(kind, title, f"<h1>{title}</h1>{self.teasers(chunk, href)}{below}", head=head)

    # What every outlet has

    def furnish(self, *, menu: Iterable[tuple[str, str]] = (), head: str = "") -> None:
        """Pages about the outlet, forms, lists by topic and by author; then the frame that links them."""
        said = prose.words(self.language)
        for page in said["static"]:
            text = f"<h1>{page['title']}</h1>" + "".join(f"<p>{part}</p>" for part in page["text"])
            self.put(f"/{page['slug']}", page["kind"], partial(self.html, page["kind"], page["title"], text))
        fields = f'<form><input name="mail"><input type="password"><button>{self.labels["login"]}</button></form>'
        self.put("/login", "login", partial(self.html, "login", self.labels["login"], fields))
        box = '<form><input name="mail"></form>'
        self.put("/newsletter", "newsletter", partial(self.html, "newsletter", "Newsletter", box))
        self.site.families.append(self._search)
        footer = tuple((f"/{page['slug']}", page["title"]) for page in said["static"])
        top = (("/", self.labels["front"]), *menu, ("/login", self.labels["login"]))
        self.frame = replace(self.frame, menu=top, footer=footer, head=head)
        self.robots()

    def _search(self, path: str, query: Mapping[str, str]) -> Answer | None:
        if path != "/search":
            return None
        hits = self.teasers(self.site.articles[:3])
        return self.html(
            "search", self.labels["search"], f"<h1>{self.labels['search']}</h1><form><input name=q></form>{hits}"
        )

    def sections(self, per_page: int = 20) -> tuple[tuple[str, str], ...]:
        """A page of the newest articles for each section; answers the menu."""
        menu = []
        for slug, name in prose.words(self.language)["sections"]:
            mine = [article for article in self.site.articles if article.section == slug][:per_page]
            self.listing(lambda _, slug=slug: f"/{slug}/", mine, per_page, no_pager, "section", name)
            menu.append((f"/{slug}/", name))
        return tuple(menu)

    def by_topic_and_author(self) -> tuple[tuple[str, str], ...]:
        """A list for each tag and each author; answers links to them."""
        links = []
        for slug, name in prose.words(self.language)["tags"]:
            mine = [article for article in self.site.articles if article.tag == slug]
            path = f"/{self.paths['tag']}/{slug}"
            self.listing(lambda _, path=path: path, mine, 100, no_pager, "tag", name)
            links.append((path, name))
        for name in sorted({article.author for article in self.site.articles}):
            mine = [article for article in self.site.articles if article.author == name]
            path = f"/{self.paths['author']}/{prose.slug(name)}"
            self.listing(lambda _, path=path: path, mine, 100, no_pager, "author", name)
            links.append((path, name))
        return tuple(links)

    def feed(
        self, form: str, target: str, articles: Sequence[Article], link: Callable[[Article], str] | None = None
    ) -> str:
        """A feed of these articles; answers its URL."""
        make, content_type = documents.FEEDS[form]
        to = link or (lambda article: article.url)
        entries = lambda: ((to(article), article) for article in articles)  # noqa: E731 made anew at each request
        return self.put_bytes(target, "feed", lambda: make(self.name, self.site.home, entries()), content_type)

    def address(self, table: Mapping[str, Address] = SPEAKING) -> Address:
        """One of these kinds of URL, by chance."""
        return table[self.chance.choice(sorted(table))]


def no_pager(room: Newsroom, path: Callable[[int], str], page: int, last: int) -> tuple[str, str]:
    """A list on one page."""
    return "", ""


def numbers(room: Newsroom, path: Callable[[int], str], page: int, last: int) -> tuple[str, str]:
    """1 2 3 ... N around this page, with the words for back and on."""
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    links, before = [], 0
    for number in near:
        if number > before + 1:
            links.append("<span>…</span>")
        links.append(f"<b>{number:,}</b>" if number == page else anchor(path(number), f"{number:,}"))
        before = number
    back = anchor(path(page - 1), room.labels["previous"]) if page > 1 else ""
    on = anchor(path(page + 1), room.labels["next"]) if page < last else ""
    return "", f'<div class="{room.frame.look.prefix}-pages">{back} {" ".join(links)} {on}</div>'


def rel_next(room: Newsroom, path: Callable[[int], str], page: int, last: int) -> tuple[str, str]:
    """Nothing to see: the head alone names the pages beside this one."""
    back = f'<link rel="prev" href="{path(page - 1)}">\n' if page > 1 else ""
    return back + (f'<link rel="next" href="{path(page + 1)}">\n' if page < last else ""), ""


def arrow(room: Newsroom, path: Callable[[int], str], page: int, last: int) -> tuple[str, str]:
    """One arrow at the end, a link with rel=next."""
    return "", anchor(path(page + 1), "»", ' rel="next"') if page < last else ""


def load_more(room: Newsroom, path: Callable[[int], str], page: int, last: int) -> tuple[str, str]:
    """A link that looks like a button, without rel."""
    button = f' class="{room.frame.look.prefix}-button" role="button"'
    return "", anchor(path(page + 1), room.labels["more"], button) if page < last else ""
