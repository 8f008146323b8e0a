"""What closes a paragraph like a line of its own: "... since May. (via Undark)", "... dijo. Fuente: Prensa Latina"."""

from __future__ import annotations

import re

LONGEST = 140
"""Characters of such a line."""

_CLOSING = re.compile(
    r"(?P<bracket>[（(\[](?=[^\W\d_])[^()（）\[\]]{3,140}[)）\]])\W{0,2}$"
    r"|(?:^|\s)(?P<star>\*{1,3}\s?(?=[^\W\d_])[^*]{3,140})\*{0,3}$"
    r"|(?:[.!?…][\"'”’»)]{0,2}\s{1,2}|[。！？」）]\s{0,2})(?P<sentence>[^.!?…。！？]{3,140})[.。]?$"
)


def closing(text: str) -> int | None:
    """Where the closing line begins: a bracket, what stands behind an asterisk, or a short last sentence."""
    match = _CLOSING.search(text, max(0, len(text) - 2 * LONGEST))
    return match.start(match.lastgroup or 0) if match else None
