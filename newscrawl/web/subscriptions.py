"""Cookies and headers of outlets that one pays for, by origin: read from a TOML file, never shown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
_VALUE = re.compile(r"[\x20-\x7e\x80-\xff]{0,8000}")
_NOT_OURS = frozenset("host content-length transfer-encoding connection cookie".split())
"""Headers that are not to be given: `cookies` has the cookies."""


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """By origin ("https://www.paper.example") the headers to send. Its values are not printed."""

    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def of(self, url: str) -> Mapping[str, str]:
        """The headers for a URL; none for any other host, scheme or port."""
        parts = urlsplit(url)
        return self.headers.get(f"{parts.scheme}://{parts.netloc.lower()}", {}) if self.headers else {}


def read_subscriptions(file: str) -> Subscriptions:
    """The content of a file; ValueError says what is wrong with it, but no value."""
    if not file:
        return Subscriptions()
    try:
        tables = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"NEWSCRAWL_SUBSCRIPTIONS: {file}: {type(error).__name__}") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at [^()]{1,60}\)", str(error))
        raise ValueError(f"NEWSCRAWL_SUBSCRIPTIONS: {file}: no TOML {place[0] if place else ''}") from None
    return Subscriptions({_origin(file, name): _headers(f"{file}: {name}", table) for name, table in tables.items()})


def _origin(file: str, name: str) -> str:
    """A host means https; "http://HOST" is written out."""
    parts = urlsplit(name if "://" in name else f"https://{name}")
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.path.strip("/"):
        raise ValueError(f'NEWSCRAWL_SUBSCRIPTIONS: {file}: a table should be named by a host, ["www.paper.example"]')
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _headers(where: str, table: Any) -> dict[str, str]:
    if not isinstance(table, dict) or not table or table.keys() - {"cookies", "headers"}:
        raise ValueError(f"NEWSCRAWL_SUBSCRIPTIONS: {where}: should hold `cookies` or `headers`")
    cookies, headers = (_pairs(where, table.get(name, {})) for name in ("cookies", "headers"))
    if any(";" in value for value in cookies.values()) or {name.lower() for name in headers} & _NOT_OURS:
        raise ValueError(f"NEWSCRAWL_SUBSCRIPTIONS: {where}: a cookie or header that cannot be sent so")
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return headers | ({"Cookie": cookie} if cookie else {})


def _pairs(where: str, pairs: Any) -> dict[str, str]:
    """Names and values that make no second line of a request's head."""
    is_sound = isinstance(pairs, dict) and all(
        _NAME.fullmatch(name) and isinstance(value, str) and _VALUE.fullmatch(value) for name, value in pairs.items()
    )
    if not is_sound:
        raise ValueError(f"NEWSCRAWL_SUBSCRIPTIONS: {where}: names and values should be strings of one line")
    return dict(pairs)
