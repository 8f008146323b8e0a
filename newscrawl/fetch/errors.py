"""The ways in which a fetched page ends without a record."""

from __future__ import annotations

from scrapy.exceptions import DropItem, IgnoreRequest

from newscrawl.items import Rejection


class Rejected(DropItem):
    """A page that gives no record; ends the pipelines for it."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.reason)
        self.rejection = rejection


class NothingNew(DropItem):
    """An article whose URL is settled and that gives no record: unchanged, or known under its final URL."""


class FetchError(IgnoreRequest):
    """A page that could not be had; its text is the reason, one word of docs/faults.md."""


class KeptOutError(FetchError):
    """A page that must not be asked for: it is rejected, not failed."""


class PostponedError(FetchError):
    """A page that this run leaves to the next one: its URL stays pending, and no failure is counted."""
