"""Characters that print nothing, out of a page's text and out of JSON values: controls and hidden manifests."""

from __future__ import annotations

import re
from typing import Any

_CONTROL_BYTES = bytes([*range(1, 9), 11, *range(14, 27), *range(28, 32), 127])
"""Controls of ASCII but tab, line breaks and form feed, and ESC, by which ISO-2022-JP changes its sets."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_REFERENCES = re.compile(r"&#(?:0{0,5}(?:[1-8]|1[1-9]|2\d|3[01]|127)|[xX]0{0,5}(?:[1-8BbEeFf]|1[0-9a-fA-F]|7[fF]));")
"""What HTML writes for a control: "&#1;", "&#x1f;". Carriage returns stay out of it, which print nothing anyway."""
_ESCAPES = re.compile(r"\\u00(?:[01][0-9a-f]|7f)", re.IGNORECASE)
_MANIFEST_BYTES = b"\xf3\xa0"
_MANIFEST = re.compile(
    "\ufeff?[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
)
"""Runs of variation selectors, in which C2PA hides a text's manifest, and tags without their black flag."""


def without_controls(text: str, html: bytes) -> str:
    """The page's text without them. `html`: its bytes, which tell fastest whether there are any."""
    if "\0" in text or len(html.translate(None, _CONTROL_BYTES)) != len(html):
        text = _CONTROLS.sub("", text)
    if "&#" in text:
        text = _REFERENCES.sub("", text)
    return _MANIFEST.sub("", text) if _MANIFEST_BYTES in html else text


_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def one_line_field(text: str) -> str:
    """A field of one line: a blank for line breaks and controls, C1 too, and no marks that turn the line around."""
    if text.isprintable():
        return text
    return _UNPRINTED.sub(" ", _DIRECTIONS.sub("", text)).strip()


def printable(value: Any, source: str) -> Any:
    """A JSON value with a blank for each control in its strings, which `source`, its text, may write as an escape."""
    return _printable(value) if _ESCAPES.search(source) or _CONTROLS.search(source) else value


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return _MANIFEST.sub("", _CONTROLS.sub(" ", value))
    if isinstance(value, list):
        return [_printable(member) for member in value]
    if isinstance(value, dict):
        return {key: _printable(member) for key, member in value.items()}
    return value
