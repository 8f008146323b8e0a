"""What a survey of a site found, as lines for the terminal, each safe to print."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.crawl.site_figures import Figures
from newscrawl.onboarding.survey import Asked, Survey
from newscrawl.reading.explanation import Explanation
from newscrawl.views.terminal import one_line, shortened

WIDE = 100
PLACES = (
    ("Feeds", ("feed",)),
    ("Sitemaps", ("news_sitemap", "sitemap", "sitemap_index")),
    ("Listings", ("listing",)),
)


def survey_lines(survey: Survey) -> Iterator[str]:
    """All that was found, the discovery pages by kind, then the sample."""
    for title, kinds in PLACES:
        found = [one for one in survey.asked if one.kind in kinds and not one.trouble]
        yield f"{title}: {'' if found else 'none'}".rstrip()
        yield from map(_place, found)
    troubles = [one for one in survey.asked if one.trouble and one.link.rel != "well_known"]
    if troubles:
        yield "Of no use:"
        yield from (f"  {one_line(one.link.url)}: {one_line(one.trouble or '')}" for one in troubles)
    yield f"Articles read: {len(survey.read)} of {len(survey.sample)} pages"
    yield from (f"  {_page(one.seen, one.url)}" for one in survey.sample)
    yield f"Outlet: {shortened(survey.site_name or 'does not give its name', WIDE)}"
    yield f"Language: {one_line(', '.join(survey.languages)) or 'unknown'}"
    yield f"Needs a browser: {'yes' if survey.needs_browser else 'no'}"
    yield f"Not free: {survey.paid} of {len(survey.read)} articles say so"


def check_lines(survey: Survey, then: Figures | None, now: Figures, changed: list[str]) -> Iterator[str]:
    """What a sample of a known site gave beside what is usual, then what has changed."""
    yield from (f"  {_page(one.seen, one.url)}" for one in survey.sample)
    yield f"now:   {_figures(now)}"
    yield f"usual: {_figures(then)}" if then else "usual: nothing yet: no run of this spider has made a record"
    yield from (f"changed: {one_line(line)}" for line in changed)
    if not changed:
        yield "nothing has changed"


def _figures(figures: Figures) -> str:
    filled = ", ".join(f"{name} {share:.0%}" for name, share in figures.filled.items())
    count = f"{figures.articles} articles, {figures.share_rejected:.0%} of the pages rejected"
    return f"{count}, body {figures.body} characters; {filled or 'no field filled'}"


def _place(asked: Asked) -> str:
    what = f"{len(asked.named)} articles" if asked.kind != "sitemap_index" else f"{len(asked.more)} sitemaps"
    return f"  {one_line(asked.link.url)}: {what}{', more pages' if asked.has_next else ''}"


def _page(seen: Explanation, url: str) -> str:
    if seen.article is None:
        reason = seen.rejection.reason if seen.rejection else f"needs_{seen.needs.how}" if seen.needs else "not read"
        return f"no article ({one_line(reason)}): {one_line(url)}"
    date = (seen.article.date_published or "no date")[:10]
    return f"{one_line(date)}  {shortened(seen.article.title or 'no title', WIDE)}"
