"""A German system of 2003: tables and divs without a class, paragraphs parted by <br><br>, no metadata."""

from __future__ import annotations

from html import escape

from newscrawl.demo.markup import inline
from newscrawl.demo.metadata import byline, picture_path
from newscrawl.demo.outlets import SampleOutlet
from newscrawl.demo.story import SampleStory
from newscrawl.demo.surroundings import Around, Listing, ListingLink, section_paths
from newscrawl.demo.themes.parts import origin_line, page, plain_html

_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()


def article(outlet: SampleOutlet, story: SampleStory, around: Around) -> str:
    """The page of a story."""
    outside = origin_line(story, "outside")
    cell = [
        f'<font size="1"><a href="/">Startseite</a> &gt; {_section(outlet, story)}</font><br>',
        f'<div><font size="6"><b>{escape(story.title)}</b></font></div>',
        f'<div><font size="1">{_day(story)} | {escape(byline(story, "Von", " und "))}</font></div>',
        '<div><a href="#">Drucken</a> | <a href="#">Weiterempfehlen</a> | <a href="#">Leserbrief schreiben</a></div>',
        _picture(story),
        f"<div>{_text(story)}</div>",
        f'<div><hr><font size="1">{outside}</font></div>' if outside else "",
        _SUBSCRIBE,
        _links("Mehr aus dem Ressort", outlet, around.related),
        _links("Das könnte Sie auch interessieren", outlet, around.dont_miss),
        f'<div align="center"><font size="1">Archiv: {_pagination(around.links, "../../")}</font></div>',
    ]
    return _page(outlet, story.title, "\n".join(cell), _links("Meistgelesen", outlet, around.more), "../../")


def listing(outlet: SampleOutlet, listing: Listing) -> str:
    """A listing page; links are relative."""
    rows = "".join(
        f'<tr><td valign="top"><font size="1">{story.published:%d.%m.%Y}</font></td><td>'
        f'<a href="{outlet.path_of(story)[1:]}"><b>{escape(story.title)}</b></a><br>{escape(story.standfirst or "")}'
        f' <a href="{outlet.path_of(story)[1:]}">mehr</a></td></tr>'
        for story in listing.stories
    )
    heading = escape(listing.heading or "Alle Meldungen")
    cell = (
        f'<font size="5"><b>{heading}</b></font><table cellpadding="6">{rows}</table>'
        f'<div align="center">Seite: {_pagination(listing.links)}{_next(listing)}</div>'
    )
    return _page(outlet, heading, cell, "")


def plain(outlet: SampleOutlet, title: str, blocks: list[str]) -> str:
    """A page that is no story."""
    return _page(outlet, title, f'<font size="5"><b>{escape(title)}</b></font>{plain_html(blocks, "Suchen")}', "")


def _section(outlet: SampleOutlet, story: SampleStory) -> str:
    path = section_paths(outlet, story.section)[0]
    return f'<a href="../..{path}">{escape(outlet.sections[story.section])}</a>'


def _day(story: SampleStory) -> str:
    day = story.published
    return f"{_DAYS[day.weekday()]}, {day.day}. {_MONTHS[day.month - 1]} {day.year}"


def _picture(story: SampleStory) -> str:
    if story.photo is None:
        return ""
    caption = f'<font size="1"><i>{escape(story.photo)}</i></font>'
    return f'<div><img src="{picture_path(story)}" width="560"><br>{caption}</div>'


def _text(story: SampleStory) -> str:
    above, below = origin_line(story, "above"), origin_line(story, "below")
    lines = [f"<i>{above}</i>"] if above else []
    lines += [f"<b>{inline(story.standfirst)}</b>"] if story.standfirst else []
    lines += map(_block, story.body)
    lines += [f"<i>{inline(story.notice)}</i>"] if story.notice else []
    lines += [f"<i>{below}</i>"] if below else []
    return "<br><br>\n".join(lines)


def _block(block: str) -> str:
    if block.startswith("## "):
        return f"<b>{inline(block[3:])}</b>"
    if block.startswith("- "):
        return "<br>".join(f"- {inline(line[2:])}" for line in block.splitlines())
    return inline(block.removeprefix("> "))


def _links(heading: str, outlet: SampleOutlet, stories: list[SampleStory]) -> str:
    links = "<br>".join(
        f'&raquo; <a href="../..{outlet.path_of(story)}">{escape(story.title)}</a>' for story in stories
    )
    return f"<div><br><b>{heading}</b><br>{links}</div>"


def _pagination(links: list[ListingLink], root: str = "") -> str:
    return " ".join(
        f'<a href="{root}{link.path[1:]}">{link.label}</a>' if link.path else f"<b>{link.label}</b>" for link in links
    )


def _next(listing: Listing) -> str:
    return f' <a href="{listing.next_path[1:]}">weiter &gt;</a>' if listing.next_path else ""


def _page(outlet: SampleOutlet, title: str, cell: str, right: str, root: str = "") -> str:
    menu = "<br>".join(
        f'<a href="{root}{section_paths(outlet, key)[0][1:]}">{escape(name)}</a>'
        for key, name in outlet.sections.items()
    )
    return page("soup", title=escape(title), name=outlet.name, root=root, menu=menu, cell=cell, right=right)


_SUBSCRIBE = """<div><table bgcolor="#eef2e6" cellpadding="8" width="100%"><tr><td>
<b>Den Talboten vier Wochen probelesen</b><br>
Jeden Werktag im Briefkasten oder als E-Paper, danach endet die Lieferung von selbst.<br>
<a href="#">Probeabo bestellen</a> | <a href="#">Newsletter "Lohe am Morgen" anfordern</a></td></tr></table></div>"""
