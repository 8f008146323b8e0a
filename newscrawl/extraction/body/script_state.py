"""The state that script applications ship with a page: JSON scripts, assignments, streams, literals of code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from newscrawl.web.document import Document
from newscrawl.web.json_ld import whole_characters

MAX_STATE = 4 * 2**20
"""Characters of a script that are read as state."""
MIN_STATE = 250
"""Characters from which it is worth reading."""
MAX_VALUES = 64
"""Places of a script at which a JSON value is tried."""
MAX_DEPTH = 3
"""Times that JSON may stand as a string within JSON."""
MIN_LITERAL = 60
"""Characters from which a string of a script that is no JSON may be a paragraph."""

# "window.__STATE__ = {", "Fusion.globalContent={", "x = JSON.parse("", "self.__next_f.push([", "enqueue(""
_OPENING = re.compile(
    r"(?:[\w.\]\"'$]\s{0,5}=\s{0,5}(?:JSON\.parse\(\s{0,5})?|(?:push|enqueue|parse)\(\s{0,5})(?=[\[{\"])"
)
_LITERAL = re.compile(rf'"(?:[^"\\\n]|\\.){{{MIN_LITERAL},200000}}"')
# A row of React's server components: "1a:T4f2,text of so many bytes", "0:["$","p",null,{"children":"text"}]".
_ROW = re.compile(r"^[0-9a-f]{1,6}:", re.MULTILINE)
_TEXT_ROW = re.compile(r"[0-9a-f]{1,6}:T([0-9a-f]{1,6}),")
_JSON = json.JSONDecoder(strict=False)


def states(document: Document) -> Iterator[Any]:
    """The values that the page's scripts and islands hold; strings that hold JSON are opened."""
    stream: list[str] = []
    for script in document.tree.iter("script"):
        kind, text = (script.get("type") or "").lower(), script.text or ""
        if "ld+json" not in kind and (MIN_STATE < len(text) <= MAX_STATE or "__next_f" in text[:MIN_STATE]):
            yield from map(opened, _whole(text) if "json" in kind else _assigned(text, stream))
    if stream:
        yield _rows("".join(stream))
    for island in document.tree.iter("astro-island"):
        props = island.get("props") or ""
        if MIN_STATE < len(props) <= MAX_STATE:
            yield from map(opened, _whole(props))


def opened(value: Any, depth: int = 0) -> Any:
    """The value with the strings that hold JSON replaced by what they hold."""
    if isinstance(value, str) and depth < MAX_DEPTH and len(value) > MIN_STATE and value.lstrip()[:1] in ("{", "["):
        inner = next(_whole(value), None)
        return value if inner is None else opened(inner, depth + 1)
    if isinstance(value, list):
        return [opened(member, depth) for member in value]
    if isinstance(value, dict):
        return {name: opened(member, depth) for name, member in value.items()}
    return value


def _whole(text: str) -> Iterator[Any]:
    """The JSON value that the text is."""
    found = _decoded(text, len(text) - len(text.lstrip()))
    if found is not None:
        yield found[0]


def _assigned(text: str, stream: list[str]) -> Iterator[Any]:
    """The values that a script assigns or hands on; its long strings where none is JSON. Adds what it pushes to the
    stream of React's server components."""
    at = tries = found = 0
    while tries < MAX_VALUES and (opening := _OPENING.search(text, at)) is not None:
        tries, at = tries + 1, opening.end()
        decoded = _decoded(text, at)
        if decoded is not None:
            value, at = decoded
            found += at - opening.end() > MIN_STATE
            if "__next_f" in text[max(0, opening.start() - 20) : opening.end()]:
                stream += [part for part in value if isinstance(part, str)] if isinstance(value, list) else []
            else:
                yield value
    if not found and not stream:
        yield [literal for one in _LITERAL.finditer(text) if (literal := _string(one.group())) is not None]


def _decoded(text: str, at: int) -> tuple[Any, int] | None:
    try:
        value, end = _JSON.raw_decode(text, at)
        return whole_characters(value), end
    except (ValueError, RecursionError):
        return None


def _string(literal: str) -> str | None:
    decoded = _decoded(literal, 0)
    return decoded[0] if decoded is not None and isinstance(decoded[0], str) else None


def _rows(stream: str) -> list[Any]:
    """The values and texts of a stream of server components."""
    values: list[Any] = []
    data, at = stream.encode("utf-8", "replace"), 0
    while at < len(data):
        row = data[at : at + 40].decode("utf-8", "replace")
        text = _TEXT_ROW.match(row)
        if text is not None:
            start = at + text.end()
            at = start + int(text.group(1), 16)
            values.append(data[start:at].decode("utf-8", "replace"))
            continue
        end = data.find(b"\n", at)
        line = data[at : end if end >= 0 else len(data)].decode("utf-8", "replace")
        head = _ROW.match(line)
        if head is not None and (found := _decoded(line, head.end())) is not None:
            values.append(found[0])
        at = end + 1 if end >= 0 else len(data)
    return values
