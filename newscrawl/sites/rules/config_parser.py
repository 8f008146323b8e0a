"""One site config file: its lines to a `SiteConfig`, with what is not supported and what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from newscrawl.sites.rules.selectors import compiled
from newscrawl.sites.rules.site_config import PageLink, SiteConfig

Support = Literal["applied", "needless", "unsupported", "unknown"]

MAX_LINES = 1_000
"""Directives of a file; the longest public one has some 150."""
LONGEST = 4_000
"""Characters of a value."""

_XPATHS = {
    "title": "title",
    "body": "body",
    "author": "authors",
    "date": "date",
    "strip": "strip",
    "strip_attr": "strip",
    "native_ad_clue": "native_ad",
}
_LINKS = {"single_page_link": "single_page", "next_page_link": "next_page"}
_FLAGS = {"prune": "prune", "autodetect_on_failure": "autodetect"}
_FLAG_VALUES = {"yes": True, "true": True, "no": False, "false": False}
_APPLIED = frozenset(
    (*_XPATHS, *_LINKS, *_FLAGS, "strip_id_or_class", "if_page_contains", "find_string", "replace_string")
)
_NEEDLESS = frozenset(
    # For tests of the file.
    "test_url test_contains"
    # There is one parser, and every line break parts blocks.
    " tidy parser convert_double_br_tags"
    # Images are no part of the body.
    " strip_image_src insert_detected_image src_lazy_load_attr"
    # The file's selectors go before JSON-LD as it is.
    " skip_json_ld".split()
)
_UNSUPPORTED = frozenset(
    # Pages are fetched without logging in, and under newscrawl's own name.
    "requires_login login_uri login_username_field login_password_field login_extra_fields not_logged_in_xpath"
    " http_header"
    " single_page_link_in_feed autodetect_next_page skip_id_or_class post_strip_attr strip_comments footnotes"
    " dissolve wrap_in move_into".split()
)
_WITH_ARGUMENT = re.compile(r"([A-Za-z_]{1,40})\((.*?)\)\s{0,20}:(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line that cannot be used."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(slots=True, kw_only=True)
class ConfigFile:
    """A site config file that was read."""

    file: str
    config: SiteConfig = field(default_factory=SiteConfig)
    directives: Counter[str] = field(default_factory=Counter)
    """How often each directive stands in it, whether it can be used or not."""
    problems: list[Problem] = field(default_factory=list)


def support_of(directive: str) -> Support:
    """What newscrawl does with a directive. "needless": what it asks for is done, or done without, on every page."""
    if directive in _APPLIED:
        return "applied"
    if directive in _NEEDLESS:
        return "needless"
    return "unsupported" if directive in _UNSUPPORTED else "unknown"


def parse_config(text: str, file: str) -> ConfigFile:
    """Reads a file's text. A line that is wrong is left out and told; nothing is raised."""
    reader = _Reader(ConfigFile(file=file))
    for number, line in enumerate(text.splitlines(), 1):
        reader.line = number
        if (line := line.strip()) and not line.startswith("#"):
            try:
                reader.read(line)
            except ValueError as error:
                reader.tell(str(error))
    reader.end()
    return reader.found


class _Reader:
    """The state of reading one file."""

    def __init__(self, found: ConfigFile) -> None:
        self.found = found
        self.line = 0
        self.rules: dict[str, list[Any]] = {}
        self.flags: dict[str, Any] = {}
        self.finds: list[str] = []
        self.replaces: list[str] = []
        self.links: list[PageLink] | None = None
        """Where the last link went."""

    def tell(self, text: str) -> None:
        self.found.problems.append(Problem(file=self.found.file, line=self.line, text=text))

    def read(self, line: str) -> None:
        """Takes one directive. ValueError says what is wrong with it."""
        name, argument, value = _split(line)
        self.found.directives[name] += 1
        if self.found.directives.total() > MAX_LINES:
            raise ValueError(f"left out: more than {MAX_LINES} directives")
        if len(line) > LONGEST:
            raise ValueError(f"{name}: longer than {LONGEST} characters")
        if support_of(name) == "unknown":
            raise ValueError(f"unknown directive {name!r}")
        if not value and name != "replace_string":
            raise ValueError(f"{name} has no value")
        if support_of(name) == "applied":
            self.apply(name, argument, value)

    def apply(self, name: str, argument: str | None, value: str) -> None:
        if name in _XPATHS:
            self.add(_XPATHS[name], _xpath(value))
        elif name == "strip_id_or_class":
            self.add("strip", _id_or_class(value))
        elif name in _LINKS:
            self.add(_LINKS[name], PageLink(selector=_xpath(value)))
            self.links = self.rules[_LINKS[name]]
        elif name == "if_page_contains":
            self.condition(value)
        elif name in _FLAGS:
            if value.lower() not in _FLAG_VALUES:
                raise ValueError(f"{name} is yes or no, not {value!r}")
            self.flags[_FLAGS[name]] = _FLAG_VALUES[value.lower()]
        else:
            self.replacement(name, argument, value)

    def add(self, attribute: str, what: str | PageLink) -> None:
        self.rules.setdefault(attribute, []).append(what)

    def condition(self, value: str) -> None:
        """if_page_contains speaks of the link before it."""
        if self.links is None:
            raise ValueError("if_page_contains follows no single_page_link or next_page_link")
        self.links[-1] = replace(self.links[-1], condition=_xpath(value))

    def replacement(self, name: str, argument: str | None, value: str) -> None:
        """replace_string(FIND): REPLACE, or find_string and replace_string on lines of their own, paired in order."""
        if name == "find_string":
            self.finds.append(value)
        elif argument is None:
            self.replaces.append(value)
        elif argument:
            self.finds.append(argument)
            self.replaces.append(value)
        else:
            raise ValueError("replace_string() finds nothing")

    def end(self) -> None:
        """Puts the rules together."""
        pairs: list[tuple[str, str]] = []
        if len(self.finds) == len(self.replaces):
            pairs = list(zip(self.finds, self.replaces, strict=True))
        else:
            self.tell(f"{len(self.finds)} find_string and {len(self.replaces)} replace_string: none is used")
        rules: dict[str, Any] = {name: tuple(values) for name, values in self.rules.items()}
        self.found.config = SiteConfig(**rules, **self.flags, replacements=tuple(pairs))


def _split(line: str) -> tuple[str, str | None, str]:
    """Name, argument in brackets and value of a line. A name is in lower case."""
    if match := _WITH_ARGUMENT.match(line):
        return match[1].lower(), match[2], match[3].strip()
    name, colon, value = line.partition(":")
    if not colon:
        raise ValueError("no colon: a line is NAME: VALUE")
    return name.strip().lower()[:60], None, value.strip()


def _xpath(value: str) -> str:
    """The XPath in the form that `compiled` takes for one."""
    xpath = value if value.startswith(("/", "(")) else f"({value})"
    try:
        compiled(xpath)
    except ValueError as error:
        raise ValueError(f"{value!r}: {error}") from None
    return xpath


def _id_or_class(value: str) -> str:
    """Full-Text RSS: elements whose class or id holds the string, also as a part of a word."""
    word = value.replace("'", "").replace('"', "")
    if not word:
        raise ValueError("strip_id_or_class has no value")
    return f"//*[contains(@class, '{word}') or contains(@id, '{word}')]"
