"""One page's way through the pipelines: what it has come to, whatever is passed on in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any
from weakref import ReferenceType, ref

from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.items import Article
from newscrawl.ledger import Outcome, Visit

Addition = Callable[[Connection, Article], Article]
"""Gives the article with what the ledger's database adds to it, in the transaction that stores its record."""


@dataclass(slots=True, kw_only=True, eq=False, weakref_slot=True)
class Passage:
    """Begins with the page that the spider yielded."""

    page: FetchedPage
    article: Article | None = None
    """As it was read."""
    additions: list[Addition] = field(default_factory=list)
    is_settled: bool = False

    async def settle(self, outcome: Outcome, **what: Any) -> Visit | None:
        """Settles the page's URL; None where that cannot be written."""
        visit = await self.page.visit.settle(outcome, **what)
        self.is_settled = True
        return visit


_current: ContextVar[ReferenceType[Passage] | None] = ContextVar("passage", default=None)
"""A context variable and not the item: a user's pipeline may pass on whatever it likes in the item's place. A weak
reference: every timer that is set meanwhile copies the context, and would hold the page for minutes."""


def current() -> Passage | None:
    """The passage of the page that is being processed."""
    reference = _current.get()
    return reference() if reference else None


@contextmanager
def entered(passage: Passage) -> Iterator[None]:
    """Makes it the current one meanwhile."""
    token = _current.set(ref(passage))
    try:
        yield
    finally:
        _current.reset(token)
