"""Why a page is read as it is, as one HTML page: blocks coloured by outcome, the record and the signals beside them.

Everything shown comes from outside: it is escaped, no script runs (there is none, and the page's own policy forbids
any), nothing is loaded, no link is live.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Literal

import msgspec

from newscrawl.items import Article
from newscrawl.reading.explanation import Explanation, Printed, ReportedSignal
from newscrawl.views.terminal import one_line

Outcome = Literal["title", "body", "origin", "boilerplate", "learned", "model", "far"]
OUTCOMES: dict[Outcome, str] = {
    "title": "headline",
    "body": "the article's text",
    "origin": "who published first",
    "boilerplate": "boilerplate by a rule",
    "learned": "repeats on the site",
    "model": "left out by the model",
    "far": "too far from the story",
}
_BY_RULE: dict[str, Outcome] = {"title": "title", "provenance": "origin", "repeats": "learned"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Content-Security-Policy: the page is what is written in it."""


def preview_page(seen: Explanation, what: str) -> str:
    """The page as HTML, without anything that is loaded from elsewhere. `what`: the URL or file as it was asked for."""
    style = files("newscrawl.views").joinpath("page.css").read_text("utf-8")
    title = seen.article.title if seen.article and seen.article.title else what
    return "".join(
        (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(title)} - preview</title><style>{style}</style></head><body>",
            *_header(seen, title, what),
            '<main><section class="blocks-part"><h2>The page, block by block</h2>',
            *_legend(seen.blocks),
            *_blocks(seen),
            '</section><section class="record-part">',
            *(_record(seen.article) if seen.article else ()),
            "<h2>Signals of who published first</h2>",
            *(_signal(signal) for signal in seen.signals),
            "" if seen.signals else '<p class="soft">None found.</p>',
            "</section></main></body></html>\n",
        )
    )


def text(outside: str | None) -> str:
    """Text from outside for HTML; characters that steer the line's direction are written out."""
    return escape(one_line(outside or ""))


def outcome_of(block: Printed) -> Outcome:
    """What became of a block."""
    if block.rule:
        return _BY_RULE.get(block.rule, "boilerplate")
    if block.kept:
        return "body"
    return "far" if block.probability is None else "model"


def _header(seen: Explanation, title: str, what: str) -> Iterator[str]:
    yield f"<header><h1>{text(title)}</h1>"
    article = seen.article
    if article is None:
        yield f"<p><b>{text(_refusal(seen))}</b></p>"
        if seen.rejection is not None and seen.rejection.sign is not None:
            near = ", near the border" if seen.rejection.near_border else ""
            decided = f"Decided by {seen.rejection.sign}: score {seen.rejection.score}{near};"
            yield f"<p>{text(decided)} the text would have {seen.rejection.length} characters.</p>"
        yield f"<p class='soft'>{text(what)}</p></header>"
        return
    yield f"<p>{text(article.source.name or article.source.domain)} <span class='soft'>{text(article.url)}</span></p>"
    origin = article.originally_appeared_on
    if origin is None:
        yield "<p class='soft'>Appeared first here: nothing that counts names another publisher.</p></header>"
    else:
        yield f"<p>Appeared first on <b>{text(_publisher(origin.name, origin.domain))}</b>:"
        yield f" {text(origin.relation)}, {text(origin.confidence)}"
        yield f"<br><span class='soft'>{text(origin.url)}</span></p></header>"


def _publisher(name: str | None, domain: str | None) -> str:
    return f"{name} ({domain})" if name and domain and name != domain else name or domain or "no name"


def _refusal(seen: Explanation) -> str:
    if seen.needs is not None:
        return f"Not readable yet: needs {seen.needs.how} {seen.needs.url}"
    detail = seen.rejection and (seen.rejection.reason, seen.rejection.detail)
    return f"No article: {' - '.join(part for part in detail if part)}" if detail else "No article"


def _legend(blocks: list[Printed]) -> Iterator[str]:
    counts = Counter(map(outcome_of, blocks))
    yield '<ul class="legend">'
    yield from (
        f'<li class="{outcome}">{meaning} ({counts[outcome]})</li>'
        for outcome, meaning in OUTCOMES.items()
        if counts[outcome]
    )
    yield "</ul>"


def _blocks(seen: Explanation) -> Iterator[str]:
    yield '<ul class="blocks">'
    for sentence in dict.fromkeys(seen.cut):
        yield f'<li class="origin"><small><b>cut out of its paragraph</b></small>{text(sentence)}</li>'
    given = _given(seen)
    yield from (_block(block, given.get(at, ())) for at, block in enumerate(seen.blocks))
    yield "</ul>"


def _given(seen: Explanation) -> dict[int, list[str]]:
    """By block, the fields of the record whose value is printed there first."""
    article = seen.article
    if article is None:
        return {}
    values = {
        "author": [article.byline, *article.authors],
        "date": [article.date_published_raw, article.date_modified_raw],
        "section": [article.section],
    }
    found: dict[int, list[str]] = {}
    for field, printed in values.items():
        wanted = [" ".join(value.split()).lower() for value in printed if value]
        at = next((at for at, block in enumerate(seen.blocks) if _gives(field, wanted, block.text.lower())), None)
        if at is not None:
            found.setdefault(at, []).append(field)
    return found


def _gives(field: str, wanted: list[str], printed: str) -> bool:
    """A section's name is a word like others: it counts where it stands by itself."""
    return printed.strip() in wanted if field == "section" else any(value in printed for value in wanted)


def _block(block: Printed, gives: Sequence[str]) -> str:
    outcome = outcome_of(block)
    drop = (
        f"<details><summary>drop it</summary> <code>drop = ({text(repr(block.css))},)</code></details>"
        if block.css
        else ""
    )
    marks = "".join(f" <mark>gives {field}</mark>" for field in gives)
    why = f"<small><b>{text(_why(block, outcome))}</b> {text(block.tag)}{marks}{drop}</small>"
    return f'<li class="{outcome}">{why}{text(block.text)}</li>'


def _why(block: Printed, outcome: Outcome) -> str:
    likely = "" if block.probability is None else f" ({block.probability:.2f})"
    if outcome == "boilerplate":
        return f"boilerplate: {block.rule}"
    return f"{OUTCOMES[outcome]}{likely}"


def _signal(signal: ReportedSignal) -> str:
    evidence = signal.evidence
    who = _publisher(signal.name, signal.domain)
    state = f"does not count: {signal.veto}" if signal.veto else f"counts as {signal.role}"
    quote = f"<blockquote>{text(evidence.text)}</blockquote>" if evidence.text else ""
    links = dict.fromkeys(url for url in (evidence.href, signal.url) if url)
    how = f"{signal.relation}, {signal.confidence}; {evidence.kind}, rule {evidence.rule}"
    return (
        f'<div class="signal{" vetoed" if signal.veto else ""}"><b>{text(who)}</b> {text(state)}'
        f'<p class="soft">{text(how)}</p>{quote}'
        f"{''.join(f'<p class=soft>{text(url)}</p>' for url in links)}</div>"
    )


def _record(article: Article) -> Iterator[str]:
    """The record's fields in their order; the text stands on the left already."""
    yield "<h2>The record</h2><table>"
    empty = []
    for name, value in msgspec.to_builtins(article).items():
        if value is None or value in ([], {}, ""):
            empty.append(name)
            continue
        lines = [f"{len(value)} characters"] if name == "body" else [*_lines(value)]
        yield f"<tr><th>{name}</th><td>{'<br>'.join(map(text, lines))}</td></tr>"
    yield "</table>"
    if empty:
        yield f"<p class='soft'>Nothing in: {text(', '.join(empty))}.</p>"


def _lines(value: object, name: str = "") -> Iterator[str]:
    """A value as people read it: an entry of a list or an object on a line of its own, what is empty left out."""
    lead = f"{name}: " if name else ""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lines(inner, f"{name} {key}".strip())
    elif isinstance(value, list):
        if all(isinstance(one, str) for one in value):
            yield f"{lead}{', '.join(value)}"
        else:
            for number, one in enumerate(value, 1):
                yield from _lines(one, f"{name} {number}".strip() if len(value) > 1 else name)
    elif value not in (None, ""):
        plain = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        yield from (f"{lead}{line}" for line in str(plain).splitlines())
