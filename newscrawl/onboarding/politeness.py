"""Settings of one site that would make its crawl less polite or less guarded than the project's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

LESS_POLITE: dict[str, Callable[[Any, Any], bool]] = {
    "DOWNLOAD_DELAY": lambda own, common: float(own) < float(common),
    "CONCURRENT_REQUESTS_PER_DOMAIN": lambda own, common: int(own) > int(common),
    "RETRY_TIMES": lambda own, common: int(own) > int(common),
    **dict.fromkeys(
        (
            "ROBOTSTXT_OBEY",
            "ROBOTSTXT_USER_AGENT",
            "USER_AGENT",
            "DOWNLOAD_SLOTS",
            "DOWNLOAD_HANDLERS",
            "DOWNLOADER_MIDDLEWARES",
            "DOWNLOAD_VERIFY_CERTIFICATES",
            "DOWNLOADER_CLIENT_TLS_CIPHERS",
            "DOWNLOADER_CLIENT_TLS_METHOD",
            "TWISTED_DNS_RESOLVER",
            "NEWSCRAWL_ALLOW_PRIVATE_HOSTS",
        ),
        lambda own, common: bool(own != common),
    ),
}
"""Setting, and whether a site's own value is less polite than the project's. Of those behind it any other value is: a
name of a browser's, another resolver, a handler without pauses."""


def impolite(own: Mapping[str, Any], common: Mapping[str, Any], reasons: Mapping[str, str]) -> Iterator[str]:
    """What a site's settings lower without a reason, and reasons that stand for nothing."""
    lowered = {name for name, is_less in LESS_POLITE.items() if is_less(own.get(name), common.get(name))}
    for name in sorted(lowered):
        if not reasons.get(name, "").strip():
            yield f"{name} is {own.get(name)!r}, the project's {common.get(name)!r}: reasons.json names no reason"
    yield from (f"reasons.json: {name} is not lowered" for name in sorted(set(reasons) - lowered))
