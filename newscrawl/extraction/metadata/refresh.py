"""Where a page's meta refresh leads: the redirect of sites that cannot send one."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from newscrawl.web.document import Document

LONGEST = 30
"""Seconds: "You will be taken to the article in 5 seconds"; pages that only bring themselves up to date wait longer."""
_CONTENT = re.compile(
    r"\s*(\d{1,9})[\d.]{0,9}\s{0,99}[;,\s]\s{0,99}(?:url\s{0,9}=\s{0,9})?(.+)", re.IGNORECASE | re.DOTALL
)
"""WHATWG HTML, "shared declarative refresh steps": "0; url=https://...", "0;URL='...'", "0 https://..."."""


def refresh_of(document: Document) -> str | None:
    """The first target, absolute, of whatever scheme; None where the page has none or reloads itself, and for what is
    meant for browsers without scripts."""
    for node in document.tree.iter("meta"):
        if (node.get("http-equiv") or "").strip().lower() != "refresh" or list(node.iterancestors("noscript")):
            continue
        content = _CONTENT.match((node.get("content") or "")[:4096])
        if content and int(content[1]) <= LONGEST:
            url = _joined(document.base_url, _unquoted(content[2].strip()))
            return None if _page(url) == _page(document.url) else url
    return None


def _unquoted(target: str) -> str:
    return target[1:].partition(target[0])[0] if target[:1] in ("'", '"') else target


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def _page(url: str) -> str:
    return url.partition("#")[0]
