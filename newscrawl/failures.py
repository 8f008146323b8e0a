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
)
from twisted.internet.error import ConnectionAborted, ConnectionDone, ConnectionLost
from twisted.python.failure import Failure

from newscrawl.fetched import FetchError

_WORDS: dict[type[Exception], str] = {
    DownloadTimeoutError: "timeout",
    DownloadCancelledError: "too_large",  # Scrapy cancels at DOWNLOAD_MAXSIZE
    ResponseDataLossError: "truncated_body",
    DownloadConnectionRefusedError: "connection_lost",
    CannotResolveHostError: "no_address",
    ValueError: "bad_redirect",  # Scrapy makes a request of whatever a Location says
    DownloadFailedError: "connection_lost",
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


def _is_malformed(cause: BaseException | None) -> bool:
    """Whether the answer was no HTTP: twisted's ResponseFailed names its reasons."""
    reasons = [reason.value for reason in getattr(cause, "reasons", [])]
    return any(not isinstance(reason, ConnectionLost | ConnectionDone | ConnectionAborted) for reason in reasons)
