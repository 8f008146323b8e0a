"""Takes the transfer and content encodings off an HTTP payload, bounded against decompression bombs."""

from __future__ import annotations

from newscrawl.web.decompress import decode, split_codings


def decode_payload(raw: bytes, headers: dict[str, str], *, max_bytes: int) -> tuple[bytes, str | None]:
    """The payload's bytes, at most `max_bytes` + 1, and what went wrong; a payload that is not encoded as its headers
    say (archives often keep the headers and decode the payload) is taken as it is."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        raw = _dechunk(raw)
    body, problem = decode(raw, split_codings(headers.get("content-encoding", "")), max_bytes=max_bytes + 1)
    # Too large is for the reader to say, which counts it.
    return body[: max_bytes + 1], None if problem == "too_large" else problem


def _dechunk(raw: bytes) -> bytes:
    """The chunks joined (RFC 9112, 7.1); the payload as it is where it is not chunked."""
    parts: list[bytes] = []
    at = 0
    while (end := raw.find(b"\r\n", at, at + 64)) > 0:
        try:
            size = int(raw[at:end].partition(b";")[0], 16)
        except ValueError:
            return raw if not parts else b"".join(parts)
        if size <= 0:
            break
        parts.append(raw[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts) if parts else raw
