"""A script application: the page holds an empty element, and its text stands only in JSON for the scripts.

Articles have the text in __NEXT_DATA__; their JSON-LD repeats it as articleBody, but not in the section "culture".
"""

from __future__ import annotations

from html import escape
from typing import Any

from newscrawl.demo.markup import block_html
from newscrawl.demo.markup import plain as plain_text
from newscrawl.demo.metadata import byline, canonical, json_ld, open_graph, picture_path, script
from newscrawl.demo.outlets import SampleOutlet
from newscrawl.demo.story import SampleStory
from newscrawl.demo.surroundings import Around, Listing, section_paths
from newscrawl.demo.themes.parts import origin_line, page, plain_html

_WITHOUT_BODY = "culture"


def article(outlet: SampleOutlet, story: SampleStory, around: Around) -> str:
    """The page of a story."""
    node = json_ld(outlet, story)
    if story.section != _WITHOUT_BODY:
        node["articleBody"] = "\n\n".join(_body_text(story))
    head = [
        f'<link rel="canonical" href="{canonical(outlet, story)}">',
        open_graph(outlet, story),
        script("application/ld+json", node),
    ]
    props = {
        "article": _state(outlet, story),
        "aLire": [_card(outlet, other) for other in around.related],
        "plusLus": [_card(outlet, other) for other in around.more],
        "newsletter": {
            "titre": "La marée du matin",
            "texte": "Chaque jour à 7 h, l'essentiel de la côte dans votre boîte.",
        },
        "don": {
            "texte": "Le journal vit de ses lecteurs. Soutenez-le à partir de 2 euros par mois.",
            "url": "/a-propos",
        },
    }
    return _page(outlet, story.title, "/[section]/[slug]", props, "\n".join(head))


def listing(outlet: SampleOutlet, listing: Listing) -> str:
    """A listing page, its links in the state as well."""
    props = {
        "titre": listing.heading or "Derniers articles",
        "articles": [_card(outlet, story) | {"chapo": story.standfirst} for story in listing.stories],
        "pagination": [{"label": link.label, "href": link.path} for link in listing.links],
    }
    return _page(outlet, listing.heading or "Derniers articles", "/[section]", props)


def plain(outlet: SampleOutlet, title: str, blocks: list[str]) -> str:
    """A page that is no story."""
    return _page(outlet, title, "/[page]", {"titre": title, "html": plain_html(blocks, "Rechercher")})


def _body_text(story: SampleStory) -> list[str]:
    """The text as articleBody has it: the standfirst first, as the page would show it; no line about the original."""
    return [*([story.standfirst] if story.standfirst else []), *map(plain_text, story.body)]


def _state(outlet: SampleOutlet, story: SampleStory) -> dict[str, Any]:
    line = next(filter(None, (origin_line(story, place) for place in ("above", "below", "outside"))), None)
    return {
        "id": story.number,
        "titre": story.title,
        "chapo": story.standfirst,
        "signature": byline(story, "Par", " et "),
        "datePublication": story.published.isoformat(),
        "rubrique": {"nom": outlet.sections[story.section], "href": section_paths(outlet, story.section)[0]},
        "image": {"src": picture_path(story), "legende": story.photo} if story.photo else None,
        "contenu": [{"type": "html", "html": block_html(block)} for block in story.body],
        "note": story.notice,
        "source": f"<p>{line}</p>" if line else None,
        "motsCles": list(story.tags),
    }


def _card(outlet: SampleOutlet, story: SampleStory) -> dict[str, Any]:
    return {"titre": story.title, "href": outlet.path_of(story), "date": story.published.isoformat()}


def _page(outlet: SampleOutlet, title: str, route: str, props: dict[str, Any], head: str = "") -> str:
    menu = [{"nom": name, "href": section_paths(outlet, key)[0]} for key, name in outlet.sections.items()]
    state = {"props": {"pageProps": props | {"menu": menu}}, "page": route, "buildId": "k3v9Qx", "isFallback": False}
    return page(
        "next_state",
        title=escape(title),
        name=outlet.name,
        head=head,
        state=script("application/json", state, ' id="__NEXT_DATA__"'),
    )
