"""Writes docs/api.md from the docstrings of what may be imported: `python tools/api_docs.py > docs/api.md`."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from typing import Any

import newscrawl
from newscrawl import addon, browser, items, schema, spider
from newscrawl.archive import warc
from newscrawl.crawl import from_python

HEAD = """\
# In Python

<!-- Made by tools/api_docs.py from docstrings; a test compares them. Edit the docstrings. -->

You may import what this page names: its place does not change. Everything else may move between versions. A
missing value is `None`, a missing list is `[]`. Times are ISO 8601 strings. [Another page](record.md) lists the
fields of a record, an `Article`. Its `to_dict()` and `to_json()` return it as it is exported.
"""
PUBLIC: tuple[tuple[str, Any], ...] = (
    ("newscrawl.read", newscrawl.read),
    ("newscrawl.crawl", from_python.crawl),
    ("newscrawl.crawl_async", from_python.crawl_async),
    ("newscrawl.CrawlError", from_python.CrawlError),
    ("newscrawl.items.Rejection", items.Rejection),
    ("newscrawl.items.Site", items.Site),
    ("newscrawl.spider.SiteSpider", spider.SiteSpider),
    ("newscrawl.browser.Click", browser.Click),
    ("newscrawl.browser.Scroll", browser.Scroll),
    ("newscrawl.addon.Addon", addon.Addon),
    ("newscrawl.archive.warc.read_warc", warc.read_warc),
    ("newscrawl.archive.warc.ArchivedResponse", warc.ArchivedResponse),
    ("newscrawl.archive.warc.Damage", warc.Damage),
    ("newscrawl.schema.article_schema", schema.article_schema),
)
"""What others import, in the order of the page."""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_entry(name, thing) for name, thing in PUBLIC)])


def _entry(name: str, thing: Any) -> str:
    if inspect.isclass(thing):
        shown = f"class {name}"
        if is_dataclass(thing):
            shown += _signature(thing)
        return "\n".join([f"## {name}", "", *_code(shown), "", _prose(thing.__doc__), "", *_attributes(thing)])
    return "\n".join([f"## {name}", "", *_code(name + _signature(thing)), "", _prose(thing.__doc__), ""])


def _code(text: str) -> list[str]:
    return ["```python", text, "```"]


def _signature(thing: Callable[..., Any]) -> str:
    """The arguments as they are written; each on its line where they are many."""
    signature = inspect.signature(thing)
    if inspect.isclass(thing):
        signature = signature.replace(return_annotation=inspect.Signature.empty)
    text = _plain(str(signature))
    if len(text) < 90:
        return text
    parts = re.split(r", (?=\*|\w+: |\w+=)", text[1 : text.rindex(")")])
    return "(\n" + "".join(f"    {part},\n" for part in parts) + text[text.rindex(")") :]


def _plain(annotations: str) -> str:
    """Annotations without the quotes that postponed ones are shown in."""
    return re.sub(r"'([^']*)'", r"\1", annotations)


def _prose(docstring: str | None) -> str:
    return inspect.cleandoc(docstring or "")


def _attributes(kind: type[Any]) -> Iterator[str]:
    """A table of the attributes that have a docstring."""
    rows = [
        f"| `{name}` | `{annotation}` | {text} |".replace("\n", " ") for name, annotation, text in _documented(kind)
    ]
    if rows:
        yield from ("| name | type | meaning |", "|---|---|---|", *rows, "")


def _documented(kind: type[Any]) -> Iterator[tuple[str, str, str]]:
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    for field, said in zip(body.body, body.body[1:], strict=False):
        match field, said:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                annotation = ast.unparse(field.annotation).removeprefix("ClassVar[").replace(" | ", " or ")
                yield name, annotation.removesuffix("]") if "ClassVar" in ast.unparse(field) else annotation, text


if __name__ == "__main__":
    sys.stdout.write(page())
