"""A request and its answer, as they go into an archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer."""

    url: str
    method: str
    sent: Headers
    status: int
    headers: Headers
    body: bytes
    """As it came, content encodings included; of a rendered page, its HTML."""
    is_rendered: bool = False
    is_cut: bool = False
    """Whether the crawl read no more of it."""
    about: dict[str, Any] = field(default_factory=dict)
    """What the crawl knows of it, for a metadata record."""
