"""A site's spider as a file: its name, and its source, in which nothing from outside is more than a string."""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from string import Template

from newscrawl.onboarding.checks import class_name
from newscrawl.onboarding.survey import Declared
from newscrawl.web.urls import domain_of

LINE = 120
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DOMAIN = re.compile(r"[a-z0-9.-]{1,253}|[0-9a-f:]{2,45}")


def name_fault(name: str) -> str | None:
    """Why a spider cannot be named so: it becomes a file, a class and a folder of records."""
    if not _NAME.fullmatch(name):
        return f"{name!r}: a name is a letter, then letters, digits and _, all lower case, 40 at most"
    return f"{name!r} is a word of Python" if keyword.iskeyword(name) else None


def name_of(url: str) -> str:
    """A name by the domain: "www.gazette-littoral.example" is gazette_littoral."""
    name = re.sub(r"[^a-z0-9]+", "_", (domain_of(url) or "").partition(".")[0]).strip("_")[:40]
    return name if _NAME.fullmatch(name) and not keyword.iskeyword(name) else f"site_{name}"[:40]


def spider_source(name: str, url: str, site_name: str | None, declared: Declared) -> str:
    """The file's text. ValueError for a host that is none."""
    domain = domain_of(url) or ""
    if name_fault(name) or not _DOMAIN.fullmatch(domain):
        raise ValueError(f"no spider can be written for {name!r} on {domain!r}")
    lines = [f"    name = {quoted(name)}"]
    if site_name:
        lines.append(f"    site_name = {quoted(site_name)}")
    for attribute in ("feeds", "sitemaps", "listings"):
        lines += _assigned(attribute, getattr(declared, attribute))
    if declared.browser:
        lines.append("    browser = True")
    template = Template((files("newscrawl") / "templates" / "spider.py.tmpl").read_text(encoding="utf-8"))
    return template.substitute(domain=domain, class_name=class_name(name), body="\n".join(lines))


def _assigned(attribute: str, urls: tuple[str, ...]) -> list[str]:
    if not urls:
        return []
    texts = [quoted(url) for url in urls]
    line = f"    {attribute} = ({', '.join(texts)}{',' if len(texts) == 1 else ''})"
    if len(line) <= LINE:
        return [line]
    return [f"    {attribute} = (", *(f"        {text}," for text in texts), "    )"]


def quoted(text: str) -> str:
    """A string literal of Python; what cannot be seen is escaped."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
