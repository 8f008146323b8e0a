"""Malformed trees: tags that never close or never opened, several documents in one."""

from __future__ import annotations

from random import Random

from .table import TEXT, TITLE, hostile, page


@hostile("either", article=True)
def closing_tags(chance: Random) -> bytes:
    """Closing tags that were never opened, </p> (which makes an element each) and </nothing>."""
    return page(before="</p></nothing></div>" * 50).encode()


@hostile("either")
def unclosed_comment(chance: Random) -> bytes:
    """A comment at the top that never closes, the article within."""
    return page(before="<!-- " + "- -> --" * 50).encode()


@hostile("either")
def unclosed_textarea(chance: Random) -> bytes:
    """A <textarea> that swallows the article."""
    return page(before="<textarea>" + "</textare" * 50).encode()


@hostile("either")
def cdata_and_instructions(chance: Random) -> bytes:
    """ "<![CDATA[", "<?xml" and "<!DOCTYPE" inside the body."""
    return page(before="<![CDATA[ <?xml <!DOCTYPE [ " * 50).encode()


@hostile("read")
def two_bodies(chance: Random) -> bytes:
    """Three <html>, three <body>, a <head> at the end, and the article in the second."""
    empty = "<html><head><title>Nothing</title></head><body><p>x</p></body></html>"
    inner = page().partition("<body>")[2]
    head = f"<head><title>{TITLE}</title></head>"
    return f"<html><body><html>{head}<body>{inner}{empty}".encode()


@hostile("read")
def frames_and_templates(chance: Random) -> bytes:
    """The article, and <template>, <noscript>, <object> and <svg> with copies of one sentence of its own."""
    text = TEXT[4]
    extra = f"<template><p>{text}</p></template><svg><title>{text}</title></svg>" * 20
    return page(body=extra).encode()
