"""For each file in folder/: a page of its site, and what the record must be. `Case.url` chooses the file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

STORY = (
    "The harbour authority said on Monday that the northern pier would stay closed until the storm season ends, since"
    " the waves had washed out the stones on which it stands.",
    "Divers who went down at low water found a gap of almost four metres between the second and the third pillar, wide"
    " enough for a rowing boat to pass.",
    "Fishermen have moved their boats to the inner basin, where the council has waived the mooring fee for as long as"
    " the work goes on.",
    "A ferry company that uses the pier in summer asked for an answer before the end of March, when its timetable has"
    " to be printed.",
    "The engineers put the cost at two million, of which the county has promised a third if the rest is found within"
    " the year.",
)
HOUSE = (
    "The Courier has printed the news of this coast every Thursday since the railway came, and its readers have kept"
    " it free of any owner but themselves."
)
HEADLINE = "Storm shuts the northern pier"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A page and what the record must have; what is empty is not looked at."""

    url: str
    html: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    warning: str = ""
    origin: str = ""
    needs: tuple[str, str] = ("", "")
    rejected: str = ""
    same_alone: bool = False
    """Whether the page gives the same without the file."""


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def page(
    *,
    head: str = "",
    h1: str = f"<h1>{HEADLINE}</h1>",
    above: str = "",
    story: str = paragraphs(*STORY),
    below: str = "",
    body: str = "",
) -> str:
    return (
        f"<html lang='en'><head><title>{HEADLINE} - Coast Courier</title>{head}</head><body {body}>"
        f"<div id='top'><a href='/'>Home</a> <a href='/news'>News</a></div><div id='main'>{h1}{above}"
        f"<div class='text' id='col2'>{story}</div>{below}</div></body></html>"
    )


def at(name: str) -> str:
    return f"http://{name}.example/2026/pier"


SLOGAN = "<h1>News from the coast, every Thursday</h1>"
HL = f"<p class='hl'>{HEADLINE} for good</p>"
GOOD = f"{HEADLINE} for good"
HOUSED = paragraphs(*STORY[:3]) + f"<p class='house'>{HOUSE}</p>" + paragraphs(*STORY[3:])
OTHER_STORY = [text.replace("pier", "lock") for text in reversed(STORY)]
BESIDE = f"<div class='text' id='col3'>{paragraphs(HOUSE, *OTHER_STORY)}</div>"
LOCK = STORY[0].replace("pier", "lock")
ORIGIN = "https://gull.example/2026/02/pier-shut"
CREDIT = f"<p class='credit'>This story was first published by <a href='{ORIGIN}'>The Gull</a>.</p>"

TITLES = [
    Case(url=at("title-class"), html=page(h1=SLOGAN, above=HL), title=GOOD),
    Case(url=at("title-meta"), html=page(head=f"<meta name='headline-full' content='{GOOD}'>"), title=GOOD),
    Case(
        url=at("title-concat"),
        html=page(h1=SLOGAN, above=f"<p class='kick'>Harbour</p>{HL}"),
        title=f"Harbour: {GOOD}",
    ),
    Case(
        url=at("title-before"), html=page(h1=SLOGAN, above=f"<p class='hl'>{GOOD} &gt;&gt; all parts</p>"), title=GOOD
    ),
    Case(url=at("title-second"), html=page(h1=SLOGAN, above=HL), title=GOOD),
    Case(url=at("title-union"), html=page(h1=SLOGAN, above=HL), title=GOOD),
    Case(url=at("title-text"), html=page(h1=SLOGAN, above=f"<p class='hl'>{GOOD}<b> in pictures</b></p>"), title=GOOD),
    Case(
        url=at("title-outlet"),
        html=page(
            head="<meta property='og:site_name' content='Coast Courier'>",
            h1=SLOGAN,
            above=f"<p class='hl'>{GOOD} | Coast Courier</p>",
        ),
        title=GOOD,
    ),
    Case(url="http://news.title-wild.example/2026/pier", html=page(h1=SLOGAN, above=HL), title=GOOD),
]
BODIES = [
    Case(url=at("body-id"), html=page(below=BESIDE), has=STORY, lacks=(LOCK, HOUSE)),
    Case(
        url=at("body-two"),
        html=page(above=f"<div class='lead'>{paragraphs(HOUSE)}</div>", below=BESIDE),
        has=(HOUSE, *STORY),
        lacks=(LOCK,),
    ),
    Case(url=at("body-second"), html=page(below=BESIDE), has=STORY, lacks=(LOCK,)),
    Case(
        url=at("body-paragraphs"),
        html=page(story=paragraphs(*STORY[:1]) + f"<div>{HOUSE}</div>" + paragraphs(*STORY[1:])),
        has=STORY,
        lacks=(HOUSE,),
    ),
    Case(url=at("body-relative"), html=page(below=BESIDE), has=STORY, lacks=(LOCK,)),
    Case(url=at("body-first"), html=page(below=BESIDE), has=STORY, lacks=(LOCK,)),
    Case(
        url=at("body-unpruned"),
        html=page(story=paragraphs(*STORY) + "<ul><li><a href='/a'>Tide table</a></li></ul>"),
        has=(*STORY, "- Tide table"),
    ),
    Case(
        url=at("body-pruned"),
        html=page(story=paragraphs(*STORY) + "<ul><li><a href='/a'>Tide table</a></li></ul>", below=BESIDE),
        has=STORY,
        lacks=("Tide table", LOCK),
    ),
    Case(url=at("body-only"), html=page(), rejected="no_rule_matches"),
    Case(url=at("body-outdated"), html=page(), has=STORY, title=HEADLINE, same_alone=True),
]
OTHER = (
    "<meta name='author' content='Vera Holt'><meta property='article:published_time' content='2026-01-10T08:00:00Z'>"
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-01-10T08:00:00Z"}</script>'
)
AUTHORS = [
    Case(
        url=at("author-class"), html=page(head=OTHER, below="<i class='w'>Nell Ashdown</i>"), authors=("Nell Ashdown",)
    ),
    Case(
        url=at("author-after"),
        html=page(below="<i class='w'>Words and pictures Nell Ashdown</i>"),
        authors=("Nell Ashdown",),
    ),
    Case(
        url=at("author-meta"), html=page(head="<meta name='writer' content='Nell Ashdown'>"), authors=("Nell Ashdown",)
    ),
    Case(
        url=at("author-two"),
        html=page(head=OTHER, below="<i class='w'><b>Nell Ashdown</b><b>Tom Varley</b></i>"),
        authors=("Nell Ashdown", "Tom Varley"),
    ),
    Case(
        url=at("author-stripped"),
        html=page(head=OTHER, story=paragraphs(*STORY) + "<div class='writer'>Nell Ashdown</div>"),
        authors=("Nell Ashdown",),
        lacks=("Nell",),
    ),
]
DATES = [
    Case(url=at("date-class"), html=page(head=OTHER, below="<i class='d'>3 February 2026</i>"), date="2026-02-03"),
    Case(
        url=at("date-attribute"),
        html=page(head=OTHER, below="<i class='d' data-day='2026-02-03'>Tuesday</i>"),
        date="2026-02-03",
    ),
    Case(
        url=at("date-after"),
        html=page(head=OTHER, below="<i class='d'>Set in type on 3 February 2026</i>"),
        date="2026-02-03",
    ),
    Case(
        url=at("date-stripped"),
        html=page(head=OTHER, story=paragraphs(*STORY) + "<p class='d'>3 February 2026</p>"),
        date="2026-02-03",
        lacks=("February",),
    ),
]
NOTED = paragraphs(*STORY[1:]).replace("a rowing boat", "<span class='note'>(see our map) </span>a rowing boat")
TAILED = paragraphs(*STORY).replace("a rowing boat", "<em class='note'>(see our map)</em> a rowing boat")
STRIPS = [
    Case(url=at("strip-class"), html=page(story=HOUSED), has=STORY, lacks=(HOUSE,)),
    Case(
        url=at("strip-parent"),
        html=page(story=HOUSED.replace("themselves", "themselves: <a href='/join'>join them</a>")),
        has=STORY,
        lacks=(HOUSE[:40], "join them"),
    ),
    Case(url=at("strip-inline"), html=page(story=paragraphs(STORY[0]) + NOTED), has=STORY, lacks=("our map",)),
    Case(url=at("strip-text"), html=page(story=HOUSED), has=STORY, lacks=(HOUSE,)),
    Case(
        url=at("strip-following"),
        html=page(story=paragraphs(*STORY) + f"<hr class='end'>{paragraphs(HOUSE, LOCK)}"),
        has=STORY,
        lacks=(HOUSE, LOCK),
    ),
    Case(url=at("strip-tail"), html=page(story=TAILED), has=STORY, lacks=("our map",)),
    Case(
        url=at("strip-origin"),
        html=page(story=paragraphs(*STORY) + CREDIT),
        has=STORY,
        lacks=("The Gull",),
        origin=ORIGIN,
        same_alone=True,
    ),
    Case(url=at("strip-id"), html=page(story=HOUSED.replace("'house'", "'x promo_7'")), has=STORY, lacks=(HOUSE,)),
    Case(url=at("strip-quoted"), html=page(story=HOUSED), has=STORY, lacks=(HOUSE,)),
    Case(url=at("strip-body"), html=page(story=HOUSED, body="class='house-style'"), has=STORY, lacks=(HOUSE,)),
    Case(url=at("strip-attribute"), html=page(story=HOUSED), has=STORY, lacks=(HOUSE,)),
    Case(
        url=at("nothing-of-its-own"),
        html=page(story=HOUSED.replace("'house'", "'everywhere-boilerplate'")),
        title=HEADLINE,
        has=STORY,
        lacks=(HOUSE,),
    ),
]
CAPTION = "Click to enlarge this picture of the pier: "
REPLACEMENTS = [
    Case(
        url=at("replace-pair"),
        html=page(story=f"{paragraphs(*STORY)}<section hidden-boilerplate>{paragraphs(HOUSE)}</section>"),
        has=STORY,
        same_alone=True,
    ),
    Case(
        url=at("replace-short"),
        html=page(
            story=paragraphs(*STORY).replace("<p>Divers", f"<p>{CAPTION}Divers").replace(" wide", "<!--more--> wide")
        ),
        has=(f"\n\n{STORY[1].partition(' wide')[0]}\n\nwide",),
    ),
    Case(
        url=at("replace-colon"),
        html=page(story=paragraphs(*STORY) + f'<p style="order: 2">Readers\' own {HOUSE[4:]}</p>'),
        has=(*STORY, HOUSE[4:]),
        lacks=("Readers' own",),
    ),
    Case(url=at("replace-many"), html=page(h1=SLOGAN, above=f"[[{GOOD}]]"), title=GOOD),
]
PRINT = "<a class='print' href='/2026/pier?print=1#top'>Print</a>"
LINKS = [
    Case(
        url=at("single-page"),
        html=page(below=PRINT),
        needs=("http://single-page.example/2026/pier?print=1", "single_page"),
    ),
    Case(
        url=at("single-if"),
        html=page(head="<link rel='canonical' href='http://single-if.example/pier.html'>"),
        needs=("http://single-if.example/pier_print.html", "single_page"),
    ),
    Case(
        url=at("next-page"),
        html=page(below="<a title='Next part' href='pier-continued'>2</a>"),
        needs=("http://next-page.example/2026/pier-continued", "next_part"),
    ),
]
REST = [
    Case(url=at("native-ad"), html=page(below="<div class='sponsor'>Paid for by a bank</div>"), warning="native_ad"),
    Case(url=at("needless"), html=page(story=HOUSED), has=STORY, lacks=(HOUSE,)),
    Case(url=at("login"), html=page(story=HOUSED), has=STORY, lacks=(HOUSE,)),
]
CASES = [*TITLES, *BODIES, *AUTHORS, *DATES, *STRIPS, *REPLACEMENTS, *LINKS, *REST]
