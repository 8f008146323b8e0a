"""Small pages of made-up outlets, as the provenance step sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newscrawl.provenance import Provenance, judge
from newscrawl.web.document import Document, parse
from newscrawl.web.urls import domain_of

PROSE = (
    "<p>The harbour authority said on Monday that the northern pier would stay closed until the storm season ends,"
    " since the waves had washed out the stones on which it stands and no crew could work there safely.</p>"
)

Judged = Callable[..., Provenance]


def page(
    *,
    head: str = "",
    above: str = "",
    first: str = "",
    last: str = "",
    below: str = "",
    url: str = "https://www.port.example/a/storm",
) -> Document:
    """A page with a headline, six paragraphs of prose and what the test puts around and into them."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
    paragraphs = "".join(PROSE.replace("Monday", day) for day in days)  # text that stands twice is read once
    body = f"<header><a href='/'>Home</a></header><h1>Storm shuts the northern pier</h1>{above}"
    body += f"<article>{first}{paragraphs}{last}</article>{below}<footer><p>All rights reserved.</p></footer>"
    html = f"<html><head><title>Storm shuts the northern pier</title>{head}</head><body>{body}</body></html>"
    document = parse(html.encode(), url)
    assert isinstance(document, Document)
    return document


@pytest.fixture
def judged() -> Judged:
    def run(**parts: str) -> Provenance:
        document = page(**parts)
        return judge(document, source_domain=domain_of(document.url) or "")

    return run
