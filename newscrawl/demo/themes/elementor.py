"""WordPress with a page builder: nested div widgets, no landmark around the text, a share row of buttons."""

from __future__ import annotations

from html import escape

from newscrawl.demo.metadata import byline, canonical, open_graph, picture_path
from newscrawl.demo.outlets import SampleOutlet
from newscrawl.demo.story import SampleStory
from newscrawl.demo.surroundings import Around, Listing, ListingLink, section_paths
from newscrawl.demo.themes.parts import body_html, origin_line, page, plain_html

_SHARES = ("facebook", "twitter", "linkedin", "pinterest", "telegram", "email", "reddit", "whatsapp")

_DONATE = (
    "<p>The Ledger has no proprietor and no paywall. Some 1,900 households along this coast chip in each month so that"
    " a reporter still sits in the council chamber and at the magistrates' bench."
    " Put £3 in the tin and keep one there.</p>",
    "<p>Give once</p>",
    "<p>Any sum helps, from the price of a bag of chips upwards. Cards, bank transfer and cheques are all welcome.</p>",
)


def article(outlet: SampleOutlet, story: SampleStory, around: Around) -> str:
    """The page of a story."""
    outside = origin_line(story, "outside")
    widgets = [
        _widget("post-info", _info(outlet, story)),
        _widget("theme-post-title", f'<h1 class="elementor-heading-title">{escape(story.title)}</h1>'),
        _widget("share-buttons", "".join(map(_share, _SHARES))),
        _picture(story),
        _widget("theme-post-content", body_html(story)),
        _widget("text-editor", f'<div class="credit-box">{outside}</div>') if outside else "",
        _heading("Keep a reporter on the quay"),
        *(_widget("text-editor", paragraph) for paragraph in _DONATE),
        _heading("Related"),
        _posts(outlet, around.related),
        _heading("More"),
        _posts(outlet, around.more, around.links),
        _heading("Don't Miss"),
        _posts(outlet, around.dont_miss),
        _widget("form", _NEWSLETTER),
    ]
    head = f'<link rel="canonical" href="{canonical(outlet, story)}">\n{open_graph(outlet, story)}'
    content = f'<div class="elementor elementor-location-single">{"".join(widgets)}</div>'
    return _page(outlet, story.title, content, head)


def listing(outlet: SampleOutlet, listing: Listing) -> str:
    """A listing page."""
    follow = f'<link rel="next" href="{listing.next_path}">' if listing.next_path else ""
    heading = _heading(listing.heading) if listing.heading else ""
    content = heading + _posts(outlet, listing.stories, listing.links, excerpts=True)
    return _page(
        outlet,
        listing.heading or "Latest",
        f'<div class="elementor elementor-location-archive">{content}</div>',
        follow,
    )


def plain(outlet: SampleOutlet, title: str, blocks: list[str]) -> str:
    """A page that is no story."""
    content = _widget("heading", f"<h1>{escape(title)}</h1>") + _widget("text-editor", plain_html(blocks, "Search"))
    return _page(outlet, title, f'<div class="elementor">{content}</div>')


def _widget(kind: str, content: str) -> str:
    return (
        f'<div class="elementor-element elementor-widget elementor-widget-{kind}">'
        f'<div class="elementor-widget-container">{content}</div></div>\n'
    )


def _heading(text: str) -> str:
    return _widget("heading", f'<h2 class="elementor-heading-title">{escape(text)}</h2>')


def _info(outlet: SampleOutlet, story: SampleStory) -> str:
    path = section_paths(outlet, story.section)[0]
    by = byline(story, "By", " and ")
    return (
        '<ul class="elementor-post-info">'
        f'<li itemprop="about"><a href="{path}">{outlet.sections[story.section]}</a></li>'
        f'<li itemprop="author">{escape(by)}</li>'
        f'<li itemprop="datePublished"><time>{story.published:%B %-d, %Y %-I:%M %p}</time></li></ul>'
    )


def _share(network: str) -> str:
    label = f"Share on {network}"
    return (
        f'<div class="elementor-grid-item"><div class="elementor-share-btn elementor-share-btn_{network}" role="button"'
        f' aria-label="{label}"><span class="elementor-screen-only">{label}</span></div></div>'
    )


def _picture(story: SampleStory) -> str:
    if story.photo is None:
        return ""
    caption = f'<figcaption class="widget-image-caption wp-caption-text">{escape(story.photo)}</figcaption>'
    return _widget("image", f'<figure class="wp-caption"><img src="{picture_path(story)}" alt="">{caption}</figure>')


def _posts(
    outlet: SampleOutlet, stories: list[SampleStory], links: list[ListingLink] | None = None, *, excerpts: bool = False
) -> str:
    posts = "".join(_post(outlet, story, excerpts) for story in stories)
    return _widget("posts", f'<div class="elementor-posts-container">{posts}</div>{_pagination(links or [])}')


def _post(outlet: SampleOutlet, story: SampleStory, excerpt: bool) -> str:
    lead = f'<div class="elementor-post__excerpt"><p>{escape(story.standfirst or "")}</p></div>' if excerpt else ""
    return (
        '<article class="elementor-post"><div class="elementor-post__text"><h3 class="elementor-post__title">'
        f'<a href="{outlet.url_of(story)}">{escape(story.title)}</a></h3>{lead}</div></article>'
    )


def _pagination(links: list[ListingLink]) -> str:
    if not links:
        return ""
    entries = " ".join(
        f'<a class="page-numbers" href="{link.path}">{link.label}</a>'
        if link.path
        else f'<span class="page-numbers">{link.label}</span>'
        for link in links
    )
    return f'<nav class="elementor-pagination" aria-label="Pagination">{entries}</nav>'


def _page(outlet: SampleOutlet, title: str, content: str, head: str = "") -> str:
    menu = "".join(
        f'<li><a href="{section_paths(outlet, key)[0]}">{name}</a></li>' for key, name in outlet.sections.items()
    )
    return page(
        "elementor",
        title=escape(title),
        name=outlet.name,
        host=outlet.host,
        feed=outlet.feeds[0],
        head=head,
        menu=menu,
        content=content,
    )


_NEWSLETTER = """<form class="elementor-form"><h3>The Tide Table</h3>
<p>Five stories from the coast in your inbox at 6.30 every weekday morning.</p>
<input type="email" placeholder="Email address"><button>Sign me up</button>
<p class="small">You can leave the list whenever you like.</p></form>"""
