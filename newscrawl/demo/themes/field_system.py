"""A field-based system in the manner of Drupal: microdata, links relative to a base element, the text in one field."""

from __future__ import annotations

from html import escape

from newscrawl.demo.metadata import byline, canonical, meta, open_graph, picture_path
from newscrawl.demo.outlets import SampleOutlet
from newscrawl.demo.story import SampleStory
from newscrawl.demo.surroundings import Around, Listing, ListingLink, section_paths
from newscrawl.demo.themes.parts import body_html, origin_line, page, plain_html

_MONTHS = "ene feb mar abr may jun jul ago sep oct nov dic".split()


def article(outlet: SampleOutlet, story: SampleStory, around: Around) -> str:
    """The page of a story."""
    kind = "OpinionNewsArticle" if story.kind == "opinion" else "NewsArticle"
    outside = origin_line(story, "outside")
    content = [
        f'<div class="node node--type-noticia" itemscope itemtype="https://schema.org/{kind}">',
        _header(outlet, story),
        f'<div class="field field--name-body" itemprop="articleBody">{body_html(story)}</div>',
        f'<div class="field field--name-field-fuente">{outside}</div>' if outside else "",
        _tags(story),
        "</div>",
        _NEWSLETTER,
        _block(outlet, "Relacionadas", around.related),
        _block(outlet, "Te puede interesar", around.more),
        _block(outlet, "No te lo pierdas", around.dont_miss),
        _COMMENTS,
    ]
    head = [
        f'<link rel="canonical" href="{canonical(outlet, story)}">',
        open_graph(outlet, story),
        meta([("news_keywords", ", ".join(story.tags))]),
    ]
    return _page(outlet, story.title, "\n".join(content), "\n".join(head))


def listing(outlet: SampleOutlet, listing: Listing) -> str:
    """A listing page."""
    rows = "".join(
        f'<div class="views-row"><h2><a href="{outlet.path_of(story)[1:]}">{escape(story.title)}</a></h2>'
        f'<div class="entradilla">{escape(story.standfirst or "")}</div><span>{_when(story)}</span></div>'
        for story in listing.stories
    )
    heading = f"<h1>{escape(listing.heading)}</h1>" if listing.heading else ""
    follow = (
        f'<li class="pager__item--next"><a href="{listing.next_path[1:]}">Siguiente ›</a></li>'
        if listing.next_path
        else ""
    )
    pager = f'<ul class="pager">{_pager(listing.links)}{follow}</ul>'
    return _page(outlet, listing.heading or "Noticias", heading + rows + pager)


def plain(outlet: SampleOutlet, title: str, blocks: list[str]) -> str:
    """A page that is no story."""
    return _page(outlet, title, f'<div class="node"><h1>{escape(title)}</h1>{plain_html(blocks, "Buscar")}</div>')


def _when(story: SampleStory) -> str:
    day = story.published
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} - {day:%H:%M}"


def _header(outlet: SampleOutlet, story: SampleStory) -> str:
    path = section_paths(outlet, story.section)[0][1:]
    figure = (
        f'<figure class="field--name-field-foto"><img itemprop="image" src="{picture_path(story)[1:]}" alt="">'
        f"<figcaption>{escape(story.photo)}</figcaption></figure>"
        if story.photo
        else ""
    )
    names = "".join(f'<meta itemprop="author" content="{escape(name)}">' for name in story.authors)
    return (
        f'<div class="field--name-field-seccion"><a href="{path}">{outlet.sections[story.section]}</a></div>'
        f'<h1 itemprop="headline">{escape(story.title)}</h1>'
        f'<div class="entradilla" itemprop="description">{escape(story.standfirst or "")}</div>'
        f'<div class="firma">{names}<span>{escape(byline(story, "Por", " y "))}</span> '
        f'<time itemprop="datePublished" datetime="{story.published.isoformat()}">{_when(story)}</time></div>'
        f'<div class="compartir"><span>Compartir</span> <a href="#">Facebook</a> <a href="#">WhatsApp</a>'
        f' <a href="#">Copiar enlace</a></div>{figure}'
    )


def _tags(story: SampleStory) -> str:
    items = "".join(f'<li itemprop="keywords">{escape(tag)}</li>' for tag in story.tags)
    return f'<div class="field--name-field-etiquetas"><span>Etiquetas</span><ul>{items}</ul></div>'


def _block(outlet: SampleOutlet, heading: str, stories: list[SampleStory]) -> str:
    links = "".join(f'<li><a href="{outlet.path_of(story)[1:]}">{escape(story.title)}</a></li>' for story in stories)
    return f'<section class="block"><h3>{heading}</h3><ul>{links}</ul></section>'


def _pager(links: list[ListingLink]) -> str:
    return "".join(
        f'<li><a href="{link.path[1:]}">{link.label}</a></li>' if link.path else f"<li>{link.label}</li>"
        for link in links
    )


def _page(outlet: SampleOutlet, title: str, content: str, head: str = "") -> str:
    menu = "".join(
        f'<li><a href="{section_paths(outlet, key)[0][1:]}">{name}</a></li>' for key, name in outlet.sections.items()
    )
    return page(
        "fields", title=escape(title), name=outlet.name, home=outlet.home, head=head, menu=menu, content=content
    )


_NEWSLETTER = """<aside class="boletin"><h3>El boletín del Faro</h3>
<p>Recibe cada viernes lo que pasó en Calizo y su comarca. Sin publicidad y sin coste.</p>
<form><input type="email" placeholder="Tu correo"><button>Apuntarme</button></form>
<p>Hazte socio desde 4 euros al mes y mantén viva la prensa de tu pueblo.</p></aside>"""

_COMMENTS = """<section class="comentarios"><h3>Comentarios</h3>
<p>Para opinar tienes que <a href="quienes-somos">registrarte</a>.
Los mensajes con insultos se retiran.</p></section>"""
