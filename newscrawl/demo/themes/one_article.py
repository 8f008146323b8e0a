"""A theme with everything in one article element: share row, text, appeal, related, newsletter, republish widget."""

from __future__ import annotations

from html import escape
from urllib.parse import quote_plus

from newscrawl.demo.metadata import byline, canonical, json_ld, meta, open_graph, picture_path, script
from newscrawl.demo.outlets import SampleOutlet
from newscrawl.demo.story import SampleStory
from newscrawl.demo.surroundings import Around, Listing, ListingLink, section_paths
from newscrawl.demo.themes.parts import body_html, origin_line, page, plain_html


def article(outlet: SampleOutlet, story: SampleStory, around: Around) -> str:
    """The page of a story."""
    head = [
        f'<link rel="canonical" href="{canonical(outlet, story)}">',
        open_graph(outlet, story),
        meta([("keywords", ", ".join(story.tags)), ("author", ", ".join(story.authors))]),
        script("application/ld+json", {"@graph": [json_ld(outlet, story)]}),
    ]
    outside = origin_line(story, "outside")
    parts = [
        f'<article class="post type-post status-publish">{_header(outlet, story)}',
        body_html(story),
        _tags(story),
        "" if story.origin else _REPUBLISH,
        _APPEAL,
        _teasers(outlet, "Related stories", around.related),
        _teasers(outlet, "More from the Monitor", around.more),
        _pagination(around.links),
        _NEWSLETTER,
        "</article>",
        f'<aside class="source-note"><p>{outside}</p></aside>' if outside else "",
    ]
    return _page(outlet, story.title, "\n".join(parts), "\n".join(head))


def listing(outlet: SampleOutlet, listing: Listing) -> str:
    """A listing page; its links are relative to the protocol, as old caches want them."""
    entries = "\n".join(
        f'<article class="card"><h2><a href="//{outlet.host}{outlet.path_of(story)}">{escape(story.title)}</a></h2>'
        f"<p>{escape(story.standfirst or '')}</p>"
        f'<time datetime="{story.published.isoformat()}">{_day(story)}</time></article>'
        for story in listing.stories
    )
    heading = f"<h1>{escape(listing.heading)}</h1>" if listing.heading else ""
    head = f'<link rel="next" href="{listing.next_path}">' if listing.next_path else ""
    return _page(outlet, listing.heading or "All stories", heading + entries + _pagination(listing.links), head)


def plain(outlet: SampleOutlet, title: str, blocks: list[str]) -> str:
    """A page that is no story."""
    return _page(outlet, title, f'<div class="static"><h1>{escape(title)}</h1>{plain_html(blocks, "Search")}</div>')


def _day(story: SampleStory) -> str:
    return f"{story.published:%B %-d, %Y}"


def _header(outlet: SampleOutlet, story: SampleStory) -> str:
    section = f'<a href="{section_paths(outlet, story.section)[0]}" rel="category">{outlet.sections[story.section]}</a>'
    by = byline(story, "By", " and ")
    updated = (
        f' · <time datetime="{story.modified.isoformat()}">Updated {story.modified:%B %-d}</time>'
        if story.modified
        else ""
    )
    picture = (
        f'<figure><img src="{picture_path(story)}" alt=""><figcaption>{escape(story.photo)}</figcaption></figure>'
        if story.photo
        else ""
    )
    return (
        f'<p class="kicker">{section}</p><h1 class="entry-title">{escape(story.title)}</h1>'
        f'<p class="standfirst">{escape(story.standfirst or "")}</p>'
        f'<p class="byline"><span class="author vcard">{escape(by)}</span> · '
        f'<time datetime="{story.published.isoformat()}">{_day(story)}</time>{updated}</p>'
        '<p class="share"><a href="#">Share</a> <a href="#">Post</a>'
        ' <a href="#">Email this</a> <a href="#">Print</a></p>'
        f"{picture}"
    )


def _tags(story: SampleStory) -> str:
    links = " ".join(f'<a rel="tag" href="/search?q={quote_plus(tag)}">{escape(tag)}</a>' for tag in story.tags)
    return f'<p class="tags">Filed under: {links}</p>'


def _teasers(outlet: SampleOutlet, heading: str, stories: list[SampleStory]) -> str:
    links = "".join(
        f'<li><a href="{outlet.path_of(story)}?utm_source=related">{escape(story.title)}</a></li>' for story in stories
    )
    return f"<h4>{heading}</h4><ul>{links}</ul>"


def _pagination(links: list[ListingLink]) -> str:
    entries = " ".join(
        f'<a href="{link.path}">{link.label}</a>' if link.path else f"<span>{link.label}</span>" for link in links
    )
    return f'<p class="pages">{entries}</p>'


def _page(outlet: SampleOutlet, title: str, content: str, head: str = "") -> str:
    menu = " ".join(f'<a href="{section_paths(outlet, key)[0]}">{name}</a>' for key, name in outlet.sections.items())
    return page(
        "one_article",
        title=escape(title),
        name=outlet.name,
        feed=outlet.feeds[0],
        head=head,
        menu=menu,
        content=content,
    )


_REPUBLISH = """<div class="republish"><h4>Republish this story</h4>
<p>Other newsrooms may print our work free of charge under a Creative Commons BY-ND licence. Name the author,
link back to this page and leave the wording as it is.</p><button>Copy the HTML</button></div>"""

_APPEAL = """<div class="appeal"><h3>Nobody owns this newsroom but its members</h3>
<p>Three editors, two reporters, no shareholders: the Monitor runs on what 2,300 members put in. If this piece told you
something that you could not have read elsewhere, consider joining them.</p>
<p><a href="/about/">Become a member</a> <a href="/about/">Make a single gift</a></p></div>"""

_NEWSLETTER = """<div class="newsletter"><h4>Sunday Causeway</h4>
<p>Our weekly letter: what was decided, who decided it, and what it will cost. Free, every Sunday.</p>
<form><input type="email" placeholder="you@mail.example"><button>Subscribe</button></form></div>"""
