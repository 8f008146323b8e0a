"""The table of faults: what the server does, and what the best crawler would do with it.

Each row is declared at the function that serves it (`scenes/`), by `@fault(...)`; its docstring is the row's note.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .exchange import Exchange

Ends = Literal["read", "rejected", "pending", "dead", "nothing"]
"""How a run leaves the row's URL. read: a record is made. rejected: no record, and not asked again by itself. pending:
asked again in a later run. dead: tried and failed for good. nothing: the document names no article."""

Entry = Literal["article", "listing", "feed", "sitemap", "site"]
"""What the starting URL is: an article, a listing page, a feed, a sitemap, or an article of a host whose robots.txt is
at fault."""

Serve = Callable[["Exchange"], None]

REASONS = {
    "truncated_body": "fewer bytes than the server announced, or a compressed stream without its end",
    "corrupt_body": "a compressed stream that does not decompress, or whose checksum is wrong",
    "unsupported_encoding": "a Content-Encoding that is not known, or too many of them",
    "too_large": "more bytes than allowed, before or after decompression",
    "timeout": "no answer, or no end of it, in the time allowed",
    "connection_lost": "reset or closed before the answer was whole",
    "bad_response": "not HTTP",
    "not_html": "bytes of another kind than a page",
    "empty": "no bytes, or nothing but white space",
    "http_NNN": "that status",
    "redirect_limit": "too many redirects, or a circle of them",
    "bad_redirect": "a redirect to nowhere",
    "blocked_scheme": "a URL that is not http or https",
    "blocked_address": "a URL that leads to an address which is not public",
    "robots_disallowed": "robots.txt forbids the URL",
    "rights_reserved": "a statement on the page's use that `NEWSCRAWL_RIGHTS` obeys",
    "robots_unreachable": "robots.txt cannot be fetched (5xx, silence): RFC 9309 says to keep out",
    "retry_after": "the host asks for a longer pause than a run may take",
    "error_page": "status 200, but the page says that there is nothing",
    "front": "the front page in place of the article",
    "bot_wall": "a challenge in place of the page",
    "consent_wall": "a consent form in place of the page",
    "no_story": "a page without a story",
    "bad_feed": "a feed that holds no entry one could read",
    "bad_sitemap": "a sitemap that holds no URL one could read",
}
"""The words that are told of a row, in the ledger's dead letters or, of a discovery document, in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row."""

    name: str
    """Name of the scene: the first segment of the path, or a label of the host's name."""
    serve: Serve
    """The function that answers."""
    path: str
    """Where to begin, below the scene's base."""
    entry: Entry
    """What is to be found there."""
    ends: Ends
    """How the run leaves the URL."""
    reason: str | None
    """Why there is no record, exactly as it is told; None where a record comes out, or no single URL is the point."""
    articles: int | None
    """Records after one run; None where a limit of pages ends the run at no certain number."""
    title: str | None
    """The record's exact title, where it is other than articles.title(name)."""
    status: int | None
    """The status that is served."""
    most_requests: int | None
    """Most requests (robots.txt aside) that one run may send; None: bounded by nothing but sense."""
    most_bytes: int | None
    """Most bytes of one answer that may be taken from the socket (buffers of both kernels included)."""
    pause: float
    """Seconds that must lie between the first and the second request to the host, robots.txt aside, at least."""
    again: str | None
    """What a second run does: revised, unchanged, gone, retried."""
    by_host: bool
    """Only reachable under a host name of its own (robots.txt is per host)."""
    note: str
    """What happens and why it matters."""


FAULTS: dict[str, Fault] = {}


def fault(
    ends: Ends,
    reason: str | None = None,
    *,
    path: str = "/article",
    entry: Entry = "article",
    articles: int | None = -1,
    title: str | None = None,
    status: int | None = None,
    most_requests: int | None = 12,
    most_bytes: int | None = None,
    pause: float = 0.0,
    again: str | None = None,
) -> Callable[[Serve], Serve]:
    """Puts the function into the table, under its name with hyphens. Left alone, `articles` is 1 where it is read."""

    def register(serve: Serve) -> Serve:
        name = serve.__name__.replace("_", "-")
        FAULTS[name] = Fault(
            name=name,
            serve=serve,
            path=path,
            entry=entry,
            ends=ends,
            reason=reason,
            articles=int(ends == "read") if articles == -1 else articles,
            title=title,
            status=status,
            most_requests=most_requests,
            most_bytes=most_bytes,
            pause=pause,
            again=again,
            by_host=name.startswith("robots-") or name == "ssrf-robots",
            note=" ".join((serve.__doc__ or "").split()),
        )
        return serve

    return register
