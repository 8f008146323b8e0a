"""An HTTP response as an archive keeps it: its head, whatever ends its lines, and its payload."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(r"HTTP/\d(?:\.\d)?\s+(\d{3})")
_LISTS = frozenset(("x-robots-tag", "link", "content-usage", "content-signal"))
"""Headers of which several are one list; of others the last counts."""
MAX_HEAD = 64 * 1024
"""Bytes of a head that are looked at."""


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    """By lower-case name."""
    payload: bytes
    """As sent, encodings included."""

    @property
    def is_cut(self) -> bool:
        """Whether the payload is shorter than its head says, or its last chunk is missing. An archive may keep the
        headers and decode the payload; then its length tells nothing."""
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return re.match(rb"[0-9a-fA-F]{1,8}\s{0,4}(?:;[^\r\n]{0,200})?\r\n", self.payload) is not None and not (
                re.search(rb"(?:^|\r\n)0+\s{0,4}(?:;[^\r\n]{0,200})?\r\n", self.payload[-4096:])
            )
        stated = self.headers.get("content-length", "")
        is_plain = self.headers.get("content-encoding", "identity").strip().lower() in ("", "identity")
        return is_plain and stated.isdigit() and len(self.payload) < int(stated)


def parse_http(block: bytes) -> HttpMessage | None:
    """The message in a record's block; None for what is none. Lines may end in CRLF, as they should, or in LF."""
    if not block.startswith(b"HTTP/"):
        return None
    end = _HEAD_END.search(block, 0, MAX_HEAD)
    head, payload = (block[: end.start()], block[end.end() :]) if end else (block[:MAX_HEAD], b"")
    lines = head.decode("latin-1").replace("\r\n", "\n").split("\n")
    status = _STATUS.match(lines[0])
    return HttpMessage(int(status[1]) if status else 0, _fields(lines[1:]), payload)


def _fields(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        if line[:1] in (" ", "\t") and name:  # folded, as HTTP/1.0 allowed
            found[name] = f"{found[name]} {line.strip()}"
            continue
        field, colon, value = line.partition(":")
        name = field.strip().lower() if colon else ""
        if name:
            listed = name in _LISTS and name in found
            found[name] = f"{found[name]}, {value.strip()}" if listed else value.strip()
    return found
