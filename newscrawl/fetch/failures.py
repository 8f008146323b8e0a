"""Why a request failed, in one word of docs/faults.md."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
)
from twisted.internet.error import ConnectionAborted, ConnectionDone, ConnectionLost
from twisted.python.failure import Failure

from newscrawl.fetch.errors import FetchError
from newscrawl.web.urls import without_password

_WORDS: dict[type[Exception], str] = {
    DownloadTimeoutError: "timeout",
    DownloadCancelledError: "too_large",  # Scrapy cancels at DOWNLOAD_MAXSIZE
    ResponseDataLossError: "truncated_body",
    DownloadConnectionRefusedError: "connection_lost",
    CannotResolveHostError: "no_address",
    StopDownload: "bad_response",  # a body in crumbs: `newscrawl.fetch.arrivals`
    ValueError: "bad_redirect",  # Scrapy makes a request of whatever a Location says
    DownloadFailedError: "connection_lost",
}

_MEANINGS = {
    "blocked_address": "no public address; NEWSCRAWL_ALLOW_PRIVATE_HOSTS=HOST:PORT allows one",
    "robots_disallowed": "robots.txt forbids it",
    "rights_reserved": "its robots.txt or tdmrep.json reserves the use that NEWSCRAWL_RIGHTS names",
    "robots_unreachable": "robots.txt cannot be fetched (no such host, an error), so nothing may be requested",
    "no_address": "no such host",
    "password_in_url": "names and passwords in URLs are not sent; a spider may set http_user and http_pass",
}


def reason_of(failure: Failure) -> str:
    """The word; of exceptions that have none, their class's name."""
    error = failure.value
    if isinstance(error, FetchError):
        return str(error)
    if isinstance(error, IgnoreRequest):
        return "redirect_limit" if "redirect" in str(error) else "ignored"
    if isinstance(error, DownloadFailedError) and _is_malformed(error.__cause__):
        return "bad_response"
    return next((word for kind, word in _WORDS.items() if isinstance(error, kind)), type(error).__name__)


def told(reason: str, url: str = "") -> str:
    """The word for a person, with the URL: what it means and what to do follows where that is not plain."""
    said = f"{reason} {without_password(url)}".rstrip()
    return f"{said}: {meaning}" if (meaning := _MEANINGS.get(reason)) else said


def _is_malformed(cause: BaseException | None) -> bool:
    """Whether the answer was no HTTP: twisted's ResponseFailed names its reasons."""
    reasons = [reason.value for reason in getattr(cause, "reasons", [])]
    return any(not isinstance(reason, ConnectionLost | ConnectionDone | ConnectionAborted) for reason in reasons)
